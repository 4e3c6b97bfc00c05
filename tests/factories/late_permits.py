"""Leave to report after a round has closed."""

import datetime
from typing import Any

from django.utils import timezone

from measures.domain.recording import late_permits, rounds
from measures.domain.recording.progress import entries_of
from measures.models import LatePermit, ProgressEntry
from tests.factories.people import Office


def today() -> datetime.date:
    """Return the day on which the tests run, in the office's time zone."""
    return timezone.localdate()


def days(number: int) -> datetime.date:
    """Return the day that many days from today."""
    return today() + datetime.timedelta(days=number)


def close_by_date(office: Office) -> None:
    """Let the last day of the office's round have passed yesterday."""
    office.round = rounds.reschedule(
        office.round,
        opens_on=office.round.opens_on,
        due_on=office.round.due_on,
        closes_on=days(-1),
        by=office.coordinator,
    )


def close_by_hand(office: Office) -> None:
    """Close the office's round as the coordinator does."""
    office.round = rounds.close_round(office.round, by=office.coordinator)


def first_entry_of(office: Office, division: Any) -> ProgressEntry:
    """Return the first entry of a division in the office's round."""
    return next(entry for entry in entries_of(office.round) if entry.division == division)


def permit(office: Office, entry: ProgressEntry, **changes: Any) -> LatePermit:
    """Let an entry be recorded until tomorrow, given by the coordinator."""
    values: dict[str, Any] = {"reason": "รอใบเสร็จรับเงิน", "allowed_until": days(1)}
    return late_permits.grant(entry, by=office.coordinator, **values | changes)
