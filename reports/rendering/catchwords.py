"""Catchwords: at the foot of each page the first words of the next, "/ผลการ...".

Which words begin a page is known only after the pages are laid out, and read here from
WeasyPrint's boxes (``Page._page_box``), which are not public: the version is locked, and the tests
compare every catchword with the page after it.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from ita_portal.thai.words import first_words

# In display characters: one or two words, and never so many that they would not fit the corner.
SHORTEST = 5
LONGEST = 24


def first_lines(pages: list[Any]) -> list[str]:
    """Return the first line of text of each laid out page; "" for a page without text."""
    seen: set[Any] = set()  # tables that began on an earlier page: their head is a repetition
    found = []
    for page in pages:
        lines = _lines_of(page._page_box, seen)
        found.append(next(lines, ""))
        for _ in lines:  # walk to the end of the page, so that its tables are seen
            pass
    return found


def catchword_of(line: str) -> str:
    """Return the catchword for a page that begins with ``line``; "" where it is empty."""
    words = first_words(line, minimum=SHORTEST, maximum=LONGEST)
    return f"/{words}..." if words else ""


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
