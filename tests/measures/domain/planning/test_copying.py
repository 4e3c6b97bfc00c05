"""Last year's plan copied into this year's."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.domain.errors import Invalid, Locked
from measures.domain.planning.copying import candidates, copy_plan, years_with_measures
from measures.domain.planning.measures import save_measure
from measures.domain.planning.plan_parts import PlannedStep, PlannedTarget
from measures.domain.recording import progress
from measures.models import Measure, ProgressStatus, Responsibility
from measures.permissions import NotAllowed
from tests.factories.analysis import item_of, make_finding, make_framework
from tests.factories.flow import submit
from tests.factories.organisations import make_division, make_post
from tests.factories.people import make_measure, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(office) -> Measure:
    """A measure of 2564 with every part; both analysed frameworks have one of its two items."""
    make_framework(2563, {"I7": (2, "รู้แผนงบประมาณ"), "I8": (2, "เคยมีส่วนร่วม")})
    make_framework(2564, {"I3": (2, "รู้แผนงบประมาณ"), "I7": (2, "ข้ออื่น")})
    measure = office.measures[0]
    measure.title = "แจ้งแผนงบประมาณปี 2564"
    measure.indicator = item_of(2563, "I7").indicator
    return save_measure(
        measure,
        by=office.coordinator,
        steps=[PlannedStep("ประชุม", datetime.date(2021, 1, 31)), PlannedStep("ติดตามทุกไตรมาส")],
        targets=[PlannedTarget(name="ผู้เข้าอบรม", unit="คน", goal=Decimal(40))],
        items=[item_of(2563, "I7"), item_of(2563, "I8")],
        findings=[make_finding(office.organisation, 2563, "I7")],
    )


def copied(office, *measures, to_year=2565):
    return copy_plan(
        office.organisation,
        2564,
        to_year,
        by=office.coordinator,
        chosen=[measure.pk for measure in measures],
    )


def marks_of(measure):
    return {mark["field"]: mark["note"] for mark in measure.to_review}


def test_what_holds_in_the_new_year_comes_along(office, measure):
    (copy,) = copied(office, measure)

    copy = Measure.objects.get(pk=copy.pk)
    assert (copy.fiscal_year, copy.number, copy.copied_from) == (2565, 1, measure)
    assert (copy.title, copy.monitoring) == (measure.title, measure.monitoring)
    assert copy.period_text == "๑ ตุลาคม ๒๕๖๔ – ๓๐ กันยายน ๒๕๖๕"
    assert (str(copy.starts_on), str(copy.ends_on)) == ("2021-10-01", "2022-09-30")
    assert [(step.text, str(step.due_on)) for step in copy.steps.all()] == [
        ("ประชุม", "2022-01-31"),
        ("ติดตามทุกไตรมาส", "None"),
    ]
    assert [str(party) for party in copy.responsibilities.all()] == ["สำนักปลัด", "กองคลัง"]
    assert list(copy.items.all()) == [item_of(2564, "I3")]
    assert copy.indicator == item_of(2564, "I3").indicator
    assert list(copy.findings.all()) == []


def test_what_must_be_looked_at_is_marked(office, measure):
    (copy,) = copied(office, measure)

    marks = marks_of(copy)
    assert list(marks) == [
        "last_result",
        "title",
        "steps",
        "period_text",
        "targets",
        "items",
        "findings",
    ]
    assert "“2564”" in marks["title"]
    assert "I8 เคยมีส่วนร่วม" in marks["items"]
    assert "I7 รู้แผนงบประมาณ" not in marks["items"]


def test_the_baseline_is_what_was_reached_last_year(office, measure):
    target = measure.targets.get()
    for entry, value in zip(progress.entries_of(office.round)[:2], (30, 5), strict=True):
        assert entry.measure == measure
        progress.record(
            entry,
            by=office.coordinator,
            version=entry.version,
            status="done",
            result="อบรมแล้ว",
            steps_and_targets={f"target-{target.pk}": str(value)},
        )

    (copy,) = copied(office, measure)

    assert [(row.baseline, row.goal, row.unit) for row in copy.targets.all()] == [(35, 40, "คน")]
    assert "แล้วเสร็จ" in marks_of(copy)["last_result"]


def test_a_measure_is_copied_once(office, measure):
    copied(office, measure)

    assert copied(office, measure) == []
    assert [copy.number for copy in copied(office, *office.measures)] == [2]
    assert Measure.objects.of_year(2565).count() == 2
    assert office.organisation.events.filter(verb="plan_copied").count() == 2


def test_the_copying_is_logged_with_what_was_copied(office, measure):
    copied(office, *office.measures)

    event = office.organisation.events.get(verb="plan_copied")
    assert event.data["measures"] == [str(each) for each in office.measures]
    assert (event.data["from_year"], event.data["fiscal_year"]) == (2564, 2565)


def test_measures_of_another_office_are_not_copied(office):
    other = make_office()

    with pytest.raises(Invalid, match="อย่างน้อยหนึ่งมาตรการ"):
        copied(office, *other.measures)
    assert Measure.objects.of_year(2565).count() == 0


@pytest.mark.parametrize("who", ["staff", "outsider"])
def test_only_the_coordinator_copies(office, who):
    with pytest.raises(NotAllowed):
        copy_plan(
            office.organisation,
            2564,
            2565,
            by=getattr(office, who),
            chosen=[office.measures[0].pk],
        )
    assert Measure.objects.of_year(2565).count() == 0


def test_nothing_is_copied_into_a_plan_that_is_being_signed(office):
    make_measure(office.organisation, office.works, fiscal_year=2563)
    submit(office)
    before = Measure.objects.count()

    with pytest.raises(Locked):
        copy_plan(
            office.organisation,
            2563,
            2564,
            by=office.coordinator,
            chosen=[Measure.objects.get(fiscal_year=2563).pk],
        )
    assert Measure.objects.count() == before


def test_a_closed_division_is_marked(office):
    office.finance.closed_on = datetime.date(2021, 9, 30)
    office.finance.save()

    (copy,) = copied(office, office.measures[1])

    assert "กองคลังยุบเลิกแล้ว" in marks_of(copy)["responsible"]


def test_a_post_that_nobody_holds_and_a_committee_of_last_year_are_marked(office):
    gone = make_post(office.organisation, "นักวิชาการตรวจสอบภายใน")
    measure = save_measure(
        office.measures[0],
        by=office.coordinator,
        responsibilities=[
            Responsibility(kind="post", post=gone),
            Responsibility(kind="post", post=office.head_post),
            Responsibility(kind="committee", text="คณะทำงาน ITA ปี 2564"),
        ],
    )

    (copy,) = copied(office, measure)

    note = marks_of(copy)["responsible"]
    assert "ไม่มีผู้ดำรงตำแหน่งนักวิชาการตรวจสอบภายใน โปรดตรวจ" in note
    assert "“2564”" in note


def test_a_sub_unit_of_a_closed_division_is_marked(office):
    unit = make_division(office.organisation, "งานพัสดุ", parent=office.finance)
    party = Responsibility(kind="sub_unit", division=unit)
    save_measure(office.measures[1], by=office.coordinator, responsibilities=[party])
    office.finance.closed_on = datetime.date(2021, 9, 30)
    office.finance.save()

    (copy,) = copied(office, office.measures[1])

    assert "งานพัสดุยุบเลิกแล้ว" in marks_of(copy)["responsible"]


def test_a_title_that_the_plan_has_already_is_not_proposed_and_marked_where_it_is_chosen(office):
    first, second = office.measures
    title = first.title.replace(" ", "")
    make_measure(office.organisation, fiscal_year=2565, number=4, title=f" {title}")
    assert [
        (row.same_as, row.is_proposed()) for row in candidates(office.organisation, 2564, 2565)
    ] == [(4, False), (None, True)]

    copies = copied(office, first, second)

    assert "มาตรการที่ ๔ ชื่อเดียวกัน" in marks_of(copies[0])["title"]
    assert "title" not in marks_of(copies[1])


def test_candidates_say_how_each_measure_ended(office, measure):
    entries = progress.entries_of(office.round)
    third = entries[2]
    progress.record(
        third, by=office.coordinator, version=third.version, status="in_progress", result="เริ่มแล้ว"
    )
    copied(office, measure)

    found = candidates(office.organisation, 2564, 2565)

    assert [(row.measure, row.status, row.is_copied) for row in found] == [
        (measure, None, True),
        (office.measures[1], ProgressStatus.IN_PROGRESS, False),
    ]
    assert "ยังไม่มีการรายงาน" in found[0].advice()
    assert "อยู่ระหว่างดำเนินการ" in found[1].advice()


def test_candidates_are_asked_for_as_often_for_one_as_for_three():
    def queries(measures: int) -> int:
        office = make_office()
        for number in range(3, measures + 1):
            make_measure(office.organisation, office.works, number=number)
        Responsibility.objects.filter(measure__number__gt=measures).delete()
        progress.entries_of(office.round)
        with CaptureQueriesContext(connection) as asked:
            for row in candidates(office.organisation, 2564, 2565):
                assert [party.printed() for party in row.measure.responsibilities.all()]
        return len(asked)

    assert queries(2) == queries(5)


def test_years_to_copy_from_are_those_before_with_measures(office):
    make_measure(office.organisation, fiscal_year=2566)
    make_measure(office.organisation, fiscal_year=2562)

    assert years_with_measures(office.organisation, 2565) == [2564, 2562]
