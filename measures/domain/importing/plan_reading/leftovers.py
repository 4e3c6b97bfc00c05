"""What recognition and copying leave behind: signs of pictures, Latin garbage, foreign dates."""

import re
from typing import Final

from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_arabic_digits
from measures.domain.importing.plan_drafts import Fate
from measures.domain.importing.plan_reading.lines import Line
from measures.domain.importing.plan_reading.markers import opening_marker
from measures.domain.importing.plan_reading.notes import Notes, Place
from measures.domain.importing.plan_reading.text_repair import joined_proposal
from measures.domain.proofreading.passages import ADDRESS

_PICTURE: Final = re.compile(r"\[(?:image|รูปภาพ|ภาพ)\s*:[^\]]{0,300}\]", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[®«»©¢£¥§¶¤¬¦°±™†‡¿¡\ufffd]+")
_THAI: Final = re.compile("[ก-๙]")
_LATIN_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ]+")
# Latin words that official Thai uses; others alone in a line are what a screen was read as.
_KNOWN: Final = re.compile(
    r"\b(?:ITA|IIT|EIT|OIT|ITAS|E-?Service|E-?Plan|E-?GP|E-?LAAS|E-?Office|QR|Code|Line|LINE|Facebook|Fanpage|Page"
    r"|Website|Web|Google|Form|Forms|Clip|Youtube|YouTube|No|Gift|Policy|NACC|Open|Data"
    r"|Info ?graphic|Application|App|Internet|Integrity|Transparency|Assessment|Public|Survey"
    r"|Social|Network|Media|Online|Zoom|PDF"
    r"|Word|Excel|Email|E-?mail|Q&A|One|Stop|Service|Services|Do|Don't|Don|ts|Dos|Conflict|of|Interest|SMS|TV|IT|OA"
    r"|Call|Center|Messenger|Tiktok|TikTok|Official|Account|Smart|and|the|Internal|External|ID|URL|Link|Banner|Pop|up)\b",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<![0-9.,/])(?:[1-9][0-9]{0,3}/)?(?P<year>2[45][0-9]{2})(?![0-9.,])")
_RANGE: Final = re.compile(r"2[45][0-9]{2}\s*(?:-|–|ถึง)\s*2[45][0-9]{2}")
_LAW: Final = re.compile(
    r"(?:พระราชบัญญัติ|พ\.?ร\.?บ|พระราชกฤษฎีกา|รัฐธรรมนูญ|ประมวล|ระเบียบ|ข้อบังคับ|กฎกระทรวง|ยุทธศาสตร์|แผนพัฒนา|หลักเกณฑ์|มติ)"
    r"[^0-9]{0,120}$"
)
_TORN_LETTER: Final = re.compile(
    r"(?:ที่\s*[0-9]{1,4}/[0-9]{4}\s*)?ลงวันที่[^ก-ฮ]{0,12}(?:[ก-ฮ][^\s]{2,12}\s+)?(?:[0-9]{4})?\s*(?:เรื่อง)?\s*$"
)
_REACH: Final = 160  # characters in which a law may be named before its year
_YEARS_BEFORE: Final = 2
_YEARS_AFTER: Final = 1


def without_leftovers(
    lines: list[Line], place: Place, notes: Notes, *, measure: int = 0, field: str = ""
) -> list[Line]:
    """Return the lines without what pictures and recognition left; each piece is noted."""
    kept: list[Line] = []
    for line in lines:
        text, taken = parted(line.text)
        for piece in taken:
            notes.fate(place, piece, Fate.QUARANTINED, measure=measure, field=field)
            notes.warn(
                place,
                _("ข้อความตกค้างจากภาพหรือการแปลงไฟล์ ไม่นำเข้า"),
                value=piece,
                measure=measure,
                field=field,
            )
        if text or not taken:
            kept.append(Line(text, line.label))
    return kept


def parted(text: str) -> tuple[str, list[str]]:
    """Return what of a line is words, and the left-overs in it."""
    if is_garbage(text):
        return "", [text]
    taken = _PICTURE.findall(text)
    rest = _PICTURE.sub(" ", text)
    if signs := _SIGNS.findall(rest):
        taken += signs
        rest = _SIGNS.sub(" ", rest)
    if not taken:
        return text, []
    return re.sub(r"[ \t]{2,}", " ", rest).strip(), taken


def is_garbage(text: str) -> bool:
    """Return whether a line without Thai is what recognition makes of a picture.

    Addresses, numbers and the Latin words of official Thai are none.
    """
    bare = text.strip()
    if not bare or _THAI.search(ADDRESS.sub(" ", bare)):
        return False
    rest = ADDRESS.sub(" ", bare)
    rest = _KNOWN.sub(" ", rest)
    if _SIGNS.search(rest) or _PICTURE.search(rest):
        return True
    words = _LATIN_WORD.findall(rest)
    return bool(words) and not re.fullmatch(
        r"[\s\d()./,:&'\"-]*(?:[A-Z][a-z]+\s*){1,3}[\s\d()./,:-]*", rest
    )


def warn_of_lines(
    lines: list[Line], place: Place, notes: Notes, *, measure: int = 0, field: str = ""
) -> None:
    """Warn of torn words and of dates that do not belong, at the cell they stand in."""
    for line in lines:
        # Without the mark of the list, which is no part of the value that the proposal is for.
        marker = opening_marker(line.text)
        text = line.text[marker.end :] if marker else line.text
        if proposal := joined_proposal(text):
            notes.warn(
                place,
                _("มีช่องว่างแทรกในคำ (ข้อความจัดชิดขอบ) เสนอข้อความที่เชื่อมคำแล้ว โปรดตรวจตัวสะกด"),
                value=text,
                measure=measure,
                field=field,
                proposal=proposal,
            )
        if field != "period":
            _warn_of_dates(line.text, place, notes, measure, field)


def _warn_of_dates(text: str, place: Place, notes: Notes, measure: int, field: str) -> None:
    arabic = to_arabic_digits(text)
    bare = _RANGE.sub(lambda found: " " * len(found[0]), arabic)
    first = notes.fiscal_year - _YEARS_BEFORE
    last = notes.fiscal_year + _YEARS_AFTER
    for found in _YEAR.finditer(bare):
        year = int(found["year"])
        if first <= year <= last or _LAW.search(
            bare[max(0, found.start() - _REACH) : found.start()]
        ):
            continue
        notes.warn(
            place,
            _("ปี %(year)s ไม่น่าเกี่ยวกับปีงบประมาณ พ.ศ. %(own)s อาจเป็นข้อความที่ติดมาจากเอกสารอื่น")
            % {"year": year, "own": notes.fiscal_year},
            value=text[max(0, found.start() - 30) : found.end() + 10],
            measure=measure,
            field=field,
        )
    if (torn := _TORN_LETTER.search(arabic)) and len(torn[0].strip()) > len("ลงวันที่") - 1:
        notes.warn(
            place,
            _("ท้ายข้อความมีเลขที่หรือวันที่หนังสือที่ไม่จบ อาจติดมาจากเอกสารอื่น"),
            value=text[torn.start() :],
            measure=measure,
            field=field,
            proposal=text[: torn.start()].strip(),
        )
