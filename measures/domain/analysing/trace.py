"""One year's plan from end to end: score before, finding, measure, result, score after.

Three years meet here and stay apart: the result of the year before was analysed, the measures are
of the plan's year, and the score after is of that year's own assessment (domain.md §0.4).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from measures.domain.analysing.previous import (
    Basis,
    Movement,
    OtherYear,
    items_of,
    score_of_indicator,
    values_of,
)
from measures.domain.analysing.thresholds import severity_of
from measures.domain.planning.measures import reporting_divisions
from measures.domain.recording.folding import fold_status, fold_texts
from measures.models import (
    Finding,
    Indicator,
    Item,
    Measure,
    Organisation,
    ProgressEntry,
    ProgressStatus,
    ReportingRound,
)


@dataclass(frozen=True)
class TracedItem:
    """An item of the analysed year: its score then, and what became of it in the plan's year."""

    item: Item
    score: Decimal | None  # of the analysed year
    basis: Basis
    counterpart: Item | None  # of the plan's year
    indicator: Indicator | None  # of the plan's year, where only that can be compared
    movement: Movement  # of the item, or of its indicator

    def movement_words(self) -> str:
        """Return in Thai how the score moved; empty where a score is missing."""
        return self.movement.words()

    def after_words(self) -> str:
        """Return what the score after is of, in Thai: the item as it is numbered then, or else."""
        if self.counterpart is not None:
            return _("ข้อ %(code)s") % {"code": self.counterpart.code()}
        if self.indicator is not None:
            return _("ไม่มีข้อความเดียวกัน เทียบตัวชี้วัดที่ %(number)s") % {"number": self.indicator.number}
        return _("ไม่มีข้อให้เทียบ")


@dataclass(frozen=True)
class TracedRound:
    """What a round says of a measure: nothing yet, or where it stands and in which words."""

    round: ReportingRound
    reported: int  # divisions that have said where they stand
    expected: int
    status: ProgressStatus | None  # None: nobody has reported
    text: str

    def is_partial(self) -> bool:
        """Return whether some divisions have reported and others have not."""
        return 0 < self.reported < self.expected


@dataclass(frozen=True)
class TracedMeasure:
    """A measure with what each round of its year says of it, in the order of the rounds."""

    measure: Measure
    rounds: tuple[TracedRound, ...]


@dataclass(frozen=True)
class TraceLine:
    """One thread: items, the finding made of them (None: a gap), the measures that answer it."""

    items: tuple[TracedItem, ...]
    finding: Finding | None
    measures: tuple[TracedMeasure, ...]

    def height(self) -> int:
        """Return how many rows of a table the thread takes."""
        return max(len(self.measures), 1)


@dataclass(frozen=True)
class Trace:
    """Everything that the page of one plan's year shows."""

    fiscal_year: int  # of the plan
    rounds: tuple[ReportingRound, ...]
    has_score_before: bool
    has_score_after: bool
    lines: tuple[TraceLine, ...]

    @property
    def analysed_year(self) -> int:
        """Return the year whose result was analysed."""
        return self.fiscal_year - 1


def trace_of(organisation: Organisation, fiscal_year: int) -> Trace:
    """Return the trace of the plan of ``fiscal_year``; asks as often for one measure as for all.

    First the findings by number, then weak items that nobody has analysed, then measures that
    answer no finding.
    """
    items = _Items(organisation, fiscal_year)
    measures = _measures(organisation, fiscal_year)
    findings = list(
        Finding.objects.of_organisation(organisation)
        .filter(fiscal_year=fiscal_year - 1)
        .select_related("indicator")
        .prefetch_related("items__instrument", "items__indicator")
        .order_by("number")
    )
    lines = [
        TraceLine(
            tuple(items.trace(item) for item in finding.items.all()),
            finding,
            tuple(each for each in measures if finding in each.measure.findings.all()),
        )
        for finding in findings
    ]
    analysed = {item.pk for finding in findings for item in finding.items.all()}
    lines += [
        TraceLine((items.trace(item),), None, ())
        for item in items.weak(organisation)
        if item.pk not in analysed
    ]
    answered = {finding.pk for finding in findings}
    lines += [
        TraceLine(tuple(items.trace(item) for item in each.measure.items.all()), None, (each,))
        for each in measures
        if not answered & {finding.pk for finding in each.measure.findings.all()}
    ]
    return Trace(
        fiscal_year,
        tuple(_rounds(organisation, fiscal_year)),
        bool(items.before),
        bool(items.after),
        tuple(lines),
    )


class _Items:
    """The items of both years with their scores, read once."""

    def __init__(self, organisation: Organisation, fiscal_year: int) -> None:
        self.items = items_of(fiscal_year - 1)
        self.before = values_of(organisation, fiscal_year - 1)
        self.other = OtherYear(items_of(fiscal_year))
        self.after = values_of(organisation, fiscal_year)

    def trace(self, item: Item) -> TracedItem:
        """Return what became of an item of the analysed year."""
        score = self.before.get(item.pk)
        counterpart = self.other.item_like(item)
        if counterpart is not None:
            movement = Movement(score, self.after.get(counterpart.pk))
            return TracedItem(item, score, Basis.ITEM, counterpart, None, movement)
        indicator = self.other.indicator_like(item)
        if indicator is not None and item.indicator is not None:
            movement = Movement(
                score_of_indicator(item.indicator, self.items, self.before),
                score_of_indicator(indicator, self.other.items, self.after),
            )
            return TracedItem(item, score, Basis.INDICATOR, None, indicator, movement)
        return TracedItem(item, score, Basis.NOTHING, None, None, Movement(score, None))

    def weak(self, organisation: Organisation) -> list[Item]:
        """Return the items under the office's thresholds, in the framework's order."""
        return [
            item
            for item in self.items
            if item.pk in self.before and severity_of(self.before[item.pk], organisation)
        ]


def _rounds(organisation: Organisation, fiscal_year: int) -> Sequence[ReportingRound]:
    return list(
        ReportingRound.objects.of_organisation(organisation)
        .filter(fiscal_year=fiscal_year)
        .order_by("months")
    )


def _measures(organisation: Organisation, fiscal_year: int) -> list[TracedMeasure]:
    measures = (
        Measure.objects.of_organisation(organisation)
        .of_year(fiscal_year)
        .prefetch_related("findings", "items__instrument", "items__indicator")
        .order_by("number")
    )
    rounds = _rounds(organisation, fiscal_year)
    divisions = reporting_divisions(organisation, fiscal_year)
    entries: dict[tuple[int, int], list[ProgressEntry]] = {}
    for entry in (
        ProgressEntry.objects.filter(round__in=[each.pk for each in rounds])
        .select_related("division")
        .order_by("division__order", "division__name")
    ):
        entries.setdefault((entry.measure_id, entry.round_id), []).append(entry)
    return [
        TracedMeasure(
            measure,
            tuple(
                _told(each, entries.get((measure.pk, each.pk), []), len(divisions[measure.pk]))
                for each in rounds
            ),
        )
        for measure in measures
    ]


def _told(
    reporting_round: ReportingRound, entries: Iterable[ProgressEntry], expected: int
) -> TracedRound:
    every = list(entries)
    reported = [entry for entry in every if entry.is_reported()]
    # A division that has not reported has not begun, as far as anybody knows.
    silent = [ProgressStatus.NOT_STARTED.value] * max(expected - len(reported), 0)
    return TracedRound(
        reporting_round,
        len(reported),
        max(expected, len(every)),
        fold_status([*(entry.status for entry in reported), *silent]) if reported else None,
        fold_texts((entry.division.name, entry.result) for entry in reported),
    )
