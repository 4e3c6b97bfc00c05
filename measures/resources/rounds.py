"""The sheet of rounds: when each six or twelve months open, are due, and close."""

from typing import Any

from measures.domain.recording import rounds
from measures.models import Organisation, ReportingRound, RoundMonths
from measures.resources.base import Choice, Number, ThaiDate, column
from measures.resources.keyed import Key, KeyedResource


class RoundResource(KeyedResource):
    """Rounds by organisation, fiscal year and months. Closing and reopening are no sheet's work."""

    key = "rounds"
    year_path = "fiscal_year"
    months_path = "months"

    fiscal_year = column("ปีงบประมาณ", "fiscal_year", Number(), readonly=True, example="2567")
    months = column(
        "รอบ (เดือน)",
        "months",
        Choice([(months, str(months)) for months in RoundMonths.values]),
        readonly=True,
        example="6",
    )
    opens_on = column("เปิดให้รายงาน", "opens_on", ThaiDate(), example="1 ตุลาคม 2566")
    due_on = column("กำหนดส่ง", "due_on", ThaiDate(), example="31 มีนาคม 2567")
    closes_on = column(
        "วันสุดท้ายที่รับรายงาน",
        "closes_on",
        ThaiDate(),
        hint="เว้นว่างไว้ รอบจะเปิดจนกว่าผู้ประสานงานปิด",
    )

    class Meta:
        model = ReportingRound
        name = "รอบการรายงาน"
        fields = ("slug", "fiscal_year", "months", "opens_on", "due_on", "closes_on")
        import_id_fields = ("slug", "fiscal_year", "months")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch whose round it is."""
        return queryset.select_related("organisation").order_by(
            "organisation", "-fiscal_year", "months"
        )

    def stored(self, group: Organisation) -> Any:
        """Return the rounds of the office."""
        return group.rounds.select_related("organisation")

    def key_in(self, row: Any) -> Key:
        """Return the office, the year and the months."""
        return (
            self.organisation(row).pk,
            self.key_number(row, "fiscal_year"),
            self.key_number(row, "months"),
        )

    def key_of(self, instance: ReportingRound) -> Key:
        """Return the office, the year and the months."""
        return (instance.organisation_id, instance.fiscal_year, instance.months)

    def new(self, row: Any) -> ReportingRound:
        """Return a new round of the office."""
        return ReportingRound(
            organisation=self.organisation(row),
            fiscal_year=self.key_number(row, "fiscal_year"),
            months=self.key_number(row, "months"),
        )

    def store(self, instance: ReportingRound) -> None:
        """Open a new round, or change the dates of one that is there."""
        self.refuse_bad_cells(instance)
        if instance.pk is None:
            opened = rounds.open_round(
                instance.organisation,
                fiscal_year=instance.fiscal_year,
                months=instance.months,
                opens_on=instance.opens_on,
                due_on=instance.due_on,
                closes_on=instance.closes_on,
                by=self.user,
            )
            instance.pk = opened.pk
            return
        rounds.reschedule(
            instance,
            opens_on=instance.opens_on,
            due_on=instance.due_on,
            closes_on=instance.closes_on,
            by=self.user,
        )
