"""Sheets of scores against the least that could be done: openpyxl and bulk_create.

Each part runs in a process of its own, over a throw-away SQLite file: memory is that of the part.
Each is timed several times there, and the quickest counts: the rest is what else the machine did.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PREVIEWED = 500  # rows
IMPORTED = 10_000
AIM = 3.0


def measure_imports() -> dict[str, Any]:
    """Return seconds, ratios to reading and inserting the same rows, and peak memory."""
    parts: dict[int, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for rows in (PREVIEWED, IMPORTED):
            _run("prepare", rows, folder)
            plain = _run("plain", rows, folder)
            ours = _run("ours", rows, folder)
            parts[rows] = {
                "seconds": plain["seconds"] | ours["seconds"],
                "megabytes": {"plain": plain["megabytes"], "ours": ours["megabytes"]},
            }
    ratios = {
        f"preview of {PREVIEWED} rows": _ratio(parts[PREVIEWED]["seconds"], "preview"),
        f"import of {IMPORTED} rows": _ratio(parts[IMPORTED]["seconds"], "import"),
    }
    return {
        "rows": {str(rows): found for rows, found in parts.items()},
        "ratios": ratios,
        "aims": dict.fromkeys(ratios, AIM),
    }


def print_imports(imports: dict[str, Any]) -> None:
    """Print the figures as a table."""
    print(f"\n{'sheet of scores, seconds':<44}{'read':>8}{'insert':>8}{'preview':>9}{'import':>8}")
    for rows, found in imports["rows"].items():
        seconds = found["seconds"]
        print(
            f"{rows + ' rows':<44}{seconds['read']:>8.2f}{seconds['insert']:>8.2f}"
            f"{seconds['preview']:>9.2f}{seconds['import']:>8.2f}"
        )
    for rows, found in imports["rows"].items():
        memory = found["megabytes"]
        print(
            f"{'peak memory, ' + rows + ' rows':<44}"
            f"{memory['plain']:>6.0f} MB plain{memory['ours']:>6.0f} MB ours"
        )
    print(f"\n{'':<54}{'found':>10}{'aim':>8}")
    for name, ratio in imports["ratios"].items():
        print(f"{name:<54}{ratio:>10.2f}{imports['aims'][name]:>8.1f}")


def _ratio(seconds: dict[str, float], part: str) -> float:
    return seconds[part] / (seconds["read"] + seconds["insert"])


def _run(part: str, rows: int, folder: str) -> dict[str, Any]:
    """Run one part with a database and media in ``folder``; return what it prints."""
    environment = os.environ | {
        "VAR_DIR": folder,
        "MEDIA_ROOT": str(Path(folder) / "media"),
        "DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.one_import", part, str(rows)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
