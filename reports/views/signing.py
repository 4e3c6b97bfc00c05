"""The signing page: what will be printed, what changed, the opinions so far, the three answers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from measures import permissions
from measures.domain import proofreading
from measures.domain.errors import Invalid, Stale
from measures.domain.signing import differences, signoff_line, signoffs
from measures.domain.signing.places import places_of
from measures.forms.signoffs import CommentsForm, OpinionForm, ReasonForm
from measures.models import SignoffStep, SignRole
from measures.views import kept_texts
from measures.views.access import DeskRequest, desk_page
from measures.views.reauthentication import freshly_checked
from reports import page_pictures, publishing, tasks


def own_step(request: DeskRequest, pk: int) -> SignoffStep:
    """Return the step if its document is of the person's organisation, or answer 404."""
    visible = SignoffStep.objects.visible_to(request.user).select_related(
        "signoff__document__organisation",
        "signoff__document__round",
        "signoff__submitted_by",
        "post",
    )
    return get_object_or_404(visible, pk=pk)


def _comments_form(step: SignoffStep, *args: Any, **options: Any) -> CommentsForm:
    return CommentsForm(*args, places=places_of(step.signoff.content), **options)


def _signing(request: DeskRequest, step: SignoffStep) -> dict[str, Any]:
    """Return for which posts a signature stands here now, and what the button says."""
    may_decide = permissions.can_decide(request.user, step)
    together = signoff_line.signed_together(step, request.user) if may_decide else [step]
    holdings = [permissions.holding_for(request.user, each) for each in together]
    return {
        "may_decide": may_decide,
        "together": [
            (each, holding) for each, holding in zip(together, holdings, strict=True) if holding
        ],
        "decides_last": any(each.role == SignRole.FINAL for each in together),
        "is_final": step.role == SignRole.FINAL,
        "is_preparer": step.role == SignRole.PREPARER,
    }


def _render_step(
    request: DeskRequest,
    step: SignoffStep,
    *,
    opinion_form: OpinionForm | None = None,
    reason_form: ReasonForm | None = None,
    comments_form: CommentsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    signoff = step.signoff
    typed = {**kept_texts.take(request), **request.POST.dict()}
    initial = {**typed, "seen": signoffs.seen_token(signoff)}
    earlier = differences.earlier_version(signoff)
    paper = tasks.paper_at_hand(signoff.document) if signoff.is_running() else None
    context = {
        "step": step,
        "signoff": signoff,
        "document": signoff.document,
        "rendering": paper,
        "pages": page_pictures.sizes_of(paper) if paper else [],
        "obstacles": publishing.obstacles_of_frozen(signoff),
        "waived": [
            reviewed
            for reviewed in proofreading.remarks_of(signoff.document, signoff.content)
            if reviewed.waiver is not None
        ],
        "earlier": earlier,
        "differences": differences.differences(earlier.content, signoff.content) if earlier else [],
        **_signing(request, step),
        "opinion_form": opinion_form or OpinionForm(initial=initial),
        "reason_form": reason_form or ReasonForm(initial=initial),
        "comments_form": comments_form or _comments_form(step, initial=initial),
    }
    return render(request, "reports/screens/signing.html", context, status=status)


@require_safe
@desk_page
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one step of a sign-off to the people of the organisation."""
    return _render_step(request, own_step(request, pk))


def _document_address(step: SignoffStep) -> str:
    return reverse("desk:document", args=[step.signoff.document_id])


def _renew_token(request: DeskRequest, form: OpinionForm | ReasonForm, step: SignoffStep) -> None:
    """Put the form over the page shown now, so that what was typed can be sent again."""
    typed = request.POST.copy()
    typed["seen"] = signoffs.seen_token(step.signoff)
    form.data = typed


@require_POST
@desk_page
@freshly_checked
def approve(request: DeskRequest, pk: int) -> HttpResponse:
    """Approve with an opinion, or sign as preparer; for all neighbouring posts of the person."""
    step = own_step(request, pk)
    form = OpinionForm(request.POST)
    comments_form = _comments_form(step, request.POST)
    if form.is_valid() and comments_form.is_valid():
        try:
            signoffs.approve(
                step,
                by=request.user,
                opinion=form.cleaned_data["opinion"],
                comments=comments_form.comments(),
                seen=form.cleaned_data["seen"],
            )
        except (Invalid, Stale) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("ลงนามแล้ว"))
            return redirect(_document_address(step))
    _renew_token(request, form, step)
    return _render_step(request, step, opinion_form=form, comments_form=comments_form, status=422)


def _with_reason(
    request: DeskRequest,
    pk: int,
    verb: Callable[..., SignoffStep],
    success: str,
) -> HttpResponse:
    step = own_step(request, pk)
    form = ReasonForm(request.POST)
    comments_form = _comments_form(step, request.POST)
    if form.is_valid() and comments_form.is_valid():
        try:
            verb(
                step,
                by=request.user,
                reason=form.cleaned_data["reason"],
                comments=comments_form.comments(),
                seen=form.cleaned_data["seen"] or None,
            )
        except (Invalid, Stale) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, success)
            return redirect(_document_address(step))
    _renew_token(request, form, step)
    return _render_step(request, step, reason_form=form, comments_form=comments_form, status=422)


@require_POST
@desk_page
@freshly_checked
def return_for_correction(request: DeskRequest, pk: int) -> HttpResponse:
    """Send the document back with a reason and comments on places."""
    return _with_reason(
        request, pk, signoffs.return_for_correction, _("ส่งกลับแก้ไขแล้ว ระบบแจ้งผู้เสนอให้")
    )


@require_POST
@desk_page
@freshly_checked
def refuse(request: DeskRequest, pk: int) -> HttpResponse:
    """Refuse with a reason and comments on places; the last post only."""
    return _with_reason(request, pk, signoffs.refuse, _("บันทึกว่าไม่อนุมัติแล้ว ระบบแจ้งผู้เสนอให้"))
