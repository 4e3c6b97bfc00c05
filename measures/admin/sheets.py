"""Sheets in and out of a list (xlsx, csv), over the resources and so over the verbs."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from unfold.contrib.import_export.forms import ExportForm, ImportForm

from measures.admin.base import person


class SheetsAdmin(ImportExportMixin):
    """Import with a dry run, and export of what the list shows."""

    formats = [XLSX, CSV]
    import_form_class = ImportForm
    export_form_class = ExportForm
    to_encoding = "utf-8-sig"  # without the mark Excel reads Thai in a csv as gibberish
    skip_admin_log = True  # the verbs log each row
    show_change_form_export = False

    def get_resource_kwargs(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Tell the resource who imports or exports."""
        return {"user": person(request)}

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Ask for all rows or none."""
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Say what was written; where the data changed since the dry run, that nothing was."""
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)  # type: ignore[no-any-return]
        reasons = [str(error.error) for error in result.base_errors] + [
            f"{_('บรรทัดที่')} {number}: {error.error}"
            for number, errors in result.row_errors()
            for error in errors
        ]
        messages.error(
            request, _("ไม่ได้นำเข้าข้อมูลใดเลย: %(reasons)s") % {"reasons": "; ".join(reasons)}
        )
        return redirect(f"admin:measures_{self.opts.model_name}_import")
