"""The responsible column: who is named in a cell, one party each, as written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures.domain.importing.office_words import OfficeWords
from measures.domain.importing.plan_reading.lines import Line, joined, single_spaced
from measures.domain.importing.plan_reading.markers import opening_marker
from measures.domain.importing.plan_reading.notes import Notes, Place
from measures.domain.importing.plan_reading.numbering import has_open_bracket, parts_of

# Names that divisions of local governments go by besides their own (domain.md §7).
_ALSO: Final = {
    "สำนักงานปลัด": "สำนักปลัด",
    "สำนักปลัดเทศบาล": "สำนักปลัด",
    "กองสาธารณสุข": "กองสาธารณสุขและสิ่งแวดล้อม",
    "กองการศึกษา": "กองการศึกษาศาสนาและวัฒนธรรม",
    "กองสวัสดิการ": "กองสวัสดิการสังคม",
    "ตรวจสอบภายใน": "หน่วยตรวจสอบภายใน",
}
_BODIES: Final = (
    r"กอง(?!ทุน)|สำนัก|หน่วยตรวจสอบ|หน่วยงาน|ตรวจสอบภายใน|ฝ่าย|ส่วน|โรงเรียน|ศูนย์|สถานี|งาน"
    r"|ทุก|คณะ(?:กรรมการ|ทำงาน|ผู้บริหาร)|สภา"
)
_PEOPLE: Final = (
    r"ปลัด|รองปลัด|นายก|รองนายก|เลขานุการ|หัวหน้า|ผู้อำนวยการ|ผอ\.|ผู้บริหาร|ผู้บังคับบัญชา|ผู้ช่วย"
    r"|นัก(?:วิเคราะห์|ทรัพยากร|จัดการ|วิชาการ|พัฒนา|ประชาสัมพันธ์)|นิติกร|เจ้าพนักงาน|เจ้าหน้าที่"
)
_STAFF: Final = r"บุคลากร|พนักงาน|ข้าราชการ|ลูกจ้าง"
_BEGINS: Final = re.compile(rf"(?:{_BODIES}|{_PEOPLE}|{_STAFF})")
_STAFF_OF: Final = re.compile(rf"(?:{_STAFF})")
_COMMON: Final = re.compile(
    r"(?:ทุก|คณะ(?:กรรมการ|ทำงาน|ผู้บริหาร)|สำนัก/กอง|กอง/สำนัก)|.*ทุก(?:คน|ส่วนราชการ|กอง|สำนัก|ฝ่าย|ระดับ|ท่าน|หน่วยงาน|งาน)"
)
# "ทุกสำนัก/กอง", "หัวหน้าสำนัก/กอง": the second word is no name.
_GENERIC: Final = re.compile(
    r"\s*(?:กอง|สำนัก|ฝ่าย|ส่วน|งาน|หน่วยงาน|ส่วนราชการ)(?=\s*(?:$|[/,(]|ที่|ทุก|ต่าง))"
)
_SEPARATOR: Final = re.compile(
    r"\s*[,;/+\n•]\s*|\s+-\s*(?=[ก-ฮเ-ไ])|\s*-\s*(?=กอง|สำนัก|หน่วย)|\s*(?:และ|ร่วมกับ)\s*|\s+"
)
_LEAST_LIKENESS: Final = 0.6
_LONGEST_LINE: Final = 1_000  # characters; a longer one is no list of names
_NOBODY: Final = re.compile(r"[\s\-–—.]*")


@dataclass(frozen=True)
class Party:
    """One party as written, and what to look at."""

    text: str
    has_open_bracket: bool = False
    line: int = 0  # of the cell, from 0


def parties_of(lines: list[Line], office: OfficeWords) -> list[Party]:
    """Return the parties that a cell names, in order, with repetitions."""
    names = _names(office)
    return [
        Party(text, has_open_bracket(text), number)
        for number, paragraph in enumerate(_paragraphs(lines, names))
        for text in _split(paragraph, names)
    ]


@lru_cache(maxsize=64)
def _names(office: OfficeWords) -> dict[str, str]:
    """Return every spelling of the divisions, compact, with the name it stands for."""
    found = {normalise_compact(division.name): division.name for division in office.divisions}
    for division in office.divisions:
        for alias in division.aliases:
            found.setdefault(normalise_compact(alias), division.name)
    for alias, name in _ALSO.items():
        known = found.get(normalise_compact(name))
        if known is None:
            known = next((full for key, full in found.items() if key.startswith(name)), None)
        if known is not None:
            found.setdefault(normalise_compact(alias), known)
        elif (short := found.get(normalise_compact(alias))) is not None:
            found.setdefault(normalise_compact(name), short)
    return found


def _paragraphs(lines: list[Line], names: dict[str, str]) -> list[str]:
    """Return the lines without numbers and bullets; a name broken over lines is one."""
    found: list[str] = []
    for line in (part for each in lines for part in _apart(each)):
        marker = opening_marker(line.text, line.label)
        text = single_spaced(line.text[marker.end :] if marker else line.text)
        if _NOBODY.fullmatch(text):
            continue
        if found and marker is None and _carries_on(found[-1], text, names):
            found[-1] = (
                joined(found[-1], text)
                if not has_open_bracket(found[-1])
                else f"{found[-1]} {text}"
            )
        else:
            found.append(text)
    return found


def _apart(line: Line) -> list[Line]:
    """Return the parts of a line that counts them ("๑. สำนักปลัด ๒. กองคลัง"), else the line."""
    parts = parts_of([line])
    if len(parts) < 2 or not all(part.number for part in parts):
        return [line]
    return [Line(part.text, part.label) for part in parts]


def _carries_on(before: str, text: str, names: dict[str, str]) -> bool:
    if normalise_compact(text) in names and normalise_compact(before) in names:
        return False
    if has_open_bracket(before):
        return ")" in text.partition("(")[0] or not _begins_party(text, names)
    return not _begins_party(text, names)


def _begins_party(text: str, names: dict[str, str]) -> bool:
    if _BEGINS.match(text):
        return True
    compact = normalise_compact(text)
    return any(compact.startswith(name) for name in names)


def _split(text: str, names: dict[str, str]) -> list[str]:
    """Return the parties of one line: cut at signs and spaces before whatever names a party."""
    if len(text) > _LONGEST_LINE:
        return [text]
    found: list[str] = []
    begin = 0
    depth = 0
    place = 0
    while place < len(text):
        letter = text[place]
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        separator = _SEPARATOR.match(text, place)
        if separator is None or separator.end() == separator.start():
            place += 1
            continue
        after = text[separator.end() :]
        if depth and not _is_unclosed(text, place, after, names):
            place += 1
            continue
        before = text[begin:place].strip()
        if before and after and _is_cut(separator[0], before, after, names):
            found.append(before)
            begin = place = separator.end()
            depth = 0
            continue
        place = max(place + 1, separator.end() if not after.startswith("(") else place + 1)
    found.append(text[begin:].strip())
    return [
        party for party in (each.strip(" ,;/") for each in found) if not _NOBODY.fullmatch(party)
    ]


def _is_unclosed(text: str, place: int, after: str, names: dict[str, str]) -> bool:
    """Return whether the bracket before a place never closes and another division begins here."""
    opened = text.rfind("(", 0, place)
    closing = text.find(")", opened)
    reopened = text.find("(", place)
    is_open = closing < 0 or (0 <= reopened < closing)
    compact = normalise_compact(after)
    return is_open and any(compact.startswith(name) for name in names if not name.startswith("งาน"))


def _is_cut(sign: str, before: str, after: str, names: dict[str, str]) -> bool:
    """Return whether a new party begins after a sign or space."""
    sign = sign.strip()
    if sign in ("และ", "ร่วมกับ"):
        return _begins_party(after, names) and not _is_within_name(before, after, names)
    if sign in (",", ";", "+", "•", "-"):
        return _begins_party(after, names)
    if sign == "/":
        return _begins_party(after, names) and not _GENERIC.match(after)
    if after.startswith("(") or not _begins_party(after, names):
        return False
    if re.match(r"งาน|หน่วยงาน|เจ้าหน้าที่", after) and not _names_begin(after, names):
        return bool(re.match(r"หน่วยงานตรวจ", after))
    if _STAFF_OF.match(before) and (_STAFF_OF.match(after) or after.startswith("ทุก")):
        return False  # "ข้าราชการ พนักงานจ้าง ทุกส่วนราชการ" are all staff
    return not _is_within_name(before, after, names)


def _names_begin(text: str, names: dict[str, str]) -> bool:
    compact = normalise_compact(text)
    return any(compact.startswith(name) for name in names)


def _is_within_name(before: str, after: str, names: dict[str, str]) -> bool:
    """Return whether both sides are one known name: กองการศึกษา ศาสนาและวัฒนธรรม."""
    whole = normalise_compact(before + after)
    part = normalise_compact(before)
    for name in names:
        place = whole.rfind(name[: len(part)])
        if place >= 0 and len(name) > len(part) - place > 0 and whole[place:].startswith(name):
            tail = whole[place : place + len(name)]
            if part[place:] and tail.startswith(part[place:]) and len(tail) > len(part[place:]):
                return normalise_compact(after) not in names
    return False


# Names -------------------------------------------------------------------------------------------

_BRACKETED: Final = re.compile(r"\([^()]*\)?")
_POST: Final = re.compile(rf"(?:{_PEOPLE}|{_STAFF})")


def division_of(party: str, office: OfficeWords) -> str | None:
    """Return the name of the division that a party is, by name or alias; None where unknown."""
    names = _names(office)
    bare = normalise_compact(_BRACKETED.sub("", party))
    if bare in names:
        return names[bare]
    for own in (office.name, office.short_name):
        for between in ("", "ของ"):
            tail = normalise_compact(f"{between}{own}")
            if tail and bare.endswith(tail) and bare.removesuffix(tail) in names:
                return names[bare.removesuffix(tail)]
    return None


def is_known(party: str, office: OfficeWords) -> bool:
    """Return whether a party is a division, a common one (ทุกส่วนราชการ), a post or a committee."""
    bare = normalise_compact(_BRACKETED.sub("", party))
    return (
        division_of(party, office) is not None
        or bool(_COMMON.match(bare))
        or bool(_POST.match(bare) and not bare.startswith("สำนัก"))
    )


def nearest_division(party: str, office: OfficeWords) -> str:
    """Return the division whose name is most like a party's, its brackets kept, or ""."""
    names = _names(office)
    bare = normalise_compact(_BRACKETED.sub("", party))
    near = get_close_matches(bare, names, n=1, cutoff=_LEAST_LIKENESS)
    if not near:
        return ""
    bracketed = _BRACKETED.search(party)
    return f"{names[near[0]]} {bracketed[0]}" if bracketed else names[near[0]]


def named_once(
    cells: Iterable[tuple[Place, list[Party]]], notes: Notes, measure: int, steps: int
) -> list[str]:
    """Return the parties of a measure, each once, and warn of what should be looked at.

    A party for each step is named again rightly; within one list it is a slip.
    """
    found: list[str] = []
    known: set[str] = set()
    for place, parties in cells:
        in_cell: dict[str, int] = {}
        for party in parties:
            key = normalise_compact(party.text)
            if key in in_cell and (in_cell[key] == party.line or len(parties) > steps):
                notes.warn(
                    place,
                    _("ระบุผู้รับผิดชอบซ้ำ นำเข้าเพียงครั้งเดียว"),
                    value=party.text,
                    measure=measure,
                    field="responsible",
                )
            in_cell[key] = party.line
            if key in known:
                continue
            known.add(key)
            found.append(party.text)
            _warn_of_party(party, place, notes, measure)
    return found


def _warn_of_party(party: Party, place: Place, notes: Notes, measure: int) -> None:
    if party.has_open_bracket:
        notes.warn(
            place,
            _("วงเล็บไม่ปิด โปรดตรวจชื่อผู้รับผิดชอบ"),
            value=party.text,
            measure=measure,
            field="responsible",
            proposal=f"{party.text})",
        )
    if not is_known(party.text, notes.office):
        notes.warn(
            place,
            _("ไม่พบส่วนราชการนี้ในหน่วยงาน โปรดเลือกส่วนราชการที่ตรงกันหรือเพิ่มชื่ออื่นที่ใช้เรียก"),
            value=party.text,
            measure=measure,
            field="responsible",
            proposal=nearest_division(party.text, notes.office),
        )
