"""Reports of 10 to 1,000 measures: ours, Chromium, and LibreOffice on the same document as .docx.

Whole process: Python or browser or office started, the document drawn, all closed. Warm: ours
within this process, Chromium's on a standing browser. One run each: the large ones take minutes.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.browser import html_for_a_browser, launched, print_and_close, print_with
from reports.rendering.as_docx import docx_of
from reports.rendering.as_pdf import pdf_of
from tests.factories.content import content, measure

SIZES = (10, 50, 200, 1000)
LAYOUT = "memo_status"
AIMS = {
    "ten measures, ours warm / Chromium warm, at most": 1.0,
    "1,000 measures / 100 measures, at most": 11.0,
    "peak memory for 1,000, MB a worker, at most": 400.0,
    "one worker / two workers for 1,000, at least": 1.8,
}


def report_of(measures: int) -> dict[str, Any]:
    """Return the content of a report with so many measures."""
    return content(measures=[measure(number) for number in range(1, measures + 1)])


def measure_documents() -> dict[str, Any]:
    """Return seconds for each size and contestant, and the figures the aims ask for."""
    pdf_of(report_of(6), layout=LAYOUT)  # what only the first call of a process pays
    seconds = {size: _seconds_of(size) for size in SIZES}
    hundred, alone, together = _own_process(100), _own_process(1000), _own_process(1000, workers=2)
    return {
        "seconds": seconds,
        "figures": {
            "ten measures, ours warm / Chromium warm, at most": (
                seconds[10]["ours, warm"] / seconds[10]["Chromium, warm"]
            ),
            "1,000 measures / 100 measures, at most": alone["seconds"] / hundred["seconds"],
            "peak memory for 1,000, MB a worker, at most": max(
                alone["megabytes"]["process"], *together["megabytes"].values()
            ),
            "one worker / two workers for 1,000, at least": (
                alone["seconds"] / together["seconds"]
            ),
        },
        "aims": AIMS,
        "alone": alone,
        "together": together,
    }


def _seconds_of(size: int) -> dict[str, float]:
    frozen = report_of(size)
    html = html_for_a_browser(frozen, layout=LAYOUT)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        standing = launched(playwright.chromium)
        print_with(standing, "<p>ก</p>")
        word = Path(folder) / "report.docx"
        word.write_bytes(docx_of(frozen, layout=LAYOUT))
        contestants: dict[str, Callable[[], object]] = {
            "ours, whole process": lambda: _own_process(size),
            "ours, warm": lambda: pdf_of(frozen, layout=LAYOUT),
            "Chromium, whole process": lambda: print_and_close(launched(playwright.chromium), html),
            "Chromium, warm": lambda: print_with(standing, html),
            "LibreOffice on .docx, whole process": lambda: _with_libreoffice(word),
        }
        rounds = 5 if size <= 10 else 1
        found = {
            name: sorted(_timed(run) for _round in range(rounds))[rounds // 2]
            for name, run in contestants.items()
        }
        standing.close()
    return found


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _own_process(size: int, *, workers: int = 1) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.one_document", str(size), "--workers", str(workers)]
    output = subprocess.run(command, capture_output=True, check=True).stdout
    told: dict[str, Any] = json.loads(output)
    return told


def _with_libreoffice(word: Path) -> None:
    profile = f"-env:UserInstallation=file://{word.parent}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(word.parent),
    ]
    subprocess.run([*command, str(word)], capture_output=True, check=True)
