"""Run the benchmarks: tables on the terminal, the figures in ``bench/latest.json``.

Needs the development requirements, Debian's Chromium and LibreOffice; touches no database but
throw-away ones of its own.
"""

import json
import os
import platform
from pathlib import Path
from typing import Any

import django

LATEST = Path(__file__).with_name("latest.json")


def main() -> None:
    """Measure, print and write; some minutes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_portal.settings")
    django.setup()
    from bench.documents import measure_documents  # need Django's settings
    from bench.imports import measure_imports, print_imports
    from bench.memo import measure_memo
    from bench.plan_reading import measure_plan_reading, print_plan_reading
    from tests.factories.content import content

    memo = measure_memo(content())
    _print_memo(memo)
    documents = measure_documents()
    _print_documents(documents)
    imports = measure_imports()
    print_imports(imports)
    plan_reading = measure_plan_reading()
    print_plan_reading(plan_reading)
    figures = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "memo": memo,
        "documents": documents,
        "imports": imports,
        "plan_reading": plan_reading,
    }
    LATEST.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _print_memo(memo: dict[str, Any]) -> None:
    print(f"{'memo of six measures':<44}{'median':>10}{'ours / it':>12}{'aim':>8}")
    for name, label in (
        ("ours", "ours, content to bytes"),
        ("cold", "Chromium, start + print + close"),
        ("warm", "Chromium, already up"),
    ):
        seconds = f"{memo['seconds'][name] * 1000:.0f} ms"
        ratio = f"{memo['ratios'][name]:.2f}" if name in memo["ratios"] else ""
        aim = f"{memo['aims'][name]:.2f}" if name in memo["aims"] else ""
        print(f"{label:<44}{seconds:>10}{ratio:>12}{aim:>8}")


def _print_documents(documents: dict[str, Any]) -> None:
    sizes = list(documents["seconds"])
    print(
        f"\n{'report of so many measures, seconds':<44}{''.join(f'{size:>10}' for size in sizes)}"
    )
    for name in documents["seconds"][sizes[0]]:
        row = "".join(f"{documents['seconds'][size][name]:>10.2f}" for size in sizes)
        print(f"{name:<44}{row}")
    print(f"\n{'':<54}{'found':>10}{'aim':>8}")
    for name, found in documents["figures"].items():
        print(f"{name:<54}{found:>10.2f}{documents['aims'][name]:>8.1f}")


if __name__ == "__main__":
    main()
