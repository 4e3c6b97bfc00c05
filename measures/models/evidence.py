"""The evidence of progress: files and links, and how the files were prepared and scanned."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.people import User
from measures.models.progress import ProgressEntry
from measures.models.scopes import ScopedQuerySet


class EvidenceKind(models.TextChoices):
    """What can be shown as evidence."""

    PHOTO = "photo", _("ภาพถ่าย")
    PDF = "pdf", _("เอกสาร PDF")
    WORD = "word", _("เอกสาร Word")
    SHEET = "sheet", _("ตาราง Excel")
    LINK = "link", _("ลิงก์")


class Preparation(models.TextChoices):
    """How far the copies that are shown and printed have come."""

    WAITING = "waiting", _("กำลังเตรียมภาพ")
    READY = "ready", _("พร้อมใช้")
    FAILED = "failed", _("เตรียมภาพไม่สำเร็จ")


class ScanVerdict(models.TextChoices):
    """What the virus scanner said of a file."""

    NOT_SCANNED = "not_scanned", _("ไม่ได้ตรวจไวรัส")
    CLEAN = "clean", _("ตรวจแล้ว ไม่พบไวรัส")
    INFECTED = "infected", _("พบไวรัส")


class EvidenceQuerySet(ScopedQuerySet["Evidence"]):
    """Evidence, by scope."""

    organisation_path = "entry__measure__organisation"

    def current(self) -> "EvidenceQuerySet":
        """Return the evidence that has not been taken out."""
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """One piece of evidence. The original bytes are kept and hashed and never altered.

    Of a photograph three upright copies without EXIF are made: ``small`` for lists, ``derived``
    for paper and pages, ``large`` to look at closely.
    """

    entry = models.ForeignKey(
        ProgressEntry, models.PROTECT, related_name="evidence", verbose_name=_("ผลการดำเนินการ")
    )
    kind = models.CharField(_("ประเภท"), max_length=10, choices=EvidenceKind.choices)
    caption = models.CharField(_("คำบรรยาย"), max_length=300)
    url = models.URLField(_("ลิงก์"), max_length=1000, blank=True)
    original = models.FileField(_("ไฟล์ต้นฉบับ"), max_length=300, blank=True)
    small = models.FileField(_("ภาพย่อ"), max_length=300, blank=True)
    derived = models.FileField(_("ไฟล์ที่ใช้แสดงและพิมพ์"), max_length=300, blank=True)
    large = models.FileField(_("ภาพขยาย"), max_length=300, blank=True)
    preparation = models.CharField(
        _("การเตรียมภาพ"), max_length=10, choices=Preparation.choices, default=Preparation.READY
    )
    sha256 = models.CharField(_("ค่าแฮช SHA-256 ของต้นฉบับ"), max_length=64, blank=True)
    perceptual_hash = models.CharField(
        _("ลายนิ้วมือของภาพ"), max_length=16, blank=True, help_text=_("ใช้สังเกตภาพที่ใช้ซ้ำ")
    )
    size = models.PositiveBigIntegerField(_("ขนาด (ไบต์)"), null=True, blank=True)
    width = models.PositiveIntegerField(_("กว้าง (จุด)"), null=True, blank=True)
    height = models.PositiveIntegerField(_("สูง (จุด)"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("จำนวนหน้า"), null=True, blank=True)
    text = models.TextField(_("ข้อความในไฟล์"), blank=True)
    is_scan = models.BooleanField(
        _("เป็นเอกสารสแกน"), default=False, help_text=_("ไฟล์ PDF ที่ไม่มีข้อความให้ค้นหรือคัดลอก")
    )
    scan_verdict = models.CharField(
        _("การตรวจไวรัส"),
        max_length=12,
        choices=ScanVerdict.choices,
        default=ScanVerdict.NOT_SCANNED,
    )
    scanned_at = models.DateTimeField(_("ตรวจไวรัสเมื่อ"), null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(scan_verdict="not_scanned", scanned_at=None)
                | (~Q(scan_verdict="not_scanned") & Q(scanned_at__isnull=False)),
                name="evidence_scan_says_when",
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="evidence_sha256")]

    def __str__(self) -> str:
        return self.caption


class CheckedLinkQuerySet(ScopedQuerySet["CheckedLink"]):
    """Checked links, by scope and health."""

    def dead(self) -> "CheckedLinkQuerySet":
        """Return the links that did not answer when last asked."""
        return self.filter(dead_since__isnull=False)


class CheckedLink(models.Model):
    """What an address given as evidence answered when it was last asked for."""

    organisation = models.ForeignKey(
        "Organisation", models.PROTECT, related_name="checked_links", verbose_name=_("หน่วยงาน")
    )
    url = models.URLField(_("ลิงก์"), max_length=1000)
    checked_at = models.DateTimeField(_("ตรวจเมื่อ"), null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("รหัสตอบกลับ"), null=True, blank=True)
    title = models.CharField(_("ชื่อหน้าเว็บ"), max_length=300, blank=True)
    problem = models.CharField(_("ปัญหาที่พบ"), max_length=300, blank=True)
    dead_since = models.DateTimeField(_("เปิดไม่ได้ตั้งแต่"), null=True, blank=True)

    objects = CheckedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("ลิงก์ที่ตรวจ")
        verbose_name_plural = _("ลิงก์ที่ตรวจ")
        ordering = ["organisation", "url"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "url"], name="link_is_checked_once_per_organisation"
            ),
            models.CheckConstraint(
                condition=Q(dead_since=None) | ~Q(problem=""), name="dead_link_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.url
