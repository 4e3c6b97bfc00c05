"""What somebody with the database's password could do: for tests that it is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection

from measures.models import Event, Publication


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


def change(row: Publication | Event, **columns: Any) -> None:
    """Write other values into the columns of a row that is never changed."""
    table = row._meta.db_table
    assignments = ", ".join(f"{column} = %s" for column in columns)
    with tampered(table, "UPDATE"), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {assignments} WHERE id = %s", [*columns.values(), row.pk]
        )


def remove(row: Publication | Event) -> None:
    """Delete a row that is never deleted; a later publication forgets that it superseded it."""
    table = row._meta.db_table
    if isinstance(row, Publication):
        for later in Publication.objects.filter(supersedes=row):
            change(later, supersedes_id=None)
    with tampered(table, "DELETE"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [row.pk])


def exchange_numbers(first: Publication, second: Publication) -> None:
    """Let two publications change places; no number may be taken twice even for a moment."""
    change(first, number=1_000_000)
    change(second, number=first.number)
    change(first, number=second.number)


def flip_one_bit(path: str) -> None:
    """Change one byte in the middle of a stored file."""
    with default_storage.open(path, "rb") as file:
        data = bytearray(file.read())
    data[len(data) // 2] ^= 1
    with default_storage.open(path, "wb") as file:
        file.write(bytes(data))
