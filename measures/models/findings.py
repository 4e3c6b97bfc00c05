"""What the assessment of last year says must be mended or improved."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.fiscal_years import FiscalYearField
from measures.models.frameworks import Indicator, Item
from measures.models.organisations import Organisation
from measures.models.remedies import Remedy
from measures.models.scopes import ScopedQuerySet


class Severity(models.TextChoices):
    """The two groups that the plan must show (domain.md §3)."""

    FIX_AT_ONCE = "fix_at_once", _("ข้อบกพร่องที่ต้องแก้ไขโดยเร่งด่วน")
    IMPROVE = "improve", _("ประเด็นที่ต้องพัฒนาให้ดีขึ้น")


class FindingQuerySet(ScopedQuerySet["Finding"]):
    """Findings, by scope."""


class Finding(models.Model):
    """One finding from the result of a year, on one or several items."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="findings", verbose_name=_("หน่วยงาน")
    )
    fiscal_year = FiscalYearField(help_text=_("ปีของผลการประเมินที่วิเคราะห์ (มาตรการอยู่ในปีถัดไป)"))
    number = models.PositiveSmallIntegerField(_("ลำดับที่"))
    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        related_name="findings",
        null=True,
        blank=True,
        verbose_name=_("ตัวชี้วัด"),
    )
    items = models.ManyToManyField(
        Item, related_name="findings", blank=True, verbose_name=_("ข้อประเมิน")
    )
    severity = models.CharField(
        _("กลุ่ม"), max_length=20, choices=Severity.choices, default=Severity.IMPROVE
    )
    analysis = models.TextField(_("การวิเคราะห์"))
    is_draft = models.BooleanField(
        _("เป็นร่างที่ระบบจัดทำ"),
        default=False,
        help_text=_("จนกว่ามีผู้แก้ไขหรือยอมรับข้อความ"),
    )
    remedy = models.ForeignKey(
        Remedy,
        models.PROTECT,
        related_name="findings",
        null=True,
        blank=True,
        verbose_name=_("แนวทางแก้ไขตามกรอบ"),
    )
    references = models.CharField(
        _("อ้างอิงข้อ OIT"), max_length=200, blank=True, help_text=_("เช่น o11, o12 หรือ 9.1")
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("ข้อบกพร่อง/ประเด็นที่ต้องพัฒนา")
        verbose_name_plural = _("ข้อบกพร่อง/ประเด็นที่ต้องพัฒนา")
        ordering = ["organisation", "-fiscal_year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fiscal_year", "number"],
                name="finding_number_is_unique_in_fiscal_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.analysis[:80]}"
