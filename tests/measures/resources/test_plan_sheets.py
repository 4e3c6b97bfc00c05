"""Sheets beside the measures: targets and rounds; and how often any sheet asks the database."""

import datetime
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.domain.recording import rounds
from measures.models import Event, ReportingRound, Target
from measures.resources import SHEETS, RoundResource, TargetResource
from tests.factories.people import make_administrator, make_office, make_user
from tests.factories.sheet_reading import errors_of, kinds_of, taken_in
from tests.factories.sheet_rows import GENERATORS, World


def target_row(office, number=1, **changes) -> dict:
    cells = {
        "หน่วยงาน": office.organisation.slug,
        "ปีงบประมาณ": 2564,
        "มาตรการที่": 1,
        "ลำดับ": number,
        "ตัวชี้วัดเป้าหมาย": "ผู้ผ่านการอบรม",
        "หน่วยนับ": "คน",
        "ค่าตั้งต้น": "",
        "ค่าเป้าหมาย": "๔๐",
        "เมื่อหลายส่วนราชการรายงาน": "รวมกัน",
    }
    return cells | changes


def test_targets_are_stored_in_their_places_by_the_verb(office):
    result = taken_in(
        TargetResource, office.coordinator, target_row(office), target_row(office, 2, หน่วยนับ="ครั้ง")
    )
    first = office.measures[0].targets.get(number=1).pk

    taken_in(TargetResource, office.coordinator, target_row(office, ค่าตั้งต้น=5))

    assert errors_of(result) == []
    targets = office.measures[0].targets.order_by("number")
    assert [(target.unit, target.baseline) for target in targets] == [("คน", 5), ("ครั้ง", None)]
    assert targets[0].pk == first
    assert {event.verb for event in Event.objects.all()} == {"measure_saved"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ลำดับ": 3}, "เป้าหมายลำดับถัดไปของมาตรการนี้คือ 1 โปรดเรียงลำดับต่อกันโดยไม่เว้น"),
        ({"มาตรการที่": 8}, "มาตรการที่: ไม่พบมาตรการของปีงบประมาณ 2564 ลำดับที่ “8” โปรดนำเข้ามาตรการก่อน"),
        ({"ค่าเป้าหมาย": ""}, "ค่าเป้าหมาย: "),
        ({"หน่วยนับ": ""}, "หน่วยนับ: "),
    ],
)
def test_target_that_cannot_stand_is_refused_at_its_cell(office, changes, message):
    result = taken_in(TargetResource, office.coordinator, target_row(office) | changes)

    [(line, told)] = errors_of(result)
    assert (line, told[: len(message)]) == (2, message)
    assert not Target.objects.exists()


def round_row(office, **changes) -> dict:
    cells = {
        "หน่วยงาน": office.organisation.slug,
        "ปีงบประมาณ": 2564,
        "รอบ (เดือน)": 12,
        "เปิดให้รายงาน": "1 เมษายน 2564",
        "กำหนดส่ง": "30/9/2564",
        "วันสุดท้ายที่รับรายงาน": "",
    }
    return cells | changes


def test_row_opens_a_round_and_changes_its_days(office):
    taken_in(RoundResource, office.coordinator, round_row(office))
    days = {"กำหนดส่ง": "๑๕ กันยายน ๒๕๖๔"}

    result = taken_in(RoundResource, office.coordinator, round_row(office) | days)

    assert kinds_of(result) == ["update"]
    assert ReportingRound.objects.get(months=12).due_on == datetime.date(2021, 9, 15)
    verbs = Event.objects.order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["round_opened", "round_rescheduled"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"รอบ (เดือน)": 9}, "รอบ (เดือน): ไม่รู้จัก “9” โปรดใช้ 6, 12"),
        ({"กำหนดส่ง": ""}, "กำหนดส่ง: "),
        ({"กำหนดส่ง": "1 มีนาคม 2564"}, "กำหนดส่งต้องไม่อยู่ก่อนวันเปิดรอบ"),
    ],
)
def test_round_that_cannot_stand_is_refused(office, changes, message):
    result = taken_in(RoundResource, office.coordinator, round_row(office) | changes)

    [(line, told)] = errors_of(result)
    assert (line, told[: len(message)]) == (2, message)
    assert not ReportingRound.objects.filter(months=12).exists()


def test_closed_round_stays_closed_when_its_days_come_in_again(office):
    rounds.close_round(office.round, by=office.coordinator)
    resource = RoundResource(user=office.coordinator)
    exported = resource.export(resource.rows(office.coordinator, None, None))

    result = RoundResource(user=office.coordinator).import_data(exported, use_transactions=True)

    assert kinds_of(result) == ["skip"]
    assert ReportingRound.objects.get(pk=office.round.pk).is_closed()


@pytest.mark.parametrize(
    ("resource", "row"), [(TargetResource, target_row), (RoundResource, round_row)]
)
def test_plan_of_another_office_is_refused(office, resource, row):
    neighbour = make_office()

    result = taken_in(resource, office.coordinator, row(neighbour))

    told = f"หน่วยงาน: ไม่มีหน่วยงาน “{neighbour.organisation.slug}” ที่ท่านดูแล"
    assert {message for _line, message in errors_of(result)} == {told}
    assert not Target.objects.exists()


def test_no_sheet_asks_more_questions_for_more_rows(db):
    by = make_administrator()
    world = World(Random(1), by, [make_user(), make_user()])
    for generate in GENERATORS.values():
        generate(world)

    def questions(sheet, rows) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert len(sheet(user=by).export(rows)) == rows.count()
        return len(asked)

    for key, sheet in SHEETS.items():
        rows = sheet(user=by).rows(by, None, None)
        first = rows.filter(pk=rows.order_by("pk").values_list("pk", flat=True)[0])
        assert questions(sheet, rows) == questions(sheet, first), key
