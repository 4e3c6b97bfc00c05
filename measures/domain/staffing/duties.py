"""What is open in a post and in the hands of the person who holds it: what a handover names."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_portal.thai.dates import full_date
from measures.domain.recording.locks import lock_of_round
from measures.domain.recording.progress import entries_of
from measures.models import (
    Document,
    DocumentState,
    HoldingKind,
    Invitation,
    LatePermit,
    Post,
    PostHolding,
    ReportingRound,
    ReviewLink,
    Signoff,
    User,
)


class DutyKind(models.TextChoices):
    """The kinds of open duties, in the order in which a handover lists them."""

    ENTRIES = "entries", gettext_lazy("ผลการดำเนินการที่ต้องรายงาน")
    LATE_PERMITS = "late_permits", gettext_lazy("การอนุญาตให้รายงานหลังปิดรอบ")
    DOCUMENTS = "documents", gettext_lazy("ร่างเอกสาร เอกสารที่ส่งกลับ และเอกสารที่รอเผยแพร่")
    UNSIGNED = "unsigned", gettext_lazy("เอกสารที่รอตำแหน่งนี้ลงนาม")
    SUBMITTED = "submitted", gettext_lazy("เอกสารที่เสนอลงนามไว้และยังไม่เสร็จ")
    ACTING_ORDERS = "acting_orders", gettext_lazy("คำสั่งรักษาการที่ถืออยู่")
    ACTING_HOLDERS = "acting_holders", gettext_lazy("ผู้รักษาการในตำแหน่งนี้")
    REVIEW_LINKS = "review_links", gettext_lazy("ลิงก์อ่านร่างที่ให้ผู้ตรวจภายนอกไว้")
    INVITATIONS = "invitations", gettext_lazy("คำเชิญที่ยังไม่มีผู้ตอบรับ")


# What becomes of each kind when the post is handed over.
_FATES = {
    DutyKind.ENTRIES: gettext_lazy("ผู้รับมอบรายงานต่อ"),
    DutyKind.LATE_PERMITS: gettext_lazy("โอนให้ผู้รับมอบตามกำหนดเดิม"),
    DutyKind.DOCUMENTS: gettext_lazy("ผู้รับมอบดำเนินการต่อ"),
    DutyKind.UNSIGNED: gettext_lazy("ผู้รับมอบพิจารณาลงนาม"),
    DutyKind.SUBMITTED: gettext_lazy("ผู้รับมอบติดตามต่อ"),
    DutyKind.ACTING_ORDERS: gettext_lazy("สิ้นสุดพร้อมตำแหน่งที่ส่งมอบ หากต้องมีผู้รักษาการต่อ ต้องออกคำสั่งใหม่"),
    DutyKind.ACTING_HOLDERS: gettext_lazy("คงเดิมจนสิ้นสุดตามคำสั่ง"),
    DutyKind.REVIEW_LINKS: gettext_lazy("คงเดิมจนหมดอายุ ผู้ประสานงานยกเลิกได้"),
    DutyKind.INVITATIONS: gettext_lazy("คงเดิมจนหมดอายุ ผู้ดูแลบัญชีถอนได้"),
}


@dataclass(frozen=True)
class Item:
    """One open thing, and until when or in which state."""

    name: str
    detail: str = ""


@dataclass(frozen=True)
class Duty:
    """All open things of one kind, and what becomes of them."""

    kind: str  # a value of DutyKind
    items: tuple[Item, ...]

    def title(self) -> str:
        """Return the Thai name of the kind."""
        return str(DutyKind(self.kind).label)

    def fate(self) -> str:
        """Return what becomes of them when the post is handed over."""
        return str(_FATES[DutyKind(self.kind)])

    def frozen(self) -> dict[str, Any]:
        """Return the duty as a handover keeps and prints it."""
        return {
            "kind": str(self.kind),
            "title": self.title(),
            "fate": self.fate(),
            "items": [{"name": item.name, "detail": item.detail} for item in self.items],
        }


def open_duties(post: Post, user: User, *, on: datetime.date | None = None) -> list[Duty]:
    """Return what is open in ``post`` and what ``user`` began in its office; empty kinds are not.

    Entries and documents follow from what the post may do; permits, sign-offs, acting orders,
    links and invitations from the person.
    """
    day = on or timezone.localdate()
    gathered = {
        DutyKind.ENTRIES: _entries(post, day),
        DutyKind.LATE_PERMITS: _late_permits(permits_of(post, user, on=day)),
        DutyKind.DOCUMENTS: _documents(post),
        DutyKind.UNSIGNED: _unsigned(post),
        DutyKind.SUBMITTED: _submitted(post, user),
        DutyKind.ACTING_ORDERS: _acting(_acting_orders(post, user, day)),
        DutyKind.ACTING_HOLDERS: _acting(_acting_holders(post, user, day)),
        DutyKind.REVIEW_LINKS: _review_links(post, user),
        DutyKind.INVITATIONS: _invitations(post, user),
    }
    found = [Duty(kind, tuple(items)) for kind, items in gathered.items()]
    return [duty for duty in found if duty.items]


def permits_of(
    post: Post, user: User, *, on: datetime.date | None = None
) -> models.QuerySet[LatePermit]:
    """Return the leave to report late in this office that names the person and can be used."""
    return (
        LatePermit.objects.of_organisation(post.organisation_id)
        .in_force(on)
        .filter(person=user)
        .select_related("entry__measure__organisation", "entry__division", "entry__round")
    )


def _until(day: datetime.date) -> str:
    return _("ถึงวันที่ %(day)s") % {"day": full_date(day)}


def _entries(post: Post, day: datetime.date) -> Iterator[Item]:
    if not post.reports_progress or post.division is None:
        return
    division = post.division.reporting_division()
    for reporting_round in ReportingRound.objects.of_organisation(post.organisation_id).open_on(
        day
    ):
        if lock_of_round(reporting_round, day) is not None:
            continue
        for entry in entries_of(reporting_round):
            if entry.division_id == division.pk and not entry.is_reported():
                yield Item(
                    _("มาตรการที่ %(number)s %(title)s")
                    % {"number": entry.measure.number, "title": entry.measure.title},
                    _("%(round)s กำหนดส่งวันที่ %(due)s")
                    % {"round": reporting_round, "due": full_date(reporting_round.due_on)},
                )


def _late_permits(permits: models.QuerySet[LatePermit]) -> Iterator[Item]:
    for permit in permits:
        measure = permit.entry.measure
        yield Item(
            _("มาตรการที่ %(number)s %(title)s") % {"number": measure.number, "title": measure.title},
            f"{permit.entry.round} {_until(permit.allowed_until)}",
        )


def _documents(post: Post) -> Iterator[Item]:
    if not post.coordinates:
        return
    on_the_desk = (DocumentState.DRAFT, DocumentState.RETURNED, DocumentState.APPROVED)
    for document in Document.objects.of_organisation(post.organisation_id).filter(
        state__in=on_the_desk
    ):
        yield Item(document.subject, str(document.get_state_display()))


def _unsigned(post: Post) -> Iterator[Item]:
    for signoff in _running(post):
        step = signoff.current_step()
        if step is not None and step.post_id == post.pk:
            yield Item(signoff.document.subject, _submitted_on(signoff))


def _submitted(post: Post, user: User) -> Iterator[Item]:
    for signoff in _running(post).filter(submitted_by=user):
        step = signoff.current_step()
        waits_for = _("รอ%(post)s") % {"post": step.post.title} if step is not None else ""
        yield Item(signoff.document.subject, f"{_submitted_on(signoff)} {waits_for}".strip())


def _running(post: Post) -> models.QuerySet[Signoff]:
    running = Signoff.objects.of_organisation(post.organisation_id).running()
    return running.select_related("document").prefetch_related("steps__post")


def _submitted_on(signoff: Signoff) -> str:
    return _("เสนอเมื่อวันที่ %(day)s") % {"day": full_date(timezone.localdate(signoff.submitted_at))}


def _acting_orders(post: Post, user: User, day: datetime.date) -> models.QuerySet[PostHolding]:
    """Return what the person acts in out of this post, now or later."""
    return _acting_since(day).filter(user=user, substantive_post=post)


def _acting_holders(post: Post, user: User, day: datetime.date) -> models.QuerySet[PostHolding]:
    return _acting_since(day).filter(post=post).exclude(user=user)


def _acting_since(day: datetime.date) -> models.QuerySet[PostHolding]:
    return (
        PostHolding.objects.exclude(kind=HoldingKind.SUBSTANTIVE)
        .filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day))
        .select_related("post", "user", "substantive_post")
        .order_by("starts_on", "pk")
    )


def _acting(holdings: models.QuerySet[PostHolding]) -> Iterator[Item]:
    for holding in holdings:
        order = _("คำสั่งที่ %(number)s") % {"number": holding.order_number or "-"}
        dated = (
            _("ลงวันที่ %(day)s") % {"day": full_date(holding.order_date)}
            if holding.order_date
            else ""
        )
        until = _until(holding.ends_on) if holding.ends_on else ""
        yield Item(
            _("%(person)s %(kind)s %(post)s")
            % {
                "person": holding.user,
                "kind": holding.get_kind_display(),
                "post": holding.post.title,
            },
            " ".join(filter(None, [order, dated, until])),
        )


def _review_links(post: Post, user: User) -> Iterator[Item]:
    links = ReviewLink.objects.of_organisation(post.organisation_id).filter(
        created_by=user, revoked_at=None, expires_at__gt=timezone.now()
    )
    for link in links.select_related("document"):
        yield Item(
            _("%(reviewer)s: %(document)s")
            % {"reviewer": link.reviewer, "document": link.document.subject},
            _until(timezone.localdate(link.expires_at)),
        )


def _invitations(post: Post, user: User) -> Iterator[Item]:
    waiting = Invitation.objects.of_organisation(post.organisation_id).waiting()
    for invitation in waiting.filter(invited_by=user, expires_at__gt=timezone.now()).select_related(
        "post"
    ):
        yield Item(str(invitation), _until(timezone.localdate(invitation.expires_at)))
