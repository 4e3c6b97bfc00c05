"""Sheets of the assessment: the framework of a year, remedies, results, scores, findings."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.models import (
    AssessmentResult,
    Event,
    Finding,
    Framework,
    Indicator,
    Instrument,
    Item,
    RatingScheme,
    Remedy,
    Score,
)
from measures.resources import (
    CalendarEntryResource,
    FindingResource,
    FrameworkResource,
    HolidayResource,
    ItemResource,
    RatingLevelResource,
    RatingSchemeResource,
    RemedyResource,
    ResultResource,
    ScoreResource,
)
from tests.factories.people import make_administrator, make_office
from tests.factories.sheet_reading import errors_of, kinds_of, taken_in


@pytest.fixture
def framework(db) -> Framework:
    """2566 with I1, I2 and O1, of indicator 1."""
    framework = Framework.objects.create(fiscal_year=2566)
    for code, numbers in (("IIT", (1, 2)), ("OIT", (1,))):
        instrument = Instrument.objects.create(framework=framework, code=code)
        indicator = Indicator.objects.create(
            instrument=instrument, number=1 if code == "IIT" else 9, name="สมมติ"
        )
        for number in numbers:
            Item.objects.create(instrument=instrument, indicator=indicator, number=number)
    return framework


@pytest.mark.parametrize(
    ("resource", "row"),
    [
        (FrameworkResource, {"ปีงบประมาณ": 2570, "ที่มา": "สมมติ"}),
        (ItemResource, {"ปีงบประมาณ": 2566, "ข้อ": "I3"}),
        (RemedyResource, {"ปีงบประมาณ": 2566, "ลำดับ": 1, "สำหรับข้อ": "I1", "ที่มา": "สมมติ"}),
        (RatingSchemeResource, {"รหัสเกณฑ์": "five", "ชื่อเกณฑ์": "ห้าระดับ"}),
        (HolidayResource, {"วันที่": "๑๓/๔/๒๕๖๙", "ชื่อวันหยุด": "สมมติ", "ที่มา": "สมมติ"}),
        (CalendarEntryResource, {"ปีงบประมาณ": 2566, "รายการ": "สมมติ", "ตั้งแต่": "1/4/2566"}),
    ],
)
def test_the_framework_is_the_administrators_to_keep(framework, office, resource, row):
    refused = taken_in(resource, office.coordinator, row)

    assert errors_of(refused) == [(2, "เฉพาะผู้ดูแลระบบเท่านั้น")]
    assert kinds_of(taken_in(resource, make_administrator(), row)) == ["new"]


def test_item_is_known_by_its_code_in_any_spelling(framework):
    row = {"ปีงบประมาณ": "๒๕๖๖", "ข้อ": "ข้อ i ๒", "ข้อความ": "สมมติว่าถาม", "ตัวชี้วัดที่": "๑"}

    result = taken_in(ItemResource, make_administrator(), row)

    assert (errors_of(result), kinds_of(result)) == ([], ["update"])
    assert Item.objects.get(instrument__code="IIT", number=2).text == "สมมติว่าถาม"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"ปีงบประมาณ": 2566, "ข้อ": "X1"}, "ข้อ: “X1” ไม่ใช่รหัสข้อ โปรดใช้รูปแบบ I7 E2 หรือ O42"),
        (
            {"ปีงบประมาณ": 2566, "ข้อ": "I1", "ตัวชี้วัดที่": "4"},
            "ตัวชี้วัดที่: ไม่พบตัวชี้วัดของปีงบประมาณ 2566 “4” โปรดเพิ่มตัวชี้วัดของปีนั้นก่อน",
        ),
        (
            {"ปีงบประมาณ": 2590, "ข้อ": "I1"},
            "ไม่พบเครื่องมือของปีงบประมาณ 2590 “IIT” โปรดเพิ่มเครื่องมือของปีนั้นก่อน",
        ),
    ],
)
def test_item_that_names_what_is_not_there_is_refused(framework, row, message):
    assert errors_of(taken_in(ItemResource, make_administrator(), row)) == [(2, message)]


def test_items_of_a_remedy_are_stored_and_logged(framework):
    row = {
        "ปีงบประมาณ": 2566,
        "ลำดับ": 1,
        "สำหรับข้อ": "I2 i1",
        "ข้อ OIT ที่เกี่ยวข้อง": "O1",
        "แนวทางแก้ไขมาตรฐาน": "",
        "ที่มา": "สมมติ",
    }
    taken_in(RemedyResource, make_administrator(), row)

    remedy = Remedy.objects.get()
    assert [item.code() for item in remedy.items.all()] == ["I1", "I2"]
    assert Event.objects.get().data["after"]["links"] == ["O1"]


def score_row(office, item="I1", value="79.27", **changes) -> dict:
    cells = {
        "หน่วยงาน": office.organisation.slug,
        "ปีงบประมาณ": 2566,
        "ข้อ": item,
        "คะแนน": value,
    }
    return cells | changes


def test_scores_come_in_by_one_act_for_the_office_and_year(framework, office):
    result = taken_in(
        ScoreResource,
        office.coordinator,
        score_row(office),
        score_row(office, "I2", "๘๐.๕"),
        score_row(office, "O1", ""),
    )

    assert errors_of(result) == []
    assert dict(Score.objects.values_list("item__number", "value")) == {
        1: Decimal("79.27"),
        2: Decimal("80.50"),
    }
    assert [event.verb for event in Event.objects.all()] == ["result_saved"]


def test_an_emptied_cell_takes_the_score_away(framework, office):
    taken_in(ScoreResource, office.coordinator, score_row(office))

    taken_in(ScoreResource, office.coordinator, score_row(office, value=""))

    assert not Score.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"คะแนน": "100.5"}, "คะแนน: คะแนนข้อ I1: 100.5 ไม่อยู่ระหว่าง 0 ถึง 100 โปรดตรวจกับเอกสารที่ได้รับ"),
        ({"คะแนน": "มาก"}, "คะแนน: “มาก” ไม่ใช่ตัวเลข"),
        ({"ข้อ": "I9"}, "ข้อ: ไม่พบข้อประเมินของปีงบประมาณ 2566 “I9” โปรดเพิ่มข้อประเมินของปีนั้นก่อน"),
    ],
)
def test_one_bad_score_keeps_the_whole_sheet_out(framework, office, changes, message):
    result = taken_in(
        ScoreResource, office.coordinator, score_row(office, "I2"), score_row(office) | changes
    )

    [(line, told)] = errors_of(result)
    assert line == 3
    assert told.startswith(message)
    assert not Score.objects.exists()


def test_results_keep_their_scores_when_totals_come_in(framework, office):
    taken_in(ScoreResource, office.coordinator, score_row(office))

    row = {"หน่วยงาน": office.organisation.slug, "ปีงบประมาณ": 2566, "คะแนนรวม": 83.32}
    result = taken_in(ResultResource, office.coordinator, row)

    assert (errors_of(result), kinds_of(result)) == ([], ["update"])
    [stored] = AssessmentResult.objects.all()
    assert (stored.total, stored.scores.count()) == (Decimal("83.32"), 1)


def finding_row(office, number=1, **changes) -> dict:
    cells = {
        "หน่วยงาน": office.organisation.slug,
        "ปีงบประมาณ": 2566,
        "ลำดับที่": number,
        "กลุ่ม": "ประเด็นที่ต้องพัฒนาให้ดีขึ้น",
        "ตัวชี้วัดที่": "1",
        "ข้อประเมิน": "I2, I1",
        "การวิเคราะห์": "คะแนนต่ำสมมติ",
    }
    return cells | changes


def test_finding_comes_in_with_its_items_and_its_log(framework, office):
    result = taken_in(FindingResource, office.coordinator, finding_row(office))

    assert errors_of(result) == []
    finding = Finding.objects.get()
    assert [item.code() for item in finding.items.all()] == ["I1", "I2"]
    assert [event.verb for event in Event.objects.all()] == ["finding_saved"]


def test_draft_that_comes_back_untouched_stays_a_draft(framework, office):
    taken_in(FindingResource, office.coordinator, finding_row(office))
    Finding.objects.update(is_draft=True)

    taken_in(FindingResource, office.coordinator, finding_row(office))
    assert Finding.objects.get().is_draft

    taken_in(FindingResource, office.coordinator, finding_row(office, การวิเคราะห์="แก้แล้ว"))
    assert not Finding.objects.get().is_draft


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"กลุ่ม": "ด่วน"}, "กลุ่ม: ไม่รู้จัก “ด่วน” โปรดใช้ "),
        ({"ข้อประเมิน": "I2, I8"}, "ข้อประเมิน: ไม่พบข้อประเมินของปีงบประมาณ 2566 “I8”"),
        ({"ตัวชี้วัดที่": "1, 9"}, "ตัวชี้วัดที่: “1, 9” มีมากกว่าหนึ่งรายการ โปรดระบุรายการเดียว"),
        ({"การวิเคราะห์": ""}, "โปรดกรอกการวิเคราะห์"),
    ],
)
def test_bad_cell_of_a_finding_is_named(framework, office, changes, message):
    result = taken_in(FindingResource, office.coordinator, finding_row(office) | changes)

    [(line, told)] = errors_of(result)
    assert (line, told[: len(message)]) == (2, message)
    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    ("resource", "row"), [(ScoreResource, score_row), (FindingResource, finding_row)]
)
def test_rows_of_another_office_are_refused(framework, office, resource, row):
    neighbour = make_office()
    taken_in(resource, neighbour.coordinator, row(neighbour))
    own = resource(user=office.coordinator)

    result = taken_in(resource, office.coordinator, row(neighbour))

    told = f"หน่วยงาน: ไม่มีหน่วยงาน “{neighbour.organisation.slug}” ที่ท่านดูแล"
    assert {message for _line, message in errors_of(result)} == {told}
    assert len(own.export(own.rows(office.coordinator, None, None))) == 0


def test_level_of_a_set_that_is_not_there_names_those_that_are(db):
    RatingScheme.objects.create(code="five-levels", name="ห้าระดับ")

    refused = taken_in(
        RatingLevelResource,
        make_administrator(),
        {"รหัสเกณฑ์": "five-level", "ระดับ": "ผ่านดี", "ลำดับ": 2, "คะแนนรวมอย่างน้อย": 85},
    )

    told = "ไม่พบเกณฑ์ระดับ “five-level” โปรดเพิ่มเกณฑ์ระดับก่อน หรือแก้ให้ตรงกับ: five-levels"
    assert errors_of(refused) == [(2, told)]


def test_scores_of_many_offices_are_looked_up_in_as_many_questions_as_of_one(framework):
    by = make_administrator()

    def rows(offices):
        return [
            {"หน่วยงาน": office.slug, "ปีงบประมาณ": 2566, "ข้อ": code, "คะแนน": "๘๐.๑"}
            for office in offices
            for code in ("I1", "I2")
        ]

    def reading(offices) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            assert not taken_in(ScoreResource, by, *rows(offices)).has_errors()
        return [each["sql"] for each in asked if "events" not in each["sql"]]

    made = [make_office().organisation for _number in range(4)]
    one, three = reading(made[:1]), reading(made[1:])
    is_look_up = 'WHERE ("measures_organisation"."slug" IN'
    for asked in (one, three):
        assert sum(is_look_up in sql for sql in asked) == 1
        assert sum('FROM "measures_score"' in sql for sql in asked) == 2  # looked up; verb
