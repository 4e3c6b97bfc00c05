"""What somebody can change in a plan that was read, before it is stored: one class for each act.

A change alters the staged plan in memory and asks the database nothing; ``plan_imports.correct``
keeps it. Places count the measures from 1.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Protocol

from django.utils.translation import gettext as _

from ita_portal.thai.periods import is_within_fiscal_year, parse_period
from ita_portal.thai.words import normalise, normalise_compact
from measures.domain.errors import Invalid
from measures.domain.importing.plan_drafts import (
    CellFate,
    DraftMeasure,
    DraftPeriod,
    DraftWarning,
)
from measures.domain.importing.staged_plans import Choices, StagedPlan
from measures.models.fiscal_years import EARLIEST_FISCAL_YEAR, LATEST_FISCAL_YEAR

LISTS = ("steps", "responsible", "results", "outcomes", "suggestions")
TEXTS = ("title", "indicator", "monitoring", "status", "status_note", "finding")


class Change(Protocol):
    """One act of a person on a staged plan."""

    def apply(self, staged: StagedPlan) -> None:
        """Alter the plan, or raise Invalid."""


def refuse_odd_year(year: int) -> None:
    """Raise Invalid for what is no year of the Buddhist Era that a plan can be of."""
    if not EARLIEST_FISCAL_YEAR <= year <= LATEST_FISCAL_YEAR:
        raise Invalid(_("ปีงบประมาณ %(year)s อยู่นอกช่วงที่ใช้ได้ โปรดตรวจอีกครั้ง") % {"year": year})


def read_period(text: str, fiscal_year: int) -> DraftPeriod:
    """Return the period as written, with the days that the text states."""
    period = parse_period(text, fiscal_year=fiscal_year)
    return DraftPeriod(
        text,
        period.start.isoformat() if period.start else None,
        period.end.isoformat() if period.end else None,
    )


@dataclass(frozen=True)
class Corrected:
    """The values of one measure as somebody has put them; what is not named stays.

    Lists are given as lists, ``period`` as its text, which is read anew. Warnings about what no
    longer stands there are gone.
    """

    place: int
    values: Mapping[str, Any]

    def apply(self, staged: StagedPlan) -> None:
        """Put the values, and forget the warnings they answer."""
        measure = staged.measure_at(self.place)
        for name, value in self.values.items():
            if value == _plain(measure, name):
                continue
            if name == "period":
                measure.period = read_period(value, staged.choices.fiscal_year)
            else:
                setattr(measure, name, value)
            _forget_answered(staged, self.place, name)
            if name == "period":
                _warn_of_other_years(staged, self.place)


@dataclass(frozen=True)
class ProposalTaken:
    """The proposal of one warning, put in the place of the text it is about."""

    at: int  # in ``PlanDraft.warnings``, from 0

    def apply(self, staged: StagedPlan) -> None:
        """Put the proposal; the warning is answered."""
        warnings = staged.plan.warnings
        if not (0 <= self.at < len(warnings) and warnings[self.at].proposal):
            raise Invalid(_("ไม่มีข้อเสนอนี้แล้ว โปรดเปิดหน้านี้ใหม่"))
        warning = warnings.pop(self.at)
        if not warning.measure:
            _put_in_head(staged, warning)
            return
        measure = staged.measure_at(warning.measure)
        if warning.field in LISTS:
            lines = [_replaced(line, warning) for line in getattr(measure, warning.field)]
            setattr(measure, warning.field, lines)
        elif warning.field == "period":
            text = _replaced(measure.period.text, warning)
            measure.period = read_period(text, staged.choices.fiscal_year)
        elif warning.field in TEXTS:
            old = getattr(measure, warning.field)
            setattr(measure, warning.field, _replaced(old, warning))


def _put_in_head(staged: StagedPlan, warning: DraftWarning) -> None:
    if warning.field in ("title", "organisation"):
        old = getattr(staged.plan, warning.field)
        setattr(staged.plan, warning.field, _replaced(old, warning) or warning.proposal)


def _replaced(text: str, warning: DraftWarning) -> str:
    """Return the text with the proposal where the value of the warning stands."""
    if normalise_compact(text) == normalise_compact(warning.value):
        return warning.proposal
    return text.replace(warning.value, warning.proposal) if warning.value else text


@dataclass(frozen=True)
class JoinedToPrevious:
    """A measure that is no measure of its own: it continues the one before it."""

    place: int

    def apply(self, staged: StagedPlan) -> None:
        """Put its texts behind those of the measure before, and close the gap."""
        if self.place < 2:  # the first has none before it
            raise Invalid(_("ไม่มีมาตรการก่อนหน้าให้รวม"))
        joined, kept = staged.measure_at(self.place), staged.measure_at(self.place - 1)
        for name in ("title", "monitoring", "finding", "status_note"):
            texts = [getattr(kept, name), getattr(joined, name)]
            setattr(kept, name, " ".join(dict.fromkeys(text for text in texts if text)))
        for name in (*LISTS, "items", "pictures"):
            # A party or item named twice is one; steps and results may rightly say the same.
            lines = [*getattr(kept, name), *getattr(joined, name)]
            is_set = name in ("responsible", "items", "pictures")
            setattr(kept, name, list(dict.fromkeys(lines)) if is_set else lines)
        kept.indicator = kept.indicator or joined.indicator
        kept.status = kept.status or joined.status
        kept.period = kept.period if kept.period.text else joined.period
        staged.plan.measures.remove(joined)
        _renumber(staged, lambda place: place - 1 if place >= self.place else place)


@dataclass(frozen=True)
class AddedAfter:
    """An empty measure behind another, for what two measures in one row are parted into."""

    place: int

    def apply(self, staged: StagedPlan) -> None:
        """Add it, with the next number that no measure of the file has."""
        staged.measure_at(self.place)
        number = max(measure.number for measure in staged.plan.measures) + 1
        staged.plan.measures.insert(self.place, DraftMeasure(number=number, title=""))
        _renumber(staged, lambda place: place + 1 if place > self.place else place)


@dataclass(frozen=True)
class CellMoved:
    """A cell that belongs to another measure than the one it was read into."""

    at: int  # in ``PlanDraft.fates``, from 0
    to: int

    def apply(self, staged: StagedPlan) -> None:
        """Take the words of the cell out of its measure and put them into the other."""
        fates = staged.plan.fates
        if not (0 <= self.at < len(fates) and fates[self.at].measure and fates[self.at].field):
            raise Invalid(_("เซลล์นี้ไม่ได้อยู่ในมาตรการใด จึงย้ายไม่ได้"))
        fate = fates[self.at]
        if fate.field not in (*LISTS, *TEXTS):
            raise Invalid(_("โปรดแก้ไขช่องนี้ในมาตรการทั้งสองโดยตรง"))
        source, target = staged.measure_at(fate.measure), staged.measure_at(self.to)
        if source is target:
            return
        if fate.field in LISTS:
            stay, moved = _parted(getattr(source, fate.field), fate.text)
            setattr(source, fate.field, stay)
            setattr(target, fate.field, [*getattr(target, fate.field), *moved])
        else:
            stay, moved = _parted([getattr(source, fate.field)], fate.text)
            setattr(source, fate.field, " ".join(stay))
            old = getattr(target, fate.field)
            setattr(target, fate.field, " ".join(part for part in (old, *moved) if part))
        fate.measure = self.to


def _parted(lines: list[str], cell: str) -> tuple[list[str], list[str]]:
    """Return the lines that are not of this cell, and those that are.

    A line that only ends with the words of the cell (a sentence parted by a page) is cut there.
    What cannot be found stays where it is, and is moved as it stands in the cell.
    """
    words = normalise_compact(cell)
    stay: list[str] = []
    moved: list[str] = []
    for line in lines:
        if line and normalise_compact(line) in words:
            moved.append(line)
        elif cell.strip() and line.endswith(cell.strip()):
            stay.append(line.removesuffix(cell.strip()).rstrip())
            moved.append(cell.strip())
        else:
            stay.append(line)
    return stay, moved or [cell.strip()]


@dataclass(frozen=True)
class PicturesTicked:
    """The pictures of one measure that are to become evidence, with their captions."""

    place: int
    captions: Mapping[str, str]  # by the keys of the pictures

    def apply(self, staged: StagedPlan) -> None:
        """Tick these of the measure's pictures and no others."""
        own = staged.measure_at(self.place).pictures
        ticks = staged.choices.pictures
        for key in own:
            ticks.pop(key, None)
        ticks.update({key: text for key, text in self.captions.items() if key in own})


@dataclass(frozen=True)
class Chosen:
    """Choices about the whole file, by the names of ``Choices``; what is not named stays."""

    values: Mapping[str, Any]

    def apply(self, staged: StagedPlan) -> None:
        """Put the choices; another fiscal year reads every period anew."""
        choices = staged.choices
        year = choices.fiscal_year
        known = {field.name for field in fields(Choices)}
        for name, value in self.values.items():
            assert name in known, name  # a slip of the program, not of a person
            setattr(choices, name, value)
        refuse_odd_year(choices.fiscal_year)
        if choices.fiscal_year != year:
            for measure in staged.plan.measures:
                measure.period = read_period(measure.period.text, choices.fiscal_year)


@dataclass(frozen=True)
class NumberTaken:
    """What is to become of a measure whose number another one has."""

    place: int
    answer: str  # IDENTICAL, REPLACE, ADD or LEAVE

    def apply(self, staged: StagedPlan) -> None:
        """Note the answer."""
        staged.measure_at(self.place)
        staged.choices.taken[str(self.place)] = self.answer


def _plain(measure: DraftMeasure, name: str) -> Any:
    return measure.period.text if name == "period" else getattr(measure, name)


def _forget_answered(staged: StagedPlan, place: int, name: str) -> None:
    """Drop the warnings of a field whose words no longer stand in it."""
    value = _plain(staged.measure_at(place), name)
    # With its spaces: those within words are what some warnings are about.
    text = normalise(" ".join(value) if isinstance(value, list) else str(value))
    staged.plan.warnings = [
        warning
        for warning in staged.plan.warnings
        if (warning.measure, warning.field) != (place, name)
        or (warning.value and normalise(warning.value) in text)
    ]


def _warn_of_other_years(staged: StagedPlan, place: int) -> None:
    """Say once more that a period that was typed lies outside the fiscal year."""
    text, year = staged.measure_at(place).period.text, staged.choices.fiscal_year
    period = parse_period(text, fiscal_year=year)
    own = {(place, "period")}
    has_one = any((each.measure, each.field) in own for each in staged.plan.warnings)
    if period.is_stated and not has_one and not is_within_fiscal_year(period, year):
        message = _("ระยะเวลาอยู่นอกปีงบประมาณ พ.ศ. %(year)s โปรดตรวจปีที่เขียน") % {"year": year}
        where = _("มาตรการลำดับที่ %(place)s") % {"place": place}
        staged.plan.warnings.append(
            DraftWarning(where, message, text, measure=place, field="period")
        )


def _renumber(staged: StagedPlan, new: Callable[[int], int]) -> None:
    """Give everything that names a place its new one."""
    rows: list[DraftWarning | CellFate] = [*staged.plan.warnings, *staged.plan.fates]
    for row in rows:
        row.measure = new(row.measure) if row.measure else 0
    staged.choices.taken = {
        str(new(int(place))): answer for place, answer in staged.choices.taken.items()
    }
