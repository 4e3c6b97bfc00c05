"""Plans that a supervising office offers to the offices it supervises; each answers for itself."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures import notifications, permissions
from measures.domain import events
from measures.domain.content import measures_of_plan
from measures.domain.errors import Invalid
from measures.domain.planning.adopting import Adoption, plan_of
from measures.domain.planning.measures import next_number
from measures.domain.texts import cleaned
from measures.models import (
    EventVerb,
    Measure,
    NoticeKind,
    OfferAnswer,
    Organisation,
    PlanTemplate,
    TemplateOffer,
    User,
)


@transaction.atomic
def push(
    organisation: Organisation,
    fiscal_year: int,
    offices: Iterable[Organisation],
    *,
    by: User,
    title: str,
    note: str = "",
    now: datetime.datetime | None = None,
) -> PlanTemplate:
    """Offer the plan of a year, as it is now, to these of the offices that one supervises.

    Tells their coordinators. The same plan pushed again reaches only who has not had it. Raises
    Invalid for an office that is not supervised, and where there is no measure or no office.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.can_coordinate(by, organisation).or_raise()
    title = cleaned(title, label=_("ชื่อแผนต้นแบบ"), required=True, longest=300)
    note = cleaned(note, label=_("คำชี้แจง"), longest=2000)
    chosen = {office.pk: office for office in offices}
    supervised = {office.pk: office for office in organisation.supervised.all()}
    if not chosen:
        raise Invalid(_("โปรดเลือกหน่วยงานที่จะส่งแผนต้นแบบให้อย่างน้อยหนึ่งแห่ง"))
    strangers = [office for pk, office in chosen.items() if pk not in supervised]
    if strangers:
        raise Invalid(
            _("%(office)s ไม่ได้อยู่ในกำกับดูแลของหน่วยงานนี้ โปรดเลือกใหม่") % {"office": strangers[0]}
        )
    measures = [plan_of(measure) for measure in measures_of_plan(organisation, fiscal_year)]
    if not measures:
        raise Invalid(_("แผนปีนี้ยังไม่มีมาตรการ จึงส่งเป็นต้นแบบไม่ได้"))
    template = _same_template(organisation, fiscal_year, measures)
    if template is None:
        template = PlanTemplate.objects.create(
            organisation=organisation,
            fiscal_year=fiscal_year,
            title=title,
            note=note,
            content={"measures": measures},
            pushed_at=now or timezone.now(),
            pushed_by=by,
        )
    had = set(template.offers.values_list("organisation_id", flat=True))
    fresh = [office for pk, office in chosen.items() if pk not in had]
    for office in sorted(fresh, key=lambda office: office.name):
        _offer(template, office, by=by, now=now)
    if fresh:
        events.record(
            EventVerb.TEMPLATE_PUSHED,
            template,
            by=by,
            organisation=organisation,
            data={"fiscal_year": fiscal_year, "offices": sorted(office.name for office in fresh)},
            now=now,
        )
    return template


def _same_template(
    organisation: Organisation, fiscal_year: int, measures: list[dict[str, object]]
) -> PlanTemplate | None:
    """Return the newest template of the year where it says just this."""
    newest = PlanTemplate.objects.filter(organisation=organisation, fiscal_year=fiscal_year).first()
    return newest if newest and newest.content == {"measures": measures} else None


def _offer(
    template: PlanTemplate, office: Organisation, *, by: User, now: datetime.datetime | None
) -> None:
    offer = TemplateOffer.objects.create(template=template, organisation=office)
    people = [person for person in notifications.coordinators(office) if person != by]
    notifications.tell(
        people,
        organisation=office,
        kind=NoticeKind.TEMPLATE_OFFERED,
        key=f"template-offer-{offer.pk}",
        subject=_("ได้รับแผนต้นแบบ: %(title)s") % {"title": template.title},
        body=_(
            "%(office)sส่งแผนต้นแบบ “%(title)s” ปีงบประมาณ พ.ศ. %(year)s จำนวน %(count)s มาตรการ "
            "โปรดเปิดดูแล้วตอบรับหรือไม่รับ\n%(note)s"
        )
        % {
            "office": template.organisation.name,
            "title": template.title,
            "year": template.fiscal_year,
            "count": len(template.content["measures"]),
            "note": template.note,
        },
        path=reverse("desk:plan_offer", args=[offer.pk]),
        now=now,
    )


def _hold(offer: TemplateOffer, by: User) -> TemplateOffer:
    stored = (
        TemplateOffer.objects.select_for_update(of=("self",))
        .select_related("template__organisation", "organisation")
        .get(pk=offer.pk)
    )
    permissions.can_coordinate(by, stored.organisation).or_raise()
    return stored


@transaction.atomic
def accept(
    offer: TemplateOffer, *, by: User, now: datetime.datetime | None = None
) -> list[Measure]:
    """Add the measures of a template to the office's plan of that year, marked; return the new.

    A measure whose title the plan has already is not added again. The second press adds nothing.
    Refuses like ``save_measure``: where the plan is locked, the offer stays open.
    """
    organisation = Organisation.objects.select_for_update().get(pk=offer.organisation_id)
    offer = _hold(offer, by)
    if offer.answer == OfferAnswer.ACCEPTED:
        return []
    template = offer.template
    year = template.fiscal_year
    titles = Measure.objects.of_organisation(organisation).of_year(year)
    known = {normalise_compact(title) for title in titles.values_list("title", flat=True)}
    adoption = Adoption(template.organisation, year, organisation, year)
    note = _("มาจากแผนต้นแบบของ%(office)s โปรดปรับให้เข้ากับหน่วยงาน") % {
        "office": template.organisation.name
    }
    fresh = [
        content
        for content in template.content["measures"]
        if normalise_compact(content["title"]) not in known
    ]
    first = next_number(organisation, year)
    added = [
        adoption.save(content, number=number, note=note, by=by, now=now, offered_in=offer)
        for number, content in enumerate(fresh, start=first)
    ]
    _answer(offer, OfferAnswer.ACCEPTED, by=by, now=now)
    _log(EventVerb.TEMPLATE_ACCEPTED, offer, by=by, now=now, measures=[str(each) for each in added])
    return added


@transaction.atomic
def decline(
    offer: TemplateOffer, *, by: User, reason: str, now: datetime.datetime | None = None
) -> TemplateOffer:
    """Say no to a template, with a reason that its office reads. Accepted ones stay accepted."""
    offer = _hold(offer, by)
    if offer.answer == OfferAnswer.ACCEPTED:
        raise Invalid(_("รับแผนต้นแบบนี้ไปแล้ว หากไม่ใช้มาตรการใดโปรดลบออกจากแผน"))
    if offer.answer == OfferAnswer.DECLINED:
        return offer
    offer.reason = cleaned(reason, label=_("เหตุผลที่ไม่รับ"), required=True, longest=1000)
    _answer(offer, OfferAnswer.DECLINED, by=by, now=now)
    _log(EventVerb.TEMPLATE_DECLINED, offer, by=by, now=now, reason=offer.reason)
    return offer


def _answer(
    offer: TemplateOffer, answer: OfferAnswer, *, by: User, now: datetime.datetime | None
) -> None:
    offer.answer = answer
    offer.answered_at = now or timezone.now()
    offer.answered_by = by
    offer.save(update_fields=["answer", "reason", "answered_at", "answered_by"])


def _log(
    verb: EventVerb,
    offer: TemplateOffer,
    *,
    by: User,
    now: datetime.datetime | None,
    **data: str | list[str],
) -> None:
    events.record(
        verb,
        offer,
        by=by,
        organisation=offer.organisation,
        data={"fiscal_year": offer.template.fiscal_year, **data},
        now=now,
    )
