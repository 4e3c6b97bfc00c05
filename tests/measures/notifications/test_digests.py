"""The digest: at most one mail a day to each person, nothing lost and nothing sent twice."""

import datetime
import email
import email.policy
import threading

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from ita_portal.thai.numerals import to_thai_digits
from measures.models import Delivery, Notice, NoticeKind, PostHolding
from measures.notifications import send_digests, tell
from tests.factories.people import make_office

DAY = datetime.date(2021, 3, 10)
NEXT_DAY = datetime.date(2021, 3, 11)


def told(office, *people, kind=NoticeKind.YOUR_TURN, key="occasion", subject="หัวข้อ"):
    return tell(
        people,
        organisation=office.organisation,
        kind=kind,
        key=key,
        subject=subject,
        body=f"ข้อความของ {key}",
        path="/desk/documents/1/",
    )


def recipients():
    return sorted(message.to[0] for message in mail.outbox)


@pytest.mark.django_db
def test_one_mail_holds_all_kinds_grouped_with_their_pages(office):
    told(office, office.head, kind=NoticeKind.STALLED, subject="ค้าง")
    told(office, office.head, key="b", subject="แรก")
    told(office, office.head, key="c", subject="สอง")

    send_digests(DAY)

    [message] = mail.outbox
    assert message.to == [office.head.email]
    assert message.subject == "แจ้งเตือนประจำวัน ๓ เรื่อง จากพอร์ทัลติดตามมาตรการ ITA"
    address = "http://127.0.0.1:8000/desk/documents/1/"
    assert [line for line in message.body.splitlines() if line] == [
        to_thai_digits(f"เรียน {office.head}"),
        "รอท่านพิจารณาลงนาม",
        "• แรก",
        "ข้อความของ b",
        address,
        "• สอง",
        "ข้อความของ c",
        address,
        "เอกสารค้างการพิจารณา",
        "• ค้าง",
        "ข้อความของ occasion",
        address,
        "เลือกเรื่องที่จะรับทางอีเมลได้ที่",
        "http://127.0.0.1:8000/desk/inbox/settings/",
        "กล่องข้อความของท่าน",
        "http://127.0.0.1:8000/desk/inbox/",
    ]
    delivery = Delivery.objects.get()
    assert (delivery.day, delivery.is_digest, delivery.notices.count()) == (DAY, True, 3)
    assert delivery.address == office.head.email


@pytest.mark.django_db
def test_second_run_of_the_day_sends_nothing_and_the_next_day_what_is_new(office):
    told(office, office.head, office.clerk)
    send_digests(DAY)
    told(office, office.head, key="later")

    send_digests(DAY)
    assert recipients() == sorted([office.head.email, office.clerk.email])

    mail.outbox.clear()
    send_digests(NEXT_DAY)
    assert recipients() == [office.head.email]
    assert "ข้อความของ later" in mail.outbox[0].body
    assert "ข้อความของ occasion" not in mail.outbox[0].body


@pytest.mark.django_db
def test_what_nobody_waits_for_is_left_out(office):
    """Unwanted kinds, what was read, what went at once, people who have left or have no address."""
    office.deputy.unmailed_kinds = ["your_turn"]
    office.deputy.save()
    office.clerk.email = ""
    office.clerk.save()
    told(office, office.head, office.deputy, office.clerk, office.mayor, office.staff)
    Notice.objects.filter(recipient=office.head).update(read_at=timezone.now())
    PostHolding.objects.filter(user=office.mayor).update(ends_on=datetime.date(2021, 1, 1))
    at_once = Delivery.objects.create(
        organisation=office.organisation,
        recipient=office.staff,
        channel="email",
        day=DAY,
        sent_at=timezone.now(),
    )
    at_once.notices.set(Notice.objects.filter(recipient=office.staff))

    assert send_digests(DAY) == ([], [])
    assert mail.outbox == []
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_what_line_took_is_mailed_all_the_same(office):
    [notice] = told(office, office.head)
    line = Delivery.objects.create(
        organisation=office.organisation,
        recipient=office.head,
        channel="line",
        day=DAY,
        sent_at=timezone.now(),
    )
    line.notices.add(notice)

    send_digests(DAY)

    assert recipients() == [office.head.email]


@pytest.mark.django_db
def test_one_office_alone_can_be_asked_for(office):
    neighbour = make_office()
    told(office, office.head)
    told(neighbour, neighbour.head)

    send_digests(DAY, office.organisation)

    assert recipients() == [office.head.email]


@pytest.mark.django_db
def test_a_refused_mailbox_is_tried_again_and_the_others_get_one_mail(office, smtp):
    told(office, office.head, office.deputy, office.clerk)
    smtp.refused = {office.deputy.email}

    went, failed = send_digests(DAY)

    assert [delivery.recipient for delivery in failed] == [office.deputy]
    assert len(went) == 2
    assert smtp.recipients() == sorted([office.head.email, office.clerk.email])
    assert "SMTPRecipientsRefused" in Delivery.objects.get(recipient=office.deputy).problem

    smtp.refused = set()
    told(office, office.deputy, key="later")
    send_digests(DAY)

    assert smtp.recipients() == sorted([office.head.email, office.deputy.email, office.clerk.email])
    delivery = Delivery.objects.get(recipient=office.deputy)
    assert (delivery.problem, delivery.notices.count()) == ("", 2)
    [sent] = [sent for to, sent in smtp.mails if to == office.deputy.email]
    parsed = email.message_from_bytes(sent, policy=email.policy.default)
    assert "ข้อความของ later" in parsed.get_content()


@pytest.mark.django_db
def test_what_failed_all_day_is_in_the_digest_of_the_next(office, smtp):
    told(office, office.head)
    smtp.refused = {office.head.email}
    send_digests(DAY)

    smtp.refused = set()
    send_digests(NEXT_DAY)

    assert smtp.recipients() == [office.head.email]
    rows = Delivery.objects.order_by("day")
    assert [(row.day, row.sent_at is not None) for row in rows] == [(DAY, False), (NEXT_DAY, True)]


class PowerCut(BaseException):
    """The process ends between two mails."""


class CutOffBackend(EmailBackend):
    """Takes one mail; the power goes before the second."""

    def send_messages(self, messages):
        if mail.outbox:
            raise PowerCut
        return super().send_messages(messages)


@pytest.mark.django_db
def test_a_run_after_a_crash_goes_on_where_it_stopped(office, settings):
    told(office, office.head, office.deputy, office.clerk)
    whole = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{CutOffBackend.__module__}.{CutOffBackend.__name__}"
    with pytest.raises(PowerCut):
        send_digests(DAY)
    assert len(mail.outbox) == 1

    settings.EMAIL_BACKEND = whole
    send_digests(DAY)

    assert recipients() == sorted([office.head.email, office.deputy.email, office.clerk.email])


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="locks of sessions need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_each_mail_once(office, smtp):
    smtp.pause = 0.2
    told(office, office.head, office.deputy, office.clerk)
    start = threading.Barrier(2, timeout=20)
    answers = []

    def run():
        try:
            start.wait()
            answers.append(send_digests(DAY))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, daemon=True) for _run in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(40)
        assert not thread.is_alive()

    assert smtp.recipients() == sorted([office.head.email, office.deputy.email, office.clerk.email])
    assert sorted(len(went) for went, _failed in answers) == [0, 3]
