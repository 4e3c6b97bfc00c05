"""Sheets coming in: xlsx or csv to rows with their lines, read as a stream and never beyond bounds.

The resource names the columns; here the table is found in the file, and a file of another form is
recognised and named.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

import openpyxl
from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from ita_portal.thai.words import normalise_compact
from measures.domain.errors import Invalid
from measures.domain.importing import safety
from measures.resources import SHEETS, form_sheets, round_kits
from measures.resources.base import SheetResource
from measures.resources.cells import FORMULA_ERRORS, Unreadable, as_typed

MOST_COLUMNS = 200
LINES_FOR_HEADINGS = 20  # a title, a logo and a note may stand above them
_BLANK = " \t\r\n\xa0\u200b\ufeff"  # of a cell that looks empty
_LINES_A_ROW = 20  # blank lines count little, but a sheet of a million of them is not read
_DELIMITERS = ",;\t"
_CHUNK = 1024 * 1024  # bytes
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_LONGEST_TAG = 200  # bytes of a tag that two chunks may cut
_MERGED_NAMED = 5
# "?" for each letter; the first two bytes of Thai in UTF-8 read as Windows 1252, or as Thai.
_DAMAGE = ("?", "à¸", "เธ")
_MARKS_OF_DAMAGE = 3
_FORMULAS = (ArrayFormula, DataTableFormula)

Rows = Iterator[tuple[Any, ...]]


@dataclass
class SheetData:
    """The table of a file: headings as written, and each row with its line from 1.

    Resources take it where they take a dataset of tablib.
    """

    headers: list[Any]
    name: str = ""  # of the sheet in Excel; "" in a csv
    head: int = 1  # the line of the headings
    lines: list[int] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)

    @property
    def extension(self) -> str:
        """Return what kind of file it was read from."""
        return "xlsx" if self.name else "csv"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[list[Any]]:
        return iter(self.rows)


def read(data: bytes, resource: SheetResource, *, examined_as: str = "") -> SheetData:
    """Return the rows of a file for this sheet, or raise Invalid with what to do.

    Files that are no sheet, unsafe or too long are refused, and forms of another sheet, a newer
    version, another office, year or round. ``examined_as`` is the extension that examining these
    very bytes has given already.
    """
    extension = examined_as or safety.checked_extension(data)
    if extension == "csv":
        return _read_csv(data, resource)
    if extension != "xlsx":
        raise Invalid(_("แบบนี้รับเฉพาะไฟล์ Excel (.xlsx) และ csv โปรดดาวน์โหลดแบบจากหน้านี้"))
    try:
        return _read_workbook(data, resource)
    except safety.UNREADABLE as error:
        raise safety.damaged() from error


def names_of_forms() -> dict[str, str]:
    """Return what people call each form that goes out of this install, by its key."""
    sheets = {key: str(sheet.get_display_name()) for key, sheet in SHEETS.items()}
    return sheets | {round_kits.FORM: _("ชุดรายงานของส่วนราชการ")}


def _read_csv(data: bytes, resource: SheetResource) -> SheetData:
    text = safety.text_of_csv(data)
    try:
        delimiter = max(_DELIMITERS, key=lambda each: _headings_if(each, text, resource))
        return _only_table([("", _rows_of_csv(text, delimiter))], resource)
    except csv.Error as error:
        raise Invalid(_("อ่านไฟล์ csv นี้ไม่ได้ โปรดเปิดใน Excel แล้วบันทึกเป็น .xlsx")) from error


def _rows_of_csv(text: str, delimiter: str) -> Rows:
    return map(tuple, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _headings_if(delimiter: str, text: str, resource: SheetResource) -> int:
    """Return how many headings the first rows have between such delimiters."""
    known = _known(resource)
    rows = islice(_rows_of_csv(text, delimiter), LINES_FOR_HEADINGS)
    return max((sum(each in known for each in _compared(row)) for row in rows), default=0)


def _read_workbook(data: bytes, resource: SheetResource) -> SheetData:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    is_ours = False
    if form_sheets.SHEET_NAME in book.sheetnames:
        described = book[form_sheets.SHEET_NAME].iter_rows(max_row=10, max_col=2, values_only=True)
        form = form_sheets.form_in(described)
        is_ours = bool(form.key)
        if is_ours:
            form_sheets.refuse_other_form(form, resource, names_of_forms())
    sheets = [
        sheet
        for sheet in book.worksheets
        if sheet.sheet_state == "visible" and sheet.title != form_sheets.GUIDE_NAME
    ]
    for sheet in sheets:
        sheet.reset_dimensions()  # a sheet may say that it is far larger than it is
    found = _only_table(
        ((sheet.title, sheet.iter_rows(values_only=True)) for sheet in sheets),
        resource,
        is_ours=is_ours,
    )
    _refuse_merged(found, book[found.name])
    _mark_formulas(found, book)
    return found


def _only_table(
    sheets: Iterable[tuple[str, Rows]], resource: SheetResource, *, is_ours: bool = False
) -> SheetData:
    """Return the one table that has the headings of this sheet, or raise Invalid.

    ``is_ours`` where the file has said so itself.
    """
    tables: list[SheetData] = []
    seen: list[tuple[Any, ...]] = []
    for name, rows in sheets:
        first = [row for _number, row in zip(range(LINES_FOR_HEADINGS), rows, strict=False)]
        seen.extend(first)
        place = _place_of_headings(first, resource)
        if place is not None:
            table = _table(name, chain(first, rows), place, resource, is_ours=is_ours)
            if len(table) or not tables:
                tables.append(table)
    filled = [table for table in tables if len(table)]
    if len(filled) > 1:
        raise Invalid(
            _("มีตารางของแบบนี้อยู่หลายแผ่นงาน: %(names)s โปรดรวมไว้แผ่นงานเดียว")
            % {"names": ", ".join(f"“{table.name}”" for table in filled)}
        )
    if not tables:
        _refuse_unknown(seen, resource)
    if not filled:
        raise Invalid(_("ไม่มีข้อมูลใต้หัวตาราง โปรดกรอกอย่างน้อยหนึ่งแถว"))
    return filled[0]


def _known(resource: SheetResource | type[SheetResource]) -> dict[str, str]:
    """Return the headings of a sheet by what they compare as."""
    return {
        normalise_compact(str(column.column_name)): str(column.column_name)
        for column in resource.fields.values()
    }


def _key_of(resource: SheetResource | type[SheetResource]) -> set[str]:
    """Return what the headings that name a row compare as."""
    names = resource._meta.import_id_fields
    return {normalise_compact(str(resource.fields[name].column_name)) for name in names}


def _compared(row: Iterable[Any]) -> list[str]:
    return [normalise_compact(as_typed(cell)) for cell in row if isinstance(cell, str)]


def _place_of_headings(rows: list[tuple[Any, ...]], resource: SheetResource) -> int | None:
    """Return which of the first rows holds the headings: the one that has most, two at least."""
    known = _known(resource)
    counts = [sum(text in known for text in set(_compared(row))) for row in rows]
    most = max(counts, default=0)
    return counts.index(most) if most >= min(2, len(known)) else None


def _refuse_unknown(rows: list[tuple[Any, ...]], resource: SheetResource) -> None:
    """Raise Invalid for a file without our headings, naming the form it is where that is known."""
    if any(_is_garbled(cell) for row in rows for cell in row if isinstance(cell, str)):
        raise Invalid(
            _(
                "ตัวอักษรไทยในไฟล์นี้เสียไปแล้ว (กลายเป็น ? หรืออักษรแปลก) เพราะบันทึกเป็น csv ที่ไม่รองรับภาษาไทย "
                "โปรดเปิดไฟล์เดิมใน Excel แล้วบันทึกเป็น .xlsx หรือ “CSV UTF-8”"
            )
        )
    for other in SHEETS.values():
        if other.key != resource.key and any(_key_of(other) <= set(_compared(row)) for row in rows):
            raise Invalid(form_sheets.other_form(other.get_display_name(), resource))
    raise Invalid(_missing(resource.key_headings()))


def _is_garbled(text: str) -> bool:
    """Return whether a text was Thai once: marks of question, or UTF-8 that was read as ANSI."""
    return any(text.count(mark) >= _MARKS_OF_DAMAGE for mark in _DAMAGE)


def _missing(headings: Iterable[str]) -> str:
    return _("ไม่พบหัวตาราง: %(missing)s โปรดใช้แบบที่ดาวน์โหลดจากหน้านี้ หรือแก้ชื่อหัวตารางให้ตรง") % {
        "missing": ", ".join(headings)
    }


def _table(
    name: str, rows: Rows, place: int, resource: SheetResource, *, is_ours: bool
) -> SheetData:
    headings = list(next(islice(rows, place, None)))
    if len(headings) > MOST_COLUMNS:
        raise Invalid(_("ตารางมีมากกว่า %(most)s คอลัมน์ โปรดลบคอลัมน์ที่ไม่ใช้") % {"most": MOST_COLUMNS})
    if not is_ours:
        _refuse_better_fit(set(_compared(headings)), resource)
    table = SheetData(headings, name, head=place + 1)
    width = len(headings)
    most = settings.IMPORT_MAX_ROWS
    for line, row in enumerate(rows, place + 2):
        _take(table, line, row, width)
        if len(table) > most or line > most * _LINES_A_ROW:
            raise Invalid(
                _("ไฟล์มีมากกว่า %(most)s แถว โปรดแบ่งเป็นหลายไฟล์ หรือลบแถวว่างท้ายตาราง")
                % {"most": f"{most:,}"}
            )
    return table


def _refuse_better_fit(present: set[str], resource: SheetResource) -> None:
    """Raise Invalid where the headings are those of another sheet rather than ours."""
    most = len(present & _known(resource).keys())
    for other in SHEETS.values():
        fits = len(present & _known(other).keys())
        if fits > most and _key_of(other) <= present:
            raise Invalid(form_sheets.other_form(other.get_display_name(), resource))


def _take(table: SheetData, line: int, row: tuple[Any, ...], width: int) -> None:
    """Add a row that holds anything; refuse headings repeated further down, and cells beside."""
    if all(cell is None or (type(cell) is str and not cell.strip(_BLANK)) for cell in row[:width]):
        return
    if row[0] == table.headers[0] and list(row) == table.headers[: len(row)]:
        raise Invalid(
            _("บรรทัดที่ %(line)s เป็นหัวตารางซ้ำ โปรดลบบรรทัดนั้น ให้มีหัวตารางครั้งเดียว") % {"line": line}
        )
    cells = list(row[:width])
    cells.extend([None] * (width - len(cells)))
    table.lines.append(line)
    table.rows.append(cells)


def _refuse_merged(table: SheetData, sheet: Any) -> None:
    """Raise Invalid for merged cells in the table: the value of all but the first would be lost.

    openpyxl's stream of rows does not tell of them; they stand at the end of the sheet's part.
    """
    found: list[str] = []
    with sheet._get_source() as part:
        before = b""
        while chunk := part.read(_CHUNK):
            found += [name.decode() for name in _MERGED.findall(before + chunk)]
            before = (before + chunk)[-_LONGEST_TAG:]
    last = table.lines[-1]
    merged = []
    for name in dict.fromkeys(found):
        left, top, _right, bottom = range_boundaries(name)
        if left <= len(table.headers) and bottom > table.head and top <= last:
            merged.append(name)
    if merged:
        raise Invalid(
            _(
                "แผ่นงาน “%(sheet)s” มีเซลล์ที่ผสานกัน: %(cells)s "
                "โปรดยกเลิกการผสานเซลล์ (Unmerge) แล้วกรอกค่าให้ครบทุกแถว"
            )
            % {"sheet": table.name, "cells": ", ".join(merged[:_MERGED_NAMED])}
        )


def _mark_formulas(table: SheetData, book: Any) -> None:
    """Mark the cells that hold a formula or its error: their value is not what is shown.

    Only a text that looks so is looked at again: openpyxl's rows of values are much faster than
    its cells.
    """
    suspected = False
    for row in table.rows:
        for place, cell in enumerate(row):
            if type(cell) is str:
                if cell[:1] == "=":
                    suspected = True
                elif cell[:1] == "#" and cell in FORMULA_ERRORS:
                    row[place] = Unreadable(cell, _("เซลล์นี้แสดงข้อผิดพลาดของสูตร โปรดพิมพ์ค่าแทน"))
            elif isinstance(cell, _FORMULAS):
                row[place] = _formula(getattr(cell, "text", None) or "=")
    if not suspected:
        return
    rows = dict(zip(table.lines, table.rows, strict=True))
    for line, cells in enumerate(book[table.name].iter_rows(), 1):
        for place, cell in enumerate(cells[: len(table.headers)] if line in rows else ()):
            if cell.data_type == "f":
                rows[line][place] = _formula(str(cell.value))


def _formula(text: str) -> Unreadable:
    return Unreadable(text, _("เซลล์นี้เป็นสูตร โปรดคัดลอกแล้ววางแบบเฉพาะค่า (Paste Values) หรือพิมพ์ค่าแทน"))
