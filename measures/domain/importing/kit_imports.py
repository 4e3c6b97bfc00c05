"""A returned round kit from its upload to its merge: kept meanwhile, gone when given up."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain.errors import Invalid
from measures.domain.importing import safety, uploads
from measures.domain.recording import kit_merges
from measures.domain.recording.kits import may_have_kit
from measures.models import FileImport, ImportKind, RoundKit, User


@dataclass(frozen=True)
class ReturnedKit:
    """What came back: the kit it belongs to, its texts by measure number and field, and remarks."""

    kit: RoundKit
    cells: dict[int, dict[str, str]]
    remarks: list[str] = field(default_factory=list)


@transaction.atomic
def stage_all(
    data: bytes,
    *,
    name: str,
    returned: Sequence[ReturnedKit],
    by: User,
    now: datetime.datetime | None = None,
) -> list[FileImport]:
    """Keep a returned file once for each kit in it, as ``stage``; all of them or none.

    What is in it of divisions for which ``by`` does not report is left out and told with the rest.
    Raises NotAllowed where nothing else is there.
    """
    own: list[ReturnedKit] = []
    others: list[str] = []
    for each in returned:
        answer = _may_return(each, by)
        if answer:
            own.append(each)
        else:
            others.append(
                _("ไม่ได้อ่านแถวของ%(division)s: %(reason)s")
                % {"division": each.kit.division.name, "reason": answer.reason}
            )
    if not own:
        own = [returned[0]]  # is refused with its reason
    first, *rest = own
    first = replace(first, remarks=[*first.remarks, *others])
    return [stage(data, name=name, returned=each, by=by, now=now) for each in (first, *rest)]


def _may_return(returned: ReturnedKit, by: User) -> permissions.Answer:
    merge = kit_merges.merge_of(returned.kit, returned.cells)
    return may_have_kit(by, [row.entry for row in merge.rows])


def stage(
    data: bytes,
    *,
    name: str,
    returned: ReturnedKit,
    by: User,
    now: datetime.datetime | None = None,
) -> FileImport:
    """Keep a returned file, for ``by`` to look at what it would change. Nothing else is stored.

    For the coordinator and who reports for the division. Raises Invalid where the plan no longer
    asks for anything that the kit holds.
    """
    kit = returned.kit
    merge = kit_merges.merge_of(kit, returned.cells)
    if not merge.rows:
        raise Invalid(
            _(
                "แผนถูกแก้ไขหลังจัดทำชุดนี้ %(division)sจึงไม่มีรายการให้บันทึก "
                "โปรดดาวน์โหลดชุดใหม่ของส่วนราชการที่รับผิดชอบแล้วคัดลอกข้อความมาวาง"
            )
            % {"division": kit.division.name}
        )
    may_have_kit(by, [row.entry for row in merge.rows]).or_raise()
    return uploads.keep(
        data,
        name=name,
        extension=safety.checked_extension(data, name),
        kind=ImportKind.KIT,
        organisation=kit.round.organisation,
        by=by,
        draft={
            "kit": kit.pk,
            "cells": {str(number): dict(texts) for number, texts in returned.cells.items()},
            "remarks": returned.remarks,
        },
        fiscal_year=kit.round.fiscal_year,
        reporting_round=kit.round,
        rows_total=len(returned.cells),
        now=now,
    )


def kit_of(file_import: FileImport) -> RoundKit:
    """Return the kit that the file belongs to."""
    kits = RoundKit.objects.select_related("round__organisation", "division")
    return kits.get(pk=file_import.draft["kit"])


def cells_of(file_import: FileImport) -> dict[int, dict[str, str]]:
    """Return what came back, by measure number and field."""
    return {int(number): texts for number, texts in file_import.draft["cells"].items()}


def merge_of(file_import: FileImport) -> kit_merges.Merge:
    """Return what the file would change, against what is stored now."""
    return kit_merges.merge_of(kit_of(file_import), cells_of(file_import))


@transaction.atomic
def confirm(
    file_import: FileImport,
    *,
    by: User,
    choices: Mapping[str, kit_merges.Choice],
    versions: Mapping[int, int],
    now: datetime.datetime | None = None,
) -> FileImport:
    """Store the merge by ``kit_merges.store`` and keep the file with it, or nothing at all."""
    file_import = uploads.hold(file_import)
    uploads.refuse_when_decided(file_import)
    kit = kit_of(file_import)
    changed = kit_merges.store(
        kit, cells_of(file_import), by=by, choices=choices, versions=versions, now=now
    )
    report = {"kit": kit.pk, "division": kit.division_id, "changed": changed}
    return uploads.finish(file_import, by=by, report=report, now=now)
