"""The sheet of measures: out, in again, and what it refuses."""

import pytest
import tablib

from measures.models import DocumentState, Event, Measure, ResponsibilityKind
from measures.resources import MeasureResource
from tests.factories.locked import LOCKED_DOCUMENTS
from tests.factories.people import make_measure, make_office

HEADINGS = [
    "หน่วยงาน",
    "ปีงบประมาณ",
    "มาตรการที่",
    "มาตรการ",
    "ขั้นตอน",
    "ผู้รับผิดชอบ",
    "ระยะเวลาดำเนินการ",
    "การกำกับติดตาม",
]
NAMED = ["ตัวชี้วัดที่", "ข้อประเมิน", "ข้อบกพร่องที่แก้"]
DAYS = ["เริ่ม", "สิ้นสุด"]


def sheet(*rows, headings=HEADINGS) -> tablib.Dataset:
    return tablib.Dataset(*rows, headers=headings)


def row(office, number=9, **changes) -> list:
    cells = dict(
        zip(
            HEADINGS,
            [
                office.organisation.slug,
                2564,
                number,
                "มาตรการจากไฟล์",
                "ขั้นแรก\nขั้นหลัง",
                "กองคลัง\nทุกส่วนราชการ",
                "ตุลาคม 2563 - กันยายน 2564",
                "รายงานทุกไตรมาส",
            ],
            strict=True,
        )
    )
    return list((cells | changes).values())


def read(office, dataset, *, dry_run=False):
    resource = MeasureResource(user=office.coordinator)
    return resource.import_data(
        dataset, dry_run=dry_run, rollback_on_validation_errors=True, user=office.coordinator
    )


def errors_of(result) -> list[tuple[int, str]]:
    return [(number, str(error.error)) for number, found in result.row_errors() for error in found]


def test_exported_sheet_has_thai_headings_and_one_row_per_measure(office):
    exported = MeasureResource(user=office.coordinator).export(Measure.objects.order_by("number"))

    assert exported.headers == [*HEADINGS[:4], *NAMED, *HEADINGS[4:7], *DAYS, HEADINGS[7]]
    assert exported["มาตรการที่"] == [1, 2]
    assert exported["ผู้รับผิดชอบ"] == ["สำนักปลัด\nกองคลัง", "กองคลัง"]


def test_export_asks_the_same_number_of_questions_for_more_rows(office, django_assert_num_queries):
    rows = Measure.objects.filter(organisation=office.organisation)
    with django_assert_num_queries(10):
        MeasureResource(user=office.coordinator).export(rows.filter(number=1))

    make_measure(office.organisation, office.works, number=3)
    with django_assert_num_queries(10):
        MeasureResource(user=office.coordinator).export(rows.all())


def test_dry_run_shows_the_row_and_writes_nothing(office):
    before = (Measure.objects.count(), Event.objects.count())

    result = read(office, sheet(row(office)), dry_run=True)

    assert [found.import_type for found in result.rows] == ["new"]
    assert (Measure.objects.count(), Event.objects.count()) == before


def test_new_row_becomes_a_measure_with_its_parts(office):
    result = read(office, sheet(row(office)))

    assert errors_of(result) == []
    measure = Measure.objects.get(organisation=office.organisation, number=9)
    assert [step.text for step in measure.steps.all()] == ["ขั้นแรก", "ขั้นหลัง"]
    assert [(party.kind, party.division) for party in measure.responsibilities.all()] == [
        (ResponsibilityKind.DIVISION, office.finance),
        (ResponsibilityKind.EVERY_DIVISION, None),
    ]
    assert (str(measure.starts_on), str(measure.ends_on)) == ("2020-10-01", "2021-09-30")
    assert [event.verb for event in Event.objects.all()] == ["measure_saved"]


def test_reading_the_same_sheet_again_changes_nothing(office):
    read(office, sheet(row(office)))
    before = list(Event.objects.values_list("hash", flat=True))

    result = read(office, sheet(row(office)))

    assert [found.import_type for found in result.rows] == ["skip"]
    assert list(Event.objects.values_list("hash", flat=True)) == before


def test_exported_sheet_comes_back_without_a_change(office):
    office.measures[0].title = "=ข้อความที่ขึ้นต้นเหมือนสูตร"
    office.measures[0].save()
    exported = MeasureResource(user=office.coordinator).export(
        Measure.objects.filter(organisation=office.organisation)
    )

    result = read(office, exported)

    assert [found.import_type for found in result.rows] == ["skip", "skip"]
    assert "'=ข้อความที่ขึ้นต้นเหมือนสูตร" in exported["มาตรการ"]


def test_changed_title_leaves_the_parts_alone(office):
    measure = office.measures[0]
    steps = list(measure.steps.values_list("pk", flat=True))

    read(
        office,
        sheet(
            [office.organisation.slug, "๒๕๖๔", "๑", "ชื่อใหม่"],
            headings=HEADINGS[:4],
        ),
    )

    measure.refresh_from_db()
    assert (measure.title, list(measure.steps.values_list("pk", flat=True))) == ("ชื่อใหม่", steps)


def test_row_of_another_office_is_refused_and_nothing_of_the_sheet_is_written(office):
    neighbour = make_office()
    title = neighbour.measures[0].title

    result = read(office, sheet(row(office), row(neighbour, number=1)))

    assert errors_of(result) == [
        (3, f"หน่วยงาน: ไม่มีหน่วยงาน “{neighbour.organisation.slug}” ที่ท่านดูแล"),
    ]
    neighbour.measures[0].refresh_from_db()
    assert (neighbour.measures[0].title, Measure.objects.filter(number=9).exists()) == (
        title,
        False,
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ปีงบประมาณ": "ปีนี้"}, "ปีงบประมาณ: “ปีนี้” ไม่ใช่จำนวนเต็ม"),
        ({"มาตรการ": ""}, "โปรดกรอกมาตรการ"),
        (
            {"ผู้รับผิดชอบ": "กองอวกาศ"},
            "ผู้รับผิดชอบ: ไม่พบผู้รับผิดชอบ “กองอวกาศ” โปรดใช้ชื่อส่วนราชการ, ทุกส่วนราชการ "
            "หรือคณะกรรมการ… หรือแก้ให้ตรงกับ: กองช่าง, กองคลัง",
        ),
    ],
)
def test_bad_cell_is_named_in_thai_with_its_line(office, changes, message):
    result = read(office, sheet(row(office, **changes)))

    assert errors_of(result) == [(2, message)]
    assert not Measure.objects.filter(number=9).exists()


def test_sheet_without_the_headings_of_the_key_is_refused_once(office):
    result = read(office, sheet(["ชื่อ", "ขั้น"], headings=["มาตรการ", "ขั้นตอน"]))

    assert [str(error.error) for error in result.base_errors] == [
        "ไม่พบหัวตาราง: หน่วยงาน, ปีงบประมาณ, มาตรการที่"
    ]
    assert errors_of(result) == []


def test_responsible_parties_are_known_by_alias_sub_unit_post_and_committee(office):
    office.secretariat.aliases = "สำนักงานปลัด"
    office.secretariat.save()
    office.organisation.divisions.create(name="งานนิติการ", parent=office.secretariat)
    lines = ["สำนักงานปลัด", "สำนักปลัด (งานนิติการ)", "หัวหน้าสำนักปลัด", "คณะกรรมการจริยธรรม"]

    read(office, sheet(row(office, ผู้รับผิดชอบ="\n".join(lines))))

    parties = Measure.objects.get(number=9).responsibilities.all()
    assert [(party.kind, str(party)) for party in parties] == [
        ("division", lines[0]),
        ("sub_unit", lines[1]),
        ("post", lines[2]),
        ("committee", lines[3]),
    ]


def test_days_of_the_sheet_stand_and_empty_ones_are_read_from_the_period(office):
    read(
        office,
        sheet(
            [office.organisation.slug, 2564, 8, "มี", "ตุลาคม 2563 - มีนาคม 2564", "5 ตุลาคม 2563", ""],
            [office.organisation.slug, 2564, 9, "ไม่มี", "ตุลาคม 2563 - มีนาคม 2564", "ไม่กำหนด", ""],
            headings=[*HEADINGS[:4], "ระยะเวลาดำเนินการ", *DAYS],
        ),
    )

    days = Measure.objects.filter(number__in=[8, 9]).order_by("number")
    assert [(str(each.starts_on), str(each.ends_on)) for each in days] == [
        ("2020-10-05", "2021-03-31"),
        ("None", "2021-03-31"),
    ]


def test_steps_keep_their_rows_due_dates_and_line_breaks(office):
    first, second = office.measures[0].steps.all()
    cell = f"{second.text} (ภายใน ๓๑ มีนาคม ๒๕๖๔)\n    โดยประชุมทุกกอง\nขั้นใหม่"

    read(
        office,
        sheet(
            [office.organisation.slug, 2564, 1, cell],
            headings=[*HEADINGS[:3], "ขั้นตอน"],
        ),
    )

    steps = office.measures[0].steps.order_by("number")
    assert [(step.text, step.due_on) for step in steps] == [
        (f"{second.text} (ภายใน ๓๑ มีนาคม ๒๕๖๔)\nโดยประชุมทุกกอง", None),
        ("ขั้นใหม่", None),
    ]
    assert {step.pk for step in steps} == {first.pk, second.pk}


def test_day_at_the_end_of_a_step_is_its_due_date(office):
    read(
        office,
        sheet(
            [
                office.organisation.slug,
                2564,
                1,
                "ทบทวน (ภายใน ๓๑ มีนาคม ๒๕๖๔)\nติดตาม (ภายในสำนักงาน)",
            ],
            headings=[*HEADINGS[:3], "ขั้นตอน"],
        ),
    )

    steps = office.measures[0].steps.order_by("number")
    assert [(step.text, str(step.due_on)) for step in steps] == [
        ("ทบทวน", "2021-03-31"),
        ("ติดตาม (ภายในสำนักงาน)", "None"),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("กอง คลัง", ("division", "กองคลัง", None, "กอง คลัง")),
        ("คณะทำงาน ก {คณะกรรมการ: กองคลัง}", ("committee", "กองคลัง", None, "คณะทำงาน ก")),
        (
            "{ตำแหน่ง: กองคลัง | ตำแหน่ง หัวหน้าสำนักปลัด (สำนักปลัด)}",
            ("post", "กองคลัง", "หัวหน้าสำนักปลัด", ""),
        ),
        ("ทุกคนช่วยกัน {บุคลากรทุกคน}", ("all_staff", None, None, "ทุกคนช่วยกัน")),
    ],
)
def test_braces_say_who_is_meant_where_words_do_not(office, line, expected):
    result = read(office, sheet(row(office, ผู้รับผิดชอบ=line)))

    assert errors_of(result) == []
    [party] = Measure.objects.get(number=9).responsibilities.all()
    assert (
        party.kind,
        party.division and party.division.name,
        party.post and party.post.title,
        party.text,
    ) == expected


def test_finding_of_another_office_is_not_found(office):
    neighbour = make_office()
    neighbour.organisation.findings.create(fiscal_year=2563, number=5, analysis="ของเพื่อนบ้าน")

    result = read(
        office,
        sheet([office.organisation.slug, 2564, 1, "5"], headings=[*HEADINGS[:3], "ข้อบกพร่องที่แก้"]),
    )

    [(line, told)] = errors_of(result)
    assert line == 2
    assert told.startswith("ข้อบกพร่องที่แก้: ไม่พบประเด็นของปีงบประมาณ 2563 “5” โปรดนำ")
    assert not office.measures[0].findings.exists()


def test_locked_plan_refuses_the_row_with_the_sentence_of_its_lock(office):
    LOCKED_DOCUMENTS[DocumentState.IN_SIGNOFF](office)

    [(line, told)] = errors_of(read(office, sheet(row(office, number=1))))

    assert (line, told.split(" ")[0]) == (2, "เอกสารของรอบนี้มีสถานะ")
