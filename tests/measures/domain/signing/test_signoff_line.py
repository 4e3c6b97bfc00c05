"""The line as it is today: one person in two posts, vacant posts, and since when it waits."""

import datetime

import pytest
from django.utils import timezone

from measures.domain.publishing import publications
from measures.domain.signing import signoff_line, signoffs
from measures.models import ChainPost, HoldingKind, PostHolding, Signoff, SignoffStep
from tests.factories.flow import (
    REASON,
    act,
    approve_up_to,
    current,
    decisions,
    end_holdings,
    fresh,
    state_of,
    submit,
    verbs_of,
)
from tests.factories.people import hold

pytestmark = pytest.mark.django_db


def may_be_skipped(post):
    ChainPost.objects.filter(post=post).update(is_skipped_when_vacant=True)


# Two posts, one person -----------------------------------------------------------------------


def test_one_person_in_two_neighbouring_posts_signs_once_for_both(office):
    act(office.clerk_post, office.deputy, office.deputy_post)
    signoff = approve_up_to(office, submit(office), 2)

    signoffs.approve(current(signoff), by=office.deputy, opinion="เห็นควรอนุมัติ")

    steps = signoff.steps.filter(decided_by=office.deputy).order_by("order")
    assert [(step.order, step.decision, step.opinion, step.capacity) for step in steps] == [
        (3, "approved", "เห็นควรอนุมัติ", "substantive"),
        (4, "approved", "เห็นควรอนุมัติ", "acting_for"),
    ]
    assert [step.position_lines for step in steps] == [
        ["รองปลัดองค์การบริหารส่วนตำบล"],
        ["รองปลัดองค์การบริหารส่วนตำบล รักษาราชการแทน", "ปลัดองค์การบริหารส่วนตำบล"],
    ]
    assert verbs_of(office.organisation)[-3:] == ["approved", "approved", "approved"]
    assert current(signoff).post == office.mayor_post


def test_both_blocks_are_printed_each_with_its_own_lines(office):
    act(office.clerk_post, office.deputy, office.deputy_post)
    signoff = approve_up_to(office, submit(office), 3)

    blocks = publications.content_of(signoff.document)["signoff"]

    assert [block["opinion"] for block in blocks[2:4]] == ["ความเห็นที่ 3", "ความเห็นที่ 3"]
    assert [len(block["position_lines"]) for block in blocks[2:4]] == [1, 2]


def test_opinion_and_last_decision_of_one_person_are_one_signature(office):
    act(office.mayor_post, office.clerk, office.clerk_post)
    signoff = approve_up_to(office, submit(office), 3)

    signoffs.approve(current(signoff), by=office.clerk, opinion="อนุมัติ")

    assert decisions(signoff) == ["signed", "approved", "approved", "approved", "approved"]
    assert state_of(signoff) == "approved"
    assert verbs_of(office.organisation)[-2:] == ["approved", "finally_approved"]


def test_pressing_twice_for_two_posts_decides_once(office):
    act(office.clerk_post, office.deputy, office.deputy_post)
    signoff = approve_up_to(office, submit(office), 2)
    step = current(signoff)

    signoffs.approve(step, by=office.deputy)
    signoffs.approve(step, by=office.deputy)

    assert decisions(signoff) == ["signed", "approved", "approved", "approved", ""]


def test_posts_of_one_person_with_another_between_are_signed_apart(office):
    act(office.clerk_post, office.head, office.head_post)
    signoff = submit(office)

    signoffs.approve(current(signoff), by=office.head)

    assert decisions(signoff) == ["signed", "approved", "", "", ""]


def test_preparers_signature_does_not_stand_for_an_opinion(office):
    act(office.head_post, office.coordinator, office.coordinator_post)

    signoff = submit(office)

    assert decisions(signoff) == ["signed", "", "", "", ""]


def test_maker_who_gives_an_opinion_does_not_decide_last_by_it(office):
    act(office.clerk_post, office.coordinator, office.coordinator_post)
    hold(
        office.mayor_post,
        office.coordinator,
        kind=HoldingKind.ACTING_FOR,
        substantive_post=office.coordinator_post,
    )
    signoff = approve_up_to(office, submit(office), 3)

    signoffs.approve(current(signoff), by=office.coordinator)

    assert decisions(signoff) == ["signed", "approved", "approved", "approved", ""]


def test_holder_whose_next_post_somebody_else_acts_in_signs_only_the_own(office):
    hold(office.clerk_post, office.deputy)  # two substantive holders: the order to act decides
    hold(
        office.clerk_post,
        office.head,
        kind=HoldingKind.ACTING_FOR,
        substantive_post=office.head_post,
    )
    signoff = approve_up_to(office, submit(office), 2)

    signoffs.approve(current(signoff), by=fresh(office.deputy))

    assert decisions(signoff) == ["signed", "approved", "approved", "", ""]


def test_returning_speaks_for_one_post_alone(office):
    act(office.clerk_post, office.deputy, office.deputy_post)
    signoff = approve_up_to(office, submit(office), 2)

    signoffs.return_for_correction(current(signoff), by=office.deputy, reason=REASON)

    assert decisions(signoff) == ["signed", "approved", "returned", "", ""]


# Vacant posts ---------------------------------------------------------------------------------


def test_post_that_falls_vacant_is_passed_by_when_its_turn_comes(office):
    may_be_skipped(office.deputy_post)
    signoff = submit(office)
    end_holdings(office.deputy_post)

    signoffs.approve(current(signoff), by=office.head)

    assert current(signoff).post == office.clerk_post
    assert decisions(signoff) == ["signed", "approved", "", ""]
    skipped = signoff_line.skipped_posts(Signoff.objects.get(pk=signoff.pk))
    assert [(each.order, each.post) for each in skipped] == [(3, "รองปลัดองค์การบริหารส่วนตำบล")]


def test_post_left_out_at_submission_is_told_too(office):
    may_be_skipped(office.deputy_post)
    end_holdings(office.deputy_post)

    signoff = submit(office)

    skipped = signoff_line.skipped_posts(Signoff.objects.get(pk=signoff.pk))
    assert [(each.order, each.post) for each in skipped] == [(3, "รองปลัดองค์การบริหารส่วนตำบล")]


def test_post_that_may_not_be_skipped_waits_for_an_acting_order(office):
    signoff = submit(office)
    end_holdings(office.deputy_post)

    signoffs.approve(current(signoff), by=office.head)

    assert current(signoff).post == office.deputy_post
    assert signoff_line.is_vacant(current(signoff))
    hold(
        office.deputy_post,
        office.head,
        kind=HoldingKind.ACTING_FOR,
        substantive_post=office.head_post,
    )
    signoffs.approve(current(signoff), by=fresh(office.head))
    assert current(signoff).post == office.clerk_post


def test_last_post_is_never_passed_by(office):
    may_be_skipped(office.mayor_post)
    signoff = submit(office)
    end_holdings(office.mayor_post)

    approve_up_to(office, signoff, 4)

    assert current(signoff).post == office.mayor_post
    assert state_of(signoff) == "in_signoff"


def test_vacant_post_between_two_of_one_person_does_not_part_them(office):
    may_be_skipped(office.deputy_post)
    act(office.clerk_post, office.head, office.head_post)
    signoff = submit(office)
    end_holdings(office.deputy_post)
    step = current(signoff)

    together = signoff_line.signed_together(step, office.head)
    signoffs.approve(step, by=office.head, opinion="เห็นชอบ")

    assert [each.post for each in together] == [office.head_post, office.clerk_post]
    assert [each.post for each in signoff.steps.filter(decided_by=office.head)] == [
        office.head_post,
        office.clerk_post,
    ]
    assert not signoff.steps.filter(post=office.deputy_post).exists()


def test_line_passed_by_counts_with_the_chain_as_it_is_now(office):
    may_be_skipped(office.deputy_post)
    signoff = submit(office)
    end_holdings(office.deputy_post)
    ChainPost.objects.filter(post=office.deputy_post).update(is_skipped_when_vacant=False)

    signoffs.approve(current(signoff), by=office.head)

    assert current(signoff).post == office.deputy_post


# Since when -----------------------------------------------------------------------------------


def test_waiting_counts_from_the_last_signature(office):
    signoff = submit(office)
    at = timezone.now() + datetime.timedelta(days=3)

    signoffs.approve(current(signoff), by=office.head, now=at)

    assert signoff_line.waiting_since(Signoff.objects.get(pk=signoff.pk)) == at


def test_reading_the_line_changes_nothing(office):
    act(office.clerk_post, office.deputy, office.deputy_post)
    signoff = approve_up_to(office, submit(office), 2)
    before = list(SignoffStep.objects.order_by("pk").values())

    signoff_line.signed_together(current(signoff), office.deputy)

    assert list(SignoffStep.objects.order_by("pk").values()) == before
    assert PostHolding.objects.filter(user=office.deputy).count() == 2
