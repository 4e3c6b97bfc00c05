"""Run the benchmarks: a table on the terminal, the figures in ``bench/latest.json``.

Needs the development requirements and Debian's Chromium; touches no database.
"""

import json
import os
import platform
from pathlib import Path

import django

LATEST = Path(__file__).with_name("latest.json")


def main() -> None:
    """Measure, print and write; about half a minute."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_portal.settings")
    django.setup()
    from bench.memo import measure_memo  # needs Django's settings
    from tests.factories.content import content

    memo = measure_memo(content())
    print(f"{'memo of six measures':<34}{'median':>10}{'ours / it':>12}{'aim':>8}")
    for name, label in (
        ("ours", "ours, content to bytes"),
        ("cold", "Chromium, start + print + close"),
        ("warm", "Chromium, already up"),
    ):
        seconds = f"{memo['seconds'][name] * 1000:.0f} ms"
        ratio = f"{memo['ratios'][name]:.2f}" if name in memo["ratios"] else ""
        aim = f"{memo['aims'][name]:.2f}" if name in memo["aims"] else ""
        print(f"{label:<34}{seconds:>10}{ratio:>12}{aim:>8}")
    figures = {"python": platform.python_version(), "machine": platform.machine(), "memo": memo}
    LATEST.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
