"""What the public reads of a measure: targets and late reports, and contents of older shapes."""

import datetime

import pytest
from django.template.loader import render_to_string

from measures.domain.publishing.public_measures import (
    PublicFigure,
    PublicLate,
    PublicMeasure,
    PublicTarget,
)
from tests.factories.content import measure

TARGET = {
    "name": "บุคลากรผ่านการอบรม",
    "unit": "คน",
    "baseline": None,
    "goal": "40.00",
    "actual": "32.50",
    "fold": "sum",
    "divisions": [
        {"division": "สำนักปลัด", "value": "12.00"},
        {"division": "กองคลัง", "value": "20.50"},
    ],
}
LATE = {
    "division": "กองคลัง",
    "reason": "เอกสารมาช้า 2 วัน",
    "reported_on": "2021-04-05",
    "allowed_until": "2021-04-09",
}


def test_content_of_an_older_shape_has_no_targets_and_nothing_late():
    public = PublicMeasure.of(measure(1))

    assert (public.targets, public.late) == ((), ())
    assert {step.due_on for step in public.steps} == {None}


def test_figure_of_an_older_shape_says_nothing_of_steps():
    counts = {"measures": 1, "done": 0, "in_progress": 1, "not_started": 0, "percent_done": 0}

    assert PublicFigure.of(counts).percent is None
    assert PublicFigure.of(counts | {"percent": 50}).percent == 50


def test_targets_are_read_without_idle_zeros():
    [target] = PublicMeasure.of(measure(1, targets=[TARGET])).targets

    assert target == PublicTarget(
        name="บุคลากรผ่านการอบรม",
        unit="คน",
        baseline="",
        goal="40",
        actual="32.5",
        divisions=(("สำนักปลัด", "12"), ("กองคลัง", "20.5")),
    )


def test_late_report_is_told_with_reason_and_day():
    [late] = PublicMeasure.of(measure(1, late=[LATE])).late

    assert late == PublicLate(
        division="กองคลัง",
        reason="เอกสารมาช้า 2 วัน",
        reported_on=datetime.date(2021, 4, 5),
        allowed_until=datetime.date(2021, 4, 9),
    )
    page = render_to_string("public/late.html", {"late": [late]})
    assert "รายงานล่าช้า" in page
    assert "เหตุผล: เอกสารมาช้า ๒ วัน" in page


@pytest.mark.parametrize("is_report", [True, False])
def test_table_of_targets_shows_what_came_of_them_in_a_report(is_report):
    targets = PublicMeasure.of(measure(1, targets=[TARGET])).targets

    page = render_to_string("public/targets.html", {"targets": targets, "is_report": is_report})

    assert ("๓๒.๕" in page) == is_report
    assert "๔๐" in page
