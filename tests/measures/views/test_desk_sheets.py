"""The sheets at the desk: out, in with a preview, confirmed, given up; long ones by a worker."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measures.models import FileImport, ImportState, Measure
from measures.resources import SHEETS, sheet_imports
from tests.factories.people import make_administrator, make_measure, make_office
from tests.factories.sign_in import sign_in

pytestmark = pytest.mark.django_db

HEADINGS = "หน่วยงาน,ปีงบประมาณ,มาตรการที่,มาตรการ"


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def coordinator(client, office):
    sign_in(client, office.coordinator)
    return client


def csv_of(office, *rows: str) -> SimpleUploadedFile:
    slug = office.organisation.slug
    text = "\n".join([HEADINGS, *(f"{slug},{row}" for row in rows)])
    return SimpleUploadedFile("มาตรการ.csv", text.encode())


def upload(client, office, *rows: str, query: str = ""):
    address = reverse("desk:sheet_import_new", args=["measures"]) + query
    return client.post(address, {"file": csv_of(office, *rows)}, follow=True)


def confirm(client, page):
    found = page.context["file_import"]
    return client.post(
        reverse("desk:sheet_import_confirm", args=[found.pk]),
        {"seen": page.context["preview"].fingerprint},
        follow=True,
    )


def told(page) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def files_in(folder) -> list[Path]:
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def test_coordinator_sees_the_sheets_of_the_office_and_the_administrator_all(coordinator, client):
    own = [key for key, _title in coordinator.get(reverse("desk:sheets")).context["sheets"]]
    sign_in(client, make_administrator(""))
    all_of_them = [key for key, _title in client.get(reverse("desk:sheets")).context["sheets"]]

    assert own == [key for key, sheet in SHEETS.items() if not sheet.is_for_install]
    assert all_of_them == list(SHEETS)


def test_sheet_of_the_install_is_refused_to_the_coordinator(coordinator):
    keys = [key for key, sheet in SHEETS.items() if sheet.is_for_install]

    answers = {
        coordinator.get(reverse("desk:sheet_export", args=[key, "xlsx"])).status_code
        for key in keys
    }

    assert (bool(keys), answers) == (True, {403})


def test_downloaded_sheet_comes_back_and_changes_nothing(coordinator, office):
    make_office()
    address = reverse("desk:sheet_export", args=["measures", "xlsx"])
    answer = coordinator.get(address + "?fiscal_year=2564")

    page = coordinator.post(
        reverse("desk:sheet_import_new", args=["measures"]) + "?fiscal_year=2564",
        {"file": SimpleUploadedFile("มาตรการ.xlsx", answer.content)},
        follow=True,
    )

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert answer["Cache-Control"] == "private, no-store"
    assert book.active.max_row == 1 + len(office.measures)
    assert page.context["preview"].changes_nothing
    assert page.context["preview"].left_alone == 2


def test_preview_shows_before_and_after_and_stores_only_once_confirmed(coordinator, office):
    was = office.measures[0].title
    page = upload(coordinator, office, "2564,1,ชื่อใหม่", "2564,9,เพิ่ม")
    before = Measure.objects.get(pk=office.measures[0].pk).title

    done = confirm(coordinator, page)

    shown = page.content.decode()
    assert f"{was}</del>" in shown
    assert "ชื่อใหม่</ins>" in shown
    assert before == was
    assert told(done) == ["นำเข้าแล้ว"]
    assert Measure.objects.get(pk=office.measures[0].pk).title == "ชื่อใหม่"
    assert done.context["file_import"].report == {"added": 1, "changed": 1, "left_alone": 0}


def test_file_with_mistakes_is_answered_with_all_of_them_and_leaves_nothing(
    coordinator, office, settings
):
    page = upload(coordinator, office, "ปีนี้,1,ก", "2564,หก,ข")

    shown = page.content.decode()
    assert page.status_code == 422
    assert "“ปีนี้” ไม่ใช่จำนวนเต็ม" in shown
    assert "“หก” ไม่ใช่จำนวนเต็ม" in shown
    assert FileImport.objects.count() == 0
    assert files_in(settings.MEDIA_ROOT) == []


def test_wrong_form_is_named_on_the_answer(coordinator, office, settings):
    answer = coordinator.get(reverse("desk:sheet_export", args=["divisions", "xlsx"]))

    page = coordinator.post(
        reverse("desk:sheet_import_new", args=["measures"]),
        {"file": SimpleUploadedFile("x.xlsx", answer.content)},
    )

    assert page.status_code == 422
    assert "แต่หน้านี้รับ “มาตรการ”" in page.content.decode()
    assert (FileImport.objects.count(), files_in(settings.MEDIA_ROOT)) == (0, [])


def test_preview_is_shown_anew_where_the_data_has_moved_on(coordinator, office):
    page = upload(coordinator, office, "2564,9,จากไฟล์")
    make_measure(office.organisation, office.works, number=9, title="มีผู้เพิ่มไว้ก่อน")

    again = confirm(coordinator, page)
    done = confirm(coordinator, again)

    assert told(again)[0].startswith("ข้อมูลในระบบเปลี่ยนไปหลังจากแสดงตัวอย่าง")
    assert (page.context["preview"].added, again.context["preview"].changed) == (1, 1)
    assert told(done) == ["นำเข้าแล้ว"]


def test_second_confirmation_is_told_that_it_is_done(coordinator, office):
    page = upload(coordinator, office, "2564,9,จากไฟล์")
    confirm(coordinator, page)

    again = confirm(coordinator, page)

    assert told(again) == ["ไฟล์นี้ยืนยันนำเข้าไปแล้ว หากต้องแก้ไขโปรดแก้ที่ข้อมูล หรือนำเข้าไฟล์ใหม่"]


def test_discarded_import_leaves_neither_row_nor_file(
    coordinator, office, settings, django_capture_on_commit_callbacks
):
    page = upload(coordinator, office, "2564,9,จากไฟล์")
    kept = len(files_in(settings.MEDIA_ROOT))

    with django_capture_on_commit_callbacks(execute=True):
        address = reverse("desk:sheet_import_discard", args=[page.context["file_import"].pk])
        coordinator.post(address)

    assert kept == 1
    assert (FileImport.objects.count(), files_in(settings.MEDIA_ROOT)) == (0, [])


def test_import_of_another_office_is_not_found(coordinator, client, office):
    page = upload(coordinator, office, "2564,9,จากไฟล์")
    sign_in(client, make_office().coordinator)

    for name in ("sheet_import", "sheet_import_confirm", "sheet_import_discard"):
        method = client.get if name == "sheet_import" else client.post
        assert (
            method(reverse(f"desk:{name}", args=[page.context["file_import"].pk])).status_code
            == 404
        )


def long_file(settings) -> None:
    settings.IMPORT_ROWS_IN_BACKGROUND = 1


def test_long_file_is_read_and_stored_by_tasks(
    coordinator, office, settings, django_capture_on_commit_callbacks
):
    long_file(settings)
    with django_capture_on_commit_callbacks(execute=True):
        page = upload(coordinator, office, "2564,8,ก", "2564,9,ข")
    page = coordinator.get(page.request["PATH_INFO"])

    done = confirm(coordinator, page)

    found = done.context["file_import"]
    assert page.context["preview"].added == 2
    assert (found.state, found.rows_done, found.rows_total) == (ImportState.DONE, 2, 2)
    assert Measure.objects.filter(organisation=office.organisation, number__in=(8, 9)).count() == 2


def test_page_of_a_file_on_its_way_tells_how_far_it_is(coordinator, office, settings):
    long_file(settings)
    page = upload(coordinator, office, "2564,8,ก", "2564,9,ข")  # no commit: the task waits
    found = FileImport.objects.get()
    FileImport.objects.filter(pk=found.pk).update(rows_done=1)

    address = reverse("desk:sheet_import", args=[found.pk])
    part = coordinator.get(address, headers={"HX-Request": "true"})
    sheet_imports.read_in_background.func(found.pk)
    ended = coordinator.get(address, headers={"HX-Request": "true"})

    assert '<meta http-equiv="refresh"' in page.content.decode()
    assert "๑ จาก ๒ แถว" in part.content.decode()
    assert "HX-Refresh" not in part
    assert ended["HX-Refresh"] == "true"


def test_long_file_with_mistakes_ends_with_its_problems_and_without_its_file(
    coordinator, office, settings, django_capture_on_commit_callbacks
):
    long_file(settings)
    upload(coordinator, office, "2564,8,ก", "2564,หก,ข")
    found = FileImport.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        sheet_imports.read_in_background.func(found.pk)

    page = coordinator.get(reverse("desk:sheet_import", args=[found.pk]))
    assert page.context["file_import"].state == ImportState.FAILED
    assert "“หก” ไม่ใช่จำนวนเต็ม" in page.content.decode()
    assert files_in(settings.MEDIA_ROOT) == []


def test_task_that_breaks_stores_nothing_and_says_so(coordinator, office, settings):
    long_file(settings)
    upload(coordinator, office, "2564,8,ก", "2564,9,ข")
    found = FileImport.objects.get()
    Path(settings.MEDIA_ROOT, str(found.file.name)).unlink()

    with pytest.raises(FileNotFoundError):
        sheet_imports.read_in_background.func(found.pk)

    found.refresh_from_db()
    assert found.state == ImportState.FAILED
    assert found.problem.startswith("อ่านไฟล์ไม่สำเร็จ ยังไม่ได้นำเข้าข้อมูลใด")
    assert not Measure.objects.filter(number__in=(8, 9)).exists()


def test_list_asks_the_same_number_of_questions_for_more_imports(
    coordinator, office, django_assert_num_queries
):
    address = reverse("desk:sheets")
    upload(coordinator, office, "2564,9,ก")
    coordinator.get(address)
    with django_assert_num_queries(6):
        coordinator.get(address)

    for number in (10, 11):
        upload(coordinator, office, f"2564,{number},ก")
    with django_assert_num_queries(6):
        coordinator.get(address)
