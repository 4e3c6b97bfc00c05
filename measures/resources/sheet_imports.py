"""One sheet from upload to stored: previewed, kept until confirmed, given up, or stored."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from measures import permissions
from measures.domain.errors import Invalid, Stale
from measures.domain.hashes import sha256_of
from measures.domain.importing import running, uploads
from measures.models import FileImport, ImportKind, ImportState, Organisation, User
from measures.permissions import NotAllowed
from measures.resources import SHEETS, previews, sheet_files
from measures.resources.base import Progress, SheetResource
from measures.resources.outcomes import changed_meanwhile
from measures.resources.previews import Preview

_STEPS = 50  # how often a worker notes how far it is


class SheetRefused(Invalid):
    """A file with mistakes; ``preview`` names every one. Nothing of it was kept."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        super().__init__(problems_in_words(preview))


def problems_in_words(preview: Preview) -> str:
    """Return how many mistakes keep a file out."""
    return _("ไม่ได้นำเข้าข้อมูลใด พบสิ่งที่ต้องแก้ %(count)s แห่ง โปรดแก้ในไฟล์แล้วอัปโหลดอีกครั้ง") % {
        "count": preview.problems_in_all
    }


def office_of(sheet: type[SheetResource], organisation: Organisation | None) -> Organisation | None:
    """Return whose rows a sheet takes: those of the office; None for the sheets of the install."""
    return None if sheet.is_for_install else organisation


def resource_of(file_import: FileImport, by: User) -> SheetResource:
    """Return the sheet as it was chosen when the file was uploaded."""
    return SHEETS[file_import.sheet](
        user=by,
        office=file_import.organisation,
        fiscal_year=file_import.fiscal_year,
        months=file_import.draft.get("months"),
    )


def preview_in(file_import: FileImport) -> Preview | None:
    """Return the preview kept with an import; None while it is still being read."""
    kept = file_import.draft.get("preview")
    return Preview.from_json(kept) if kept else None


def stage(data: bytes, *, name: str, resource: SheetResource) -> FileImport:
    """Read a file for this sheet and keep it for confirmation.

    Raises Invalid for a file that is no such sheet and SheetRefused for one with mistakes; neither
    leaves anything behind. A long file is read by a worker; without workers, it has been read when
    this returns.
    """
    permissions.can_manage(resource.user, resource.office).or_raise()
    table = sheet_files.read(data, resource)
    is_long = len(table) > settings.IMPORT_ROWS_IN_BACKGROUND
    preview = None if is_long else previews.dry_run(resource, table)
    if preview is not None and preview.problems:
        raise SheetRefused(preview)
    with transaction.atomic():
        kept = uploads.keep(
            data,
            name=name,
            extension=table.extension,
            kind=ImportKind.SHEET,
            sheet=resource.key,
            organisation=resource.office,
            fiscal_year=resource.fiscal_year,
            by=resource.user,
            state=ImportState.WAITING if preview is None else ImportState.READY,
            rows_total=len(table),
            draft=_draft(resource, preview),
        )
        if preview is None:
            transaction.on_commit(partial(read_in_background.enqueue, kept.pk))
    if preview is None:
        kept.refresh_from_db()
        _refuse_at_once(kept)
    return kept


def _draft(resource: SheetResource, preview: Preview | None) -> dict[str, object]:
    return {
        "months": resource.months,
        "preview": preview.as_json() if preview is not None else None,
    }


def _refuse_at_once(kept: FileImport) -> None:
    """Raise SheetRefused, leaving nothing, where the file has been read and found wrong by now."""
    preview = preview_in(kept)
    if kept.state == ImportState.FAILED:
        uploads.discard(kept, by=kept.uploaded_by)
        if preview is not None:
            raise SheetRefused(preview)
        raise Invalid(kept.problem)


def confirm(file_import: FileImport, *, by: User, seen: str) -> FileImport:
    """Store what the preview ``seen`` showed; all of it, or nothing.

    Read once more against the data as it is now: where that gives another answer, nothing is
    stored, the new preview is kept in the place of the old, and Stale is raised. A long file is
    stored by a worker.
    """
    preview = preview_in(file_import)
    if preview is None or preview.problems:
        raise Invalid(_("ไฟล์นี้ยังนำเข้าไม่ได้ โปรดรอให้อ่านเสร็จ หรืออัปโหลดไฟล์ที่แก้แล้ว"))
    if preview.fingerprint != seen:
        raise Stale(changed_meanwhile())
    started = running.start(file_import, by=by)
    if started.rows_total > settings.IMPORT_ROWS_IN_BACKGROUND:
        store_in_background.enqueue(started.pk, by.pk)
    else:
        _store(started, by=by)
    started.refresh_from_db()
    if started.state in (ImportState.READY, ImportState.FAILED):
        raise Stale(started.problem)
    return started


@task()
def read_in_background(number: int) -> None:
    """Read the import of this number, and offer it for confirmation or note why it cannot be."""
    waiting = FileImport.objects.filter(pk=number, state=ImportState.WAITING)
    file_import = waiting.select_related("organisation", "uploaded_by").first()
    if file_import is None:  # given up meanwhile, or read by another worker
        return
    _guarded(file_import, lambda: _offer(file_import, by=file_import.uploaded_by))


@task()
def store_in_background(number: int, user_number: int) -> None:
    """Store the import of this number on behalf of who confirmed it."""
    file_import = FileImport.objects.select_related("organisation").get(pk=number)
    _store(file_import, by=User.objects.get(pk=user_number))


def _guarded(file_import: FileImport, action: Callable[[], None]) -> None:
    """Run what a worker does; where it breaks, note so and raise for the log."""
    try:
        action()
    except NotAllowed as refusal:
        running.fail(file_import, problem=str(refusal))
    except Exception:
        problem = _("อ่านไฟล์ไม่สำเร็จ ยังไม่ได้นำเข้าข้อมูลใด โปรดอัปโหลดอีกครั้ง หากยังไม่สำเร็จโปรดแจ้งผู้ดูแลระบบ")
        running.fail(file_import, problem=problem)
        raise


def _kept_table(file_import: FileImport, resource: SheetResource) -> sheet_files.SheetData:
    """Return the rows of the kept file, which was examined before it was kept."""
    data = uploads.data_of(file_import)
    is_the_same = sha256_of(data) == file_import.sha256
    extension = str(file_import.file.name).rpartition(".")[2]
    return sheet_files.read(data, resource, examined_as=extension if is_the_same else "")


def _offer(file_import: FileImport, *, by: User, problem: str = "") -> None:
    """Read the file against the data as it is now, and offer what comes out."""
    resource = resource_of(file_import, by)
    table = _kept_table(file_import, resource)
    preview = previews.dry_run(resource, table, _progress_of(file_import))
    draft = _draft(resource, preview)
    if preview.problems:
        running.fail(file_import, problem=problems_in_words(preview), draft=draft)
    else:
        running.offer(file_import, draft=draft, problem=problem)


def _store(file_import: FileImport, *, by: User) -> None:
    """Store what was confirmed, and note so, in one transaction."""
    _guarded(file_import, lambda: _store_or_offer_anew(file_import, by=by))


def _store_or_offer_anew(file_import: FileImport, *, by: User) -> None:
    expected = preview_in(file_import)
    if expected is None:
        raise Invalid(_("ไม่พบตัวอย่างของไฟล์นี้ โปรดอัปโหลดอีกครั้ง"))
    resource = resource_of(file_import, by)
    table = _kept_table(file_import, resource)
    with transaction.atomic():
        done = previews.run(
            resource,
            table,
            expected=expected.fingerprint,
            on_progress=_progress_of(file_import),
        )
        if not done.problems:
            uploads.finish(uploads.hold(file_import), by=by, report=done.counts())
            return
    _offer(file_import, by=by, problem=changed_meanwhile())


def _progress_of(file_import: FileImport) -> Progress | None:
    """Return what notes how many rows are done; only long files are worth it."""
    if file_import.rows_total <= settings.IMPORT_ROWS_IN_BACKGROUND:
        return None
    step = max(file_import.rows_total // _STEPS, 1)

    def note(done: int, total: int) -> None:
        if done % step == 0:
            running.advance(file_import, done, total)

    return note
