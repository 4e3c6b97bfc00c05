"""Which measure of an office's plan each measure of a file is, or which one has its number."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from ita_portal.thai.words import normalise_compact
from measures.domain.importing.plan_drafts import DraftMeasure, DraftWarning
from measures.domain.importing.staged_plans import ADD, IDENTICAL, LEAVE, REPLACE, StagedPlan
from measures.models import Indicator, Item, Measure, Responsibility

# Of titles under one number: at least so much of both is the same.
_ALIKE = 0.85


class Outcome(StrEnum):
    """What a measure of the file is to the plan as it stands."""

    NEW = "new"
    SAME = "same"  # there already, by title or by choice: its plan is left alone
    TAKEN = "taken"  # its number belongs to another measure
    LEFT_OUT = "left_out"  # by hand


@dataclass
class Intended:
    """One measure of the file and what would become of it."""

    place: int
    draft: DraftMeasure
    outcome: Outcome
    number: int  # that it would have
    existing: Measure | None = None  # the same measure, or the one that has its number
    answer: str = ""  # where the number is taken: IDENTICAL, REPLACE, ADD or LEAVE
    items: list[Item] = field(default_factory=list)
    indicator: Indicator | None = None
    parties: list[Responsibility] = field(default_factory=list)
    warnings: list[DraftWarning] = field(default_factory=list)

    def is_stored(self) -> bool:
        """Return whether it would be added, or put in the place of another."""
        return self.outcome == Outcome.NEW or (
            self.outcome == Outcome.TAKEN and self.answer in (ADD, REPLACE)
        )

    def answers(self) -> list[str]:
        """Return what its number, which another measure has, leaves to choose from."""
        if not self.answer:
            return []
        return [ADD, LEAVE] if self.existing is None else [IDENTICAL, REPLACE, ADD, LEAVE]

    def has_results(self) -> bool:
        """Return whether the file says what was done for it."""
        draft = self.draft
        return bool(
            draft.status
            or draft.status_note
            or draft.results
            or draft.outcomes
            or draft.suggestions
        )


def matched(staged: StagedPlan, stored: list[Measure]) -> list[Intended]:
    """Return the file's measures, each beside the stored one that it is or collides with.

    The same number and title is the same measure; failing that the same title under another
    number, so that what was added with a next number is found again by the next import.
    """
    drafts = list(enumerate(staged.plan.measures, start=1))
    by_number = {measure.number: measure for measure in stored}
    left = {measure.pk: measure for measure in stored}
    same: dict[int, Measure] = {}
    for is_number_asked in (True, False):
        for place, draft in drafts:
            if place in same or draft.is_left_out:
                continue
            for measure in left.values():
                is_number = measure.number == draft.number or not is_number_asked
                if is_number and _is_title(measure.title, draft.title):
                    same[place] = left.pop(measure.pk)
                    break
    used = set(by_number)
    next_free = max([0, *used, *(draft.number for _place, draft in drafts)]) + 1
    intended = []
    for place, draft in drafts:
        if draft.is_left_out:
            intended.append(Intended(place, draft, Outcome.LEFT_OUT, draft.number))
            continue
        if place in same:
            measure = same[place]
            intended.append(Intended(place, draft, Outcome.SAME, measure.number, measure))
            continue
        if draft.number >= 1 and draft.number not in used:
            used.add(draft.number)
            intended.append(Intended(place, draft, Outcome.NEW, draft.number))
            continue
        other = by_number.get(draft.number)
        answer = staged.choices.taken.get(str(place)) or _usual_answer(draft, other)
        if answer in (IDENTICAL, REPLACE) and (other is None or other.pk not in left):
            answer = LEAVE  # another measure of the file is the one that has this number
        number, outcome = draft.number, Outcome.TAKEN
        if answer in (IDENTICAL, REPLACE) and other is not None:
            del left[other.pk]
            outcome = Outcome.SAME if answer == IDENTICAL else outcome
        elif answer == ADD:
            number, next_free = next_free, next_free + 1
        intended.append(Intended(place, draft, outcome, number, other, answer))
    return intended


def _usual_answer(draft: DraftMeasure, other: Measure | None) -> str:
    """Return what becomes of a measure whose number is taken, where nobody has said.

    A report often words the measures of its plan a little differently ("ควรมี…", then "มี…").
    """
    if other is None:
        return ADD
    titles = normalise_compact(other.title), normalise_compact(draft.title)
    is_alike = SequenceMatcher(None, *titles, autojunk=False).ratio() >= _ALIKE
    return IDENTICAL if is_alike else LEAVE


def _is_title(one: str, other: str) -> bool:
    return normalise_compact(one) == normalise_compact(other)
