"""Everything that waits for a person's signature, and approving several at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ita_portal.thai.template_filters import thai_digits
from measures.domain.signing import signoff_batches, signoff_line, signoffs
from measures.forms.signoffs import SeveralForm
from measures.models import Signoff, SignoffStep
from measures.views import kept_texts
from measures.views.access import DeskRequest, desk_page
from measures.views.reauthentication import freshly_checked


@dataclass(frozen=True)
class Row:
    """One document that waits, as the list shows it."""

    step: SignoffStep
    signoff: Signoff
    posts: list[str]  # for all of which the one signature stands
    seen: str
    is_chosen: bool
    refusal: str


def _waiting(request: DeskRequest) -> list[SignoffStep]:
    return list(
        SignoffStep.objects.awaiting(request.user)
        .select_related(
            "post",
            "signoff__document__organisation",
            "signoff__document__round",
            "signoff__submitted_by",
        )
        .prefetch_related("signoff__steps__post")
        .order_by("signoff__submitted_at", "pk")
    )


def _chosen(request: DeskRequest, steps: list[SignoffStep]) -> list[SignoffStep]:
    """Return the steps that were ticked, those that are not waiting any more too.

    What has been decided meanwhile is told by the rule that refuses it; of what does not belong to
    the person's office nothing is said.
    """
    numbers = {int(number) for number in request.POST.getlist("step") if number.isdecimal()}
    known = {step.pk for step in steps}
    gone = SignoffStep.objects.visible_to(request.user).filter(pk__in=numbers - known)
    return [step for step in steps if step.pk in numbers] + list(
        gone.select_related("signoff__document__organisation", "post")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
@freshly_checked
def several(request: DeskRequest) -> HttpResponse:
    """List what waits; a POST approves what was ticked, each document through every rule."""
    steps = _waiting(request)
    kept = kept_texts.take(request)
    form = SeveralForm(request.POST or None, initial=kept)
    ticked = request.POST.getlist("step") or kept.get("step", "").split(kept_texts.TICKS)
    outcomes: list[signoff_batches.Outcome] = []
    nothing_chosen = False
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(request, steps)
        nothing_chosen = not chosen
        outcomes = signoff_batches.approve_each(
            chosen,
            by=request.user,
            opinion=form.cleaned_data["opinion"],
            seen={step.pk: request.POST.get(f"seen_{step.pk}", "") for step in chosen},
        )
        done = [outcome for outcome in outcomes if not outcome.refusal]
        if done:
            messages.success(
                request, _("ลงนามแล้ว %(count)s ฉบับ") % {"count": thai_digits(len(done))}
            )
        if chosen and len(done) == len(outcomes):
            return redirect("paper:signing_list")
        steps = _waiting(request)
    refusals = {outcome.step.pk: outcome.refusal for outcome in outcomes if outcome.refusal}
    context = {
        "rows": [
            Row(
                step=step,
                signoff=step.signoff,
                posts=[
                    each.post.title for each in signoff_line.signed_together(step, request.user)
                ],
                seen=signoffs.seen_token(step.signoff),
                is_chosen=str(step.pk) in ticked,
                refusal=refusals.get(step.pk, ""),
            )
            for step in steps
        ],
        "refused": [outcome for outcome in outcomes if outcome.refusal],
        "nothing_chosen": nothing_chosen,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/screens/signing_list.html", context, status=status)
