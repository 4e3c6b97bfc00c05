"""From grids to blocks: the rows that belong to one measure, whatever pages cut them."""

import re
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from measures.domain.importing.plan_drafts import Fate
from measures.domain.importing.plan_reading.columns import TICKED, Field
from measures.domain.importing.plan_reading.heads import Head, head_at
from measures.domain.importing.plan_reading.lines import Line, lines_of, single_spaced
from measures.domain.importing.plan_reading.markers import opening_marker
from measures.domain.importing.plan_reading.notes import Notes, Place
from measures.domain.importing.plan_reading.numbering import Part
from measures.domain.importing.plan_reading.other_tables import BELOW, leave_out
from measures.domain.importing.plan_reading.tables import PlanTable
from measures.domain.importing.sources import Cell

_DASHES: Final = re.compile(r"[\s\-–—_=.|:*]*")
_LOOKED_BACK: Final = 20  # measures, to see whether they have numbers
_INDICATOR_ROW: Final = re.compile(r"(?:ตัวชี้วัด(?:ที่|ย่อย)?\s*[0-9๐-๙]|ด้าน|เครื่องมือ|ส่วนที่)")


@dataclass
class Piece:
    """A cell of a block: its lines, and whether it was reached through an empty first cell."""

    place: Place
    lines: list[Line]
    raw: str
    pictures: tuple[str, ...] = ()
    is_continued: bool = False  # its row has no measure of its own
    is_alone: bool = False  # and nobody is named in its row either
    ticked: Field | None = None
    parts: list[Part] | None = None  # where a fused cell was taken apart


@dataclass
class Block:
    """The rows of one measure (or of several fused ones): the pieces of each column in order."""

    pieces: dict[Field, list[Piece]] = field(default_factory=dict)
    indicator: str = ""
    lead: list[tuple[Place, str]] = field(default_factory=list)  # wide rows above it
    rows: int = 0

    def of(self, column: Field) -> list[Piece]:
        """Return the pieces of one column."""
        return self.pieces.get(column, [])


@dataclass
class Section:
    """A head and the blocks under it, over all its pages."""

    head: Head
    grid: PlanTable
    blocks: list[Block] = field(default_factory=list)
    is_ended: bool = False

    def fields(self) -> tuple[Field, ...]:
        """Return what the columns hold."""
        return self.head.fields()


@dataclass
class Tables:
    """What was found: sections in order, texts above heads, heads of tables of another form."""

    sections: list[Section] = field(default_factory=list)
    above: list[tuple[Place, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read_rows(grids: list[PlanTable], notes: Notes) -> Tables:
    """Return the blocks of all tables that have a head of a plan or report; note every fate."""
    tables = Tables()
    for grid in grids:
        _read_grid(grid, tables, notes)
    return tables


def _read_grid(grid: PlanTable, tables: Tables, notes: Notes) -> None:
    heads = {row: head for row in range(grid.height) if (head := head_at(grid, row))}
    heads = {row: head for row, head in heads.items() if Field.TITLE in head.fields()}
    section: Section | None = None
    if not heads:
        section = _continued_section(grid, tables)
        if section is None:
            if first := leave_out(grid, notes, is_beside_plan=bool(tables.sections)):
                tables.others.append(first)
            return
        notes.warn(
            grid.place(0, 0),
            _("ตารางนี้ไม่มีหัวคอลัมน์ จึงอ่านต่อจากตารางก่อนหน้า โปรดตรวจว่าเป็นตารางเดียวกัน"),
        )
    row = 0
    while row < grid.height:
        if row in heads:
            head = heads[row]
            section = _section_for(head, grid, tables, notes)
            _note_head(grid, row, head, section, notes)
            if head.is_inside:
                _read_row(grid, row, section, tables, notes, skipped=1)
            row += head.rows
            continue
        if section is None:
            _note_above(grid, row, tables, notes)
        else:
            _read_row(grid, row, section, tables, notes)
        row += 1


def _continued_section(grid: PlanTable, tables: Tables) -> Section | None:
    """Return the section that a table without a head carries on: as wide, right before it."""
    if not tables.sections or grid.width < 3:
        return None
    section = tables.sections[-1]
    return section if section.grid.width == grid.width and not section.is_ended else None


def _section_for(head: Head, grid: PlanTable, tables: Tables, notes: Notes) -> Section:
    """Return the section that a head begins, or carries on where its columns are the same."""
    if tables.sections and tables.sections[-1].fields() == head.fields():
        section = tables.sections[-1]
        section.head, section.grid, section.is_ended = head, grid, False
        return section
    section = Section(head, grid)
    tables.sections.append(section)
    return section


def _note_head(grid: PlanTable, row: int, head: Head, section: Section, notes: Notes) -> None:
    for below in range(row, row + head.rows):
        for origin in grid.origins(below):
            lines = grid.lines(below, origin)
            if head.is_inside:
                lines = lines[:1] if origin in head.columns else []
            if lines:
                text = "\n".join(line.printed() for line in lines)
                notes.fate(grid.place(below, origin), text, Fate.HEADING)
    for place, column in head.columns.items():
        if column.match and column.match.meant:
            notes.warn(
                grid.place(row, place),
                _("หัวคอลัมน์สะกดไม่ตรง อ่านเป็น “%(meant)s”") % {"meant": column.match.meant},
                value=column.heading,
            )
    for origin, text in head.unknown.items():
        notes.warn(
            grid.place(row, origin),
            _("ไม่รู้จักหัวคอลัมน์นี้ จึงไม่นำข้อความในคอลัมน์เข้า"),
            value=text,
        )
    for origin in grid.origins(row):
        known = head.columns.get(origin)
        if (
            known is not None
            and known.field == Field.OTHER
            and _has_words_below(grid, row, origin, head)
        ):
            notes.warn(
                grid.place(row, origin),
                _("คอลัมน์นี้ไม่มีที่เก็บในแผนหรือรายงานของระบบ จึงไม่นำข้อความในคอลัมน์เข้า"),
                value=known.heading,
            )


def _has_words_below(grid: PlanTable, row: int, column: int, head: Head) -> bool:
    rows = range(row + head.rows, grid.height)
    return any(not _DASHES.fullmatch(_text(grid, below, column)) for below in rows)


def _note_above(grid: PlanTable, row: int, tables: Tables, notes: Notes) -> None:
    for origin in grid.origins(row):
        text = "\n".join(line.printed() for line in grid.lines(row, origin))
        fate = Fate.TITLE if text else Fate.SEPARATOR
        notes.fate(grid.place(row, origin), _raw(grid, row, origin), fate)
        if text:
            tables.above.append((grid.place(row, origin), text))


def _raw(grid: PlanTable, row: int, column: int) -> str:
    cell = grid.cell(row, column)
    return cell.text() if cell else ""


def _text(grid: PlanTable, row: int, column: int) -> str:
    return "\n".join(line.printed() for line in grid.lines(row, column))


def _read_row(
    grid: PlanTable, row: int, section: Section, tables: Tables, notes: Notes, skipped: int = 0
) -> None:
    origins = grid.origins(row)
    texts = {origin: _text(grid, row, origin) for origin in origins}
    pictures = any((cell := grid.cell(row, origin)) and cell.pictures() for origin in origins)
    if not pictures and all(_DASHES.fullmatch(text) for text in texts.values()):
        _note_row(grid, row, Fate.SEPARATOR, notes)
        return
    if section.is_ended or _is_below(texts, section) or _is_beside(grid, row, section):
        section.is_ended = True
        _note_row(grid, row, Fate.LEFT_OUT, notes)
        tables.above += [(grid.place(row, origin), text) for origin, text in texts.items() if text]
        return
    if _is_full_width(grid, row, texts) and not skipped:
        _read_wide_row(grid, row, section, notes)
        return
    if not section.blocks or _begins_block(grid, row, section, skipped):
        block = Block()
        if section.blocks and not section.blocks[-1].pieces:
            block = section.blocks[-1]
        else:
            section.blocks.append(block)
        _add_row(grid, row, section, block, notes, is_continued=False, skipped=skipped)
        return
    block = section.blocks[-1]
    is_spanned = any(
        column.field == Field.TITLE and not grid.is_origin(row, place)
        for place, column in section.head.columns.items()
        if place < len(grid.table.rows[row])
    )
    _add_row(grid, row, section, block, notes, is_continued=not is_spanned, skipped=skipped)


def _note_row(grid: PlanTable, row: int, fate: Fate, notes: Notes) -> None:
    for origin in grid.origins(row):
        notes.fate(grid.place(row, origin), _raw(grid, row, origin), fate)


def _is_below(texts: dict[int, str], section: Section) -> bool:
    """Return whether the row is of the signatures under the table: its measure's cell is empty."""
    titles = [p for p, column in section.head.columns.items() if column.field == Field.TITLE]
    words = [text for text in texts.values() if text]
    return bool(
        section.blocks
        and len(words) <= 2
        and any(BELOW.match(text) for text in words)
        and all(not texts.get(place) or BELOW.match(texts[place]) for place in titles)
    )


def _is_beside(grid: PlanTable, row: int, section: Section) -> bool:
    """Return whether a row of a sheet is a paragraph below the table: no row of it follows."""
    if not grid.is_sheet or not section.blocks:
        return False
    for later in range(row, grid.height):
        if later > row and head_at(grid, later):
            return True
        if sum(bool(grid.lines(later, column)) for column in grid.origins(later)) > 1:
            return False
    return True


def _is_full_width(grid: PlanTable, row: int, texts: dict[int, str]) -> bool:
    cells = [grid.cell(row, origin) for origin in texts]
    filled = [cell for cell in cells if cell and cell.text()]
    return grid.width > 1 and len(filled) == 1 and filled[0].column_span >= max(2, grid.width - 1)


def _read_wide_row(grid: PlanTable, row: int, section: Section, notes: Notes) -> None:
    """Take a row over the whole width as the heading of the measures below it."""
    for origin in grid.origins(row):
        cell, text = grid.cell(row, origin), _raw(grid, row, origin)
        if cell is not None and cell.pictures():
            _take_wide_pictures(cell.pictures(), grid.place(row, origin), section, notes)
        if not text:
            notes.fate(grid.place(row, origin), text, Fate.SEPARATOR)
            continue
        notes.fate(grid.place(row, origin), text, Fate.TITLE)
        if not section.blocks or section.blocks[-1].pieces:
            section.blocks.append(Block())
        block = section.blocks[-1]
        if _INDICATOR_ROW.match(text):
            block.indicator = text
        else:
            block.lead.append((grid.place(row, origin), text))
            notes.warn(
                grid.place(row, origin),
                _("แถวนี้ผสานเต็มความกว้างของตาราง อ่านเป็นหัวข้อเท่านั้น ไม่นำเข้าเป็นข้อความของมาตรการ"),
                value=text,
            )


def _take_wide_pictures(
    pictures: tuple[str, ...], place: Place, section: Section, notes: Notes
) -> None:
    """Give the pictures of a row over the whole width to the measure above it."""
    above = [block for block in section.blocks if block.pieces]
    if above:
        above[-1].pieces.setdefault(Field.RESULTS, []).append(Piece(place, [], "", pictures))
    else:
        notes.warn_of_loose_picture(place)


def _begins_block(grid: PlanTable, row: int, section: Section, skipped: int) -> bool:
    """Return whether the row is the first of a measure: by its own cell of the measure."""
    own = {
        column.field: lines_of(cell.paragraphs)[skipped:]
        for place, column in section.head.columns.items()
        if grid.is_origin(row, place) and (cell := grid.cell(row, place))
    }
    if not own.get(Field.TITLE):
        return bool(own.get(Field.NUMBER)) and Field.TITLE in own
    return not _carries_title_on(own, section)


def _carries_title_on(own: dict[Field, list[Line]], section: Section) -> bool:
    """Return whether a page cut the measure's own text: no number, and no row of its own.

    So it is where the measures before it have numbers, and nobody is named for this one.
    """
    title = own[Field.TITLE][0]
    if opening_marker(title.text, title.label) or own.get(Field.NUMBER):
        return False
    last = section.blocks[-_LOOKED_BACK:]
    before = [block.of(Field.TITLE) for block in last if block.pieces]
    if not before or not all(_is_numbered(pieces) for pieces in before):
        return False
    named = {Field.RESPONSIBLE, Field.PERIOD, Field.MONITORING, Field.STATUS, *TICKED}
    known = named & {column.field for column in section.head.columns.values()}
    if not known:
        return False
    if any(own.get(each) for each in known):
        return False
    steps = own.get(Field.STEPS)
    return not (steps and opening_marker(steps[0].text, steps[0].label))


def _is_numbered(pieces: list[Piece]) -> bool:
    return bool(
        pieces
        and pieces[0].lines
        and opening_marker(pieces[0].lines[0].text, pieces[0].lines[0].label)
    )


def _add_row(
    grid: PlanTable,
    row: int,
    section: Section,
    block: Block,
    notes: Notes,
    *,
    is_continued: bool,
    skipped: int,
) -> None:
    block.rows += 1
    named = {Field.RESPONSIBLE, Field.PERIOD, Field.MONITORING}
    is_alone = is_continued and not any(
        grid.lines(row, place)
        for place, column in section.head.columns.items()
        if column.field in named and grid.is_origin(row, place)
    )
    for origin in grid.origins(row):
        cell = grid.cell(row, origin)
        column = section.head.columns.get(origin)
        if cell is None:
            continue
        place, raw = grid.place(row, origin), cell.text()
        if column is None or column.field == Field.OTHER:
            if raw:
                notes.fate(place, raw, Fate.LEFT_OUT)
            if cell.pictures():
                notes.warn_of_loose_picture(place)
            continue
        covered = _covered(cell, section.head)
        if raw and len(covered) > 1:
            notes.warn(
                place,
                _("ช่องนี้ผสานหลายคอลัมน์ อ่านเป็น “%(read)s” เท่านั้น โปรดตรวจว่าเป็นของคอลัมน์ใด")
                % {"read": single_spaced(section.head.columns[origin].heading)},
                value=raw,
            )
        lines = lines_of(cell.paragraphs)[skipped:]
        if skipped:
            raw = "\n".join(line.printed() for line in lines)
        is_ticked = column.field in TICKED
        # A cell over several of the columns to tick says the state in words.
        ticked = column.field if is_ticked and covered == {column.field} else None
        piece = Piece(place, lines, raw, cell.pictures(), is_continued, is_alone, ticked)
        if not lines and not piece.pictures:
            notes.fate(place, raw, Fate.SEPARATOR)
            continue
        block.pieces.setdefault(Field.STATUS if is_ticked else column.field, []).append(piece)


def _covered(cell: Cell, head: Head) -> set[Field]:
    """Return what the columns hold over which a cell goes."""
    places = range(cell.column, cell.column + cell.column_span)
    return {head.columns[place].field for place in places if place in head.columns}
