"""Each known wrong way of computing is recognised by the figure it gives; others are not."""

from decimal import Decimal

import pytest

from measures.domain.scoring.difference_causes import explained, explained_indicators
from measures.domain.scoring.framework_tree import tree_of
from measures.domain.scoring.results import values_of
from measures.models import Instrument, Item, Score
from tests.factories.organisations import make_organisation
from tests.factories.scoring import make_five_levels, make_framework, make_letters, make_result

pytestmark = pytest.mark.django_db

# Eight of nine items of 9.1 and seven of eight of 10.1 pass: OIT 95.765 (domain.md §1.5).
SCORES = {"O1": "0", "O34": "0"}
EVERY = {"IIT": "80", "EIT": "90", "OIT": "100"}


def causes(result):
    found = explained(result, tree_of(result.fiscal_year), values_of(result))
    return {each.difference.place: (each.cause, each.is_known) for each in found}


def cause(place, *, scores=SCORES, every=EVERY, scheme=None, **announced):
    """Return the cause at one place where everything was announced right but ``announced``."""
    make_framework(scheme=scheme)
    result = make_result(make_organisation(), scores=scores, every=every, **announced)
    return causes(result).get(place)


def known(sentence):
    return (f"ตรงกับที่ได้รับแจ้งเมื่อ{sentence}", True)


def test_what_was_announced_right_has_no_difference():
    make_framework()
    result = make_result(
        make_organisation(),
        scores=SCORES,
        every=EVERY,
        iit=Decimal(80),
        eit=Decimal(90),
        oit=Decimal("95.77"),
        total=Decimal("89.31"),
        level="A",
    )
    assert causes(result) == {}


# 95.7638… is the score without rounding on the way, 95.35 is 41 of 43 items, 93.48 the mean of
# 32 of 33 and 9 of 10, 96.63 that of the seven sub-indicators.
@pytest.mark.parametrize(
    ("oit", "sentence"),
    [
        ("95.76", "ปัดเศษครั้งเดียวตอนท้าย แทนที่จะปัดทุกระดับที่พิมพ์"),
        ("95.35", "เฉลี่ยทุกข้อเท่ากัน แทนที่จะเฉลี่ยตัวชี้วัด"),
        ("93.48", "เฉลี่ยตัวชี้วัดจากข้อโดยตรง แทนที่จะเฉลี่ยตัวชี้วัดย่อยก่อน"),
        ("96.63", "เฉลี่ยตัวชี้วัดย่อยทั้งหมดเท่ากัน แทนที่จะเฉลี่ยเป็นตัวชี้วัดก่อน"),
        ("90.00", "เป็นคะแนน EIT ที่คำนวณได้ อาจกรอกสลับเครื่องมือ"),
        ("97.78", "เป็นคะแนนของตัวชี้วัดที่ 9 เพียงตัวเดียว"),
        ("83.26", "มีข้อในตัวชี้วัดย่อย 10.2 ไม่ผ่านเพิ่มอีกหนึ่งข้อ โปรดตรวจข้อในตัวชี้วัดย่อยนี้"),
        ("98.89", "มีข้อในตัวชี้วัดย่อย 10.1 ผ่านเพิ่มอีกหนึ่งข้อ โปรดตรวจข้อในตัวชี้วัดย่อยนี้"),
    ],
)
def test_the_ways_to_a_wrong_oit(oit, sentence):
    assert cause("OIT", oit=Decimal(oit)) == known(sentence)


@pytest.mark.parametrize(
    ("total", "sentence"),
    [
        ("88.59", "เฉลี่ยคะแนนที่คำนวณได้ของสามเครื่องมือเท่ากัน โดยไม่ถ่วงน้ำหนัก"),
        ("89.30", "ตัดเศษทิ้งแทนที่จะปัดเศษ"),
        ("87.73", "สลับคะแนนที่คำนวณได้ของ IIT OIT ก่อนถ่วงน้ำหนัก"),
        ("62.31", "ไม่นับคะแนน EIT"),
        ("86.15", "เฉลี่ยตัวชี้วัดทุกตัวเท่ากัน โดยไม่ถ่วงน้ำหนัก"),
    ],
)
def test_the_ways_to_a_wrong_total(total, sentence):
    assert cause("total", total=Decimal(total)) == known(sentence)


def test_weights_of_another_year_are_recognised():
    make_framework(2565, weights={"IIT": Decimal(40), "EIT": Decimal(40), "OIT": Decimal(20)})
    assert cause("total", total=Decimal("87.15")) == known("ถ่วงด้วยน้ำหนักของปี 2565")


def test_a_total_of_the_announced_instruments_points_at_the_instrument():
    found = cause("total", oit=Decimal("93.00"), total=Decimal("88.20"))
    assert found == known("ใช้คะแนน IIT EIT OIT ที่ได้รับแจ้ง คะแนนรวมจึงต่างเพราะคะแนนของเครื่องมือต่าง")


def test_a_hundredth_is_put_down_to_rounding():
    assert cause("total", total=Decimal("89.32")) == ("ต่างกันไม่เกิน 0.02 น่าจะเกิดจากการปัดเศษ", True)


def test_a_figure_that_no_way_gives_is_said_to_be_unknown():
    sentence, is_known = cause("total", total=Decimal("77.77"))
    assert not is_known
    assert sentence.startswith("ไม่ทราบสาเหตุ คำนวณได้ 89.31 ได้รับแจ้ง 77.77")


@pytest.mark.parametrize(
    ("announced", "sentence"),
    [
        (
            {"total": "89.31", "level": "ผ่านดี"},
            "ตรงกับที่ได้รับแจ้งเมื่อใช้เกณฑ์ “ห้าระดับ” แต่ปีนี้ใช้เกณฑ์ “ตัวอักษร”",
        ),
        (
            {"total": "84.99", "level": "A"},
            "ตรงกับที่ได้รับแจ้งเมื่อใช้คะแนนที่คำนวณได้ ไม่ใช่คะแนนรวมที่ได้รับแจ้ง",
        ),
        (
            {"total": "74.60", "level": "B"},
            "ตรงกับที่ได้รับแจ้งเมื่อปัดคะแนนรวมเป็นจำนวนเต็มก่อน แต่เกณฑ์ใช้ทศนิยมสองตำแหน่ง",
        ),
        (
            {"total": "89.31", "level": "AAA"},
            "ไม่มีระดับชื่อ “AAA” ในเกณฑ์ใด โปรดตรวจตัวสะกด",
        ),
    ],
)
def test_the_ways_to_a_wrong_level(announced, sentence):
    make_five_levels()
    every = EVERY | {"IIT": "85"}  # each instrument is at least 85
    values = {"total": Decimal(announced["total"]), "level": announced["level"]}
    assert cause("level", every=every, **values) == (sentence, True)


def test_a_level_that_forgets_the_least_score_of_each_instrument_names_who_lacks_it():
    """A real case: 94.64 in 2568 was only ผ่าน, because EIT was below 85 (domain.md §2)."""
    found = cause(
        "level",
        scheme=make_five_levels(),
        every={"IIT": "95", "EIT": "84.20", "OIT": "100"},
        scores={},
        level="ผ่านดี",
    )
    assert found == (
        "ตรงกับที่ได้รับแจ้งเมื่อดูคะแนนรวมอย่างเดียว แต่ระดับนี้ต้องได้ทุกเครื่องมือไม่น้อยกว่า 85.00 (EIT ได้ 84.20)",
        True,
    )


def test_a_level_without_a_reason_is_said_to_be_unknown():
    make_five_levels()
    sentence, is_known = cause("level", level="F")
    assert (sentence[:13], is_known) == ("ไม่ทราบสาเหตุ", False)


@pytest.mark.parametrize(
    ("eit", "sentence"),
    [
        ("81.00", "เฉลี่ยเฉพาะข้อที่มีคะแนน โดยไม่นับ 5 ข้อที่ยังไม่มีคะแนน"),
        ("54.00", "นับ 5 ข้อที่ยังไม่มีคะแนนเป็นศูนย์"),
    ],
)
def test_what_missing_items_were_counted_as(eit, sentence):
    make_framework()
    result = make_result(
        make_organisation(),
        scores={f"E{number}": "81" for number in range(1, 11)},
        every={},
        eit=Decimal(eit),
    )
    assert causes(result) == {"EIT": known(sentence)}


def test_missing_items_without_a_matching_figure_say_nothing():
    make_framework()
    result = make_result(make_organisation(), scores={"E1": "81"}, every={}, eit=Decimal("70.00"))
    assert causes(result) == {}


def test_items_that_count_nowhere_can_still_explain_a_figure():
    make_framework()
    Item.objects.filter(instrument__code="EIT").update(indicator=None)
    result = make_result(make_organisation(), every={"EIT": "81"}, eit=Decimal("81.00"))
    assert causes(result) == {"EIT": known("เฉลี่ยทุกข้อเท่ากัน แทนที่จะเฉลี่ยตัวชี้วัด")}


@pytest.mark.parametrize(
    ("number", "figure", "sentence"),
    [
        ("9", "96.97", "ตรงกับที่ได้รับแจ้งเมื่อเฉลี่ยจากข้อโดยตรง แทนที่จะเฉลี่ยตัวชี้วัดย่อยก่อน"),
        ("9", "93.75", "ตรงกับที่ได้รับแจ้งเมื่อเป็นคะแนนของตัวชี้วัดที่ 10 อาจสลับแถว"),
        ("9.1", "88.88", "ต่างกันไม่เกิน 0.02 น่าจะเกิดจากการปัดเศษ"),
        ("9.1", "77.70", "ไม่ทราบสาเหตุ คำนวณได้ 88.89 ได้รับแจ้ง 77.70 โปรดตรวจคะแนนรายข้อ"),
    ],
)
def test_announced_indicators_are_compared_too(number, figure, sentence):
    make_framework()
    result = make_result(make_organisation(), scores=SCORES, every=EVERY)
    tree = tree_of(2564)
    right = {"1": Decimal("80.00"), "10": Decimal("93.75"), "10.2": Decimal("100.00")}

    (found,) = explained_indicators(tree, values_of(result), right | {number: Decimal(figure)})

    assert found.difference.place == number
    assert found.cause.startswith(sentence)


def test_every_way_is_tried_without_asking_once_an_item(django_assert_max_num_queries):
    make_five_levels()
    make_framework(2564, scheme=make_letters())
    result = make_result(
        make_organisation(),
        every=EVERY,
        iit=Decimal(1),
        eit=Decimal(2),
        oit=Decimal(3),
        total=Decimal(4),
        level="ผ่าน",
    )
    assert Instrument.objects.count() == 3
    assert Score.objects.count() == 88
    with django_assert_max_num_queries(16):
        assert len(causes(result)) == 5
