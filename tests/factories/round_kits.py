"""Round kits as divisions get them, fill them in and send them back."""

import io
from collections.abc import Mapping
from decimal import Decimal

import openpyxl

from measures.domain.importing import kit_imports
from measures.domain.recording import kits
from measures.domain.recording.progress import entries_of
from measures.models import FileImport, ProgressEntry, RoundKit, Target, User
from measures.resources.round_kit_returns import read_kits
from measures.resources.round_kit_sheets import FIRST_ROW, HEADING_ROW
from measures.resources.round_kits import headings_of_kit, workbook_of
from tests.factories.people import Office


def kit_of(office: Office, by: User | None = None) -> RoundKit:
    """Return a kit of the finance division, which reports for both measures."""
    return kits.make_kit(office.round, office.finance, by=by or office.coordinator)


def entry_of(office: Office, number: int = 1) -> ProgressEntry:
    """Return the finance division's entry for a measure of the round, made where it is not yet."""
    return next(
        entry
        for entry in entries_of(office.round)
        if (entry.measure.number, entry.division_id) == (number, office.finance.pk)
    )


def make_target(office: Office) -> Target:
    """Give the first measure a number to reach."""
    return Target.objects.create(
        measure=office.measures[0],
        number=1,
        name="ผู้เข้าร่วม",
        unit="คน",
        baseline=Decimal(10),
        goal=Decimal(40),
    )


def filled(kit: RoundKit, texts: Mapping[tuple[int, str], str], *, data: bytes = b"") -> bytes:
    """Return the kit's workbook with texts typed by measure number and field."""
    book = openpyxl.load_workbook(io.BytesIO(data or workbook_of(kit)))
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[HEADING_ROW]}
    labels = headings_of_kit()
    rows = {sheet.cell(row, 1).value: row for row in range(FIRST_ROW, sheet.max_row + 1)}
    for (number, name), text in texts.items():
        sheet.cell(rows[number], headings[labels[name]]).value = text
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def returned(
    office: Office, texts: Mapping[tuple[int, str], str], *, by: User | None = None
) -> FileImport:
    """Return the import of a kit that came back with these texts, waiting to be confirmed."""
    kit = kit_of(office)
    data = filled(kit, texts)
    (back,) = read_kits(data, "kit.xlsx", office=office.organisation)
    return kit_imports.stage(data, name="kit.xlsx", returned=back, by=by or office.coordinator)
