"""Review links at the desk: the secret is shown once, the log of use stays."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.domain.publishing import reviews
from measures.models import ReviewLink
from tests.factories.flow import make_draft

pytestmark = pytest.mark.django_db


def typed(days: int = 7) -> dict[str, str]:
    day = timezone.localdate() + datetime.timedelta(days=days)
    return {"reviewer": "ที่ว่าการอำเภอสมมติ", "expires_on": day.isoformat()}


def make(client, document, **changes):
    address = reverse("desk:review_link_make", args=[document.pk])
    return client.post(address, typed() | changes)


def secret_on(page) -> str | None:
    found = re.search(r"/review/([\w-]+)/", page.content.decode())
    return found[1] if found else None


def test_the_secret_is_shown_once(office, as_person):
    client = as_person(office.coordinator)
    answer = make(client, make_draft(office))

    first = client.get(answer["Location"])
    second = client.get(answer["Location"])

    secret = secret_on(first)
    assert secret is not None
    assert reviews.opened(secret) == ReviewLink.objects.get()
    assert first["Cache-Control"] == "private, no-store"
    assert secret_on(second) is None
    assert "review_secret" not in client.session


def test_another_browser_of_the_office_never_sees_it(office, as_person):
    answer = make(as_person(office.coordinator), make_draft(office))

    assert secret_on(as_person(office.coordinator).get(answer["Location"])) is None


def test_a_link_works_through_its_last_day(office, as_person):
    make(as_person(office.coordinator), make_draft(office))

    expires_at = timezone.localtime(ReviewLink.objects.get().expires_at)

    assert expires_at.date() == timezone.localdate() + datetime.timedelta(days=7)
    assert (expires_at.hour, expires_at.minute) == (23, 59)


@pytest.mark.parametrize(
    "changes", [{"reviewer": ""}, typed(days=91), typed(days=-1)], ids=["nobody", "long", "past"]
)
def test_what_cannot_be_is_said_on_the_page_of_the_document(office, as_person, changes):
    client = as_person(office.coordinator)

    answer = make(client, make_draft(office), **changes)

    page = client.get(answer["Location"]).content.decode()
    assert "โปรดกรอก" in page or "จำเป็น" in page or "ไม่เกิน 90 วัน" in page
    assert not ReviewLink.objects.exists()


def test_the_log_tells_when_and_from_which_network(office, as_person):
    client = as_person(office.coordinator)
    address = make(client, make_draft(office))["Location"]
    secret = secret_on(client.get(address))
    assert secret is not None

    reviews.visit(secret, address="203.0.113.9", browser="Firefox สมมติ")

    page = client.get(address).content.decode()
    assert "203.0.113.0/24" in page
    assert "203.0.113.9<" not in page
    assert "Firefox สมมติ" in page


def test_a_revoked_link_says_so_and_opens_nothing(office, as_person):
    client = as_person(office.coordinator)
    address = make(client, make_draft(office))["Location"]
    secret = secret_on(client.get(address))
    assert secret is not None

    client.post(reverse("desk:review_link_revoke", args=[ReviewLink.objects.get().pk]))

    assert reviews.opened(secret) is None
    assert "ยกเลิกโดย" in client.get(address).content.decode()


@pytest.mark.parametrize(("who", "sees"), [("coordinator", True), ("staff", False)])
def test_the_page_of_the_document_lists_them_for_the_coordinator(office, as_person, who, sees):
    document = make_draft(office)
    make(as_person(office.coordinator), document)

    page = as_person(getattr(office, who)).get(reverse("desk:document", args=[document.pk]))

    assert ("ที่ว่าการอำเภอสมมติ" in page.content.decode()) is sees
