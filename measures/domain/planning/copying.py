"""Last year's plan as the start of this year's: what carries over, and what to look at again."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.planning.carrying import (
    carried_indicator,
    carried_items,
    carried_responsibilities,
    marks_on_parties,
    marks_on_title,
    marks_on_years,
    numbers_by_title,
)
from measures.domain.planning.last_years import LastYear, advice_on, last_year
from measures.domain.planning.matching import Catalogue, analysed_framework_year, catalogue_of
from measures.domain.planning.measures import next_number, save_measure
from measures.domain.planning.moving import moved_day, moved_period
from measures.domain.planning.plan_parts import PlannedStep, PlannedTarget
from measures.domain.planning.review_marks import mark, merged
from measures.models import EventVerb, Measure, Organisation, ProgressStatus, User


@dataclass(frozen=True)
class Candidate:
    """A measure of last year, how it ended (None: nobody reported), and whether it is copied.

    ``same_as`` is the number of a measure of the plan with this very title, which came in by
    another way: copying would double it.
    """

    measure: Measure
    status: ProgressStatus | None
    is_copied: bool
    same_as: int | None = None

    def is_proposed(self) -> bool:
        """Return whether this measure is ticked before anybody has chosen."""
        return not self.is_copied and self.same_as is None

    def advice(self) -> str:
        """Return what last year's result says about copying this measure."""
        return advice_on(self.status)


def years_with_measures(organisation: Organisation, before: int) -> list[int]:
    """Return the years before ``before`` that have measures, newest first."""
    measures = Measure.objects.of_organisation(organisation).filter(fiscal_year__lt=before)
    years = measures.order_by("-fiscal_year").values_list("fiscal_year", flat=True)
    return list(years.distinct())


def candidates(organisation: Organisation, from_year: int, to_year: int) -> list[Candidate]:
    """Return the measures that can be copied, as often asked for few as for many."""
    measures = list(
        Measure.objects.of_organisation(organisation)
        .of_year(from_year)
        .prefetch_related("responsibilities__division__parent", "responsibilities__post", "steps")
        .order_by("number")
    )
    copied = _copied(organisation, to_year)
    last = last_year(organisation, from_year)
    titles = numbers_by_title(organisation, to_year)
    return [
        Candidate(
            measure,
            last.statuses.get(measure.pk),
            measure.pk in copied,
            titles.get(normalise_compact(measure.title)),
        )
        for measure in measures
    ]


def _copied(organisation: Organisation, to_year: int) -> set[int | None]:
    copies = Measure.objects.of_organisation(organisation).of_year(to_year)
    return set(copies.exclude(copied_from=None).values_list("copied_from", flat=True))


@transaction.atomic
def copy_plan(
    organisation: Organisation,
    from_year: int,
    to_year: int,
    *,
    by: User,
    chosen: Iterable[int],
    now: datetime.datetime | None = None,
) -> list[Measure]:
    """Copy the chosen measures (their ids) of one year into the plan of another; return the new.

    Steps, responsible parties, targets and monitoring carry over; what a person must look at is
    marked. Findings and results stay behind: they are last year's. A measure that was copied
    before is not copied again. Refuses like ``save_measure``. Logs the copying and each measure.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.can_coordinate(by, organisation).or_raise()
    if from_year == to_year:
        raise Invalid(_("โปรดเลือกปีต้นทางที่ไม่ใช่ปีเดียวกับแผนนี้"))
    sources = list(
        Measure.objects.of_organisation(organisation)
        .of_year(from_year)
        .filter(pk__in=list(chosen))
        .select_related("indicator")
        .prefetch_related(
            "steps",
            "targets",
            "responsibilities__division__parent",
            "responsibilities__post__division__parent",
            "items__instrument",
            "findings",
        )
        .order_by("number")
    )
    if not sources:
        raise Invalid(_("โปรดเลือกมาตรการที่จะคัดลอกอย่างน้อยหนึ่งมาตรการ"))
    copied = _copied(organisation, to_year)
    fresh = [source for source in sources if source.pk not in copied]
    if not fresh:
        return []
    catalogue = catalogue_of(analysed_framework_year(to_year))
    last = last_year(organisation, from_year)
    titles = numbers_by_title(organisation, to_year)
    first = next_number(organisation, to_year)
    made = [
        _copy(
            source,
            to_year,
            number,
            by=by,
            catalogue=catalogue,
            last=last,
            titles=titles,
            now=now,
        )
        for number, source in enumerate(fresh, start=first)
    ]
    events.record(
        EventVerb.PLAN_COPIED,
        organisation,
        by=by,
        organisation=organisation,
        data={
            "from_year": from_year,
            "fiscal_year": to_year,
            "measures": [str(source) for source in fresh],
        },
        now=now,
    )
    return made


def _copy(
    source: Measure,
    to_year: int,
    number: int,
    *,
    by: User,
    catalogue: Catalogue,
    last: LastYear,
    titles: dict[str, int],
    now: datetime.datetime | None,
) -> Measure:
    from_year = source.fiscal_year
    period = moved_period(
        source.period_text, source.starts_on, source.ends_on, from_year=from_year, to_year=to_year
    )
    indicator, notes_on_indicator = carried_indicator(source.indicator, catalogue)
    items, notes_on_items = carried_items(list(source.items.all()), catalogue)
    steps = list(source.steps.all())
    responsibilities = carried_responsibilities(source)
    texts = {
        "title": [source.title],
        "steps": [step.text for step in steps],
        "monitoring": [source.monitoring],
        "responsible": [party.text for party in responsibilities],
        "targets": [target.name for target in source.targets.all()],
    }
    marks = [
        mark("last_result", advice_on(last.statuses.get(source.pk))),
        *marks_on_title(source.title, titles),
        *marks_on_years(texts, from_year=from_year, to_year=to_year),
        *marks_on_parties(responsibilities),
        *([mark("period_text", period.note)] if period.note else []),
        *(
            [mark("steps", _("เลื่อนกำหนดแล้วเสร็จตามปีงบประมาณแล้ว โปรดตรวจวัน"))]
            if any(step.due_on for step in steps)
            else []
        ),
        *([mark("targets", _("โปรดตรวจค่าเป้าหมายของปีนี้"))] if texts["targets"] else []),
        *notes_on_indicator,
        *notes_on_items,
        *(
            [mark("findings", _("ข้อบกพร่องของปีก่อนไม่ได้คัดลอกมา โปรดเลือกของปีที่วิเคราะห์"))]
            if source.findings.all()
            else []
        ),
    ]
    return save_measure(
        Measure(
            organisation=source.organisation,
            fiscal_year=to_year,
            number=number,
            title=source.title,
            indicator=indicator,
            period_text=period.text,
            starts_on=period.start,
            ends_on=period.end,
            monitoring=source.monitoring,
            copied_from=source,
            to_review=merged(marks),
        ),
        by=by,
        steps=[
            PlannedStep(
                step.text,
                moved_day(step.due_on, to_year - from_year) if step.due_on else None,
            )
            for step in steps
        ],
        targets=[
            PlannedTarget(
                name=target.name,
                unit=target.unit,
                goal=target.goal,
                baseline=last.actuals.get(target.pk, target.baseline),
                fold=target.fold,
            )
            for target in source.targets.all()
        ],
        responsibilities=responsibilities,
        items=items,
        now=now,
    )
