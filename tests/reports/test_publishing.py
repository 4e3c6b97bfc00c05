"""From an approved document to paper and publication: all of it, or nothing."""

import datetime

import pytest

from measures.domain import publications
from measures.domain.errors import Invalid
from measures.models import Document, DocumentState, Publication
from measures.permissions import NotAllowed
from reports import publishing
from tests.factories.flow import fresh, make_approved, make_draft
from tests.factories.people import Office, make_office

pytestmark = pytest.mark.django_db

# Half an hour before midnight of 31 March in Thailand it is still the 31st; in UTC, too.
LATE = datetime.datetime(2021, 3, 31, 16, 30, tzinfo=datetime.UTC)
# Half past midnight of 1 April in Thailand, while UTC still has 31 March.
EARLY = datetime.datetime(2021, 3, 31, 17, 30, tzinfo=datetime.UTC)


@pytest.fixture
def office() -> Office:
    """A whole small office."""
    return make_office()


@pytest.fixture
def drawn(monkeypatch) -> list[tuple[dict, str]]:
    """What was given to be drawn, with its layout."""
    given = []

    def draw(content, layout):
        given.append((content, layout))
        return b"%PDF-1.7\ndrawn\n%%EOF\n"

    monkeypatch.setattr(publishing, "pdf_of", draw)
    return given


def test_render_gives_the_content_and_the_paper_of_exactly_that(office, drawn):
    document = make_draft(office)

    content, pdf = publishing.render(document)

    assert content == publications.content_of(document)
    assert pdf.startswith(b"%PDF-")
    assert drawn == [(content, "memo_status")]


def test_the_paper_and_the_record_carry_the_same_code_and_day(office, drawn):
    publication = publishing.publish(make_approved(office), by=office.coordinator, now=LATE)

    [(content, layout)] = drawn
    assert content == publication.content
    assert layout == "memo_status"
    assert content["publication"] == {"code": publication.code, "published_on": "2021-03-31"}
    assert content["template_version"] == publishing.TEMPLATE_VERSION
    assert publication.template_version == publishing.TEMPLATE_VERSION


def test_the_day_of_publication_is_the_day_in_thailand(office, drawn):
    publication = publishing.publish(make_approved(office), by=office.coordinator, now=EARLY)

    assert publication.content["publication"]["published_on"] == "2021-04-01"


def test_what_is_published_is_drawn_and_can_be_verified(office):
    """Drawn in earnest, once."""
    publication = publishing.publish(make_approved(office), by=office.coordinator)

    with publication.pdf.open("rb") as file:
        pdf = file.read()
    assert pdf.startswith(b"%PDF-")
    assert publications.sha256_of(pdf) == publication.pdf_sha256
    assert publications.verify(office.organisation) == []


def test_a_second_press_gives_the_same_publication(office, drawn):
    document = make_approved(office)

    first = publishing.publish(document, by=office.coordinator)
    second = publishing.publish(Document.objects.get(pk=document.pk), by=fresh(office.coordinator))

    assert first == second
    assert Publication.objects.count() == 1


def test_a_failing_drawing_publishes_nothing(office, monkeypatch):
    document = make_approved(office)

    def break_down(content, layout):
        raise RuntimeError("no paper")

    monkeypatch.setattr(publishing, "pdf_of", break_down)

    with pytest.raises(RuntimeError):
        publishing.publish(document, by=office.coordinator)

    assert Publication.objects.count() == 0
    assert Document.objects.get(pk=document.pk).state == DocumentState.APPROVED


def test_what_is_no_pdf_is_not_published(office, monkeypatch):
    document = make_approved(office)
    monkeypatch.setattr(publishing, "pdf_of", lambda content, layout: b"<html>error</html>")

    with pytest.raises(Invalid):
        publishing.publish(document, by=office.coordinator)

    assert Publication.objects.count() == 0
    assert Document.objects.get(pk=document.pk).state == DocumentState.APPROVED


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_others_than_the_coordinator_publish_nothing(office, drawn, who):
    document = make_approved(office)

    with pytest.raises(NotAllowed):
        publishing.publish(document, by=getattr(office, who))

    assert Publication.objects.count() == 0
