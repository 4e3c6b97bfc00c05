"""What the result of a year could be: OIT exact from its items, IIT and EIT as ranges.

An estimate, and always called one: the surveys are answered by people, and the assessor decides
which items pass. The formula is that of ``results``; an item of OIT is 0 or 100 (domain.md §1.5).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from measures.domain.scoring.framework_tree import (
    INSTRUMENT_CODES,
    FrameworkTree,
    span_of,
    trees_of,
)
from measures.domain.scoring.results import (
    FULL_WEIGHT,
    InstrumentSummary,
    LevelAnswer,
    instruments_of,
    level_of,
    round_half_up,
    total_of,
)
from measures.models import AssessmentResult, InstrumentCode, Item, Organisation, RatingLevel, Score

PASSED, FAILED = Decimal(100), Decimal(0)
SURVEYS = (InstrumentCode.IIT.value, InstrumentCode.EIT.value)
FEWEST_YEARS = 2  # from how many years on the office's own lowest and highest are a range


@dataclass(frozen=True)
class Range:
    """From where to where a survey's score may be, 0-100, and why, in Thai."""

    low: Decimal
    high: Decimal
    reason: str = ""


@dataclass(frozen=True)
class Worth:
    """What one item of OIT is worth, in points of what it counts in; not rounded."""

    item: Item
    sub_indicator: Decimal
    indicator: Decimal
    oit: Decimal
    total: Decimal


@dataclass(frozen=True)
class Lack:
    """What one figure still lacks to a level at both ends of the estimate; 0 where reached."""

    name: str  # Thai
    least: Decimal
    at_low: Decimal
    at_high: Decimal


@dataclass(frozen=True)
class LevelConditions:
    """A level, and what stands between it and the estimate."""

    level: RatingLevel
    lacks: tuple[Lack, ...]

    def is_sure(self) -> bool:
        """Return whether every condition is met even at the low end."""
        return all(lack.at_low == 0 for lack in self.lacks)

    def is_possible(self) -> bool:
        """Return whether every condition is met at the high end."""
        return all(lack.at_high == 0 for lack in self.lacks)


@dataclass(frozen=True)
class Estimate:
    """What would come out. ``oit.computed`` is exact; the weighted parts are of 100 points."""

    oit: InstrumentSummary
    ranges: Mapping[str, Range]
    weights: Mapping[str, Decimal]
    total_low: Decimal
    total_high: Decimal
    level_low: LevelAnswer
    level_high: LevelAnswer
    conditions: tuple[LevelConditions, ...]  # best level first
    worths: tuple[Worth, ...]  # of every item of OIT, in the order of their numbers

    def oit_exact(self) -> Decimal:
        """Return the score of OIT as exact as it is."""
        assert self.oit.computed.value is not None  # refused before
        return self.oit.computed.value

    def oit_points(self) -> Decimal:
        """Return what OIT adds to the total, two places."""
        return round_half_up(self.oit_exact() * self.weights["OIT"] / FULL_WEIGHT)

    def oit_written(self) -> str:
        """Return the score of OIT with as many decimals as it has, four at most."""
        return f"{round_half_up(self.oit_exact(), 4).normalize():f}"

    def surveys(self) -> list["SurveyPart"]:
        """Return IIT and EIT with what they add to the total."""
        found = []
        for code, span in self.ranges.items():
            weight = self.weights[code]
            low, high = (round_half_up(end * weight / FULL_WEIGHT) for end in (span.low, span.high))
            found.append(SurveyPart(code, span, weight, low, high))
        return found


@dataclass(frozen=True)
class SurveyPart:
    """What a survey adds to the total, two places, at both ends of its range."""

    code: str
    range: Range
    weight: Decimal
    low: Decimal
    high: Decimal


def what_is_missing(tree: FrameworkTree) -> list[str]:
    """Return, in Thai, what has to be known of a year before its result can be estimated."""
    if not tree.is_known:
        return [_("กรอบการประเมินของปีงบประมาณ พ.ศ. %s") % tree.fiscal_year]
    missing = [
        _("น้ำหนักของ %s ที่มีแหล่งอ้างอิง") % code
        for code, weight in tree.weights().items()
        if weight is None
    ]
    weights = [weight for weight in tree.weights().values() if weight is not None]
    if not missing and sum(weights) != FULL_WEIGHT:
        missing.append(_("น้ำหนักของเครื่องมือที่รวมกันได้ 100"))
    oit = tree.instrument("OIT")
    if not oit.items():
        missing.append(_("รายการข้อของ OIT"))
    elif oit.ungrouped():
        named = span_of(oit.ungrouped())
        missing.append(_("รายการตัวชี้วัดย่อยของ OIT ที่ครบถ้วน (ยังไม่ทราบของข้อ %s)") % named)
    if tree.scheme is None:
        missing.append(_("เกณฑ์ระดับ"))
    return missing


def estimate_of(
    tree: FrameworkTree, passing: Collection[int], ranges: Mapping[str, Range]
) -> Estimate:
    """Return the estimate where the OIT items with these ids pass and all others do not.

    ``ranges`` are those of IIT and EIT. Ask ``what_is_missing`` first: raises ValueError where
    anything is.
    """
    if what_is_missing(tree) or tree.scheme is None:
        raise ValueError("this year cannot be estimated")
    branch = tree.instrument("OIT")
    values = {item.pk: PASSED if item.pk in passing else FAILED for item in branch.items()}
    oit = next(each for each in instruments_of(tree, values, {}) if each.code == "OIT")
    weights = {code: weight for code, weight in tree.weights().items() if weight is not None}
    low = {"OIT": oit.computed.value, **{code: ranges[code].low for code in SURVEYS}}
    high = {"OIT": oit.computed.value, **{code: ranges[code].high for code in SURVEYS}}
    total_low, total_high = (total_of(scores, weights).value for scores in (low, high))
    assert total_low is not None  # all scores and weights are there
    assert total_high is not None
    return Estimate(
        oit=oit,
        ranges=ranges,
        weights=weights,
        total_low=total_low,
        total_high=total_high,
        level_low=level_of(total_low, low, tree.scheme),
        level_high=level_of(total_high, high, tree.scheme),
        conditions=tuple(
            _conditions(level, {"total": total_low, **low}, {"total": total_high, **high})
            for level in tree.scheme.levels.order_by("order")
        ),
        worths=tuple(_worths(tree)),
    )


def _conditions(
    level: RatingLevel, low: Mapping[str, Decimal | None], high: Mapping[str, Decimal | None]
) -> LevelConditions:
    least = {"total": level.least_total}
    if level.least_of_each_instrument is not None:
        least |= dict.fromkeys(INSTRUMENT_CODES, level.least_of_each_instrument)
    names = {"total": _("คะแนนรวม")}
    return LevelConditions(
        level,
        tuple(
            Lack(
                names.get(place, place),
                border,
                _lack(low, place, border),
                _lack(high, place, border),
            )
            for place, border in least.items()
        ),
    )


def _lack(scores: Mapping[str, Decimal | None], place: str, border: Decimal) -> Decimal:
    score = scores[place]
    assert score is not None  # an estimate has all of them
    return max(border - round_half_up(score), Decimal(0))


def _worths(tree: FrameworkTree) -> list[Worth]:
    """Return what each item of OIT adds where it passes: each part counts as the others do."""
    branch = tree.instrument("OIT")
    weight = branch.weight or Decimal(0)
    found = []
    for indicator in branch.indicators:
        for part in indicator.parts:
            of_part = FULL_WEIGHT / len(part.items)
            of_indicator = of_part / len(indicator.parts)
            of_oit = of_indicator / len(branch.indicators)
            of_total = of_oit * weight / FULL_WEIGHT
            found += [Worth(item, of_part, of_indicator, of_oit, of_total) for item in part.items]
    return sorted(found, key=lambda worth: worth.item.number)


def default_ranges(organisation: Organisation, fiscal_year: int) -> dict[str, Range]:
    """Return a range for IIT and EIT from the office's own results of the years before.

    Nobody can promise what people will answer. From two known years on it is the lowest to the
    highest; with one, that score in the middle and as far down as it is up to 100, so that it
    favours neither; with none, everything from 0 to 100.
    """
    known = _known_surveys(organisation, fiscal_year)
    return {code: _default_range(code, known[code]) for code in SURVEYS}


def _known_surveys(organisation: Organisation, fiscal_year: int) -> dict[str, dict[int, Decimal]]:
    """Return the scores of both surveys by year, as announced, else as their items give them."""
    results = list(
        AssessmentResult.objects.filter(
            organisation=organisation, fiscal_year__lt=fiscal_year
        ).order_by("fiscal_year")
    )
    trees = trees_of(result.fiscal_year for result in results)
    values: dict[int, dict[int, Decimal]] = {}
    for result_id, item_id, value in Score.objects.filter(result__in=results).values_list(
        "result_id", "item_id", "value"
    ):
        values.setdefault(result_id, {})[item_id] = value
    found: dict[str, dict[int, Decimal]] = {code: {} for code in SURVEYS}
    for result in results:
        instruments = instruments_of(
            trees[result.fiscal_year],
            values.get(result.pk, {}),
            {"IIT": result.iit, "EIT": result.eit},
        )
        for each in instruments:
            score = each.score()
            if each.code in found and score is not None:
                found[each.code][result.fiscal_year] = score
    return found


def _default_range(code: str, known: Mapping[int, Decimal]) -> Range:
    told = ", ".join(f"{year}: {score}" for year, score in known.items())
    if len(known) >= FEWEST_YEARS:
        return Range(
            min(known.values()),
            max(known.values()),
            _(
                "ต่ำสุดถึงสูงสุดของคะแนน %(code)s ที่หน่วยงานเคยได้ (%(years)s) "
                "เป็นผลจากการตอบแบบสำรวจ จึงบอกล่วงหน้าแน่นอนไม่ได้"
            )
            % {"code": code, "years": told},
        )
    if known:
        (last,) = known.values()
        return Range(
            max(last - (FULL_WEIGHT - last), Decimal(0)),
            FULL_WEIGHT,
            _(
                "มีคะแนน %(code)s ปีเดียว (%(years)s) จึงใช้คะแนนนั้นเป็นกลาง "
                "และเผื่อลดลงได้เท่ากับที่ยังเพิ่มได้ถึง 100 เพราะผลการตอบแบบสำรวจบอกล่วงหน้าไม่ได้"
            )
            % {"code": code, "years": told},
        )
    return Range(
        Decimal(0),
        FULL_WEIGHT,
        _("ยังไม่มีคะแนน %s ของปีก่อนในระบบ จึงใช้ทั้งช่วง 0 ถึง 100 โปรดใส่ช่วงที่คาดเอง") % code,
    )
