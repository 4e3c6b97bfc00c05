"""Tables of Word: fixed columns, heads that come again, rows that stay on one page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Cell

from reports.rendering.word.frames import Frame
from reports.rendering.word.style_sheet import Look, in_points

if TYPE_CHECKING:
    from reports.rendering.word.walking import Walker

TWENTIETHS = 20  # Word counts widths in twentieths of a point
EIGHTHS = 8  # and lines in eighths
HEAD, GROUPS = "thead", ("thead", "tbody", "tfoot")
SIDES = ("top", "left", "bottom", "right")  # in the order Word wants them
INSIDE = ("insideH", "insideV")
ALIGNMENTS = {"middle": "center", "bottom": "bottom"}


@dataclass(frozen=True)
class Place:
    """A cell of the grid: where an element begins, or what of it reaches into a later row."""

    element: Any
    look: Look
    columns: int
    begins: bool
    goes_on: bool


@dataclass(frozen=True)
class Row:
    """One row of the grid, column by column."""

    look: Look
    is_head: bool
    places: list[Place]


class Tables:
    """Writes tables where the walker stands."""

    def __init__(self, walker: "Walker") -> None:
        """Write for ``walker``, which writes what is in the cells."""
        self._walker = walker
        self._last: tuple[Any, frozenset[str], list[float]] | None = None  # tbl, classes, widths
        self._goes_on_after = -1  # so many paragraphs

    def may_go_on(self) -> None:
        """Let a table that comes next go on with the last one, if it is of the same kind.

        Long tables come in parts, each of them a table for the PDF; in Word they are one.
        """
        self._goes_on_after = len(self._walker.written)

    def ends_in(self, frame: Frame) -> bool:
        """Whether the last thing in the body or cell is a table."""
        for child in frame.place._element.iterchildren(reversed=True):
            if child.tag != qn("w:sectPr"):
                return bool(child.tag == qn("w:tbl"))
        return False

    def write(self, element: Any, look: Look, frame: Frame) -> None:
        """Write the table with all its cells, as wide as the frame."""
        rows = list(self._rows(element, look))
        if not rows:
            return
        classes = frozenset(element.classes)
        if self._is_continuation(classes, frame) and self._last:
            tbl, _classes, widths = self._last
            rows = [row for row in rows if not row.is_head]
            self._walker.stay_on_page()
        else:
            self._walker.ready(frame)
            self._walker.above_table(frame)
            columns = max(sum(place.columns for place in row.places) for row in rows)
            widths = self._widths(element, look, columns, frame)
            tbl = _new_table(frame, widths, rows[-1].places[0].look)
        table = Table(tbl, frame.place)
        for row in rows:
            self._write_row(table, row, widths)
        self._last = (tbl, classes, widths)

    def _is_continuation(self, classes: frozenset[str], frame: Frame) -> bool:
        return (
            self._goes_on_after == len(self._walker.written)
            and self._last is not None
            and self._last[1] == classes
            and self.ends_in(frame)
        )

    def write_figures(self, figures: Sequence[Any], look: Look, frame: Frame) -> None:
        """Write pictures with their captions side by side, as many as fit, in a table of no lines.

        So that each keeps its caption when Word moves it.
        """
        walker = self._walker
        looks = [walker.sheet.look_of(figure, look) for figure in figures]
        room = frame.width - frame.left - frame.right
        columns = max(int(room / (looks[0].points("width", of=room) or room)), 1)
        widths = [room / columns] * columns
        walker.ready(frame)
        walker.above_table(frame)
        tbl = _new_table(frame, widths, looks[0])
        table = Table(tbl, frame.place)
        gap = looks[0].points("margin-top")
        for start in range(0, len(figures), columns):
            row = _new_row(tbl)
            for place in range(start, start + columns):
                cell = _Cell(_new_cell(row, widths[0]), table)
                inside = Frame(cell, widths[0], page=None)
                if place < len(figures):
                    begun = len(walker.written)
                    walker.cell(figures[place], looks[place], inside, gap=gap)
                    walker.hold(walker.written[begun:], looks[place])
                else:
                    walker.spacer(inside)

    def _rows(self, table: Any, look: Look) -> Iterator[Row]:
        """Yield the rows; a cell that spans rows stands in each of them."""
        held: dict[int, tuple[Place, int]] = {}  # by column: what reaches down, for how many rows
        for row, row_look, is_head in self._plain_rows(table, look):
            cells = [each for each in row.iter_children() if each.local_name in ("td", "th")]
            places: list[Place] = []
            column = 0
            while cells or column in held:
                if column in held:
                    above, more = held.pop(column)
                    place = replace(above, begins=False, goes_on=more > 1)
                else:
                    cell = cells.pop(0)
                    cell_look = self._walker.sheet.look_of(cell, row_look)
                    more = _number(cell, "rowspan")
                    place = Place(cell, cell_look, _number(cell, "colspan"), True, more > 1)
                if more > 1:
                    held[column] = (place, more - 1)
                places.append(place)
                column += place.columns
            if places:
                yield Row(row_look, is_head, places)

    def _plain_rows(self, table: Any, look: Look) -> Iterator[tuple[Any, Look, bool]]:
        for child in table.iter_children():
            inner = self._walker.sheet.look_of(child, look)
            if child.local_name == "tr":
                yield child, inner, False
            elif child.local_name in GROUPS:
                for row in child.iter_children():
                    if row.local_name == "tr":
                        row_look = self._walker.sheet.look_of(row, inner)
                        yield row, row_look, child.local_name == HEAD

    def _widths(self, table: Any, look: Look, columns: int, frame: Frame) -> list[float]:
        """Return the width of each column in points; what is not said shares what is left."""
        room = frame.width - frame.left - frame.right
        said: list[float] = []
        groups = [each for each in table.iter_children() if each.local_name == "colgroup"]
        for column in (each for group in groups for each in group.iter_children()):
            own = in_points(column.etree_element.get("data-width", ""), of=room)
            own = own or self._walker.sheet.look_of(column, look).points("width", of=room)
            said += [own] * _number(column, "span")
        said = [*said, *[0.0] * columns][:columns]
        left = max(room - sum(said), 0.0)
        widths = [each or left / said.count(0.0) for each in said]
        return [each * room / sum(widths) for each in widths]

    def _write_row(self, table: Table, row: Row, widths: list[float]) -> None:
        walker = self._walker
        if row.look["break-before"] == "page":
            walker.break_page()
        begun = len(walker.written)
        tr = _new_row(table._tbl, is_head=row.is_head)
        column = 0
        for place in row.places:
            width = sum(widths[column : column + place.columns])
            column += place.columns
            cell = _Cell(_new_cell(tr, width, place), table)
            room = width - place.look.points("padding-left") - place.look.points("padding-right")
            inside = Frame(cell, room, page=None)
            if place.begins:
                walker.cell(place.element, place.look, inside)
            else:
                walker.spacer(inside)
        if row.is_head or row.look["break-after"] == "avoid":
            for paragraph in walker.written[begun:]:
                paragraph.paragraph_format.keep_with_next = True


def _number(cell: Any, name: str) -> int:
    value = cell.etree_element.get(name, "1")
    return max(int(value), 1) if value.isdecimal() else 1


def _new_table(frame: Frame, widths: list[float], cell: Look) -> Any:
    """Put a table without rows at the end of the frame; its lines are those of ``cell``."""
    tbl = OxmlElement("w:tbl")
    properties = _append(tbl, "w:tblPr")
    _append(properties, "w:tblW", w=_twentieths(sum(widths)), type="dxa")
    _append(properties, "w:tblInd", w=_twentieths(frame.left), type="dxa")
    if "solid" in cell["border"]:
        thickness = [*cell["border"].split(), *cell["border-width"].split()]
        size = str(round(max(in_points(each) for each in thickness) * EIGHTHS))
        borders = _append(properties, "w:tblBorders")
        for side in (*SIDES, *INSIDE):
            _append(borders, f"w:{side}", val="single", sz=size, space="0", color="auto")
    _append(properties, "w:tblLayout", type="fixed")
    _append_margins(_append(properties, "w:tblCellMar"), cell)
    grid = _append(tbl, "w:tblGrid")
    for width in widths:
        _append(grid, "w:gridCol", w=_twentieths(width))
    frame.place._element._insert_tbl(tbl)
    return tbl


def _new_row(tbl: Any, *, is_head: bool = False) -> Any:
    row = _append(tbl, "w:tr")
    properties = _append(row, "w:trPr")
    _append(properties, "w:cantSplit")
    if is_head:
        _append(properties, "w:tblHeader")
    return row


def _new_cell(row: Any, width: float, place: Place | None = None) -> Any:
    cell = _append(row, "w:tc")
    properties = _append(cell, "w:tcPr")
    _append(properties, "w:tcW", w=_twentieths(width), type="dxa")
    if place is not None:
        if place.columns > 1:
            _append(properties, "w:gridSpan", val=str(place.columns))
        if place.goes_on or not place.begins:
            _append(properties, "w:vMerge", val="restart" if place.begins else "continue")
        _append_margins(_append(properties, "w:tcMar"), place.look)
        across = ALIGNMENTS.get(place.look["vertical-align"], "top")
        _append(properties, "w:vAlign", val=across)
    return cell


def _append_margins(margins: Any, look: Look) -> None:
    for side in SIDES:
        _append(margins, f"w:{side}", w=_twentieths(look.points(f"padding-{side}")), type="dxa")


def _twentieths(points: float) -> str:
    return str(round(points * TWENTIETHS))


def _append(parent: Any, tag: str, **values: str) -> Any:
    element = OxmlElement(tag, {qn(f"w:{name}"): value for name, value in values.items()})
    parent.append(element)
    return element
