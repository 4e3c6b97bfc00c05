"""The sheet of measures: out, in again, and what it refuses."""

import pytest
import tablib

from measures.models import Event, Measure, ResponsibilityKind
from measures.resources import MeasureResource
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

    assert exported.headers == HEADINGS
    assert exported["มาตรการที่"] == [1, 2]
    assert exported["ผู้รับผิดชอบ"] == ["สำนักปลัด\nกองคลัง", "กองคลัง"]


def test_export_asks_the_same_number_of_questions_for_more_rows(office, django_assert_num_queries):
    resource = MeasureResource(user=office.coordinator)
    rows = Measure.objects.filter(organisation=office.organisation).order_by("number")
    with django_assert_num_queries(5):
        resource.export(rows.filter(number=1))

    make_measure(office.organisation, office.works, number=3)
    with django_assert_num_queries(5):
        resource.export(rows.all())


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
        (3, f"ไม่มีหน่วยงาน “{neighbour.organisation.slug}” ที่ท่านดูแล"),
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
            "ไม่รู้จักผู้รับผิดชอบ “กองอวกาศ” โปรดใช้ชื่อส่วนราชการ "
            "(สำนักปลัด, กองคลัง, กองช่าง), ทุกส่วนราชการ หรือคณะกรรมการ…",
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
