"""One line of a score sheet, in the ways in which offices write it."""

import pytest

from measures.domain.scoring.score_lines import is_heading, pairs_in, statement_of


def told(*cells: str, column: int | None = None) -> tuple[str, str, str]:
    statement = statement_of(cells, column)
    return statement.kind, statement.place, statement.score


@pytest.mark.parametrize(
    "cells",
    [
        ("I7 79.27",),
        ("i7: 79.27",),
        ("I-7 = 79.27",),
        ("I7,79.27",),
        ("I7 79,27",),
        ("• I7 79.27 คะแนน",),
        ("1. I7 79.27",),
        ("ข้อ I7 ท่านทราบข้อมูลรอบ 6 เดือน มากน้อยเพียงใด เท่ากับ 79.27 คะแนน",),
        ("ข้อ I7 ปี พ.ศ. 2566 ได้ร้อยละ 79.27",),
        ("ข้อที่ ๗ (I๗)", "๗๙.๒๗"),
        ("ข้อ I7", "79.27"),
        ("I7", "ท่านทราบข้อมูล", "79.27%"),
        ("1", "I7", "ท่านทราบข้อมูล", "79.27"),
        ("IIT", "7", "ท่านทราบข้อมูล", "ร้อยละ 79.27"),
        ("I7", "79.27 จาก 100"),
        ("I7 79.27/100",),
        ("I7 79.27 (คะแนนเต็ม 100)",),
        ("1 I7 ท่านทราบข้อมูล 79.27",),
        ("ข้อ I7 79 . 27",),
        ("1", "I7", "ท่านทราบข้อมูล", "79.27", "79.27"),
    ],
)
def test_an_item_and_its_score(cells):
    kind, place, score = told(*cells)
    assert (kind, place, score.replace(",", ".")) == ("item", "I7", "79.27")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("042", "มาตรการส่งเสริม", "100"), ("item", "O42", "100")),
        (("O12 รายงานรอบ 6 เดือน",), ("item", "O12", "")),
        (("ข้อ 7 ท่านทราบ 79.27",), ("bare_item", "7", "79.27")),
        (("7.", "ท่านทราบ", "79.27"), ("bare_item", "7", "79.27")),
        (("ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล 97.78",), ("indicator", "9", "97.78")),
        (("ตัวชี้วัดที่ 9",), ("indicator", "9", "")),
        (("9.1 ข้อมูลพื้นฐาน 88.89",), ("indicator", "9.1", "88.89")),
        (("IIT 85.20",), ("instrument", "IIT", "85.20")),
        (("1. IIT", "85.20"), ("instrument", "IIT", "85.20")),
        (("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT) 15 ข้อ",), ("instrument", "EIT", "")),
        (("คะแนนรวม 51.63",), ("total", "", "51.63")),
        (("คะแนน ITA", "51.63"), ("total", "", "51.63")),
        (("IIT", "85"), ("instrument", "IIT", "85")),
        (("คะแนนรวม", "", "51"), ("total", "", "51")),
        (("รวม", "51.63"), ("sum", "", "51.63")),
        (("น้ำหนัก IIT 30",), ("nothing", "", "30")),
        (("ผลการประเมิน ITA ได้ 51.63 คะแนน อยู่ในระดับ E",), ("total", "", "51.63")),
        (("เป้าหมายคะแนน ITA ไม่น้อยกว่า 85 คะแนน",), ("nothing", "", "85")),
        (("1", "I7", "ท่านทราบ", ""), ("item", "I7", "")),
        (("I7 1,000.5",), ("item", "I7", "")),
        (("จำนวนผู้ตอบ EIT 45",), ("nothing", "", "45")),
        (("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566",), ("nothing", "", "")),
        (("แสดงให้เห็นว่าควรปรับปรุง (อ้างอิงจาก o11)",), ("nothing", "", "")),
    ],
)
def test_other_lines(cells, expected):
    assert told(*cells) == expected


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("คะแนนรวม 51.63 ระดับ E", "e"),
        ("ระดับผลการประเมิน: ผ่านดีเยี่ยม", "ผ่านดีเยี่ยม"),
    ],
)
def test_the_level_of_a_line(line, level):
    assert statement_of([line]).level == level


def test_a_head_tells_where_the_scores_stand():
    heads = ["ข้อ", "ข้อความ", "คะแนนเต็ม", "คะแนนที่ได้"]
    assert is_heading(heads) == 3
    assert is_heading(["ข้อ I7", "79.27"]) is None
    assert is_heading(["คะแนน"]) is None
    assert told("I7", "ท่านทราบ", "79.27", "60", column=2) == ("item", "I7", "79.27")


@pytest.mark.parametrize(
    ("cells", "rivals"),
    [
        (("I7", "79.27", "100"), ("79.27", "100")),
        (("คะแนน IIT", "30", "89.12"), ("30", "89.12")),
        (("IIT", "30", "89.12"), ("30", "89.12")),
        (("I7 79.27 คะแนน (ปีก่อนได้ 60.00 คะแนน)",), ("79.27", "60.00")),
        (("ข้อ I8 และ I9 เท่ากับ 53.56 และ 77.27 คะแนน",), ("53.56", "77.27")),
        (("I7 ได้ 79.27 ต่ำกว่าเกณฑ์ 85 คะแนน",), ("79.27", "85")),
        (("I7 7 9 . 2 7",), ("2", "7")),
        (("I7 60.00 79.27",), ("60.00", "79.27")),
        (("I7 79.27 คะแนน ร้อยละ 79.27",), ()),
        (("I7", "79.27", "79,270"), ()),
    ],
)
def test_where_several_numbers_stand_none_is_taken_for_the_score(cells, rivals):
    assert statement_of(cells).rivals == rivals


@pytest.mark.parametrize("blank", ["-", "ไม่ประเมิน", ""])
def test_a_blank_in_the_column_of_scores_is_no_score(blank):
    statement = statement_of(["I7", "ท่านทราบ", blank], 2)
    assert (statement.score, statement.has_blank_score) == ("", True)


def test_an_empty_place_for_a_score_is_told_from_a_line_without_one():
    assert statement_of(["I7", "ท่านทราบ", "-"]).has_blank_score
    assert statement_of(["I7", "ท่านทราบ", ""]).has_blank_score
    assert not statement_of(["I7", "ท่านทราบ"]).has_blank_score


@pytest.mark.parametrize(
    "line",
    [
        "I7 79.27 I8 53.56, E1=80",
        "I7=79.27;I8=53.56;E1=80",
        "ข้อ I7 เท่ากับ 79.27 คะแนน, I8 เท่ากับ 53.56 คะแนน และ E1 ได้ 80 คะแนน",
    ],
)
def test_several_items_in_one_line(line):
    assert [(each.place, each.score) for each in pairs_in([line])] == [
        ("I7", "79.27"),
        ("I8", "53.56"),
        ("E1", "80"),
    ]


def test_a_line_of_one_item_is_no_list_of_pairs():
    assert pairs_in(["I7 79.27"]) == []
    assert pairs_in(["O12 แผน (อ้างอิง o11 และ o14) 100"]) == []
