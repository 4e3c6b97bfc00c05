"""How far things are, in whole percent: the one place where it is worked out.

An entry that is done is at 100, one that has not been started at 0; one in progress is at the
share of the measure's steps that its division has marked (without steps, or marks, at 0). A
measure is at the average of its divisions, a round at the average of its measures. Fractions are
kept on the way and rounded down at the end, so that 100 means all: in progress with every step
marked is at 99.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from measures.models import ProgressEntry, ProgressStatus

_NEARLY = Fraction(99)


def share(part: int, whole: int) -> int:
    """Return ``part`` of ``whole`` in whole percent, rounded down; 0 of nothing."""
    return part * 100 // whole if whole else 0


def of_entry(entry: ProgressEntry) -> Fraction:
    """Return how far one division is with its measure."""
    if entry.status == ProgressStatus.DONE:
        return Fraction(100)
    if entry.status == ProgressStatus.NOT_STARTED:
        return Fraction(0)
    steps = {step.pk for step in entry.measure.steps.all()}
    marked = {mark.step_id for mark in entry.step_marks.all()}
    if not steps:
        return Fraction(0)
    return min(Fraction(100 * len(steps & marked), len(steps)), _NEARLY)


def of_measure(entries: Sequence[ProgressEntry]) -> Fraction:
    """Return how far a measure is, from the entries of its divisions."""
    return _average([of_entry(entry) for entry in entries])


def of_round(measures: Iterable[Sequence[ProgressEntry]]) -> Fraction:
    """Return how far a round is, from the entries of each of its measures."""
    return _average([of_measure(entries) for entries in measures])


def _average(percents: Sequence[Fraction]) -> Fraction:
    return sum(percents, Fraction(0)) / len(percents) if percents else Fraction(0)
