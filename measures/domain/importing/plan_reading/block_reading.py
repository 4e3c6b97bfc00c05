"""From the rows of one measure to its values."""

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures.domain.importing.plan_drafts import DraftMeasure, Fate
from measures.domain.importing.plan_reading.columns import Field
from measures.domain.importing.plan_reading.indicators import indicator_named, without_number
from measures.domain.importing.plan_reading.item_lines import take_scores
from measures.domain.importing.plan_reading.leftovers import warn_of_lines, without_leftovers
from measures.domain.importing.plan_reading.lines import Line, joined
from measures.domain.importing.plan_reading.markers import Kind, Marker, opening_marker
from measures.domain.importing.plan_reading.notes import Notes
from measures.domain.importing.plan_reading.numbering import Part, begins_part, parts_of
from measures.domain.importing.plan_reading.parties import named_once, parties_of
from measures.domain.importing.plan_reading.statuses import state_of
from measures.domain.importing.plan_reading.table_rows import Block, Piece
from measures.domain.importing.plan_reading.times import period_of
from measures.domain.importing.plan_reading.titles import warn_of_other_names

_LISTS = (Field.STEPS, Field.RESULTS, Field.OUTCOMES, Field.SUGGESTIONS)


def title_of(block: Block) -> tuple[str, str]:
    """Return the measure's own text without its number, and the number as printed."""
    label = next((line.printed() for piece in block.of(Field.NUMBER) for line in piece.lines), "")
    lines = [line for piece in block.of(Field.TITLE) for line in piece.lines]
    text, own_label = text_and_label(lines)
    return text, own_label or label


def text_and_label(lines: list[Line]) -> tuple[str, str]:
    """Return lines as one text without the number before it, and that number.

    Lines with a number or bullet of their own stay on a line of their own.
    """
    if not lines:
        return "", ""
    marker = opening_marker(lines[0].text, lines[0].label)
    begin = marker.end if marker else 0
    text = lines[0].text[begin:]
    for line in lines[1:]:
        if opening_marker(line.text, line.label):
            text = f"{text}\n{line.printed()}"
        else:
            text = joined(text, line.text)
    return text.strip(), marker.label if marker else ""


def number_of(block: Block) -> int:
    """Return the number printed before the measure, 0 for none."""
    marker: Marker | None = None
    for column in (Field.TITLE, Field.NUMBER):
        for piece in block.of(column)[:1]:
            for line in piece.lines[:1]:
                text = f"{line.text} ก" if column == Field.NUMBER else line.text
                marker = opening_marker(text, line.label)
        if marker and marker.kind != Kind.DASH:
            return marker.number
    return 0


def fill(measure: DraftMeasure, place: int, block: Block, notes: Notes) -> None:
    """Put what the block says into the measure, which is ``place`` in the draft from 1.

    Values that a table before has given stay; what this one says else is warned of.
    """
    _clean(block, place, notes)
    _fill_title(measure, place, block, notes)
    _fill_indicator(measure, place, block, notes)
    for column in _LISTS:
        _fill_list(measure, place, block, column, notes)
    _fill_responsible(measure, place, block, notes)
    _fill_period(measure, place, block, notes)
    _fill_texts(measure, place, block, notes)
    if block.of(Field.STATUS):
        state = state_of(block.of(Field.STATUS), notes, place)
        measure.status, measure.status_note = state.status, state.note
        _note_values(block.of(Field.STATUS), place, Field.STATUS, notes)
    for pieces in block.pieces.values():
        for piece in pieces:
            measure.pictures += [key for key in piece.pictures if key not in measure.pictures]


def _clean(block: Block, place: int, notes: Notes) -> None:
    """Take left-overs out of every piece and warn of what looks wrong in it."""
    for column, pieces in block.pieces.items():
        if column in (Field.STATUS, Field.NUMBER):
            continue
        for piece in pieces:
            lines = without_leftovers(
                piece.lines, piece.place, notes, measure=place, field=column.value
            )
            if lines != piece.lines:
                piece.lines, piece.parts = lines, None
            warn_of_lines(lines, piece.place, notes, measure=place, field=column.value)
            for line in lines:
                warn_of_other_names(line.text, piece.place, notes, place, column.value)


def _note_values(pieces: list[Piece], place: int, column: Field, notes: Notes) -> None:
    for piece in pieces:
        if piece.raw:
            notes.fate(piece.place, piece.raw, Fate.VALUE, measure=place, field=column.value)


def _fill_title(measure: DraftMeasure, place: int, block: Block, notes: Notes) -> None:
    pieces = block.of(Field.TITLE)
    title, label = title_of(block)
    _note_values(block.of(Field.NUMBER), place, Field.TITLE, notes)
    if not measure.title:
        measure.title, measure.label = title, label
        for piece in pieces[:1]:
            _note_values([piece], place, Field.TITLE, notes)
        for piece in pieces[1:]:
            if piece.raw:
                notes.fate(piece.place, piece.raw, Fate.CONTINUED, measure=place, field="title")
    else:
        for piece in pieces:
            if piece.raw:
                notes.fate(piece.place, piece.raw, Fate.LEFT_OUT, measure=place, field="title")
        if title and normalise_compact(title) != normalise_compact(measure.title):
            notes.warn(
                pieces[0].place,
                _("ชื่อมาตรการในตารางนี้ต่างจากตารางก่อน จับคู่กับมาตรการที่ %(number)s โปรดตรวจ")
                % {"number": measure.number},
                value=title,
                measure=place,
                field="title",
                proposal=measure.title,
            )
    for piece in pieces:
        measure.items += [
            code for code in take_scores(piece.raw, piece.place, notes) if code not in measure.items
        ]


def _fill_indicator(measure: DraftMeasure, place: int, block: Block, notes: Notes) -> None:
    pieces = block.of(Field.INDICATOR)
    if pieces:
        measure.indicator = without_number(text_and_label(pieces[0].lines)[0])
        _note_values(pieces, place, Field.INDICATOR, notes)
    elif block.indicator:
        measure.indicator = without_number(block.indicator)
    elif not measure.indicator and (named := indicator_named(measure.title)):
        measure.indicator = named
        if normalise_compact(named) != normalise_compact(measure.title) and block.of(Field.TITLE):
            notes.warn(
                block.of(Field.TITLE)[0].place,
                _("ชื่อตัวชี้วัดสะกดไม่ตรง อ่านเป็น “%(name)s”") % {"name": named},
                value=measure.title,
                measure=place,
                field="title",
                proposal=named,
            )


def parts_of_pieces(pieces: list[Piece], notes: Notes, place: int, column: Field) -> list[str]:
    """Return the parts of a list over all its cells; a sentence cut by a page is one again."""
    parts: list[Part] = []
    for piece in pieces:
        after = parts[-1] if parts and piece.is_continued else None
        own = piece.parts if piece.parts is not None else parts_of(piece.lines, after)
        own = [part for part in own if part.text]
        fate = Fate.VALUE
        if parts and own and piece.is_continued and _is_cut(parts, own[0], piece):
            parts[-1].text = joined(parts[-1].text, own[0].text)
            own = own[1:]
            fate = Fate.VALUE if own else Fate.CONTINUED
        parts += own
        if piece.raw:
            notes.fate(piece.place, piece.raw, fate, measure=place, field=column.value)
    return [part.text for part in parts if part.text]


def _is_cut(before: list[Part], first: Part, piece: Piece) -> bool:
    """Return whether a page cut the sentence before: it goes on without a mark."""
    if first.kind is not None:
        return False
    last = before[-1]
    if last.kind is not None and last.kind != Kind.DASH:
        return True
    if last.kind == Kind.DASH or piece.is_alone:
        return not begins_part(first.text)
    return False


def _fill_list(
    measure: DraftMeasure, place: int, block: Block, column: Field, notes: Notes
) -> None:
    pieces = block.of(column)
    if not pieces:
        return
    before: list[str] = getattr(measure, column.value)
    if not before:
        setattr(measure, column.value, parts_of_pieces(pieces, notes, place, column))
        return
    texts = [part.text for piece in pieces for part in parts_of(piece.lines)]
    for piece in pieces:
        if piece.raw:
            notes.fate(piece.place, piece.raw, Fate.LEFT_OUT, measure=place, field=column.value)
    if normalise_compact("".join(texts)) != normalise_compact("".join(before)):
        notes.warn(
            pieces[0].place,
            _("ข้อความในตารางนี้ต่างจากตารางก่อนของมาตรการเดียวกัน ใช้ข้อความของตารางก่อน โปรดตรวจ"),
            value="\n".join(texts),
            measure=place,
            field=column.value,
        )


def _fill_responsible(measure: DraftMeasure, place: int, block: Block, notes: Notes) -> None:
    pieces = block.of(Field.RESPONSIBLE)
    if not pieces:
        return
    cells = [(piece.place, parties_of(piece.lines, notes.office)) for piece in pieces]
    found = named_once(cells, notes, place, len(measure.steps))
    known = {normalise_compact(party) for party in measure.responsible}
    measure.responsible += [party for party in found if normalise_compact(party) not in known]
    _note_values(pieces, place, Field.RESPONSIBLE, notes)


def _fill_period(measure: DraftMeasure, place: int, block: Block, notes: Notes) -> None:
    pieces = block.of(Field.PERIOD)
    if not pieces:
        return
    period = period_of([(piece.place, piece.lines) for piece in pieces], notes, place)
    if not measure.period.text:
        measure.period = period
        _note_values(pieces, place, Field.PERIOD, notes)
        return
    for piece in pieces:
        notes.fate(piece.place, piece.raw, Fate.LEFT_OUT, measure=place, field="period")
    if normalise_compact(period.text) != normalise_compact(measure.period.text):
        notes.warn(
            pieces[0].place,
            _("ระยะเวลาในตารางนี้ต่างจากตารางก่อน ใช้ของตารางก่อน โปรดตรวจ"),
            value=period.text,
            measure=place,
            field="period",
        )


def _fill_texts(measure: DraftMeasure, place: int, block: Block, notes: Notes) -> None:
    for column in (Field.MONITORING, Field.FINDING):
        pieces = block.of(column)
        texts = {normalise_compact(text): text for text in _own_texts(pieces)}
        if texts:
            before = getattr(measure, column.value)
            known = normalise_compact(before)
            added = [text for key, text in texts.items() if key not in known]
            setattr(measure, column.value, "\n".join(filter(None, [before, *added])))
            _note_values(pieces, place, column, notes)
        if column == Field.FINDING:
            for piece in pieces:
                codes = take_scores(piece.raw, piece.place, notes)
                measure.items += [code for code in codes if code not in measure.items]
    for lead_place, text in block.lead:
        codes = take_scores(text, lead_place, notes)
        measure.items += [code for code in codes if code not in measure.items]


def _own_texts(pieces: list[Piece]) -> list[str]:
    found: list[str] = []
    for piece in pieces:
        text = ""
        for line in piece.lines:
            marker = opening_marker(line.text, line.label)
            text = f"{text}\n{line.printed()}" if marker and text else joined(text, line.printed())
        if text:
            found.append(text)
    return found
