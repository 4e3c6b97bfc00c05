"""Leave to report after a round has closed: given and taken back on the page of the round."""

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from measures import permissions
from measures.domain.recording import late_permits
from measures.domain.recording.locks import lock_of_report, lock_of_round
from measures.forms.late_permits import LatePermitForm
from measures.models import LatePermit, PostHolding, ReportingRound
from measures.views import kept_texts
from measures.views.access import DeskRequest, attempt, desk_page, told_errors


@dataclass(frozen=True)
class Panel:
    """What ``desk/rounds/_late_permits.html`` shows beside a closed round."""

    round: ReportingRound
    permits: list[LatePermit]
    form: LatePermitForm | None


def panel(request: DeskRequest, reporting_round: ReportingRound) -> Panel:
    """Return the leave given in this round; the form only where more can be given."""
    permits = (
        LatePermit.objects.filter(entry__round=reporting_round)
        .select_related("entry__measure", "entry__division", "person", "granted_by")
        .order_by("entry__measure__number", "-pk")
    )
    can_be_given = (
        permissions.can_coordinate(request.user, reporting_round.organisation)
        and lock_of_report(reporting_round) is None
        and lock_of_round(reporting_round) is not None
    )
    form = _form(reporting_round) if can_be_given else None
    if form is not None:
        form.initial = dict(kept_texts.take(request))
    return Panel(reporting_round, list(permits), form)


def _form(reporting_round: ReportingRound, typed: QueryDict | None = None) -> LatePermitForm:
    reporters = PostHolding.objects.current().filter(
        post__organisation=reporting_round.organisation, post__reports_progress=True
    )
    return LatePermitForm(
        typed, reporting_round=reporting_round, people=reporters.values_list("user", flat=True)
    )


def _address(reporting_round_pk: int) -> str:
    return reverse("desk:round", args=[reporting_round_pk]) + "#late-permits"


@require_POST
@desk_page
def grant(request: DeskRequest, pk: int) -> HttpResponse:
    """Let an entry of this round be recorded after it has closed."""
    visible = ReportingRound.objects.visible_to(request.user).select_related("organisation")
    reporting_round = get_object_or_404(visible, pk=pk)
    permissions.can_coordinate(request.user, reporting_round.organisation).or_raise()
    form = _form(reporting_round, request.POST)
    if not form.is_valid():
        kept_texts.keep(request)
        return told_errors(request, form, back=_address(pk))
    return attempt(
        request,
        lambda: late_permits.grant(by=request.user, **form.cleaned_data),
        success=_("อนุญาตให้รายงานล่าช้าแล้ว ผู้รายงานจะเห็นรายการนี้ในงานของตน"),
        back=_address(pk),
    )


@require_POST
@desk_page
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Take leave back; what was recorded with it stays."""
    visible = LatePermit.objects.visible_to(request.user).select_related("entry")
    permit = get_object_or_404(visible, pk=pk)
    return attempt(
        request,
        lambda: late_permits.withdraw(permit, by=request.user),
        success=_("ถอนการอนุญาตแล้ว"),
        back=_address(permit.entry.round_id),
    )
