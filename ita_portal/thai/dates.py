"""Dates as the office writes them, and reading them back.

Years are of the Buddhist Era (พ.ศ.), 543 more than the calendar's. A ``datetime`` that knows its
time zone is first taken to Thai time: what is signed at 01:00 in Bangkok carries that day's date.

The outputs are put together here and not by ``pythainlp.util.thai_strftime``, which takes only
``datetime``; a test holds the two equal.
"""

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.months import FULL_MONTHS, MONTH_PATTERN, SHORT_MONTHS, month_number
from ita_portal.thai.numerals import to_thai_digits
from ita_portal.thai.words import normalise_compact

__all__ = [
    "BUDDHIST_ERA",
    "FULL_MONTHS",
    "SHORT_MONTHS",
    "THAILAND",
    "buddhist_year",
    "calendar_year",
    "date_time",
    "full_date",
    "in_thailand",
    "memo_date",
    "parse_date",
    "short_date",
]

THAILAND: Final = ZoneInfo("Asia/Bangkok")
BUDDHIST_ERA: Final = 543  # years ahead of the calendar
# Outside of these a year is a slip or of another era. พ.ศ. 2400 is before every living person.
EARLIEST_YEAR: Final = 2400
LATEST_YEAR: Final = 2700

ERA_PATTERN: Final = r"(?:พ\.?ศ\.?)"  # in text without spaces

_WRITTEN: Final = re.compile(
    r"(?:วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)?ที่)?"
    rf"(?P<day>[0-9]{{1,2}})(?:เดือน)?(?P<month>{MONTH_PATTERN})"
    rf"(?:ปี)?(?:{ERA_PATTERN}|(?P<christian>ค\.?ศ\.?))?(?P<year>[0-9]{{4}}|[0-9]{{2}})"
)
_NUMBERS: Final = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})"
)
_ISO: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")


def in_thailand(moment: date) -> date:
    """Return the date in Thailand; a plain date or a datetime without zone is taken as it is."""
    if isinstance(moment, datetime):
        return (moment.astimezone(THAILAND) if moment.tzinfo else moment).date()
    return moment


def buddhist_year(moment: date) -> int:
    """Return the year of the Buddhist Era, such as 2564."""
    return in_thailand(moment).year + BUDDHIST_ERA


def calendar_year(written_year: str) -> int | None:
    """Return the calendar's year for a written year of the Buddhist Era, or None.

    Four Arabic digits are taken as they are; two mean 2500 + n, which the office writes only next
    to a month ("ก.ย. ๖๗"). None when the year lies outside of 2400 to 2700.
    """
    year = int(written_year) + (2500 if len(written_year) == 2 else 0)
    return year - BUDDHIST_ERA if EARLIEST_YEAR <= year <= LATEST_YEAR else None


def _christian_year(written_year: str) -> int | None:
    """Return the year where ค.ศ. or ISO's form names the era; None for what must be พ.ศ. by it."""
    year = int(written_year)
    return year if len(written_year) == 4 and year < EARLIEST_YEAR else None


def _digits(text: str, *, thai_digits: bool) -> str:
    return to_thai_digits(text) if thai_digits else text


def full_date(moment: date, *, thai_digits: bool = True) -> str:
    """Return ``๓๐ มีนาคม พ.ศ. ๒๕๖๔``."""
    day = in_thailand(moment)
    text = f"{day.day} {FULL_MONTHS[day.month - 1]} พ.ศ. {buddhist_year(day)}"
    return _digits(text, thai_digits=thai_digits)


def memo_date(moment: date, *, thai_digits: bool = True) -> str:
    """Return ``๓๐ มีนาคม ๒๕๖๔``: a memo's date has no พ.ศ. (ระเบียบงานสารบรรณ ข้อ 12.3)."""
    day = in_thailand(moment)
    text = f"{day.day} {FULL_MONTHS[day.month - 1]} {buddhist_year(day)}"
    return _digits(text, thai_digits=thai_digits)


def short_date(moment: date, *, thai_digits: bool = True) -> str:
    """Return ``๓๐ มี.ค. ๖๔``."""
    day = in_thailand(moment)
    text = f"{day.day} {SHORT_MONTHS[day.month - 1]} {buddhist_year(day) % 100:02}"
    return _digits(text, thai_digits=thai_digits)


def date_time(moment: datetime, *, thai_digits: bool = True) -> str:
    """Return ``๓๐ มี.ค. ๒๕๖๔ เวลา ๑๔.๐๕ น.``, in Thai time when the moment knows its zone."""
    local = moment.astimezone(THAILAND) if moment.tzinfo else moment
    text = (
        f"{local.day} {SHORT_MONTHS[local.month - 1]} {local.year + BUDDHIST_ERA} "
        f"เวลา {local:%H.%M} น."
    )
    return _digits(text, thai_digits=thai_digits)


def parse_date(text: str) -> date:
    """Return the date that someone wrote.

    Read are: Thai or Arabic digits; full, short or spoken month; พ.ศ. there or not; a year of four
    digits, or of two after a month's name; ``30/3/2564``; ``วันที่`` and the weekday before it
    (which is not checked); ค.ศ. where it is spelled out; and ISO ``2021-03-30``.

    Raises ValueError, with a message in Thai that says what to do, for all else: no such day, a
    year that may be of either era, a two-digit year without a month's name.
    """
    compact = normalise_compact(text)
    if found := _WRITTEN.fullmatch(compact):
        month = month_number(found["month"])
        read_year = _christian_year if found["christian"] else calendar_year
        year = read_year(found["year"])
    elif found := _NUMBERS.fullmatch(compact):
        month, year = int(found["month"]), calendar_year(found["year"])
    elif found := _ISO.fullmatch(compact):
        month, year = int(found["month"]), _christian_year(found["year"])
    else:
        raise ValueError(
            format_lazy(
                _("อ่านวันที่ “{text}” ไม่ได้ โปรดพิมพ์วัน เดือน และปี พ.ศ. เช่น ๓๐ มีนาคม ๒๕๖๔"),
                text=text,
            )
        )
    if year is None:
        raise ValueError(
            format_lazy(
                _("ปีในวันที่ “{text}” ไม่ใช่ปี พ.ศ. โปรดพิมพ์ปี พ.ศ. สี่หลัก เช่น ๓๐ มีนาคม ๒๕๖๔"),
                text=text,
            )
        )
    try:
        return date(year, month, int(found["day"]))
    except ValueError as error:
        raise ValueError(
            format_lazy(
                _("ไม่มีวันที่ “{text}” ในปฏิทิน โปรดตรวจสอบวันและเดือน"),
                text=text,
            )
        ) from error
