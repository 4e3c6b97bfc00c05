"""Bringing in a plan or report as a file: staged, corrected, and stored once confirmed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain.errors import Invalid, Stale
from measures.domain.importing import plan_results, reading, uploads
from measures.domain.importing.office_words import office_words_of
from measures.domain.importing.plan_changes import Change, refuse_odd_year
from measures.domain.importing.plan_examination import Examination
from measures.domain.importing.plan_reading import read_plan
from measures.domain.importing.plan_storing import Storing
from measures.domain.importing.staged_plans import (
    Choices,
    KeptPicture,
    StagedPlan,
    order_of,
    spans_of,
)
from measures.models import FileImport, ImportKind, Organisation, User


@dataclass(frozen=True)
class ReadFile:
    """A file that could be read: its kind by content, and what was read in it."""

    extension: str
    staged: StagedPlan


def read(
    data: bytes, *, name: str, organisation: Organisation, fiscal_year: int | None
) -> ReadFile:
    """Read a plan for an office; without ``fiscal_year`` (พ.ศ.) it is the one of the file's title.

    Stores nothing. Raises Invalid, with what to do, for what cannot be read.
    """
    source = reading.read_source(data, name)
    year = fiscal_year
    plan = None
    if year is None:
        plan = read_plan(source, office_words_of(organisation, 0))
        year = plan.fiscal_year
        if year is None:
            raise Invalid(_("ไม่พบปีงบประมาณในไฟล์ โปรดกรอกปีงบประมาณของแผนแล้วอัปโหลดอีกครั้ง"))
    refuse_odd_year(year)
    plan = read_plan(source, office_words_of(organisation, year))
    if not plan.measures:
        raise Invalid(
            _("ไม่พบมาตรการในไฟล์นี้ โปรดตรวจว่าเป็นแผนหรือรายงานตามมาตรการ และตารางมีหัวคอลัมน์ “มาตรการ”")
        )
    pictures = [
        KeptPicture(
            picture.key,
            picture.where,
            picture.extension if picture.extension in plan_results.PHOTOGRAPHS else "",
        )
        for picture in source.pictures.values()
    ]
    choices = Choices(fiscal_year=year, round=plan.round or 0)
    staged = StagedPlan(plan, choices, pictures, spans_of(source), order_of(source))
    return ReadFile(source.extension, staged)


def stage(
    data: bytes,
    *,
    name: str,
    organisation: Organisation,
    by: User,
    fiscal_year: int | None = None,
    now: datetime.datetime | None = None,
) -> FileImport:
    """Read an uploaded file and keep it, for somebody to look at and confirm.

    What is refused leaves nothing behind. Raises as ``read`` does, and NotAllowed.
    """
    permissions.can_coordinate(by, organisation).or_raise()
    found = read(data, name=name, organisation=organisation, fiscal_year=fiscal_year)
    return uploads.keep(
        data,
        name=name,
        extension=found.extension,
        kind=ImportKind.PLAN,
        organisation=organisation,
        by=by,
        draft=found.staged.as_json(),
        fiscal_year=found.staged.choices.fiscal_year,
        rows_total=len(found.staged.plan.measures),
        now=now,
    )


def office_of(file_import: FileImport) -> Organisation:
    """Return the office of a plan's import; it always has one."""
    assert file_import.organisation is not None
    return file_import.organisation


def examination_of(file_import: FileImport) -> Examination:
    """Return what confirming the import would do now."""
    return Examination(StagedPlan.of(file_import), office_of(file_import))


@transaction.atomic
def correct(
    file_import: FileImport, *, by: User, version: int, changes: Iterable[Change]
) -> FileImport:
    """Make these changes over version ``version`` of the staged plan, all or none.

    Raises Stale where somebody changed it in between, Invalid for what cannot be.
    """
    staged = StagedPlan.of(uploads.hold(file_import))
    for change in changes:
        change.apply(staged)
    return uploads.correct(file_import, by=by, version=version, draft=staged.as_json())


@transaction.atomic
def confirm(
    file_import: FileImport,
    *,
    by: User,
    version: int,
    amendment_reason: str = "",
    now: datetime.datetime | None = None,
) -> FileImport:
    """Store a staged plan as somebody saw it at version ``version``: all of it or nothing.

    In this order: divisions, scores, findings, measures, then results and ticked pictures where
    they were chosen. What is there already stays, so that a second time changes nothing. Logs each
    by its own verb, and the import. Raises NotAllowed, Stale, Locked and Invalid.
    """
    file_import = uploads.hold(file_import)
    organisation = office_of(file_import)
    permissions.can_coordinate(by, organisation).or_raise()
    uploads.refuse_when_decided(file_import)
    if file_import.version != version:
        raise Stale(_("มีผู้อื่นแก้ไขตัวอย่างนี้ก่อนท่าน โปรดตรวจกับที่แสดงล่าสุดแล้วยืนยันอีกครั้ง"))
    staged = StagedPlan.of(file_import)
    storing = Storing(Examination(staged, organisation), by, amendment_reason, now)
    storing.store_divisions()
    storing.store_scores()
    storing.store_measures(storing.store_findings())
    if staged.choices.with_results:
        file_import.round, entries, told = plan_results.store_results(
            storing.examination, storing.measures, by=by, now=now
        )
        evidence = plan_results.attach_ticked(file_import, staged, entries, by=by, now=now)
        storing.report |= told | {"evidence": evidence}
    file_import.fiscal_year = staged.choices.fiscal_year
    return uploads.finish(file_import, by=by, report=storing.report, now=now)
