"""Recording progress: who, over which version, in which rounds, and which entries there are."""

import datetime

import pytest

from measures.domain.errors import Conflict, Invalid
from measures.domain.recording import progress
from measures.domain.recording.progress import entries_of, previous_entry
from measures.models import (
    Division,
    Measure,
    ProgressEntry,
    Responsibility,
    ResponsibilityKind,
)
from measures.permissions import NotAllowed
from tests.factories.flow import verbs_of
from tests.factories.organisations import make_division, make_post
from tests.factories.people import (
    hold,
    make_administrator,
    make_measure,
    make_office,
    make_round,
    make_user,
)

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2021, 3, 31, 5, 0, tzinfo=datetime.UTC)
WORDS = {
    "status": "in_progress",
    "status_note": "ตรวจสอบในเว็บไซต์",
    "result": "จัดประชุมแล้ว 2 ครั้ง",
    "outcome": "บุคลากรเข้าใจ",
    "suggestion": "ควรจัดทุกไตรมาส",
}


@pytest.fixture
def entry(office):
    return entry_of(office, office.secretariat)


def entry_of(office, division, number=1):
    entries_of(office.round)
    return ProgressEntry.objects.get(
        measure__organisation=office.organisation,
        measure__number=number,
        division=division,
        round=office.round,
    )


def stored(entry):
    row = ProgressEntry.objects.get(pk=entry.pk)
    return {name: getattr(row, name) for name in WORDS} | {"version": row.version}


# Saving ------------------------------------------------------------------------------------------


def test_recording_keeps_the_words_who_and_when(office, entry):
    saved = progress.record(entry, by=office.staff, version=0, **WORDS, now=NOON)

    assert stored(entry) == WORDS | {"version": 1}
    assert (saved.updated_at, saved.updated_by) == (NOON, office.staff)
    event = office.organisation.events.get()
    assert (event.verb, event.actor, event.at) == ("progress_recorded", office.staff, NOON)
    assert event.data == {
        "before": {
            "status": "not_started",
            "status_note": "",
            "result": "",
            "outcome": "",
            "suggestion": "",
        },
        "after": WORDS,
        "version": 1,
    }


def test_saving_over_an_old_version_shows_what_is_stored_now(office, entry):
    progress.record(entry, by=office.staff, version=0, **WORDS)

    with pytest.raises(Conflict) as conflict:
        progress.record(entry, by=office.coordinator, version=0, status="done", result="อีกคน")

    assert conflict.value.current == entry
    assert conflict.value.current.result == WORDS["result"]
    assert conflict.value.current.version == 1
    assert stored(entry) == WORDS | {"version": 1}
    progress.record(entry, by=office.coordinator, version=1, status="done", result="อีกคน")
    assert stored(entry)["version"] == 2


def test_second_press_of_the_same_button_changes_nothing(office, entry):
    progress.record(entry, by=office.staff, version=0, **WORDS)
    again = progress.record(entry, by=office.staff, version=0, **WORDS)

    assert again.version == 1
    assert verbs_of(office.organisation) == ["progress_recorded"]


def test_saying_not_started_is_a_report_too(office, entry):
    progress.record(entry, by=office.staff, version=0, status="not_started")

    assert ProgressEntry.objects.get(has_status=True) == entry


def test_unknown_status_is_refused(office, entry):
    with pytest.raises(Invalid) as refusal:
        progress.record(entry, by=office.staff, version=0, status="finished")

    assert str(refusal.value) == "โปรดเลือกสถานะการดำเนินการหนึ่งในสามแบบ"


@pytest.mark.parametrize(
    ("field", "label"),
    [("result", "ผลการดำเนินการ"), ("outcome", "ผลลัพธ์/ความสำเร็จ"), ("suggestion", "ข้อเสนอแนะ")],
)
def test_hundred_thousand_characters_are_refused_in_thai(office, entry, field, label):
    with pytest.raises(Invalid) as refusal:
        progress.record(entry, by=office.staff, version=0, status="done", **{field: "ก" * 100_000})

    assert str(refusal.value) == (
        f"{label}ยาว 100,000 ตัวอักษร เกินกำหนด 20,000 ตัวอักษร โปรดย่อหรือแนบเป็นไฟล์ PDF"
    )
    assert stored(entry)["version"] == 0
    assert verbs_of(office.organisation) == []


def test_status_note_has_to_fit_its_column(office, entry):
    with pytest.raises(Invalid):
        progress.record(entry, by=office.staff, version=0, status="done", status_note="ก" * 201)


def test_control_characters_and_carriage_returns_are_not_stored(office, entry):
    progress.record(entry, by=office.staff, version=0, status="done", result="หนึ่ง\r\n\x00สอง\x0b")

    assert stored(entry)["result"] == "หนึ่ง\nสอง"


# Who ---------------------------------------------------------------------------------------------


def test_staff_of_another_division_is_refused_with_the_reason(office, entry):
    with pytest.raises(NotAllowed) as refusal:
        progress.record(entry, by=office.finance_staff, version=0, **WORDS)

    assert str(refusal.value) == (
        "รายการนี้เป็นของสำนักปลัด เฉพาะเจ้าหน้าที่ของส่วนราชการนั้นหรือผู้ประสานงานจึงบันทึกได้"
    )
    assert stored(entry)["version"] == 0


@pytest.mark.parametrize("who", ["head", "deputy", "clerk", "mayor", "outsider"])
def test_executives_and_strangers_do_not_record(office, entry, who):
    with pytest.raises(NotAllowed):
        progress.record(entry, by=getattr(office, who), version=0, **WORDS)

    assert stored(entry)["version"] == 0


def test_coordinator_and_administrator_may_record_for_a_division(office, entry):
    progress.record(entry, by=office.coordinator, version=0, **WORDS)
    progress.record(entry, by=make_administrator(), version=1, status="done")

    assert stored(entry)["status"] == "done"


def test_staff_of_a_sub_unit_records_for_its_division(office, entry):
    legal = make_division(office.organisation, "งานนิติการ", parent=office.secretariat)
    lawyer = make_user()
    hold(make_post(office.organisation, "นิติกร", division=legal, reports_progress=True), lawyer)

    progress.record(entry, by=lawyer, version=0, **WORDS)

    assert stored(entry)["version"] == 1
    with pytest.raises(NotAllowed):
        progress.record(entry_of(office, office.finance), by=lawyer, version=0, **WORDS)


def test_staff_whose_post_ended_yesterday_is_refused(office, entry):
    office.staff.holdings.update(ends_on=datetime.date(2021, 9, 30))
    office.staff.__dict__.pop("_holdings_today", None)

    with pytest.raises(NotAllowed):
        progress.record(entry, by=office.staff, version=0, **WORDS)


# Which entries -----------------------------------------------------------------------------------


def responsible(office, number=9, **values):
    measure = make_measure(office.organisation, number=number)
    Responsibility.objects.create(measure=measure, **values)
    return measure


def divisions_of(office, measure):
    return [
        entry.division.name for entry in entries_of(office.round) if entry.measure_id == measure.pk
    ]


def test_plan_asks_for_one_entry_per_measure_and_division(office):
    assert [(entry.measure.number, entry.division.name) for entry in entries_of(office.round)] == [
        (1, "สำนักปลัด"),
        (1, "กองคลัง"),
        (2, "กองคลัง"),
    ]


def test_blank_entries_are_made_once(office):
    first = [entry.pk for entry in entries_of(office.round)]
    second = [entry.pk for entry in entries_of(office.round)]

    assert (first, ProgressEntry.objects.count()) == (second, 3)


def test_every_division_fans_out_to_divisions_that_are_open(office):
    make_division(office.organisation, "งานนิติการ", parent=office.secretariat)
    make_division(office.organisation, "กองประปา", closed_on=datetime.date(2020, 9, 30))
    measure = responsible(office, kind=ResponsibilityKind.EVERY_DIVISION)

    assert divisions_of(office, measure) == ["สำนักปลัด", "กองคลัง", "กองช่าง"]


def test_sub_unit_reports_through_its_division(office):
    legal = make_division(office.organisation, "งานนิติการ", parent=office.works)
    measure = responsible(office, kind=ResponsibilityKind.SUB_UNIT, division=legal)

    assert divisions_of(office, measure) == ["กองช่าง"]


def test_post_reports_through_its_division(office):
    measure = responsible(office, kind=ResponsibilityKind.POST, post=office.finance_post)

    assert divisions_of(office, measure) == ["กองคลัง"]


def test_committee_reports_through_the_division_named(office):
    measure = responsible(
        office, kind=ResponsibilityKind.COMMITTEE, text="คณะกรรมการ", division=office.works
    )

    assert divisions_of(office, measure) == ["กองช่าง"]


@pytest.mark.parametrize(
    "values",
    [
        {"kind": ResponsibilityKind.COMMITTEE, "text": "คณะกรรมการ"},
        {"kind": ResponsibilityKind.ALL_STAFF},
    ],
    ids=["committee", "all staff"],
)
def test_party_that_names_no_division_is_reported_by_the_first(office, values):
    assert divisions_of(office, responsible(office, **values)) == ["สำนักปลัด"]


def test_post_without_a_division_is_reported_by_the_first(office):
    measure = responsible(office, kind=ResponsibilityKind.POST, post=office.mayor_post)

    assert divisions_of(office, measure) == ["สำนักปลัด"]


def test_same_division_named_twice_reports_once(office):
    measure = responsible(office, kind=ResponsibilityKind.DIVISION, division=office.works)
    Responsibility.objects.create(measure=measure, division=office.works, text="กองช่าง (อีกครั้ง)")

    assert divisions_of(office, measure) == ["กองช่าง"]


def test_blank_entry_of_a_division_no_longer_responsible_is_left_out(office):
    entries_of(office.round)
    Responsibility.objects.filter(measure__number=1, division=office.finance).delete()

    assert [(entry.measure.number, entry.division.name) for entry in entries_of(office.round)] == [
        (1, "สำนักปลัด"),
        (2, "กองคลัง"),
    ]


def test_entry_somebody_filled_in_stays_when_the_division_is_no_longer_responsible(office):
    filled = entry_of(office, office.finance)
    progress.record(filled, by=office.finance_staff, version=0, **WORDS)
    Responsibility.objects.filter(measure__number=1, division=office.finance).delete()

    assert [entry.pk for entry in entries_of(office.round)].count(filled.pk) == 1


def test_measures_of_other_years_and_offices_are_not_asked_for(office):
    other = make_office()
    make_measure(office.organisation, office.works, fiscal_year=2565, number=7)
    entries_of(other.round)

    assert {entry.measure for entry in entries_of(office.round)} == set(office.measures)


# The round before --------------------------------------------------------------------------------


def test_previous_entry_is_that_of_the_round_before_in_the_same_year(office, entry):
    progress.record(entry, by=office.staff, version=0, **WORDS)
    twelve = make_round(office.organisation, months=12)
    entries_of(twelve)
    later = ProgressEntry.objects.get(round=twelve, measure__number=1, division=office.secretariat)

    assert previous_entry(later) == entry
    assert previous_entry(entry) is None


def test_previous_entry_of_a_new_year_is_the_last_round_of_the_measure_of_that_number(office):
    for months in (6, 12):
        this_round = office.round if months == 6 else make_round(office.organisation, months=months)
        for entry in entries_of(this_round):
            progress.record(entry, by=office.coordinator, version=0, **WORDS)
    make_measure(office.organisation, office.secretariat, fiscal_year=2565)
    next_year = make_round(office.organisation, fiscal_year=2565)
    [entry] = entries_of(next_year)

    found = previous_entry(entry)

    assert (found.round.fiscal_year, found.round.months, found.measure.number, found.division) == (
        2564,
        12,
        1,
        office.secretariat,
    )


def test_previous_entry_nobody_filled_in_is_none_and_other_offices_do_not_leak(office):
    other = make_office()
    for entry in entries_of(other.round):
        progress.record(entry, by=other.coordinator, version=0, **WORDS)
    twelve = make_round(office.organisation, months=12)
    entries_of(office.round)

    assert [previous_entry(entry) for entry in entries_of(twelve)] == [None, None, None]


def test_order_of_entries_is_that_of_measures_and_divisions(office):
    Division.objects.filter(pk=office.finance.pk).update(order=0)
    Measure.objects.filter(pk=office.measures[0].pk).update(number=5)

    assert [(entry.measure.number, entry.division.name) for entry in entries_of(office.round)] == [
        (2, "กองคลัง"),
        (5, "กองคลัง"),
        (5, "สำนักปลัด"),
    ]
