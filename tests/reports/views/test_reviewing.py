"""A draft read from outside: what is shown, what is not, and what a closed link answers."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.domain.publishing import reviews
from measures.domain.recording import progress
from measures.models import Document, DocumentState, ReviewLink, ReviewVisit
from reports import reviewing
from tests.factories.evidence import attach
from tests.factories.flow import approve_up_to, make_draft, publish, report_all, submit
from tests.factories.pictures import photograph_with_place
from tests.reports.rendering.printed import pages_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


def give(office, document, days: float = 7) -> str:
    _link, secret = reviews.make_link(
        document,
        reviewer="ที่ว่าการอำเภอสมมติ",
        expires_at=timezone.now() + datetime.timedelta(days=days),
        by=office.coordinator,
    )
    return secret


def page_of(secret: str) -> str:
    return reverse("review:draft", args=[secret])


def paper_of(secret: str) -> str:
    return reverse("review:pdf", args=[secret])


def test_the_draft_is_read_without_an_account_and_is_said_to_be_one(office, client):
    secret = give(office, make_draft(office))

    answer = client.get(page_of(secret))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "เอกสารนี้เป็นร่าง" in page
    assert "ให้อ่านเฉพาะ ที่ว่าการอำเภอสมมติ" in page
    assert all(measure.title in page for measure in office.measures)


def test_nothing_of_the_desk_and_no_account_is_on_the_page(office, client):
    signoff = approve_up_to(office, submit(office), 3)
    secret = give(office, signoff.document)

    page = client.get(page_of(secret)).content.decode()

    assert "/desk/" not in page
    assert "<form" not in page
    assert "ความเห็นที่ 2" not in page
    people = [office.coordinator, office.head, office.deputy, office.mayor]
    assert [person for person in people if person.first_name in page] == []
    assert [person for person in people if person.username in page] == []


@pytest.mark.parametrize("address", [page_of, paper_of])
def test_nobody_keeps_indexes_or_passes_on_the_address(office, client, address):
    for secret in (give(office, make_draft(office)), "wrong"):
        answer = client.get(address(secret))
        if answer.streaming:
            answer.getvalue()  # reads the file to its end, which closes it

        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"].startswith("noindex")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_read_only(office, client, method):
    secret = give(office, make_draft(office))

    assert getattr(client, method)(page_of(secret)).status_code == 405


def closed_links(office) -> dict[str, str]:
    document = make_draft(office)
    expired, revoked, published = (give(office, document) for _each in range(3))
    ReviewLink.objects.filter(pk=reviews.opened(expired).pk).update(
        expires_at=timezone.now() - datetime.timedelta(seconds=1)
    )
    reviews.revoke(reviews.opened(revoked), by=office.coordinator)
    publish(office, approved(office, document))
    return {"wrong": "x" * 43, "expired": expired, "revoked": revoked, "published": published}


def approved(office, document):
    signoff = approve_up_to(office, submit(office, document), 5)
    return Document.objects.get(pk=signoff.document_id)


def test_every_closed_link_answers_alike(office):
    links = closed_links(office)

    answers = {
        (answer.status_code, answer.content)
        for secret in links.values()
        for address in (
            page_of(secret),
            paper_of(secret),
            reverse("review:evidence", args=[secret, "0" * 64]),
        )
        for answer in [Client().get(address)]
    }

    ((status, page),) = answers
    assert status == 404
    assert "โปรดขอลิงก์ใหม่จากหน่วยงานที่ส่งให้ท่าน" in page.decode()
    assert not ReviewVisit.objects.exists()


def test_each_reading_is_logged_and_a_look_at_the_head_is_not(office, client):
    secret = give(office, make_draft(office))

    client.head(page_of(secret))
    client.get(page_of(secret), REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Firefox")

    (visit,) = ReviewVisit.objects.all()
    assert (visit.network, visit.browser) == ("203.0.113.0/24", "Firefox")


def test_its_paper_is_marked_on_every_page_and_drawn_once(office, client, tmp_path):
    secret = give(office, make_draft(office))

    first, second = (client.get(paper_of(secret)).getvalue() for _each in range(2))

    pages = pages_of(first, folder=tmp_path)
    assert first == second
    assert all(re.search(r"(?m)^ร่าง$", page) for page in pages)
    assert office.head.first_name not in "".join(pages)
    assert ReviewVisit.objects.count() == 2


def test_what_the_draft_said_before_is_dropped(office, client):
    document = make_draft(office)
    secret = give(office, document)
    client.get(paper_of(secret)).getvalue()
    entry = progress.entries_of(office.round)[0]
    progress.record(entry, by=office.coordinator, version=1, status="done", result="ข้อความใหม่")

    client.get(paper_of(secret)).getvalue()

    folder = f"reviews/{office.organisation.slug}/{document.pk}"
    assert len(default_storage.listdir(folder)[1]) == 1


def test_a_reader_waits_while_a_worker_draws(office, client, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    secret = give(office, make_draft(office))

    answer = client.get(paper_of(secret))

    assert (answer.status_code, answer["Refresh"]) == (200, "4")
    assert "กำลังจัดทำ PDF ของร่าง" in answer.content.decode()
    assert not ReviewVisit.objects.exists()


def test_a_link_closed_meanwhile_is_not_drawn(office):
    document = make_draft(office)
    link = reviews.opened(give(office, document))
    reviews.revoke(link, by=office.coordinator)

    reviewing.draw.call(link.pk)

    assert not default_storage.exists(f"reviews/{office.organisation.slug}/{document.pk}")


def test_photographs_of_the_draft_are_shown_and_no_other_file(office, client):
    report_all(office)
    entry = progress.entries_of(office.round)[0]
    piece = attach(entry, by=office.coordinator, data=photograph_with_place())
    secret = give(office, make_draft(office))
    address = reverse("review:evidence", args=[secret, piece.sha256])

    page = client.get(page_of(secret)).content.decode()
    shown = client.get(address)

    assert address in page
    assert shown["Content-Type"] == "image/jpeg"
    assert b"Fictional Phone" not in shown.getvalue()
    assert client.get(address.replace(piece.sha256, "0" * 64)).status_code == 404


def test_a_link_of_one_draft_opens_no_other(office, client):
    document = make_draft(office)
    secret = give(office, document)
    Document.objects.filter(pk=document.pk).update(state=DocumentState.REFUSED)

    assert client.get(page_of(secret)).status_code == 404
