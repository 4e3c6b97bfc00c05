"""The memo: ours, in process, against headless Chromium printing the same HTML.

Ours is everything from frozen content to bytes: templates, layout, catchwords, fonts, PDF.
Chromium gets the finished HTML with its style sheet and fonts and only prints it, without
catchwords: once "cold" (start the browser, print, close it: what a command or a worker without a
standing browser pays) and once "warm" (the browser is up already, a new page each time).
"""

import base64
import statistics
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserType, sync_playwright

from reports.rendering.as_html import html_of
from reports.rendering.as_pdf import pdf_of
from reports.rendering.fonts import font_rules, static_folder

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROUNDS = 15
AIMS = {"cold": 0.25, "warm": 1.2}  # ours / Chromium's, at most


def measure_memo(content: dict[str, Any]) -> dict[str, Any]:
    """Return medians in seconds and our ratio to Chromium cold and warm; about half a minute.

    The three are measured in turn within each round, so that a busy machine slows all of them.
    """
    html = _for_a_browser(html_of(content, layout="memo_status"))
    seconds: dict[str, list[float]] = {"ours": [], "cold": [], "warm": []}
    with sync_playwright() as playwright:
        standing = _launched(playwright.chromium)
        contestants: dict[str, Callable[[], object]] = {
            "ours": lambda: pdf_of(content, layout="memo_status"),
            "cold": lambda: _print_and_close(_launched(playwright.chromium), html),
            "warm": lambda: _printed(standing, html),
        }
        for run in contestants.values():  # what only the first call of a process pays
            run()
        for _ in range(ROUNDS):
            for name, run in contestants.items():
                start = time.perf_counter()
                run()
                seconds[name].append(time.perf_counter() - start)
        standing.close()
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    return {
        "rounds": ROUNDS,
        "seconds": medians,
        "ratios": {name: medians["ours"] / medians[name] for name in AIMS},
        "aims": AIMS,
    }


def _launched(chromium: BrowserType) -> Browser:
    return chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


def _print_and_close(browser: Browser, html: str) -> bytes:
    printed = _printed(browser, html)
    browser.close()
    return printed


def _printed(browser: Browser, html: str) -> bytes:
    page = browser.new_page()
    page.set_content(html)
    page.evaluate("document.fonts.ready")
    printed = page.pdf(prefer_css_page_size=True, tagged=True)
    page.close()
    return printed


def _for_a_browser(html: str) -> str:
    """Give the HTML its style sheet and fonts as data, for a page without an address."""
    rules = font_rules(_as_data)
    style = (static_folder() / "css" / "paper.css").read_text("utf-8")
    return html.replace("</head>", f"<style>{rules}\n{style}</style></head>")


def _as_data(path: str) -> str:
    encoded = base64.b64encode((static_folder() / path).read_bytes()).decode()
    return f"data:font/ttf;base64,{encoded}"
