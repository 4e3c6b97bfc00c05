"""The state of a measure: a tick in one of three columns, or words in one."""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures.domain.importing.plan_reading.columns import TICKED, Field, heading_match
from measures.domain.importing.plan_reading.notes import Notes, Place
from measures.domain.importing.plan_reading.table_rows import Piece

_TICK: Final = re.compile(r"[/✓✔✅☑☒√vVxXXⅩ×●•⚫⬤■✗✘\uf0fc\uf0fe\uf052PP\u2611]{1,2}|/\s*/")
_EMPTY: Final = re.compile(r"[\s\-–—−.☐□○]*")
_NOTE: Final = re.compile(r"[(\[](?P<note>.*?)[)\]]?\s*", re.DOTALL)


@dataclass(frozen=True)
class State:
    """A value of ProgressStatus or "", with the note in brackets beside the tick."""

    status: str = ""
    note: str = ""


def state_of(pieces: list[Piece], notes: Notes, measure: int) -> State:
    """Return the state that the status cells of a measure tell; warn where they do not."""
    if not pieces:
        return State()
    ticked = [piece for piece in pieces if piece.ticked]
    return _ticked(ticked, notes, measure) if ticked else _in_words(pieces, notes, measure)


def _ticked(pieces: list[Piece], notes: Notes, measure: int) -> State:
    found: dict[Field, str] = {}
    remarks: list[str] = []
    for piece in pieces:
        text = " ".join(line.printed() for line in piece.lines).strip()
        if _EMPTY.fullmatch(text) or piece.ticked is None:
            continue
        tick = _TICK.match(text)
        rest = text[tick.end() :].strip() if tick else text
        if tick or _says(text) == piece.ticked:
            found[piece.ticked] = _note_of(rest) if tick else ""
        else:
            remarks.append(_note_of(text))
            found.setdefault(piece.ticked, "")
            _warn(piece.place, _("ช่องสถานะมีข้อความแทนเครื่องหมาย ถือว่าเลือกช่องนี้"), text, notes, measure)
    remark = " ".join(filter(None, [*found.values(), *remarks]))
    if len(found) == 1:
        return State(next(iter(found)).value, remark)
    places = [piece.place for piece in pieces if piece.ticked in found] or [pieces[0].place]
    if found:
        words = _("ทำเครื่องหมายสถานะมากกว่าหนึ่งช่อง โปรดเลือกสถานะเดียว")
    else:
        words = _("ไม่ได้ทำเครื่องหมายสถานะในช่องใด โปรดเลือกสถานะ")
    _warn(places[0], words, "", notes, measure)
    return State("", remark)


def _in_words(pieces: list[Piece], notes: Notes, measure: int) -> State:
    words = {}
    for piece in pieces:
        text = " ".join(line.printed() for line in piece.lines).strip()
        if _EMPTY.fullmatch(text):
            continue
        if said := _says(text):
            words[said] = _note_of(_after_bracket(text))
        else:
            _warn(piece.place, _("อ่านสถานะการดำเนินการไม่ออก โปรดเลือกสถานะ"), text, notes, measure)
            return State("", text)
    if len(words) > 1:
        _warn(pieces[0].place, _("สถานะในแถวเดียวกันไม่ตรงกัน โปรดเลือกสถานะเดียว"), "", notes, measure)
        return State()
    if not words:
        _warn(pieces[0].place, _("ไม่ได้ระบุสถานะการดำเนินการ โปรดเลือกสถานะ"), "", notes, measure)
        return State()
    [(field, note)] = words.items()
    return State(field.value, note)


def _says(text: str) -> Field | None:
    """Return the state that words tell: "อยู่ระหว่างดำเนินการ", "แล้วเสร็จ"."""
    bare = re.sub(r"[(\[].*", "", text, flags=re.DOTALL)
    match = heading_match(bare)
    if match and match.field in TICKED:
        return match.field
    compact = normalise_compact(bare)
    for field, words in (
        (Field.NOT_STARTED, ("ยังไม่", "ไม่ได้ดำเนินการ")),
        (Field.IN_PROGRESS, ("ระหว่าง", "กำลัง")),
        (Field.DONE, ("เสร็จ", "ดำเนินการแล้ว", "ครบถ้วน")),
    ):
        if any(word in compact for word in words):
            return field
    return None


def _after_bracket(text: str) -> str:
    place = text.find("(")
    return text[place:] if place >= 0 else ""


def _note_of(text: str) -> str:
    """Return a note without its brackets."""
    found = _NOTE.fullmatch(text)
    return found["note"].strip() if found else text


def _warn(place: Place, message: str, value: str, notes: Notes, measure: int) -> None:
    notes.warn(place, message, value=value, measure=measure, field="status")
