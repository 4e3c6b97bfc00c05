"""The library of shared measures: finding one, taking it over, and sharing one's own."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from measures import permissions
from measures.domain.errors import Invalid, Locked
from measures.domain.planning import library
from measures.domain.planning.score_movements import movements_of
from measures.domain.recording.locks import lock_of_plan
from measures.forms.plan_starts import LibraryForm, ShareForm
from measures.models import Publication, SharedMeasure
from measures.views.access import DeskRequest, attempt, desk_page, own_organisation
from measures.views.plan import organisation_with_plan

MEASURES_PER_PAGE = 20


@require_safe
@desk_page
def show(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """List what offices share, to be taken into the plan of a year."""
    organisation = organisation_with_plan(request, fiscal_year)
    form = LibraryForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    rows = library.listed()
    page = Paginator(rows.search(text) if text else rows, MEASURES_PER_PAGE).get_page(
        request.GET.get("page")
    )
    movements = movements_of(list(page.object_list))
    taken = library.taken_by(organisation, fiscal_year)
    may_coordinate = permissions.can_coordinate(request.user, organisation)
    lock = lock_of_plan(organisation, fiscal_year)
    context = {
        "organisation": organisation,
        "fiscal_year": fiscal_year,
        "form": form,
        "text": text,
        "page": page,
        "rows": [(each, movements[each.pk], taken.get(each.pk)) for each in page.object_list],
        "lock": lock,
        "may_coordinate": may_coordinate,
        "may_take": bool(may_coordinate) and lock is None,
    }
    return render(request, "desk/plan/library.html", context)


@require_POST
@desk_page
def take(request: DeskRequest, fiscal_year: int, pk: int) -> HttpResponse:
    """Take a shared measure over into the plan, and open it."""
    organisation = organisation_with_plan(request, fiscal_year)
    # One that has left the library meanwhile is refused by the verb, which says so.
    shared = get_object_or_404(SharedMeasure, pk=pk)
    try:
        measure = library.take_over(shared, organisation, fiscal_year, by=request.user)
    except (Invalid, Locked) as refusal:
        messages.error(request, str(refusal))
        back = reverse("desk:plan_library", args=[fiscal_year])
        searched = request.GET.urlencode()
        return redirect(f"{back}?{searched}" if searched else back)
    messages.success(request, _("นำมาตรการมาใส่ในแผนแล้ว โปรดทบทวนสิ่งที่ทำเครื่องหมายไว้"))
    return redirect("desk:measure", measure.pk)


@require_safe
@desk_page
def sharing(request: DeskRequest) -> HttpResponse:
    """List the office's published measures, and which of them others may take over."""
    organisation = own_organisation(request)
    permissions.can_coordinate(request.user, organisation).or_raise()
    years: dict[int, list[library.Shareable]] = {}
    for row in library.shareable(organisation):
        years.setdefault(row.publication.fiscal_year, []).append(row)
    return render(request, "desk/plan/sharing.html", {"years": list(years.items())})


@require_POST
@desk_page
def share(request: DeskRequest) -> HttpResponse:
    """Share a measure of one of the office's publications."""
    organisation = own_organisation(request)
    permissions.can_coordinate(request.user, organisation).or_raise()
    form = ShareForm(request.POST)
    if not form.is_valid():
        raise Http404(_("ไม่มีมาตรการนี้ในเอกสารที่เผยแพร่"))
    own = Publication.objects.filter(organisation=organisation)
    publication = get_object_or_404(own, pk=form.cleaned_data["publication"])
    return attempt(
        request,
        lambda: library.share(publication, form.cleaned_data["number"], by=request.user),
        success=_("แบ่งปันมาตรการเข้าคลังแล้ว"),
        back=reverse("desk:plan_sharing"),
    )


@require_POST
@desk_page
def unshare(request: DeskRequest, pk: int) -> HttpResponse:
    """Take one of the office's measures out of the library."""
    shared = get_object_or_404(SharedMeasure.objects.visible_to(request.user), pk=pk)
    return attempt(
        request,
        lambda: library.withdraw(shared, by=request.user),
        success=_("เลิกแบ่งปันมาตรการแล้ว"),
        back=reverse("desk:plan_sharing"),
    )
