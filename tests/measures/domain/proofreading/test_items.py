"""References to o-items are held against the lists of the analysed year and of this year."""

import pytest

from tests.factories.content import measure
from tests.factories.proofreading import content_saying, entry, found_in

KNOWN = {2563: frozenset(range(1, 44)), 2564: frozenset(range(1, 36))}
PLACE = "ข้อความลงท้าย"


def unknown(text, items=KNOWN):
    return [found for _place, found in found_in(content_saying(text), "unknown_item", items=items)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ตามข้อ O44 ของการประเมิน", "O44"),
        ("ตามข้อ o๙๙", "o๙๙"),
        ("(o11) และ O 50", "O 50"),
        ("O1 ถึง O45", "O1 ถึง O45"),
        ("ข้อ o0", "o0"),
    ],
)
def test_number_that_neither_list_has(text, found):
    assert unknown(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "O43 ของปีก่อน o35 ของปีนี้ และข้อ o๑๑",
        "O1-O43",
        "ลด CO99 และ COVID-99",
        "O365 เป็นชื่อโปรแกรม",
        "https://example.go.th/o99",
    ],
)
def test_numbers_of_either_list_and_what_is_no_item(text):
    assert unknown(text) == []


@pytest.mark.parametrize("items", [{}, {2563: KNOWN[2563]}, {2564: KNOWN[2564]}])
def test_nothing_is_said_where_a_list_is_not_known(items):
    assert unknown("ตามข้อ O99", items) == []


def test_place_names_measure_and_division():
    two = [entry(result="ตาม O99"), entry(division="กองช่าง", result="ตาม O98")]
    whole = content_saying(measures=[measure(3, progress=two)])

    assert found_in(whole, "unknown_item", items=KNOWN) == [
        ("มาตรการที่ 3 ผลการดำเนินการ (กองคลัง)", "O99"),
        ("มาตรการที่ 3 ผลการดำเนินการ (กองช่าง)", "O98"),
    ]
