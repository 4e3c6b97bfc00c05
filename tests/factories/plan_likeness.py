"""How well a draft tells what the file said: found and missed values of each field."""

from collections import Counter
from dataclasses import dataclass, field

from ita_portal.thai.words import normalise, normalise_compact
from measures.domain.importing.plan_drafts import DraftMeasure, PlanDraft
from tests.factories.plan_truths import PlanTruth

FIELDS = (
    "measure",
    "title",
    "step",
    "responsible",
    "period",
    "status",
    "result",
    "outcome",
    "suggestion",
    "score",
)


@dataclass
class Tally:
    """How many values were right, read though not there, and missed, by field."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, truth: PlanTruth, draft: PlanDraft) -> None:
        """Count one file."""
        for name in FIELDS:
            told = _values_of_plan(truth.measures, truth.scores, name)
            read = _values_of_plan(draft.measures, draft.scores, name)
            self.right[name] += (told & read).total()
            self.wrong[name] += (read - told).total()
            self.missed[name] += (told - read).total()

    def precision(self, name: str) -> float:
        """Return the share of what was read that is right."""
        return self.right[name] / max(1, self.right[name] + self.wrong[name])

    def recall(self, name: str) -> float:
        """Return the share of what was told that was read."""
        return self.right[name] / max(1, self.right[name] + self.missed[name])


def _values_of_plan(
    measures: list[DraftMeasure], scores: dict[str, str], name: str
) -> Counter[tuple[int, str]]:
    if name == "score":
        return Counter((0, f"{code} {score}") for code, score in scores.items())
    found: Counter[tuple[int, str]] = Counter()
    for place, measure in enumerate(measures, 1):
        for text in _values(measure, name):
            if text:
                found[place, normalise_compact(text)] += 1
    return found


def _values(measure: DraftMeasure, name: str) -> list[str]:
    period = measure.period
    return {
        "measure": [f"{measure.label} {measure.title}"],
        "title": [measure.title],
        "step": measure.steps,
        "responsible": measure.responsible,
        "period": [period.text, f"{period.start} {period.end}"] if period.text else [],
        "status": [measure.status, measure.status_note],
        "result": measure.results,
        "outcome": measure.outcomes,
        "suggestion": measure.suggestions,
    }[name]


def differences(truth: PlanTruth, draft: PlanDraft) -> list[str]:
    """Return what was missed (-) and read though not there (+), with its place."""
    found: list[str] = []
    for name in FIELDS:
        told = _values_of_plan(truth.measures, truth.scores, name)
        read = _values_of_plan(draft.measures, draft.scores, name)
        found += [f"- {name} {place}: {text}" for place, text in told - read]
        found += [f"+ {name} {place}: {text}" for place, text in read - told]
    for name in ("title", "organisation", "fiscal_year", "round"):
        own, other = (normalise(str(getattr(each, name))) for each in (truth, draft))
        if own != other:
            found.append(f"{name}: {own!r} is not {other!r}")
    return found
