"""Content to the HTML that is printed: one document of markup for each part, no style sheet.

A short document is one part. A part ends where a table of contents may stand and after
``ROWS_PER_PART`` rows of a table, so that a document of a thousand measures is laid out in pieces
that fit the memory, side by side, and joined (``as_pdf``). What a part begins with begins a page.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.template.loader import render_to_string

from reports.layouts import Sheets, layout_named
from reports.rendering.paper_text import names_held, names_of
from reports.sections import BUILDERS, Content, date_of

ROWS_PER_PART = 60
# Sections whose first page has margins of its own (paper.css).
OPENING_SECTIONS = ("memo_head", "cover")


class Markup(NamedTuple):
    """A document as HTML."""

    parts: list[str]
    contents_at: int  # before which part a table of contents stands, where one is due


class _Group(NamedTuple):
    """Pages of one orientation within a part."""

    page: str  # the class that chooses the page box
    sections: list[str]


def html_of(content: Content, *, layout: str) -> Markup:
    """Return the printed document as HTML; the style sheet is added by whoever draws it.

    ``content`` is the frozen content of a document (schema_version 1 or 2). Texts are escaped;
    images stand as ``media:``, ``qr:`` and ``evidence:`` addresses (``fetching``). Raises
    ValueError for an unknown layout.
    """
    chosen = layout_named(layout)
    parts: list[list[_Group]] = [[]]
    contents_at = None
    with names_held(names_of(content)):
        for place, sheets in enumerate(chosen.sheets(content["kind"])):
            if place == chosen.contents_at:
                if parts[-1]:
                    parts.append([])
                contents_at = len(parts) - 1
            _add(parts, sheets, content)
    drawn = [part for part in parts if part]
    if contents_at is None:
        contents_at = len(drawn)
    return Markup([_page(content, groups) for groups in drawn], min(contents_at, len(drawn)))


def contents_html(content: Content, rows: list[dict[str, Any]]) -> str:
    """Return the table of contents as a part: ``rows`` of level (1, 2), text and page (from 1)."""
    section = render_to_string("reports/sections/contents.html", {"rows": rows})
    return _page(content, [_Group("upright", [section])])


def _add(parts: list[list[_Group]], sheets: Sheets, content: Content) -> None:
    """Draw the sections of some sheets onto the last part, and onto new ones where it is full."""
    orientation = "wide" if sheets.is_landscape else "upright"
    group = _Group(f"{orientation}{_opening(sheets)}", [])
    for name in sheets.sections:
        for number, section in enumerate(_drawn(name, content)):
            if number:
                group = _Group(orientation, [])
                parts.append([])
            if not group.sections:
                parts[-1].append(group)
            group.sections.append(section)


def _opening(sheets: Sheets) -> str:
    first = sheets.sections[0]
    return f" begins-with-{first.replace('_', '-')}" if first in OPENING_SECTIONS else ""


def _drawn(name: str, content: Content) -> Iterator[str]:
    """Yield the HTML of a section; of one with many rows, of so many rows at a time."""
    context = BUILDERS[name](content)
    if context is None:
        return
    rows = context.get("rows", [])
    for start in range(0, len(rows), ROWS_PER_PART) or (0,):
        some = {"rows": rows[start : start + ROWS_PER_PART]} if rows else {}
        yield render_to_string(
            f"reports/sections/{name}.html", {**context, **some, "is_first": start == 0}
        )


def _page(content: Content, groups: list[_Group]) -> str:
    return render_to_string(
        "reports/paper.html",
        {
            "title": content["memo"]["subject"],
            "author": content["organisation"]["name"],
            "subject": f"ปีงบประมาณ พ.ศ. {content['fiscal_year']}",
            "dated": _dated(content),
            "groups": groups,
        },
    )


def _dated(content: Content) -> str:
    """The day the file itself is dated, so that the same content gives the same bytes; or ""."""
    published = content["publication"]
    date = date_of(published["published_on"] if published else content["memo"]["date"])
    return date.isoformat() if date else ""
