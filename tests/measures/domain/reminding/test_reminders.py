"""Who is reminded of a round and when, who hears of a sign-off that rests, and the command."""

import datetime
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from measures.domain.recording import rounds
from measures.domain.recording.progress import entries_of, record
from measures.domain.reminding import holidays, reminders
from measures.models import Delivery, Holiday, Notice, PostHolding, SignoffStep
from tests.factories.flow import approve_up_to, end_holdings, submit
from tests.factories.organisations import make_post
from tests.factories.people import hold, make_measure, make_office, make_user

pytestmark = pytest.mark.django_db

DUE = datetime.date(2021, 3, 31)
ONE_DAY = datetime.timedelta(days=1)
OWING = {"staff", "finance_staff"}


@pytest.fixture(autouse=True)
def in_the_round():
    """The clock stands in the round, so that those who hold a post then hold it today."""
    with time_machine.travel(datetime.datetime(2021, 3, 1, 3, tzinfo=datetime.UTC), tick=False):
        yield


def name_of(office, person):
    return next(name for name, value in vars(office).items() if value == person)


def reminded(office, day):
    """Run for one day and return (kind, who) of what is new."""
    notices = reminders.remind_of_rounds(office.organisation, day)
    return {(notice.kind, name_of(office, notice.recipient)) for notice in notices}


def everybody(kind):
    return {(kind, name) for name in OWING | {"coordinator"}}


@pytest.mark.parametrize("before", [21, 14, 7, 1])
def test_those_who_owe_and_the_coordinator_are_reminded(office, before):
    assert reminded(office, DUE - before * ONE_DAY) == everybody("round_due")


def test_days_of_a_whole_round(office):
    """Run every day: each reminder once, overdue once and then every week."""
    days = [DUE + number * ONE_DAY for number in range(-40, 24)]

    found = [(day - DUE).days for day in days if reminded(office, day)]

    assert found == [-21, -14, -7, -1, 1, 8, 15, 22]


def test_overdue_has_its_own_kind(office):
    reminded(office, DUE - ONE_DAY)

    assert reminded(office, DUE) == set()
    assert reminded(office, DUE + ONE_DAY) == everybody("round_overdue")


@pytest.mark.parametrize(("late", "is_sent"), [(1, True), (2, True), (3, False)])
def test_a_day_on_which_the_machine_was_off_is_made_up_for(office, late, is_sent):
    day = DUE - 14 * ONE_DAY + late * ONE_DAY

    assert bool(reminded(office, day)) is is_sent
    assert reminded(office, day) == set()


def test_overdue_that_was_missed_is_told_when_the_machine_is_back(office):
    assert reminded(office, DUE + 5 * ONE_DAY) == everybody("round_overdue")
    assert reminded(office, DUE + 7 * ONE_DAY) == set()
    assert reminded(office, DUE + 8 * ONE_DAY) == everybody("round_overdue")


def test_the_measures_owed_are_named_with_the_state_and_the_desk(office):
    reminded(office, DUE - 7 * ONE_DAY)

    notice = Notice.objects.get(recipient=office.staff)
    assert notice.subject == (
        "อีก 7 วันครบกำหนด: ยังไม่รายงาน 1 รายการ (รอบ 6 เดือน ปีงบประมาณ พ.ศ. 2564)"
    )
    assert notice.body.splitlines() == [
        "รอบ 6 เดือน ปีงบประมาณ พ.ศ. 2564 กำหนดส่ง ๓๑ มีนาคม พ.ศ. ๒๕๖๔ (อีก 7 วันครบกำหนด) "
        "รายการที่ยังไม่รายงาน",
        "",
        "- มาตรการที่ 1 ให้ความรู้แก่บุคลากรเรื่องการประเมินคุณธรรมและความโปร่งใส (สำนักปลัด)",
    ]
    assert notice.path == "/desk/"


def test_the_coordinator_has_a_summary_that_names_divisions_with_nobody_to_remind(office):
    end_holdings(office.finance_post)

    reminded(office, DUE - 7 * ONE_DAY)

    notice = Notice.objects.get(recipient=office.coordinator)
    assert notice.subject == (
        "อีก 7 วันครบกำหนด: ค้างรายงาน 3 รายการ จาก 2 ส่วนราชการ (รอบ 6 เดือน ปีงบประมาณ พ.ศ. 2564)"
    )
    assert notice.body.splitlines()[2:] == [
        "- สำนักปลัด: 1 รายการ",
        "- กองคลัง: 2 รายการ (ไม่มีผู้มีหน้าที่รายงาน จึงไม่มีผู้ได้รับแจ้ง)",
    ]
    assert notice.path == f"/desk/rounds/{office.round.pk}/"


def test_who_has_reported_everything_is_left_alone(office):
    for entry in entries_of(office.round):
        if entry.division == office.secretariat:
            record(entry, by=office.staff, version=0, status="done", result="ดำเนินการแล้ว")

    assert reminded(office, DUE - 7 * ONE_DAY) == {
        ("round_due", "finance_staff"),
        ("round_due", "coordinator"),
    }


def test_when_all_is_reported_nobody_is_reminded(office):
    for entry in entries_of(office.round):
        record(entry, by=office.coordinator, version=0, status="done", result="ดำเนินการแล้ว")

    assert reminded(office, DUE - 7 * ONE_DAY) == set()


def test_all_who_report_for_a_division_are_reminded_and_nobody_else(office):
    """Staff of a sub-unit too; not who left, has no account, or works for another office."""
    sub_unit = office.finance.sub_units.create(organisation=office.organisation, name="งานพัสดุ")
    second, left, inactive = make_user(), make_user(), make_user(is_active=False)
    post = make_post(office.organisation, "พัสดุ", division=sub_unit, reports_progress=True)
    hold(post, second)
    hold(post, left, ends_on=DUE - 60 * ONE_DAY)
    hold(post, inactive)
    make_office()

    told = reminders.remind_of_rounds(office.organisation, DUE - 7 * ONE_DAY)

    assert {notice.recipient for notice in told} == {
        office.staff,
        office.finance_staff,
        second,
        office.coordinator,
    }


def test_closed_rounds_remind_nobody(office):
    rounds.close_round(office.round, by=office.coordinator)

    assert reminded(office, DUE - 7 * ONE_DAY) == reminded(office, DUE + ONE_DAY) == set()


def test_rounds_past_their_last_day_remind_nobody(office):
    office.round.closes_on = DUE
    office.round.save()

    assert reminded(office, DUE - 7 * ONE_DAY) == everybody("round_due")
    assert reminded(office, DUE + ONE_DAY) == set()


def test_rounds_that_are_not_open_yet_remind_nobody(office):
    office.round.opens_on = DUE - 10 * ONE_DAY
    office.round.save()

    assert reminded(office, DUE - 14 * ONE_DAY) == set()
    assert reminded(office, DUE - 12 * ONE_DAY) == set()
    assert reminded(office, DUE - 10 * ONE_DAY) == set()  # what was due before it opened is past
    assert reminded(office, DUE - 7 * ONE_DAY) == everybody("round_due")


def test_rounds_locked_by_their_document_remind_nobody(office):
    submit(office)
    make_measure(office.organisation, office.finance, number=3)
    assert [entry.is_reported() for entry in entries_of(office.round)] == [True] * 3 + [False]

    assert reminded(office, DUE - 7 * ONE_DAY) == set()


def test_a_round_that_is_put_off_reminds_anew(office):
    reminded(office, DUE - 7 * ONE_DAY)
    office.round.due_on = DUE + 10 * ONE_DAY
    office.round.save()

    assert reminded(office, DUE + 3 * ONE_DAY) == everybody("round_due")


# Sign-offs that rest ------------------------------------------------------------------------------

MONDAY = datetime.date(2021, 3, 1)  # the clock's day; N is 3 working days


def escalated(office, day):
    notices = reminders.escalate(office.organisation, day)
    return {(notice.kind, name_of(office, notice.recipient)) for notice in notices}


def receives(post):
    post.receives_escalations = True
    post.save()


def test_the_head_hears_of_what_rests_for_n_working_days_and_again_after_n_more(office):
    receives(office.head_post)
    approve_up_to(office, submit(office), 2)
    days = [MONDAY + number * ONE_DAY for number in range(17)]

    found = [(day - MONDAY).days for day in days if escalated(office, day)]

    assert found == [3, 8, 11, 16]  # Thursday, Tuesday after two more, Friday, Wednesday


def test_public_holidays_do_not_count(office):
    receives(office.head_post)
    approve_up_to(office, submit(office), 2)
    Holiday.objects.create(date=MONDAY + 2 * ONE_DAY, name="วันหยุด", source="ทดสอบ")

    assert escalated(office, MONDAY + 3 * ONE_DAY) == set()
    assert escalated(office, MONDAY + 4 * ONE_DAY) == {("stalled", "head")}


def test_the_day_of_arrival_is_the_day_in_thailand(office):
    """18:00 UTC on Sunday is Monday in Bangkok."""
    receives(office.head_post)
    late = datetime.datetime(2021, 2, 28, 18, tzinfo=datetime.UTC)
    with time_machine.travel(late, tick=False):
        signoff = approve_up_to(office, submit(office), 2)
    assert SignoffStep.objects.get(signoff=signoff, order=2).decided_at == late

    assert escalated(office, MONDAY + 2 * ONE_DAY) == set()
    assert escalated(office, MONDAY + 3 * ONE_DAY) == {("stalled", "head")}


def test_text_names_document_post_since_when_and_who_can_decide(office):
    receives(office.head_post)
    signoff = approve_up_to(office, submit(office), 2)

    escalated(office, MONDAY + 3 * ONE_DAY)

    notice = Notice.objects.get(kind="stalled")
    assert notice.subject.startswith(
        f"ค้างการพิจารณา 3 วันทำการ ที่{office.deputy_post.title}: รายงานผล"
    )
    assert "ตั้งแต่วันที่ ๑ มีนาคม พ.ศ. ๒๕๖๔ เป็นเวลา 3 วันทำการแล้ว" in notice.body
    assert f"ผู้ดำรงหรือรักษาการในตำแหน่งนี้: {office.deputy}" in notice.body
    assert notice.path == f"/desk/documents/{signoff.document_id}/"


def test_a_vacant_post_is_named_as_such(office):
    receives(office.head_post)
    approve_up_to(office, submit(office), 2)
    end_holdings(office.deputy_post)

    escalated(office, MONDAY + 3 * ONE_DAY)

    assert "วันนี้ไม่มีผู้ดำรงหรือรักษาการในตำแหน่งนี้" in Notice.objects.get(kind="stalled").body


@pytest.mark.parametrize(
    ("receiving", "decided", "told"),
    [
        (["head_post", "staff_post"], 2, {"head", "staff"}),
        ([], 2, {"mayor"}),  # nobody receives: the final post
        (["deputy_post"], 2, {"mayor"}),  # it rests with the one who would receive
        ([], 4, {"coordinator"}),  # it rests with the final post
        (["clerk_post"], 4, {"clerk"}),
    ],
)
def test_who_hears_of_it(office, receiving, decided, told):
    for post in receiving:
        receives(getattr(office, post))
    approve_up_to(office, submit(office), decided)

    assert escalated(office, MONDAY + 3 * ONE_DAY) == {("stalled", name) for name in told}


def test_a_receiving_post_that_nobody_holds_counts_as_none(office):
    receives(office.head_post)
    approve_up_to(office, submit(office), 2)
    end_holdings(office.head_post)

    assert escalated(office, MONDAY + 3 * ONE_DAY) == {("stalled", "mayor")}


def test_each_step_rests_from_its_own_arrival(office):
    receives(office.head_post)
    signoff = approve_up_to(office, submit(office), 2)
    escalated(office, MONDAY + 3 * ONE_DAY)
    with time_machine.travel(datetime.datetime(2021, 3, 4, 3, tzinfo=datetime.UTC), tick=False):
        approve_up_to(office, signoff, 3)

    assert escalated(office, MONDAY + 7 * ONE_DAY) == set()
    assert escalated(office, MONDAY + 9 * ONE_DAY) == {("stalled", "head")}


def test_what_has_ended_rests_no_more(office):
    receives(office.head_post)
    approve_up_to(office, submit(office), 5)

    assert escalated(office, MONDAY + 30 * ONE_DAY) == set()


# The command --------------------------------------------------------------------------------------


def run(*options):
    output = StringIO()
    call_command("send_reminders", *options, stdout=output)
    return output.getvalue().strip()


WEEK_BEFORE = "2021-03-24"


def test_one_mail_to_each_and_none_on_the_second_run(office):
    assert run("--on", WEEK_BEFORE) == "แจ้งเตือนใหม่ 3 รายการ ส่งอีเมล 3 ฉบับ"
    assert run("--on", WEEK_BEFORE) == "แจ้งเตือนใหม่ 0 รายการ ส่งอีเมล 0 ฉบับ"

    assert sorted(message.to for message in mail.outbox) == sorted(
        [[person.email] for person in (office.staff, office.finance_staff, office.coordinator)]
    )


def test_one_office_alone(office):
    neighbour = make_office()

    run("--on", WEEK_BEFORE, "--organisation", neighbour.organisation.slug)

    assert {notice.organisation for notice in Notice.objects.all()} == {neighbour.organisation}
    assert len(mail.outbox) == 3


def test_an_office_that_is_not_there_is_an_error():
    with pytest.raises(CommandError, match="nowhere"):
        run("--organisation", "nowhere")


def test_today_is_the_day_in_thailand(office):
    """20:00 UTC on the 23rd is the 24th in Bangkok: a week before the round is due."""
    evening = datetime.datetime(2021, 3, 23, 20, tzinfo=datetime.UTC)
    with time_machine.travel(evening, tick=False):
        assert timezone.localdate() == datetime.date(2021, 3, 24)
        run()

    assert Notice.objects.filter(key__endswith="due-7").count() == 2
    assert set(Delivery.objects.values_list("day", flat=True)) == {datetime.date(2021, 3, 24)}


def test_people_of_years_past_are_not_reminded(office):
    PostHolding.objects.filter(user=office.staff).update(ends_on=datetime.date(2021, 3, 10))

    run("--on", WEEK_BEFORE)

    assert not Notice.objects.filter(recipient=office.staff).exists()


def test_holidays_of_the_library_are_those_that_count(office):
    """Monday 12 April to 15 April 2021 were holidays: Songkran."""
    holidays.load([2564])
    receives(office.head_post)
    with time_machine.travel(datetime.datetime(2021, 4, 9, 3, tzinfo=datetime.UTC), tick=False):
        approve_up_to(office, submit(office), 2)

    assert escalated(office, datetime.date(2021, 4, 19)) == set()
    assert escalated(office, datetime.date(2021, 4, 20)) == {("stalled", "head")}
