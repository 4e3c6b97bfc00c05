"""A document before it is published, as a page: exactly what will be printed."""

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.domain.filing.evidence_files import CONTENT_TYPES, SHOWN_BY_BROWSERS
from measures.domain.publishing import publications
from measures.domain.publishing.public import evidence_file, public_document
from measures.models import Document, Publication
from measures.views import remarks
from measures.views.access import DeskRequest, desk_page
from measures.views.documents import own_document
from reports import publishing


def _as_if_published(document: Document) -> Publication:
    """Return an unsaved publication of what the document says now, to be read like a real one."""
    return Publication(
        organisation=document.organisation,
        kind=document.kind,
        fiscal_year=document.fiscal_year,
        round_months=document.round.months if document.round else None,
        content=publications.content_of(document),
        published_at=timezone.now(),
    )


@require_safe
@desk_page
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the content as the page that the public will read."""
    record = own_document(request, pk)
    publication = _as_if_published(record)
    context = {
        "record": record,
        "organisation": record.organisation,
        "document": public_document(publication),
        "obstacles": publishing.obstacles_of(publication.content),
        "remarks": remarks.panel(request, record, page="preview", content=publication.content),
    }
    return render(request, "reports/screens/preview.html", context)


@require_safe
@desk_page
def evidence(request: DeskRequest, pk: int, sha256: str) -> FileResponse:
    """Answer a file that the previewed document names, to its own office."""
    found = evidence_file(_as_if_published(own_document(request, pk)), sha256)
    if found is None or not default_storage.exists(found[1]):
        raise Http404
    kind, path = found
    ending = PurePosixPath(path).suffix.lstrip(".")
    response = FileResponse(
        default_storage.open(path, "rb"),
        as_attachment=kind not in SHOWN_BY_BROWSERS,
        filename=f"{sha256[:12]}.{ending}",
        content_type=CONTENT_TYPES[ending],
    )
    response["Cache-Control"] = "private, max-age=600"
    return response
