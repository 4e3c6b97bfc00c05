"""Storing what a file says was done: entries of a round, and pictures as evidence."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain.errors import Invalid
from measures.domain.filing.evidence import attach_file
from measures.domain.importing import reading, uploads
from measures.domain.importing.one_picture import picture_in
from measures.domain.importing.plan_drafts import DraftMeasure
from measures.domain.importing.plan_examination import Examination
from measures.domain.importing.sources import Picture
from measures.domain.importing.staged_plans import StagedPlan, usual_dates
from measures.domain.recording import progress, rounds
from measures.models import FileImport, Measure, ProgressEntry, ReportingRound, User

PHOTOGRAPHS = ("jpeg", "jpg", "png", "webp")  # what can be attached of what Word embeds


def dates_of(examination: Examination) -> tuple[datetime.date, datetime.date]:
    """Return when a round that is not there yet opens and is due: as chosen, else as usual."""
    choices = examination.staged.choices
    opens, due = usual_dates(examination.fiscal_year, choices.round or 6, timezone.localdate())
    return (
        datetime.date.fromisoformat(choices.opens_on) if choices.opens_on else opens,
        datetime.date.fromisoformat(choices.due_on) if choices.due_on else due,
    )


def store_results(
    examination: Examination,
    measures: Mapping[int, Measure],
    *,
    by: User,
    now: datetime.datetime | None = None,
) -> tuple[ReportingRound, dict[int, ProgressEntry], dict[str, Any]]:
    """Enter what the file says was done, by the measures' places; return round, entries, report.

    The first division of a measure gets the words. Opens the round where it is not there. What
    somebody has entered already is left alone. Raises Locked and Invalid as the verbs do.
    """
    choices = examination.staged.choices
    if not choices.round:
        raise Invalid(_("โปรดเลือกรอบ 6 หรือ 12 เดือนของผลการดำเนินการในไฟล์"))
    reporting_round = examination.reporting_round
    if reporting_round is None:
        opens_on, due_on = dates_of(examination)
        reporting_round = rounds.open_round(
            examination.organisation,
            fiscal_year=examination.fiscal_year,
            months=choices.round,
            opens_on=opens_on,
            due_on=due_on,
            by=by,
            now=now,
        )
    entries = first_entries(reporting_round)
    written, kept = [], []
    found: dict[int, ProgressEntry] = {}
    for each in examination.measures:
        measure = measures.get(each.place)
        if measure is None or not each.has_results():
            continue
        entry = entries.get(measure.pk)
        if entry is None:
            raise Invalid(_("ยังไม่มีส่วนราชการที่รายงาน จึงนำผลการดำเนินการเข้าไม่ได้ โปรดเพิ่มส่วนราชการก่อน"))
        told = {"place": each.place, "entry": entry.pk, "division": entry.division.name}
        texts = _texts_of(each.draft, choices.status)
        if entry.is_written() and not _says(entry, texts):
            kept.append(told)
        else:
            entry = _record(entry, texts, by=by, now=now)
            written.append(told)
        found[each.place] = entry
    report = {"round": reporting_round.pk, "entries": written, "kept_entries": kept}
    return reporting_round, found, report


def first_entries(reporting_round: ReportingRound) -> dict[int, ProgressEntry]:
    """Return the entry of the first division of each measure, by the measure's id."""
    entries: dict[int, ProgressEntry] = {}
    for entry in progress.entries_of(reporting_round):
        entries.setdefault(entry.measure_id, entry)
    return entries


def _texts_of(draft: DraftMeasure, status: str) -> dict[str, str]:
    return {
        "status": draft.status or status,
        "status_note": draft.status_note,
        "result": "\n".join(draft.results),
        "outcome": "\n".join(draft.outcomes),
        "suggestion": "\n".join(draft.suggestions),
    }


def _says(entry: ProgressEntry, texts: Mapping[str, str]) -> bool:
    """Return whether the entry says just what the file does."""
    return all(getattr(entry, name) == text for name, text in texts.items() if text)


def _record(
    entry: ProgressEntry,
    texts: Mapping[str, str],
    *,
    by: User,
    now: datetime.datetime | None,
) -> ProgressEntry:
    """Enter the words. Without a status they are kept, and the entry counts as not reported."""
    if _says(entry, texts) and entry.is_written():
        return entry
    if texts["status"]:
        return progress.record(
            entry,
            by=by,
            version=entry.version,
            status=texts["status"],
            status_note=texts["status_note"],
            result=texts["result"],
            outcome=texts["outcome"],
            suggestion=texts["suggestion"],
            now=now,
        )
    for name, text in texts.items():
        if text:
            entry = progress.save_field(entry, name, text, by=by, version=entry.version, now=now)
    return entry


def picture_of(file_import: FileImport, key: str) -> bytes:
    """Return one picture of the kept file as its camera wrote it; Invalid where it is not there."""
    extension = str(file_import.file.name).rpartition(".")[2]
    try:
        return picture_in(uploads.data_of(file_import), extension, key)
    except KeyError as missing:
        raise Invalid(_("ไม่มีภาพนี้ในไฟล์ โปรดเปิดหน้านี้ใหม่")) from missing


def _pictures_of(file_import: FileImport) -> Mapping[str, Picture]:
    """Return the pictures in the kept file by their keys. Reads the whole file."""
    source = reading.read_source(uploads.data_of(file_import), file_import.file_name)
    return source.pictures


def attach_ticked(
    file_import: FileImport,
    staged: StagedPlan,
    entries: Mapping[int, ProgressEntry],
    *,
    by: User,
    now: datetime.datetime | None = None,
) -> list[dict[str, Any]]:
    """Attach the ticked pictures to the entries of their measures, by place; return the report."""
    wanted = {
        place: staged.ticked(measure)
        for place, measure in enumerate(staged.plan.measures, start=1)
        if place in entries and staged.ticked(measure)
    }
    if not wanted:
        return []
    pictures = _pictures_of(file_import)
    attached = []
    for place, ticked in wanted.items():
        for key, caption in ticked:
            picture = pictures[key]
            upload = ContentFile(picture.data, name=f"{place}.{picture.extension}")
            evidence = attach_file(entries[place], by=by, upload=upload, caption=caption, now=now)
            attached.append({"place": place, "picture": key, "id": evidence.pk})
    return attached


@transaction.atomic
def attach_later(
    file_import: FileImport,
    *,
    by: User,
    reporting_round: ReportingRound,
    place: int,
    captions: Mapping[str, str],
    now: datetime.datetime | None = None,
) -> FileImport:
    """Attach pictures of a stored import to the measure that was read at ``place``, in a round.

    Raises Invalid for a measure that was not stored, Locked where the round takes nothing.
    """
    file_import = uploads.hold(file_import)
    assert file_import.organisation is not None  # a plan is always of an office
    permissions.can_coordinate(by, file_import.organisation).or_raise()
    stored = {row["place"]: row["id"] for row in file_import.report.get("measures", [])}
    entry = first_entries(reporting_round).get(stored.get(place) or 0)
    if entry is None or reporting_round.organisation_id != file_import.organisation_id:
        raise Invalid(_("ไม่พบมาตรการนี้ในรอบที่เลือก โปรดเลือกรอบอื่น"))
    staged = StagedPlan.of(file_import)
    own = staged.measure_at(place).pictures
    staged.choices.pictures = {key: text for key, text in captions.items() if key in own}
    attached = attach_ticked(file_import, staged, {place: entry}, by=by, now=now)
    file_import.report["evidence"] = [*file_import.report.get("evidence", []), *attached]
    file_import.save(update_fields=["report"])
    return file_import
