"""Who signs: in which capacity, never the maker last, and what vacant posts and strangers do."""

import datetime

import pytest
from django.utils import timezone

from measures.domain.errors import Invalid
from measures.domain.signing import signoffs
from measures.models import (
    ChainPost,
    Document,
    HoldingKind,
    Signoff,
)
from measures.permissions import NotAllowed
from tests.factories.flow import (
    REASON,
    approve_up_to,
    current,
    decisions,
    end_holdings,
    fresh,
    make_draft,
    state_of,
    submit,
)
from tests.factories.organisations import make_organisation, make_post
from tests.factories.people import hold, make_administrator, make_user

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)


# In which capacity -------------------------------------------------------------------------------

ACTING_LINES = {
    HoldingKind.ACTING_FOR: "รองปลัดองค์การบริหารส่วนตำบล รักษาราชการแทน",
    HoldingKind.ON_BEHALF: "รองปลัดองค์การบริหารส่วนตำบล ปฏิบัติราชการแทน",
    HoldingKind.ACTING_IN_POST: "รองปลัดองค์การบริหารส่วนตำบล รักษาการในตำแหน่ง",
    HoldingKind.PERFORMING_DUTIES: "รองปลัดองค์การบริหารส่วนตำบล ปฏิบัติหน้าที่",
}


@pytest.mark.parametrize("kind", ACTING_LINES)
def test_acting_holder_signs_in_that_capacity_and_prints_both_posts(office, kind):
    end_holdings(office.clerk_post)
    acting = make_user()
    hold(office.clerk_post, acting, kind=kind, substantive_post=office.deputy_post)
    signoff = approve_up_to(office, submit(office), 3)

    step = signoffs.approve(current(signoff), by=acting)

    assert (step.capacity, step.signer_name, step.position_lines) == (
        kind,
        acting.printed_name(),
        [ACTING_LINES[kind], "ปลัดองค์การบริหารส่วนตำบล"],
    )
    event = office.organisation.events.order_by("-sequence")[0]
    assert event.capacity == f"{ACTING_LINES[kind]} ปลัดองค์การบริหารส่วนตำบล"


def test_rank_is_printed_apart_and_replaces_the_title(office):
    office.head.rank = "จำเอก"
    office.head.save()
    signoff = submit(office)

    step = signoffs.approve(current(signoff), by=fresh(office.head))

    assert (step.signer_rank, step.signer_name) == (
        "จำเอก",
        f"{office.head.first_name} {office.head.last_name}",
    )


def test_what_was_signed_stays_when_name_and_post_change_later(office):
    signoff = approve_up_to(office, submit(office), 2)
    office.head.first_name = "ชื่อใหม่"
    office.head.save()
    office.head_post.title = "หัวหน้าสำนักงานปลัด"
    office.head_post.save()

    step = signoff.steps.get(order=2)

    assert step.position_lines == ["หัวหน้าสำนักปลัด"]
    assert "ชื่อใหม่" not in step.signer_name


# Maker is never the last approver ----------------------------------------------------------------


def test_maker_acting_for_the_mayor_does_not_approve_last(office):
    hold(
        office.mayor_post,
        office.coordinator,
        kind="acting_for",
        substantive_post=office.coordinator_post,
    )
    signoff = approve_up_to(office, submit(office), 4)

    for verb in (signoffs.approve, signoffs.refuse, signoffs.return_for_correction):
        with pytest.raises(NotAllowed) as refusal:
            verb(
                current(signoff),
                by=office.coordinator,
                **({} if verb is signoffs.approve else {"reason": REASON}),
            )
        assert str(refusal.value) == ("ผู้จัดทำหรือผู้เสนอเอกสารเป็นผู้อนุมัติคนสุดท้ายไม่ได้ แม้ในฐานะผู้รักษาการ")
    signoffs.approve(current(signoff), by=office.mayor)
    assert state_of(signoff) == "approved"


def test_maker_who_is_the_only_last_approver_cannot_even_submit(office):
    end_holdings(office.mayor_post)
    hold(
        office.mayor_post,
        office.coordinator,
        kind="performing_duties",
        substantive_post=office.coordinator_post,
    )

    with pytest.raises(Invalid) as refusal:
        submit(office)

    assert str(refusal.value) == ("ท่านเป็นผู้อนุมัติคนสุดท้ายของเอกสารนี้ด้วย โปรดให้ผู้อื่นเป็นผู้เสนอ หรือตั้งผู้รักษาการ")
    assert Signoff.objects.count() == 0


def test_preparer_who_did_not_submit_is_a_maker_too(office):
    second = make_user()
    hold(make_post(office.organisation, "ผู้ช่วยธุรการ", coordinates=True), second)
    hold(
        office.mayor_post,
        office.coordinator,
        kind="acting_for",
        substantive_post=office.coordinator_post,
    )
    signoff = signoffs.submit(make_draft(office), by=second)
    approve_up_to(office, signoff, 4)

    with pytest.raises(NotAllowed):
        signoffs.approve(current(signoff), by=office.coordinator)
    with pytest.raises(NotAllowed):
        signoffs.approve(current(signoff), by=second)

    assert decisions(signoff)[-1] == ""


# Vacant posts, strangers -----------------------------------------------------------------------


def test_vacant_post_blocks_the_chain(office):
    end_holdings(office.deputy_post)

    with pytest.raises(Invalid) as refusal:
        submit(office)

    assert str(refusal.value) == (
        "ยังเสนอลงนามไม่ได้: ตำแหน่งรองปลัดองค์การบริหารส่วนตำบล ในสายการลงนามว่าง โปรดตั้งผู้รักษาการก่อน"
    )


def test_vacant_post_that_may_be_skipped_is_left_out(office):
    end_holdings(office.deputy_post)
    ChainPost.objects.filter(post=office.deputy_post).update(is_skipped_when_vacant=True)

    signoff = submit(office)

    assert [(step.order, step.post) for step in signoff.ordered_steps()] == [
        (1, office.coordinator_post),
        (2, office.head_post),
        (4, office.clerk_post),  # each keeps its place in the line
        (5, office.mayor_post),
    ]


def test_chain_without_a_last_post_is_named(office):
    ChainPost.objects.filter(post=office.mayor_post).delete()

    with pytest.raises(Invalid) as refusal:
        submit(office)

    assert str(refusal.value) == "ยังเสนอลงนามไม่ได้: ยังไม่ได้กำหนดตำแหน่งผู้อนุมัติในสายการลงนาม"


@pytest.mark.parametrize("others", [True, False])
def test_last_post_that_would_be_skipped_stops_the_document(office, others):
    end_holdings(office.mayor_post)
    ChainPost.objects.filter(post=office.mayor_post).update(is_skipped_when_vacant=True)
    if not others:
        ChainPost.objects.exclude(post=office.mayor_post).delete()

    with pytest.raises(Invalid) as refusal:
        submit(office)

    assert str(refusal.value) == "ตำแหน่งผู้อนุมัติต้องอยู่ลำดับสุดท้ายของสายการลงนาม"
    assert (Signoff.objects.count(), Document.objects.get().state) == (0, "draft")


def test_post_after_the_last_approver_stops_the_document(office):
    extra = make_post(office.organisation, "ผู้ตรวจสอบภายใน")
    hold(extra, make_user())
    ChainPost.objects.create(
        organisation=office.organisation,
        kind="progress_report",
        order=6,
        post=extra,
        role="opinion",
    )

    with pytest.raises(Invalid) as refusal:
        submit(office)

    assert str(refusal.value) == "ตำแหน่งผู้อนุมัติต้องอยู่ลำดับสุดท้ายของสายการลงนาม"


def test_ended_holding_no_longer_signs(office):
    signoff = submit(office)
    end_holdings(office.head_post)

    with pytest.raises(NotAllowed) as refusal:
        signoffs.approve(current(signoff), by=fresh(office.head))

    assert str(refusal.value) == "ท่านไม่ได้ดำรงหรือรักษาการในตำแหน่งหัวหน้าสำนักปลัด ในวันนี้"
    assert decisions(signoff) == ["signed", "", "", "", ""]


def test_successor_signs_where_the_holder_changed_on_the_way(office):
    signoff = submit(office)
    end_holdings(office.head_post)
    successor = make_user()
    hold(office.head_post, successor, starts_on=timezone.localdate())

    step = signoffs.approve(current(signoff), by=successor)

    assert step.decided_by == successor


def test_holder_of_the_same_title_elsewhere_does_not_sign(office):
    elsewhere = make_organisation()
    stranger = make_user()
    hold(make_post(elsewhere, "หัวหน้าสำนักปลัด", coordinates=True), stranger)
    signoff = submit(office)

    with pytest.raises(NotAllowed):
        signoffs.approve(current(signoff), by=stranger)
    with pytest.raises(NotAllowed):
        signoffs.recall(signoff, by=stranger)

    assert decisions(signoff) == ["signed", "", "", "", ""]


def test_administrator_without_a_post_neither_submits_nor_signs_nor_recalls(office):
    administrator = make_administrator()
    document = make_draft(office)
    with pytest.raises(NotAllowed):
        signoffs.submit(document, by=administrator)
    signoff = signoffs.submit(document, by=office.coordinator)

    for verb, words in (
        (signoffs.approve, {}),
        (signoffs.return_for_correction, {"reason": REASON}),
    ):
        with pytest.raises(NotAllowed):
            verb(current(signoff), by=administrator, **words)
    with pytest.raises(NotAllowed):
        signoffs.recall(signoff, by=administrator)

    assert decisions(signoff) == ["signed", "", "", "", ""]


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_the_coordinator_submits(office, who):
    document = make_draft(office)

    with pytest.raises(NotAllowed):
        signoffs.submit(document, by=getattr(office, who))

    assert Signoff.objects.count() == 0
