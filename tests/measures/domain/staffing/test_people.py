"""The page of the people: who is where, and what is about to go wrong; queries stay the same."""

import datetime

import pytest
from django.utils import timezone

from measures.domain.staffing import people
from measures.models import Organisation
from tests.factories.appointments import order_deputy, set_up_second_factor
from tests.factories.organisations import make_division, make_post
from tests.factories.people import hold, make_office, make_user

pytestmark = pytest.mark.django_db

ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def warnings_of(office) -> people.Warnings:
    organisation = Organisation.objects.get(pk=office.organisation.pk)
    return people.people_of(organisation).warnings


def test_posts_stand_by_division_with_those_of_none_first(office):
    make_office()  # whose people are not shown

    found = people.people_of(office.organisation)

    assert [
        (state.division and state.division.name, [post.post.title for post in state.posts])
        for state in found.divisions
    ] == [
        (
            None,
            [
                office.mayor_post.title,
                "ปลัดองค์การบริหารส่วนตำบล",
                "รองปลัดองค์การบริหารส่วนตำบล",
            ],
        ),
        ("สำนักปลัด", ["หัวหน้าสำนักปลัด", "นักวิเคราะห์นโยบายและแผน", "เจ้าพนักงานธุรการ"]),
        ("กองคลัง", ["นักวิชาการเงินและบัญชี"]),
    ]


def test_post_of_a_sub_unit_stands_under_the_division_that_reports(office):
    sub_unit = make_division(office.organisation, "งานพัสดุ", parent=office.finance)
    make_division(office.organisation, "งานคลังพัสดุ", parent=sub_unit)
    make_post(office.organisation, "เจ้าพนักงานพัสดุ", division=sub_unit.sub_units.get(), order=9)

    found = people.people_of(office.organisation)

    titles = [state.post.title for state in found.divisions[-1].posts]
    assert titles == ["นักวิชาการเงินและบัญชี", "เจ้าพนักงานพัสดุ"]


def test_post_shows_who_acts_who_comes_and_who_was(office, today):
    acting = order_deputy(office)
    coming = hold(office.clerk_post, office.head, starts_on=today + ONE_DAY)
    ended = hold(
        office.clerk_post,
        office.staff,
        starts_on=datetime.date(2019, 1, 1),
        ends_on=datetime.date(2020, 9, 30),
    )

    (state,) = [
        post
        for division in people.people_of(office.organisation).divisions
        for post in division.posts
        if post.post == office.clerk_post
    ]

    assert (state.today, state.coming, state.ended) == (
        [acting, office.clerk.holdings.get()],
        [coming],
        [ended],
    )


# Warnings ----------------------------------------------------------------------------------------


def test_units_and_signers_with_one_account_or_none(office):
    found = warnings_of(office)

    assert found.units_without == [office.works]
    assert found.units_with_one == [office.secretariat, office.finance]
    assert found.signers_vacant == []
    assert found.signers_with_one == office.chain_posts[::-1]


def test_second_account_takes_the_warning_away(office):
    second = make_post(
        office.organisation, "เจ้าพนักงานการเงิน", division=office.finance, reports_progress=True
    )
    hold(second, make_user())
    order_deputy(office)

    found = warnings_of(office)

    assert office.finance not in found.units_with_one
    assert office.clerk_post not in found.signers_with_one


def test_account_that_is_off_counts_as_none(office):
    for person in (office.staff, office.mayor):
        person.is_active = False
        person.save()

    found = warnings_of(office)

    assert found.units_without == [office.secretariat, office.works]
    assert found.reporters_vacant == [office.staff_post]
    assert found.signers_vacant == [office.mayor_post]
    assert found.are_urgent() is True


def test_closed_division_warns_of_nothing(office, today):
    office.works.closed_on = today
    office.works.save()

    assert warnings_of(office).units_without == []


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (30, True), (31, False)])
def test_holding_that_ends_within_30_days(office, today, days, is_told):
    holding = office.finance_staff.holdings.get()
    holding.ends_on = today + days * ONE_DAY
    holding.save()

    assert warnings_of(office).ending == ([holding] if is_told else [])


def test_those_who_lack_the_second_factor_they_need(office, today):
    assert warnings_of(office).unproved == []

    office.organisation.mfa_required_from = today + 90 * ONE_DAY
    office.organisation.save()
    set_up_second_factor(office.mayor)

    assert warnings_of(office).unproved == [
        office.coordinator,
        office.head,
        office.deputy,
        office.clerk,
    ]


def test_small_office_in_order_is_not_urgent(office, today):
    office.works.closed_on = today
    office.works.save()

    assert warnings_of(office).are_urgent() is False


@pytest.mark.parametrize("count", [3, 60])
def test_queries_stay_the_same_however_many_hold_a_post(
    office, today, count, django_assert_num_queries
):
    office.organisation.mfa_required_from = today
    for number in range(count):
        post = make_post(office.organisation, f"ตำแหน่งที่ {number}", administers=True)
        hold(post, make_user())

    with django_assert_num_queries(8):
        people.people_of(office.organisation)
