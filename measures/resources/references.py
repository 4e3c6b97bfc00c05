"""Cells that name rows of a year: items, indicators, findings, remedies.

A row of the year that the sheet's row speaks of is named by its number or code alone (I7); one of
another year with that year (I7 (2565)), because numbers move every year.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from import_export import widgets

from ita_portal.thai.numerals import to_arabic_digits
from measures.domain.errors import Invalid
from measures.models import Finding, Indicator, Item, Remedy, SubIndicator

# Between references: a comma, a semicolon, a new line, or a space before the next code.
_SEPARATORS = re.compile(r"[,;\n]|(?<=[0-9)])\s+(?=[^\s(])")
_REFERENCE = re.compile(r"(?P<words>.+?)\s*(?:\((?P<year>[0-9]{4})\))?")


@dataclass(frozen=True)
class Named:
    """A row that a cell names, and the words by which it does."""

    row: Any
    words: str = field(compare=False)
    order: tuple[Any, ...] = field(compare=False, default=())


def named_item(item: Item, own_year: int) -> Named:
    """Return how an item is named; needs its instrument and framework."""
    year = item.instrument.framework.fiscal_year
    order = (year, item.instrument.code, item.number)
    return Named(item, _words(item.code(), year, own_year), order)


def named_indicator(indicator: Indicator, own_year: int) -> Named:
    """Return how an indicator is named; needs its instrument and framework."""
    year = indicator.instrument.framework.fiscal_year
    return Named(indicator, _words(str(indicator.number), year, own_year))


def named_sub_indicator(part: SubIndicator, own_year: int) -> Named:
    """Return how a sub-indicator is named; needs its indicator, instrument and framework."""
    year = part.indicator.instrument.framework.fiscal_year
    return Named(part, _words(part.number, year, own_year), (year, part.number))


def named_finding(finding: Finding, own_year: int) -> Named:
    """Return how a finding is named."""
    year = finding.fiscal_year
    return Named(finding, _words(str(finding.number), year, own_year), (year, finding.number))


def named_remedy(remedy: Remedy, own_year: int) -> Named:
    """Return how a remedy is named; needs its framework."""
    return Named(remedy, _words(str(remedy.number), remedy.framework.fiscal_year, own_year))


def in_order(named: Iterable[Named]) -> tuple[Named, ...]:
    """Return the rows in the order of their years and numbers, each once."""
    return tuple(sorted({each.row.pk: each for each in named}.values(), key=lambda one: one.order))


def _words(words: str, year: int, own_year: int) -> str:
    return words if year == own_year else f"{words} ({year})"


def read_many(
    text: str, own_year: int, find: Callable[[int, str], Any], name: Callable[[Any, int], Named]
) -> tuple[Named, ...]:
    """Return what the cell names; ``find`` takes a year and words, and raises Invalid."""
    return in_order(name(find(year, words), own_year) for words, year in _parts(text, own_year))


def read_one(
    text: str, own_year: int, find: Callable[[int, str], Any], name: Callable[[Any, int], Named]
) -> Named | None:
    """Return the one row that the cell names, or None for an empty cell."""
    parts = _parts(text, own_year)
    if len(parts) > 1:
        raise Invalid(_("“%(text)s” มีมากกว่าหนึ่งรายการ โปรดระบุรายการเดียว") % {"text": text})
    return name(find(parts[0][1], parts[0][0]), own_year) if parts else None


def _parts(text: str, own_year: int) -> list[tuple[str, int]]:
    found = []
    for part in _SEPARATORS.split(to_arabic_digits(text)):
        match = _REFERENCE.fullmatch(part.strip())
        if match:
            found.append((match["words"], int(match["year"] or own_year)))
    return found


class References(widgets.Widget):
    """A cell that shows one named row, or several with commas between them."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the words."""
        if not value:
            return ""
        return ", ".join(each.words for each in (value if isinstance(value, tuple) else (value,)))
