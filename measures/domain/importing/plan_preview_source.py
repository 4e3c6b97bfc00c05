"""The file of a staged plan as its preview shows it: each cell with what became of it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.domain.importing.plan_drafts import CellFate, Fate
from measures.domain.importing.staged_plans import StagedPlan

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


@dataclass(frozen=True)
class Mark:
    """What became of the words of a cell, and the measure that has them."""

    at: int  # in ``PlanDraft.fates``, from 0
    fate: CellFate
    words: str
    field: str  # its name, or ""

    def is_movable(self) -> bool:
        """Return whether the words may have been joined to the wrong measure."""
        return bool(self.fate.fate == Fate.CONTINUED and self.fate.measure and self.fate.field)


@dataclass
class ShownCell:
    """One cell or paragraph of the file, with what became of it."""

    text: str
    fates: list[tuple[int, CellFate]] = field(default_factory=list)  # with their places in the plan
    row_span: int = 1
    column_span: int = 1

    def marks(self) -> list[Mark]:
        """Return each fate of the cell in words."""
        return [
            Mark(at, fate, self._words_of(fate), str(FIELDS.get(fate.field, "")))
            for at, fate in self.fates
        ]

    def _words_of(self, fate: CellFate) -> str:
        is_empty = fate.fate == Fate.SEPARATOR and not self.text.strip()
        return str(_("ว่าง")) if is_empty else str(FATES.get(fate.fate, fate.fate))

    def places(self) -> list[int]:
        """Return the measures that have something of the cell."""
        return [fate.measure for _at, fate in self.fates if fate.measure]

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


def source_of(staged: StagedPlan, places: Collection[int]) -> list[ShownTable | ShownCell]:
    """Return what of the file stands with these measures, in its order.

    Tables, and the paragraphs between them. What belongs to no measure is shown with the one
    before it; a table with its headings.
    """
    last = 1  # what stands before the first measure is shown with it
    shown: list[ShownTable | ShownCell] = []
    for block in _blocks_of(staged):
        if isinstance(block, ShownCell):
            own = block.places() or [last]
            last = own[-1]
            if any(place in places for place in own):
                shown.append(block)
            continue
        kept: dict[int, list[ShownCell]] = {}
        heads: dict[int, list[ShownCell]] = {}
        for number, row in block.by_row.items():
            own = [place for cell in row for place in cell.places()] or [last]
            last = own[-1]
            if any(place in places for place in own):
                kept[number] = row
            elif all(cell.kind() == Fate.HEADING for cell in row):
                heads[number] = row
        if kept:
            shown.append(ShownTable(block.number, heads | kept))
    return shown


def _blocks_of(staged: StagedPlan) -> list[ShownTable | ShownCell]:
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
