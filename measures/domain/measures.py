"""Writing the plan: measures, their steps, and who reports for them."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.locks import lock_of_plan, refuse_when_locked
from measures.domain.texts import cleaned
from measures.models import (
    Division,
    EventVerb,
    Evidence,
    Finding,
    Item,
    Measure,
    Organisation,
    Post,
    Responsibility,
    ResponsibilityKind,
    Step,
    User,
)


def reporting_divisions(organisation: Organisation, fiscal_year: int) -> dict[int, list[Division]]:
    """Return who enters progress for each measure of a year, by the measure's id, in order.

    Every division fans out; a sub-unit, post or committee reports through the division it hangs
    on; a measure whose responsible party names no division at all is reported by the first
    division of the organisation. Asks the database three times, however many measures there are.
    """
    everybody = list(organisation.divisions.reporting())
    measures = Measure.objects.filter(
        organisation=organisation, fiscal_year=fiscal_year
    ).prefetch_related(
        Prefetch(
            "responsibilities",
            # What a responsibility says about who reports, read with it rather than row by row.
            Responsibility.objects.select_related("division__parent", "post__division__parent"),
        )
    )
    return {
        measure.pk: _reporting(measure.responsibilities.all(), everybody)
        for measure in measures.order_by("number")
    }


def _reporting(
    responsibilities: Iterable[Responsibility], everybody: list[Division]
) -> list[Division]:
    """Return who reports where these are responsible; ``everybody`` in the office's order."""
    found: dict[int, Division] = {}
    for responsibility in responsibilities:
        division = responsibility.division
        if responsibility.kind == ResponsibilityKind.EVERY_DIVISION:
            found.update({division.pk: division for division in everybody})
            continue
        if division is None and responsibility.post is not None:
            division = responsibility.post.division
        if division is not None:
            reporting = division.reporting_division()
            found[reporting.pk] = reporting
    if not found and everybody:
        return everybody[:1]
    return sorted(found.values(), key=lambda division: (division.order, division.name))


def _summary(measure: Measure) -> dict[str, Any]:
    """Return the measure as it stands, for the before and after of the log."""
    return {
        "number": measure.number,
        "title": measure.title,
        "period": measure.period_text,
        "monitoring": measure.monitoring,
        "steps": [step.text for step in measure.steps.all()],
        "responsible": [str(responsibility) for responsibility in measure.responsibilities.all()],
    }


@transaction.atomic
def save_measure(
    measure: Measure,
    *,
    by: User,
    steps: Sequence[str] | None = None,
    responsibilities: Iterable[Responsibility] | None = None,
    items: Iterable[Item] | None = None,
    findings: Iterable[Finding] | None = None,
    now: datetime.datetime | None = None,
) -> Measure:
    """Store a measure, new or changed, with what is given of its parts (None leaves a part alone).

    Refuses while a document of the year is signed or being signed. Logs before and after.
    """
    permissions.can_coordinate(by, measure.organisation).or_raise()
    refuse_when_locked(lock_of_plan(measure.organisation, measure.fiscal_year))
    before = None
    if measure.pk is not None:
        stored = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
        # A measure moved out of a locked year or another office would slip past its lock.
        permissions.can_coordinate(by, stored.organisation).or_raise()
        refuse_when_locked(lock_of_plan(stored.organisation, stored.fiscal_year))
        before = _summary(stored)
    measure.title = cleaned(measure.title, label=_("มาตรการ"), required=True)
    measure.monitoring = cleaned(measure.monitoring, label=_("การกำกับติดตาม"))
    measure.period_text = cleaned(measure.period_text, label=_("ระยะเวลาดำเนินการ"), longest=300)
    _check(measure)
    measure.save()
    if steps is not None:
        _replace_steps(measure, steps)
    if responsibilities is not None:
        _replace_responsibilities(measure, responsibilities)
    if items is not None:
        measure.items.set(items)
    if findings is not None:
        findings = list(findings)
        _refuse_strangers(measure, *findings)
        measure.findings.set(findings)
    events.record(
        EventVerb.MEASURE_SAVED,
        measure,
        by=by,
        organisation=measure.organisation,
        data={"before": before, "after": _summary(measure)},
        now=now,
    )
    return measure


def _check(instance: Measure | Responsibility) -> None:
    try:
        instance.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error


def _replace_steps(measure: Measure, steps: Sequence[str]) -> None:
    texts = [cleaned(text, label=_("ขั้นตอนหรือวิธีการ")) for text in steps]
    measure.steps.all().delete()
    Step.objects.bulk_create(
        Step(measure=measure, number=number, text=text)
        for number, text in enumerate((text for text in texts if text), start=1)
    )


def _replace_responsibilities(measure: Measure, responsibilities: Iterable[Responsibility]) -> None:
    measure.responsibilities.all().delete()
    for order, responsibility in enumerate(responsibilities, start=1):
        responsibility.pk = None
        responsibility.measure = measure
        responsibility.order = order
        _refuse_strangers(measure, responsibility.division, responsibility.post)
        _check(responsibility)
        responsibility.save(force_insert=True)


def _refuse_strangers(measure: Measure, *parts: Division | Post | Finding | None) -> None:
    for part in parts:
        if part is not None and part.organisation_id != measure.organisation_id:
            raise Invalid(_("“%(part)s” ไม่ได้อยู่ในหน่วยงานของมาตรการนี้ โปรดเลือกใหม่") % {"part": part})


@transaction.atomic
def delete_measure(measure: Measure, *, by: User, now: datetime.datetime | None = None) -> None:
    """Delete a measure of an unlocked plan that nobody has reported on yet; logs what it was."""
    permissions.can_coordinate(by, measure.organisation).or_raise()
    refuse_when_locked(lock_of_plan(measure.organisation, measure.fiscal_year))
    evidence = Evidence.objects.filter(entry__measure=measure)
    if measure.entries.reported().exists() or evidence.exists():
        raise Invalid(_("มาตรการนี้มีผลการดำเนินการแล้ว จึงลบไม่ได้ โปรดแก้ไขข้อความแทน"))
    events.record(
        EventVerb.MEASURE_DELETED,
        measure,
        by=by,
        organisation=measure.organisation,
        data={"before": _summary(measure)},
        now=now,
    )
    measure.entries.all().delete()
    measure.delete()
