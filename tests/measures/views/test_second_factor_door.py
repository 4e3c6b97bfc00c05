"""After the day that the office has set, no door opens to a signer without a second factor."""

import datetime

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse
from django.utils import timezone

from measures.domain.recording import progress
from measures.models import Organisation
from tests.factories.appointments import set_up_second_factor
from tests.factories.flow import current, submit
from tests.measures.views.roles import patterns

pytestmark = pytest.mark.django_db

PASSWORD = "รหัสผ่านสมมติ-1234"
SET_UP = "/accounts/2fa/totp/activate/"
ONE_DAY = datetime.timedelta(days=1)


def code_of(secret):
    """Return the code that an authenticator app shows for ``secret`` now."""
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def require(office, day):
    Organisation.objects.filter(pk=office.organisation.pk).update(mfa_required_from=day)


@pytest.fixture
def required(office):
    require(office, timezone.localdate())
    return office


@pytest.mark.parametrize("name", sorted(patterns()))
def test_every_address_of_the_desk_leads_to_the_set_up(required, as_person, name):
    arguments = [1 if "int" in str(part) else "a" for part in converters_of(name)]
    browser = as_person(required.mayor)

    for response in (
        browser.get(reverse(name, args=arguments)),
        browser.post(reverse(name, args=arguments)),
    ):
        assert response.status_code == 405 or response["Location"] == SET_UP


def converters_of(name):
    converters = patterns()[name].pattern.converters.values()
    return [type(converter).__name__.lower() for converter in converters]


def test_signing_waits_for_the_second_factor(office, as_person):
    step = current(submit(office))
    require(office, timezone.localdate())
    browser = as_person(office.head)

    led = browser.get(reverse("paper:signing", args=[step.pk]))
    set_up_second_factor(office.head)
    opened = browser.get(reverse("paper:signing", args=[step.pk]))

    assert (led.status_code, led["Location"]) == (302, SET_UP)
    assert opened.status_code == 200


def test_person_is_told_why(required, as_person):
    browser = as_person(required.mayor)
    browser.get(reverse("desk:start"))

    page = browser.get(reverse("public:home")).content.decode()

    assert "หน่วยงานกำหนดให้ผู้ลงนามและผู้ดูแลบัญชียืนยันตัวตนสองขั้น" in page


def test_text_typed_is_offered_again_after_the_set_up(required, as_person):
    entry = progress.entries_of(required.round)[0]
    address = reverse("desk:entry", args=[entry.pk])
    browser = as_person(required.coordinator)

    led = browser.post(
        address,
        {"version": entry.version, "status": "done", "result": "ประชุมชี้แจงแล้วทุกกอง"},
        headers={"Referer": f"http://testserver{address}"},
    )
    set_up_second_factor(required.coordinator)

    assert led["Location"] == SET_UP
    assert "ประชุมชี้แจงแล้วทุกกอง" in browser.get(address).content.decode()


def test_staff_go_on_working(required, as_person):
    page = as_person(required.staff).get(reverse("desk:start"))

    assert page.status_code == 200
    assert "ยืนยันตัวตนสองขั้น" not in page.content.decode()


def test_before_the_day_a_notice_says_from_when(office, as_person):
    require(office, datetime.date(2099, 10, 1))
    browser = as_person(office.mayor)

    page = browser.get(reverse("desk:start")).content.decode()
    set_up_second_factor(office.mayor)
    afterwards = browser.get(reverse("desk:start")).content.decode()

    assert "ตั้งแต่วันที่ ๑ ตุลาคม พ.ศ. ๒๖๔๒ ท่านต้องยืนยันตัวตนสองขั้น" in page
    assert "ท่านต้องยืนยันตัวตนสองขั้น" not in afterwards


@pytest.mark.parametrize(
    "name", ["admin:index", "admin:measures_measure_changelist", "admin:measures_postholding_add"]
)
@pytest.mark.usefixtures("forgiving_templates")
def test_back_office_leads_to_the_set_up(required, as_person, name):
    browser = as_person(required.coordinator)

    for response in (
        browser.get(reverse(name), follow=False),
        browser.post(reverse(name), {"title": "x"}),
    ):
        assert response.status_code == 302
        led = browser.get(response["Location"])
        assert led["Location"] == SET_UP

    set_up_second_factor(required.coordinator)
    assert browser.get(reverse(name)).status_code == 200


@pytest.mark.usefixtures("forgiving_templates")
def test_recovery_codes_are_offered_after_the_set_up(required, client):
    required.mayor.set_password(PASSWORD)
    required.mayor.save()
    client.post(reverse("account_login"), {"login": required.mayor.username, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    led = client.get(reverse("desk:start"), follow=True)

    done = client.post(SET_UP, {"code": code_of(led.context["form"].secret)})

    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(done["Location"]).status_code == 200
    assert client.get(reverse("desk:start")).status_code == 200
