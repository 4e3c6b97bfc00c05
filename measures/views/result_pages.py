"""What the pages of results show, put together for the templates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.forms import BoundField
from django.utils.translation import gettext as _

from measures.domain.scoring import difference_causes, score_imports
from measures.domain.scoring.difference_causes import Explained
from measures.domain.scoring.framework_tree import (
    FrameworkTree,
    InstrumentBranch,
    span_of,
    tree_of,
)
from measures.domain.scoring.results import (
    ResultSummary,
    instruments_of,
    round_half_up,
    summary_of,
    values_of,
)
from measures.domain.scoring.score_tables import ScoreReading
from measures.forms.results import ResultForm, name_of
from measures.models import AssessmentResult, Indicator, Item


@dataclass(frozen=True)
class FigureRow:
    """One announced figure beside the one that follows, and why they part or there is none."""

    name: str
    weight: Decimal | None
    entered: str
    computed: str
    causes: tuple[Explained, ...]
    missing: str


@dataclass(frozen=True)
class ItemRow:
    """One item with its stored score, and its field where it can be typed."""

    item: Item
    value: Decimal | None
    field: BoundField | None


@dataclass(frozen=True)
class IndicatorGroup:
    """An indicator (None: not known) with its rows; its score where all items are there."""

    indicator: Indicator | None
    value: Decimal | None
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True)
class InstrumentGroup:
    """An instrument with its indicators."""

    branch: InstrumentBranch
    groups: tuple[IndicatorGroup, ...]
    scored: int
    items: int


def figures_of(
    result: AssessmentResult, tree: FrameworkTree, values: Mapping[int, Decimal]
) -> list[FigureRow]:
    """Return the three instruments, the total and the level, announced and computed."""
    summary = summary_of(result, tree, values)
    causes = difference_causes.explained(result, tree, values)
    rows = []
    for each in summary.instruments:
        computed = each.computed.value
        rows.append(
            FigureRow(
                each.code,
                tree.instrument(each.code).weight,
                _written(each.entered),
                _written(None if computed is None else round_half_up(computed)),
                _of_place(causes, each.code),
                _what_is_missing(tree.instrument(each.code), values) if tree.is_known else "",
            )
        )
    rows.append(
        FigureRow(
            _("คะแนนรวม"),
            None,
            _written(result.total),
            _written(summary.total_computed.value),
            _of_place(causes, "total"),
            _("ยังคำนวณไม่ได้ ขาด%s") % ", ".join(summary.total_computed.missing)
            if tree.is_known and summary.total_computed.missing
            else "",
        )
    )
    return [*rows, _level_row(result, summary, causes)]


def _level_row(
    result: AssessmentResult, summary: ResultSummary, causes: list[Explained]
) -> FigureRow:
    answer = summary.level_computed
    return FigureRow(
        _("ระดับ"),
        None,
        result.level or "–",
        answer.level.name if answer.level else "–",
        _of_place(causes, "level"),
        answer.note(),
    )


def _of_place(causes: list[Explained], place: str) -> tuple[Explained, ...]:
    return tuple(each for each in causes if each.difference.place == place)


def _written(score: Decimal | None) -> str:
    return "–" if score is None else str(score)


def _what_is_missing(branch: InstrumentBranch, values: Mapping[int, Decimal]) -> str:
    """Return in one sentence why an instrument cannot be computed; empty where it can."""
    if not branch.items():
        return _("ยังคำนวณไม่ได้ เพราะยังไม่มีรายการข้อของ %s ในปีนี้") % branch.code
    found = []
    unscored = [item for item in branch.items() if item.pk not in values]
    if unscored:
        found.append(
            _("ขาดคะแนน %(count)s ข้อ (%(items)s)")
            % {"count": len(unscored), "items": span_of(unscored)}
        )
    if branch.ungrouped():
        found.append(_("กรอบของปีนี้ยังไม่บอกว่า %s นับในตัวชี้วัดใด") % span_of(branch.ungrouped()))
    return _("ยังคำนวณไม่ได้ %s") % _(" และ").join(found) if found else ""


def groups_of(
    tree: FrameworkTree, values: Mapping[int, Decimal], form: ResultForm | None = None
) -> list[InstrumentGroup]:
    """Return the items as they are typed and read: by instrument and indicator."""
    scores = {
        each.indicator.pk: each.value
        for instrument in instruments_of(tree, values, {})
        for each in instrument.indicators
    }
    found = []
    for branch in tree.instruments:
        groups = tuple(
            IndicatorGroup(
                each.indicator,
                scores.get(each.indicator.pk) if each.indicator else None,
                tuple(
                    ItemRow(item, values.get(item.pk), form[name_of(item)] if form else None)
                    for item in each.items()
                ),
            )
            for each in branch.indicators
        )
        items = branch.items()
        scored = sum(1 for item in items if item.pk in values)
        found.append(InstrumentGroup(branch, groups, scored, len(items)))
    return found


@dataclass(frozen=True)
class ReadRow:
    """One figure that was read: what is stored now, and what would be."""

    name: str
    text: str
    before: Decimal | str | None
    after: Decimal | str
    where: str

    def is_change(self) -> bool:
        """Return whether another value is stored."""
        return self.before not in (None, "", self.after)

    def is_same(self) -> bool:
        """Return whether this value is stored already."""
        return self.before == self.after


@dataclass(frozen=True)
class Preview:
    """What was read of a text or file, before anything is stored."""

    reading: ScoreReading
    rows: tuple[ReadRow, ...]
    missing: tuple[Item, ...]
    figures: list[FigureRow]
    indicator_causes: list[Explained]

    def news(self) -> int:
        """Return how many of the figures would change what is stored."""
        return sum(1 for row in self.rows if not row.is_same())


def preview_of(result: AssessmentResult, reading: ScoreReading) -> Preview:
    """Return what storing a reading would do to a result, with what follows from it then."""
    tree = tree_of(result.fiscal_year)
    values = values_of(result)
    rows = list(_read_rows(result, reading, tree, values))
    after = values | {item.pk: value for item, value in reading.scores(tree).items()}
    given = {number: found.value for number, found in reading.indicators.items()}
    return Preview(
        reading,
        tuple(rows),
        tuple(item for item in tree.items() if item.pk not in after),
        figures_of(score_imports.with_reading(result, reading), tree, after),
        difference_causes.explained_indicators(tree, after, given),
    )


def _read_rows(
    result: AssessmentResult,
    reading: ScoreReading,
    tree: FrameworkTree,
    values: Mapping[int, Decimal],
) -> Iterator[ReadRow]:
    names = {"iit": "IIT", "eit": "EIT", "oit": "OIT", "total": _("คะแนนรวม")}
    for name, label in names.items():
        if name in reading.announced:
            found = reading.announced[name]
            yield ReadRow(label, "", getattr(result, name), found.value, found.where)
    if reading.level:
        yield ReadRow(_("ระดับ"), "", result.level, reading.level, "")
    for item, value in reading.scores(tree).items():
        where = reading.items[item.code()].where
        yield ReadRow(item.code(), item.text, values.get(item.pk), value, where)
