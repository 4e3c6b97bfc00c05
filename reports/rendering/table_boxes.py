"""The boxes of a laid out table: finding them, and changing their size in place.

Used by ``continuations``, between layout and writing. None of this is WeasyPrint's public
interface: ``Page._page_box``; of the boxes their tree (``children``, ``element``), positions and
sizes, ``rowspan``, ``colspan``, ``grid_x``, ``empty``, ``vertical_align``, ``background``,
``remove_decoration_sides`` and ``index`` (the place of a row in its group, of a group in its
table); a table's ``column_positions`` and ``column_widths``; ``resolve_one_percentage`` and
``layout_box_backgrounds``. The version is locked; tests read text, lines and tags of real files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.layout.percent import resolve_one_percentage

SIDES = ("top", "right", "bottom", "left")

Path: TypeAlias = tuple[Any, ...]  # the elements from <html> down to a box


@dataclass(frozen=True)
class TablePart:
    """What stands of one table on one page."""

    table: Any
    path: Path
    page_box: Any
    page: int

    def path_to(self, *inner: Any) -> Path:
        """Return the path through the given boxes inside the table, from the outer to the inner."""
        path = self.path
        for box in inner:
            path = _longer(path, box)
        return path


def parts_on(page: Any, number: int) -> list[TablePart]:
    """Return the tables of a laid out page, each before those inside it.

    Without tables inside a line of text and in the page margin: they never break.
    """
    page_box = page._page_box
    return [TablePart(table, path, page_box, number) for table, path in _tables_of(page_box, ())]


def _tables_of(box: Any, path: Path) -> Iterator[tuple[Any, Path]]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.MarginBox | boxes.LineBox):
        return
    path = _longer(path, box)
    if isinstance(box, boxes.TableBox):
        yield box, path
    for child in getattr(box, "children", ()):
        yield from _tables_of(child, path)


def _longer(path: Path, box: Any) -> Path:
    """Add the element of a box; anonymous boxes have that of the box around them."""
    is_new = box.element is not None and (not path or path[-1] is not box.element)
    return (*path, box.element) if is_new else path


def body_groups_of(table: Any) -> list[Any]:
    """Return the groups of rows that are neither head nor foot; none is empty."""
    return [
        child
        for child in table.children
        if child.children and not child.is_header and not child.is_footer
    ]


def has_head(table: Any) -> bool:
    """Return whether the head of the table stands on this page."""
    return any(child.is_header for child in table.children)


def cells_of(table: Any) -> list[Any]:
    """Return all cells on this page, in reading order."""
    return [cell for rows in table.children for row in rows.children for cell in row.children]


def spacing_of(table: Any) -> tuple[float, float]:
    """Return the space between two columns and between two rows."""
    if table.style["border_collapse"] == "collapse":
        return 0, 0
    across, down = table.style["border_spacing"]
    return across, down


def bottom_of(box: Any) -> float:
    """Return where the lower edge of a cell or row lies on the page."""
    bottom: float = box.position_y + box.border_height()
    return bottom


def take_natural_padding(cell: Any, part: TablePart) -> None:
    """Set the padding of the style sheet: the layout adds to it for rows and vertical-align."""
    for side in SIDES:
        if side not in cell.remove_decoration_sides:
            resolve_one_percentage(cell, f"padding_{side}", part.table.width)


def natural_bottom_of(cell: Any, part: TablePart) -> float:
    """Return where the cell would end if no row stretched it."""
    natural = cell.copy()
    take_natural_padding(natural, part)
    if cell.vertical_align == "baseline":  # moved down to the baseline of its row, and stays there
        natural.padding_top = cell.padding_top
    return bottom_of(natural)


def stretch(cell: Any, bottom: float, part: TablePart) -> None:
    """Let the cell end at ``bottom``, its content where its vertical-align puts it."""
    if cell.vertical_align in ("middle", "bottom"):
        top_before = cell.padding_top
        take_natural_padding(cell, part)
        room = bottom - bottom_of(cell)
        cell.padding_top += room / 2 if cell.vertical_align == "middle" else room
        for child in cell.children:
            child.translate(dy=cell.padding_top - top_before)
    cell.padding_bottom += bottom - bottom_of(cell)
    if cell.background is not None:  # a colour: pictures in official tables are content
        layout_box_backgrounds(part.page_box, cell, lambda **_: None, layout_children=False)


def empty_copy(cell: Any, row: Any, part: TablePart) -> Any:
    """Return a cell like the given one, without text, at the top of ``row`` in the same columns."""
    copied, table = cell.copy(), part.table
    copied.children, copied.empty, copied.height = [], True, 0
    for side in copied.remove_decoration_sides:
        setattr(copied, f"border_{side}_width", copied.style[f"border_{side}_width"])
    copied.remove_decoration_sides = set()
    take_natural_padding(copied, part)
    columns = slice(copied.grid_x, copied.grid_x + copied.colspan)
    copied.position_x, copied.position_y = min(table.column_positions[columns]), row.position_y
    spaces = spacing_of(table)[0] * (copied.colspan - 1)
    copied.width = 0
    copied.width = sum(table.column_widths[columns]) + spaces - copied.border_width()
    return copied
