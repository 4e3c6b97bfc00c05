"""What the texts around the tables say of the paper: title, organisation, year, round."""

import re
from difflib import SequenceMatcher
from typing import Final

from django.utils.translation import gettext as _

from ita_portal.thai.dates import parse_date
from ita_portal.thai.numerals import to_arabic_digits
from ita_portal.thai.periods import fiscal_year_of
from ita_portal.thai.words import normalise, normalise_compact
from measures.domain.importing.plan_reading.lines import single_spaced
from measures.domain.importing.plan_reading.notes import Notes, Place

Text = tuple[Place, str]

_TITLE: Final = re.compile(
    r"^(?:เรื่อง\s*:?\s*)?(?P<title>(?:แบบ)?(?:สรุป|รายงาน|การ|ผล|แผน|ตาราง|แบบ|ประกาศ).{0,80}?(?:มาตร(?:การ|ฐาน)|คุณธรรมและความโปร่งใส).*|มาตรการ(?:เพื่อ)?(?:ส่งเสริม|ขับเคลื่อน|ยกระดับ|ป้องกัน|การ).*)"
)
_PROSE: Final = re.compile(
    r"(?:ตามที่|ในการนี้|ด้วย|จึงเรียน|เพื่อให้)|.*(?:ดังนี้|ดังต่อไปนี้|มีรายละเอียด)\s*:?\s*$"
)
_CONTINUES_TITLE: Final = re.compile(
    r"(?:ของ|ประจำปี|ปีงบประมาณ|ปี|พ\.ศ\.|อำเภอ|จังหวัด|รอบ|\(รอบ|\(|องค์การบริหาร|เทศบาล|อบต|ภายใน|และ|ความโปร่งใส)"
)
_LONGEST_TITLE: Final = 400
_REACH: Final = 300  # characters in which the words are looked for that a year belongs to
_ERA: Final = r"(?:พ\.?\s?ศ\.?\s*)?"
_YEAR: Final = re.compile(
    rf"(?:ปีงบประมาณ|ประจำปี|ปีงบ|งบประมาณ|ปี)\s*(?:งบประมาณ)?\s*{_ERA}(?P<year>2[45][0-9]{{2}})(?![0-9])"
)
# The year that was assessed or analysed is not the plan's.
_ANALYSED: Final = re.compile(
    r"(?:ผลการประเมิน|วิเคราะห์|การประเมินคุณธรรม|ผลคะแนน|รายงานการวิเคราะห์)[^0-9]*$"
)
_OWN: Final = re.compile(r"มาตร(?:การ|ฐาน)")
_ROUND: Final = re.compile(
    r"(?:รอบ|ในรอบ|ระยะ|งวด)\s*(?:การรายงาน|ที่\s*[12])?\s*\(?\s*(?P<months>6|12|หก|สิบสอง)\s*เดือน"
)
_MONTHS_ALONE: Final = re.compile(r"\(\s*(?P<months>6|12)\s*เดือน\s*(?:แรก|หลัง)?\s*\)")
_DATE_LINE: Final = re.compile(r"^\s*(?:ณ\s*)?วันที่\s*(?P<date>.{4,40})$")
_KINDS: Final = (
    "องค์การบริหารส่วนตำบล",
    "องค์การบริหารส่วนจังหวัด",
    "เทศบาลตำบล",
    "เทศบาลเมือง",
    "เทศบาลนคร",
    "อบต.",
    "อบจ.",
    "ทต.",
    "ทม.",
)
_MENTION: Final = re.compile(rf"(?:{'|'.join(map(re.escape, _KINDS))})\s*")
_THAI_WORD: Final = re.compile("[ก-ฺเ-๎]+")
_NO_NAME: Final = re.compile(
    "ผ่าน|โทร|ที่|และ|หรือ|เพื่อ|ได้|ใน|ตาม|เรื่อง|ประจำ|ปี|รอบ|พ.ศ|มี|อำเภอ|จังหวัด|ดัง|เช่น|เป็น|จะ|โดย|ให้|ควร|เว็บ|ของ"
    "|รักษา|ปฏิบัติ|แต่ละ|ทุก|นี้|นั้น|ต่อ|กับ|จาก|เห็น|เข้า|แล้ว|ไม่|ต้อง|สามารถ"
)
_MARKS: Final = re.compile("[ัิ-ฺ็-๎]*")
_LEAST_LIKENESS: Final = 0.6
_LEAST_LETTERS: Final = 4  # of a name that may be one letter off anywhere in the file


def read_title(texts: list[Text], notes: Notes) -> set[Place]:
    """Read title, organisation, year and round from the texts; return where they were found."""
    used: set[Place] = set()
    _read_title_text(texts, notes, used)
    _read_year(texts, notes, used)
    _read_round(texts, notes, used)
    _read_organisation(texts, notes, used)
    return used


def _read_title_text(texts: list[Text], notes: Notes, used: set[Place]) -> None:
    for index, (place, text) in enumerate(texts):
        first, *others = text.split("\n")
        words = single_spaced(first.strip("* "))
        found = _TITLE.match(words)
        if found is None or _PROSE.match(words) or len(words) > _LONGEST_TITLE:
            continue
        title = found["title"]
        used.add(place)
        lines = [(place, other) for other in others] + [
            (later, line)
            for later, text in texts[index + 1 : index + 4]
            for line in text.split("\n")
        ]
        for later, line in lines:
            line = single_spaced(line.strip("* "))
            if (
                not line
                or not _CONTINUES_TITLE.match(line)
                or len(line) > 120
                or _PROSE.match(line)
            ):
                break
            title = f"{title} {line}"
            used.add(later)
        notes.draft.title = title
        return


def _read_year(texts: list[Text], notes: Notes, used: set[Place]) -> None:
    draft = notes.draft
    titles = [(place, draft.title) for place in used] if draft.title else []
    draft.fiscal_year = (
        _stated_year(titles, own=False)
        or _stated_year(texts, own=True)
        or _stated_year(texts, own=False)
        or _dated_year(texts)
    )
    if draft.fiscal_year is None:
        notes.warn(
            None,
            _("ไม่พบปีงบประมาณในไฟล์ ใช้ปีงบประมาณ พ.ศ. %(year)s ที่เลือก")
            % {"year": notes.office.fiscal_year},
            field="fiscal_year",
        )
        return
    places = [place for place, text in texts if str(draft.fiscal_year) in to_arabic_digits(text)]
    used.update(places)
    if draft.fiscal_year != notes.office.fiscal_year:
        notes.warn(
            places[0] if places else None,
            _("ไฟล์เป็นของปีงบประมาณ พ.ศ. %(found)s ไม่ใช่ปี %(asked)s ที่เลือก")
            % {"found": draft.fiscal_year, "asked": notes.office.fiscal_year},
            value=str(draft.fiscal_year),
            field="fiscal_year",
        )


def _stated_year(texts: list[Text], *, own: bool) -> int | None:
    """Return the first year that is not of an analysis; ``own``: only behind the word measures."""
    for _place, text in texts:
        arabic = to_arabic_digits(text)
        for found in _YEAR.finditer(arabic):
            before = arabic[max(0, found.start() - _REACH) : found.start()]
            if _ANALYSED.search(before) and not _OWN.search(before.rsplit("ประเมิน", 1)[-1]):
                continue
            if own and not _OWN.search(before):
                continue
            return int(found["year"])
    return None


def _dated_year(texts: list[Text]) -> int | None:
    for _place, text in texts:
        found = _DATE_LINE.match(text)
        day = parse_date(found["date"].strip(" .")) if found else None
        if day is not None:
            return fiscal_year_of(day)
    return None


def _read_round(texts: list[Text], notes: Notes, used: set[Place]) -> None:
    for source in ([(None, notes.draft.title)], texts):
        found: dict[int, Place | None] = {}
        for place, text in source:
            arabic = to_arabic_digits(text)
            match = _ROUND.search(arabic) or _MONTHS_ALONE.search(arabic)
            if match:
                months = {"หก": 6, "สิบสอง": 12}.get(match["months"]) or int(match["months"])
                found.setdefault(months, place)
        if len(found) == 1:
            [(notes.draft.round, place)] = found.items()
            if place:
                used.add(place)
            return
        if found:
            notes.warn(
                next(iter(found.values())),
                _("ไฟล์กล่าวถึงทั้งรอบ ๖ เดือนและ ๑๒ เดือน โปรดเลือกรอบการรายงาน"),
                field="round",
            )
            return


# The name of the office ---------------------------------------------------------------------------


def _read_organisation(texts: list[Text], notes: Notes, used: set[Place]) -> None:
    """Take the first name in full; one that is not the office's own is warned of."""
    for place, text in texts:
        for found in _MENTION.finditer(text):
            if name := _named(text, found.end(), notes):
                written = f"{found[0]}{name}"
                notes.draft.organisation = written
                used.add(place)
                if _kind_and_name(written, notes):
                    _warn_of_name(place, written, notes)
                return


def _own_name(notes: Notes) -> str:
    """Return the office's name without its kind."""
    name = notes.office.name
    for kind in _KINDS:
        if name.startswith(kind):
            return name.removeprefix(kind).strip()
    return name


def _named(text: str, start: int, notes: Notes) -> str:
    """Return the name that stands here: the office's own, one like it, or the word."""
    own = _own_name(notes)
    following = text[start:]
    if own and following.startswith(own):
        return own
    word = _THAI_WORD.match(following)
    if word is None or _NO_NAME.match(following):
        return ""
    almost = _almost(word[0], own)
    return almost or word[0]


def _almost(word: str, own: str) -> str:
    """Return a beginning of the word that is alike enough to the office's own name, or ""."""
    tried = {word[:length] for length in range(max(2, len(own) - 1), len(own) + 3)}
    alike = {
        written: ratio
        for written in tried
        if written
        and (
            ratio := SequenceMatcher(
                None, normalise(written), normalise(own), autojunk=False
            ).ratio()
        )
        >= _LEAST_LIKENESS
        and not (len(written) > len(own) and written.startswith(own))
    }
    found = min(alike, key=lambda each: (abs(len(each) - len(own)), -alike[each]), default="")
    if not found or len(word) <= len(own) + _LEAST_LETTERS - 1:
        return word if found else ""
    return found + _MARKS.match(word, len(found))[0]  # type: ignore[index]  # matches ""


def _kind_and_name(written: str, notes: Notes) -> bool:
    """Return whether the written name differs from both names of the office."""
    compact = normalise_compact(written)
    return compact not in {
        normalise_compact(notes.office.name),
        normalise_compact(notes.office.short_name),
        normalise_compact(f"อบต.{_own_name(notes)}"),
    }


def _warn_of_name(place: Place, written: str, notes: Notes) -> None:
    notes.warn(
        place,
        _("ชื่อหน่วยงานในไฟล์ไม่ตรงกับ “%(name)s” โปรดตรวจว่าเป็นไฟล์ของหน่วยงาน")
        % {"name": notes.office.name},
        value=written,
        field="organisation",
        proposal=notes.office.name,
    )


def warn_of_other_names(
    text: str, place: Place, notes: Notes, measure: int = 0, field: str = ""
) -> None:
    """Warn where the office's own name is spelt with a letter changed (domain.md §7)."""
    own = _own_name(notes)
    if len(own) < _LEAST_LETTERS:
        return
    for found in _MENTION.finditer(text):
        following = text[found.end() :]
        if following.startswith(own) or _NO_NAME.match(following):
            continue
        word = _THAI_WORD.match(following)
        if word and (written := _almost(word[0], own)):
            spelt = f"{found[0]}{written}"
            if not measure and any(each.value == spelt for each in notes.draft.warnings):
                continue  # outside of the measures each spelling is told once
            notes.warn(
                place,
                _("ชื่อหน่วยงานสะกดต่างจาก “%(name)s”") % {"name": notes.office.name},
                value=spelt,
                measure=measure,
                field=field,
                proposal=f"{found[0]}{own}",
            )
