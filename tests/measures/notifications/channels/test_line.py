"""LINE's Messaging API: one push message to one person, told apart from its second try."""

import uuid

import pytest
from django.utils import timezone

from measures.models import NoticeChannel
from measures.notifications.channels import ChannelProblem, Message
from measures.notifications.channels.line import LONGEST_TEXT, Line, text_of

pytestmark = pytest.mark.django_db

TOKEN = "channel-access-token-0123456789"


def make_message(key: str = "notice-7", body: str = "เหตุผล: ตัวเลขไม่ตรง") -> Message:
    return Message(
        key=key,
        organisation="sommut-na",
        recipient="นายสมมติ ใจดี",
        kind="returned",
        subject="ส่งกลับแก้ไข: รายงาน",
        body=body,
        url="https://ita.example.go.th/desk/documents/1/",
        at=timezone.now(),
    )


@pytest.fixture
def account(office) -> NoticeChannel:
    office.head.line_user_id = "U0123456789abcdef0123456789abcdef"
    office.head.save()
    return NoticeChannel.objects.create(
        organisation=office.organisation, channel="line", secret=TOKEN
    )


def test_pushes_one_text_to_the_person(office, account, line_server):
    Line().send(make_message(), office.head, account)

    [post] = line_server.posts
    assert post.path == "/v2/bot/message/push"
    assert post.headers["Authorization"] == f"Bearer {TOKEN}"
    assert post.json == {
        "to": office.head.line_user_id,
        "messages": [
            {
                "type": "text",
                "text": "ส่งกลับแก้ไข: รายงาน\n\nเหตุผล: ตัวเลขไม่ตรง\n\n"
                "https://ita.example.go.th/desk/documents/1/",
            }
        ],
    }


def test_the_same_message_has_the_same_retry_key(office, account, line_server):
    for key in ("notice-7", "notice-7", "notice-8"):
        Line().send(make_message(key), office.head, account)

    first, second, other = (post.headers["X-Line-Retry-Key"] for post in line_server.posts)
    assert first == second != other
    assert str(uuid.UUID(first)) == first


def test_a_message_that_line_has_taken_before_is_sent(office, account, line_server):
    line_server.status = 409

    Line().send(make_message(), office.head, account)

    assert len(line_server.posts) == 1


@pytest.mark.parametrize("status", [302, 400, 401, 429, 500])
def test_other_answers_are_problems_without_the_token(office, account, line_server, status):
    line_server.status = status

    with pytest.raises(ChannelProblem, match=f"LINE ตอบรหัส {status}") as problem:
        Line().send(make_message(), office.head, account)

    assert TOKEN not in str(problem.value)


def test_a_server_that_is_not_there_is_a_problem(office, account, settings):
    settings.LINE_API_ADDRESS = "http://127.0.0.1:9"

    with pytest.raises(ChannelProblem, match="ติดต่อ LINE ไม่ได้"):
        Line().send(make_message(), office.head, account)


@pytest.mark.parametrize("token", ["token\nwith-line-feed", "โทเคน"])
def test_a_token_that_no_header_takes_is_a_problem_that_does_not_repeat_it(
    office, account, line_server, token
):
    account.secret = token

    with pytest.raises(ChannelProblem) as problem:
        Line().send(make_message(), office.head, account)

    assert token not in str(problem.value)
    assert problem.value.__cause__ is None
    assert line_server.posts == []


@pytest.mark.parametrize("letter", ["ก", "😀"])
def test_a_long_text_is_cut_before_the_address(letter):
    text = text_of(make_message(body=letter * 6000))

    assert len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert text.endswith("…\n\nhttps://ita.example.go.th/desk/documents/1/")


def test_people_without_an_id_and_offices_without_an_account_have_no_address(office, account):
    assert Line().address_of(office.head, account) == office.head.line_user_id
    assert Line().address_of(office.clerk, account) == ""
    assert Line().address_of(office.head, None) == ""
