"""The pages of imports: the list, the upload, the preview beside the file, and what was stored."""

import datetime
import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from measures.domain.importing import plan_imports
from measures.domain.importing.plan_drafts import CellFate, DraftWarning
from measures.domain.importing.staged_plans import StagedPlan
from measures.models import Evidence, FileImport, Measure, ProgressEntry, ReportingRound
from tests.factories.locked import LOCKED_DOCUMENTS
from tests.factories.people import make_measure
from tests.factories.pictures import pdf
from tests.factories.plan_imports import (
    YEAR,
    draft_measure,
    make_framework,
    make_staged,
    plan_draft,
    word_file,
)
from tests.measures.views.roles import everything_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, as_person) -> Client:
    """The coordinator's browser."""
    return as_person(office.coordinator)


def page(client: Client, made: FileImport) -> str:
    response = client.get(reverse("desk:plan_import", args=[made.pk]))
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, name: str, *arguments: int, **typed: object) -> HttpResponse:
    return client.post(reverse(f"desk:{name}", args=arguments), typed)


def upload(client: Client, data: bytes, name: str = "แผน.docx", year: str = "") -> HttpResponse:
    file = SimpleUploadedFile(name, data)
    return post(client, "plan_import_new", file=file, fiscal_year=year)


def titles(office) -> list[str]:
    own = Measure.objects.of_organisation(office.organisation).of_year(YEAR)
    return [measure.title for measure in own.order_by("number")]


# Upload and list ---------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ["", "๒๕๖๘", "2568"])
def test_an_uploaded_file_waits_with_its_preview_and_nothing_else_is_stored(office, client, year):
    response = upload(client, word_file(), year=year)

    made = FileImport.objects.get()
    assert response["Location"] == reverse("desk:plan_import", args=[made.pk])
    assert (made.fiscal_year, made.file_name, made.state) == (YEAR, "แผน.docx", "ready")
    assert titles(office) == []
    text = page(client, made)
    assert "ให้ความรู้เรื่องสมมติ" in text
    assert "จะเพิ่มเป็นมาตรการใหม่" in text


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (pdf(), "แผน.pdf", "PDF"),
        ("ชื่อ,โทรศัพท์\nสมมติ,0\n".encode(), "อื่น.csv", "มาตรการ"),
        (b"PK\x03\x04 broken", "แผน.docx", "โปรด"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(office, client, data, name, words):
    before = everything_stored()

    response = upload(client, data, name, year="2568")

    assert response.status_code == 422
    assert words in response.content.decode()
    assert 'value="2568"' in response.content.decode()
    assert everything_stored() == before
    assert not default_storage.exists("imports")


def test_a_file_without_a_year_asks_for_it(client):
    data = "มาตรการ,ขั้นตอน\n1. สมมติ,ชี้แจง\n".encode()

    asked = upload(client, data, "แผน.csv")
    answered = upload(client, data, "แผน.csv", year="2568")

    assert "โปรดกรอกปีงบประมาณ" in asked.content.decode()
    assert (asked.status_code, answered.status_code) == (422, 302)
    assert FileImport.objects.get().fiscal_year == 2568


def test_the_list_has_the_offices_imports_and_asks_as_often_for_three_as_for_one(
    office, client, django_assert_num_queries
):
    address = reverse("desk:imports")
    other = make_staged(office)
    FileImport.objects.filter(pk=other.pk).update(
        organisation=office.outsider.holdings.get().post.organisation, file_name="ของคนอื่น.docx"
    )
    for count in (1, 2):
        for _again in range(count):
            make_staged(office)
        client.get(address)
        with django_assert_num_queries(7):
            response = client.get(address)

    text = response.content.decode()
    assert text.count(">แผน.docx</a>") == 3
    assert "ของคนอื่น.docx" not in text


def test_the_file_comes_back_as_it_was_and_to_nobody_else(office, client, as_person):
    made = make_staged(office)
    address = reverse("desk:import_file", args=[made.pk])

    response = client.get(address)

    assert response.getvalue()[:4] == b"PK\x03\x04"
    assert "attachment" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, max-age=3600"
    assert as_person(office.staff).get(address).status_code == 403
    assert as_person(office.outsider).get(address).status_code == 404


def test_giving_up_deletes_the_row_and_its_file(office, client, django_capture_on_commit_callbacks):
    made = make_staged(office)
    path = made.file.name
    assert default_storage.exists(path)

    with django_capture_on_commit_callbacks(execute=True):
        response = post(client, "import_discard", made.pk)

    assert response["Location"] == reverse("desk:imports")
    assert not FileImport.objects.exists()
    assert not default_storage.exists(path)


# The preview -------------------------------------------------------------------------------------


def test_every_cell_says_in_words_what_became_of_it(office, client):
    plan = plan_draft()
    plan.fates += [
        CellFate("ตารางที่ 1 แถวที่ 1 คอลัมน์ที่ 1", "มาตรการ", "heading", table=1),
        CellFate(
            "ตารางที่ 1 แถวที่ 4 คอลัมน์ที่ 2",
            "และสรุปผล",
            "continued",
            table=1,
            row=3,
            column=1,
            measure=2,
            field="steps",
        ),
        CellFate("ตารางที่ 1 แถวที่ 5 คอลัมน์ที่ 1", "® ©", "quarantined", table=1, row=4),
        CellFate("ย่อหน้าที่ 1", "ผู้รับรองข้อมูล", "left_out", row=9),
    ]

    text = page(client, make_staged(office, plan))

    for words in ("หัวตาราง", "ต่อจากแถวก่อน", "เศษข้อความจากภาพ ไม่นำเข้า", "ไม่ใช่ส่วนของแผน"):
        assert words in text
    assert re.search(r'ต่อจากแถวก่อน → <a href="#measure-2">ลำดับที่ ๒</a> ขั้นตอน', text)


def test_a_warning_stands_at_its_field_and_its_proposal_is_taken_in_one_press(office, client):
    warnings = [
        DraftWarning("แถวที่ 2", "ปีผิด", "๒๕๖๗", measure=1, field="period", proposal="๒๕๖๖"),
        DraftWarning("แถวที่ 2", "คำแยก", "ชี้ แจง", measure=1, field="steps", proposal="ชี้แจง"),
    ]
    first = draft_measure(1, steps=["ชี้ แจงในที่ประชุม"])
    made = make_staged(office, plan_draft(first, warnings=warnings))
    assert page(client, made).count("ควรตรวจ") == 2

    response = post(client, "plan_import_change", made.pk, act="proposal-1", version=0, back="x-1")

    assert response["Location"].endswith("#x-1")
    made.refresh_from_db()
    plan = StagedPlan.of(made).plan
    assert plan.measures[0].steps == ["ชี้แจงในที่ประชุม"]
    assert [warning.message for warning in plan.warnings] == ["ปีผิด"]


def test_every_value_can_be_corrected_and_lists_are_one_a_line(office, client):
    made = make_staged(office)
    typed = {
        "version": 0,
        "number": "๕",
        "title": "ชื่อใหม่",
        "items": "i7, e2",
        "steps": "หนึ่ง\r\n\r\nสอง",
        "responsible": "กองช่าง",
        "period": "ไตรมาสที่ ๒",
        "monitoring": "",
        "status": "done",
        "results": "ทำแล้ว",
    }

    response = post(client, "plan_import_measure", made.pk, 1, **typed)

    assert response.status_code == 302
    made.refresh_from_db()
    measure = StagedPlan.of(made).plan.measures[0]
    assert (measure.number, measure.title, measure.items) == (5, "ชื่อใหม่", ["I7", "E2"])
    assert (measure.steps, measure.responsible) == (["หนึ่ง", "สอง"], ["กองช่าง"])
    assert (measure.period.start, measure.period.end) == ("2025-01-01", "2025-03-31")
    assert (measure.monitoring, measure.status, measure.results) == ("", "done", ["ทำแล้ว"])
    assert Measure.objects.of_organisation(office.organisation).of_year(YEAR).count() == 0


def test_saving_what_stands_there_changes_nothing(office, client):
    warning = DraftWarning("แถวที่ 2", "สองบรรทัด", "", measure=1, field="steps")
    first = draft_measure(1, steps=["บรรทัดหนึ่ง\nบรรทัดสอง", "สาม"], items=["I7"])
    made = make_staged(office, plan_draft(first, warnings=[warning]))
    response = client.get(reverse("desk:plan_import", args=[made.pk]))
    form = response.context["cards"][0].form
    typed = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    typed = {name: str(value).replace("\n", "\r\n") for name, value in typed.items()}

    post(client, "plan_import_measure", made.pk, 1, **typed)

    before = StagedPlan.of(made).plan
    made.refresh_from_db()
    assert (StagedPlan.of(made).plan, made.version) == (before, 1)


def test_what_cannot_be_read_and_what_is_out_of_date_stays_typed(office, client):
    made = make_staged(office)

    wrong = post(client, "plan_import_measure", made.pk, 1, version=0, number="ห้า", title="พิมพ์ไว้")
    late = post(client, "plan_import_measure", made.pk, 1, version=9, number="5", title="พิมพ์ไว้")

    for response, status in ((wrong, 422), (late, 409)):
        text = response.content.decode()
        assert response.status_code == status
        assert "พิมพ์ไว้" in text
        assert "<details open><summary>แก้ไขลำดับที่ ๑" in text
    assert "มีผู้อื่นแก้ไขตัวอย่างนี้ก่อนท่าน" in late.content.decode()
    made.refresh_from_db()
    assert made.version == 0


def test_what_was_typed_into_a_lost_session_is_there_after_signing_in(office, client, as_person):
    made = make_staged(office)
    address = reverse("desk:plan_import", args=[made.pk])
    stranger = Client()
    typed = {"version": "0", "place": "2", "number": "2", "title": "พิมพ์ไว้ก่อนหลุด"}
    stranger.post(
        reverse("desk:plan_import_measure", args=[made.pk, 2]),
        typed,
        headers={"Referer": f"http://testserver{address}"},
    )
    kept = stranger.session["kept_texts"]
    session = client.session
    session["kept_texts"] = kept
    session.save()

    assert "พิมพ์ไว้ก่อนหลุด" in page(client, made)


def test_rows_are_joined_added_moved_and_left_out_by_buttons(office, client):
    plan = plan_draft(
        draft_measure(1, steps=["หนึ่ง"]),
        draft_measure(2, steps=["สอง", "ของแรก"], responsible=["กองคลัง"]),
        draft_measure(3, steps=["สาม"]),
    )
    plan.fates.append(
        CellFate("แถวที่ 4", "๒) ของแรก", "continued", table=1, row=9, measure=2, field="steps")
    )
    made = make_staged(office, plan)

    for act, more in (
        (f"move-{len(plan.fates) - 1}", {"to": 1}),
        ("join-3", {}),
        ("add-1", {}),
        ("leave-2", {}),
    ):
        made.refresh_from_db()
        post(client, "plan_import_change", made.pk, act=act, version=made.version, **more)

    made.refresh_from_db()
    measures = StagedPlan.of(made).plan.measures
    assert [measure.steps for measure in measures] == [["หนึ่ง", "ของแรก"], [], ["สอง", "สาม"]]
    assert [measure.number for measure in measures] == [1, 3, 2]
    assert [measure.is_left_out for measure in measures] == [False, True, False]
    assert measures[2].responsible == ["กองคลัง", "สำนักปลัด"]
    # What names a measure by its place follows it.
    assert [fate.measure for fate in StagedPlan.of(made).plan.fates] == [1, 3, 3, 1]


@pytest.mark.parametrize("act", ["", "join", "join-x", "join-1-2", "explode-1"])
def test_a_button_that_is_not_there_is_not_found(office, client, act):
    made = make_staged(office)

    assert post(client, "plan_import_change", made.pk, act=act, version=0).status_code == 404


def test_another_year_in_one_press_reads_the_periods_anew(office, client):
    warning = DraftWarning("ย่อหน้าที่ 1", "ไฟล์เป็นของปีอื่น", "2567", field="fiscal_year")
    first = draft_measure(1)
    first.period.text = "ไตรมาสที่ ๑"
    made = make_staged(office, plan_draft(first, warnings=[warning]))
    assert "ใช้ปีงบประมาณ พ.ศ. ๒๕๖๗" in page(client, made)

    post(client, "plan_import_change", made.pk, act="year-2567", version=0)

    made.refresh_from_db()
    staged = StagedPlan.of(made)
    assert staged.choices.fiscal_year == 2567
    assert staged.plan.measures[0].period.start == "2023-10-01"
    assert "ไฟล์เป็นของปีอื่น" not in page(client, made)


# Confirming --------------------------------------------------------------------------------------

CHOICES = {"version": 0, "fiscal_year": str(YEAR), "round": "0", "status": ""}


def test_choices_are_kept_without_storing_and_stored_with_the_second_button(office, client):
    plan = plan_draft(draft_measure(1, responsible=["กองอวกาศ"], results=["ทำแล้ว"]))
    made = make_staged(office, plan)
    assert "กองอวกาศ" in page(client, made)
    typed = CHOICES | {
        "name-0": f"division-{office.works.pk}",
        "remember-0": "on",
        "with_results": "on",
        "round": "6",
        "opens_on": "2024-10-01",
        "due_on": "31/3/2568",
        "status": "in_progress",
    }

    post(client, "plan_import_confirm", made.pk, **typed, act="keep")
    assert titles(office) == []
    post(client, "plan_import_confirm", made.pk, **typed | {"version": 1}, act="confirm")

    assert titles(office) == ["มาตรการสมมติข"]
    office.works.refresh_from_db()
    assert office.works.aliases == "กองอวกาศ"
    (entry,) = ProgressEntry.objects.written()
    assert (entry.division, entry.status, entry.result) == (office.works, "in_progress", "ทำแล้ว")
    assert ReportingRound.objects.get(fiscal_year=YEAR).due_on == datetime.date(2025, 3, 31)
    text = page(client, made)
    assert "เพิ่มแล้ว" in text
    assert "กองอวกาศ = กองช่าง" in text
    assert reverse("desk:import_file", args=[made.pk]) in text


def test_results_ask_for_their_round(office, client):
    made = make_staged(office, plan_draft(draft_measure(1, results=["ทำแล้ว"])))

    response = post(
        client, "plan_import_confirm", made.pk, **CHOICES, with_results="on", act="confirm"
    )

    assert response.status_code == 422
    assert "โปรดเลือกรอบ 6 หรือ 12 เดือน" in response.content.decode()
    assert titles(office) == []


def test_scores_and_analysis_are_offered_and_can_be_declined(office, client):
    make_framework(YEAR - 1)
    first = draft_measure(1, items=["I7"], finding="คะแนนต่ำ")
    made = make_staged(office, plan_draft(first, scores={"I7": "79.27"}))
    text = page(client, made)
    assert "นำคะแนนรายข้อเข้า" in text
    assert "นำการวิเคราะห์รายข้อเข้า" in text

    post(client, "plan_import_confirm", made.pk, **CHOICES, with_scores="on", act="confirm")

    assert office.organisation.results.get().scores.count() == 1
    assert not office.organisation.findings.exists()


def test_a_taken_number_is_asked_about_on_its_card(office, client):
    make_measure(office.organisation, fiscal_year=YEAR, number=1, title="ของเดิม")
    made = make_staged(office)
    text = page(client, made)
    assert "ของเดิม" in text
    assert "แทนที่มาตรการที่มีเลขนี้อยู่" in text

    typed = {"version": 0, "number": "1", "title": "มาตรการสมมติข", "taken": "add"}
    post(client, "plan_import_measure", made.pk, 1, **typed)
    post(client, "plan_import_confirm", made.pk, **CHOICES | {"version": 1}, act="confirm")

    assert titles(office) == ["ของเดิม", "มาตรการสมมติค", "มาตรการสมมติข"]


def test_a_signed_plan_takes_an_import_as_an_amendment_with_its_reason(office, client):
    made = make_staged(office, plan_draft(draft_measure(7)), fiscal_year=2564)
    LOCKED_DOCUMENTS["published"](office)
    typed = CHOICES | {"fiscal_year": "2564", "act": "confirm"}

    without = post(client, "plan_import_confirm", made.pk, **typed)
    with_reason = post(client, "plan_import_confirm", made.pk, **typed, amendment_reason="ตกหล่น")

    assert (without.status_code, with_reason.status_code) == (422, 302)
    assert Measure.objects.of_organisation(office.organisation).of_year(2564).count() == 3


def test_a_plan_on_its_way_shows_its_lock_and_no_button(office, client):
    made = make_staged(office, plan_draft(draft_measure(7)), fiscal_year=2564)
    LOCKED_DOCUMENTS["in_signoff"](office)

    text = page(client, made)

    assert "แก้ไขไม่ได้" in text
    assert 'value="confirm"' not in text


def test_what_is_stored_is_not_corrected_any_more(office, client):
    made = make_staged(office)
    plan_imports.confirm(made, by=office.coordinator, version=0)
    before = everything_stored()

    refused = post(client, "plan_import_measure", made.pk, 1, version=0, number=1, title="ใหม่")
    again = post(client, "plan_import_confirm", made.pk, **CHOICES, act="confirm")

    assert (refused.status_code, again.status_code) == (403, 403)
    assert "ยืนยันนำเข้าไปแล้ว" in again.content.decode()
    assert everything_stored() == before


# Pictures ----------------------------------------------------------------------------------------


def test_a_picture_is_shown_without_what_the_camera_wrote(office, client, as_person):
    made = make_staged(office, pictures=1)
    address = reverse("desk:plan_import_picture", args=[made.pk, 1])

    response = client.get(address)

    with Image.open(io.BytesIO(response.content)) as picture:
        assert dict(picture.getexif()) == {}
    assert b"Fictional Phone" not in response.content
    assert response["Content-Type"] == "image/jpeg"
    assert address in page(client, made)
    assert client.get(reverse("desk:plan_import_picture", args=[made.pk, 2])).status_code == 404


def test_pictures_are_ticked_by_hand_and_come_with_the_results(office, client):
    plan = plan_draft(draft_measure(1, status="done", results=["ทำแล้ว"]))
    made = make_staged(office, plan, pictures=2)
    assert "checked" not in page(client, made).split("ตัวเลือกและการยืนยัน")[0]

    post(client, "plan_import_pictures", made.pk, 1, version=0, picture=["2"], **{"caption-2": ""})
    typed = CHOICES | {"version": 1, "with_results": "on", "round": "6", "act": "confirm"}
    post(client, "plan_import_confirm", made.pk, **typed)

    (evidence,) = Evidence.objects.all()
    assert evidence.caption == "ภาพประกอบมาตรการ มาตรการสมมติข"


def test_pictures_of_a_stored_import_are_attached_to_a_round_later(office, client):
    plan = plan_draft(draft_measure(1, title=office.measures[0].title))
    made = make_staged(office, plan, pictures=2, fiscal_year=2564)
    plan_imports.confirm(made, by=office.coordinator, version=0)
    assert "แนบภาพที่เลือก" in page(client, made)
    typed = {"picture": ["1"], "caption-1": "ภาพสมมติ", "round": office.round.pk}

    post(client, "plan_import_pictures", made.pk, 1, **typed)

    (evidence,) = Evidence.objects.all()
    assert (evidence.caption, evidence.entry.measure) == ("ภาพสมมติ", office.measures[0])
    assert "แนบเป็นหลักฐานแล้ว" in page(client, made)


def test_a_round_of_another_office_takes_no_pictures(office, client):
    plan = plan_draft(draft_measure(1, title=office.measures[0].title))
    made = make_staged(office, plan, pictures=1, fiscal_year=2564)
    plan_imports.confirm(made, by=office.coordinator, version=0)
    stranger = office.outsider.holdings.get().post.organisation
    other = ReportingRound.objects.create(
        organisation=stranger,
        fiscal_year=2564,
        months=6,
        opens_on=datetime.date(2020, 10, 1),
        due_on=datetime.date(2021, 3, 31),
    )

    response = post(client, "plan_import_pictures", made.pk, 1, picture="1", round=other.pk)

    assert response.status_code == 404
    assert not Evidence.objects.exists()


# How often the database is asked -----------------------------------------------------------------


def test_the_preview_asks_as_often_for_many_measures_as_for_few(
    office, client, django_assert_num_queries
):
    def made(count: int) -> FileImport:
        names = range(1, count + 1)
        return make_staged(office, plan_draft(*(draft_measure(n, title=f"เรื่อง{n}") for n in names)))

    counts = []
    for each in (made(1), made(3)):
        address = reverse("desk:plan_import", args=[each.pk])
        client.get(address)
        with django_assert_num_queries(13) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts == [13, 13]
