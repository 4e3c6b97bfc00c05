"""Mail over a real server on loopback."""

import email
import email.policy

import pytest
from django.utils import timezone

from measures.notifications.channels import ChannelProblem, Message
from measures.notifications.channels.email import Email

pytestmark = pytest.mark.django_db


@pytest.fixture
def message() -> Message:
    return Message(
        key="notice-7",
        organisation="sommut-na",
        recipient="นายสมมติ ใจดี",
        kind="returned",
        subject="ส่งกลับแก้ไข:\nBcc: other@example.go.th",
        body="เหตุผล: <b>ตัวเลข</b> & วันที่ 3 ดู https://example.go.th/3/",
        url="https://ita.example.go.th/desk/documents/1/",
        at=timezone.now(),
    )


def test_one_person_gets_one_mail_with_the_address_of_the_page(office, message, smtp):
    Email().send(message, office.head, None)

    [(recipient, sent)] = smtp.mails
    mail = email.message_from_bytes(sent, policy=email.policy.default)
    assert recipient == office.head.email
    assert mail["To"] == office.head.email
    assert mail["Subject"].strip() == "ส่งกลับแก้ไข: Bcc: other@example.go.th"
    assert mail["Bcc"] is None
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().splitlines() == [
        "เหตุผล: <b>ตัวเลข</b> & วันที่ ๓ ดู https://example.go.th/3/",
        "",
        "https://ita.example.go.th/desk/documents/1/",
    ]


def test_a_mailbox_that_is_refused_is_a_problem(office, message, smtp):
    smtp.refused = {office.head.email}

    with pytest.raises(ChannelProblem, match="SMTPRecipientsRefused") as problem:
        Email().send(message, office.head, None)

    assert office.head.email not in str(problem.value)
    assert smtp.mails == []


def test_a_server_that_is_not_there_is_a_problem(office, message, smtp, settings):
    settings.EMAIL_PORT = 9

    with pytest.raises(ChannelProblem, match="ConnectionRefusedError"):
        Email().send(message, office.head, None)


def test_an_address_that_is_none_is_a_problem(office, message, smtp):
    office.head.email = "no address\nBcc: other@example.go.th"

    with pytest.raises(ChannelProblem, match="ValueError"):
        Email().send(message, office.head, None)
