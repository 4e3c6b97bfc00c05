"""People are put into posts from a day to a day; nobody stands in another's place by mistake."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from measures.domain.errors import Invalid
from measures.domain.staffing import appointments
from measures.models import HoldingKind, Post, PostHolding
from measures.permissions import NotAllowed
from tests.factories.appointments import ORDER_NUMBER, order_deputy, order_upload
from tests.factories.flow import fresh, verbs_of
from tests.factories.organisations import make_post
from tests.factories.people import IN_OFFICE_SINCE, hold, make_administrator, make_user
from tests.factories.pictures import pdf

pytestmark = pytest.mark.django_db

ONE_DAY = datetime.timedelta(days=1)
MARCH = datetime.date(2021, 3, 1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def vacant(office) -> Post:
    return make_post(office.organisation, "นิติกร", division=office.secretariat)


# Appointing --------------------------------------------------------------------------------------


def test_person_of_the_office_is_put_into_a_post_from_a_day(office, vacant):
    holding = appointments.appoint(vacant, office.staff, starts_on=MARCH, by=office.coordinator)

    assert (holding.post, holding.user, holding.kind, holding.starts_on, holding.ends_on) == (
        vacant,
        office.staff,
        HoldingKind.SUBSTANTIVE,
        MARCH,
        None,
    )
    event = office.organisation.events.get()
    assert (event.verb, event.actor, event.data["before"]) == (
        "appointed",
        office.coordinator,
        None,
    )
    assert event.data["after"] == {
        "post": "นิติกร",
        "person": str(office.staff),
        "kind": "ดำรงตำแหน่ง",
        "substantive_post": "",
        "order_number": "",
        "order_file_sha256": "",
        "starts_on": "2021-03-01",
        "ends_on": "",
        "order_date": "",
    }


def test_second_press_is_one_appointment(office, vacant):
    first = appointments.appoint(vacant, office.staff, starts_on=MARCH, by=office.coordinator)
    second = appointments.appoint(vacant, office.staff, starts_on=MARCH, by=office.coordinator)

    assert first == second
    assert verbs_of(office.organisation) == ["appointed"]


@pytest.mark.parametrize("who", ["staff", "head", "mayor", "outsider"])
def test_only_who_administers_appoints(office, vacant, who):
    with pytest.raises(NotAllowed):
        appointments.appoint(vacant, office.staff, starts_on=MARCH, by=getattr(office, who))

    assert not vacant.holdings.exists()


def test_coordinator_whose_post_does_not_administer_appoints_nobody(office, vacant):
    office.coordinator_post.administers = False
    office.coordinator_post.save()
    hold(vacant, office.head)

    with pytest.raises(NotAllowed, match="ผู้ดูแลบัญชีและตำแหน่ง"):
        appointments.appoint(
            office.head_post, office.staff, starts_on=MARCH, by=fresh(office.coordinator)
        )


def test_person_of_another_office_has_to_be_invited(office, vacant):
    with pytest.raises(Invalid, match="ไม่ใช่คนของหน่วยงานนี้ โปรดส่งคำเชิญแทน"):
        appointments.appoint(vacant, office.outsider, starts_on=MARCH, by=office.coordinator)


def test_administrator_of_the_install_appoints_anybody(office, vacant):
    holding = appointments.appoint(
        vacant, office.outsider, starts_on=MARCH, by=make_administrator()
    )

    assert holding.user == office.outsider


def test_account_that_is_switched_off_is_put_nowhere(office, vacant):
    office.staff.is_active = False
    office.staff.save()

    with pytest.raises(Invalid, match="ถูกระงับอยู่"):
        appointments.appoint(vacant, office.staff, starts_on=MARCH, by=office.coordinator)


# Overlaps ----------------------------------------------------------------------------------------


def test_post_that_is_held_is_refused_with_who_and_until_when(office):
    with pytest.raises(Invalid) as refusal:
        appointments.appoint(office.head_post, office.staff, starts_on=MARCH, by=office.coordinator)

    assert str(refusal.value) == (
        f"{office.head}ดำรงตำแหน่งหัวหน้าสำนักปลัด ตั้งแต่วันที่ ๑ ตุลาคม พ.ศ. ๒๕๖๓ โดยยังไม่กำหนดวันสิ้นสุด "
        "โปรดเลือก “ให้ผู้ดำรงตำแหน่งเดิมพ้นในวันก่อนหน้า” หรือเปลี่ยนวันเริ่ม"
    )
    assert office.head_post.holdings.count() == 1


def test_earlier_holder_ends_the_day_before_where_that_is_asked_for(office):
    appointments.appoint(
        office.head_post, office.staff, starts_on=MARCH, by=office.coordinator, ends_earlier=True
    )

    spans = office.head_post.holdings.order_by("starts_on").values_list(
        "user", "starts_on", "ends_on"
    )
    assert list(spans) == [
        (office.head.pk, IN_OFFICE_SINCE, MARCH - ONE_DAY),
        (office.staff.pk, MARCH, None),
    ]
    assert verbs_of(office.organisation) == ["holding_ended", "appointed"]


@pytest.mark.parametrize(
    ("starts", "ends", "is_free"),
    [
        (-30, -11, True),  # ends the day before the holder begins
        (-30, -10, False),  # both on one day
        (-5, 5, False),
        (11, None, True),  # begins the day after
        (10, None, False),
        (-30, None, False),
    ],
)
def test_days_that_touch_do_not_overlap_and_days_that_meet_do(
    office, vacant, starts, ends, is_free
):
    hold(vacant, office.head, starts_on=MARCH - 10 * ONE_DAY, ends_on=MARCH + 10 * ONE_DAY)
    days = {
        "starts_on": MARCH + starts * ONE_DAY,
        "ends_on": None if ends is None else MARCH + ends * ONE_DAY,
    }

    if is_free:
        appointments.appoint(vacant, office.staff, by=office.coordinator, **days)
    else:
        with pytest.raises(Invalid, match="ดำรงตำแหน่งนิติกร"):
            appointments.appoint(vacant, office.staff, by=office.coordinator, **days)

    assert vacant.holdings.filter(user=office.staff).exists() is is_free


def test_later_holder_is_not_ended_by_an_earlier_beginning(office, vacant):
    hold(vacant, office.head, starts_on=MARCH + ONE_DAY)

    with pytest.raises(Invalid, match="สิ้นสุดการดำรงตำแหน่งนั้นก่อน"):
        appointments.appoint(
            vacant, office.staff, starts_on=MARCH, by=office.coordinator, ends_earlier=True
        )


# Acting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(appointments.ACTING_KINDS))
def test_order_to_act_is_entered_with_its_file(office, kind):
    data = pdf()

    holding = order_deputy(office, kind=kind, file=order_upload(data))

    assert (holding.kind, holding.order_number, holding.substantive_post) == (
        kind,
        ORDER_NUMBER,
        office.deputy_post,
    )
    with default_storage.open(holding.order_file.name) as kept:
        assert kept.read() == data
    assert holding.order_file_sha256 in holding.order_file.name
    assert office.clerk_post.holder_on(datetime.date(2021, 1, 5)) == holding
    assert verbs_of(office.organisation) == ["appointed"]


def test_coordinator_who_does_not_administer_enters_orders(office):
    office.coordinator_post.administers = False
    office.coordinator_post.save()

    assert order_deputy(office, by=fresh(office.coordinator)).user == office.deputy


@pytest.mark.parametrize("who", ["staff", "clerk", "outsider"])
def test_others_enter_no_orders(office, who):
    with pytest.raises(NotAllowed):
        order_deputy(office, by=getattr(office, who))


def test_nobody_is_given_the_keys_by_an_order_of_who_does_not_hold_them(office):
    keeper = make_post(office.organisation, "ผู้ดูแลบัญชี", administers=True)
    office.coordinator_post.administers = False
    office.coordinator_post.save()

    with pytest.raises(NotAllowed, match="ผู้ดูแลบัญชีและตำแหน่ง"):
        appointments.order_acting(
            keeper,
            office.coordinator,
            kind=HoldingKind.ACTING_FOR,
            substantive_post=office.coordinator_post,
            order_number="1/2564",
            order_date=MARCH,
            starts_on=MARCH,
            file=order_upload(),
            by=fresh(office.coordinator),
        )


def test_same_order_twice_is_one(office):
    assert order_deputy(office) == order_deputy(office)
    assert office.clerk_post.holdings.exclude(kind=HoldingKind.SUBSTANTIVE).count() == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (lambda office: {"order_number": " "}, "โปรดกรอกเลขที่คำสั่ง"),
        (lambda office: {"order_date": None}, "โปรดกรอกวันที่ของคำสั่ง"),
        (lambda office: {"order_date": timezone.localdate() + ONE_DAY}, "ต้องไม่อยู่หลังวันนี้"),
        (lambda office: {"kind": "substantive"}, "โปรดเลือกลักษณะการรักษาการ"),
        (lambda office: {"substantive_post": None}, "โปรดเลือกตำแหน่งจริง"),
        (lambda office: {"substantive_post": office.clerk_post}, "ต้องไม่ใช่ตำแหน่งที่รักษาการ"),
        (lambda office: {"substantive_post": office.head_post}, "ไม่ได้ดำรงตำแหน่งหัวหน้าสำนักปลัด"),
        (lambda office: {"file": None}, "โปรดแนบคำสั่งเป็นไฟล์ PDF"),
        (lambda office: {"ends_on": datetime.date(2021, 1, 4)}, "."),
    ],
)
def test_order_that_cannot_stand_is_refused_and_not_stored(office, changes, reason):
    with pytest.raises(Invalid, match=reason):
        order_deputy(office, **changes(office))

    assert not PostHolding.objects.exclude(kind=HoldingKind.SUBSTANTIVE).exists()
    assert verbs_of(office.organisation) == []


def test_own_post_of_another_office_is_refused(office):
    elsewhere = make_post(office.outsider.holdings.get().post.organisation, "ครู")

    with pytest.raises(Invalid, match="เป็นของหน่วยงานอื่น"):
        order_deputy(office, substantive_post=elsewhere)


def test_nobody_acts_longer_than_the_own_post_is_held(office):
    own = office.deputy.holdings.get()
    own.ends_on = MARCH
    own.save()

    with pytest.raises(Invalid, match=r"ถึงวันที่ ๑ มีนาคม พ\.ศ\. ๒๕๖๔"):
        order_deputy(office)
    assert order_deputy(office, ends_on=MARCH).ends_on == MARCH


def test_second_order_of_the_same_days_names_the_first(office):
    order_deputy(office)

    with pytest.raises(Invalid, match=f"ตามคำสั่งที่ {ORDER_NUMBER}"):
        order_deputy(office, order_number="999/2564")


# Ending ------------------------------------------------------------------------------------------


def test_holding_that_ends_today_is_held_through_today(office, today):
    holding = office.staff.holdings.get()

    appointments.end_holding(holding, ends_on=today, by=office.coordinator)

    assert office.staff_post.holder_on(today) == holding
    assert office.staff_post.holder_on(today + ONE_DAY) is None
    event = office.organisation.events.get()
    assert (event.verb, event.data["before"]["ends_on"], event.data["after"]["ends_on"]) == (
        "holding_ended",
        "",
        today.isoformat(),
    )


def test_last_day_to_come_can_be_moved_and_the_same_day_twice_is_one(office, today):
    holding = office.staff.holdings.get()
    for days in (30, 30, 10, 40):
        appointments.end_holding(holding, ends_on=today + days * ONE_DAY, by=office.coordinator)

    assert PostHolding.objects.get(pk=holding.pk).ends_on == today + 40 * ONE_DAY
    assert verbs_of(office.organisation) == ["holding_ended"] * 3


@pytest.mark.parametrize("who", ["staff", "head", "outsider"])
def test_others_end_nothing(office, today, who):
    with pytest.raises(NotAllowed):
        appointments.end_holding(
            office.staff.holdings.get(), ends_on=today, by=getattr(office, who)
        )


def test_holding_does_not_end_before_it_began(office):
    with pytest.raises(Invalid, match="ต้องไม่อยู่ก่อนวันเริ่ม"):
        appointments.end_holding(
            office.staff.holdings.get(), ends_on=IN_OFFICE_SINCE - ONE_DAY, by=office.coordinator
        )


def test_what_has_ended_stays_ended(office, today):
    holding = office.staff.holdings.get()
    appointments.end_holding(holding, ends_on=MARCH, by=office.coordinator)

    with pytest.raises(Invalid, match=r"สิ้นสุดไปแล้วเมื่อวันที่ ๑ มีนาคม พ\.ศ\. ๒๕๖๔"):
        appointments.end_holding(holding, ends_on=today, by=office.coordinator)


def test_holding_is_not_prolonged_into_the_next_one(office, vacant, today):
    hold(vacant, office.head, ends_on=today + ONE_DAY)
    later = hold(vacant, office.staff, starts_on=today + 5 * ONE_DAY)

    with pytest.raises(Invalid, match=str(later.user)):
        appointments.end_holding(
            vacant.holdings.get(user=office.head),
            ends_on=today + 5 * ONE_DAY,
            by=office.coordinator,
        )


def test_acting_ends_with_the_post_it_rests_on(office, today):
    acting = order_deputy(office)
    coming = hold(
        office.mayor_post,
        office.deputy,
        kind=HoldingKind.ON_BEHALF,
        substantive_post=office.deputy_post,
        starts_on=today + 10 * ONE_DAY,
    )
    own = office.deputy.holdings.get(kind=HoldingKind.SUBSTANTIVE)

    appointments.end_holding(own, ends_on=today, by=office.coordinator)

    assert PostHolding.objects.get(pk=acting.pk).ends_on == today
    assert not PostHolding.objects.filter(pk=coming.pk).exists()
    assert verbs_of(office.organisation) == ["appointed"] + ["holding_ended"] * 3


def test_order_to_act_is_ended_by_who_enters_orders(office, today):
    acting = order_deputy(office)
    office.coordinator_post.administers = False
    office.coordinator_post.save()
    coordinator = fresh(office.coordinator)

    appointments.end_holding(acting, ends_on=today, by=coordinator)

    assert PostHolding.objects.get(pk=acting.pk).ends_on == today
    with pytest.raises(NotAllowed):
        appointments.end_holding(office.staff.holdings.get(), ends_on=today, by=coordinator)


# The keys ----------------------------------------------------------------------------------------


def test_last_holding_that_administers_does_not_end(office, today):
    with pytest.raises(Invalid, match="จะไม่มีผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเหลืออยู่"):
        appointments.end_holding(
            office.coordinator.holdings.get(), ends_on=today, by=office.coordinator
        )

    assert office.coordinator.holdings.get().ends_on is None
    assert verbs_of(office.organisation) == []


def test_it_ends_once_somebody_follows_without_a_gap(office, today):
    second = make_post(office.organisation, "ผู้ดูแลบัญชี", administers=True)
    follower = hold(second, make_user(), starts_on=today + 2 * ONE_DAY)
    own = office.coordinator.holdings.get()

    with pytest.raises(Invalid, match="จะไม่มีผู้ดูแลบัญชี"):
        appointments.end_holding(own, ends_on=today, by=office.coordinator)
    appointments.end_holding(own, ends_on=today + ONE_DAY, by=office.coordinator)

    assert PostHolding.objects.get(pk=own.pk).ends_on == follower.starts_on - ONE_DAY


def test_account_that_is_off_does_not_count_as_a_follower(office, today):
    second = make_post(office.organisation, "ผู้ดูแลบัญชี", administers=True)
    hold(second, make_user(is_active=False))

    with pytest.raises(Invalid, match="จะไม่มีผู้ดูแลบัญชี"):
        appointments.end_holding(
            office.coordinator.holdings.get(), ends_on=today, by=office.coordinator
        )


def test_follower_for_a_time_does_not_let_the_lasting_one_go(office, today):
    second = make_post(office.organisation, "ผู้ดูแลบัญชี", administers=True)
    hold(second, make_user(), ends_on=today + 60 * ONE_DAY)

    with pytest.raises(Invalid, match="จะไม่มีผู้ดูแลบัญชี"):
        appointments.end_holding(
            office.coordinator.holdings.get(), ends_on=today, by=office.coordinator
        )


def test_keys_pass_to_the_next_holder_of_the_same_post(office, today):
    appointments.appoint(
        office.coordinator_post,
        office.staff,
        starts_on=today + ONE_DAY,
        by=office.coordinator,
        ends_earlier=True,
    )

    assert office.coordinator_post.holder_on(today).user == office.coordinator
    assert office.coordinator_post.holder_on(today + ONE_DAY).user == office.staff
