"""What stands in an Excel file: every visible sheet as one table, values as they are shown.

openpyxl's read-only mode holds one row at a time but knows no merged cells and nothing hidden; so
the sheet's own XML is looked through first, as a stream. That also finds out how far the sheet
really goes: what it says of itself may be far more or less.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from measures.domain.errors import Invalid
from measures.domain.filing import office_files
from measures.domain.importing import safety
from measures.domain.importing.cell_texts import text_of_cell
from measures.domain.importing.csv_reading import paragraphs_of
from measures.domain.importing.grids import Bounds, Grid, PlacedCell, refuse_too_long
from measures.domain.importing.sheet_pictures import pictures_of
from measures.domain.importing.sources import Note, Paragraph, Picture, Source, Table

_MOST_SHEETS = 100
_TEXT_RESULT = "str"  # ECMA-376 18.18.11
_ERROR = "e"  # openpyxl's data type of #REF! and its like


def read_workbook(data: bytes) -> Source:
    """Return what stands in an .xlsx that ``safety`` has passed; Invalid where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            return _BookReader(package).source(book)
    except safety.UNREADABLE as error:
        raise safety.damaged() from error


class _Shape:
    """What the sheet's XML says beside its values: extent, merged cells, formulas, hidden."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self.merged: list[tuple[int, int, int, int]] = []
        self.without_value: list[tuple[int, int]] = []  # formulas, row and column from 0
        self.hidden_rows: list[int] = []  # from 1
        self.hidden_columns: list[str] = []
        self._row = self._column = 0
        self._has_formula = self._is_value = self._has_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if reader := self._STARTS.get(name):
            reader(self, attributes)

    def end(self, name: str) -> None:
        """Take the end of a cell: whether it held something is known now."""
        if name != "c":
            return
        if self._has_value or self._has_formula:
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
            refuse_too_long(self.rows)
        if self._has_formula and not self._has_value:
            self.without_value.append((self._row - 1, self._column - 1))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.append(self._row)

    def characters(self, text: str) -> None:
        """Take text: a value that is there and empty is none, as of a formula never worked out."""
        self._has_value = self._has_value or (self._is_value and bool(text))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            letters, self._row = coordinate_from_string(attributes["r"])
            self._column = column_index_from_string(letters)
        else:
            self._column += 1
        self._has_formula = self._is_value = False
        # A formula whose result is the empty text has been worked out.
        self._has_value = attributes.get("t") == _TEXT_RESULT

    def _start_formula(self, attributes: dict[str, str]) -> None:
        self._has_formula, self._is_value = True, False

    def _start_value(self, attributes: dict[str, str]) -> None:
        self._is_value = True

    def _start_merged(self, attributes: dict[str, str]) -> None:
        first_column, first_row, last_column, last_row = range_boundaries(attributes["ref"])
        self.merged.append((first_row - 1, first_column - 1, last_row, last_column))

    def _start_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = (get_column_letter(int(attributes[end])) for end in ("min", "max"))
            self.hidden_columns.append(first if first == last else f"{first}-{last}")

    _STARTS: dict[str, Callable[["_Shape", dict[str, str]], None]] = {
        "row": _start_row,
        "c": _start_cell,
        "f": _start_formula,
        "v": _start_value,
        "is": _start_value,
        "mergeCell": _start_merged,
        "col": _start_columns,
    }


class _BookReader:
    """Reads the sheets one after the other, within the bounds of one file."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._bounds = Bounds()
        self._notes: list[Note] = []
        self._pictures: dict[str, Picture] = {}

    def source(self, book: Any) -> Source:
        """Return the visible sheets; what is hidden is noted."""
        if not book.worksheets:  # openpyxl passes over sheets that the package does not hold
            raise safety.damaged()
        if len(book.worksheets) > _MOST_SHEETS:
            raise Invalid(_("ไฟล์มีมากกว่า %(most)s แผ่นงาน โปรดแยกไฟล์") % {"most": _MOST_SHEETS})
        tables: list[Table] = []
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                self._note(sheet, _("แผ่นงานที่ซ่อนไว้ ไม่ได้อ่าน หากต้องการให้อ่านโปรดยกเลิกการซ่อน"))
                continue
            table = self._table(sheet, number=len(tables) + 1)
            if table.rows:
                tables.append(table)
        return Source("xlsx", tuple(tables), self._pictures, tuple(self._notes))

    def _table(self, sheet: Any, *, number: int) -> Table:
        shape = _Shape()
        # The one place that knows which part a sheet is; openpyxl has no public name for it.
        path = sheet._worksheet_path
        office_files.parse(
            self._package, path, start=shape.start, end=shape.end, characters=shape.characters
        )
        grid = Grid(number, self._bounds, sheet.title)
        grid.widen(shape.rows, shape.columns)
        shown = self._pictures_by_cell(path, grid)
        self._put_cells(sheet, shape, grid, shown)
        self._note_hidden(sheet, shape)
        for row, column in shape.without_value:
            message = _("สูตรที่ยังไม่มีผลลัพธ์ โปรดเปิดใน Excel แล้วบันทึกไฟล์อีกครั้ง หรือพิมพ์ค่าแทนสูตร")
            self._notes.append(Note(grid.where(row, column), message))
        return grid.table()

    def _pictures_by_cell(self, path: str, grid: Grid) -> dict[tuple[int, int], list[str]]:
        """Keep the sheet's pictures; return their keys by the cell over which they begin."""
        found: dict[tuple[int, int], list[str]] = {}
        for picture in pictures_of(self._package, path):
            place = picture.row, picture.column
            where = grid.where(*place)
            kept = Picture(picture.part, picture.data, picture.extension, where)
            self._pictures.setdefault(picture.part, kept)
            found.setdefault(place, []).append(picture.part)
        return found

    def _put_cells(
        self, sheet: Any, shape: _Shape, grid: Grid, pictures: dict[tuple[int, int], list[str]]
    ) -> None:
        if not shape.rows:
            return
        spans = {(row, column): (last, right) for row, column, last, right in shape.merged}
        sheet.reset_dimensions()  # the sheet's own say in how large it is
        rows = sheet.iter_rows(max_row=shape.rows, max_col=shape.columns)
        covered: list[PlacedCell] = []
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                text = text_of_cell(cell.value, cell.number_format or "")
                if cell.data_type == _ERROR:
                    self._notes.append(
                        Note(grid.where(number, column), _("เซลล์นี้แสดงข้อผิดพลาดของสูตร"), text)
                    )
                last, right = spans.get((number, column), (number + 1, column + 1))
                placed = PlacedCell(
                    number,
                    column,
                    (*paragraphs_of(text), *_shown(pictures.get((number, column), ()))),
                    min(last, shape.rows) - number,
                    min(right, shape.columns) - column,
                )
                if placed.row_span > 1 or placed.column_span > 1:
                    grid.put(placed)
                elif placed.paragraphs:
                    covered.append(placed)
        # Merged cells first: what other programs leave under them is not shown.
        for placed in covered:
            above = grid.at(placed.row, placed.column)
            if above is None:
                grid.put(placed)
            else:
                self._put_under(above, placed, grid)

    def _put_under(self, above: PlacedCell, placed: PlacedCell, grid: Grid) -> None:
        """Let a merged cell have the pictures over its places; note text that lies under it."""
        above.paragraphs += tuple(text for text in placed.paragraphs if text.pictures)
        if text := " ".join(text.text for text in placed.paragraphs).strip():
            where = grid.where(placed.row, placed.column)
            message = _("ข้อความในเซลล์ที่ถูกผสาน Excel ไม่แสดง จึงไม่ได้อ่าน")
            self._notes.append(Note(where, message, text))

    def _note_hidden(self, sheet: Any, shape: _Shape) -> None:
        rows = [row for row in shape.hidden_rows if row <= shape.rows]
        if rows:
            shown = ", ".join(str(row) for row in rows[:20]) + (" …" if len(rows) > 20 else "")
            self._note(sheet, _("แถวที่ซ่อนไว้ อ่านรวมด้วย โปรดตรวจว่าต้องการหรือไม่"), shown)
        if shape.hidden_columns:
            shown = ", ".join(shape.hidden_columns)
            self._note(sheet, _("คอลัมน์ที่ซ่อนไว้ อ่านรวมด้วย โปรดตรวจว่าต้องการหรือไม่"), shown)

    def _note(self, sheet: Any, message: str, value: str = "") -> None:
        where = _("แผ่นงาน “%(sheet)s”") % {"sheet": sheet.title}
        self._notes.append(Note(where, message, value))


def _shown(keys: Sequence[str]) -> tuple[Paragraph, ...]:
    return (Paragraph("", pictures=tuple(keys)),) if keys else ()
