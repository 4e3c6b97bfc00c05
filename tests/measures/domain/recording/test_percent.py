"""How far an entry, a measure and a round are: whole percent, and 100 means all."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.domain.recording import percent
from measures.domain.recording.overview import overview_of
from measures.domain.recording.progress import entries_of, record
from measures.models import ProgressEntry, ProgressStatus, Step

pytestmark = pytest.mark.django_db


def marks(entry: ProgressEntry, *numbers: int) -> dict[str, str]:
    """Return what is typed to mark these steps of the entry's measure."""
    steps = Step.objects.filter(measure=entry.measure, number__in=numbers)
    return {f"step-{step.pk}": "yes" for step in steps}


@pytest.mark.parametrize(
    ("status", "marked", "expected"),
    [
        ("not_started", (), 0),
        ("not_started", (1, 2), 0),
        ("in_progress", (), 0),
        ("in_progress", (1,), 50),
        ("in_progress", (1, 2), 99),
        ("done", (), 100),
    ],
)
def test_entry_in_progress_is_at_the_share_of_its_steps(office, status, marked, expected):
    entry = entries_of(office.round)[0]
    record(
        entry,
        by=office.coordinator,
        version=0,
        status=status,
        steps_and_targets=marks(entry, *marked),
    )

    assert percent.of_entry(ProgressEntry.objects.get(pk=entry.pk)) == expected


def test_measure_without_steps_is_not_under_way_by_itself(office):
    office.measures[0].steps.all().delete()
    entry = entries_of(office.round)[0]
    record(entry, by=office.coordinator, version=0, status="in_progress")

    assert percent.of_entry(ProgressEntry.objects.get(pk=entry.pk)) == 0


def test_divisions_share_the_steps_and_measures_the_round(office):
    first, second, third = entries_of(office.round)
    record(first, by=office.coordinator, version=0, status="done")
    record(
        second,
        by=office.coordinator,
        version=0,
        status="in_progress",
        steps_and_targets=marks(second, 1),
    )
    record(third, by=office.coordinator, version=0, status="not_started")

    overview = overview_of(office.round)

    assert [state.percent() for state in overview.measures] == [75, 0]
    assert overview.summary()["percent"] == 37


def entry_with(status: str) -> ProgressEntry:
    return ProgressEntry(status=status)


@given(st.lists(st.lists(st.sampled_from(["done", "not_started"]), min_size=1), min_size=1))
def test_hundred_means_that_everything_is_done(measures):
    entries = [[entry_with(status) for status in statuses] for statuses in measures]

    found = percent.of_round(entries)

    assert 0 <= found <= 100
    is_done = all(status == ProgressStatus.DONE for statuses in measures for status in statuses)
    assert (int(found) == 100) == is_done


def test_round_without_measures_is_at_zero():
    assert percent.of_round([]) == Fraction(0)
