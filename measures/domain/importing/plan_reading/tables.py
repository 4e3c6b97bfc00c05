"""Everything in a file that is a table: real ones, and those pasted as text."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _

from measures.domain.importing.plan_reading.columns import heading_match
from measures.domain.importing.plan_reading.lines import Line, lines_of
from measures.domain.importing.plan_reading.notes import Place
from measures.domain.importing.sources import Cell, Paragraph, Source, Table

_RULE: Final = re.compile(r"[\s|:\-–—_=]+")
_LEAST_HEADINGS: Final = 2  # of a pasted line, to be the head of a table


@dataclass(frozen=True)
class Loose:
    """A paragraph outside of tables."""

    paragraph: Paragraph
    place: Place


@dataclass(frozen=True)
class PlanTable:
    """A table to be read. Rows of a pasted one have the places of their paragraphs."""

    table: Table
    pasted: tuple[Place, ...] = ()
    is_sheet: bool = False  # what stands above and below a table is in its first column

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.table.rows)

    @cached_property  # asked for in each row
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in self.table.rows), default=0)

    def place(self, row: int, column: int) -> Place:
        """Return where a cell stands, for people and for the preview."""
        if self.pasted:
            paragraph = self.pasted[row]
            where = _("%(paragraph)s ช่องที่ %(column)s") % {
                "paragraph": paragraph.where,
                "column": column + 1,
            }
            return Place(where, paragraph.table, paragraph.row, column)
        return Place(self.table.where(row, column), self.table.number, row, column)

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place, None beyond a short row."""
        cells = self.table.rows[row]
        return cells[column] if column < len(cells) else None

    def lines(self, row: int, column: int) -> list[Line]:
        """Return the lines of the cell that covers a place."""
        cell = self.cell(row, column)
        return lines_of(cell.paragraphs) if cell else []

    def is_origin(self, row: int, column: int) -> bool:
        """Return whether a cell begins here."""
        return column < len(self.table.rows[row]) and self.table.is_origin(row, column)

    def origins(self, row: int) -> list[int]:
        """Return the columns in which a cell begins in this row."""
        return [
            column for column in range(len(self.table.rows[row])) if self.is_origin(row, column)
        ]


def place_of_paragraph(block: int, number: int) -> Place:
    """Return the place of the ``number``-th paragraph, which is block ``block`` of the file."""
    return Place(_("ย่อหน้าที่ %(number)s") % {"number": number}, row=block)


def tables_and_paragraphs(source: Source) -> list[PlanTable | Loose]:
    """Return tables and paragraphs in reading order, tables pasted as text among the tables."""
    found: list[PlanTable | Loose] = []
    waiting: list[Loose] = []
    number = 0
    for index, block in enumerate(source.blocks):
        if isinstance(block, Paragraph):
            number += 1
            waiting.append(Loose(block, place_of_paragraph(index, number)))
            continue
        found += _with_pasted(waiting)
        waiting = []
        found.append(_unpacked(block, is_sheet=source.extension != "docx"))
    return found + _with_pasted(waiting)


def as_paragraphs(grid: PlanTable) -> list[Loose]:
    """Return the cells of a sheet one by one, where no row has more than one with words."""
    found: list[Loose] = []
    for row in range(grid.height):
        filled = [column for column in grid.origins(row) if grid.lines(row, column)]
        if len(filled) > 1:
            return []
        for column in filled:
            cell = grid.cell(row, column)
            found += [
                Loose(paragraph, grid.place(row, column))
                for paragraph in (cell.paragraphs if cell else ())
            ]
    return found


def _unpacked(table: Table, *, is_sheet: bool) -> PlanTable:
    """Return a table whose only column holds rows pasted as text as the table they are."""
    grid = PlanTable(table, is_sheet=is_sheet)
    if grid.width != 1:
        return grid
    rows = [
        Loose(Paragraph(row[0].text() if row else ""), grid.place(number, 0))
        for number, row in enumerate(table.rows)
    ]
    pasted = [each for each in _with_pasted(rows) if isinstance(each, PlanTable)]
    if len(pasted) != 1:
        return grid
    left = {place.row for place in pasted[0].pasted}
    # Rows that are not of the pasted table stay in it, each as one cell above or below.
    kept = [
        (row.place, _cells(row.paragraph))
        for row in rows
        if row.place.row in left or row.paragraph.text
    ]
    return _grid(kept, table.number)


def _with_pasted(paragraphs: list[Loose]) -> list[PlanTable | Loose]:
    found: list[PlanTable | Loose] = []
    rows: list[tuple[Place, list[str]]] = []
    gap: list[Loose] = []
    for loose in paragraphs:
        for piece in _rows_in(loose):
            cells = _cells(piece.paragraph)
            if len(cells) > 1 and (rows or _is_head(cells)):
                found += gap if not rows else []
                if rows:
                    rows += [(each.place, [""]) for each in gap]
                gap = []
                rows.append((piece.place, cells))
            elif rows and not piece.paragraph.text.strip():
                gap.append(piece)
            else:
                if rows:
                    found.append(_grid(rows))
                    rows = []
                found += [*gap, piece]
                gap = []
    if rows:
        found.append(_grid(rows))
    return found + list(gap)


def _rows_in(loose: Loose) -> list[Loose]:
    """Return the rows of a paragraph that holds a whole table, else the paragraph."""
    lines = loose.paragraph.text.splitlines()
    if len(lines) < 2 or sum(len(_cells(Paragraph(line))) > 1 for line in lines) < 2:
        return [loose]
    return [Loose(Paragraph(line), loose.place) for line in lines]


def _cells(paragraph: Paragraph) -> list[str]:
    text = paragraph.text
    if text.strip().startswith("|") and text.strip().count("|") > 2:
        inner = text.strip().removeprefix("|").removesuffix("|")
        return [cell.strip() for cell in inner.split("|")]
    return text.split("\t")


def _is_head(cells: list[str]) -> bool:
    matched = 0
    for cell in cells:
        lines = lines_of([Paragraph(cell)])
        if lines and (
            heading_match(lines[0].text) or heading_match(" ".join(x.text for x in lines))
        ):
            matched += 1
    return matched >= _LEAST_HEADINGS


def _grid(rows: list[tuple[Place, list[str]]], table: int = 0) -> PlanTable:
    """Return the rows as a table; a line of dashes is a row without words."""
    width = max(len(cells) for _, cells in rows)
    table_rows = []
    for number, (_place, cells) in enumerate(rows):
        texts = ["" for _ in cells] if _is_rule("|".join(cells)) else cells
        texts += [""] * (width - len(texts))
        table_rows.append(
            tuple(
                Cell(number, column, (Paragraph(text),) if text.strip() else ())
                for column, text in enumerate(texts)
            )
        )
    return PlanTable(Table(table, tuple(table_rows)), tuple(place for place, _ in rows))


def _is_rule(text: str) -> bool:
    """Return whether a line only draws: the row of dashes under a head."""
    return bool(_RULE.fullmatch(text)) and any(sign * 2 in text for sign in "-–—_=")
