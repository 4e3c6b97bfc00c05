"""The measures of a staged plan as its preview shows them: a card each, with its warnings."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ita_portal.thai.numerals import to_arabic_digits
from ita_portal.thai.words import normalise_compact
from measures.domain.importing.plan_drafts import DraftWarning
from measures.domain.importing.plan_examination import Examination
from measures.domain.importing.plan_matching import Intended
from measures.domain.importing.plan_preview_source import FIELDS
from measures.domain.importing.staged_plans import KeptPicture, StagedPlan
from measures.domain.planning.responsible_words import without_note
from measures.models import FileImport, ProgressStatus

_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class ShownWarning:
    """A warning, and the cell of the file that it is about."""

    at: int  # in ``PlanDraft.warnings``, -1 for one that the reading did not give
    warning: DraftWarning
    cell: str = ""  # its anchor, where it is a cell of the file

    is_unknown_name: bool = False  # what it becomes is chosen where the plan is confirmed

    def has_proposal(self) -> bool:
        """Return whether its proposal can be taken in one press."""
        return self.at >= 0 and bool(self.warning.proposal)


@dataclass(frozen=True)
class PlaceToCheck:
    """A measure with warnings that nobody has answered yet."""

    place: int
    warnings: int


@dataclass(frozen=True)
class ShownValue:
    """One field of a measure as its card shows it, with the warnings about it."""

    name: str
    label: str
    lines: list[str]
    warnings: list[ShownWarning]
    is_numbered: bool = False


@dataclass(frozen=True)
class Card:
    """One measure of the preview: its values, its form, its pictures."""

    intended: Intended
    values: list[ShownValue]
    form: Any
    pictures: list[tuple[int, KeptPicture, str]]  # number, picture, caption if it is ticked

    def anchor(self) -> str:
        """Return the name of the card's place on the page."""
        return f"measure-{self.intended.place}"

    def other_label(self) -> str:
        """Return the number as it is printed in the file, if it is not the measure's."""
        label = self.intended.draft.label
        printed = _DIGITS.search(to_arabic_digits(label))
        is_other = printed is not None and int(printed[0]) != self.intended.number
        return label if is_other else ""

    def starts_on(self) -> datetime.date | None:
        """Return the first day of the period, where the text states it."""
        return _day(self.intended.draft.period.start)

    def ends_on(self) -> datetime.date | None:
        """Return the last day of the period, where the text states it."""
        return _day(self.intended.draft.period.end)


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None


def warnings_by_place(examination: Examination) -> dict[int, list[ShownWarning]]:
    """Return the warnings that nobody has answered by their measures, 0 for the file's own."""
    cells: dict[str, str] = {}
    for at, fate in enumerate(examination.staged.plan.fates):
        cells.setdefault(fate.where, f"cell-{at}")
    names = {normalise_compact(name.name) for name in examination.unknown_names}
    found: dict[int, list[ShownWarning]] = {}
    own = [(-1, warning) for each in examination.measures for warning in each.warnings]
    for at, warning in [*examination.open_warnings(), *own]:
        is_name = (
            warning.field == "responsible"
            and normalise_compact(without_note(warning.value)) in names
        )
        shown = ShownWarning(at, warning, cells.get(warning.where, ""), is_name)
        found.setdefault(warning.measure, []).append(shown)
    return found


def places_to_check(warnings: Mapping[int, list[ShownWarning]]) -> list[PlaceToCheck]:
    """Return the measures that have warnings, in the order of the file."""
    return [PlaceToCheck(place, len(warnings[place])) for place in sorted(warnings) if place]


def cards_of(
    examination: Examination,
    forms: Mapping[int, Any],
    warnings: Mapping[int, list[ShownWarning]],
) -> list[Card]:
    """Return the cards of the measures that have a form, in the order of the file."""
    return [
        Card(
            each,
            list(_values_of(each, warnings.get(each.place, []))),
            forms[each.place],
            _pictures_of(examination.staged, each.place),
        )
        for each in examination.measures
        if each.place in forms
    ]


def _values_of(each: Intended, own: list[ShownWarning]) -> Iterable[ShownValue]:
    draft = vars(each.draft)
    # Warnings about the measure as a whole, or a field that has no place of its own.
    rest = [
        shown
        for shown in own
        if shown.warning.field not in FIELDS or shown.warning.field in _NOT_SHOWN
    ]
    if rest:
        yield ShownValue("", "", [], rest)
    for name, label in FIELDS.items():
        if name in ("label", "title", "pictures"):
            continue
        value = each.draft.period.text if name == "period" else draft[name]
        if name == "status" and value:
            value = str(ProgressStatus(value).label)
        lines = value if isinstance(value, list) else [str(value)] if value else []
        if name == "items":
            lines = [", ".join(value)] if value else []
        warnings = [shown for shown in own if shown.warning.field == name]
        if name == "number" and not warnings:
            continue
        if lines or warnings:
            yield ShownValue(name, str(label), lines, warnings, is_numbered=name == "steps")


_NOT_SHOWN = ("label", "title", "pictures")


def _pictures_of(staged: StagedPlan, place: int) -> list[tuple[int, KeptPicture, str]]:
    own = staged.measure_at(place).pictures
    ticks = staged.choices.pictures
    return [
        (number, picture, ticks.get(picture.key, ""))
        for number, picture in enumerate(staged.pictures, start=1)
        if picture.key in own
    ]


def pictures_elsewhere(staged: StagedPlan) -> list[tuple[int, KeptPicture]]:
    """Return the pictures that stand in no measure: letterheads, maps, signatures."""
    own = {key for measure in staged.plan.measures for key in measure.pictures}
    return [
        (number, picture)
        for number, picture in enumerate(staged.pictures, start=1)
        if picture.key not in own
    ]


@dataclass(frozen=True)
class PictureRow:
    """A stored measure with its pictures, and which of them are evidence already."""

    row: Mapping[str, Any]
    pictures: list[tuple[int, KeptPicture, bool]]


def picture_rows_of(file_import: FileImport, staged: StagedPlan) -> list[PictureRow]:
    """Return the measures of a stored import that have pictures in the file."""
    attached = {each["picture"] for each in file_import.report.get("evidence", [])}
    rows = []
    for row in file_import.report.get("measures", []):
        pictures = [
            (number, picture, picture.key in attached)
            for number, picture, _caption in _pictures_of(staged, row["place"])
            if picture.extension
        ]
        if row["id"] and pictures:
            rows.append(PictureRow(row, pictures))
    return rows
