"""The sheet of progress: it fills in the entries that the plan asks for, and no others."""

import pytest
import tablib

from measures.domain.recording import progress, rounds
from measures.models import Event, ProgressEntry
from measures.resources import ProgressResource
from tests.factories.people import make_office

HEADINGS = [
    "หน่วยงาน",
    "ปีงบประมาณ",
    "รอบ (เดือน)",
    "มาตรการที่",
    "ส่วนราชการ",
    "สถานะการดำเนินการ",
    "หมายเหตุสถานะ",
    "ผลการดำเนินการ",
    "ผลลัพธ์/ความสำเร็จ",
    "ข้อเสนอแนะ",
]


def row(office, **changes) -> list:
    cells = dict(
        zip(
            HEADINGS,
            [
                office.organisation.slug,
                2564,
                6,
                1,
                "กองคลัง",
                "ดำเนินการเสร็จเรียบร้อยแล้ว",
                "",
                "- อบรมแล้ว\n- ติดตามแล้ว",
                "ครบทุกคน",
                "",
            ],
            strict=True,
        )
    )
    return list((cells | changes).values())


def read(office, *rows, dry_run=False):
    resource = ProgressResource(user=office.coordinator)
    return resource.import_data(
        tablib.Dataset(*rows, headers=HEADINGS),
        dry_run=dry_run,
        rollback_on_validation_errors=True,
    )


def errors_of(result) -> list[tuple[int, str]]:
    return [(number, str(error.error)) for number, found in result.row_errors() for error in found]


def test_row_is_recorded_by_the_verb(office):
    result = read(office, row(office))

    assert errors_of(result) == []
    entry = ProgressEntry.objects.get(measure=office.measures[0], division=office.finance)
    assert (entry.status, entry.result, entry.version, entry.updated_by) == (
        "done",
        "- อบรมแล้ว\n- ติดตามแล้ว",
        1,
        office.coordinator,
    )
    assert [event.verb for event in Event.objects.all()] == ["progress_recorded"]


def test_dry_run_writes_nothing_at_all(office):
    result = read(office, row(office), dry_run=True)

    assert [found.import_type for found in result.rows] == ["update"]
    assert (ProgressEntry.objects.count(), Event.objects.count()) == (0, 0)


def test_reading_the_same_sheet_again_changes_nothing(office):
    read(office, row(office))

    result = read(office, row(office))

    assert [found.import_type for found in result.rows] == ["skip"]
    assert Event.objects.count() == 1


def test_blank_entries_that_go_out_and_come_back_stay_unreported(office):
    progress.entries_of(office.round)
    exported = ProgressResource(user=office.coordinator).export(
        ProgressEntry.objects.order_by("measure__number", "division__order")
    )

    result = read(office, *exported)

    assert exported.headers == HEADINGS
    assert [found.import_type for found in result.rows] == ["skip"] * 3
    assert list(ProgressEntry.objects.written()) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ส่วนราชการ": "กองช่าง"}, "มาตรการที่ 1 ไม่มี “กองช่าง” เป็นผู้รายงานในรอบนี้"),
        ({"รอบ (เดือน)": 12}, "ยังไม่ได้เปิดรอบ 12 เดือน ปีงบประมาณ 2564"),
        (
            {"สถานะการดำเนินการ": "เกือบเสร็จ"},
            "ไม่รู้จักสถานะ “เกือบเสร็จ” โปรดใช้ ยังไม่ดำเนินการ, อยู่ระหว่างดำเนินการ, ดำเนินการเสร็จเรียบร้อยแล้ว",
        ),
    ],
)
def test_bad_cell_is_named_in_thai_with_its_line(office, changes, message):
    result = read(office, row(office), row(office, **changes))

    assert errors_of(result) == [(3, message)]
    assert list(ProgressEntry.objects.written()) == []


def test_row_of_another_office_is_refused(office):
    neighbour = make_office()
    progress.entries_of(neighbour.round)

    result = read(office, row(neighbour))

    assert errors_of(result) == [(2, f"ไม่มีหน่วยงาน “{neighbour.organisation.slug}” ที่ท่านดูแล")]
    assert list(ProgressEntry.objects.written()) == []


def test_closed_round_takes_no_row(office):
    rounds.close_round(office.round, by=office.coordinator)

    [(number, message)] = errors_of(read(office, row(office)))

    assert (number, message.split(" ")[0]) == (2, "ปิดรอบการรายงานแล้ว")
    assert list(ProgressEntry.objects.written()) == []
