"""Making round kits: who may, and what is kept as their base."""

import pytest

from measures.domain.errors import Invalid
from measures.domain.recording import kits, progress
from measures.domain.recording.entry_fields import TEXT_FIELDS
from measures.models import Event, RoundKit
from measures.permissions import NotAllowed
from tests.factories.people import make_round

pytestmark = pytest.mark.django_db


def test_kit_keeps_every_text_and_version_of_the_divisions_entries(office):
    entry = next(
        entry
        for entry in progress.entries_of(office.round)
        if (entry.measure.number, entry.division) == (2, office.finance)
    )
    progress.record(entry, by=office.coordinator, version=0, status="done", result="จัดประชุมแล้ว")

    kit = kits.make_kit(office.round, office.finance, by=office.coordinator)

    first, second = kits.rows_of(kit)
    assert (first.number, first.version, first.title) == (1, 0, office.measures[0].title)
    steps = [f"step-{step.pk}" for step in office.measures[0].steps.all()]
    assert [line.field for line in first.steps] == steps
    assert first.texts == dict.fromkeys([*TEXT_FIELDS, *steps], "")
    assert (second.number, second.version, second.texts["status"]) == (2, 1, "done")
    assert second.texts["result"] == "จัดประชุมแล้ว"
    event = Event.objects.latest("pk")
    assert (event.verb, event.data["division"], event.data["rows"]) == ("kit_made", "กองคลัง", 2)


def test_staff_make_the_kit_of_their_own_division_alone(office):
    assert kits.make_kit(office.round, office.secretariat, by=office.staff).pk

    with pytest.raises(NotAllowed):
        kits.make_kit(office.round, office.finance, by=office.staff)
    assert RoundKit.objects.count() == 1


def test_coordinator_makes_one_for_every_division_and_staff_do_not(office):
    made = kits.make_kits(office.round, by=office.coordinator)

    assert [kit.division.name for kit in made] == ["สำนักปลัด", "กองคลัง"]
    with pytest.raises(NotAllowed):
        kits.make_kits(office.round, by=office.staff)


def test_division_that_reports_nothing_gets_none(office):
    empty = make_round(office.organisation, fiscal_year=office.round.fiscal_year + 1)

    with pytest.raises(Invalid, match="ไม่มีรายการที่ต้องรายงาน"):
        kits.make_kit(empty, office.finance, by=office.coordinator)
    with pytest.raises(Invalid, match="ยังไม่มีรายการ"):
        kits.make_kits(empty, by=office.coordinator)


def test_file_without_its_mark_is_compared_with_the_kit_it_fits_best(office):
    old = kits.make_kit(office.round, office.finance, by=office.coordinator)
    entry = progress.entries_of(office.round)[1]
    assert entry.division == office.finance
    progress.record(entry, by=office.coordinator, version=0, status="done", result="ใหม่")
    new = kits.make_kit(office.round, office.finance, by=office.coordinator)

    def fit(result):
        return kits.fitting_kit(office.round, office.finance, {1: {"result": result}})

    assert [fit(""), fit("ใหม่"), fit("อื่น")] == [old, new, new]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ก\nข", "ก \r\n ข\n", True),
        ("", " \n", True),
        ("ก\n\nข", "ก\nข", False),
        ("ก ข", "กข", False),
    ],
)
def test_what_a_sheet_does_to_the_ends_of_lines_is_no_change(one, other, same):
    assert kits.is_same(one, other) is same
