"""Splitting a cell into the parts of its list: by number, by bullet, or by paragraph."""

import re
from dataclasses import dataclass, field
from typing import Final

from measures.domain.importing.plan_reading.lines import Line, joined
from measures.domain.importing.plan_reading.markers import (
    MOST_ITEMS,
    Kind,
    Marker,
    belongs_to_text,
    inner_places,
    is_dash_of_a_list,
    is_plausible,
    marker_at,
    may_count,
    opening_marker,
)

_NUMBERS: Final = (Kind.PAREN, Kind.CLOSE, Kind.DOT, Kind.BARE, Kind.WORD)
# What carries a sentence on that was broken into a new paragraph.
_CARRIES_ON: Final = re.compile(
    r"(?:และ|หรือ|โดย|เพื่อ|ซึ่ง|ของ|จาก|กับ|แก่|แห่ง|ตามที่|รวมถึง|รวมทั้ง|ตลอดจน|เป็นต้น|ฯ|ๆ|[)\]”.,;:/]|https?:|www\.|\()"
)
# How a line without a mark begins that is a part of its own among parts with bullets.
_BEGINS: Final = re.compile(
    r"(?:มี|ได้|จัด|ดำเนิน|เผยแพร่|ประชุม|ประกาศ|แต่งตั้ง|กำหนด|ปรับปรุง|พัฒนา|ติดตาม|รายงาน|สรุป|ส่งเสริม|สร้าง"
    r"|แจ้ง|ให้|เปิด|ติดตั้ง|อบรม|ประเมิน|สำรวจ|ทำ|เพิ่ม|ลด|ควร|อบต|เทศบาล|องค์การ|หน่วยงาน|กอง|สำนัก|ประชาชน"
    r"|บุคลากร|เจ้าหน้าที่|ผู้บริหาร|ผู้รับบริการ|ประชาสัมพันธ์|รณรงค์|มอบหมาย|นำ|ใช้|ร่วม|ตรวจ|เก็บ|บันทึก|เสนอ|ทบทวน)"
)


@dataclass
class Part:
    """One part of a list. ``run`` counts how often the numbers began anew before it."""

    text: str
    label: str = ""
    kind: Kind | None = None
    number: int = 0
    run: int = 0
    paragraph: int = 0  # in which line it begins
    is_open: bool = field(default=False, repr=False)  # a sentence that a page may have cut


def parts_of(lines: list[Line], after: Part | None = None) -> list[Part]:
    """Return the parts of a cell's list in order, each without its own mark.

    ``after`` is the last part before a page cut the cell: numbers within the rest carry it on.

    Numbers of another style or level below a part stay in it, each on a line of its own; a line
    without a mark carries the numbered part before it on. A cell without any mark has one part
    for each paragraph.
    """
    segments = [
        segment
        for place, line in enumerate(lines)
        for segment in _segments(line, place, lines, None if place else after)
    ]
    return _combined(segments)


def _segments(line: Line, place: int, lines: list[Line], after: Part | None) -> list[Part]:
    """Return a line cut at its marks, those inside of it too."""
    text = line.text
    opening = opening_marker(text, line.label)
    if opening and not line.label and not _is_of_a_list(opening, text, lines):
        opening = None
    start = opening.end if opening else 0
    cuts: list[tuple[int, Marker]] = [] if opening is None else [(0, opening)]
    if opening is None or opening.kind in _NUMBERS or opening.kind == Kind.LETTER:
        last = opening or _marker_of(after)
        cuts += _inner_numbers(text, start, last)
    elif opening.kind == Kind.DASH:
        cuts += _inner_dashes(text, start)
    if not cuts:
        return [Part(text, paragraph=place)]
    found = [Part(text[: cuts[0][0]].strip(), paragraph=place)] if cuts[0][0] > 0 else []
    ends = [begin for begin, _ in cuts[1:]] + [len(text)]
    for (_begin, marker), end in zip(cuts, ends, strict=True):
        words = text[marker.end : end].strip()
        found.append(Part(words, marker.label, marker.kind, marker.number, paragraph=place))
    return [part for part in found if part.text or part.label]


def _marker_of(part: Part | None) -> Marker | None:
    if part is None or part.kind not in _NUMBERS:
        return None
    return Marker(part.label, part.kind, part.number, 0)


def _is_of_a_list(opening: Marker, text: str, lines: list[Line]) -> bool:
    """Return whether other lines count on: "๓ โครงการ" alone is an amount, จ. a province."""
    if opening.kind == Kind.LETTER:
        inner = (marker_at(text, place) for place in inner_places(text, opening.end))
        letters = {marker.number for marker in inner if marker and marker.kind == Kind.LETTER}
        return {1, 2} <= letters | _numbers_before(lines, (Kind.LETTER,))
    if not may_count(text, opening):
        return True
    numbers = _numbers_before(lines, _NUMBERS)
    return bool({opening.number - 1, opening.number + 1} & numbers)


def _numbers_before(lines: list[Line], kinds: tuple[Kind, ...]) -> set[int]:
    markers = [opening_marker(line.text, line.label) for line in lines]
    return {marker.number for marker in markers if marker and marker.kind in kinds}


def _inner_numbers(text: str, start: int, last: Marker | None) -> list[tuple[int, Marker]]:
    """Return the marks inside a text that carry on from the last one, or begin anew."""
    candidates: list[tuple[int, Marker]] = []
    for place in inner_places(text, start):
        marker = marker_at(text, place)
        if (
            marker
            and marker.kind in (*_NUMBERS, Kind.LETTER)
            and is_plausible(marker)
            and marker.end < len(text)
            and not belongs_to_text(text, marker, place)
        ):
            candidates.append((place, marker))
    found: list[tuple[int, Marker]] = []
    for index, (place, marker) in enumerate(candidates):
        if last is None:
            following = [mark for _, mark in candidates[index + 1 : index + MOST_ITEMS]]
            if marker.number == 1 and any(
                mark.kind == marker.kind and mark.number == 2 for mark in following
            ):
                found.append((place, marker))
                last = marker
            continue
        is_alike = marker.kind == last.kind or {marker.kind, last.kind} <= {Kind.DOT, Kind.BARE}
        # A number may be left out ("๑. ๒. ๔."); without a dot it would be an amount.
        skipped = (1,) if marker.kind == Kind.BARE else (1, 2)
        follows = marker.number - last.number in skipped
        begins_anew = marker.number == 1 and (
            last.number > 1
            or any(
                mark.number == 2 and mark.kind == marker.kind
                for _, mark in candidates[index : index + MOST_ITEMS]
            )
        )
        if (
            (is_alike and (follows or begins_anew))
            or (not is_alike and begins_anew)
            or (not is_alike and follows and any(m.kind == marker.kind for _, m in found))
        ):
            found.append((place, marker))
            last = marker
    return found


def _inner_dashes(text: str, start: int) -> list[tuple[int, Marker]]:
    found: list[tuple[int, Marker]] = []
    for place in inner_places(text, start):
        marker = marker_at(text, place)
        if marker and marker.kind == Kind.DASH and is_dash_of_a_list(text, place, marker):
            found.append((place, marker))
    return found


def _combined(segments: list[Part]) -> list[Part]:
    """Return the parts of the list's own level, what stands below each joined to it."""
    parts: list[Part] = []
    top: Kind | None = None
    last = 0  # the number of the last part of the top level
    below: tuple[Kind, int] | None = None  # the last mark below it
    run = 0
    for segment in segments:
        if segment.kind is None:
            if parts and _carries_on(parts[-1], segment, top):
                parts[-1].text = joined(parts[-1].text, segment.text)
            else:
                parts.append(_with(segment, run))
            continue
        if top is None or _is_of_level(segment, top, last, below):
            if top in _NUMBERS and segment.kind in _NUMBERS and segment.number <= last:
                run += 1
            top = top or segment.kind
            last, below = segment.number, None
            parts.append(_with(segment, run))
        else:
            below = (segment.kind, segment.number)
            parts[-1].text = f"{parts[-1].text}\n{segment.label} {segment.text}".strip()
    return parts


def _with(segment: Part, run: int) -> Part:
    segment.run = run
    return segment


def _is_of_level(segment: Part, top: Kind, last: int, below: tuple[Kind, int] | None) -> bool:
    if segment.kind == top:
        # "๑. … ๑) … ๒) …" is told by its style; "1. … 1. 2. 3." under a title is not asked here.
        return True
    if top not in _NUMBERS or segment.kind not in _NUMBERS:
        return False
    if below and below == (segment.kind, segment.number - 1):
        return False
    if {segment.kind, top} <= {Kind.DOT, Kind.BARE}:
        return True
    return segment.number == last + 1


def _carries_on(before: Part, line: Part, top: Kind | None) -> bool:
    """Return whether a line without a mark belongs to the part before it."""
    if _CARRIES_ON.match(line.text) or has_open_bracket(before.text):
        return True
    if top is None:
        return False
    if top == Kind.DASH:
        return not begins_part(line.text)
    return True


def has_open_bracket(text: str) -> bool:
    """Return whether a bracket was opened and not closed."""
    return text.rfind("(") > text.rfind(")")


def begins_part(text: str) -> bool:
    """Return whether a line without a mark begins like a part of its own."""
    return bool(_BEGINS.match(text)) and not _CARRIES_ON.match(text)
