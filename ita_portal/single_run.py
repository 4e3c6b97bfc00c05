"""Work that must not run twice at once, over all processes and machines of an install."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import locks
from django.db import connection


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Wait until no other run holds ``name``, and hold it. A run that dies lets go of it.

    PostgreSQL keeps it for the session, so no transaction has to stay open meanwhile; an install
    on SQLite is one machine, and keeps it on a file in VAR_DIR.
    """
    if connection.vendor == "postgresql":
        number = zlib.crc32(name.encode())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [number])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
        return
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        locks.lock(file, locks.LOCK_EX)
        yield
