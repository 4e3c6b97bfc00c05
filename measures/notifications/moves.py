"""The table of who is told what when a document moves on its way up the line."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.models import NoticeKind, Signoff, SignoffStep, User
from measures.notifications import audiences
from measures.notifications.notices import tell


class SignoffMove(StrEnum):
    """What can happen to a sign-off."""

    SUBMITTED = "submitted"  # and the preparer has yet to sign
    SIGNED = "signed"  # by the preparer
    APPROVED = "approved"  # by a post on the way
    FINALLY_APPROVED = "finally_approved"
    RETURNED = "returned"
    REFUSED = "refused"
    RECALLED = "recalled"


@dataclass(frozen=True)
class Row:
    """One row: at this move these people are told this. ``template`` is in templates/notices/."""

    move: SignoffMove
    who: Callable[[Signoff, SignoffStep | None], Iterable[User]]
    kind: NoticeKind
    subject: Promise
    template: str


_YOUR_TURN = _("รอท่านพิจารณา: %(document)s")
_PASSED_ON = _("ผ่านการพิจารณาไปอีกขั้น: %(document)s")

# Somebody in two rows of one move is told the upper one only.
TABLE = (
    Row(SignoffMove.SUBMITTED, audiences.next_post, NoticeKind.YOUR_TURN, _YOUR_TURN, "your_turn"),
    Row(SignoffMove.SIGNED, audiences.next_post, NoticeKind.YOUR_TURN, _YOUR_TURN, "your_turn"),
    Row(SignoffMove.SIGNED, audiences.submitter, NoticeKind.PASSED_ON, _PASSED_ON, "passed_on"),
    Row(SignoffMove.APPROVED, audiences.next_post, NoticeKind.YOUR_TURN, _YOUR_TURN, "your_turn"),
    Row(SignoffMove.APPROVED, audiences.submitter, NoticeKind.PASSED_ON, _PASSED_ON, "passed_on"),
    Row(
        SignoffMove.FINALLY_APPROVED,
        audiences.submitter_and_coordinators,
        NoticeKind.APPROVED,
        _("อนุมัติแล้ว รอเผยแพร่: %(document)s"),
        "ended",
    ),
    Row(
        SignoffMove.RETURNED,
        audiences.everybody_behind_it,
        NoticeKind.RETURNED,
        _("ส่งกลับแก้ไข: %(document)s"),
        "ended",
    ),
    Row(
        SignoffMove.REFUSED,
        audiences.everybody_behind_it,
        NoticeKind.RETURNED,
        _("ไม่อนุมัติ: %(document)s"),
        "ended",
    ),
    Row(
        SignoffMove.RECALLED,
        audiences.waiting_post,
        NoticeKind.RECALLED,
        _("เรียกคืนแล้ว ไม่ต้องพิจารณา: %(document)s"),
        "recalled",
    ),
)


def _actor(move: SignoffMove, signoff: Signoff, step: SignoffStep | None) -> User | None:
    """Return whose act the move is."""
    if step is not None:
        return step.decided_by
    return signoff.submitted_by if move == SignoffMove.SUBMITTED else signoff.ended_by


def _moment(
    move: SignoffMove, signoff: Signoff, step: SignoffStep | None
) -> datetime.datetime | None:
    """Return when the move was made."""
    if step is not None:
        return step.decided_at
    return signoff.submitted_at if move == SignoffMove.SUBMITTED else signoff.ended_at


def announce(move: SignoffMove, signoff: Signoff, step: SignoffStep | None = None) -> None:
    """Tell everybody whom the table names for this move; ``step`` is what has just been decided.

    Nobody is told of their own act, nor who has left the office or has no account any more. The
    same move twice tells nobody twice.
    """
    actor = _actor(move, signoff, step)
    document = signoff.document
    place = f"step-{step.pk}" if step is not None else f"attempt-{signoff.attempt}"
    told: set[User] = {actor} if actor is not None else set()
    for row in TABLE:
        if row.move != move:
            continue
        people = audiences.present(set(row.who(signoff, step)) - told, document.organisation)
        if not people:
            continue
        told |= set(people)
        context = {
            "document": document,
            "signoff": signoff,
            "step": step,
            "turn": signoff.current_step(),
            "actor": actor,
            "comments": list(step.comments.all()) if step is not None else [],
        }
        tell(
            people,
            organisation=document.organisation,
            kind=row.kind,
            key=f"document-{document.pk}-{place}-{move.value}",
            subject=str(row.subject) % {"document": document.subject},
            body=render_to_string(f"notices/{row.template}.txt", context),
            path=reverse("desk:document", args=[document.pk]),
            now=_moment(move, signoff, step),
        )
