"""The sheet of progress: one row per measure, division and round."""

from typing import Any

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures.domain.errors import Conflict, Invalid, Stale
from measures.domain.recording import progress
from measures.models import ProgressEntry, ProgressStatus, ReportingRound
from measures.resources.base import (
    BadCell,
    BadCells,
    Choice,
    Number,
    SheetResource,
    as_typed,
    column,
)
from measures.resources.keyed import division_names
from measures.resources.progress_marks import WORDS, cells_of, mark_of, seen_by


class ProgressResource(SheetResource):
    """Entries by organisation, fiscal year, round, number of the measure, and division.

    Rows fill in the entries that the plan asks for; they never make others. The mark in the last
    column says which texts the sheet was made from: what somebody saved since is not overwritten.
    """

    key = "progress"
    version = 2
    year_path = "round__fiscal_year"
    months_path = "round__months"

    slug = column("หน่วยงาน", "measure__organisation__slug", readonly=True)
    fiscal_year = column("ปีงบประมาณ", "round__fiscal_year", Number(), readonly=True)
    months = column("รอบ (เดือน)", "round__months", Number(), readonly=True)
    number = column("มาตรการที่", "measure__number", Number(), readonly=True)
    division = column("ส่วนราชการ", "division__name", readonly=True, choices=division_names)
    status = column(
        "สถานะการดำเนินการ",
        "status_cell",
        Choice(ProgressStatus.choices, blank=True),
        hint="เว้นว่างหากยังไม่เลือกสถานะ",
    )
    status_note = column("หมายเหตุสถานะ", "status_note")
    result = column("ผลการดำเนินการ", "result")
    outcome = column("ผลลัพธ์/ความสำเร็จ", "outcome")
    suggestion = column("ข้อเสนอแนะ", "suggestion")
    mark = column(
        "รหัสฉบับ",
        "mark",
        readonly=True,
        hint="ระบบใช้ตรวจว่ามีผู้บันทึกหลังส่งออกหรือไม่ ไม่ต้องแก้",
    )

    class Meta:
        model = ProgressEntry
        name = "ผลการดำเนินการ"
        fields = (
            "slug",
            "fiscal_year",
            "months",
            "number",
            "division",
            "status",
            "status_note",
            "result",
            "outcome",
            "suggestion",
            "mark",
        )
        import_id_fields = ("slug", "fiscal_year", "months", "number", "division")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep the entries of each round that the sheet names."""
        super().__init__(*args, **kwargs)
        self._entries: dict[tuple[str, int, int], list[ProgressEntry]] = {}

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch what the key is made of with the rows."""
        return queryset.select_related("measure__organisation", "division", "round").order_by(
            "measure__organisation",
            "-round__fiscal_year",
            "round__months",
            "measure__number",
            "division__order",
            "division__name",
        )

    def export_resource(self, instance: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """Return the cells of a row, with its mark."""
        _put_cells(instance)
        return super().export_resource(instance, *args, **kwargs)

    def get_instance(self, instance_loader: Any, row: Any) -> ProgressEntry:
        """Return the entry that the key names, or raise Invalid: rows make no new entries."""
        number = self.key_number(row, "number")
        division = as_typed(row[self.fields["division"].column_name])
        for entry in self._entries_of_round(row):
            if entry.measure.number == number and (
                normalise_compact(entry.division.name) == normalise_compact(division)
            ):
                return entry
        raise Invalid(
            _("มาตรการที่ %(number)s ไม่มี “%(division)s” เป็นผู้รายงานในรอบนี้")
            % {"number": number, "division": division}
        )

    def _entries_of_round(self, row: Any) -> list[ProgressEntry]:
        organisation = self.organisation(row)
        fiscal_year, months = self.key_number(row, "fiscal_year"), self.key_number(row, "months")
        key = (organisation.slug, fiscal_year, months)
        if key not in self._entries:
            reporting_round = ReportingRound.objects.filter(
                organisation=organisation, fiscal_year=fiscal_year, months=months
            ).first()
            if reporting_round is None:
                raise Invalid(
                    _("ยังไม่ได้เปิดรอบ %(months)s เดือน ปีงบประมาณ %(year)s")
                    % {"months": months, "year": fiscal_year}
                )
            self._entries[key] = progress.entries_of(reporting_round)
        return self._entries[key]

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """Put the status where its column finds it."""
        _put_cells(instance)

    def _values_of(self, row: Any, fields: Any) -> Any:
        """Leave out what the sheet holds as it was given out, whatever was saved since."""
        values = super()._values_of(row, fields)
        entry: Any = self.get_instance(None, row)
        entry.seen = seen_by(as_typed(row.get(self.fields["mark"].column_name)), entry)
        return [
            (field, value)
            for field, value in values
            if field.readonly or entry.seen.cells.get(field.attribute) != value
        ]

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Record by the verb, over the version that the sheet was made from."""
        if not instance.seen.is_known:
            raise Stale(_("แถวนี้มีผู้บันทึกหลังส่งออกแผ่นงาน และไม่พบฉบับที่ส่งออก โปรดส่งออกแผ่นงานใหม่แล้วแก้อีกครั้ง"))
        try:
            self._record(instance)
        except Conflict as conflict:
            raise BadCells(*self._conflicts(conflict)) from conflict

    def _record(self, instance: Any) -> None:
        version = instance.seen.version
        if instance.status_cell:
            progress.record(
                instance,
                by=self.user,
                version=version,
                status=instance.status_cell,
                **{name: getattr(instance, name) for name in WORDS},
            )
            return
        if instance.has_status:
            raise Invalid(_("รายการนี้รายงานสถานะแล้ว จึงเว้นสถานะว่างไม่ได้ โปรดเลือกสถานะ"))
        for name in WORDS:
            # Words alone are no report yet: the status stays to be chosen.
            progress.save_field(
                instance, name, getattr(instance, name), by=self.user, version=version
            )

    def _conflicts(self, conflict: Conflict) -> list[BadCell]:
        return [
            BadCell(
                heading=str(self.fields[each.field].column_name),
                value=each.yours.shown,
                message=_("มีผู้อื่นบันทึกช่องนี้เป็น “%s” หลังส่งออกแผ่นงาน") % each.theirs.shown,
                remedy=_("โปรดส่งออกแผ่นงานใหม่แล้วแก้อีกครั้ง"),
            )
            for each in conflict.fields
        ]


def _put_cells(entry: Any) -> None:
    cells = cells_of(entry)
    entry.status_cell = cells["status_cell"]
    entry.mark = mark_of(cells)
