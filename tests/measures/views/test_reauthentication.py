"""Signing and publishing ask for the password or second factor again after fifteen minutes."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from measures.domain.signing import signoffs
from measures.models import SignoffStep
from tests.factories.flow import approve_up_to, current, make_approved, submit
from tests.factories.sign_in import sign_in

pytestmark = pytest.mark.django_db

PASSWORD = "A-good-password-2569"
OPINION = "เห็นควรอนุมัติ"
FRESH, STALE = 14 * 60, 16 * 60  # seconds
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def step(office) -> SignoffStep:
    """The step of the mayor, who may give every answer."""
    for person in (office.mayor, office.coordinator):
        person.set_password(PASSWORD)
        person.save()
    return current(approve_up_to(office, submit(office), 4))


def signing(step):
    return reverse("paper:signing", args=[step.pk])


def press(client, step, answer="approve", **typed):
    typed |= {"seen": signoffs.seen_token(SignoffStep.objects.get(pk=step.pk).signoff)}
    address = reverse(f"paper:{answer}", args=[step.pk])
    return client.post(address, typed, headers={"referer": f"http://testserver{signing(step)}"})


def decision(step):
    return SignoffStep.objects.get(pk=step.pk).decision


def test_recent_sign_in_is_enough(office, step):
    client = sign_in(Client(), office.mayor, seconds_ago=FRESH)

    press(client, step, opinion=OPINION)

    assert decision(step) == "approved"


@pytest.mark.parametrize(
    ("answer", "typed"),
    [
        ("approve", {"opinion": OPINION}),
        ("return", {"reason": OPINION}),
        ("refuse", {"reason": OPINION}),
    ],
)
def test_older_check_leads_to_the_password_and_keeps_the_text(office, step, answer, typed):
    client = sign_in(Client(), office.mayor, seconds_ago=STALE)

    response = press(client, step, answer, **typed)

    assert (
        response["Location"]
        == f"/accounts/reauthenticate/?next={signing(step).replace('/', '%2F')}"
    )
    assert decision(step) == ""
    back = client.post(
        reverse("account_reauthenticate"), {"password": PASSWORD, "next": signing(step)}
    )
    assert (back["Location"], decision(step)) == (signing(step), "")  # nothing is signed by itself
    page = client.get(signing(step))
    assert OPINION in page.content.decode()
    press(client, step, answer, **typed)
    assert decision(step) != ""


def test_wrong_password_signs_nothing(office, step):
    client = sign_in(Client(), office.mayor, seconds_ago=STALE)
    press(client, step)
    client.post(reverse("account_reauthenticate"), {"password": "wrong", "next": signing(step)})

    press(client, step)

    assert decision(step) == ""


def test_second_factor_is_enough_too(office, step):
    TOTP.activate(office.mayor, SECRET)
    client = sign_in(Client(), office.mayor, seconds_ago=STALE)
    assert press(client, step)["Location"].startswith("/accounts/reauthenticate/")
    code = format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))

    client.post(reverse("mfa_reauthenticate"), {"code": code, "next": signing(step)})
    press(client, step)

    assert Authenticator.objects.filter(user=office.mayor).exists()
    assert get_adapter().is_mfa_enabled(office.mayor)
    assert decision(step) == "approved"


def test_several_at_once_ask_too(office, step):
    client = sign_in(Client(), office.mayor, seconds_ago=STALE)
    token = signoffs.seen_token(step.signoff)

    response = client.post("/desk/signing/", {"step": step.pk, f"seen_{step.pk}": token})

    assert response["Location"] == "/accounts/reauthenticate/?next=%2Fdesk%2Fsigning%2F"
    assert decision(step) == ""


def test_publishing_asks_too(office):
    document = make_approved(office)
    client = sign_in(Client(), office.coordinator, seconds_ago=STALE)

    response = client.post(reverse("paper:publish", args=[document.pk]))

    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert not document.renderings.exists()


def test_session_without_any_record_is_not_recent(office, step):
    client = Client()
    client.force_login(office.mayor)

    press(client, step)

    assert decision(step) == ""


def test_reading_asks_for_nothing(office, step):
    client = sign_in(Client(), office.mayor, seconds_ago=STALE)

    assert client.get(signing(step)).status_code == 200
    assert client.get("/desk/signing/").status_code == 200


def test_ticks_and_opinion_of_several_documents_are_offered_again(office, step):
    client = sign_in(Client(), office.mayor, seconds_ago=STALE)
    address = reverse("paper:signing_list")

    asked = client.post(
        address,
        {"step": [step.pk], "opinion": OPINION},
        headers={"referer": f"http://testserver{address}"},
    )

    assert asked.status_code == 302
    assert decision(step) == ""
    page = client.get(address)
    assert [row.is_chosen for row in page.context["rows"]] == [True]
    assert page.context["form"]["opinion"].value() == OPINION
