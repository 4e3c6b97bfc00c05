"""A returned round kit from its upload to its merge: kept meanwhile, gone when given up."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.domain.importing import safety, uploads
from measures.domain.recording import kit_merges
from measures.domain.recording.kits import may_have_kit
from measures.models import FileImport, ImportKind, RoundKit, User


def stage(
    data: bytes,
    *,
    name: str,
    kit: RoundKit,
    cells: kit_merges.Cells,
    remarks: list[str],
    by: User,
    now: datetime.datetime | None = None,
) -> FileImport:
    """Keep a returned file, for ``by`` to look at what it would change. Nothing else is stored.

    For the coordinator and who reports for the division. Raises Invalid where the plan no longer
    asks for anything that the kit holds.
    """
    merge = kit_merges.merge_of(kit, cells)
    if not merge.rows:
        raise Invalid(_("แผนถูกแก้ไขหลังจัดทำชุดนี้ จึงไม่มีรายการให้บันทึก โปรดดาวน์โหลดชุดใหม่"))
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
            "cells": {str(number): dict(texts) for number, texts in cells.items()},
            "remarks": remarks,
        },
        fiscal_year=kit.round.fiscal_year,
        reporting_round=kit.round,
        rows_total=len(cells),
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
