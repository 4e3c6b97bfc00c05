"""The document of a plan or a round: memo fields and paragraphs around the recorded data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.fiscal_years import FiscalYearField, ReportingRound
from measures.models.organisations import Organisation
from measures.models.people import User
from measures.models.scopes import ScopedQuerySet


class DocumentKind(models.TextChoices):
    """The two documents that the assessment asks for (domain.md §3)."""

    PLAN = "plan", _("แผน/มาตรการ")
    PROGRESS_REPORT = "progress_report", _("รายงานผลการดำเนินการ")


class DocumentLayout(models.TextChoices):
    """The layouts that can be printed; how each is put together is in ``reports.layouts``."""

    MEMO_STATUS = "memo_status", _("บันทึกข้อความพร้อมตารางสถานะการดำเนินการ")
    MEMO_PHOTOS = "memo_photos", _("บันทึกข้อความพร้อมตารางผลและภาพถ่าย")
    INDICATOR_TABLE = "indicator_table", _("ตารางแนวนอนตามตัวชี้วัด")
    ITEM_NARRATIVE = "item_narrative", _("รายงานเรียงความรายข้อประเมิน")
    COVER_TABLE = "cover_table", _("ปกและตารางแนวนอน มาตรการละหนึ่งหน้า")


class DocumentState(models.TextChoices):
    """Where a document stands. The moves between them are in ``domain.documents``."""

    DRAFT = "draft", _("ร่าง")
    IN_SIGNOFF = "in_signoff", _("อยู่ระหว่างเสนอลงนาม")
    RETURNED = "returned", _("ส่งกลับแก้ไข")
    REFUSED = "refused", _("ไม่อนุมัติ")
    APPROVED = "approved", _("อนุมัติแล้ว รอเผยแพร่")
    PUBLISHED = "published", _("เผยแพร่แล้ว")


EDITABLE_STATES = (DocumentState.DRAFT, DocumentState.RETURNED)


class DocumentQuerySet(ScopedQuerySet["Document"]):
    """Documents, by scope and state."""

    def unpublished(self) -> "DocumentQuerySet":
        """Return the documents still on their way."""
        return self.exclude(state=DocumentState.PUBLISHED)


class Document(models.Model):
    """One document on its way from draft to publication."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="documents", verbose_name=_("หน่วยงาน")
    )
    kind = models.CharField(_("ชนิด"), max_length=20, choices=DocumentKind.choices)
    fiscal_year = FiscalYearField()
    round = models.ForeignKey(
        ReportingRound,
        models.PROTECT,
        related_name="documents",
        null=True,
        blank=True,
        verbose_name=_("รอบการรายงาน"),
    )
    layout = models.CharField(_("รูปแบบ"), max_length=40, choices=DocumentLayout.choices)
    state = models.CharField(
        _("สถานะ"), max_length=20, choices=DocumentState.choices, default=DocumentState.DRAFT
    )
    version = models.PositiveIntegerField(_("ฉบับที่บันทึก"), default=1, editable=False)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="correction",
        null=True,
        blank=True,
        verbose_name=_("แก้ไขฉบับก่อน"),
    )
    correction_reason = models.TextField(_("เหตุที่แก้ไข"), blank=True)

    office = models.CharField(_("ส่วนราชการ"), max_length=300)
    number = models.CharField(_("ที่"), max_length=50, blank=True)
    dated = models.DateField(_("วันที่"), null=True, blank=True)
    subject = models.CharField(_("เรื่อง"), max_length=500)
    addressee = models.CharField(_("เรียน"), max_length=300)
    through = models.CharField(_("ผ่าน"), max_length=300, blank=True)
    opening = models.TextField(_("ความนำ"), help_text=_("หนึ่งย่อหน้าต่อหนึ่งบรรทัด"))
    measures_title = models.CharField(_("หัวข้อตารางมาตรการ"), max_length=300, blank=True)
    assessment = models.TextField(_("ผลการประเมินและข้อความเชื่อม"), blank=True)
    approach = models.TextField(
        _("แนวทางการนำผลการวิเคราะห์ไปสู่การปฏิบัติ"),
        blank=True,
        help_text=_("พิมพ์ในแผน หนึ่งย่อหน้าต่อหนึ่งบรรทัด"),
    )
    results_title = models.CharField(_("หัวข้อตารางผล"), max_length=500, blank=True)
    closing = models.TextField(_("ข้อความลงท้าย"))
    has_annex = models.BooleanField(
        _("แนบภาคผนวกหลักฐาน"),
        default=True,
        help_text=_("ภาพถ่าย เอกสาร PDF และลิงก์ พิมพ์ต่อท้ายรายงาน"),
    )

    updated_at = models.DateTimeField(_("บันทึกเมื่อ"))
    updated_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("บันทึกโดย")
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("เอกสาร")
        verbose_name_plural = _("เอกสาร")
        ordering = ["-fiscal_year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="plan", round=None)
                | Q(kind="progress_report", round__isnull=False),
                name="progress_report_has_a_round_and_plan_has_none",
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=~Q(state="published"),
                name="one_report_on_its_way_per_round",
            ),
            models.UniqueConstraint(
                fields=["organisation", "fiscal_year"],
                condition=~Q(state="published") & Q(round=None),
                name="one_plan_on_its_way_per_year",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(correction_reason=""),
                name="correction_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def is_editable(self) -> bool:
        """Return whether memo fields and entries may still change."""
        return self.state in EDITABLE_STATES
