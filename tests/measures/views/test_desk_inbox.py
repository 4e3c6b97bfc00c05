"""The inbox on the screen: unread first and in words, reading, and choosing what is mailed."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from measures.models import Event, Notice, NoticeChannel, NoticeKind, User
from measures.notifications import tell
from tests.factories.flow import fresh

pytestmark = pytest.mark.django_db

LINE_ID = "U0123456789abcdef0123456789abcdef"
UNREAD = "ยังไม่ได้อ่าน"


@pytest.fixture
def inbox(office):
    """Three notices of the head, and one of the clerk that must not be seen."""
    for number in range(3):
        told(office, office.head, key=f"occasion-{number}", subject=f"เรื่องที่ {number}")
    told(office, office.clerk, key="occasion-0", subject="ของปลัด")
    return list(office.head.notices.order_by("created_at", "pk"))


def told(office, person, *, key, subject="หัวข้อ"):
    tell(
        [person],
        organisation=office.organisation,
        kind=NoticeKind.YOUR_TURN,
        key=key,
        subject=subject,
        body="ข้อความ <script>",
        path=reverse("desk:start"),
    )


def subjects(response):
    return [notice.subject for notice in response.context["page"]]


def test_unread_come_first_then_the_newest_and_only_ones_own(office, inbox, as_person):
    client = as_person(office.head)
    client.post(reverse("desk:inbox_read", args=[inbox[2].pk]))

    response = client.get(reverse("desk:inbox"))

    assert subjects(response) == ["เรื่องที่ 1", "เรื่องที่ 0", "เรื่องที่ 2"]
    page = response.content.decode()
    assert page.count(f">{UNREAD}</span>") == 2
    assert "ข้อความ &lt;script&gt;" in page


def test_header_counts_what_is_unread_on_every_page(office, inbox, as_person):
    client = as_person(office.head)
    assert "(ใหม่ ๓)" in client.get(reverse("desk:start")).content.decode()

    client.post(reverse("desk:inbox_read_all"))

    assert "(ใหม่" not in client.get(reverse("desk:start")).content.decode()
    assert "(ใหม่ ๑)" in as_person(office.clerk).get("/").content.decode()


def test_counting_takes_one_query(office, inbox, django_assert_num_queries, rf):
    request = rf.get("/")
    request.user = fresh(office.head)
    request.session = {}

    with django_assert_num_queries(1):
        assert "(ใหม่ ๓)" in render_to_string("errors/page.html", {}, request)


def test_opening_marks_as_read_and_leads_to_the_page(office, inbox, as_person):
    response = as_person(office.head).post(
        reverse("desk:inbox_read", args=[inbox[0].pk]), {"then": "open"}
    )

    assert response["Location"] == "/desk/"
    assert [notice.pk for notice in Notice.objects.exclude(read_at=None)] == [inbox[0].pk]


def test_reading_again_keeps_the_first_time(office, inbox, as_person):
    client = as_person(office.head)
    client.post(reverse("desk:inbox_read", args=[inbox[0].pk]))
    first = Notice.objects.get(pk=inbox[0].pk).read_at

    client.post(reverse("desk:inbox_read_all"))

    assert Notice.objects.get(pk=inbox[0].pk).read_at == first
    assert not office.head.notices.unread().exists()
    assert office.clerk.notices.unread().count() == 1


def test_long_lists_have_pages(office, as_person):
    for number in range(23):
        told(office, office.head, key=f"occasion-{number}", subject=f"เรื่องที่ {number}")
    client = as_person(office.head)

    first, second = (client.get(reverse("desk:inbox"), {"page": number}) for number in (1, 2))

    assert (len(subjects(first)), len(subjects(second))) == (20, 3)
    assert "หน้า ๑ จาก ๒" in first.content.decode()


@pytest.mark.parametrize("count", [3, 19])
def test_number_of_queries_does_not_grow_with_the_list(
    office, as_person, django_assert_num_queries, count
):
    for number in range(count):
        told(office, office.head, key=f"occasion-{number}")
    client = as_person(office.head)
    client.get(reverse("desk:inbox"))

    with django_assert_num_queries(QUERIES):
        client.get(reverse("desk:inbox"))


QUERIES = 7


def test_settings_show_and_store_what_is_mailed(office, as_person):
    client = as_person(office.head)
    page = client.get(reverse("desk:notice_settings")).content.decode()
    assert page.count('name="mailed_kinds"') == page.count(" checked") == len(NoticeKind)

    response = client.post(
        reverse("desk:notice_settings"),
        {"mailed_kinds": ["returned", "your_turn"], "line_user_id": f" {LINE_ID} "},
    )

    assert response["Location"] == reverse("desk:inbox")
    head = User.objects.get(pk=office.head.pk)
    assert head.line_user_id == LINE_ID
    assert set(NoticeKind.values) - set(head.unmailed_kinds) == {"returned", "your_turn"}
    event = Event.objects.get(verb="record_changed", target_type="user")
    assert (event.actor, event.data["before"]["line_user_id"]) == (office.head, "")
    again = client.get(reverse("desk:notice_settings")).content.decode()
    assert again.count(" checked") == 2


@pytest.mark.parametrize("typed", ["somchai", "U123", LINE_ID.upper(), f"{LINE_ID}\nx"])
def test_what_is_no_line_id_is_refused_with_the_remedy(office, as_person, typed):
    response = as_person(office.head).post(reverse("desk:notice_settings"), {"line_user_id": typed})

    assert response.status_code == 422
    assert "ขึ้นต้นด้วย U" in response.content.decode()
    assert User.objects.get(pk=office.head.pk).line_user_id == ""


def test_settings_say_whether_the_office_has_line(office, as_person):
    text = "หน่วยงานยังไม่ได้เชื่อมบัญชี LINE"
    client = as_person(office.head)
    assert text in client.get(reverse("desk:notice_settings")).content.decode()

    NoticeChannel.objects.create(organisation=office.organisation, channel="line", secret="x")

    assert text not in client.get(reverse("desk:notice_settings")).content.decode()
