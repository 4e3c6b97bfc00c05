"""Tables that go on on the next page: closed lines, and the label of a group again.

WeasyPrint 70 breaks a table inside a rowspan as if the spanning cell ended with its text: its lower
line hangs in the air, the pages after it have a hole in that column, and the tags count rows that
are elsewhere. Where the pages break is known only after the layout, so the boxes are mended between
layout and writing; no page break can move by it. A cell cut off is stretched to the foot of the
last row on its page, and each page after it gets a cell of its own in that column, with the text of
the cell's ``data-again``; a row cut in two has the ``data-again`` of its ``<tr>`` in the first cell
that has nothing left to say.

The style sheet must let each cell draw its own lines (``border-collapse: separate``), because those
of a collapsed grid are not in the boxes, and close cut boxes (``box-decoration-break: clone``).
What is private to WeasyPrint is in ``table_boxes``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reports.rendering.continuation_labels import AGAIN, Blank, fill_in
from reports.rendering.table_boxes import (
    TablePart,
    body_groups_of,
    empty_copy,
    has_head,
    natural_bottom_of,
    parts_on,
    spacing_of,
    stretch,
)

LONG_ROW = "long"  # class of the rows that may be split


@dataclass(frozen=True)
class _Span:
    cell: Any
    last_row: int


@dataclass
class _Group:
    """What a group of rows (a ``tbody``) has shown on the pages so far."""

    last_row: int = -1
    spans: dict[tuple[int, int], _Span] = field(default_factory=dict)  # by row and column


def mark_continuations(pages: list[Any], *, lay_out: Callable[[str], Any]) -> list[bool]:
    """Close, label and tag what the page breaks cut off in tables; changes ``pages``.

    Returns for each page whether a row goes on there that could not be marked: the caller then
    prints "(ต่อ)" in the margin. ``lay_out`` turns HTML into a laid out document with the style
    sheets of the pages; it is asked at most once, for the labels. A label higher than its place
    becomes "(ต่อ)", and nothing where not even that has room.
    """
    groups: dict[Any, _Group] = {}
    blanks: list[Blank] = []
    unmarked = [False] * len(pages)
    for number, page in enumerate(pages):
        for part in parts_on(page, number):
            for rows in body_groups_of(part.table):
                group = groups.setdefault((part.table.element, rows.index), _Group())
                is_split = rows.children[0].index == group.last_row
                _note_spans(group, rows)
                carried = _carry_on(group, rows, part)
                found = _blanks_of(rows, part, carried, is_split=is_split)
                unmarked[number] |= is_split and not any(blank.is_for_row for blank in found)
                blanks += found
                _close(rows, part)
                group.last_row = rows.children[-1].index
            _fit_height(part.table)
    for blank in fill_in(blanks, lay_out=lay_out):
        unmarked[blank.part.page] |= blank.is_for_row
    return unmarked


def _note_spans(group: _Group, rows: Any) -> None:
    for row in rows.children:
        for cell in row.children:
            if cell.rowspan > 1:
                span = _Span(cell, row.index + cell.rowspan - 1)
                group.spans.setdefault((row.index, cell.grid_x), span)


def _carry_on(group: _Group, rows: Any, part: TablePart) -> list[Any]:
    """Add a cell for each that began on an earlier page and spans rows of this one."""
    first, last = rows.children[0], rows.children[-1]
    carried = []
    for (began, _column), span in group.spans.items():
        if began < first.index <= span.last_row:
            cell = empty_copy(span.cell, first, part)
            cell.rowspan = span.last_row - first.index + 1
            foot = rows.children[min(span.last_row, last.index) - first.index]
            stretch(cell, foot.position_y + foot.height, part)
            carried.append(cell)
    first.children = sorted([*first.children, *carried], key=lambda cell: cell.grid_x)
    return carried


def _blanks_of(rows: Any, part: TablePart, carried: list[Any], *, is_split: bool) -> list[Blank]:
    """Return the cells on top of the page that are to say what goes on.

    Those carried on, with their own text; of a row that is split also the finished ones, and where
    none of these says it, the first without a text of its own says it for the row.
    """
    row = rows.children[0]
    of_row = row.element.get(AGAIN) if is_split else None
    blanks, without_text = [], []
    for cell in row.children:
        if cell in carried or (is_split and cell.empty):
            text = cell.element.get(AGAIN)
            is_of_this_row = cell not in carried and cell.rowspan == 1
            if text:
                is_for_row = is_split and (is_of_this_row or text == of_row)
                blanks.append(Blank(part, part.path_to(rows, row, cell), cell, text, is_for_row))
            elif is_of_this_row:
                without_text.append(cell)
    if of_row and without_text and not any(blank.is_for_row for blank in blanks):
        cell = without_text[0]
        blanks.append(Blank(part, part.path_to(rows, row, cell), cell, of_row, is_for_row=True))
    return blanks


def _close(rows: Any, part: TablePart) -> None:
    """Let the cells that go on on the next page end with the last row on this one."""
    last = rows.children[-1]
    cut, ending = [], []
    for row in rows.children:
        rows_here = last.index - row.index + 1
        for cell in row.children:
            if cell.rowspan > rows_here:
                cell.rowspan = rows_here
                cut.append(cell)
            elif cell.rowspan == rows_here:
                ending.append(cell)
    if not cut:
        return
    foot = last.position_y + last.height
    bottom = max([foot, *(natural_bottom_of(cell, part) for cell in cut)])
    last.height = bottom - last.position_y
    for cell in [*cut, *(ending if bottom > foot else [])]:
        stretch(cell, bottom, part)


def _fit_height(table: Any) -> None:
    """Let the table end with its rows: some grew, or were moved on after it was measured."""
    bottom = table.content_box_y()
    for child in table.children:
        if child.is_footer:
            child.translate(dy=bottom - child.position_y)
        elif child.children:
            last = child.children[-1]
            child.height = last.position_y + last.height - child.position_y
        bottom = child.position_y + child.height + spacing_of(table)[1]
    if table.children and table.style["height"] == "auto":
        table.height = bottom - table.content_box_y()


# Rows longer than a page --------------------------------------------------------------------------


def let_long_rows_split(pages: list[Any]) -> bool:
    """Give the class "long" to rows longer than a page; return whether to lay out once more.

    A row of ``break-inside: avoid`` that does not fit under the repeated table head makes
    WeasyPrint drop the head. The style sheet lets rows of this class break. It is set on the
    elements of the ``weasyprint.HTML`` the pages were made from and never taken away, so a loop
    comes to its end.
    """
    is_new = False
    last_rows: dict[Any, int] = {}
    for number, page in enumerate(pages):
        for part in parts_on(page, number):
            table = part.table
            has_lost_head = table.element.find("thead") is not None and not has_head(table)
            for rows in body_groups_of(table):
                row, key = rows.children[0], (table.element, rows.index)
                is_split = last_rows.get(key) == row.index
                classes = row.element.get("class", "").split()
                if (has_lost_head or is_split) and LONG_ROW not in classes:
                    row.element.set("class", " ".join([*classes, LONG_ROW]))
                    is_new = True
                has_lost_head = False
                last_rows[key] = rows.children[-1].index
    return is_new
