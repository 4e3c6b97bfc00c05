"""What stands in a Word file: paragraphs, tables and pictures in the order they are read.

python-docx opens the file; its body is walked here, because python-docx's own paragraphs and
tables leave out tracked changes, content controls, text boxes and the numbers of lists, and give
a merged cell's text as often as it spans. Heads and feet of pages are not read.
"""

import io
from collections.abc import Iterator
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from measures.domain.errors import Invalid
from measures.domain.importing import safety
from measures.domain.importing.grids import Bounds, Grid, PlacedCell
from measures.domain.importing.sources import Paragraph, Source, Table
from measures.domain.importing.word_numbering import Numbering, W, integer, value_of
from measures.domain.importing.word_pictures import Pictures
from measures.domain.importing.word_texts import (
    Notes,
    ParagraphReader,
    content_of_control,
    footnotes_of,
    local_name,
    text_within,
)

_MOST_PARAGRAPHS = 50_000  # a report of 500 pages has some 20,000, those in cells too
# What wraps blocks, rows or cells and is nothing by itself.
_WRAPPERS = ("ins", "moveTo", "smartTag", "customXml", "sdtContent")


def read_word(data: bytes) -> Source:
    """Return what stands in a .docx that ``safety`` has passed; Invalid where it cannot be read."""
    try:
        part = docx.Document(io.BytesIO(data)).part
        reader = _WordReader(part)
        body = part.element.body
    except safety.UNREADABLE as error:
        raise safety.damaged() from error
    if body is None:
        raise safety.damaged()
    return reader.source(body)


class _WordReader:
    """Walks one body and keeps what it finds."""

    def __init__(self, part: Part) -> None:
        self._numbering = Numbering(
            _root(part, RELATIONSHIP_TYPE.NUMBERING), _root(part, RELATIONSHIP_TYPE.STYLES)
        )
        self._footnotes = {
            **footnotes_of(_root(part, RELATIONSHIP_TYPE.FOOTNOTES)),
            **footnotes_of(_root(part, RELATIONSHIP_TYPE.ENDNOTES)),
        }
        self._pictures = Pictures(part)
        self._notes = Notes()
        self._bounds = Bounds()
        self._paragraphs = 0  # outside of tables, by which people find them
        self._read = 0  # those in cells too
        self._tables = 0

    def source(self, body: Any) -> Source:
        """Return everything in the body."""
        blocks = tuple(self._blocks(body))
        return Source("docx", blocks, self._pictures.found, self._notes.all())

    def _blocks(self, parent: Any) -> Iterator[Paragraph | Table]:
        for element in self._opened(parent):
            name = local_name(element)
            if name == "p":
                self._paragraphs += 1
                where = _("ย่อหน้าที่ %(number)s") % {"number": self._paragraphs}
                paragraph, boxes = self._paragraph(element, where)
                yield paragraph
                for box in boxes:
                    yield from self._blocks(box)
            elif name == "tbl":
                yield self._table(element)
            elif name == "altChunk":
                where = _("หลังย่อหน้าที่ %(number)s") % {"number": self._paragraphs}
                self._notes.add(where, _("เนื้อหาที่แทรกจากไฟล์อื่น ไม่ได้อ่าน โปรดเปิดใน Word แล้วบันทึกใหม่"))

    def _opened(self, parent: Any) -> Iterator[Any]:
        """Return the children, those inside wrappers and content controls in their place."""
        for element in parent:
            name = local_name(element)
            if name == "sdt":
                content = content_of_control(element)
                if content is not None:
                    yield from self._opened(content)
            elif name in _WRAPPERS:
                yield from self._opened(element)
            elif name:
                yield element

    def _paragraph(self, element: Any, where: str) -> tuple[Paragraph, list[Any]]:
        self._read += 1
        if self._read > _MOST_PARAGRAPHS:
            raise Invalid(
                _("ไฟล์มีมากกว่า %(most)s ย่อหน้า โปรดลบส่วนที่ไม่เกี่ยวข้อง หรือแยกเป็นหลายไฟล์")
                % {"most": f"{_MOST_PARAGRAPHS:,}"}
            )
        reader = ParagraphReader(
            where,
            numbering=self._numbering,
            pictures=self._pictures,
            notes=self._notes,
            footnotes=self._footnotes,
        )
        return reader.read(element), reader.boxes

    def _table(self, element: Any) -> Table:
        self._tables += 1
        grid = Grid(self._tables, self._bounds)
        number = 0
        for row in self._opened(element):
            if local_name(row) != "tr":
                continue
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self._notes.add(
                    grid.where(number, 0),
                    _("แถวที่ลบไว้ในโหมดติดตามการแก้ไข ไม่ได้อ่าน"),
                    text_within(row),
                )
                continue
            self._row(row, number, grid)
            number += 1
        return grid.table()

    def _row(self, element: Any, row: int, grid: Grid) -> None:
        properties = element.find(W + "trPr")
        column = integer(value_of(properties, "gridBefore"), 0)
        before: PlacedCell | None = None
        for cell in self._opened(element):
            if local_name(cell) != "tc":
                continue
            before = self._cell(cell, row, column, grid, before)
            column = before.column + before.column_span
        grid.widen(row + 1, column + integer(value_of(properties, "gridAfter"), 0))

    def _cell(
        self, element: Any, row: int, column: int, grid: Grid, before: PlacedCell | None
    ) -> PlacedCell:
        """Put a cell into the grid, or let the one it is merged with grow; return which."""
        properties = element.find(W + "tcPr")
        span = max(1, integer(value_of(properties, "gridSpan"), 1))
        grid.widen(row + 1, column + span)
        if before is not None and _continues(properties, "hMerge"):
            before.column_span += span
            self._note_covered(element, grid.where(row, column))
            grid.put(before)
            return before
        above = grid.at(row - 1, column)
        if above is not None and above.column == column and _continues(properties, "vMerge"):
            grid.grow_down(above, row)
            self._note_covered(element, grid.where(row, column))
            return above
        where = grid.where(row, column)
        texts = _trimmed(list(self._texts_of_cell(element, where)))
        placed = PlacedCell(row, column, texts, 1, span)
        grid.put(placed)
        return placed

    def _texts_of_cell(self, element: Any, where: str) -> Iterator[Paragraph]:
        for child in self._opened(element):
            name = local_name(child)
            if name == "p":
                paragraph, boxes = self._paragraph(child, where)
                yield paragraph
                for box in boxes:
                    yield from self._texts_of_cell(box, where)
            elif name == "tbl":
                self._notes.add(where, _("ตารางซ้อนในเซลล์ อ่านเป็นข้อความของเซลล์"), text_within(child))
                yield from self._texts_of_inner_table(child, where)

    def _texts_of_inner_table(self, element: Any, where: str) -> Iterator[Paragraph]:
        for row in self._opened(element):
            if local_name(row) == "tr":
                for cell in self._opened(row):
                    if local_name(cell) == "tc":
                        yield from self._texts_of_cell(cell, where)

    def _note_covered(self, element: Any, where: str) -> None:
        """Note text in a cell that is merged into another: Word does not show it."""
        if text := text_within(element):
            self._notes.add(where, _("ข้อความในเซลล์ที่ถูกผสาน Word ไม่แสดง จึงไม่ได้อ่าน"), text)


def _continues(properties: Any | None, name: str) -> bool:
    """Return whether a cell is merged with the one before it (hMerge) or above (vMerge)."""
    merge = properties.find(W + name) if properties is not None else None
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _trimmed(paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Return the paragraphs without the empty ones at either end."""
    filled = [
        place
        for place, paragraph in enumerate(paragraphs)
        if paragraph.text or paragraph.label or paragraph.pictures
    ]
    return tuple(paragraphs[filled[0] : filled[-1] + 1]) if filled else ()


def _root(part: Part, relationship_type: str) -> Any | None:
    """Return the root element of a part that the document refers to, or None."""
    try:
        return parse_xml(part.part_related_by(relationship_type).blob)
    except KeyError:
        return None
