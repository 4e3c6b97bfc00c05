"""The rows of a measure: changed in place, because what divisions report hangs on them."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from measures.domain.errors import Invalid
from measures.domain.planning.measures import save_measure
from measures.domain.planning.plan_parts import PlannedStep, PlannedTarget, steps_of_lines
from measures.domain.recording import progress
from measures.models import Step, StepMark, Target, TargetFold, TargetValue

pytestmark = pytest.mark.django_db

DAY = datetime.date(2021, 1, 31)


@pytest.fixture
def measure(office):
    """The first measure, with the steps 1 (marked as done by a division) and 2."""
    measure = office.measures[0]
    StepMark.objects.create(
        step=measure.steps.get(number=1),
        entry=progress.entries_of(office.round)[0],
        marked_at=timezone.now(),
        marked_by=office.staff,
    )
    return measure


def steps(measure):
    return list(measure.steps.values_list("pk", "number", "text", "due_on"))


def test_steps_trade_places_and_texts_and_keep_their_rows_and_marks(office, measure):
    first, second = measure.steps.all()

    save_measure(
        measure,
        by=office.coordinator,
        steps=[
            PlannedStep("ใหม่", DAY),
            PlannedStep(second.text, pk=second.pk),
            PlannedStep("ชี้แจงทุกเดือน", DAY, pk=first.pk),
        ],
    )

    new = measure.steps.get(number=1)
    assert steps(measure) == [
        (new.pk, 1, "ใหม่", DAY),
        (second.pk, 2, second.text, None),
        (first.pk, 3, "ชี้แจงทุกเดือน", DAY),
    ]
    assert StepMark.objects.get().step == first


def test_marked_step_is_not_taken_out(office, measure):
    before = steps(measure)

    with pytest.raises(Invalid) as refusal:
        save_measure(measure, by=office.coordinator, steps=[PlannedStep("อื่น")])

    assert "ทำเครื่องหมายว่าขั้นตอนที่จะนำออกทำเสร็จแล้ว" in str(refusal.value)
    assert (steps(measure), StepMark.objects.count()) == (before, 1)


def test_step_nobody_marked_is_taken_out(office, measure):
    first, second = measure.steps.all()

    save_measure(measure, by=office.coordinator, steps=[PlannedStep(first.text, pk=first.pk)])

    assert list(measure.steps.all()) == [first]
    assert not Step.objects.filter(pk=second.pk).exists()


def test_row_of_another_measure_is_not_taken_over(office, measure):
    stranger = office.measures[1].steps.get(number=1)
    kept = [PlannedStep(step.text, pk=step.pk) for step in measure.steps.all()]

    save_measure(measure, by=office.coordinator, steps=[*kept, PlannedStep("ยึด", pk=stranger.pk)])

    stranger.refresh_from_db()
    assert (stranger.measure, stranger.text != "ยึด") == (office.measures[1], True)
    assert measure.steps.count() == 3


def test_lines_mean_the_steps_of_equal_text_and_else_of_equal_place(office, measure):
    first, second = measure.steps.all()
    Step.objects.filter(pk=second.pk).update(due_on=DAY)

    swapped = steps_of_lines(measure, [second.text, first.text])
    retold = steps_of_lines(measure, [f"{first.text} และรายงาน", second.text, "เพิ่ม"])

    assert [(step.pk, step.due_on) for step in swapped] == [(second.pk, DAY), (first.pk, None)]
    assert [(step.pk, step.due_on) for step in retold] == [
        (first.pk, None),
        (second.pk, DAY),
        (None, None),
    ]


def test_targets_are_changed_in_place_and_logged(office):
    measure = office.measures[0]
    attended = PlannedTarget("ผู้เข้าร่วม", "คน", Decimal(40), baseline=Decimal("25.5"))
    save_measure(measure, by=office.coordinator, targets=[attended])
    row = measure.targets.get()

    save_measure(
        measure,
        by=office.coordinator,
        targets=[
            PlannedTarget("ความพึงพอใจ", "ร้อยละ", Decimal(85), fold=TargetFold.AVERAGE),
            PlannedTarget("ผู้เข้าร่วมประชุม", "คน", Decimal(50), pk=row.pk),
        ],
    )

    assert list(measure.targets.values_list("number", "name", "goal", "baseline", "fold")) == [
        (1, "ความพึงพอใจ", Decimal(85), None, "average"),
        (2, "ผู้เข้าร่วมประชุม", Decimal(50), None, "sum"),
    ]
    assert measure.targets.get(number=2).pk == row.pk
    data = office.organisation.events.order_by("-sequence")[0].data
    assert data["before"]["targets"] == ["ผู้เข้าร่วม: 25.50 → 40.00 คน"]
    assert data["after"]["targets"] == [
        "ความพึงพอใจ: - → 85.00 ร้อยละ",
        "ผู้เข้าร่วมประชุม: - → 50.00 คน",
    ]


def test_target_with_a_recorded_value_is_not_taken_out(office):
    measure = office.measures[0]
    save_measure(
        measure, by=office.coordinator, targets=[PlannedTarget("ผู้เข้าร่วม", "คน", Decimal(40))]
    )
    TargetValue.objects.create(
        target=measure.targets.get(),
        entry=progress.entries_of(office.round)[0],
        value=12,
        recorded_at=timezone.now(),
        recorded_by=office.staff,
    )

    with pytest.raises(Invalid):
        save_measure(measure, by=office.coordinator, targets=[])

    assert (Target.objects.count(), TargetValue.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "target",
    [
        PlannedTarget(" ", "คน", Decimal(1)),
        PlannedTarget("ผู้เข้าร่วม", "", Decimal(1)),
        PlannedTarget("ผู้เข้าร่วม", "คน", Decimal("1.234")),
        PlannedTarget("ผู้เข้าร่วม", "คน", Decimal(1), fold="median"),
        PlannedTarget("ก" * 301, "คน", Decimal(1)),
    ],
    ids=["no name", "no unit", "three decimals", "unknown fold", "long name"],
)
def test_target_that_cannot_stand_is_refused_in_thai(office, target):
    with pytest.raises(Invalid) as refusal:
        save_measure(office.measures[0], by=office.coordinator, targets=[target])

    assert any("\u0e00" <= character <= "\u0e7f" for character in str(refusal.value))
    assert Target.objects.count() == 0
