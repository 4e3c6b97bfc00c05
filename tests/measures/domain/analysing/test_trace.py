"""The trace of a plan: score, finding, measure, result, next score, with every gap in its place."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.domain.analysing.previous import Basis, Movement
from measures.domain.analysing.trace import trace_of
from measures.domain.recording import progress
from measures.models import ProgressStatus
from tests.factories.analysis import give_scores, item_of, make_finding, make_framework
from tests.factories.people import make_measure, make_office, make_round

pytestmark = pytest.mark.django_db

BUDGET = "ท่านทราบแผนงบประมาณ มากน้อยเพียงใด"


@pytest.fixture
def years():
    """The analysed year and the plan's: I7 has become I3, I8 has gone."""
    make_framework(2563, {"I7": (2, BUDGET), "I8": (2, "ร่วมงบประมาณ"), "E1": (6, "")})
    make_framework(2564, {"I3": (2, BUDGET), "I7": (2, "คำถามใหม่")})


@pytest.fixture
def traced(office, years):
    """Two findings, one answered by the first measure; the second measure answers none."""
    give_scores(office.organisation, 2563, {"I7": "70.00", "I8": "60.00", "E1": "80.00"})
    finding = make_finding(office.organisation, 2563, "I7")
    make_finding(office.organisation, 2563, "I8")
    office.measures[0].findings.add(finding)
    office.measures[1].items.add(item_of(2563, "E1"))
    return office


def lines(office):
    return [
        (
            [each.item.code() for each in line.items],
            line.finding.number if line.finding else None,
            [each.measure.number for each in line.measures],
        )
        for line in trace_of(office.organisation, 2564).lines
    ]


def test_threads_are_findings_then_weak_items_then_measures_that_answer_nothing(traced):
    assert lines(traced) == [
        (["I7"], 1, [1]),
        (["I8"], 2, []),
        (["E1"], None, []),
        (["E1"], None, [2]),
    ]


def test_an_item_under_no_threshold_is_no_gap(traced):
    give_scores(traced.organisation, 2563, {"E1": "85.00"})

    assert (["E1"], None, []) not in lines(traced)


def test_one_measure_stands_at_each_finding_it_answers(traced):
    second = traced.organisation.findings.get(number=2)
    traced.measures[0].findings.add(second)
    traced.measures[1].findings.add(second)

    assert lines(traced)[:2] == [(["I7"], 1, [1]), (["I8"], 2, [1, 2])]
    assert [line.height() for line in trace_of(traced.organisation, 2564).lines] == [1, 2, 1]


def item_in(office, at):
    return trace_of(office.organisation, 2564).lines[at].items[0]


def test_the_next_score_is_of_the_item_with_the_same_words(traced):
    give_scores(traced.organisation, 2564, {"I3": "82.50", "I7": "1.00"})

    traced_item = item_in(traced, 0)

    assert traced_item.movement == Movement(Decimal("70.00"), Decimal("82.50"))
    assert traced_item.after_words() == "ข้อ I3"
    assert traced_item.movement_words() == "เพิ่มขึ้น 12.50 คะแนน"


def test_an_item_that_has_gone_is_compared_by_its_indicator(traced):
    give_scores(traced.organisation, 2564, {"I3": "80.00", "I7": "60.00"})

    traced_item = item_in(traced, 1)

    assert (traced_item.score, traced_item.basis) == (Decimal("60.00"), Basis.INDICATOR)
    assert traced_item.movement == Movement(Decimal("65.00"), Decimal("70.00"))
    assert traced_item.after_words() == "ไม่มีข้อความเดียวกัน เทียบตัวชี้วัดที่ 2"


def test_an_item_with_nothing_to_be_compared_with_says_so(traced):
    traced_item = item_in(traced, 2)

    assert (traced_item.basis, traced_item.after_words()) == (Basis.NOTHING, "ไม่มีข้อให้เทียบ")


def test_missing_years_are_known_to_be_missing(traced):
    before = trace_of(traced.organisation, 2564)
    assert (before.has_score_before, before.has_score_after) == (True, False)
    assert before.analysed_year == 2563

    give_scores(traced.organisation, 2564, {"I3": "80.00"})
    traced.organisation.results.get(fiscal_year=2563).scores.all().delete()

    after = trace_of(traced.organisation, 2564)
    assert (after.has_score_before, after.has_score_after) == (False, True)


def told(office, measure, months=6):
    (line,) = (
        line
        for line in trace_of(office.organisation, 2564).lines
        if [each.measure.number for each in line.measures] == [measure]
    )
    (found,) = (each for each in line.measures[0].rounds if each.round.months == months)
    return found


def test_a_round_says_nothing_before_anybody_has_reported(traced):
    make_round(traced.organisation, months=12)
    progress.entries_of(traced.round)

    for months in (6, 12):
        nothing = told(traced, 1, months)
        assert (nothing.status, nothing.reported, nothing.expected) == (None, 0, 2)


def test_what_the_divisions_report_is_folded_into_one(traced):
    first, second, _other = progress.entries_of(traced.round)
    progress.record(first, by=traced.coordinator, version=0, status="done", result="ประชุมแล้ว 2 ครั้ง")

    partial = told(traced, 1)
    assert (partial.status, partial.is_partial(), partial.text) == (
        ProgressStatus.IN_PROGRESS,
        True,
        "ประชุมแล้ว 2 ครั้ง",
    )
    progress.record(second, by=traced.coordinator, version=0, status="done", result="เผยแพร่แล้ว")
    whole = told(traced, 1)
    assert (whole.status, whole.is_partial(), whole.text) == (
        ProgressStatus.DONE,
        False,
        "สำนักปลัด: ประชุมแล้ว 2 ครั้ง\nกองคลัง: เผยแพร่แล้ว",
    )


def test_other_offices_and_years_are_not_in_it(traced):
    other = make_office()
    make_finding(other.organisation, 2563, "I7")
    make_finding(traced.organisation, 2564, "I3")
    make_measure(traced.organisation, traced.works, fiscal_year=2565)
    give_scores(other.organisation, 2563, {"I7": "1.00"})

    assert lines(traced)[0] == (["I7"], 1, [1])
    assert len(lines(traced)) == 4
    assert item_in(traced, 0).score == Decimal("70.00")


def test_the_trace_asks_as_often_for_many_findings(traced):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            trace_of(traced.organisation, 2564)
        return len(asked)

    progress.entries_of(traced.round)
    few = queries()
    for number in range(3, 20):
        measure = make_measure(traced.organisation, traced.secretariat, traced.works, number=number)
        measure.findings.add(make_finding(traced.organisation, 2563, "I7 I8"))
        measure.items.add(item_of(2563, "E1"))

    assert queries() == few
