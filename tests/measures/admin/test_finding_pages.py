"""Findings and remedies in the back office: the same rules, and the log has what they are about."""

import pytest
from django.urls import reverse

from measures.models import DocumentState, Event, Finding, Remedy
from tests.factories.analysis import item_of, make_finding, make_framework, make_remedy
from tests.factories.flow import make_in_state

pytestmark = pytest.mark.django_db

YEAR = 2563


@pytest.fixture
def framework():
    return make_framework(YEAR, {"I7": (2, "ทราบแผน"), "O11": (9, "แผน")})


def typed(office, **changes):
    return {
        "organisation": office.organisation.pk,
        "fiscal_year": YEAR,
        "number": 1,
        "severity": "improve",
        "analysis": "บุคลากรยังไม่ทราบแผน",
        "references": "o11",
    } | changes


def test_a_finding_is_logged_with_its_items(office, coordinator, framework):
    coordinator.post(
        reverse("admin:measures_finding_add"), typed(office, items=[item_of(YEAR, "I7").pk])
    )

    assert [item.code() for item in Finding.objects.get().items.all()] == ["I7"]
    event = office.organisation.events.get()
    assert (event.verb, event.data["after"]["items"]) == ("finding_saved", ["I7"])


def test_saving_a_draft_in_the_back_office_ends_it(office, coordinator, framework):
    finding = make_finding(office.organisation, YEAR, is_draft=True)

    coordinator.post(reverse("admin:measures_finding_change", args=[finding.pk]), typed(office))

    assert not Finding.objects.get().is_draft


def test_what_the_verb_refuses_is_shown_with_what_was_typed(office, coordinator, framework):
    make_framework(2562, {"I7": (2, "")})

    response = coordinator.post(
        reverse("admin:measures_finding_add"), typed(office, items=[item_of(2562, "I7").pk])
    )

    page = response.content.decode()
    assert "เป็นของกรอบปี 2562" in page
    assert "บุคลากรยังไม่ทราบแผน" in page
    assert not Finding.objects.exists()


def test_a_finding_that_a_measure_answers_is_not_deleted_here_either(
    office, coordinator, framework
):
    finding = make_finding(office.organisation, YEAR)
    office.measures[0].findings.add(finding)

    coordinator.post(reverse("admin:measures_finding_delete", args=[finding.pk]), {"post": "yes"})

    assert Finding.objects.exists()


def test_a_published_analysis_is_read_only(office, coordinator, framework):
    finding = make_finding(office.organisation, YEAR)
    make_in_state(office, DocumentState.PUBLISHED)
    address = reverse("admin:measures_finding_change", args=[finding.pk])

    assert "เผยแพร่เป็นเอกสารแล้ว" in coordinator.get(address).content.decode()
    assert coordinator.post(address, typed(office, analysis="แอบแก้")).status_code == 403
    assert Finding.objects.get().analysis != "แอบแก้"


def test_the_administrator_keeps_remedies_and_offices_read_them(
    office, coordinator, administrator, framework
):
    remedy = make_remedy(YEAR, 1, "I7")
    address = reverse("admin:measures_remedy_change", args=[remedy.pk])
    data = {
        "framework": framework.pk,
        "number": 1,
        "items": [item_of(YEAR, "I7").pk],
        "links": [item_of(YEAR, "O11").pk],
        "text": "",
        "source": "คู่มือสมมติ หน้า 3",
    }

    assert coordinator.post(address, data).status_code == 403
    assert not Remedy.objects.get().links.exists()
    administrator.post(address, data)

    assert [link.code() for link in Remedy.objects.get().links.all()] == ["O11"]
    event = Event.objects.get()
    assert (event.verb, event.organisation, event.data["after"]["links"]) == (
        "record_changed",
        None,
        ["O11"],
    )
    assert "คู่มือสมมติ หน้า 3" in coordinator.get(address).content.decode()
