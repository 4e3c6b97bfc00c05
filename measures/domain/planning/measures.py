"""Writing the plan: measures, their steps, and who reports for them."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Prefetch, QuerySet
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid, Locked, Stale
from measures.domain.hashes import sha256_of
from measures.domain.planning import review_marks
from measures.domain.planning.plan_parts import (
    PlannedStep,
    PlannedTarget,
    refuse_strangers,
    refuse_what_cannot_stand,
    steps_of_lines,
    store_responsibilities,
    store_steps,
    store_targets,
    summary_of,
)
from measures.domain.recording.locks import Lock, lock_of_plan
from measures.domain.texts import cleaned
from measures.models import (
    Division,
    Event,
    EventVerb,
    Evidence,
    Finding,
    Item,
    Measure,
    Organisation,
    Responsibility,
    ResponsibilityKind,
    User,
)


def next_number(organisation: Organisation, fiscal_year: int) -> int:
    """Return the number that the next measure of this year gets."""
    measures = Measure.objects.of_organisation(organisation).of_year(fiscal_year)
    return (measures.aggregate(last=Max("number"))["last"] or 0) + 1


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
        measure.pk: reporting_of(measure.responsibilities.all(), everybody)
        for measure in measures.order_by("number")
    }


def reporting_of(
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


def _lock_to_pass(organisation: Organisation, fiscal_year: int, reason: str) -> Lock | None:
    """Return the lock that this change passes as an amendment; None where the plan is open.

    Raises Locked where there is no reason, or a document of the year is on its way.
    """
    lock = lock_of_plan(organisation, fiscal_year)
    if lock is not None and not (lock.is_amendable and reason):
        raise Locked(lock)
    return lock


def _log(
    verb: EventVerb,
    measure: Measure,
    *,
    by: User,
    lock: Lock | None,
    reason: str,
    data: dict[str, Any],
    now: datetime.datetime | None,
) -> None:
    """Log a change of the plan; one that passed a lock as an amendment, with its reason."""
    if lock is not None:
        verb = EventVerb.MEASURE_AMENDED
        data = {"reason": reason, "fiscal_year": measure.fiscal_year, **data}
    events.record(verb, measure, by=by, organisation=measure.organisation, data=data, now=now)


def amendments_of(organisation: Organisation, fiscal_year: int) -> QuerySet[Event]:
    """Return how the measures of this year were changed after they were published, newest first."""
    return Event.objects.filter(
        organisation=organisation,
        verb=EventVerb.MEASURE_AMENDED,
        data__fiscal_year=fiscal_year,
    )


def state_of(measure: Measure) -> str:
    """Return the fingerprint of the measure as it is stored, to tell a page that is out of date."""
    return sha256_of(summary_of(measure))


@transaction.atomic
def save_measure(
    measure: Measure,
    *,
    by: User,
    steps: Sequence[str | PlannedStep] | None = None,
    targets: Sequence[PlannedTarget] | None = None,
    responsibilities: Iterable[Responsibility] | None = None,
    items: Iterable[Item] | None = None,
    findings: Iterable[Finding] | None = None,
    amendment_reason: str = "",
    seen: str = "",
    now: datetime.datetime | None = None,
) -> Measure:
    """Store a measure, new or changed, with what is given of its parts (None leaves a part alone).

    Refuses while a document of the year is signed or being signed; where all of them are published
    it takes ``amendment_reason`` and is an amendment. ``seen`` is what ``state_of`` said when the
    page was shown: Stale where somebody saved in between. A part that changes has been looked at:
    its review marks go. Logs before and after.
    """
    permissions.can_coordinate(by, measure.organisation).or_raise()
    reason = cleaned(amendment_reason, label=_("เหตุผลที่แก้ไขแผน"), longest=1000)
    lock = _lock_to_pass(measure.organisation, measure.fiscal_year, reason)
    before: dict[str, Any] | None = None
    marks: list[review_marks.Mark] = []
    if measure.pk is not None:
        stored = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
        # A measure moved out of a locked year or another office would slip past its lock.
        permissions.can_coordinate(by, stored.organisation).or_raise()
        lock = _lock_to_pass(stored.organisation, stored.fiscal_year, reason) or lock
        before, marks = summary_of(stored), stored.to_review
        if seen and seen != sha256_of(before):
            raise Stale(_("มีผู้อื่นแก้ไขมาตรการนี้ก่อนท่าน โปรดเทียบกับที่บันทึกไว้แล้วบันทึกอีกครั้ง"))
    measure.title = cleaned(measure.title, label=_("มาตรการ"), required=True)
    measure.monitoring = cleaned(measure.monitoring, label=_("การกำกับติดตาม"))
    measure.period_text = cleaned(measure.period_text, label=_("ระยะเวลาดำเนินการ"), longest=300)
    refuse_what_cannot_stand(measure)
    measure.save()
    if steps is not None:
        lines = [step for step in steps if isinstance(step, str)]
        planned = [step for step in steps if isinstance(step, PlannedStep)]
        store_steps(measure, planned or steps_of_lines(measure, lines))
    if targets is not None:
        store_targets(measure, targets)
    if responsibilities is not None:
        store_responsibilities(measure, responsibilities)
    if items is not None:
        measure.items.set(items)
    if findings is not None:
        findings = list(findings)
        refuse_strangers(measure, *findings)
        measure.findings.set(findings)
    after = summary_of(measure)
    if before and before != after:
        measure.to_review = review_marks.left_after(measure.to_review, marks, before, after)
        measure.save(update_fields=["to_review"])
    if lock is None or before != after:
        changed = {"before": before, "after": after}
        _log(
            EventVerb.MEASURE_SAVED,
            measure,
            by=by,
            lock=lock,
            reason=reason,
            data=changed,
            now=now,
        )
    return measure


@transaction.atomic
def delete_measure(
    measure: Measure,
    *,
    by: User,
    amendment_reason: str = "",
    now: datetime.datetime | None = None,
) -> None:
    """Delete a measure that nobody has reported on yet; logs what it was.

    Out of a published plan only with ``amendment_reason``, as an amendment.
    """
    permissions.can_coordinate(by, measure.organisation).or_raise()
    reason = cleaned(amendment_reason, label=_("เหตุผลที่แก้ไขแผน"), longest=1000)
    lock = _lock_to_pass(measure.organisation, measure.fiscal_year, reason)
    evidence = Evidence.objects.filter(entry__measure=measure)
    if measure.entries.written().exists() or evidence.exists():
        raise Invalid(_("มาตรการนี้มีผลการดำเนินการแล้ว จึงลบไม่ได้ โปรดแก้ไขข้อความแทน"))
    before = {"before": summary_of(measure)}
    _log(EventVerb.MEASURE_DELETED, measure, by=by, lock=lock, reason=reason, data=before, now=now)
    measure.entries.all().delete()
    measure.delete()
