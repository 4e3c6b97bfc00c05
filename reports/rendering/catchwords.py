"""Catchwords: at the foot of each page the first words of the next, "/ผลการ...".

Which words begin a page is known only after the pages are laid out. They are then laid out by
themselves, on pages that hold nothing else, and their margin boxes are put on the real pages; so
no page break can move. This reads and joins WeasyPrint's boxes (``Page._page_box``), which are not
public: the version is locked, and the tests compare every catchword with the page after it.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from ita_portal.thai.words import first_words

CORNER = "@bottom-right"  # where paper.css prints string(catchword)
# In display characters: one or two words, and never so many that they would not fit the corner.
SHORTEST = 5
LONGEST = 24


def catchwords_of(pages: list[Any]) -> list[str]:
    """Return one catchword for each laid out page but the last; "" before a page without text."""
    seen: set[Any] = set()  # tables that began on an earlier page: their head is a repetition
    lines_on_top = []
    for page in pages:
        lines = _lines_of(page._page_box, seen)
        lines_on_top.append(next(lines, ""))
        for _ in lines:  # walk to the end of the page, so that its tables are seen
            pass
    return [_catchword(line) for line in lines_on_top[1:]]


def _catchword(line: str) -> str:
    words = first_words(line, minimum=SHORTEST, maximum=LONGEST)
    return f"/{words}..." if words else ""


def pages_of_catchwords(catchwords: list[str]) -> str:
    """Return a document of otherwise empty pages, each with one catchword."""
    marks = format_html_join(
        "", '<p class="catchword">{}</p>', ((catchword,) for catchword in catchwords)
    )
    return format_html('<!doctype html><html lang="th"><body>{}</body></html>', marks)


def put_on(pages: list[Any], pages_with_catchwords: list[Any]) -> None:
    """Move the catchword boxes onto ``pages``, first to first; changes ``pages``."""
    for page, source in zip(pages, pages_with_catchwords, strict=False):
        kept = [child for child in page._page_box.children if not _is_catchword(child)]
        found = [child for child in source._page_box.children if _is_catchword(child)]
        page._page_box.children = [*kept, *found]


def _is_catchword(box: Any) -> bool:
    return isinstance(box, boxes.MarginBox) and box.at_keyword == CORNER


def _lines_of(box: Any, seen: set[Any]) -> Iterator[str]:
    """Yield the lines of text under ``box`` in reading order, without repeated table heads."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.MarginBox):
        return
    if isinstance(box, boxes.LineBox):
        text = "".join(_texts_of(box)).strip()
        if text:
            yield text
        return
    children = getattr(box, "children", ())
    if isinstance(box, boxes.TableBox):
        if box.element in seen:
            children = [child for child in children if not child.is_header]
        seen.add(box.element)
    for child in children:
        yield from _lines_of(child, seen)


def _texts_of(box: Any) -> Iterator[str]:
    if isinstance(box, boxes.TextBox):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _texts_of(child)
