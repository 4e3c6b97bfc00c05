"""Who is told what by mail at each move; nothing is sent for what was not stored."""

import pytest
from django.core import mail
from django.db import transaction

from measures import notifications
from measures.domain import signoffs
from measures.models import Document
from measures.permissions import NotAllowed
from tests.factories.flow import REASON, approve_up_to, current, make_draft, submit
from tests.factories.organisations import make_post
from tests.factories.people import hold, make_user

pytestmark = pytest.mark.django_db

SUBJECT = (
    "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน "
    "ประจำปีงบประมาณ พ.ศ. 2564 (รอบ 6 เดือน)"
)


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Return a function that runs a verb and returns the mails as (to, subject, lines)."""

    def run(verb, *args, **kwargs):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            verb(*args, **kwargs)
        return [
            (message.to, message.subject, [line for line in message.body.splitlines() if line])
            for message in mail.outbox
        ]

    return run


def address(office):
    document = Document.objects.get(organisation=office.organisation)
    return f"http://127.0.0.1:8000/desk/documents/{document.pk}/"


def your_turn(office, person, post):
    return (
        [person.email],
        f"รอท่านพิจารณา: {SUBJECT}",
        [f"เรื่อง {SUBJECT} รอท่านพิจารณาในตำแหน่ง{post.title}", "เปิดอ่านและลงนามได้ที่", address(office)],
    )


def ended(office, words, decision, person, post, *more):
    return (
        [office.coordinator.email],
        f"{words}: {SUBJECT}",
        [
            f"เรื่อง {SUBJECT}: {decision} โดย{person.printed_name()} ในตำแหน่ง{post.title}",
            *more,
            address(office),
        ],
    )


def test_submitting_tells_the_first_post_after_the_preparer(office, sent):
    document = make_draft(office)

    assert sent(signoffs.submit, document, by=office.coordinator) == [
        your_turn(office, office.head, office.head_post)
    ]


def test_submitting_for_another_preparer_tells_the_preparer(office, sent):
    second = make_user()
    hold(make_post(office.organisation, "ผู้ช่วยธุรการ", coordinates=True), second)
    document = make_draft(office)

    assert sent(signoffs.submit, document, by=second) == [
        your_turn(office, office.coordinator, office.coordinator_post)
    ]


@pytest.mark.parametrize("order", [2, 3, 4])
def test_each_approval_tells_the_next_post_and_nobody_else(office, sent, order):
    signoff = approve_up_to(office, submit(office), order - 1)

    mails = sent(signoffs.approve, current(signoff), by=office.chain[order - 1], opinion="เห็นชอบ")

    assert mails == [your_turn(office, office.chain[order], office.chain_posts[order])]


def test_acting_holder_and_holder_are_both_told(office, sent):
    acting = make_user()
    hold(office.head_post, acting, kind="acting_for", substantive_post=office.staff_post)
    document = make_draft(office)

    mails = sent(signoffs.submit, document, by=office.coordinator)

    assert [to for to, _subject, _lines in mails] == sorted([[acting.email], [office.head.email]])


def test_last_approval_tells_the_coordinator_with_the_opinion(office, sent):
    signoff = approve_up_to(office, submit(office), 4)

    mails = sent(signoffs.approve, current(signoff), by=office.mayor, opinion="ดำเนินการได้")

    assert mails == [
        ended(
            office,
            "อนุมัติแล้ว รอเผยแพร่",
            "เห็นชอบ/อนุมัติ",
            office.mayor,
            office.mayor_post,
            "ความเห็น: ดำเนินการได้",
        )
    ]


def test_return_tells_the_coordinator_with_the_reason(office, sent):
    signoff = submit(office)

    mails = sent(
        signoffs.return_for_correction, current(signoff), by=office.head, reason="<b>แก้</b> & ส่ง"
    )

    assert mails == [
        ended(
            office,
            "ส่งกลับแก้ไข",
            "ส่งกลับแก้ไข",
            office.head,
            office.head_post,
            "เหตุผล: <b>แก้</b> & ส่ง",
        )
    ]


def test_refusal_tells_the_coordinator_with_the_reason(office, sent):
    signoff = approve_up_to(office, submit(office), 4)

    mails = sent(signoffs.refuse, current(signoff), by=office.mayor, reason=REASON)

    assert mails == [
        ended(office, "ไม่อนุมัติ", "ไม่อนุมัติ", office.mayor, office.mayor_post, f"เหตุผล: {REASON}")
    ]


def test_submitter_and_every_coordinator_are_told_once_each_by_themselves(office, sent):
    second = make_user(email="second@example.go.th")
    hold(make_post(office.organisation, "ผู้ช่วยธุรการ", coordinates=True), second)
    signoff = submit(office)

    mails = sent(signoffs.return_for_correction, current(signoff), by=office.head, reason=REASON)

    assert [to for to, _subject, _lines in mails] == sorted(
        [[second.email], [office.coordinator.email]]
    )


def test_recall_tells_nobody(office, sent):
    assert sent(signoffs.recall, submit(office), by=office.coordinator) == []


def test_second_press_tells_nobody_again(office, sent):
    signoff = submit(office)
    step = current(signoff)
    signoffs.approve(step, by=office.head)

    assert sent(signoffs.approve, step, by=office.head) == []


def test_people_without_address_or_account_are_left_out(office, sent):
    office.head.email = ""
    office.head.save()
    gone = make_user(is_active=False)
    hold(office.head_post, gone, kind="acting_for", substantive_post=office.staff_post)
    document = make_draft(office)

    assert sent(signoffs.submit, document, by=office.coordinator) == []


def test_refused_verb_sends_nothing(office, sent):
    signoff = submit(office)

    def press_out_of_turn():
        with pytest.raises(NotAllowed):
            signoffs.approve(signoff.steps.get(order=5), by=office.mayor)

    assert sent(press_out_of_turn) == []


def test_mail_of_a_transaction_that_failed_is_not_sent(office, sent):
    signoff = submit(office)

    def fail_afterwards():
        with transaction.atomic():
            signoffs.approve(current(signoff), by=office.head)
            transaction.set_rollback(True)

    assert sent(fail_afterwards) == []


def test_ended_signoff_has_no_next_post_to_tell(office, sent):
    signoff = approve_up_to(office, submit(office), 5)

    assert sent(notifications.tell_next_post, signoff) == []
