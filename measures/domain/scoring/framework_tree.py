"""What is scored in a year, as the tree by which it is scored; read with few questions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from measures.models import (
    Framework,
    Indicator,
    Instrument,
    InstrumentCode,
    Item,
    RatingScheme,
    SubIndicator,
)

INSTRUMENT_CODES = tuple(InstrumentCode.values)  # in the order in which they are printed


@dataclass(frozen=True)
class PartBranch:
    """The items that count together: of a sub-indicator, or standing in an indicator alone."""

    sub_indicator: SubIndicator | None
    items: tuple[Item, ...]


@dataclass(frozen=True)
class IndicatorBranch:
    """An indicator with its items; None holds the items whose indicator is not known."""

    indicator: Indicator | None
    parts: tuple[PartBranch, ...]

    def items(self) -> tuple[Item, ...]:
        """Return the items in the order in which they are printed."""
        return tuple(item for part in self.parts for item in part.items)


@dataclass(frozen=True)
class InstrumentBranch:
    """One of the three instruments. ``weight`` is of 100, None where it has no source."""

    code: str
    weight: Decimal | None
    indicators: tuple[IndicatorBranch, ...]

    def name(self) -> str:
        """Return the name of the instrument in Thai."""
        return str(InstrumentCode(self.code).label)

    def items(self) -> tuple[Item, ...]:
        """Return the items in the order in which they are printed."""
        return tuple(item for branch in self.indicators for item in branch.items())

    def ungrouped(self) -> tuple[Item, ...]:
        """Return the items of which the framework does not say where they count.

        IIT and EIT count by indicator, OIT by sub-indicator (domain.md §1.5).
        """
        return tuple(
            item
            for branch in self.indicators
            for part in branch.parts
            for item in part.items
            if branch.indicator is None
            or (self.code == InstrumentCode.OIT and part.sub_indicator is None)
        )


@dataclass(frozen=True)
class FrameworkTree:
    """The framework of one year; the three instruments are there even where it has none."""

    fiscal_year: int
    is_known: bool
    scheme: RatingScheme | None
    instruments: tuple[InstrumentBranch, ...]

    def instrument(self, code: str) -> InstrumentBranch:
        """Return one instrument by its code: IIT, EIT or OIT."""
        return next(branch for branch in self.instruments if branch.code == code)

    def items(self) -> Iterator[Item]:
        """Yield every item, in the order in which they are printed."""
        for branch in self.instruments:
            yield from branch.items()

    def weights(self) -> dict[str, Decimal | None]:
        """Return the weight of each instrument, None where unknown."""
        return {branch.code: branch.weight for branch in self.instruments}


def tree_of(fiscal_year: int) -> FrameworkTree:
    """Return the framework of a year; a year without one has instruments without items."""
    return trees_of([fiscal_year])[fiscal_year]


def trees_of(fiscal_years: Iterable[int]) -> Mapping[int, FrameworkTree]:
    """Return the frameworks of several years; as many questions as for one."""
    years = sorted(set(fiscal_years))
    frameworks = {
        framework.fiscal_year: framework
        for framework in Framework.objects.filter(fiscal_year__in=years).select_related(
            "rating_scheme"
        )
    }
    weights: dict[tuple[int, str], Decimal | None] = {
        (year, code): weight
        for year, code, weight in Instrument.objects.filter(
            framework__fiscal_year__in=years
        ).values_list("framework__fiscal_year", "code", "weight")
    }
    items: dict[tuple[int, str], list[Item]] = {}
    for item in (
        Item.objects.filter(instrument__framework__fiscal_year__in=years)
        .select_related("instrument__framework", "indicator", "sub_indicator")
        .order_by("number")
    ):
        key = (item.instrument.framework.fiscal_year, item.instrument.code)
        items.setdefault(key, []).append(item)
    return {
        year: FrameworkTree(
            fiscal_year=year,
            is_known=year in frameworks,
            scheme=frameworks[year].rating_scheme if year in frameworks else None,
            instruments=tuple(
                InstrumentBranch(
                    code, weights.get((year, code)), _grouped(items.get((year, code), []))
                )
                for code in INSTRUMENT_CODES
            ),
        )
        for year in years
    }


def _grouped(items: list[Item]) -> tuple[IndicatorBranch, ...]:
    """Return the items by indicator and part, numbered ones first, in the order of the numbers."""
    found: dict[int | None, dict[int | None, list[Item]]] = {}
    for item in items:
        parts = found.setdefault(item.indicator_id, {})
        parts.setdefault(item.sub_indicator_id, []).append(item)
    branches = [
        IndicatorBranch(
            _first_of(parts).indicator,
            tuple(
                PartBranch(group[0].sub_indicator, tuple(group))
                for group in sorted(parts.values(), key=lambda group: group[0].number)
            ),
        )
        for parts in found.values()
    ]
    return tuple(sorted(branches, key=_place))


def _first_of(parts: Mapping[int | None, list[Item]]) -> Item:
    """Return any item of an indicator, which knows the indicator."""
    return next(iter(parts.values()))[0]


def _place(branch: IndicatorBranch) -> tuple[bool, int]:
    return (branch.indicator is None, branch.indicator.number if branch.indicator else 0)


def span_of(items: Sequence[Item]) -> str:
    """Return items of one instrument in short (I1–I6 I9); there must be one at least."""
    numbers = sorted(item.number for item in items)
    letter = items[0].code()[0]
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return " ".join(
        f"{letter}{first}" if first == last else f"{letter}{first}–{letter}{last}"
        for first, last in spans
    )
