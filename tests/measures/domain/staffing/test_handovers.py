"""Handing a post over: everything moves in one act, or nothing does."""

import datetime

import pytest
from django.utils import timezone

from measures.domain.errors import Invalid
from measures.domain.hashes import sha256_of
from measures.domain.recording import late_permits, progress, rounds
from measures.domain.staffing import handovers
from measures.models import (
    Event,
    EventVerb,
    Handover,
    HoldingKind,
    LatePermit,
    Notice,
    PostHolding,
)
from measures.permissions import NotAllowed
from tests.factories.flow import fresh
from tests.factories.handovers import let_administer, make_handover, tomorrow
from tests.factories.people import hold, make_user

pytestmark = pytest.mark.django_db


def holders(post, day) -> list[object]:
    return [holding.user for holding in PostHolding.objects.current(on=day).filter(post=post)]


def try_to_hand_over(office, **changes):
    values = {
        "from_user": office.staff,
        "to_user": office.finance_staff,
        "takes_effect_on": tomorrow(),
        "by": fresh(office.coordinator),
    }
    return handovers.hand_over(office.staff_post, **values | changes)


def test_the_post_passes_on_the_day_and_not_before(office):
    make_handover(office)

    assert holders(office.staff_post, timezone.localdate()) == [office.staff]
    assert holders(office.staff_post, tomorrow()) == [office.finance_staff]


def test_a_handover_from_today_on_counts_at_once(office):
    let_administer(office)

    try_to_hand_over(office, takes_effect_on=timezone.localdate())

    assert not fresh(office.staff).holdings_today()
    assert office.staff_post in [
        holding.post for holding in fresh(office.finance_staff).holdings_today()
    ]


def test_the_list_is_frozen_as_it_stood_and_hashed(office):
    handover = make_handover(office)
    entry = next(
        each for each in progress.entries_of(office.round) if each.division == office.secretariat
    )
    progress.record(entry, by=office.coordinator, version=0, status="done", result="เสร็จแล้ว")

    stored = Handover.objects.get(pk=handover.pk)

    (duty,) = stored.content["duties"]
    assert [item["name"] for item in duty["items"]] == [f"มาตรการที่ 1 {office.measures[0].title}"]
    assert stored.content_sha256 == sha256_of(stored.content)
    assert stored.content["from"]["name"] == office.staff.printed_name()
    assert stored.content["to"]["position_lines"] == [office.finance_post.title]


def test_it_is_logged_once_and_both_are_told(office):
    handover = make_handover(office)

    (event,) = Event.objects.filter(verb=EventVerb.HANDED_OVER)
    assert (event.target_type, event.target_id) == ("post", office.staff_post.pk)
    assert event.data["content_sha256"] == handover.content_sha256
    told = Notice.objects.filter(key=f"handover-{handover.pk}").values_list("recipient", flat=True)
    assert set(told) == {office.staff.pk, office.finance_staff.pk}


def test_the_second_press_is_one(office):
    first = make_handover(office)
    before = Event.objects.count(), PostHolding.objects.count()

    second = try_to_hand_over(office)

    assert second == first
    assert (Event.objects.count(), PostHolding.objects.count()) == before


def test_what_is_acted_in_out_of_the_post_ends_with_it(office):
    let_administer(office)
    acting = hold(
        office.head_post,
        office.staff,
        kind=HoldingKind.ACTING_FOR,
        substantive_post=office.staff_post,
        order_number="1/2569",
    )

    try_to_hand_over(office)

    acting.refresh_from_db()
    assert acting.ends_on == timezone.localdate()


@pytest.mark.parametrize("is_at_once", [True, False])
def test_leave_that_names_the_old_holder_is_given_to_the_new_one(office, is_at_once):
    let_administer(office)
    entry = next(
        each for each in progress.entries_of(office.round) if each.division == office.secretariat
    )
    rounds.close_round(office.round, by=office.coordinator)
    until = timezone.localdate() + datetime.timedelta(days=10)
    old = late_permits.grant(
        entry, by=office.coordinator, reason="ป่วย", allowed_until=until, person=office.staff
    )

    day = timezone.localdate() if is_at_once else tomorrow()
    try_to_hand_over(office, takes_effect_on=day)

    (new,) = LatePermit.objects.in_force().filter(person=office.finance_staff)
    assert (new.entry, new.reason, new.allowed_until) == (entry, "ป่วย", until)
    old.refresh_from_db()
    assert (old.person, old.withdrawn_at is not None) == (office.staff, is_at_once)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (lambda office: {"to_user": office.staff}, "ผู้รับมอบต้องไม่ใช่ผู้ส่งมอบ"),
        (lambda office: {"to_user": switched_off(office.finance_staff)}, "ถูกระงับอยู่"),
        (lambda office: {"to_user": make_user()}, "ไม่ใช่คนของหน่วยงานนี้"),
        (lambda office: {"from_user": office.head}, "ไม่ได้ดำรงตำแหน่ง"),
        (
            lambda office: {"takes_effect_on": timezone.localdate() - datetime.timedelta(days=1)},
            "วันรับมอบต้องเป็นวันนี้หรือหลังจากนี้",
        ),
    ],
    ids=["to oneself", "to nobody", "to a stranger", "of another's post", "in the past"],
)
def test_a_post_is_never_left_to_nobody(office, changes, reason):
    let_administer(office)
    wanted = changes(office)
    before = list(PostHolding.objects.order_by("pk").values()), Event.objects.count()

    with pytest.raises(Invalid, match=reason):
        try_to_hand_over(office, **wanted)

    assert (list(PostHolding.objects.order_by("pk").values()), Event.objects.count()) == before
    assert not Handover.objects.exists()


def switched_off(person):
    person.is_active = False
    person.save()
    return person


@pytest.mark.parametrize("who", ["staff", "finance_staff", "head", "outsider"])
def test_proposing_oneself_is_not_enough(office, who):
    let_administer(office)

    with pytest.raises(NotAllowed, match="เฉพาะผู้ดูแลบัญชีและตำแหน่ง"):
        try_to_hand_over(office, by=getattr(office, who))

    assert holders(office.staff_post, tomorrow()) == [office.staff]


@pytest.mark.parametrize(
    ("post", "superior"),
    [
        ("staff_post", "head"),
        ("finance_post", "head"),
        ("coordinator_post", "head"),
        ("deputy_post", "clerk"),
        ("mayor_post", None),
    ],
)
def test_the_witness_stands_above_in_the_line_of_the_office(office, post, superior):
    let_administer(office)
    given = getattr(office, post)
    handover = handovers.hand_over(
        given,
        from_user=given.holdings.get().user,
        to_user=make_colleague(office),
        takes_effect_on=tomorrow(),
        by=fresh(office.clerk),
    )

    witness = handover.content["witness"]
    expected = getattr(office, superior).printed_name() if superior else None
    assert (witness["name"] if witness else None) == expected


def make_colleague(office):
    person = make_user()
    hold(office.staff_post, person, ends_on=timezone.localdate() - datetime.timedelta(days=9))
    return person


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("staff", True),
        ("finance_staff", True),
        ("coordinator", True),
        ("clerk", True),
        ("head", False),
        ("outsider", False),
    ],
)
def test_the_two_of_it_and_who_keeps_people_read_it(office, who, may):
    handover = make_handover(office)
    person = fresh(getattr(office, who))

    assert bool(handovers.can_read(person, handover)) is may
    listed = handovers.readable_by(person, office.organisation)
    assert list(listed) == ([handover] if may else [])


def test_only_people_of_the_office_whose_account_is_on_can_receive(office):
    switched_off(office.deputy)
    make_user()

    receivers = handovers.receivers(office.staff.holdings.get())

    assert set(receivers) == {
        office.finance_staff,
        office.coordinator,
        office.head,
        office.clerk,
        office.mayor,
    }
