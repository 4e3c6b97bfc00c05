"""What waits for whom: a partition of the work, the same as what the verbs would allow."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from measures import permissions
from measures.domain import documents
from measures.domain.recording import progress, rounds
from measures.domain.recording.queue import own_division_ids, queue_of
from measures.domain.signing import signoffs
from measures.models import DocumentState, PostHolding, Signoff, SignoffStep, User
from tests.factories.flow import (
    approve_up_to,
    current,
    fresh,
    make_in_state,
    publish,
    report_all,
    submit,
)
from tests.factories.organisations import make_division, make_post
from tests.factories.people import hold, make_administrator, make_office, make_round, make_user

pytestmark = pytest.mark.django_db

PEOPLE = ["staff", "finance_staff", "coordinator", "head", "deputy", "clerk", "mayor", "outsider"]


def queue(office, who):
    return queue_of(fresh(getattr(office, who)), office.organisation)


# Whose turn it is ---------------------------------------------------------------------------------


def stages(office):
    """Walk one document through everything that can happen to it, pausing at each stage."""
    yield "nothing"
    signoff = submit(office)
    yield "submitted"
    for order in range(2, 5):
        approve_up_to(office, signoff, order)
        yield f"approved by {order}"
    signoffs.return_for_correction(current(signoff), by=office.mayor, reason="แก้ไข")
    yield "returned"
    signoff = submit(office, signoff.document)
    signoffs.recall(signoff, by=office.coordinator)
    yield "recalled"
    signoff = approve_up_to(office, submit(office, signoff.document), 4)
    signoffs.refuse(current(signoff), by=office.mayor, reason="แก้ไข")
    yield "refused"
    documents.reopen(signoff.document, by=office.coordinator, reason="แก้ไข")
    approve_up_to(office, submit(office, signoff.document), 5)
    yield "approved"


def test_steps_that_await_a_person_are_those_the_person_can_decide_at_every_stage(office):
    # The coordinator also acts for the mayor: sees the mayor's step, and must not decide it.
    hold(
        office.mayor_post,
        office.coordinator,
        kind="acting_for",
        substantive_post=office.coordinator_post,
    )
    deputy_mayor = make_user()
    hold(office.mayor_post, deputy_mayor, kind="acting_for", substantive_post=office.clerk_post)
    closed = make_user(is_active=False)
    hold(office.head_post, closed, kind="acting_for", substantive_post=office.staff_post)
    make_administrator()
    elsewhere = make_office()
    submit(elsewhere)

    seen = []
    for stage in stages(office):
        steps = SignoffStep.objects.order_by("pk")
        for user in User.objects.all():
            awaited = list(steps.awaiting(user))
            assert awaited == [step for step in steps if permissions.can_decide(user, step)], stage
        seen.append(stage)

    assert len(seen) == 9


@pytest.mark.parametrize("stage", range(2, 6))
def test_signing_waits_for_one_person(office, stage):
    signoff = approve_up_to(office, submit(office), stage - 1)

    waiting = {who: queue(office, who).to_decide for who in PEOPLE}

    expected = {who: [] for who in PEOPLE}
    expected[["coordinator", "head", "deputy", "clerk", "mayor"][stage - 1]] = [current(signoff)]
    assert waiting == expected


def test_decision_of_another_office_does_not_stand_in_this_queue(office):
    elsewhere = make_office()
    submit(elsewhere)
    person = make_user()
    hold(elsewhere.head_post, person)
    hold(office.head_post, person)

    assert queue_of(person, office.organisation).to_decide == []
    assert len(queue_of(person, elsewhere.organisation).to_decide) == 1


# The coordinator's documents ----------------------------------------------------------------------


@pytest.mark.parametrize("state", DocumentState)
def test_documents_stand_in_the_list_of_their_state_for_the_coordinator_alone(office, state):
    document = make_in_state(office, state)
    lists = {
        DocumentState.DRAFT: "drafts",
        DocumentState.RETURNED: "to_mend",
        DocumentState.REFUSED: "to_mend",
        DocumentState.APPROVED: "to_publish",
    }

    for who in PEOPLE:
        waiting = queue(office, who)
        found = {name: getattr(waiting, name) for name in ("drafts", "to_mend", "to_publish")}
        expected = {name: [] for name in found}
        if who == "coordinator" and state in lists:
            expected[lists[state]] = [document]
        assert found == expected, who


def test_running_signoffs_are_shown_as_waiting_for_others(office):
    submit(make_office())
    signoff = submit(office)

    assert queue(office, "coordinator").waiting_for_others == [signoff]
    approve_up_to(office, signoff, 5)
    assert queue(office, "coordinator").waiting_for_others == []


# Entries ------------------------------------------------------------------------------------------


def entries(work):
    return [(entry.measure.number, entry.division.name) for entry in work]


def test_entry_is_either_to_report_or_reported(office):
    everything = progress.entries_of(office.round)
    for count in range(len(everything) + 1):
        for who in ("staff", "finance_staff"):
            [work] = queue(office, who).rounds
            to_report = {entry.pk for entry in work.to_report}
            reported = {entry.pk for entry in work.reported}
            own = {
                entry.pk
                for entry in everything
                if entry.division_id in own_division_ids(getattr(office, who))
            }
            assert to_report & reported == set()
            assert to_report | reported == own
            assert reported == own & {entry.pk for entry in everything[:count]}
        if count < len(everything):
            progress.record(everything[count], by=office.coordinator, version=0, status="done")


def test_staff_see_the_entries_of_their_own_division(office):
    [work] = queue(office, "finance_staff").rounds

    assert entries(work.to_report) == [(1, "กองคลัง"), (2, "กองคลัง")]
    assert work.is_overdue() is True


def test_staff_of_a_sub_unit_see_their_divisions_entries(office):
    legal = make_division(office.organisation, "งานนิติการ", parent=office.secretariat)
    lawyer = make_user()
    hold(make_post(office.organisation, "นิติกร", division=legal, reports_progress=True), lawyer)

    [work] = queue_of(lawyer, office.organisation).rounds

    assert entries(work.to_report) == [(1, "สำนักปลัด")]


@pytest.mark.parametrize("who", ["head", "mayor", "outsider", "coordinator"])
def test_people_who_report_for_no_division_have_no_entries(office, who):
    waiting = queue(office, who)

    assert (waiting.to_report, waiting.reported) == ([], [])
    assert [work.to_chase for work in waiting.rounds] == ([3] if who == "coordinator" else [])


def test_round_that_takes_no_entries_asks_for_none(office):
    make_round(
        office.organisation,
        months=12,
        opens_on=timezone.localdate() + datetime.timedelta(days=1),
        due_on=timezone.localdate() + datetime.timedelta(days=9),
    )
    assert [work.round for work in queue(office, "staff").rounds] == [office.round]

    submit(office)
    [work] = queue(office, "staff").rounds
    assert (work.to_report, entries(work.reported)) == ([], [(1, "สำนักปลัด")])


def test_what_was_not_reported_before_the_round_closed_waits_for_the_coordinator(office):
    rounds.close_round(office.round, by=office.coordinator)

    [work] = queue(office, "staff").rounds

    assert (work.to_report, entries(work.waiting)) == ([], [(1, "สำนักปลัด")])
    assert queue(office, "staff").is_empty() is True


def test_queue_is_empty_when_all_is_reported(office):
    assert queue(office, "staff").is_empty() is False

    report_all(office)

    assert queue(office, "staff").is_empty() is True


def test_queue_of_a_published_office_is_empty_for_everybody(office):
    publish(office)

    assert {who: queue(office, who).is_empty() for who in PEOPLE} == dict.fromkeys(PEOPLE, True)


def test_ended_holding_has_nothing_to_decide(office):
    signoff = submit(office)
    PostHolding.objects.filter(user=office.head).update(ends_on=datetime.date(2021, 9, 30))

    assert queue(office, "head").to_decide == []
    assert Signoff.objects.get(pk=signoff.pk).is_running() is True
    assert not permissions.can_decide(AnonymousUser(), current(signoff))


def test_a_document_waiting_for_oneself_is_not_waiting_for_others(office):
    submit(office)

    of_head, of_mayor = queue(office, "head"), queue(office, "mayor")

    assert (len(of_head.to_decide), len(of_head.waiting_for_others)) == (1, 0)
    assert (len(of_mayor.to_decide), len(of_mayor.waiting_for_others)) == (0, 1)
