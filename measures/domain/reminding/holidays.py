"""The public holidays to begin with, from the ``holidays`` library; offices change them as data."""

from collections.abc import Iterable
from importlib.metadata import version

import holidays

from ita_portal.thai.dates import BUDDHIST_ERA
from measures.models import Event, EventVerb, Holiday

# Offices of the state close on more days than banks and shops (the ploughing ceremony).
CATEGORIES = ("public", "government")


def load(years: Iterable[int]) -> int:
    """Add the holidays of these years (พ.ศ.) that are missing; return how many were added.

    What is there stays as it is, and a day that somebody has changed or deleted is not added
    again. Days that the cabinet adds during a year are typed in by hand.
    """
    found = holidays.country_holidays(
        "TH",
        years=[year - BUDDHIST_ERA for year in years],
        language="th",
        categories=CATEGORIES,
    )
    source = f"holidays {version('holidays')} (TH)"
    settled = set(Holiday.objects.values_list("date", flat=True))
    edited = _edited_days()
    new = [
        Holiday(date=day, name=name[:200], source=source)
        for day, name in sorted(found.items())
        if day not in settled and day.isoformat() not in edited
    ]
    Holiday.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _edited_days() -> set[str]:
    """Return the dates that holidays had before somebody changed or deleted them."""
    edits = Event.objects.filter(
        organisation=None,
        target_type="holiday",
        verb__in=[EventVerb.RECORD_CHANGED, EventVerb.RECORD_DELETED],
    )
    return {
        data["before"]["date"] for data in edits.values_list("data", flat=True) if data["before"]
    }
