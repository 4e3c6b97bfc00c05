"""How a table of a round kit looks in Excel and on paper: what to fill in is seen at once."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.properties import PageSetupProperties

HEADING_ROW = 3  # after the title and what to fill in
FIRST_ROW = HEADING_ROW + 1
_FROZEN_COLUMNS = 2  # number and measure stay in view
_A4 = "9"  # ECMA-376 18.3.1.63
_MOST_PROMPT = 255  # characters of a cell's prompt; Excel's own limit

# On every office's computer by cabinet resolution; the family lets others fall back to a sans.
_FONT, _SANS = "TH SarabunPSK", 2
_TEXT = Font(name=_FONT, family=_SANS, size=15)
_BOLD = Font(name=_FONT, family=_SANS, size=15, bold=True)
_TITLE = Font(name=_FONT, family=_SANS, size=18, bold=True)
_SMALL = Font(name=_FONT, family=_SANS, size=11, color="808080")
_HEAD = PatternFill("solid", fgColor="DDE0F0")
_TO_FILL_IN = PatternFill("solid", fgColor="FFF9DB")
_TO_READ = PatternFill("solid", fgColor="F2F2F2")
_THIN = Side(style="thin", color="A6A6A6")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="top", horizontal="center")
_MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
_AS_TEXT = "@"  # Excel leaves what is typed into such a cell as it is
_LINE_HEIGHT = 21.0  # points, of one line of _TEXT with its tone marks
_HIGHEST = 409.0  # points; Excel's own limit


class _GrowingRow(RowDimension):
    """A row that is high enough at first and still grows with what is typed into it.

    openpyxl marks every row with a height as set by hand, and such a row stays as high as it is.
    """

    customHeight = False  # noqa: N815 - openpyxl's name


@dataclass(frozen=True)
class Column:
    """One column. ``width`` is in characters; a typed one is to be filled in."""

    heading: str
    width: int
    is_typed: bool = False
    is_small: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    longest: int | None = None


class Line(tuple[Any, ...]):
    """The cells of one row."""

    def __new__(cls, *cells: Any) -> "Line":
        """Take the cells one by one."""
        return super().__new__(cls, cells)


@dataclass(frozen=True)
class KitSheet:
    """One table of the kit: what stands in it, and how it is filled in and printed."""

    name: str
    title: str
    note: str
    columns: list[Column]
    lines: list[Line]

    def write(self, book: Workbook) -> None:
        """Add the sheet to the book."""
        sheet: Any = book.create_sheet(self.name)
        for row, (text, font) in enumerate(((self.title, _TITLE), (self.note, _TEXT)), 1):
            sheet.cell(row, 1, text).font = font
        for place, column in enumerate(self.columns, 1):
            self._write_column(sheet, place, column)
        for row in range(1, HEADING_ROW + len(self.lines) + 1):
            sheet.row_dimensions[row] = _GrowingRow(sheet, index=row, ht=self._height_of(row))
        sheet.freeze_panes = sheet.cell(FIRST_ROW, _FROZEN_COLUMNS + 1)
        self._protect(sheet)
        self._set_paper(sheet)

    def _write_column(self, sheet: Any, place: int, column: Column) -> None:
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        head = sheet.cell(HEADING_ROW, place, column.heading)
        head.font, head.fill, head.alignment, head.border = _BOLD, _HEAD, _MIDDLE, _BORDER
        for row, line in enumerate(self.lines, FIRST_ROW):
            cell, value = sheet.cell(row, place), line[place - 1]
            if isinstance(value, str):
                cell.value, cell.number_format = value or None, _AS_TEXT
            else:
                cell.value = value
            cell.font = _SMALL if column.is_small else _TEXT
            cell.fill = _TO_FILL_IN if column.is_typed else _TO_READ
            cell.alignment = _CENTRED if isinstance(value, int) or column.choices else _WRAPPED
            cell.border = _BORDER
            cell.protection = Protection(locked=not column.is_typed)
        if column.is_typed and self.lines:
            self._help(sheet, place, column)

    def _height_of(self, row: int) -> float:
        """Return how high a row is: as its longest cell, wrapped in the width of its column."""
        if row == HEADING_ROW:
            return 2 * _LINE_HEIGHT
        if row < HEADING_ROW:
            return 1.4 * _LINE_HEIGHT
        cells = zip(self.columns, self.lines[row - FIRST_ROW], strict=True)
        lines = max(
            _lines_in(str(value), column.width) for column, value in cells if not column.is_small
        )
        return min(lines * _LINE_HEIGHT + 4, _HIGHEST)

    def _help(self, sheet: Any, place: int, column: Column) -> None:
        """Say at the cell what is wanted; offer the choices, stop what is too long."""
        rule = DataValidation(allow_blank=True)
        if column.choices:
            rule.type, rule.formula1 = "list", '"{}"'.format(",".join(column.choices))
            rule.error = "โปรดเลือกจากรายการ"
        elif column.longest is not None:
            rule.type, rule.operator = "textLength", "lessThanOrEqual"
            rule.formula1 = str(column.longest)
            rule.error = f"ยาวเกิน {column.longest} ตัวอักษร โปรดย่อ"
        rule.showErrorMessage, rule.errorTitle = True, column.heading
        if column.hint:
            rule.showInputMessage, rule.promptTitle = True, column.heading[:32]
            rule.prompt = column.hint[:_MOST_PROMPT]
        letter = get_column_letter(place)
        rule.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + len(self.lines) - 1}")
        sheet.add_data_validation(rule)

    @staticmethod
    def _protect(sheet: Any) -> None:
        """Keep fingers off what is to be read; without a password, for it keeps nobody out."""
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False
        sheet.protection.formatCells = False

    def _set_paper(self, sheet: Any) -> None:
        """Print the head on every page, and which page it is."""
        _fit_to_paper(sheet)
        sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
        margins = sheet.page_margins
        margins.left = margins.right = 0.4  # inches
        margins.top, margins.bottom, margins.footer = 0.5, 0.7, 0.3
        sheet.oddFooter.right.text = "หน้า &P จาก &N"
        sheet.oddFooter.left.text = self.name


def write_guide(sheet: Any, lines: list[str]) -> None:
    """Write the instructions, one a line under their title."""
    width = 110
    sheet.column_dimensions["A"].width = width
    for row, line in enumerate(lines, 1):
        cell = sheet.cell(row, 1, line)
        cell.font = _TITLE if row == 1 else _TEXT
        cell.alignment = Alignment(wrap_text=row > 1, vertical="top")
        height = _lines_in(line, width) * _LINE_HEIGHT + 6
        sheet.row_dimensions[row] = _GrowingRow(sheet, index=row, ht=height)
    _fit_to_paper(sheet)


def _fit_to_paper(sheet: Any) -> None:
    """Print on A4 across, as wide as the paper."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lines_in(text: str, width: int) -> int:
    """Return about how many lines a text takes in a column: marks above and below have no width."""
    fitting = max(width - 8, width // 2)  # words are not cut, so a line is seldom full
    return sum(
        1 + sum(unicodedata.category(letter) != "Mn" for letter in line) // fitting
        for line in text.split("\n")
    )
