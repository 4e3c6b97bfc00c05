"""Content to a Word document (.docx): the same text in the same order, to be edited further.

It is made from the very HTML that the PDF is drawn from, and set by the same style sheet. What
Word does by itself while the text is edited is left to Word: line and page breaks, heads of tables
on each page, page numbers. Catchwords are therefore not in it: they belong to the page breaks of
one printing.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import cssselect2
import docx
import tinyhtml5

from reports.rendering.as_html import html_of
from reports.rendering.word import file, styles
from reports.rendering.word.style_sheet import paper_style_sheet
from reports.rendering.word.walking import Walker
from reports.sections import Content


def docx_of(content: Content, *, layout: str) -> bytes:
    """Return the document as .docx; the same content gives the same bytes.

    ``content`` is the frozen content of a document. Raises ValueError for an unknown layout. Reads
    the style sheet and the images under the media root; writes nothing and never uses the network.
    """
    return docx_from(html_of(content, layout=layout).parts)


def docx_from(htmls: Iterable[str]) -> bytes:
    """Return the parts of a printed document as one .docx; the file is named after the first.

    A part begins on a new page, but for one that goes on with the table before it.
    """
    document = docx.Document()
    file.clear(document)
    styles.lay_ground(document)
    walker = Walker(document, paper_style_sheet())
    for number, html in enumerate(htmls):
        root = cssselect2.ElementWrapper.from_html_root(
            tinyhtml5.parse(html, namespace_html_elements=False)
        )
        if number == 0:
            _name(document, root)
        walker.document_of(root)
    walker.finish()
    return file.bytes_of(document)


def _name(document: Any, root: Any) -> None:
    title, author = root.query("title"), _meta(root, "author")
    day = _meta(root, "dcterms.created")
    file.name_properties(
        document,
        subject=_meta(root, "description"),
        title=(title.etree_element.text or "").strip() if title is not None else "",
        author=author,
        dated=dt.date.fromisoformat(day) if day else None,
    )


def _meta(root: Any, name: str) -> str:
    found = root.query(f'meta[name="{name}"]')
    return found.etree_element.get("content", "") if found is not None else ""
