"""Cells are safe to open, and come back as they were."""

import datetime
import decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.models import ProgressStatus
from measures.resources.base import (
    Choice,
    Decimal,
    Number,
    ThaiDate,
    YesNo,
    as_typed,
    neutralised,
    whole_number,
)


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+66 4200 0000", "'+66 4200 0000"),
        ("- ข้อแรก", "'- ข้อแรก"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tซ่อน", "'\tซ่อน"),
        ("'=1", "''=1"),
        ("#N/A", "'#N/A"),
        ("#1 ในเขต", "#1 ในเขต"),
        ("มาตรการ = ผล", "มาตรการ = ผล"),
        ("'ข้อความในเครื่องหมาย'", "'ข้อความในเครื่องหมาย'"),
        (2564, 2564),
        ("", ""),
    ],
)
def test_what_would_run_as_a_formula_gets_an_apostrophe(cell, safe):
    assert neutralised(cell) == safe


@given(st.text(alphabet="'=+-@ก1 ", max_size=6) | st.sampled_from(["#N/A", "'#REF!", "''#NUM!"]))
def test_a_neutralised_cell_comes_back_as_it_was(text):
    assert as_typed(neutralised(text.strip())) == text.strip()


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (2564, 2564),
        ("2564", 2564),
        ("๒๕๖๔", 2564),
        (2564.0, 2564),
        (" 6 ", 6),
        ("2,564", 2564),
        ("2564.0", 2564),
        ("'2564", 2564),
        ("พ.ศ. ๒๕๖๔", 2564),
        ("ปีงบประมาณ พ.ศ. 2564", 2564),
    ],
)
def test_numbers_are_read_in_thai_and_arabic_digits(cell, number):
    assert whole_number(cell) == number


@pytest.mark.parametrize("cell", ["หก", "6.5", "-6", 6.5, "25,64"])
def test_what_is_no_whole_number_is_refused(cell):
    with pytest.raises(ValueError, match="ไม่ใช่จำนวนเต็ม"):
        whole_number(cell)


@pytest.mark.parametrize("cell", ["", None, " ", "พ.ศ."])
def test_an_empty_number_is_called_empty(cell):
    with pytest.raises(ValueError, match="ยังไม่ได้กรอก"):
        whole_number(cell)


@pytest.mark.parametrize(
    "cell", [45381, 45381.0, "45381", "๔๕๓๘๑", 243707, "2024-03-30 00:00:00", "'30/3/2567"]
)
def test_a_date_that_lost_its_format_is_read(cell):
    assert ThaiDate().clean(cell) == datetime.date(2024, 3, 30)


@pytest.mark.parametrize("cell", [2567, 12345, "99999"])
def test_a_number_that_is_no_date_is_refused(cell):
    with pytest.raises(ValueError, match="อ่านวันที่"):
        ThaiDate().clean(cell)


def test_a_score_typed_as_text_in_excel_is_read():
    assert Decimal().clean("'79.27") == decimal.Decimal("79.27")


@pytest.mark.parametrize(
    "cell",
    [
        "30 มีนาคม 2564",
        "๓๐ มี.ค. ๖๔",
        "30/3/2564",
        "2021-03-30",
        datetime.datetime.fromisoformat("2021-03-30"),
        datetime.date(2564, 3, 30),  # "30/3/2564" typed into Excel
    ],
)
def test_dates_are_read_alike_and_go_out_in_words(cell):
    day = ThaiDate().clean(cell)

    assert day == datetime.date(2021, 3, 30)
    assert ThaiDate().clean(ThaiDate().render(day)) == day
    assert ThaiDate().render(day) == "30 มีนาคม 2564"


def test_date_cell_in_a_column_of_text_is_put_in_words():
    assert as_typed(datetime.datetime.fromisoformat("2021-03-30")) == "30 มีนาคม 2564"
    assert as_typed(datetime.date(2564, 3, 30)) == "30 มีนาคม 2564"


@pytest.mark.parametrize("cell", ["๗๙.๒๗", "79.27", 79.27, 79.27000000000001])
def test_scores_are_read_as_they_are_shown(cell):
    assert Decimal().clean(cell) == decimal.Decimal("79.27")


@pytest.mark.parametrize("cell", ["79.271", 79.271, "มาก", "-1"])
def test_what_is_no_score_is_refused(cell):
    with pytest.raises(ValueError, match="ไม่ใช่ตัวเลข"):
        Decimal().clean(cell)


@pytest.mark.parametrize(
    ("cell", "answer"), [("ใช่", True), (True, True), ("✓", True), ("ไม่ใช่", False), (None, False)]
)
def test_yes_and_no_are_read_however_they_are_written(cell, answer):
    assert YesNo().clean(cell) is answer
    assert YesNo().clean(YesNo().render(answer)) is answer


def test_choice_is_read_by_its_words_whatever_their_spaces():
    status = Choice(ProgressStatus.choices)

    assert status.clean("อยู่ ระหว่าง\nดำเนินการ") == ProgressStatus.IN_PROGRESS
    assert status.render(ProgressStatus.DONE) == "ดำเนินการเสร็จเรียบร้อยแล้ว"
    with pytest.raises(ValueError, match="โปรดใช้ ยังไม่ดำเนินการ, "):
        status.clean("เกือบเสร็จ")


def test_empty_cells_are_none_where_they_may_be_empty():
    assert (Number(blank=True).clean(""), Decimal().clean(None), ThaiDate().clean(" ")) == (
        None,
        None,
        None,
    )
