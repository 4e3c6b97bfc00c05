"""Marks on what should be looked at again in a measure that was copied, taken over or drafted.

A mark is ``{"field": …, "note": …}`` in ``Measure.to_review``; the note is Thai, to be shown.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures import permissions
from measures.domain import events
from measures.domain.recording.locks import lock_of_plan, refuse_when_locked
from measures.models import EventVerb, Measure, User

Mark = dict[str, str]

# What can be marked, in the order of the form, and how it is called on the page.
FIELDS: Final[dict[str, Promise]] = {
    "last_result": _("ผลของปีก่อน"),
    "title": _("มาตรการ"),
    "steps": _("ขั้นตอนหรือวิธีการ"),
    "responsible": _("ผู้รับผิดชอบ"),
    "period_text": _("ระยะเวลาดำเนินการ"),
    "monitoring": _("การกำกับติดตาม"),
    "targets": _("เป้าหมาย"),
    "indicator": _("ตัวชี้วัด"),
    "items": _("ข้อประเมิน"),
    "findings": _("ข้อบกพร่อง/ประเด็นที่แก้"),
}
# What a field is called in the summary that the log keeps (``plan_parts.summary_of``).
_IN_SUMMARY: Final = {"period_text": "period"}


def mark(field: str, note: str) -> Mark:
    """Return a mark on one field of a measure."""
    return {"field": field, "note": note}


def merged(marks: Sequence[Mark]) -> list[Mark]:
    """Return one mark for each field, in the order of the form, with all its notes."""
    notes: dict[str, list[str]] = {}
    for each in marks:
        notes.setdefault(each["field"], []).append(each["note"])
    order = list(FIELDS)
    fields = sorted(notes, key=lambda name: order.index(name) if name in order else len(order))
    return [mark(field, " ".join(dict.fromkeys(notes[field]))) for field in fields]


@dataclass(frozen=True)
class Shown:
    """A mark as the page shows it."""

    field: str
    label: str
    note: str


def shown(measure: Measure) -> list[Shown]:
    """Return the marks of a measure with the names of their fields, in the order of the form."""
    return [
        Shown(each["field"], str(FIELDS.get(each["field"], each["field"])), each["note"])
        for each in merged(measure.to_review)
    ]


def left_after(
    marks: Sequence[Mark],
    kept: Sequence[Mark],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> list[Mark]:
    """Return the marks that stand after a saving: whose field was changed has been looked at.

    ``kept`` are the marks as they were stored; one that comes with this saving stands.
    """

    def is_changed(field: str) -> bool:
        name = _IN_SUMMARY.get(field, field)
        return before.get(name) != after.get(name)

    return [each for each in marks if each not in kept or not is_changed(each["field"])]


@transaction.atomic
def mark_reviewed(
    measure: Measure, field: str, *, by: User, now: datetime.datetime | None = None
) -> Measure:
    """Take the marks of one field away, because somebody has looked and leaves it as it is.

    ``field`` "" takes all of them. Refuses while the plan is locked; a second press changes
    nothing. Logs the notes that were taken away.
    """
    permissions.can_coordinate(by, measure.organisation).or_raise()
    stored = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    gone = [each for each in stored.to_review if field in ("", each["field"])]
    if not gone:
        return stored
    refuse_when_locked(lock_of_plan(measure.organisation, stored.fiscal_year))
    stored.to_review = [each for each in stored.to_review if each not in gone]
    stored.save(update_fields=["to_review"])
    events.record(
        EventVerb.MEASURE_REVIEWED,
        stored,
        by=by,
        organisation=measure.organisation,
        data={"notes": [each["note"] for each in gone]},
        now=now,
    )
    return stored
