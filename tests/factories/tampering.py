"""What somebody with the database's password could do: for tests that it is found."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def tampered(table: str, operation: str) -> Iterator[None]:
    """Take the append-only trigger of ``table`` for UPDATE or DELETE away, and put it back."""
    name = f"{table}_refuses_{operation.lower()}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; DROP TRIGGER {name} ON {table}")
            restore = (
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION measures_refuse_change()"
            )
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
            [(restore,)] = cursor.fetchall()
            cursor.execute(f"DROP TRIGGER {name}")
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(restore)
