"""The state of a round by measure and division: what the coordinator chases."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from measures.domain.content import progress_summary
from measures.domain.recording import percent
from measures.domain.recording.folding import fold_status
from measures.domain.recording.progress import entries_of
from measures.models import Measure, ProgressEntry, ProgressStatus, ReportingRound


@dataclass(frozen=True)
class MeasureState:
    """One measure of the round with its entries, one per division."""

    measure: Measure
    entries: list[ProgressEntry]

    def status(self) -> ProgressStatus:
        """Return the measure's status as it would be printed."""
        return fold_status(entry.status for entry in self.entries)

    def percent(self) -> int:
        """Return how far the measure is, in whole percent."""
        return int(percent.of_measure(self.entries))

    def missing(self) -> list[ProgressEntry]:
        """Return the entries nobody has filled in."""
        return [entry for entry in self.entries if not entry.is_reported()]


@dataclass(frozen=True)
class RoundOverview:
    """A whole round."""

    round: ReportingRound
    measures: list[MeasureState]

    def summary(self) -> dict[str, int]:
        """Return counts by status, the percentage done, and how far the round is."""
        return {
            **progress_summary(state.status() for state in self.measures),
            "percent": int(percent.of_round(state.entries for state in self.measures)),
        }

    def reported(self) -> int:
        """Return how many entries have been filled in."""
        return self.expected() - sum(len(state.missing()) for state in self.measures)

    def expected(self) -> int:
        """Return how many entries the plan asks for."""
        return sum(len(state.entries) for state in self.measures)


def overview_of(reporting_round: ReportingRound) -> RoundOverview:
    """Return the state of a round, measures in order."""
    by_measure: dict[int, list[ProgressEntry]] = {}
    measures: dict[int, Measure] = {}
    entries = entries_of(reporting_round)
    prefetch_related_objects(entries, "step_marks", "measure__steps")
    for entry in entries:
        measures[entry.measure_id] = entry.measure
        by_measure.setdefault(entry.measure_id, []).append(entry)
    return RoundOverview(
        reporting_round,
        [MeasureState(measures[key], entries) for key, entries in by_measure.items()],
    )
