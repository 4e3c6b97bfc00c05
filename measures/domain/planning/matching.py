"""The same indicator and the same item in the framework of another year.

Numbers of items move every year: an item is the same where its text is. An indicator is the same by
its name or an alias; of the same number under another name it is only likely, and is said so.
"""

from dataclasses import dataclass

from ita_portal.thai.words import normalise_compact
from measures.domain.analysing.previous import OtherYear, items_of
from measures.models import Framework, Indicator, Item


def analysed_framework_year(fiscal_year: int) -> int:
    """Return the year whose framework the measures of ``fiscal_year`` answer.

    The year before, whose result is analysed; the year itself where that one is not recorded.
    """
    analysed = Framework.objects.filter(fiscal_year=fiscal_year - 1)
    return fiscal_year - 1 if analysed.exists() else fiscal_year


@dataclass(frozen=True)
class Catalogue:
    """The framework of one year: its indicators by name, its items by text, and by code."""

    fiscal_year: int
    indicators: list[Indicator]
    by_code: dict[str, Item]
    by_text: OtherYear

    def indicator(self, number: int | None, *names: str) -> tuple[Indicator | None, bool]:
        """Return the indicator of one of these names, and True; else that of the number, and False.

        The names of a year's indicators are one with their aliases.
        """
        wanted = {normalise_compact(name) for name in names if name.strip()}
        for indicator in self.indicators:
            if wanted & indicator.normalised_names():
                return indicator, True
        by_number = [each for each in self.indicators if each.number == number]
        return (by_number[0], False) if len(by_number) == 1 else (None, False)

    def indicator_like(self, indicator: Indicator) -> tuple[Indicator | None, bool]:
        """Return this year's indicator like one of another year, and whether by its name."""
        aliases = indicator.aliases.splitlines()
        return self.indicator(indicator.number, indicator.name, *aliases)

    def item_like(self, item: Item) -> Item | None:
        """Return the item that asks the same words with the same instrument, or None."""
        return self.by_text.item_like(item)

    def item_of(self, code: str) -> Item | None:
        """Return the item of that code (I7, O42) in this very year."""
        return self.by_code.get(code.upper())


def catalogue_of(fiscal_year: int) -> Catalogue:
    """Return the framework of a year; empty where it is not recorded. Asks twice."""
    items = items_of(fiscal_year)
    indicators = Indicator.objects.filter(instrument__framework__fiscal_year=fiscal_year)
    return Catalogue(
        fiscal_year,
        list(indicators.select_related("instrument")),
        {item.code(): item for item in items},
        OtherYear(items),
    )
