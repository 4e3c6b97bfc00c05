"""Why a figure the office received is not the one that follows from its parts.

The known wrong ways of computing are tried one by one; the first that gives the office's figure is
named. They are guesses at what somebody's calculator did, and are worded so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from itertools import permutations

from django.utils.translation import gettext as _

from measures.domain.scoring.framework_tree import (
    INSTRUMENT_CODES,
    FrameworkTree,
    InstrumentBranch,
)
from measures.domain.scoring.results import (
    FULL_WEIGHT,
    Difference,
    InstrumentSummary,
    ResultSummary,
    instruments_of,
    level_of,
    round_half_up,
    summary_of,
)
from measures.models import AssessmentResult, Instrument, RatingScheme

ROUNDING = Decimal("0.02")  # what rounding at every printed level can add up to
Way = tuple[str, Decimal]  # a Thai clause, and the figure that this way of computing gives


@dataclass(frozen=True)
class Explained:
    """A difference with its cause, a whole Thai sentence; ``is_known`` where one was found."""

    difference: Difference
    cause: str
    is_known: bool


@dataclass(frozen=True)
class _Case:
    """Everything the ways of computing are tried on."""

    tree: FrameworkTree
    summary: ResultSummary
    values: Mapping[int, Decimal]  # scores by the item's id


def explained(
    result: AssessmentResult, tree: FrameworkTree, values: Mapping[int, Decimal]
) -> list[Explained]:
    """Return every difference of a result with what may have caused it, in the summary's order.

    ``values`` are the scores of the items by their id. An instrument of which scores are missing is
    no difference; where what was announced is what comes out without them, that is told too.
    """
    case = _Case(tree, summary_of(result, tree, values), values)
    found = [_explained(case, difference) for difference in case.summary.differences]
    return [*found, *_with_missing(case)]


def explained_indicators(
    tree: FrameworkTree, values: Mapping[int, Decimal], given: Mapping[str, Decimal]
) -> list[Explained]:
    """Return where announced indicators ("9") and sub-indicators ("9.1") differ, with the cause.

    ``values`` are the scores of the items by their id. They are compared only, never stored.
    """
    computed: dict[str, Decimal] = {}
    plain: dict[str, Decimal] = {}
    for instrument in instruments_of(tree, values, {}):
        for each in instrument.indicators:
            if each.value is None:
                continue
            number = str(each.indicator.number)
            computed[number] = each.value
            plain[number] = _mean(
                values[item.pk]
                for branch in tree.instrument(instrument.code).indicators
                if branch.indicator == each.indicator
                for item in branch.items()
            )
            parts = {part.sub_indicator.number: part.value for part in each.parts}
            computed |= {name: value for name, value in parts.items() if value is not None}
    found = []
    for number, figure in given.items():
        value = computed.get(number)
        if value is None or value == figure:
            continue
        name = _("คะแนนตัวชี้วัดที่ %s ที่คำนวณได้") % number
        difference = Difference(number, name, str(value), str(figure))
        cause = _first(_ways_to_indicator(number, plain, computed), figure)
        cause = cause or _rounding(difference)
        unknown = _unknown(difference.computed, difference.entered)
        found.append(Explained(difference, cause or unknown, is_known=bool(cause)))
    return found


def _ways_to_indicator(
    number: str, plain: Mapping[str, Decimal], computed: Mapping[str, Decimal]
) -> Iterator[Way]:
    if number in plain:
        yield _("เฉลี่ยจากข้อโดยตรง แทนที่จะเฉลี่ยตัวชี้วัดย่อยก่อน"), plain[number]
    yield _("ตัดเศษทิ้งแทนที่จะปัดเศษ"), _cut(plain.get(number, computed[number]))
    for other, value in computed.items():
        if other != number:
            yield _("เป็นคะแนนของตัวชี้วัดที่ %s อาจสลับแถว") % other, value


def _explained(case: _Case, difference: Difference) -> Explained:
    if difference.place == "level":
        cause = _level_cause(case, difference.entered)
    else:
        entered = Decimal(difference.entered)
        ways = _ways_to_total if difference.place == "total" else _ways_to_instrument
        cause = _first(ways(case, difference.place), entered) or _rounding(difference)
    if cause:
        return Explained(difference, cause, is_known=True)
    return Explained(difference, _unknown(difference.computed, difference.entered), is_known=False)


def _unknown(computed: str, entered: str) -> str:
    return _(
        "ไม่ทราบสาเหตุ คำนวณได้ %(computed)s ได้รับแจ้ง %(entered)s "
        "โปรดตรวจคะแนนรายข้อและตัวเลขที่ได้รับแจ้งกับเอกสารอีกครั้ง"
    ) % {"computed": computed, "entered": entered}


def _first(ways: Iterable[Way], entered: Decimal) -> str:
    """Return the first way that gives the announced figure, as a sentence; empty for none."""
    for clause, value in ways:
        if round_half_up(value) == entered:
            return _("ตรงกับที่ได้รับแจ้งเมื่อ%s") % clause
    return ""


def _rounding(difference: Difference) -> str:
    gap = abs(Decimal(difference.entered) - Decimal(difference.computed))
    return _("ต่างกันไม่เกิน 0.02 น่าจะเกิดจากการปัดเศษ") if gap <= ROUNDING else ""


def _mean(values: Iterable[Decimal]) -> Decimal:
    known = list(values)
    return sum(known, Decimal(0)) / len(known)


def _cut(value: Decimal) -> Decimal:
    """Return a value with two places, what follows simply left out."""
    return value.quantize(Decimal("0.01"), rounding=ROUND_DOWN)


# An instrument ------------------------------------------------------------------------------------


def _ways_to_instrument(case: _Case, code: str) -> Iterator[Way]:
    branch, summary = case.tree.instrument(code), case.summary.instrument(code)
    exact = summary.computed.value
    assert exact is not None  # without it there is no difference
    yield from _ways_of_rounding(branch, case.values, exact)
    yield _("เฉลี่ยทุกข้อเท่ากัน แทนที่จะเฉลี่ยตัวชี้วัด"), _mean_of_items(branch, case.values)
    if any(each.parts for each in summary.indicators):
        yield (
            _("เฉลี่ยตัวชี้วัดจากข้อโดยตรง แทนที่จะเฉลี่ยตัวชี้วัดย่อยก่อน"),
            _mean(
                _mean(case.values[item.pk] for item in each.items()) for each in branch.indicators
            ),
        )
        parts = [part.value for each in summary.indicators for part in each.parts]
        yield (
            _("เฉลี่ยตัวชี้วัดย่อยทั้งหมดเท่ากัน แทนที่จะเฉลี่ยเป็นตัวชี้วัดก่อน"),
            _mean(part for part in parts if part is not None),
        )
    for other in case.summary.instruments:
        if other.code != code and other.computed.value is not None:
            clause = _("เป็นคะแนน %s ที่คำนวณได้ อาจกรอกสลับเครื่องมือ") % other.code
            yield clause, other.computed.value
    for each in summary.indicators:
        if each.value is not None:
            yield _("เป็นคะแนนของตัวชี้วัดที่ %s เพียงตัวเดียว") % each.indicator.number, each.value
    yield from _ways_by_one_item(case, branch)


def _ways_of_rounding(
    branch: InstrumentBranch, values: Mapping[int, Decimal], exact: Decimal
) -> Iterator[Way]:
    unrounded = _unrounded(branch, values)
    yield _("ปัดเศษครั้งเดียวตอนท้าย แทนที่จะปัดทุกระดับที่พิมพ์"), unrounded
    yield _("ตัดเศษทิ้งแทนที่จะปัดเศษ"), _cut(exact)
    yield _("ตัดเศษทิ้งแทนที่จะปัดเศษ"), _cut(unrounded)


def _unrounded(branch: InstrumentBranch, values: Mapping[int, Decimal]) -> Decimal:
    """Return the score of an instrument without rounding anything on the way."""
    indicators = []
    for each in branch.indicators:
        parts: list[Decimal] = []
        for part in each.parts:
            scores = [values[item.pk] for item in part.items]
            parts += scores if part.sub_indicator is None else [_mean(scores)]
        indicators.append(_mean(parts))
    return _mean(indicators)


def _mean_of_items(branch: InstrumentBranch, values: Mapping[int, Decimal]) -> Decimal:
    return _mean(values[item.pk] for item in branch.items())


def _ways_by_one_item(case: _Case, branch: InstrumentBranch) -> Iterator[Way]:
    """Yield what comes out with one OIT item passed that was not, or the other way round."""
    if branch.code != "OIT":
        return
    for item in branch.items():
        score = case.values[item.pk]
        if score not in (0, FULL_WEIGHT):
            continue
        turned = FULL_WEIGHT - score
        value = _unrounded(branch, {**case.values, item.pk: turned})
        part = item.sub_indicator.number if item.sub_indicator else ""
        clause = (
            _("มีข้อในตัวชี้วัดย่อย %s ไม่ผ่านเพิ่มอีกหนึ่งข้อ โปรดตรวจข้อในตัวชี้วัดย่อยนี้")
            if turned == 0
            else _("มีข้อในตัวชี้วัดย่อย %s ผ่านเพิ่มอีกหนึ่งข้อ โปรดตรวจข้อในตัวชี้วัดย่อยนี้")
        )
        yield clause % part, value


def _with_missing(case: _Case) -> Iterator[Explained]:
    """Yield the instruments of which items are missing, where the announced figure tells how."""
    for summary in case.summary.instruments:
        branch = case.tree.instrument(summary.code)
        known = [item for item in branch.items() if item.pk in case.values]
        missing = len(branch.items()) - len(known)
        if summary.computed.value is not None or summary.entered is None or not known:
            continue
        cause = _first(_ways_with_missing(branch, case.values, missing), summary.entered)
        if cause:
            difference = Difference(
                summary.code, _("คะแนน %s ยังคำนวณไม่ได้") % summary.code, "", str(summary.entered)
            )
            yield Explained(difference, cause, is_known=True)


def _ways_with_missing(
    branch: InstrumentBranch, values: Mapping[int, Decimal], missing: int
) -> Iterator[Way]:
    known = [values[item.pk] for item in branch.items() if item.pk in values]
    if missing:
        clause = _("เฉลี่ยเฉพาะข้อที่มีคะแนน โดยไม่นับ %s ข้อที่ยังไม่มีคะแนน") % missing
        yield clause, _mean(known)
        clause = _("นับ %s ข้อที่ยังไม่มีคะแนนเป็นศูนย์") % missing
        if not branch.ungrouped():
            filled = {item.pk: values.get(item.pk, Decimal(0)) for item in branch.items()}
            yield clause, _unrounded(branch, filled)
        yield clause, sum(known, Decimal(0)) / len(branch.items())
    else:
        yield _("เฉลี่ยทุกข้อเท่ากัน แทนที่จะเฉลี่ยตัวชี้วัด"), _mean(known)


# The total ----------------------------------------------------------------------------------------


def _ways_to_total(case: _Case, _place: str) -> Iterator[Way]:
    weights = {code: weight for code, weight in case.tree.weights().items() if weight is not None}
    exact = _known(case.summary.instruments, InstrumentSummary.exact)
    shown = _known(case.summary.instruments, InstrumentSummary.score)
    rounded = {code: round_half_up(score) for code, score in exact.items()}
    if shown != rounded:
        yield (
            _("ใช้คะแนน IIT EIT OIT ที่ได้รับแจ้ง คะแนนรวมจึงต่างเพราะคะแนนของเครื่องมือต่าง"),
            _weighted(shown, weights),
        )
    yield _("ปัดเศษคะแนนของแต่ละเครื่องมือก่อนถ่วงน้ำหนัก"), _weighted(rounded, weights)
    yield (
        _("ปัดเศษของแต่ละเครื่องมือหลังถ่วงน้ำหนักแล้วจึงรวม"),
        sum(
            (round_half_up(exact[code] * weights[code] / FULL_WEIGHT) for code in exact), Decimal(0)
        ),
    )
    yield _("ตัดเศษทิ้งแทนที่จะปัดเศษ"), _cut(_weighted(exact, weights))
    for name, scores in ((_("ที่คำนวณได้"), exact), (_("ที่ได้รับแจ้ง"), shown)):
        yield from _wrong_weights(case, scores, weights, name)
    yield from _plain_means(case)


def _known(
    instruments: Iterable[InstrumentSummary],
    of: Callable[[InstrumentSummary], Decimal | None],
) -> dict[str, Decimal]:
    scores = {each.code: of(each) for each in instruments}
    return {code: score for code, score in scores.items() if score is not None}


def _weighted(scores: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal:
    return sum((scores[code] * weights[code] for code in scores), Decimal(0)) / FULL_WEIGHT


def _wrong_weights(
    case: _Case, scores: dict[str, Decimal], weights: dict[str, Decimal], name: str
) -> Iterator[Way]:
    yield _("เฉลี่ยคะแนน%sของสามเครื่องมือเท่ากัน โดยไม่ถ่วงน้ำหนัก") % name, _mean(scores.values())
    for year, others in _other_weights(case.tree.fiscal_year, weights).items():
        yield _("ถ่วงด้วยน้ำหนักของปี %s") % year, _weighted(scores, others)
    swaps = []
    for order in permutations(INSTRUMENT_CODES):
        swapped = {code: scores[other] for code, other in zip(INSTRUMENT_CODES, order, strict=True)}
        moved = [code for code in INSTRUMENT_CODES if swapped[code] != scores[code]]
        swaps.append((moved, swapped))
    for moved, swapped in sorted(swaps, key=lambda swap: len(swap[0])):  # the likelier slip first
        clause = _("สลับคะแนน%(name)sของ %(codes)s ก่อนถ่วงน้ำหนัก")
        yield clause % {"name": name, "codes": " ".join(moved)}, _weighted(swapped, weights)
    for code in INSTRUMENT_CODES:
        without = {other: Decimal(0) if other == code else scores[other] for other in scores}
        yield _("ไม่นับคะแนน %s") % code, _weighted(without, weights)


def _other_weights(fiscal_year: int, weights: dict[str, Decimal]) -> dict[int, dict[str, Decimal]]:
    """Return the weights of the other years that have all three and differ from this year's."""
    found: dict[int, dict[str, Decimal]] = {}
    rows = Instrument.objects.exclude(framework__fiscal_year=fiscal_year).exclude(weight=None)
    for year, code, weight in rows.values_list("framework__fiscal_year", "code", "weight"):
        assert weight is not None
        found.setdefault(year, {})[code] = weight
    return {
        year: each
        for year, each in sorted(found.items())
        if len(each) == len(INSTRUMENT_CODES) and each != weights
    }


def _plain_means(case: _Case) -> Iterator[Way]:
    indicators = [
        each.value for instrument in case.summary.instruments for each in instrument.indicators
    ]
    known = [value for value in indicators if value is not None]
    if known and len(known) == len(indicators):
        yield _("เฉลี่ยตัวชี้วัดทุกตัวเท่ากัน โดยไม่ถ่วงน้ำหนัก"), _mean(known)
    items = [case.values.get(item.pk) for item in case.tree.items()]
    scores = [value for value in items if value is not None]
    if scores and len(scores) == len(items):
        yield _("เฉลี่ยทุกข้อของทั้งสามเครื่องมือเท่ากัน"), _mean(scores)


# The level ----------------------------------------------------------------------------------------


def _level_cause(case: _Case, entered: str) -> str:
    """Return why another level was announced; empty where none of the known reasons gives it."""
    summary, scheme = case.summary, case.tree.scheme
    assert scheme is not None  # without a scheme there is no level to differ
    total = summary.total()
    scores = {each.code: each.score() for each in summary.instruments}
    computed = {each.code: each.exact() for each in summary.instruments}
    schemes = RatingScheme.objects.prefetch_related("levels")
    names = {level.name for each in schemes for level in each.levels.all()}
    if entered not in names:
        return _("ไม่มีระดับชื่อ “%s” ในเกณฑ์ใด โปรดตรวจตัวสะกด") % entered
    if _is_level(entered, summary.total_computed.value, computed, scheme):
        return _("ตรงกับที่ได้รับแจ้งเมื่อใช้คะแนนที่คำนวณได้ ไม่ใช่คะแนนรวมที่ได้รับแจ้ง")
    for level in scheme.levels.all():
        least = level.least_of_each_instrument
        if level.name != entered or least is None or total is None or total < level.least_total:
            continue
        short = [
            _("%(code)s ได้ %(score)s") % {"code": code, "score": score}
            for code, score in scores.items()
            if score is not None and score < least
        ]
        if short:
            return _(
                "ตรงกับที่ได้รับแจ้งเมื่อดูคะแนนรวมอย่างเดียว "
                "แต่ระดับนี้ต้องได้ทุกเครื่องมือไม่น้อยกว่า %(least)s (%(short)s)"
            ) % {"least": least, "short": ", ".join(short)}
    for other in schemes:
        if other.pk != scheme.pk and _is_level(entered, total, scores, other):
            return _("ตรงกับที่ได้รับแจ้งเมื่อใช้เกณฑ์ “%(other)s” แต่ปีนี้ใช้เกณฑ์ “%(own)s”") % {
                "other": other.name,
                "own": scheme.name,
            }
    if total is not None and _is_level(entered, round_half_up(total, 0), scores, scheme):
        return _("ตรงกับที่ได้รับแจ้งเมื่อปัดคะแนนรวมเป็นจำนวนเต็มก่อน แต่เกณฑ์ใช้ทศนิยมสองตำแหน่ง")
    return ""


def _is_level(
    name: str, total: Decimal | None, scores: Mapping[str, Decimal | None], scheme: RatingScheme
) -> bool:
    answer = level_of(total, scores, scheme).level
    return answer is not None and answer.name == name
