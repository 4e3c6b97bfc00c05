"""Everything tabular at the desk: out as Excel or csv, back in with a preview first."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ita_portal.thai.periods import fiscal_year_of
from measures import permissions
from measures.domain.errors import Invalid, Locked, Stale
from measures.domain.importing import running, uploads
from measures.forms.sheets import NarrowingForm, SheetFileForm
from measures.models import FileImport, Framework, ImportKind, Organisation, ReportingRound
from measures.models.organisations import organisation_of
from measures.resources import SHEETS, sheet_imports, workbooks
from measures.resources.base import SheetResource
from measures.resources.previews import Preview
from measures.views.access import DeskRequest, attempt, desk_page, is_part_of_a_page
from measures.views.imports import own_import

WAITING_SHOWN = 10
FORMS = ("xlsx", "csv", "blank")


@require_safe
@desk_page
def index(request: DeskRequest) -> HttpResponse:
    """Show every sheet that the person may take out and bring back."""
    office = _own_office(request)
    sheets = [sheet for sheet in SHEETS.values() if _may(request, sheet, office)]
    waiting = FileImport.objects.visible_to(request.user).unconfirmed()
    waiting = waiting.filter(kind=ImportKind.SHEET, organisation=office).defer("draft", "report")
    context = {
        "organisation": office,
        "sheets": [(sheet.key, sheet.get_display_name()) for sheet in sheets],
        "waiting": waiting[:WAITING_SHOWN],
    }
    return render(request, "desk/sheets/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new(request: DeskRequest, key: str) -> HttpResponse:
    """Hand the sheet out, and take it back; a file with mistakes is answered with all of them."""
    sheet, office = _sheet(request, key)
    narrowing = _narrowing(request, sheet, office)
    form = SheetFileForm(request.POST or None, request.FILES or None)
    preview: Preview | None = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            staged = sheet_imports.stage(
                uploads.bytes_of(upload),
                name=upload.name,
                resource=_resource(request, sheet, office, narrowing),
            )
        except sheet_imports.SheetRefused as refusal:
            preview = refusal.preview
            form.add_error("file", str(refusal))
        except Invalid as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("desk:sheet_import", staged.pk)
    context = {
        "organisation": office,
        "key": key,
        "title": sheet.get_display_name(),
        "form": form,
        "narrowing": narrowing if sheet.year_path else None,
        "chosen": narrowing.cleaned_data,
        "query": _query(narrowing),
        "preview": preview,
        "most_megabytes": uploads.most_megabytes(),
        "most_rows": settings.IMPORT_MAX_ROWS,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/sheets/new.html", context, status=status)


@require_safe
@desk_page
def export(request: DeskRequest, key: str, form: str) -> HttpResponse:
    """Answer with the sheet: ``xlsx`` or ``csv`` with what is stored, ``blank`` to be filled in."""
    sheet, office = _sheet(request, key)
    if form not in FORMS:
        raise Http404
    narrowing = _narrowing(request, sheet, office)
    resource = _resource(request, sheet, office, narrowing)
    try:
        if form == "csv":
            content = workbooks.csv_of(resource, resource.own_rows())
        else:
            rows = resource.own_rows()
            content = workbooks.workbook_of(resource, rows.none() if form == "blank" else rows)
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:sheet_import_new", key)
    extension = "csv" if form == "csv" else "xlsx"
    response = HttpResponse(content, content_type=workbooks.CONTENT_TYPES[extension])
    name = _file_name(resource, is_blank=form == "blank")
    disposition = content_disposition_header(True, f"{name}.{extension}")
    response["Content-Disposition"] = str(disposition)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@desk_page
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what the file would do, how far it is, or what it did."""
    found = _own_sheet_import(request, pk)
    is_on_its_way = running.is_on_its_way(found) and not running.is_stuck(found)
    context = {
        "file_import": found,
        "title": SHEETS[found.sheet].get_display_name(),
        "preview": sheet_imports.preview_in(found),
        "is_on_its_way": is_on_its_way,
        "is_stuck": running.is_stuck(found),
    }
    if is_part_of_a_page(request):
        response = render(request, "desk/sheets/_progress.html", context)
        if not is_on_its_way:
            response["HX-Refresh"] = "true"  # the page shows the outcome
        return response
    return render(request, "desk/sheets/show.html", context)


@require_POST
@desk_page
def confirm(request: DeskRequest, pk: int) -> HttpResponse:
    """Store what the preview shows; where the data has moved on, show the preview anew."""
    found = _own_sheet_import(request, pk)
    try:
        stored = sheet_imports.confirm(found, by=request.user, seen=request.POST.get("seen", ""))
    except (Invalid, Locked, Stale) as refusal:
        messages.error(request, str(refusal))
    else:
        if stored.confirmed_at is not None:
            messages.success(request, _("นำเข้าแล้ว"))
    return redirect("desk:sheet_import", pk)


@require_POST
@desk_page
def discard(request: DeskRequest, pk: int) -> HttpResponse:
    """Give up an import; nothing of it stays."""
    found = _own_sheet_import(request, pk)
    return attempt(
        request,
        lambda: uploads.discard(found, by=request.user),
        success=_("ยกเลิกแล้ว ไฟล์ถูกลบ ไม่มีข้อมูลใดเปลี่ยน"),
        back=reverse("desk:sheets"),
    )


def _own_office(request: DeskRequest) -> Organisation | None:
    """Return the person's office; None for the administrator without one, who sees all offices."""
    office = organisation_of(request.user)
    if office is None and not request.user.is_superuser:
        raise Http404
    permissions.can_manage(request.user, office).or_raise()
    return office


def _may(request: DeskRequest, sheet: type[SheetResource], office: Organisation | None) -> bool:
    owner = sheet_imports.office_of(sheet, office)
    return bool(permissions.can_manage(request.user, owner))


def _sheet(request: DeskRequest, key: str) -> tuple[type[SheetResource], Organisation | None]:
    """Return the sheet of this address and whose rows it takes, or refuse."""
    office = _own_office(request)
    if key not in SHEETS:
        raise Http404
    owner = sheet_imports.office_of(SHEETS[key], office)
    permissions.can_manage(request.user, owner).or_raise()
    return SHEETS[key], owner


def _own_sheet_import(request: DeskRequest, pk: int) -> FileImport:
    found = own_import(request, pk)
    if found.kind != ImportKind.SHEET or found.sheet not in SHEETS:
        raise Http404
    return found


def _narrowing(
    request: DeskRequest, sheet: type[SheetResource], office: Organisation | None
) -> NarrowingForm:
    """Return the year and round of the query; an unknown one is not found."""
    years = {fiscal_year_of(timezone.localdate())}
    if sheet.year_path:
        rounds = ReportingRound.objects.all()
        if office is not None:
            rounds = rounds.of_organisation(office)
        years.update(rounds.values_list("fiscal_year", flat=True))
        years.update(Framework.objects.values_list("fiscal_year", flat=True))
    form = NarrowingForm(
        request.GET, years=sorted(years, reverse=True), has_months=bool(sheet.months_path)
    )
    if not form.is_valid():
        raise Http404
    return form


def _resource(
    request: DeskRequest,
    sheet: type[SheetResource],
    office: Organisation | None,
    narrowing: NarrowingForm,
) -> SheetResource:
    return sheet(user=request.user, office=office, **narrowing.cleaned_data)


def _query(narrowing: NarrowingForm) -> str:
    """Return the chosen year and round as they stand in an address, with the question mark."""
    chosen = [f"{name}={value}" for name, value in narrowing.cleaned_data.items() if value]
    return f"?{'&'.join(chosen)}" if chosen else ""


def _file_name(resource: SheetResource, *, is_blank: bool) -> str:
    parts: list[Any] = [
        _("แบบ") if is_blank else "",
        resource.get_display_name(),
        resource.office.slug if resource.office is not None else "",
        resource.fiscal_year or "",
        _("รอบ%s") % resource.months if resource.months else "",
    ]
    return " ".join(str(part) for part in parts if part).replace("/", "-")
