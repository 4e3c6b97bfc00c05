import datetime as dt

import pytest

from reports.sections import BUILDERS, texts
from tests.factories.content import empty_content


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (None, None),
        ("", None),
        ("2021-03-30", dt.date(2021, 3, 30)),
        ("2021-03-30T23:30:00+00:00", dt.date(2021, 3, 31)),
        ("2021-03-30T10:00:00+07:00", dt.date(2021, 3, 30)),
    ],
)
def test_moments_are_dated_in_thailand(text, date):
    assert texts.date_of(text) == date


@pytest.mark.parametrize("kind", ["plan", "progress_report"])
def test_empty_sections_say_nothing(kind):
    empty = empty_content() | {"kind": kind}
    speaking = [name for name, builder in BUILDERS.items() if builder(empty) is not None]
    assert speaking == ["memo_head", "title", "cover"]


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ([], []),
        (["หนึ่ง"], ["หนึ่ง"]),
        (["หนึ่ง", "สอง"], ["- หนึ่ง", "- สอง"]),
        (["-หนึ่ง", "สอง"], ["-หนึ่ง", "- สอง"]),
        (["1. หนึ่ง\n2) สอง\n(๓) สาม"], ["1. หนึ่ง", "2) สอง", "(๓) สาม"]),
        (["• หนึ่ง", "– สอง"], ["• หนึ่ง", "– สอง"]),
        (["2567 เป็นปี", "ไม่ใช่ลำดับ"], ["- 2567 เป็นปี", "- ไม่ใช่ลำดับ"]),
    ],
)
def test_lists_get_dashes_where_they_have_no_marks(typed, lines):
    assert texts.listed(typed) == lines


def test_empty_cell_holds_a_dash():
    assert texts.cell([" ", "\n"]) == "-"
