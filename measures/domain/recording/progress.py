"""Recording what was done: one entry per measure, division and round."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Conflict, Invalid
from measures.domain.planning.measures import reporting_divisions
from measures.domain.recording import revisions, rounds
from measures.domain.recording.entry_fields import (
    EntryField,
    Number,
    field_of,
    fields_of,
    plain,
    words_of,
)
from measures.domain.recording.locks import late_permit_of, lock_of_entry, refuse_when_locked
from measures.models import EventVerb, ProgressEntry, ReportingRound, User


def entries_of(reporting_round: ReportingRound) -> list[ProgressEntry]:
    """Return the entries that the plan asks for in this round, making the blank ones.

    One per measure of the year and division that reports for it. An entry whose division is no
    longer responsible is left out unless somebody has filled it in.
    """
    by_measure = reporting_divisions(reporting_round.organisation, reporting_round.fiscal_year)
    expected = [
        (measure, division.pk)
        for measure, divisions in by_measure.items()
        for division in divisions
    ]
    existing = set(
        ProgressEntry.objects.in_round(reporting_round).values_list("measure_id", "division_id")
    )
    ProgressEntry.objects.bulk_create(
        [
            ProgressEntry(measure_id=measure, division_id=division, round=reporting_round)
            for measure, division in expected
            if (measure, division) not in existing
        ],
        ignore_conflicts=True,  # two people opening the page at once make the same rows
    )
    wanted = set(expected)
    entries = (
        ProgressEntry.objects.in_round(reporting_round)
        .select_related("measure__organisation", "division", "round", "updated_by")
        .prefetch_related("evidence")
    )
    return [
        entry
        for entry in entries
        if (entry.measure_id, entry.division_id) in wanted or entry.is_written()
    ]


def entry_to_change(entry: ProgressEntry, by: User) -> ProgressEntry:
    """Return the entry as it is now, held until the transaction ends, if ``by`` may change it.

    Holds the round too: whoever closes it, or sends its report up the line, waits for this
    change or is seen by it. Raises NotAllowed for the wrong person, Locked where the round takes
    no entries from ``by``.
    """
    reporting_round = rounds.hold(entry.round)
    entry = (
        ProgressEntry.objects.select_for_update(of=("self",))
        .select_related("measure__organisation", "division")
        .get(pk=entry.pk)
    )
    entry.round = reporting_round
    permissions.can_record(by, entry).or_raise()
    refuse_when_locked(lock_of_entry(entry, by=by))
    return entry


@transaction.atomic
def record(
    entry: ProgressEntry,
    *,
    by: User,
    version: int,
    status: str,
    status_note: str = "",
    result: str = "",
    outcome: str = "",
    suggestion: str = "",
    steps_and_targets: Mapping[str, str] | None = None,
    versions: Mapping[str, int] | None = None,
    now: datetime.datetime | None = None,
) -> ProgressEntry:
    """Store what ``by`` typed over version ``version`` of the entry, and log before and after.

    ``versions`` names the fields seen at another version (saved by themselves meanwhile);
    ``steps_and_targets`` are texts by the names of ``entry_fields``. What the person left as it
    was keeps the text that somebody else has stored since. Raises Conflict where both changed the
    same field (a second press of the same button is recognised by its equal texts and changes
    nothing), Locked where the round takes no entries, NotAllowed for the wrong person, Invalid
    for texts that cannot be stored.
    """
    entry = entry_to_change(entry, by)
    texts = {
        "status": status,
        "status_note": status_note,
        "result": result,
        "outcome": outcome,
        "suggestion": suggestion,
    }
    fields = words_of()
    if steps_and_targets:
        fields |= {name: field_of(entry, name) for name in steps_and_targets}
        texts |= steps_and_targets
    typed = {name: fields[name].cleaned(text) for name, text in texts.items()}
    at = now or timezone.now()
    seen = dict.fromkeys(typed, version) | dict(versions or {})
    merge = revisions.merge(entry, fields, typed, seen=seen, by=by, now=at)
    if merge.conflicts:
        raise Conflict(entry, fields=tuple(merge.conflicts), merged=merge.merged)
    if not merge.changed and entry.is_reported():
        return entry
    before = {name: field.stored(entry) for name, field in fields.items()}
    # The status of a first report is said, even where it is the one that a blank entry has.
    said = merge.changed if entry.is_reported() else {"status": typed["status"], **merge.changed}
    entry = _store(entry, fields, said, by=by, now=at)
    _log(entry, before=before, after=before | merge.changed, by=by, now=now)
    return entry


@transaction.atomic
def save_field(
    entry: ProgressEntry,
    field: str,
    text: str,
    *,
    by: User,
    version: int,
    key: uuid.UUID | None = None,
    now: datetime.datetime | None = None,
) -> ProgressEntry:
    """Store one field as ``by`` typed it over version ``version``, and log before and after.

    ``field`` is one of TEXT_FIELDS, ``step-<id>`` or ``target-<id>``. ``key`` names the request:
    the same request again changes nothing, whatever was saved since. Raises Conflict only where
    this field was changed to another text after ``version``; for the rest as ``record``.
    """
    one = field_of(entry, field)
    text = one.cleaned(text)
    # Asked before the locks too: what is saved is saved, even if the round has closed since.
    if key and _is_saved(entry, one, text, by=by, key=key):
        return ProgressEntry.objects.select_related("measure__organisation").get(pk=entry.pk)
    entry = entry_to_change(entry, by)
    if key and _is_saved(entry, one, text, by=by, key=key):
        return entry
    before = one.stored(entry)
    at = now or timezone.now()
    if before != text and revisions.standing_at(entry, one, version) != before:
        conflict = revisions.conflict_over(entry, one, text, by=by, now=at)
        raise Conflict(entry, fields=(conflict,), merged={field: text})
    # A status that is chosen is news, even where it is the one that a blank entry has.
    is_news = before != text or (field == "status" and not entry.is_reported())
    if not is_news and key is None:
        return entry
    entry = _store(entry, {field: one}, {field: text}, by=by, now=at, key=key)
    if is_news:
        _log(entry, before={field: before}, after={field: text}, by=by, now=now)
    return entry


def _is_saved(
    entry: ProgressEntry, field: EntryField, text: str, *, by: User, key: uuid.UUID
) -> bool:
    """Return whether the request of this key was answered before; its key fits no other text."""
    earlier = revisions.of_request(entry, field, key)
    if earlier is not None and (earlier.text, earlier.saved_by_id) != (text, by.pk):
        raise Invalid(_("คำขอบันทึกนี้เคยใช้กับข้อความอื่น โปรดเปิดหน้านี้ใหม่แล้วบันทึกอีกครั้ง"))
    return earlier is not None


def _store(
    entry: ProgressEntry,
    fields: Mapping[str, EntryField],
    texts: Mapping[str, str],
    *,
    by: User,
    now: datetime.datetime,
    key: uuid.UUID | None = None,
) -> ProgressEntry:
    """Write these texts as the entry's next version, and keep each as a revision."""
    revisions.keep_what_stood(entry)
    for name, text in texts.items():
        fields[name].store(entry, text, by=by, now=now)
    entry.version += 1
    entry.updated_at = now
    entry.updated_by = by
    entry.has_status = entry.has_status or "status" in texts
    entry.late_permit = late_permit_of(entry, by=by)
    entry.save()
    revisions.keep(entry, texts, by=by, now=now, key=key)
    return entry


def _log(
    entry: ProgressEntry,
    *,
    before: Mapping[str, str],
    after: Mapping[str, str],
    by: User,
    now: datetime.datetime | None,
) -> None:
    events.record(
        EventVerb.PROGRESS_RECORDED,
        entry,
        by=by,
        organisation=entry.measure.organisation,
        data={"before": dict(before), "after": dict(after), "version": entry.version},
        now=now,
    )


def copy_forward(
    entry: ProgressEntry,
    field: str,
    *,
    by: User,
    version: int,
    key: uuid.UUID | None = None,
    now: datetime.datetime | None = None,
) -> ProgressEntry:
    """Store in the field what the same division said in the round before.

    Raises Invalid where it said nothing; otherwise as ``save_field``.
    """
    previous = previous_entry(entry)
    text = texts_before(entry, previous).get(field, "") if previous else ""
    if not text:
        raise Invalid(_("รอบก่อนไม่มีข้อความในช่องนี้ให้คัดลอก"))
    return save_field(entry, field, text, by=by, version=version, key=key, now=now)


def texts_before(entry: ProgressEntry, previous: ProgressEntry) -> dict[str, str]:
    """Return what ``previous`` says in each field of ``entry``, by the names of ``entry``'s fields.

    Steps are of their own measure; a target of last year's measure is the one of the same name.
    """
    texts = {name: field.stored(previous) for name, field in words_of().items()}
    values = {value.target_id: value for value in previous.target_values.select_related("target")}
    by_name = {value.target.name: value for value in values.values()}
    for name, field in fields_of(entry).items():
        if isinstance(field, Number):
            value = values.get(field.target.pk) or by_name.get(field.target.name)
            texts[name] = plain(value.value) if value else ""
    return texts


@dataclass(frozen=True)
class Answer:
    """What became of one row of a change of many: "" where it was made, else the refusal."""

    entry: ProgressEntry
    refusal: str = ""


def set_statuses(
    entries: Iterable[ProgressEntry],
    status: str,
    *,
    by: User,
    now: datetime.datetime | None = None,
) -> list[Answer]:
    """Set the status of many entries, each over the version it has in memory, as a coordinator.

    Each row goes through every rule by itself: a refused one is told and keeps none of the others
    from being changed.
    """
    answers = []
    for entry in entries:
        try:
            permissions.can_coordinate(by, entry.measure.organisation).or_raise()
            save_field(entry, "status", status, by=by, version=entry.version, now=now)
        except permissions.NotAllowed as refusal:
            answers.append(Answer(entry, str(refusal)))
        else:
            answers.append(Answer(entry))
    return answers


def previous_entry(entry: ProgressEntry) -> ProgressEntry | None:
    """Return the same division's entry of the round before this one, if it was filled in.

    The same measure in an earlier round of the year; otherwise the measure of the same number in
    the last round of an earlier year.
    """
    earlier = (
        ProgressEntry.objects.written()
        .filter(division=entry.division)
        .select_related("round", "measure")
    )
    same_year = earlier.filter(measure=entry.measure, round__months__lt=entry.round.months)
    last_year = earlier.filter(
        measure__number=entry.measure.number,
        round__fiscal_year__lt=entry.round.fiscal_year,
    )
    return (
        same_year.order_by("-round__months").first()
        or last_year.order_by("-round__fiscal_year", "-round__months").first()
    )
