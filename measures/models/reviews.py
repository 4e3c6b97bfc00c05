"""Read-only links by which somebody outside reads a draft, and each use of them."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models.documents import Document
from measures.models.frozen import FrozenModel, FrozenQuerySet
from measures.models.people import User
from measures.models.scopes import ScopedQuerySet


class ReviewLinkQuerySet(ScopedQuerySet["ReviewLink"]):
    """Review links, by scope."""

    organisation_path = "document__organisation"


class ReviewLink(models.Model):
    """One secret address of one draft. Only the hash of the secret is kept."""

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="review_links", verbose_name=_("เอกสาร")
    )
    reviewer = models.CharField(
        _("ให้ผู้ใดอ่าน"), max_length=300, help_text=_("เช่น ที่ว่าการอำเภอ กลุ่มงานส่งเสริมการปกครองท้องถิ่น")
    )
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("ให้เมื่อ"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ให้โดย"))
    expires_at = models.DateTimeField(_("หมดอายุ"))
    revoked_at = models.DateTimeField(_("ยกเลิกเมื่อ"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("ยกเลิกโดย")
    )

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("ลิงก์อ่านร่าง")
        verbose_name_plural = _("ลิงก์อ่านร่าง")
        ordering = ["document", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="review_link_revoked_at_and_by_go_together",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.document}"

    def is_open(self, now: datetime.datetime | None = None) -> bool:
        """Return whether the link still opens the draft."""
        return self.revoked_at is None and (now or timezone.now()) < self.expires_at


class ReviewVisitQuerySet(FrozenQuerySet["ReviewVisit"]):
    """Visits, by scope."""

    organisation_path = "link__document__organisation"


class ReviewVisit(FrozenModel):
    """One use of a review link. ``network`` is the address of the network, not of the person."""

    link = models.ForeignKey(
        ReviewLink, models.PROTECT, related_name="visits", verbose_name=_("ลิงก์อ่านร่าง")
    )
    at = models.DateTimeField(_("เมื่อ"))
    network = models.CharField(_("เครือข่าย"), max_length=50, blank=True)
    browser = models.CharField(_("โปรแกรมที่ใช้เปิด"), max_length=300, blank=True)

    objects = ReviewVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("การเปิดลิงก์อ่านร่าง")
        verbose_name_plural = _("การเปิดลิงก์อ่านร่าง")
        ordering = ["link", "-at"]

    def __str__(self) -> str:
        return f"{self.link} {self.at}"
