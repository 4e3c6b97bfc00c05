"""What must stay on one line of paper: names of persons, dates, numbers with their unit.

WeasyPrint leaves the breaking of lines to Pango, and Pango asks libthai's dictionary, which does
not know names and numbers: it breaks สมมติ|ชนก, ๗๖๘๐๑/|๕๒ and พ.ศ.|๒๕๖๗.

Here is decided what is held together, and it is marked with a joiner. The characters meant for
that make it worse (tried with WeasyPrint 70, Pango 1.50, libthai 0.1.29): libthai breaks at any
U+2060 WORD JOINER or U+FEFF, even between two digits, and after a U+00A0 NO-BREAK SPACE before a
Thai character. U+034F COMBINING GRAPHEME JOINER holds and is not copied out of the PDF, but no
Thai font has it: Pango takes it from another font, which then stands in the PDF. Where that
matters, put the pieces of ``held_together`` into spans with ``white-space: nowrap`` instead.
Tests print both.
"""

import re
from collections.abc import Iterator
from typing import Final

from ita_portal.thai.months import FULL_MONTHS, SHORT_MONTHS

JOINER: Final = "\u034f"

_DIGIT: Final = "[0-9๐-๙]"
# Longer than any number of an office: the bounds keep a hostile text from making us slow.
_NUMBER: Final = rf"{_DIGIT}{{1,15}}(?:[.,]{_DIGIT}{{1,15}}){{0,5}}"
_SPACE: Final = "[\u0020\u00a0]"
_THAI: Final = "[ก-ฮฤฦะ-ฺเ-ๅ็-๎]"
_MONTH: Final = "|".join(re.escape(name) for name in (*FULL_MONTHS, *SHORT_MONTHS))

# Titles and ranks as memos of local offices have them, longest first.
_TITLE: Final = (
    r"ว่าที่(?: ?(?:ร้อยตรี|ร้อยโท|ร้อยเอก|พันตรี|ร\.ต\.|ร\.ท\.|ร\.อ\.))?(?:หญิง)?"
    r"|พันจ่า(?:ตรี|โท|เอก)|จ่าสิบ(?:ตรี|โท|เอก)|จ่า(?:ตรี|โท|เอก)|สิบตำรวจ(?:ตรี|โท|เอก)"
    r"|สิบ(?:ตรี|โท|เอก)|พ\.จ\.[ตทอ]\.|จ\.ส\.[ตทอ]\.|จ\.[ตทอ]\.|ส\.ต\.[ตทอ]\.|ส\.[ตทอ]\.|ด\.ต\."
    r"|นางสาว|น\.ส\.|นาย|นาง|ดร\.|ผศ\.|รศ\.|ศ\."
)
# นาย and นาง also begin the names of posts and other words.
_NOT_A_PERSON: Final = (
    r"นายก(?:องค์การ|เทศ|รัฐ|สภา|สมาคม|เมือง|อบ[ตจ]|ฯ|[^ก-๎])|นายอำเภอ|นายทะเบียน|นายช่าง"
    r"|นายแพทย์|นายจ้าง|นายหน้า|นายทหาร|นายตรวจ|นางพยาบาล"
)
_NAME: Final = rf"{_THAI}{{2,20}}"

_KEPT_WHOLE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # (นายสมมติ ทดสอบ). A surname that runs on into the sentence is held for 20 characters.
        rf"(?<!ท)(?!{_NOT_A_PERSON})(?:{_TITLE}){_SPACE}?{_NAME}{_SPACE}{{1,2}}{_NAME}",
        # ๓๐ มีนาคม พ.ศ. ๒๕๖๔, มี.ค. ๖๔
        rf"(?:{_DIGIT}{{1,2}}{_SPACE}?)?(?:{_MONTH}){_SPACE}?(?:พ\.ศ\.{_SPACE}?)?{_DIGIT}{{2,4}}",
        rf"{_DIGIT}{{1,2}}{_SPACE}?(?:{_MONTH})",
        rf"[พค]\.ศ\.{_SPACE}?{_DIGIT}+",
        # ๐๔๒ - ๒๑๙๙๑๗, ๐๘๑-๒๓๔ ๕๖๗๘
        rf"[0๐]{_DIGIT}{{1,3}}{_SPACE}?-{_SPACE}?{_DIGIT}{{3,7}}(?:{_SPACE}?-?{_SPACE}?{_DIGIT}{{3,4}})?",
        # อด ๗๖๘๐๑/๕๒, นธ ๗๓๘๐๑.๑/-, ๑๔๙/๒๕๖๖, ๗๖๘๐๑/ว ๑๒
        rf"(?:(?<!{_THAI})[ก-ฮ]{{2}}{_SPACE})?{_NUMBER}/(?:ว{_SPACE}?)?(?:{_DIGIT}+|-)",
        rf"{_NUMBER}{_SPACE}?(?:วัน|สัปดาห์|เดือน|ปี|บาท|คน|ราย|ข้อ|ครั้ง|คะแนน|ชั่วโมง|นาที|น\.|ฉบับ"
        r"|เรื่อง|โครงการ|แห่ง|หน้า|หมู่บ้าน|ขั้นตอน|มาตรการ|ตัวชี้วัด|%)",
        rf"(?:ร้อยละ|ข้อ|ที่|มาตรา|มาตรการ|ตัวชี้วัด|ไตรมาส|ระดับ|เวลา|รอบ|จำนวน|โทร\.){_SPACE}?{_NUMBER}",
        rf"\S{_SPACE}ๆ",
    )
)

# Between these two characters nothing may come, or the marks would lose their consonant: a leading
# vowel and what follows, anything and a mark or a following vowel.
_ONE_CLUSTER: Final = re.compile("[เ-ไ].|.[ะ-ฺๅ็-๎]", re.DOTALL)
_TWO_DIGITS: Final = re.compile(_DIGIT * 2)  # libthai keeps digits together


def held_together(text: str) -> list[tuple[int, int]]:
    """Return where the pieces that must not be broken start and end, in order.

    Pieces are: title, name and surname; a day with its month and year; พ.ศ. with the year;
    telephone and document numbers; a number with the unit after it or the word before it; a word's
    last letter and the ๆ behind a space. Pieces that overlap are one.
    """
    found = sorted(
        _whole_clusters(text, *match.span())
        for pattern in _KEPT_WHOLE
        for match in pattern.finditer(text)
    )
    held: list[tuple[int, int]] = []
    for start, end in found:
        if held and start < held[-1][1]:
            held[-1] = (held[-1][0], max(end, held[-1][1]))
        else:
            held.append((start, end))
    return held


def keep_whole(text: str) -> str:
    """Return text for paper in which the pieces of ``held_together`` stay on one line.

    Adds only ``JOINER``: ``without_joiners`` gives the text back. Joiners already there are set
    anew, so that twice is the same as once.

    For text on its way to the printer, never for text that is stored, shown on screen or compared.
    """
    plain = without_joiners(text)
    joined = {
        position for span in held_together(plain) for position in _cluster_starts(plain, *span)
    }
    return "".join(
        JOINER + character if position in joined else character
        for position, character in enumerate(plain)
    )


def without_joiners(text: str) -> str:
    """Return the text as it was before ``keep_whole``."""
    return text.replace(JOINER, "")


def _whole_clusters(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the piece widened until it cuts no cluster: "นี่ ๆ" from its consonant on."""
    while start > 0 and _ONE_CLUSTER.match(text, start - 1, start + 1):
        start -= 1
    while end < len(text) and _ONE_CLUSTER.match(text, end - 1, end + 1):
        end += 1
    return start, end


def _cluster_starts(text: str, start: int, end: int) -> Iterator[int]:
    return (
        position
        for position in range(start + 1, end)
        if not _ONE_CLUSTER.match(text, position - 1, position + 1)
        and not _TWO_DIGITS.match(text, position - 1, position + 1)
    )
