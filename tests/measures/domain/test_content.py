"""What a document says, as data: everything recorded, nothing of others, nothing hidden."""

import datetime
import json

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from measures.domain.content import build, paragraphs, progress_summary
from measures.domain.filing import evidence, preparation
from measures.domain.hashes import canonical_json
from measures.domain.recording import late_permits, progress, rounds
from measures.models import (
    AssessmentResult,
    Document,
    Finding,
    Framework,
    Indicator,
    Instrument,
    Item,
    ProgressEntry,
    Responsibility,
    ResponsibilityKind,
    Score,
    Target,
)
from tests.factories.people import make_office, make_round
from tests.factories.pictures import pdf, photograph_with_place

pytestmark = pytest.mark.django_db

LATE = datetime.datetime(2021, 3, 30, 18, 30, tzinfo=datetime.UTC)  # already 31 March in Thailand


def content_of(office, **changes):
    values = {
        "organisation": office.organisation,
        "kind": "progress_report",
        "fiscal_year": 2564,
        "round": office.round,
        "layout": "memo_status",
        "office": "สำนักปลัด",
        "number": "สม 76801/52",
        "dated": datetime.date(2021, 3, 30),
        "subject": "เรื่อง",
        "addressee": "นายก",
        "opening": "ย่อหน้าแรก\n\n  ย่อหน้าสอง  \n",
        "approach": "แนวทาง\n",
        "closing": "จึงเรียนมาเพื่อโปรดทราบ",
    }
    return build(Document(**values | changes))


def test_memo_and_paragraphs(office):
    content = content_of(office)

    assert (content["schema_version"], content["kind"], content["fiscal_year"]) == (
        3,
        "progress_report",
        2564,
    )
    assert content["memo"] == {
        "office": "สำนักปลัด",
        "number": "สม 76801/52",
        "date": "2021-03-30",
        "subject": "เรื่อง",
        "addressee": "นายก",
        "through": "",
    }
    assert content["paragraphs"] == {
        "opening": ["ย่อหน้าแรก", "ย่อหน้าสอง"],
        "measures_title": "",
        "assessment": [],
        "approach": ["แนวทาง"],
        "results_title": "",
        "closing": ["จึงเรียนมาเพื่อโปรดทราบ"],
    }
    assert content["round"] == {
        "months": 6,
        "name": "รอบ 6 เดือน",
        "starts_on": "2020-10-01",
        "ends_on": "2021-03-31",
    }
    assert (content["signoff"], content["publication"]) == ([], None)
    assert content["organisation"]["has_leaders"] is True


def test_plan_has_no_round_and_no_progress(office):
    progress.entries_of(office.round)

    content = content_of(office, kind="plan", round=None, dated=None)

    assert (content["round"], content["memo"]["date"]) == (None, None)
    assert [measure["progress"] for measure in content["measures"]] == [[], []]


def test_measure_with_steps_responsible_and_period(office):
    Responsibility.objects.create(
        measure=office.measures[1], kind=ResponsibilityKind.EVERY_DIVISION, order=9
    )

    office.measures[0].steps.filter(number=2).update(due_on=datetime.date(2021, 1, 31))

    first, second = content_of(office)["measures"]

    assert (first["instrument"], first["indicator_number"], first["indicator"]) == ("", None, "")
    assert (first["number"], first["title"], first["monitoring"]) == (
        1,
        "ให้ความรู้แก่บุคลากรเรื่องการประเมินคุณธรรมและความโปร่งใส",
        "รายงานผลรอบ 6 เดือนและ 12 เดือน",
    )
    assert first["steps"] == [
        {"number": 1, "text": "ชี้แจงบุคลากรในการประชุมประจำเดือน", "due_on": None},
        {"number": 2, "text": "ติดตามผลทุกไตรมาส", "due_on": "2021-01-31"},
    ]
    assert first["period"] == {
        "text": "ตุลาคม 2563 - กันยายน 2564",
        "start": "2020-10-01",
        "end": "2021-09-30",
    }
    assert second["responsible"] == [
        {"kind": "division", "text": "กองคลัง"},
        {"kind": "every_division", "text": "ทุกส่วนราชการ"},
    ]
    assert [entry["division"] for entry in second["progress"]] == ["สำนักปลัด", "กองคลัง", "กองช่าง"]


def test_results_are_folded_over_divisions_and_kept_one_by_one(office):
    first, second, _third = progress.entries_of(office.round)
    for entry, result in ((first, "ประชุมแล้ว"), (second, "ปิดประกาศแล้ว")):
        progress.record(
            entry,
            by=office.coordinator,
            version=0,
            status="done",
            status_note="ตรวจดูได้ที่เว็บไซต์",
            result=result,
        )

    measure = content_of(office)["measures"][0]

    assert (measure["status"], measure["status_note"], measure["result"]) == (
        "done",
        "ตรวจดูได้ที่เว็บไซต์",
        "สำนักปลัด: ประชุมแล้ว\nกองคลัง: ปิดประกาศแล้ว",
    )
    assert [(entry["division"], entry["result"]) for entry in measure["progress"]] == [
        ("สำนักปลัด", "ประชุมแล้ว"),
        ("กองคลัง", "ปิดประกาศแล้ว"),
    ]


def test_every_division_is_told_in_one_sentence_before_the_texts(office):
    office.measures[1].responsibilities.all().delete()
    Responsibility.objects.create(
        measure=office.measures[1], kind=ResponsibilityKind.EVERY_DIVISION
    )
    entries = [
        entry for entry in progress.entries_of(office.round) if entry.measure == office.measures[1]
    ]
    assert content_of(office)["measures"][1]["result"] == ""
    for entry, status, result in zip(
        entries, ("done", "done", "in_progress"), ("ประชุมแล้ว", "ปิดประกาศแล้ว", ""), strict=True
    ):
        progress.record(entry, by=office.coordinator, version=0, status=status, result=result)

    measure = content_of(office)["measures"][1]

    assert measure["result"] == (
        "ดำเนินการแล้วเสร็จ 2 จาก 3 ส่วนราชการ ได้แก่ สำนักปลัด และกองคลัง; "
        "อยู่ระหว่างดำเนินการ: กองช่าง\n"
        "สำนักปลัด: ประชุมแล้ว\nกองคลัง: ปิดประกาศแล้ว"
    )
    assert measure["percent"] == 66


def test_targets_are_added_up_over_divisions_and_printed_under_the_result(office):
    target = Target.objects.create(
        measure=office.measures[0], number=1, name="บุคลากรผ่านการอบรม", unit="คน", goal=40
    )
    first, second, _third = progress.entries_of(office.round)
    for entry, number in ((first, "๑๒"), (second, "20")):
        progress.record(
            entry,
            by=office.coordinator,
            version=0,
            status="done",
            result="อบรมแล้ว",
            steps_and_targets={f"target-{target.pk}": number},
        )

    measure = content_of(office)["measures"][0]

    assert measure["targets"] == [
        {
            "name": "บุคลากรผ่านการอบรม",
            "unit": "คน",
            "baseline": None,
            "goal": "40.00",
            "actual": "32.00",
            "fold": "sum",
            "divisions": [
                {"division": "สำนักปลัด", "value": "12.00"},
                {"division": "กองคลัง", "value": "20.00"},
            ],
        }
    ]
    assert measure["result"] == ("อบรมแล้ว\nเป้าหมาย: บุคลากรผ่านการอบรม ค่าเป้าหมาย 40 ผลที่ได้ 32 คน")


def test_late_report_is_told_with_its_reason_and_day(office):
    entry = progress.entries_of(office.round)[0]
    rounds.close_round(office.round, by=office.coordinator)
    today = timezone.localdate()
    late_permits.grant(
        ProgressEntry.objects.get(pk=entry.pk),
        by=office.coordinator,
        reason="เอกสารจากกองช่างมาช้า",
        allowed_until=today,
    )
    progress.record(entry, by=office.staff, version=0, status="done", result="ประชุมแล้ว")

    measure = content_of(office)["measures"][0]

    late = {
        "allowed_until": today.isoformat(),
        "reason": "เอกสารจากกองช่างมาช้า",
        "reported_on": today.isoformat(),
    }
    assert [one["late"] for one in measure["progress"]] == [late, None]
    assert measure["late"] == [{"division": "สำนักปลัด", **late}]


def test_evidence_shows_the_copy_without_place_and_leaves_out_what_was_removed(office):
    entry = progress.entries_of(office.round)[0]
    photo = evidence.attach_file(
        entry, by=office.staff, upload=ContentFile(photograph_with_place()), caption="ภาพ", now=LATE
    )
    preparation.prepare(photo)
    paper = evidence.attach_file(
        entry, by=office.staff, upload=ContentFile(pdf(2)), caption="คำสั่ง", now=LATE
    )
    evidence.attach_link(
        entry, by=office.staff, url="https://example.go.th/1", caption="ประกาศ", now=LATE
    )
    gone = evidence.attach_link(
        entry, by=office.staff, url="https://example.go.th/2", caption="นำออก"
    )
    evidence.remove(gone, by=office.staff)

    shown = content_of(office)["measures"][0]["progress"][0]["evidence"]

    assert shown == [
        {
            "kind": "photo",
            "caption": "ภาพ",
            "url": "",
            "file": photo.derived.name,
            "sha256": photo.sha256,
            "width": 40,
            "height": 20,
            "pages": None,
            "added_on": "2021-03-31",
        },
        {
            "kind": "pdf",
            "caption": "คำสั่ง",
            "url": "",
            "file": paper.original.name,
            "sha256": paper.sha256,
            "width": None,
            "height": None,
            "pages": 2,
            "added_on": "2021-03-31",
        },
        {
            "kind": "link",
            "caption": "ประกาศ",
            "url": "https://example.go.th/1",
            "file": "",
            "sha256": "",
            "width": None,
            "height": None,
            "pages": None,
            "added_on": "2021-03-31",
        },
    ]


def test_assessment_and_findings_are_those_of_the_year_before(office):
    framework = Framework.objects.create(fiscal_year=2563)
    instrument = Instrument.objects.create(framework=framework, code="IIT")
    indicator = Indicator.objects.create(instrument=instrument, number=2, name="การใช้งบประมาณ")
    item = Item.objects.create(
        instrument=instrument, indicator=indicator, number=7, text="ทราบแผนการใช้จ่ายหรือไม่"
    )
    other = make_office()
    for one, year, total in (
        (office, 2563, "51.63"),
        (office, 2562, "11.11"),
        (other, 2563, "22.22"),
    ):
        result = AssessmentResult.objects.create(
            organisation=one.organisation, fiscal_year=year, total=total, level="E"
        )
        Score.objects.create(result=result, item=item, value="40.00")
        finding = Finding.objects.create(
            organisation=one.organisation,
            fiscal_year=year,
            number=1,
            indicator=indicator,
            severity="fix_at_once",
            analysis=f"วิเคราะห์ผลปี {year}",
            references="o11",
        )
        finding.items.add(item)

    content = content_of(office)

    assert (content["assessment"]["fiscal_year"], content["assessment"]["total"]) == (2563, "51.63")
    assert content["assessment"]["items"] == [
        {
            "code": "I7",
            "text": "ทราบแผนการใช้จ่ายหรือไม่",
            "score": "40.00",
            "instrument": "IIT",
            "indicator_number": 2,
            "indicator": "2. การใช้งบประมาณ",
        }
    ]
    assert content["findings"] == [
        {
            "number": 1,
            "severity": "fix_at_once",
            "severity_name": "ข้อบกพร่องที่ต้องแก้ไขโดยเร่งด่วน",
            "instrument": "IIT",
            "indicator_number": 2,
            "indicator": "2. การใช้งบประมาณ",
            "items": ["I7"],
            "analysis": "วิเคราะห์ผลปี 2563",
            "references": "o11",
        }
    ]


def test_nothing_of_another_office_or_round_or_year_is_said(office):
    secret = "ความลับของที่อื่น"
    other = make_office()
    twelve = make_round(office.organisation, months=12)
    for reporting_round, by in ((other.round, other.coordinator), (twelve, office.coordinator)):
        for entry in progress.entries_of(reporting_round):
            progress.record(entry, by=by, version=0, status="done", result=secret)
    other.measures[0].title = secret
    other.measures[0].save()

    assert secret not in canonical_json(content_of(office)).decode()


def test_content_is_plain_json(office):
    content = content_of(office)

    assert json.loads(canonical_json(content)) == content


@pytest.mark.parametrize(
    ("statuses", "percent"),
    [
        ([], 0),
        (["done"], 100),
        (["done", "not_started", "in_progress"], 33),
        (["done"] * 199 + ["in_progress"], 99),
    ],
)
def test_percentage_is_rounded_down_so_that_100_means_all(statuses, percent):
    assert progress_summary(statuses) == {
        "measures": len(statuses),
        "not_started": statuses.count("not_started"),
        "in_progress": statuses.count("in_progress"),
        "done": statuses.count("done"),
        "percent_done": percent,
    }


def test_paragraphs_are_lines_that_say_something():
    assert paragraphs("หนึ่ง\n\n  สอง \n\t\n") == ["หนึ่ง", "สอง"]
