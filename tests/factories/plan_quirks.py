"""Slips of the pen and of machines (domain.md §7) that a person must be told of.

Those of the text are worked into the truth before the file is written: the author's text is kept.
Those of the file are worked in afterwards: the values stay what they were.
"""

import random
from collections.abc import Collection, Iterator

from measures.domain.importing.plan_drafts import DraftPeriod
from tests.factories.plan_files import Box, Plan, Words
from tests.factories.plan_truths import OFFICE, PlanTruth

# Words of the warning that each of them must bring.
WARNED = {
    "wrong_year": "นอกปีงบประมาณ",
    "two_periods": "มากกว่าหนึ่งช่วง",
    "unreadable_period": "อ่านวันเริ่มและวันสิ้นสุดจากระยะเวลานี้ไม่ได้",
    "unknown_party": "ไม่พบส่วนราชการ",
    "copied_date": "อาจเป็นข้อความที่ติดมาจากเอกสารอื่น",
    "torn_words": "ช่องว่างแทรกในคำ",
    "signs": "ตกค้างจากภาพ",
    "picture_marks": "ตกค้างจากภาพ",
    "screen_garbage": "ตกค้างจากภาพ",
    "name_drift": "ชื่อหน่วยงานสะกดต่าง",
    "repeated_party": "ซ้ำ",
    "unclosed_bracket": "วงเล็บไม่ปิด",
    "fused": "รวมกัน",
    "other_titles": "ต่างจากตารางก่อน",
    "headless_page": "ไม่มีหัวคอลัมน์",
    "misspelt_heads": "หัวคอลัมน์สะกดไม่ตรง",
}
_PERIODS = ("wrong_year", "two_periods", "unreadable_period")
_ANYWHERE = ("unknown_party", "torn_words", "name_drift", "sara_am", "loose_spaces")
_IN_CELLS = ("signs", "picture_marks", "screen_garbage")
# Which of them can stand in which shape.
SLIPS = {
    "memo_photos": (*_ANYWHERE, *_IN_CELLS, "copied_date"),
    "indicator_table": (*_ANYWHERE, *_IN_CELLS, *_PERIODS, "copied_date"),
    "item_narrative": (*_ANYWHERE, "copied_date"),
    "cover_table": (*_ANYWHERE, *_IN_CELLS, *_PERIODS, "copied_date"),
    "memo_status": (*_ANYWHERE, *_IN_CELLS),
}
NAME_DRIFTED = OFFICE.name.replace("วารี", "วารื")
TORN = "จั ด ทำ แ บ บ ฟ อ ร์ ม ใหม่ให้ผู้มาติดต่อ"
MENDED = "จัดทำแบบฟอร์ม ใหม่ให้ผู้มาติดต่อ"


def work_into_truth(truth: PlanTruth, quirks: Collection[str]) -> None:
    """Change the second measure to what a careless author wrote."""
    measure = truth.measures[1]
    if {"repeated_party", "unclosed_bracket"} & set(quirks):
        measure.responsible = ["กองคลัง (งานพัสดุ)", "กองช่าง"]
        measure.steps = ([*measure.steps, "รายงานผู้บริหารทุกเดือน"])[:2]
        measure.results = ([*measure.results, "มีการรายงานผู้บริหาร"])[:2]
    if "wrong_year" in quirks:
        measure.period = DraftPeriod("ม.ค.- ก.ย. ๖๖", "2023-01-01", "2023-09-30")
    if "two_periods" in quirks:
        measure.period = DraftPeriod("ต.ค.- ธ.ค. ๖๖\nเม.ย.- มิ.ย. ๖๗", "2023-10-01", "2024-06-30")
    if "unreadable_period" in quirks:
        measure.period = DraftPeriod("เมื่อได้รับจัดสรรงบประมาณแล้ว")
    if "unknown_party" in quirks:
        measure.responsible = ["กองช่างง"]
    if "copied_date" in quirks:
        measure.results[0] += " ที่ ๑๔๙/๒๕๖๖ ลงวันที่ ๓ มีนาคม 2561 เรื่อง"
    if "torn_words" in quirks:
        measure.steps[0] = TORN


def work_into_file(plan: Plan, quirks: Collection[str], rng: random.Random) -> None:
    """Change the file without changing what it says."""
    if "sara_am" in quirks:
        for words in _words(plan):
            words.text = words.text.replace("ำ", "ํา")
    if "loose_spaces" in quirks:
        for words in _words(plan):
            words.text = f" {words.text}\u00a0 "
    if "name_drift" in quirks:
        plan.blocks.insert(2, Words(f"เอกสารนี้เป็นของ {NAME_DRIFTED}"))
    box = _some_box(plan, rng)
    if box is None:
        return
    if "signs" in quirks:
        box.lines[-1].text += " ® «"
    if "picture_marks" in quirks:
        box.lines.append(Words("[image: image5.png]"))
    if "screen_garbage" in quirks:
        box.lines.append(Words("msanidinsssdgnamludara » svamasa"))


def _words(plan: Plan) -> Iterator[Words]:
    for block in plan.blocks:
        if isinstance(block, Words):
            yield block
            continue
        for row in block:
            for box in row:
                yield from box.lines if box else ()


def _some_box(plan: Plan, rng: random.Random) -> Box | None:
    """Return a cell of the second column that holds steps or results."""
    boxes = [
        row[1]
        for table in plan.tables()
        for row in table[2:]
        if len(row) > 2 and row[0] is not None and row[0].lines and row[1] and row[1].lines
        if row[1].lines[0].text.strip("-")
    ]
    return rng.choice(boxes) if boxes else None
