"""Sheets going out: the exported sheet is the sheet that comes back, as xlsx or csv."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from measures.domain.errors import Invalid
from measures.resources import form_sheets
from measures.resources.base import SheetResource, hint_of, neutralised
from measures.resources.cells import Text

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
MOST_CHARACTERS = 32_767  # of one cell; Excel's specification
EMPTY_ROWS = 1_000  # for how many rows after the last the drop-downs are there

_HEAD = PatternFill("solid", fgColor="E8EAF6")
_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(wrap_text=True, vertical="center")
_AS_TEXT = "@"  # Excel leaves what is typed into such a cell as it is


def headings_of(resource: SheetResource) -> list[str]:
    """Return the headings in their order."""
    return [str(heading) for heading in resource.get_export_headers()]


def cells_of(resource: SheetResource, rows: Any) -> Iterator[list[Any]]:
    """Yield the cells of each record, safe to open."""
    rows = resource.filter_export(rows)
    for instance in resource.iter_queryset(rows):
        yield resource.export_resource(instance)


def csv_of(resource: SheetResource, rows: Any) -> bytes:
    """Return the records as csv, with the mark by which Excel knows that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings_of(resource))
    writer.writerows(cells_of(resource, rows))
    return text.getvalue().encode("utf-8-sig")


def workbook_of(resource: SheetResource, rows: Any) -> bytes:
    """Return the records as a workbook with drop-downs, guide and the hidden sheet of the form.

    Give no records for a blank form. Raises Invalid for a text longer than Excel's cells.
    """
    workbook = Workbook(write_only=True)
    fields = resource.get_export_fields()
    _write_rows(workbook, resource, fields, rows)
    _write_guide(workbook, resource, fields)
    hidden = workbook.create_sheet(form_sheets.SHEET_NAME)
    hidden.sheet_state = "hidden"
    for cells in form_sheets.form_of(resource).cells():
        hidden.append(cells)
    packed = io.BytesIO()
    workbook.save(packed)
    return packed.getvalue()


def _write_rows(workbook: Any, resource: SheetResource, fields: list[Any], rows: Any) -> None:
    headings = headings_of(resource)
    # All before the sheet is begun: one that breaks off half way leaves its file open.
    lines = list(cells_of(resource, rows))
    for line, cells in enumerate(lines, 2):
        _refuse_too_long(cells, headings, line)
    sheet = workbook.create_sheet(resource.get_display_name()[:31])
    sheet.freeze_panes = "A2"
    choices = [[neutralised(text) for text in resource.choices_of(field)] for field in fields]
    for place, field in enumerate(fields, 1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = _width(field, choices[place - 1])
        if isinstance(field.widget, Text):
            dimension.number_format = _AS_TEXT
    sheet.append([_heading(sheet, heading) for heading in headings])
    for cells in lines:
        sheet.append([_cell(sheet, value) for value in cells])
    last = len(lines) + 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{max(last, 2)}"
    _write_lists(workbook, sheet, fields, choices, last)


def _heading(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill, cell.alignment = _BOLD, _HEAD, _MIDDLE
    return cell


def _refuse_too_long(cells: list[Any], headings: list[str], line: int) -> None:
    """Raise Invalid, naming the cell, where Excel would cut a text."""
    for heading, value in zip(headings, cells, strict=True):
        if isinstance(value, str) and len(value) > MOST_CHARACTERS:
            raise Invalid(
                _(
                    "บรรทัดที่ %(line)s คอลัมน์ “%(heading)s” ยาว %(length)s ตัวอักษร "
                    "เกิน %(most)s ที่ Excel รับได้ โปรดดาวน์โหลดเป็น csv"
                )
                % {
                    "line": line,
                    "heading": heading,
                    "length": f"{len(value):,}",
                    "most": f"{MOST_CHARACTERS:,}",
                }
            )


def _cell(sheet: Any, value: Any) -> Any:
    """Return what openpyxl writes: numbers as they are, text as text that wraps."""
    if not isinstance(value, str):
        return value
    if not value:
        return None
    cell = WriteOnlyCell(sheet, value)
    cell.alignment, cell.number_format = _WRAPPED, _AS_TEXT
    return cell


def _width(field: Any, choices: list[str]) -> int:
    """Return a width in characters: long texts wide, numbers and choices as they need."""
    heading = len(str(field.column_name)) + 4
    if choices:
        return min(max(heading, *(len(text) + 4 for text in choices)), 45)
    return max(heading, 34) if isinstance(field.widget, Text) else max(heading, 12)


def _write_lists(
    workbook: Any, sheet: Any, fields: list[Any], choices: list[list[str]], last: int
) -> None:
    """Put the drop-downs on the columns; what they offer stands on a hidden sheet.

    A list in the validation itself may have 255 characters and no comma (ECMA-376 1, 18.3.1.32).
    """
    if not any(choices):
        return
    lists = workbook.create_sheet(form_sheets.LISTS_NAME)
    lists.sheet_state = "hidden"
    used = [place for place, texts in enumerate(choices) if texts]
    longest = max(len(choices[place]) for place in used)
    for number in range(longest):
        lists.append(
            [choices[place][number] if number < len(choices[place]) else None for place in used]
        )
    for column, place in enumerate(used, 1):
        letter, own = get_column_letter(column), get_column_letter(place + 1)
        is_strict = bool(getattr(fields[place].widget, "labels", ()))
        rule = DataValidation(
            type="list",
            formula1=f"'{form_sheets.LISTS_NAME}'!${letter}$1:${letter}${len(choices[place])}",
            allow_blank=True,
            showErrorMessage=is_strict,
            errorTitle=str(fields[place].column_name)[:32],
            error=_("โปรดเลือกจากรายการ"),
        )
        rule.add(f"{own}2:{own}{last + EMPTY_ROWS}")
        sheet.data_validations.append(rule)


def _write_guide(workbook: Any, resource: SheetResource, fields: Iterable[Any]) -> None:
    """Say on a sheet of its own what to write in each column, with an example."""
    guide = workbook.create_sheet(form_sheets.GUIDE_NAME)
    for letter, width in zip("ABCDE", (26, 44, 14, 40, 40), strict=True):
        guide.column_dimensions[letter].width = width
    guide.append([_heading(guide, _("วิธีกรอกแบบ “%s”") % resource.get_display_name())])
    for text in (
        _("กรอกหนึ่งรายการต่อหนึ่งแถวในแผ่นงานแรก แล้วนำไฟล์เดียวกันนี้กลับเข้าระบบ ระบบแสดงตัวอย่างก่อนเสมอ"),
        _("ลบหรือสลับคอลัมน์ได้ ยกเว้นคอลัมน์ที่ใช้ระบุรายการ คอลัมน์ที่ไม่มีในไฟล์คงค่าเดิม แถวที่ไม่มีในไฟล์ไม่ถูกลบ"),
        _("เครื่องหมาย ' หน้า = + - @ กันไม่ให้ Excel อ่านเป็นสูตร ระบบเอาออกให้เองเมื่อนำเข้า"),
    ):
        guide.append([text])
    guide.append([])
    heads = (_("หัวตาราง"), _("สิ่งที่กรอก"), _("ใช้ระบุรายการ"), _("ตัวอย่าง"), _("ค่าที่เลือกได้"))
    guide.append([_heading(guide, text) for text in heads])
    keys = set(resource.key_headings())
    for field in fields:
        heading = str(field.column_name)
        choices = resource.choices_of(field)
        row = (
            heading,
            hint_of(field) or _("ข้อความ ขึ้นบรรทัดใหม่ในเซลล์ได้ (Alt+Enter)"),
            _("ใช่") if heading in keys else "",
            neutralised(str(getattr(field, "example", ""))),
            "\n".join(neutralised(text) for text in choices[:20]),
        )
        guide.append([_cell(guide, text) for text in row])
