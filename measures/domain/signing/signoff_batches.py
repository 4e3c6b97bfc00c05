"""Several documents approved at once: each by itself, through every rule."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from measures.domain.signing import signoffs
from measures.models import SignoffStep, User
from measures.permissions import NotAllowed


@dataclass(frozen=True)
class Outcome:
    """What became of one document; ``refusal`` is the reason in Thai, "" for approved."""

    step: SignoffStep
    refusal: str


def approve_each(
    steps: Sequence[SignoffStep],
    *,
    by: User,
    opinion: str,
    seen: Mapping[int, str],
    now: datetime.datetime | None = None,
) -> list[Outcome]:
    """Approve at each step as ``signoffs.approve`` does, and say of each what became of it.

    ``seen`` has the token of each step's document by the number of the step; without one a step
    is refused. What one document is refused for undoes nothing of the others. There is no bulk
    return and no bulk refusal: a reason belongs to one document.
    """
    outcomes = []
    for step in steps:
        refusal = ""
        try:
            signoffs.approve(step, by=by, opinion=opinion, seen=seen.get(step.pk, ""), now=now)
        except NotAllowed as reason:
            refusal = str(reason)
        outcomes.append(Outcome(step, refusal))
    return outcomes
