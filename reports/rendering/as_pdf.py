"""Content to PDF: tagged, fonts embedded, the same bytes for the same content.

Style sheet and fonts are read once per thread and kept: they are half the work of a short memo,
and Pango's font maps must not be shared between threads.
"""

import hashlib
import json
import mimetypes
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import weasyprint
from django.conf import settings
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.rendering import catchwords
from reports.rendering.as_html import html_of
from reports.rendering.fonts import font_rules, static_folder
from reports.rendering.line_breaks import look_further_ahead
from reports.sections import Content

look_further_ahead()
_kept = threading.local()


class LocalFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
    """Serves ``static:<path>`` and ``media:<path>`` from disk and refuses every other address.

    So a document can never make the server call another machine or read a file of the system.
    """

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the file; raises ValueError for an address outside the two folders."""
        scheme, _, path = url.partition(":")
        roots = {"static": static_folder(), "media": Path(settings.MEDIA_ROOT)}
        if scheme not in roots:
            raise ValueError(f"documents use local files only, not {url!r}")
        root = roots[scheme].resolve()
        file = (root / unquote(path).lstrip("/")).resolve()
        if not file.is_relative_to(root):
            raise ValueError(f"outside the folder of {scheme} files: {url!r}")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})


def pdf_of(content: Content, *, layout: str) -> bytes:
    """Return the printed document as PDF; the same content gives the same bytes.

    ``content`` is the frozen content of a document (schema_version 1). Raises ValueError for an
    unknown layout. Reads the style sheet, the fonts and the images under the media root; writes
    nothing and never uses the network.
    """
    document = _laid_out(html_of(content, layout=layout))
    words = catchwords.catchwords_of(document.pages)
    if words:
        overlay = _laid_out(catchwords.pages_of_catchwords(words))
        catchwords.put_on(document.pages, overlay.pages)
    identifier = hashlib.sha256(
        json.dumps([layout, content], sort_keys=True, ensure_ascii=False).encode()
    )
    pdf: bytes = document.write_pdf(
        pdf_tags=True, pdf_identifier=identifier.hexdigest()[:32].encode()
    )
    return pdf


def _laid_out(html: str) -> weasyprint.Document:
    fetcher, fonts, style_sheets = _tools()
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return page.render(font_config=fonts, stylesheets=style_sheets)


def _tools() -> tuple[LocalFetcher, FontConfiguration, list[weasyprint.CSS]]:
    """Return this thread's fetcher, fonts and parsed style sheets; built at first use.

    Built anew when the font rules change: the paper font may be installed while the server runs.
    """
    rules = font_rules("static:{}".format)
    if getattr(_kept, "rules", None) != rules:
        fetcher = LocalFetcher()
        fonts = FontConfiguration()
        texts = [rules, (static_folder() / "css" / "paper.css").read_text("utf-8")]
        _kept.tools = (
            fetcher,
            fonts,
            [weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher) for text in texts],
        )
        _kept.rules = rules
    tools: tuple[LocalFetcher, FontConfiguration, list[weasyprint.CSS]] = _kept.tools
    return tools
