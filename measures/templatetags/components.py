"""The small parts that several screens show: badges, figures, breadcrumbs, sign-off timelines."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from measures.domain.publishing.public import PublicSigner
from measures.domain.signing import signoff_line
from measures.models import Decision, ProgressStatus, Signoff, SignoffStep, SignRole

register = template.Library()


def _status_texts() -> dict[str, str]:
    return {
        ProgressStatus.NOT_STARTED.value: str(ProgressStatus.NOT_STARTED.label),
        ProgressStatus.IN_PROGRESS.value: str(ProgressStatus.IN_PROGRESS.label),
        ProgressStatus.DONE.value: str(ProgressStatus.DONE.label),
        "late": _("เลยกำหนด"),
        "locked": _("แก้ไขไม่ได้"),
    }


@register.inclusion_tag("components/status_badge.html")
def status_badge(status: str, text: str = "") -> dict[str, str]:
    """Show a status as text and colour; ``text`` replaces the usual words.

    ``status`` is a ProgressStatus, "late" or "locked"; anything else raises KeyError, because a
    badge without its words would be colour alone.
    """
    return {"status": str(status), "text": text or _status_texts()[str(status)]}


@register.inclusion_tag("components/progress_figure.html")
def progress_figure(figure: Any, legend: bool = True) -> dict[str, Any]:
    """Show how many measures are done: as words, and as a bar that repeats them.

    ``figure`` has measures, done, in_progress, not_started and percent_done, as attributes or keys
    (a PublicFigure or the ``progress`` part of a content).
    """
    values = figure if isinstance(figure, dict) else vars(figure)
    whole = values["measures"] or 1
    return {
        "figure": values,
        "legend": legend,
        "done_end": round(100 * values["done"] / whole),
        "in_progress_end": round(100 * (values["done"] + values["in_progress"]) / whole),
    }


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*parts: str) -> dict[str, Any]:
    """Show the way to this page: label and address in turn, and this page's label last.

    ``{% breadcrumb "หน่วยงานทั้งหมด" home_url organisation.name %}``
    """
    *before, here = parts
    return {"trail": list(zip(before[::2], before[1::2], strict=True)), "here": here}


@register.simple_tag(takes_context=True)
def evidence_address(context: Context, sha256: str) -> str:
    """Return where a file of the shown document is answered.

    A published document (with a code) answers its own; a draft read over a review link answers
    under its secret; a preview is shown beside its ``record`` and answers to the office alone.
    """
    if "review_secret" in context:
        return reverse("review:evidence", args=[context["review_secret"], sha256])
    code = context["document"].code
    if code:
        return reverse("public:evidence", args=[context["organisation"].slug, code, sha256])
    return reverse("paper:evidence", args=[context["record"].pk, sha256])


@dataclass(frozen=True)
class TimelineStep:
    """One post in a timeline of a sign-off."""

    post: str
    css_class: str  # signed, approved, returned, refused, waiting or turn
    decision_text: str
    decided_at: datetime.datetime | None
    rank: str
    signer_name: str
    position_lines: tuple[str, ...]
    caption: str
    opinion: str
    reason: str
    is_turn: bool = False
    since: datetime.datetime | None = None  # since when it is this post's turn
    needs_order: bool = False  # nobody holds the post whose turn it is


def _skipped_step(skipped: signoff_line.Skipped) -> TimelineStep:
    return TimelineStep(
        post=skipped.post,
        css_class="skipped",
        decision_text=_("ข้าม: ตำแหน่งว่าง"),
        decided_at=skipped.at,
        rank="",
        signer_name="",
        position_lines=(),
        caption="",
        opinion="",
        reason="",
    )


def _decision_text(decision: str, role: str) -> str:
    """Return the words for a decision; only the last post approves, those before agree."""
    if decision == Decision.APPROVED:
        return _("อนุมัติ") if role == SignRole.FINAL else _("เห็นชอบ")
    return str(Decision(decision).label)


@register.inclusion_tag("components/timeline.html")
def signoff_timeline(steps: Iterable[SignoffStep]) -> dict[str, Sequence[TimelineStep]]:
    """Show the steps of a running or ended sign-off, in their order, and whose turn it is.

    Give all steps of one sign-off, with post loaded (``select_related("post", "signoff")``).
    """
    ordered = sorted(steps, key=lambda step: step.order)
    is_stopped = any(step.decision in (Decision.RETURNED, Decision.REFUSED) for step in ordered)
    undecided = [step for step in ordered if not step.is_decided()]
    turn = (
        undecided[0] if undecided and not is_stopped and not undecided[0].signoff.outcome else None
    )
    shown = {
        step.order: TimelineStep(
            post=step.post.title,
            css_class=step.decision or ("turn" if step is turn else "waiting"),
            decision_text=_decision_text(step.decision, step.role)
            if step.is_decided()
            else _("ถึงลำดับพิจารณา")
            if step is turn
            else _("ยังไม่พิจารณา"),
            decided_at=step.decided_at,
            rank=step.signer_rank,
            signer_name=step.signer_name,
            position_lines=tuple(step.position_lines),
            caption=step.caption,
            opinion=step.opinion,
            reason=step.reason,
            is_turn=step is turn,
            since=signoff_line.waiting_since(step.signoff) if step is turn else None,
            needs_order=step is turn and signoff_line.is_vacant(step),
        )
        for step in ordered
    }
    if ordered:
        for skipped in signoff_line.skipped_posts(ordered[0].signoff):
            shown.setdefault(skipped.order, _skipped_step(skipped))
    return {"steps": [shown[order] for order in sorted(shown)]}


@register.inclusion_tag("components/waiting_line.html")
def waiting_line(signoff: Signoff) -> dict[str, Any]:
    """Say on one line who has signed last, whose turn it is, and since when."""
    turn = signoff.current_step()
    signed = [step for step in signoff.ordered_steps() if step.is_decided()]
    return {
        "turn": turn,
        "last": signed[-1] if signed else None,
        "since": signoff_line.waiting_since(signoff),
        "needs_order": turn is not None and signoff_line.is_vacant(turn),
    }


@register.inclusion_tag("components/timeline.html")
def published_timeline(signers: Iterable[PublicSigner]) -> dict[str, Sequence[TimelineStep]]:
    """Show who signed a published document."""
    return {
        "steps": [
            TimelineStep(
                post=signer.post,
                css_class=signer.decision or "waiting",
                decision_text=_decision_text(signer.decision, signer.role)
                if signer.decision
                else _("ไม่ได้ลงนาม"),
                decided_at=signer.signed_at,
                rank=signer.rank,
                signer_name=signer.signer_name,
                position_lines=signer.position_lines,
                caption=signer.caption,
                opinion=signer.opinion,
                reason=signer.reason,
            )
            for signer in signers
        ]
    }
