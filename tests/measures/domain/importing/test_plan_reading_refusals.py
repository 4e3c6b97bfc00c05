"""Files that hold no plan, and plans that are hard to tell: refused or warned of in Thai."""

import pytest

from measures.domain.errors import Invalid
from measures.domain.importing.plan_reading import read_plan
from measures.domain.importing.sources import Source
from tests.factories.plan_files import Box, Plan, Row, Words, as_source
from tests.factories.plan_truths import OFFICE


def _source(*blocks: Words | list[Row]) -> Source:
    return as_source(Plan(list(blocks)))


def _row(*texts: str) -> Row:
    return [Box.of(text) for text in texts]


def test_file_without_a_table_says_what_is_expected() -> None:
    with pytest.raises(Invalid, match=r"ไม่พบตารางในไฟล์.*มาตรการ"):
        read_plan(_source(Words("บันทึกข้อความเรื่องการประชุมสมมติ")), OFFICE)


def test_table_of_another_form_is_named() -> None:
    leave = [_row("ชื่อ", "วันลา", "เหตุผล"), _row("นายสมมติ นามสมมติ", "๓ วัน", "ป่วย")]

    with pytest.raises(Invalid, match=r"พบ: ชื่อ \| วันลา \| เหตุผล"):
        read_plan(_source(leave), OFFICE)


def test_table_without_a_column_of_measures_is_another_form() -> None:
    table = [_row("โครงการ", "ผู้รับผิดชอบ", "ระยะเวลา"), _row("ขุดลอกคลอง", "กองช่าง", "มี.ค. ๖๗")]

    with pytest.raises(Invalid, match="โครงการ"):
        read_plan(_source(table), OFFICE)


def test_table_merged_into_one_cell_is_refused() -> None:
    merged: list[Row] = [
        [Box.of("มาตรการ ขั้นตอน ผู้รับผิดชอบ", across=3, down=2), None, None],
        [None] * 3,
    ]

    with pytest.raises(Invalid):
        read_plan(_source(merged), OFFICE)


def test_head_without_measures_is_refused() -> None:
    with pytest.raises(Invalid, match="ไม่มีแถวของมาตรการ"):
        read_plan(_source([_row("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ")]), OFFICE)


def test_second_plan_in_the_file_is_read_too_and_new_measures_are_warned_of() -> None:
    head = _row("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ")
    other = _row("มาตรการ/แนวทาง", "วิธีการดำเนินการ", "ระยะเวลาดำเนินการ")
    source = _source(
        [head, _row("๑. ชี้แจงงบประมาณ", "จัดประชุม", "กองคลัง")],
        [
            other,
            _row("๑. ชี้แจงงบประมาณ", "จัดประชุม", "มี.ค. ๖๗"),
            _row("๒. ปรับปรุงจุดรับเรื่องร้องเรียน", "ย้ายจุด", "มี.ค. ๖๗"),
        ],
    )

    draft = read_plan(source, OFFICE)

    titles = [measure.title for measure in draft.measures]
    assert titles == ["ชี้แจงงบประมาณ", "ปรับปรุงจุดรับเรื่องร้องเรียน"]
    assert any("ไม่มีในตารางก่อน" in warning.message for warning in draft.warnings)


@pytest.mark.parametrize(
    ("cells", "words"),
    [(("/", "/", "-"), "มากกว่าหนึ่งช่อง"), (("-", "-", ""), "ไม่ได้ทำเครื่องหมาย")],
)
def test_status_with_two_ticks_or_none_is_asked_for(cells: tuple[str, ...], words: str) -> None:
    head = _row("มาตรการ", "ขั้นตอน", "ยังไม่ดำเนินการ", "อยู่ระหว่างดำเนินการ", "ดำเนินการแล้วเสร็จ")

    draft = read_plan(_source([head, _row("๑. ชี้แจงงบประมาณ", "จัดประชุม", *cells)]), OFFICE)

    [warning] = [warning for warning in draft.warnings if warning.field == "status"]
    assert words in warning.message
    assert draft.measures[0].status == ""


def test_column_that_nobody_knows_is_left_out_with_a_warning() -> None:
    table = [
        _row("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "สีของแฟ้ม"),
        _row("๑. ชี้แจงงบประมาณ", "จัดประชุม", "กองคลัง", "แฟ้มสีฟ้า"),
    ]

    draft = read_plan(_source(table), OFFICE)

    assert "สีของแฟ้ม" in {warning.value for warning in draft.warnings}
    assert "แฟ้มสีฟ้า" in {fate.text for fate in draft.fates if fate.fate == "left_out"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ข้อ I7 คำถามสมมติ ผลการประเมินที่ได้รับ เท่ากับ 179.27 คะแนน", "ไม่อยู่ระหว่าง"),
        ("ข้อ E44 คำถามสมมติ ผลการประเมินที่ได้รับ เท่ากับ 79.27 คะแนน", "ไม่มีข้อ E44"),
    ],
)
def test_item_or_score_that_cannot_be_is_not_taken(line: str, words: str) -> None:
    source = _source(
        Words("ข้อบกพร่อง"),
        Words(line),
        Words("มาตรการ : ชี้แจงงบประมาณ"),
        Words("ผู้รับผิดชอบ"),
        Words("กองคลัง"),
    )

    draft = read_plan(source, OFFICE)

    assert draft.scores == {}
    assert any(words in warning.message for warning in draft.warnings)


def test_file_of_another_year_is_warned_of() -> None:
    source = _source(
        Words("มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖5"),
        [_row("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ"), _row("๑. ชี้แจง", "จัดประชุม", "กองคลัง")],
    )

    draft = read_plan(source, OFFICE)

    assert draft.fiscal_year == 2565
    assert "2567" in next(w.message for w in draft.warnings if w.field == "fiscal_year")
