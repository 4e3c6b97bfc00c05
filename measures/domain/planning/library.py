"""The library of measures that offices share: from published plans, for every office to take over.

What is told of scores is a fact with its figures and years, out of published contents alone; that a
measure moved a score is for the reader to judge.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_thai_digits
from measures import permissions
from measures.domain import events
from measures.domain.content import Content
from measures.domain.errors import Invalid
from measures.domain.planning.adopting import Adoption, plan_of
from measures.domain.planning.measures import next_number
from measures.models import EventVerb, Measure, Organisation, Publication, SharedMeasure, User
from measures.models.sharing import SharedMeasureQuerySet


def listed() -> SharedMeasureQuerySet:
    """Return what every office may take over: shared, out of a publication that is current."""
    return (
        SharedMeasure.objects.listed()
        .filter(publication__superseded_by=None)
        .select_related("organisation", "publication")
        .defer("publication__content")
    )


@dataclass(frozen=True)
class Shareable:
    """A published measure of one's own office, and how it is shared now, if it is."""

    publication: Publication
    number: int
    title: str
    shared: SharedMeasure | None


def shareable(organisation: Organisation) -> list[Shareable]:
    """Return the measures of the newest current publication of each year, newest year first."""
    newest: dict[int, Publication] = {}
    current = Publication.objects.current().filter(organisation=organisation)
    for publication in current.order_by("-fiscal_year", "-number"):
        newest.setdefault(publication.fiscal_year, publication)
    shared = {
        (each.fiscal_year, each.number): each for each in listed().filter(organisation=organisation)
    }
    return [
        Shareable(
            publication,
            measure["number"],
            measure["title"],
            shared.get((publication.fiscal_year, measure["number"])),
        )
        for publication in newest.values()
        for measure in publication.content["measures"]
    ]


@transaction.atomic
def share(
    publication: Publication, number: int, *, by: User, now: datetime.datetime | None = None
) -> SharedMeasure:
    """Put a measure of a current publication into the library, as it stands in the frozen content.

    A second press is answered with what is shared. One shared from an older publication of the
    year is replaced. Raises Invalid where the publication is superseded or has no such measure.
    """
    organisation = Organisation.objects.select_for_update().get(pk=publication.organisation_id)
    permissions.can_coordinate(by, organisation).or_raise()
    current = Publication.objects.current().filter(pk=publication.pk).first()
    if current is None:
        raise Invalid(_("เอกสารฉบับนี้ถูกแทนที่แล้ว โปรดแบ่งปันจากฉบับปัจจุบัน"))
    measure = _measure_in(current.content, number)
    if measure is None:
        raise Invalid(_("เอกสารฉบับนี้ไม่มีมาตรการที่ %(number)s") % {"number": number})
    existing = SharedMeasure.objects.listed().filter(
        organisation=organisation, fiscal_year=current.fiscal_year, number=number
    )
    before = existing.first()
    if before is not None and before.publication_id == current.pk:
        return before
    if before is not None:
        withdraw(before, by=by, now=now)
    shared = SharedMeasure.objects.create(
        organisation=organisation,
        publication=current,
        fiscal_year=current.fiscal_year,
        number=number,
        title=measure["title"],
        content=plan_of(measure),
        shared_at=now or timezone.now(),
        shared_by=by,
    )
    _log(EventVerb.MEASURE_SHARED, shared, by=by, now=now)
    return shared


def _measure_in(content: Content, number: int) -> Content | None:
    return next((each for each in content["measures"] if each["number"] == number), None)


@transaction.atomic
def withdraw(
    shared: SharedMeasure, *, by: User, now: datetime.datetime | None = None
) -> SharedMeasure:
    """Take a measure out of the library; what others took over stays theirs. Twice is once."""
    stored = (
        SharedMeasure.objects.select_for_update(of=("self",))
        .select_related("organisation", "publication")
        .get(pk=shared.pk)
    )
    permissions.can_coordinate(by, stored.organisation).or_raise()
    if stored.withdrawn_at is not None:
        return stored
    stored.withdrawn_at = now or timezone.now()
    stored.withdrawn_by = by
    stored.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _log(EventVerb.MEASURE_UNSHARED, stored, by=by, now=now)
    return stored


def _log(
    verb: EventVerb, shared: SharedMeasure, *, by: User, now: datetime.datetime | None
) -> None:
    events.record(
        verb,
        shared,
        by=by,
        organisation=shared.organisation,
        data={"fiscal_year": shared.fiscal_year, "code": shared.publication.code},
        now=now,
    )


def taken_by(organisation: Organisation, fiscal_year: int) -> dict[int, Measure]:
    """Return the measures of a plan that came from the library, by the shared measure's id."""
    measures = Measure.objects.of_organisation(organisation).of_year(fiscal_year)
    return {
        measure.taken_from_id: measure
        for measure in measures.exclude(taken_from=None)
        if measure.taken_from_id is not None
    }


@transaction.atomic
def take_over(
    shared: SharedMeasure,
    organisation: Organisation,
    fiscal_year: int,
    *,
    by: User,
    now: datetime.datetime | None = None,
) -> Measure:
    """Write a shared measure into a plan, marked with what must be looked at; one press is enough.

    Responsible divisions are found by name or alias; those not found are kept as text. The second
    press is answered with the measure of the first. Refuses like ``save_measure``.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.can_coordinate(by, organisation).or_raise()
    existing = Measure.objects.filter(
        organisation=organisation, fiscal_year=fiscal_year, taken_from=shared
    ).first()
    if existing is not None:
        return existing
    offered = listed().filter(pk=shared.pk).first()
    if offered is None:
        raise Invalid(_("มาตรการนี้ไม่ได้อยู่ในคลังแล้ว โปรดเลือกมาตรการอื่น"))
    if offered.organisation_id == organisation.pk:
        raise Invalid(_("มาตรการนี้เป็นของหน่วยงานท่านเอง โปรดใช้คัดลอกจากแผนปีก่อน"))
    adoption = Adoption(offered.organisation, offered.fiscal_year, organisation, fiscal_year)
    return adoption.save(
        offered.content,
        number=next_number(organisation, fiscal_year),
        note=_("นำมาจาก%(office)s ปี %(year)s โปรดปรับให้เข้ากับหน่วยงาน")
        % {"office": offered.organisation.name, "year": to_thai_digits(offered.fiscal_year)},
        by=by,
        now=now,
        taken_from=offered,
    )
