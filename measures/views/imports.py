"""The ways in and out of the portal by file, and every import of the office."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from measures import permissions
from measures.domain.filing.evidence_files import CONTENT_TYPES
from measures.domain.importing import uploads
from measures.models import FileImport, ImportKind
from measures.views.access import DeskRequest, attempt, desk_page, own_organisation

ROWS_ON_PAGE = 25
# The page of one import, by what it is read as; what this install lacks is not found.
PAGES = {
    ImportKind.PLAN: "desk:plan_import",
    ImportKind.SCORES: "desk:score_import",
    ImportKind.SHEET: "desk:sheet_import",
    ImportKind.KIT: "desk:kit_import",
}


def own_import(request: DeskRequest, pk: int) -> FileImport:
    """Return an import of the office for its coordinator, or answer 404 to strangers."""
    visible = FileImport.objects.visible_to(request.user)
    found: FileImport = get_object_or_404(visible.select_related("organisation"), pk=pk)
    permissions.can_manage(request.user, found.organisation).or_raise()
    return found


@require_safe
@desk_page
def index(request: DeskRequest) -> HttpResponse:
    """Show the ways in, and the imports of the office, newest first."""
    organisation = own_organisation(request)
    permissions.can_coordinate(request.user, organisation).or_raise()
    imports = FileImport.objects.of_organisation(organisation).select_related(
        "uploaded_by", "confirmed_by", "round"
    )
    # Drafts hold whole files: not for a list.
    page = Paginator(imports.defer("draft", "report"), ROWS_ON_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"organisation": organisation, "page": page}
    return render(request, "desk/imports/index.html", context)


@require_safe
@desk_page
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Lead to the page of an import, whatever it is read as."""
    found = own_import(request, pk)
    try:
        return redirect(reverse(PAGES[ImportKind(found.kind)], args=[found.pk]))
    except NoReverseMatch as error:
        raise Http404 from error


@require_POST
@desk_page
def discard(request: DeskRequest, pk: int) -> HttpResponse:
    """Give up an import that nobody confirmed; its file goes with it."""
    found = own_import(request, pk)
    return attempt(
        request,
        lambda: uploads.discard(found, by=request.user),
        success=_("ยกเลิกการนำเข้าและลบไฟล์แล้ว ไม่มีข้อมูลใดเปลี่ยน"),
        back=reverse("desk:imports"),
    )


@require_safe
@desk_page
def file(request: DeskRequest, pk: int) -> FileResponse:
    """Hand the file back as it was uploaded."""
    found = own_import(request, pk)
    if not found.file:  # one that failed has been let go with its file
        raise Http404
    extension = str(found.file.name).rpartition(".")[2]
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.file_name,
        content_type=CONTENT_TYPES.get(extension, "application/octet-stream"),
    )
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
