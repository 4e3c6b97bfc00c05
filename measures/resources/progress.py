"""The sheet of progress: one row per measure, division and round."""

from typing import Any

from django.utils.translation import gettext as _
from import_export import widgets

from ita_portal.thai.words import normalise_compact
from measures.domain.errors import Invalid
from measures.domain.recording import progress
from measures.models import ProgressEntry, ProgressStatus, ReportingRound
from measures.resources.base import Number, SheetResource, as_typed, column


class Status(widgets.Widget):
    """A cell with one of the three statuses, in the words of the status table."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the status, or raise ValueError in Thai."""
        text = as_typed(value)
        for status in ProgressStatus:
            if normalise_compact(text) == normalise_compact(str(status.label)):
                return status.value
        known = ", ".join(str(status.label) for status in ProgressStatus)
        raise ValueError(
            _("ไม่รู้จักสถานะ “%(text)s” โปรดใช้ %(known)s") % {"text": text, "known": known}
        )

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the words."""
        return str(ProgressStatus(value).label)


class ProgressResource(SheetResource):
    """Entries by organisation, fiscal year, round, number of the measure, and division.

    Rows fill in the entries that the plan asks for; they never make others.
    """

    slug = column("หน่วยงาน", "measure__organisation__slug", readonly=True)
    fiscal_year = column("ปีงบประมาณ", "round__fiscal_year", Number(), readonly=True)
    months = column("รอบ (เดือน)", "round__months", Number(), readonly=True)
    number = column("มาตรการที่", "measure__number", Number(), readonly=True)
    division = column("ส่วนราชการ", "division__name", readonly=True)
    status = column("สถานะการดำเนินการ", "status", Status())
    status_note = column("หมายเหตุสถานะ", "status_note")
    result = column("ผลการดำเนินการ", "result")
    outcome = column("ผลลัพธ์/ความสำเร็จ", "outcome")
    suggestion = column("ข้อเสนอแนะ", "suggestion")

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
        )
        import_id_fields = ("slug", "fiscal_year", "months", "number", "division")
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def __init__(self, **kwargs: Any) -> None:
        """Keep the entries of each round that the sheet names."""
        super().__init__(**kwargs)
        self._entries: dict[tuple[str, int, int], list[ProgressEntry]] = {}

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch what the key is made of with the rows."""
        return queryset.select_related("measure__organisation", "division", "round")

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

    def do_instance_save(self, instance: ProgressEntry, is_create: bool) -> None:
        """Record by the verb."""
        progress.record(
            instance,
            by=self.user,
            version=instance.version,
            status=instance.status,
            status_note=instance.status_note,
            result=instance.result,
            outcome=instance.outcome,
            suggestion=instance.suggestion,
        )
