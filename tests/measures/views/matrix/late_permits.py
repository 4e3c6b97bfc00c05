"""Leave to report late."""

import datetime
from typing import Any

from django.utils import timezone

from measures.domain.recording import late_permits, rounds
from measures.domain.recording.progress import entries_of
from measures.models import ProgressEntry
from tests.factories.people import Office
from tests.measures.views.matrix.rows import COORDINATES, Row

TOMORROW = timezone.localdate() + datetime.timedelta(days=1)


def closed_round_with_entries(office: Office) -> list[Any]:
    entries_of(office.round)
    rounds.close_round(office.round, by=office.coordinator)
    return [office.round.pk]


def first_entry(arguments: list[Any]) -> dict[str, str]:
    entry = ProgressEntry.objects.filter(round=arguments[0]).first()
    return {"entry": str(entry.pk if entry else 0)}


def permit(office: Office) -> list[Any]:
    closed_round_with_entries(office)
    given = late_permits.grant(
        ProgressEntry.objects.in_round(office.round)[0],
        by=office.coordinator,
        reason="รอใบเสร็จ",
        allowed_until=TOMORROW,
    )
    return [given.pk]


ROWS = {
    "desk:late_permit_grant": Row(
        closed_round_with_entries,
        post=COORDINATES,
        typed={"allowed_until": TOMORROW.isoformat(), "reason": "รอใบเสร็จ"},
        typed_from=first_entry,
    ),
    "desk:late_permit_withdraw": Row(permit, post=COORDINATES),
}
