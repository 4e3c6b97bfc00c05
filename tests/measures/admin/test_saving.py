"""Every save of the back office goes through a verb, and nothing locked can be changed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measures.domain import documents
from measures.domain.recording import progress, rounds
from measures.domain.signing import signoffs
from measures.models import Division, Event, EventVerb, Measure, ProgressEntry, User
from tests.factories.people import make_office
from tests.factories.pictures import pdf

pytestmark = pytest.mark.django_db


def no_rows(prefix: str, initial: int = 0) -> dict[str, Any]:
    return {f"{prefix}-TOTAL_FORMS": initial, f"{prefix}-INITIAL_FORMS": initial}


def typed_measure(office, **changes: Any) -> dict[str, Any]:
    """Return what a browser posts for a new measure with two steps and one division."""
    return {
        "organisation": office.organisation.pk,
        "fiscal_year": 2564,
        "number": 9,
        "title": "มาตรการใหม่",
        "period_text": "ตลอดปีงบประมาณ",
        "starts_on": "1 ต.ค. 2563",
        "ends_on": "30/9/2564",
        "monitoring": "",
        "steps-TOTAL_FORMS": 2,
        "steps-INITIAL_FORMS": 0,
        "steps-0-number": "2",
        "steps-0-text": "ขั้นหลัง",
        "steps-1-number": "1",
        "steps-1-text": "ขั้นแรก",
        "responsibilities-TOTAL_FORMS": 1,
        "responsibilities-INITIAL_FORMS": 0,
        "responsibilities-0-order": "1",
        "responsibilities-0-kind": "division",
        "responsibilities-0-division": office.finance.pk,
        "responsibilities-0-text": "",
    } | changes


def typed_again(measure: Measure, **changes: Any) -> dict[str, Any]:
    """Return what a browser posts for a stored measure whose page is saved."""
    steps, parties = list(measure.steps.all()), list(measure.responsibilities.all())
    data: dict[str, Any] = {
        "organisation": measure.organisation_id,
        "fiscal_year": measure.fiscal_year,
        "number": measure.number,
        "title": measure.title,
        "period_text": measure.period_text,
        "monitoring": measure.monitoring,
        **no_rows("steps", len(steps)),
        **no_rows("responsibilities", len(parties)),
    }
    for at, step in enumerate(steps):
        data |= {
            f"steps-{at}-id": step.pk,
            f"steps-{at}-measure": measure.pk,
            f"steps-{at}-number": step.number,
            f"steps-{at}-text": step.text,
        }
    for at, party in enumerate(parties):
        data |= {
            f"responsibilities-{at}-id": party.pk,
            f"responsibilities-{at}-measure": measure.pk,
            f"responsibilities-{at}-order": party.order,
            f"responsibilities-{at}-kind": party.kind,
            f"responsibilities-{at}-division": party.division_id or "",
            f"responsibilities-{at}-text": party.text,
        }
    return data | changes


def change_page(row: Any) -> str:
    return reverse(f"admin:measures_{row._meta.model_name}_change", args=[row.pk])


def verbs_since(organisation, sequence: int) -> list[str]:
    events = Event.objects.filter(organisation=organisation, sequence__gt=sequence)
    return list(events.order_by("sequence").values_list("verb", flat=True))


# Master data -------------------------------------------------------------------------------------


def test_saving_a_division_is_logged_with_before_and_after(office, coordinator):
    response = coordinator.post(
        change_page(office.works),
        {"organisation": office.organisation.pk, "name": "กองช่างและผังเมือง", "order": 3},
    )

    assert response.status_code == 302
    event = Event.objects.get(verb=EventVerb.RECORD_CHANGED)
    assert (event.actor, event.data["before"]["name"], event.data["after"]["name"]) == (
        office.coordinator,
        "กองช่าง",
        "กองช่างและผังเมือง",
    )


def test_deleting_a_division_that_something_hangs_on_is_refused(office, coordinator):
    address = reverse("admin:measures_division_delete", args=[office.finance.pk])
    coordinator.post(address, {"post": "yes"})

    assert Division.objects.filter(pk=office.finance.pk).exists()


def test_deleting_a_free_division_is_logged(office, coordinator):
    address = reverse("admin:measures_division_delete", args=[office.works.pk])
    coordinator.post(address, {"post": "yes"})

    assert not Division.objects.filter(pk=office.works.pk).exists()
    assert verbs_since(office.organisation, 0) == [EventVerb.RECORD_DELETED]


def test_administrator_makes_an_account_without_its_password_in_the_log(administrator):
    administrator.post(
        reverse("admin:measures_user_add"),
        {
            "username": "new.person",
            "first_name": "สมมติ",
            "last_name": "คนใหม่",
            "usable_password": "true",
            "password1": "ฟ้าหลังฝน-สวยงาม-2570",
            "password2": "ฟ้าหลังฝน-สวยงาม-2570",
        },
    )

    made = User.objects.get(username="new.person")
    assert made.check_password("ฟ้าหลังฝน-สวยงาม-2570")
    event = Event.objects.get(organisation=None)
    assert (event.target_id, "password" in event.data["after"]) == (made.pk, False)


def test_coordinator_cannot_change_an_account(office, coordinator):
    response = coordinator.post(change_page(office.staff), {"username": "x", "is_superuser": "on"})

    assert response.status_code == 403
    office.staff.refresh_from_db()
    assert office.staff.is_superuser is False


def test_coordinator_cannot_move_the_address_of_the_office_nor_say_who_supervises(
    office, coordinator
):
    organisation = office.organisation
    coordinator.post(
        change_page(organisation),
        {
            "slug": "another",
            "name": organisation.name,
            "short_name": "อบต.ใหม่",
            "kind": organisation.kind,
            "amphoe": organisation.amphoe,
            "changwat": organisation.changwat,
            "default_layout": organisation.default_layout,
            "escalation_working_days": organisation.escalation_working_days,
            "fix_at_once_below": "85",
            "improve_below": "90",
            "supervisor": make_office().organisation.pk,
        },
    )

    before = organisation.slug
    organisation.refresh_from_db()
    assert (organisation.slug, organisation.short_name) == (before, "อบต.ใหม่")
    assert organisation.supervisor is None


# Measures ----------------------------------------------------------------------------------------


def test_new_measure_is_stored_with_its_parts_in_their_order(office, coordinator):
    response = coordinator.post(reverse("admin:measures_measure_add"), typed_measure(office))

    assert response.status_code == 302
    measure = Measure.objects.get(organisation=office.organisation, number=9)
    assert [(step.number, step.text) for step in measure.steps.all()] == [
        (1, "ขั้นแรก"),
        (2, "ขั้นหลัง"),
    ]
    assert [str(party) for party in measure.responsibilities.all()] == ["กองคลัง"]
    assert (measure.starts_on.isoformat(), measure.ends_on.isoformat()) == (
        "2020-10-01",
        "2021-09-30",
    )
    assert verbs_since(office.organisation, 0) == [EventVerb.MEASURE_SAVED]


def test_steps_trade_places_and_go_in_one_saving(office, coordinator):
    measure = office.measures[0]
    first, second = measure.steps.all()[:2]
    kept = [first.text, second.text]
    data = typed_again(measure, **{"steps-0-number": "2", "steps-1-number": "1"})
    data["responsibilities-1-DELETE"] = "on"

    response = coordinator.post(change_page(measure), data)

    assert response.status_code == 302
    assert [step.text for step in measure.steps.all()] == kept[::-1]
    assert [str(party) for party in measure.responsibilities.all()] == ["สำนักปลัด"]


def test_refusal_of_the_verb_is_shown_and_what_was_typed_is_kept(office, coordinator):
    data = typed_measure(office, monitoring="ก" * 20_001)

    response = coordinator.post(reverse("admin:measures_measure_add"), data)

    form = response.context["adminform"].form
    assert response.status_code == 200
    assert form.non_field_errors() == [
        "การกำกับติดตามยาว 20,001 ตัวอักษร เกินกำหนด 20,000 ตัวอักษร โปรดย่อหรือแนบเป็นไฟล์ PDF"
    ]
    assert form["title"].value() == "มาตรการใหม่"
    steps = response.context["inline_admin_formsets"][0].formset
    assert [row["text"].value() for row in steps.forms] == ["ขั้นหลัง", "ขั้นแรก"]
    assert not Measure.objects.filter(number=9).exists()


def test_measure_with_blank_entries_is_deleted_and_one_with_results_is_kept(office, coordinator):
    blank, filled = office.measures[1], office.measures[0]
    for entry in progress.entries_of(office.round):
        if entry.measure == filled:
            progress.record(entry, by=office.coordinator, version=0, status="done")

    for measure in (blank, filled):
        coordinator.post(
            reverse("admin:measures_measure_delete", args=[measure.pk]), {"post": "yes"}
        )

    assert list(Measure.objects.filter(organisation=office.organisation)) == [filled]


# Locks -------------------------------------------------------------------------------------------


@pytest.fixture
def signed(office):
    """The round's report is on its way up the line, so plan and entries are locked."""
    for entry in progress.entries_of(office.round):
        progress.record(
            entry,
            by=office.coordinator,
            version=0,
            status="done",
            result=f"มาตรการที่ {entry.measure.number} ทำแล้ว",
            outcome="ได้ผล",
        )
    document = documents.compile_report(office.round, by=office.coordinator)
    document = documents.edit(
        document, by=office.coordinator, version=document.version, number="สม 76801/1"
    )
    signoffs.submit(document, by=office.coordinator)
    return office


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_locked_measure_shows_why_and_takes_no_change(request, signed, who):
    client, measure = request.getfixturevalue(who), signed.measures[0]
    before = Event.objects.count()

    page = client.get(change_page(measure))
    changed = client.post(change_page(measure), typed_again(measure, title="แก้หลังเสนอลงนาม"))
    deleted = client.post(
        reverse("admin:measures_measure_delete", args=[measure.pk]), {"post": "yes"}
    )

    assert page.context["notices"][0].startswith("เอกสารของรอบนี้มีสถานะ “อยู่ระหว่างเสนอลงนาม”")
    assert (changed.status_code, deleted.status_code) == (403, 403)
    title = measure.title
    measure.refresh_from_db()
    assert (measure.title, Event.objects.count()) == (title, before)


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_locked_plan_takes_no_new_measure(request, signed, who):
    client = request.getfixturevalue(who)

    response = client.post(reverse("admin:measures_measure_add"), typed_measure(signed))

    assert response.status_code == 200
    assert len(response.context["adminform"].form.non_field_errors()) == 1
    assert not Measure.objects.filter(number=9).exists()


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_locked_entry_takes_no_change(request, signed, who):
    client = request.getfixturevalue(who)
    entry = ProgressEntry.objects.filter(round=signed.round).first()

    response = client.post(
        change_page(entry),
        {"status": "in_progress", "seen_version": entry.version, **no_rows("evidence")},
    )

    assert response.status_code == 403
    entry.refresh_from_db()
    assert (entry.status, entry.version) == ("done", 1)


# Progress ----------------------------------------------------------------------------------------


@pytest.fixture
def entry(office):
    return progress.entries_of(office.round)[0]


def typed_entry(entry: ProgressEntry, **changes: Any) -> dict[str, Any]:
    return {
        "status": "in_progress",
        "status_note": "",
        "result": "ข้อความของผู้ประสานงาน",
        "outcome": "",
        "suggestion": "",
        "seen_version": 0,
        **no_rows("evidence"),
    } | changes


def test_entry_is_recorded_with_its_evidence(office, coordinator, entry):
    data = typed_entry(entry) | {
        "evidence-TOTAL_FORMS": 1,
        "evidence-0-caption": "ประกาศ",
        "evidence-0-url": "https://example.go.th/news/1",
    }

    response = coordinator.post(change_page(entry), data)

    assert response.status_code == 302
    entry.refresh_from_db()
    assert (entry.version, entry.updated_by) == (1, office.coordinator)
    assert [piece.caption for piece in entry.evidence.current()] == ["ประกาศ"]
    assert verbs_since(office.organisation, 0) == [
        EventVerb.PROGRESS_RECORDED,
        EventVerb.EVIDENCE_ADDED,
    ]


def test_evidence_is_taken_out_through_its_verb(office, coordinator, entry):
    coordinator.post(
        change_page(entry),
        typed_entry(entry)
        | {
            "evidence-TOTAL_FORMS": 1,
            "evidence-0-caption": "ประกาศ",
            "evidence-0-url": "https://example.go.th/news/1",
        },
    )
    piece = entry.evidence.get()

    coordinator.post(
        change_page(entry),
        typed_entry(entry, seen_version=1, **no_rows("evidence", 1))
        | {"evidence-0-id": piece.pk, "evidence-0-entry": entry.pk, "evidence-0-DELETE": "on"},
    )

    piece.refresh_from_db()
    assert piece.removed_by == office.coordinator


def test_file_that_is_neither_photo_nor_pdf_is_refused_and_nothing_is_stored(
    office, coordinator, entry
):
    response = coordinator.post(
        change_page(entry),
        typed_entry(entry)
        | {
            "evidence-TOTAL_FORMS": 1,
            "evidence-0-caption": "แอบอ้าง",
            "evidence-0-upload": SimpleUploadedFile("photo.jpg", b"<script>"),
        },
    )

    assert response.status_code == 200
    assert len(response.context["adminform"].form.non_field_errors()) == 1
    entry.refresh_from_db()
    assert (entry.version, entry.evidence.count()) == (0, 0)


def test_attached_file_can_be_opened_from_the_entry(office, coordinator, entry, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    coordinator.post(
        change_page(entry),
        typed_entry(entry)
        | {
            "evidence-TOTAL_FORMS": 1,
            "evidence-0-caption": "คำสั่ง",
            "evidence-0-upload": SimpleUploadedFile("order.pdf", pdf()),
        },
    )

    page = coordinator.get(change_page(entry))

    address = reverse("desk:evidence_file", args=[entry.evidence.get().pk])
    assert page.content.decode().count(f'href="{address}"') == 1


def test_stale_page_is_refused_with_both_texts_and_can_be_saved_after_comparing(
    office, coordinator, entry
):
    progress.record(entry, by=office.staff, version=0, status="done", result="ข้อความของเจ้าหน้าที่")

    refused = coordinator.post(change_page(entry), typed_entry(entry))

    form = refused.context["adminform"].form
    assert len(form.non_field_errors()) == 1
    assert form["result"].value() == "ข้อความของผู้ประสานงาน"
    assert ("ผลการดำเนินการ", "ข้อความของเจ้าหน้าที่") in refused.context["stored_texts"]
    entry.refresh_from_db()
    assert (entry.result, form["seen_version"].value()) == ("ข้อความของเจ้าหน้าที่", "1")

    coordinator.post(change_page(entry), typed_entry(entry, seen_version=1))
    entry.refresh_from_db()
    assert entry.result == "ข้อความของผู้ประสานงาน"


# Rounds ------------------------------------------------------------------------------------------


def test_round_is_opened_closed_and_opened_again_by_the_verbs(office, coordinator):
    coordinator.post(
        reverse("admin:measures_reportinground_add"),
        {
            "organisation": office.organisation.pk,
            "fiscal_year": 2564,
            "months": 12,
            "opens_on": "1 เมษายน 2564",
            "due_on": "30 กันยายน 2564",
        },
    )
    made = office.organisation.rounds.get(months=12)
    coordinator.post(change_page(made), {"is_closed": "on", "reason": ""})
    without_reason = coordinator.post(change_page(made), {"reason": ""})
    coordinator.post(change_page(made), {"reason": "กองช่างส่งไม่ครบ"})

    assert without_reason.context["adminform"].form.non_field_errors() == [
        "โปรดกรอกเหตุผลที่เปิดรอบอีกครั้ง"
    ]
    assert verbs_since(office.organisation, 0) == [
        EventVerb.ROUND_OPENED,
        EventVerb.ROUND_CLOSED,
        EventVerb.ROUND_REOPENED,
    ]


def test_round_that_is_there_already_is_refused(office, coordinator):
    response = coordinator.post(
        reverse("admin:measures_reportinground_add"),
        {
            "organisation": office.organisation.pk,
            "fiscal_year": 2564,
            "months": 6,
            "opens_on": "1/10/2563",
            "due_on": "31/3/2564",
        },
    )

    assert response.status_code == 200
    assert office.organisation.rounds.count() == 1


# What nobody changes here ------------------------------------------------------------------------


def test_signed_things_have_no_way_to_change_for_anybody(signed, administrator):
    document = signed.organisation.documents.get()
    rows = [
        document,
        document.signoffs.get(),
        Event.objects.filter(organisation=signed.organisation).first(),
    ]

    for row in rows:
        model_name = row._meta.model_name
        delete = reverse(f"admin:measures_{model_name}_delete", args=[row.pk])
        assert administrator.get(change_page(row)).status_code == 200
        assert administrator.post(change_page(row), {"state": "draft"}).status_code == 403
        assert administrator.post(delete, {"post": "yes"}).status_code == 403


def test_pages_of_the_neighbour_take_no_change(office, coordinator):
    neighbour = make_office()
    measure = neighbour.measures[0]

    response = coordinator.post(change_page(measure), typed_again(measure, title="แก้ของเพื่อนบ้าน"))

    assert response.status_code in (302, 403)
    title = measure.title
    measure.refresh_from_db()
    assert measure.title == title


def test_closed_round_locks_its_entries(office, coordinator, entry):
    rounds.close_round(office.round, by=office.coordinator)

    page = coordinator.get(change_page(entry))

    assert page.context["notices"][0].startswith("ปิดรอบการรายงานแล้ว")
    assert coordinator.post(change_page(entry), typed_entry(entry)).status_code == 403
