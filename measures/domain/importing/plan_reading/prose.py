"""Reports by item without a table: finding, item, score, analysis, "มาตรการ : …", its parts."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures.domain.importing.plan_drafts import DraftMeasure, Fate
from measures.domain.importing.plan_reading.block_reading import fill
from measures.domain.importing.plan_reading.columns import TICKED, Field, heading_match
from measures.domain.importing.plan_reading.item_lines import (
    begins_item,
    states_score,
    take_scores,
)
from measures.domain.importing.plan_reading.leftovers import warn_of_lines, without_leftovers
from measures.domain.importing.plan_reading.lines import Line, joined, lines_of, single_spaced
from measures.domain.importing.plan_reading.notes import Notes, Place
from measures.domain.importing.plan_reading.numbering import parts_of
from measures.domain.importing.plan_reading.table_rows import Block, Piece
from measures.domain.importing.plan_reading.tables import Loose

_MEASURE: Final = re.compile(
    r"มาตรการ\s*(?:ที่)?\s*(?P<label>[0-9๐-๙]{1,2}[.)]?)?\s*[:：]\s*(?P<title>.*)"
)
_INSTRUMENT: Final = re.compile(r"(?:ด้าน.*(?:IIT|EIT|OIT)|ส่วนที่\s*[0-9๐-๙]|(?:IIT|EIT|OIT)\b)")
_INDICATOR: Final = re.compile(r"ตัวชี้วัด(?:ที่)?\s*[0-9๐-๙]{1,2}(?![.0-9๐-๙])")
_FINDING: Final = re.compile(
    r"(?:ข้อบกพร่อง|ประเด็นที่(?:เป็นข้อบกพร่อง|(?:จะ)?ต้อง(?:แก้ไข|พัฒนา|ปรับปรุง))|จุดอ่อน).{0,60}$"
)
_ANNEX: Final = re.compile(r"(?:เอกสารประกอบ|ภาคผนวก)")
_ANNEX_RESULT: Final = re.compile(
    r"ผลการดำเนินการตาม\s*มาตรการ\s*[:：]\s*(?P<title>.*?)(?:\s*คือ)?\s*$"
)
_LONGEST_HEADING: Final = 60
_ALIKE: Final = 0.6
_COLLECTED: Final = (
    Field.STEPS,
    Field.RESPONSIBLE,
    Field.PERIOD,
    Field.MONITORING,
    Field.STATUS,
    Field.RESULTS,
    Field.OUTCOMES,
    Field.SUGGESTIONS,
)


@dataclass
class _Told:
    """A measure as told: the lines of each of its parts, with their places."""

    label: str
    lines: dict[Field, list[tuple[Place, Line]]] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    indicator: str = ""
    items: list[str] = field(default_factory=list)
    finding: str = ""


@dataclass
class _State:
    """Where in the report the reader is."""

    told: list[_Told] = field(default_factory=list)
    indicator: str = ""
    items: list[str] = field(default_factory=list)
    finding: str = ""
    is_used: bool = False  # a measure has answered the finding
    has_begun: bool = False
    is_annex: bool = False
    item: str = ""  # a line of item and score not yet complete
    item_place: Place | None = None
    part: Field | None = None  # of the measure being told
    annexed: str = ""  # the measure that the annex is about


def has_prose(paragraphs: list[Loose]) -> bool:
    """Return whether a paragraph begins a measure in the manner of reports by item."""
    return any(
        _MEASURE.match(line.text) for loose in paragraphs for line in lines_of([loose.paragraph])
    )


def read_prose(paragraphs: list[Loose], notes: Notes) -> list[Loose]:
    """Put the measures of a report by item into the draft; return the paragraphs before them."""
    state = _State()
    left: list[Loose] = []
    for loose in paragraphs:
        lines = lines_of([loose.paragraph])
        if not lines and not loose.paragraph.pictures:
            notes.fate(loose.place, loose.paragraph.printed(), Fate.SEPARATOR)
            continue
        if not state.has_begun and not any(_begins(line.text) for line in lines):
            left.append(loose)
            continue
        state.has_begun = True
        _take_pictures(loose, state, notes)
        for line in without_leftovers(lines, loose.place, notes):
            _take(line, loose.place, state, notes)
    _end_item(state, notes)
    for told in state.told:
        _store(told, notes)
    _give_annexed_pictures(state, notes)
    return left


def _begins(text: str) -> bool:
    return bool(
        _INSTRUMENT.match(text)
        or _INDICATOR.match(text)
        or _FINDING.match(text)
        or _MEASURE.match(text)
        or begins_item(text)
    )


def _take(line: Line, place: Place, state: _State, notes: Notes) -> None:
    text = line.text
    if state.is_annex or _ANNEX.match(text):
        _take_annex(text, place, state, notes)
        return
    if state.item:
        state.item = f"{state.item} {text}"
        notes.fate(place, text, Fate.TITLE)
        if states_score(state.item):
            _end_item(state, notes)
        return
    if begins_item(text):
        _begin_finding_anew(state)
        state.item, state.item_place, state.part = text, place, None
        notes.fate(place, text, Fate.TITLE)
        if states_score(text):
            _end_item(state, notes)
        return
    if _take_heading(text, place, state, notes):
        return
    _take_text(line, place, state, notes)


def _take_heading(text: str, place: Place, state: _State, notes: Notes) -> bool:
    """Take a line that says what follows; return whether it was one."""
    if _INSTRUMENT.match(text):
        state.part, state.finding, state.items = None, "", []
        notes.fate(place, text, Fate.TITLE)
        return True
    if _INDICATOR.match(text):
        state.part, state.indicator = None, single_spaced(text)
        state.is_used = True
        notes.fate(place, text, Fate.TITLE)
        return True
    if found := _MEASURE.match(text):
        told = _Told(
            (found["label"] or "").strip(),
            indicator=state.indicator,
            items=list(state.items),
            finding=state.finding,
        )
        told.lines[Field.TITLE] = [(place, Line(found["title"].strip()))]
        state.told.append(told)
        state.part, state.is_used = Field.TITLE, True
        notes.fate(place, text, Fate.VALUE, measure=len(state.told), field="title")
        return True
    if _FINDING.match(text) and len(text) < _LONGEST_HEADING:
        state.part, state.is_used = None, True
        notes.fate(place, text, Fate.HEADING)
        return True
    return _take_part_heading(text, place, state, notes)


def _take_part_heading(text: str, place: Place, state: _State, notes: Notes) -> bool:
    if not state.told:
        return False
    head, sign, rest = text.partition(":")
    match = heading_match(head) if len(head) <= _LONGEST_HEADING else None
    if match is None or match.field not in (*_COLLECTED, *TICKED):
        return False
    if not match.is_exact and not _is_heading_alone(text):
        return False
    if match.field in TICKED:
        return False
    state.part = match.field
    notes.fate(place, head + sign, Fate.HEADING)
    if rest.strip():
        _take_text(Line(rest.strip()), place, state, notes)
    return True


def _is_heading_alone(text: str) -> bool:
    """Return whether a heading of another wording stands alone: "ผลการดำเนินการตามมาตรการที่กำหนด"."""
    return bool(re.match(r"(?:สรุป)?ผลการดำเนิน(?:การ|งาน)ตาม(?:มาตรการ)?.{0,20}$", text.strip()))


def _take_text(line: Line, place: Place, state: _State, notes: Notes) -> None:
    if state.part is None:
        if state.items or state.item:
            state.finding = joined(state.finding, line.text)
            notes.fate(
                place, line.printed(), Fate.VALUE, measure=len(state.told) + 1, field="finding"
            )
        else:
            notes.fate(place, line.printed(), Fate.LEFT_OUT)
        return
    told = state.told[-1]
    told.lines.setdefault(state.part, []).append((place, line))
    notes.fate(place, line.printed(), Fate.VALUE, measure=len(state.told), field=state.part.value)


def _begin_finding_anew(state: _State) -> None:
    if state.is_used:
        state.items, state.finding, state.is_used = [], "", False


def _end_item(state: _State, notes: Notes) -> None:
    if state.item and state.item_place:
        codes = take_scores(state.item, state.item_place, notes)
        state.items += [code for code in codes if code not in state.items]
    state.item = ""


# The annex ----------------------------------------------------------------------------------------


def _take_annex(text: str, place: Place, state: _State, notes: Notes) -> None:
    if not state.is_annex:
        notes.warn(
            place,
            _("ข้อความตั้งแต่เอกสารประกอบเป็นต้นไปไม่ได้นำเข้าเป็นผลการดำเนินการ โปรดตรวจว่ามีผลที่ยังขาดหรือไม่"),
            value=text,
        )
    state.is_annex = True
    if found := _ANNEX_RESULT.match(text):
        state.annexed = found["title"]
    notes.fate(place, text, Fate.LEFT_OUT)


def _take_pictures(loose: Loose, state: _State, notes: Notes) -> None:
    """Give pictures to the measure told of, those of the annex to the one it names."""
    keys = loose.paragraph.pictures
    if not keys:
        return
    if not state.told:
        notes.warn_of_loose_picture(loose.place)
        return
    told = state.told[-1]
    if state.is_annex and state.annexed:
        title = max(
            state.told,
            key=lambda each: _likeness(each.lines[Field.TITLE][0][1].text, state.annexed),
        )
        if _likeness(title.lines[Field.TITLE][0][1].text, state.annexed) >= _ALIKE:
            told = title
    told.pictures += keys


def _give_annexed_pictures(state: _State, notes: Notes) -> None:
    for measure, told in zip(notes.draft.measures, state.told, strict=True):
        measure.pictures += [key for key in told.pictures if key not in measure.pictures]


def _likeness(first: str, second: str) -> float:
    return SequenceMatcher(
        None, normalise_compact(first), normalise_compact(second), autojunk=False
    ).ratio()


# Storing ------------------------------------------------------------------------------------------


def _store(told: _Told, notes: Notes) -> None:
    measure = DraftMeasure(
        number=len(notes.draft.measures) + 1, title="", items=told.items, finding=told.finding
    )
    notes.draft.measures.append(measure)
    number = len(notes.draft.measures)
    block = Block(indicator=told.indicator)
    for column, lines in told.lines.items():
        pieces = [Piece(place, [line], "") for place, line in lines]
        if column not in (Field.RESPONSIBLE, Field.PERIOD, Field.STATUS):
            # One list over all paragraphs; each keeps its place for what is warned of.
            parts = parts_of([line for _place, line in lines])
            for piece in pieces:
                piece.parts = []
            pieces[0].parts = parts
        elif column == Field.RESPONSIBLE:
            pieces = [Piece(lines[0][0], [line for _place, line in lines], "")]
        block.pieces[column] = pieces
    fill(measure, number, block, notes)
    measure.label = measure.label or told.label
    if told.finding:
        place = told.lines[Field.TITLE][0][0]
        warn_of_lines([Line(told.finding)], place, notes, measure=number, field="finding")
