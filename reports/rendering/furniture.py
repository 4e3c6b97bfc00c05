"""What stands on a page but is not its text: number, catchword, "(ต่อ)", code and QR.

It is drawn by itself, one page for each page of the document, and laid over it when the parts are
joined; so nothing of it can move a page break, and readers of the file skip it.
"""

from collections.abc import Sequence
from itertools import pairwise

from django.template.loader import render_to_string

from reports.rendering.catchwords import catchword_of
from reports.rendering.parts import Page
from reports.sections import Content, date_of


def furniture_html(content: Content, pages: Sequence[Page]) -> str:
    """Return the HTML of the furniture of all pages of a document, in their order."""
    catchwords = [catchword_of(following.first_line) for _page, following in pairwise(pages)]
    published = content["publication"] or {}
    return render_to_string(
        "reports/furniture.html",
        {
            "title": content["memo"]["subject"],
            "is_draft": content.get("is_draft", False),
            "code": published.get("code", ""),
            "published_on": date_of(published.get("published_on")),
            "verify_address": published.get("verify_address", ""),
            "pages": [
                {
                    "number": number,
                    "is_landscape": page.is_landscape,
                    "is_continued": page.is_continued,
                    "catchword": catchword,
                }
                for number, (page, catchword) in enumerate(
                    zip(pages, [*catchwords, ""], strict=True), start=1
                )
            ],
        },
    )
