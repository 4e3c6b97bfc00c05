"""Every text that was saved in a field of an entry: what stood when, and who wrote it."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from measures.domain.errors import FieldConflict, Saying
from measures.domain.recording.entry_fields import TEXT_FIELDS, EntryField, words_of
from measures.models import ProgressEntry, ProgressRevision, ProgressStatus, User


def of_request(entry: ProgressEntry, field: EntryField, key: uuid.UUID) -> ProgressRevision | None:
    """Return what the request of this key has saved in the field."""
    return ProgressRevision.objects.filter(entry=entry, field=field.name, key=key).first()


def standing_at(entry: ProgressEntry, field: EntryField, version: int) -> str | None:
    """Return the text that stood in the field at ``version`` of the entry; None: not known.

    A blank entry is known to be blank, and every saving since there are revisions is kept. What
    an older entry said before its first revision is not known.
    """
    if version == entry.version:
        return field.stored(entry)
    revisions = ProgressRevision.objects.filter(entry=entry)
    standing = (
        revisions.filter(field=field.name, entry_version__lte=version)
        .order_by("-entry_version")
        .first()
    )
    if standing is not None:
        return standing.text
    is_blank = version == 0 or field.name not in TEXT_FIELDS
    if is_blank or revisions.filter(entry_version=1).exists():
        return ProgressStatus.NOT_STARTED.value if field.name == "status" else ""
    return None


def keep_what_stood(entry: ProgressEntry) -> None:
    """Give an entry filled in before there were revisions its first ones: the texts as they stand.

    What is saved next then replaces nothing that is not kept.
    """
    saved_at, saved_by = entry.updated_at, entry.updated_by
    if (
        saved_at is None
        or saved_by is None
        or ProgressRevision.objects.filter(entry=entry).exists()
    ):
        return
    ProgressRevision.objects.bulk_create(
        ProgressRevision(
            entry=entry,
            field=field.name,
            entry_version=entry.version,
            text=field.stored(entry),
            saved_at=saved_at,
            saved_by=saved_by,
        )
        for field in words_of().values()
    )


def keep(
    entry: ProgressEntry,
    texts: Mapping[str, str],
    *,
    by: User,
    now: datetime.datetime,
    key: uuid.UUID | None = None,
) -> None:
    """Keep these texts as saved at the entry's version."""
    ProgressRevision.objects.bulk_create(
        ProgressRevision(
            entry=entry,
            field=name,
            entry_version=entry.version,
            text=text,
            key=key,
            saved_at=now,
            saved_by=by,
        )
        for name, text in texts.items()
    )


@dataclass(frozen=True)
class Merge:
    """What becomes of the typed texts: those to store, and those that two people have changed."""

    changed: dict[str, str]
    conflicts: list[FieldConflict]
    merged: dict[str, str]  # every typed field: what stands, or is to stand, or was typed


def merge(
    entry: ProgressEntry,
    fields: Mapping[str, EntryField],
    typed: Mapping[str, str],
    *,
    seen: Mapping[str, int],
    by: User,
    now: datetime.datetime,
) -> Merge:
    """Merge what ``by`` typed over the versions ``seen`` into what is stored now, field by field.

    A field that was not touched keeps the newer text; one that only ``by`` changed takes theirs;
    one that both changed to different texts is a conflict.
    """
    result = Merge({}, [], dict(typed))
    for name, text in typed.items():
        field = fields[name]
        stored = field.stored(entry)
        if text == stored:
            continue
        seen_text = standing_at(entry, field, seen[name])
        if seen_text == stored:
            result.changed[name] = text
        elif seen_text == text:
            result.merged[name] = stored
        else:
            result.conflicts.append(conflict_over(entry, field, text, by=by, now=now))
    return result


def conflict_over(
    entry: ProgressEntry, field: EntryField, text: str, *, by: User, now: datetime.datetime
) -> FieldConflict:
    """Return both texts of a field, with their authors and times: typed, and stored."""
    return FieldConflict(
        field=field.name,
        label=field.label,
        yours=Saying(text, field.shown(text), by, now),
        theirs=_last_saying(entry, field, field.stored(entry)),
    )


def _last_saying(entry: ProgressEntry, field: EntryField, stored: str) -> Saying:
    last = (
        ProgressRevision.objects.filter(entry=entry, field=field.name)
        .select_related("saved_by")
        .order_by("-entry_version")
        .first()
    )
    if last is None:  # filled in before there were revisions
        return Saying(stored, field.shown(stored), entry.updated_by, entry.updated_at)
    return Saying(stored, field.shown(stored), last.saved_by, last.saved_at)
