"""Moving what a plan says from one fiscal year to another, and noting what to look at."""

import calendar
import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ita_portal.thai.dates import buddhist_year
from ita_portal.thai.numerals import to_thai_digits
from ita_portal.thai.periods import fiscal_year_bounds, format_period, parse_period
from measures.domain.proofreading.mentions import Mention, mentions_in


def moved_day(day: datetime.date, years: int) -> datetime.date:
    """Return the same day ``years`` later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def moved_end(day: datetime.date, years: int) -> datetime.date:
    """Return the last day of a period ``years`` later; a month's last day stays one."""
    moved = moved_day(day, years)
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return moved.replace(day=calendar.monthrange(moved.year, moved.month)[1])
    return moved


@dataclass(frozen=True)
class MovedPeriod:
    """A period in its new year; ``note`` says what should be looked at, "" for nothing."""

    text: str
    start: datetime.date | None
    end: datetime.date | None
    note: str = ""


def moved_period(
    text: str,
    start: datetime.date | None,
    end: datetime.date | None,
    *,
    from_year: int,
    to_year: int,
) -> MovedPeriod:
    """Return a period of one fiscal year (พ.ศ.) as a period of another.

    Days move with the year. A text that names its years is written anew from the days; one that
    names none ("ทุกไตรมาส") stands as its author wrote it, and so does one without known days.
    """
    years = to_year - from_year
    new_start = moved_day(start, years) if start else None
    new_end = moved_end(end, years) if end else None
    if not years or not any(mention.year for mention in mentions_in(text, from_year)):
        return MovedPeriod(text, new_start, new_end)
    if new_start and new_end and not parse_period(text, fiscal_year=from_year).repeating:
        note = _("เดิม “%(text)s” เลื่อนตามปีงบประมาณแล้ว โปรดตรวจ") % {"text": text}
        return MovedPeriod(format_period(new_start, new_end), new_start, new_end, note)
    return MovedPeriod(text, new_start, new_end, _("ข้อความยังระบุปีเดิม โปรดแก้ไขให้ตรงกับแผนปีนี้"))


def note_on_years(text: str, *, from_year: int, to_year: int) -> str:
    """Return what to look at where a text names a time of the year it comes from; "" for none.

    Years before that one are of laws and long plans; days within the new fiscal year are right.
    """
    if from_year == to_year:
        return ""
    named = [
        text[mention.start : mention.end].strip()
        for mention in mentions_in(text, from_year)
        if _is_stale(mention, from_year, to_year)
    ]
    if not named:
        return ""
    found = ", ".join(f"“{each}”" for each in dict.fromkeys(named))
    return _("ข้อความกล่าวถึง %(found)s โปรดตรวจว่ายังใช้กับปี %(year)s") % {
        "found": found,
        "year": to_thai_digits(to_year),
    }


def _is_stale(mention: Mention, from_year: int, to_year: int) -> bool:
    if mention.year is None:
        return False
    day = mention.as_date()
    if day is not None:
        first, last = fiscal_year_bounds(to_year)
        return not first <= day <= last and buddhist_year(day) >= from_year - 1
    last_year = mention.last_year or mention.year
    return last_year >= from_year - 1 and not mention.year <= to_year <= last_year
