"""Imports that a worker reads or stores: how far they are, and what became of them."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from measures import permissions
from measures.domain.importing import uploads
from measures.models import FileImport, ImportState, User

# Nothing that is read or stored takes as long: whoever was at it was stopped half way.
STUCK_AFTER = datetime.timedelta(minutes=30)
_STARTED = "started_at"  # in the draft


def is_on_its_way(file_import: FileImport) -> bool:
    """Return whether a worker is to read or store the file, or is at it."""
    return file_import.state in (ImportState.WAITING, ImportState.RUNNING)


def is_stuck(file_import: FileImport, now: datetime.datetime | None = None) -> bool:
    """Return whether it has been on its way for so long that nobody can be at it any more."""
    started = file_import.draft.get(_STARTED)
    since = datetime.datetime.fromisoformat(started) if started else file_import.uploaded_at
    return is_on_its_way(file_import) and since < (now or timezone.now()) - STUCK_AFTER


@transaction.atomic
def start(file_import: FileImport, *, by: User, now: datetime.datetime | None = None) -> FileImport:
    """Take the import for storing, so that nobody else does; Invalid where somebody has.

    What got stuck half way stored nothing and may be taken again.
    """
    file_import = uploads.hold(file_import)
    permissions.can_manage(by, file_import.organisation).or_raise()
    if not is_stuck(file_import, now):
        uploads.refuse_when_decided(file_import)
    file_import.state = ImportState.RUNNING
    file_import.rows_done = 0
    file_import.problem = ""
    file_import.draft = {**file_import.draft, _STARTED: (now or timezone.now()).isoformat()}
    file_import.save(update_fields=["state", "rows_done", "problem", "draft"])
    return file_import


def advance(file_import: FileImport, rows_done: int, rows_total: int) -> None:
    """Note how many rows are done, for those who wait; what has ended stays as it is.

    Within a transaction others see nothing of this; so it is written beside it, over a connection
    of its own. SQLite has one writer at a time and takes no second: there nothing is noted.
    """

    def note() -> None:
        FileImport.objects.filter(
            pk=file_import.pk, state__in=(ImportState.WAITING, ImportState.RUNNING)
        ).update(rows_done=rows_done, rows_total=rows_total)

    def note_beside() -> None:
        try:
            note()
        finally:
            connection.close()  # this thread's own

    if not connection.in_atomic_block:
        note()
    elif connection.vendor == "postgresql":
        with ThreadPoolExecutor(max_workers=1) as beside:
            beside.submit(note_beside).result()


@transaction.atomic
def offer(file_import: FileImport, *, draft: dict[str, Any], problem: str = "") -> None:
    """Offer what was read for confirmation; ``problem`` says why it has to be looked at again."""
    file_import = uploads.hold(file_import)
    if file_import.confirmed_at is None:
        file_import.state = ImportState.READY
        file_import.draft = draft
        file_import.problem = problem
        file_import.rows_done = file_import.rows_total
        file_import.version += 1
        file_import.save(update_fields=["state", "draft", "problem", "rows_done", "version"])


@transaction.atomic
def fail(file_import: FileImport, *, problem: str, draft: dict[str, Any] | None = None) -> None:
    """Note why nothing can be stored. The file itself goes; the row waits to be read and closed."""
    file_import = uploads.hold(file_import)
    if file_import.confirmed_at is not None:
        return
    path = str(file_import.file.name)
    file_import.state = ImportState.FAILED
    file_import.problem = problem
    file_import.draft = draft or {}
    file_import.file = ""
    file_import.save(update_fields=["state", "problem", "draft", "file"])
    if path and not FileImport.objects.filter(file=path).exists():
        transaction.on_commit(lambda: default_storage.delete(path))
