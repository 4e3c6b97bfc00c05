"""The dry run: everything that would change and everything that is wrong, in one answer."""

import pytest

from measures.models import Event, Measure
from measures.resources import MeasureResource, previews
from measures.resources.outcomes import Change
from measures.resources.previews import Preview, Problem, dry_run, run
from measures.resources.sheet_files import read
from tests.factories.people import make_measure

HEADINGS = "หน่วยงาน,ปีงบประมาณ,มาตรการที่,มาตรการ"


def sheet(office, *rows: str, **narrowed):
    """Return the resource and the table of a csv; S stands for the office."""
    resource = MeasureResource(user=office.coordinator, office=office.organisation, **narrowed)
    text = "\n".join(
        [HEADINGS, *(row.replace("S,", f"{office.organisation.slug},") for row in rows)]
    )
    return resource, read(text.encode(), resource)


def test_added_changed_and_left_alone_are_told_apart_with_before_and_after(office):
    first, second = office.measures

    preview = dry_run(*sheet(office, "S,2564,9,ใหม่", "S,2564,1,ชื่อที่แก้", f"S,2564,2,{second.title}"))

    assert (preview.added, preview.changed, preview.left_alone) == (1, 1, 1)
    [new, changed] = preview.rows
    assert (new.line, new.is_new, new.changes[-1]) == (2, True, Change("มาตรการ", "", "ใหม่"))
    assert (changed.line, changed.is_new, changed.changes) == (
        3,
        False,
        (Change("มาตรการ", first.title, "ชื่อที่แก้"),),
    )


def test_dry_run_leaves_nothing_behind(office):
    before = (Measure.objects.count(), Event.objects.count())

    dry_run(*sheet(office, "S,2564,9,ใหม่"))

    assert (Measure.objects.count(), Event.objects.count()) == before


def test_every_bad_cell_of_every_row_is_named_at_once(office):
    preview = dry_run(*sheet(office, "S,ปีนี้,หก,ก", "S,2564,9,ข", "S,2564,9,ซ้ำ", "คนอื่น,2564,1,ค"))

    number = {"remedy": "จำนวนเต็ม เลขไทยหรือเลขอารบิก"}
    assert preview.problems[:2] == (
        Problem("“ปีนี้” ไม่ใช่จำนวนเต็ม", line=2, heading="ปีงบประมาณ", value="ปีนี้", **number),
        Problem("“หก” ไม่ใช่จำนวนเต็ม", line=2, heading="มาตรการที่", value="หก", **number),
    )
    assert [(problem.line, problem.heading) for problem in preview.problems[2:]] == [
        (4, ""),
        (5, "หน่วยงาน"),
    ]
    assert preview.problems[2].message.startswith("แถวนี้ซ้ำกับบรรทัดที่ 3")


def test_row_of_another_year_than_the_chosen_one_is_refused(office):
    preview = dry_run(*sheet(office, "S,2565,9,ใหม่", fiscal_year=2564))

    assert [(problem.heading, problem.message) for problem in preview.problems] == [
        ("ปีงบประมาณ", "หน้านี้รับเฉพาะปีงบประมาณ 2564")
    ]


def test_unknown_and_missing_columns_are_named(office):
    resource = MeasureResource(user=office.coordinator, office=office.organisation)
    text = f"{HEADINGS},หมายเหตุของเรา\n{office.organisation.slug},2564,9,ก,ข"

    [unknown, missing] = dry_run(resource, read(text.encode(), resource)).notices

    assert unknown == "ไม่ได้อ่านคอลัมน์ที่ไม่รู้จัก: หมายเหตุของเรา"
    assert missing.startswith("ไม่มีคอลัมน์ ")
    assert "การกำกับติดตาม" in missing


def test_headings_are_found_with_spaces_and_line_breaks_in_them_and_in_any_order(office):
    resource = MeasureResource(user=office.coordinator, office=office.organisation)
    headings = '"มาตรการ\nที่",หน่วย งาน,มาตรการ,ปีงบประมาณ'
    text = f"{headings}\n๙,{office.organisation.slug},ใหม่,๒๕๖๔"

    assert dry_run(resource, read(text.encode(), resource)).added == 1


@pytest.mark.parametrize("headings", [f"{HEADINGS},มาตรการ", f"{HEADINGS},มาตร การ"])
def test_heading_that_is_there_twice_is_refused(office, headings):
    resource = MeasureResource(user=office.coordinator, office=office.organisation)
    text = f"{headings}\n{office.organisation.slug},2564,9,ก,ข"

    [problem] = dry_run(resource, read(text.encode(), resource)).problems

    assert problem.message.startswith("มีหัวตารางซ้ำกัน: มาตรการ")


def test_run_stores_what_the_preview_showed(office):
    expected = dry_run(*sheet(office, "S,2564,9,ใหม่")).fingerprint

    done = run(*sheet(office, "S,2564,9,ใหม่"), expected=expected)

    assert (done.problems, done.added) == ((), 1)
    assert Measure.objects.get(organisation=office.organisation, number=9).title == "ใหม่"


def test_run_stores_nothing_where_the_answer_has_changed(office):
    rows = ("S,2564,8,อีกข้อ", "S,2564,9,ใหม่")
    expected = dry_run(*sheet(office, *rows)).fingerprint
    make_measure(office.organisation, office.works, number=9, title="มีผู้เพิ่มไว้ก่อน")

    done = run(*sheet(office, *rows), expected=expected)

    assert done.problems[0].message.startswith("ข้อมูลในระบบเปลี่ยนไปหลังจากแสดงตัวอย่าง")
    assert not Measure.objects.filter(organisation=office.organisation, number=8).exists()


def test_rows_and_problems_beyond_the_screen_are_counted(office, monkeypatch):
    monkeypatch.setattr(previews, "MOST_ROWS", 2)
    monkeypatch.setattr(previews, "MOST_PROBLEMS", 1)

    preview = dry_run(*sheet(office, "S,2564,7,ก", "S,2564,8,ข", "S,2564,9,ค"))
    refused = dry_run(*sheet(office, "S,ปีนี้,7,ก", "S,ปีนี้,8,ข"))

    assert (len(preview.rows), preview.added, preview.rows_not_shown) == (2, 3, 1)
    assert (refused.problems_in_all, refused.problems_not_shown) == (2, 1)


def test_preview_is_kept_as_plain_data(office):
    preview = dry_run(*sheet(office, "S,2564,9,ใหม่", "S,ปีนี้,1,ก"))

    assert Preview.from_json(preview.as_json()) == preview
