"""Marks on what is to be looked at again: shown, taken away by changing or by saying so."""

import pytest

from measures.domain.errors import Locked
from measures.domain.planning import review_marks
from measures.domain.planning.measures import save_measure
from measures.models import Measure
from measures.permissions import NotAllowed
from tests.factories.flow import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(office) -> Measure:
    """A measure with two marks on its title, one on its steps and one on its period."""
    marked = office.measures[0]
    marked.to_review = [
        review_marks.mark("title", "ชื่อเดิม"),
        review_marks.mark("steps", "ตรวจขั้นตอน"),
        review_marks.mark("title", "มีปีเดิม"),
        review_marks.mark("period_text", "ตรวจเวลา"),
    ]
    marked.save()
    return marked


def fields_of(measure):
    return [mark["field"] for mark in Measure.objects.get(pk=measure.pk).to_review]


def test_marks_are_shown_once_for_each_field_in_the_order_of_the_form(measure):
    shown = review_marks.shown(measure)

    assert [(each.label, each.note) for each in shown] == [
        ("มาตรการ", "ชื่อเดิม มีปีเดิม"),
        ("ขั้นตอนหรือวิธีการ", "ตรวจขั้นตอน"),
        ("ระยะเวลาดำเนินการ", "ตรวจเวลา"),
    ]


def test_saving_a_changed_field_takes_its_marks_and_no_others(office, measure):
    measure.title = "ชื่อใหม่"
    save_measure(measure, by=office.coordinator)
    assert fields_of(measure) == ["steps", "period_text"]

    save_measure(measure, by=office.coordinator, steps=["ขั้นตอนใหม่"])
    assert fields_of(measure) == ["period_text"]

    measure.period_text = "ทุกเดือน"
    save_measure(measure, by=office.coordinator)
    assert fields_of(measure) == []


def test_saving_without_a_change_leaves_the_marks(office, measure):
    save_measure(measure, by=office.coordinator, steps=[s.text for s in measure.steps.all()])

    assert fields_of(measure) == ["title", "steps", "title", "period_text"]


def test_a_mark_that_comes_with_the_change_stands(office, measure):
    measure.title = "ชื่อจากไฟล์"
    measure.to_review = [*measure.to_review, review_marks.mark("title", "อ่านจากไฟล์")]
    save_measure(measure, by=office.coordinator)

    assert Measure.objects.get(pk=measure.pk).to_review[-1]["note"] == "อ่านจากไฟล์"
    assert fields_of(measure).count("title") == 1


def test_one_field_or_all_are_said_to_be_reviewed_and_logged(office, measure):
    review_marks.mark_reviewed(measure, "title", by=office.coordinator)
    assert fields_of(measure) == ["steps", "period_text"]
    event = office.organisation.events.get(verb="measure_reviewed")
    assert event.data == {"notes": ["ชื่อเดิม", "มีปีเดิม"]}

    review_marks.mark_reviewed(measure, "", by=office.coordinator)
    assert fields_of(measure) == []
    review_marks.mark_reviewed(measure, "", by=office.coordinator)
    assert office.organisation.events.filter(verb="measure_reviewed").count() == 2


@pytest.mark.parametrize("who", ["staff", "outsider"])
def test_only_the_coordinator_says_so(office, measure, who):
    with pytest.raises(NotAllowed):
        review_marks.mark_reviewed(measure, "title", by=getattr(office, who))
    assert "title" in fields_of(measure)


def test_marks_stand_while_the_plan_is_being_signed(office, measure):
    submit(office)

    with pytest.raises(Locked):
        review_marks.mark_reviewed(measure, "title", by=office.coordinator)
    assert "title" in fields_of(measure)
