"""Templates of plans in the desk: pushing one, and answering what was offered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures.domain.planning import templates
from measures.models import Measure, PlanTemplate, TemplateOffer
from tests.factories.people import Office, make_measure, make_office

pytestmark = pytest.mark.django_db

OFFERS = "/desk/plan/offers/"


def supervise(supervisor, *offices):
    for each in offices:
        each.organisation.supervisor = supervisor.organisation
        each.organisation.save()


@pytest.fixture
def supervisor(office) -> Office:
    """An office that supervises ``office``."""
    made = make_office()
    supervise(made, office)
    return made


def offer(supervisor, office, title="แผนต้นแบบ"):
    templates.push(
        supervisor.organisation, 2564, [office.organisation], by=supervisor.coordinator, title=title
    )
    return TemplateOffer.objects.filter(organisation=office.organisation).latest("pk")


def test_offers_of_another_office_are_not_there(office, supervisor, as_person):
    other = make_office()
    supervise(supervisor, other)
    own = offer(supervisor, office)
    strange = offer(supervisor, other)
    client = as_person(office.coordinator)

    assert [each.pk for each in client.get(OFFERS).context["offers"]] == [own.pk]
    assert client.get(reverse("desk:plan_offer", args=[own.pk])).status_code == 200
    for name, typed in (
        ("desk:plan_offer_accept", {}),
        ("desk:plan_offer_decline", {"reason": "ไม่ใช้"}),
    ):
        assert client.post(reverse(name, args=[strange.pk]), typed).status_code == 404
    assert client.get(reverse("desk:plan_offer", args=[strange.pk])).status_code == 404
    assert TemplateOffer.objects.get(pk=strange.pk).answer == "waiting"


def test_an_offer_shows_its_measures_and_is_accepted(office, supervisor, as_person):
    Measure.objects.filter(organisation=office.organisation).delete()
    own = offer(supervisor, office)
    client = as_person(office.coordinator)
    shown = client.get(reverse("desk:plan_offer", args=[own.pk])).content.decode()
    assert supervisor.measures[1].title in shown
    assert "รอตอบ ๑" in client.get(reverse("desk:plan", args=[2564])).content.decode()

    response = client.post(reverse("desk:plan_offer_accept", args=[own.pk]))

    assert response["Location"] == reverse("desk:plan", args=[2564])
    assert office.organisation.measures.filter(offered_in=own).count() == 2
    after = client.get(reverse("desk:plan_offer", args=[own.pk])).content.decode()
    assert ("รับไปใช้</button>" in shown, "รับไปใช้</button>" in after) == (True, False)
    again = client.post(reverse("desk:plan_offer_accept", args=[own.pk]), follow=True)
    assert "รับแผนต้นแบบนี้ไปแล้ว" in again.content.decode()


def test_accepting_says_how_many_measures_the_plan_had_already(office, supervisor, as_person):
    Measure.objects.filter(organisation=office.organisation, number=2).delete()
    own = offer(supervisor, office)

    response = as_person(office.coordinator).post(
        reverse("desk:plan_offer_accept", args=[own.pk]), follow=True
    )

    told = [str(message) for message in response.context["messages"]]
    assert told == [
        "รับแผนต้นแบบแล้ว เพิ่ม ๑ มาตรการ โปรดทบทวนสิ่งที่ทำเครื่องหมายไว้ "
        "อีก ๑ มาตรการมีชื่อเดียวกันในแผนอยู่แล้ว จึงไม่ได้เพิ่ม"
    ]


def test_an_offer_that_was_sent_anew_leads_to_the_new_one(office, supervisor, as_person):
    old = offer(supervisor, office)
    make_measure(supervisor.organisation, number=3, title="เพิ่มทีหลัง")
    new = offer(supervisor, office, title="แผนต้นแบบฉบับใหม่")
    client = as_person(office.coordinator)

    pages = [
        client.get(reverse("desk:plan_offer", args=[each.pk])).content.decode()
        for each in (old, new)
    ]

    assert ["ปีเดียวกันมาใหม่แล้ว" in page for page in pages] == [True, False]
    # Waiting offers are counted on the plan of any year: the list shows all of them.
    assert "รอตอบ ๒" in client.get(reverse("desk:plan", args=[2565])).content.decode()


def test_declining_without_a_reason_keeps_the_page(office, supervisor, as_person):
    own = offer(supervisor, office)
    client = as_person(office.coordinator)
    address = reverse("desk:plan_offer_decline", args=[own.pk])

    refused = client.post(address, {"reason": " "})
    declined = client.post(address, {"reason": "มีแผนแล้ว"})

    assert (refused.status_code, declined.status_code) == (422, 302)
    assert TemplateOffer.objects.get(pk=own.pk).answer == "declined"
    pushed = as_person(supervisor.coordinator).get(reverse("desk:plan_push", args=[2564]))
    assert "มีแผนแล้ว" in pushed.content.decode()


def test_a_plan_is_pushed_to_chosen_offices_alone(office, supervisor, as_person):
    other = make_office()
    supervise(supervisor, other)
    client = as_person(supervisor.coordinator)
    address = reverse("desk:plan_push", args=[2564])
    assert set(client.get(address).context["form"].fields["offices"].queryset) == {
        office.organisation,
        other.organisation,
    }

    typed = {"title": "แผนของอำเภอ", "note": "", "offices": [office.organisation.pk]}
    response = client.post(address, typed)

    assert response.status_code == 302
    assert [each.organisation for each in TemplateOffer.objects.all()] == [office.organisation]
    assert "รอตอบ" in client.get(address).content.decode()
    assert client.get(address).context["offices"][0][1:] == (True, False)
    again = client.post(address, typed, follow=True)
    assert "จึงไม่ได้ส่งซ้ำ" in again.content.decode()
    everybody = {"title": "แผนของอำเภอ", "note": "", "everybody": "on"}
    assert "ถึง ๑ หน่วยงาน" in client.post(address, everybody, follow=True).content.decode()
    assert TemplateOffer.objects.count() == 2
    assert client.post(address, {"title": "แผนของอำเภอ", "note": ""}).status_code == 422


def test_offices_that_are_not_supervised_cannot_be_chosen(supervisor, as_person):
    stranger = make_office().organisation
    address = reverse("desk:plan_push", args=[2564])

    response = as_person(supervisor.coordinator).post(
        address, {"title": "แผนของอำเภอ", "note": "คำชี้แจงที่พิมพ์ไว้", "offices": [stranger.pk]}
    )

    assert response.status_code == 422
    assert "คำชี้แจงที่พิมพ์ไว้" in response.content.decode()
    assert PlanTemplate.objects.count() == 0


def test_a_plan_without_measures_cannot_be_sent(supervisor, as_person):
    Measure.objects.filter(organisation=supervisor.organisation).delete()
    client = as_person(supervisor.coordinator)

    page = client.get(reverse("desk:plan_push", args=[2564])).content.decode()

    assert ("จึงส่งเป็นต้นแบบไม่ได้" in page, "<form" in page.split("<main")[1]) == (True, False)
    plan = client.get(reverse("desk:plan", args=[2564])).content.decode()
    assert reverse("desk:plan_push", args=[2564]) not in plan


def test_an_office_that_supervises_nobody_is_told_who_could_change_that(office, as_person):
    response = as_person(office.coordinator).get(reverse("desk:plan_push", args=[2564]))

    assert "ยังไม่มีหน่วยงานในกำกับดูแล" in response.content.decode()
    plan = as_person(office.coordinator).get(reverse("desk:plan", args=[2564])).content.decode()
    assert reverse("desk:plan_push", args=[2564]) not in plan


def test_pages_ask_as_often_for_one_template_as_for_three(office, supervisor, as_person):
    reader, pusher = as_person(office.coordinator), as_person(supervisor.coordinator)

    def queries() -> list[int]:
        counts = []
        for client, address in ((reader, OFFERS), (pusher, reverse("desk:plan_push", args=[2564]))):
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        return counts

    offer(supervisor, office)
    few = queries()
    for number in (3, 4):
        make_measure(supervisor.organisation, supervisor.works, number=number)
        offer(supervisor, office, title=f"ต้นแบบ {number}")

    assert PlanTemplate.objects.count() == 3
    assert queries() == few
