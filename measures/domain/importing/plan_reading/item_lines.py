"""Lines that state an item of the assessment and its score: "ข้อ I7 … เท่ากับ 79.27 คะแนน"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_arabic_digits
from measures.domain.importing.plan_reading.notes import Notes, Place

# The most items an instrument had in any year (domain.md §1.1).
_MOST: Final = {"I": 30, "E": 15, "O": 43}
_CODE: Final = re.compile(
    r"(?:ข้อ|ตัวชี้วัดย่อย|คำถาม)\s*(?:ที่|คำถามที่)?\s*\(?(?P<letter>[IEOieo])\s?-?\s?(?P<number>[0-9]{1,3})(?![0-9.])\)?"
)
_SCORE: Final = re.compile(
    r"(?:เท่ากับ|ได้|คะแนน(?:เฉลี่ย)?|:|=)\s*(?:ร้อยละ\s*)?(?P<score>-?[0-9]{1,4}(?:\.[0-9]{1,4})?)\s*(?:คะแนน|%|$)"
)
MOST_SCORE: Final = Decimal(100)


@dataclass(frozen=True)
class ItemLine:
    """An item that a text names, and its score where one is stated."""

    code: str
    score: str = ""


def item_lines(text: str) -> Iterator[ItemLine]:
    """Yield the items that begin a sentence about their score, with it; a text may hold several.

    What is only mentioned ("ในข้อ E2 ซึ่งเป็นข้อที่…") has no score behind it and is yielded
    without one.
    """
    arabic = to_arabic_digits(text)
    found = list(_CODE.finditer(arabic))
    ends = [each.start() for each in found[1:]] + [len(arabic)]
    for each, end in zip(found, ends, strict=False):
        score = _SCORE.search(arabic, each.end(), end)
        code = f"{each['letter'].upper()}{int(each['number'])}"
        yield ItemLine(code, score["score"] if score else "")


def begins_item(text: str) -> bool:
    """Return whether the text begins with the code of an item."""
    return bool(_CODE.match(to_arabic_digits(text.strip())))


def states_score(text: str) -> bool:
    """Return whether the text ends the sentence that states a score."""
    return bool(_SCORE.search(to_arabic_digits(text)))


def take_scores(text: str, place: Place, notes: Notes) -> list[str]:
    """Keep the scores a text states and return the codes of its items; warn of impossible ones."""
    codes: list[str] = []
    for line in item_lines(text):
        if not _can_be(line.code):
            notes.warn(
                place,
                _("ไม่มีข้อ %(code)s ในกรอบการประเมิน โปรดตรวจรหัสข้อ") % {"code": line.code},
                value=line.code,
            )
            continue
        codes.append(line.code)
        if not line.score:
            continue
        if not 0 <= Decimal(line.score) <= MOST_SCORE:
            notes.warn(
                place,
                _("คะแนนของข้อ %(code)s ไม่อยู่ระหว่าง ๐ ถึง ๑๐๐ จึงไม่นำเข้า") % {"code": line.code},
                value=line.score,
            )
            continue
        before = notes.draft.scores.get(line.code)
        if before is not None and Decimal(before) != Decimal(line.score):
            notes.warn(
                place,
                _("ข้อ %(code)s มีคะแนนสองค่าในไฟล์ ใช้ค่าแรก %(score)s")
                % {"code": line.code, "score": before},
                value=line.score,
            )
            continue
        notes.draft.scores[line.code] = line.score
    return list(dict.fromkeys(codes))


def _can_be(code: str) -> bool:
    return 1 <= int(code[1:]) <= _MOST[code[0]]
