"""The steps of a measure as one cell: one a line, with the day by which each is due.

A line that begins with four spaces belongs to the line before it. A step with a due date ends with
"(ภายใน 31 มีนาคม 2564)".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from import_export import widgets

from ita_portal.thai.dates import memo_date, parse_date
from measures.domain.planning.plan_parts import PlannedStep, steps_of_lines
from measures.domain.texts import cleaned
from measures.models import Measure
from measures.resources.base import as_typed
from measures.resources.cells import printable

INDENT = " " * 4
_DUE = re.compile(r"(?s)(?P<text>.*?)\s*\(ภายใน(?:วันที่)?\s*(?P<day>[^()\n]+)\)")
# After a text that only looks as if a day stood at its end.
_NO_DAY = "(ไม่กำหนดวัน)"


def joined(texts: Iterable[str]) -> str:
    """Return texts as lines of a cell, the further lines of each indented."""
    return "\n".join(text.replace("\n", f"\n{INDENT}") for text in texts)


def separated(cell: str) -> list[str]:
    """Return the texts of a cell; empty lines between them say nothing."""
    texts: list[str] = []
    for line in cell.split("\n"):
        if line.startswith(INDENT) and texts:
            texts[-1] += "\n" + line.removeprefix(INDENT)
        elif line.strip():
            texts.append(line.lstrip())
    return [text.strip() for text in texts]


@dataclass(frozen=True)
class StepLine:
    """What a cell says of one step."""

    text: str
    due_on: date | None = None

    def written(self) -> str:
        """Return the step as it stands in the cell."""
        if self.due_on is not None:
            return f"{self.text} (ภายใน {memo_date(self.due_on, thai_digits=False)})"
        is_clear = read_step(self.text) == self
        return self.text if is_clear else f"{self.text} {_NO_DAY}"


def read_step(text: str) -> StepLine:
    """Return the step that a text says; what is no day stays in the text."""
    if text.endswith(_NO_DAY):
        return StepLine(text.removesuffix(_NO_DAY).rstrip())
    match = _DUE.fullmatch(text)
    if match is None or not match["text"]:
        return StepLine(text)
    try:
        return StepLine(match["text"], parse_date(match["day"]))
    except ValueError:
        return StepLine(text)  # "(ภายในสำนักงาน)" is no day


class Steps(widgets.Widget):
    """A cell with steps, one a line."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> tuple[StepLine, ...]:
        """Return the steps."""
        return tuple(read_step(text) for text in separated(as_typed(value)))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the lines."""
        return joined(step.written() for step in value or ())


def steps_of(measure: Measure) -> tuple[StepLine, ...]:
    """Return the stored steps as a cell holds them."""
    return tuple(StepLine(printable(step.text), step.due_on) for step in measure.steps.all())


def planned(measure: Measure, steps: Iterable[StepLine]) -> list[PlannedStep]:
    """Return the steps as the verb takes them: a step that stays keeps its row."""
    lines = [line for line in steps if cleaned(line.text, label=_("ขั้นตอน"))]
    rows = steps_of_lines(measure, [line.text for line in lines])
    return [
        PlannedStep(line.text, line.due_on, row.pk) for line, row in zip(lines, rows, strict=True)
    ]
