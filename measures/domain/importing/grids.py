"""Cells put where they stand and made into the full grid of a table, within bounds.

The three readers share it, so that a merged cell is the same thing in all of them.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.domain.importing.sources import Cell, Paragraph, Table

MOST_COLUMNS = 200  # of one table; Word allows 63, and nobody prints more
MOST_PLACES = 300_000  # of all tables of a file: memory is bounded by it


@dataclass
class PlacedCell:
    """A cell while its table is being read: it may still grow downwards."""

    row: int
    column: int
    paragraphs: tuple[Paragraph, ...] = ()
    row_span: int = 1
    column_span: int = 1


class Bounds:
    """How many places the tables of one file may still take."""

    def __init__(self) -> None:
        self._left = MOST_PLACES

    def take(self, rows: int, columns: int) -> None:
        """Raise Invalid where a table of this size is more than a file may hold."""
        refuse_too_long(rows)
        if columns > MOST_COLUMNS:
            raise Invalid(
                _("ตารางมีมากกว่า %(most)s คอลัมน์ โปรดลบคอลัมน์ที่ไม่ใช้แล้วบันทึกใหม่") % {"most": MOST_COLUMNS}
            )
        self._left -= rows * columns
        if self._left < 0:
            raise Invalid(
                _("ไฟล์มีเซลล์มากกว่า %(most)s เซลล์ โปรดลบแถวและคอลัมน์ที่ไม่ใช้ หรือแยกเป็นหลายไฟล์")
                % {"most": f"{MOST_PLACES:,}"}
            )


def refuse_too_long(rows: int) -> None:
    """Raise Invalid where a table has more rows than the settings allow."""
    if rows > settings.IMPORT_MAX_ROWS:
        raise Invalid(
            _("ตารางยาวเกิน %(most)s แถว โปรดลบแถวที่ไม่ใช้ หรือแยกเป็นหลายไฟล์แล้วนำเข้าทีละไฟล์")
            % {"most": f"{settings.IMPORT_MAX_ROWS:,}"}
        )


class Grid:
    """One table being put together: which cell covers which place."""

    def __init__(self, number: int, bounds: Bounds, name: str = "") -> None:
        self.number = number
        self.name = name
        self._bounds = bounds
        self._places: dict[tuple[int, int], PlacedCell] = {}
        self._rows = 0
        self._columns = 0

    def where(self, row: int, column: int) -> str:
        """Return the place of a cell in Thai, as the finished table says it."""
        return Table(self.number, (), self.name).where(row, column)

    def widen(self, rows: int, columns: int) -> None:
        """Let the grid have at least so many rows and columns; Invalid where that is too many."""
        wider, longer = max(self._columns, columns), max(self._rows, rows)
        if wider > MOST_COLUMNS or longer * wider > MOST_PLACES:
            self._bounds.take(longer, wider)  # raises, before the places are made
        self._rows, self._columns = longer, wider

    def put(self, cell: PlacedCell) -> None:
        """Put a cell over the places it covers; places that are taken stay with their cell."""
        self.widen(cell.row + cell.row_span, cell.column + cell.column_span)
        for row in range(cell.row, cell.row + cell.row_span):
            self._cover(cell, row)

    def at(self, row: int, column: int) -> PlacedCell | None:
        """Return the cell that covers a place."""
        return self._places.get((row, column))

    def grow_down(self, cell: PlacedCell, row: int) -> None:
        """Let a cell cover the row below it too."""
        cell.row_span = row - cell.row + 1
        self.widen(row + 1, cell.column + cell.column_span)
        self._cover(cell, row)

    def table(self) -> Table:
        """Return the full grid; places that no cell covers hold an empty cell of their own."""
        self._bounds.take(self._rows, self._columns)
        made = {
            id(placed): Cell(
                placed.row,
                placed.column,
                placed.paragraphs,
                placed.row_span,
                placed.column_span,
            )
            for placed in self._places.values()
        }
        rows = tuple(
            tuple(
                made[id(placed)] if (placed := self.at(row, column)) else Cell(row, column)
                for column in range(self._columns)
            )
            for row in range(self._rows)
        )
        return Table(self.number, rows, self.name)

    def _cover(self, cell: PlacedCell, row: int) -> None:
        for column in range(cell.column, cell.column + cell.column_span):
            self._places.setdefault((row, column), cell)
