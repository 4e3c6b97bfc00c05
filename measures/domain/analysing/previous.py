"""The year before for an item: its score then, the finding and the measures that answered it.

Numbers of items move between years, so the same number says nothing (domain.md §0.2). Items of two
years are the same where their texts are; else their indicators are compared, and that is said.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures.domain.scoring.results import (
    indicator_score,
    round_half_up,
    sub_indicator_score,
)
from measures.models import Finding, Indicator, InstrumentCode, Item, Measure, Organisation, Score


class Basis(StrEnum):
    """By what two years are compared for an item."""

    ITEM = "item"  # the same text in both years
    INDICATOR = "indicator"  # only the indicator is the same
    NOTHING = "nothing"


class OtherYear:
    """The items of another year, to find the counterparts of this year's items among them.

    Items need ``instrument`` and ``indicator`` loaded with them.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = list(items)
        keys = [(item.instrument.code, normalise_compact(item.text)) for item in self.items]
        # A text that stands twice in a year tells nobody which of the two is meant.
        counts = Counter(keys)
        self._by_text = {
            key: item
            for key, item in zip(keys, self.items, strict=True)
            if key[1] and counts[key] == 1
        }
        self._indicators = {
            item.indicator_id: (item.instrument.code, item.indicator)
            for item in self.items
            if item.indicator is not None
        }

    def item_like(self, item: Item) -> Item | None:
        """Return the item that asks the same words with the same instrument, or None."""
        return self._by_text.get((item.instrument.code, normalise_compact(item.text)))

    def indicator_like(self, item: Item) -> Indicator | None:
        """Return the indicator of this item's name, or by one of its aliases; else of its number.

        None where the framework of either year does not say where its items belong.
        """
        own = item.indicator
        if own is None:
            return None
        same_instrument = [
            indicator
            for code, indicator in self._indicators.values()
            if code == item.instrument.code
        ]
        names = own.normalised_names()
        by_name = [each for each in same_instrument if names & each.normalised_names()]
        by_number = [each for each in same_instrument if each.number == own.number]
        return next(iter([*by_name, *by_number]), None)


def score_of_indicator(
    indicator: Indicator, items: Iterable[Item], values: dict[int, Decimal]
) -> Decimal | None:
    """Return the score of an indicator (two places); None unless each of its items has one."""
    parts: dict[str, list[Decimal]] = {}
    for item in items:
        if item.indicator_id != indicator.pk:
            continue
        value = values.get(item.pk)
        if value is None:
            return None
        if item.instrument.code == InstrumentCode.OIT and item.sub_indicator_id is None:
            return None  # nobody knows with which others it counts
        part = f"sub {item.sub_indicator_id}" if item.sub_indicator_id else f"item {item.pk}"
        parts.setdefault(part, []).append(value)
    if not parts:
        return None
    return indicator_score([sub_indicator_score(part) for part in parts.values()])


def items_of(fiscal_year: int) -> list[Item]:
    """Return the items of a year's framework with what this module reads of them. One query."""
    return list(
        Item.objects.filter(instrument__framework__fiscal_year=fiscal_year)
        .select_related("instrument", "indicator", "sub_indicator")
        .order_by("instrument", "number")
    )


def values_of(organisation: Organisation, fiscal_year: int) -> dict[int, Decimal]:
    """Return the scores of a year's result by the item's id. One query."""
    scores = Score.objects.filter(
        result__organisation=organisation, result__fiscal_year=fiscal_year
    )
    return dict(scores.values_list("item_id", "value"))


@dataclass(frozen=True)
class Movement:
    """A score in two years: of an item, or of the indicator it belongs to."""

    before: Decimal | None
    after: Decimal | None

    def by(self) -> Decimal | None:
        """Return how far it moved, two places; None where one of the two is not known."""
        if self.before is None or self.after is None:
            return None
        return round_half_up(self.after - self.before)

    def words(self) -> str:
        """Return the movement in Thai; empty where it is not known."""
        moved = self.by()
        if moved is None:
            return ""
        if moved == 0:
            return _("คะแนนเท่าเดิม")
        if moved > 0:
            return _("เพิ่มขึ้น %(points)s คะแนน") % {"points": moved}
        return _("ลดลง %(points)s คะแนน") % {"points": -moved}


@dataclass(frozen=True)
class Previous:
    """What the year before says about one item of this year."""

    fiscal_year: int  # the year before
    item: Item
    basis: Basis
    counterpart: Item | None
    indicator: Indicator | None  # of the year before
    movement: Movement
    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]

    def is_known(self) -> bool:
        """Return whether there is anything to tell."""
        return bool(self.movement.before is not None or self.findings or self.measures)

    def basis_words(self) -> str:
        """Return by what the years are compared, in Thai."""
        year = self.fiscal_year
        if self.counterpart is not None:
            return _("เทียบกับข้อ %(code)s ของปี %(year)s ซึ่งมีข้อความเดียวกัน") % {
                "code": self.counterpart.code(),
                "year": year,
            }
        if self.indicator is not None:
            return _("ปี %(year)s ไม่มีข้อที่มีข้อความเดียวกัน จึงเทียบกับตัวชี้วัดที่ %(number)s %(name)s ของปีนั้น") % {
                "year": year,
                "number": self.indicator.number,
                "name": self.indicator.name,
            }
        return _("ไม่มีข้อหรือตัวชี้วัดของปี %(year)s ให้เทียบ") % {"year": year}

    def score_words(self) -> str:
        """Return the score before and how it moved, in Thai; empty where it is not known."""
        if self.movement.before is None:
            return ""
        moved = self.movement.words()
        if self.basis == Basis.INDICATOR:
            text = _("ตัวชี้วัดได้ %(before)s คะแนนในปี %(year)s")
        else:
            text = _("ได้ %(before)s คะแนนในปี %(year)s")
        told = text % {"before": f"{self.movement.before:.2f}", "year": self.fiscal_year}
        if not moved:
            return told
        return _("%(told)s ปีนี้%(moved)s") % {"told": told, "moved": moved}


class YearBefore:
    """The result, findings and measures before a year's result, read once for all its items."""

    def __init__(
        self,
        fiscal_year: int,
        *,
        items: Sequence[Item],
        values: dict[int, Decimal],
        other: OtherYear,
        other_values: dict[int, Decimal],
        findings: Sequence[Finding],
        measures: Sequence[Measure],
    ) -> None:
        self.fiscal_year = fiscal_year
        self._items, self._values = items, values
        self._other, self._other_values = other, other_values
        self._findings, self._measures = findings, measures

    @classmethod
    def of(cls, organisation: Organisation, fiscal_year: int) -> Self:
        """Read what came before the result of ``fiscal_year``.

        Findings are of the result of the year before; the measures that answered them were carried
        out in the year of this result. Asks as often for one item as for all.
        """
        return cls(
            fiscal_year - 1,
            items=items_of(fiscal_year),
            values=values_of(organisation, fiscal_year),
            other=OtherYear(items_of(fiscal_year - 1)),
            other_values=values_of(organisation, fiscal_year - 1),
            findings=list(
                Finding.objects.of_organisation(organisation)
                .filter(fiscal_year=fiscal_year - 1)
                .prefetch_related("items")
                .order_by("number")
            ),
            measures=list(
                Measure.objects.of_organisation(organisation)
                .of_year(fiscal_year)
                .prefetch_related("items", "findings")
                .order_by("number")
            ),
        )

    def about(self, item: Item) -> Previous:
        """Return what the year before says about this item of this year; asks nothing more."""
        counterpart = self._other.item_like(item)
        indicator = None if counterpart else self._other.indicator_like(item)
        if counterpart is not None:
            basis = Basis.ITEM
            movement = Movement(self._other_values.get(counterpart.pk), self._values.get(item.pk))
            findings = [
                finding
                for finding in self._findings
                if counterpart.pk in {each.pk for each in finding.items.all()}
            ]
        elif indicator is not None and item.indicator is not None:
            basis = Basis.INDICATOR
            movement = Movement(
                score_of_indicator(indicator, self._other.items, self._other_values),
                score_of_indicator(item.indicator, self._items, self._values),
            )
            findings = [each for each in self._findings if each.indicator_id == indicator.pk]
        else:
            basis, movement, findings = Basis.NOTHING, Movement(None, None), []
        return Previous(
            fiscal_year=self.fiscal_year,
            item=item,
            basis=basis,
            counterpart=counterpart,
            indicator=indicator,
            movement=movement,
            findings=tuple(findings),
            measures=tuple(self._measures_for(findings, counterpart)),
        )

    def _measures_for(
        self, findings: Sequence[Finding], counterpart: Item | None
    ) -> Iterable[Measure]:
        """Yield the measures that rest on these findings, or name the item themselves."""
        answered = {finding.pk for finding in findings}
        for measure in self._measures:
            rests = answered & {finding.pk for finding in measure.findings.all()}
            names = counterpart is not None and counterpart.pk in {
                item.pk for item in measure.items.all()
            }
            if rests or names:
                yield measure
