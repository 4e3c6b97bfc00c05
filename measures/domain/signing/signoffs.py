"""Sending a document up the line, and what each post may answer."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import notifications, permissions
from measures.domain import documents, events, proofreading
from measures.domain.content import build, signoff_block
from measures.domain.documents import Move
from measures.domain.errors import Invalid, Stale
from measures.domain.hashes import sha256_of
from measures.domain.recording import rounds
from measures.domain.signing import signoff_comments, signoff_line
from measures.domain.texts import cleaned
from measures.models import (
    Decision,
    Document,
    EventVerb,
    Signoff,
    SignoffOutcome,
    SignoffStep,
    SignRole,
    User,
)
from measures.notifications import SignoffMove


def seen_token(signoff: Signoff) -> str:
    """Return a token of what a signer sees now: the frozen content and the blocks so far."""
    return sha256_of([signoff.content_sha256, signoff_block(signoff.ordered_steps())])


def _hold(signoff: Signoff) -> tuple[Signoff, Document]:
    """Return the sign-off and its document as they are now, held until the transaction ends."""
    document = documents.hold(signoff.document)
    held = (
        Signoff.objects.select_for_update(of=("self",))
        .select_related("submitted_by")
        .prefetch_related("steps__post__organisation")
        .get(pk=signoff.pk)
    )
    held.document = document
    for step in held.steps.all():
        step.signoff = held
    return held, document


def _hold_step(step: SignoffStep) -> tuple[SignoffStep, Signoff, Document]:
    signoff, document = _hold(step.signoff)
    return next(row for row in signoff.steps.all() if row.pk == step.pk), signoff, document


@transaction.atomic
def submit(document: Document, *, by: User, now: datetime.datetime | None = None) -> Signoff:
    """Freeze the document's content and send it to the first post of the chain.

    The preparer's block counts as signed where the submitter holds that post. Refuses what is
    incomplete, or has remarks that nobody has let stand, naming each. The round's entries and the
    year's measures are locked from here.
    """
    document = documents.hold(document)
    permissions.can_submit(by, document).or_raise()
    running = document.signoffs.running().filter(submitted_by=by).first()
    if running is not None:  # the second press of the same button
        return running
    if document.round is not None:
        rounds.hold(document.round)  # what is being recorded now is in the content, or refused
    content = build(document)
    gaps = documents.missing(document)
    gaps += [remark.sentence() for remark in proofreading.open_remarks(document, content)]
    if gaps:
        raise Invalid(_("ยังเสนอลงนามไม่ได้: %(gaps)s") % {"gaps": "; ".join(gaps)})
    chain, passed = signoff_line.chain_today(document, timezone.localdate())
    signoff_line.refuse_maker_as_last([link for _order, link in chain], by)
    documents.move(document, Move.SUBMIT, by=by, now=now)
    signoff = Signoff.objects.create(
        document=document,
        attempt=document.signoffs.count() + 1,
        content=content,
        content_sha256=sha256_of(content),
        submitted_at=now or timezone.now(),
        submitted_by=by,
    )
    SignoffStep.objects.bulk_create(
        SignoffStep(
            signoff=signoff,
            order=order,
            post=link.post,
            role=link.role,
            caption=link.caption,
        )
        for order, link in chain
    )
    events.record(
        EventVerb.SUBMITTED,
        document,
        by=by,
        organisation=document.organisation,
        data={
            "attempt": signoff.attempt,
            "content_sha256": signoff.content_sha256,
            **_skipped_data([(order, link.post.title) for order, link in passed]),
        },
        now=now,
    )
    first = signoff.current_step()
    if first is not None and first.role == SignRole.PREPARER and permissions.can_decide(by, first):
        approve(first, by=by, now=now)
    else:
        notifications.announce(SignoffMove.SUBMITTED, signoff)
    return signoff


def _skipped_data(passed: Sequence[tuple[int, str]]) -> dict[str, object]:
    """Return how the log keeps that vacant posts were passed by; nothing where none was."""
    if not passed:
        return {}
    return {"skipped": [signoff_line.Skipped.as_data(order, post) for order, post in passed]}


def _decide(
    step: SignoffStep,
    decision: Decision,
    *,
    by: User,
    opinion: str = "",
    reason: str = "",
    now: datetime.datetime | None,
) -> SignoffStep:
    """Write the decision with the capacity in which ``by`` signs today, frozen as printed."""
    holding = permissions.holding_for(by, step)
    if holding is None:  # can_decide was asked before: a post does not end inside a transaction
        raise Invalid(_("ท่านไม่ได้ดำรงหรือรักษาการในตำแหน่งนี้ในวันนี้"))
    step.decision = decision
    step.opinion = opinion
    step.reason = reason
    step.decided_at = now or timezone.now()
    step.decided_by = by
    step.capacity = holding.kind
    step.signer_name = by.printed_name()[:200]  # the length of the column
    step.signer_rank = by.rank
    step.position_lines = holding.position_lines()
    step.save()
    return step


def _is_second_press(step: SignoffStep, decision: Decision, by: User) -> bool:
    """Return whether ``by`` has just decided exactly this: a double click is answered as one."""
    return step.decision == decision and step.decided_by_id == by.pk


def _check_may_decide(step: SignoffStep, by: User, seen: str | None) -> None:
    permissions.can_decide(by, step).or_raise()
    if seen is not None and seen != seen_token(step.signoff):
        raise Stale(_("เอกสารเปลี่ยนไปจากที่ท่านเห็น โปรดเปิดหน้าใหม่ อ่านอีกครั้ง แล้วจึงพิจารณา"))


def _end(
    signoff: Signoff, outcome: SignoffOutcome, *, by: User, now: datetime.datetime | None
) -> None:
    signoff.outcome = outcome
    signoff.ended_at = now or timezone.now()
    signoff.ended_by = by
    signoff.save(update_fields=["outcome", "ended_at", "ended_by"])


def _log(
    verb: EventVerb,
    step: SignoffStep,
    *,
    by: User,
    passed: Sequence[SignoffStep] = (),
    now: datetime.datetime | None,
) -> None:
    document = step.signoff.document
    comments = [
        {"place": comment.place_name, "text": comment.text} for comment in step.comments.all()
    ]
    events.record(
        verb,
        document,
        by=by,
        organisation=document.organisation,
        capacity=" ".join(step.position_lines),
        data={
            "attempt": step.signoff.attempt,
            "order": step.order,
            "opinion": step.opinion,
            "reason": step.reason,
            **({"comments": comments} if comments else {}),
            **_skipped_data([(each.order, each.post.title) for each in passed]),
        },
        now=now,
    )


@transaction.atomic
def approve(
    step: SignoffStep,
    *,
    by: User,
    opinion: str = "",
    comments: Mapping[str, str] | None = None,
    seen: str | None = None,
    now: datetime.datetime | None = None,
) -> SignoffStep:
    """Record that the post at this step approves (a preparer: signs), and pass the document on.

    Locks the document, so two people pressing at once get one decision. ``seen`` is the token of
    the page that was shown; a page that is no longer true is refused. ``comments`` are texts by
    place. Who also signs for the posts that follow decides there with the same opinion, each post
    in its own capacity; vacant posts are passed by where the chain says so. The last approval
    ends the sign-off and tells the coordinator; it publishes nothing: publishing is its own act.
    """
    step, signoff, document = _hold_step(step)
    is_preparer = step.role == SignRole.PREPARER
    decision = Decision.SIGNED if is_preparer else Decision.APPROVED
    if _is_second_press(step, decision, by):
        return step
    _check_may_decide(step, by, seen)
    opinion = cleaned(opinion, label=_("ความเห็น"), longest=2000)
    for decided in signoff_line.signed_together(step, by):
        _decide(decided, decision, by=by, opinion=opinion, now=now)
        if decided.pk == step.pk:
            signoff_comments.write(step, comments or {})
        passed = signoff_line.pass_vacant(signoff)
        signoff, document = _hold(signoff)
        if signoff.current_step() is not None:
            verb = EventVerb.SIGNED if is_preparer else EventVerb.APPROVED
            _log(verb, decided, by=by, passed=passed, now=now)
    if signoff.current_step() is not None:
        told = SignoffMove.SIGNED if is_preparer else SignoffMove.APPROVED
        notifications.announce(told, signoff, decided)
        return step
    _end(signoff, SignoffOutcome.APPROVED, by=by, now=now)
    documents.move(document, Move.APPROVE, by=by, now=now)
    _log(EventVerb.FINALLY_APPROVED, decided, by=by, now=now)
    notifications.announce(SignoffMove.FINALLY_APPROVED, signoff, decided)
    return step


@dataclass(frozen=True)
class _SendingBack:
    """What the two answers that send a document back have each of its own."""

    decision: Decision
    outcome: SignoffOutcome
    move: Move
    verb: EventVerb
    told: SignoffMove


_RETURNING = _SendingBack(
    Decision.RETURNED,
    SignoffOutcome.RETURNED,
    Move.RETURN,
    EventVerb.RETURNED,
    SignoffMove.RETURNED,
)
_REFUSING = _SendingBack(
    Decision.REFUSED,
    SignoffOutcome.REFUSED,
    Move.REFUSE,
    EventVerb.REFUSED,
    SignoffMove.REFUSED,
)


def return_for_correction(
    step: SignoffStep,
    *,
    by: User,
    reason: str,
    comments: Mapping[str, str] | None = None,
    seen: str | None = None,
    now: datetime.datetime | None = None,
) -> SignoffStep:
    """Send the document back to the coordinator with a reason and comments, kept for good."""
    return _send_back(
        step, _RETURNING, by=by, reason=reason, comments=comments or {}, seen=seen, now=now
    )


def refuse(
    step: SignoffStep,
    *,
    by: User,
    reason: str,
    comments: Mapping[str, str] | None = None,
    seen: str | None = None,
    now: datetime.datetime | None = None,
) -> SignoffStep:
    """Refuse the document with a reason. Only the last post may; others return it."""
    return _send_back(
        step, _REFUSING, by=by, reason=reason, comments=comments or {}, seen=seen, now=now
    )


@transaction.atomic
def _send_back(
    step: SignoffStep,
    how: _SendingBack,
    *,
    by: User,
    reason: str,
    comments: Mapping[str, str],
    seen: str | None,
    now: datetime.datetime | None,
) -> SignoffStep:
    """End the sign-off with this answer; the document goes back to the desk, the line is told."""
    step, signoff, document = _hold_step(step)
    if _is_second_press(step, how.decision, by):
        return step
    _check_may_decide(step, by, seen)
    if how.decision == Decision.REFUSED and step.role != SignRole.FINAL:
        raise Invalid(_("เฉพาะผู้อนุมัติลำดับสุดท้ายจึงไม่อนุมัติได้ ตำแหน่งนี้โปรดใช้ “ส่งกลับแก้ไข”"))
    label = _("เหตุผลที่%(decision)s") % {"decision": how.decision.label}
    reason = cleaned(reason, label=label, required=True, longest=2000)
    _decide(step, how.decision, by=by, reason=reason, now=now)
    signoff_comments.write(step, comments)
    _end(signoff, how.outcome, by=by, now=now)
    documents.move(document, how.move, by=by, now=now)
    _log(how.verb, step, by=by, now=now)
    notifications.announce(how.told, signoff, step)
    return step


@transaction.atomic
def recall(signoff: Signoff, *, by: User, now: datetime.datetime | None = None) -> Signoff:
    """Take the document back to the desk, as long as nobody but its preparer has signed."""
    signoff, document = _hold(signoff)
    permissions.can_recall(by, signoff).or_raise()
    if signoff.outcome == SignoffOutcome.RECALLED and signoff.ended_by_id == by.pk:
        return signoff
    if not signoff.is_running():
        raise Invalid(_("การเสนอลงนามครั้งนี้สิ้นสุดแล้ว จึงเรียกคืนไม่ได้"))
    signed = [
        step
        for step in signoff.ordered_steps()
        if step.is_decided() and step.role != SignRole.PREPARER
    ]
    if signed:
        raise Invalid(
            _("%(post)sลงนามแล้ว จึงเรียกคืนไม่ได้ โปรดขอให้ผู้พิจารณาส่งกลับแก้ไข")
            % {"post": signed[0].post.title}
        )
    _end(signoff, SignoffOutcome.RECALLED, by=by, now=now)
    documents.move(document, Move.RECALL, by=by, now=now)
    events.record(
        EventVerb.RECALLED,
        document,
        by=by,
        organisation=document.organisation,
        data={"attempt": signoff.attempt},
        now=now,
    )
    notifications.announce(SignoffMove.RECALLED, signoff)
    return signoff
