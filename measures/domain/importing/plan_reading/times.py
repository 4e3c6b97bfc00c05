"""The period column: one or several periods, read where they are stated."""

import datetime
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from ita_portal.thai.periods import Period, is_within_fiscal_year, parse_period
from ita_portal.thai.words import normalise_compact
from measures.domain.importing.plan_drafts import DraftPeriod
from measures.domain.importing.plan_reading.lines import Line, single_spaced
from measures.domain.importing.plan_reading.markers import opening_marker
from measures.domain.importing.plan_reading.notes import Notes, Place

_MOST_WORDS: Final = 24  # a longer text is a sentence; trying all its cuts would take long


def period_of(cells: list[tuple[Place, list[Line]]], notes: Notes, measure: int) -> DraftPeriod:
    """Return the period of a measure: the texts as written, each once, and the days they span.

    Days are given only where every text states them; the same period for several steps is one.
    """
    stated: dict[str, tuple[Place, Period]] = {}
    for place, lines in cells:
        for text in _texts(lines, notes.fiscal_year):
            period = parse_period(text, fiscal_year=notes.fiscal_year)
            stated.setdefault(normalise_compact(text), (place, period))
    periods = list(stated.values())
    if not periods:
        return DraftPeriod()
    for place, period in periods:
        _warn_of_period(place, period, notes, measure)
    if len(periods) > 1:
        notes.warn(
            periods[0][0],
            _("มีระยะเวลามากกว่าหนึ่งช่วงในมาตรการเดียว วันเริ่มและวันสิ้นสุดครอบคลุมทุกช่วง โปรดตรวจ"),
            value="\n".join(period.text for _place, period in periods),
            measure=measure,
            field="period",
        )
    text = "\n".join(period.text for _place, period in periods)
    start, end = _span([period for _place, period in periods], notes.fiscal_year)
    return DraftPeriod(
        text,
        start.isoformat() if start else None,
        end.isoformat() if end else None,
    )


def _span(
    periods: list[Period], fiscal_year: int
) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first start and the last end; None for one that not every period states."""
    if all(period.is_known for period in periods):
        inside = [period for period in periods if is_within_fiscal_year(period, fiscal_year)]
        periods = inside or periods
    starts = [period.start for period in periods if period.start]
    ends = [period.end for period in periods if period.end]
    return (
        min(starts) if len(starts) == len(periods) else None,
        max(ends) if len(ends) == len(periods) else None,
    )


def _texts(lines: list[Line], fiscal_year: int) -> list[str]:
    """Return the periods of a cell as written: its lines, or what stands behind another in one."""
    parts: list[str] = []
    for line in lines:
        marker = opening_marker(line.text, line.label)
        # "๑ มกราคม – ๓๐ มิถุนายน": the first number is a day, not a mark.
        has_mark = marker is not None and (line.label or marker.label.strip(" -–•") != "")
        begin = (
            marker.end
            if marker
            and (
                has_mark
                and _reads(line.text[marker.end :], fiscal_year)
                and not _reads(line.text, fiscal_year)
            )
            else 0
        )
        if marker and not has_mark:
            begin = marker.end
        parts.append(single_spaced(line.text[begin:]))
    parts = [part for part in parts if part.strip("-–— .")]
    whole = " ".join(parts)
    if len(parts) > 1 and _reads(whole, fiscal_year):
        return [whole]
    if len(parts) > 1 and not all(_reads(part, fiscal_year) for part in parts):
        found = _cut(whole.split(" "), fiscal_year)
        return found or [whole]
    return [text for part in parts for text in _apart(part, fiscal_year)]


def _apart(text: str, fiscal_year: int) -> list[str]:
    """Return the periods that stand one behind another in a line; the line where it is one."""
    if _reads(text, fiscal_year):
        return [text]
    return _cut(text.split(" "), fiscal_year) or [text]


def _cut(words: list[str], fiscal_year: int) -> list[str]:
    """Return the words cut into periods that all can be read, as few as there can be; else none."""
    if len(words) > _MOST_WORDS:
        return []
    best: list[list[str] | None] = [[]] + [None] * len(words)
    for end in range(1, len(words) + 1):
        for begin in range(end):
            before = best[begin]
            text = " ".join(words[begin:end])
            if before is None or not _reads(text, fiscal_year):
                continue
            current = best[end]
            if current is None or len(before) + 1 < len(current):
                best[end] = [*before, text]
    return best[-1] or []


@lru_cache(maxsize=4096)
def _reads(text: str, fiscal_year: int) -> bool:
    period = parse_period(text, fiscal_year=fiscal_year)
    return period.is_stated


def _warn_of_period(place: Place, period: Period, notes: Notes, measure: int) -> None:
    if not period.is_stated:
        if not period.repeating:
            message = _("อ่านวันเริ่มและวันสิ้นสุดจากระยะเวลานี้ไม่ได้ จะเก็บตามที่เขียน โปรดระบุวัน")
            _warn(place, message, period, notes, measure)
        return
    if not period.is_known:
        message = _("ระยะเวลานี้บอกเพียงวันสิ้นสุด จะเก็บตามที่เขียน โปรดระบุวันเริ่มหากกำหนดไว้")
        if period.start:
            message = _("ระยะเวลานี้บอกเพียงวันเริ่ม จะเก็บตามที่เขียน โปรดระบุวันสิ้นสุดหากกำหนดไว้")
        _warn(place, message, period, notes, measure)
    if not is_within_fiscal_year(period, notes.fiscal_year):
        message = _("ระยะเวลาอยู่นอกปีงบประมาณ พ.ศ. %(year)s โปรดตรวจปี") % {"year": notes.fiscal_year}
        _warn(place, message, period, notes, measure)


def _warn(place: Place, message: str, period: Period, notes: Notes, measure: int) -> None:
    notes.warn(place, message, value=period.text, measure=measure, field="period")
