"""Accounts are switched off and on by the office that has them, never the last that administers."""

import pytest
from django.test import Client
from django.urls import reverse

from measures.domain.errors import Invalid
from measures.domain.staffing import accounts
from measures.permissions import NotAllowed
from tests.factories.flow import fresh, verbs_of
from tests.factories.organisations import make_post
from tests.factories.people import hold, make_administrator, make_office, make_user

pytestmark = pytest.mark.django_db


def test_account_that_is_off_ends_its_session_and_comes_back(office):
    browser = Client()
    browser.force_login(office.staff)

    accounts.switch_off(office.staff, office.organisation, by=office.coordinator)
    shut_out = browser.get(reverse("desk:start"))
    accounts.switch_on(office.staff, office.organisation, by=office.coordinator)

    assert shut_out.status_code == 302
    assert browser.get(reverse("desk:start")).status_code == 200
    assert [event.data for event in office.organisation.events.order_by("sequence")] == [
        {"before": {"account": "เปิดใช้"}, "after": {"account": "ระงับ"}},
        {"before": {"account": "ระงับ"}, "after": {"account": "เปิดใช้"}},
    ]


def test_second_press_is_one(office):
    for _press in range(2):
        accounts.switch_off(office.staff, office.organisation, by=office.coordinator)

    assert verbs_of(office.organisation) == ["record_changed"]


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_who_administers_does_it(office, who):
    with pytest.raises(NotAllowed):
        accounts.switch_off(office.finance_staff, office.organisation, by=getattr(office, who))

    assert fresh(office.finance_staff).is_active is True


def test_nobody_shuts_out_oneself(office):
    with pytest.raises(Invalid, match="บัญชีของท่านเอง"):
        accounts.switch_off(office.coordinator, office.organisation, by=office.coordinator)


def test_last_account_that_administers_stays_on_even_for_the_install(office):
    with pytest.raises(Invalid, match="จะไม่มีผู้ดูแลบัญชี"):
        accounts.switch_off(office.coordinator, office.organisation, by=make_administrator())

    assert fresh(office.coordinator).is_active is True


def test_one_of_two_that_administer_can_be_switched_off(office):
    second = make_user()
    hold(make_post(office.organisation, "ผู้ดูแลบัญชี", administers=True), second)

    accounts.switch_off(office.coordinator, office.organisation, by=second)

    assert fresh(office.coordinator).is_active is False


def test_account_of_another_office_is_not_touched(office):
    with pytest.raises(Invalid, match="ไม่ใช่คนของหน่วยงานนี้"):
        accounts.switch_off(make_office().staff, office.organisation, by=office.coordinator)


def test_account_that_works_elsewhere_too_is_left_to_the_install(office):
    hold(make_office().works.organisation.posts.first(), office.staff)

    with pytest.raises(Invalid, match="ดำรงตำแหน่งในหน่วยงานอื่นด้วย"):
        accounts.switch_off(office.staff, office.organisation, by=office.coordinator)


def test_account_of_the_install_is_not_the_offices(office):
    office.staff.is_superuser = True
    office.staff.save()

    with pytest.raises(Invalid, match="เป็นของผู้ดูแลระบบ"):
        accounts.switch_off(office.staff, office.organisation, by=office.coordinator)
