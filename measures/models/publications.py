"""What was published: a frozen copy, superseded but never edited."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from measures.models.documents import Document, DocumentKind
from measures.models.fiscal_years import FiscalYearField, RoundMonths
from measures.models.frozen import FrozenModel, FrozenQuerySet
from measures.models.organisations import Organisation
from measures.models.people import User


class PublicationQuerySet(FrozenQuerySet["Publication"]):
    """Publications, by whether they are the current ones."""

    def current(self) -> "PublicationQuerySet":
        """Return the publications that no later one supersedes."""
        return self.filter(superseded_by=None)


class Publication(FrozenModel):
    """One published document: content as data, the PDF, their hashes, and the link to the last."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="publications", verbose_name=_("หน่วยงาน")
    )
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="publication", verbose_name=_("เอกสาร")
    )
    kind = models.CharField(_("ชนิด"), max_length=20, choices=DocumentKind.choices)
    fiscal_year = FiscalYearField()
    round_months = models.PositiveSmallIntegerField(
        _("รอบ"), choices=RoundMonths.choices, null=True, blank=True
    )
    number = models.PositiveIntegerField(_("เผยแพร่ลำดับที่"))
    code = models.CharField(
        _("รหัสตรวจสอบ"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]{4}-[a-z0-9]{4}$")],
    )
    content = models.JSONField(_("เนื้อหา"))
    content_sha256 = models.CharField(_("ค่าแฮชของเนื้อหา"), max_length=64)
    template_version = models.CharField(_("รุ่นของแบบพิมพ์"), max_length=40, blank=True)
    pdf = models.FileField(_("ไฟล์ PDF"), max_length=300)
    pdf_sha256 = models.CharField(_("ค่าแฮชของ PDF"), max_length=64)
    archive = models.FileField(
        _("ไฟล์ PDF สำหรับเก็บถาวร"),
        max_length=300,
        blank=True,
        help_text=_("PDF/A-3 ที่แนบเนื้อหาเป็นข้อมูล"),
    )
    archive_sha256 = models.CharField(_("ค่าแฮชของ PDF ถาวร"), max_length=64, blank=True)
    sealed_by = models.CharField(
        _("ประทับตราอิเล็กทรอนิกส์โดย"),
        max_length=300,
        blank=True,
        help_text=_("ว่าง = ไม่ได้ประทับตรา"),
    )
    previous_hash = models.CharField(_("ค่าแฮชฉบับก่อนหน้า"), max_length=64, blank=True)
    hash = models.CharField(_("ค่าแฮชของฉบับนี้"), max_length=64, unique=True)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="superseded_by",
        null=True,
        blank=True,
        verbose_name=_("แทนที่ฉบับ"),
    )
    published_at = models.DateTimeField(_("เผยแพร่เมื่อ"))
    published_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("เผยแพร่โดย")
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("เอกสารที่เผยแพร่")
        verbose_name_plural = _("เอกสารที่เผยแพร่")
        ordering = ["organisation", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="publication_number_is_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="publication_number_starts_at_1"
            ),
        ]
        # A file is looked up by its hash, by anyone, on /verify/.
        indexes = [
            models.Index(fields=["pdf_sha256"], name="publication_pdf"),
            models.Index(fields=["archive_sha256"], name="publication_archive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.content['memo']['subject']}"

    def is_superseded(self) -> bool:
        """Return whether a later publication took this one's place."""
        return hasattr(self, "superseded_by")
