"""Rows that hold two measures, as recognition and careless merging leave them."""

from dataclasses import replace

from django.utils.translation import gettext as _

from measures.domain.importing.plan_reading.block_reading import number_of
from measures.domain.importing.plan_reading.columns import Field
from measures.domain.importing.plan_reading.lines import Line
from measures.domain.importing.plan_reading.markers import Kind
from measures.domain.importing.plan_reading.notes import Notes
from measures.domain.importing.plan_reading.numbering import Part, parts_of
from measures.domain.importing.plan_reading.table_rows import Block, Piece, Section

_LISTS = (Field.STEPS, Field.RESULTS, Field.OUTCOMES, Field.SUGGESTIONS)


def take_apart(sections: list[Section], notes: Notes) -> None:
    """Split the blocks whose cell of the measure holds two numbers, where the rest allows it."""
    for section in sections:
        blocks: list[Block] = []
        numbers = [_numbers(block) for block in section.blocks]
        last = 0
        for place, block in enumerate(section.blocks):
            following = next((found[0] for found in numbers[place + 1 :] if found), 0)
            own = numbers[place]
            if _is_fused(own, last, following):
                blocks += _split(block, notes)
            else:
                blocks.append(block)
            last = own[-1] if _is_fused(own, last, following) else (own or [last])[0]
        section.blocks = blocks


def _title_parts(block: Block) -> list[Part]:
    lines = [line for piece in block.of(Field.TITLE) for line in piece.lines]
    return [part for part in parts_of(lines) if part.kind not in (Kind.DASH, Kind.UNDER)]


def _numbers(block: Block) -> list[int]:
    numbers = [part.number for part in _title_parts(block) if part.number]
    return numbers or [number for number in [number_of(block)] if number]


def _is_fused(numbers: list[int], last: int, following: int) -> bool:
    """Return whether numbers are those of measures: one after the other, between the neighbours."""
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return False
    if following and following != numbers[-1] + 1:
        return False
    return numbers[0] == last + 1 or (numbers[0] > 1 and not last)


def _split(block: Block, notes: Notes) -> list[Block]:
    titles = _title_parts(block)
    if not titles[0].number:
        return [block]
    count = len(titles)
    piece = block.of(Field.TITLE)[0]
    steps = _shares(block.of(Field.STEPS), count)
    if block.of(Field.STEPS) and steps is None:
        notes.warn(
            piece.place,
            _("ช่องนี้มีมาตรการหลายข้อ แต่แบ่งขั้นตอนให้แต่ละข้อไม่ได้ จึงอ่านเป็นมาตรการเดียว โปรดแยกเอง"),
            value=piece.raw,
            field=Field.TITLE.value,
            proposal="\n".join(f"{part.label} {part.text}" for part in titles),
        )
        return [block]
    notes.warn(
        piece.place,
        _("ช่องนี้มีมาตรการ %(count)s ข้อรวมกัน ระบบแยกตามเลขลำดับแล้ว โปรดตรวจขั้นตอนของแต่ละข้อ")
        % {"count": count},
        value=piece.raw,
        field=Field.TITLE.value,
    )
    found = [
        Block(
            {Field.TITLE: [_part_of(piece, [part], is_first=place == 0)]},
            indicator=block.indicator,
            lead=block.lead if place == 0 else [],
            rows=block.rows,
        )
        for place, part in enumerate(titles)
    ]
    for column, pieces in block.pieces.items():
        if column != Field.TITLE:
            _share_out(column, pieces, found, notes)
    return found


def _share_out(column: Field, pieces: list[Piece], blocks: list[Block], notes: Notes) -> None:
    if column in _LISTS:
        shares = _shares(pieces, len(blocks))
        if shares is not None:
            for block, share in zip(blocks, shares, strict=True):
                block.pieces[column] = share
            return
        blocks[0].pieces[column] = pieces
        notes.warn(
            pieces[0].place,
            _("แบ่งข้อความในช่องนี้ให้มาตรการที่รวมกันไม่ได้ จึงใส่ไว้ในมาตรการแรก โปรดตรวจ"),
            value=pieces[0].raw,
            field=column.value,
        )
        return
    lines = [(piece, line) for piece in pieces for line in piece.lines]
    is_one_each = len(lines) == len(blocks)
    for place, block in enumerate(blocks):
        if is_one_each and column != Field.STATUS:
            piece, line = lines[place]
            block.pieces[column] = [replace(piece, lines=[line], raw=line.printed())]
        else:
            block.pieces[column] = [replace(piece) for piece in pieces]


def _shares(pieces: list[Piece], count: int) -> list[list[Piece]] | None:
    """Return the pieces in ``count`` shares: by where numbers begin anew, else one part each."""
    if not pieces:
        return None
    if len(pieces) == count:
        return [[piece] for piece in pieces]
    if len(pieces) > 1:
        return None
    [piece] = pieces
    parts = parts_of(piece.lines)
    runs = sorted({part.run for part in parts})
    if len(runs) == count:
        groups = [[part for part in parts if part.run == run] for run in runs]
    elif len(parts) == count:
        groups = [[part] for part in parts]
    else:
        return None
    return [[_part_of(piece, group, is_first=place == 0)] for place, group in enumerate(groups)]


def _part_of(piece: Piece, parts: list[Part], *, is_first: bool) -> Piece:
    """Return a piece of the same cell that holds only some parts; pictures go with the first."""
    lines = [Line(part.text, part.label) for part in parts]
    return replace(
        piece,
        lines=lines,
        raw="\n".join(line.printed() for line in lines),
        pictures=piece.pictures if is_first else (),
        parts=parts,
    )
