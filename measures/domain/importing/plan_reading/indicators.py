"""The ten indicators of the assessment, by the names that plans give them (domain.md §1.1)."""

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Final

from ita_portal.thai.words import normalise_compact

_NAMES: Final = (
    "การปฏิบัติหน้าที่",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การใช้ทรัพย์สินของทางราชการ",
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงการทำงาน",
    "การปรับปรุงระบบการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
)
_BY_COMPACT: Final = {normalise_compact(name): name for name in _NAMES}
_NUMBERED: Final = re.compile(r"^\s*ตัวชี้วัด(?:ย่อย)?\s*(?:ที่)?\s*[0-9๐-๙.]*\s*[:.)]?\s*")
_LEAST_LIKENESS: Final = 0.9


def indicator_named(text: str) -> str:
    """Return the indicator whose name the text is, a slip of the pen allowed; else ""."""
    compact = normalise_compact(without_number(text))
    if compact in _BY_COMPACT:
        return _BY_COMPACT[compact]
    for known, name in _BY_COMPACT.items():
        alike = SequenceMatcher(None, compact, known, autojunk=False)
        # The first two are never less than the third, and cost little.
        if all(ratio() >= _LEAST_LIKENESS for ratio in _ratios(alike)):
            return name
    return ""


def _ratios(matcher: SequenceMatcher[str]) -> tuple[Callable[[], float], ...]:
    return matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio


def without_number(text: str) -> str:
    """Return the name that follows "ตัวชี้วัดที่ ๒", or the whole where no name follows."""
    return _NUMBERED.sub("", text).strip() or text.strip()
