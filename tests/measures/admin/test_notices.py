"""Notices and deliveries are read; who administers keeps channels; no secret is shown again."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.domain import records
from measures.models import Delivery, Event, Holiday, Notice, NoticeChannel, NoticeKind
from measures.notifications import tell
from measures.permissions import NotAllowed
from tests.factories.organisations import make_post
from tests.factories.people import hold, make_office

pytestmark = pytest.mark.django_db

SECRET = "a-secret-of-the-office"


def typed(office, **changes):
    values = {
        "organisation": office.organisation.pk,
        "channel": "webhook",
        "address": "https://hook.example.go.th/in",
        "secret": SECRET,
        "is_active": "on",
    }
    return values | changes


def told(office, person, key="occasion"):
    [notice] = tell(
        [person],
        organisation=office.organisation,
        kind=NoticeKind.YOUR_TURN,
        key=key,
        subject=f"แจ้ง {person.username}",
        body="ข้อความ",
        path="/desk/",
    )
    return notice


def delivered(notice):
    delivery = Delivery.objects.create(
        organisation=notice.organisation,
        recipient=notice.recipient,
        channel="email",
        is_digest=True,
        day=datetime.date(2021, 3, 1),
        subject=notice.subject,
        sent_at=timezone.now(),
    )
    delivery.notices.add(notice)
    return delivery


@pytest.fixture
def administering(office, browse):
    """The coordinator, who administers the office as well."""
    office.coordinator_post.administers = True
    office.coordinator_post.save()
    return browse(office.coordinator)


def rows_in(client, model):
    response = client.get(reverse(f"admin:measures_{model}_changelist"))
    return list(response.context["cl"].result_list)


def test_lists_hold_the_rows_of_ones_own_office_only(office, coordinator):
    neighbour = make_office()
    own = told(office, office.head)
    delivery = delivered(own)
    delivered(told(neighbour, neighbour.head))
    NoticeChannel.objects.create(organisation=neighbour.organisation, channel="line", secret=SECRET)

    assert rows_in(coordinator, "notice") == [own]
    assert rows_in(coordinator, "delivery") == [delivery]
    assert rows_in(coordinator, "noticechannel") == []


def test_a_digest_that_tells_of_another_office_too_is_not_shown(office, coordinator):
    neighbour = make_office()
    delivery = delivered(told(office, office.head))
    hold(make_post(neighbour.organisation, "ผู้ช่วย"), office.head)
    delivery.notices.add(told(neighbour, office.head, key="elsewhere"))

    assert rows_in(coordinator, "delivery") == []


@pytest.mark.parametrize("model", ["notice", "delivery"])
def test_nobody_changes_what_was_told_and_sent(office, administrator, model):
    notice = told(office, office.head)
    row = notice if model == "notice" else delivered(notice)
    change = reverse(f"admin:measures_{model}_change", args=[row.pk])

    assert administrator.get(change).status_code == 200
    assert administrator.post(change, {"subject": "อื่น"}).status_code == 403
    assert administrator.get(reverse(f"admin:measures_{model}_add")).status_code == 403
    delete = reverse(f"admin:measures_{model}_delete", args=[row.pk])
    assert administrator.post(delete, {"post": "yes"}).status_code == 403
    assert Notice.objects.get().subject == notice.subject


def test_who_administers_enters_a_channel_and_the_secret_is_never_shown_again(
    office, administering
):
    response = administering.post(reverse("admin:measures_noticechannel_add"), typed(office))

    channel = NoticeChannel.objects.get()
    assert response.status_code == 302
    assert channel.secret == SECRET
    page = administering.get(
        reverse("admin:measures_noticechannel_change", args=[channel.pk])
    ).content.decode()
    assert 'type="password"' in page
    assert SECRET not in page
    assert SECRET not in str([event.data for event in Event.objects.all()])


def test_a_secret_left_blank_stays_and_a_new_one_replaces_it(office, administering):
    administering.post(reverse("admin:measures_noticechannel_add"), typed(office))
    change = reverse("admin:measures_noticechannel_change", args=[NoticeChannel.objects.get().pk])

    administering.post(change, typed(office, secret="", address="https://other.example.go.th/"))
    channel = NoticeChannel.objects.get()
    assert (channel.secret, channel.address) == (SECRET, "https://other.example.go.th/")

    administering.post(change, typed(office, secret="new-secret"))
    assert NoticeChannel.objects.get().secret == "new-secret"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"secret": ""}, "โปรดกรอกรหัสลับ"),
        ({"address": "http://hook.example.go.th/"}, "ต้องขึ้นต้นด้วย https://"),
    ],
)
def test_what_could_not_be_sent_to_is_refused(office, administering, changes, text):
    response = administering.post(
        reverse("admin:measures_noticechannel_add"), typed(office, **changes)
    )

    assert text in response.content.decode()
    assert not NoticeChannel.objects.exists()


def test_coordinating_alone_does_not_open_the_channels(office, browse):
    office.coordinator_post.administers = False
    office.coordinator_post.save()
    coordinator = browse(office.coordinator)
    channel = NoticeChannel.objects.create(
        organisation=office.organisation, channel="line", secret=SECRET
    )

    change = reverse("admin:measures_noticechannel_change", args=[channel.pk])
    assert coordinator.get(reverse("admin:measures_noticechannel_add")).status_code == 403
    assert coordinator.post(change, typed(office, channel="line")).status_code == 403
    page = coordinator.get(change).content.decode()
    assert "เฉพาะผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเท่านั้น" in page
    assert SECRET not in page


def test_the_verb_refuses_who_does_not_administer_the_channels_office(office, administering):
    neighbour = make_office()
    channel = NoticeChannel(organisation=neighbour.organisation, channel="line", secret=SECRET)

    with pytest.raises(NotAllowed):
        records.save(channel, by=office.coordinator)

    assert not NoticeChannel.objects.exists()


def test_holidays_are_kept_by_the_administrator_of_the_install(
    office, administering, administrator
):
    add = reverse("admin:measures_holiday_add")
    typed_day = {"date": "2026-01-02", "name": "วันหยุดพิเศษ", "source": "มติคณะรัฐมนตรี"}
    assert administering.get(reverse("admin:measures_holiday_changelist")).status_code == 200
    assert administering.post(add, typed_day).status_code == 403

    assert administrator.post(add, typed_day).status_code == 302
    assert Holiday.objects.get().date == datetime.date(2026, 1, 2)
    assert Event.objects.get(target_type="holiday").organisation is None
