"""What everybody may read without signing in: only publications, and when the next one is due."""

import re

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ita_portal.thai.words import sort_key
from measures.domain.filing.links import dead_links_of
from measures.domain.publishing.public_states import (
    YearState,
    history_of_measure,
    organisation_states,
    year_state,
    years_of,
)
from measures.models import Item, ItemPurpose, Measure, Organisation

ORGANISATIONS_PER_PAGE = 60
LONGEST_SEARCH = 100  # characters
ITEM_CODE = re.compile(r"(?P<letter>[oO])(?P<number>[0-9]{1,2})")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the organisations by province, found by name or place, with the state of each."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    found = Organisation.objects.search(query) if query else Organisation.objects.all()
    # Thai has its own order of letters, which not every database knows.
    in_order = sorted(
        found.order_by().values_list("pk", "changwat", "name"),
        key=lambda row: (sort_key(row[1]), sort_key(row[2])),
    )
    page = Paginator(in_order, ORGANISATIONS_PER_PAGE).get_page(request.GET.get("page"))
    organisations = Organisation.objects.in_bulk([pk for pk, _changwat, _name in page])
    states = organisation_states(
        [organisations[pk] for pk, _changwat, _name in page], today=timezone.localdate()
    )
    return render(request, "public/home.html", {"query": query, "page": page, "states": states})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an organisation's transparency page: the current year, all years, how to reach it."""
    shown = get_object_or_404(Organisation, slug=slug)
    years = years_of(shown)
    current = next((each for each in years if each.is_published), years[0] if years else None)
    state = year_state(shown, current.fiscal_year, today=timezone.localdate()) if current else None
    return render(
        request,
        "public/organisation.html",
        {
            "organisation": shown,
            "years": years,
            "state": state,
            "document": state.newest() if state else None,
        },
    )


@require_safe
def year(request: HttpRequest, slug: str, fiscal_year: int) -> HttpResponse:
    """Show one fiscal year: score, progress of each round, measures."""
    shown = get_object_or_404(Organisation, slug=slug)
    state = year_state(shown, fiscal_year, today=timezone.localdate())
    if not _is_known(shown, state):
        raise Http404(_("หน่วยงานนี้ไม่มีข้อมูลของปีงบประมาณนี้"))
    return render(
        request,
        "public/year.html",
        {
            "organisation": shown,
            "years": years_of(shown),
            "state": state,
            "document": state.newest(),
        },
    )


def _is_known(shown: Organisation, state: YearState) -> bool:
    """Return whether the year has a round, a publication, or measures on their way.

    Of the measures on their way nothing is read but that there are some.
    """
    return (
        bool(state.rounds)
        or state.plan is not None
        or Measure.objects.of_organisation(shown).of_year(state.fiscal_year).exists()
    )


@require_safe
def measure(request: HttpRequest, slug: str, fiscal_year: int, number: int) -> HttpResponse:
    """Show one measure as last published: steps, results, evidence, and what was said before."""
    shown = get_object_or_404(Organisation, slug=slug)
    document = year_state(shown, fiscal_year, today=timezone.localdate()).newest()
    published = document.measure_numbered(number) if document else None
    if document is None or published is None:
        raise Http404(_("ยังไม่มีการเผยแพร่มาตรการนี้"))
    return render(
        request,
        "public/measure.html",
        {
            "organisation": shown,
            "fiscal_year": fiscal_year,
            "document": document,
            "measure": published,
            "dead_links": dead_links_of(shown),
            "history": history_of_measure(shown, fiscal_year, number, but=document.code),
        },
    )


@require_safe
def oit(request: HttpRequest, slug: str, fiscal_year: int, item: str) -> HttpResponse:
    """Show the page whose address is handed to the assessor: the document that answers an item."""
    shown = get_object_or_404(Organisation, slug=slug)
    code = ITEM_CODE.fullmatch(item)
    if code is None:
        raise Http404(_("ไม่มีข้อประเมินนี้"))
    asked = get_object_or_404(
        Item.objects.exclude(purpose="").select_related("instrument"),
        instrument__framework__fiscal_year=fiscal_year,
        instrument__code="OIT",
        number=int(code["number"]),
    )
    state = year_state(shown, fiscal_year, today=timezone.localdate())
    if asked.purpose == ItemPurpose.PLAN:
        documents = [state.plan] if state.plan else []
    else:
        documents = [each.report for each in reversed(state.rounds) if each.report]
    return render(
        request,
        "public/oit.html",
        {
            "organisation": shown,
            "fiscal_year": fiscal_year,
            "item": asked,
            "document": documents[0] if documents else None,
            "other_documents": documents[1:],
            "due": state.next_due(),
        },
    )
