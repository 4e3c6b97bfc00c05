"""Dates that are not in the calendar, and times outside of the fiscal year."""

import datetime
import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from ita_portal.thai.dates import full_date
from ita_portal.thai.numerals import to_thai_digits
from ita_portal.thai.periods import (
    Bounds,
    fiscal_year_bounds,
    format_period,
    is_within_fiscal_year,
    parse_period,
)
from measures.domain.content import Content
from measures.domain.proofreading.mentions import Mention, mentions_in
from measures.domain.proofreading.passages import Part, Passage
from measures.domain.proofreading.remarks import Remark, Rule, quoted, remark_on

# Where a month must lie in the fiscal year; elsewhere the year alone is looked at, because a
# paper rightly names what came before (the letter that asked) and after (the next assessment).
_DATED_PARTS: Final = (Part.PLAN, Part.PERIOD, Part.MONITORING, Part.PROGRESS)

# A law, rule or long plan is named with its year: พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540.
_NAMED_WITH_YEAR: Final = re.compile(
    r"(?:พระราชบัญญัติ|พ\.?ร\.?บ\.?|พระราชกฤษฎีกา|รัฐธรรมนูญ|ประมวล|ระเบียบ|ข้อบังคับ|ข้อบัญญัติ|กฎกระทรวง"
    r"|ประกาศ(?:คณะ|กระทรวง|กรม|สำนักนายก)|เทศบัญญัติ|แผนแม่บท|แผนพัฒนา|แผนปฏิบัติการ|ยุทธศาสตร์)[^0-9๐-๙]*\Z"
)
_LETTER_OF: Final = re.compile(r"(?:ลงวันที่|ลว\.?|ฉบับวันที่)\s*\Z")


def impossible_dates(passage: Passage, fiscal_year: int) -> Iterator[Remark]:
    """Yield a remark for each day the calendar does not have: 31 กุมภาพันธ์."""
    for mention in mentions_in(passage.without_addresses(), fiscal_year):
        if not mention.is_possible():
            written = passage.text[mention.start : mention.end]
            yield remark_on(
                passage,
                Rule.IMPOSSIBLE_DATE,
                written,
                _("%(found)s ไม่มีในปฏิทิน โปรดตรวจวันและเดือน") % {"found": quoted(written)},
            )


def times_outside(passage: Passage, fiscal_year: int) -> Iterator[Remark]:
    """Yield a remark for each time outside of the fiscal year (พ.ศ.).

    Plan, period and progress: a day or month outside of 1 October to 30 September; what monitors
    may come three months later, because the twelve-month report is written after the year's end.
    Everywhere: a year that is neither the fiscal year nor the one before, whose result is
    analysed. A law's year, the date of a letter, and a span of years that holds this one are fine.
    """
    if passage.part == Part.PERIOD:
        period = parse_period(passage.text, fiscal_year=fiscal_year)
        if period.is_known:
            if not is_within_fiscal_year(period, fiscal_year):
                yield _outside(passage, passage.text, fiscal_year)
            return
    text = passage.without_addresses()
    for mention in mentions_in(text, fiscal_year):
        if _is_outside(mention, passage.part, fiscal_year) and not _is_of_another_paper(
            text[: mention.start], mention, fiscal_year
        ):
            yield _outside(passage, passage.text[mention.start : mention.end], fiscal_year)


def dated_periods_outside(content: Content) -> Iterator[Remark]:
    """Yield a remark for each measure whose entered days leave the year and whose text does not."""
    year = content["fiscal_year"]
    first, last = fiscal_year_bounds(year)
    for measure in content["measures"]:
        period, number = measure["period"], measure["number"]
        if (
            not period["start"]
            or not period["end"]
            or parse_period(period["text"], fiscal_year=year).is_known
        ):
            continue
        start, end = map(datetime.date.fromisoformat, (period["start"], period["end"]))
        if start < first or end > last:
            place = _("มาตรการที่ %(number)s ระยะเวลาดำเนินการ") % {"number": number}
            written = format_period(start, end)
            passage = Passage(Part.PERIOD, f"measure.{number}.days", place, written, number)
            yield _outside(passage, written, year)


def _bounds(part: Part, fiscal_year: int) -> Bounds | None:
    if part not in _DATED_PARTS:
        return None
    first, last = fiscal_year_bounds(fiscal_year)
    if part == Part.MONITORING:
        return first, datetime.date(last.year, 12, 31)
    return first, last


def _is_outside(mention: Mention, part: Part, fiscal_year: int) -> bool:
    if mention.year is None or not mention.is_possible():
        return False
    bounds, day = _bounds(part, fiscal_year), mention.as_date()
    if bounds and day:
        return not bounds[0] <= day <= bounds[1]
    last_year = mention.last_year or mention.year
    return last_year < fiscal_year - 1 or mention.year > fiscal_year


def _is_of_another_paper(before: str, mention: Mention, fiscal_year: int) -> bool:
    """Return whether the time belongs to the name of a law or plan, or to a letter."""
    year = mention.year or fiscal_year
    if mention.month is None:
        return bool(_NAMED_WITH_YEAR.search(before[-150:]))
    return year <= fiscal_year and bool(_LETTER_OF.search(before[-150:]))


def _outside(passage: Passage, written: str, fiscal_year: int) -> Remark:
    first, last = fiscal_year_bounds(fiscal_year)
    return remark_on(
        passage,
        Rule.OUTSIDE_FISCAL_YEAR,
        written,
        _("%(found)s อยู่นอกปีงบประมาณ พ.ศ. %(year)s (%(first)s ถึง %(last)s) โปรดตรวจปีและเดือน")
        % {
            "found": quoted(written),
            "year": to_thai_digits(fiscal_year),
            "first": full_date(first),
            "last": full_date(last),
        },
    )
