"""The labels in cells that go on from the page before: laid out by themselves, then put in place.

Each is laid out in a table of one cell, under copies of the elements around its place (so that the
style sheets find it where it will stand) and at the width of its column.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

from reports.rendering.paper_text import paper_text
from reports.rendering.table_boxes import (
    Path,
    TablePart,
    bottom_of,
    cells_of,
    parts_on,
    stretch,
    take_natural_padding,
)

AGAIN = "data-again"  # attribute: what stands on the next page for a cell, or for a row
SHORT_LABEL = "(ต่อ)"  # where that text would be higher than the rows beside it
NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}  # beside the control characters, which paper never has
NUMBER = "data-number"  # attribute by which a laid out label is found
NOT_COPIED = {"id", "rowspan", "colspan", AGAIN}
STYLE_OF_CELL = "width:{}px; box-sizing:content-box; padding:0; border:0; break-inside:avoid;"
STYLE_OF_TABLE = "width:1px; table-layout:fixed; border-collapse:separate; border-spacing:0;"
ROUNDING = 0.01  # of sums of lengths, in CSS pixels
WIDEST = 0.45  # of the font size: more than a character of running Thai takes


@dataclass(frozen=True)
class Blank:
    """A cell without text that stands for something of the page before."""

    part: TablePart
    path: Path
    cell: Any
    text: str
    is_for_row: bool = False  # the text says that a row goes on, not only a cell over several rows


def fill_in(blanks: list[Blank], *, lay_out: Callable[[str], Any]) -> Iterator[Blank]:
    """Put each text, or "(ต่อ)" where it is too high, into its cell; yield those without room."""
    labels = _labels_of(blanks, lay_out) if blanks else {}
    for number, blank in enumerate(blanks):
        _put_in_place(blank, labels.get(number, []))
        if blank.cell.empty:
            yield blank


def _put_in_place(blank: Blank, labels: list[Any]) -> None:
    """Put the first label that fits into the cell, which keeps its size."""
    cell, part = blank.cell, blank.part
    bottom = bottom_of(cell)
    for label in labels:
        take_natural_padding(cell, part)
        cell.height = label.height
        if bottom_of(cell) <= bottom + ROUNDING:
            cell.children, cell.empty = label.children, False
            dx = cell.content_box_x() - label.content_box_x()
            dy = cell.content_box_y() - label.content_box_y()
            for child in cell.children:
                child.translate(dx, dy)
            break
        cell.height = 0
    stretch(cell, bottom, part)


def _labels_of(blanks: list[Blank], lay_out: Callable[[str], Any]) -> dict[int, list[Any]]:
    """Return for each blank, by its place in the list, the laid out cells to choose from."""
    html, body = (_copy_of(element) for element in blanks[0].path[:2])
    html.append(body)
    for number, blank in enumerate(blanks):
        body.extend(_at_its_place(blank, text, number) for text in (blank.text, SHORT_LABEL))
    document = lay_out("<!doctype html>" + tostring(html, encoding="unicode", method="html"))
    found: dict[Any, list[Any]] = {}
    for number, page in enumerate(document.pages):
        for part in parts_on(page, number):
            for cell in cells_of(part.table):
                if cell.element.get(NUMBER):
                    found.setdefault(cell.element, []).append(cell)
    labels: dict[int, list[Any]] = {}
    for element, pieces in found.items():
        if len(pieces) == 1:  # what breaks is higher than a page and fits nowhere
            labels.setdefault(int(element.get(NUMBER)), []).append(pieces[0])
    return labels


def _at_its_place(blank: Blank, text: str, number: int) -> Element:
    _html, _body, *outer, cell = blank.path
    longest = int(blank.cell.width / (WIDEST * blank.cell.style["font_size"]))
    inner = _copy_of(cell)
    html = paper_text(text.translate(NOT_IN_XML), longest=longest)
    inner.append(fromstring(f"<span>{html}</span>"))
    inner.set(NUMBER, str(number))
    inner.set("style", STYLE_OF_CELL.format(blank.cell.width) + inner.get("style", ""))
    for element in reversed(outer):
        around = _copy_of(element)
        if element is blank.part.table.element:
            around.set("style", STYLE_OF_TABLE + around.get("style", ""))
        around.append(inner)
        inner = around
    return inner


def _copy_of(element: Any) -> Element:
    kept = {key: value for key, value in element.attrib.items() if key not in NOT_COPIED}
    return Element(element.tag, kept)
