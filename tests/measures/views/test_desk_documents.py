"""The coordinator's pages of a document: what each state offers, and each way on and back."""

import pytest
from django.urls import reverse

from measures.models import Document, DocumentState, Event, EventVerb, Signoff
from tests.factories.flow import approve_up_to, make_draft, make_in_state, submit

pytestmark = pytest.mark.django_db

FIELDS = (
    "office",
    "number",
    "subject",
    "addressee",
    "through",
    "opening",
    "measures_title",
    "assessment",
    "results_title",
    "closing",
    "layout",
)
ACTIONS = ("submit", "recall", "reopen", "correct")


def address(document: Document, name: str = "document") -> str:
    return reverse(f"desk:{name}", args=[document.pk])


def typed_in(document: Document, **changes) -> dict[str, str]:
    """Return what the browser would send back of the edit page."""
    texts = {name: getattr(document, name) for name in FIELDS}
    texts |= {"has_annex": "on"} if document.has_annex else {}
    return texts | {"version": str(document.version), "dated": "2021-03-31"} | changes


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (DocumentState.DRAFT, {"submit", "edit"}),
        (DocumentState.RETURNED, {"submit", "edit"}),
        (DocumentState.IN_SIGNOFF, {"recall"}),
        (DocumentState.REFUSED, {"reopen"}),
        (DocumentState.APPROVED, {"reopen", "publish"}),
        (DocumentState.PUBLISHED, {"correct"}),
    ],
)
def test_the_page_offers_the_coordinator_what_the_state_allows(office, as_person, state, offered):
    document = make_in_state(office, state)

    page = as_person(office.coordinator).get(address(document)).content.decode()

    addresses = {name: address(document, f"document_{name}") for name in (*ACTIONS, "edit")}
    addresses["publish"] = reverse("paper:publish", args=[document.pk])
    assert {name for name, target in addresses.items() if f'"{target}"' in page} == offered


@pytest.mark.parametrize("state", DocumentState.values)
def test_others_of_the_office_read_it_and_are_offered_nothing(office, as_person, state):
    document = make_in_state(office, state)

    response = as_person(office.staff).get(address(document))

    page = response.content.decode()
    assert response.status_code == 200
    assert f'action="{address(document)}' not in page
    assert reverse("paper:publish", args=[document.pk]) not in page


def test_the_page_names_each_gap_and_offers_no_signature(office, as_person):
    client = as_person(office.coordinator)
    client.post(reverse("desk:round_compile", args=[office.round.pk]))
    document = Document.objects.get()

    page = client.get(address(document))

    assert page.context["missing"] == [
        "มาตรการที่ 1: สำนักปลัด ยังไม่ได้รายงาน",
        "มาตรการที่ 1: กองคลัง ยังไม่ได้รายงาน",
        "มาตรการที่ 2: กองคลัง ยังไม่ได้รายงาน",
    ]
    assert address(document, "document_submit") not in page.content.decode()


def test_submitting_what_is_incomplete_is_told_and_stores_nothing(office, as_person):
    client = as_person(office.coordinator)
    client.post(reverse("desk:round_compile", args=[office.round.pk]))
    document = Document.objects.get()

    response = client.post(address(document, "document_submit"), follow=True)

    [message] = response.context["messages"]
    assert str(message).startswith("ยังเสนอลงนามไม่ได้: มาตรการที่ 1: สำนักปลัด")
    assert Signoff.objects.count() == 0


def test_editing_stores_the_texts(office, as_person):
    document = make_draft(office)

    response = as_person(office.coordinator).post(
        address(document, "document_edit"), typed_in(document, subject="รายงานรอบหกเดือน")
    )

    assert (response.status_code, response["Location"]) == (302, address(document))
    document.refresh_from_db()
    assert (document.subject, document.version) == ("รายงานรอบหกเดือน", 2)


def test_the_edit_page_shows_what_is_stored(office, as_person):
    document = make_draft(office)

    form = as_person(office.coordinator).get(address(document, "document_edit")).context["form"]

    assert {name: form[name].value() for name in FIELDS} == {
        name: getattr(document, name) for name in FIELDS
    }
    assert form["version"].value() == document.version


def test_pressing_save_twice_saves_once(office, as_person):
    document = make_draft(office)
    client = as_person(office.coordinator)
    typed = typed_in(document, subject="รายงานรอบหกเดือน")

    answers = [
        client.post(address(document, "document_edit"), typed).status_code for _press in range(2)
    ]

    document.refresh_from_db()
    assert (answers, document.version) == ([302, 302], 2)
    assert Event.objects.filter(verb=EventVerb.DOCUMENT_EDITED).count() == 1


def test_two_editors_see_both_texts_and_the_next_saving_wins(office, as_person):
    document = make_draft(office)
    client = as_person(office.coordinator)
    client.post(address(document, "document_edit"), typed_in(document, opening="ความนำของคนแรก"))
    mine = typed_in(document, opening="ความนำของข้าพเจ้า")

    conflict = client.post(address(document, "document_edit"), mine)

    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "ความนำของคนแรก" in page
    assert "ความนำของข้าพเจ้า" in page

    version = conflict.context["form"]["version"].value()
    second = client.post(address(document, "document_edit"), mine | {"version": version})

    assert second.status_code == 302
    document.refresh_from_db()
    assert document.opening == "ความนำของข้าพเจ้า"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("subject", ""),
        ("opening", "  "),
        ("opening", "ก" * 100_000),
        ("dated", "31/03/64"),
        ("dated", "2564-03-31"),
    ],
)
def test_texts_that_cannot_be_stored_are_told_and_stay_on_the_page(office, as_person, field, text):
    document = make_draft(office)

    response = as_person(office.coordinator).post(
        address(document, "document_edit"), typed_in(document, closing="ข้อความท้าย", **{field: text})
    )

    form = response.context["form"]
    assert response.status_code == 422
    assert form.errors != {}
    assert form[field].value() == text
    assert form["closing"].value() == "ข้อความท้าย"
    assert Document.objects.get().version == document.version


def test_a_document_on_its_way_cannot_be_edited_and_the_text_stays(office, as_person):
    document = Document.objects.get(pk=submit(office).document_id)

    response = as_person(office.coordinator).post(
        address(document, "document_edit"), typed_in(document, opening="พิมพ์ค้างไว้")
    )

    assert response.status_code == 422
    assert "พิมพ์ค้างไว้" in response.content.decode()
    assert Document.objects.get().opening == document.opening


def test_pressing_submit_twice_submits_once(office, as_person):
    document = make_draft(office)
    client = as_person(office.coordinator)

    for _press in range(2):
        assert client.post(address(document, "document_submit")).status_code == 302

    assert Signoff.objects.count() == 1
    assert Event.objects.filter(verb=EventVerb.SUBMITTED).count() == 1


def test_pressing_recall_twice_recalls_once(office, as_person):
    document = Document.objects.get(pk=submit(office).document_id)
    client = as_person(office.coordinator)

    for _press in range(2):
        client.post(address(document, "document_recall"))

    document.refresh_from_db()
    assert document.state == DocumentState.DRAFT
    assert Event.objects.filter(verb=EventVerb.RECALLED).count() == 1


def test_what_somebody_has_signed_cannot_be_recalled(office, as_person):
    signoff = approve_up_to(office, submit(office), 2)

    response = as_person(office.coordinator).post(
        address(signoff.document, "document_recall"), follow=True
    )

    [message] = response.context["messages"]
    assert str(message).startswith("หัวหน้าสำนักปลัดลงนามแล้ว จึงเรียกคืนไม่ได้")
    assert Document.objects.get().state == DocumentState.IN_SIGNOFF


def test_recalling_what_was_never_sent_is_not_found(office, as_person):
    document = make_draft(office)

    response = as_person(office.coordinator).post(address(document, "document_recall"))

    assert response.status_code == 404


@pytest.mark.parametrize("state", [DocumentState.APPROVED, DocumentState.REFUSED])
def test_pressing_reopen_twice_reopens_once_and_keeps_the_reason(office, as_person, state):
    document = make_in_state(office, state)
    client = as_person(office.coordinator)

    for _press in range(2):
        client.post(address(document, "document_reopen"), {"reason": "พบตัวเลขผิด"})

    assert Document.objects.get().state == DocumentState.DRAFT
    [event] = Event.objects.filter(verb=EventVerb.DOCUMENT_REOPENED)
    assert event.data["reason"] == "พบตัวเลขผิด"


@pytest.mark.parametrize(
    ("action", "state", "label"),
    [
        ("document_reopen", DocumentState.APPROVED, "เหตุผลที่นำกลับมาแก้ไข"),
        ("document_correct", DocumentState.PUBLISHED, "เหตุผลที่แก้ไข"),
    ],
)
def test_a_way_back_without_a_reason_is_told(office, as_person, action, state, label):
    document = make_in_state(office, state)

    response = as_person(office.coordinator).post(
        address(document, action), {"reason": " "}, follow=True
    )

    assert [str(message) for message in response.context["messages"]] == [f"โปรดกรอก{label}"]
    assert list(Document.objects.values_list("state", flat=True)) == [state]


def test_pressing_correct_twice_starts_one_correction(office, as_person):
    document = make_in_state(office, DocumentState.PUBLISHED)
    client = as_person(office.coordinator)

    answers = [
        client.post(address(document, "document_correct"), {"reason": "พบตัวเลขผิด"})
        for _press in range(2)
    ]

    correction = Document.objects.get(corrects=document)
    assert {answer["Location"] for answer in answers} == {address(correction)}
    page = as_person(office.coordinator).get(address(correction)).content.decode()
    assert document.publication.code in page
    assert "พบตัวเลขผิด" in page


def test_the_page_keeps_the_history_with_reasons(office, as_person):
    document = make_in_state(office, DocumentState.RETURNED)

    page = as_person(office.staff).get(address(document))

    assert [event.verb for event in page.context["events"]] != []
    assert "ตัวเลขในตารางไม่ตรงกับหลักฐาน" in page.content.decode()
