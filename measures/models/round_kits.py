"""The sheets that divisions fill in away from the portal: what they were given."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.fiscal_years import ReportingRound
from measures.models.organisations import Division
from measures.models.people import User
from measures.models.scopes import ScopedQuerySet


class RoundKitQuerySet(ScopedQuerySet["RoundKit"]):
    """Kits, by scope."""

    organisation_path = "round__organisation"


class RoundKit(models.Model):
    """One sheet made for one division in one round.

    ``base`` is every field of every row as it stood when the sheet was made: what comes back is
    compared with it, so that only what the division changed is taken.
    """

    code = models.UUIDField(_("รหัสแบบ"), unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        ReportingRound, models.PROTECT, related_name="kits", verbose_name=_("รอบ")
    )
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="kits", verbose_name=_("ส่วนราชการ")
    )
    base = models.JSONField(_("ข้อความเมื่อจัดทำชุด"))
    made_at = models.DateTimeField(_("จัดทำเมื่อ"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("จัดทำโดย"))

    objects = RoundKitQuerySet.as_manager()

    class Meta:
        verbose_name = _("ชุดรายงานของส่วนราชการ")
        verbose_name_plural = _("ชุดรายงานของส่วนราชการ")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.division} {self.round}"
