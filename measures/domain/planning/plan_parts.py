"""The parts of a measure: steps and targets, changed row by row; who is responsible; the summary.

What divisions say of a step or a target hangs on its row: a row that stays is never made anew.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from ita_portal.thai.dates import memo_date
from measures.domain.errors import Invalid
from measures.domain.texts import cleaned
from measures.models import (
    Division,
    Finding,
    Measure,
    Post,
    Responsibility,
    Step,
    Target,
    TargetFold,
)

PARKED = 10_000  # numbers that no row has, while rows trade places


@dataclass(frozen=True)
class PlannedStep:
    """A step as somebody plans it; ``pk`` names the row that it is the new text of."""

    text: str
    due_on: datetime.date | None = None
    pk: int | None = None


@dataclass(frozen=True)
class PlannedTarget:
    """A target as somebody plans it; ``pk`` names the row that it changes."""

    name: str
    unit: str
    goal: Decimal
    baseline: Decimal | None = None
    fold: str = TargetFold.SUM
    pk: int | None = None


def steps_of_lines(measure: Measure, lines: Iterable[str]) -> list[PlannedStep]:
    """Return the steps that these lines mean: an equal text is its step, else the one in its place.

    For doors that know texts alone (sheets, back office). A step keeps its due date.
    """
    texts = [text for text in (_step_text(line) for line in lines) if text]
    left = {step.number: step for step in Step.objects.filter(measure=measure.pk)}
    found: dict[int, Step] = {}
    for place, text in enumerate(texts):
        same = next((step for step in left.values() if step.text == text), None)
        if same is not None:
            found[place] = left.pop(same.number)
    for place in range(len(texts)):
        if place not in found and place + 1 in left:
            found[place] = left.pop(place + 1)
    return [
        PlannedStep(text, found[place].due_on, found[place].pk)
        if place in found
        else PlannedStep(text)
        for place, text in enumerate(texts)
    ]


def _step_text(text: str) -> str:
    return cleaned(text, label=_("ขั้นตอนหรือวิธีการ"))


def store_steps(measure: Measure, steps: Sequence[PlannedStep]) -> None:
    """Make these the steps of the measure, in this order; rows that stay are changed in place.

    Raises Invalid where a step that a division has marked as done would go.
    """
    rows = [(_step_text(planned.text), planned) for planned in steps]
    kept = {step.pk: step for step in measure.steps.select_for_update()}
    wanted = [(text, planned, kept.pop(planned.pk or 0, None)) for text, planned in rows if text]
    gone = measure.steps.filter(pk__in=kept)
    if gone.filter(marks__isnull=False).exists():
        raise Invalid(
            _("มีส่วนราชการทำเครื่องหมายว่าขั้นตอนที่จะนำออกทำเสร็จแล้ว จึงนำออกไม่ได้ โปรดแก้ไขข้อความแทน")
        )
    gone.delete()
    measure.steps.update(number=F("number") + PARKED)
    for number, (text, planned, step) in enumerate(wanted, start=1):
        step = step or Step(measure=measure)
        step.number, step.text, step.due_on = number, text, planned.due_on
        step.save()


def store_targets(measure: Measure, targets: Sequence[PlannedTarget]) -> None:
    """Make these the targets of the measure, in this order; rows that stay are changed in place.

    Raises Invalid where a target with a recorded value would go, or that cannot stand.
    """
    kept = {target.pk: target for target in measure.targets.select_for_update()}
    wanted = [(planned, kept.pop(planned.pk or 0, None)) for planned in targets]
    gone = measure.targets.filter(pk__in=kept)
    if gone.filter(values__isnull=False).exists():
        raise Invalid(_("มีส่วนราชการรายงานผลตามเป้าหมายที่จะนำออกแล้ว จึงนำออกไม่ได้ โปรดแก้ไขแทน"))
    gone.delete()
    measure.targets.update(number=F("number") + PARKED)
    for number, (planned, row) in enumerate(wanted, start=1):
        target = row or Target(measure=measure)
        target.number = number
        target.name = cleaned(planned.name, label=_("ตัวชี้วัดเป้าหมาย"), required=True, longest=300)
        target.unit = cleaned(planned.unit, label=_("หน่วยนับ"), required=True, longest=50)
        target.baseline, target.goal = planned.baseline, planned.goal
        target.fold = planned.fold
        refuse_what_cannot_stand(target)
        target.save()


def store_responsibilities(measure: Measure, responsibilities: Iterable[Responsibility]) -> None:
    """Make these the responsible parties of the measure, in this order; nothing hangs on a row."""
    measure.responsibilities.all().delete()
    for order, responsibility in enumerate(responsibilities, start=1):
        responsibility.pk = None
        responsibility.measure = measure
        responsibility.order = order
        refuse_strangers(measure, responsibility.division, responsibility.post)
        refuse_what_cannot_stand(responsibility)
        responsibility.save(force_insert=True)


def refuse_strangers(measure: Measure, *parts: Division | Post | Finding | None) -> None:
    """Raise Invalid where a part belongs to another organisation."""
    for part in parts:
        if part is not None and part.organisation_id != measure.organisation_id:
            raise Invalid(_("“%(part)s” ไม่ได้อยู่ในหน่วยงานของมาตรการนี้ โปรดเลือกใหม่") % {"part": part})


def refuse_what_cannot_stand(instance: Measure | Responsibility | Target) -> None:
    """Raise Invalid with what the model says against this row."""
    try:
        instance.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error


def summary_of(measure: Measure) -> dict[str, Any]:
    """Return the measure as it is stored, for the before and after of the log.

    What it does not have (targets, say) is left out.
    """
    stored = Measure.objects.select_related("indicator").get(pk=measure.pk)
    summary: dict[str, Any] = {
        "number": stored.number,
        "title": stored.title,
        "period": stored.period_text,
        "monitoring": stored.monitoring,
        "steps": [_step_line(step) for step in stored.steps.all()],
        "responsible": [
            str(responsibility)
            for responsibility in stored.responsibilities.select_related("division__parent", "post")
        ],
    }
    more = {
        "targets": [_target_line(target) for target in stored.targets.all()],
        "indicator": str(stored.indicator) if stored.indicator else "",
        "items": [item.code() for item in stored.items.select_related("instrument")],
        "findings": [finding.number for finding in stored.findings.all()],
    }
    return summary | {name: value for name, value in more.items() if value}


def _step_line(step: Step) -> str:
    if step.due_on is None:
        return step.text
    return _("%(text)s (ภายใน %(day)s)") % {"text": step.text, "day": memo_date(step.due_on)}


def _target_line(target: Target) -> str:
    before = "-" if target.baseline is None else target.baseline
    return f"{target.name}: {before} → {target.goal} {target.unit}"
