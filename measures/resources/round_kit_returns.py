"""A round kit that comes back by any way: recognised, and its texts taken out. Stores nothing."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from django.core import signing
from django.utils.translation import gettext as _

from ita_portal.thai.numerals import parse_integer, to_thai_digits
from ita_portal.thai.words import normalise_compact
from measures.domain.errors import Invalid
from measures.domain.importing import safety
from measures.domain.importing.reading import read_source
from measures.domain.importing.sources import Source, Table
from measures.domain.recording import kits
from measures.models import Division, ProgressStatus, ReportingRound, RoundKit
from measures.resources import SHEETS, form_sheets
from measures.resources.cells import as_typed
from measures.resources.round_kits import FORM, NUMBER, SALT, VERSION, headings_of_kit

_LOOKED_AT = 15  # rows, in which the headings must stand


@dataclass(frozen=True)
class ReturnedKit:
    """What came back: the kit it belongs to, its texts by measure number and field, and remarks."""

    kit: RoundKit
    cells: dict[int, dict[str, str]]
    remarks: list[str] = field(default_factory=list)


def read_kit(
    data: bytes,
    name: str,
    *,
    reporting_round: ReportingRound,
    division: Division | None = None,
) -> ReturnedKit:
    """Return what came back for this round; raise Invalid with what to do where it is another form.

    ``division`` is whose the file is, as the person says, where the file has lost its mark (saved
    as csv, or copied into a new workbook). Stores nothing.
    """
    source = read_source(data, name)
    kit = _marked_kit(data, source, reporting_round)
    table = _table_of(source)
    if table is None:
        raise Invalid(
            _(
                "ไม่พบตารางของชุดรายงานในไฟล์นี้ (ต้องมีหัวตาราง “ที่” และ “ผลการดำเนินการ”) "
                "โปรดใช้ไฟล์ที่ดาวน์โหลดจากหน้านี้"
            )
        )
    remarks: list[str] = []
    cells = _cells_of(*table, remarks)
    if kit is None:
        if division is None:
            raise Invalid(
                _(
                    "ไฟล์นี้ไม่มีรหัสของชุดรายงาน (อาจบันทึกเป็น csv หรือคัดลอกมา) "
                    "โปรดเลือกส่วนราชการเจ้าของไฟล์แล้วอัปโหลดอีกครั้ง"
                )
            )
        kit = kits.fitting_kit(reporting_round, division, cells)
        remarks.append(_("ไฟล์นี้ไม่มีรหัสของชุดรายงาน ระบบเทียบกับชุดที่ตรงที่สุด โปรดตรวจทุกช่องก่อนยืนยัน"))
    elif division is not None and division.pk != kit.division_id:
        raise Invalid(
            _("นี่คือชุดรายงานของ%(theirs)s ไม่ใช่ของ%(ours)s โปรดเลือกส่วนราชการให้ตรงหรือเลือกไฟล์ใหม่")
            % {"theirs": kit.division.name, "ours": division.name}
        )
    return ReturnedKit(kit, _known(kit, cells, remarks), remarks)


def _marked_kit(data: bytes, source: Source, reporting_round: ReportingRound) -> RoundKit | None:
    """Return the kit that the hidden sheet names; None where there is no hidden sheet."""
    rows = _hidden_rows(data) if source.extension == "xlsx" else []
    if not rows:
        return None
    form = form_sheets.form_in(rows)
    if form.key != FORM:
        raise Invalid(
            _("นี่คือแบบ “%(theirs)s” ไม่ใช่ชุดรายงานของส่วนราชการ โปรดเลือกไฟล์ที่ดาวน์โหลดจากหน้านี้")
            % {"theirs": _name_of(form.key)}
        )
    signed = str(next((row[1] for row in rows if row and row[0] == "signed"), ""))
    try:
        mark = signing.loads(signed, salt=SALT)
    except signing.BadSignature as error:
        raise Invalid(
            _("รหัสของชุดรายงานในไฟล์ถูกแก้ไข โปรดดาวน์โหลดชุดใหม่แล้วคัดลอกข้อความมาวาง")
        ) from error
    if mark["version"] > VERSION:
        raise Invalid(_("แบบนี้มาจากระบบรุ่นใหม่กว่า โปรดดาวน์โหลดชุดจากหน้านี้ แล้วคัดลอกข้อความมาวาง"))
    office = reporting_round.organisation
    if mark["organisation"] != office.slug:
        raise Invalid(
            _("นี่คือชุดรายงานของหน่วยงานอื่น ไม่ใช่ของ%(ours)s โปรดเลือกไฟล์ของหน่วยงานท่าน")
            % {"ours": office.name}
        )
    kit = RoundKit.objects.filter(code=mark["kit"], round__organisation=office)
    found = kit.select_related("round__organisation", "division").first()
    if found is None:
        raise Invalid(_("ไม่พบชุดรายงานนี้ในระบบ โปรดดาวน์โหลดชุดใหม่แล้วคัดลอกข้อความมาวาง"))
    if found.round_id != reporting_round.pk:
        raise Invalid(
            to_thai_digits(
                _("นี่คือชุดรายงานของ%(theirs)s ไม่ใช่ของ%(ours)s โปรดอัปโหลดที่หน้าของรอบนั้น")
                % {"theirs": found.round, "ours": reporting_round}
            )
        )
    return found


def _name_of(key: str) -> str:
    """Return what people call a form of this install; of others the key."""
    sheet = SHEETS.get(key)
    return str(sheet.get_display_name()) if sheet is not None else key


def _hidden_rows(data: bytes) -> list[list[Any]]:
    """Return the rows of the hidden sheet of a form; none where there is no such sheet."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        if form_sheets.SHEET_NAME not in book.sheetnames:
            return []
        sheet = book[form_sheets.SHEET_NAME]
        sheet.reset_dimensions()
        rows = [list(row) for row in sheet.iter_rows(max_row=20, max_col=2, values_only=True)]
    except safety.UNREADABLE as error:
        raise safety.damaged() from error
    return [row for row in rows if len(row) == 2]


def _table_of(source: Source) -> tuple[Table, int, dict[str, int]] | None:
    """Return the table, the row of its headings and the column of each; None where there is none.

    Columns may stand in any order, and may be missing; the number must be there, and one field.
    """
    wanted = {normalise_compact(label): name for name, label in headings_of_kit().items()}
    wanted[normalise_compact(NUMBER)] = NUMBER
    for table in source.tables():
        for number, row in enumerate(table.rows[:_LOOKED_AT]):
            columns: dict[str, int] = {}
            for column, cell in enumerate(row):
                name = wanted.get(normalise_compact(cell.text()))
                if name is not None:
                    columns.setdefault(name, column)
            if NUMBER in columns and len(columns) > 1:
                return table, number, columns
    return None


def _cells_of(
    table: Table, heading: int, columns: dict[str, int], remarks: list[str]
) -> dict[int, dict[str, str]]:
    """Return the texts below the headings by measure number; remark what was passed over."""
    found: dict[int, dict[str, str]] = {}
    names = [name for name in columns if name != NUMBER]
    for number, row in _rows_below(table, heading):
        texts = {name: _text_in(row[columns[name]].text(), name) for name in names}
        key = row[columns[NUMBER]].text()
        line = to_thai_digits(number + 1)
        try:
            measure = parse_integer(key.strip().rstrip("."))
        except ValueError:
            if any(texts.values()):
                remarks.append(
                    _("แถวที่ %(line)s ไม่มีเลขมาตรการ จึงไม่ได้อ่าน: %(text)s")
                    % {"line": line, "text": " / ".join(filter(None, texts.values()))[:200]}
                )
            continue
        if measure in found:
            raise Invalid(
                _(
                    "มาตรการที่ %(measure)s มีสองแถวในไฟล์ (แถวที่ %(line)s) "
                    "โปรดรวมเป็นแถวเดียวแล้วอัปโหลดอีกครั้ง"
                )
                % {"measure": to_thai_digits(measure), "line": line}
            )
        found[measure] = texts
    for name, label in headings_of_kit().items():
        if name not in columns:
            remarks.append(_("ไม่พบคอลัมน์ “%(label)s” ในไฟล์ จึงไม่เปลี่ยนช่องนั้น") % {"label": label})
    return found


def _rows_below(table: Table, heading: int) -> Iterator[tuple[int, Any]]:
    for number in range(heading + 1, len(table.rows)):
        yield number, table.rows[number]


def _text_in(text: str, name: str) -> str:
    """Return a cell's text as it is stored: the status by its value, where it is one."""
    text = as_typed(text)
    if name != "status":
        return text
    by_label = {normalise_compact(str(label)): value for value, label in ProgressStatus.choices}
    return by_label.get(normalise_compact(text), text)


def _known(
    kit: RoundKit, cells: dict[int, dict[str, str]], remarks: list[str]
) -> dict[int, dict[str, str]]:
    """Return the rows of measures that the kit holds; remark on others, and on those not there."""
    known = [row.number for row in kits.rows_of(kit)]
    for number in sorted(set(cells) - set(known)):
        texts = " / ".join(filter(None, cells[number].values()))[:200]
        remarks.append(
            _("มาตรการที่ %(number)s ไม่อยู่ในชุดนี้ จึงไม่ได้อ่าน: %(text)s")
            % {"number": to_thai_digits(number), "text": texts}
        )
    missing = [to_thai_digits(number) for number in known if number not in cells]
    if missing:
        remarks.append(
            _("ไม่มีแถวของมาตรการที่ %(numbers)s ในไฟล์ จึงไม่เปลี่ยนรายการนั้น")
            % {"numbers": ", ".join(missing)}
        )
    return {number: texts for number, texts in cells.items() if number in known}
