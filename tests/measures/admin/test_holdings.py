"""Holdings in the back office: the rules of appointing, and only the last day to change."""

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.models import Event, PostHolding
from tests.factories.appointments import order_deputy, order_upload
from tests.factories.organisations import make_post

pytestmark = pytest.mark.django_db

ADD = "/admin/measures/postholding/add/"


def acting(office, **changes):
    return {
        "post": office.clerk_post.pk,
        "user": office.deputy.pk,
        "kind": "acting_for",
        "substantive_post": office.deputy_post.pk,
        "order_number": "412/2564",
        "order_date": "4/1/2564",
        "order_file": order_upload(),
        "starts_on": "5/1/2564",
        "ends_on": "",
    } | changes


def test_order_to_act_is_entered_with_its_file(office, coordinator):
    response = coordinator.post(ADD, acting(office))

    holding = PostHolding.objects.exclude(kind="substantive").get()
    assert response.status_code == 302
    assert holding.order_file_sha256 in holding.order_file.name
    assert Event.objects.get().verb == "appointed"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"order_file": ""}, "โปรดแนบคำสั่งเป็นไฟล์ PDF"),
        ({"kind": "substantive", "substantive_post": "", "order_file": ""}, "ดำรงตำแหน่ง"),
    ],
    ids=["no file", "post that is held"],
)
def test_refusal_is_told_on_the_form(office, coordinator, changes, reason):
    response = coordinator.post(ADD, acting(office, **changes))

    assert response.status_code == 200
    assert reason in response.content.decode()
    assert not Event.objects.exists()


def test_holding_that_is_there_takes_a_last_day_alone(office, coordinator):
    holding = order_deputy(office)
    address = reverse("admin:measures_postholding_change", args=[holding.pk])
    page = coordinator.get(address).content.decode()
    assert reverse("desk:order_file", args=[holding.pk]) in page

    coordinator.post(
        address, {"ends_on": timezone.localdate().isoformat(), "user": office.staff.pk}
    )

    holding.refresh_from_db()
    assert (holding.user, holding.ends_on) == (office.deputy, timezone.localdate())


def test_coordinator_without_the_keys_is_refused(office, browse):
    office.coordinator_post.administers = False
    office.coordinator_post.save()
    post = make_post(office.organisation, "ครู")

    typed = {"post": post.pk, "user": office.staff.pk, "kind": "substantive"}

    response = browse(office.coordinator).post(ADD, typed | {"starts_on": "5/1/2564"})

    assert "เฉพาะผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเท่านั้น" in response.content.decode()
    assert not post.holdings.exists()
