"""Import with its dry run, and export, through the pages of the back office."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measures.admin.sheets import SheetsAdmin
from measures.domain import documents
from measures.models import Document, DocumentState, FileImport, Measure
from measures.resources import SHEETS, ProgressResource, sheet_imports
from measures.resources.workbooks import workbook_of
from tests.factories.people import make_measure, make_office

pytestmark = pytest.mark.django_db

IMPORT = "admin:measures_measure_import"
CONFIRM = "admin:measures_measure_process_import"
EXPORT = "admin:measures_measure_export"
XLSX, CSV = "0", "1"  # places in the list of formats


def csv_of(*rows: str) -> SimpleUploadedFile:
    lines = ["หน่วยงาน,ปีงบประมาณ,มาตรการที่,มาตรการ", *rows]
    return SimpleUploadedFile("measures.csv", "\n".join(lines).encode("utf-8-sig"))


def files_in(folder) -> list[str]:
    return [str(path) for path in Path(folder).rglob("*") if path.is_file()]


def upload(client, file):
    return client.post(reverse(IMPORT), {"import_file": file, "format": CSV, "resource": "0"})


def confirm(client, preview):
    return client.post(reverse(CONFIRM), preview.context["confirm_form"].initial, follow=True)


def test_preview_shows_the_change_and_confirming_writes_it(office, coordinator):
    slug = office.organisation.slug

    preview = upload(coordinator, csv_of(f"{slug},2564,9,มาตรการจากไฟล์"))
    before_confirming = Measure.objects.filter(number=9).count()
    done = confirm(coordinator, preview)

    assert [row.import_type for row in preview.context["result"].rows] == ["new"]
    assert before_confirming == 0
    assert Measure.objects.get(number=9).title == "มาตรการจากไฟล์"
    assert [str(message) for message in done.context["messages"]] == [
        "นำเข้าเสร็จแล้ว: เพิ่มใหม่ 1 แก้ไข 0 ลบ 0 ไม่เปลี่ยน 0 รายการ (มาตรการ)"
    ]


def test_preview_of_a_bad_file_names_the_line_and_offers_no_confirmation(office, coordinator):
    neighbour = make_office()

    preview = upload(
        coordinator,
        csv_of(
            f"{office.organisation.slug},2564,9,ของเรา",
            f"{neighbour.organisation.slug},2564,9,ของเพื่อนบ้าน",
        ),
    )

    assert "confirm_form" not in preview.context
    assert f"ไม่มีหน่วยงาน “{neighbour.organisation.slug}” ที่ท่านดูแล" in preview.content.decode()
    assert "Traceback" not in preview.content.decode()
    assert Measure.objects.filter(number=9).count() == 0


def test_nothing_is_written_where_the_plan_was_locked_after_the_preview(office, coordinator):
    slug = office.organisation.slug
    preview = upload(coordinator, csv_of(f"{slug},2565,1,ปีที่ยังเปิดอยู่", f"{slug},2564,9,ปีที่เสนอลงนาม"))
    document = documents.compile_report(office.round, by=office.coordinator)
    Document.objects.filter(pk=document.pk).update(state=DocumentState.APPROVED)

    refused = confirm(coordinator, preview)

    [message] = [str(message) for message in refused.context["messages"]]
    assert message.startswith("ไม่ได้นำเข้าข้อมูลใดเลย: บรรทัดที่ 3: เอกสารของรอบนี้มีสถานะ")
    assert Measure.objects.filter(organisation=office.organisation).count() == 2


def test_confirming_after_the_post_has_ended_is_refused(office, coordinator):
    preview = upload(coordinator, csv_of(f"{office.organisation.slug},2564,9,มาตรการ"))
    office.coordinator.holdings.update(ends_on="2020-10-01")

    assert confirm(coordinator, preview).status_code == 403
    assert Measure.objects.filter(number=9).count() == 0


def test_file_that_is_no_sheet_is_refused_in_thai(coordinator, settings):
    response = coordinator.post(
        reverse(IMPORT),
        {
            "import_file": SimpleUploadedFile("measures.xlsx", b"not a sheet"),
            "format": XLSX,
            "resource": "0",
        },
    )

    [message] = response.context["form"].errors["import_file"]
    assert message.startswith("ไม่พบหัวตาราง: หน่วยงาน, ปีงบประมาณ, มาตรการที่")
    assert files_in(settings.MEDIA_ROOT) == []


def test_form_of_another_sheet_is_named_and_leaves_no_file(office, coordinator, settings):
    progress = ProgressResource(user=office.coordinator)
    file = SimpleUploadedFile("x.xlsx", workbook_of(progress, progress.own_rows()))

    response = coordinator.post(
        reverse(IMPORT), {"import_file": file, "format": XLSX, "resource": "0"}
    )

    assert response.context["form"].errors["import_file"] == [
        "ไฟล์นี้เป็นแบบ “ผลการดำเนินการ” แต่หน้านี้รับ “มาตรการ” โปรดเลือกหน้าของแบบนั้น หรือเลือกไฟล์ใหม่"
    ]
    assert files_in(settings.MEDIA_ROOT) == []


def test_file_with_a_mistake_leaves_no_file(office, coordinator, settings):
    preview = upload(coordinator, csv_of(f"{office.organisation.slug},ปีนี้,9,มาตรการ"))

    assert "confirm_form" not in preview.context
    assert "ปีงบประมาณ: “ปีนี้” ไม่ใช่จำนวนเต็ม" in preview.content.decode()
    assert files_in(settings.MEDIA_ROOT) == []


def test_nothing_is_written_where_the_answer_is_not_the_one_that_was_shown(office, coordinator):
    preview = upload(coordinator, csv_of(f"{office.organisation.slug},2564,9,มาตรการจากไฟล์"))
    make_measure(office.organisation, office.works, number=9, title="มีผู้เพิ่มไว้ก่อน")

    refused = confirm(coordinator, preview)

    [message] = [str(message) for message in refused.context["messages"]]
    assert message.startswith("ไม่ได้นำเข้าข้อมูลใดเลย: ข้อมูลในระบบเปลี่ยนไปหลังจากแสดงตัวอย่าง")
    assert Measure.objects.get(organisation=office.organisation, number=9).title == "มีผู้เพิ่มไว้ก่อน"


def test_long_file_is_read_by_a_worker_and_confirmed_on_the_page_of_its_progress(
    office, coordinator, settings, django_capture_on_commit_callbacks
):
    settings.IMPORT_ROWS_IN_BACKGROUND = 1
    slug = office.organisation.slug

    with django_capture_on_commit_callbacks(execute=True):
        response = upload(coordinator, csv_of(f"{slug},2564,8,ก", f"{slug},2564,9,ข"))

    staged = FileImport.objects.get()
    assert response.url == reverse("desk:sheet_import", args=[staged.pk])
    assert (staged.organisation, staged.rows_total) == (office.organisation, 2)
    assert sheet_imports.preview_in(staged).added == 2
    assert not Measure.objects.filter(number=9).exists()
    assert len(files_in(settings.MEDIA_ROOT)) == 1


@pytest.mark.django_db(transaction=True)  # without workers, it is read once it is kept
def test_long_file_with_a_mistake_is_answered_with_its_line_and_leaves_nothing(
    office, coordinator, settings
):
    settings.IMPORT_ROWS_IN_BACKGROUND = 1
    slug = office.organisation.slug

    response = upload(coordinator, csv_of(f"{slug},2564,8,ก", f"{slug},2564,เก้า,ข"))

    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert told[1] == "บรรทัดที่ 3: มาตรการที่: “เก้า” ไม่ใช่จำนวนเต็ม"
    assert not FileImport.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == []


def test_exported_sheet_comes_back_through_the_import_without_a_change(office, coordinator):
    exported = coordinator.post(reverse(EXPORT), {"format": XLSX, "resource": "0"}).content

    preview = coordinator.post(
        reverse(IMPORT),
        {
            "import_file": SimpleUploadedFile("x.xlsx", exported),
            "format": XLSX,
            "resource": "0",
        },
    )

    assert [row.import_type for row in preview.context["result"].rows] == ["skip", "skip"]
    assert openpyxl.load_workbook(io.BytesIO(exported))["_form"].sheet_state == "hidden"


@pytest.mark.parametrize("format_place", [XLSX, CSV])
def test_export_holds_ones_own_measures_with_thai_headings(office, coordinator, format_place):
    make_office()
    office.measures[0].title = "=HYPERLINK(1)"
    office.measures[0].save()

    response = coordinator.post(reverse(EXPORT), {"format": format_place, "resource": "0"})

    if format_place == XLSX:
        rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
        assert [row[2:4] for row in rows] == [
            ("มาตรการที่", "มาตรการ"),
            (1, "'=HYPERLINK(1)"),
            (2, "เปิดเผยการจัดซื้อจัดจ้างให้ตรวจสอบได้"),
        ]
    else:
        assert response.content.startswith("\ufeffหน่วยงาน,ปีงบประมาณ,มาตรการที่".encode())


def test_export_follows_the_filters_of_the_list(office, coordinator):
    response = coordinator.post(reverse(EXPORT) + "?q=" + "จัดซื้อ", {"format": XLSX, "resource": "0"})

    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
    assert [row[2] for row in rows] == ["มาตรการที่", 2]


def test_every_sheet_of_the_desk_is_at_the_back_office_too():
    pages = [page for page in admin.site._registry.values() if isinstance(page, SheetsAdmin)]

    assert sorted(page.resource_classes[0].key for page in pages) == sorted(SHEETS)
