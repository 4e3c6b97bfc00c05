"""The state of a round; opening, closing and reopening it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures import permissions
from measures.domain import documents
from measures.domain.errors import Invalid, Locked
from measures.domain.recording import rounds
from measures.domain.recording.locks import lock_of_report, lock_of_round
from measures.domain.recording.overview import overview_of
from measures.domain.recording.queue import own_division_ids
from measures.forms.rounds import RescheduleForm, RoundForm
from measures.forms.signoffs import ReasonForm
from measures.models import Document, ProgressStatus, ReportingRound
from measures.views import late_permits
from measures.views.access import DeskRequest, attempt, desk_page, own_organisation, told_errors


def _own_round(request: DeskRequest, pk: int) -> ReportingRound:
    visible = ReportingRound.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(visible, pk=pk)


@require_safe
@desk_page
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the round by measure and division, what is missing, and its documents."""
    reporting_round = _own_round(request, pk)
    lock = lock_of_round(reporting_round)
    may_coordinate = permissions.can_coordinate(request.user, reporting_round.organisation)
    context = {
        "round": reporting_round,
        "overview": overview_of(reporting_round),
        "lock": lock,
        "may_set_statuses": bool(may_coordinate) and lock is None,
        "statuses": ProgressStatus.choices,
        "may_compile": lock_of_report(reporting_round) is None,
        "documents": Document.objects.filter(round=reporting_round).select_related("publication"),
        "draft": Document.objects.unpublished().filter(round=reporting_round).first(),
        "own_divisions": own_division_ids(request.user),
        "may_coordinate": may_coordinate,
        "reopen_form": ReasonForm(auto_id="id_reopen_%s"),
        "dates_form": RescheduleForm.of(reporting_round),
        "late": late_permits.panel(request, reporting_round),
    }
    return render(request, "desk/rounds/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def open_new(request: DeskRequest) -> HttpResponse:
    """Open a round of the coordinator's organisation."""
    organisation = own_organisation(request)
    permissions.can_coordinate(request.user, organisation).or_raise()
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = rounds.open_round(organisation, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("desk:round", new.pk)
    context = {"form": form, "organisation": organisation}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/rounds/new.html", context, status=status)


def _address(reporting_round: ReportingRound) -> str:
    return reverse("desk:round", args=[reporting_round.pk])


@require_POST
@desk_page
def reschedule(request: DeskRequest, pk: int) -> HttpResponse:
    """Change the dates of the round."""
    reporting_round = _own_round(request, pk)
    permissions.can_coordinate(request.user, reporting_round.organisation).or_raise()
    form = RescheduleForm(request.POST)
    if not form.is_valid():
        return told_errors(request, form, back=_address(reporting_round))
    return attempt(
        request,
        lambda: rounds.reschedule(reporting_round, by=request.user, **form.cleaned_data),
        success=_("เปลี่ยนกำหนดของรอบแล้ว"),
        back=_address(reporting_round),
    )


@require_POST
@desk_page
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """Close the round."""
    reporting_round = _own_round(request, pk)
    return attempt(
        request,
        lambda: rounds.close_round(reporting_round, by=request.user),
        success=_("ปิดรอบการรายงานแล้ว"),
        back=_address(reporting_round),
    )


@require_POST
@desk_page
def reopen(request: DeskRequest, pk: int) -> HttpResponse:
    """Reopen the round, with a reason."""
    reporting_round = _own_round(request, pk)
    reason = request.POST.get("reason", "")
    return attempt(
        request,
        lambda: rounds.reopen_round(reporting_round, by=request.user, reason=reason),
        success=_("เปิดรอบการรายงานอีกครั้งแล้ว"),
        back=_address(reporting_round),
    )


@require_POST
@desk_page
def compile_report(request: DeskRequest, pk: int) -> HttpResponse:
    """Make the draft report of the round, or find the one under way, and go to it."""
    reporting_round = _own_round(request, pk)
    try:
        document = documents.compile_report(reporting_round, by=request.user)
    except (Invalid, Locked) as refusal:
        messages.error(request, str(refusal))
        return redirect(_address(reporting_round))
    return redirect("desk:document", document.pk)
