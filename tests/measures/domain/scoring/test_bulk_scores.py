"""Scores of many offices at once: all or none, one event per office and year."""

from decimal import Decimal

import pytest

from measures.domain.scoring.bulk_scores import ItemScore, RefusedScores, store_scores
from measures.models import AssessmentResult, Event, Framework, Instrument, Item, Score
from tests.factories.people import make_administrator, make_office


@pytest.fixture
def items(db) -> list[Item]:
    """I1 to I3 of 2566, and I1 of 2567."""
    made = []
    for year, numbers in ((2566, (1, 2, 3)), (2567, (1,))):
        framework = Framework.objects.create(fiscal_year=year)
        instrument = Instrument.objects.create(framework=framework, code="IIT")
        made += [Item.objects.create(instrument=instrument, number=number) for number in numbers]
    return made


def rows(office, items, *values, year=2566) -> list[ItemScore]:
    return [
        ItemScore(office.organisation, year, item, None if value is None else Decimal(value))
        for item, value in zip(items, values, strict=False)
    ]


def stored(office) -> dict[str, str]:
    scores = Score.objects.filter(result__organisation=office.organisation)
    return {score.item.code(): str(score.value) for score in scores.select_related("item")}


def test_scores_of_several_offices_are_added_changed_and_taken_away(items):
    first, second = make_office(), make_office()
    by = make_administrator()
    store_scores(rows(first, items, "50", "60", "70"), by=by)

    changed = store_scores(
        [*rows(first, items, "50", "61.5", None), *rows(second, items, "99.99")], by=by
    )

    assert changed == 3
    assert stored(first) == {"I1": "50.00", "I2": "61.50"}
    assert stored(second) == {"I1": "99.99"}


def test_each_office_and_year_gets_one_event_with_what_changed(items):
    office, by = make_office(), make_administrator()
    store_scores(rows(office, items, "50", "60"), by=by)

    store_scores(
        [*rows(office, items, "50", "61"), *rows(office, items[3:], "7", year=2567)], by=by
    )

    events = Event.objects.filter(organisation=office.organisation, verb="result_saved")
    assert [event.data for event in events.order_by("sequence")] == [
        {"fiscal_year": 2566, "before": {}, "after": {"I1": "50.00", "I2": "60.00"}},
        {"fiscal_year": 2566, "before": {"I2": "60.00"}, "after": {"I2": "61.00"}},
        {"fiscal_year": 2567, "before": {}, "after": {"I1": "7.00"}},
    ]


def test_the_same_scores_again_change_and_log_nothing(items):
    office, by = make_office(), make_administrator()
    store_scores(rows(office, items, "50", "60"), by=by)
    before = list(Event.objects.values_list("hash", flat=True))

    assert store_scores(rows(office, items, "50", "60.00", None), by=by) == 0
    assert list(Event.objects.values_list("hash", flat=True)) == before


def test_taking_away_what_is_not_there_makes_no_result(items):
    office = make_office()

    store_scores(rows(office, items, None), by=make_administrator())

    assert not AssessmentResult.objects.exists()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("100.01", "คะแนนข้อ I2: 100.01 ไม่อยู่ระหว่าง 0 ถึง 100 โปรดตรวจกับเอกสารที่ได้รับ"),
        ("-1", "คะแนนข้อ I2: -1 ไม่อยู่ระหว่าง 0 ถึง 100 โปรดตรวจกับเอกสารที่ได้รับ"),
        ("50.005", "คะแนนข้อ I2: 50.005 มีทศนิยมเกินสองตำแหน่ง โปรดปัดเศษให้เหลือสองตำแหน่ง"),
    ],
)
def test_one_bad_score_keeps_all_from_being_stored(items, value, message):
    office = make_office()

    with pytest.raises(RefusedScores) as refusal:
        store_scores(rows(office, items, "50", value), by=office.coordinator)

    assert refusal.value.problems == {1: message}
    assert (stored(office), Event.objects.count()) == ({}, 0)


def test_item_of_another_year_and_an_item_named_twice_are_refused(items):
    office = make_office()

    with pytest.raises(RefusedScores) as refusal:
        store_scores(
            [*rows(office, items[3:], "50"), *rows(office, items, "1"), *rows(office, items, "1")],
            by=office.coordinator,
        )

    assert refusal.value.problems == {
        0: "ข้อ I1 ไม่ใช่ข้อของปีงบประมาณ พ.ศ. 2566",
        2: "มีคะแนนข้อ I1 มากกว่าหนึ่งแถว โปรดเหลือไว้แถวเดียว",
    }


def test_scores_of_another_office_are_refused_with_those_of_ones_own(items):
    office, neighbour = make_office(), make_office()
    store_scores(rows(neighbour, items, "50"), by=neighbour.coordinator)

    with pytest.raises(RefusedScores) as refusal:
        store_scores(
            [*rows(office, items, "1"), *rows(neighbour, items, "2")], by=office.coordinator
        )

    assert list(refusal.value.problems) == [1]
    assert (stored(office), stored(neighbour)) == ({}, {"I1": "50.00"})


def test_questions_grow_with_offices_and_not_with_scores(items, django_assert_num_queries):
    office, by = make_office(), make_administrator()
    store_scores(rows(office, items, "1"), by=by)

    for values in (("2",), ("3", "4", "5")):
        with django_assert_num_queries(11):
            store_scores(rows(office, items, *values), by=by)
