"""Up the line and back: who may answer what, when, and what stays of it."""

import datetime

import pytest
from django.utils import timezone

from measures.domain import documents
from measures.domain.documents import ALLOWED_MOVES, Move
from measures.domain.errors import Invalid, Stale
from measures.domain.hashes import sha256_of
from measures.domain.signing import signoffs
from measures.domain.signing.signoffs import seen_token
from measures.models import (
    Document,
    DocumentState,
    HoldingKind,
    Signoff,
    SignoffStep,
)
from measures.permissions import NotAllowed
from tests.factories.flow import (
    REASON,
    approve_up_to,
    current,
    decisions,
    make_draft,
    make_in_state,
    publish,
    state_of,
    submit,
    verbs_of,
)
from tests.factories.organisations import make_post
from tests.factories.people import hold, make_user

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)


# The whole way --------------------------------------------------------------------------------


def test_submitting_freezes_the_content_and_signs_the_preparers_block(office):
    signoff = submit(office)

    assert decisions(signoff) == ["signed", "", "", "", ""]
    assert state_of(signoff) == "in_signoff"
    assert signoff.attempt == 1
    assert signoff.content_sha256 == sha256_of(signoff.content)
    preparer = signoff.steps.get(order=1)
    assert (preparer.decided_by, preparer.capacity, preparer.position_lines) == (
        office.coordinator,
        "substantive",
        ["นักวิเคราะห์นโยบายและแผน"],
    )


def test_whole_way_from_draft_to_approved(office):
    signoff = approve_up_to(office, submit(office), 5)

    assert decisions(signoff) == ["signed", "approved", "approved", "approved", "approved"]
    assert (signoff.outcome, signoff.ended_by) == ("approved", office.mayor)
    assert state_of(signoff) == "approved"
    assert [step.decided_by for step in signoff.ordered_steps()] == office.chain
    assert [step.opinion for step in signoff.ordered_steps()] == [
        "",
        "ความเห็นที่ 2",
        "ความเห็นที่ 3",
        "ความเห็นที่ 4",
        "ความเห็นที่ 5",
    ]
    assert verbs_of(office.organisation)[-6:] == [
        "submitted",
        "signed",
        "approved",
        "approved",
        "approved",
        "finally_approved",
    ]


def test_approve_passes_the_document_to_the_next_post(office):
    signoff = submit(office)

    signoffs.approve(current(signoff), by=office.head)

    assert current(signoff).post == office.deputy_post


def test_last_approval_publishes_nothing(office):
    signoff = approve_up_to(office, submit(office), 5)

    assert not hasattr(signoff.document, "publication")


def test_submitter_who_is_not_the_preparer_leaves_the_preparers_block_open(office):
    second = make_user()
    hold(make_post(office.organisation, "ผู้ช่วยธุรการ", coordinates=True), second)

    signoff = signoffs.submit(make_draft(office), by=second)

    assert decisions(signoff) == ["", "", "", "", ""]
    signoffs.approve(current(signoff), by=office.coordinator)
    assert decisions(signoff) == ["signed", "", "", "", ""]


def test_submitting_twice_is_one_signoff(office):
    document = make_draft(office)

    first = signoffs.submit(document, by=office.coordinator)
    second = signoffs.submit(document, by=office.coordinator)

    assert (second, Signoff.objects.count()) == (first, 1)


def test_incomplete_document_is_not_submitted_and_each_gap_is_named(office):
    document = documents.compile_report(office.round, by=office.coordinator, dated=None)

    with pytest.raises(Invalid) as refusal:
        signoffs.submit(document, by=office.coordinator)

    assert str(refusal.value) == (
        "ยังเสนอลงนามไม่ได้: ยังไม่ได้ระบุวันที่ของเอกสาร; "
        "มาตรการที่ 1: สำนักปลัด ยังไม่ได้รายงาน; "
        "มาตรการที่ 1: กองคลัง ยังไม่ได้รายงาน; "
        "มาตรการที่ 2: กองคลัง ยังไม่ได้รายงาน"
    )
    assert (Signoff.objects.count(), Document.objects.get().state) == (0, "draft")


# Every pair of state and move ------------------------------------------------------------------


def press(move, office, document):
    """Do what the screen's button for ``move`` does, as the person it is meant for."""
    signoff = document.signoffs.order_by("-attempt").first()
    if move == Move.SUBMIT:
        signoffs.submit(document, by=office.coordinator)
    elif move == Move.REOPEN:
        documents.reopen(document, by=office.coordinator, reason="แก้ตัวเลข")
    elif move == Move.PUBLISH:
        publish(office, document)
    elif move == Move.RECALL:
        signoffs.recall(signoff, by=office.coordinator)
    else:
        if signoff.is_running() and move != Move.RETURN:
            approve_up_to(office, signoff, 4)
        step = signoff.steps.exclude(decision="").last()
        if signoff.is_running():
            step = current(signoff)
        person = office.chain[step.order - 1]
        if move == Move.APPROVE:
            signoffs.approve(step, by=person)
        elif move == Move.RETURN:
            signoffs.return_for_correction(step, by=person, reason="อีกครั้ง")
        elif move == Move.REFUSE:
            signoffs.refuse(step, by=person, reason="อีกครั้ง")


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", DocumentState)
def test_document_moves_along_the_arrows_and_no_other_way(office, state, move):
    document = make_in_state(office, state)
    target = ALLOWED_MOVES.get((state, move))

    if target is not None:
        documents.move(document, move, by=office.coordinator)
    else:
        with pytest.raises(Invalid):
            documents.move(document, move, by=office.coordinator)

    assert Document.objects.get(pk=document.pk).state == (target or state)


@pytest.mark.parametrize("pair", ALLOWED_MOVES, ids=str)
def test_each_arrow_is_walked_by_its_verb(office, pair):
    state, move = pair
    document = make_in_state(office, state)

    press(move, office, document)

    assert Document.objects.get(pk=document.pk).state == ALLOWED_MOVES[pair]


# A second press of the same button is answered as the first was, and nothing changes.
ANSWERED_AS_BEFORE = {
    (DocumentState.IN_SIGNOFF, Move.SUBMIT),
    (DocumentState.RETURNED, Move.RETURN),
    (DocumentState.REFUSED, Move.REFUSE),
    (DocumentState.APPROVED, Move.APPROVE),
    (DocumentState.DRAFT, Move.REOPEN),
    (DocumentState.RETURNED, Move.REOPEN),
    (DocumentState.PUBLISHED, Move.PUBLISH),
    (DocumentState.PUBLISHED, Move.APPROVE),
}
# A draft that was never sent has no step to press on.
WITHOUT_A_BUTTON = {
    (DocumentState.DRAFT, move) for move in (Move.RECALL, Move.RETURN, Move.REFUSE, Move.APPROVE)
}
MISSING_ARROWS = [
    (state, move)
    for state in DocumentState
    for move in Move
    if (state, move) not in {*ALLOWED_MOVES, *WITHOUT_A_BUTTON}
]


@pytest.mark.parametrize("pair", MISSING_ARROWS, ids=str)
def test_each_missing_arrow_changes_nothing_when_its_verb_is_tried(office, pair):
    state, move = pair
    document = make_in_state(office, state)
    before = (verbs_of(office.organisation), list(SignoffStep.objects.values()))

    if pair in ANSWERED_AS_BEFORE:
        press(move, office, document)
    else:
        with pytest.raises(NotAllowed):
            press(move, office, document)

    assert Document.objects.get(pk=document.pk).state == state
    assert (verbs_of(office.organisation), list(SignoffStep.objects.values())) == before


# Return, refuse, recall ------------------------------------------------------------------------


def test_returned_document_is_editable_and_opinions_stay(office):
    signoff = approve_up_to(office, submit(office), 2)

    signoffs.return_for_correction(current(signoff), by=office.deputy, reason=REASON)

    signoff.refresh_from_db()
    assert decisions(signoff) == ["signed", "approved", "returned", "", ""]
    assert [(step.opinion, step.reason) for step in signoff.ordered_steps()] == [
        ("", ""),
        ("ความเห็นที่ 2", ""),
        ("", REASON),
        ("", ""),
        ("", ""),
    ]
    assert (signoff.outcome, signoff.ended_by) == ("returned", office.deputy)
    document = Document.objects.get(pk=signoff.document_id)
    edited = documents.edit(
        document, by=office.coordinator, version=document.version, closing="โปรดพิจารณา"
    )
    assert edited.closing == "โปรดพิจารณา"


def test_second_attempt_starts_anew_and_the_first_is_kept(office):
    first = submit(office)
    signoffs.return_for_correction(current(first), by=office.head, reason=REASON)
    document = Document.objects.get(pk=first.document_id)
    documents.edit(document, by=office.coordinator, version=document.version, subject="เรื่องใหม่")

    second = signoffs.submit(document, by=office.coordinator)

    assert [signoff.attempt for signoff in document.signoffs.order_by("attempt")] == [1, 2]
    assert decisions(second) == ["signed", "", "", "", ""]
    assert decisions(first) == ["signed", "returned", "", "", ""]
    assert first.content["memo"]["subject"] != second.content["memo"]["subject"] == "เรื่องใหม่"


@pytest.mark.parametrize("verb", [signoffs.return_for_correction, signoffs.refuse])
@pytest.mark.parametrize("reason", ["", "  \r\n"])
def test_sending_back_needs_a_reason(office, verb, reason):
    signoff = approve_up_to(office, submit(office), 4)

    with pytest.raises(Invalid):
        verb(current(signoff), by=office.mayor, reason=reason)

    assert (decisions(signoff)[-1], state_of(signoff)) == ("", "in_signoff")


@pytest.mark.parametrize("order", [2, 3, 4])
def test_only_the_last_post_refuses(office, order):
    signoff = approve_up_to(office, submit(office), order - 1)

    with pytest.raises(Invalid) as refusal:
        signoffs.refuse(current(signoff), by=office.chain[order - 1], reason=REASON)

    assert str(refusal.value) == ("เฉพาะผู้อนุมัติลำดับสุดท้ายจึงไม่อนุมัติได้ ตำแหน่งนี้โปรดใช้ “ส่งกลับแก้ไข”")
    assert state_of(signoff) == "in_signoff"


def test_refused_document_is_reopened_with_a_reason_and_sent_again(office):
    document = make_in_state(office, DocumentState.REFUSED)
    assert document.signoffs.get().outcome == "refused"

    with pytest.raises(Invalid):
        documents.reopen(document, by=office.coordinator, reason=" ")
    reopened = documents.reopen(document, by=office.coordinator, reason="แก้ตามข้อสั่งการ")
    again = signoffs.submit(reopened, by=office.coordinator)

    assert again.attempt == 2


def test_recall_before_anybody_but_the_preparer_signed(office):
    signoff = submit(office)

    recalled = signoffs.recall(signoff, by=office.coordinator)

    assert (recalled.outcome, recalled.ended_by, state_of(signoff)) == (
        "recalled",
        office.coordinator,
        "draft",
    )
    assert decisions(signoff) == ["signed", "", "", "", ""]
    assert signoffs.recall(signoff, by=office.coordinator) == recalled
    assert verbs_of(office.organisation)[-1:] == ["recalled"]
    assert verbs_of(office.organisation).count("recalled") == 1


def test_recall_after_a_signature_is_refused(office):
    signoff = approve_up_to(office, submit(office), 2)

    with pytest.raises(Invalid) as refusal:
        signoffs.recall(signoff, by=office.coordinator)

    assert str(refusal.value) == ("หัวหน้าสำนักปลัดลงนามแล้ว จึงเรียกคืนไม่ได้ โปรดขอให้ผู้พิจารณาส่งกลับแก้ไข")
    assert state_of(signoff) == "in_signoff"


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_submitter_or_coordinator_recalls(office, who):
    signoff = submit(office)

    with pytest.raises(NotAllowed):
        signoffs.recall(signoff, by=getattr(office, who))

    assert state_of(signoff) == "in_signoff"


# Twice, out of turn, out of date ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (signoffs.approve, {"opinion": "เห็นชอบ"}),
        (signoffs.return_for_correction, {"reason": REASON}),
        (signoffs.refuse, {"reason": REASON}),
    ],
)
def test_same_press_twice_is_one_decision(office, verb, words):
    signoff = approve_up_to(office, submit(office), 4)
    step = current(signoff)

    first = verb(step, by=office.mayor, **words)
    before = verbs_of(office.organisation)
    second = verb(step, by=office.mayor, **words)

    assert (second.decision, second.decided_at) == (first.decision, first.decided_at)
    assert verbs_of(office.organisation) == before


@pytest.mark.parametrize("verb", [signoffs.return_for_correction, signoffs.refuse])
def test_other_decision_after_the_first_is_refused(office, verb):
    signoff = approve_up_to(office, submit(office), 4)
    step = current(signoff)
    signoffs.approve(step, by=office.mayor)

    with pytest.raises(NotAllowed) as refusal:
        verb(step, by=office.mayor, reason=REASON)

    assert str(refusal.value) == "การเสนอลงนามครั้งนี้สิ้นสุดแล้ว (อนุมัติ) โปรดเปิดเอกสารฉบับล่าสุด"
    assert decisions(signoff)[-1] == "approved"


def test_second_holder_of_a_post_that_decided_is_told_who_did(office):
    other = make_user()
    hold(office.head_post, other, kind=HoldingKind.ACTING_FOR, substantive_post=office.staff_post)
    signoff = submit(office)
    step = current(signoff)
    signoffs.approve(step, by=office.head)

    with pytest.raises(NotAllowed) as refusal:
        signoffs.approve(step, by=other)

    assert str(refusal.value) == (f"ตำแหน่งหัวหน้าสำนักปลัด พิจารณาไปแล้วโดย{office.head.printed_name()}")


def test_out_of_turn_is_refused(office):
    signoff = submit(office)

    with pytest.raises(NotAllowed) as refusal:
        signoffs.approve(signoff.steps.get(order=5), by=office.mayor)

    assert str(refusal.value) == "ยังไม่ถึงลำดับการพิจารณาของตำแหน่งนี้"
    assert decisions(signoff) == ["signed", "", "", "", ""]


def test_page_that_is_no_longer_true_is_refused(office):
    signoff = submit(office)
    seen = seen_token(signoff)
    signoffs.approve(current(signoff), by=office.head, seen=seen)

    with pytest.raises(Stale) as refusal:
        signoffs.approve(current(signoff), by=office.deputy, seen=seen)

    assert str(refusal.value) == ("เอกสารเปลี่ยนไปจากที่ท่านเห็น โปรดเปิดหน้าใหม่ อ่านอีกครั้ง แล้วจึงพิจารณา")
    newer = seen_token(Signoff.objects.get())
    signoffs.approve(current(signoff), by=office.deputy, seen=newer)
    assert decisions(signoff) == ["signed", "approved", "approved", "", ""]


def test_token_of_an_earlier_attempt_is_refused(office):
    first = submit(office)
    seen = seen_token(first)
    signoffs.recall(first, by=office.coordinator)
    document = Document.objects.get()
    documents.edit(document, by=office.coordinator, version=document.version, subject="เรื่องใหม่")
    second = signoffs.submit(document, by=office.coordinator)

    with pytest.raises(Stale):
        signoffs.approve(current(second), by=office.head, seen=seen)


def test_opinion_longer_than_its_block_is_refused(office):
    signoff = submit(office)

    with pytest.raises(Invalid):
        signoffs.approve(current(signoff), by=office.head, opinion="ก" * 2001)

    assert decisions(signoff) == ["signed", "", "", "", ""]
