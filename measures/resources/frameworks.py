"""The sheets of a year's framework: its scheme, instruments, indicators, sub-indicators, items.

Kept by the administrator. What has no source stays empty; nothing is made up by a sheet.
"""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from measures.models import (
    Framework,
    Indicator,
    Instrument,
    InstrumentCode,
    Item,
    ItemPurpose,
    Organisation,
    RatingScheme,
    SubIndicator,
    User,
)
from measures.resources.base import Choice, Decimal, Number, column
from measures.resources.keyed import Key, KeyedResource, Shown
from measures.resources.lookups import found, item_code

CODES = [(code, code) for code in InstrumentCode.values]
UNSOURCED = "เว้นว่างเมื่อยังไม่มีแหล่งอ้างอิง"


def scheme_codes(user: User, organisation: Organisation | None) -> list[str]:
    """Return the codes of the sets of levels."""
    return list(RatingScheme.objects.values_list("code", flat=True))


def year_column(attribute: str) -> Any:
    """Return the column of the fiscal year."""
    return column("ปีงบประมาณ", attribute, Number(), readonly=True, example="2566")


class YearResource(KeyedResource):
    """Rows of the frameworks, read year by year."""

    is_for_install = True

    def group_of(self, row: Any) -> int:
        """Return the fiscal year."""
        return self.key_number(row, "fiscal_year")


class FrameworkResource(YearResource):
    """Frameworks by fiscal year."""

    key = "frameworks"
    year_path = "fiscal_year"

    fiscal_year = year_column("fiscal_year")
    rating_scheme = column(
        "เกณฑ์ระดับ",
        "rating_scheme",
        Shown(lambda scheme: scheme.code),
        choices=scheme_codes,
        hint="รหัสของเกณฑ์ เว้นว่างเมื่อยังไม่ทราบ",
    )
    source = column("ที่มา", "source")
    note = column("หมายเหตุ", "note")

    class Meta:
        model = Framework
        name = "กรอบการประเมิน"
        fields = ("fiscal_year", "rating_scheme", "source", "note")
        import_id_fields = ("fiscal_year",)

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch the schemes."""
        return queryset.select_related("rating_scheme").order_by("fiscal_year")

    def stored(self, group: int) -> Any:
        """Return the framework of the year."""
        return self.filter_export(Framework.objects.filter(fiscal_year=group))

    def key_in(self, row: Any) -> Key:
        """Return the year."""
        return (self.group_of(row),)

    def key_of(self, instance: Framework) -> Key:
        """Return the year."""
        return (instance.fiscal_year,)

    def new(self, row: Any) -> Framework:
        """Return a new framework."""
        return Framework(fiscal_year=self.group_of(row))

    def read_rating_scheme(self, row: Any, text: str) -> RatingScheme | None:
        """Return the scheme of this code."""
        schemes = self.lookups.once(
            "schemes", read=lambda: {scheme.code: scheme for scheme in RatingScheme.objects.all()}
        )
        return found(text, schemes, what=_("เกณฑ์ระดับ")) if text else None


class InstrumentResource(YearResource):
    """Instruments by fiscal year and code, with their weights."""

    key = "instruments"
    year_path = "framework__fiscal_year"

    fiscal_year = year_column("framework__fiscal_year")
    code = column("เครื่องมือ", "code", Choice(CODES), readonly=True)
    weight = column("น้ำหนัก (ร้อยละ)", "weight", Decimal(), example="30", hint=UNSOURCED)
    source = column("ที่มา", "source")

    class Meta:
        model = Instrument
        name = "เครื่องมือและน้ำหนัก"
        fields = ("fiscal_year", "code", "weight", "source")
        import_id_fields = ("fiscal_year", "code")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch the years."""
        return queryset.select_related("framework").order_by("framework__fiscal_year", "code")

    def stored(self, group: int) -> Any:
        """Return the instruments of the year."""
        return self.lookups.instruments(group).values()

    def key_in(self, row: Any) -> Key:
        """Return the year and the code."""
        return (self.group_of(row), self.fields["code"].clean(row))

    def key_of(self, instance: Instrument) -> Key:
        """Return the year and the code."""
        return (instance.framework.fiscal_year, instance.code)

    def new(self, row: Any) -> Instrument:
        """Return a new instrument of the year's framework."""
        framework = self.lookups.framework(self.group_of(row))
        return Instrument(framework=framework, code=self.fields["code"].clean(row))


class IndicatorResource(YearResource):
    """Indicators by fiscal year, instrument and number."""

    key = "indicators"
    year_path = "instrument__framework__fiscal_year"

    fiscal_year = year_column("instrument__framework__fiscal_year")
    instrument = column("เครื่องมือ", "instrument__code", Choice(CODES), readonly=True)
    number = column("ตัวชี้วัดที่", "number", Number(), readonly=True, example="9")
    name = column("ชื่อตัวชี้วัด", "name", example="การเปิดเผยข้อมูล")
    aliases = column("ชื่ออื่นที่พบ", "aliases", hint="บรรทัดละหนึ่งชื่อ (Alt+Enter)")
    source = column("ที่มา", "source")

    class Meta:
        model = Indicator
        name = "ตัวชี้วัด"
        fields = ("fiscal_year", "instrument", "number", "name", "aliases", "source")
        import_id_fields = ("fiscal_year", "instrument", "number")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch the years."""
        return queryset.select_related("instrument__framework").order_by(
            "instrument__framework__fiscal_year", "number", "instrument__code"
        )

    def stored(self, group: int) -> Any:
        """Return the indicators of the year."""
        rows = Indicator.objects.filter(instrument__framework__fiscal_year=group)
        return self.filter_export(rows)

    def key_in(self, row: Any) -> Key:
        """Return the year, the instrument and the number."""
        return (
            self.group_of(row),
            self.fields["instrument"].clean(row),
            self.key_number(row, "number"),
        )

    def key_of(self, instance: Indicator) -> Key:
        """Return the year, the instrument and the number."""
        instrument = instance.instrument
        return (instrument.framework.fiscal_year, instrument.code, instance.number)

    def new(self, row: Any) -> Indicator:
        """Return a new indicator of the year's instrument."""
        code = self.fields["instrument"].clean(row)
        return Indicator(
            instrument=self.lookups.instrument(self.group_of(row), code),
            number=self.key_number(row, "number"),
        )


class SubIndicatorResource(YearResource):
    """Sub-indicators by fiscal year, indicator and number."""

    key = "sub-indicators"
    year_path = "indicator__instrument__framework__fiscal_year"

    fiscal_year = year_column("indicator__instrument__framework__fiscal_year")
    indicator = column("ตัวชี้วัดที่", "indicator__number", Number(), readonly=True, example="9")
    number = column("ตัวชี้วัดย่อยที่", "number", readonly=True, example="9.1")
    name = column("ชื่อตัวชี้วัดย่อย", "name", hint=UNSOURCED)
    source = column("ที่มา", "source")

    class Meta:
        model = SubIndicator
        name = "ตัวชี้วัดย่อย"
        fields = ("fiscal_year", "indicator", "number", "name", "source")
        import_id_fields = ("fiscal_year", "indicator", "number")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch the years."""
        return queryset.select_related("indicator__instrument__framework").order_by(
            "indicator__instrument__framework__fiscal_year", "indicator__number", "number"
        )

    def stored(self, group: int) -> Any:
        """Return the sub-indicators of the year."""
        rows = SubIndicator.objects.filter(indicator__instrument__framework__fiscal_year=group)
        return self.filter_export(rows)

    def key_in(self, row: Any) -> Key:
        """Return the year, the indicator and the number."""
        indicator = self.key_number(row, "indicator")
        return (self.group_of(row), indicator, self.cell(row, "number"))

    def key_of(self, instance: SubIndicator) -> Key:
        """Return the year, the indicator and the number."""
        indicator = instance.indicator
        return (indicator.instrument.framework.fiscal_year, indicator.number, instance.number)

    def new(self, row: Any) -> SubIndicator:
        """Return a new part of the year's indicator."""
        number = str(self.key_number(row, "indicator"))
        return SubIndicator(
            indicator=self.lookups.indicator(self.group_of(row), number),
            number=self.cell(row, "number"),
        )


class ItemResource(YearResource):
    """Items by fiscal year and code (I7, E2, O42)."""

    key = "items"
    year_path = "instrument__framework__fiscal_year"
    empty_parts: ClassVar[dict[str, Any]] = {"code_cell": ""}

    fiscal_year = year_column("instrument__framework__fiscal_year")
    code = column("ข้อ", "code_cell", readonly=True, example="O42")
    indicator = column("ตัวชี้วัดที่", "indicator", Shown(lambda each: str(each.number)), example="10")
    sub_indicator = column(
        "ตัวชี้วัดย่อยที่", "sub_indicator", Shown(lambda part: part.number), example="10.2"
    )
    text = column("ข้อความ", "text", hint=UNSOURCED)
    purpose = column(
        "ใช้กับเอกสาร",
        "purpose",
        Choice(ItemPurpose.choices, blank=True),
        hint="เฉพาะสองข้อที่เอกสารของระบบนี้ตอบ ข้ออื่นเว้นว่าง",
    )
    source = column("ที่มา", "source")

    class Meta:
        model = Item
        name = "ข้อประเมิน"
        fields = (
            "fiscal_year",
            "code",
            "indicator",
            "sub_indicator",
            "text",
            "purpose",
            "source",
        )
        import_id_fields = ("fiscal_year", "code")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch what the cells name."""
        return queryset.select_related(
            "instrument__framework", "indicator", "sub_indicator"
        ).order_by("instrument__framework__fiscal_year", "instrument__code", "number")

    def stored(self, group: int) -> Any:
        """Return the items of the year."""
        return self.filter_export(Item.objects.filter(instrument__framework__fiscal_year=group))

    def key_in(self, row: Any) -> Key:
        """Return the year and the code."""
        return (self.group_of(row), *self._code(row))

    def key_of(self, instance: Item) -> Key:
        """Return the year, the instrument and the number."""
        instrument = instance.instrument
        return (instrument.framework.fiscal_year, instrument.code, instance.number)

    def parts_of(self, instance: Item) -> dict[str, Any]:
        """Return the code."""
        return {"code_cell": instance.code()}

    def new(self, row: Any) -> Item:
        """Return a new item of the year's instrument."""
        code, number = self._code(row)
        return Item(instrument=self.lookups.instrument(self.group_of(row), code), number=number)

    def _code(self, row: Any) -> tuple[str, int]:
        """Return the instrument and the number that the code of the row says."""
        code = item_code(self.cell(row, "code"))
        instruments = {each[0]: each for each in InstrumentCode.values}
        if code[:1] not in instruments or not code[1:].isdecimal():
            raise self.bad(row, "code", _("“%s” ไม่ใช่รหัสข้อ โปรดใช้รูปแบบ I7 E2 หรือ O42") % code)
        return instruments[code[0]], int(code[1:])

    def read_indicator(self, row: Any, text: str) -> Indicator | None:
        """Return the indicator of the year."""
        return self.lookups.indicator(self.group_of(row), text) if text else None

    def read_sub_indicator(self, row: Any, text: str) -> SubIndicator | None:
        """Return the sub-indicator of the year."""
        return self.lookups.sub_indicator(self.group_of(row), text) if text else None
