"""Round kits at the desk: out with one press, back in cell by cell."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measures.domain.importing import kit_imports, uploads
from measures.domain.planning.measures import delete_measure
from measures.domain.recording import progress, rounds
from measures.domain.recording.kits import make_kit
from measures.models import Event, FileImport, ImportState, ProgressEntry, RoundKit
from tests.factories.people import make_measure
from tests.factories.round_kits import filled, kit_of, returned

pytestmark = pytest.mark.django_db


def page(office, name="round_kits"):
    return reverse(f"desk:{name}", args=[office.round.pk])


def import_page(found, name="kit_import"):
    return reverse(f"desk:{name}", args=[found.pk])


def entry(office, number=1):
    return ProgressEntry.objects.get(
        round=office.round, division=office.finance, measure__number=number
    )


def say(office, number=1, **texts):
    stored = entry(office, number)
    progress.record(
        stored, by=office.coordinator, version=stored.version, status="in_progress", **texts
    )


def upload(client, office, data, name="กลับมา.xlsx", **more):
    return client.post(page(office, "kit_return"), {"file": SimpleUploadedFile(name, data), **more})


# Out ---------------------------------------------------------------------------------------------


def test_one_press_makes_the_kit_of_a_division_and_hands_it_out(office, as_person):
    client = as_person(office.finance_staff)

    listed = client.post(page(office), {"division": office.finance.pk}, follow=True)

    kit = RoundKit.objects.get()
    assert (kit.division, kit.made_by) == (office.finance, office.finance_staff)
    # The list that now names the kit starts the file by itself: its buttons work again.
    address = reverse("desk:round_kit", args=[kit.pk])
    assert f'<meta http-equiv="refresh" content="0; url={address}">' in listed.content.decode()
    response = client.get(address)
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response.content.startswith(b"PK")


def test_one_press_hands_out_the_kits_of_all_divisions(office, as_person):
    client = as_person(office.coordinator)

    listed = client.post(page(office), {"division": "all"}, follow=True)

    assert listed.context["file_address"] == page(office, "round_kits_zip")
    response = client.get(listed.context["file_address"])
    with zipfile.ZipFile(io.BytesIO(response.content)) as package:
        assert package.namelist() == [
            "ชุดรายงาน สำนักปลัด 2564 รอบ 6 เดือน.xlsx",
            "ชุดรายงาน กองคลัง 2564 รอบ 6 เดือน.xlsx",
        ]


def test_staff_are_offered_their_own_division_alone(office, as_person):
    lines = as_person(office.staff).get(page(office)).context["divisions"]

    assert [(line["division"].name, line["is_own"]) for line in lines] == [
        ("สำนักปลัด", True),
        ("กองคลัง", False),
    ]


@pytest.mark.parametrize("division", ["", "x", "987654321"])
def test_division_that_is_not_there_is_not_found(office, as_person, division):
    response = as_person(office.coordinator).post(page(office), {"division": division})

    assert response.status_code == 404
    assert not RoundKit.objects.exists()


def test_zip_before_any_kit_was_made_says_so(office, as_person):
    response = as_person(office.coordinator).get(page(office, "round_kits_zip"), follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "ยังไม่ได้จัดทำชุดรายงานของรอบนี้"
    ]


@pytest.mark.parametrize("measures", [1, 3])
def test_the_number_of_queries_does_not_grow_with_plan_and_kits(
    office, as_person, measures, django_assert_num_queries
):
    if measures == 1:
        delete_measure(office.measures[1], by=office.coordinator)
    else:
        make_measure(office.organisation, office.secretariat, office.finance, number=3)
    client = as_person(office.coordinator)
    for _ in range(measures):
        client.post(page(office), {"division": "all"})
    client.get(page(office))

    with django_assert_num_queries(15):
        client.get(page(office))


# Back --------------------------------------------------------------------------------------------


def test_returned_kit_is_shown_cell_by_cell_before_anything_is_stored(office, as_person):
    kit = kit_of(office)
    say(office, 2, result="ในระบบ")
    client = as_person(office.finance_staff)

    response = upload(client, office, filled(kit, {(1, "result"): "ในไฟล์", (2, "result"): "อีกแบบ"}))

    found = FileImport.objects.get()
    assert response["Location"] == import_page(found)
    shown = client.get(import_page(found))
    assert [
        (each.cell.field.name, each.cell.outcome, each.ours(), each.theirs())
        for line in shown.context["form"].rows()
        for each in line.cells
    ] == [("result", "taken", "", "ในไฟล์"), ("result", "conflict", "ในระบบ", "อีกแบบ")]
    assert (entry(office).result, entry(office, 2).result) == ("", "ในระบบ")


def test_confirming_records_and_keeps_the_file(office, as_person):
    found = returned(office, {(1, "result"): "ในไฟล์"}, by=office.finance_staff)

    response = as_person(office.finance_staff).post(
        import_page(found), {"version-1": "0"}, follow=True
    )

    found.refresh_from_db()
    assert entry(office).result == "ในไฟล์"
    assert (found.state, found.report["changed"]) == (ImportState.DONE, {"1": ["result"]})
    assert default_storage.exists(found.file.name)
    assert [str(message) for message in response.context["messages"]] == [
        "บันทึกจากไฟล์แล้ว ๑ ช่อง ใน ๑ มาตรการ"
    ]
    (line,) = [line for line in response.context["divisions"] if line["division"] == office.finance]
    assert line["returned_at"] == found.confirmed_at
    assert (
        "รวมเข้าระบบแล้วเมื่อ"
        in as_person(office.finance_staff).get(import_page(found)).content.decode()
    )


def test_conflict_has_to_be_decided_and_what_was_typed_stays(office, as_person):
    found = returned(office, {(1, "result"): "ในไฟล์", (2, "result"): "ไฟล์สอง"})
    say(office, 1, result="ในระบบ")
    say(office, 2, result="ระบบสอง")
    client = as_person(office.coordinator)
    typed = {
        "version-1": "1",
        "version-2": "1",
        "side-1-result": "typed",
        "text-1-result": "ที่พิมพ์เอง",
    }

    refused = client.post(import_page(found), typed)

    assert refused.status_code == 422
    assert "ที่พิมพ์เอง" in refused.content.decode()
    assert refused.context["form"].errors["side-2-result"] == ["โปรดเลือกข้อความที่จะใช้ในช่องนี้"]
    assert entry(office).result == "ในระบบ"

    client.post(import_page(found), typed | {"side-2-result": "ours"})

    assert (entry(office).result, entry(office, 2).result) == ("ที่พิมพ์เอง", "ระบบสอง")


def test_what_was_saved_meanwhile_is_shown_before_it_can_be_overwritten(office, as_person):
    found = returned(office, {(1, "result"): "ในไฟล์"})
    say(office, result="ที่เห็น")
    say(office, result="ใหม่กว่า")
    client = as_person(office.coordinator)
    decided = {"version-1": "1", "side-1-result": "theirs"}

    refused = client.post(import_page(found), decided)

    assert refused.status_code == 422
    assert "ใหม่กว่า" in refused.content.decode()
    assert refused.context["form"]["version-1"].value() == "2"
    assert entry(office).result == "ใหม่กว่า"

    client.post(import_page(found), decided | {"version-1": "2"})
    assert entry(office).result == "ในไฟล์"


def test_closed_round_is_told_and_nothing_is_stored(office, as_person):
    found = returned(office, {(1, "result"): "ในไฟล์"})
    rounds.close_round(office.round, by=office.coordinator)

    response = as_person(office.coordinator).post(import_page(found), {"version-1": "0"})

    assert response.status_code == 422
    assert "ปิด" in response.content.decode()
    assert (entry(office).result, FileImport.objects.unconfirmed().count()) == ("", 1)


def test_same_file_twice_changes_nothing(office, as_person):
    kit = kit_of(office)
    data = filled(kit, {(1, "result"): "ในไฟล์"})
    client = as_person(office.coordinator)
    upload(client, office, data)
    client.post(import_page(FileImport.objects.get()), {"version-1": "0"}, follow=True)
    version = entry(office).version

    upload(client, office, data)
    again = FileImport.objects.unconfirmed().get()
    response = client.post(import_page(again), {"version-1": str(version)}, follow=True)

    assert entry(office).version == version
    assert Event.objects.filter(verb="kit_merged").count() == 1
    assert [str(message) for message in response.context["messages"]] == [
        "ข้อความในไฟล์ตรงกับในระบบแล้ว ไม่มีสิ่งใดเปลี่ยน"
    ]


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"a,b\n1,2\n", b""])
def test_file_that_is_no_kit_is_refused_and_leaves_nothing_behind(office, as_person, data):
    response = upload(as_person(office.coordinator), office, data)

    assert response.status_code == 422
    assert "file" in response.context["form"].errors
    assert not FileImport.objects.exists()


def test_kit_uploaded_as_a_plan_is_taken_for_the_kit_it_is(office, as_person):
    client = as_person(office.coordinator)
    data = filled(kit_of(office), {(1, "result"): "พิมพ์จากที่บ้าน"})

    shown = client.post(
        reverse("desk:plan_import_new"), {"file": SimpleUploadedFile("แผน.xlsx", data)}, follow=True
    )

    found = FileImport.objects.get()
    assert shown.redirect_chain == [(import_page(found), 302)]
    assert "พิมพ์จากที่บ้าน" in shown.content.decode()


def test_staff_cannot_return_the_kit_of_another_division(office, as_person):
    kit = kit_of(office)

    response = upload(as_person(office.staff), office, filled(kit, {(1, "result"): "ปลอม"}))

    assert response.status_code == 422
    assert "รายการนี้เป็นของกองคลัง เฉพาะเจ้าหน้าที่" in str(response.context["form"].errors["file"])
    assert not FileImport.objects.exists()


def test_csv_is_taken_once_the_division_is_chosen(office, as_person):
    kit_of(office)
    data = "ที่,ผลการดำเนินการ\n๑,จากแอปสนทนา\n".encode()  # typed anew, without codes
    client = as_person(office.finance_staff)

    assert upload(client, office, data, "kit.csv").status_code == 422
    upload(client, office, data, "kit.csv", division=office.finance.pk)

    assert kit_imports.cells_of(FileImport.objects.get()) == {1: {"result": "จากแอปสนทนา"}}


def test_several_files_are_read_each_by_itself(office, as_person):
    finance = kit_of(office)
    secretariat = make_kit(office.round, office.secretariat, by=office.coordinator)
    files = [
        SimpleUploadedFile("คลัง.xlsx", filled(finance, {(1, "result"): "ของคลัง"})),
        SimpleUploadedFile("เสีย.xlsx", b"PK"),
        SimpleUploadedFile("ปลัด (1).xlsx", filled(secretariat, {(1, "result"): "ของปลัด"})),
    ]

    response = as_person(office.coordinator).post(
        reverse("desk:kits"), {"file": files}, follow=True
    )

    assert [each.file_name for each in response.context["waiting"]] == ["ปลัด (1).xlsx", "คลัง.xlsx"]
    told = [str(message) for message in response.context["messages"]]
    assert told[0].startswith("เสีย.xlsx: ")
    assert told[1].startswith("อ่านได้ ๒ ชุด")


def test_rows_of_another_division_wait_for_the_coordinator_and_not_for_staff(office, as_person):
    own = make_kit(office.round, office.secretariat, by=office.coordinator)
    other = kit_of(office)
    book = openpyxl.load_workbook(io.BytesIO(filled(own, {(1, "result"): "ของตน"})))
    pasted = openpyxl.load_workbook(io.BytesIO(filled(other, {(2, "result"): "ของคลัง"})))
    book.worksheets[0].append([cell.value for cell in pasted.worksheets[0][5]])
    buffer = io.BytesIO()
    book.save(buffer)

    upload(as_person(office.staff), office, buffer.getvalue())

    found = FileImport.objects.get()
    assert kit_imports.kit_of(found) == own
    assert found.draft["remarks"][-1].startswith("ไม่ได้อ่านแถวของกองคลัง: รายการนี้เป็นของกองคลัง")

    upload(as_person(office.coordinator), office, buffer.getvalue())

    waiting = FileImport.objects.exclude(pk=found.pk)
    assert {kit_imports.kit_of(each) for each in waiting} == {own, other}


def test_kit_of_any_round_is_taken_at_the_common_page(office, as_person):
    kit = kit_of(office)
    client = as_person(office.finance_staff)

    response = client.post(
        reverse("desk:kits"),
        {"file": SimpleUploadedFile("อะไรก็ได้.xlsx", filled(kit, {(1, "result"): "ในไฟล์"}))},
    )

    assert response["Location"] == import_page(FileImport.objects.get())
    listed = as_person(office.coordinator).get(reverse("desk:imports")).content.decode()
    assert f'href="{reverse("desk:kits")}"' in listed


def test_second_of_two_people_is_told_that_the_file_was_confirmed(office, as_person):
    found = returned(office, {(1, "result"): "ในไฟล์"}, by=office.finance_staff)
    as_person(office.finance_staff).post(import_page(found), {"version-1": "0"})

    response = as_person(office.coordinator).post(
        import_page(found), {"version-1": "0"}, follow=True
    )

    assert "ไฟล์นี้ยืนยันนำเข้าไปแล้ว" in response.content.decode()
    assert Event.objects.filter(verb="kit_merged").count() == 1


def test_settled_text_is_not_asked_again_and_can_be_taken_after_all(office, as_person):
    found = returned(office, {(1, "result"): "ในไฟล์"})
    say(office, result="ในระบบ")
    client = as_person(office.coordinator)
    client.post(import_page(found), {"version-1": "1", "side-1-result": "ours"})

    upload(client, office, uploads.data_of(found))
    again = FileImport.objects.unconfirmed().get()

    shown = client.get(import_page(again))
    assert shown.context["merge"].changes_nothing()
    assert "เคยตัดสินแล้ว คงของในระบบ" in shown.content.decode()
    client.post(import_page(again), {"version-1": "1", "side-1-result": "theirs"})
    assert entry(office).result == "ในไฟล์"


def test_giving_up_deletes_the_file_and_changes_nothing(
    office, as_person, django_capture_on_commit_callbacks
):
    found = returned(office, {(1, "result"): "ในไฟล์"}, by=office.finance_staff)
    path = found.file.name

    with django_capture_on_commit_callbacks(execute=True):
        as_person(office.finance_staff).post(import_page(found, "kit_import_discard"))

    assert not FileImport.objects.exists()
    assert not default_storage.exists(path)
    assert entry(office).result == ""


def test_file_of_one_division_is_no_business_of_another(office, as_person):
    found = returned(office, {(1, "result"): "ในไฟล์"}, by=office.finance_staff)

    response = as_person(office.staff).post(import_page(found), {"version-1": "0"})

    assert response.status_code == 403
    assert entry(office).result == ""


def test_the_round_leads_to_its_kits(office, as_person):
    response = as_person(office.staff).get(reverse("desk:round", args=[office.round.pk]))

    assert f'href="{page(office)}"' in response.content.decode()
