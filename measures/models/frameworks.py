"""The national framework of one fiscal year: data with its source, never code per year."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.words import normalise_compact
from measures.models.fiscal_years import FiscalYearField


class RatingSchemeManager(models.Manager["RatingScheme"]):
    """Finds schemes by their code, for fixtures."""

    def get_by_natural_key(self, code: str) -> "RatingScheme":
        """Return the scheme of this code."""
        return self.get(code=code)


class RatingScheme(models.Model):
    """A set of levels: the letters AA-F (to 2565) or the five levels (from 2566)."""

    code = models.SlugField(_("รหัส"), unique=True)
    name = models.CharField(_("ชื่อเกณฑ์"), max_length=100)
    source = models.TextField(_("ที่มา"), blank=True)

    objects = RatingSchemeManager()

    class Meta:
        verbose_name = _("เกณฑ์ระดับ")
        verbose_name_plural = _("เกณฑ์ระดับ")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return what names this row in a fixture."""
        return (self.code,)


class RatingLevelManager(models.Manager["RatingLevel"]):
    """Finds levels by scheme and name, for fixtures."""

    def get_by_natural_key(self, scheme: str, name: str) -> "RatingLevel":
        """Return the level of this name in this scheme."""
        return self.get(scheme__code=scheme, name=name)


class RatingLevel(models.Model):
    """One level: the least total, and the least score of each instrument where it asks for one."""

    scheme = models.ForeignKey(
        RatingScheme, models.CASCADE, related_name="levels", verbose_name=_("เกณฑ์ระดับ")
    )
    order = models.PositiveSmallIntegerField(_("ลำดับ (1 = สูงสุด)"))
    name = models.CharField(_("ระดับ"), max_length=50)
    least_total = models.DecimalField(_("คะแนนรวมอย่างน้อย"), max_digits=5, decimal_places=2)
    least_of_each_instrument = models.DecimalField(
        _("คะแนนแต่ละเครื่องมืออย่างน้อย"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    is_passing = models.BooleanField(_("ถือว่าผ่าน"), default=False)

    objects = RatingLevelManager()

    class Meta:
        verbose_name = _("ระดับ")
        verbose_name_plural = _("ระดับ")
        ordering = ["scheme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "order"], name="level_order_is_unique"),
            models.UniqueConstraint(fields=["scheme", "name"], name="level_name_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        """Return what names this row in a fixture."""
        return (self.scheme.code, self.name)


class FrameworkManager(models.Manager["Framework"]):
    """Finds frameworks by fiscal year, for fixtures."""

    def get_by_natural_key(self, fiscal_year: int) -> "Framework":
        """Return the framework of this fiscal year."""
        return self.get(fiscal_year=fiscal_year)


class Framework(models.Model):
    """What is assessed in one fiscal year, and by which scheme it is rated."""

    fiscal_year = FiscalYearField(unique=True)
    rating_scheme = models.ForeignKey(
        RatingScheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="frameworks",
        verbose_name=_("เกณฑ์ระดับ"),
    )
    source = models.TextField(_("ที่มา"), blank=True)
    note = models.TextField(_("หมายเหตุ"), blank=True)

    objects = FrameworkManager()

    class Meta:
        verbose_name = _("กรอบการประเมิน")
        verbose_name_plural = _("กรอบการประเมิน")
        ordering = ["-fiscal_year"]

    def __str__(self) -> str:
        return f"กรอบการประเมิน ITA ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    def natural_key(self) -> tuple[int]:
        """Return what names this row in a fixture."""
        return (self.fiscal_year,)


class InstrumentCode(models.TextChoices):
    """The three instruments of the assessment (domain.md §1.1)."""

    IIT = "IIT", _("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)")
    EIT = "EIT", _("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)")
    OIT = "OIT", _("แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)")


class InstrumentManager(models.Manager["Instrument"]):
    """Finds instruments by year and code, for fixtures."""

    def get_by_natural_key(self, fiscal_year: int, code: str) -> "Instrument":
        """Return the instrument of this code in this year."""
        return self.get(framework__fiscal_year=fiscal_year, code=code)


class Instrument(models.Model):
    """One instrument of one year with its weight in the total."""

    framework = models.ForeignKey(
        Framework, models.CASCADE, related_name="instruments", verbose_name=_("กรอบการประเมิน")
    )
    code = models.CharField(_("เครื่องมือ"), max_length=3, choices=InstrumentCode.choices)
    weight = models.DecimalField(
        _("น้ำหนัก (ร้อยละ)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("เว้นว่างเมื่อยังไม่มีแหล่งอ้างอิง"),
    )
    source = models.TextField(_("ที่มา"), blank=True)

    objects = InstrumentManager()

    class Meta:
        verbose_name = _("เครื่องมือ")
        verbose_name_plural = _("เครื่องมือ")
        ordering = ["framework", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"], name="instrument_is_unique_in_framework"
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=0, weight__lte=100),
                name="instrument_weight_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.framework.fiscal_year}"

    def natural_key(self) -> tuple[int, str]:
        """Return what names this row in a fixture."""
        return (self.framework.fiscal_year, self.code)


class IndicatorManager(models.Manager["Indicator"]):
    """Finds indicators by year and number, for fixtures."""

    def get_by_natural_key(self, fiscal_year: int, number: int) -> "Indicator":
        """Return the indicator of this number in this year."""
        return self.get(instrument__framework__fiscal_year=fiscal_year, number=number)


class Indicator(models.Model):
    """One of the ten indicators of a year."""

    instrument = models.ForeignKey(
        Instrument, models.CASCADE, related_name="indicators", verbose_name=_("เครื่องมือ")
    )
    number = models.PositiveSmallIntegerField(_("ตัวชี้วัดที่"))
    name = models.CharField(_("ชื่อตัวชี้วัด"), max_length=200)
    aliases = models.TextField(_("ชื่ออื่นที่พบ"), blank=True, help_text=_("บรรทัดละหนึ่งชื่อ"))
    source = models.TextField(_("ที่มา"), blank=True)

    objects = IndicatorManager()

    class Meta:
        verbose_name = _("ตัวชี้วัด")
        verbose_name_plural = _("ตัวชี้วัด")
        ordering = ["instrument__framework", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"], name="indicator_number_is_unique_in_instrument"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    def natural_key(self) -> tuple[int, int]:
        """Return what names this row in a fixture."""
        return (self.instrument.framework.fiscal_year, self.number)

    def normalised_names(self) -> set[str]:
        """Return its name and the others it was found under, as they are compared."""
        names = [self.name, *self.aliases.splitlines()]
        return {normalise_compact(name) for name in names if name.strip()}


class SubIndicatorManager(models.Manager["SubIndicator"]):
    """Finds sub-indicators by year and number, for fixtures."""

    def get_by_natural_key(self, fiscal_year: int, number: str) -> "SubIndicator":
        """Return the sub-indicator of this number in this year."""
        return self.get(indicator__instrument__framework__fiscal_year=fiscal_year, number=number)


class SubIndicator(models.Model):
    """A part of indicators 9 and 10 (9.1 … 10.2); its mean counts once, however many items."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="sub_indicators", verbose_name=_("ตัวชี้วัด")
    )
    number = models.CharField(_("ตัวชี้วัดย่อยที่"), max_length=10)
    name = models.CharField(
        _("ชื่อตัวชี้วัดย่อย"), max_length=200, blank=True, help_text=_("เว้นว่างเมื่อยังไม่มีแหล่งอ้างอิง")
    )
    source = models.TextField(_("ที่มา"), blank=True)

    objects = SubIndicatorManager()

    class Meta:
        verbose_name = _("ตัวชี้วัดย่อย")
        verbose_name_plural = _("ตัวชี้วัดย่อย")
        ordering = ["indicator", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "number"], name="sub_indicator_number_is_unique_in_indicator"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()

    def natural_key(self) -> tuple[int, str]:
        """Return what names this row in a fixture."""
        return (self.indicator.instrument.framework.fiscal_year, self.number)


class ItemPurpose(models.TextChoices):
    """The two items of each year that this portal's documents answer (domain.md §3)."""

    PLAN = "plan", _("แผนหรือมาตรการ")
    REPORT = "report", _("รายงานผล")


class ItemManager(models.Manager["Item"]):
    """Finds items by year, instrument and number, for fixtures."""

    def get_by_natural_key(self, fiscal_year: int, instrument: str, number: int) -> "Item":
        """Return the item of this number in this instrument and year."""
        return self.get(
            instrument__framework__fiscal_year=fiscal_year,
            instrument__code=instrument,
            number=number,
        )


class Item(models.Model):
    """One question or one disclosure; numbers move every year, so never join years by number."""

    instrument = models.ForeignKey(
        Instrument, models.CASCADE, related_name="items", verbose_name=_("เครื่องมือ")
    )
    indicator = models.ForeignKey(
        Indicator,
        models.CASCADE,
        related_name="items",
        null=True,
        blank=True,
        verbose_name=_("ตัวชี้วัด"),
    )
    sub_indicator = models.ForeignKey(
        SubIndicator,
        models.CASCADE,
        related_name="items",
        null=True,
        blank=True,
        verbose_name=_("ตัวชี้วัดย่อย"),
    )
    number = models.PositiveSmallIntegerField(
        _("ข้อที่"), validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    text = models.TextField(
        _("ข้อความ"), blank=True, help_text=_("เว้นว่างเมื่อยังไม่มีแหล่งอ้างอิง ห้ามแต่งเอง")
    )
    purpose = models.CharField(
        _("ใช้กับเอกสาร"), max_length=10, choices=ItemPurpose.choices, blank=True
    )
    source = models.TextField(_("ที่มา"), blank=True)

    objects = ItemManager()

    class Meta:
        verbose_name = _("ข้อประเมิน")
        verbose_name_plural = _("ข้อประเมิน")
        ordering = ["instrument", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"], name="item_number_is_unique_in_instrument"
            ),
            models.UniqueConstraint(
                fields=["instrument", "purpose"],
                condition=~Q(purpose=""),
                name="item_purpose_is_unique_in_framework",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code()} {self.text}" if self.text else f"ข้อ {self.code()} (ยังไม่มีข้อความ)"

    def natural_key(self) -> tuple[int, str, int]:
        """Return what names this row in a fixture."""
        return (self.instrument.framework.fiscal_year, self.instrument.code, self.number)

    def code(self) -> str:
        """Return the short name in upper case, as in I7, E2, O42."""
        return f"{self.instrument.code[0]}{self.number}"

    def is_sourced(self) -> bool:
        """Return whether the text came from a source; without one the page says so."""
        return bool(self.text)


class CalendarEntryManager(models.Manager["CalendarEntry"]):
    """Finds calendar entries by year and name, for fixtures."""

    def get_by_natural_key(self, fiscal_year: int, name: str) -> "CalendarEntry":
        """Return the entry of this name in this year."""
        return self.get(framework__fiscal_year=fiscal_year, name=name)


class CalendarEntry(models.Model):
    """A window of one year's assessment calendar; shifts yearly, so it is data."""

    framework = models.ForeignKey(
        Framework, models.CASCADE, related_name="calendar", verbose_name=_("กรอบการประเมิน")
    )
    name = models.CharField(_("รายการ"), max_length=200)
    starts_on = models.DateField(_("ตั้งแต่"), null=True, blank=True)
    ends_on = models.DateField(_("ถึง"), null=True, blank=True)
    source = models.TextField(_("ที่มา"), blank=True)

    objects = CalendarEntryManager()

    class Meta:
        verbose_name = _("ปฏิทินการประเมิน")
        verbose_name_plural = _("ปฏิทินการประเมิน")
        ordering = ["framework", "starts_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "name"], name="calendar_entry_is_unique_in_framework"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None)
                | Q(ends_on=None)
                | Q(ends_on__gte=models.F("starts_on")),
                name="calendar_entry_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[int, str]:
        """Return what names this row in a fixture."""
        return (self.framework.fiscal_year, self.name)
