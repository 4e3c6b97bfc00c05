"""One finding of the analysis: writing it, taking a draft as it stands, taking it out."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures import permissions
from measures.domain.analysing import findings as verbs
from measures.domain.analysing.overview import shown_finding
from measures.domain.errors import Invalid, Locked, Stale
from measures.forms.analysis import FindingForm, initial_of
from measures.models import Finding, Severity
from measures.views.access import DeskRequest, attempt, desk_page, own_organisation
from measures.views.analysis import known_year


@dataclass
class _Page:
    """One finding on its page, with the form over it."""

    finding: Finding
    form: FindingForm

    def save(self, request: DeskRequest) -> Finding:
        """Store what was typed by the verb."""
        typed, finding = self.form.cleaned_data, self.finding
        for name in ("number", "severity", "analysis", "references", "indicator", "remedy"):
            setattr(finding, name, typed[name])
        return verbs.save_finding(
            finding, by=request.user, items=typed["items"], seen=typed["seen"]
        )


def _page(finding: Finding, data: Any = None) -> _Page:
    if finding._state.adding:
        initial: dict[str, Any] = {
            "number": verbs.next_number(finding.organisation, finding.fiscal_year),
            "severity": Severity.IMPROVE,
        }
    else:
        initial = initial_of(finding) | {"seen": verbs.state_of(finding)}
    return _Page(finding, FindingForm(data, initial=initial, fiscal_year=finding.fiscal_year))


def _show(request: DeskRequest, page: _Page, status: int = 200) -> HttpResponse:
    finding = page.finding
    # What was typed is in the form; beside it stands what is stored.
    shown = None if finding._state.adding else shown_finding(finding)
    lock = verbs.lock_of_findings(finding.organisation, finding.fiscal_year)
    may_coordinate = permissions.can_manage(request.user, finding.organisation)
    context = {
        "finding": shown and shown.finding,
        "shown": shown,
        "organisation": finding.organisation,
        "fiscal_year": finding.fiscal_year,
        "plan_year": finding.fiscal_year + 1,
        "form": page.form,
        "lock": lock,
        "may_coordinate": may_coordinate,
        "is_editable": bool(may_coordinate) and lock is None,
    }
    return render(request, "desk/analysis/finding.html", context, status=status)


def _answer(request: DeskRequest, finding: Finding) -> HttpResponse:
    """Store what was typed, or show it again with what stands against it."""
    permissions.can_manage(request.user, finding.organisation).or_raise()
    page = _page(finding, request.POST)
    if not page.form.is_valid():
        return _show(request, page, status=422)
    try:
        page.save(request)
    except (Invalid, Locked) as refusal:
        page.form.add_error(None, str(refusal))
        return _show(request, page, status=422)
    except Stale as refusal:
        # The next saving is over what is stored now.
        typed = request.POST.copy()
        typed["seen"] = verbs.state_of(finding)
        page = _page(finding, typed)
        page.form.add_error(None, str(refusal))
        return _show(request, page, status=409)
    messages.success(request, _("บันทึกประเด็นแล้ว"))
    return redirect("desk:analysis", finding.fiscal_year)


def _own_finding(request: DeskRequest, pk: int) -> Finding:
    visible = Finding.objects.visible_to(request.user).select_related(
        "organisation", "indicator", "remedy"
    )
    return get_object_or_404(visible, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new(request: DeskRequest, fiscal_year: int) -> HttpResponse:
    """Write a finding that the scores alone do not give."""
    organisation = own_organisation(request)
    known_year(organisation, fiscal_year)
    permissions.can_manage(request.user, organisation).or_raise()
    finding = Finding(organisation=organisation, fiscal_year=fiscal_year)
    if request.method == "POST":
        return _answer(request, finding)
    return _show(request, _page(finding))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def finding(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one finding; the coordinator changes it while nothing locks it."""
    shown = _own_finding(request, pk)
    if request.method == "POST":
        return _answer(request, shown)
    return _show(request, _page(shown))


@require_POST
@desk_page
def accept(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a draft as it stands."""
    shown = _own_finding(request, pk)
    return attempt(
        request,
        lambda: verbs.accept_draft(shown, by=request.user, seen=request.POST.get("seen", "")),
        success=_("ยอมรับร่างเป็นข้อความของหน่วยงานแล้ว"),
        back=_analysis_of(shown),
    )


@require_POST
@desk_page
def delete(request: DeskRequest, pk: int) -> HttpResponse:
    """Take out a finding that no measure rests on."""
    shown = _own_finding(request, pk)
    return attempt(
        request,
        lambda: verbs.delete_finding(shown, by=request.user, seen=request.POST.get("seen", "")),
        success=_("ลบประเด็นแล้ว"),
        back=_analysis_of(shown),
    )


def _analysis_of(finding: Finding) -> str:
    return redirect("desk:analysis", finding.fiscal_year)["Location"]
