"""The sheet of measures: one row per measure, steps and responsible parties one a line."""

from typing import Any, ClassVar

from ita_portal.thai.periods import Period, parse_period
from measures.domain.planning.measures import save_measure
from measures.models import Measure, Organisation
from measures.resources.base import Number, ThaiDate, as_typed, column
from measures.resources.keyed import Key, KeyedResource
from measures.resources.references import (
    Named,
    References,
    in_order,
    named_finding,
    named_indicator,
    named_item,
    read_many,
    read_one,
)
from measures.resources.responsibilities import Parties, Party, PartyReader
from measures.resources.steps import Steps, planned, steps_of

NO_DAY = "ไม่กำหนด"  # said where the words of the period name a day that does not count


class PeriodDay(ThaiDate):
    """A day of the period; empty: the one that the words of the period say."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the day, NO_DAY, or None for what the words say."""
        return NO_DAY if as_typed(value) == NO_DAY else super().clean(value, row, **kwargs)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the day in words."""
        return NO_DAY if value == NO_DAY else super().render(value)


class MeasureResource(KeyedResource):
    """Measures by organisation, fiscal year and number."""

    key = "measures"
    version = 2
    year_path = "fiscal_year"
    empty_parts: ClassVar[dict[str, Any]] = {
        "named_indicator": None,
        "named_items": None,
        "named_findings": None,
        "step_lines": None,
        "parties": None,
        "start_cell": None,
        "end_cell": None,
    }

    fiscal_year = column("ปีงบประมาณ", "fiscal_year", Number(), readonly=True, example="2567")
    number = column("มาตรการที่", "number", Number(), readonly=True, example="1")
    text = column("มาตรการ", "title", example="ให้ความรู้แก่บุคลากรเรื่องการประเมินคุณธรรมและความโปร่งใส")
    indicator = column(
        "ตัวชี้วัดที่",
        "named_indicator",
        References(),
        example="9",
        hint="เลขที่ตัวชี้วัดของปีก่อนหน้า (ปีที่วิเคราะห์) ของปีอื่นให้ต่อท้ายด้วยปี เช่น 9 (2567)",
    )
    items = column(
        "ข้อประเมิน",
        "named_items",
        References(),
        example="I7, O12",
        hint="รหัสข้อของปีก่อนหน้า (ปีที่วิเคราะห์) คั่นด้วยจุลภาค",
    )
    findings = column(
        "ข้อบกพร่องที่แก้",
        "named_findings",
        References(),
        example="1, 2",
        hint="ลำดับที่ของข้อบกพร่องหรือประเด็นของปีก่อนหน้า คั่นด้วยจุลภาค",
    )
    steps = column(
        "ขั้นตอน",
        "step_lines",
        Steps(),
        example="ชี้แจงในการประชุมประจำเดือน\nติดตามผล (ภายใน 31 มีนาคม 2567)",
        hint="บรรทัดละหนึ่งขั้นตอน (Alt+Enter) ท้ายบรรทัดมีกำหนดได้ เช่น (ภายใน 31 มีนาคม 2567)",
    )
    responsible = column(
        "ผู้รับผิดชอบ",
        "parties",
        Parties(),
        example="สำนักปลัด\nกองคลัง",
        hint="บรรทัดละหนึ่งราย: ชื่อส่วนราชการ งาน ตำแหน่ง คณะกรรมการ… หรือ ทุกส่วนราชการ",
    )
    period_text = column("ระยะเวลาดำเนินการ", "period_text", example="ตุลาคม 2566 - กันยายน 2567")
    starts_on = column("เริ่ม", "start_cell", PeriodDay(), hint="เว้นว่างเพื่อใช้วันตามระยะเวลาที่เขียน")
    ends_on = column("สิ้นสุด", "end_cell", PeriodDay(), hint="เว้นว่างเพื่อใช้วันตามระยะเวลาที่เขียน")
    monitoring = column("การกำกับติดตาม", "monitoring", example="รายงานผลรอบ 6 เดือนและ 12 เดือน")

    class Meta:
        model = Measure
        name = "มาตรการ"
        fields = (
            "slug",
            "fiscal_year",
            "number",
            "text",
            "indicator",
            "items",
            "findings",
            "steps",
            "responsible",
            "period_text",
            "starts_on",
            "ends_on",
            "monitoring",
        )
        import_id_fields = ("slug", "fiscal_year", "number")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch the parts of all rows at once."""
        return (
            queryset.select_related("organisation", "indicator__instrument__framework")
            .prefetch_related(
                "items__instrument__framework",
                "findings",
                "steps",
                "responsibilities__post",
                "responsibilities__division__parent",
            )
            .order_by("organisation", "-fiscal_year", "number")
        )

    def stored(self, group: Organisation) -> Any:
        """Return the measures of the office."""
        return self.filter_export(group.measures.all())

    def key_in(self, row: Any) -> Key:
        """Return the office, the year and the number."""
        return (
            self.organisation(row).pk,
            self.key_number(row, "fiscal_year"),
            self.key_number(row, "number"),
        )

    def key_of(self, instance: Measure) -> Key:
        """Return the office, the year and the number."""
        return (instance.organisation_id, instance.fiscal_year, instance.number)

    def new(self, row: Any) -> Measure:
        """Return a new measure of the office."""
        return Measure(
            organisation=self.organisation(row),
            fiscal_year=self.key_number(row, "fiscal_year"),
            number=self.key_number(row, "number"),
        )

    # Cells that name other rows -------------------------------------------------------------------

    def parts_of(self, instance: Measure) -> dict[str, Any]:
        """Return what columns show of the measure: parts, rows that it names, days."""
        year = instance.fiscal_year - 1  # measures answer the assessment of the year before
        said = _said(instance)
        findings = instance.findings.all()
        return {
            "named_indicator": instance.indicator and named_indicator(instance.indicator, year),
            "named_items": in_order(named_item(item, year) for item in instance.items.all()),
            "named_findings": in_order(named_finding(each, year) for each in findings),
            "step_lines": steps_of(instance),
            "parties": self._reader(instance.organisation).parties_of(instance),
            "start_cell": instance.starts_on or (NO_DAY if said.start else None),
            "end_cell": instance.ends_on or (NO_DAY if said.end else None),
        }

    def _reader(self, organisation: Organisation) -> PartyReader:
        return self.lookups.once(
            "parties", organisation.pk, read=lambda: PartyReader(organisation, self.lookups)
        )

    def _answered_year(self, row: Any) -> int:
        return self.key_number(row, "fiscal_year") - 1

    def read_indicator(self, row: Any, text: str) -> Named | None:
        """Return the indicator that the cell names."""
        return read_one(text, self._answered_year(row), self.lookups.indicator, named_indicator)

    def read_items(self, row: Any, text: str) -> tuple[Named, ...]:
        """Return the items that the cell names."""
        return read_many(text, self._answered_year(row), self.lookups.item, named_item)

    def read_findings(self, row: Any, text: str) -> tuple[Named, ...]:
        """Return the findings of the office that the cell names."""
        organisation = self.organisation(row)
        return read_many(
            text,
            self._answered_year(row),
            lambda year, number: self.lookups.finding(organisation, year, number),
            named_finding,
        )

    def read_responsible(self, row: Any, text: str) -> tuple[Party, ...]:
        """Return the parties that the lines name."""
        return self._reader(self.organisation(row)).read(text)

    # Storing ------------------------------------------------------------------------------------

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """Put the parts where columns find them, and keep a copy for comparison.

        Where the sheet has no column of days, a changed period is read anew.
        """
        super().after_init_instance(instance, new, row, **kwargs)
        instance.stored = {name: getattr(instance, name) for name in self.empty_parts}
        instance.stored_period = "" if new else instance.period_text
        instance.day_columns = [
            name for name in ("starts_on", "ends_on") if self.fields[name].column_name in row
        ]

    def store(self, instance: Any) -> None:
        """Store the measure by the verb, with those of its parts that the sheet changes."""
        self._set_days(instance)
        instance.indicator = instance.named_indicator and instance.named_indicator.row
        changed = {
            name: getattr(instance, name)
            for name in ("named_items", "named_findings", "step_lines", "parties")
            if getattr(instance, name) != instance.stored[name]
        }
        steps, parties = changed.get("step_lines"), changed.get("parties")
        save_measure(
            instance,
            by=self.user,
            steps=None if steps is None else planned(instance, steps),
            responsibilities=parties and [each.responsibility() for each in parties],
            items=_rows(changed.get("named_items")),
            findings=_rows(changed.get("named_findings")),
        )

    def _set_days(self, instance: Any) -> None:
        """Set the days that the cells say, or the words of the period where cells are empty."""
        said = _said(instance)
        is_reworded = instance.period_text != instance.stored_period
        for name, cell, day in (
            ("starts_on", instance.start_cell, said.start),
            ("ends_on", instance.end_cell, said.end),
        ):
            if name in instance.day_columns:
                setattr(instance, name, None if cell == NO_DAY else cell or day)
            elif is_reworded:
                setattr(instance, name, day)


def _said(measure: Measure) -> Period:
    return parse_period(measure.period_text, fiscal_year=measure.fiscal_year)


def _rows(named: tuple[Named, ...] | None) -> list[Any] | None:
    return None if named is None else [each.row for each in named]
