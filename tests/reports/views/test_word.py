"""The Word file of a document: to the office alone, with what the document says now."""

import io

import docx
import pytest
from django.urls import reverse

from measures.models import Document, DocumentState
from tests.factories.flow import make_draft, make_in_state

pytestmark = pytest.mark.django_db


def address(document: Document) -> str:
    return reverse("paper:docx", args=[document.pk])


def text_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "".join(paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("state", DocumentState.values)
def test_every_state_can_be_had_as_a_word_file(office, as_person, state):
    document = make_in_state(office, state)

    response = as_person(office.staff).get(address(document))

    assert response.status_code == 200
    assert "บันทึกข้อความ" in text_of(response.content)


def test_it_is_a_download_for_this_browser_alone(office, as_person):
    document = make_draft(office)

    response = as_person(office.head).get(address(document))

    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert response["Content-Disposition"] == f'attachment; filename="document-{document.pk}.docx"'
    assert response["Cache-Control"] == "private, no-store"


def test_what_is_being_signed_stays_as_it_was_submitted(office, as_person):
    document = make_in_state(office, DocumentState.IN_SIGNOFF)
    Document.objects.filter(pk=document.pk).update(subject="ถูกเปลี่ยนข้างหลังผู้ลงนาม")

    response = as_person(office.head).get(address(document))

    assert "ถูกเปลี่ยนข้างหลังผู้ลงนาม" not in text_of(response.content)


def test_another_office_finds_nothing(office, as_person):
    assert as_person(office.outsider).get(address(make_draft(office))).status_code == 404


@pytest.mark.parametrize("page", ["desk:document", "paper:preview"])
def test_the_pages_of_a_document_lead_to_it(office, as_person, page):
    document = make_draft(office)

    response = as_person(office.staff).get(reverse(page, args=[document.pk]))

    assert f'href="{address(document)}"' in response.content.decode()
