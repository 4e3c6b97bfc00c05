"""The paper before it is published, and the page for those who wait until it is drawn."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.domain import documents
from measures.domain.publishing import publications, renderings
from measures.models import Document, DocumentState, Rendering, RenderingState
from tests.factories.flow import make_approved, make_draft, make_in_state, publish
from tests.reports.views.conftest import DRAWN

pytestmark = pytest.mark.django_db


def pdf_of(document: Document) -> str:
    return reverse("paper:pdf", args=[document.pk])


def page_of(rendering: Rendering) -> str:
    return reverse("paper:rendering", args=[rendering.pk])


def make_rendering(office, document: Document | None = None, **changes) -> Rendering:
    """Return a rendering in the state wanted; one that ended says when."""
    values = {
        "document": document or make_draft(office),
        "content_sha256": "a" * 64,
        "requested_at": timezone.now(),
        "requested_by": office.coordinator,
    } | changes
    if values.get("state") in (RenderingState.DONE, RenderingState.FAILED):
        values["ended_at"] = timezone.now()
    return Rendering.objects.create(**values)


@pytest.mark.parametrize("state", DocumentState.values)
def test_every_state_can_be_read_as_pdf(office, as_person, drawn, without_workers, state):
    document = make_in_state(office, state)

    response = as_person(office.staff).get(pdf_of(document))

    assert (response.status_code, response.getvalue()) == (200, DRAWN)
    assert drawn == [publications.content_of(document)]


def test_the_pdf_is_paper_for_this_browser_alone(office, as_person, without_workers):
    """Drawn in earnest, once."""
    document = make_draft(office)

    response = as_person(office.head).get(pdf_of(document))

    assert response.getvalue().startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="document-{document.pk}.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert "Content-Security-Policy" not in response.headers
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_paper_that_was_drawn_is_answered_again(office, as_person, drawn, without_workers):
    document = make_draft(office)

    answers = [as_person(who).get(pdf_of(document)) for who in (office.head, office.mayor)]

    assert [answer.getvalue() for answer in answers] == [DRAWN] * 2
    assert len(drawn) == 1


def test_a_changed_document_is_drawn_anew(office, as_person, drawn, without_workers):
    document = make_draft(office)
    client = as_person(office.staff)
    client.get(pdf_of(document)).getvalue()
    documents.edit(
        document, by=office.coordinator, version=document.version, subject="เรื่องที่แก้ไขแล้ว"
    )

    client.get(pdf_of(document)).getvalue()

    assert [content["memo"]["subject"] for content in drawn][1:] == ["เรื่องที่แก้ไขแล้ว"]


def test_with_workers_one_waits_where_the_progress_is_shown(office, as_person, drawn):
    document = make_draft(office)
    client = as_person(office.head)

    answers = {client.get(pdf_of(document))["Location"] for _press in range(2)}

    assert answers == {page_of(Rendering.objects.get(state="waiting"))}
    assert drawn == []


def test_a_paper_that_cannot_be_drawn_is_told_with_what_to_do(
    office, as_person, monkeypatch, without_workers
):
    document = make_draft(office)
    monkeypatch.setattr("reports.publishing.render", break_down)

    page = as_person(office.head).get(pdf_of(document), follow=True)

    text = page.content.decode()
    assert "จัดทำไฟล์ไม่สำเร็จ" in text
    assert f'<a class="button" href="{pdf_of(document)}"' in text


def break_down(*args, **options):
    raise RuntimeError("no paper")


def test_another_office_finds_neither_paper_nor_progress(office, as_person, drawn):
    rendering = make_rendering(office)
    client = as_person(office.outsider)

    assert client.get(pdf_of(rendering.document)).status_code == 404
    assert client.get(page_of(rendering)).status_code == 404
    assert Rendering.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "รอจัดทำ"),
        ({"state": "running"}, "กำลังจัดทำ"),
        ({"state": "running", "parts_done": 0, "parts_total": 1}, "กำลังจัดทำ"),
        ({"state": "running", "parts_done": 2, "parts_total": 12}, "กำลังจัดทำส่วนที่ ๓ จาก ๑๒"),
        ({"state": "running", "parts_done": 12, "parts_total": 12}, "กำลังจัดทำส่วนที่ ๑๒ จาก ๑๒"),
    ],
)
def test_those_who_wait_read_how_far_it_is(office, as_person, changes, text):
    rendering = make_rendering(office, **changes)

    page = as_person(office.staff).get(page_of(rendering))

    assert f'<p class="percent">{text}</p>' in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert "unsafe" not in page["Content-Security-Policy"]


def test_the_page_works_with_and_without_script(office, as_person):
    rendering = make_rendering(office)

    text = as_person(office.staff).get(page_of(rendering)).content.decode()

    assert f'hx-get="{page_of(rendering)}?seen=waiting-0-0-False"' in text
    assert 'hx-trigger="every 2s"' in text
    assert f'<a href="{page_of(rendering)}">' in text


def test_the_frame_of_the_signing_page_shows_the_progress_alone(office, as_person):
    address = page_of(make_rendering(office))
    client = as_person(office.head)

    framed = client.get(address, headers={"Sec-Fetch-Dest": "iframe"}).content.decode()

    assert '<body class="framed">' in framed
    assert '<body class="framed">' not in client.get(address).content.decode()


def test_asking_again_answers_only_what_is_new(office, as_person):
    rendering = make_rendering(office, state="running", parts_total=3)
    client = as_person(office.staff)
    poll = {"headers": {"HX-Request": "true"}}

    same = client.get(f"{page_of(rendering)}?seen=running-0-3-False", **poll)
    renderings.advance(rendering, 1, 3)
    changed = client.get(f"{page_of(rendering)}?seen=running-0-3-False", **poll)

    assert (same.status_code, same.content) == (204, b"")
    assert "กำลังจัดทำส่วนที่ ๒ จาก ๓" in changed.content.decode()
    assert "<html" not in changed.content.decode()


def test_a_preview_that_is_done_leads_to_the_paper(office, as_person):
    rendering = make_rendering(office, state="done")
    client = as_person(office.staff)

    plain = client.get(page_of(rendering))
    polled = client.get(page_of(rendering), headers={"HX-Request": "true"})

    paper = pdf_of(rendering.document)
    assert (plain.status_code, plain["Location"]) == (302, paper)
    assert (polled.status_code, polled["HX-Redirect"]) == (200, paper)


def test_a_publication_that_is_done_leads_to_the_public_page(office, as_person):
    publication = publish(office)
    rendering = make_rendering(office, publication.document, purpose="publication", state="running")

    response = as_person(office.head).get(page_of(rendering))

    public = reverse("public:document", args=[office.organisation.slug, publication.code])
    assert (response.status_code, response["Location"]) == (302, public)


def test_a_failure_is_told_and_asks_no_more(office, as_person):
    rendering = make_rendering(office, state="failed", problem="ภาพที่ 3 เปิดไม่ได้ โปรดแนบใหม่")

    text = as_person(office.staff).get(page_of(rendering)).content.decode()

    assert "ภาพที่ ๓ เปิดไม่ได้ โปรดแนบใหม่" in text
    assert f'href="{pdf_of(rendering.document)}"' in text
    assert "hx-get" not in text


@pytest.mark.parametrize(("who", "may"), [("coordinator", True), ("mayor", False)])
def test_only_who_may_publish_is_offered_to_try_again(office, as_person, who, may):
    document = make_approved(office)
    rendering = make_rendering(
        office, document, purpose="publication", state="failed", problem="โปรดลองอีกครั้ง"
    )

    text = as_person(getattr(office, who)).get(page_of(rendering)).content.decode()

    assert (f'action="{reverse("paper:publish", args=[document.pk])}"' in text) is may
    assert ("เฉพาะผู้ประสานงาน" in text) is not may


def test_what_takes_too_long_can_be_asked_for_again(office, as_person):
    long_ago = timezone.now() - renderings.STUCK_AFTER - datetime.timedelta(minutes=1)
    rendering = make_rendering(office, state="running", requested_at=long_ago)

    text = as_person(office.staff).get(page_of(rendering)).content.decode()

    assert "ใช้เวลานานผิดปกติ" in text
    assert f'href="{pdf_of(rendering.document)}"' in text
