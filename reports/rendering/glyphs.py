"""Which characters paper can show, with which font, how wide, and what to say of the others.

A character that the text font lacks is drawn with a fallback font; one that none has would become
a blank box, and is printed by its number instead, "[U+1F600]". Whoever publishes asks first.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from fontTools.ttLib import TTFont

from ita_portal.thai.numerals import to_thai_digits
from reports.rendering.fonts import fallback_fonts, text_font_file
from reports.sections.texts import Content

FALLBACK_COLUMNS = 2.0  # as wide as an emoji comes out beside Thai; letters are narrower
# Letters and marks that show nothing: a joiner, selectors of colour, fillers of Korean syllables.
_SHOWS_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u180b-\u180d\ufe00-\ufe0f\u3164\uffa0\U000e0100-\U000e01ef]"
)
_HYPHENS = {0x2010: "-", 0x2011: "-", 0x2212: "–"}


class _Shown(dict[int, str]):
    """What stands on paper for each code point; worked out at its first use."""

    def __missing__(self, code: int) -> str:
        self[code] = shown = self._shown(chr(code))
        return shown

    @staticmethod
    def _shown(character: str) -> str:
        kind = unicodedata.category(character)
        if character == "\n" or kind in {"Zl", "Zp"}:
            return "\n"
        if character == "\t" or (kind == "Zs" and character != "\u00a0"):
            return " "
        if kind in {"Cc", "Cf"} or _SHOWS_NOTHING.match(character):
            return ""
        return _HYPHENS.get(ord(character), character)


_SHOWN = _Shown()


def visible(text: str) -> str:
    """Return the text without what nobody sees, odd hyphens and spaces as the plain ones.

    Left in, each of them would put a second font into the PDF.
    """
    return text.translate(_SHOWN)


# What the fonts hold ------------------------------------------------------------------------------


def _has_one_meaning(code: int) -> bool:
    """Say whether a character is the same to every reader: a private one is not, glyph or none."""
    return unicodedata.category(chr(code)) != "Co"


@cache
def _characters_of(file: Path) -> frozenset[str]:
    with TTFont(file, lazy=True) as font:
        return frozenset(chr(code) for code in font.getBestCmap() if _has_one_meaning(code))


@cache
def _columns_of(file: Path) -> Mapping[str, float]:
    with TTFont(file, lazy=True) as font:
        advances = font["hmtx"].metrics
        glyphs = font.getBestCmap()
        one = advances[glyphs[ord("ก")]][0]
        return {
            chr(code): advances[glyph][0] / one
            for code, glyph in glyphs.items()
            if _has_one_meaning(code)
        }


def text_font_columns() -> Mapping[str, float]:
    """Return the characters the font of running text has, and their widths in letters ก."""
    return _columns_of(text_font_file())


def columns(text: str, *, known: Mapping[str, float]) -> float:
    """Return how wide a text is printed, in widths of the letter ก."""
    return sum(known.get(character, FALLBACK_COLUMNS) for character in text)


def _has_fallback(character: str) -> bool:
    return any(character in _characters_of(file) for file in fallback_fonts().values())


# What they do not ---------------------------------------------------------------------------------


def code_of(character: str) -> str:
    """Return a character's number: U+1F600."""
    return f"U+{ord(character):04X}"


def unprintable(text: str) -> list[str]:
    """Return the characters of a text that no font can print, each once, in order."""
    known = text_font_columns()
    return [
        character
        for character in dict.fromkeys(visible(text))
        if character != "\n" and character not in known and not _has_fallback(character)
    ]


def with_unprintable_named(text: str) -> str:
    """Return a text of ``visible`` with "[U+1F600]" where no font has the character."""
    if text_font_columns().keys() >= set(text):
        return text
    for character in unprintable(text):
        text = text.replace(character, f"[{code_of(character)}]")
    return text


# Where a text of the frozen content is typed, as the forms name it. What stands under another key
# is named by what it stands in.
_PLACES = {
    "organisation": _("ข้อมูลหน่วยงาน"),
    "office": _("ส่วนราชการ"),
    "number": _("ที่"),
    "subject": _("เรื่อง"),
    "addressee": _("เรียน"),
    "through": _("ผ่าน"),
    "opening": _("ความนำ"),
    "measures_title": _("หัวข้อตารางมาตรการ"),
    "assessment": _("ผลการประเมิน"),
    "approach": _("แนวทางการนำผลการวิเคราะห์ไปสู่การปฏิบัติ"),
    "results_title": _("หัวข้อตารางผล"),
    "closing": _("ข้อความลงท้าย"),
    "title": _("ชื่อมาตรการ"),
    "steps": _("ขั้นตอนหรือวิธีการ"),
    "responsible": _("ผู้รับผิดชอบ"),
    "period": _("ระยะเวลาดำเนินการ"),
    "monitoring": _("การกำกับติดตาม"),
    "status_note": _("หมายเหตุสถานะ"),
    "result": _("ผลการดำเนินการ"),
    "outcome": _("ผลลัพธ์"),
    "suggestion": _("ข้อเสนอแนะ"),
    "evidence": _("หลักฐาน"),
    "analysis": _("บทวิเคราะห์"),
    "references": _("เอกสารอ้างอิง"),
    "signoff": _("การเสนอลงนาม"),
    "opinion": _("ความเห็น"),
    "reason": _("เหตุผล"),
}
_NUMBERED = {"measures": _("มาตรการที่ %(number)s"), "findings": _("ประเด็นที่ %(number)s")}


def unprintable_places(content: Content) -> list[tuple[str, list[str]]]:
    """Return where in a frozen content characters stand that no font can print, and which."""
    found: dict[str, dict[str, None]] = {}
    for place, text in _texts(content, ""):
        missing = unprintable(text)
        if missing:
            found.setdefault(place, {}).update(dict.fromkeys(missing))
    return [(place, list(characters)) for place, characters in found.items()]


def unprintable_message(content: Content) -> str:
    """Return what a person must mend before this content can be published, or ""."""
    places = [
        f"{place}: {', '.join(f'{_as_seen(each)} ({code_of(each)})' for each in characters)}"
        for place, characters in unprintable_places(content)
    ]
    if not places:
        return ""
    return gettext(
        "เอกสารมีอักขระที่พิมพ์ไม่ได้ เพราะแบบอักษรไม่รองรับ โปรดลบหรือพิมพ์เป็นคำแทน ได้แก่ %(places)s"
    ) % {"places": "; ".join(places)}


def _as_seen(character: str) -> str:
    """Return the character for a screen, which may have fonts that paper has not."""
    return character if unicodedata.category(character)[0] != "C" else "□"


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Yield where each text of the content stands, and the text."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for inside in value:
            yield from _texts(inside, place)
    elif isinstance(value, dict):
        for key, inside in value.items():
            if key in _NUMBERED and isinstance(inside, list):
                for each in inside:
                    yield from _texts(each, _numbered(key, each))
            else:
                yield from _texts(inside, f"{place} {_PLACES.get(key, '')}".strip())


def _numbered(key: str, record: object) -> str:
    number = record["number"] if isinstance(record, dict) else ""
    return _NUMBERED[key] % {"number": to_thai_digits(number)}
