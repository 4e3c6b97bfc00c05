"""Files that people bring in, from the upload to what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from measures.models.fiscal_years import FiscalYearField, ReportingRound
from measures.models.organisations import Organisation
from measures.models.people import User
from measures.models.scopes import ScopedQuerySet


class ImportKind(models.TextChoices):
    """What a file is read as."""

    PLAN = "plan", _("แผนหรือรายงานจากไฟล์ Word Excel หรือ csv")
    SCORES = "scores", _("ตารางคะแนน")
    SHEET = "sheet", _("ตารางข้อมูล")
    KIT = "kit", _("ชุดรายงานของส่วนราชการ")


class ImportState(models.TextChoices):
    """How far an import has come. One that is given up is deleted with its file."""

    WAITING = "waiting", _("รออ่านไฟล์")
    READY = "ready", _("รอยืนยัน")
    RUNNING = "running", _("กำลังนำเข้า")
    DONE = "done", _("นำเข้าแล้ว")
    FAILED = "failed", _("นำเข้าไม่สำเร็จ")


class FileImportQuerySet(ScopedQuerySet["FileImport"]):
    """Imports, by scope and state."""

    def unconfirmed(self) -> "FileImportQuerySet":
        """Return the imports of which nothing has been stored."""
        return self.filter(confirmed_at=None)


class FileImport(models.Model):
    """One file and what was read in it. Nothing of it is stored elsewhere until confirmed.

    ``draft`` is what will be stored, as corrected by hand; ``report`` is what was. The file is
    kept with a confirmed import.
    """

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="imports",
        null=True,
        blank=True,
        verbose_name=_("หน่วยงาน"),
        help_text=_("ว่าง = ข้อมูลของทั้งระบบ"),
    )
    kind = models.CharField(_("ประเภท"), max_length=10, choices=ImportKind.choices)
    sheet = models.CharField(_("ตาราง"), max_length=40, blank=True)
    fiscal_year = FiscalYearField(null=True, blank=True)
    round = models.ForeignKey(
        ReportingRound,
        models.PROTECT,
        related_name="imports",
        null=True,
        blank=True,
        verbose_name=_("รอบ"),
    )
    file = models.FileField(_("ไฟล์"), max_length=300)
    file_name = models.CharField(_("ชื่อไฟล์"), max_length=200)
    sha256 = models.CharField(_("ค่าแฮช SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("ขนาด (ไบต์)"))
    state = models.CharField(
        _("สถานะ"), max_length=10, choices=ImportState.choices, default=ImportState.WAITING
    )
    rows_done = models.PositiveIntegerField(_("แถวที่เสร็จ"), default=0)
    rows_total = models.PositiveIntegerField(_("แถวทั้งหมด"), default=0)
    draft = models.JSONField(_("สิ่งที่จะนำเข้า"), default=dict)
    report = models.JSONField(_("สิ่งที่นำเข้าแล้ว"), default=dict)
    problem = models.TextField(_("เหตุที่ไม่สำเร็จ"), blank=True)
    version = models.PositiveIntegerField(_("รุ่นของการแก้ไข"), default=0)
    uploaded_at = models.DateTimeField(_("อัปโหลดเมื่อ"))
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("อัปโหลดโดย")
    )
    confirmed_at = models.DateTimeField(_("ยืนยันเมื่อ"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("ยืนยันโดย")
    )

    objects = FileImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("การนำเข้าไฟล์")
        verbose_name_plural = _("การนำเข้าไฟล์")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="import_confirmed_at_and_by_go_together",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(confirmed_at__isnull=False),
                name="import_is_done_only_once_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
