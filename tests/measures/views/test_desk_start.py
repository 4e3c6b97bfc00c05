"""The start page: for each person exactly what waits for them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures.models import DocumentState
from tests.factories.flow import approve_up_to, make_draft, make_in_state, report_all, submit
from tests.factories.people import make_measure, make_office, make_round

pytestmark = pytest.mark.django_db

START = "/desk/"


@pytest.fixture
def queue_of(as_person):
    """What the start page of a person lists."""
    return lambda person: as_person(person).get(START).context["queue"]


def reported_by(works) -> list[tuple[int, str]]:
    return [(entry.measure.number, entry.division.name) for entry in works[0].to_report]


def test_staff_see_the_entries_of_their_own_division(office, queue_of):
    assert reported_by(queue_of(office.staff).rounds) == [(1, "สำนักปลัด")]
    assert reported_by(queue_of(office.finance_staff).rounds) == [(1, "กองคลัง"), (2, "กองคลัง")]


def test_what_was_reported_moves_to_the_list_of_what_was_done(office, queue_of):
    report_all(office)

    [work] = queue_of(office.finance_staff).rounds

    assert work.to_report == []
    assert [entry.measure.number for entry in work.reported] == [1, 2]


def test_the_coordinator_sees_how_much_the_divisions_still_owe(office, queue_of):
    [work] = queue_of(office.coordinator).rounds

    assert (work.to_report, work.to_chase) == ([], 3)
    assert queue_of(office.coordinator).is_empty() is False
    assert queue_of(office.mayor).is_empty() is True


def test_each_signer_sees_the_document_when_it_is_their_turn(office, queue_of):
    signoff = submit(office)
    approve_up_to(office, signoff, 3)

    waiting = {
        role: [step.order for step in queue_of(getattr(office, role)).to_decide]
        for role in ("staff", "coordinator", "head", "deputy", "clerk", "mayor")
    }

    assert waiting == {
        "staff": [],
        "coordinator": [],
        "head": [],
        "deputy": [],
        "clerk": [4],
        "mayor": [],
    }


@pytest.mark.parametrize(
    ("state", "list_name"),
    [
        (DocumentState.DRAFT, "drafts"),
        (DocumentState.RETURNED, "to_mend"),
        (DocumentState.APPROVED, "to_publish"),
    ],
)
def test_the_coordinator_sees_each_document_in_its_list(office, queue_of, state, list_name):
    document = make_in_state(office, state)

    lists = {
        name: getattr(queue_of(office.coordinator), name)
        for name in ("drafts", "to_mend", "to_publish")
    }

    assert lists == {"drafts": [], "to_mend": [], "to_publish": []} | {list_name: [document]}
    assert getattr(queue_of(office.staff), list_name) == []


def test_everybody_sees_what_waits_for_others(office, as_person):
    signoff = submit(office)

    response = as_person(office.staff).get(START)

    assert response.context["queue"].waiting_for_others == [signoff]
    assert reverse("desk:document", args=[signoff.document_id]) in response.content.decode()


def test_nothing_of_another_office_is_listed(office, as_person):
    other = make_office()
    submit(other)
    make_draft(office)

    response = as_person(office.coordinator).get(START)

    assert list(response.context["rounds"]) == [office.round]
    assert response.context["queue"].waiting_for_others == []
    assert other.organisation.name not in response.content.decode()


def test_a_round_that_is_locked_asks_for_nothing(office, queue_of):
    submit(office)

    assert queue_of(office.finance_staff).to_report == []


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(START).status_code == 200
    return len(asked)


@pytest.mark.parametrize("who", ["staff", "finance_staff", "coordinator"])
def test_the_number_of_queries_does_not_grow_with_the_plan(office, as_person, who):
    make_measure(office.organisation, office.secretariat, office.finance, number=3)
    client = as_person(getattr(office, who))
    client.get(START)  # makes the blank entries
    with_three = queries_of(client)
    for number in range(4, 61):
        make_measure(office.organisation, office.secretariat, office.finance, number=number)
    client.get(START)

    assert queries_of(client) == with_three < 25


@pytest.mark.parametrize("who", ["head", "mayor"])
def test_the_number_of_queries_does_not_grow_with_the_documents(office, as_person, who):
    submit(office)
    client = as_person(getattr(office, who))
    with_one = queries_of(client)
    for year in (2565, 2566):
        office.round = make_round(office.organisation, fiscal_year=year)
        make_measure(office.organisation, office.finance, fiscal_year=year)
        submit(office)

    assert queries_of(client) == with_one < 20
