"""Recording what was done: one entry per measure, division and round."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events, rounds
from measures.domain.errors import Conflict, Invalid
from measures.domain.locks import late_permit_of, lock_of_entry, refuse_when_locked
from measures.domain.measures import reporting_divisions
from measures.domain.texts import cleaned
from measures.models import EventVerb, ProgressEntry, ProgressStatus, ReportingRound, User

TEXT_FIELDS = ("status", "status_note", "result", "outcome", "suggestion")


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
        if (entry.measure_id, entry.division_id) in wanted or entry.is_reported()
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
    now: datetime.datetime | None = None,
) -> ProgressEntry:
    """Store what ``by`` typed over version ``version`` of the entry, and log before and after.

    Raises Conflict where somebody else saved in between (a second press of the same button is
    recognised by its equal texts and changes nothing), Locked where the round takes no entries,
    NotAllowed for the wrong person, Invalid for texts that cannot be stored.
    """
    entry = entry_to_change(entry, by)
    if status not in ProgressStatus.values:
        raise Invalid(_("โปรดเลือกสถานะการดำเนินการหนึ่งในสามแบบ"))
    after = {
        "status": status,
        "status_note": cleaned(status_note, label=_("หมายเหตุสถานะ"), longest=200),
        "result": cleaned(result, label=_("ผลการดำเนินการ")),
        "outcome": cleaned(outcome, label=_("ผลลัพธ์/ความสำเร็จ")),
        "suggestion": cleaned(suggestion, label=_("ข้อเสนอแนะ")),
    }
    before = {field: getattr(entry, field) for field in TEXT_FIELDS}
    if before == after and entry.is_reported():
        return entry
    if entry.version != version:
        raise Conflict(entry)
    for field, value in after.items():
        setattr(entry, field, value)
    entry.version += 1
    entry.updated_at = now or timezone.now()
    entry.updated_by = by
    entry.late_permit = late_permit_of(entry, by=by)
    entry.save()
    events.record(
        EventVerb.PROGRESS_RECORDED,
        entry,
        by=by,
        organisation=entry.measure.organisation,
        data={"before": before, "after": after, "version": entry.version},
        now=now,
    )
    return entry


def previous_entry(entry: ProgressEntry) -> ProgressEntry | None:
    """Return the same division's entry of the round before this one, if it was filled in.

    The same measure in an earlier round of the year; otherwise the measure of the same number in
    the last round of an earlier year.
    """
    earlier = (
        ProgressEntry.objects.reported()
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


def fold_status(statuses: Iterable[str]) -> ProgressStatus:
    """Return one status for a measure from those of its divisions.

    Done when all are done, not started when none has begun, in progress otherwise.
    """
    found = set(statuses)
    if found == {ProgressStatus.DONE}:
        return ProgressStatus.DONE
    if found <= {ProgressStatus.NOT_STARTED}:
        return ProgressStatus.NOT_STARTED
    return ProgressStatus.IN_PROGRESS


def fold_texts(texts: Iterable[tuple[str, str]]) -> str:
    """Return one text from (division name, text) pairs: alone as it is, several with their names.

    Divisions that wrote the same words share one line.
    """
    divisions_by_text: dict[str, list[str]] = {}
    for division, text in texts:
        if text:
            divisions_by_text.setdefault(text, []).append(division)
    if len(divisions_by_text) <= 1:
        return next(iter(divisions_by_text), "")
    return "\n".join(
        f"{', '.join(divisions)}:{_gap_before(text)}{text}"
        for text, divisions in divisions_by_text.items()
    )


def _gap_before(text: str) -> str:
    """Return what stands between a division's name and its text: a list starts on its own line."""
    return "\n" if "\n" in text or text.startswith("-") else " "
