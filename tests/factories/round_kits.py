"""Round kits as divisions get them, fill them in and send them back."""

import io
from collections.abc import Mapping

import openpyxl

from measures.domain.importing import kit_imports
from measures.domain.recording import kits
from measures.models import FileImport, RoundKit, User
from measures.resources.round_kit_returns import read_kit
from measures.resources.round_kits import headings_of_kit, workbook_of
from tests.factories.people import Office


def kit_of(office: Office, by: User | None = None) -> RoundKit:
    """Return a kit of the finance division, which reports for both measures."""
    return kits.make_kit(office.round, office.finance, by=by or office.coordinator)


def filled(kit: RoundKit, texts: Mapping[tuple[int, str], str], *, data: bytes = b"") -> bytes:
    """Return the kit's workbook with texts typed by measure number and field."""
    book = openpyxl.load_workbook(io.BytesIO(data or workbook_of(kit)))
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[2]}
    labels = headings_of_kit()
    rows = {sheet.cell(row, 1).value: row for row in range(3, sheet.max_row + 1)}
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
    back = read_kit(filled(kit, texts), "kit.xlsx", reporting_round=office.round)
    return kit_imports.stage(
        filled(kit, texts),
        name="kit.xlsx",
        kit=kit,
        cells=back.cells,
        remarks=back.remarks,
        by=by or office.coordinator,
    )
