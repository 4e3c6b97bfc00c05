"""The framework of the year that a plan answers: its items by code, its indicators by name."""

import re
from dataclasses import dataclass
from functools import cached_property

from ita_portal.thai.numerals import to_arabic_digits
from ita_portal.thai.words import normalise_compact
from measures.models import Indicator, Item

_NUMBER = re.compile(r"\s*(?:ตัวชี้วัดที่|ตัวชี้วัด)?\s*\(?([0-9]{1,2})\b")


@dataclass
class AnalysedYear:
    """The framework of a fiscal year, each table read once. A year may have none."""

    fiscal_year: int

    @classmethod
    def of_plan(cls, fiscal_year: int) -> "AnalysedYear":
        """Return the year whose result the plan of ``fiscal_year`` answers: the one before."""
        return cls(fiscal_year - 1)

    @cached_property
    def items(self) -> dict[str, Item]:
        """Return the items by their codes in upper case."""
        rows = Item.objects.filter(instrument__framework__fiscal_year=self.fiscal_year)
        return {item.code(): item for item in rows.select_related("instrument", "indicator")}

    @cached_property
    def indicators(self) -> list[Indicator]:
        """Return the indicators in their order."""
        rows = Indicator.objects.filter(instrument__framework__fiscal_year=self.fiscal_year)
        return list(rows.order_by("number"))

    def items_of(self, codes: list[str]) -> list[Item]:
        """Return the items of those codes that the framework has."""
        found = (self.items.get(code.upper()) for code in codes)
        return [item for item in found if item is not None]

    def unknown(self, codes: list[str]) -> list[str]:
        """Return the codes that the framework lacks, as written."""
        return [code for code in codes if code.upper() not in self.items]

    def indicator_of(self, text: str, items: list[Item]) -> Indicator | None:
        """Return the indicator that the text names, by name or else number.

        Without a text it is the one that all the items are of; None where they are of several.
        """
        if not text.strip():
            own = {item.indicator_id: item.indicator for item in items}
            return next(iter(own.values())) if len(own) == 1 else None
        words = normalise_compact(text)
        for indicator in self.indicators:
            name = normalise_compact(indicator.name)
            if name and name in words:
                return indicator
        numbered = _NUMBER.match(to_arabic_digits(text))
        if numbered is None:
            return None
        number = int(numbered[1])
        return next((each for each in self.indicators if each.number == number), None)
