"""Days, months and years as running text mentions them."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ita_portal.thai.dates import BUDDHIST_ERA, FULL_MONTHS, SHORT_MONTHS
from ita_portal.thai.months import month_number
from ita_portal.thai.numerals import to_arabic_digits

# A year of two digits is a year only near the document's own: "มีนาคม 25 คน" is none.
FARTHEST_SHORT_YEAR: Final = 9

# Spoken names and names without dots (มีนา, กค) are left to parse_date: in running text they are
# parts of other words.
_MONTH: Final = "|".join(
    [re.escape(name) for name in FULL_MONTHS]
    + [re.escape(name.rstrip(".")) + r"\.?" for name in SHORT_MONTHS]
)
_ERA: Final = r"พ\s?\.?\s?ศ\s?\.?"
_COUNTED: Final = (
    "คน|ครั้ง|ราย|เรื่อง|บาท|ล้าน|ฉบับ|แห่ง|โครงการ|กิจกรรม|วัน|ชั่วโมง|นาที|ชุด|แผ่น|ข้อ|งาน|หน้า|ตัว|จุด|%"
)
_WRITTEN: Final = re.compile(
    rf"(?:(?<![0-9/.,])(?P<day>[0-9]{{1,2}})\s*)?(?P<month>{_MONTH})"
    rf"(?:\s*(?:ปี\s*)?(?:{_ERA}\s*)?(?P<year>2[45][0-9]{{2}}|[0-9]{{2}})"
    rf"(?![0-9]|[.,:][0-9]|\s*(?:{_COUNTED})))?"
)
_NUMBERS: Final = re.compile(
    r"(?<![0-9/.,-])(?P<day>[0-9]{1,2})(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?P=mark)"
    r"(?P<year>2[45][0-9]{2})(?![0-9])"
)
_YEARS: Final = re.compile(
    r"(?<![0-9/.,:-])(?P<year>2[45][0-9]{2})(?:\s*(?:-|–|ถึง)\s*(?P<last>2[45][0-9]{2}))?"
    rf"(?![0-9/-]|[.,:][0-9]|\s*(?:{_COUNTED}))"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A day, a month or years (พ.ศ.) in a text, from ``start`` to ``end``; None is not said.

    ``last_year`` is there where years were written as a range.
    """

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None
    last_year: int | None = None

    def is_possible(self) -> bool:
        """Return whether the calendar has such a day; 29 February without a year counts."""
        if self.month is None:
            return True
        if not 1 <= self.month <= 12:
            return False
        year = self.year - BUDDHIST_ERA if self.year else 2000  # a leap year
        return self.day is None or 1 <= self.day <= calendar.monthrange(year, self.month)[1]

    def as_date(self) -> date | None:
        """Return the day, or the first of the month; None where month or year is not said."""
        if self.year is None or self.month is None or not self.is_possible():
            return None
        return date(self.year - BUDDHIST_ERA, self.month, self.day or 1)


def mentions_in(text: str, fiscal_year: int) -> Iterator[Mention]:
    """Yield what a text mentions, in its order; digits of both kinds are read.

    ``fiscal_year`` (พ.ศ.) tells a year of two digits from other numbers. Plain four digits are a
    year where they are 2400 to 2599 and count nothing.
    """
    left = to_arabic_digits(text)
    mentions = []
    for pattern, read in ((_NUMBERS, _numbers), (_WRITTEN, _written), (_YEARS, _years)):
        for found in pattern.finditer(left):
            mentions.append(read(found, fiscal_year))
        left = pattern.sub(lambda found: "\n" * len(found[0]), left)
    return iter(sorted(mentions, key=lambda mention: mention.start))


def _numbers(found: re.Match[str], fiscal_year: int) -> Mention:
    return Mention(*found.span(), int(found["day"]), int(found["month"]), int(found["year"]))


def _written(found: re.Match[str], fiscal_year: int) -> Mention:
    year = found["year"]
    read = int(year) if year and len(year) == 4 else None
    if year and len(year) == 2 and abs(2500 + int(year) - fiscal_year) <= FARTHEST_SHORT_YEAR:
        read = 2500 + int(year)
    end = found.end() if read or not year else found.start("year")
    day = int(found["day"]) if found["day"] else None
    return Mention(found.start(), end, day, month_number(found["month"]), read)


def _years(found: re.Match[str], fiscal_year: int) -> Mention:
    last = int(found["last"]) if found["last"] else None
    return Mention(*found.span(), None, None, int(found["year"]), last)
