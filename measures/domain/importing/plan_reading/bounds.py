"""How much of a file is read as a plan: beyond, it is another paper, or made to keep us busy."""

from typing import Final

from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.domain.importing.plan_reading.tables import PlanTable, place_of_paragraph
from measures.domain.importing.sources import Paragraph, Source

# The longest of the five sources has 30,000 characters in 60 rows.
MOST_ROWS: Final = 2_000  # of all tables
MOST_CHARACTERS: Final = 1_000_000  # of the file, some 400 pages
MOST_IN_A_PARAGRAPH: Final = 20_000  # characters, some eight pages


def refuse_too_much(source: Source) -> None:
    """Raise Invalid, saying where, for a file that is longer than any plan or report."""
    characters = rows = paragraphs = 0
    for place, block in enumerate(source.blocks):
        if isinstance(block, Paragraph):
            paragraphs += 1
            _refuse_long(block, place_of_paragraph(place, paragraphs).where)
            characters += len(block.text)
            continue
        rows += len(block.rows)
        grid = PlanTable(block)
        for row in range(grid.height):
            for column in grid.origins(row):
                for paragraph in block.rows[row][column].paragraphs:
                    _refuse_long(paragraph, block.where(row, column))
                    characters += len(paragraph.text)
    if rows > MOST_ROWS:
        raise Invalid(
            _(
                "ตารางในไฟล์ยาวรวมกันเกิน %(most)s แถว ยาวกว่าแผนหรือรายงานทั่วไปมาก "
                "โปรดลบตารางและแถวที่ไม่เกี่ยวข้องแล้วนำเข้าใหม่"
            )
            % {"most": f"{MOST_ROWS:,}"}
        )
    if characters > MOST_CHARACTERS:
        raise Invalid(
            _("ข้อความในไฟล์ยาวเกิน %(most)s ตัวอักษร โปรดนำเข้าเฉพาะส่วนที่เป็นแผนหรือรายงานตามมาตรการ")
            % {"most": f"{MOST_CHARACTERS:,}"}
        )


def _refuse_long(paragraph: Paragraph, where: str) -> None:
    if len(paragraph.text) > MOST_IN_A_PARAGRAPH:
        raise Invalid(
            _("%(where)s มีข้อความยาวเกิน %(most)s ตัวอักษรในย่อหน้าเดียว โปรดตรวจและแบ่งย่อหน้าแล้วนำเข้าใหม่")
            % {"where": where, "most": f"{MOST_IN_A_PARAGRAPH:,}"}
        )
