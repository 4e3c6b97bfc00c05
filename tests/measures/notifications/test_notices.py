"""Telling people: once per occasion into the inbox, and from there over the office's channels."""

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from measures.domain.signing import signoffs
from measures.models import Delivery, Notice, NoticeChannel, NoticeKind
from measures.notifications import inbox_of, tell
from tests.factories.flow import REASON, current, end_holdings, submit
from tests.factories.people import make_office, make_user

pytestmark = pytest.mark.django_db

SECRET = "a-secret-of-the-office"


@pytest.fixture
def stored(django_capture_on_commit_callbacks):
    """Run something as a request does that is stored at its end."""

    def run(act, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **kwargs)

    return run


def told(office, *people, kind=NoticeKind.RETURNED, key="occasion-1", **changes):
    values = {"subject": "หัวข้อ", "body": "ข้อความ", "path": "/desk/documents/1/"}
    return tell(people, organisation=office.organisation, kind=kind, key=key, **values | changes)


def add_channel(office, channel, address=""):
    return NoticeChannel.objects.create(
        organisation=office.organisation, channel=channel, address=address, secret=SECRET
    )


def deliveries():
    rows = Delivery.objects.order_by("pk").select_related("recipient")
    return [(row.recipient, row.channel, row.sent_at is not None) for row in rows]


def test_each_person_has_one_notice_of_an_occasion(office):
    first = told(office, office.head, office.clerk, office.head)

    again = told(office, office.head, office.mayor, subject="หัวข้ออื่น")

    assert [notice.recipient for notice in first] == [office.head, office.clerk]
    assert [notice.recipient for notice in again] == [office.mayor]
    assert Notice.objects.get(recipient=office.head).subject == "หัวข้อ"


def test_people_without_an_account_are_not_told(office):
    assert told(office, make_user(is_active=False)) == []


def test_a_subject_of_several_lines_is_one_line_that_fits(office):
    [notice] = told(office, office.head, subject="บรรทัดแรก\r\nบรรทัดสอง " + "ก" * 700)

    assert notice.subject.startswith("บรรทัดแรก บรรทัดสอง ก")
    assert len(notice.subject) == 600


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind != NoticeKind.RETURNED])
def test_only_returned_is_mailed_at_once(office, stored, kind):
    stored(told, office, office.head, kind=kind)
    assert mail.outbox == []
    assert deliveries() == []

    stored(told, office, office.head, kind=NoticeKind.RETURNED, key="other")
    assert [message.to for message in mail.outbox] == [[office.head.email]]
    assert deliveries() == [(office.head, "email", True)]


def test_mail_at_once_carries_text_and_page(office, stored):
    stored(told, office, office.head, subject="ส่งกลับแก้ไข", body="เหตุผล: แก้")

    [message] = mail.outbox
    assert message.subject == "ส่งกลับแก้ไข"
    assert message.body.splitlines() == [
        "เหตุผล: แก้",
        "",
        "http://127.0.0.1:8000/desk/documents/1/",
    ]
    delivery = Delivery.objects.get()
    assert (delivery.address, delivery.subject, delivery.body, delivery.is_digest) == (
        office.head.email,
        "ส่งกลับแก้ไข",
        "เหตุผล: แก้",
        False,
    )
    assert list(delivery.notices.all()) == list(Notice.objects.all())


def test_what_a_person_does_not_want_by_mail_is_in_the_inbox_only(office, stored):
    office.head.unmailed_kinds = ["returned"]
    office.head.save()
    office.clerk.email = ""
    office.clerk.save()

    stored(told, office, office.head, office.clerk, office.deputy)

    assert [message.to for message in mail.outbox] == [[office.deputy.email]]
    assert Notice.objects.count() == 3


def test_nothing_is_sent_of_what_was_not_stored(office, stored):
    def fail_afterwards():
        with transaction.atomic():
            told(office, office.head)
            transaction.set_rollback(True)

    stored(fail_afterwards)

    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_office_channels_get_every_kind_at_once(office, stored, webhook_server, line_server):
    add_channel(office, "webhook", webhook_server.address)
    add_channel(office, "line")
    office.head.line_user_id = "U1"
    office.head.save()

    stored(told, office, office.head, office.clerk, kind=NoticeKind.YOUR_TURN)

    assert [post.json["recipient"]["username"] for post in webhook_server.posts] == [
        office.head.username,
        office.clerk.username,
    ]
    assert [post.json["to"] for post in line_server.posts] == ["U1"]
    assert sorted(deliveries(), key=str) == sorted(
        [
            (office.head, "webhook", True),
            (office.clerk, "webhook", True),
            (office.head, "line", True),
        ],
        key=str,
    )


def test_channels_of_other_offices_and_switched_off_ones_get_nothing(
    office, stored, webhook_server
):
    add_channel(make_office(), "webhook", webhook_server.address)
    own = add_channel(office, "webhook", webhook_server.address)
    own.is_active = False
    own.save()

    stored(told, office, office.head)

    assert webhook_server.posts == []


def test_a_failing_channel_undoes_nothing_and_is_recorded(office, stored, webhook_server, smtp):
    webhook_server.status = 500
    smtp.refused = {office.coordinator.email}
    add_channel(office, "webhook", f"{webhook_server.address}/key-in-path")
    signoff = submit(office)

    stored(signoffs.return_for_correction, current(signoff), by=office.head, reason=REASON)

    signoff.refresh_from_db()
    assert signoff.outcome == "returned"
    problems = dict(Delivery.objects.values_list("channel", "problem"))
    assert problems["webhook"] == "เว็บฮุกตอบรหัส 500 โปรดตรวจเซิร์ฟเวอร์ปลายทาง"
    assert "SMTPRecipientsRefused" in problems["email"]
    assert not Delivery.objects.filter(sent_at__isnull=False).exists()
    assert "key-in-path" not in str(list(Delivery.objects.values()))


def test_no_secret_reaches_a_log(office, stored, webhook_server, line_server, caplog, capfd):
    webhook_server.status = line_server.status = 500
    add_channel(office, "webhook", webhook_server.address)
    add_channel(office, "line")
    office.head.line_user_id = "U1"
    office.head.save()

    with caplog.at_level("DEBUG"):
        stored(told, office, office.head)

    assert len(webhook_server.posts) == len(line_server.posts) == 1
    shown = caplog.text + "".join(capfd.readouterr()) + str(list(Delivery.objects.values()))
    assert SECRET not in shown


def test_inbox_holds_ones_own_notices_of_ones_own_offices(office):
    told(office, office.head, office.clerk)
    neighbour = make_office()
    told(neighbour, neighbour.head)

    assert [notice.recipient for notice in inbox_of(office.head)] == [office.head]

    end_holdings(office.head_post)
    assert list(inbox_of(office.head)) == []


def test_what_was_read_is_not_unread(office):
    told(office, office.head)
    told(office, office.head, key="occasion-2")
    Notice.objects.filter(key="occasion-1").update(read_at=timezone.now())

    assert [notice.key for notice in inbox_of(office.head).unread()] == ["occasion-2"]
