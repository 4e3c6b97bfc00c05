"""Starting the plan of a year: from findings, from last year's plan; and compiling its document."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ita_portal.thai.numerals import to_thai_digits
from measures import permissions
from measures.domain import documents
from measures.domain.errors import Invalid, Locked
from measures.domain.planning import copying, from_findings
from measures.domain.recording.locks import lock_of_plan
from measures.forms import plan_starts as forms
from measures.forms.plan import WholeNumberField
from measures.models import Finding, Organisation
from measures.views.access import DeskRequest, desk_page
from measures.views.plan import organisation_with_plan


def _added(request: DeskRequest, count: int) -> None:
    """Say how many measures were added, or that there were none to add."""
    if not count:
        messages.info(request, _("รายการที่เลือกอยู่ในแผนแล้ว จึงไม่ได้เพิ่มซ้ำ"))
        return
    messages.success(
        request,
        ngettext(
            "เพิ่ม %(count)s มาตรการแล้ว โปรดทบทวนสิ่งที่ทำเครื่องหมายไว้",
            "เพิ่ม %(count)s มาตรการแล้ว โปรดทบทวนสิ่งที่ทำเครื่องหมายไว้",
            count,
        )
        % {"count": to_thai_digits(count)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def start_from_findings(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Choose findings that become measures."""
    organisation = organisation_with_plan(request, fiscal_year)
    permissions.can_coordinate(request.user, organisation).or_raise()
    found = from_findings.findings_to_answer(organisation, fiscal_year)
    form = forms.FindingsForm(
        request.POST or None,
        keys=[each.pk for each in found],
        initial={
            "findings": [
                each.pk for each in found if not from_findings.answers_to(each, fiscal_year)
            ]
        },
    )
    if request.method == "POST" and form.is_valid():
        wanted = set(form.cleaned_data["findings"])
        try:
            made = from_findings.draft_measures(
                organisation,
                fiscal_year,
                [each for each in found if each.pk in wanted],
                by=request.user,
                as_one=form.cleaned_data["as_one"],
            )
        except (Invalid, Locked) as refusal:
            form.add_error(None, str(refusal))
        else:
            _added(request, len(made))
            return redirect("desk:plan", fiscal_year)
    return _show_findings(request, organisation, fiscal_year, form, found)


def _show_findings(
    request: DeskRequest,
    organisation: Organisation,
    fiscal_year: int,
    form: forms.FindingsForm,
    found: list[Finding],
) -> HttpResponse:
    ticked = {str(key) for key in form["findings"].value() or []}
    rows = [
        (each, from_findings.answers_to(each, fiscal_year), str(each.pk) in ticked)
        for each in found
    ]
    context = {
        "fiscal_year": fiscal_year,
        "form": form,
        "lock": lock_of_plan(organisation, fiscal_year),
        "rows": rows,
        "is_all_answered": all(answers for _finding, answers, _is_ticked in rows),
    }
    return _answer(request, "desk/plan/from_findings.html", context, form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def copy(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Choose measures of an earlier year (``?from_year=``) that are copied into this plan."""
    organisation = organisation_with_plan(request, fiscal_year)
    permissions.can_coordinate(request.user, organisation).or_raise()
    years = copying.years_with_measures(organisation, fiscal_year)
    from_year = _asked_year(request, years)
    rows = copying.candidates(organisation, from_year, fiscal_year) if from_year else []
    form = forms.CopyForm(
        request.POST or None,
        keys=[row.measure.pk for row in rows],
        initial={"measures": [row.measure.pk for row in rows if row.is_proposed()]},
    )
    if request.method == "POST" and from_year and form.is_valid():
        try:
            made = copying.copy_plan(
                organisation,
                from_year,
                fiscal_year,
                by=request.user,
                chosen=form.cleaned_data["measures"],
            )
        except (Invalid, Locked) as refusal:
            form.add_error(None, str(refusal))
        else:
            _added(request, len(made))
            return redirect("desk:plan", fiscal_year)
    ticked = {str(key) for key in form["measures"].value() or []}
    context = {
        "fiscal_year": fiscal_year,
        "from_year": from_year,
        "years": years,
        "form": form,
        "lock": lock_of_plan(organisation, fiscal_year),
        "rows": [(row, str(row.measure.pk) in ticked) for row in rows],
        "is_all_copied": all(row.is_copied for row in rows),
    }
    return _answer(request, "desk/plan/copy.html", context, form)


def _asked_year(request: DeskRequest, years: list[int]) -> int | None:
    """Return the year that is copied from: as asked where it has measures, else the newest."""
    try:
        asked = WholeNumberField(required=False).clean(request.GET.get("from_year", ""))
    except ValidationError:
        asked = None
    return asked if asked in years else next(iter(years), None)


def _answer(
    request: DeskRequest, template: str, context: dict[str, Any], form: Any
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, template, context, status=status)


@require_POST
@desk_page
def compile_plan(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Make the draft document of the plan, or find the one under way, and go to it."""
    organisation = organisation_with_plan(request, fiscal_year)
    try:
        document = documents.compile_plan(organisation, fiscal_year, by=request.user)
    except (Invalid, Locked) as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:plan", fiscal_year)
    return redirect("desk:document", document.pk)
