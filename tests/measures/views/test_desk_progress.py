"""Entering progress: what is stored, what is refused, and that no text is ever lost."""

import pytest
from django.urls import reverse

from measures.domain.filing.evidence import attach_link
from measures.domain.recording.progress import entries_of
from measures.models import Event, EventVerb, ProgressEntry
from tests.factories.flow import submit
from tests.factories.people import make_round

pytestmark = pytest.mark.django_db

TYPED = {
    "version": "0",
    "status": "in_progress",
    "status_note": "ตรวจสอบในเว็บไซต์",
    "result": "จัดประชุมแล้ว 1 ครั้ง",
    "outcome": "บุคลากรเข้าใจมากขึ้น",
    "suggestion": "",
}
TEXTS = ("status", "status_note", "result", "outcome", "suggestion")


@pytest.fixture
def entry(office) -> ProgressEntry:
    """The blank entry of กองคลัง for the first measure."""
    return next(each for each in entries_of(office.round) if each.division == office.finance)


def address(entry: ProgressEntry) -> str:
    return reverse("desk:entry", args=[entry.pk])


def stored(entry: ProgressEntry) -> dict[str, str]:
    fresh = ProgressEntry.objects.get(pk=entry.pk)
    return {name: getattr(fresh, name) for name in TEXTS}


def version(entry: ProgressEntry) -> int:
    return ProgressEntry.objects.get(pk=entry.pk).version


def test_a_blank_entry_has_no_status_chosen(office, entry, as_person):
    response = as_person(office.finance_staff).get(address(entry))

    assert response.status_code == 200
    assert response.context["form"]["status"].value() is None
    assert response.context["is_editable"] is True


def test_what_was_typed_is_stored_with_who_and_when(office, entry, as_person):
    response = as_person(office.finance_staff).post(address(entry), TYPED)

    assert (response.status_code, response["Location"]) == (302, address(entry))
    assert stored(entry) == {name: TYPED[name] for name in TEXTS}
    entry.refresh_from_db()
    assert (entry.version, entry.updated_by) == (1, office.finance_staff)


def test_empty_texts_are_accepted(office, entry, as_person):
    """A measure that has not begun has nothing to say; the status alone is a report."""
    typed = {"version": "0", "status": "not_started"}

    response = as_person(office.finance_staff).post(address(entry), typed)

    assert response.status_code == 302
    assert stored(entry) == dict.fromkeys(TEXTS, "") | {"status": "not_started"}


def test_pressing_save_twice_saves_once(office, entry, as_person):
    client = as_person(office.finance_staff)

    answers = [client.post(address(entry), TYPED).status_code for _press in range(2)]

    assert answers == [302, 302]
    assert version(entry) == 1
    assert Event.objects.filter(verb=EventVerb.PROGRESS_RECORDED).count() == 1


def test_a_text_far_too_long_is_refused_and_stays_on_the_page(office, entry, as_person):
    long = "ยาวมาก" * 20_000

    response = as_person(office.finance_staff).post(address(entry), TYPED | {"result": long})

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "ผลการดำเนินการยาว 120,000 ตัวอักษร เกินกำหนด 20,000 ตัวอักษร โปรดย่อหรือแนบเป็นไฟล์ PDF"
    ]
    assert long in response.content.decode()
    assert version(entry) == 0


@pytest.mark.parametrize("status", ["", "finished"])
def test_a_missing_or_unknown_status_is_refused_and_the_texts_stay(
    office, entry, as_person, status
):
    response = as_person(office.finance_staff).post(address(entry), TYPED | {"status": status})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["status"]
    assert response.context["form"]["result"].value() == TYPED["result"]
    assert version(entry) == 0


def test_two_people_at_once_see_both_texts_and_the_next_saving_wins(office, entry, as_person):
    finance, coordinator = as_person(office.finance_staff), as_person(office.coordinator)
    finance.post(address(entry), TYPED)
    mine = TYPED | {"result": "ข้อความของผู้ประสานงาน"}

    conflict = coordinator.post(address(entry), mine)

    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert version(entry) == 1
    assert TYPED["result"] in page
    assert mine["result"] in page
    assert office.finance_staff.get_full_name() in page
    assert conflict.context["form"]["version"].value() == "1"

    second = coordinator.post(
        address(entry), mine | {"version": conflict.context["form"]["version"].value()}
    )

    assert second.status_code == 302
    assert stored(entry)["result"] == mine["result"]
    assert version(entry) == 2
    before = Event.objects.filter(verb=EventVerb.PROGRESS_RECORDED).latest("sequence").data
    assert before["before"]["result"] == TYPED["result"]


def test_a_locked_entry_is_read_only_and_says_why(office, entry, as_person):
    submit(office)
    client = as_person(office.finance_staff)
    now = stored(entry)

    page = client.get(address(entry))
    refused = client.post(address(entry), TYPED | {"version": "1"})

    assert page.context["is_editable"] is False
    assert page.context["lock"].rule in page.content.decode()
    assert "<textarea" not in page.content.decode()
    assert refused.status_code == 422
    assert stored(entry) == now


def test_text_typed_into_a_locked_entry_is_still_shown(office, entry, as_person):
    """The document left the desk while somebody was typing: the words must not be gone."""
    submit(office)

    refused = as_person(office.finance_staff).post(
        address(entry), TYPED | {"version": "1", "result": "พิมพ์ค้างไว้นาน"}
    )

    assert "พิมพ์ค้างไว้นาน" in refused.content.decode()


def test_text_typed_where_one_may_not_write_is_shown_once_more(office, entry, as_person):
    """A post may end while its holder is typing."""
    refused = as_person(office.staff).post(address(entry), TYPED)

    assert refused.status_code == 403
    assert refused.context["typed"] == [TYPED["status_note"], TYPED["result"], TYPED["outcome"]]
    assert TYPED["result"] in refused.content.decode()
    assert version(entry) == 0


def test_another_divisions_entry_can_be_read_but_not_changed(office, entry, as_person):
    page = as_person(office.staff).get(address(entry))

    assert page.status_code == 200
    assert page.context["is_editable"] is False
    assert str(page.context["may_record"].reason) in page.content.decode()


def test_the_entry_of_the_round_before_is_shown_beside_it(office, entry, as_person):
    client = as_person(office.finance_staff)
    client.post(address(entry), TYPED)
    later = make_round(office.organisation, months=12)
    now = next(
        each
        for each in entries_of(later)
        if (each.division, each.measure_id) == (office.finance, entry.measure_id)
    )

    page = client.get(address(now))

    assert page.context["previous"] == entry
    assert TYPED["result"] in page.content.decode().replace("๑", "1")
    assert client.get(address(entry)).context["previous"] is None


@pytest.mark.parametrize("pieces", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_evidence(
    office, entry, as_person, pieces, django_assert_num_queries
):
    client = as_person(office.finance_staff)
    for number in range(pieces):
        url = f"https://example.go.th/news/{number}"
        attach_link(entry, by=office.finance_staff, url=url, caption="ข่าวประชาสัมพันธ์")

    with django_assert_num_queries(18):
        client.get(address(entry))
