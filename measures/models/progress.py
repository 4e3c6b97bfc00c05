"""What a division did for a measure in a round, and the evidence of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.fiscal_years import ReportingRound
from measures.models.measures import Measure
from measures.models.organisations import Division
from measures.models.people import User
from measures.models.scopes import ScopedQuerySet


class ProgressStatus(models.TextChoices):
    """The three columns of the status table."""

    NOT_STARTED = "not_started", _("ยังไม่ดำเนินการ")
    IN_PROGRESS = "in_progress", _("อยู่ระหว่างดำเนินการ")
    DONE = "done", _("ดำเนินการเสร็จเรียบร้อยแล้ว")


class ProgressEntryQuerySet(ScopedQuerySet["ProgressEntry"]):
    """Entries, by scope."""

    organisation_path = "measure__organisation"

    def in_round(self, reporting_round: ReportingRound) -> "ProgressEntryQuerySet":
        """Return the entries of one round."""
        return self.filter(round=reporting_round)

    def reported(self) -> "ProgressEntryQuerySet":
        """Return the entries that somebody has filled in."""
        return self.exclude(updated_at=None)


class ProgressEntry(models.Model):
    """One division's entry for one measure in one round. ``version`` counts the savings."""

    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="entries", verbose_name=_("มาตรการ")
    )
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="entries", verbose_name=_("ส่วนราชการ")
    )
    round = models.ForeignKey(
        ReportingRound, models.PROTECT, related_name="entries", verbose_name=_("รอบการรายงาน")
    )
    status = models.CharField(
        _("สถานะการดำเนินการ"),
        max_length=20,
        choices=ProgressStatus.choices,
        default=ProgressStatus.NOT_STARTED,
    )
    status_note = models.CharField(
        _("หมายเหตุสถานะ"),
        max_length=200,
        blank=True,
        help_text=_("พิมพ์ในวงเล็บท้ายเครื่องหมาย เช่น ตรวจสอบในเว็บไซต์ของหน่วยงาน"),
    )
    result = models.TextField(_("ผลการดำเนินการ"), blank=True)
    outcome = models.TextField(_("ผลลัพธ์/ความสำเร็จ"), blank=True)
    suggestion = models.TextField(_("ข้อเสนอแนะ"), blank=True)
    version = models.PositiveIntegerField(_("ฉบับที่"), default=0, editable=False)
    updated_at = models.DateTimeField(_("บันทึกเมื่อ"), null=True, blank=True, editable=False)
    updated_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("บันทึกโดย"),
    )

    objects = ProgressEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ผลการดำเนินการ")
        verbose_name_plural = _("ผลการดำเนินการ")
        ordering = ["measure__number", "division__order", "division__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "division", "round"],
                name="progress_is_unique_per_division_and_round",
            ),
            models.CheckConstraint(
                condition=Q(updated_at=None, updated_by=None, version=0)
                | Q(updated_at__isnull=False, updated_by__isnull=False, version__gte=1),
                name="progress_updated_at_and_by_go_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure.number}. {self.division} {self.round}"

    def is_reported(self) -> bool:
        """Return whether somebody has filled this entry in."""
        return self.updated_at is not None


class EvidenceKind(models.TextChoices):
    """What can be shown as evidence."""

    PHOTO = "photo", _("ภาพถ่าย")
    PDF = "pdf", _("เอกสาร PDF")
    LINK = "link", _("ลิงก์")


class EvidenceQuerySet(ScopedQuerySet["Evidence"]):
    """Evidence, by scope."""

    organisation_path = "entry__measure__organisation"

    def current(self) -> "EvidenceQuerySet":
        """Return the evidence that has not been taken out."""
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """One piece of evidence. The original bytes are kept and hashed and never altered."""

    entry = models.ForeignKey(
        ProgressEntry, models.PROTECT, related_name="evidence", verbose_name=_("ผลการดำเนินการ")
    )
    kind = models.CharField(_("ประเภท"), max_length=10, choices=EvidenceKind.choices)
    caption = models.CharField(_("คำบรรยาย"), max_length=300)
    url = models.URLField(_("ลิงก์"), max_length=1000, blank=True)
    original = models.FileField(_("ไฟล์ต้นฉบับ"), max_length=300, blank=True)
    derived = models.FileField(_("ไฟล์ที่ใช้แสดง"), max_length=300, blank=True)
    sha256 = models.CharField(_("ค่าแฮช SHA-256 ของต้นฉบับ"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("ขนาด (ไบต์)"), null=True, blank=True)
    width = models.PositiveIntegerField(_("กว้าง (จุด)"), null=True, blank=True)
    height = models.PositiveIntegerField(_("สูง (จุด)"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("จำนวนหน้า"), null=True, blank=True)
    added_at = models.DateTimeField(_("เพิ่มเมื่อ"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("เพิ่มโดย"))
    removed_at = models.DateTimeField(_("นำออกเมื่อ"), null=True, blank=True)
    removed_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("นำออกโดย"),
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("หลักฐาน")
        verbose_name_plural = _("หลักฐาน")
        ordering = ["entry", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="evidence_removed_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=(Q(kind="link", original="") & ~Q(url=""))
                | (~Q(kind="link") & ~Q(original="") & ~Q(sha256="")),
                name="evidence_is_a_link_or_a_hashed_file",
            ),
            models.UniqueConstraint(
                fields=["entry", "sha256"],
                condition=Q(removed_at=None) & ~Q(sha256=""),
                name="evidence_file_is_attached_once",
            ),
        ]

    def __str__(self) -> str:
        return self.caption
