"""The sheets of days: public holidays, and the calendar of each year's assessment."""

from typing import Any

from measures.models import CalendarEntry, Holiday
from measures.resources.base import ThaiDate, column
from measures.resources.frameworks import UNSOURCED, YearResource, year_column
from measures.resources.keyed import Key, KeyedResource


class HolidayResource(KeyedResource):
    """Public holidays by their day, kept by the administrator."""

    key = "holidays"
    is_for_install = True

    date = column("วันที่", "date", ThaiDate(), readonly=True, example="13 เมษายน 2569")
    name = column("ชื่อวันหยุด", "name", example="วันสงกรานต์")
    source = column("ที่มา", "source", example="มติคณะรัฐมนตรี")

    class Meta:
        model = Holiday
        name = "วันหยุดราชการ"
        fields = ("date", "name", "source")
        import_id_fields = ("date",)

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Order by day."""
        return queryset.order_by("date")

    def group_of(self, row: Any) -> str:
        """Return one group: all holidays are read at once."""
        return "all"

    def stored(self, group: str) -> Any:
        """Return every holiday."""
        return Holiday.objects.all()

    def key_in(self, row: Any) -> Key:
        """Return the day."""
        return (self.fields["date"].clean(row),)

    def key_of(self, instance: Holiday) -> Key:
        """Return the day."""
        return (instance.date,)

    def new(self, row: Any) -> Holiday:
        """Return a new holiday."""
        return Holiday(date=self.fields["date"].clean(row))


class CalendarEntryResource(YearResource):
    """Windows of a year's assessment by fiscal year and name."""

    key = "calendar"
    year_path = "framework__fiscal_year"

    fiscal_year = year_column("framework__fiscal_year")
    name = column("รายการ", "name", readonly=True, example="เก็บข้อมูลแบบวัด EIT")
    starts_on = column("ตั้งแต่", "starts_on", ThaiDate())
    ends_on = column("ถึง", "ends_on", ThaiDate())
    source = column("ที่มา", "source", hint=UNSOURCED)

    class Meta:
        model = CalendarEntry
        name = "ปฏิทินการประเมิน"
        fields = ("fiscal_year", "name", "starts_on", "ends_on", "source")
        import_id_fields = ("fiscal_year", "name")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch the years."""
        return queryset.select_related("framework").order_by(
            "framework__fiscal_year", "starts_on", "name"
        )

    def stored(self, group: int) -> Any:
        """Return the calendar of the year."""
        return self.filter_export(CalendarEntry.objects.filter(framework__fiscal_year=group))

    def key_in(self, row: Any) -> Key:
        """Return the year and the name."""
        return (self.group_of(row), self.cell(row, "name"))

    def key_of(self, instance: CalendarEntry) -> Key:
        """Return the year and the name."""
        return (instance.framework.fiscal_year, instance.name)

    def new(self, row: Any) -> CalendarEntry:
        """Return a new window of the year's framework."""
        framework = self.lookups.framework(self.group_of(row))
        return CalendarEntry(framework=framework, name=self.cell(row, "name"))
