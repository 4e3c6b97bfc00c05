"""What proofreading found in a document and somebody let stand, with the reason."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.documents import Document
from measures.models.people import User
from measures.models.scopes import ScopedQuerySet


class WaiverQuerySet(ScopedQuerySet["Waiver"]):
    """Waivers, by scope."""

    organisation_path = "document__organisation"


class Waiver(models.Model):
    """One remark of ``domain.proofreading`` on one document that was let stand.

    ``fingerprint`` names rule, place and text: when the text changes, the waiver holds no more.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="waivers", verbose_name=_("เอกสาร")
    )
    rule = models.CharField(_("ข้อตรวจ"), max_length=50)
    fingerprint = models.CharField(_("ลายนิ้วมือของข้อสังเกต"), max_length=64)
    message = models.CharField(_("ข้อสังเกต"), max_length=1000)
    reason = models.TextField(_("เหตุผลที่ยกเว้น"))
    waived_at = models.DateTimeField(_("ยกเว้นเมื่อ"))
    waived_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("ยกเว้นโดย")
    )

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("การยกเว้นข้อสังเกต")
        verbose_name_plural = _("การยกเว้นข้อสังเกต")
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "fingerprint"], name="remark_is_waived_once_per_document"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.message
