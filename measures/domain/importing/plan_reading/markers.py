"""The numbers and bullets before the parts of a list, and what only looks like one."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from ita_portal.thai.dates import FULL_MONTHS, SHORT_MONTHS
from ita_portal.thai.numerals import to_arabic_digits

_REACH: Final = 30  # characters around a dash that tell what it is
MOST_ITEMS: Final = 60  # a greater number before a text is a year, an amount, a house
_LETTERS: Final = "กขคงจฉชซฌญ"  # as officials count in letters
_D: Final = "[0-9๐-๙]"
_SIGNS: Final = "-–—−•●▪◦·*➢➤✓✔□■○\uf0b7\uf0a7\uf0d8"


class Kind(Enum):
    """How a part of a list is marked; the five of numbers go together in one list."""

    PAREN = auto()  # (๑)
    CLOSE = auto()  # ๑)
    DOT = auto()  # ๑.
    BARE = auto()  # ๑
    WORD = auto()  # มาตรการที่ ๑, ขั้นตอนที่ ๑ :
    UNDER = auto()  # 1.1
    LETTER = auto()  # ก.
    DASH = auto()


@dataclass(frozen=True)
class Marker:
    """A mark as printed, the number it counts (0 for a bullet), and where the text begins."""

    label: str
    kind: Kind
    number: int
    end: int


_MARK: Final = re.compile(
    rf"""
      (?P<paren> \( \s? (?P<n1>{_D}{{1,2}}) \s? \) \.? )
    | (?P<under> {_D}{{1,2}} (?: \. {_D}{{1,2}} )+ (?: [.)] (?!{_D}) )? (?= \s ) )
    | (?P<word> (?: (?: มาตรการ|ขั้นตอน|กิจกรรม|วิธีการ|ข้อ ) ที่ | ข้อ ) \s* (?P<n6>{_D}{{1,2}})
        (?: \s* [.:)] (?! \s? {_D} ) | (?= \s ) )
        (?! \s* (?: {_D} | (?:ของ|แห่ง|ตาม|และ|ถึง|หรือ|ใน|ใช้) ) ) )
    | (?P<close> (?P<n2>{_D}{{1,2}}) \s? [)] )
    | (?P<dot> (?P<n3>{_D}{{1,2}}) \s? [.] (?! \s? {_D} ) )
    | (?P<bare> (?P<n4>{_D}{{1,2}}) (?= \s+ [ก-ฮเ-ไA-Za-z"“(] | [ก-ฮเ-ไ] ) )
    | (?P<letter> (?P<n5>[{_LETTERS}]) [.)] (?= \s* [ก-ฮเ-ไ"“(] ) )
    | (?P<dash> (?: [{re.escape(_SIGNS)}] \s* >? \s* ){{1,3}} )
    """,
    re.VERBOSE,
)

_MONTHS: Final = "|".join(
    [re.escape(name) for name in FULL_MONTHS]
    + [rf"{re.escape(name.rstrip('.'))}\.?(?![ก-ฮ])" for name in SHORT_MONTHS]
)
# Counted things: "๓ ครั้ง" at the beginning of a line is no third part.
_ALWAYS_COUNTED: Final = re.compile(
    rf"\s*(?:ครั้ง|คน(?!ใน)|ราย(?!งาน|การ|ละเอียด|ได้|ชื่อ|จ่าย)|บาท|ล้าน|วัน(?!ที่)|ชั่วโมง|นาที|เดือน|ปี|สัปดาห์|%|คะแนน|เปอร์เซ็นต์|{_MONTHS})"
)
_OFTEN_COUNTED: Final = re.compile(
    r"\s*(?:(?:ช่องทาง|เรื่อง|ฉบับ|แห่ง|โครงการ|กิจกรรม|ชุด|แผ่น|ข้อ|งาน|หน้า|ตัว|จุด|ไตรมาส|หมู่|หลัง|เครื่อง"
    r"|ประเภท|ด้าน|กอง|แผน|รุ่น|ระดับ|ขั้นตอน|ประการ|สถานที่|ท่าน|หน่วยงาน|ตำบล|อำเภอ|ครัวเรือน|คัน|สาย|รอบ"
    r"|ประเด็น|ตัวชี้วัด|มาตรการ|ส่วน|ระบบ|ป้าย|เล่ม|ชิ้น|อัน|กลุ่ม|พื้นที่)(?=$|[\s\d,.)]|ต่อ|คือ|ได้แก่|ขึ้นไป|ใน)"
    r"|ใน|และ|ถึง|หรือ|ของ|ต่อ|เท่า)"
)
# Words that a number belongs to, whatever stands behind it: "ข้อ ๓.", "พ.ศ. ๒๕๖๖".
_ALWAYS_BEFORE: Final = re.compile(
    r"(?:ข้อ|ครั้งที่|(?:ตัวชี้วัด|ส่วน|วัน|รอบ|ไตรมาส|หมู่|เลข|ฉบับ|บท|ลำดับ|ระยะ)ที่|พ\.?\s?ศ\.?|มาตรา|โทร\.?|โทรศัพท์"
    r"|ITA|IIT|EIT|OIT|[/\-–:,(])\s*$"
)
# Words before an amount: only a number without a dot or bracket is part of the sentence there.
_OFTEN_BEFORE: Final = re.compile(
    r"(?:(?<!หน้า)(?<!พื้น)(?<!สถาน)ที่|รอบ|ไตรมาส|(?<!งบ)ประมาณ|จำนวน|น้อย|เกิน|ละ|หมู่|กว่า|ภายใน|ทั้ง"
    r"|เพียง|ระหว่าง|ตั้งแต่|เท่ากับ|อันดับ|เลข|เดือน|วัน|เวลา|ทุก|(?:^|\s)(?:ณ|และ|ถึง|มี|ใน))\s*$"
)


def marker_at(text: str, start: int = 0) -> Marker | None:
    """Return the mark at this place of the text, whatever it counts; None where there is none."""
    found = _MARK.match(text, start)
    if found is None or found.lastgroup is None:
        return None
    end = found.end()
    label = found[0].strip()
    while end < len(text) and text[end] in " \t\u00a0":
        end += 1
    if found["under"]:
        return Marker(label, Kind.UNDER, 0, end)
    if found["dash"]:
        return Marker(label, Kind.DASH, 0, end)
    if found["letter"]:
        return Marker(label, Kind.LETTER, _LETTERS.index(found["n5"]) + 1, end)
    for name, group, kind in (
        ("paren", "n1", Kind.PAREN),
        ("close", "n2", Kind.CLOSE),
        ("dot", "n3", Kind.DOT),
        ("bare", "n4", Kind.BARE),
        ("word", "n6", Kind.WORD),
    ):
        if found[name]:
            return Marker(label, kind, int(to_arabic_digits(found[group])), end)
    return None


def opening_marker(text: str, label: str = "") -> Marker | None:
    """Return the mark before a line: the number Word prints, else the one typed.

    A number that surely counts something ("๓ ครั้ง") is none; see ``may_count`` for others.
    """
    if label:
        marker = marker_at(label + " ก")
        kind = marker.kind if marker else Kind.DASH
        return Marker(label, kind, marker.number if marker else 0, 0)
    marker = marker_at(text)
    if marker is None or not is_plausible(marker):
        return None
    if marker.kind == Kind.BARE and _ALWAYS_COUNTED.match(text[marker.end :]):
        return None
    return marker


def may_count(text: str, marker: Marker) -> bool:
    """Return whether a bare number may count what follows: "๓ โครงการ"."""
    return marker.kind == Kind.BARE and bool(_OFTEN_COUNTED.match(text[marker.end :]))


def is_plausible(marker: Marker) -> bool:
    """Return whether the number can count the parts of a list."""
    return marker.kind in (Kind.DASH, Kind.UNDER) or 1 <= marker.number <= MOST_ITEMS


def belongs_to_text(text: str, marker: Marker, start: int) -> bool:
    """Return whether a number inside a text is a part of its sentence, by the words around it."""
    before = text[max(0, start - 20) : start]
    if _ALWAYS_BEFORE.search(before):
        return True
    if marker.kind != Kind.BARE:
        return False
    return bool(
        _OFTEN_BEFORE.search(before)
        or _ALWAYS_COUNTED.match(text, marker.end)
        or _OFTEN_COUNTED.match(text, marker.end)
    )


def inner_places(text: str, start: int) -> list[int]:
    """Return the places where a mark could stand inside a text: after a space, outside brackets."""
    places: list[int] = []
    depth = 0
    for place in range(len(text)):
        letter = text[place]
        if letter == "(" and ")" in text[place : place + 200]:
            if depth == 0 and place >= start and text[place - 1 : place].isspace():
                places.append(place)
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
        elif depth == 0 and place > start and text[place - 1].isspace() and not letter.isspace():
            places.append(place)
    return places


def is_dash_of_a_list(text: str, place: int, marker: Marker) -> bool:
    """Return whether a dash after a space begins a part: not "ม.ค. - ก.ย.", "๒๕๖๖ - ๒๕๗๐"."""
    before = text[max(0, place - _REACH) : place].rstrip()
    after = text[marker.end : marker.end + _REACH]
    if not after or not before:
        return False
    if text[place] in "•●▪◦➢➤✓✔□■○\uf0b7\uf0a7\uf0d8":
        return True
    if re.search(rf"(?:[0-9๐-๙A-Za-z]|{_MONTHS})$", before):
        return not re.match(rf"[0-9๐-๙A-Za-z]|{_MONTHS}", after)
    return not re.match(r"[0-9๐-๙]", after)
