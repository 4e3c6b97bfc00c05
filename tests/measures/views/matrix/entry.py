"""Fields saved one by one, many statuses at once, and the guidance beside the fields."""

from typing import Any

from measures.domain.recording import progress
from measures.domain.recording.progress import entries_of
from measures.models import ProgressEntry
from tests.factories.people import Office, make_round
from tests.measures.views.matrix.progress import FINANCE_ONLY, entry_of_finance
from tests.measures.views.matrix.rows import COORDINATES, WITHOUT_POST, Row, answers


def result_of_finance(office: Office) -> list[Any]:
    return [*entry_of_finance(office), "result"]


def result_with_a_round_before(office: Office) -> list[Any]:
    before = next(entry for entry in entries_of(office.round) if entry.division == office.finance)
    progress.record(before, by=office.finance_staff, version=0, status="done", result="รอบแรก")
    later = make_round(office.organisation, months=12)
    entries = [entry for entry in entries_of(later) if entry.division == office.finance]
    return [entries[0].pk, "result"]


def round_with_entries(office: Office) -> list[Any]:
    entries_of(office.round)
    return [office.round.pk]


def ticked(arguments: list[Any]) -> dict[str, str]:
    entry = ProgressEntry.objects.filter(round_id=arguments[0]).earliest("pk")
    return {"entry": f"{entry.pk}-{entry.version}"}


ROWS = {
    "desk:entry_field": Row(
        result_of_finance,
        post=answers(403, finance_staff=302, coordinator=302, superuser=302),
        typed={"version": "0", "text": "จัดประชุมแล้ว"},
        reason=FINANCE_ONLY,
    ),
    "desk:entry_copy": Row(
        result_with_a_round_before,
        post=answers(403, finance_staff=302, coordinator=302, superuser=302),
        typed={"version": "0"},
        reason=FINANCE_ONLY,
    ),
    "desk:round_statuses": Row(
        round_with_entries, post=COORDINATES, typed={"status": "done"}, typed_from=ticked
    ),
    "desk:guidance": Row(
        lambda office: [],
        get=answers(403, coordinator=200, outsider=200) | WITHOUT_POST,
        post=answers(403, coordinator=302, outsider=302) | WITHOUT_POST,
        typed={"field": "result", "result-text": "บอกว่าทำอะไร เมื่อใด", "result-example": ""},
    ),
}
