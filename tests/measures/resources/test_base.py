"""Cells are safe to open, and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.resources.base import as_typed, neutralised, whole_number


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+66 4200 0000", "'+66 4200 0000"),
        ("- ข้อแรก", "'- ข้อแรก"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tซ่อน", "'\tซ่อน"),
        ("'=1", "''=1"),
        ("มาตรการ = ผล", "มาตรการ = ผล"),
        ("'ข้อความในเครื่องหมาย'", "'ข้อความในเครื่องหมาย'"),
        (2564, 2564),
        ("", ""),
    ],
)
def test_what_would_run_as_a_formula_gets_an_apostrophe(cell, safe):
    assert neutralised(cell) == safe


@given(st.text(alphabet="'=+-@ก1 ", max_size=6))
def test_a_neutralised_cell_comes_back_as_it_was(text):
    assert as_typed(neutralised(text.strip())) == text.strip()


@pytest.mark.parametrize(
    ("cell", "number"), [(2564, 2564), ("2564", 2564), ("๒๕๖๔", 2564), (2564.0, 2564), (" 6 ", 6)]
)
def test_numbers_are_read_in_thai_and_arabic_digits(cell, number):
    assert whole_number(cell) == number


@pytest.mark.parametrize("cell", ["", None, "หก", "6.5", "-6", 6.5])
def test_what_is_no_whole_number_is_refused(cell):
    with pytest.raises(ValueError, match="ไม่ใช่จำนวนเต็ม"):
        whole_number(cell)
