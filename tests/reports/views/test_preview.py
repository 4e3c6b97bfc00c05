"""The preview: exactly what will be printed and published, to the office alone."""

import pytest
from django.urls import reverse

from measures.domain.recording import progress
from measures.models import Document, DocumentState
from tests.factories.evidence import attach
from tests.factories.flow import make_draft, make_in_state, report_all
from tests.factories.pictures import pdf, photograph_with_place

pytestmark = pytest.mark.django_db


def page_of(document: Document) -> str:
    return reverse("paper:preview", args=[document.pk])


@pytest.mark.parametrize("state", DocumentState.values)
def test_every_state_can_be_read_as_a_page(office, as_person, state):
    document = make_in_state(office, state)

    response = as_person(office.staff).get(page_of(document))

    page = response.content.decode()
    assert response.status_code == 200
    assert response.context["record"] == document
    assert all(measure.title in page for measure in office.measures)
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_a_draft_shows_what_is_recorded_now(office, as_person):
    document = make_draft(office)
    entry = progress.entries_of(office.round)[0]
    progress.record(
        entry, by=office.coordinator, version=1, status="done", result="เพิ่มเติมหลังจัดทำร่าง"
    )

    page = as_person(office.staff).get(page_of(document))

    assert "เพิ่มเติมหลังจัดทำร่าง" in page.content.decode()


def test_what_is_being_signed_stays_as_it_was_submitted(office, as_person):
    document = make_in_state(office, DocumentState.IN_SIGNOFF)
    Document.objects.filter(pk=document.pk).update(subject="ถูกเปลี่ยนข้างหลังผู้ลงนาม")

    page = as_person(office.head).get(page_of(document))

    assert "ถูกเปลี่ยนข้างหลังผู้ลงนาม" not in page.content.decode()


def test_another_office_does_not_find_the_page(office, as_person):
    document = make_draft(office)

    assert as_person(office.outsider).get(page_of(document)).status_code == 404


@pytest.mark.parametrize(
    ("data", "content_type"),
    [(photograph_with_place(), "image/jpeg"), (pdf(), "application/pdf")],
)
def test_evidence_of_a_draft_is_shown_to_the_office(office, as_person, data, content_type):
    entry = progress.entries_of(office.round)[0]
    piece = attach(entry, by=office.coordinator, data=data, caption="หลักฐานการประชุม")
    document = make_draft(office)
    address = reverse("paper:evidence", args=[document.pk, piece.sha256])

    shown = as_person(office.staff).get(address)

    assert (shown.status_code, shown["Content-Type"]) == (200, content_type)
    assert b"Fictional Phone" not in shown.getvalue()
    assert as_person(office.outsider).get(address).status_code == 404


def test_only_evidence_of_the_document_itself_is_answered(office, as_person):
    report_all(office)
    document = make_draft(office)

    response = as_person(office.staff).get(reverse("paper:evidence", args=[document.pk, "0" * 64]))

    assert response.status_code == 404
