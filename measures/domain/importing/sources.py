"""What stands in a file, before anybody asks what it means: paragraphs, tables, pictures.

The three readers (Word, Excel, csv) make a ``Source``; what the cells mean is read in
``plan_reading`` and shows nothing of the file's format.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as written. ``label`` is the number that Word prints before it ("๑.", "-")."""

    text: str
    label: str = ""
    pictures: tuple[str, ...] = ()  # keys of Source.pictures

    def printed(self) -> str:
        """Return the paragraph as it is read on paper, its number before it."""
        return f"{self.label} {self.text}".strip() if self.label else self.text


@dataclass(frozen=True)
class Cell:
    """One cell at the place where it begins; merged cells are one cell that spans several."""

    row: int  # from 0
    column: int  # from 0
    paragraphs: tuple[Paragraph, ...] = ()
    row_span: int = 1
    column_span: int = 1

    def text(self) -> str:
        """Return the paragraphs as printed, one a line."""
        return "\n".join(paragraph.printed() for paragraph in self.paragraphs).strip()

    def pictures(self) -> tuple[str, ...]:
        """Return the keys of the pictures in the cell."""
        return tuple(key for paragraph in self.paragraphs for key in paragraph.pictures)


@dataclass(frozen=True)
class Table:
    """A table as a full grid: ``rows[r][c]`` is the cell that covers that place.

    The places of a merged cell hold the same object; ``is_origin`` tells where it begins.
    """

    number: int  # from 1, in the order of the file
    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""  # of the sheet, for Excel

    def is_origin(self, row: int, column: int) -> bool:
        """Return whether a cell begins at this place."""
        cell = self.rows[row][column]
        return (cell.row, cell.column) == (row, column)

    def where(self, row: int, column: int) -> str:
        """Return the place of a cell in Thai, for people: table or sheet, row, column from 1."""
        if self.name:
            return _("แผ่นงาน “%(sheet)s” แถวที่ %(row)s คอลัมน์ที่ %(column)s") % {
                "sheet": self.name,
                "row": row + 1,
                "column": column + 1,
            }
        return _("ตารางที่ %(table)s แถวที่ %(row)s คอลัมน์ที่ %(column)s") % {
            "table": self.number,
            "row": row + 1,
            "column": column + 1,
        }


@dataclass(frozen=True)
class Picture:
    """An embedded picture: its bytes as they are in the file, and where it stands."""

    key: str
    data: bytes
    extension: str  # png, jpeg …
    where: str


@dataclass(frozen=True)
class Note:
    """Something the reader of the file noticed (text boxes, tracked changes, hidden rows)."""

    where: str
    message: str
    value: str = ""


@dataclass(frozen=True)
class Source:
    """A whole file in reading order."""

    extension: str  # docx, xlsx, csv
    blocks: tuple[Paragraph | Table, ...]
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def tables(self) -> tuple[Table, ...]:
        """Return the tables alone."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
