"""Master data has one verb: it asks who, checks, stores, and logs before and after."""

import datetime

import pytest

from measures.domain import records
from measures.domain.errors import Invalid
from measures.models import (
    AssessmentResult,
    ChainPost,
    Division,
    Event,
    Finding,
    Framework,
    Instrument,
    Item,
    Organisation,
    Post,
    PostHolding,
    Score,
    User,
)
from measures.permissions import NotAllowed
from tests.factories.flow import verbs_of
from tests.factories.organisations import make_division, make_organisation
from tests.factories.people import make_administrator, make_office, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_administrator()


def of_the_office(office):
    """Return one unsaved record of each kind that belongs to an organisation."""
    framework = Framework.objects.create(fiscal_year=2562)
    instrument = Instrument.objects.create(framework=framework, code="IIT")
    item = Item.objects.create(instrument=instrument, number=1)
    result = AssessmentResult.objects.create(
        organisation=office.organisation, fiscal_year=2562, level="C"
    )
    values = {"organisation": office.organisation}
    # Room before the last post, behind which nobody may stand.
    ChainPost.objects.filter(kind="plan", role="final", **values).update(order=10)
    return {
        "division": Division(name="กองประปา", **values),
        "post": Post(title="นิติกร", **values),
        "holding": PostHolding(
            post=Post.objects.create(title="ผู้ช่วยธุรการ", **values),
            user=office.head,
            starts_on=datetime.date(2021, 1, 1),
        ),
        "result": AssessmentResult(fiscal_year=2563, **values),
        "score": Score(result=result, item=item, value="51.63"),
        "finding": Finding(fiscal_year=2563, number=1, analysis="ล่าช้า", **values),
        "chain post": ChainPost(
            kind="plan", order=9, post=office.staff_post, role="opinion", **values
        ),
    }


KINDS = ["division", "post", "holding", "result", "score", "finding", "chain post"]


@pytest.mark.parametrize("kind", KINDS)
def test_coordinator_keeps_the_records_of_the_own_office(office, kind):
    saved = records.save(of_the_office(office)[kind], by=office.coordinator)

    assert type(saved).objects.filter(pk=saved.pk).exists()
    event = office.organisation.events.get()
    assert (event.verb, event.actor, event.target_id, event.data["before"]) == (
        {"holding": "appointed", "finding": "finding_saved"}.get(kind, "record_changed"),
        office.coordinator,
        saved.pk,
        None,
    )


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
@pytest.mark.parametrize("kind", KINDS)
def test_others_do_not(office, kind, who):
    record = of_the_office(office)[kind]
    before = type(record).objects.count()

    with pytest.raises(NotAllowed):
        records.save(record, by=getattr(office, who))

    assert (type(record).objects.count(), Event.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    "make",
    [
        lambda office: User(username="new", first_name="สมมติ", last_name="ใจดี"),
        lambda office: Framework(fiscal_year=2570),
        lambda office: Organisation(
            slug="new", name="ใหม่", short_name="ใหม่", kind="tambon", amphoe="ก", changwat="ข"
        ),
    ],
    ids=["user", "framework", "new organisation"],
)
def test_records_of_the_whole_install_are_the_administrators(office, administrator, make):
    record = make(office)
    if isinstance(record, User):
        record.set_unusable_password()

    with pytest.raises(NotAllowed) as refusal:
        records.save(record, by=office.coordinator)
    assert str(refusal.value) == "เฉพาะผู้ดูแลระบบเท่านั้น"

    records.save(record, by=administrator)
    assert [event.verb for event in Event.objects.all()] == ["record_changed"]


def test_coordinator_may_change_the_own_organisation(office):
    office.organisation.phone = "0 4211 1111"

    records.save(office.organisation, by=office.coordinator)

    data = office.organisation.events.get().data
    assert (data["before"]["phone"], data["after"]["phone"]) == ("0 4200 0000", "0 4211 1111")


def test_record_is_not_taken_over_by_naming_another_office(office):
    other = make_office()
    other.works.organisation = office.organisation
    other.works.name = "กองที่ยึดมา"

    with pytest.raises(NotAllowed):
        records.save(other.works, by=office.coordinator)

    assert Division.objects.get(pk=other.works.pk).organisation == other.organisation


def test_record_is_not_given_away_to_another_office(office):
    office.works.organisation = make_office().organisation
    office.works.name = "กองที่ยกให้"

    with pytest.raises(NotAllowed):
        records.save(office.works, by=office.coordinator)

    assert Division.objects.get(pk=office.works.pk).organisation == office.organisation


def test_office_does_not_choose_who_supervises_it(office, administrator):
    above = make_office().organisation
    own = Organisation.objects.get(pk=office.organisation.pk)
    own.supervisor = above

    with pytest.raises(NotAllowed):
        records.save(own, by=office.coordinator)
    records.save(own, by=administrator)

    assert list(above.supervised.all()) == [own]


def test_division_does_not_hang_on_its_own_sub_unit(office):
    unit = make_division(office.organisation, "งานพัสดุ", parent=office.finance)
    office.finance.parent = unit

    with pytest.raises(Invalid, match="สังกัดตัวเอง"):
        records.save(office.finance, by=office.coordinator)


def test_password_is_never_logged(administrator):
    person = make_user(password="first secret")
    person.set_password("second secret")
    person.rank = "จำเอก"

    records.save(person, by=administrator)

    data = Event.objects.get().data
    assert (data["before"]["rank"], data["after"]["rank"]) == ("", "จำเอก")
    assert [name for part in data.values() for name in part if "password" in name] == []
    stored = User.objects.get(pk=person.pk)
    assert stored.password not in str(data)
    assert stored.check_password("second secret") is True


def test_saving_without_a_change_is_not_logged(office):
    records.save(Division.objects.get(pk=office.works.pk), by=office.coordinator)

    assert verbs_of(office.organisation) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda office: Division(organisation=office.organisation, name="กองคลัง"),
        lambda office: Post(organisation=office.organisation, title="นิติกร", reports_progress=True),
        lambda office: PostHolding(
            post=office.head_post,
            user=office.staff,
            kind="acting_for",
            starts_on=datetime.date(2021, 1, 1),
        ),
    ],
    ids=["same division", "reporting post without division", "acting without own post"],
)
def test_record_that_cannot_stand_is_refused_and_not_stored(office, make):
    record = make(office)
    before = type(record).objects.count()

    with pytest.raises(Invalid) as refusal:
        records.save(record, by=office.coordinator)

    assert str(refusal.value) != ""
    assert (type(record).objects.count(), verbs_of(office.organisation)) == (before, [])


@pytest.mark.parametrize("slug", ["admin", "desk", "verify"])
def test_organisation_does_not_take_an_address_of_the_portal(administrator, office, slug):
    office.organisation.slug = slug

    with pytest.raises(Invalid) as refusal:
        records.save(office.organisation, by=administrator)

    assert str(refusal.value) == f"คำว่า {slug} เป็นที่อยู่ของระบบเอง โปรดใช้ชื่ออื่น"


# Deleting ----------------------------------------------------------------------------------------


def test_record_nothing_hangs_on_is_deleted_and_logged(office):
    records.delete(office.works, by=office.coordinator)

    assert list(Division.objects.filter(name="กองช่าง")) == []
    event = office.organisation.events.get()
    assert (event.verb, event.target_name, event.data["before"]["name"]) == (
        "record_deleted",
        "กองช่าง",
        "กองช่าง",
    )


def test_record_that_others_point_at_stays_and_the_log_says_nothing(office):
    with pytest.raises(Invalid) as refusal:
        records.delete(office.finance, by=office.coordinator)

    assert str(refusal.value) == ("ลบ “กองคลัง” ไม่ได้ เพราะมีข้อมูลอื่นอ้างถึงอยู่ โปรดปิดการใช้งานแทน")
    assert Division.objects.filter(pk=office.finance.pk).exists()
    assert verbs_of(office.organisation) == []


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_others_do_not_delete(office, who):
    with pytest.raises(NotAllowed):
        records.delete(office.works, by=getattr(office, who))

    assert Division.objects.filter(pk=office.works.pk).exists()


def test_organisation_with_anything_in_it_is_not_deleted(office, administrator):
    with pytest.raises(Invalid):
        records.delete(office.organisation, by=administrator)

    assert Organisation.objects.filter(pk=office.organisation.pk).exists()
    assert Event.objects.count() == 0


def test_empty_organisation_is_deleted_by_the_administrator(administrator):
    organisation = make_organisation()

    records.delete(organisation, by=administrator)

    assert not Organisation.objects.exists()
    assert [(event.verb, event.organisation) for event in Event.objects.all()] == [
        ("record_deleted", None)
    ]


def test_user_who_ever_did_something_is_not_deleted(office, administrator):
    with pytest.raises(Invalid):
        records.delete(office.staff, by=administrator)

    assert User.objects.filter(pk=office.staff.pk).exists()
