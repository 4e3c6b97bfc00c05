"""Content to the HTML that is printed: one page of markup, without style sheet or address."""

from django.template.loader import render_to_string

from reports.layouts import layout_named
from reports.sections import BUILDERS, Content, date_of


def html_of(content: Content, *, layout: str) -> str:
    """Return the printed document as HTML; the style sheet is added by whoever draws it.

    ``content`` is the frozen content of a document (schema_version 1). Texts are escaped; images
    stand as ``media:<path under the media root>``. Raises ValueError for an unknown layout.
    """
    sections = []
    for name in layout_named(layout).sections:
        context = BUILDERS[name](content)
        if context is not None:
            sections.append(render_to_string(f"reports/sections/{name}.html", context))
    return render_to_string(
        "reports/paper.html",
        {
            "layout": layout,
            "title": content["memo"]["subject"],
            "author": content["organisation"]["name"],
            "dated": _dated(content),
            "sections": sections,
        },
    )


def _dated(content: Content) -> str:
    """The day the file itself is dated, so that the same content gives the same bytes; or ""."""
    published = content["publication"]
    date = date_of(published["published_on"] if published else content["memo"]["date"])
    return date.isoformat() if date else ""
