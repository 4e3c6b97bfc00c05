"""Scores and levels of an assessment, computed in Decimal as the assessor does.

Sources: the scoring formula, the weights and both rating scales are in the framework of each year
with where they were found; the formula itself was held against thirteen real results of 2564.
Each level that is printed (sub-indicator, indicator, total) is rounded half up to two places once;
the score of an instrument stays exact until it is printed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from measures.domain.scoring.framework_tree import (
    INSTRUMENT_CODES,
    FrameworkTree,
    IndicatorBranch,
    InstrumentBranch,
    PartBranch,
    tree_of,
)
from measures.models import (
    AssessmentResult,
    Indicator,
    RatingLevel,
    RatingScheme,
    SubIndicator,
)

FULL_WEIGHT = Decimal(100)


def round_half_up(value: Decimal, places: int = 2) -> Decimal:
    """Return ``value`` with ``places`` decimals; a half goes up, as on the office's calculator."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _mean(values: Sequence[Decimal]) -> Decimal:
    if not values:
        raise ValueError("the mean of no scores is not defined")
    return sum(values, Decimal(0)) / len(values)


def sub_indicator_score(items: Sequence[Decimal]) -> Decimal:
    """Return the mean of the items of a sub-indicator, two places. Raises ValueError when empty."""
    return round_half_up(_mean(items))


def indicator_score(parts: Sequence[Decimal]) -> Decimal:
    """Return the mean of an indicator's parts, two places. Raises ValueError when empty.

    The parts of indicators 1-8 are their items; those of 9 and 10 are their sub-indicators, each
    counting once however many items it has.
    """
    return round_half_up(_mean(parts))


def instrument_score(indicators: Sequence[Decimal]) -> Decimal:
    """Return the exact mean of an instrument's indicators. Raises ValueError when empty."""
    return _mean(indicators)


@dataclass(frozen=True)
class Computed:
    """A score, or None with what it would take, in Thai."""

    value: Decimal | None
    missing: tuple[str, ...] = ()


def total_of(
    instruments: Mapping[str, Decimal | None], weights: Mapping[str, Decimal | None]
) -> Computed:
    """Return the weighted sum of the three instruments, two places.

    Both mappings go from IIT, EIT, OIT to a number of 0-100. Without all scores, all weights and
    weights that make 100 together there is no total: the answer names what is missing.
    """
    missing = [
        *_missing_scores(code for code in INSTRUMENT_CODES if instruments.get(code) is None),
        *(_("น้ำหนักของ %s") % code for code in INSTRUMENT_CODES if weights.get(code) is None),
    ]
    pairs = [(instruments.get(code), weights.get(code)) for code in INSTRUMENT_CODES]
    known = [(score, weight) for score, weight in pairs if score is not None and weight is not None]
    if not missing and sum(weight for _score, weight in known) != FULL_WEIGHT:
        missing.append(_("น้ำหนักของเครื่องมือที่รวมกันได้ 100"))
    if missing:
        return Computed(None, tuple(missing))
    weighted = sum((score * weight for score, weight in known), Decimal(0))
    return Computed(round_half_up(weighted / FULL_WEIGHT))


@dataclass(frozen=True)
class LevelAnswer:
    """The level, or None with what is missing and the levels it may still be, best first."""

    level: RatingLevel | None
    missing: list[str]
    possible: tuple[RatingLevel, ...] = ()

    def note(self) -> str:
        """Return the sentence to print where the level is not known; empty where it is."""
        if self.level is not None or not self.missing:
            return ""
        missing = " ".join(self.missing)
        if not self.possible:
            return _("ยังไม่ทราบระดับ เพราะไม่มี%(missing)s") % {"missing": missing}
        names = "/".join(level.name for level in self.possible)
        return _("ระดับ %(names)s ขึ้นกับ%(missing)s") % {"names": names, "missing": missing}


def level_of(
    total: Decimal | None, instruments: Mapping[str, Decimal | None], scheme: RatingScheme
) -> LevelAnswer:
    """Return the level of a total (0-100) under a scheme, read from the scheme's own rows.

    Scores are rounded to two places first, because the borders are printed so (94.99 / 95.00).
    Where a level asks for the least score of each instrument and one is unknown, the answer has no
    level but names the scores that decide it.
    """
    if total is None:
        return LevelAnswer(None, [_("คะแนนรวม")])
    total = round_half_up(total)
    scores = {code: instruments.get(code) for code in INSTRUMENT_CODES}
    unknown = [code for code, score in scores.items() if score is None]
    known = [round_half_up(score) for score in scores.values() if score is not None]
    undecided = []
    for level in scheme.levels.order_by("order"):
        least = level.least_of_each_instrument
        if total < level.least_total or (least is not None and any(s < least for s in known)):
            continue
        if least is not None and unknown:
            undecided.append(level)
        elif undecided:
            return LevelAnswer(None, _missing_scores(unknown), (*undecided, level))
        else:
            return LevelAnswer(level, [])
    if undecided:
        return LevelAnswer(None, _missing_scores(unknown), tuple(undecided))
    return LevelAnswer(None, [_("ระดับของคะแนนนี้ในเกณฑ์")])


def _missing_scores(codes: Iterable[str]) -> list[str]:
    return [_("คะแนน %s") % code for code in codes]


@dataclass(frozen=True)
class PartScore:
    """A sub-indicator as its items give it, two places; None where a score is missing."""

    sub_indicator: SubIndicator
    value: Decimal | None


@dataclass(frozen=True)
class IndicatorScore:
    """An indicator as its items give it, two places, with its sub-indicators."""

    indicator: Indicator
    value: Decimal | None
    parts: tuple[PartScore, ...] = ()


@dataclass(frozen=True)
class InstrumentSummary:
    """One instrument: as announced, and as its items give it (exact, or None with why)."""

    code: str
    entered: Decimal | None
    computed: Computed
    indicators: tuple[IndicatorScore, ...] = ()

    def exact(self) -> Decimal | None:
        """Return what the total is computed from: the items where all are there."""
        return self.entered if self.computed.value is None else self.computed.value

    def score(self) -> Decimal | None:
        """Return the score to show: as announced, else as computed, two places."""
        if self.entered is not None or self.computed.value is None:
            return self.entered
        return round_half_up(self.computed.value)


@dataclass(frozen=True)
class Difference:
    """Where a figure that was announced is not the one that follows from the others."""

    place: str  # IIT, EIT, OIT, total, level
    name: str  # Thai, of the computed figure
    computed: str
    entered: str

    def __str__(self) -> str:
        return _("%(name)s %(computed)s ไม่ตรงกับที่ได้รับแจ้ง %(entered)s") % {
            "name": self.name,
            "computed": self.computed,
            "entered": self.entered,
        }


@dataclass(frozen=True)
class ResultSummary:
    """A result with everything that follows from it. Scores are 0-100 with two places."""

    instruments: tuple[InstrumentSummary, ...]
    total_entered: Decimal | None
    total_computed: Computed
    level_entered: str
    level_computed: LevelAnswer
    differences: tuple[Difference, ...]  # where computed and announced figures part

    def instrument(self, code: str) -> InstrumentSummary:
        """Return one instrument by its code: IIT, EIT or OIT."""
        return next(each for each in self.instruments if each.code == code)

    def total(self) -> Decimal | None:
        """Return the total to show: as announced, else as computed."""
        return self.total_computed.value if self.total_entered is None else self.total_entered

    def level(self) -> str:
        """Return the name of the level to show: as announced, else as computed, else empty."""
        computed = self.level_computed.level
        return self.level_entered or (computed.name if computed else "")

    def level_note(self) -> str:
        """Return the sentence about what the level depends on; empty where a level is shown."""
        return "" if self.level() else self.level_computed.note()


def values_of(result: AssessmentResult) -> dict[int, Decimal]:
    """Return the stored scores of a result by the item's id; none where it is not stored."""
    return dict(result.scores.values_list("item_id", "value")) if result.pk else {}


def summary_of(
    result: AssessmentResult,
    tree: FrameworkTree | None = None,
    values: Mapping[int, Decimal] | None = None,
) -> ResultSummary:
    """Return the figures of a result: announced, recomputed from the items, and their differences.

    Reads the framework of the result's year and its stored scores unless given; a year without a
    framework yields announced figures only.
    """
    tree = tree or tree_of(result.fiscal_year)
    values = values_of(result) if values is None else values
    instruments = instruments_of(
        tree, values, {"IIT": result.iit, "EIT": result.eit, "OIT": result.oit}
    )
    total = total_of({i.code: i.exact() for i in instruments}, tree.weights())
    level = LevelAnswer(None, [_("เกณฑ์ระดับของปีนี้")])
    if tree.scheme is not None:
        announced_or_computed = total.value if result.total is None else result.total
        level = level_of(
            announced_or_computed, {i.code: i.score() for i in instruments}, tree.scheme
        )
    return ResultSummary(
        instruments=instruments,
        total_entered=result.total,
        total_computed=total,
        level_entered=result.level,
        level_computed=level,
        differences=tuple(_differences(result, instruments, total, level)),
    )


def instruments_of(
    tree: FrameworkTree,
    values: Mapping[int, Decimal],
    entered: Mapping[str, Decimal | None],
) -> tuple[InstrumentSummary, ...]:
    """Return the three instruments from the scores of their items, by the item's id."""
    return tuple(
        _instrument(branch, values, entered.get(branch.code)) for branch in tree.instruments
    )


def _instrument(
    branch: InstrumentBranch, values: Mapping[int, Decimal], entered: Decimal | None
) -> InstrumentSummary:
    items, ungrouped = branch.items(), branch.ungrouped()
    # An item whose place is not known may belong to any indicator: none of them is whole then.
    countable = {} if ungrouped else values
    indicators = tuple(
        _indicator(each, each.indicator, countable)
        for each in branch.indicators
        if each.indicator is not None
    )
    missing = [_("รายการข้อของ %s") % branch.code] if not items else []
    missing += [_("คะแนนข้อ %s") % item.code() for item in items if item.pk not in values]
    missing += [_("ตัวชี้วัดของข้อ %s") % item.code() for item in ungrouped]
    if missing:
        return InstrumentSummary(branch.code, entered, Computed(None, tuple(missing)), indicators)
    scores = [each.value for each in indicators if each.value is not None]
    return InstrumentSummary(branch.code, entered, Computed(instrument_score(scores)), indicators)


def _indicator(
    branch: IndicatorBranch, indicator: Indicator, values: Mapping[int, Decimal]
) -> IndicatorScore:
    """Return an indicator from the scores of its items; None where one of them is missing."""
    counted: list[Decimal | None] = []
    parts = []
    for part in branch.parts:
        if part.sub_indicator is None:  # an item of IIT or EIT is a part of its own
            counted += [values.get(item.pk) for item in part.items]
            continue
        value = _part(part, values)
        parts.append(PartScore(part.sub_indicator, value))
        counted.append(value)
    known = [value for value in counted if value is not None]
    is_whole = len(known) == len(counted)
    return IndicatorScore(indicator, indicator_score(known) if is_whole else None, tuple(parts))


def _part(part: PartBranch, values: Mapping[int, Decimal]) -> Decimal | None:
    if any(item.pk not in values for item in part.items):
        return None
    return sub_indicator_score([values[item.pk] for item in part.items])


def _differences(
    result: AssessmentResult,
    instruments: Iterable[InstrumentSummary],
    total: Computed,
    level: LevelAnswer,
) -> Iterable[Difference]:
    figures = [
        *(
            (i.code, _("คะแนน %s ที่คำนวณได้") % i.code, i.computed.value, i.entered)
            for i in instruments
        ),
        ("total", _("คะแนนรวมที่คำนวณได้"), total.value, result.total),
    ]
    for place, name, computed, entered in figures:
        if computed is None or entered is None or round_half_up(computed) == entered:
            continue
        yield Difference(place, name, str(round_half_up(computed)), str(entered))
    if result.level and level.level is not None and result.level != level.level.name:
        yield Difference("level", _("ระดับที่คำนวณได้"), level.level.name, result.level)
