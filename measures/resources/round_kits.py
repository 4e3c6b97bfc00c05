"""The workbook of a round kit as it goes out; ``round_kit_returns`` reads it back.

Ours and not a resource of django-import-export: its rows are merged three ways, not overwritten.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import openpyxl
from django.core import signing
from django.utils.translation import gettext as _

from ita_portal.thai.dates import full_date
from ita_portal.thai.numerals import to_arabic_digits, to_thai_digits
from measures.domain.errors import Invalid
from measures.domain.recording import kits
from measures.domain.recording.entry_fields import words_of
from measures.models import ProgressStatus, RoundKit
from measures.resources import form_sheets
from measures.resources.cells import neutralised
from measures.resources.round_kit_sheets import Column, KitSheet, Line, write_guide

VERSION = 1
FORM = "round_kit"
SALT = "measures.round-kit"
MOST_CHARACTERS = 32_767  # of one cell; Excel's own limit

NUMBER, TITLE, STEPS, CODE = "ที่", "มาตรการ", "ขั้นตอน", "รหัสแถว"
MEASURE, STEP, STEP_TEXT, DONE = "มาตรการที่", "ขั้นตอนที่", "ขั้นตอนหรือวิธีการ", "ทำแล้วหรือยัง"
TARGET, TARGET_NAME, BASELINE, GOAL, UNIT, VALUE = (
    "เป้าหมายที่",
    "ตัวชี้วัดเป้าหมาย",
    "ค่าตั้งต้น",
    "ค่าเป้าหมาย",
    "หน่วยนับ",
    "ผลที่ได้",
)
MARK_WORDS = ("ทำแล้ว", "ยังไม่ทำ")

_LONGEST_NOTE = 200
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]')  # of Windows
_CODE = re.compile(r"K(?P<kit>[0-9A-F]{8})-(?P<number>[0-9]{1,6})(?:[ST](?P<line>[0-9]{1,6}))?")


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
    name = (
        f"ชุดรายงาน {kit.division.name} {reporting_round.fiscal_year} "
        f"รอบ {reporting_round.months} เดือน.xlsx"
    )
    return _NOT_IN_FILE_NAMES.sub("-", name)


def headings_of_kit() -> dict[str, str]:
    """Return the headings of what is typed, by the names of the fields."""
    return {name: str(field.label) for name, field in words_of().items()}


@dataclass(frozen=True)
class RowCode:
    """What stands at the end of a row, by which it is known wherever it is pasted.

    It opens nothing: who may return what is asked of the person.
    """

    kit: str  # how the kit's code begins
    number: int  # of the measure
    line: int | None = None  # of the step or target

    @classmethod
    def of(cls, text: str) -> "RowCode | None":
        """Return what a cell says, in any digits; None where it is no code."""
        found = _CODE.fullmatch(to_arabic_digits(text).strip().upper())
        if found is None:
            return None
        line = int(found["line"]) if found["line"] else None
        return cls(found["kit"].lower(), int(found["number"]), line)


def code_of(kit: RoundKit, number: int, line: str = "") -> str:
    """Return the code of a row; ``line`` is S or T and the number of its step or target."""
    return f"K{kit.code.hex[:8].upper()}-{number}{line}"


def workbook_of(kit: RoundKit) -> bytes:
    """Return the kit as .xlsx, with the texts that stood when it was made. Writes nothing.

    Raises Invalid where a text is longer than a cell can hold.
    """
    rows = kits.rows_of(kit)
    book = openpyxl.Workbook()
    book.remove(book.active)
    _results(kit, rows).write(book)
    if any(row.steps for row in rows):
        _steps(kit, rows).write(book)
    if any(row.targets for row in rows):
        _targets(kit, rows).write(book)
    _write_guide(book.create_sheet(form_sheets.GUIDE_NAME), kit, rows)
    hidden = book.create_sheet(form_sheets.SHEET_NAME)
    hidden.sheet_state = "veryHidden"
    for cells in _form_rows(kit):
        hidden.append(cells)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _results(kit: RoundKit, rows: Iterable[kits.KitRow]) -> KitSheet:
    headings = headings_of_kit()
    widths = {"status": 21, "status_note": 18, "result": 46, "outcome": 34, "suggestion": 28}
    hints = {
        "status": _("แตะลูกศรแล้วเลือกหนึ่งในสามแบบ"),
        "status_note": _("พิมพ์ในวงเล็บท้ายเครื่องหมาย เช่น ตรวจสอบในเว็บไซต์ของหน่วยงาน"),
        "result": _("ทำอะไร เมื่อใด ที่ไหน มีใครเข้าร่วม เท่าที่มีหลักฐาน ขึ้นบรรทัดใหม่ด้วย Alt+Enter"),
        "outcome": _("เกิดผลดีอะไรขึ้นกับประชาชนหรือหน่วยงาน"),
        "suggestion": _("เว้นว่างได้"),
    }
    choices = {"status": tuple(str(label) for label in ProgressStatus.labels)}
    longest = {"status_note": _LONGEST_NOTE}
    typed = [
        Column(
            heading,
            widths[name],
            is_typed=True,
            hint=hints[name],
            choices=choices.get(name, ()),
            longest=longest.get(name),
        )
        for name, heading in headings.items()
    ]
    return KitSheet(
        name=_("กรอกผล"),
        title=title_of(kit),
        note=_note(kit, _("ช่องที่ไม่แก้ ระบบไม่เปลี่ยน ขั้นตอนที่ทำแล้วและตัวเลขเป้าหมายอยู่ในแผ่นงานถัดไป (ถ้ามี)")),
        columns=[Column(NUMBER, 5), Column(TITLE, 26), Column(STEPS, 32), *typed, _code_column()],
        lines=[
            Line(
                row.number,
                _clipped(row.title),
                _clipped("\n".join(f"{step.number}. {step.text}" for step in row.steps)),
                *(_typed(_shown(name, row.texts.get(name, ""))) for name in headings),
                code_of(kit, row.number),
            )
            for row in rows
        ],
    )


def _steps(kit: RoundKit, rows: Iterable[kits.KitRow]) -> KitSheet:
    return KitSheet(
        name=_("ขั้นตอนที่ทำแล้ว"),
        title=title_of(kit),
        note=_note(kit, _("เลือก ทำแล้ว หรือ ยังไม่ทำ ทีละขั้นตอน")),
        columns=[
            Column(MEASURE, 12),
            Column(TITLE, 46),
            Column(STEP, 12),
            Column(STEP_TEXT, 70),
            Column(DONE, 18, is_typed=True, choices=MARK_WORDS, hint=_("แตะลูกศรแล้วเลือก")),
            _code_column(),
        ],
        lines=[
            Line(
                row.number,
                _clipped(row.title),
                step.number,
                _clipped(step.text),
                MARK_WORDS[0] if row.texts.get(step.field) else MARK_WORDS[1],
                code_of(kit, row.number, f"S{step.number}"),
            )
            for row in rows
            for step in row.steps
        ],
    )


def _targets(kit: RoundKit, rows: Iterable[kits.KitRow]) -> KitSheet:
    hint = _("ตัวเลข ทศนิยมไม่เกินสองตำแหน่ง เลขไทยหรือเลขอารบิก ไม่ต้องพิมพ์หน่วย")
    return KitSheet(
        name=_("ผลตามเป้าหมาย"),
        title=title_of(kit),
        note=_note(kit, _("พิมพ์ตัวเลขที่ทำได้ในรอบนี้ ไม่ต้องพิมพ์หน่วย")),
        columns=[
            Column(MEASURE, 12),
            Column(TITLE, 46),
            Column(TARGET, 13),
            Column(TARGET_NAME, 46),
            Column(BASELINE, 12),
            Column(GOAL, 12),
            Column(UNIT, 14),
            Column(VALUE, 18, is_typed=True, hint=hint),
            _code_column(),
        ],
        lines=[
            Line(
                row.number,
                _clipped(row.title),
                target.number,
                _clipped(target.text),
                target.baseline,
                target.goal,
                neutralised(target.unit),
                row.texts.get(target.field, ""),
                code_of(kit, row.number, f"T{target.number}"),
            )
            for row in rows
            for target in row.targets
        ],
    )


def _code_column() -> Column:
    return Column(CODE, 15, is_small=True)


def _note(kit: RoundKit, what: str) -> str:
    """Return the line below the title: what to fill in, and by when."""
    return to_thai_digits(
        _("กรอกเฉพาะช่องสีเหลือง %(what)s กำหนดรายงานวันที่ %(due)s")
        % {"what": what, "due": full_date(kit.round.due_on)}
    )


def _clipped(text: str) -> str:
    """Return a text that is only read, safe to open and cut to what a cell holds."""
    text = str(neutralised(text))
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def _typed(text: str) -> str:
    """Return a text that comes back, safe to open; it is never cut."""
    text = str(neutralised(text))
    if len(text) > MOST_CHARACTERS:
        raise Invalid(
            _("ข้อความยาวเกินที่ Excel รับได้ (%(most)s ตัวอักษรต่อช่อง) โปรดบันทึกรายการนี้ในระบบ")
            % {"most": f"{MOST_CHARACTERS:,}"}
        )
    return text


def _write_guide(sheet: Any, kit: RoundKit, rows: list[kits.KitRow]) -> None:
    lines = [
        _("กรอกในแผ่นงาน “กรอกผล” เฉพาะช่องสีเหลือง หนึ่งแถวคือหนึ่งมาตรการ ช่องสีเทามีไว้อ่าน"),
        _("ช่องสถานะให้แตะลูกศรแล้วเลือกจากรายการ ช่องอื่นพิมพ์ได้อิสระ ขึ้นบรรทัดใหม่ด้วย Alt+Enter"),
    ]
    if any(row.steps for row in rows):
        lines.append(_("แผ่นงาน “ขั้นตอนที่ทำแล้ว” เลือก ทำแล้ว หรือ ยังไม่ทำ ของแต่ละขั้นตอน"))
    if any(row.targets for row in rows):
        lines.append(_("แผ่นงาน “ผลตามเป้าหมาย” พิมพ์ตัวเลขที่ทำได้ ไม่ต้องพิมพ์หน่วย เลขไทยหรือเลขอารบิกก็ได้"))
    lines += [
        _("ช่องที่ไม่ได้แก้ ระบบจะไม่เปลี่ยน ช่องที่ลบข้อความออก ระบบจะถามก่อน"),
        _("จะเรียงแถว ลบแถว หรือคัดลอกไปรวมในไฟล์อื่นก็ได้ แต่ต้องคงหัวตาราง เลขในช่องแรก และ “รหัสแถว” ไว้"),
        _("ภาพถ่ายและไฟล์หลักฐานแนบในไฟล์นี้ไม่ได้ โปรดส่งต่างหาก"),
        _("บันทึกเป็น .xlsx แล้วส่งกลับทางใดก็ได้ ผู้ประสานงานหรือท่านเองอัปโหลดที่หน้ารอบการรายงาน"),
        _("ระบบแสดงทุกช่องที่เปลี่ยนให้ตรวจก่อนบันทึก หากมีผู้แก้ช่องเดียวกันในระบบ ระบบจะให้เลือก"),
    ]
    numbered = [to_thai_digits(f"{number}. {line}") for number, line in enumerate(lines, 1)]
    write_guide(sheet, [title_of(kit), *numbered])


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
