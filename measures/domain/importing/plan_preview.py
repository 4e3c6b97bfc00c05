"""A staged plan as its preview shows it: the file's tables, and a card for each measure."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.domain.importing.plan_drafts import CellFate, DraftWarning, Fate
from measures.domain.importing.plan_examination import Examination, Intended
from measures.domain.importing.staged_plans import KeptPicture, StagedPlan
from measures.models import FileImport, ProgressStatus

FATES: dict[str, Promise] = {
    Fate.VALUE: _("นำเข้า"),
    Fate.HEADING: _("หัวตาราง"),
    Fate.TITLE: _("ชื่อเรื่อง ปี หรือคะแนน"),
    Fate.CONTINUED: _("ต่อจากแถวก่อน"),
    Fate.SEPARATOR: _("ตัวคั่น"),
    Fate.QUARANTINED: _("เศษข้อความจากภาพ ไม่นำเข้า"),
    Fate.LEFT_OUT: _("ไม่ใช่ส่วนของแผน ไม่นำเข้า"),
}
FIELDS: dict[str, Promise] = {
    "number": _("เลขมาตรการ"),
    "label": _("เลขมาตรการ"),
    "title": _("มาตรการ"),
    "indicator": _("ตัวชี้วัด"),
    "items": _("ข้อประเมิน"),
    "finding": _("การวิเคราะห์"),
    "steps": _("ขั้นตอนหรือวิธีการ"),
    "responsible": _("ผู้รับผิดชอบ"),
    "period": _("ระยะเวลาดำเนินการ"),
    "monitoring": _("การกำกับติดตาม"),
    "status": _("สถานะ"),
    "status_note": _("หมายเหตุสถานะ"),
    "results": _("ผลการดำเนินการ"),
    "outcomes": _("ผลลัพธ์/ความสำเร็จ"),
    "suggestions": _("ข้อเสนอแนะ"),
    "pictures": _("ภาพ"),
}


@dataclass
class ShownCell:
    """One cell or paragraph of the file, with what became of it."""

    text: str
    fates: list[tuple[int, CellFate]] = field(default_factory=list)  # with their places in the plan
    row_span: int = 1
    column_span: int = 1

    def marks(self) -> list[tuple[int, CellFate, str, str]]:
        """Return for each fate its place, itself, its words and the name of its field."""
        return [
            (at, fate, str(FATES.get(fate.fate, fate.fate)), str(FIELDS.get(fate.field, "")))
            for at, fate in self.fates
        ]

    def kind(self) -> str:
        """Return the fate that decides how the cell looks; its words say the same."""
        return self.fates[0][1].fate


@dataclass
class ShownTable:
    """A table as it stands in the file: its cells by rows."""

    number: int
    by_row: dict[int, list[ShownCell]]

    def rows(self) -> list[list[ShownCell]]:
        """Return the rows in which a cell begins."""
        return [self.by_row[row] for row in sorted(self.by_row)]


def source_of(staged: StagedPlan) -> list[ShownTable | ShownCell]:
    """Return the file in its order: tables, and the paragraphs between them."""
    cells: dict[tuple[int, int, int], ShownCell] = {}
    for at, fate in enumerate(staged.plan.fates):
        key = (fate.table, fate.row, fate.column)
        rows, columns = staged.spans.get("-".join(map(str, key)), [1, 1])
        cell = cells.setdefault(key, ShownCell(fate.text, [], rows, columns))
        cell.fates.append((at, fate))
    blocks: dict[tuple[int, int], ShownTable | ShownCell] = {}
    for (table, row, column), cell in sorted(cells.items(), key=lambda pair: pair[0]):
        if not table:
            blocks[row, column] = cell  # the row of a paragraph is its place in the file
            continue
        place = (staged.order.get(str(table), table), -1)
        shown = blocks.setdefault(place, ShownTable(table, {}))
        assert isinstance(shown, ShownTable)
        shown.by_row.setdefault(row, []).append(cell)
    return [block for _place, block in sorted(blocks.items(), key=lambda pair: pair[0])]


@dataclass(frozen=True)
class ShownValue:
    """One field of a measure as its card shows it, with the warnings about it."""

    name: str
    label: str
    lines: list[str]
    warnings: list[tuple[int, DraftWarning]]  # with their places in the plan, -1 for none
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

    def starts_on(self) -> datetime.date | None:
        """Return the first day of the period, where the text states it."""
        return _day(self.intended.draft.period.start)

    def ends_on(self) -> datetime.date | None:
        """Return the last day of the period, where the text states it."""
        return _day(self.intended.draft.period.end)


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None


def cards_of(examination: Examination, forms: Mapping[int, Any]) -> list[Card]:
    """Return the cards of the measures, in the order of the file."""
    staged = examination.staged
    read: dict[int, list[tuple[int, DraftWarning]]] = {}
    for at, warning in examination.open_warnings():
        read.setdefault(warning.measure, []).append((at, warning))
    return [
        Card(
            each,
            list(_values_of(each, read.get(each.place, []))),
            forms[each.place],
            _pictures_of(staged, each.place),
        )
        for each in examination.measures
    ]


def _values_of(each: Intended, read: list[tuple[int, DraftWarning]]) -> Iterable[ShownValue]:
    own = [*read, *((-1, warning) for warning in each.warnings)]
    draft = vars(each.draft)
    # Warnings about the measure as a whole, or a field that has no place of its own.
    rest = [pair for pair in own if pair[1].field not in FIELDS or pair[1].field in _NOT_SHOWN]
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
        warnings = [pair for pair in own if pair[1].field == name]
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
