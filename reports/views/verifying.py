"""Checking a printed or downloaded document, by its code or by the hash of its file."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from measures.domain.publishing import verification
from measures.domain.publishing.public import PublicDocument, public_document
from measures.models import Publication
from reports.sealing import SealReport, seal_of

# As the model has it; the letters of new codes are fewer (publications.CODE_ALPHABET).
CODE = re.compile(r"([a-z0-9]{4})([a-z0-9]{4})", re.ASCII)
# What stands between the letters when a code is read from paper, or copied with its address.
BETWEEN = re.compile(r"[\s\u200b\u200c\u200d\ufeff.‐‑‒–—―−_-]+")
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
THAI = re.compile("[\u0e00-\u0e7f]")


# What the page shows where nothing was given; each view replaces its part.
NOTHING: dict[str, Any] = {
    "typed": "",
    "code": "",
    "has_thai_letters": False,
    "typed_hash": "",
    "sha256": "",
    "compared": "",
    "publication": None,
}


def _code_in(typed: str) -> str:
    """Return the code that was meant, or "" where nothing typed has its shape.

    Takes capitals, spaces, any dash or none, and a whole address ending in the code.
    """
    last = typed.strip().rstrip("/").rpartition("/")[2]
    found = CODE.fullmatch(BETWEEN.sub("", last).lower())
    return f"{found[1]}-{found[2]}" if found else ""


def _hash_in(typed: str) -> str:
    """Return the SHA-256 that was meant, or ""; tools print it in groups, in either case."""
    compact = re.sub(r"\s+", "", typed).lower()
    return compact if SHA256.fullmatch(compact) else ""


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Ask for a code or a file; send on whoever has given one that is known."""
    typed = request.GET.get("code", "").strip()
    typed_hash = request.GET.get("sha256", "").strip()
    code, sha256 = _code_in(typed), _hash_in(typed_hash)
    if code:
        return redirect("verify:publication", code)
    found = verification.with_file(sha256) if sha256 else None
    if found is not None:
        address = reverse("verify:publication", args=[found.code])
        return redirect(f"{address}?{urlencode({'sha256': sha256})}")
    context = NOTHING | {
        "typed": typed,
        "typed_hash": typed_hash,
        "sha256": sha256,
        "has_thai_letters": bool(THAI.search(typed)),
    }
    return render(
        request, "public/verify.html", context, status=404 if typed or typed_hash else 200
    )


@never_cache
@require_safe
def publication(request: HttpRequest, code: str) -> HttpResponseBase:
    """Tell what was published under this code, and what computing every hash anew shows."""
    meant = _code_in(code)
    if meant and meant != code:
        return redirect("verify:publication", meant)
    found = (
        Publication.objects.select_related("organisation", "supersedes", "superseded_by")
        .defer("supersedes__content", "superseded_by__content")
        .filter(code=meant)
        .first()
    )
    if found is None:
        return _not_found(request, code, meant)
    return render(
        request,
        "public/verify_publication.html",
        NOTHING
        | {
            "publication": found,
            "organisation": found.organisation,
            "document": _readable(found),
            "newer": found.superseded_by if found.is_superseded() else None,
            "verification": verification.check(found),
            "seal": _seal(found),
            "checked_at": timezone.now(),
            **_compared(found, request.GET.get("sha256", "").strip()),
        },
    )


def _readable(publication: Publication) -> PublicDocument | None:
    """Return what the public may read, or None where the content was forged past reading."""
    try:
        return public_document(publication)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _seal(publication: Publication) -> SealReport | None:
    """Return what the seal inside the stored file says, or None where it has none."""
    try:
        with publication.pdf.open("rb") as file:
            return seal_of(file.read())
    except OSError:  # the file is gone, which the verification tells
        return None


def _compared(publication: Publication, typed_hash: str) -> dict[str, str]:
    """Return which of its files the hash in the address belongs to."""
    if not typed_hash:
        return {}
    match = {publication.pdf_sha256: "pdf", publication.archive_sha256: "archive"}
    return {"typed_hash": typed_hash, "compared": match.get(_hash_in(typed_hash) or "-", "other")}


def _not_found(request: HttpRequest, code: str, meant: str) -> HttpResponse:
    """Tell of a code that was published and is gone, or of one that never was."""
    lost = verification.lost(meant) if meant else None
    if lost is not None:
        return render(request, "public/verify_lost.html", NOTHING | {"lost": lost}, status=410)
    context = NOTHING | {
        "typed": code,
        "code": meant,
        "has_thai_letters": bool(THAI.search(code)),
    }
    return render(request, "public/verify.html", context, status=404)
