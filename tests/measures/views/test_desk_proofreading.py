"""Remarks beside the document: waiving with a reason, taking it back, and who reads what."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from measures.domain import proofreading
from measures.models import Document, DocumentState, Waiver
from measures.views.remarks import PAGES
from tests.factories.flow import current, make_draft, submit
from tests.factories.proofreading import (
    REASON,
    make_draft_with_remark,
    only_remark,
    waive_remark,
)

pytestmark = pytest.mark.django_db

MESSAGE = "“๒๕๖4” มีเลขไทยปนเลขอารบิกในจำนวนเดียว โปรดพิมพ์เป็น “๒๕๖๔”"


def address(document: Document, name: str = "remark_waive") -> str:
    return reverse(f"desk:{name}", args=[document.pk])


def show(client: Client, document: Document, page: str = "document"):
    return client.get(reverse(PAGES[page], args=[document.pk]))


@pytest.mark.parametrize("page", PAGES)
def test_each_page_shows_the_remark_and_lets_the_coordinator_waive_it(office, as_person, page):
    document = make_draft_with_remark(office)
    client = as_person(office.coordinator)

    shown = show(client, document, page).content.decode()
    sent = client.post(
        address(document),
        {"remark": only_remark(document).fingerprint, "reason": REASON, "page": page},
    )

    assert "ข้อความลงท้าย" in shown
    assert MESSAGE in shown
    assert f'action="{address(document)}"' in shown
    assert f'value="{page}"' in shown
    assert sent["Location"] == f"{reverse(PAGES[page], args=[document.pk])}#remarks"
    assert Waiver.objects.get().reason == REASON


@pytest.mark.parametrize("page", PAGES)
def test_waived_remark_is_listed_with_reason_and_name_and_can_be_taken_back(
    office, as_person, page
):
    document = make_draft_with_remark(office)
    waiver = waive_remark(office, document)
    client = as_person(office.coordinator)

    shown = show(client, document, page).content.decode()
    sent = client.post(
        address(document, "remark_withdraw"), {"remark": waiver.fingerprint, "page": page}
    )

    for text in (MESSAGE, REASON, office.coordinator.get_full_name()):
        assert text in shown
    assert f'action="{address(document)}"' not in shown
    assert sent["Location"] == f"{reverse(PAGES[page], args=[document.pk])}#remarks"
    assert not Waiver.objects.exists()


def test_open_remark_hides_the_button_that_submits(office, as_person):
    document = make_draft_with_remark(office)
    submission = f'action="{address(document, "document_submit")}"'
    client = as_person(office.coordinator)

    before = show(client, document).content.decode()
    waive_remark(office, document)
    after = show(client, document).content.decode()

    assert (submission in before, submission in after) == (False, True)
    assert "ตรวจทานพบข้อสังเกต ๑ ข้อ" in before


def test_submitting_all_the_same_is_refused_by_name(office, as_person):
    document = make_draft_with_remark(office)

    response = as_person(office.coordinator).post(address(document, "document_submit"))

    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        f"ยังเสนอลงนามไม่ได้: ข้อความลงท้าย: {MESSAGE}"
    ]
    assert Document.objects.get().state == DocumentState.DRAFT


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"reason": " "}, "โปรดกรอกเหตุผลที่ยกเว้น"),
        ({"remark": "0" * 64}, "ไม่พบข้อสังเกตนี้แล้ว ข้อความอาจถูกแก้ไข โปรดเปิดหน้าเอกสารใหม่"),
    ],
)
def test_what_cannot_be_waived_is_told(office, as_person, typed, message):
    document = make_draft_with_remark(office)
    values = {"remark": only_remark(document).fingerprint, "reason": REASON, "page": "elsewhere"}

    response = as_person(office.coordinator).post(address(document), values | typed)

    assert [str(each) for each in get_messages(response.wsgi_request)] == [message]
    assert response["Location"] == f"{reverse('desk:document', args=[document.pk])}#remarks"
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("page", PAGES)
def test_others_of_the_office_read_the_remarks_and_are_told_who_may_waive(office, as_person, page):
    document = make_draft_with_remark(office)

    shown = show(as_person(office.staff), document, page).content.decode()

    assert MESSAGE in shown
    assert "เฉพาะผู้ประสานงาน" in shown
    assert address(document) not in shown


def test_reason_typed_into_a_lost_session_is_found_again_at_its_remark(office, as_person):
    document = make_draft_with_remark(office, closing="แล้วเสร็จ ๒๕๖4 งาน และ ๑2 งาน")
    first, second = proofreading.open_remarks(document)
    page = reverse("desk:document", args=[document.pk])
    client = Client(headers={"referer": f"http://testserver{page}"})

    client.post(address(document), {"remark": second.fingerprint, "reason": REASON})
    client.force_login(office.coordinator)
    panel = client.get(page).context["remarks"]

    assert [(remark, form.initial.get("reason", "")) for remark, form in panel.open_remarks] == [
        (first, ""),
        (second, REASON),
    ]


def test_what_is_being_signed_shows_waivers_only_to_be_read(office, as_person):
    document = make_draft_with_remark(office)
    waive_remark(office, document)
    step = current(submit(office, document))

    pages = [
        as_person(office.head).get(reverse("paper:signing", args=[step.pk])),
        show(as_person(office.coordinator), document),
        show(as_person(office.coordinator), document, "preview"),
    ]

    for response in pages:
        page = response.content.decode()
        assert MESSAGE in page
        assert REASON in page
        assert address(document, "remark_withdraw") not in page


def test_document_without_remarks_says_so_and_signers_read_no_empty_heading(office, as_person):
    document = make_draft(office)
    shown = show(as_person(office.coordinator), document).content.decode()
    step = current(submit(office, document))

    signing = as_person(office.head).get(reverse("paper:signing", args=[step.pk]))

    assert "ไม่พบข้อสังเกต" in shown
    assert signing.context["waived"] == []
    assert "ข้อสังเกตจากการตรวจทาน" not in signing.content.decode()


def test_what_people_typed_is_shown_as_text(office, as_person):
    document = make_draft_with_remark(office, closing="<b>ดูเว็บไซต์</b>")
    proofreading.waive(
        document, only_remark(document).fingerprint, by=office.coordinator, reason="<script>ก"
    )

    page = show(as_person(office.coordinator), document).content.decode()

    assert "&lt;script&gt;ก" in page
    assert "<script>ก" not in page


@pytest.mark.parametrize("remarks", [1, 3])
def test_as_many_questions_for_one_remark_as_for_three(
    office, as_person, remarks, django_assert_num_queries
):
    closing = " ".join(["๑1", "๒2", "๓3"][:remarks])
    document = make_draft_with_remark(office, closing=closing)
    for remark in proofreading.open_remarks(document)[1:]:
        proofreading.waive(document, remark.fingerprint, by=office.coordinator, reason=REASON)
    client = as_person(office.coordinator)
    show(client, document)

    with django_assert_num_queries(51):
        show(client, document)
