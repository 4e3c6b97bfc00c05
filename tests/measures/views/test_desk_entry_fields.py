"""Fields of an entry saved one by one by the page's script, and what it is told each time."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from measures.domain.recording import progress, rounds
from measures.models import ProgressEntry, ProgressRevision, Step, Target, TargetValue
from tests.factories.people import make_round

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def entry(office) -> ProgressEntry:
    """The blank entry of กองคลัง for the first measure."""
    return next(
        each for each in progress.entries_of(office.round) if each.division == office.finance
    )


def send(client: Client, entry: ProgressEntry, field: str, text: str, version: int, **typed):
    address = reverse("desk:entry_field", args=[entry.pk, field])
    values = {"text": text, "version": version, "key": str(uuid.uuid4())} | typed
    return client.post(address, values, headers=HTMX)


def stored(entry: ProgressEntry) -> ProgressEntry:
    return ProgressEntry.objects.get(pk=entry.pk)


def test_saved_field_is_told_with_the_time_and_the_next_version(office, entry, as_person):
    response = send(as_person(office.finance_staff), entry, "result", "ประชุมแล้ว", 0)

    assert (response.status_code, response["Entry-Version"]) == (200, "1")
    assert "บันทึกแล้ว เวลา" in response.content.decode()
    assert "<html" not in response.content.decode()
    assert stored(entry).result == "ประชุมแล้ว"


def test_same_request_twice_saves_once(office, entry, as_person):
    client, key = as_person(office.finance_staff), str(uuid.uuid4())

    answers = [send(client, entry, "result", "ประชุมแล้ว", 0, key=key) for _time in range(2)]

    assert [answer["Entry-Version"] for answer in answers] == ["1", "1"]
    assert ProgressRevision.objects.count() == 1


def test_conflict_shows_both_texts_and_the_version_to_choose_over(office, entry, as_person):
    send(as_person(office.finance_staff), entry, "result", "ของกองคลัง", 0)

    response = send(as_person(office.coordinator), entry, "result", "ของผู้ประสานงาน", 0)

    page = response.content.decode()
    assert (response.status_code, response["Entry-Version"]) == (409, "1")
    assert "ของกองคลัง" in page
    assert "ของผู้ประสานงาน" in page
    assert office.finance_staff.get_full_name() in page
    assert stored(entry).result == "ของกองคลัง"


def test_ended_session_is_told_with_a_way_to_sign_in_and_no_page(office, entry):
    response = send(Client(), entry, "result", "ประชุมแล้ว", 0)

    page = response.content.decode()
    assert response.status_code == 401
    assert "หมดเวลาการใช้งาน" in page
    assert "/accounts/login/?next=" in page
    assert "<html" not in page


def test_way_to_sign_in_leads_back_to_the_page(office, entry):
    page = reverse("desk:entry", args=[entry.pk])
    headers = HTMX | {"HX-Current-URL": f"http://testserver{page}"}
    address = reverse("desk:entry_field", args=[entry.pk, "result"])

    response = Client().post(address, {"text": "ก", "version": 0}, headers=headers)

    assert f"/accounts/login/?next={page}" in response.content.decode()


def test_locked_entry_is_told_in_words(office, entry, as_person):
    rounds.close_round(office.round, by=office.coordinator)

    response = send(as_person(office.finance_staff), entry, "result", "ประชุมแล้ว", 0)

    assert response.status_code == 422
    assert "ปิดรอบการรายงานแล้ว" in response.content.decode()


def test_wrong_person_is_told_without_a_whole_page(office, entry, as_person):
    response = send(as_person(office.staff), entry, "result", "ประชุมแล้ว", 0)

    assert response.status_code == 403
    assert "เฉพาะเจ้าหน้าที่ของส่วนราชการนั้น" in response.content.decode()
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize("wrong", [{"version": "x"}, {"key": "x"}, {"version": "-1"}], ids=str)
def test_request_that_is_no_saving_is_refused(office, entry, as_person, wrong):
    address = reverse("desk:entry_field", args=[entry.pk, "result"])
    typed = {"text": "ก", "version": "0", "key": str(uuid.uuid4())} | wrong

    response = as_person(office.finance_staff).post(address, typed, headers=HTMX)

    assert response.status_code == 422
    assert stored(entry).version == 0


def test_last_rounds_text_is_copied_and_told(office, entry, as_person):
    client = as_person(office.finance_staff)
    send(client, entry, "result", "รอบแรก", 0)
    later = next(
        each
        for each in progress.entries_of(make_round(office.organisation, months=12))
        if each.division == office.finance
    )
    address = reverse("desk:entry_copy", args=[later.pk, "result"])

    response = client.post(address, {"version": 0, "key": str(uuid.uuid4())}, headers=HTMX)

    assert response.status_code == 200
    assert 'data-stored="รอบแรก"' in response.content.decode()
    assert stored(later).result == "รอบแรก"


# Without a script ---------------------------------------------------------------------------------


def test_copying_without_a_script_keeps_what_was_typed_in_the_other_fields(
    office, entry, as_person
):
    client = as_person(office.finance_staff)
    send(client, entry, "result", "รอบแรก", 0)
    later = next(
        each
        for each in progress.entries_of(make_round(office.organisation, months=12))
        if each.division == office.finance
    )
    typed = {"version": "0", "status": "done", "outcome": "พิมพ์แล้ว", "copy": "result"}

    response = client.post(reverse("desk:entry", args=[later.pk]), typed)

    assert response.status_code == 302
    assert (stored(later).result, stored(later).outcome) == ("รอบแรก", "พิมพ์แล้ว")


def test_steps_and_numbers_are_saved_with_the_whole_form(office, entry, as_person):
    step = Step.objects.get(measure=entry.measure, number=1)
    target = Target.objects.create(measure=entry.measure, number=1, name="อบรม", unit="คน", goal=40)
    client = as_person(office.finance_staff)
    typed = {
        "version": "0",
        "status": "in_progress",
        f"step-{step.pk}": "on",
        f"version-step-{step.pk}": "0",
        f"target-{target.pk}": "๑๒",
        f"version-target-{target.pk}": "0",
    }

    client.post(reverse("desk:entry", args=[entry.pk]), typed)

    assert stored(entry).step_marks.get().step == step
    assert TargetValue.objects.get().value == 12
    page = client.get(reverse("desk:entry", args=[entry.pk]))
    assert page.context["percent"] == 50
    without = {
        "version": "1",
        "status": "in_progress",
        f"version-step-{step.pk}": "1",
        f"target-{target.pk}": "",
        f"version-target-{target.pk}": "1",
    }
    client.post(reverse("desk:entry", args=[entry.pk]), without)
    assert stored(entry).step_marks.count() == TargetValue.objects.count() == 0


def test_form_sent_again_after_a_conflict_keeps_what_others_wrote_elsewhere(
    office, entry, as_person
):
    finance, coordinator = as_person(office.finance_staff), as_person(office.coordinator)
    send(finance, entry, "result", "ของกองคลัง", 0)
    send(finance, entry, "outcome", "ผลของกองคลัง", 1)
    address = reverse("desk:entry", args=[entry.pk])

    conflict = coordinator.post(address, {"version": "0", "status": "done", "result": "ของผู้ประสาน"})
    form = conflict.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    response = coordinator.post(address, again)

    assert (conflict.status_code, response.status_code) == (409, 302)
    assert (stored(entry).result, stored(entry).outcome) == ("ของผู้ประสาน", "ผลของกองคลัง")
