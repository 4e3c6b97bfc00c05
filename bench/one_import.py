"""One part of importing a sheet of scores in a process of its own, on a database of its own.

``python -m bench.one_import prepare|plain|ours ROWS`` works on the files that the environment
names, and prints JSON: seconds, and the peak memory of this process in megabytes.
"""

import argparse
import io
import json
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

KILOBYTES = 1024
YEAR = 2566
ADMINISTRATOR = "bench"
TIMES = 4  # each part is done, the quickest counting: the first loads what a server has loaded


def main() -> None:
    """Do one part and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=("prepare", "plain", "ours"))
    parser.add_argument("rows", type=int)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ita_portal.settings")
    django.setup()
    file = Path(os.environ["VAR_DIR"]) / f"scores-{options.rows}.xlsx"
    parts: dict[str, Callable[[Path, int], dict[str, float]]] = {
        "prepare": _prepare,
        "plain": _plain,
        "ours": _ours,
    }
    part = parts[options.part]
    times = 1 if options.part == "prepare" else TIMES
    runs = [part(file, options.rows) for _time in range(times)]
    seconds = {name: min(run[name] for run in runs) for name in runs[0]}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
    print(json.dumps({"seconds": seconds, "megabytes": peak}))


def _prepare(file: Path, rows: int) -> dict[str, float]:
    """Make the database where there is none, and the file: scores of many offices."""
    from django.core.management import call_command
    from openpyxl import Workbook

    from measures.models import Item, Organisation, User
    from measures.resources.scores import ScoreResource

    call_command("migrate", verbosity=0)
    call_command("loaddata", "frameworks/rating_schemes", f"frameworks/{YEAR}", verbosity=0)
    administrator, _is_new = User.objects.get_or_create(
        username=ADMINISTRATOR, defaults={"is_superuser": True, "is_staff": True}
    )
    items = list(Item.objects.filter(instrument__framework__fiscal_year=YEAR))
    offices = []
    for number in range(-(-rows // len(items))):
        office, _is_new = Organisation.objects.get_or_create(
            slug=f"bench-{number}", defaults={"name": f"อบต.สมมติ {number}"}
        )
        offices.append(office)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("scores")
    sheet.append(list(ScoreResource(user=administrator).get_export_headers()))
    pairs = ((office, item) for office in offices for item in items)
    for number, (office, item) in zip(range(rows), pairs, strict=False):
        sheet.append([office.slug, YEAR, item.code(), 60 + number % 40])
    book.save(file)
    return {}


def _plain(file: Path, rows: int) -> dict[str, float]:
    """Read the file with openpyxl and insert its rows with bulk_create; nothing of it stays."""
    import openpyxl
    from django.db import transaction

    from measures.models import AssessmentResult, Item, Organisation, Score

    offices = {office.slug: office for office in Organisation.objects.all()}
    items = {
        item.code(): item
        for item in Item.objects.select_related("instrument").filter(
            instrument__framework__fiscal_year=YEAR
        )
    }
    with transaction.atomic():
        results = {
            slug: AssessmentResult.objects.create(organisation=office, fiscal_year=YEAR)
            for slug, office in offices.items()
        }
        start = time.perf_counter()
        book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()), read_only=True)
        read = list(book.active.iter_rows(min_row=2, values_only=True))
        middle = time.perf_counter()
        Score.objects.bulk_create(
            [
                Score(result=results[slug], item=items[item], value=value)
                for slug, _y, item, value in read
            ]
        )
        end = time.perf_counter()
        transaction.set_rollback(True)
    return {"read": middle - start, "insert": end - middle}


def _ours(file: Path, rows: int) -> dict[str, float]:
    """Show the preview of the file, then import it, as the administrator does."""
    from measures.models import AssessmentResult, User
    from measures.resources import sheet_imports
    from measures.resources.scores import ScoreResource

    administrator = User.objects.get(username=ADMINISTRATOR)
    sheet: Any = ScoreResource(user=administrator)
    start = time.perf_counter()
    staged = sheet_imports.stage(file.read_bytes(), name=file.name, resource=sheet)
    middle = time.perf_counter()
    preview = sheet_imports.preview_in(staged)
    if preview is None or preview.added != rows:
        raise RuntimeError("the preview does not say what the file holds")
    done = sheet_imports.confirm(staged, by=administrator, seen=preview.fingerprint)
    end = time.perf_counter()
    if done.report["added"] != rows:
        raise RuntimeError("the import did not store what the file holds")
    AssessmentResult.objects.all().delete()  # the next size begins with an empty table again
    return {"preview": middle - start, "import": end - middle}


if __name__ == "__main__":
    main()
