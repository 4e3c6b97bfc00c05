"""What the database is asked to do meanwhile: to know cheaply that nothing was written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def portal_writes() -> Iterator[list[str]]:
    """Yield a list that fills with the statements of the block that may change the portal's rows.

    An empty list is proof that the block changed none of them; a filled one calls for a look, since
    a statement may write what stood there before. Sessions are not the portal's.
    """
    statements: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "measures_" in sql and not sql.lstrip(" (").upper().startswith("SELECT"):
            statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield statements
