"""Signers and those who administer need a second factor from the day that the office has set."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.utils import timezone

from measures.domain.errors import Invalid
from measures.domain.staffing import second_factors
from measures.models import Organisation
from measures.permissions import NotAllowed
from tests.factories.appointments import order_deputy, set_up_second_factor
from tests.factories.flow import fresh, verbs_of
from tests.factories.people import make_administrator

pytestmark = pytest.mark.django_db

ONE_DAY = datetime.timedelta(days=1)
REASON = "โทรศัพท์หาย"


@pytest.fixture
def today():
    return timezone.localdate()


def require(office, day):
    second_factors.require_from(office.organisation, day=day, by=office.coordinator)


@pytest.mark.parametrize(
    ("who", "is_required"),
    [
        ("coordinator", True),  # administers
        ("head", True),
        ("deputy", True),
        ("clerk", True),
        ("mayor", True),
        ("staff", False),
        ("finance_staff", False),
        ("outsider", False),
    ],
)
def test_who_signs_or_administers_needs_one(office, today, who, is_required):
    require(office, today)

    person = fresh(getattr(office, who))
    assert second_factors.required_from(person) == (today if is_required else None)
    assert second_factors.shuts_out(person) is is_required


def test_preparer_who_administers_nothing_needs_none(office, today):
    require(office, today)
    office.coordinator_post.administers = False
    office.coordinator_post.save()

    assert second_factors.required_from(fresh(office.coordinator)) is None


def test_who_acts_in_a_post_of_the_chain_needs_one(office, today):
    order_deputy(office)
    own_step = office.organisation.chain.filter(post=office.deputy_post)
    own_step.delete()
    require(office, today)

    assert second_factors.required_from(fresh(office.deputy)) == today


def test_administrator_of_the_install_is_not_asked_without_a_post(office, today):
    require(office, today)

    assert second_factors.required_from(make_administrator()) is None


def test_office_that_has_set_no_day_asks_nobody_and_costs_one_query(
    office, django_assert_num_queries
):
    mayor = fresh(office.mayor)

    with django_assert_num_queries(1):  # the posts held today, which every page reads
        assert second_factors.lacking_from(mayor) is None


@pytest.mark.parametrize(("days", "shuts_out"), [(-0, True), (1, False)])
def test_before_the_day_nobody_is_shut_out(office, today, days, shuts_out):
    require(office, today + days * ONE_DAY)

    mayor = fresh(office.mayor)
    assert second_factors.lacking_from(mayor) == today + days * ONE_DAY
    assert second_factors.shuts_out(mayor) is shuts_out


def test_who_has_set_it_up_goes_on(office, today):
    require(office, today)
    set_up_second_factor(office.mayor)

    assert second_factors.lacking_from(fresh(office.mayor)) is None


def test_recovery_codes_alone_are_no_second_factor(office, today):
    require(office, today)
    set_up_second_factor(office.mayor)
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).delete()

    assert second_factors.shuts_out(fresh(office.mayor)) is True


# The day -----------------------------------------------------------------------------------------


def test_day_is_set_moved_and_taken_back_with_before_and_after(office, today):
    for day in (today, today, today + ONE_DAY, None):
        require(office, day)

    assert Organisation.objects.get(pk=office.organisation.pk).mfa_required_from is None
    told = [event.data for event in office.organisation.events.order_by("sequence")]
    assert [
        (data["before"]["mfa_required_from"], data["after"]["mfa_required_from"]) for data in told
    ] == [
        ("", today.isoformat()),
        (today.isoformat(), (today + ONE_DAY).isoformat()),
        ((today + ONE_DAY).isoformat(), ""),
    ]


def test_day_that_has_passed_is_refused(office, today):
    with pytest.raises(Invalid, match="วันนี้หรือหลังจากนี้"):
        require(office, today - ONE_DAY)


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_who_administers_sets_the_day(office, today, who):
    with pytest.raises(NotAllowed):
        second_factors.require_from(office.organisation, day=today, by=getattr(office, who))


# The lost phone ----------------------------------------------------------------------------------


def reset(office, user=None, **changes):
    values = {"by": office.coordinator, "reason": REASON}
    second_factors.reset(user or office.mayor, office.organisation, **values | changes)


def test_lost_factor_is_taken_away_logged_and_told(office, django_capture_on_commit_callbacks):
    set_up_second_factor(office.mayor)

    with django_capture_on_commit_callbacks(execute=True):
        reset(office)

    assert not Authenticator.objects.exists()
    event = office.organisation.events.get()
    assert (event.target_id, event.data["reason"]) == (office.mayor.pk, REASON)
    (message,) = mail.outbox
    assert message.to == [office.mayor.email]
    assert REASON in message.body
    assert str(office.coordinator) in message.body


def test_where_there_is_none_nothing_happens(office):
    reset(office)

    assert verbs_of(office.organisation) == []


def test_reset_needs_a_reason(office):
    set_up_second_factor(office.mayor)

    with pytest.raises(Invalid, match="โปรดกรอกเหตุผล"):
        reset(office, reason=" ")
    assert second_factors.is_set_up(office.mayor) is True


def test_nobody_resets_the_own_one_without_a_password(office):
    set_up_second_factor(office.coordinator)

    with pytest.raises(Invalid, match="บัญชีของท่านเอง"):
        reset(office, office.coordinator)


@pytest.mark.parametrize("who", ["staff", "head", "outsider"])
def test_only_who_administers_resets(office, who):
    set_up_second_factor(office.mayor)

    with pytest.raises(NotAllowed):
        reset(office, by=getattr(office, who))
    assert second_factors.is_set_up(office.mayor) is True


def test_factor_of_another_offices_person_is_not_touched(office):
    set_up_second_factor(office.outsider)

    with pytest.raises(Invalid, match="ไม่ใช่คนของหน่วยงานนี้"):
        reset(office, office.outsider)
