"""Tables in the tag tree: which cells stand in which columns, and which heads belong to each."""

from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

GROUPS = (Name.THead, Name.TBody, Name.TFoot)


@dataclass(eq=False)
class _Cell:
    """A cell at its place: rows and columns counted from 0, ends not included."""

    element: Object
    top: int
    bottom: int
    left: int
    right: int
    is_head: bool = False
    heads_rows: bool = False
    in_table_head: bool = False

    def is_above_or_below(self, other: "_Cell") -> bool:
        return self.left < other.right and other.left < self.right

    def is_beside(self, other: "_Cell") -> bool:
        return self.top < other.bottom and other.top < self.bottom


def mend_table(pdf: Pdf, table: Object, *, first_head: int) -> list[Object]:
    """Make a table regular and name the heads of its cells; return the head cells in order.

    Head cells get identifiers that go on from number ``first_head`` and so differ within the file.
    """
    cells = _cells_at_their_places(pdf, table)
    heads = [cell for cell in cells if cell.is_head]
    for number, cell in enumerate(heads, start=first_head):
        cell.element.ID = String(f"h{number:06}")  # so many digits that order by bytes is by number
        cell.element.A.Scope = Name.Row if cell.heads_rows else Name.Column
    names = {head: head.element.ID for head in heads}
    for cell in cells:
        if not cell.is_head:
            cell.element.A.Headers = Array([names[head] for head in _heads_of(cell, heads)])
    return [cell.element for cell in heads]


def _heads_of(cell: _Cell, heads: list[_Cell]) -> list[_Cell]:
    """Return the heads of a cell: of its columns, of its group of rows, of its rows."""
    columns = [
        head
        for head in heads
        if not head.heads_rows and head.top < cell.top and head.is_above_or_below(cell)
    ]
    groups = [head for head in columns if not head.in_table_head]
    rows = [head for head in heads if head.heads_rows and head.is_beside(cell)]
    return [*(head for head in columns if head.in_table_head), *groups[-1:], *rows]


def _cells_at_their_places(pdf: Pdf, table: Object) -> list[_Cell]:
    """Return the cells in reading order; rows that are too short get empty cells."""
    rows = list(_rows_of(table))
    taken: set[tuple[int, int]] = set()
    cells: list[_Cell] = []
    for top, (row, in_table_head) in enumerate(rows):
        elements = list(row.K)
        are_heads = [element["/S"] == Name.TH for element in elements]
        left = 0
        for element, is_head in zip(elements, are_heads, strict=True):
            while (top, left) in taken:
                left += 1
            attributes = element.A
            bottom = top + int(attributes.get("/RowSpan", 1))
            right = left + int(attributes.get("/ColSpan", 1))
            if bottom > len(rows):
                bottom = len(rows)
                attributes.RowSpan = bottom - top
            taken.update((y, x) for y in range(top, bottom) for x in range(left, right))
            cells.append(
                _Cell(
                    element,
                    top,
                    bottom,
                    left,
                    right,
                    is_head,
                    heads_rows=not in_table_head and not all(are_heads),
                    in_table_head=in_table_head,
                )
            )
            left = right
    width = max((cell.right for cell in cells), default=0)
    for top, (row, _in_table_head) in enumerate(rows):
        for left in range(width):
            if (top, left) not in taken:
                row.K.append(element := _empty_cell(pdf, row))
                cells.append(_Cell(element, top, top + 1, left, left + 1))
    return cells


def _rows_of(table: Object) -> Iterator[tuple[Object, bool]]:
    """Yield each row, and whether it belongs to the head of the table."""
    for kid in table.K:
        if kid["/S"] == Name.TR:
            yield kid, False
        elif kid["/S"] in GROUPS:
            for row in kid.K:
                if row["/S"] == Name.TR:
                    yield row, bool(kid["/S"] == Name.THead)


def _empty_cell(pdf: Pdf, row: Object) -> Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.TD,
            P=row,
            Pg=row.Pg,
            K=Array(),
            A=Dictionary(O=Name.Table),
        )
    )
