"""The year before: items are joined by their words, else by indicator, never by number."""

from decimal import Decimal

import pytest

from measures.domain.analysing.previous import Basis, Movement, YearBefore
from measures.models import Indicator, Item, SubIndicator
from tests.factories.analysis import (
    give_scores,
    item_of,
    make_finding,
    make_framework,
)
from tests.factories.people import make_measure, make_office

pytestmark = pytest.mark.django_db

BUDGET = "ท่านทราบแผนงบประมาณ มากน้อยเพียงใด"
JOIN = "ท่านเคยร่วมจัดทำงบประมาณ มากน้อยเพียงใด"


@pytest.fixture
def years():
    """Two years in which the numbers have moved: I7 of 2563 is I8 of 2562."""
    make_framework(
        2562,
        {
            "I7": (2, "คำถามอื่นของปีก่อน"),
            "I8": (2, f" {BUDGET.replace('แผน', 'แผน ')}"),
            "E1": (6, ""),
            "O11": (9, "แผน"),
        },
        {2: "การใช้งบประมาณ", 6: "คุณภาพการดำเนินงาน"},
    )
    make_framework(
        2563,
        {"I7": (2, BUDGET), "I8": (2, JOIN), "E1": (6, ""), "O11": (10, "แผนงาน")},
        {2: "การใช้งบประมาณ", 6: "ชื่อใหม่", 10: "การป้องกันการทุจริต"},
    )


def about(office, code):
    return YearBefore.of(office.organisation, 2563).about(item_of(2563, code))


def test_an_item_is_the_one_with_the_same_words_whatever_its_number(office, years):
    give_scores(office.organisation, 2562, {"I7": "10.00", "I8": "70.00"})
    give_scores(office.organisation, 2563, {"I7": "79.27"})

    previous = about(office, "I7")

    assert (previous.basis, previous.counterpart) == (Basis.ITEM, item_of(2562, "I8"))
    assert previous.movement == Movement(Decimal("70.00"), Decimal("79.27"))
    assert previous.basis_words() == "เทียบกับข้อ I8 ของปี 2562 ซึ่งมีข้อความเดียวกัน"
    assert previous.score_words() == "ได้ 70.00 คะแนนในปี 2562 ปีนี้เพิ่มขึ้น 9.27 คะแนน"


def test_an_item_of_other_words_is_compared_by_its_indicator_and_says_so(office, years):
    give_scores(office.organisation, 2562, {"I7": "80.00", "I8": "60.01"})
    give_scores(office.organisation, 2563, {"I7": "60.00", "I8": "53.56"})

    previous = about(office, "I8")

    assert (previous.basis, previous.counterpart) == (Basis.INDICATOR, None)
    assert previous.movement == Movement(Decimal("70.01"), Decimal("56.78"))
    assert "ไม่มีข้อที่มีข้อความเดียวกัน จึงเทียบกับตัวชี้วัดที่ 2 การใช้งบประมาณ" in previous.basis_words()
    assert previous.score_words() == "ตัวชี้วัดได้ 70.01 คะแนนในปี 2562 ปีนี้ลดลง 13.23 คะแนน"


def test_an_indicator_with_a_score_missing_has_none(office, years):
    give_scores(office.organisation, 2562, {"I7": "80.00"})
    give_scores(office.organisation, 2563, {"I7": "60.00", "I8": "53.56"})

    assert about(office, "I8").movement.before is None


def test_an_indicator_of_another_name_is_found_by_its_number(office, years):
    assert about(office, "E1").indicator == item_of(2562, "E1").indicator


def test_an_item_whose_indicator_was_not_there_is_compared_with_nothing(office, years):
    previous = about(office, "O11")

    assert (previous.basis, previous.is_known()) == (Basis.NOTHING, False)
    assert previous.basis_words() == "ไม่มีข้อหรือตัวชี้วัดของปี 2562 ให้เทียบ"


def test_a_text_that_stands_twice_is_no_counterpart(office):
    make_framework(2562, {"I1": (1, BUDGET), "I2": (1, BUDGET)})
    make_framework(2563, {"I1": (1, BUDGET)})

    assert about(office, "I1").basis == Basis.INDICATOR


def test_items_without_words_are_not_the_same(office):
    make_framework(2562, {"I1": (1, "")})
    make_framework(2563, {"I1": (1, "")})

    assert about(office, "I1").basis == Basis.INDICATOR


def test_a_renamed_indicator_is_found_by_its_alias_before_one_of_its_number(office):
    names = {8: "การปรับปรุงระบบการทำงาน", 9: "อื่น ๆ"}
    make_framework(2562, {"E11": (9, ""), "E12": (8, "")}, names)
    make_framework(2563, {"E11": (9, "")}, {9: "การปรับปรุงการทำงาน"})
    Indicator.objects.filter(name="การปรับปรุงการทำงาน").update(
        aliases="การปรับปรุงงาน\nการปรับปรุงระบบ การทำงาน"
    )

    assert about(office, "E11").indicator == item_of(2562, "E12").indicator


def test_sub_indicators_count_once_each(office):
    """One part of two items and one of one: the mean of the parts, not of the items."""
    for year in (2562, 2563):
        make_framework(year, {"O1": (9, ""), "O2": (9, ""), "O3": (9, "")}, {9: "การเปิดเผย"})
        indicator = item_of(year, "O1").indicator
        first, second = (
            SubIndicator.objects.create(indicator=indicator, number=number)
            for number in ("9.1", "9.2")
        )
        Item.objects.filter(indicator=indicator).update(sub_indicator=first)
        Item.objects.filter(indicator=indicator, number=3).update(sub_indicator=second)
        give_scores(office.organisation, year, {"O1": "100", "O2": "0", "O3": "100"})

    assert about(office, "O1").movement == Movement(Decimal("75.00"), Decimal("75.00"))


def test_oit_without_its_parts_has_no_score_of_an_indicator(office):
    for year in (2562, 2563):
        make_framework(year, {"O1": (9, "")}, {9: "การเปิดเผย"})
        give_scores(office.organisation, year, {"O1": "100"})

    assert about(office, "O1").movement == Movement(None, None)


def test_findings_and_measures_are_those_of_the_matching_item(office, years):
    make_finding(office.organisation, 2562, "I7")
    right = make_finding(office.organisation, 2562, "I8")
    resting = make_measure(office.organisation, office.finance, fiscal_year=2563, number=1)
    resting.findings.add(right)
    naming = make_measure(office.organisation, office.finance, fiscal_year=2563, number=2)
    naming.items.add(item_of(2562, "I8"))
    other = make_measure(office.organisation, office.finance, fiscal_year=2563, number=3)
    other.items.add(item_of(2562, "I7"), item_of(2563, "I8"))

    previous = about(office, "I7")

    assert previous.findings == (right,)
    assert previous.measures == (resting, naming)


def test_what_other_offices_have_is_not_told(office, years):
    other = make_office()
    give_scores(other.organisation, 2562, {"I8": "70.00"})
    finding = make_finding(other.organisation, 2562, "I8")
    measure = make_measure(other.organisation, other.finance, fiscal_year=2563, number=9)
    measure.findings.add(finding)

    assert not about(office, "I7").is_known()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("70.00", "70.00", "คะแนนเท่าเดิม"),
        ("70.00", "70.01", "เพิ่มขึ้น 0.01 คะแนน"),
        ("70.00", "69.50", "ลดลง 0.50 คะแนน"),
        (None, "69.50", ""),
        ("70.00", None, ""),
    ],
)
def test_movement_in_words(before, after, words):
    movement = Movement(*(None if each is None else Decimal(each) for each in (before, after)))

    assert movement.words() == words


def test_reading_asks_as_often_for_many_items(office, years, django_assert_num_queries):
    items = [item_of(2563, code) for code in ("I7", "I8", "E1", "O11")]
    for number in range(1, 4):
        measure = make_measure(office.organisation, office.finance, fiscal_year=2563, number=number)
        measure.findings.add(make_finding(office.organisation, 2562, "I8"))
    with django_assert_num_queries(9):
        before = YearBefore.of(office.organisation, 2563)
    loaded = [
        type(item).objects.select_related("instrument", "indicator").get(pk=item.pk)
        for item in items
    ]
    with django_assert_num_queries(0):
        for item in loaded:
            before.about(item)
