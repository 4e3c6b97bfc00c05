"""A handover of a post: what was open, from whom to whom, frozen as it was signed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.frozen import FrozenModel, FrozenQuerySet
from measures.models.organisations import Organisation
from measures.models.people import Post, User


class HandoverQuerySet(FrozenQuerySet["Handover"]):
    """Handovers, by scope."""


class Handover(FrozenModel):
    """One post handed from one person to the next. ``content`` is what the memo prints."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="handovers", verbose_name=_("หน่วยงาน")
    )
    post = models.ForeignKey(
        Post, models.PROTECT, related_name="handovers", verbose_name=_("ตำแหน่ง")
    )
    from_user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ผู้ส่งมอบ"))
    to_user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ผู้รับมอบ"))
    takes_effect_on = models.DateField(_("ตั้งแต่วันที่"))
    content = models.JSONField(_("รายการที่ส่งมอบ"))
    content_sha256 = models.CharField(_("ค่าแฮชของรายการ"), max_length=64)
    handed_at = models.DateTimeField(_("ส่งมอบเมื่อ"))
    handed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("ผู้บันทึกการส่งมอบ")
    )

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("การส่งมอบงาน")
        verbose_name_plural = _("การส่งมอบงาน")
        ordering = ["organisation", "-handed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(from_user=models.F("to_user")),
                name="handover_is_between_two_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.from_user} – {self.to_user}"
