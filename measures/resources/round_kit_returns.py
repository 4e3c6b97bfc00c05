"""A round kit that comes back by any way: recognised, and its texts taken out. Stores nothing."""

import io
from collections.abc import Iterable
from typing import Any

import openpyxl
from django.core import signing
from django.utils.translation import gettext as _

from ita_portal.thai.numerals import parse_integer, to_thai_digits
from measures.domain.errors import Invalid
from measures.domain.importing import safety
from measures.domain.importing.kit_imports import ReturnedKit
from measures.domain.importing.reading import read_source
from measures.domain.recording import kits
from measures.models import Division, Organisation, ReportingRound, RoundKit
from measures.resources import form_sheets
from measures.resources.round_kit_tables import LINE_HEADINGS, KitTableRow, tables_of
from measures.resources.round_kits import FORM, SALT, STEP, VERSION, RowCode
from measures.resources.sheet_files import names_of_forms

_MOST_TOLD = 3  # reasons in one refusal


def read_kits(
    data: bytes,
    name: str,
    *,
    office: Organisation,
    reporting_round: ReportingRound | None = None,
    division: Division | None = None,
) -> list[ReturnedKit]:
    """Return what came back, one for each kit of which there are rows; Invalid says what to do.

    A kit is known by its hidden sheet, each row by the code at its end. ``division`` is whose the
    file is, as the person says, where it has lost both; ``reporting_round`` is the only round that
    is taken, None any of the office. Stores nothing.
    """
    source = read_source(data, name)
    marked = _marked_kit(data, office) if source.extension == "xlsx" else None
    if marked is not None:
        _refuse_other_round(marked, reporting_round)
        _refuse_other_division(marked, division)
    tables = tables_of(source)
    if not tables.is_found:
        raise Invalid(
            _(
                "ไม่พบตารางของชุดรายงานในไฟล์นี้ (ต้องมีหัวตาราง “ที่” และ “ผลการดำเนินการ”) "
                "โปรดใช้ไฟล์ที่ดาวน์โหลดจากหน้าชุดรายงาน"
            )
        )
    by_code = _kits_in(tables.rows, office)
    remarks = [to_thai_digits(remark) for remark in tables.remarks]
    default = marked or (next(iter(by_code.values())) if len(by_code) == 1 else None)
    if default is None and not by_code:
        default = _unmarked_kit(tables.rows, reporting_round, division)
        remarks.append(_("ไฟล์นี้ไม่มีรหัสของชุดรายงาน ระบบเทียบกับชุดที่ตรงที่สุด โปรดตรวจทุกช่องก่อนยืนยัน"))
    sorting = _Sorting(default, by_code, reporting_round, remarks)
    for row in tables.rows:
        sorting.take(row)
    found = sorting.returned()
    if not found:
        raise Invalid(
            _("ไม่มีแถวของชุดรายงานที่อ่านได้ในไฟล์นี้ %(remarks)s")
            % {"remarks": " · ".join(remarks[:_MOST_TOLD])}
        )
    _refuse_other_division(found[0].kit, division)
    return found


def is_kit(data: bytes) -> bool:
    """Return whether a file says of itself that it is a round kit, wherever it was uploaded.

    Invalid for a file that is unsafe or cannot be read.
    """
    if safety.checked_extension(data) != "xlsx":
        return False
    return form_sheets.form_in(_hidden_rows(data)).key == FORM


class _Sorting:
    """Gives every row to the kit it is of; what belongs nowhere is told, never guessed."""

    def __init__(
        self,
        default: RoundKit | None,
        by_code: dict[str, RoundKit],
        reporting_round: ReportingRound | None,
        remarks: list[str],
    ) -> None:
        """``default`` is whose the rows without a code are."""
        self.default = default
        self.by_code = by_code
        self.reporting_round = reporting_round
        self.remarks = remarks
        every = [*([default] if default is not None else []), *by_code.values()]
        self.kits = {kit.pk: kit for kit in every}
        self.bases = {
            pk: {row.number: row for row in kits.rows_of(kit)} for pk, kit in self.kits.items()
        }
        self.cells: dict[int, dict[int, dict[str, str]]] = {}  # by kit, number, field
        self.places: dict[tuple[int, int, str], str] = {}

    def take(self, row: KitTableRow) -> None:
        """Put a row's texts where they belong, or remark why not."""
        try:
            kit, base = self._owner_of(row)
            texts = _fields_of(row, base)
        except ValueError as reason:
            if row.shown():
                self.remarks.append(
                    to_thai_digits(
                        _("%(where)s %(reason)s จึงไม่ได้อ่าน: %(text)s")
                        % {"where": row.where, "reason": reason, "text": row.shown()}
                    )
                )
            return
        for name, text in texts.items():
            self._put(kit, base, name, text, row.where)
        self.cells.setdefault(kit.pk, {}).setdefault(base.number, {})

    def _owner_of(self, row: KitTableRow) -> tuple[RoundKit, kits.KitRow]:
        """Return the kit and its row, or raise ValueError with the reason in Thai."""
        code = RowCode.of(row.code)
        kit = self.by_code.get(code.kit) if code is not None else self.default
        if kit is None:
            raise ValueError(_("มีรหัสแถวที่ไม่ใช่ของหน่วยงานนี้") if code else _("ไม่มีรหัสแถว"))
        if self.reporting_round is not None and kit.round_id != self.reporting_round.pk:
            raise ValueError(_("เป็นแถวของชุด%(round)s") % {"round": kit.round})
        number = _number_in(row.number)
        if code is not None and number not in (None, code.number):
            raise ValueError(_("มีเลขมาตรการไม่ตรงกับรหัสแถว"))
        if code is not None and row.line and _number_in(row.line) != code.line:
            raise ValueError(_("มีเลขขั้นตอนหรือเป้าหมายไม่ตรงกับรหัสแถว"))
        number = code.number if code is not None else number
        if number is None:
            raise ValueError(_("ไม่มีเลขมาตรการ"))
        base = self.bases[kit.pk].get(number)
        if base is None:
            raise ValueError(_("มีมาตรการที่ %(number)s ซึ่งไม่อยู่ในชุดนี้") % {"number": number})
        return kit, base

    def _put(self, kit: RoundKit, base: kits.KitRow, name: str, text: str, where: str) -> None:
        """Keep a text; of two rows for the same field the one that was changed counts."""
        texts = self.cells.setdefault(kit.pk, {}).setdefault(base.number, {})
        place = (kit.pk, base.number, name)
        given = base.texts.get(name, "")
        earlier = texts.get(name)
        if earlier is None or kits.is_same(kits.as_stored(name, earlier), given):
            texts[name], self.places[place] = text, where
        elif not (kits.is_same(text, earlier) or kits.is_same(kits.as_stored(name, text), given)):
            raise Invalid(
                to_thai_digits(
                    _(
                        "มาตรการที่ %(measure)s มีสองแถวที่ข้อความต่างกันในไฟล์ (%(first)s และ %(second)s) "
                        "โปรดรวมเป็นแถวเดียวแล้วอัปโหลดอีกครั้ง"
                    )
                    % {"measure": base.number, "first": self.places[place], "second": where}
                )
            )

    def returned(self) -> list[ReturnedKit]:
        """Return what came back by kit; of kits beside the first only those that were filled in."""
        found: list[ReturnedKit] = []
        for pk, cells in self.cells.items():
            kit = self.kits[pk]
            if found and not kits.differences(kit, cells):
                continue
            missing = [number for number in self.bases[pk] if number not in cells]
            remarks = [] if found else self.remarks
            if missing:
                numbers = ", ".join(to_thai_digits(number) for number in missing)
                told = _("ไม่มีแถวของมาตรการที่ %(numbers)s ในไฟล์ จึงไม่เปลี่ยนรายการนั้น")
                remarks = [*remarks, told % {"numbers": numbers}]
            found.append(ReturnedKit(kit, cells, remarks))
        return found


def _fields_of(row: KitTableRow, base: kits.KitRow) -> dict[str, str]:
    """Return the row's texts by the names of the entry's fields; ValueError for no such line."""
    if not row.line_heading:
        return row.texts
    code = RowCode.of(row.code)
    number = code.line if code is not None else _number_in(row.line)
    lines = base.steps if row.line_heading == STEP else base.targets
    name = next((line.field for line in lines if line.number == number), None)
    if name is None:
        raise ValueError(_("มีขั้นตอนหรือเป้าหมายซึ่งไม่อยู่ในชุดนี้"))
    heading = LINE_HEADINGS[row.line_heading]
    return {name: row.texts[heading]} if heading in row.texts else {}


def _number_in(text: str) -> int | None:
    try:
        return parse_integer(text)
    except ValueError:
        return None


def _kits_in(rows: Iterable[KitTableRow], office: Organisation) -> dict[str, RoundKit]:
    """Return the office's kits that the codes of the rows name; Invalid where they name no other.

    Codes of another office are of nobody here: which office it is, is not told.
    """
    named = {code.kit for row in rows if (code := RowCode.of(row.code)) is not None}
    if not named:
        return {}
    found = RoundKit.objects.filter(round__organisation=office).select_related(
        "round__organisation", "division"
    )
    by_code = {
        kit.code.hex[: len(code)]: kit
        for code in sorted(named)
        for kit in found.filter(code__startswith=code)
    }
    if not by_code:
        raise Invalid(_("รหัสแถวในไฟล์ไม่ใช่ของชุดรายงานในหน่วยงานนี้ โปรดใช้ไฟล์ที่ดาวน์โหลดจากหน้าชุดรายงาน"))
    return by_code


def _unmarked_kit(
    rows: Iterable[KitTableRow],
    reporting_round: ReportingRound | None,
    division: Division | None,
) -> RoundKit:
    """Return the kit that a file without any code fits best, of the division that was named."""
    if reporting_round is None:
        raise Invalid(
            _("ไฟล์นี้ไม่มีรหัสของชุดรายงาน โปรดอัปโหลดที่หน้าชุดรายงานของรอบนั้น แล้วเลือกส่วนราชการเจ้าของไฟล์")
        )
    if division is None:
        raise Invalid(
            _(
                "ไฟล์นี้ไม่มีรหัสของชุดรายงาน (อาจพิมพ์ขึ้นใหม่หรือคัดลอกมาไม่ครบคอลัมน์) "
                "โปรดเลือกส่วนราชการเจ้าของไฟล์แล้วอัปโหลดอีกครั้ง"
            )
        )
    cells = {
        number: row.texts
        for row in rows
        if not row.line_heading and (number := _number_in(row.number)) is not None
    }
    return kits.fitting_kit(reporting_round, division, cells)


def _marked_kit(data: bytes, office: Organisation) -> RoundKit | None:
    """Return the kit that the hidden sheet names; None where there is no hidden sheet."""
    rows = _hidden_rows(data)
    if not rows:
        return None
    form = form_sheets.form_in(rows)
    if form.key != FORM:
        raise Invalid(
            _("นี่คือแบบ “%(theirs)s” ไม่ใช่ชุดรายงานของส่วนราชการ โปรดเลือกไฟล์ที่ดาวน์โหลดจากหน้านี้")
            % {"theirs": names_of_forms().get(form.key, form.key)}
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
    if mark["organisation"] != office.slug:
        raise Invalid(
            _("นี่คือชุดรายงานของหน่วยงานอื่น ไม่ใช่ของ%(ours)s โปรดเลือกไฟล์ของหน่วยงานท่าน")
            % {"ours": office.name}
        )
    found = RoundKit.objects.filter(code=mark["kit"], round__organisation=office)
    kit = found.select_related("round__organisation", "division").first()
    if kit is None:
        raise Invalid(_("ไม่พบชุดรายงานนี้ในระบบ โปรดดาวน์โหลดชุดใหม่แล้วคัดลอกข้อความมาวาง"))
    return kit


def _refuse_other_round(kit: RoundKit, reporting_round: ReportingRound | None) -> None:
    if reporting_round is not None and kit.round_id != reporting_round.pk:
        raise Invalid(
            to_thai_digits(
                _("นี่คือชุดรายงานของ%(theirs)s ไม่ใช่ของ%(ours)s โปรดอัปโหลดที่หน้าของรอบนั้น")
                % {"theirs": kit.round, "ours": reporting_round}
            )
        )


def _refuse_other_division(kit: RoundKit, division: Division | None) -> None:
    if division is not None and division.pk != kit.division_id:
        raise Invalid(
            _("นี่คือชุดรายงานของ%(theirs)s ไม่ใช่ของ%(ours)s โปรดเลือกส่วนราชการให้ตรงหรือเลือกไฟล์ใหม่")
            % {"theirs": kit.division.name, "ours": division.name}
        )


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
