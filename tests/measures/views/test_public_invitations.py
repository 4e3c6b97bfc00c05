"""The link of an invitation: opens once, tells nothing when dead, and knows who has an account."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.domain.staffing import invitations
from measures.models import Invitation, User
from tests.factories.organisations import make_post
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "ฝนตกที่สมมตินา-หลังเที่ยง"
ADDRESS = "new.officer@example.go.th"
TYPED = {"username": "new.officer", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """Forget what the rate limits have counted."""
    cache.clear()


@pytest.fixture
def post(office):
    return make_post(office.organisation, "นิติกร")


@pytest.fixture
def link(office, post, django_capture_on_commit_callbacks) -> str:
    """The path of the link in the mail."""
    with django_capture_on_commit_callbacks(execute=True):
        invitations.invite(
            post,
            email=ADDRESS,
            first_name="สมมติใหม่",
            last_name="ใจดี",
            starts_on=timezone.localdate(),
            by=office.coordinator,
        )
    return re.search(r"http://127\.0\.0\.1:8000(/accounts/invitation/\S+/)", mail.outbox[0].body)[1]


def test_person_makes_the_account_and_signs_in(client, link, post):
    assert "นิติกร" in client.get(link).content.decode()

    made = client.post(link, TYPED)
    client.post(reverse("account_login"), {"login": "new.officer", "password": PASSWORD})

    assert (made.status_code, made["Location"]) == (302, reverse("account_login"))
    page = client.get(reverse("desk:start"))
    assert page.status_code == 200
    assert "นิติกร" in page.content.decode()


def test_second_opening_of_the_link_leads_on(client, link):
    client.post(link, TYPED)
    client.force_login(User.objects.get(username="new.officer"))

    response = client.get(link)

    assert (response.status_code, response["Location"]) == (302, reverse("desk:start"))


@pytest.mark.parametrize("method", ["get", "post"])
def test_links_that_open_nothing_all_look_the_same(client, office, link, method):
    invitation = Invitation.objects.get()
    wrong = getattr(client, method)("/accounts/invitation/never-given/", TYPED)
    Invitation.objects.update(expires_at=timezone.now())
    expired = getattr(client, method)(link, TYPED)
    Invitation.objects.update(expires_at=timezone.now() + invitations.VALID_FOR)
    invitations.withdraw(invitation, by=office.coordinator)
    withdrawn = getattr(client, method)(link, TYPED)

    pages = {response.content.decode() for response in (wrong, expired, withdrawn)}
    assert {response.status_code for response in (wrong, expired, withdrawn)} == {404}
    assert len(pages) == 1
    assert "โปรดขอลิงก์ใหม่จากผู้ดูแลบัญชีของหน่วยงาน" in pages.pop()
    assert not User.objects.filter(email=ADDRESS).exists()


def test_link_that_has_been_used_is_dead_to_others(link):
    Client().post(link, TYPED)

    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"again": "อีกรหัสหนึ่ง"}, "รหัสผ่านสองช่องไม่ตรงกัน"),
        ({"password": "สั้น", "again": "สั้น"}, "รหัสผ่านสั้นเกินไป"),
        ({"username": "a b"}, "โปรดแก้ไขข้อมูลต่อไปนี้"),
    ],
)
def test_what_will_not_do_is_told_without_showing_the_password(client, link, changes, reason):
    response = client.post(link, TYPED | changes)

    assert response.status_code == 422
    assert reason in response.content.decode()
    assert PASSWORD not in response.content.decode()


def test_address_with_an_account_signs_in_to_it_and_answers(client, link, post):
    owner = make_user("transferred", email=ADDRESS, password=PASSWORD)

    page = client.get(link).content.decode()
    sign_in = re.search(rf'href="({reverse("account_login")}\?next={link})"', page)[1]
    led = client.post(sign_in, {"login": "transferred", "password": PASSWORD})
    answered = client.post(led["Location"])

    assert led["Location"] == link
    assert answered["Location"] == reverse("desk:start")
    assert post.holder_on(timezone.localdate()).user == owner
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_nothing_is_answered_by_opening_the_link_alone(client, link, post):
    client.force_login(make_user(email=ADDRESS))

    client.get(link)

    assert not post.holdings.exists()


def test_somebody_else_who_is_signed_in_is_told_whose_it_is(client, link, office):
    make_user(email=ADDRESS)
    client.force_login(office.head)

    response = client.post(link)

    assert response.status_code == 422
    assert "คำเชิญนี้เป็นของบัญชีอื่น" in response.content.decode()


def test_tries_are_counted_as_at_signing_in(client, link):
    answers = [
        client.post("/accounts/invitation/never-given/", TYPED).status_code for _try in range(11)
    ]

    assert answers == [404] * 10 + [429]


def test_page_is_kept_by_nobody(client, link):
    assert "no-store" in client.get(link)["Cache-Control"]
