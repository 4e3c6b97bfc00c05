"""The browser that prints the same HTML, for comparison."""

import base64

from playwright.sync_api import Browser, BrowserType

from reports.rendering.as_html import html_of
from reports.rendering.fonts import font_rules, static_folder
from reports.sections import Content
from tests.factories.chromium import ARGUMENTS, CHROMIUM

PATIENCE = 600_000  # milliseconds: a thousand measures take a browser long, too


def launched(chromium: BrowserType) -> Browser:
    """Start Debian's Chromium."""
    return chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


def print_and_close(browser: Browser, html: str) -> bytes:
    """Print with a browser that was started for this alone."""
    printed = print_with(browser, html)
    browser.close()
    return printed


def print_with(browser: Browser, html: str) -> bytes:
    """Print on a new page of a browser that is up already."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.set_content(html)
    page.evaluate("document.fonts.ready")
    printed = page.pdf(prefer_css_page_size=True, tagged=True)
    page.close()
    return printed


def html_for_a_browser(content: Content, *, layout: str) -> str:
    """Return the whole document as one page with its style sheet and fonts as data."""
    parts = html_of(content, layout=layout).parts
    bodies = [part.partition("<body>")[2].partition("</body>")[0] for part in parts]
    head = parts[0].partition("</head>")[0]
    rules = font_rules(_as_data)
    style = (static_folder() / "css" / "paper.css").read_text("utf-8")
    return f"{head}<style>{rules}\n{style}</style></head><body>{''.join(bodies)}</body></html>"


def _as_data(path: str) -> str:
    encoded = base64.b64encode((static_folder() / path).read_bytes()).decode()
    return f"data:font/ttf;base64,{encoded}"
