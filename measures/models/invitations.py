"""Inviting a person to an account and a post; the invited one sets the password."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.organisations import Organisation
from measures.models.people import Post, User
from measures.models.scopes import ScopedQuerySet


class InvitationQuerySet(ScopedQuerySet["Invitation"]):
    """Invitations, by scope and state."""

    def waiting(self) -> "InvitationQuerySet":
        """Return the invitations that nobody has answered or taken back."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """One invitation. Only the hash of its secret is kept; the secret is in the mail."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", verbose_name=_("หน่วยงาน")
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("ตำแหน่ง"))
    starts_on = models.DateField(_("ดำรงตำแหน่งตั้งแต่วันที่"))
    email = models.EmailField(_("อีเมล"))
    title = models.CharField(_("คำนำหน้าชื่อ"), max_length=50, blank=True)
    first_name = models.CharField(_("ชื่อ"), max_length=150)
    last_name = models.CharField(_("นามสกุล"), max_length=150)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField(_("เชิญเมื่อ"))
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("เชิญโดย"))
    expires_at = models.DateTimeField(_("หมดอายุ"))
    accepted_at = models.DateTimeField(_("ตอบรับเมื่อ"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("บัญชีที่ได้")
    )
    withdrawn_at = models.DateTimeField(_("ถอนเมื่อ"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("ถอนโดย")
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("คำเชิญ")
        verbose_name_plural = _("คำเชิญ")
        ordering = ["organisation", "-invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="invitation_withdrawn_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitation_is_accepted_or_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["post", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_waits_once_per_post_and_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}{self.first_name} {self.last_name} – {self.post}"
