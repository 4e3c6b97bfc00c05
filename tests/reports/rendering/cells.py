"""Texts printed in the cells of a table of one column, as the templates print them."""

from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from reports.rendering.fetching import LocalFetcher
from reports.rendering.fonts import font_rules, static_folder
from reports.rendering.line_breaks import look_further_ahead
from reports.rendering.paper_text import paper_text

CM = 72 / 2.54
LEFT = 3 * CM  # margin of the page
PADDING = 8.5  # points, with half a border on each side
COLUMN = 6.18  # points: a letter ก


def longest_in(width: float) -> int:
    """Return how many letters fit a cell of so many centimetres."""
    return int((width * CM - PADDING) / COLUMN)


def document_of_cells(texts: list[str], *, width: float) -> Any:
    """Return the laid out document; each text is one cell of so many centimetres."""
    look_further_ahead()
    fetcher, fonts = LocalFetcher(), FontConfiguration()
    style = [font_rules("static:{}".format), (static_folder() / "css/paper.css").read_text("utf-8")]
    rows = "".join(
        f"<tr><td>{paper_text(text, longest=longest_in(width))}</td></tr>" for text in texts
    )
    table = f'<html lang="th"><table style="width: {width}cm">{rows}</table></html>'
    return weasyprint.HTML(string=table, url_fetcher=fetcher).render(
        font_config=fonts,
        stylesheets=[
            weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher) for text in style
        ],
    )
