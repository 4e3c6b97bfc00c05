"""The office's webhook: what it gets, how it knows that it is ours, and where it cannot lead."""

import hashlib
import hmac
import threading
import time
from ipaddress import ip_network

import pytest
from django.utils import timezone

from measures.models import NoticeChannel
from measures.notifications.channels import ChannelProblem, Message
from measures.notifications.channels.webhook import Webhook
from tests.factories.notice_servers import listening

pytestmark = pytest.mark.django_db

SECRET = "กุญแจ-0123456789"


@pytest.fixture
def message(office) -> Message:
    return Message(
        key="notice-7",
        organisation=office.organisation.slug,
        recipient="นายสมมติ ใจดี",
        kind="returned",
        subject="ส่งกลับแก้ไข: รายงาน",
        body="เหตุผล: ตัวเลขไม่ตรง",
        url="https://ita.example.go.th/desk/documents/1/",
        at=timezone.now(),
    )


def channel(office, address) -> NoticeChannel:
    return NoticeChannel.objects.create(
        organisation=office.organisation, channel="webhook", address=address, secret=SECRET
    )


def test_posts_the_notice_as_json_signed_over_time_and_body(office, message, webhook_server):
    Webhook().send(message, office.head, channel(office, f"{webhook_server.address}/in?x=1"))

    [post] = webhook_server.posts
    assert post.path == "/in?x=1"
    assert post.json == {
        "id": "notice-7",
        "organisation": office.organisation.slug,
        "recipient": {"username": office.head.username, "name": "นายสมมติ ใจดี"},
        "kind": "returned",
        "subject": "ส่งกลับแก้ไข: รายงาน",
        "body": "เหตุผล: ตัวเลขไม่ตรง",
        "url": "https://ita.example.go.th/desk/documents/1/",
        "at": message.at.isoformat(),
    }
    timestamp = post.headers["X-Ita-Timestamp"]
    expected = hmac.new(
        SECRET.encode(), f"{timestamp}.".encode() + post.body, hashlib.sha256
    ).hexdigest()
    assert post.headers["X-Ita-Signature"] == f"sha256={expected}"
    assert abs(time.time() - int(timestamp)) < 60
    assert post.headers["Content-Type"] == "application/json; charset=utf-8"
    assert SECRET not in str(post.headers)


def test_plain_http_is_refused_and_nothing_is_sent(office, message, settings):
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
    with listening() as plain:
        with pytest.raises(ChannelProblem, match="https://"):
            Webhook().send(message, office.head, channel(office, plain.address))

        assert plain.posts == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "2130706433"])
def test_private_addresses_are_refused_unless_named(
    office, message, settings, webhook_server, host
):
    settings.WEBHOOK_NETWORKS = [ip_network("10.0.0.0/8")]
    address = webhook_server.address.replace("localhost", host)

    with pytest.raises(ChannelProblem, match="InvalidIPAddress"):
        Webhook().send(message, office.head, channel(office, address))

    assert webhook_server.posts == []


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[fd00::1]", "100.64.0.1"]
)
def test_no_network_of_the_inside_is_reached(office, message, host):
    with pytest.raises(ChannelProblem, match="InvalidIPAddress"):
        Webhook().send(message, office.head, channel(office, f"https://{host}/"))


def test_a_certificate_that_nobody_vouches_for_is_refused(
    office, message, settings, webhook_server
):
    settings.WEBHOOK_CA_FILE = ""

    with pytest.raises(ChannelProblem, match="SSLError"):
        Webhook().send(message, office.head, channel(office, webhook_server.address))

    assert webhook_server.posts == []


def test_a_redirect_is_not_followed(office, message, webhook_server):
    webhook_server.status = 307
    webhook_server.location = f"{webhook_server.address}/elsewhere"

    with pytest.raises(ChannelProblem, match="307"):
        Webhook().send(message, office.head, channel(office, webhook_server.address))

    assert [post.path for post in webhook_server.posts] == ["/"]


@pytest.mark.parametrize("status", [400, 404, 500])
def test_an_answer_of_failure_is_a_problem_without_secrets(office, message, webhook_server, status):
    webhook_server.status = status
    row = channel(office, f"{webhook_server.address}/hook/key-in-the-path")

    with pytest.raises(ChannelProblem, match=f"เว็บฮุกตอบรหัส {status}") as problem:
        Webhook().send(message, office.head, row)

    assert SECRET not in str(problem.value)
    assert "key-in-the-path" not in str(problem.value)


def test_a_server_that_does_not_answer_is_given_up(office, message, webhook_server, monkeypatch):
    monkeypatch.setattr("measures.notifications.channels.webhook.TIME_LIMIT", 0.2)
    webhook_server.hold_for = held = threading.Event()
    started = time.monotonic()

    with pytest.raises(ChannelProblem, match="ติดต่อเว็บฮุกไม่ได้"):
        Webhook().send(message, office.head, channel(office, webhook_server.address))

    held.set()
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("address", ["https://", "https://exa mple/", "https://127.0.0.1:99999/"])
def test_an_address_that_is_none_is_a_problem(office, message, address):
    with pytest.raises(ChannelProblem, match="ติดต่อเว็บฮุกไม่ได้"):
        Webhook().send(message, office.head, channel(office, address))


def test_the_record_names_the_server_alone(office):
    row = channel(office, "https://user:key@hook.example.go.th:8443/secret?token=1")

    assert Webhook().address_of(office.head, row) == "https://hook.example.go.th"
    assert Webhook().address_of(office.head, None) == ""
