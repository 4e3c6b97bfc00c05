"""Sheets in and out of a list (xlsx, csv): the same files, checks and preview as at the desk."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import CharField, HiddenInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import Format
from import_export.forms import ConfirmImportForm
from unfold.contrib.import_export.forms import ExportForm, ImportForm

from measures.admin.base import person
from measures.domain.errors import Invalid
from measures.domain.importing import uploads
from measures.models import User
from measures.models.organisations import organisation_of
from measures.permissions import NotAllowed
from measures.resources import sheet_files, sheet_imports, workbooks
from measures.resources.base import SheetResource

PROBLEMS_TOLD = 20  # of a long file; who has more mends these first
EXTENSIONS = ("xlsx", "csv")  # their places are what the choice of format sends


class TooLongHere(Invalid):
    """A file that is read by a worker, with its progress shown."""


class SheetFormat(Format):
    """A file of one kind for one sheet, read and written as at the desk."""

    def __init__(
        self, extension: str, sheet: type[SheetResource], encoding: str | None = None
    ) -> None:
        """Keep the kind of file and the sheet; the encoding is found out from the file."""
        self.extension = extension
        self.sheet = sheet

    def get_title(self) -> str:
        """Return the kind of file."""
        return self.extension

    def get_extension(self) -> str:
        """Return how the file's name ends."""
        return self.extension

    def get_content_type(self) -> str:
        """Return the media type."""
        return workbooks.CONTENT_TYPES[self.extension]

    def can_import(self) -> bool:
        """Return that it can be read."""
        return True

    def can_export(self) -> bool:
        """Return that it can be written."""
        return True

    def create_dataset(self, in_stream: bytes) -> sheet_files.SheetData:
        """Return the rows of the file.

        Raises Invalid for what the desk refuses, too, and TooLongHere for what a worker is to read.
        """
        # Nobody in particular: what a row may do is asked when it is imported.
        table = sheet_files.read(in_stream, self.sheet(user=User()))
        if len(table) > settings.IMPORT_ROWS_IN_BACKGROUND:
            raise TooLongHere(_("ไฟล์ยาว ระบบจะอ่านเบื้องหลัง"))
        return table


class SheetConfirmForm(ConfirmImportForm):
    """The confirmation, with what was shown: another outcome is not stored."""

    expected = CharField(widget=HiddenInput, required=False)


class SheetsAdmin(ImportExportMixin):
    """Import with a dry run, and export of what the list shows."""

    resource_classes: list[type[SheetResource]]
    import_form_class = ImportForm
    export_form_class = ExportForm
    confirm_form_class = SheetConfirmForm
    skip_admin_log = True  # the verbs log each row
    show_change_form_export = False

    def get_import_formats(self) -> list[Any]:
        """Return the kinds of files, for the sheet of this list."""
        return [partial(SheetFormat, name, self.resource_classes[0]) for name in EXTENSIONS]

    get_export_formats = get_import_formats

    def get_resource_kwargs(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Tell the resource who imports or exports."""
        return {"user": person(request)}

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> Any:
        """Tell it whose choices the drop-downs offer, too."""
        user = person(request)
        office = None if user.is_superuser else organisation_of(user)
        return {**self.get_resource_kwargs(request), "office": office}

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Ask for all rows or none, and for what the preview showed."""
        form = kwargs.get("form")
        expected = form.cleaned_data.get("expected", "") if form is not None else ""
        return {
            **super().get_import_data_kwargs(**kwargs),
            "rollback_on_validation_errors": True,
            "expected": expected,
        }

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        """Say what is wrong with a file in our own words where we know."""
        form.is_for_worker = isinstance(e, TooLongHere)
        if isinstance(e, NotAllowed):
            form.add_error("import_file", str(e))
        else:
            super().add_data_read_fail_error_to_form(form, e)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the dry run; what is refused leaves no file behind."""
        response = super().import_action(request, **kwargs)
        context = getattr(response, "context_data", None) or {}
        if confirm_form := context.get("confirm_form"):
            confirm_form.initial["expected"] = context["result"].fingerprint()
        elif request.method == "POST" and "import_file" in context["form"].files:
            upload = context["form"].files["import_file"]
            if name := getattr(upload, "tmp_storage_name", ""):
                self.get_tmp_storage_class()(name=name, read_mode="rb").remove()
            if getattr(context["form"], "is_for_worker", False):
                return self._read_by_worker(request, upload)
        return response  # type: ignore[no-any-return]

    def _read_by_worker(self, request: HttpRequest, upload: Any) -> HttpResponse:
        """Hand a long file to a worker, as the desk does, and lead to the page of its progress."""
        sheet, user = self.resource_classes[0], person(request)
        office = None if user.is_superuser else organisation_of(user)
        resource = sheet(user=user, office=sheet_imports.office_of(sheet, office))
        try:
            staged = sheet_imports.stage(
                uploads.bytes_of(upload), name=upload.name, resource=resource
            )
        except sheet_imports.SheetRefused as refusal:
            messages.error(request, str(refusal))
            for problem in refusal.preview.problems[:PROBLEMS_TOLD]:
                told = filter(None, (problem.heading, problem.message))
                messages.error(request, f"{_('บรรทัดที่')} {problem.line}: {': '.join(told)}")
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect("desk:sheet_import", staged.pk)
        return redirect(f"admin:measures_{self.opts.model_name}_import")

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

    def get_export_data(
        self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any
    ) -> bytes:
        """Return what the list shows as the sheet that comes back."""
        chosen = self.choose_export_resource_class(kwargs.get("export_form"), request)
        resource = chosen(**self.get_export_resource_kwargs(request))
        write = workbooks.csv_of if file_format.extension == "csv" else workbooks.workbook_of
        return write(resource, queryset)

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Hand the sheet out; say which text is too long for Excel where one is."""
        try:
            return super().export_action(request)  # type: ignore[no-any-return]
        except Invalid as refusal:
            messages.error(request, str(refusal))
            return redirect(f"admin:measures_{self.opts.model_name}_changelist")
