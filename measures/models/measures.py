"""Measures with their steps, targets and responsible parties."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.words import normalise
from measures.models.findings import Finding
from measures.models.fiscal_years import FiscalYearField
from measures.models.frameworks import Indicator, Item
from measures.models.organisations import Division, Organisation
from measures.models.people import Post
from measures.models.scopes import ScopedQuerySet
from measures.models.sharing import SharedMeasure, TemplateOffer


class MeasureQuerySet(ScopedQuerySet["Measure"]):
    """Measures, by scope, year and text."""

    def of_year(self, fiscal_year: int) -> "MeasureQuerySet":
        """Return the measures of one fiscal year."""
        return self.filter(fiscal_year=fiscal_year)

    def search(self, text: str) -> "MeasureQuerySet":
        """Return the measures whose title holds ``text``, however it is spelt."""
        return self.filter(search_text__contains=normalise(text))


class Measure(models.Model):
    """One measure of an organisation in a fiscal year."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="measures", verbose_name=_("หน่วยงาน")
    )
    fiscal_year = FiscalYearField()
    number = models.PositiveSmallIntegerField(_("มาตรการที่"))
    title = models.TextField(_("มาตรการ"))
    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        related_name="measures",
        null=True,
        blank=True,
        verbose_name=_("ตัวชี้วัด"),
    )
    items = models.ManyToManyField(
        Item, related_name="measures", blank=True, verbose_name=_("ข้อประเมิน")
    )
    findings = models.ManyToManyField(
        Finding,
        related_name="measures",
        blank=True,
        verbose_name=_("ข้อบกพร่อง/ประเด็นที่แก้"),
    )
    period_text = models.CharField(_("ระยะเวลาดำเนินการ (ตามที่เขียน)"), max_length=300, blank=True)
    starts_on = models.DateField(_("เริ่ม"), null=True, blank=True)
    ends_on = models.DateField(_("สิ้นสุด"), null=True, blank=True)
    monitoring = models.TextField(_("การกำกับติดตาม"), blank=True)
    copied_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="copies",
        null=True,
        blank=True,
        verbose_name=_("คัดลอกจากมาตรการปีก่อน"),
    )
    taken_from = models.ForeignKey(
        SharedMeasure,
        models.PROTECT,
        related_name="taken",
        null=True,
        blank=True,
        verbose_name=_("นำมาจากคลังมาตรการ"),
    )
    offered_in = models.ForeignKey(
        TemplateOffer,
        models.PROTECT,
        related_name="measures",
        null=True,
        blank=True,
        verbose_name=_("มาจากแผนต้นแบบ"),
    )
    # What should be looked at again in a measure that was copied or read from a file:
    # [{"field": "period_text", "note": "…"}]. Empty once somebody has.
    to_review = models.JSONField(_("สิ่งที่ต้องทบทวน"), default=list, blank=True)
    search_text = models.TextField(editable=False, blank=True, default="")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("มาตรการ")
        verbose_name_plural = _("มาตรการ")
        ordering = ["organisation", "-fiscal_year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fiscal_year", "number"],
                name="measure_number_is_unique_in_fiscal_year",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="measure_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="measure_number_starts_at_1"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the normalised copy that search reads."""
        self.search_text = normalise(self.title)
        super().save(*args, **kwargs)


class StepQuerySet(ScopedQuerySet["Step"]):
    """Steps, by scope."""

    organisation_path = "measure__organisation"


class Step(models.Model):
    """One step (ขั้นตอนหรือวิธีการ) of a measure."""

    measure = models.ForeignKey(
        Measure, models.CASCADE, related_name="steps", verbose_name=_("มาตรการ")
    )
    number = models.PositiveSmallIntegerField(_("ลำดับ"))
    text = models.TextField(_("ขั้นตอนหรือวิธีการ"))
    due_on = models.DateField(_("กำหนดแล้วเสร็จ"), null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("ขั้นตอนหรือวิธีการ")
        verbose_name_plural = _("ขั้นตอนหรือวิธีการ")
        ordering = ["measure", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "number"], name="step_number_is_unique_in_measure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"


class TargetFold(models.TextChoices):
    """How the values of several divisions become the measure's one."""

    SUM = "sum", _("รวมกัน")
    AVERAGE = "average", _("เฉลี่ย")


class TargetQuerySet(ScopedQuerySet["Target"]):
    """Targets, by scope."""

    organisation_path = "measure__organisation"


class Target(models.Model):
    """A number the measure is to reach: from the baseline to the target, in a unit."""

    measure = models.ForeignKey(
        Measure, models.CASCADE, related_name="targets", verbose_name=_("มาตรการ")
    )
    number = models.PositiveSmallIntegerField(_("ลำดับ"))
    name = models.CharField(_("ตัวชี้วัดเป้าหมาย"), max_length=300)
    unit = models.CharField(_("หน่วยนับ"), max_length=50)
    baseline = models.DecimalField(
        _("ค่าตั้งต้น"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    goal = models.DecimalField(_("ค่าเป้าหมาย"), max_digits=14, decimal_places=2)
    fold = models.CharField(
        _("เมื่อหลายส่วนราชการรายงาน"),
        max_length=10,
        choices=TargetFold.choices,
        default=TargetFold.SUM,
    )

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("เป้าหมาย")
        verbose_name_plural = _("เป้าหมาย")
        ordering = ["measure", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "number"], name="target_number_is_unique_in_measure"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ResponsibilityKind(models.TextChoices):
    """Who can be responsible: one value each, several rows per measure (domain.md §5)."""

    DIVISION = "division", _("ส่วนราชการ")
    SUB_UNIT = "sub_unit", _("งานในส่วนราชการ")
    EVERY_DIVISION = "every_division", _("ทุกส่วนราชการ")
    COMMITTEE = "committee", _("คณะกรรมการ")
    POST = "post", _("ตำแหน่ง")
    ALL_STAFF = "all_staff", _("บุคลากรทุกคน")


class ResponsibilityQuerySet(ScopedQuerySet["Responsibility"]):
    """Responsibilities, by scope."""

    organisation_path = "measure__organisation"


class Responsibility(models.Model):
    """One responsible party of a measure.

    ``division`` is the one that reports: the division itself, the sub-unit, or the division that
    reports for a committee or all staff. Every division fans out and names none.
    """

    measure = models.ForeignKey(
        Measure, models.CASCADE, related_name="responsibilities", verbose_name=_("มาตรการ")
    )
    kind = models.CharField(
        _("ประเภท"),
        max_length=20,
        choices=ResponsibilityKind.choices,
        default=ResponsibilityKind.DIVISION,
    )
    division = models.ForeignKey(
        Division,
        models.PROTECT,
        related_name="responsibilities",
        null=True,
        blank=True,
        verbose_name=_("ส่วนราชการ/งานที่รายงาน"),
    )
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        related_name="responsibilities",
        null=True,
        blank=True,
        verbose_name=_("ตำแหน่ง"),
    )
    text = models.CharField(
        _("ตามที่เขียน"),
        max_length=300,
        blank=True,
        help_text=_("ข้อความที่พิมพ์ในเอกสาร เว้นว่างเพื่อใช้ชื่อส่วนราชการ"),
    )
    order = models.PositiveSmallIntegerField(_("ลำดับ"), default=0)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("ผู้รับผิดชอบ")
        verbose_name_plural = _("ผู้รับผิดชอบ")
        ordering = ["measure", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["division", "sub_unit"]) | Q(division__isnull=False),
                name="responsible_division_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(kind="post") | Q(post__isnull=False),
                name="responsible_post_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(kind="committee") | ~Q(text=""),
                name="responsible_committee_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(kind="every_division") | Q(division=None, post=None),
                name="every_division_names_no_division",
            ),
        ]

    def __str__(self) -> str:
        return self.printed()

    def printed(self) -> str:
        """Return the words that stand in the responsible column."""
        if self.text:
            return self.text
        if self.post and self.kind == ResponsibilityKind.POST:
            return self.post.title
        if self.division and self.kind == ResponsibilityKind.SUB_UNIT and self.division.parent:
            return f"{self.division.parent.name} ({self.division.name})"
        if self.division:
            return self.division.name
        return str(self.get_kind_display())
