"""The estimate: the worked figures, equality with the whole computation, ranges and refusals."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.domain.scoring.estimates import (
    Range,
    default_ranges,
    estimate_of,
    what_is_missing,
)
from measures.domain.scoring.framework_tree import tree_of
from measures.domain.scoring.results import instruments_of, level_of, total_of
from measures.models import Item, RatingScheme
from tests.factories.organisations import make_organisation
from tests.factories.scoring import make_five_levels, make_framework, make_result

pytestmark = pytest.mark.django_db

FULL = {code: Range(Decimal(100), Decimal(100)) for code in ("IIT", "EIT")}
SCORE = st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)


@pytest.fixture
def tree():
    make_framework()
    return tree_of(2564)


def passing(tree, *failing):
    return {item.pk for item in tree.instrument("OIT").items() if item.number not in failing}


def test_the_worked_figures(tree):
    """Domain.md §1.5: 9.1 = 8/9, 10.1 = 7/8, OIT 95.765, of which 38.31 enter the total."""
    estimate = estimate_of(tree, passing(tree, 1, 34), FULL)

    nine, ten = estimate.oit.indicators
    assert nine.parts[0].value == Decimal("88.89")
    assert (nine.value, ten.value) == (Decimal("97.78"), Decimal("93.75"))
    assert (estimate.oit_exact(), estimate.oit_written()) == (Decimal("95.765"), "95.765")
    assert estimate.oit_points() == Decimal("38.31")


@pytest.mark.parametrize("number", [42, 43])
def test_one_of_the_two_documents_missing_costs_five_points(tree, number):
    whole = estimate_of(tree, passing(tree), FULL)
    without = estimate_of(tree, passing(tree, number), FULL)

    ten = without.oit.indicators[1].value
    assert ten is not None
    assert Decimal(100) - ten == 25
    assert whole.oit_exact() - without.oit_exact() == Decimal("12.5")
    assert whole.total_high - without.total_high == 5
    worth = next(each for each in whole.worths if each.item.number == number)
    assert (worth.sub_indicator, worth.indicator, worth.oit, worth.total) == (
        50,
        25,
        Decimal("12.5"),
        5,
    )


def test_nothing_passed_adds_nothing(tree):
    estimate = estimate_of(tree, set(), FULL)

    assert (estimate.oit_exact(), estimate.oit_written()) == (0, "0")
    assert estimate.total_low == estimate.total_high == Decimal("60.00")


def test_all_items_together_are_worth_the_weight(tree):
    worths = estimate_of(tree, set(), FULL).worths

    assert [worth.item.number for worth in worths] == list(range(1, 44))
    assert round(sum(worth.total for worth in worths), 10) == 40


def test_the_surveys_are_a_range_through_to_total_and_level(tree):
    ranges = {"IIT": Range(Decimal(70), Decimal(90)), "EIT": Range(Decimal(60), Decimal(80))}
    estimate = estimate_of(tree, passing(tree), ranges)

    assert [(part.code, part.low, part.high) for part in estimate.surveys()] == [
        ("IIT", Decimal("21.00"), Decimal("27.00")),
        ("EIT", Decimal("18.00"), Decimal("24.00")),
    ]
    assert (estimate.total_low, estimate.total_high) == (Decimal("79.00"), Decimal("91.00"))
    levels = (estimate.level_low.level, estimate.level_high.level)
    assert [level.name for level in levels if level] == ["B", "A"]


def test_the_conditions_of_each_level_say_what_each_instrument_lacks():
    make_framework(2567, scheme=make_five_levels())
    tree = tree_of(2567)
    ranges = {"IIT": Range(Decimal(84), Decimal(96)), "EIT": Range(Decimal(90), Decimal(94))}

    conditions = estimate_of(tree, passing(tree), ranges).conditions

    assert [each.level.name for each in conditions][:3] == ["ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน"]
    best, good, passed = conditions[:3]
    assert [(lack.name, lack.at_low, lack.at_high) for lack in best.lacks] == [
        ("คะแนนรวม", Decimal("2.80"), 0),
        ("IIT", 11, 0),
        ("EIT", 5, 1),
        ("OIT", 0, 0),
    ]
    assert (best.is_sure(), best.is_possible()) == (False, False)
    assert (good.is_sure(), good.is_possible()) == (False, True)
    assert (passed.is_sure(), [lack.name for lack in passed.lacks]) == (True, ["คะแนนรวม"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_estimate_is_the_whole_result_computed_from_scratch(tree, data):
    """Both ends equal what ``results`` makes of the same items and announced surveys."""
    items = tree.instrument("OIT").items()
    chosen = data.draw(st.sets(st.sampled_from(items)).map(lambda some: {i.pk for i in some}))
    ends = {code: sorted([data.draw(SCORE), data.draw(SCORE)]) for code in ("IIT", "EIT")}
    estimate = estimate_of(
        tree, chosen, {code: Range(low, high) for code, (low, high) in ends.items()}
    )

    values = {item.pk: Decimal(100 if item.pk in chosen else 0) for item in items}
    for at, total, level in (
        (0, estimate.total_low, estimate.level_low),
        (1, estimate.total_high, estimate.level_high),
    ):
        announced = {code: both[at] for code, both in ends.items()}
        instruments = instruments_of(tree, values, announced)
        scores = {each.code: each.exact() for each in instruments}
        computed = total_of(scores, tree.weights()).value
        assert computed == total
        assert level_of(computed, scores, tree.scheme) == level
    assert estimate.total_low <= estimate.total_high


# Ranges -----------------------------------------------------------------------------------------


def test_from_two_years_on_the_range_is_the_lowest_to_the_highest():
    office, other = make_organisation(), make_organisation()
    make_result(office, 2561, iit=Decimal(70))
    make_result(office, 2562, iit=Decimal(90))
    make_result(office, 2563, iit=Decimal(80))
    make_result(office, 2564, iit=Decimal(99))  # the year itself says nothing
    make_result(other, 2563, iit=Decimal(10))

    span = default_ranges(office, 2564)["IIT"]

    assert (span.low, span.high) == (70, 90)
    assert "2561: 70.00, 2562: 90.00, 2563: 80.00" in span.reason


def test_one_year_stands_in_the_middle_and_may_fall_as_far_as_it_may_rise():
    office = make_organisation()
    make_result(office, 2563, eit=Decimal("85.5"), iit=Decimal(30))

    ranges = default_ranges(office, 2564)

    assert (ranges["EIT"].low, ranges["EIT"].high) == (Decimal(71), 100)
    assert (ranges["IIT"].low, ranges["IIT"].high) == (0, 100)
    assert "2563: 85.50" in ranges["EIT"].reason


def test_an_office_without_a_year_has_the_whole_range():
    span = default_ranges(make_organisation(), 2564)["IIT"]

    assert (span.low, span.high) == (0, 100)
    assert "โปรดใส่ช่วงที่คาดเอง" in span.reason


def test_scores_of_items_count_where_nothing_was_announced(django_assert_num_queries):
    make_framework(2562)
    make_framework(2563)
    office = make_organisation()
    make_result(office, 2562, every={"IIT": "75"})
    make_result(office, 2563, every={"IIT": "65"})

    with django_assert_num_queries(5):
        span = default_ranges(office, 2564)["IIT"]

    assert (span.low, span.high) == (65, 75)


# Refusals ---------------------------------------------------------------------------------------


def test_a_year_whose_weights_have_no_source_is_refused():
    make_framework(2566, weights={"IIT": None, "EIT": Decimal(30), "OIT": None})
    tree = tree_of(2566)

    assert what_is_missing(tree) == [
        "น้ำหนักของ IIT ที่มีแหล่งอ้างอิง",
        "น้ำหนักของ OIT ที่มีแหล่งอ้างอิง",
    ]
    with pytest.raises(ValueError, match="cannot be estimated"):
        estimate_of(tree, set(), FULL)


def test_a_year_without_a_framework_is_refused():
    assert what_is_missing(tree_of(2560)) == ["กรอบการประเมินของปีงบประมาณ พ.ศ. 2560"]


def test_weights_that_do_not_make_a_hundred_are_refused():
    make_framework(weights={"IIT": Decimal(30), "EIT": Decimal(30), "OIT": Decimal(30)})
    assert what_is_missing(tree_of(2564)) == ["น้ำหนักของเครื่องมือที่รวมกันได้ 100"]


def test_items_of_oit_whose_place_is_unknown_are_named():
    make_framework()
    Item.objects.filter(instrument__code="OIT", number__in=(3, 7)).update(sub_indicator=None)
    assert what_is_missing(tree_of(2564)) == ["รายการตัวชี้วัดย่อยของ OIT ที่ครบถ้วน (ยังไม่ทราบของข้อ O3 O7)"]


def test_a_year_without_oit_items_or_scheme_is_refused():
    framework = make_framework()
    Item.objects.filter(instrument__code="OIT").delete()
    framework.rating_scheme = None
    framework.save()
    assert RatingScheme.objects.exists()
    assert what_is_missing(tree_of(2564)) == ["รายการข้อของ OIT", "เกณฑ์ระดับ"]
