"""Leave to report after a round has closed: who, which measure, why, until when."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models.people import User
from measures.models.progress import ProgressEntry
from measures.models.scopes import ScopedQuerySet


class LatePermitQuerySet(ScopedQuerySet["LatePermit"]):
    """Permits, by scope and date."""

    organisation_path = "entry__measure__organisation"

    def in_force(self, on: datetime.date | None = None) -> "LatePermitQuerySet":
        """Return the permits that can be used on the day (today unless told)."""
        return self.filter(withdrawn_at=None, allowed_until__gte=on or timezone.localdate())


class LatePermit(models.Model):
    """One entry may be recorded in a closed round, by its division or one person of it."""

    entry = models.ForeignKey(
        ProgressEntry, models.PROTECT, related_name="late_permits", verbose_name=_("ผลการดำเนินการ")
    )
    person = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("ผู้ได้รับอนุญาต"),
        help_text=_("ว่าง = ทุกคนที่รายงานของส่วนราชการนั้น"),
    )
    reason = models.TextField(_("เหตุผลที่อนุญาต"))
    allowed_until = models.DateField(_("อนุญาตถึงวันที่"))
    granted_at = models.DateTimeField(_("อนุญาตเมื่อ"))
    granted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("อนุญาตโดย")
    )
    withdrawn_at = models.DateTimeField(_("ถอนเมื่อ"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("ถอนโดย")
    )

    objects = LatePermitQuerySet.as_manager()

    class Meta:
        verbose_name = _("การอนุญาตให้รายงานหลังปิดรอบ")
        verbose_name_plural = _("การอนุญาตให้รายงานหลังปิดรอบ")
        ordering = ["entry", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="late_permit_has_a_reason"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="late_permit_withdrawn_at_and_by_go_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} ({self.allowed_until})"
