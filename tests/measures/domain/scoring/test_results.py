"""Scores and levels: the worked figures of real results, every border, and what is missing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.domain.scoring.results import (
    LevelAnswer,
    indicator_score,
    instrument_score,
    level_of,
    round_half_up,
    sub_indicator_score,
    summary_of,
    total_of,
)
from measures.models import (
    AssessmentResult,
    Framework,
    Indicator,
    Instrument,
    Item,
    RatingLevel,
    RatingScheme,
    Score,
    SubIndicator,
)
from tests.factories.organisations import make_organisation
from tests.factories.scoring import FIVE_LEVELS, LETTERS, SIZES, WEIGHTS

NO_SCORES: dict[str, Decimal | None] = {"IIT": None, "EIT": None, "OIT": None}
FULL, NONE = Decimal(100), Decimal(0)


def scores(iit: str, eit: str, oit: str) -> dict[str, Decimal | None]:
    return {"IIT": Decimal(iit), "EIT": Decimal(eit), "OIT": Decimal(oit)}


@pytest.fixture
def letters(db):
    scheme = RatingScheme.objects.create(code="letters", name="AA-F")
    for order, (name, least) in enumerate(LETTERS, start=1):
        RatingLevel.objects.create(scheme=scheme, order=order, name=name, least_total=least)
    return scheme


@pytest.fixture
def five_levels(db):
    scheme = RatingScheme.objects.create(code="five-levels", name="ห้าระดับ")
    for order, (name, least, each) in enumerate(FIVE_LEVELS, start=1):
        RatingLevel.objects.create(
            scheme=scheme,
            order=order,
            name=name,
            least_total=least,
            least_of_each_instrument=each,
        )
    return scheme


@pytest.fixture
def framework_of_2564(letters):
    """Two IIT items in two indicators, one EIT item, and OIT in its full shape of 43 items."""
    framework = Framework.objects.create(fiscal_year=2564, rating_scheme=letters)
    instruments = {
        code: Instrument.objects.create(framework=framework, code=code, weight=weight)
        for code, weight in WEIGHTS.items()
    }
    for code, number in (("IIT", 1), ("IIT", 2), ("EIT", 6)):
        instrument = instruments[code]
        indicator = Indicator.objects.create(instrument=instrument, number=number, name="ตัวชี้วัด")
        Item.objects.create(instrument=instrument, indicator=indicator, number=number)
    number = 0
    indicators = {
        at: Indicator.objects.create(instrument=instruments["OIT"], number=at, name="ตัวชี้วัด")
        for at in (9, 10)
    }
    for name, size in SIZES.items():
        indicator = indicators[int(name.split(".")[0])]
        part = SubIndicator.objects.create(indicator=indicator, number=name, name="ย่อย")
        for _ in range(size):
            number += 1
            Item.objects.create(
                instrument=instruments["OIT"],
                indicator=indicator,
                sub_indicator=part,
                number=number,
            )
    return framework


@pytest.fixture
def result_of_2564(framework_of_2564):
    """Full marks for every item, nothing announced."""
    result = AssessmentResult.objects.create(organisation=make_organisation(), fiscal_year=2564)
    for item in Item.objects.filter(instrument__framework=framework_of_2564):
        Score.objects.create(result=result, item=item, value=FULL)
    return result


def fail(result, *numbers):
    Score.objects.filter(
        result=result, item__instrument__code="OIT", item__number__in=numbers
    ).update(value=NONE)


def names(answer: LevelAnswer) -> list[str]:
    return [level.name for level in answer.possible]


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("97.775", "97.78"), ("38.305", "38.31"), ("94.995", "95.00"), ("94.9949", "94.99")],
)
def test_a_half_is_rounded_up(value, rounded):
    assert round_half_up(Decimal(value)) == Decimal(rounded)


def test_the_worked_oit_of_2564():
    # 8 of 9 items in 9.1 and 7 of 8 in 10.1; all others are there.
    part_9_1 = sub_indicator_score([FULL] * 8 + [NONE])
    indicator_9 = indicator_score([part_9_1, FULL, FULL, FULL, FULL])
    indicator_10 = indicator_score([sub_indicator_score([FULL] * 7 + [NONE]), FULL])
    oit = instrument_score([indicator_9, indicator_10])
    assert (part_9_1, indicator_9, indicator_10) == (
        Decimal("88.89"),
        Decimal("97.78"),
        Decimal("93.75"),
    )
    assert oit == Decimal("95.765")
    weighted = total_of({"IIT": NONE, "EIT": NONE, "OIT": oit}, WEIGHTS)
    assert (weighted.value, weighted.missing) == (Decimal("38.31"), ())


def test_the_mean_of_nothing_is_refused():
    with pytest.raises(ValueError, match="no scores"):
        indicator_score([])


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=43))
def test_an_indicator_lies_between_its_least_and_its_greatest_part(values):
    assert min(values) <= indicator_score(values) <= max(values)


@given(st.decimals(0, 100, places=2))
def test_equal_instruments_have_that_total(score):
    assert total_of(dict.fromkeys(WEIGHTS, score), WEIGHTS).value == score


def test_a_total_without_all_scores_and_weights_says_what_is_missing():
    computed = total_of(
        {"IIT": FULL, "EIT": None}, {"IIT": Decimal(30), "EIT": Decimal(30), "OIT": None}
    )
    assert computed.value is None
    assert computed.missing == ("คะแนน EIT", "คะแนน OIT", "น้ำหนักของ OIT")


def test_weights_that_do_not_make_a_hundred_give_no_total():
    computed = total_of(scores("90", "90", "90"), {**WEIGHTS, "OIT": Decimal(30)})
    assert computed.value is None
    assert computed.missing == ("น้ำหนักของเครื่องมือที่รวมกันได้ 100",)


@pytest.mark.parametrize(
    ("total", "level"),
    [
        ("100", "AA"),
        ("95.00", "AA"),
        ("94.99", "A"),
        ("85.00", "A"),
        ("84.99", "B"),
        ("75.00", "B"),
        ("74.99", "C"),
        ("65.00", "C"),
        ("64.99", "D"),
        ("55.00", "D"),
        ("54.99", "E"),
        ("51.63", "E"),  # the result of 2563 in the memo of 2564
        ("50.00", "E"),
        ("49.99", "F"),
        ("0", "F"),
    ],
)
def test_the_letters_need_the_total_alone(letters, total, level):
    answer = level_of(Decimal(total), NO_SCORES, letters)
    assert (answer.level.name, answer.missing, answer.note()) == (level, [], "")


@pytest.mark.parametrize(
    ("total", "instruments", "level"),
    [
        ("95.00", ("95.00", "95.00", "95.00"), "ผ่านดีเยี่ยม"),
        ("97.29", ("94.99", "97.00", "99.23"), "ผ่านดี"),  # a result of 2566
        ("94.99", ("95.00", "94.97", "95.00"), "ผ่านดี"),
        ("85.00", ("85.00", "85.00", "85.00"), "ผ่านดี"),
        ("94.64", ("98.00", "84.99", "99.37"), "ผ่าน"),
        ("85.00", ("84.99", "85.00", "85.01"), "ผ่าน"),
        ("84.99", ("95.00", "95.00", "70.00"), "ต้องปรับปรุง"),
        ("70.00", ("70.00", "70.00", "70.00"), "ต้องปรับปรุง"),
        ("69.99", ("99.00", "99.00", "26.48"), "ต้องปรับปรุงโดยด่วน"),
        ("0", ("0", "0", "0"), "ต้องปรับปรุงโดยด่วน"),
    ],
)
def test_the_five_levels_ask_for_each_instrument_too(five_levels, total, instruments, level):
    answer = level_of(Decimal(total), scores(*instruments), five_levels)
    assert (answer.level.name, answer.missing) == (level, [])


@pytest.mark.parametrize(
    ("total", "possible"),
    [
        ("97.29", ["ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน"]),
        ("95.00", ["ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน"]),
        ("94.99", ["ผ่านดี", "ผ่าน"]),
        ("85.00", ["ผ่านดี", "ผ่าน"]),
    ],
)
def test_a_total_alone_of_85_or_more_yields_no_level_and_names_what_decides(
    five_levels, total, possible
):
    answer = level_of(Decimal(total), NO_SCORES, five_levels)
    assert answer.level is None
    assert answer.missing == ["คะแนน IIT", "คะแนน EIT", "คะแนน OIT"]
    assert names(answer) == possible
    assert answer.note() == f"ระดับ {'/'.join(possible)} ขึ้นกับคะแนน IIT คะแนน EIT คะแนน OIT"


@pytest.mark.parametrize(
    ("total", "level"),
    [("84.99", "ต้องปรับปรุง"), ("70.00", "ต้องปรับปรุง"), ("69.99", "ต้องปรับปรุงโดยด่วน")],
)
def test_a_total_alone_under_85_is_enough(five_levels, total, level):
    assert level_of(Decimal(total), NO_SCORES, five_levels).level.name == level


def test_one_low_instrument_decides_without_the_others(five_levels):
    answer = level_of(Decimal(96), {"EIT": Decimal("84.99")}, five_levels)
    assert (answer.level.name, answer.missing) == ("ผ่าน", [])


def test_one_unknown_instrument_leaves_only_the_levels_it_decides(five_levels):
    answer = level_of(Decimal(96), {"IIT": Decimal(90), "OIT": Decimal(99)}, five_levels)
    assert (answer.level, answer.missing) == (None, ["คะแนน EIT"])
    assert names(answer) == ["ผ่านดี", "ผ่าน"]


def test_no_total_no_level(five_levels):
    answer = level_of(None, scores("90", "90", "90"), five_levels)
    assert (answer.level, answer.missing) == (None, ["คะแนนรวม"])
    assert answer.note() == "ยังไม่ทราบระดับ เพราะไม่มีคะแนนรวม"


def test_a_score_below_every_level_has_none(letters):
    letters.levels.filter(name="F").delete()
    answer = level_of(Decimal("49.99"), NO_SCORES, letters)
    assert (answer.level, answer.missing) == (None, ["ระดับของคะแนนนี้ในเกณฑ์"])


@given(
    total=st.decimals(0, 100, places=2),
    instruments=st.fixed_dictionaries(
        {code: st.none() | st.decimals(0, 100, places=2) for code in WEIGHTS}
    ),
    filled=st.fixed_dictionaries({code: st.decimals(0, 100, places=2) for code in WEIGHTS}),
)
def test_filling_in_what_is_missing_gives_one_of_the_possible_levels(
    memory_scheme, total, instruments, filled
):
    answer = level_of(total, instruments, memory_scheme)
    complete = {code: filled[code] if s is None else s for code, s in instruments.items()}
    level = level_of(total, complete, memory_scheme).level
    assert level in ([answer.level] if answer.level else list(answer.possible))


class _Levels:
    """The five levels without a database, for many examples."""

    def __init__(self, levels):
        self._levels = levels

    def order_by(self, _field):
        return self._levels


class _Scheme:
    def __init__(self, levels):
        self.levels = _Levels(levels)


@pytest.fixture(scope="module")
def memory_scheme():
    return _Scheme(
        [
            RatingLevel(
                pk=order, order=order, name=name, least_total=least, least_of_each_instrument=each
            )
            for order, (name, least, each) in enumerate(FIVE_LEVELS, start=1)
        ]
    )


def test_full_marks_are_recomputed_from_every_item(result_of_2564):
    summary = summary_of(result_of_2564)
    assert [(i.code, i.score()) for i in summary.instruments] == [
        ("IIT", FULL),
        ("EIT", FULL),
        ("OIT", FULL),
    ]
    assert (summary.total(), summary.level(), summary.level_note()) == (FULL, "AA", "")
    assert summary.differences == ()


def test_the_worked_oit_from_its_items(result_of_2564):
    fail(result_of_2564, 1, 34)
    oit = summary_of(result_of_2564).instruments[2]
    assert (oit.computed.value, oit.score()) == (Decimal("95.765"), Decimal("95.77"))


@pytest.mark.parametrize("number", [42, 43])
def test_missing_one_of_the_two_documents_costs_five_points(result_of_2564, number):
    fail(result_of_2564, number)
    assert summary_of(result_of_2564).total() == Decimal("95.00")


def test_missing_another_item_costs_less(result_of_2564):
    fail(result_of_2564, 34)
    assert summary_of(result_of_2564).total() == Decimal("98.75")


def test_what_was_announced_is_shown_and_its_difference_is_named(result_of_2564):
    fail(result_of_2564, 42)
    result_of_2564.oit = Decimal("88.00")
    result_of_2564.total = Decimal("94.99")
    result_of_2564.level = "B"
    summary = summary_of(result_of_2564)
    assert (summary.total(), summary.level()) == (Decimal("94.99"), "B")
    assert summary.instruments[2].score() == Decimal("88.00")
    assert tuple(map(str, summary.differences)) == (
        "คะแนน OIT ที่คำนวณได้ 87.50 ไม่ตรงกับที่ได้รับแจ้ง 88.00",
        "คะแนนรวมที่คำนวณได้ 95.00 ไม่ตรงกับที่ได้รับแจ้ง 94.99",
        "ระดับที่คำนวณได้ A ไม่ตรงกับที่ได้รับแจ้ง B",
    )


def test_one_missing_item_leaves_its_instrument_uncomputed_and_is_named(result_of_2564):
    Score.objects.get(result=result_of_2564, item__instrument__code="IIT", item__number=2).delete()
    summary = summary_of(result_of_2564)
    assert summary.instruments[0].computed.missing == ("คะแนนข้อ I2",)
    assert summary.total_computed.missing == ("คะแนน IIT",)
    assert (summary.total(), summary.level()) == (None, "")
    assert summary.level_note() == "ยังไม่ทราบระดับ เพราะไม่มีคะแนนรวม"


def test_an_announced_instrument_stands_in_for_its_missing_items(result_of_2564):
    result_of_2564.scores.filter(item__instrument__code="IIT").delete()
    result_of_2564.iit = Decimal("90.00")
    assert summary_of(result_of_2564).total() == Decimal("97.00")


def test_scores_of_another_year_do_not_count(result_of_2564, five_levels):
    Framework.objects.create(fiscal_year=2566, rating_scheme=five_levels)
    other = AssessmentResult.objects.create(
        organisation=result_of_2564.organisation, fiscal_year=2566, total=Decimal("97.29")
    )
    for score in result_of_2564.scores.all():
        Score.objects.create(result=other, item=score.item, value=score.value)
    summary = summary_of(other)
    assert [i.score() for i in summary.instruments] == [None, None, None]
    assert summary.level_note() == ("ระดับ ผ่านดีเยี่ยม/ผ่านดี/ผ่าน ขึ้นกับคะแนน IIT คะแนน EIT คะแนน OIT")


def test_an_item_without_a_place_in_the_framework_is_named(result_of_2564):
    Item.objects.filter(instrument__code="OIT", number=1).update(sub_indicator=None)
    summary = summary_of(result_of_2564)
    assert summary.instruments[2].computed.missing == ("ตัวชี้วัดของข้อ O1",)


def test_a_year_without_a_framework_shows_what_was_announced(db):
    result = AssessmentResult.objects.create(
        organisation=make_organisation(), fiscal_year=2563, total=Decimal("51.63"), level="E"
    )
    summary = summary_of(result)
    assert (summary.total(), summary.level(), summary.level_note()) == (Decimal("51.63"), "E", "")
    assert summary.level_computed.missing == ["เกณฑ์ระดับของปีนี้"]
