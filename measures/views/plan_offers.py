"""Templates of plans: what a supervising office offers, and how each office answers."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ita_portal.thai.numerals import to_thai_digits
from measures import permissions
from measures.domain.errors import Invalid, Locked
from measures.domain.planning import templates
from measures.domain.recording.locks import lock_of_plan
from measures.forms.plan_starts import DeclineForm, PushForm, title_of_template
from measures.models import OfferAnswer, PlanTemplate, TemplateOffer
from measures.views.access import DeskRequest, attempt, desk_page, own_organisation
from measures.views.plan import organisation_with_plan


@require_safe
@desk_page
def index(request: DeskRequest) -> HttpResponse:
    """List the templates that the office was offered, newest first."""
    organisation = own_organisation(request)
    offers = TemplateOffer.objects.of_organisation(organisation).select_related(
        "template__organisation", "answered_by"
    )
    return render(request, "desk/plan/offers.html", {"offers": offers})


def _own_offer(request: DeskRequest, pk: int) -> TemplateOffer:
    visible = TemplateOffer.objects.visible_to(request.user).select_related(
        "template__organisation", "template__pushed_by", "organisation", "answered_by"
    )
    return get_object_or_404(visible, pk=pk)


def _show(
    request: DeskRequest, offer: TemplateOffer, form: DeclineForm, status: int = 200
) -> HttpResponse:
    organisation, year = offer.organisation, offer.template.fiscal_year
    may_coordinate = permissions.can_coordinate(request.user, organisation)
    context = {
        "offer": offer,
        "form": form,
        "lock": lock_of_plan(organisation, year),
        "may_coordinate": may_coordinate,
        "may_answer": bool(may_coordinate) and offer.answer != OfferAnswer.ACCEPTED,
        "may_decline": bool(may_coordinate) and offer.answer == OfferAnswer.WAITING,
        "added": offer.measures.order_by("number"),
        "newer": templates.newer_offer(offer),
    }
    return render(request, "desk/plan/offer.html", context, status=status)


@require_safe
@desk_page
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a template that the office was offered, with its measures."""
    return _show(request, _own_offer(request, pk), DeclineForm())


@require_POST
@desk_page
def accept(request: DeskRequest, pk: int) -> HttpResponse:
    """Add the measures of a template to the office's plan."""
    offer = _own_offer(request, pk)
    try:
        added = templates.accept(offer, by=request.user)
    except (Invalid, Locked) as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:plan_offer", offer.pk)
    if offer.answer == OfferAnswer.ACCEPTED:
        messages.info(request, _("รับแผนต้นแบบนี้ไปแล้ว จึงไม่ได้เพิ่มซ้ำ"))
    else:
        messages.success(request, _told_of(len(added), len(offer.template.content["measures"])))
    return redirect("desk:plan", offer.template.fiscal_year)


def _told_of(added: int, offered: int) -> str:
    """Return what accepting did: how many measures were added, and how many the plan had."""
    had = offered - added
    told = [_("รับแผนต้นแบบแล้ว")]
    if added:
        told.append(
            _("เพิ่ม %(count)s มาตรการ โปรดทบทวนสิ่งที่ทำเครื่องหมายไว้") % {"count": to_thai_digits(added)}
        )
    if had:
        told.append(
            _("อีก %(count)s มาตรการมีชื่อเดียวกันในแผนอยู่แล้ว จึงไม่ได้เพิ่ม") % {"count": to_thai_digits(had)}
        )
    return " ".join(told)


@require_POST
@desk_page
def decline(request: DeskRequest, pk: int) -> HttpResponse:
    """Say no to a template, with a reason."""
    offer = _own_offer(request, pk)
    permissions.can_coordinate(request.user, offer.organisation).or_raise()
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, offer, form, status=422)
    return attempt(
        request,
        lambda: templates.decline(offer, by=request.user, reason=form.cleaned_data["reason"]),
        success=_("แจ้งว่าไม่รับแผนต้นแบบแล้ว"),
        back=reverse("desk:plan_offer", args=[offer.pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def push(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Offer the plan of a year to supervised offices, and read what they answered."""
    organisation = organisation_with_plan(request, fiscal_year)
    permissions.can_coordinate(request.user, organisation).or_raise()
    had = templates.offices_that_had(organisation, fiscal_year)
    form = PushForm(
        request.POST or None,
        organisation=organisation,
        initial={"title": title_of_template(organisation, fiscal_year)},
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            templates.push(
                organisation,
                fiscal_year,
                form.chosen(),
                by=request.user,
                title=typed["title"],
                note=typed["note"],
            )
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            _tell_of_pushing(request, len([each for each in form.chosen() if each.pk not in had]))
            return redirect("desk:plan_push", fiscal_year)
    sent = (
        PlanTemplate.objects.of_organisation(organisation)
        .filter(fiscal_year=fiscal_year)
        .prefetch_related("offers__organisation", "offers__answered_by")
    )
    ticked = {str(key) for key in form["offices"].value() or []}
    context = {
        "fiscal_year": fiscal_year,
        "form": form,
        "offices": [
            (office, office.pk in had, str(office.pk) in ticked) for office in form.supervised
        ],
        "sent": [(template, _counted(template)) for template in sent],
        "measures": organisation.measures.of_year(fiscal_year).count(),
    }
    return render(request, "desk/plan/push.html", context, status=422 if form.is_bound else 200)


def _tell_of_pushing(request: DeskRequest, reached: int) -> None:
    """Say how many offices were offered the plan, or that all of them had it."""
    if not reached:
        messages.info(request, _("หน่วยงานที่เลือกได้รับแผนต้นแบบนี้แล้ว จึงไม่ได้ส่งซ้ำ"))
        return
    messages.success(
        request,
        _("ส่งแผนต้นแบบถึง %(count)s หน่วยงานแล้ว คำตอบของแต่ละหน่วยงานจะแสดงในหน้านี้")
        % {"count": to_thai_digits(reached)},
    )


def _counted(template: PlanTemplate) -> list[tuple[OfferAnswer, int]]:
    """Return how many offices gave each answer to a template."""
    answers = Counter(offer.answer for offer in template.offers.all())
    return [(answer, answers[answer]) for answer in OfferAnswer]
