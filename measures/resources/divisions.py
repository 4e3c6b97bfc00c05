"""The sheet of divisions: one row per division or sub-unit, each under the one it hangs on."""

from typing import Any

from measures.models import Division, Organisation
from measures.resources.base import Number, ThaiDate, column
from measures.resources.keyed import Key, KeyedResource, Shown, division_names, parents_first


class DivisionResource(KeyedResource):
    """Divisions by organisation and name."""

    key = "divisions"

    name = column("ส่วนราชการ", "name", readonly=True, example="งานนิติการ")
    parent = column(
        "สังกัดส่วนราชการ",
        "parent",
        Shown(lambda division: division.name),
        choices=division_names,
        example="สำนักปลัด",
        hint="เว้นว่างสำหรับกองหรือสำนัก แถวของส่วนราชการที่สังกัดต้องอยู่ก่อนแถวนี้",
    )
    aliases = column(
        "ชื่ออื่นที่ใช้เรียก", "aliases", example="สำนักงานปลัด", hint="บรรทัดละหนึ่งชื่อ (Alt+Enter)"
    )
    order = column("ลำดับ", "order", Number(), example="1")
    closed_on = column("ยุบเลิกเมื่อ", "closed_on", ThaiDate(), hint="เว้นว่างหากยังมีอยู่")

    class Meta:
        model = Division
        name = "ส่วนราชการ"
        fields = ("slug", "name", "parent", "aliases", "order", "closed_on")
        import_id_fields = ("slug", "name")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch what the cells name."""
        return queryset.select_related("organisation", "parent")

    def iter_queryset(self, queryset: Any) -> Any:
        """Return each division before its sub-units."""
        return parents_first(queryset, parent="parent_id")

    def stored(self, group: Organisation) -> Any:
        """Return the divisions of the office."""
        return self.lookups.divisions(group).values()

    def key_in(self, row: Any) -> Key:
        """Return the office and the name."""
        return (self.organisation(row).pk, self.cell(row, "name"))

    def key_of(self, instance: Division) -> Key:
        """Return the office and the name."""
        return (instance.organisation_id, instance.name)

    def new(self, row: Any) -> Division:
        """Return a new division of the office."""
        return Division(organisation=self.organisation(row), name=self.cell(row, "name"))

    def read_parent(self, row: Any, text: str) -> Division | None:
        """Return the division that the row hangs on, of the office or of a row above."""
        return self.lookups.division(self.organisation(row), text) if text else None

    def store(self, instance: Division) -> None:
        """Store by the verb; rows below may hang on it."""
        super().store(instance)
        self.lookups.divisions(instance.organisation)[instance.name] = instance
