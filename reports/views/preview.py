"""A document before it is published, as page and as PDF: exactly what will be printed."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.domain import publications
from measures.domain.public import PublicDocument, evidence_file, public_document
from measures.models import Document, EvidenceKind, Publication
from measures.views.access import DeskRequest, desk_page
from measures.views.documents import own_document
from reports.publishing import render as render_document


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


def _shown(document: Document) -> PublicDocument:
    return public_document(_as_if_published(document))


@require_safe
@desk_page
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the content as the page that the public will read."""
    record = own_document(request, pk)
    context = {
        "record": record,
        "organisation": record.organisation,
        "document": _shown(record),
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
    response = FileResponse(
        default_storage.open(path, "rb"),
        content_type="image/jpeg" if kind == EvidenceKind.PHOTO else "application/pdf",
    )
    response["Cache-Control"] = "private, max-age=600"
    return response


@require_safe
@desk_page
def pdf(request: DeskRequest, pk: int) -> HttpResponse:
    """Answer with the PDF as it would be printed now."""
    document = own_document(request, pk)
    _content, data = render_document(document)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="document-{document.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    # The browser's PDF viewer is a plug-in of the page it shows; our policy would forbid it.
    response._csp_exempt = True  # type: ignore[attr-defined]
    return response
