"""What became of the rows of a sheet: what each changes, and what is wrong with it and where."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export.results import Error, Result, RowResult

from measures.domain.errors import Invalid


@dataclass(frozen=True)
class BadCell:
    """One cell that cannot be taken: under which heading, what stands there, why, and a remedy."""

    heading: str
    value: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.heading}: {self.message}" if self.heading else self.message


class BadCells(Invalid):
    """Some cells of one row cannot be taken."""

    def __init__(self, *cells: BadCell) -> None:
        self.cells = cells
        super().__init__("; ".join(map(str, cells)))


class BadRows(Invalid):
    """Some of many records cannot be stored: each with the heading ("" for the row) and why."""

    def __init__(self, problems: Iterable[tuple[Any, str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(message for _row, _heading, message in self.problems))


def changed_meanwhile() -> str:
    """Return what is said where the data has moved on since the preview."""
    return _("ข้อมูลในระบบเปลี่ยนไปหลังจากแสดงตัวอย่าง จึงยังไม่ได้นำเข้าข้อมูลใด โปรดตรวจตัวอย่างใหม่แล้วยืนยันอีกครั้ง")


@dataclass(frozen=True)
class Change:
    """One cell that is written, as a sheet shows it before and after."""

    heading: str
    before: str
    after: str


class SheetError(Error):
    """An error of a sheet: what is wrong, without the program's inner workings."""

    traceback = ""

    def cell(self) -> BadCell:
        """Return the cell that is wrong; without a heading where it is the row as a whole."""
        if isinstance(self.error, BadCell):
            return self.error
        return BadCell(heading="", value="", message=str(self.error))


class SheetRow(RowResult):
    """What became of one row; ``line`` is its line in the sheet, the headings' being line 1."""

    def __init__(self, line: int) -> None:
        """Begin with a row of which nothing is known."""
        super().__init__()
        self.line = line
        self.key: dict[str, str] = {}  # the cells that name the row, by heading
        self.changes: list[Change] = []

    def name(self) -> str:
        """Return what names the row, for people."""
        return " · ".join(f"{heading} {value}" for heading, value in self.key.items() if value)

    def refuse(self, *errors: SheetError) -> None:
        """Note what is wrong with the row."""
        self.import_type = self.IMPORT_TYPE_ERROR
        self.errors.extend(errors)
        self.changes = []


class SheetResult(Result):
    """The outcome of all rows, numbered as the sheet numbers them."""

    rows: list[SheetRow]

    def __init__(self) -> None:
        """Begin with no rows."""
        super().__init__()
        self.notices: list[str] = []  # about the file as a whole; nothing is wrong

    def take(self, row: SheetRow) -> None:
        """Add the outcome of a row."""
        self.increment_row_result_total(row)
        self.append_row_result(row)

    def fingerprint(self) -> str:
        """Return the hash of everything that the sheet adds and changes: of what is confirmed."""
        digest = hashlib.sha256()
        for row in self.rows:
            changes = [(change.heading, change.before, change.after) for change in row.changes]
            digest.update(repr((row.line, row.import_type, changes)).encode())
        return digest.hexdigest()

    def valid_rows(self) -> list[RowResult]:
        """Return the rows without errors, each with its cells as the back office shows them."""
        for row in self.rows:
            row.diff = self._shown(row)
        return super().valid_rows()  # type: ignore[no-any-return]

    def row_errors(self) -> list[tuple[int, list[Error]]]:
        """Return the errors with the line of the sheet in which they stand."""
        return [(row.line, row.errors) for row in self.rows if row.errors]

    def _shown(self, row: SheetRow) -> list[str]:
        """Return the cells of a row for the back office: what goes, struck out, and what comes."""
        changes = {change.heading: change for change in row.changes}
        return [
            _marked(changes[heading]) if heading in changes else row.key.get(heading, "")
            for heading in self.diff_headers
        ]


def _marked(change: Change) -> str:
    after = format_html("<ins>{}</ins>", change.after)
    return format_html("<del>{}</del> {}", change.before, after) if change.before else after
