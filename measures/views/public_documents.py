"""A published document and its files: they stay at their address for ever."""

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from measures.domain.public import evidence_file, public_document
from measures.models import Organisation, Publication

# A browser may keep a file this long without asking; taking one down takes effect after it.
KEPT_SECONDS = 3600
CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
}


def _publication(slug: str, code: str) -> Publication:
    found: Publication = get_object_or_404(
        Publication.objects.select_related(
            "organisation", "document", "supersedes", "superseded_by__document"
        ),
        organisation__slug=slug,
        code=code,
    )
    return found


@require_safe
def document(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show a published document whole; a superseded one says so and names the newer one."""
    publication = _publication(slug, code)
    newer = publication.superseded_by if publication.is_superseded() else None
    return render(
        request,
        "public/document.html",
        {
            "organisation": publication.organisation,
            "document": public_document(publication),
            "newer": newer,
            "newer_reason": newer.document.correction_reason if newer else "",
            "older": publication.supersedes,
            "older_reason": publication.document.correction_reason,
        },
    )


@require_safe
def pdf(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """Answer the very bytes that were published."""
    publication = _publication(slug, code)
    return _file(
        request,
        str(publication.pdf.name),
        etag=publication.pdf_sha256,
        content_type="application/pdf",
        filename=_filename(publication),
    )


def _filename(publication: Publication) -> str:
    """Return a name that tells a saved file apart: kind, year, round, office, code."""
    shown = public_document(publication)
    organisation: Organisation = publication.organisation
    name = f"{shown.name()} {shown.fiscal_year} {organisation.short_name} {shown.code}.pdf"
    return name.replace("/", "-").replace(" ", "-")


@require_safe
def evidence(request: HttpRequest, slug: str, code: str, sha256: str) -> HttpResponseBase:
    """Answer a file that this publication names; every other file is not there."""
    found = evidence_file(_publication(slug, code), sha256)
    content_type = CONTENT_TYPES.get(PurePosixPath(found[1]).suffix.lower()) if found else None
    if found is None or content_type is None or not default_storage.exists(found[1]):
        raise Http404(_("ไม่มีไฟล์นี้ในเอกสารที่เผยแพร่"))
    return _file(
        request,
        found[1],
        etag=sha256,
        content_type=content_type,
        filename=f"{sha256[:12]}{PurePosixPath(found[1]).suffix.lower()}",
    )


def _file(
    request: HttpRequest, path: str, *, etag: str, content_type: str, filename: str
) -> HttpResponseBase:
    """Answer a stored file to be shown in the browser, or 304 where the browser has it."""
    quoted_etag = f'"{etag}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=quoted_etag)
    if response is None:
        opened = default_storage.open(path, "rb")
        response = FileResponse(opened, content_type=content_type, filename=filename)
    response["ETag"] = quoted_etag
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response
