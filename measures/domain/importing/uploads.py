"""Files that people bring in: kept while they decide, kept for good once confirmed, else gone."""

import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events, files
from measures.domain.errors import Invalid, Stale
from measures.domain.hashes import sha256_of
from measures.models import (
    EventVerb,
    FileImport,
    ImportKind,
    ImportState,
    Organisation,
    ReportingRound,
    User,
)

MEGABYTE = 1024 * 1024
KEPT_UNCONFIRMED = datetime.timedelta(days=14)  # how long a preview waits for its answer


def most_megabytes() -> int:
    """Return how large a file may be."""
    most: int = settings.IMPORT_MAX_BYTES // MEGABYTE
    return most


def bytes_of(upload: "File[bytes]") -> bytes:
    """Return what was uploaded, or raise Invalid where it is empty or over the settings' limit."""
    if upload.size > settings.IMPORT_MAX_BYTES:
        raise Invalid(
            _("ไฟล์มีขนาด %(size)s MB เกินกำหนด %(most)s MB โปรดแยกไฟล์หรือลดขนาดภาพในไฟล์")
            % {
                "size": -(-upload.size // MEGABYTE),
                "most": most_megabytes(),
            }
        )
    upload.seek(0)
    data: bytes = upload.read()
    if not data:
        raise Invalid(_("ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่"))
    return data


@transaction.atomic
def keep(
    data: bytes,
    *,
    name: str,
    extension: str,
    kind: ImportKind,
    organisation: Organisation | None,
    by: User,
    draft: dict[str, Any] | None = None,
    state: ImportState = ImportState.READY,
    sheet: str = "",
    fiscal_year: int | None = None,
    reporting_round: ReportingRound | None = None,
    rows_total: int = 0,
    now: datetime.datetime | None = None,
) -> FileImport:
    """Keep a file that could be read, with what was read in it, for somebody to confirm.

    Call it only once the file has been understood: what is refused leaves nothing behind.
    Divisions return their kits themselves; everything else is the coordinator's, or, without an
    organisation, the administrator's.
    """
    if organisation is not None and kind == ImportKind.KIT:
        permissions.can_see(by, organisation).or_raise()
    else:
        permissions.can_manage(by, organisation).or_raise()
    digest = sha256_of(data)
    owner = organisation.slug if organisation is not None else "install"
    return FileImport.objects.create(
        organisation=organisation,
        kind=kind,
        sheet=sheet,
        fiscal_year=fiscal_year,
        round=reporting_round,
        file=files.keep(f"imports/{owner}/{digest[:2]}/{digest}.{extension}", data),
        file_name=name[-200:],
        sha256=digest,
        size=len(data),
        state=state,
        rows_total=rows_total,
        draft=draft or {},
        uploaded_at=now or timezone.now(),
        uploaded_by=by,
    )


def data_of(file_import: FileImport) -> bytes:
    """Return the bytes of the file as they were uploaded."""
    with default_storage.open(str(file_import.file.name)) as kept:
        data: bytes = kept.read()
    return data


def hold(file_import: FileImport) -> FileImport:
    """Return the import's row as it is now, held until the transaction ends."""
    return (
        FileImport.objects.select_for_update(of=("self",))
        .select_related("organisation", "round")
        .get(pk=file_import.pk)
    )


@transaction.atomic
def correct(
    file_import: FileImport,
    *,
    by: User,
    version: int,
    draft: dict[str, Any],
) -> FileImport:
    """Put a corrected draft over version ``version``; Stale where somebody did so in between."""
    file_import = hold(file_import)
    _may_decide(file_import, by)
    refuse_when_decided(file_import)
    if file_import.version != version:
        raise Stale(_("มีผู้อื่นแก้ไขตัวอย่างนี้ก่อนท่าน โปรดตรวจกับที่แสดงล่าสุดแล้วแก้ไขอีกครั้ง"))
    file_import.draft = draft
    file_import.version += 1
    file_import.save(update_fields=["draft", "version"])
    return file_import


def refuse_when_decided(file_import: FileImport) -> None:
    """Raise Invalid where the import has been confirmed, or is on its way."""
    if file_import.confirmed_at is not None or file_import.state == ImportState.RUNNING:
        raise Invalid(_("ไฟล์นี้ยืนยันนำเข้าไปแล้ว หากต้องแก้ไขโปรดแก้ที่ข้อมูล หรือนำเข้าไฟล์ใหม่"))


def finish(
    file_import: FileImport,
    *,
    by: User,
    report: dict[str, Any],
    now: datetime.datetime | None = None,
) -> FileImport:
    """Note that the import is stored, with what it did; log it. Within the caller's transaction."""
    moment = now or timezone.now()
    file_import.state = ImportState.DONE
    file_import.report = report
    file_import.rows_done = file_import.rows_total
    file_import.confirmed_at, file_import.confirmed_by = moment, by
    file_import.save()
    events.record(
        EventVerb.IMPORTED,
        file_import,
        by=by,
        organisation=file_import.organisation,
        data={
            "kind": file_import.kind,
            "sheet": file_import.sheet,
            "file": file_import.file_name,
            "sha256": file_import.sha256,
            "report": report,
        },
        now=now,
    )
    return file_import


def discard(file_import: FileImport, *, by: User) -> None:
    """Give an import up that nobody confirmed: nothing of it stays, the file neither."""
    with transaction.atomic():
        file_import = hold(file_import)
        _may_decide(file_import, by)
        refuse_when_decided(file_import)
        _remove(file_import)


def discard_forgotten(now: datetime.datetime | None = None) -> int:
    """Give up the imports that nobody confirmed in two weeks; return how many."""
    before = (now or timezone.now()) - KEPT_UNCONFIRMED
    forgotten = FileImport.objects.unconfirmed().exclude(state=ImportState.RUNNING)
    rows = list(forgotten.filter(uploaded_at__lt=before))
    for file_import in rows:
        with transaction.atomic():
            _remove(file_import)
    return len(rows)


def _may_decide(file_import: FileImport, by: User) -> None:
    if file_import.kind == ImportKind.KIT and file_import.uploaded_by_id == by.pk:
        return
    permissions.can_manage(by, file_import.organisation).or_raise()


def _remove(file_import: FileImport) -> None:
    """Delete the row, and its file once the transaction stands and no other import needs it."""
    path = str(file_import.file.name)
    file_import.delete()
    if path and not FileImport.objects.filter(file=path).exists():
        transaction.on_commit(lambda: default_storage.delete(path))
