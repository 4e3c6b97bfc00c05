"""Rounds open, close and reopen; each is logged, and a second press changes nothing."""

import datetime

import pytest
from django.utils import timezone

from ita_portal.thai.dates import full_date
from measures.domain.errors import Invalid
from measures.domain.recording import rounds
from measures.models import Notice, ReportingRound
from measures.permissions import NotAllowed
from tests.factories.flow import verbs_of
from tests.factories.people import make_administrator

pytestmark = pytest.mark.django_db

TWELVE = {
    "fiscal_year": 2564,
    "months": 12,
    "opens_on": datetime.date(2021, 4, 1),
    "due_on": datetime.date(2021, 9, 30),
}


def test_coordinator_opens_a_round(office):
    made = rounds.open_round(office.organisation, **TWELVE, by=office.coordinator)

    stored = ReportingRound.objects.get(pk=made.pk)
    assert (stored.fiscal_year, stored.months, stored.closed_at) == (2564, 12, None)
    event = office.organisation.events.get()
    assert (event.verb, event.actor, event.data) == (
        "round_opened",
        office.coordinator,
        {"opens_on": "2021-04-01", "due_on": "2021-09-30"},
    )


def test_round_may_be_due_on_the_day_it_opens(office):
    day = datetime.date(2021, 4, 1)

    made = rounds.open_round(
        office.organisation, **TWELVE | {"opens_on": day, "due_on": day}, by=office.coordinator
    )

    assert made.due_on == day


def test_round_is_not_due_before_it_opens(office):
    with pytest.raises(Invalid) as refusal:
        rounds.open_round(
            office.organisation,
            **TWELVE | {"due_on": datetime.date(2021, 3, 31)},
            by=office.coordinator,
        )

    assert str(refusal.value) == "กำหนดส่งต้องไม่อยู่ก่อนวันเปิดรอบ"
    assert list(ReportingRound.objects.all()) == [office.round]
    assert verbs_of(office.organisation) == []


def test_round_that_is_there_is_not_opened_again(office):
    with pytest.raises(Invalid) as refusal:
        rounds.open_round(office.organisation, **TWELVE | {"months": 6}, by=office.coordinator)

    assert str(refusal.value) == "มีรอบ 6 เดือน ปีงบประมาณ พ.ศ. 2564อยู่แล้ว"
    office.round.refresh_from_db()
    assert office.round.opens_on == datetime.date(2020, 10, 1)


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_the_coordinator_opens_closes_and_reopens(office, who):
    person = getattr(office, who)

    with pytest.raises(NotAllowed):
        rounds.open_round(office.organisation, **TWELVE, by=person)
    with pytest.raises(NotAllowed):
        rounds.close_round(office.round, by=person)
    rounds.close_round(office.round, by=office.coordinator)
    with pytest.raises(NotAllowed):
        rounds.reopen_round(office.round, by=person, reason="เหตุผล")

    assert ReportingRound.objects.get().is_closed() is True
    assert verbs_of(office.organisation) == ["round_closed"]


def test_administrator_may_close(office):
    closed = rounds.close_round(office.round, by=make_administrator())

    assert closed.is_closed() is True


def test_closing_twice_changes_nothing(office):
    first = rounds.close_round(office.round, by=office.coordinator)
    second = rounds.close_round(office.round, by=office.coordinator)

    assert (first.closed_at, first.closed_by) == (second.closed_at, second.closed_by)
    assert verbs_of(office.organisation) == ["round_closed"]


def test_reopening_needs_a_reason_and_keeps_it(office):
    rounds.close_round(office.round, by=office.coordinator)

    with pytest.raises(Invalid) as refusal:
        rounds.reopen_round(office.round, by=office.coordinator, reason=" \n")
    assert str(refusal.value) == "โปรดกรอกเหตุผลที่เปิดรอบอีกครั้ง"
    assert ReportingRound.objects.get().is_closed() is True

    opened = rounds.reopen_round(office.round, by=office.coordinator, reason="กองคลังส่งไม่ทัน")

    assert (opened.closed_at, opened.closed_by) == (None, None)
    last = office.organisation.events.order_by("-sequence")[0]
    assert (last.verb, last.data) == ("round_reopened", {"reason": "กองคลังส่งไม่ทัน"})


def test_reopening_an_open_round_changes_nothing(office):
    rounds.reopen_round(office.round, by=office.coordinator, reason="กดซ้ำ")

    assert verbs_of(office.organisation) == []


def test_everybody_who_reports_is_told_of_a_round_to_come(office):
    today = timezone.localdate()
    due = today + datetime.timedelta(days=30)

    rounds.open_round(
        office.organisation,
        fiscal_year=2570,
        months=6,
        opens_on=today,
        due_on=due,
        by=office.coordinator,
    )

    told = Notice.objects.filter(kind="round_opened")
    assert {notice.recipient for notice in told} == {office.staff, office.finance_staff}
    assert {full_date(due) in notice.body for notice in told} == {True}


def test_nobody_is_told_of_a_round_of_the_past(office):
    rounds.open_round(office.organisation, **TWELVE, by=office.coordinator)

    assert not Notice.objects.exists()
