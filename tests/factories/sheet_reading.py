"""Reading rows into a sheet, and what became of them."""

from typing import Any

import tablib

from measures.models import User


def taken_in(resource: type[Any], by: User, *rows: dict[str, Any], dry_run: bool = False) -> Any:
    """Return the result of reading these rows, cells by heading, on behalf of ``by``."""
    headings = list(rows[0])
    dataset = tablib.Dataset(*([row[heading] for heading in headings] for row in rows))
    dataset.headers = headings
    return resource(user=by).import_data(dataset, dry_run=dry_run, use_transactions=True)


def errors_of(result: Any) -> list[tuple[int, str]]:
    """Return each error with the line in which it stands; line 0: of the whole sheet."""
    return [(0, str(error.error)) for error in result.base_errors] + [
        (line, str(error.error)) for line, found in result.row_errors() for error in found
    ]


def kinds_of(result: Any) -> list[str]:
    """Return what became of each row: new, update, skip, error."""
    return [row.import_type for row in result.rows]
