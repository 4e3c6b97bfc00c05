"""A published document and its files: they stay at their address for ever."""

import logging
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from measures.domain.filing.evidence_files import CONTENT_TYPES, SHOWN_BY_BROWSERS
from measures.domain.publishing.public import document_name, evidence_file, public_document
from measures.models import Organisation, Publication
from measures.views.file_responses import stored_file

logger = logging.getLogger(__name__)


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
    return _published_file(
        request,
        publication.pdf,
        sha256=publication.pdf_sha256,
        filename=f"{_filename(publication)}.pdf",
    )


@require_safe
def archive(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """Answer the variant that is kept for good, with the content attached as data."""
    publication = _publication(slug, code)
    if not publication.archive_sha256:
        raise Http404(_("เอกสารนี้ไม่มีไฟล์ PDF ถาวร"))
    return _published_file(
        request,
        publication.archive,
        sha256=publication.archive_sha256,
        filename=f"{_filename(publication)}-{_('ฉบับถาวร')}.pdf",
    )


def _published_file(
    request: HttpRequest, field: FieldFile, *, sha256: str, filename: str
) -> HttpResponseBase:
    try:
        return stored_file(
            request,
            str(field.name),
            sha256=sha256,
            content_type="application/pdf",
            filename=filename,
        )
    except FileNotFoundError as missing:
        # Nobody but the keeper of the install can mend it; /verify/ tells it to everybody.
        logger.error("A published file is missing: %s", field.name)
        raise Http404(_("ไม่พบไฟล์ของเอกสารนี้ในที่เก็บ")) from missing


def _filename(publication: Publication) -> str:
    """Return a name that tells a saved file apart: kind, year, round, office, code."""
    organisation: Organisation = publication.organisation
    kind = document_name(publication.round_months)
    name = f"{kind} {publication.fiscal_year} {organisation.short_name} {publication.code}"
    return name.replace("/", "-").replace(" ", "-")


@require_safe
def evidence(request: HttpRequest, slug: str, code: str, sha256: str) -> HttpResponseBase:
    """Answer a file that this publication names; every other file is not there."""
    found = evidence_file(_publication(slug, code), sha256)
    ending = PurePosixPath(found[1]).suffix.lower().lstrip(".") if found else ""
    if found is None or ending not in CONTENT_TYPES or not default_storage.exists(found[1]):
        raise Http404(_("ไม่มีไฟล์นี้ในเอกสารที่เผยแพร่"))
    return stored_file(
        request,
        found[1],
        sha256=sha256,
        content_type=CONTENT_TYPES[ending],
        filename=f"{sha256[:12]}.{ending}",
        is_to_save=found[0] not in SHOWN_BY_BROWSERS,
    )
