"""The back office obeys the verbs of appointing: the same rules at every door."""

import datetime

import pytest
from django.utils import timezone

from measures.domain import records
from measures.domain.errors import Invalid
from measures.models import HoldingKind, Organisation, Post, PostHolding, User
from measures.permissions import NotAllowed
from tests.factories.appointments import order_upload
from tests.factories.flow import fresh, verbs_of
from tests.factories.organisations import make_post
from tests.factories.people import hold, make_administrator

pytestmark = pytest.mark.django_db

MARCH = datetime.date(2021, 3, 1)
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def coordinator_without_keys(office):
    """A coordinator whose post does not administer; somebody else's does."""
    hold(make_post(office.organisation, "ผู้ดูแลบัญชี", administers=True), office.staff)
    office.coordinator_post.administers = False
    office.coordinator_post.save()
    return fresh(office.coordinator)


def test_holding_that_overlaps_is_refused(office):
    with pytest.raises(Invalid, match="ดำรงตำแหน่งหัวหน้าสำนักปลัด"):
        records.save(
            PostHolding(post=office.head_post, user=office.staff, starts_on=MARCH),
            by=office.coordinator,
        )


def test_coordinator_without_the_keys_appoints_nobody(office, coordinator_without_keys):
    post = make_post(office.organisation, "นิติกร")

    with pytest.raises(NotAllowed):
        records.save(
            PostHolding(post=post, user=office.head, starts_on=MARCH), by=coordinator_without_keys
        )


def acting(office, **changes) -> PostHolding:
    values = {
        "post": office.clerk_post,
        "user": office.deputy,
        "kind": HoldingKind.ACTING_FOR,
        "substantive_post": office.deputy_post,
        "order_number": "1/2564",
        "order_date": MARCH,
        "starts_on": MARCH,
    }
    return PostHolding(**values | changes)


def test_order_to_act_is_kept_with_its_file(office):
    saved = records.save(acting(office, order_file=order_upload()), by=office.coordinator)

    assert saved.order_file.name == (
        f"orders/{office.organisation.slug}/{saved.order_file_sha256[:2]}/"
        f"{saved.order_file_sha256}.pdf"
    )


def test_only_the_install_takes_over_an_order_without_its_file(office):
    with pytest.raises(Invalid, match="โปรดแนบคำสั่ง"):
        records.save(acting(office), by=office.coordinator)

    assert records.save(acting(office), by=make_administrator()).order_file.name == ""


def test_of_a_holding_only_the_last_day_changes(office):
    holding = office.staff.holdings.get()
    holding.starts_on = MARCH
    with pytest.raises(Invalid, match="แก้ไขได้เฉพาะวันสิ้นสุด"):
        records.save(holding, by=office.coordinator)

    holding = office.staff.holdings.get()
    holding.ends_on = timezone.localdate()
    records.save(holding, by=office.coordinator)

    assert office.staff.holdings.get().ends_on == timezone.localdate()
    assert verbs_of(office.organisation) == ["holding_ended"]


def test_last_holding_that_administers_is_not_ended_here_either(office):
    holding = office.coordinator.holdings.get()
    holding.ends_on = timezone.localdate()

    with pytest.raises(Invalid, match="จะไม่มีผู้ดูแลบัญชี"):
        records.save(holding, by=make_administrator())


def test_holding_that_has_begun_is_not_deleted(office):
    with pytest.raises(Invalid, match="โปรดกำหนดวันสิ้นสุดแทน"):
        records.delete(office.staff.holdings.get(), by=office.coordinator)


def test_holding_entered_by_mistake_is_taken_out_before_it_begins(office):
    post = make_post(office.organisation, "นิติกร")
    coming = hold(post, office.staff, starts_on=timezone.localdate() + ONE_DAY)

    with pytest.raises(NotAllowed):
        records.delete(coming, by=office.staff)
    records.delete(coming, by=office.coordinator)

    assert not post.holdings.exists()
    event = office.organisation.events.get()
    assert (event.verb, event.data["before"]["post"], event.data["after"]) == (
        "holding_ended",
        "นิติกร",
        None,
    )


# Posts, accounts, the organisation ---------------------------------------------------------------


@pytest.mark.parametrize("is_new", [True, False])
def test_coordinator_without_the_keys_gives_nobody_the_keys(
    office, coordinator_without_keys, is_new
):
    post = Post(organisation=office.organisation, title="นิติกร") if is_new else office.head_post
    post.administers = True

    with pytest.raises(NotAllowed, match="ผู้ดูแลบัญชีและตำแหน่ง"):
        records.save(post, by=coordinator_without_keys)


def test_coordinator_without_the_keys_still_keeps_the_posts(office, coordinator_without_keys):
    office.head_post.title = "หัวหน้าสำนักปลัด (ใหม่)"

    records.save(office.head_post, by=coordinator_without_keys)

    assert Post.objects.get(pk=office.head_post.pk).title == "หัวหน้าสำนักปลัด (ใหม่)"


def test_who_administers_keeps_the_posts_without_coordinating(office, coordinator_without_keys):
    office.head_post.title = "หัวหน้าสำนักปลัด (ใหม่)"

    records.save(office.head_post, by=fresh(office.staff))

    assert Post.objects.get(pk=office.head_post.pk).title == "หัวหน้าสำนักปลัด (ใหม่)"


def test_last_post_that_administers_keeps_that_duty(office):
    office.coordinator_post.administers = False

    with pytest.raises(Invalid, match="จะไม่มีผู้ดูแลบัญชี"):
        records.save(office.coordinator_post, by=office.coordinator)

    assert Post.objects.get(pk=office.coordinator_post.pk).administers is True


def test_last_account_that_administers_is_not_switched_off(office):
    account = User.objects.get(pk=office.coordinator.pk)
    account.is_active = False

    with pytest.raises(Invalid, match="จะไม่มีผู้ดูแลบัญชี"):
        records.save(account, by=make_administrator())


def test_day_of_the_second_factor_is_for_who_administers(office, coordinator_without_keys):
    organisation = Organisation.objects.get(pk=office.organisation.pk)
    organisation.mfa_required_from = timezone.localdate() + ONE_DAY
    with pytest.raises(NotAllowed, match="ผู้ดูแลบัญชีและตำแหน่ง"):
        records.save(organisation, by=coordinator_without_keys)

    organisation.mfa_required_from = timezone.localdate() - ONE_DAY
    with pytest.raises(Invalid, match="วันนี้หรือหลังจากนี้"):
        records.save(organisation, by=make_administrator())
