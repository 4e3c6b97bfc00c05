"""A measure of another office, as its frozen content has it, as a measure of one's own."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures.domain.content import Content
from measures.domain.planning.carrying import (
    indicator_mark,
    items_marks,
    marks_on_parties,
    marks_on_title,
    marks_on_years,
    numbers_by_title,
)
from measures.domain.planning.matching import analysed_framework_year, catalogue_of
from measures.domain.planning.measures import save_measure
from measures.domain.planning.moving import moved_day, moved_period
from measures.domain.planning.plan_parts import PlannedStep, PlannedTarget
from measures.domain.planning.responsible_words import KnownParties, kept_as_text
from measures.domain.planning.review_marks import Mark, mark, merged
from measures.models import (
    Indicator,
    Item,
    Measure,
    Organisation,
    Responsibility,
    TargetFold,
    User,
)

# What of a measure is its plan; the rest of a content is what one office reported.
PLAN_KEYS = (
    "number",
    "title",
    "instrument",
    "indicator_number",
    "indicator",
    "items",
    "steps",
    "targets",
    "responsible",
    "period",
    "monitoring",
)


def plan_of(measure: Content) -> Content:
    """Return the plan of a measure out of its content, without results and evidence."""
    return {key: measure[key] for key in PLAN_KEYS if key in measure}


@dataclass
class Adoption:
    """Takes over measures of one office and year; reads both frameworks and the parties once."""

    source: Organisation
    source_year: int
    organisation: Organisation
    fiscal_year: int

    def __post_init__(self) -> None:
        self._parties = KnownParties(self.organisation)
        self._titles = numbers_by_title(self.organisation, self.fiscal_year)
        self._old = catalogue_of(analysed_framework_year(self.source_year))
        year = analysed_framework_year(self.fiscal_year)
        self._new = self._old if year == self._old.fiscal_year else catalogue_of(year)

    def save(
        self,
        content: Content,
        *,
        number: int,
        note: str,
        by: User,
        now: datetime.datetime | None = None,
        **origin: Any,
    ) -> Measure:
        """Store the measure with what fits this office, and mark what a person must look at.

        ``note`` says in words where it came from, ``origin`` in fields of the measure.
        """
        marks = [mark("title", note), *marks_on_title(content["title"], self._titles)]
        indicator = self._indicator(content, marks)
        items = self._items(content, marks)
        parties = self._responsible(content, marks)
        period = moved_period(
            content["period"]["text"],
            _day(content["period"]["start"]),
            _day(content["period"]["end"]),
            from_year=self.source_year,
            to_year=self.fiscal_year,
        )
        if period.note:
            marks.append(mark("period_text", period.note))
        targets = [_target(target) for target in content.get("targets", [])]
        if targets:
            marks.append(mark("targets", _("ค่าเป้าหมายเป็นของหน่วยงานต้นทาง โปรดกำหนดของหน่วยงานเอง")))
        marks += self._marks_on_texts(content)
        return save_measure(
            Measure(
                organisation=self.organisation,
                fiscal_year=self.fiscal_year,
                number=number,
                title=content["title"],
                indicator=indicator,
                period_text=period.text,
                starts_on=period.start,
                ends_on=period.end,
                monitoring=content["monitoring"],
                to_review=merged(marks),
                **origin,
            ),
            by=by,
            steps=self._steps(content),
            targets=targets,
            responsibilities=parties,
            items=items,
            now=now,
        )

    def _indicator(self, content: Content, marks: list[Mark]) -> Indicator | None:
        number, name = content.get("indicator_number"), content.get("indicator", "")
        if not name:
            return None
        own_name = name.split(". ", 1)[-1]  # "2. การใช้งบประมาณ", as an indicator is printed
        found, is_same = self._new.indicator(number, own_name)
        if not is_same:
            marks.append(indicator_mark(name, found, self._new))
        return found

    def _items(self, content: Content, marks: list[Mark]) -> list[Item]:
        found: list[Item] = []
        lost: list[str] = []
        for code in content.get("items", []):
            old = self._old.item_of(code)
            same = old if self._new is self._old else old and self._new.item_like(old)
            if same is None:
                lost.append(str(old) if old else code)
            else:
                found.append(same)
        marks += items_marks(lost, self._new)
        return found

    def _responsible(self, content: Content, marks: list[Mark]) -> list[Responsibility]:
        parties: list[Responsibility] = []
        unknown: list[str] = []
        for each in content["responsible"]:
            party = self._parties.recognised(each["text"])
            if party is None:
                unknown.append(each["text"])
                party = kept_as_text(each["text"])
            parties.append(party)
        if unknown:
            names = ", ".join(f"“{name}”" for name in unknown)
            note = _("ไม่พบ%(names)sในหน่วยงานนี้ จึงเก็บไว้เป็นข้อความ โปรดเลือกส่วนราชการที่รับผิดชอบ")
            marks.append(mark("responsible", note % {"names": names}))
        marks += marks_on_parties(parties)
        return parties

    def _steps(self, content: Content) -> list[PlannedStep]:
        years = self.fiscal_year - self.source_year
        days = [_day(step.get("due_on")) for step in content["steps"]]
        return [
            PlannedStep(step["text"], moved_day(day, years) if day else None)
            for step, day in zip(content["steps"], days, strict=True)
        ]

    def _marks_on_texts(self, content: Content) -> Iterable[Mark]:
        """Yield the marks on texts that name the other office, or a time of another year."""
        texts = {
            "title": [content["title"]],
            "steps": [step["text"] for step in content["steps"]],
            "monitoring": [content["monitoring"]],
            "responsible": [party["text"] for party in content["responsible"]],
            "targets": [target["name"] for target in content.get("targets", [])],
        }
        yield from marks_on_years(texts, from_year=self.source_year, to_year=self.fiscal_year)
        if any(step.get("due_on") for step in content["steps"]):
            yield mark("steps", _("โปรดตรวจกำหนดแล้วเสร็จของแต่ละขั้นตอน"))
        names = [normalise_compact(name) for name in (self.source.name, self.source.short_name)]
        for field, lines in texts.items():
            text = normalise_compact(" ".join(lines))
            if any(name and name in text for name in names):
                yield mark(
                    field, _("ข้อความกล่าวถึง%(office)s โปรดแก้ไข") % {"office": self.source.name}
                )


def _target(target: Content) -> PlannedTarget:
    """Return the target without the baseline, which is another office's."""
    fold = target.get("fold")
    return PlannedTarget(
        name=target["name"],
        unit=target["unit"],
        goal=Decimal(target["goal"]),
        fold=fold if fold in TargetFold.values else TargetFold.SUM,
    )


def _day(iso: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None
