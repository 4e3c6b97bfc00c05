"""Where a sign-off stands: who is in its line today, since when it waits, who signs for whom."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain.errors import Invalid
from measures.models import (
    ChainPost,
    Document,
    Event,
    EventVerb,
    Signoff,
    SignoffStep,
    SignRole,
    User,
)

# Whose logs can tell that posts were passed by: the sending, and each decision that passes on.
PASSING_VERBS = (
    EventVerb.SUBMITTED,
    EventVerb.SIGNED,
    EventVerb.APPROVED,
    EventVerb.FINALLY_APPROVED,
)


@dataclass(frozen=True)
class Skipped:
    """A post that was vacant when its turn came, and was passed by as the chain says."""

    order: int
    post: str
    at: datetime.datetime

    @staticmethod
    def as_data(order: int, post: str) -> dict[str, Any]:
        """Return how the log keeps it."""
        return {"order": order, "post": post}


def chain_today(
    document: Document, today: datetime.date
) -> tuple[list[tuple[int, ChainPost]], list[tuple[int, ChainPost]]]:
    """Return the places of the line and their posts: those to sign, and those passed by today.

    A post passed by keeps its number, so that the line shows where it stood.
    """
    chain = ChainPost.objects.filter(
        organisation=document.organisation, kind=document.kind
    ).select_related("post")
    signing: list[tuple[int, ChainPost]] = []
    passed: list[tuple[int, ChainPost]] = []
    for place in enumerate(chain.order_by("order"), start=1):
        link = place[1]
        is_passed = link.is_skipped_when_vacant and link.post.holder_on(today) is None
        (passed if is_passed else signing).append(place)
    return signing, passed


def refuse_maker_as_last(chain: list[ChainPost], by: User) -> None:
    """Raise Invalid where ``by``, who sends the document, would be the only one to decide last."""
    if not chain or chain[-1].role != SignRole.FINAL:
        raise Invalid(_("ตำแหน่งผู้อนุมัติต้องอยู่ลำดับสุดท้ายของสายการลงนาม"))
    final = chain[-1]
    holders = {holding.user_id for holding in final.post.holdings_on(timezone.localdate())}
    if holders == {by.pk}:
        raise Invalid(_("ท่านเป็นผู้อนุมัติคนสุดท้ายของเอกสารนี้ด้วย โปรดให้ผู้อื่นเป็นผู้เสนอ หรือตั้งผู้รักษาการ"))


def is_vacant(step: SignoffStep) -> bool:
    """Return whether nobody holds or acts in this step's post today."""
    return step.post.holder_on(timezone.localdate()) is None


def is_passed_by(step: SignoffStep) -> bool:
    """Return whether this step falls out of the line when its turn comes today.

    Only a post that gives an opinion does, where the chain says so as it is now: without the
    preparer nobody answers for the document, without the last post nobody decides.
    """
    if step.role != SignRole.OPINION or not is_vacant(step):
        return False
    document = step.signoff.document
    return ChainPost.objects.filter(
        organisation=document.organisation_id,
        kind=document.kind,
        post=step.post_id,
        is_skipped_when_vacant=True,
    ).exists()


def pass_vacant(signoff: Signoff) -> list[SignoffStep]:
    """Take the steps out of the line that are passed by now that their turn has come.

    Nobody has decided there, and nothing pretends so; the caller logs what this returns. Reads
    the steps anew: what the caller has read before may still hold them.
    """
    passed = []
    for step in signoff.steps.filter(decision="").select_related("post").order_by("order"):
        step.signoff = signoff
        if not is_passed_by(step):
            break
        passed.append(step)
    signoff.steps.filter(pk__in=[step.pk for step in passed]).delete()
    return passed


def signed_together(step: SignoffStep, by: User) -> list[SignoffStep]:
    """Return the steps that one approval by ``by`` decides: this one, and those directly after it
    whose post the same person signs for today.

    A preparer's signature is no opinion and stands alone; the maker is never the last approver.
    Posts passed by do not part two others. What one approves is printed in each block with the
    capacity of its own post.
    """
    together = [step]
    if step.role == SignRole.PREPARER:
        return together
    today = timezone.localdate()
    for later in step.signoff.ordered_steps():
        if later.order <= step.order:
            continue
        later.signoff = step.signoff
        holding = later.post.holder_on(today)
        if holding is None and is_passed_by(later):
            continue
        is_the_same = holding is not None and holding.user_id == by.pk
        is_refused = later.role == SignRole.FINAL and permissions.is_maker(by, step.signoff)
        if not is_the_same or is_refused or permissions.holding_for(by, later) is None:
            break
        together.append(later)
    return together


def waiting_since(signoff: Signoff) -> datetime.datetime:
    """Return since when the post whose turn it is has had the document before it."""
    decided = [step.decided_at for step in signoff.ordered_steps() if step.decided_at is not None]
    return max([signoff.submitted_at, *decided])


def skipped_posts(signoff: Signoff) -> list[Skipped]:
    """Return the posts that this sign-off passed by, in the order of the line."""
    orders = [step.order for step in signoff.ordered_steps()]
    if orders == list(range(1, len(orders) + 1)):
        return []  # no number is missing
    logged = Event.objects.about(signoff.document).filter(
        verb__in=PASSING_VERBS, data__attempt=signoff.attempt
    )
    found = [
        Skipped(row["order"], row["post"], event.at)
        for event in logged
        for row in event.data.get("skipped", [])
    ]
    return sorted(found, key=lambda skipped: skipped.order)
