"""Signing in, out, and the second factor: in Thai, in our look, without undefined variables."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "รหัสผ่านสมมติ-1234"


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """Forget what the rate limits have counted."""
    cache.clear()


@pytest.fixture
def person():
    return make_user("staff", password=PASSWORD)


@pytest.fixture
def signed_in(client, person):
    """Return a client that has signed in, and confirmed its password, just now."""
    client.post(reverse("account_login"), {"login": "staff", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def code_of(secret):
    """Return the code that an authenticator app shows for ``secret`` now."""
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def heading_of(response):
    """Return the heading of a page that answers 200."""
    assert response.status_code == 200
    return re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_login", "เข้าสู่ระบบ"),
        ("account_signup", "ระบบนี้ไม่เปิดให้สมัครเอง"),
        ("account_inactive", "บัญชีนี้ถูกระงับ"),
    ],
)
def test_page_for_strangers_is_in_thai(client, name, heading):
    assert heading_of(client.get(reverse(name))) == heading


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_logout", "ออกจากระบบ"),
        ("account_change_password", "เปลี่ยนรหัสผ่าน"),
        ("account_reauthenticate", "ยืนยันตัวตนอีกครั้ง"),
        ("mfa_index", "ยืนยันตัวตนสองขั้น"),
        ("mfa_activate_totp", "เปิดใช้แอปยืนยันตัวตน"),
    ],
)
def test_page_for_people_is_in_thai(signed_in, name, heading):
    assert heading_of(signed_in.get(reverse(name))) == heading


def test_wrong_password_is_answered_on_the_page(client, person):
    response = client.post(reverse("account_login"), {"login": "staff", "password": "ผิด"})

    assert "โปรดแก้ไขข้อมูลต่อไปนี้" in response.content.decode()


def test_second_factor_from_activation_to_sign_in(signed_in, person):
    page = signed_in.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    signed_in.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert heading_of(signed_in.get(reverse("mfa_view_recovery_codes"))) == "รหัสสำรอง"
    assert heading_of(signed_in.get(reverse("mfa_generate_recovery_codes"))) == (
        "สร้างรหัสสำรองชุดใหม่"
    )
    assert heading_of(signed_in.get(reverse("mfa_deactivate_totp"))) == "ปิดใช้แอปยืนยันตัวตน"
    assert heading_of(signed_in.get(reverse("mfa_index"))) == "ยืนยันตัวตนสองขั้น"
    signed_in.post(reverse("account_logout"))

    response = signed_in.post(
        reverse("account_login"), {"login": "staff", "password": PASSWORD}, follow=True
    )

    assert heading_of(response) == "ยืนยันตัวตนขั้นที่สอง"
    assert Authenticator.objects.filter(user=person, type="totp").count() == 1


def test_page_that_does_not_exist_is_in_thai(client):
    response = client.get("/no-such-organisation/")

    assert response.status_code == 404
    assert "<h1>ไม่พบหน้านี้</h1>" in response.content.decode()


def test_header_greets_the_person_and_signs_out_by_a_form(signed_in, person):
    page = signed_in.get("/").content.decode()

    assert person.get_full_name() in page
    assert f'<form method="post" action="{reverse("account_logout")}">' in page


def test_form_without_token_is_offered_again_without_the_password(person):
    client = Client(enforce_csrf_checks=True)

    response = client.post(
        reverse("account_login"), {"login": "staff", "password": PASSWORD, "note": "ข้อความยาว"}
    )

    page = response.content.decode()
    assert response.status_code == 403
    assert "แบบฟอร์มหมดอายุ" in page
    assert "ข้อความยาว" in page
    assert PASSWORD not in page
