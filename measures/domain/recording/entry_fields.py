"""The fields of an entry that are saved one by one: its words, its steps, its numbers.

Each is read and written as one text, so that all of them share versions, keys and conflicts.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from ita_portal.thai.numerals import parse_decimal, to_thai_digits
from measures.domain.errors import Invalid
from measures.domain.texts import cleaned
from measures.models import (
    ProgressEntry,
    ProgressStatus,
    Step,
    StepMark,
    Target,
    TargetValue,
    User,
)

TEXT_FIELDS = ("status", "status_note", "result", "outcome", "suggestion")
MARKED = "yes"  # the text of a step that is done; of one that is not: ""
_LARGEST = Decimal(10) ** 12  # what the column of a target's value holds


class EntryField(Protocol):
    """One field of an entry. Its text is what is stored, as plain text; "" where nothing is."""

    @property
    def name(self) -> str:
        """Return the name in forms, addresses and revisions."""

    @property
    def label(self) -> str:
        """Return what a person calls it."""

    def cleaned(self, text: str) -> str:
        """Return the text as it will be stored, or raise Invalid."""

    def stored(self, entry: ProgressEntry) -> str:
        """Return the text that is stored."""

    def store(self, entry: ProgressEntry, text: str, *, by: User, now: datetime.datetime) -> None:
        """Write the cleaned text; a column of the entry itself is written when that is saved."""

    def shown(self, text: str) -> str:
        """Return the text in words, as a person reads it."""


@dataclass(frozen=True)
class Words:
    """A text typed by a person: a column of the entry."""

    name: str
    label: str
    longest: int | None = None

    def cleaned(self, text: str) -> str:
        """Return the text without control characters, or raise Invalid where it is too long."""
        return cleaned(text, label=self.label, longest=self.longest)

    def stored(self, entry: ProgressEntry) -> str:
        """Return the column."""
        return str(getattr(entry, self.name))

    def store(self, entry: ProgressEntry, text: str, *, by: User, now: datetime.datetime) -> None:
        """Set the column."""
        setattr(entry, self.name, text)

    def shown(self, text: str) -> str:
        """Return the words as typed."""
        return text


@dataclass(frozen=True)
class Status(Words):
    """One of the three states."""

    def cleaned(self, text: str) -> str:
        """Return the state, or raise Invalid."""
        if text not in ProgressStatus.values:
            raise Invalid(_("โปรดเลือกสถานะการดำเนินการหนึ่งในสามแบบ"))
        return text

    def shown(self, text: str) -> str:
        """Return the words of the state."""
        return str(ProgressStatus(text).label)


@dataclass(frozen=True)
class Mark:
    """A step that the division says is done, or not."""

    step: Step

    @property
    def name(self) -> str:
        """Return the name in forms, addresses and revisions."""
        return f"step-{self.step.pk}"

    @property
    def label(self) -> str:
        """Return which step it is."""
        return _("ขั้นตอนที่ %(number)s") % {"number": to_thai_digits(self.step.number)}

    def cleaned(self, text: str) -> str:
        """Return the mark; anything a browser sends for a ticked box counts."""
        return MARKED if text.strip() else ""

    def stored(self, entry: ProgressEntry) -> str:
        """Return whether it is marked."""
        marks = entry.step_marks.all()
        return MARKED if any(mark.step_id == self.step.pk for mark in marks) else ""

    def store(self, entry: ProgressEntry, text: str, *, by: User, now: datetime.datetime) -> None:
        """Mark the step, or take the mark away."""
        if text:
            StepMark.objects.update_or_create(
                step=self.step, entry=entry, defaults={"marked_at": now, "marked_by": by}
            )
        else:
            StepMark.objects.filter(step=self.step, entry=entry).delete()

    def shown(self, text: str) -> str:
        """Return the words of the mark."""
        return _("ทำแล้ว") if text else _("ยังไม่ทำ")


@dataclass(frozen=True)
class Number:
    """What the division reached of a target."""

    target: Target

    @property
    def name(self) -> str:
        """Return the name in forms, addresses and revisions."""
        return f"target-{self.target.pk}"

    @property
    def label(self) -> str:
        """Return which target it is."""
        return self.target.name

    def cleaned(self, text: str) -> str:
        """Return the number in Arabic digits, or raise Invalid; nothing typed is no number."""
        if not text.strip():
            return ""
        try:
            value = parse_decimal(text)
        except ValueError as error:
            raise Invalid(str(error)) from error
        if value >= _LARGEST:
            raise Invalid(_("%(label)sเกินหลักที่เก็บได้ โปรดตรวจตัวเลข") % {"label": self.label})
        return plain(value)

    def stored(self, entry: ProgressEntry) -> str:
        """Return the number in Arabic digits."""
        for value in entry.target_values.all():
            if value.target_id == self.target.pk:
                return plain(value.value)
        return ""

    def store(self, entry: ProgressEntry, text: str, *, by: User, now: datetime.datetime) -> None:
        """Write the number, or take it away."""
        if text:
            TargetValue.objects.update_or_create(
                target=self.target,
                entry=entry,
                defaults={"value": Decimal(text), "recorded_at": now, "recorded_by": by},
            )
        else:
            TargetValue.objects.filter(target=self.target, entry=entry).delete()

    def shown(self, text: str) -> str:
        """Return the number with its unit."""
        return f"{text} {self.target.unit}" if text else ""


def plain(value: Decimal) -> str:
    """Return the number without idle zeros: 12.50 is 12.5, 100.00 is 100."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_text(value: str | None) -> str:
    """Return a number of a content without idle zeros; "" for none."""
    return "" if value is None else plain(Decimal(value))


def words_of(names: Iterable[str] = TEXT_FIELDS) -> dict[str, EntryField]:
    """Return these of the fields filled with words, by name."""
    fields: list[EntryField] = [
        Status("status", _("สถานะการดำเนินการ")),
        Words("status_note", _("หมายเหตุสถานะ"), longest=200),
        Words("result", _("ผลการดำเนินการ")),
        Words("outcome", _("ผลลัพธ์/ความสำเร็จ")),
        Words("suggestion", _("ข้อเสนอแนะ")),
    ]
    return {field.name: field for field in fields if field.name in names}


def fields_of(entry: ProgressEntry) -> dict[str, EntryField]:
    """Return every field of this entry by name: words, then steps, then targets."""
    marks: list[EntryField] = [Mark(step) for step in entry.measure.steps.all()]
    numbers: list[EntryField] = [Number(target) for target in entry.measure.targets.all()]
    return words_of() | {field.name: field for field in (*marks, *numbers)}


def field_of(entry: ProgressEntry, name: str) -> EntryField:
    """Return one field of this entry, or raise Invalid: a step may have been struck meanwhile."""
    field = words_of().get(name) or fields_of(entry).get(name)
    if field is None:
        raise Invalid(_("ช่องนี้ไม่มีในรายการแล้ว แผนอาจถูกแก้ไข โปรดเปิดหน้านี้ใหม่"))
    return field
