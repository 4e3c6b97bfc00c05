"""What a plan has no place for, or too much of: said at its cell, never dropped in silence."""

import pytest

from measures.domain.errors import Invalid
from measures.domain.importing.plan_drafts import PlanDraft
from measures.domain.importing.plan_reading import bounds, read_plan
from measures.domain.importing.sources import Cell, Paragraph, Source, Table
from tests.factories.plan_files import Box, Plan, Row, Words, as_source
from tests.factories.plan_truths import OFFICE

HEAD = ("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ")
ONE = ("๑. ชี้แจงงบประมาณ", "จัดประชุม", "กองคลัง")


def _row(*texts: str) -> Row:
    return [Box.of(text) for text in texts]


def _read(*blocks: Words | list[Row]) -> PlanDraft:
    return read_plan(as_source(Plan(list(blocks))), OFFICE)


def _messages(draft: PlanDraft) -> dict[str, str]:
    """Return what is warned of by the place and the value."""
    return {f"{each.where} {each.value}".strip(): each.message for each in draft.warnings}


def test_column_without_a_place_in_a_plan_is_named_where_it_holds_words() -> None:
    draft = _read(
        [
            _row(*HEAD, "งบประมาณ", "หมายเหตุ"),
            _row(*ONE, "-", "ใช้งบของสำนักปลัดสมมติ"),
        ]
    )

    found = _messages(draft)
    assert "ไม่มีที่เก็บ" in found["ตารางที่ 1 แถวที่ 1 คอลัมน์ที่ 5 หมายเหตุ"]
    assert not any("งบประมาณ" in place.split() for place in found)


def test_cell_over_two_columns_says_which_of_them_it_was_read_as() -> None:
    table: list[Row] = [
        _row(*HEAD, "ผลการดำเนินการ", "ผลลัพธ์"),
        [*_row(*ONE), Box.of("จัดแล้ว", across=2), None],
    ]

    draft = _read(table)

    assert draft.measures[0].results == ["จัดแล้ว"]
    message = _messages(draft)["ตารางที่ 1 แถวที่ 2 คอลัมน์ที่ 4 จัดแล้ว"]
    assert "“ผลการดำเนินการ” เท่านั้น" in message


def test_words_over_the_three_columns_of_states_are_the_state() -> None:
    states = ("ยังไม่ดำเนินการ", "อยู่ระหว่างดำเนินการ", "ดำเนินการแล้วเสร็จ")
    table: list[Row] = [
        _row("มาตรการ", "ขั้นตอน", *states),
        [*_row("๑. ชี้แจงงบประมาณ", "จัดประชุม"), Box.of("อยู่ระหว่างดำเนินการ", across=3), None, None],
    ]

    assert _read(table).measures[0].status == "in_progress"


def test_row_over_the_whole_width_keeps_its_pictures_with_the_measure_above() -> None:
    rows = [*(tuple(Cell(r, c, (Paragraph(text),)) for c, text in enumerate(texts))
              for r, texts in enumerate((HEAD, ONE)))]  # fmt: skip
    wide = Cell(2, 0, (Paragraph("ภาพกิจกรรมสมมติ", pictures=("rId7",)),), column_span=3)
    source = Source("docx", (Table(1, (*rows, (wide, wide, wide))),))

    draft = read_plan(source, OFFICE)

    assert draft.measures[0].pictures == ["rId7"]
    found = _messages(draft)
    assert "อ่านเป็นหัวข้อเท่านั้น" in found["ตารางที่ 1 แถวที่ 3 คอลัมน์ที่ 1 ภาพกิจกรรมสมมติ"]


def test_table_behind_the_plan_whose_head_is_unknown_is_warned_of_and_signatures_are_not() -> None:
    plan = [_row(*HEAD), _row(*ONE)]
    unknown = [
        _row("เรื่องที่ทำ", "ใครทำ", "เมื่อใด", "สีของแฟ้ม"),
        _row("๒. ย้ายจุด", "กองช่าง", "มี.ค.", "ฟ้า"),
    ]
    signatures = [_row("ลงชื่อ", "ลงชื่อ", "ลงชื่อ"), _row("(นายสมมติ)", "(นางสมมติ)", "(นายสมมติ)")]

    draft = _read(plan, Words("ต่อ"), unknown, Words("ลงนาม"), signatures)

    left_out = [each for each in draft.warnings if "ไม่นำเข้าตารางนี้" in each.message]
    assert [each.where for each in left_out] == ["ตารางที่ 2 แถวที่ 1 คอลัมน์ที่ 1"]
    assert "เรื่องที่ทำ" in left_out[0].value


def test_letters_without_width_tear_no_name() -> None:
    draft = _read([_row(*HEAD), _row("๑. ชี้แจง\u200bงบประมาณ", "จัดประชุม", "กอง\u200bคลัง\u00ad")])

    assert draft.measures[0].title == "ชี้แจงงบประมาณ"
    assert draft.measures[0].responsible == ["กองคลัง"]
    assert not any(each.field == "responsible" for each in draft.warnings)


def test_deadline_keeps_its_day_and_says_that_the_beginning_is_missing() -> None:
    table = [
        _row(*HEAD, "ระยะเวลาดำเนินการ"),
        _row(*ONE, "ภายในวันที่ ๓๐ เมษายน ๒๕๖๗"),
        _row("๒. ย้ายจุดรับเรื่อง", "ย้าย", "กองช่าง", "ภายในวันที่ ๓๐ เมษายน ๒๕๖๙"),
    ]

    draft = _read(table)

    days = [(each.period.start, each.period.end) for each in draft.measures]
    assert days == [(None, "2024-04-30"), (None, "2026-04-30")]
    messages = [each.message for each in draft.warnings if each.field == "period"]
    assert ["วันเริ่ม" in each for each in messages] == [True, True, False]
    assert "นอกปีงบประมาณ" in messages[2]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            as_source(
                Plan([[_row(*HEAD), _row("๑. ก", "ก" * (bounds.MOST_IN_A_PARAGRAPH + 1), "-")]])
            ),
            "ตารางที่ 1 แถวที่ 2 คอลัมน์ที่ 2 มีข้อความยาวเกิน 20,000 ตัวอักษร",
        ),
        (
            as_source(Plan([[_row(*HEAD), *[_row(*ONE)] * bounds.MOST_ROWS]])),
            "ยาวรวมกันเกิน 2,000 แถว",
        ),
        (
            as_source(Plan([Words("ก" * bounds.MOST_IN_A_PARAGRAPH)] * 51)),
            "ยาวเกิน 1,000,000 ตัวอักษร",
        ),
    ],
    ids=["paragraph", "rows", "characters"],
)
def test_what_is_longer_than_any_plan_is_refused_with_the_limit(source: Source, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        read_plan(source, OFFICE)
