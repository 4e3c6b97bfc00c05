"""The memo of six measures: ours, in process, against headless Chromium printing the same HTML.

Ours is everything from frozen content to bytes: templates, layout, furniture, fonts, joining.
Chromium gets the finished HTML with its style sheet and fonts and only prints it, without
catchwords: once "cold" (start the browser, print, close it: what a command or a worker without a
standing browser pays) and once "warm" (the browser is up already, a new page each time).
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import sync_playwright

from bench.browser import html_for_a_browser, launched, print_and_close, print_with
from reports.rendering.as_pdf import pdf_of

ROUNDS = 15
AIMS = {"cold": 0.25, "warm": 1.2}  # ours / Chromium's, at most


def measure_memo(content: dict[str, Any]) -> dict[str, Any]:
    """Return medians in seconds and our ratio to Chromium cold and warm; about half a minute.

    The three are measured in turn within each round, so that a busy machine slows all of them.
    """
    html = html_for_a_browser(content, layout="memo_status")
    seconds: dict[str, list[float]] = {"ours": [], "cold": [], "warm": []}
    with sync_playwright() as playwright:
        standing = launched(playwright.chromium)
        contestants: dict[str, Callable[[], object]] = {
            "ours": lambda: pdf_of(content, layout="memo_status"),
            "cold": lambda: print_and_close(launched(playwright.chromium), html),
            "warm": lambda: print_with(standing, html),
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
