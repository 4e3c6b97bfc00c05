"""One generated plan file: its truth, the file, and what was worked into it."""

import random
from collections.abc import Collection
from dataclasses import dataclass

from tests.factories.plan_files import Plan
from tests.factories.plan_quirks import SLIPS, work_into_file, work_into_truth
from tests.factories.plan_shapes import QUIRKS, SHAPES, Writer, compatible
from tests.factories.plan_truths import PlanTruth, make_truth


@dataclass(frozen=True)
class Sample:
    """A file to be read, and what should be read of it."""

    shape: str
    quirks: frozenset[str]
    truth: PlanTruth
    plan: Plan


def make_sample(
    shape: str, quirks: Collection[str] = (), *, seed: int = 1, measures: int | None = None
) -> Sample:
    """Return a file of the shape with these quirks; the same for the same seed."""
    rng = random.Random(seed)
    truth = make_truth(rng, measures=measures)
    work_into_truth(truth, quirks)
    plan = SHAPES[shape](truth, Writer(rng, quirks))
    work_into_file(plan, quirks, rng)
    return Sample(shape, frozenset(quirks), truth, plan)


def random_sample(seed: int) -> Sample:
    """Return a file of any shape with up to six quirks that go together."""
    rng = random.Random(seed)
    shape = rng.choice(sorted(SHAPES))
    quirks = rng.sample((*QUIRKS[shape], *SLIPS[shape]), rng.randint(0, 6))
    return make_sample(shape, compatible(quirks), seed=seed)
