"""A draft as somebody outside reads it over a secret link: read-only, without sign-in.

A wrong, an expired and a revoked secret get one and the same answer, so that nobody learns from it
which drafts there are. Nothing here may be kept by a browser, indexed, or told to other sites.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import PurePosixPath
from typing import Concatenate, ParamSpec

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.domain.filing.evidence_files import CONTENT_TYPES, SHOWN_BY_BROWSERS
from measures.domain.publishing import reviews
from measures.domain.publishing.public import evidence_file, public_document
from measures.models import Publication, ReviewLink
from reports import reviewing

DRAWING_ASKED_FOR = 60  # seconds in which a waiting reader does not ask for the same paper again
LOOK_AGAIN = 4  # seconds

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]


def unseen(view: View[Arguments]) -> View[Arguments]:
    """Keep the answer out of caches, indexes and the address that other sites are told."""

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return guarded


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "public/review_closed.html", status=404)


def _visited(request: HttpRequest, secret: str) -> ReviewLink | None:
    """Return the link and log its use; asking for the head alone shows nobody anything."""
    if request.method != "GET":
        return reviews.opened(secret)
    return reviews.visit(
        secret,
        address=get_client_ip(request) or "",
        browser=request.headers.get("User-Agent", ""),
    )


def _as_if_published(link: ReviewLink) -> Publication:
    """Return an unsaved publication of what the reader may see, to be read like a real one."""
    document = link.document
    return Publication(
        organisation=document.organisation,
        kind=document.kind,
        fiscal_year=document.fiscal_year,
        round_months=document.round.months if document.round else None,
        content=reviews.content_for(link),
        published_at=timezone.now(),
    )


@unseen
@require_safe
def draft(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Show the draft as the page that the public would read, and that it is a draft."""
    link = _visited(request, secret)
    if link is None:
        return _closed(request)
    context = {
        "link": link,
        "organisation": link.document.organisation,
        "document": public_document(_as_if_published(link)),
        "review_secret": secret,
    }
    return render(request, "public/review.html", context)


@unseen
@require_safe
def pdf(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Answer the draft's paper, every page marked; or a page that waits until it is drawn."""
    link = reviews.opened(secret)
    if link is None:
        return _closed(request)
    path = reviewing.path_of(link.document, reviews.content_for(link))
    if not default_storage.exists(path) and cache.add(f"drawing:{path}", True, DRAWING_ASKED_FOR):
        reviewing.draw.enqueue(link.pk)
    if not default_storage.exists(path):
        waiting = render(request, "public/review_waiting.html", {"review_secret": secret})
        waiting["Refresh"] = str(LOOK_AGAIN)
        return waiting
    _visited(request, secret)
    response = FileResponse(
        default_storage.open(path, "rb"), content_type="application/pdf", filename="draft.pdf"
    )
    # The browser's PDF viewer is a plug-in of the page it shows; our policy would forbid it.
    response._csp_exempt = True  # type: ignore[attr-defined]
    return response


@unseen
@require_safe
def evidence(request: HttpRequest, secret: str, sha256: str) -> HttpResponseBase:
    """Answer a file that the draft names; every other file is not there."""
    link = reviews.opened(secret)
    found = evidence_file(_as_if_published(link), sha256) if link is not None else None
    if found is None or not default_storage.exists(found[1]):
        return _closed(request)
    kind, path = found
    extension = PurePosixPath(path).suffix.lower().removeprefix(".")
    return FileResponse(
        default_storage.open(path, "rb"),
        as_attachment=kind not in SHOWN_BY_BROWSERS,
        content_type=CONTENT_TYPES.get(extension, "application/octet-stream"),
        filename=f"{sha256[:12]}.{extension}",
    )
