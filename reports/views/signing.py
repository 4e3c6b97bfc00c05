"""The signing page: what will be printed, the opinions so far, and the three answers."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from measures import permissions
from measures.domain import proofreading, signoffs
from measures.domain.errors import Invalid, Stale
from measures.forms.signoffs import OpinionForm, ReasonForm
from measures.models import SignoffStep, SignRole
from measures.views import kept_texts
from measures.views.access import DeskRequest, desk_page
from reports import publishing


def _own_step(request: DeskRequest, pk: int) -> SignoffStep:
    visible = SignoffStep.objects.visible_to(request.user).select_related(
        "signoff__document__organisation",
        "signoff__document__round",
        "signoff__submitted_by",
        "post",
    )
    return get_object_or_404(visible, pk=pk)


def _render_step(
    request: DeskRequest,
    step: SignoffStep,
    *,
    opinion_form: OpinionForm | None = None,
    reason_form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    seen = {"seen": signoffs.seen_token(step.signoff)}
    kept = kept_texts.take(request)
    context = {
        "step": step,
        "signoff": step.signoff,
        "document": step.signoff.document,
        "obstacles": publishing.obstacles_of(step.signoff.content),
        "waived": [
            reviewed
            for reviewed in proofreading.remarks_of(step.signoff.document, step.signoff.content)
            if reviewed.waiver is not None
        ],
        "may_decide": permissions.can_decide(request.user, step),
        "holding": permissions.holding_for(request.user, step),
        "is_final": step.role == SignRole.FINAL,
        "is_preparer": step.role == SignRole.PREPARER,
        "opinion_form": opinion_form or OpinionForm(initial={**kept, **seen}),
        "reason_form": reason_form or ReasonForm(initial={**kept, **seen}),
    }
    return render(request, "reports/screens/signing.html", context, status=status)


@require_safe
@desk_page
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one step of a sign-off to the people of the organisation."""
    return _render_step(request, _own_step(request, pk))


def _document_address(step: SignoffStep) -> str:
    return reverse("desk:document", args=[step.signoff.document_id])


@require_POST
@desk_page
def approve(request: DeskRequest, pk: int) -> HttpResponse:
    """Approve with an opinion, or sign as preparer."""
    step = _own_step(request, pk)
    form = OpinionForm(request.POST)
    if form.is_valid():
        try:
            signoffs.approve(
                step,
                by=request.user,
                opinion=form.cleaned_data["opinion"],
                seen=form.cleaned_data["seen"],
            )
        except (Invalid, Stale) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("ลงนามแล้ว"))
            return redirect(_document_address(step))
    _renew_token(request, form, step)
    return _render_step(request, step, opinion_form=form, status=422)


def _renew_token(request: DeskRequest, form: OpinionForm | ReasonForm, step: SignoffStep) -> None:
    """Put the form over the page shown now, so that what was typed can be sent again."""
    typed = request.POST.copy()
    typed["seen"] = signoffs.seen_token(step.signoff)
    form.data = typed


def _with_reason(
    request: DeskRequest,
    pk: int,
    verb: Callable[..., SignoffStep],
    success: str,
) -> HttpResponse:
    step = _own_step(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            verb(
                step,
                by=request.user,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"] or None,
            )
        except (Invalid, Stale) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, success)
            return redirect(_document_address(step))
    _renew_token(request, form, step)
    return _render_step(request, step, reason_form=form, status=422)


@require_POST
@desk_page
def return_for_correction(request: DeskRequest, pk: int) -> HttpResponse:
    """Send the document back with a reason."""
    return _with_reason(
        request, pk, signoffs.return_for_correction, _("ส่งกลับแก้ไขแล้ว ระบบแจ้งผู้เสนอให้")
    )


@require_POST
@desk_page
def refuse(request: DeskRequest, pk: int) -> HttpResponse:
    """Refuse with a reason; the last post only."""
    return _with_reason(request, pk, signoffs.refuse, _("บันทึกว่าไม่อนุมัติแล้ว ระบบแจ้งผู้เสนอให้"))
