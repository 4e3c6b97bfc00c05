"""The state of a round is counted as it will be printed."""

import pytest

from measures.domain.content import build
from measures.domain.recording import progress
from measures.domain.recording.overview import overview_of
from measures.models import Document, Responsibility

pytestmark = pytest.mark.django_db


def record(office, *statuses):
    for entry, status in zip(progress.entries_of(office.round), statuses, strict=False):
        progress.record(entry, by=office.coordinator, version=entry.version, status=status)


def test_nothing_entered_yet(office):
    overview = overview_of(office.round)

    assert (overview.expected(), overview.reported()) == (3, 0)
    assert overview.summary() == {
        "measures": 2,
        "not_started": 2,
        "in_progress": 0,
        "done": 0,
        "percent_done": 0,
        "percent": 0,
    }


def test_measures_in_order_with_who_is_missing(office):
    record(office, "done")

    overview = overview_of(office.round)

    assert [
        (
            state.measure.number,
            str(state.status()),
            [str(entry.division) for entry in state.missing()],
        )
        for state in overview.measures
    ] == [(1, "in_progress", ["กองคลัง"]), (2, "not_started", ["กองคลัง"])]
    assert (overview.expected(), overview.reported()) == (3, 1)


def test_all_done_is_one_hundred(office):
    record(office, "done", "done", "done")

    assert overview_of(office.round).summary()["percent_done"] == 100


@pytest.mark.parametrize("statuses", [[], ["done"], ["done", "in_progress"], ["done"] * 3])
def test_overview_and_document_count_the_same(office, statuses):
    record(office, *statuses)
    document = Document(organisation=office.organisation, round=office.round, fiscal_year=2564)

    assert overview_of(office.round).summary() == build(document)["progress"]


def test_division_no_longer_responsible_holds_nothing_back_here_or_in_the_document(office):
    progress.entries_of(office.round)  # makes the blank entries
    Responsibility.objects.filter(measure__number=1, division=office.finance).delete()
    record(office, "done", "done")
    document = Document(organisation=office.organisation, round=office.round, fiscal_year=2564)

    assert overview_of(office.round).summary()["done"] == 2
    assert build(document)["progress"] == overview_of(office.round).summary()
