"""The button that publishes: to the public page, once, and only what was approved."""

import pytest
from django.urls import reverse

from measures.models import Document, DocumentState, Event, EventVerb, Publication, Rendering
from tests.factories.flow import make_approved, make_in_state
from tests.reports.views.conftest import DRAWN

pytestmark = pytest.mark.django_db


def address(document: Document) -> str:
    return reverse("paper:publish", args=[document.pk])


def test_publishing_goes_to_the_page_that_the_public_reads(
    office, as_person, drawn, without_workers, client
):
    document = make_approved(office)

    response = as_person(office.coordinator).post(address(document))

    publication = Publication.objects.get()
    public = reverse("public:document", args=[office.organisation.slug, publication.code])
    assert (response.status_code, response["Location"]) == (302, public)
    assert client.get(public).status_code == 200
    paper = client.get(reverse("public:pdf", args=[office.organisation.slug, publication.code]))
    assert paper.getvalue() == DRAWN


def test_pressing_publish_twice_publishes_once(office, as_person, drawn, without_workers):
    document = make_approved(office)
    client = as_person(office.coordinator)

    answers = {client.post(address(document))["Location"] for _press in range(2)}

    assert len(answers) == 1
    assert Publication.objects.count() == 1
    assert Event.objects.filter(verb=EventVerb.PUBLISHED).count() == 1


def test_with_workers_one_waits_where_the_progress_is_shown(office, as_person, drawn):
    document = make_approved(office)
    client = as_person(office.coordinator)

    answers = {client.post(address(document))["Location"] for _press in range(2)}

    rendering = Rendering.objects.get(document=document, purpose="publication", state="waiting")
    assert answers == {reverse("paper:rendering", args=[rendering.pk])}
    assert drawn == []


def test_what_cannot_be_drawn_is_told_with_what_to_do(
    office, as_person, monkeypatch, without_workers
):
    document = make_approved(office)
    monkeypatch.setattr("reports.publishing.publish", break_down)

    page = as_person(office.coordinator).post(address(document), follow=True)

    text = page.content.decode()
    assert "ยังไม่ได้เผยแพร่" in text
    assert f'action="{address(document)}"' in text
    assert Publication.objects.count() == 0


def break_down(*args, **options):
    raise RuntimeError("no paper")


@pytest.mark.parametrize(
    "state",
    [
        DocumentState.DRAFT,
        DocumentState.IN_SIGNOFF,
        DocumentState.RETURNED,
        DocumentState.REFUSED,
    ],
)
def test_what_is_not_approved_is_not_published(office, as_person, drawn, state):
    document = make_in_state(office, state)

    response = as_person(office.coordinator).post(address(document), follow=True)

    assert response.redirect_chain == [(reverse("desk:document", args=[document.pk]), 302)]
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert Publication.objects.count() == 0


def test_whoever_may_not_publish_makes_the_server_draw_nothing(office, as_person, drawn):
    document = make_approved(office)

    response = as_person(office.mayor).post(address(document))

    assert response.status_code == 403
    assert drawn == []


def test_a_page_cannot_publish_by_being_opened(office, as_person, drawn):
    document = make_approved(office)

    assert as_person(office.coordinator).get(address(document)).status_code == 405
    assert Publication.objects.count() == 0
