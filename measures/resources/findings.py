"""The sheet of findings: what the scores of a year say must be mended or improved."""

from typing import Any, ClassVar

from measures.domain.analysing.findings import save_finding
from measures.models import Finding, Organisation, Severity
from measures.resources.base import Choice, Number, column
from measures.resources.keyed import Key, KeyedResource
from measures.resources.references import (
    Named,
    References,
    in_order,
    named_indicator,
    named_item,
    named_remedy,
    read_many,
    read_one,
)


class FindingResource(KeyedResource):
    """Findings by organisation, fiscal year of the result, and number."""

    key = "findings"
    year_path = "fiscal_year"
    empty_parts: ClassVar[dict[str, Any]] = {
        "named_indicator": None,
        "named_items": None,
        "named_remedy": None,
    }

    fiscal_year = column(
        "ปีงบประมาณ",
        "fiscal_year",
        Number(),
        readonly=True,
        example="2566",
        hint="ปีของผลการประเมินที่วิเคราะห์",
    )
    number = column("ลำดับที่", "number", Number(), readonly=True, example="1")
    severity = column("กลุ่ม", "severity", Choice(Severity.choices))
    indicator = column(
        "ตัวชี้วัดที่",
        "named_indicator",
        References(),
        example="9",
        hint="เลขที่ตัวชี้วัดของปีนั้น หากเป็นของปีอื่น ให้ต่อท้ายด้วยปี เช่น 9 (2565)",
    )
    items = column(
        "ข้อประเมิน", "named_items", References(), example="I7, I9", hint="รหัสข้อ คั่นด้วยจุลภาค"
    )
    references = column("อ้างอิงข้อ OIT", "references", example="o11, o12")
    analysis = column("การวิเคราะห์", "analysis")
    remedy = column(
        "แนวทางแก้ไขที่",
        "named_remedy",
        References(),
        example="3",
        hint="ลำดับของแนวทางแก้ไขตามกรอบของปีนั้น",
    )

    class Meta:
        model = Finding
        name = "ข้อบกพร่องและประเด็นที่ต้องพัฒนา"
        fields = (
            "slug",
            "fiscal_year",
            "number",
            "severity",
            "indicator",
            "items",
            "references",
            "analysis",
            "remedy",
        )
        import_id_fields = ("slug", "fiscal_year", "number")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch what the cells name."""
        return (
            queryset.select_related(
                "organisation", "indicator__instrument__framework", "remedy__framework"
            )
            .prefetch_related("items__instrument__framework")
            .order_by("organisation", "-fiscal_year", "number")
        )

    def stored(self, group: Organisation) -> Any:
        """Return the findings of the office."""
        return self.filter_export(group.findings.all())

    def key_in(self, row: Any) -> Key:
        """Return the office, the year and the number."""
        return (
            self.organisation(row).pk,
            self.key_number(row, "fiscal_year"),
            self.key_number(row, "number"),
        )

    def key_of(self, instance: Finding) -> Key:
        """Return the office, the year and the number."""
        return (instance.organisation_id, instance.fiscal_year, instance.number)

    def new(self, row: Any) -> Finding:
        """Return a new finding of the office."""
        return Finding(
            organisation=self.organisation(row),
            fiscal_year=self.key_number(row, "fiscal_year"),
            number=self.key_number(row, "number"),
        )

    def parts_of(self, instance: Finding) -> dict[str, Any]:
        """Return the rows of the framework that the finding names."""
        year = instance.fiscal_year
        return {
            "named_indicator": instance.indicator and named_indicator(instance.indicator, year),
            "named_items": in_order(named_item(item, year) for item in instance.items.all()),
            "named_remedy": instance.remedy and named_remedy(instance.remedy, year),
        }

    def read_indicator(self, row: Any, text: str) -> Named | None:
        """Return the indicator that the cell names."""
        year = self.key_number(row, "fiscal_year")
        return read_one(text, year, self.lookups.indicator, named_indicator)

    def read_items(self, row: Any, text: str) -> tuple[Named, ...]:
        """Return the items that the cell names."""
        year = self.key_number(row, "fiscal_year")
        return read_many(text, year, self.lookups.item, named_item)

    def read_remedy(self, row: Any, text: str) -> Named | None:
        """Return the remedy that the cell names."""
        year = self.key_number(row, "fiscal_year")
        return read_one(text, year, self.lookups.remedy, named_remedy)

    def store(self, instance: Any) -> None:
        """Store by the verb, with the items that the row names."""
        instance.indicator = instance.named_indicator and instance.named_indicator.row
        instance.remedy = instance.named_remedy and instance.named_remedy.row
        items = instance.named_items
        save_finding(
            instance,
            by=self.user,
            items=None if items is None else [named.row for named in items],
        )
