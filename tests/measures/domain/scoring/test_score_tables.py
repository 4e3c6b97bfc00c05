"""A whole pasted text: what is read, what is told as a problem, and what is passed over."""

from decimal import Decimal

import pytest

from measures.domain.scoring.framework_tree import tree_of
from measures.domain.scoring.score_imports import reading_of_lines
from measures.domain.scoring.score_tables import MOST_LINES, lines_of_text
from measures.models import Indicator
from tests.factories.scoring import make_five_levels, make_framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    make_framework()
    make_five_levels()
    return tree_of(2564)


def read(text, tree):
    return reading_of_lines(lines_of_text(text), tree)


def items(reading):
    return {code: str(found.value) for code, found in reading.items.items()}


def problems(reading):
    return [(problem.where, problem.message, problem.value) for problem in reading.problems]


def test_everything_of_a_sheet_in_thai_digits(tree):
    reading = read(
        "ผลการประเมิน ปีงบประมาณ พ.ศ. ๒๕๖๔\n"
        "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)\t๘๔.๑๐\n"
        "ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่\t๘๐.๐๐\n"
        "ข้อ ๑\t๗๙.๒๗\n"
        "ข้อ ๒\tร้อยละ ๘๘,๕\n"
        "OIT\n"
        "ข้อ ๔๒\t๑๐๐\n"
        "๙.๑ ข้อมูลพื้นฐาน ๘๘.๘๙\n"
        "คะแนนรวมทั้งหมด ๕๑.๖๓ ระดับ E\n",
        tree,
    )

    assert items(reading) == {"I1": "79.27", "I2": "88.50", "O42": "100.00"}
    assert {name: found.value for name, found in reading.announced.items()} == {
        "iit": Decimal("84.10"),
        "total": Decimal("51.63"),
    }
    assert {name: found.value for name, found in reading.indicators.items()} == {
        "1": Decimal("80.00"),
        "9.1": Decimal("88.89"),
    }
    assert (reading.level, reading.problems) == ("E", [])
    assert [line.text() for line in reading.passed_over] == [
        "ผลการประเมิน ปีงบประมาณ พ.ศ. ๒๕๖๔",
        "OIT",
    ]
    assert len(reading.missing(tree)) == 85


def test_a_score_on_the_line_after_its_question(tree):
    reading = read(
        "ข้อ I7 ท่านทราบข้อมูลเกี่ยวกับงบประมาณ มากน้อยเพียงใด\n"
        "ผลการประเมินที่ได้รับ เท่ากับ 79.27 คะแนน\n"
        "แสดงให้เห็นว่าบุคลากรบางส่วนยังไม่ทราบ (อ้างอิงจาก o11)\n"
        "ข้อ I8 ท่านมีส่วนร่วม\n"
        "ข้อ I9 ใช้จ่ายคุ้มค่า เท่ากับ 77.27 คะแนน\n",
        tree,
    )

    assert items(reading) == {"I7": "79.27", "I9": "77.27"}
    assert problems(reading) == [
        (
            "บรรทัดที่ 4",
            "พบข้อ I8 แต่ไม่พบคะแนน โปรดใส่คะแนนท้ายบรรทัดเดียวกัน",
            "ข้อ I8 ท่านมีส่วนร่วม",
        )
    ]


@pytest.mark.parametrize(
    ("line", "message", "value"),
    [
        (
            "I31 80",
            "ไม่มีข้อ I31 ในปีงบประมาณ 2564 ซึ่งมีข้อ I1–I30 E1–E15 O1–O43 โปรดตรวจเลขข้อหรือปี",
            "I31 80",
        ),
        ("I1 100.01", "ข้อ I1: คะแนนไม่อยู่ระหว่าง 0 ถึง 100 โปรดตรวจกับเอกสารที่ได้รับ", "100.01"),
        ("I1 -1", "ข้อ I1: คะแนนไม่อยู่ระหว่าง 0 ถึง 100 โปรดตรวจกับเอกสารที่ได้รับ", "-1"),
        ("คะแนนรวม 8640", "คะแนนรวม: คะแนนไม่อยู่ระหว่าง 0 ถึง 100 โปรดตรวจกับเอกสารที่ได้รับ", "8640"),
        (
            "ข้อ 7 80",
            "ไม่ทราบว่าข้อ 7 เป็นข้อของเครื่องมือใด โปรดเติม I E หรือ O หน้าเลขข้อ หรือใส่หัวข้อ IIT EIT OIT",
            "ข้อ 7 80",
        ),
        (
            "I1\t80\t100",
            "มีตัวเลขมากกว่าหนึ่งตัว (80 100) จึงไม่ทราบว่าตัวใดเป็นคะแนน "
            "โปรดเหลือไว้เฉพาะคะแนน หรือใส่แถวหัวตารางที่มีช่อง “คะแนน”",
            "I1 80 100",
        ),
        *(
            (
                line,
                "มีตัวเลขแต่ไม่ทราบว่าเป็นคะแนนของอะไร "
                "โปรดใส่เลขข้อ เช่น I7 หรือเขียนว่า “คะแนนรวม” “คะแนน IIT”",
                line,
            )
            for line in ("ไอ1 79.27", "l1 80", "79.27", "ผลปีนี้ 80 คะแนน")
        ),
        (
            "ระดับ ดีมาก",
            "ไม่รู้จักระดับนี้ โปรดใช้ชื่อระดับในเกณฑ์ เช่น ผ่านดีเยี่ยม, ผ่านดี, ผ่าน, ต้องปรับปรุง, "
            "ต้องปรับปรุงโดยด่วน, AA, A, B, C, D, E, F",
            "ดีมาก",
        ),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_told_with_its_line_and_value(tree, line, message, value):
    reading = read(f"หัวเรื่อง\n{line}", tree)

    assert problems(reading) == [("บรรทัดที่ 2", message, value)]
    assert reading.is_empty()


def test_a_word_in_the_column_of_scores_is_told(tree):
    reading = read("ข้อ\tข้อความ\tคะแนน\nI1\tท่านทราบ\tไม่ผ่าน\nI2\tท่านเห็น\t80", tree)

    assert items(reading) == {"I2": "80.00"}
    assert problems(reading) == [
        ("บรรทัดที่ 2", "ข้อ I1: อ่านคะแนนไม่ได้ โปรดพิมพ์เป็นตัวเลข เช่น 79.27", "ไม่ผ่าน")
    ]


def test_the_same_item_twice_is_remarked_and_another_value_refused(tree):
    reading = read("I1 80\nI1 80.00\nI1 81", tree)

    assert items(reading) == {"I1": "80.00"}
    assert [remark.message for remark in reading.remarks] == ["ข้อ I1: ซ้ำกับบรรทัดที่ 1 คะแนนเท่ากัน"]
    assert problems(reading) == [
        (
            "บรรทัดที่ 3",
            "ข้อ I1: มีสองค่า ใช้ 80.00 จากบรรทัดที่ 1 โปรดลบบรรทัดที่ผิดแล้วอ่านอีกครั้ง",
            "81",
        )
    ]


def test_a_sum_under_a_heading_is_not_taken_for_the_total(tree):
    reading = read("IIT\nI1 80\nรวม 84.10", tree)

    assert reading.announced == {}
    assert problems(reading)[0][1] == (
        "ไม่ทราบว่าเป็นผลรวมของอะไร โปรดเขียนว่า “คะแนน IIT” หรือ “คะแนนรวมทั้งหมด”"
    )


def test_more_than_two_places_are_rounded_half_up_and_told_but_not_noise_of_excel(tree):
    reading = read("I1 95.765\nI2 79.27000000000001", tree)

    assert items(reading) == {"I1": "95.77", "I2": "79.27"}
    assert [(remark.where, remark.message) for remark in reading.remarks] == [
        ("บรรทัดที่ 1", "ข้อ I1: ปัดเป็น 95.77")
    ]


def test_weights_under_their_head_are_no_scores(tree):
    reading = read("เครื่องมือ\tน้ำหนัก\tคะแนนที่ได้\nIIT\t30\t85.20\nOIT\t40\t97", tree)

    assert {name: str(found.value) for name, found in reading.announced.items()} == {
        "iit": "85.20",
        "oit": "97.00",
    }
    assert (items(reading), reading.problems) == ({}, [])


def test_a_number_alone_is_the_score_of_the_item_above_unless_it_may_be_a_page(tree):
    reading = read("I1\nท่านทราบ\n79.27\nI2\n12\nO42\n100", tree)

    assert items(reading) == {"I1": "79.27", "O42": "100.00"}
    assert [message for _where, message, _value in problems(reading)] == [
        "พบข้อ I2 แต่ไม่พบคะแนน โปรดใส่คะแนนท้ายบรรทัดเดียวกัน"
    ]


def test_the_bare_name_of_an_indicator_is_enough(tree):
    Indicator.objects.filter(number=1).update(name="การปฏิบัติหน้าที่")

    reading = read("ด้านการปฏิบัติหน้าที่\t85.10\nข้อ 2 ท่านทราบ 70", tree_of(2564))

    assert {name: str(found.value) for name, found in reading.indicators.items()} == {"1": "85.10"}
    assert items(reading) == {"I2": "70.00"}


def test_rows_of_indicators_are_not_taken_for_items(tree):
    reading = read("IIT\n1\tตัวชี้วัดสมมติที่ 1\t85.10\n2\tท่านทราบ\t70", tree)

    assert {name: str(found.value) for name, found in reading.indicators.items()} == {"1": "85.10"}
    assert items(reading) == {"I2": "70.00"}


def test_two_levels_keep_the_first(tree):
    reading = read("ระดับ A\nระดับ B", tree)

    assert reading.level == "A"
    assert problems(reading)[0][0] == "บรรทัดที่ 2"


def test_a_year_without_items_takes_totals_alone():
    reading = read("I1 80\nคะแนนรวม 85.2", tree_of(2560))

    assert {name: found.value for name, found in reading.announced.items()} == {
        "total": Decimal("85.20")
    }
    assert problems(reading)[0][1] == ("ไม่รู้จักข้อ I1 เพราะยังไม่มีรายการข้อของปีนี้ เก็บได้เฉพาะคะแนนรวม")


def test_a_very_long_text_is_read_to_its_limit_and_told(tree):
    reading = read("\n".join(["x"] * MOST_LINES + ["I1 80"]), tree)

    assert items(reading) == {}
    assert problems(reading)[0][0] == f"บรรทัดที่ {MOST_LINES + 1}"
