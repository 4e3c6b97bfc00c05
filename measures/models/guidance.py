"""What to write in each field of an entry, with a good example: data each office may change."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.organisations import Organisation
from measures.models.scopes import ScopedQuerySet


class EntryField(models.TextChoices):
    """The fields of an entry that people fill with words."""

    STATUS = "status", _("สถานะการดำเนินการ")
    STATUS_NOTE = "status_note", _("หมายเหตุสถานะ")
    RESULT = "result", _("ผลการดำเนินการ")
    OUTCOME = "outcome", _("ผลลัพธ์/ความสำเร็จ")
    SUGGESTION = "suggestion", _("ข้อเสนอแนะ")


class GuidanceQuerySet(ScopedQuerySet["Guidance"]):
    """Guidance, by scope."""


class Guidance(models.Model):
    """The guidance of one field: the install's (no organisation), or an office's own."""

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="guidance",
        null=True,
        blank=True,
        verbose_name=_("หน่วยงาน"),
        help_text=_("ว่าง = ของทั้งระบบ ใช้เมื่อหน่วยงานไม่ได้เขียนเอง"),
    )
    field = models.CharField(_("ช่อง"), max_length=20, choices=EntryField.choices)
    text = models.TextField(_("คำแนะนำ"), blank=True)
    example = models.TextField(_("ตัวอย่างที่ดี"), blank=True)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("คำแนะนำการกรอก")
        verbose_name_plural = _("คำแนะนำการกรอก")
        ordering = ["organisation", "field"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "field"], name="guidance_is_unique_per_field"
            ),
            models.UniqueConstraint(
                fields=["field"],
                condition=Q(organisation=None),
                name="guidance_of_the_install_is_unique_per_field",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_field_display())
