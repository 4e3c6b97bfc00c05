"""The workbook of a round kit as it goes out; ``round_kit_returns`` reads it back.

Ours and not a resource of django-import-export: its rows are merged three ways, not overwritten.
"""

import io
from typing import Any

import openpyxl
from django.core import signing
from django.utils.translation import gettext as _
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ita_portal.thai.numerals import to_thai_digits
from measures.domain.errors import Invalid
from measures.domain.recording import kits
from measures.domain.recording.entry_fields import words_of
from measures.models import ProgressStatus, RoundKit
from measures.resources import form_sheets
from measures.resources.cells import neutralised

VERSION = 1
FORM = "round_kit"
SALT = "measures.round-kit"
_FIRST_ROW = 3  # of the measures, after the title and the headings
MOST_CHARACTERS = 32_767  # of one cell; Excel's own limit

NUMBER, TITLE, STEPS = "ที่", "มาตรการ", "ขั้นตอน"
# Widths in characters: what is typed into gets a phone's width, and nothing is cut.
_WIDTHS = {NUMBER: 6, TITLE: 28, STEPS: 36, "status": 24, "status_note": 20}
_TYPED_WIDTH = 42
_HEAD = PatternFill("solid", fgColor="E8EAF6")
_LOCKED = PatternFill("solid", fgColor="F2F2F2")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def title_of(kit: RoundKit) -> str:
    """Return the name of the form, as it stands over it."""
    return to_thai_digits(
        _("ชุดรายงานของ%(division)s %(round)s %(organisation)s")
        % {
            "division": kit.division.name,
            "round": kit.round,
            "organisation": kit.round.organisation.name,
        }
    )


def file_name_of(kit: RoundKit) -> str:
    """Return the file's name: whose, and of which round."""
    reporting_round = kit.round
    return (
        f"ชุดรายงาน {kit.division.name} {reporting_round.fiscal_year} "
        f"รอบ {reporting_round.months} เดือน.xlsx"
    )


def workbook_of(kit: RoundKit) -> bytes:
    """Return the kit as .xlsx, the same whenever it is made. Writes nothing."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = _("กรอกผล")
    _write_rows(sheet, kit)
    _write_guide(book.create_sheet(form_sheets.GUIDE_NAME), kit)
    hidden = book.create_sheet(form_sheets.SHEET_NAME)
    hidden.sheet_state = "veryHidden"
    for cells in _form_rows(kit):
        hidden.append(cells)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def headings_of_kit() -> dict[str, str]:
    """Return the headings of what is typed, by the names of the fields."""
    return {name: str(field.label) for name, field in words_of().items()}


def _write_rows(sheet: Any, kit: RoundKit) -> None:
    headings = headings_of_kit()
    columns = [NUMBER, TITLE, STEPS, *headings]
    sheet.append([title_of(kit)])
    sheet.append([headings.get(column, column) for column in columns])
    for row in kits.rows_of(kit):
        context = [row.number, row.title, "\n".join(row.steps)]
        typed = [_shown(name, row.texts.get(name, "")) for name in headings]
        _append(sheet, [*context, *typed])
    last = max(sheet.max_row, _FIRST_ROW)
    _style(sheet, columns, last)
    statuses = DataValidation(
        type="list",
        formula1='"{}"'.format(",".join(str(label) for label in ProgressStatus.labels)),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=_("สถานะการดำเนินการ"),
        error=_("โปรดเลือกจากรายการ"),
    )
    letter = get_column_letter(columns.index("status") + 1)
    statuses.add(f"{letter}{_FIRST_ROW}:{letter}{last}")
    sheet.add_data_validation(statuses)


def _append(sheet: Any, values: list[Any]) -> None:
    """Append a row in which every text stays a text, whatever it begins with."""
    row = sheet.max_row + 1
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            if len(value) > MOST_CHARACTERS:
                raise Invalid(
                    _("ข้อความยาวเกินที่ Excel รับได้ (%(most)s ตัวอักษรต่อช่อง) โปรดบันทึกรายการนี้ในระบบ")
                    % {"most": f"{MOST_CHARACTERS:,}"}
                )
            cell.value, cell.number_format = neutralised(value) or None, "@"
        else:
            cell.value = value


def _style(sheet: Any, columns: list[str], last: int) -> None:
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTHS.get(column, _TYPED_WIDTH)
        is_typed = column not in (NUMBER, TITLE, STEPS)
        for row in range(_FIRST_ROW, last + 1):
            cell = sheet.cell(row, place)
            cell.alignment = _WRAPPED
            cell.protection = Protection(locked=not is_typed)
            if not is_typed:
                cell.fill = _LOCKED
        head = sheet.cell(_FIRST_ROW - 1, place)
        head.font, head.fill, head.alignment = Font(bold=True), _HEAD, _WRAPPED
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.freeze_panes = sheet.cell(_FIRST_ROW, 2)
    # Without a password: it keeps fingers off the measures, not people.
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(
        fitToPage=True
    )


def _write_guide(sheet: Any, kit: RoundKit) -> None:
    sheet.column_dimensions["A"].width = 60
    for line in (
        title_of(kit),
        _("๑. กรอกในแผ่นงาน “กรอกผล” เฉพาะช่องสีขาว หนึ่งแถวคือหนึ่งมาตรการ"),
        _("๒. ช่องสถานะให้แตะแล้วเลือกจากรายการ ช่องอื่นพิมพ์ได้อิสระ ขึ้นบรรทัดใหม่ได้"),
        _("๓. ช่องที่ไม่ได้แก้ ระบบจะไม่เปลี่ยน ช่องที่ลบข้อความออก ระบบจะถามก่อน"),
        _("๔. อย่าเปลี่ยนเลขในช่อง “ที่” และหัวตาราง"),
        _("๕. บันทึกเป็น .xlsx แล้วส่งกลับทางใดก็ได้ ผู้ประสานงานหรือท่านเองอัปโหลดที่หน้ารอบการรายงาน"),
        _("๖. ระบบแสดงทุกช่องที่เปลี่ยนให้ตรวจก่อนบันทึก หากมีผู้แก้ช่องเดียวกันในระบบ ระบบจะให้เลือก"),
    ):
        sheet.append([line])
        sheet.cell(sheet.max_row, 1).alignment = _WRAPPED
    sheet.cell(1, 1).font = Font(bold=True, size=14)


def _form_rows(kit: RoundKit) -> list[list[Any]]:
    """Return the hidden sheet: readable like every form's, and signed so that it cannot be made."""
    reporting_round = kit.round
    told = form_sheets.Form(
        key=FORM,
        version=VERSION,
        organisation=reporting_round.organisation.slug,
        fiscal_year=reporting_round.fiscal_year,
        months=reporting_round.months,
        exported_at=kit.made_at.isoformat(timespec="seconds"),
    )
    return [*told.cells(), ["signed", signing.dumps(_mark_of(kit), salt=SALT)]]


def _mark_of(kit: RoundKit) -> dict[str, Any]:
    return {
        "kit": str(kit.code),
        "organisation": kit.round.organisation.slug,
        "round": kit.round_id,
        "division": kit.division_id,
        "version": VERSION,
    }


def _shown(name: str, text: str) -> str:
    return str(ProgressStatus(text).label) if name == "status" and text else text
