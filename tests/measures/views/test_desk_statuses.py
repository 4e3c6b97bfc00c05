"""Many statuses at once: each row by every rule, and each refusal told with its row."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from measures.domain.recording import progress, rounds
from measures.models import ProgressEntry

pytestmark = pytest.mark.django_db


def post(client, office, entries, status):
    address = reverse("desk:round_statuses", args=[office.round.pk])
    ticked = [f"{entry.pk}-{entry.version}" for entry in entries]
    response = client.post(address, {"entry": ticked, "status": status})
    return response, [str(message) for message in get_messages(response.wsgi_request)]


def statuses() -> list[str]:
    return list(ProgressEntry.objects.order_by("pk").values_list("status", flat=True))


def test_ticked_rows_are_set_and_counted(office, as_person):
    first, second, _third = progress.entries_of(office.round)

    response, told = post(as_person(office.coordinator), office, [first, second], "done")

    assert response.status_code == 302
    assert told == ["ตั้งสถานะแล้ว ๒ รายการ"]
    assert statuses() == ["done", "done", "not_started"]


def test_row_changed_since_the_page_was_opened_is_refused_by_name(office, as_person):
    first, second, _third = progress.entries_of(office.round)
    progress.record(second, by=office.finance_staff, version=0, status="in_progress")

    _response, told = post(as_person(office.coordinator), office, [first, second], "done")

    assert told[0] == "ตั้งสถานะแล้ว ๑ รายการ"
    assert told[1].startswith("มาตรการที่ ๑ กองคลัง ไม่ได้เปลี่ยน: มีผู้อื่นบันทึกรายการนี้ก่อนท่าน")
    assert statuses() == ["done", "in_progress", "not_started"]


def test_closed_round_refuses_each_row(office, as_person):
    entries = progress.entries_of(office.round)
    rounds.close_round(office.round, by=office.coordinator)

    _response, told = post(as_person(office.coordinator), office, entries, "done")

    assert len(told) == 3
    assert all("ปิดรอบการรายงานแล้ว" in each for each in told)
    assert statuses() == ["not_started"] * 3


@pytest.mark.parametrize("status", ["", "finished"])
def test_nothing_chosen_is_told(office, as_person, status):
    entries = progress.entries_of(office.round)

    for rows, chosen in ((entries, status), ([], "done")):
        _response, told = post(as_person(office.coordinator), office, rows, chosen)
        assert told == ["โปรดเลือกรายการอย่างน้อยหนึ่งรายการ และเลือกสถานะที่จะตั้ง"]
