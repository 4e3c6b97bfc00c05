"""What is typed stays text on every page, and every page says what a browser may run."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measures.domain import documents
from measures.domain.filing import evidence
from measures.domain.recording import progress
from measures.domain.signing import signoffs
from measures.models import Document
from tests.factories.flow import approve_up_to, current, make_draft, make_in_state, submit
from tests.factories.pictures import pdf

pytestmark = pytest.mark.django_db

MARK = "<script>alert('หลุด')</script>\"'><img src=x onerror=alert(1)>"
RAW = ("<script>alert(", "<img src=x")
STRICT = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-src": ["'self'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
}


@pytest.fixture
def document(office) -> Document:
    """A document up the line in which every text that people type is hostile."""
    for entry in progress.entries_of(office.round):
        evidence.attach_link(
            entry, by=office.coordinator, url="https://example.go.th/?q=%3Cscript%3E", caption=MARK
        )
        progress.record(
            entry,
            by=office.coordinator,
            version=entry.version,
            status="done",
            status_note=MARK,
            result=f"{MARK} {entry.measure.number}",
            outcome=MARK,
            suggestion=MARK,
        )
    draft = documents.compile_report(
        office.round, by=office.coordinator, subject=MARK, opening=MARK, closing=MARK, office=MARK
    )
    signoff = signoffs.submit(draft, by=office.coordinator)
    signoffs.approve(current(signoff), by=office.head, opinion=MARK)
    return Document.objects.get(pk=draft.pk)


def pages_of(office, document) -> dict[str, str]:
    step = current(document.signoffs.get())
    entry = progress.entries_of(office.round)[0]
    return {
        "start": reverse("desk:start"),
        "round": reverse("desk:round", args=[office.round.pk]),
        "entry": reverse("desk:entry", args=[entry.pk]),
        "document": reverse("desk:document", args=[document.pk]),
        "edit": reverse("desk:document_edit", args=[document.pk]),
        "preview": reverse("paper:preview", args=[document.pk]),
        "signing": reverse("paper:signing", args=[step.pk]),
    }


def test_nothing_typed_is_ever_read_as_a_program(office, document, as_person):
    client = as_person(office.coordinator)

    answers = {name: client.get(page) for name, page in pages_of(office, document).items()}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(
        answers, 200
    )
    found = {
        name: [raw for raw in RAW if raw in answer.content.decode()]
        for name, answer in answers.items()
    }
    assert found == {name: [] for name in answers}
    assert "&lt;script&gt;" in answers["entry"].content.decode()


def test_typed_text_that_comes_back_with_an_error_stays_text(office, document, as_person):
    entry = progress.entries_of(office.round)[0]

    refused = as_person(office.coordinator).post(
        reverse("desk:entry", args=[entry.pk]), {"version": "0", "status": MARK, "result": MARK}
    )

    assert refused.status_code == 422
    assert [raw for raw in RAW if raw in refused.content.decode()] == []


def directives(response) -> dict[str, list[str]]:
    policy = response.headers["Content-Security-Policy"]
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: sorted(values) for name, *values in parts}


def test_every_page_forbids_what_is_inline_or_from_elsewhere(office, document, as_person):
    client = as_person(office.coordinator)
    pages = list(pages_of(office, document).values())
    pages += [
        "/",
        f"/{office.organisation.slug}/",
        "/accounts/login/",
        "/no-such-page/",
        "/desk/no/",
    ]

    policies = {page: directives(client.get(page)) for page in pages}

    assert policies == dict.fromkeys(pages, STRICT)


def test_pages_say_where_they_may_be_framed_and_what_they_are(office, as_person):
    response = as_person(office.staff).get("/desk/")

    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


def test_a_served_file_is_never_sniffed(office, as_person):
    entry = progress.entries_of(office.round)[0]
    piece = evidence.attach_file(
        entry,
        by=office.coordinator,
        upload=SimpleUploadedFile("scan.pdf", pdf()),
        caption="เอกสารสแกน",
    )

    response = as_person(office.staff).get(reverse("desk:evidence_file", args=[piece.pk]))

    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_a_draft_is_kept_from_everybody_outside(client, office):
    """The same document at its desk address and at the public one, before it is published."""
    document = make_draft(office)
    step = current(submit(office, document))
    approve_up_to(office, step.signoff, 5)

    assert client.get(reverse("desk:document", args=[document.pk])).status_code == 302
    assert client.get(reverse("paper:pdf", args=[document.pk])).status_code == 302
    assert document.subject not in client.get(f"/{office.organisation.slug}/").content.decode()


def test_returned_reasons_are_text_too(office, as_person):
    document = make_in_state(office, "in_signoff")
    step = current(document.signoffs.get())
    signoffs.return_for_correction(step, by=office.head, reason=MARK)

    page = as_person(office.coordinator).get(reverse("desk:document", args=[document.pk]))

    assert [raw for raw in RAW if raw in page.content.decode()] == []
    assert "&lt;script&gt;" in page.content.decode()
