"""The chain of posts a document passes, and what each of them decided."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.documents import Document, DocumentKind
from measures.models.frozen import FrozenModel, FrozenQuerySet
from measures.models.organisations import Organisation
from measures.models.people import HoldingKind, Post, User
from measures.models.scopes import ScopedQuerySet

if TYPE_CHECKING:
    from collections.abc import Sequence


class SignRole(models.TextChoices):
    """What a post does in the chain."""

    PREPARER = "preparer", _("ผู้จัดทำ")
    OPINION = "opinion", _("ให้ความเห็น")
    FINAL = "final", _("อนุมัติ/ไม่อนุมัติ")


class ChainPostQuerySet(ScopedQuerySet["ChainPost"]):
    """Chain posts, by scope."""


class ChainPost(models.Model):
    """One post in an organisation's chain for a kind of document: data, as each office differs."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="chain", verbose_name=_("หน่วยงาน")
    )
    kind = models.CharField(_("ชนิดเอกสาร"), max_length=20, choices=DocumentKind.choices)
    order = models.PositiveSmallIntegerField(_("ลำดับ"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("ตำแหน่ง"))
    role = models.CharField(_("หน้าที่"), max_length=10, choices=SignRole.choices)
    caption = models.CharField(
        _("หัวข้อช่องความเห็น"),
        max_length=200,
        blank=True,
        help_text=_("เช่น ความเห็นของหัวหน้าสำนักปลัด"),
    )
    is_skipped_when_vacant = models.BooleanField(_("ข้ามเมื่อตำแหน่งว่าง"), default=False)

    objects = ChainPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("ลำดับการลงนาม")
        verbose_name_plural = _("ลำดับการลงนาม")
        ordering = ["organisation", "kind", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "order"], name="chain_order_is_unique"
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "post"], name="chain_post_stands_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(role="final"),
                name="chain_has_one_final_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.post}"


class SignoffOutcome(models.TextChoices):
    """How a sign-off ended."""

    APPROVED = "approved", _("อนุมัติ")
    RETURNED = "returned", _("ส่งกลับแก้ไข")
    REFUSED = "refused", _("ไม่อนุมัติ")
    RECALLED = "recalled", _("เรียกคืน")


class SignoffQuerySet(ScopedQuerySet["Signoff"]):
    """Sign-offs, by scope and state."""

    organisation_path = "document__organisation"

    def running(self) -> "SignoffQuerySet":
        """Return the sign-offs that wait for somebody."""
        return self.filter(outcome="")


class Signoff(models.Model):
    """One passage of a document up the chain. ``content`` is frozen at submission."""

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="signoffs", verbose_name=_("เอกสาร")
    )
    attempt = models.PositiveSmallIntegerField(_("ครั้งที่เสนอ"))
    content = models.JSONField(_("เนื้อหาที่เสนอ"), editable=False)
    content_sha256 = models.CharField(_("ค่าแฮชของเนื้อหา"), max_length=64, editable=False)
    submitted_at = models.DateTimeField(_("เสนอเมื่อ"))
    submitted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("เสนอโดย")
    )
    outcome = models.CharField(_("ผล"), max_length=10, choices=SignoffOutcome.choices, blank=True)
    ended_at = models.DateTimeField(_("สิ้นสุดเมื่อ"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("สิ้นสุดโดย")
    )

    objects = SignoffQuerySet.as_manager()

    class Meta:
        verbose_name = _("การเสนอลงนาม")
        verbose_name_plural = _("การเสนอลงนาม")
        ordering = ["document", "-attempt"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "attempt"], name="signoff_attempt_is_unique_in_document"
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(outcome=""),
                name="one_signoff_runs_per_document",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None, ended_by=None)
                | (~Q(outcome="") & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="signoff_outcome_ended_at_and_by_go_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} (ครั้งที่ {self.attempt})"

    def is_running(self) -> bool:
        """Return whether this sign-off still waits for somebody."""
        return not self.outcome

    def ordered_steps(self) -> "Sequence[SignoffStep]":
        """Return the steps in the order of the chain."""
        return sorted(self.steps.all(), key=lambda step: step.order)

    def current_step(self) -> "SignoffStep | None":
        """Return the step whose turn it is; None once the sign-off has ended."""
        if not self.is_running():
            return None
        return next((step for step in self.ordered_steps() if not step.is_decided()), None)


class Decision(models.TextChoices):
    """What a post decided."""

    SIGNED = "signed", _("ลงนามผู้จัดทำ")
    APPROVED = "approved", _("เห็นชอบ/อนุมัติ")
    RETURNED = "returned", _("ส่งกลับแก้ไข")
    REFUSED = "refused", _("ไม่อนุมัติ")


DECISIONS_WITH_REASON = (Decision.RETURNED, Decision.REFUSED)


class SignoffStepQuerySet(ScopedQuerySet["SignoffStep"]):
    """Steps of sign-offs, by scope and whose turn it is."""

    organisation_path = "signoff__document__organisation"

    def awaiting(self, user: User) -> "SignoffStepQuerySet":
        """Return the steps that ``user`` may decide today: the same as permissions.can_decide."""
        if not user.is_active:
            return self.none()
        post_ids = {holding.post_id for holding in user.holdings_today()}
        earlier_undecided = SignoffStep.objects.filter(
            signoff=models.OuterRef("signoff"), order__lt=models.OuterRef("order"), decision=""
        )
        own_preparation = SignoffStep.objects.filter(
            signoff=models.OuterRef("signoff"), role=SignRole.PREPARER, decided_by=user
        )
        made_by_user = Q(signoff__submitted_by=user) | models.Exists(own_preparation)
        return self.filter(
            ~models.Exists(earlier_undecided),
            ~(Q(role=SignRole.FINAL) & made_by_user),  # the maker is never the last approver
            signoff__outcome="",
            decision="",
            post__in=post_ids,
        )


class SignoffStep(models.Model):
    """One post's place in one sign-off; who signed, in which capacity, is frozen as printed."""

    signoff = models.ForeignKey(
        Signoff, models.PROTECT, related_name="steps", verbose_name=_("การเสนอลงนาม")
    )
    order = models.PositiveSmallIntegerField(_("ลำดับ"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("ตำแหน่ง"))
    role = models.CharField(_("หน้าที่"), max_length=10, choices=SignRole.choices)
    caption = models.CharField(_("หัวข้อช่องความเห็น"), max_length=200, blank=True)
    decision = models.CharField(_("การพิจารณา"), max_length=10, choices=Decision.choices, blank=True)
    opinion = models.TextField(_("ความเห็น"), blank=True)
    reason = models.TextField(_("เหตุผล"), blank=True)
    decided_at = models.DateTimeField(_("พิจารณาเมื่อ"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("พิจารณาโดย"),
    )
    capacity = models.CharField(
        _("ลงนามในฐานะ"), max_length=20, choices=HoldingKind.choices, blank=True
    )
    signer_name = models.CharField(_("ชื่อผู้ลงนาม"), max_length=200, blank=True)
    signer_rank = models.CharField(_("ยศผู้ลงนาม"), max_length=50, blank=True)
    position_lines = models.JSONField(_("บรรทัดตำแหน่ง"), default=list, blank=True)

    objects = SignoffStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("ลำดับการพิจารณา")
        verbose_name_plural = _("ลำดับการพิจารณา")
        ordering = ["signoff", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["signoff", "order"], name="signoff_step_order_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None, signer_name="")
                | (
                    ~Q(decision="")
                    & ~Q(signer_name="")
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="signoff_step_decision_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["returned", "refused"]) | ~Q(reason=""),
                name="signoff_step_sent_back_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | Q(role="final"),
                name="only_the_final_post_refuses",
            ),
            models.CheckConstraint(
                condition=~Q(decision="signed") | Q(role="preparer"),
                name="only_the_preparer_signs_without_opinion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.post}"

    def is_decided(self) -> bool:
        """Return whether this post has decided."""
        return bool(self.decision)

    def is_its_turn(self) -> bool:
        """Return whether the sign-off waits for exactly this post."""
        current = self.signoff.current_step()
        return current is not None and current.pk == self.pk


class SignoffCommentQuerySet(FrozenQuerySet["SignoffComment"]):
    """Comments, by scope."""

    organisation_path = "step__signoff__document__organisation"


class SignoffComment(FrozenModel):
    """What a signer says of one field of the document; shown beside that field for good.

    ``place`` is a place of ``domain.signing.places``, such as ``opening`` or ``measure-3-result``.
    """

    step = models.ForeignKey(
        SignoffStep, models.PROTECT, related_name="comments", verbose_name=_("ลำดับการพิจารณา")
    )
    place = models.CharField(_("ตำแหน่งในเอกสาร"), max_length=100)
    place_name = models.CharField(_("ชื่อตำแหน่งในเอกสาร"), max_length=300)
    text = models.TextField(_("ข้อความ"))

    objects = SignoffCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("ข้อทักท้วงเฉพาะจุด")
        verbose_name_plural = _("ข้อทักท้วงเฉพาะจุด")
        ordering = ["step", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="signoff_comment_says_something"),
            models.UniqueConstraint(
                fields=["step", "place"], name="signoff_step_comments_once_on_a_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_name}: {self.text[:80]}"
