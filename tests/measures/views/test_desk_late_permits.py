"""Leave to report late on the page of the round: given, refused with what to do, taken back."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from measures.domain.recording.progress import entries_of
from measures.models import LatePermit
from tests.factories.late_permits import close_by_date, close_by_hand, days, first_entry_of, permit

pytestmark = pytest.mark.django_db


def round_page(office) -> str:
    return reverse("desk:round", args=[office.round.pk])


def grant(client, office, **changes):
    typed = {
        "entry": first_entry_of(office, office.finance).pk,
        "allowed_until": days(3).isoformat(),
        "reason": "รอใบเสร็จจากผู้รับจ้าง",
    }
    return client.post(
        reverse("desk:late_permit_grant", args=[office.round.pk]),
        typed | changes,
        headers={"referer": f"http://testserver{round_page(office)}"},
    )


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_open_round_offers_no_leave(office, as_person):
    page = as_person(office.coordinator).get(round_page(office))

    assert page.context["late"].form is None
    assert "late-permits" not in page.content.decode()


@pytest.mark.parametrize("close", [close_by_date, close_by_hand])
def test_closed_round_offers_leave_to_the_coordinator_alone(office, as_person, close):
    close(office)

    assert as_person(office.coordinator).get(round_page(office)).context["late"].form is not None
    assert as_person(office.staff).get(round_page(office)).context["late"].form is None


def test_coordinator_gives_leave_and_everybody_of_the_office_reads_why(office, as_person):
    close_by_date(office)

    response = grant(as_person(office.coordinator), office)

    assert response["Location"] == round_page(office) + "#late-permits"
    given = LatePermit.objects.get()
    assert (given.entry.division, given.person, given.allowed_until) == (
        office.finance,
        None,
        days(3),
    )
    page = as_person(office.mayor).get(round_page(office)).content.decode()
    assert "รอใบเสร็จจากผู้รับจ้าง" in page
    assert "ถอนการอนุญาต" not in page


def test_choice_of_people_is_those_who_report(office, as_person):
    close_by_date(office)

    form = as_person(office.coordinator).get(round_page(office)).context["late"].form

    assert set(form.fields["person"].queryset) == {office.staff, office.finance_staff}
    assert set(form.fields["entry"].queryset) == set(entries_of(office.round))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": ""}, "เหตุผล: ฟิลด์นี้จำเป็น"),
        ({"allowed_until": "๑/๑/๒๕๖๔"}, "วันสุดท้ายที่อนุญาตต้องเป็นวันนี้หรือหลังจากนี้"),
    ],
)
def test_what_was_typed_is_kept_when_leave_is_refused(office, as_person, changes, message):
    close_by_date(office)
    client = as_person(office.coordinator)

    response = grant(client, office, **changes)

    assert told(response)[0].startswith(message[:20])
    assert not LatePermit.objects.exists()


def test_text_of_a_form_with_a_fault_is_offered_again(office, as_person):
    close_by_date(office)
    client = as_person(office.coordinator)

    grant(client, office, allowed_until="")

    form = client.get(round_page(office)).context["late"].form
    assert form.initial["reason"] == "รอใบเสร็จจากผู้รับจ้าง"


def test_leave_is_taken_back(office, as_person):
    close_by_date(office)
    given = permit(office, first_entry_of(office, office.finance))
    client = as_person(office.coordinator)

    response = client.post(reverse("desk:late_permit_withdraw", args=[given.pk]))

    assert response["Location"] == round_page(office) + "#late-permits"
    assert LatePermit.objects.get().withdrawn_by == office.coordinator
    assert "ถอนแล้ว" in client.get(round_page(office)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_leave_asks_equally_often(office, as_person, count, django_assert_num_queries):
    entries = entries_of(office.round)
    close_by_hand(office)
    for entry in entries[:count]:
        permit(office, entry)
    client = as_person(office.coordinator)
    client.get(round_page(office))

    with django_assert_num_queries(24):
        client.get(round_page(office))
