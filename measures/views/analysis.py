"""The analysis of a year's result: thresholds, drafts from the scores, and all findings."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ita_portal.thai.numerals import to_thai_digits
from ita_portal.thai.periods import fiscal_year_of
from measures import permissions
from measures.domain.analysing.drafting import draft_findings
from measures.domain.analysing.findings import lock_of_findings
from measures.domain.analysing.overview import overview_of
from measures.domain.analysing.remedies import remedies_of
from measures.domain.analysing.thresholds import set_thresholds
from measures.domain.errors import Invalid, Locked
from measures.forms.analysis import ThresholdsForm
from measures.models import AssessmentResult, Finding, Organisation
from measures.views.access import DeskRequest, desk_page, own_organisation


def analysed_years(organisation: Organisation) -> list[int]:
    """Return the years that have a result or findings, and the last one, newest first."""
    known = {fiscal_year_of(timezone.localdate()) - 1}
    for rows in (AssessmentResult.objects.all(), Finding.objects.all()):
        known.update(rows.of_organisation(organisation).values_list("fiscal_year", flat=True))
    return sorted(known, reverse=True)


def known_year(organisation: Organisation, fiscal_year: int) -> list[int]:
    """Return the office's analysed years, or answer 404 where this is none of them."""
    years = analysed_years(organisation)
    if fiscal_year not in years:
        raise Http404(_("หน่วยงานนี้ไม่มีผลการประเมินของปีงบประมาณนี้"))
    return years


@require_safe
@desk_page
def newest(request: DeskRequest) -> HttpResponse:
    """Lead to the newest year that has a result; to last year where there is none."""
    organisation = own_organisation(request)
    results = AssessmentResult.objects.of_organisation(organisation).order_by("-fiscal_year")
    year = results.values_list("fiscal_year", flat=True).first()
    return redirect("desk:analysis", year or fiscal_year_of(timezone.localdate()) - 1)


@require_safe
@desk_page
def show(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Show the findings of a year by group and indicator, and what is known about each."""
    organisation = own_organisation(request)
    years = known_year(organisation, fiscal_year)
    return _page(request, organisation, fiscal_year, years, ThresholdsForm.of(organisation))


def _page(
    request: DeskRequest,
    organisation: Organisation,
    fiscal_year: int,
    years: list[int],
    form: ThresholdsForm,
    status: int = 200,
) -> HttpResponse:
    lock = lock_of_findings(organisation, fiscal_year)
    may_coordinate = permissions.can_coordinate(request.user, organisation)
    context: dict[str, Any] = {
        "organisation": organisation,
        "fiscal_year": fiscal_year,
        "plan_year": fiscal_year + 1,
        "years": years,
        "overview": overview_of(organisation, fiscal_year),
        "remedies": remedies_of(fiscal_year),
        "lock": lock,
        "may_coordinate": may_coordinate,
        "is_editable": bool(may_coordinate) and lock is None,
        "form": form,
    }
    return render(request, "desk/analysis/show.html", context, status=status)


@require_POST
@desk_page
def thresholds(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Store the office's thresholds, or show the page again with what stands against them."""
    organisation = own_organisation(request)
    years = known_year(organisation, fiscal_year)
    permissions.can_manage(request.user, organisation).or_raise()
    form = ThresholdsForm(request.POST)
    if form.is_valid():
        try:
            set_thresholds(organisation, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("บันทึกเกณฑ์คะแนนแล้ว กดจัดทำร่างอีกครั้งเพื่อใช้เกณฑ์ใหม่กับร่างที่ยังไม่มีผู้แก้ไข")
            )
            return redirect("desk:analysis", fiscal_year)
    return _page(request, organisation, fiscal_year, years, form, status=422)


@require_POST
@desk_page
def draft(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Write draft findings from the scores of the year, and say how many."""
    organisation = own_organisation(request)
    known_year(organisation, fiscal_year)
    try:
        drafted = draft_findings(organisation, fiscal_year, by=request.user)
    except (Invalid, Locked) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _told(len(drafted.made), len(drafted.renewed)))
    return redirect("desk:analysis", fiscal_year)


def _told(made: int, renewed: int) -> str:
    if not made and not renewed:
        return _("ไม่มีข้อใหม่ให้ร่าง ทุกข้อที่คะแนนต่ำมีประเด็นแล้ว")
    counts = {"made": to_thai_digits(made), "renewed": to_thai_digits(renewed)}
    if not renewed:
        return _("จัดทำร่างใหม่ %(made)s ข้อ โปรดอ่าน แก้ไข หรือยอมรับทีละข้อ") % counts
    return _("จัดทำร่างใหม่ %(made)s ข้อ และปรับร่างเดิมตามคะแนนล่าสุด %(renewed)s ข้อ โปรดอ่านทีละข้อ") % counts
