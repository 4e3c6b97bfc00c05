"""One part of a document: laid out once, written in each variant that is asked for.

Style sheet and fonts are read once per thread and kept: they are half the work of a short memo,
and Pango's font maps must not be shared between threads.
"""

import datetime as dt
import json
import threading
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from reports.rendering import catchwords
from reports.rendering.continuations import let_long_rows_split, mark_continuations
from reports.rendering.fetching import LocalFetcher
from reports.rendering.fonts import font_rules, static_folder
from reports.rendering.glyphs import visible
from reports.rendering.line_breaks import look_further_ahead

look_further_ahead()
_kept = threading.local()


class Variant(StrEnum):
    """What a file promises, in WeasyPrint's words."""

    ACCESSIBLE = "pdf/ua-1"  # what is shown and downloaded
    ARCHIVE = "pdf/a-3a"  # for keeping: the content as data is attached


class Heading(NamedTuple):
    """A heading for the table of contents."""

    level: int
    text: str
    page: int  # within the part, from 0


class Page(NamedTuple):
    """What the furniture of a page needs to know of it."""

    first_line: str
    is_landscape: bool
    is_continued: bool  # a row goes on here and no cell of it had room for "(ต่อ)"


class Part(NamedTuple):
    """A drawn part; it can be sent from one process to another."""

    files: dict[Variant, bytes]
    pages: list[Page]
    headings: list[Heading]


class AttachedFile(NamedTuple):
    """A file that lies inside the archive."""

    name: str
    description: str
    data: bytes
    relationship: str  # ISO 19005-3: Source, Data, Supplement ...
    day: str  # ISO date that the file is said to be of


def draw_part(
    html: str, variants: Sequence[Variant], attached: Sequence[AttachedFile] = ()
) -> Part:
    """Lay ``html`` out and write it; ``attached`` goes into the archive alone.

    Reads the style sheet, the fonts and the images under the media root; writes nothing and never
    uses the network.
    """
    source = _source(html)
    document = _rendered(source)
    while let_long_rows_split(document.pages):
        document = _rendered(source)
    continued = mark_continuations(document.pages, lay_out=lay_out)
    _keep_breaks_out_of_bookmarks(document.pages)
    lines = catchwords.first_lines(document.pages)
    return Part(
        files={variant: _written(document, variant, attached) for variant in variants},
        pages=[
            Page(line, page.width > page.height, is_continued)
            for page, line, is_continued in zip(document.pages, lines, continued, strict=True)
        ],
        headings=[
            Heading(level, text, number)
            for number, page in enumerate(document.pages)
            for level, text, _place, _state in page.bookmarks
        ],
    )


def _keep_breaks_out_of_bookmarks(pages: Sequence[Any]) -> None:
    """Let the bookmarks say the headings as they are read: without line breaks and marks for them.

    Marked breaks are of no width on paper, but readers of a file search its bookmarks by letter.
    """
    for page in pages:
        page.bookmarks[:] = [
            (level, " ".join(visible(text).split()), place, state)
            for level, text, place, state in page.bookmarks
        ]


def draw_furniture(html: str) -> bytes:
    """Return the pages that carry number, catchword and code: no tags, because it is no content."""
    pdf: bytes = lay_out(html).write_pdf(pdf_tags=False, pdf_identifier=b"furniture")
    return pdf


def lay_out(html: str) -> weasyprint.Document:
    """Return the laid out document in the style of paper."""
    return _rendered(_source(html))


def _source(html: str) -> weasyprint.HTML:
    return weasyprint.HTML(string=html, url_fetcher=_tools()[0])


def _rendered(source: weasyprint.HTML) -> weasyprint.Document:
    _fetcher, fonts, style_sheets = _tools()
    return source.render(font_config=fonts, stylesheets=style_sheets)


def _written(
    document: weasyprint.Document, variant: Variant, attached: Sequence[AttachedFile]
) -> bytes:
    is_archive = variant is Variant.ARCHIVE
    document.metadata.attachments = [_attachment(file) for file in attached if is_archive]
    pdf: bytes = document.write_pdf(
        pdf_variant=variant.value, pdf_tags=True, pdf_identifier=b"part"
    )
    return pdf


def _attachment(file: AttachedFile) -> weasyprint.Attachment:
    day = dt.datetime.fromisoformat(file.day)  # the same on every machine: no zone, no clock
    return weasyprint.Attachment(
        string=file.data,
        name=file.name,
        description=file.description,
        created=day,
        modified=day,
        relationship=file.relationship,
    )


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


def content_attachment(content: dict[str, Any], *, day: str) -> AttachedFile:
    """Return the frozen content as the file that the archive carries."""
    data = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()
    return AttachedFile("content.json", "เนื้อหาของเอกสารเป็นข้อมูล (JSON)", data, "Source", day)
