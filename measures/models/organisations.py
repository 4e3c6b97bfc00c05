"""The local government and its divisions."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.words import normalise
from measures.models.scopes import ScopedQuerySet
from measures.models.slugs import refuse_reserved_slug

if TYPE_CHECKING:
    from measures.models.people import User


class OrganisationKind(models.TextChoices):
    """The kinds of local government (domain.md §5)."""

    TAMBON = "tambon", _("องค์การบริหารส่วนตำบล")
    SUBDISTRICT_MUNICIPALITY = "subdistrict_municipality", _("เทศบาลตำบล")
    TOWN_MUNICIPALITY = "town_municipality", _("เทศบาลเมือง")
    CITY_MUNICIPALITY = "city_municipality", _("เทศบาลนคร")
    PROVINCE = "province", _("องค์การบริหารส่วนจังหวัด")
    SPECIAL = "special", _("องค์กรปกครองส่วนท้องถิ่นรูปแบบพิเศษ")


class OrganisationQuerySet(ScopedQuerySet["Organisation"]):
    """Organisations, by who may see them."""

    organisation_path = "pk"

    def search(self, text: str) -> "OrganisationQuerySet":
        """Return the organisations whose name or place holds ``text``, however it is spelt."""
        return self.filter(search_text__contains=normalise(text))


def emblem_path(organisation: "Organisation", filename: str) -> str:
    """Return where an organisation's emblem is kept."""
    return f"emblems/{organisation.slug}/{filename}"


class Organisation(models.Model):
    """One local government; everything else belongs to one of these."""

    slug = models.SlugField(
        _("ชื่อในที่อยู่เว็บ"), max_length=60, unique=True, validators=[refuse_reserved_slug]
    )
    name = models.CharField(_("ชื่อหน่วยงาน"), max_length=200, unique=True)
    short_name = models.CharField(_("ชื่อย่อ"), max_length=100)
    kind = models.CharField(_("ประเภท"), max_length=30, choices=OrganisationKind.choices)
    tambon = models.CharField(_("ตำบล"), max_length=100, blank=True)
    amphoe = models.CharField(_("อำเภอ"), max_length=100)
    changwat = models.CharField(_("จังหวัด"), max_length=100)
    document_prefix = models.CharField(
        _("เลขที่หนังสือ"),
        max_length=30,
        blank=True,
        help_text=_("รหัสตัวพยัญชนะและเลขประจำของเจ้าของเรื่อง เช่น สม 76801"),
    )
    phone = models.CharField(_("โทรศัพท์"), max_length=50, blank=True)
    website = models.URLField(_("เว็บไซต์"), blank=True)
    emblem = models.ImageField(
        _("ตราครุฑหรือตราหน่วยงาน"),
        upload_to=emblem_path,
        blank=True,
        help_text=_("ภาพสีดำ สูงอย่างน้อย 354 จุด หากไม่มี บันทึกข้อความจะเว้นกรอบว่างไว้"),
    )
    has_leaders = models.BooleanField(
        _("พิมพ์จุดไข่ปลาในหัวบันทึกข้อความ"),
        default=True,
        help_text=_("หลังคำว่า ส่วนราชการ ที่ วันที่ และเรื่อง"),
    )
    mfa_required_from = models.DateField(
        _("ต้องยืนยันตัวตนสองขั้นตั้งแต่วันที่"),
        null=True,
        blank=True,
        help_text=_("สำหรับผู้ลงนามและผู้ดูแลบัญชี เว้นว่างไว้หากยังไม่บังคับ"),
    )
    escalation_working_days = models.PositiveSmallIntegerField(
        _("แจ้งหัวหน้าเมื่อการลงนามค้าง (วันทำการ)"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    fix_at_once_below = models.DecimalField(
        _("ต้องแก้ไขโดยเร่งด่วนเมื่อคะแนนต่ำกว่า"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(85),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    improve_below = models.DecimalField(
        _("ต้องพัฒนาให้ดีขึ้นเมื่อคะแนนต่ำกว่า"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(85),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("คะแนนต่ำสุดสามข้อของแต่ละเครื่องมืออยู่ในการวิเคราะห์เสมอ"),
    )
    supervisor = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="supervised",
        null=True,
        blank=True,
        verbose_name=_("หน่วยงานที่กำกับดูแล"),
        help_text=_("ส่งแผนต้นแบบให้หน่วยงานนี้ได้ ผู้ดูแลระบบเป็นผู้กำหนด"),
    )
    default_layout = models.CharField(_("รูปแบบเอกสารปกติ"), max_length=40, default="memo_status")
    search_text = models.TextField(editable=False, blank=True, default="")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("หน่วยงาน")
        verbose_name_plural = _("หน่วยงาน")
        ordering = ["changwat", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    fix_at_once_below__gte=0,
                    improve_below__gte=models.F("fix_at_once_below"),
                    improve_below__lte=100,
                ),
                name="organisation_thresholds_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(supervisor=None) | ~Q(supervisor=models.F("pk")),
                name="organisation_does_not_supervise_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the normalised copy that search reads."""
        self.search_text = normalise(
            " ".join([self.name, self.short_name, self.tambon, self.amphoe, self.changwat])
        )
        super().save(*args, **kwargs)

    def mayor_title(self) -> str:
        """Return the title of the elected head (นายกองค์การบริหารส่วนตำบล…, นายกเทศมนตรี…).

        Source: the titles of the five kinds, domain.md §5.
        """
        municipality = "เทศบาล"
        if self.name.startswith(municipality):
            return f"นายกเทศมนตรี{self.name.removeprefix(municipality)}"
        return f"นายก{self.name}"


class DivisionQuerySet(ScopedQuerySet["Division"]):
    """Divisions, by scope and level."""

    def reporting(self) -> "DivisionQuerySet":
        """Return the divisions (กอง, สำนัก) that report by themselves; sub-units report in them."""
        return self.filter(parent=None, closed_on=None)


class Division(models.Model):
    """A division (กอง, สำนัก) or a sub-unit (งาน) of it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="divisions", verbose_name=_("หน่วยงาน")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="sub_units",
        null=True,
        blank=True,
        verbose_name=_("สังกัดส่วนราชการ"),
    )
    name = models.CharField(_("ชื่อส่วนราชการ"), max_length=200)
    aliases = models.TextField(
        _("ชื่ออื่นที่ใช้เรียก"), blank=True, help_text=_("บรรทัดละหนึ่งชื่อ เช่น สำนักงานปลัด")
    )
    order = models.PositiveSmallIntegerField(_("ลำดับ"), default=0)
    closed_on = models.DateField(_("ยุบเลิกเมื่อ"), null=True, blank=True)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("ส่วนราชการ")
        verbose_name_plural = _("ส่วนราชการ")
        ordering = ["organisation", "order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="division_name_is_unique_in_organisation"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("pk")),
                name="division_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a division that would hang on itself, over however many others."""
        above = self.parent
        while above is not None:
            if above.pk == self.pk and self.pk is not None:
                raise ValidationError(
                    {"parent": _("ส่วนราชการสังกัดตัวเองหรืองานในสังกัดของตนไม่ได้ โปรดเลือกใหม่")}
                )
            above = above.parent

    def reporting_division(self) -> "Division":
        """Return the division that reports for this one: itself, or what its sub-unit hangs on."""
        return self.parent.reporting_division() if self.parent else self


def organisation_of(user: "User") -> Organisation | None:
    """Return the organisation in which ``user`` holds a post today, or None."""
    return Organisation.objects.filter(pk__in=user.organisation_ids()).first()
