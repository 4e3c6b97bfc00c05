"""How well plans are read: precision and recall of each field over generated files."""

import time
from typing import Any

from measures.domain.importing.plan_reading import read_plan
from measures.domain.importing.reading import read_source
from tests.factories.plan_files import as_docx, as_source
from tests.factories.plan_likeness import FIELDS, Tally
from tests.factories.plan_samples import random_sample
from tests.factories.plan_truths import OFFICE

FILES = 300
FIRST = 10_000  # seeds that the tests do not use
AS_WORD = 50  # of them written and read as real Word files: one in six would take most of the time
AIM = 1.0


def measure_plan_reading(files: int = FILES) -> dict[str, Any]:
    """Return precision and recall by field over ``files`` generated plans with random quirks."""
    tally = Tally()
    whole = 0
    started = time.perf_counter()
    for number in range(files):
        sample = random_sample(FIRST + number)
        if number < AS_WORD:
            source = read_source(as_docx(sample.plan), "plan.docx")
        else:
            source = as_source(sample.plan)
        before = tally.wrong.total() + tally.missed.total()
        tally.add(sample.truth, read_plan(source, OFFICE))
        whole += before == tally.wrong.total() + tally.missed.total()
    return {
        "files": files,
        "read_without_a_slip": whole,
        "seconds_a_file": (time.perf_counter() - started) / files,
        "aim": AIM,
        "fields": {
            name: {
                "values": tally.right[name] + tally.missed[name],
                "precision": tally.precision(name),
                "recall": tally.recall(name),
            }
            for name in FIELDS
        },
    }


def print_plan_reading(figures: dict[str, Any]) -> None:
    """Print the figures as a table."""
    print(f"\n{'plans read, ' + str(figures['files']) + ' files':<44}{'values':>10}", end="")
    print(f"{'precision':>12}{'recall':>10}{'aim':>8}")
    for name, found in figures["fields"].items():
        print(f"{name:<44}{found['values']:>10}{found['precision']:>12.4f}", end="")
        print(f"{found['recall']:>10.4f}{figures['aim']:>8.2f}")
    print(f"{'files without a slip':<44}{figures['read_without_a_slip']:>10}")
