"""The trace of a plan on one page: score, finding, measure, result, next year's score."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from measures.domain.analysing.trace import trace_of
from measures.models import AssessmentResult, Finding, Measure, Organisation
from measures.views.access import DeskRequest, desk_page, own_organisation


def _years(organisation: Organisation) -> list[int]:
    """Return the years of the plans that have something to trace, newest first."""
    known: set[int] = set()
    measures = Measure.objects.of_organisation(organisation)
    known.update(measures.values_list("fiscal_year", flat=True))
    for rows in (AssessmentResult.objects.all(), Finding.objects.all()):
        # A result is answered by the plan of the year after.
        own = rows.of_organisation(organisation)
        known.update(year + 1 for year in own.values_list("fiscal_year", flat=True))
    return sorted(known, reverse=True)


@require_safe
@desk_page
def show(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Show the trace of one year's plan, with every gap named."""
    organisation = own_organisation(request)
    years = _years(organisation)
    if fiscal_year not in years:
        raise Http404(_("หน่วยงานนี้ไม่มีแผนหรือผลการประเมินที่จะแสดงของปีงบประมาณนี้"))
    context = {
        "organisation": organisation,
        "fiscal_year": fiscal_year,
        "years": years,
        "trace": trace_of(organisation, fiscal_year),
    }
    return render(request, "desk/analysis/trace.html", context)
