"""The pictures and fonts of a document, from this machine alone."""

import io
import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import segno
from django.conf import settings
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.rendering.fonts import static_folder
from reports.rendering.joining import placeholder_png

QR_SCALE = 8  # dots a module: sharp on paper


class LocalFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
    """Serves four kinds of address and refuses every other.

    ``static:<path>`` and ``media:<path>`` come from disk, ``qr:<text>`` is the QR code of a text,
    ``evidence:<place>`` holds the place of an evidence page until the parts are joined. So a
    document can never make the server call another machine or read a file of the system.
    """

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the file; raises ValueError for an address outside these."""
        scheme, _, path = url.partition(":")
        if scheme == "qr":
            return _answer(url, qr_png(unquote(path)), "image/png")
        if scheme == "evidence":
            return _answer(url, placeholder_png(int(path)), "image/png")
        roots = {"static": static_folder(), "media": Path(settings.MEDIA_ROOT)}
        if scheme not in roots:
            raise ValueError(f"documents use local files only, not {url!r}")
        root = roots[scheme].resolve()
        file = (root / unquote(path).lstrip("/")).resolve()
        if not file.is_relative_to(root):
            raise ValueError(f"outside the folder of {scheme} files: {url!r}")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return _answer(url, file.read_bytes(), kind)


def qr_png(text: str) -> bytes:
    """Return the QR code of a text as PNG, with the quiet zone that readers need around it."""
    output = io.BytesIO()
    segno.make(text, error="m", micro=False).save(output, kind="png", scale=QR_SCALE, border=2)
    return output.getvalue()


def _answer(url: str, data: bytes, kind: str) -> URLFetcherResponse:
    return URLFetcherResponse(url, data, {"Content-Type": kind})
