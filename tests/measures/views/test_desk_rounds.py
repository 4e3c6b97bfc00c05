"""The page of a round: its state, and opening, closing and compiling."""

import pytest
from django.urls import reverse

from measures.domain.planning.measures import delete_measure
from measures.models import Document, Event, EventVerb, ReportingRound
from tests.factories.flow import make_draft, make_in_state, report_all
from tests.factories.people import make_measure

pytestmark = pytest.mark.django_db

NEW = {"fiscal_year": "๒๕๖๔", "months": "12", "opens_on": "2021-04-01", "due_on": "2021-09-30"}


def address(office, name: str = "round") -> str:
    return reverse(f"desk:{name}", args=[office.round.pk])


def test_the_round_shows_every_measure_and_division(office, as_person):
    overview = as_person(office.mayor).get(address(office)).context["overview"]

    assert [
        (state.measure.number, [entry.division.name for entry in state.entries])
        for state in overview.measures
    ] == [(1, ["สำนักปลัด", "กองคลัง"]), (2, ["กองคลัง"])]
    assert (overview.reported(), overview.expected()) == (0, 3)


@pytest.mark.parametrize("measures", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_plan(
    office, as_person, measures, django_assert_num_queries
):
    if measures == 1:
        delete_measure(office.measures[1], by=office.coordinator)
    else:
        make_measure(office.organisation, office.secretariat, office.finance, number=3)
    client = as_person(office.coordinator)
    client.get(address(office))  # makes the blank entries

    with django_assert_num_queries(20):
        client.get(address(office))


def test_opening_a_round_reads_thai_digits_and_goes_to_it(office, as_person):
    response = as_person(office.coordinator).post(reverse("desk:round_new"), NEW)

    opened = ReportingRound.objects.get(months=12)
    assert (opened.organisation, opened.fiscal_year) == (office.organisation, 2564)
    assert response["Location"] == reverse("desk:round", args=[opened.pk])


@pytest.mark.parametrize(
    "changes",
    [
        {"months": "6"},  # is there already
        {"months": "7"},
        {"fiscal_year": "256x"},
        {"fiscal_year": "1999"},
        {"due_on": "2021-03-01"},  # before it opens
        {"opens_on": ""},
    ],
)
def test_a_round_that_cannot_be_is_told_and_nothing_is_stored(office, as_person, changes):
    response = as_person(office.coordinator).post(reverse("desk:round_new"), NEW | changes)

    assert response.status_code == 422
    assert response.context["form"].errors != {}
    assert list(ReportingRound.objects.all()) == [office.round]
    assert response.context["form"]["due_on"].value() == (NEW | changes)["due_on"]


def test_pressing_open_twice_opens_one_round(office, as_person):
    client = as_person(office.coordinator)

    client.post(reverse("desk:round_new"), NEW)
    client.post(reverse("desk:round_new"), NEW)

    assert ReportingRound.objects.count() == 2
    assert Event.objects.filter(verb=EventVerb.ROUND_OPENED).count() == 1


def test_new_dates_are_read_in_thai_and_logged_once(office, as_person):
    client = as_person(office.coordinator)

    for _press in range(2):
        client.post(
            address(office, "round_dates"), {"opens_on": "1 ตุลาคม 2563", "due_on": "15/4/2564"}
        )

    office.round.refresh_from_db()
    assert (office.round.opens_on.isoformat(), office.round.due_on.isoformat()) == (
        "2020-10-01",
        "2021-04-15",
    )
    assert Event.objects.filter(verb=EventVerb.ROUND_RESCHEDULED).count() == 1


def test_dates_the_wrong_way_round_are_told_and_change_nothing(office, as_person):
    response = as_person(office.coordinator).post(
        address(office, "round_dates"),
        {"opens_on": "2021-04-15", "due_on": "2021-04-01"},
        follow=True,
    )

    assert [str(message) for message in response.context["messages"]] == [
        "กำหนดส่ง: กำหนดส่งต้องไม่อยู่ก่อนวันเปิดรอบ"
    ]
    assert ReportingRound.objects.get().due_on == office.round.due_on


def test_pressing_close_twice_closes_once(office, as_person):
    client = as_person(office.coordinator)

    for _press in range(2):
        assert client.post(address(office, "round_close")).status_code == 302

    office.round.refresh_from_db()
    assert office.round.closed_by == office.coordinator
    assert Event.objects.filter(verb=EventVerb.ROUND_CLOSED).count() == 1


def test_reopening_keeps_the_reason_and_happens_once(office, as_person):
    client = as_person(office.coordinator)
    client.post(address(office, "round_close"))

    for _press in range(2):
        client.post(address(office, "round_reopen"), {"reason": "กองคลังยังไม่ได้รายงาน"})

    office.round.refresh_from_db()
    assert office.round.closed_at is None
    [event] = Event.objects.filter(verb=EventVerb.ROUND_REOPENED)
    assert event.data["reason"] == "กองคลังยังไม่ได้รายงาน"


def test_reopening_without_a_reason_is_told(office, as_person):
    client = as_person(office.coordinator)
    client.post(address(office, "round_close"))

    response = client.post(address(office, "round_reopen"), {"reason": "  "}, follow=True)

    office.round.refresh_from_db()
    assert office.round.is_closed()
    assert [str(message) for message in response.context["messages"]][-1:] == [
        "โปรดกรอกเหตุผลที่เปิดรอบอีกครั้ง"
    ]


def test_pressing_compile_twice_makes_one_document(office, as_person):
    client = as_person(office.coordinator)

    answers = [client.post(address(office, "round_compile")) for _press in range(2)]

    document = Document.objects.get()
    assert {answer["Location"] for answer in answers} == {
        reverse("desk:document", args=[document.pk])
    }
    assert Event.objects.filter(verb=EventVerb.DOCUMENT_COMPILED).count() == 1


def test_compiling_a_published_round_is_told_on_its_page(office, as_person):
    make_in_state(office, "published")

    response = as_person(office.coordinator).post(address(office, "round_compile"), follow=True)

    assert response.redirect_chain == [(address(office), 302)]
    assert Document.objects.count() == 1
    assert "เผยแพร่เป็นเอกสารแล้ว" in response.content.decode()


def test_the_page_says_what_locks_it_and_who_can_lift_that(office, as_person):
    report_all(office)
    client = as_person(office.staff)
    assert client.get(address(office)).context["lock"] is None

    make_in_state(office, "in_signoff")
    response = client.get(address(office))

    lock = response.context["lock"]
    assert all(
        part in response.content.decode() for part in (lock.rule, lock.since, lock.lifted_by)
    )


def test_a_round_with_a_draft_offers_no_second_one(office, as_person):
    client = as_person(office.coordinator)
    offer = f'action="{address(office, "round_compile")}"'
    assert offer in client.get(address(office)).content.decode()

    make_draft(office)

    assert offer not in client.get(address(office)).content.decode()
