"""Tables that are none of a plan or report: left out, and said so."""

import re
from typing import Final

from django.utils.translation import gettext as _

from measures.domain.importing.plan_drafts import Fate
from measures.domain.importing.plan_reading.notes import Notes
from measures.domain.importing.plan_reading.tables import PlanTable

# What stands below the table of a plan, on a sheet or in a table of its own: signatures, remarks.
BELOW: Final = re.compile(
    r"\s*(?:\(?ลงชื่อ|ลงนาม|หมายเหตุ|\.{5,}|…{3,}|ผู้(?:รับรอง|รายงาน|จัดทำ|ตรวจสอบ|อนุมัติ)|\((?:นาย|นาง|นางสาว|น\.ส\.|ว่าที่|\.{3}))"
)
_LEAST_WORDS: Final = 3  # cells with words in a row, and two such rows: less is a form or a frame
_LONGEST_CELL: Final = 60  # characters of a head that a refusal quotes


def leave_out(grid: PlanTable, notes: Notes, *, is_beside_plan: bool) -> str:
    """Note a table as left out; return its first row with words, "" where it has none.

    ``is_beside_plan``: a plan stands before it, so that it may be a part whose head is not known.
    """
    if is_beside_plan and _holds_data(grid):
        first = " | ".join(filter(None, (_text(grid, 0, column) for column in grid.origins(0))))
        notes.warn(
            grid.place(0, 0),
            _(
                "ไม่นำเข้าตารางนี้ เพราะไม่มีหัวคอลัมน์ของแผนหรือรายงานตามมาตรการ "
                "หากเป็นส่วนหนึ่งของแผน โปรดแก้หัวคอลัมน์ในไฟล์"
            ),
            value=first,
        )
    head = ""
    for row in range(grid.height):
        for origin in grid.origins(row):
            text = _text(grid, row, origin)
            notes.fate(grid.place(row, origin), text, Fate.LEFT_OUT if text else Fate.SEPARATOR)
            if text and not head:
                words = [_text(grid, row, column) for column in grid.origins(row)]
                head = " | ".join(word[:_LONGEST_CELL] for word in words if word)
            if (cell := grid.cell(row, origin)) and cell.pictures():
                notes.warn_of_loose_picture(grid.place(row, origin))
    return head


def _holds_data(grid: PlanTable) -> bool:
    """Return whether a table has rows and columns of words; signatures stand in tables too."""
    rows = [
        [_text(grid, row, column) for column in grid.origins(row)] for row in range(grid.height)
    ]
    full = [texts for texts in rows if sum(map(bool, texts)) >= _LEAST_WORDS]
    return len(full) > 1 and not any(BELOW.match(text) for texts in rows for text in texts)


def _text(grid: PlanTable, row: int, column: int) -> str:
    cell = grid.cell(row, column)
    return cell.text() if cell else ""
