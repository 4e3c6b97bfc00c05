"""Entering a result: what stands, what is refused, and what is logged."""

from decimal import Decimal

import pytest

from measures.domain import history
from measures.domain.errors import Invalid, Stale
from measures.domain.scoring.entering import checked_score, save_result, state_of
from measures.domain.scoring.results import summary_of
from measures.models import AssessmentResult, Event, EventVerb, Score
from measures.permissions import NotAllowed
from tests.factories.analysis import S2_SCORES
from tests.factories.people import make_administrator, make_office
from tests.factories.scoring import item_of, make_five_levels, make_framework, make_letters

pytestmark = pytest.mark.django_db

QUERIES = 22  # of saving; the log and the lock of the office are half of them


def new_result(office, fiscal_year=2564, **announced):
    return AssessmentResult(organisation=office.organisation, fiscal_year=fiscal_year, **announced)


def stored_scores():
    return {score.item.code(): score.value for score in Score.objects.all()}


def test_the_ten_scores_of_a_real_sheet_are_stored_as_typed(office):
    make_framework(2566, scheme=make_five_levels())
    typed = {item_of(2566, code): Decimal(value) for code, value in S2_SCORES.items()}

    save_result(new_result(office, 2566), by=office.coordinator, scores=typed)

    assert {code: str(value) for code, value in stored_scores().items()} == S2_SCORES


def test_a_total_alone_gives_its_level(office):
    make_framework(2563, scheme=make_letters(), weights={})
    result = save_result(new_result(office, 2563, total=Decimal("51.63")), by=office.coordinator)

    assert summary_of(result).level() == "E"


def test_what_is_not_named_stays_and_none_takes_a_score_away(office):
    make_framework()
    first, second, third = (item_of(2564, code) for code in ("I1", "I2", "I3"))
    result = save_result(
        new_result(office),
        by=office.coordinator,
        scores={first: Decimal(70), second: Decimal(80), third: Decimal(90)},
    )

    save_result(result, by=office.coordinator, scores={first: None, second: Decimal("80.5")})

    assert stored_scores() == {"I2": Decimal("80.50"), "I3": Decimal(90)}


def test_before_and_after_are_logged_and_can_be_read(office):
    make_framework()
    item = item_of(2564, "I7")
    result = save_result(new_result(office), by=office.coordinator, scores={item: Decimal(70)})
    result.total = Decimal("85.2")
    save_result(result, by=office.coordinator, scores={item: Decimal("79.27")})

    last, first = Event.objects.filter(verb=EventVerb.RESULT_SAVED).order_by("-sequence")
    assert (first.data["before"], first.data["after"]["I7"]) == ({}, "70.00")
    assert (last.data["before"]["I7"], last.data["after"]["I7"]) == ("70.00", "79.27")
    (line, made) = history.lines_of([last, first])
    changes = {change.sentence() for change in line.changes}  # jsonb keeps no order
    assert changes == {"คะแนนรวมที่ได้รับแจ้ง: 85.20", "คะแนนข้อ I7: เดิม 70.00 เป็น 79.27"}
    assert made.did.startswith("บันทึก “ผลการประเมินปีงบประมาณ พ.ศ. 2564")


def test_saving_the_same_again_logs_nothing(office):
    result = save_result(new_result(office, total=Decimal(90)), by=office.coordinator)
    before = Event.objects.count()

    save_result(result, by=office.coordinator)

    assert Event.objects.count() == before


@pytest.mark.parametrize("value", ["-0.01", "100.01", "NaN", "Infinity", "79.275"])
def test_what_is_no_score_is_refused_and_nothing_is_stored(office, value):
    make_framework()
    good, bad = item_of(2564, "I1"), item_of(2564, "O42")

    with pytest.raises(Invalid, match="O42"):
        save_result(
            new_result(office),
            by=office.coordinator,
            scores={good: Decimal(80), bad: Decimal(value)},
        )

    assert not AssessmentResult.objects.exists()
    assert not Score.objects.exists()


def test_an_announced_figure_that_is_no_score_is_refused(office):
    with pytest.raises(Invalid, match="คะแนน EIT: 123"):
        save_result(new_result(office, eit=Decimal(123)), by=office.coordinator)


def test_an_item_of_another_year_is_refused(office):
    make_framework(2564)
    make_framework(2565)

    with pytest.raises(Invalid, match="ไม่ใช่ข้อของปีงบประมาณ"):
        save_result(
            new_result(office),
            by=office.coordinator,
            scores={item_of(2565, "I1"): Decimal(80)},
        )


def test_a_page_that_is_out_of_date_is_told(office):
    result = save_result(new_result(office, total=Decimal(80)), by=office.coordinator)
    seen = state_of(result)
    save_result(result, by=office.coordinator, seen=seen)
    result.total = Decimal(81)
    save_result(result, by=office.coordinator, seen=seen)

    result.total = Decimal(82)
    with pytest.raises(Stale):
        save_result(result, by=office.coordinator, seen=seen)

    result.refresh_from_db()
    assert result.total == Decimal(81)


def test_the_second_to_enter_a_year_for_the_first_time_is_told(office):
    ours, theirs = new_result(office, total=Decimal(80)), new_result(office, total=Decimal(70))
    save_result(theirs, by=office.coordinator)

    with pytest.raises(Stale):
        save_result(ours, by=office.coordinator, seen=state_of(ours))

    assert AssessmentResult.objects.get().total == Decimal(70)


def test_a_result_does_not_move_to_another_year_or_office(office):
    other = make_office()
    result = save_result(new_result(office, total=Decimal(80)), by=office.coordinator)
    for name, value in (("fiscal_year", 2565), ("organisation", other.organisation)):
        moved = AssessmentResult.objects.get(pk=result.pk)
        setattr(moved, name, value)
        with pytest.raises(NotAllowed):
            save_result(moved, by=office.coordinator)

    stored = AssessmentResult.objects.get()
    assert (stored.fiscal_year, stored.organisation) == (2564, office.organisation)


@pytest.mark.parametrize("role", ["staff", "head", "mayor", "outsider"])
def test_only_who_manages_the_office_enters(office, role):
    with pytest.raises(NotAllowed):
        save_result(new_result(office, total=Decimal(80)), by=getattr(office, role))

    assert not AssessmentResult.objects.exists()


def test_the_administrator_of_the_install_may_enter(office):
    save_result(new_result(office, total=Decimal(80)), by=make_administrator())

    assert AssessmentResult.objects.get().total == Decimal(80)


def test_storing_asks_as_often_for_many_scores_as_for_few(office, django_assert_num_queries):
    make_framework()
    items = [item_of(2564, f"O{number}") for number in range(1, 44)]
    result = save_result(new_result(office), by=office.coordinator, scores={items[0]: Decimal(0)})
    save_result(result, by=office.coordinator, scores={items[1]: Decimal(0)})  # warms the caches

    with django_assert_num_queries(QUERIES):
        save_result(result, by=office.coordinator, scores={items[2]: Decimal(100)})
    with django_assert_num_queries(QUERIES):
        save_result(
            result, by=office.coordinator, scores={item: Decimal(100) for item in items[3:]}
        )


def test_a_score_is_given_back_with_two_places():
    assert str(checked_score(Decimal("80"), "ข้อ")) == "80.00"
