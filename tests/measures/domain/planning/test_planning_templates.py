"""Templates of plans: offered to supervised offices, accepted or declined by each."""

import datetime

import pytest

from measures.domain.errors import Invalid, Locked
from measures.domain.planning import templates
from measures.models import Measure, Notice, PlanTemplate, TemplateOffer
from measures.permissions import NotAllowed
from tests.factories.flow import submit
from tests.factories.people import Office, make_measure, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor() -> Office:
    """The office that makes the template."""
    return make_office()


@pytest.fixture
def office(supervisor) -> Office:
    """An office that it supervises, without a plan of its own."""
    supervised = make_office()
    supervised.organisation.supervisor = supervisor.organisation
    supervised.organisation.save()
    Measure.objects.filter(organisation=supervised.organisation).delete()
    return supervised


def pushed(supervisor, *offices, **changes):
    values = {"by": supervisor.coordinator, "title": "แผนต้นแบบ", "note": "ปรับใช้ได้"} | changes
    organisations = [office.organisation for office in offices]
    return templates.push(supervisor.organisation, 2564, organisations, **values)


def offer_of(office):
    return TemplateOffer.objects.get(organisation=office.organisation)


def titles(office):
    return [m.title for m in office.organisation.measures.of_year(2564).order_by("number")]


def test_a_template_is_the_plan_as_it_was_when_it_was_pushed(supervisor, office):
    pushed(supervisor, office)
    Measure.objects.filter(organisation=supervisor.organisation).update(title="แก้ทีหลัง")

    templates.accept(offer_of(office), by=office.coordinator)

    assert titles(office) == [measure.title for measure in supervisor.measures]


def test_coordinators_of_the_offices_are_told(supervisor, office):
    pushed(supervisor, office)

    notice = Notice.objects.get(kind="template_offered")
    assert (notice.recipient, notice.organisation) == (office.coordinator, office.organisation)
    assert notice.path == f"/desk/plan/offers/{offer_of(office).pk}/"
    assert "ปรับใช้ได้" in notice.body
    assert supervisor.organisation.events.get(verb="template_pushed").data["offices"] == [
        office.organisation.name
    ]


def test_the_same_plan_pushed_again_reaches_only_who_has_not_had_it(supervisor, office):
    other = make_office()
    other.organisation.supervisor = supervisor.organisation
    other.organisation.save()
    first = pushed(supervisor, office)

    assert pushed(supervisor, office) == first
    assert pushed(supervisor, office, other) == first
    assert first.offers.count() == 2
    assert Notice.objects.filter(kind="template_offered").count() == 2
    make_measure(supervisor.organisation, number=3, title="เพิ่มทีหลัง")
    assert pushed(supervisor, office) != first


def test_another_note_reaches_the_offices_that_have_not_had_the_plan(supervisor, office):
    other = make_office()
    other.organisation.supervisor = supervisor.organisation
    other.organisation.save()
    first = pushed(supervisor, office)

    second = pushed(supervisor, office, other, note="ฉบับชี้แจงเพิ่ม")

    assert (second.note, second.content) == ("ฉบับชี้แจงเพิ่ม", first.content)
    assert [
        (each.organisation, each.template) for each in TemplateOffer.objects.order_by("pk")
    ] == [
        (office.organisation, first),
        (other.organisation, second),
    ]
    had = templates.offices_that_had(supervisor.organisation, 2564)
    assert had == {office.organisation.pk, other.organisation.pk}
    assert pushed(supervisor, office, other) == second
    assert TemplateOffer.objects.count() == 2


def test_an_offer_knows_the_newer_one_of_the_same_year(supervisor, office):
    pushed(supervisor, office, now=datetime.datetime(2021, 1, 4, tzinfo=datetime.UTC))
    old = offer_of(office)
    assert templates.newer_offer(old) is None
    make_measure(supervisor.organisation, number=3, title="เพิ่มทีหลัง")

    newer = pushed(supervisor, office).offers.get()

    assert (templates.newer_offer(old), templates.newer_offer(newer)) == (newer, None)


@pytest.mark.parametrize("who", ["staff", "outsider"])
def test_only_the_coordinator_pushes(supervisor, office, who):
    with pytest.raises(NotAllowed):
        pushed(supervisor, office, by=getattr(supervisor, who))
    assert PlanTemplate.objects.count() == 0


def test_only_supervised_offices_are_offered_a_template(supervisor, office):
    stranger = make_office()

    with pytest.raises(Invalid, match="ไม่ได้อยู่ในกำกับดูแล"):
        pushed(supervisor, office, stranger)
    with pytest.raises(Invalid, match="อย่างน้อยหนึ่งแห่ง"):
        pushed(supervisor)
    with pytest.raises(Invalid, match="โปรดกรอกชื่อแผนต้นแบบ"):
        pushed(supervisor, office, title=" ")
    assert (PlanTemplate.objects.count(), Notice.objects.count()) == (0, 0)


def test_a_plan_without_measures_is_no_template(supervisor, office):
    Measure.objects.filter(organisation=supervisor.organisation).delete()

    with pytest.raises(Invalid, match="ยังไม่มีมาตรการ"):
        pushed(supervisor, office)


def test_accepting_adds_the_measures_behind_those_of_the_plan(supervisor, office):
    make_measure(office.organisation, number=4, title="ของเดิม")
    pushed(supervisor, office)

    added = templates.accept(offer_of(office), by=office.coordinator)

    assert [measure.number for measure in added] == [5, 6]
    offer = offer_of(office)
    assert [measure.offered_in for measure in added] == [offer, offer]
    assert (offer.answer, offer.answered_by) == ("accepted", office.coordinator)
    assert [str(party) for party in added[0].responsibilities.all()] == ["สำนักปลัด", "กองคลัง"]
    assert office.organisation.events.get(verb="template_accepted").data["measures"] == [
        str(measure) for measure in added
    ]


def test_what_is_accepted_is_marked_where_it_names_the_supervisor(supervisor, office):
    name = supervisor.organisation.name
    Measure.objects.filter(pk=supervisor.measures[0].pk).update(monitoring=f"รายงาน{name}")
    pushed(supervisor, office)

    first, second = templates.accept(offer_of(office), by=office.coordinator)

    assert [mark["field"] for mark in first.to_review] == ["title", "monitoring"]
    assert [mark["field"] for mark in second.to_review] == ["title"]


def test_a_measure_that_the_plan_has_is_not_doubled(supervisor, office):
    make_measure(office.organisation, number=1, title=supervisor.measures[1].title)
    pushed(supervisor, office)

    templates.accept(offer_of(office), by=office.coordinator)
    assert templates.accept(offer_of(office), by=office.coordinator) == []

    assert titles(office) == [supervisor.measures[1].title, supervisor.measures[0].title]


def test_an_offer_to_a_plan_that_is_being_signed_stays_open(supervisor):
    office = make_office()
    office.organisation.supervisor = supervisor.organisation
    office.organisation.save()
    make_measure(supervisor.organisation, number=3, title="ไม่มีในแผนของผู้รับ")
    pushed(supervisor, office)
    submit(office)

    with pytest.raises(Locked):
        templates.accept(offer_of(office), by=office.coordinator)
    assert (offer_of(office).answer, len(titles(office))) == ("waiting", 2)


def test_declining_takes_a_reason_that_the_supervisor_reads(supervisor, office):
    template = pushed(supervisor, office)

    with pytest.raises(Invalid, match="เหตุผลที่ไม่รับ"):
        templates.decline(offer_of(office), by=office.coordinator, reason=" ")
    templates.decline(offer_of(office), by=office.coordinator, reason="มีแผนแล้ว")

    offer = template.offers.get()
    assert (offer.answer, offer.reason, titles(office)) == ("declined", "มีแผนแล้ว", [])
    assert office.organisation.events.get(verb="template_declined").data["reason"] == "มีแผนแล้ว"


def test_a_declined_template_can_still_be_accepted_and_not_the_other_way(supervisor, office):
    pushed(supervisor, office)
    templates.decline(offer_of(office), by=office.coordinator, reason="ยังไม่พร้อม")

    assert len(templates.accept(offer_of(office), by=office.coordinator)) == 2
    with pytest.raises(Invalid, match="รับแผนต้นแบบนี้ไปแล้ว"):
        templates.decline(offer_of(office), by=office.coordinator, reason="เปลี่ยนใจ")
    assert (offer_of(office).answer, offer_of(office).reason) == ("accepted", "")


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_only_the_coordinator_of_the_office_answers(supervisor, office, answer):
    pushed(supervisor, office)
    more = {"reason": "ไม่ใช้"} if answer == "decline" else {}

    for person in (office.staff, supervisor.coordinator):
        with pytest.raises(NotAllowed):
            getattr(templates, answer)(offer_of(office), by=person, **more)
    assert (offer_of(office).answer, titles(office)) == ("waiting", [])
