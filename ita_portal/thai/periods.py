"""Fiscal years, rounds, quarters, and periods as plans write them.

The fiscal year of พ.ศ. N runs from 1 October N-1 to 30 September N. A measure's period is kept as
written; its bounds are read where the text states them, and are never guessed.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.dates import (
    BUDDHIST_ERA,
    ERA_PATTERN,
    buddhist_year,
    calendar_year,
    in_thailand,
    memo_date,
)
from ita_portal.thai.months import FULL_MONTHS, MONTH_PATTERN, month_number
from ita_portal.thai.words import normalise_compact

FIRST_FISCAL_MONTH: Final = 10  # October
ROUND_MONTHS: Final = (6, 12)

Bounds = tuple[date, date]
OpenBounds = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Period:
    """A period as written, and what could be read of it.

    ``start`` and ``end`` are the first and the last day, None where the text does not state them:
    "ภายในวันที่ ๓๐ เมษายน ๒๕๖๔" has an end alone, "ต.ค. ๖๓ เป็นต้นไป" a start alone. ``repeating``
    says that the text speaks of something done again and again ("ทุกเดือน").
    """

    text: str
    start: date | None = None
    end: date | None = None
    repeating: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the text stated both bounds."""
        return self.start is not None and self.end is not None

    @property
    def is_stated(self) -> bool:
        """Whether the text stated one bound at least."""
        return self.start is not None or self.end is not None


# Years, rounds and quarters ----------------------------------------------------------------------


def fiscal_year_of(moment: date) -> int:
    """Return the fiscal year (พ.ศ.) a day belongs to: 30 September 2564 is 2564, the next 2565."""
    day = in_thailand(moment)
    return buddhist_year(day) + (1 if day.month >= FIRST_FISCAL_MONTH else 0)


def fiscal_year_bounds(fiscal_year: int) -> Bounds:
    """Return the first and the last day of a fiscal year (พ.ศ.)."""
    year = fiscal_year - BUDDHIST_ERA
    return date(year - 1, FIRST_FISCAL_MONTH, 1), date(year, 9, 30)


def quarter_bounds(fiscal_year: int, quarter: int) -> Bounds:
    """Return the first and the last day of quarter 1 (October to December) to 4."""
    year = fiscal_year - BUDDHIST_ERA
    month = (FIRST_FISCAL_MONTH, 1, 4, 7)[quarter - 1]
    if quarter == 1:
        year -= 1
    return date(year, month, 1), date(year, month + 2, _days_in(year, month + 2))


def round_bounds(fiscal_year: int, months: int) -> Bounds:
    """Return what a reporting round covers: 6 months to 31 March, 12 months to 30 September.

    Both start with the fiscal year. Raises ValueError, in Thai, for other numbers of months.
    """
    if months not in ROUND_MONTHS:
        raise ValueError(
            format_lazy(_("ไม่มีรอบ {months} เดือน มีเฉพาะรอบ ๖ และ ๑๒ เดือน"), months=months)
        )
    start, end = fiscal_year_bounds(fiscal_year)
    return (start, end) if months == 12 else (start, quarter_bounds(fiscal_year, 2)[1])


def is_within_fiscal_year(period: Period, fiscal_year: int) -> bool:
    """Return whether the bounds that a period states lie in the fiscal year (พ.ศ.).

    A period without bounds gives False: ask ``period.is_stated`` before warning anyone.
    """
    first, last = fiscal_year_bounds(fiscal_year)
    stated = [bound for bound in (period.start, period.end) if bound is not None]
    return bool(stated) and all(first <= bound <= last for bound in stated)


# Writing -----------------------------------------------------------------------------------------


def format_period(start: date, end: date, *, thai_digits: bool = True) -> str:
    """Return ``๑ ตุลาคม ๒๕๖๕ – ๓๐ กันยายน ๒๕๖๖``; one date when both days are the same.

    ``parse_period`` reads it back to the same days. Raises ValueError, in Thai, when the start is
    after the end.
    """
    if start > end:
        raise ValueError(_("วันเริ่มต้นอยู่หลังวันสิ้นสุด โปรดตรวจสอบระยะเวลาดำเนินการ"))
    first, last = (memo_date(day, thai_digits=thai_digits) for day in (start, end))
    return first if first == last else f"{first} – {last}"


# Reading -----------------------------------------------------------------------------------------

_FISCAL_YEAR: Final = (
    rf"(?:ของ|ใน|ประจำ)?ปีงบ(?:ประมาณ|ฯ|\.)?{ERA_PATTERN}?(?P<fiscal_year>[0-9]{{4}})?"
)


def _side(name: str) -> str:
    """Return the pattern of one end: a day perhaps, a month, a year perhaps."""
    return (
        rf"(?:วันที่)?(?P<{name}_day>[0-9]{{1,2}})?(?:เดือน)?(?P<{name}_month>{MONTH_PATTERN})"
        rf"(?:{ERA_PATTERN}?(?P<{name}_year>[0-9]{{4}}|[0-9]{{2}}))?"
    )


# All patterns are for text without spaces and with every kind of dash or "ถึง" made one hyphen.
_DASHES: Final = re.compile(r"[-‐-―−~]|จนถึง|ถึง")
_OPENING: Final = re.compile(r"^(?:ดำเนินการ)?(?:ตั้งแต่|ระหว่าง|(?:ใน)?ช่วง|ณ|ใน(?=เดือน))")
# "1/10/2563", as sheets show days: read as its month's name. Two digits of a year are not enough.
_NUMBERS: Final = re.compile(r"(?<![0-9/])([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?![0-9/])")
# One end alone: until a day, from a day on.
_DEADLINE: Final = re.compile(rf"(?:ให้)?(?:แล้วเสร็จ)?(?:ภายใน|ไม่เกิน){_side('end')}")
_ONWARDS: Final = re.compile(rf"(?:ตั้งแต่)?{_side('end')}(?:เป็นต้นไป|เป็นต้นมา)")
_RANGE: Final = re.compile(rf"{_side('start')}-{_side('end')}")
_DAYS_OF_A_MONTH: Final = re.compile(rf"(?:วันที่)?(?P<start_day>[0-9]{{1,2}})-{_side('end')}")
_ONE: Final = re.compile(_side("end"))
_WHOLE_FISCAL_YEAR: Final = re.compile(rf"(?:ตลอดทั้ง|ตลอด|ทั้ง|ภายใน)?{_FISCAL_YEAR}")
_QUARTERS: Final = re.compile(
    r"(?:(?:ภาย)?ใน)?ไตรมาส(?:ที่)?(?P<first>[1-4])"
    r"(?:-(?:ไตรมาส(?:ที่)?)?(?P<last>[1-4])|(?P<others>(?:(?:,|และ)(?:ไตรมาส(?:ที่)?)?[1-4])+))?"
    rf"(?:/(?P<year>[0-9]{{4}})|{_FISCAL_YEAR})?"
)
_ROUND: Final = re.compile(
    rf"(?:รอบ)?(?:(?P<months>6|12)เดือน|6เดือน(?P<half>แรก|หลัง))(?:{_FISCAL_YEAR})?"
)
_TEXT_WITH_NOTE: Final = re.compile(r"(?P<text>[^()]+)\((?P<note>[^()]+)\)")
_REPEATING: Final = re.compile(
    r"(?:เป็น)?(?:ประจำ)?ทุก(?:[0-9]{1,2})?(?:วัน|สัปดาห์|เดือน|ไตรมาส|ปี(?!งบ)|รอบ|ครั้ง)"
    r"|ราย(?:วัน|สัปดาห์|เดือน|ไตรมาส)|(?:เป็น)ประจำ|รอบไตรมาส(?!(?:ที่)?[1-4])"
)
# Beside "ทุกเดือน" these too say how often, not when.
_ALSO_HOW_OFTEN: Final = re.compile(r"รอบ[0-9]{1,2}เดือน|และ|,")


def parse_period(text: str, *, fiscal_year: int | None = None) -> Period:
    """Return the period that a plan states, with the text exactly as it was written.

    Ranges of dates or months, single dates and months, fiscal years, quarters, rounds, deadlines
    and beginnings are read; a missing first day is the first of the month, a missing last day the
    end of it, a missing first year the last one's. ``fiscal_year`` (พ.ศ., the plan's own) places
    quarters, rounds and months written without a year.

    Never raises: what cannot be read, starts after its end, or could mean two things has
    ``start`` and ``end`` None.
    """
    compact = _DASHES.sub("-", normalise_compact(text))
    repeating = bool(_REPEATING.search(compact))
    if repeating:
        compact = _ALSO_HOW_OFTEN.sub("", _REPEATING.sub("", compact)).replace("()", "")
    compact = _NUMBERS.sub(_with_month_named, compact)
    bounds = _bounds(compact, fiscal_year)
    if bounds is None:
        return Period(text, *_open_bounds(compact, fiscal_year), repeating=repeating)
    if bounds[0] > bounds[1]:
        return Period(text, repeating=repeating)
    return Period(text, *bounds, repeating=repeating)


def _with_month_named(found: re.Match[str]) -> str:
    """Return a day in numbers with its month named; as it was where there is no such month."""
    day, month, year = found.groups()
    return f"{day}{FULL_MONTHS[int(month) - 1]}{year}" if 1 <= int(month) <= 12 else found[0]


def _open_bounds(compact: str, fiscal_year: int | None) -> OpenBounds:
    """Return the one end that a text states, and None for the other or for both."""
    if found := _DEADLINE.fullmatch(compact):
        bounds = _read_range(found.groupdict(), fiscal_year)
        return None, bounds[1] if bounds else None
    if found := _ONWARDS.fullmatch(compact):
        bounds = _read_range(found.groupdict(), fiscal_year)
        return bounds[0] if bounds else None, None
    return None, None


def _bounds(compact: str, fiscal_year: int | None) -> Bounds | None:
    compact = _OPENING.sub("", compact)
    if found := _TEXT_WITH_NOTE.fullmatch(compact):
        # "ปีงบประมาณ ๒๕๖๗ (ต.ค. ๖๖ - ก.ย. ๖๗)": said twice; read only if both say the same.
        bounds = _bounds(found["text"], fiscal_year)
        return bounds if bounds == _bounds(found["note"], fiscal_year) else None
    for pattern, read in (
        (_RANGE, _read_range),
        (_DAYS_OF_A_MONTH, _read_range),
        (_ONE, _read_range),
        (_WHOLE_FISCAL_YEAR, _read_fiscal_year),
        (_QUARTERS, _read_quarters),
        (_ROUND, _read_round),
    ):
        if found := pattern.fullmatch(compact):
            return read(found.groupdict(), fiscal_year)
    return None


def _read_range(parts: dict[str, str | None], fiscal_year: int | None) -> Bounds | None:
    end_month = month_number(parts["end_month"] or "")
    written_start_month = parts.get("start_month")
    start_month = month_number(written_start_month) if written_start_month else end_month
    start_year = _year(parts.get("start_year") or parts["end_year"], start_month, fiscal_year)
    end_year = _year(parts["end_year"], end_month, fiscal_year)
    if (
        start_year is None
        or end_year is None
        or (parts.get("start_year") and not parts["end_year"])
    ):
        return None
    is_single = "start_day" not in parts
    start_day = parts["end_day"] if is_single else parts["start_day"]
    start = _date(start_year, start_month, int(start_day or 1))
    end = _date(end_year, end_month, int(parts["end_day"] or _days_in(end_year, end_month)))
    return (start, end) if start and end else None


def _read_fiscal_year(parts: dict[str, str | None], fiscal_year: int | None) -> Bounds | None:
    year = _stated_fiscal_year(parts["fiscal_year"], fiscal_year)
    return fiscal_year_bounds(year) if year else None


def _read_quarters(parts: dict[str, str | None], fiscal_year: int | None) -> Bounds | None:
    year = _stated_fiscal_year(parts["year"] or parts["fiscal_year"], fiscal_year)
    if year is None:
        return None
    first = int(parts["first"] or 0)
    others = [int(other) for other in re.findall("[1-4]", parts["others"] or "")]
    if others != [*range(first + 1, first + 1 + len(others))]:
        return None  # "ไตรมาส ๑ และ ๓": no one period
    last = int(parts["last"] or (others or [first])[-1])
    return quarter_bounds(year, first)[0], quarter_bounds(year, last)[1]


def _read_round(parts: dict[str, str | None], fiscal_year: int | None) -> Bounds | None:
    year = _stated_fiscal_year(parts["fiscal_year"], fiscal_year)
    if year is None:
        return None
    if parts["half"] == "หลัง":
        return quarter_bounds(year, 3)[0], quarter_bounds(year, 4)[1]
    return round_bounds(year, int(parts["months"] or 6))


def _stated_fiscal_year(written: str | None, fiscal_year: int | None) -> int | None:
    """Return the year in the text, else the plan's; None when neither is there or it is absurd."""
    if written is None:
        return fiscal_year
    return int(written) if calendar_year(written) else None


def _year(written: str | None, month: int, fiscal_year: int | None) -> int | None:
    """Return the calendar's year of a month: as written, else as the plan's fiscal year has it."""
    if written is not None:
        return calendar_year(written)
    if fiscal_year is None:
        return None
    start, end = fiscal_year_bounds(fiscal_year)
    return start.year if month >= FIRST_FISCAL_MONTH else end.year


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 31 เมษายน
        return None
