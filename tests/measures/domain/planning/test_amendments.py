"""After the plan is signed and published, a change is an amendment: logged, with its reason."""

import pytest

from measures.domain import documents
from measures.domain.errors import Locked, Stale
from measures.domain.planning.measures import amendments_of, delete_measure, save_measure, state_of
from measures.domain.recording.locks import lock_of_plan
from measures.models import DocumentState, Measure
from tests.factories.flow import make_in_state, publish, verbs_of
from tests.factories.people import make_measure, make_office, make_round

pytestmark = pytest.mark.django_db

REASON = "ระเบียบใหม่ให้รายงานทุกเดือน"
UNDER_WAY = [DocumentState.IN_SIGNOFF, DocumentState.REFUSED, DocumentState.APPROVED]


def retitled(office):
    measure = Measure.objects.get(pk=office.measures[0].pk)
    measure.title = "ชื่อใหม่"
    return measure


def test_published_plan_is_changed_with_a_reason_and_the_change_is_logged(office):
    publish(office)

    save_measure(
        retitled(office), by=office.coordinator, steps=["ขั้นเดียว"], amendment_reason=f" {REASON} "
    )

    event = amendments_of(office.organisation, 2564).get()
    assert (event.verb, event.data["reason"], event.actor) == (
        "measure_amended",
        REASON,
        office.coordinator,
    )
    assert (event.data["before"]["title"], event.data["after"]["title"]) == (
        office.measures[0].title,
        "ชื่อใหม่",
    )
    assert (len(event.data["before"]["steps"]), event.data["after"]["steps"]) == (2, ["ขั้นเดียว"])
    assert verbs_of(office.organisation)[-1] == "measure_amended"
    assert list(amendments_of(office.organisation, 2565)) == []


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_published_plan_stays_without_a_reason(office, reason):
    publish(office)
    blank = make_measure(office.organisation, office.works, number=9)

    with pytest.raises(Locked):
        save_measure(retitled(office), by=office.coordinator, amendment_reason=reason)
    with pytest.raises(Locked):
        delete_measure(blank, by=office.coordinator, amendment_reason=reason)

    assert (Measure.objects.count(), Measure.objects.filter(title="ชื่อใหม่").exists()) == (3, False)


@pytest.mark.parametrize("state", UNDER_WAY)
def test_nothing_changes_while_a_document_is_on_its_way(office, state):
    make_in_state(office, state)
    assert lock_of_plan(office.organisation, 2564).is_amendable is False

    with pytest.raises(Locked):
        save_measure(retitled(office), by=office.coordinator, amendment_reason=REASON)

    assert list(amendments_of(office.organisation, 2564)) == []


@pytest.mark.parametrize("state", UNDER_WAY)
def test_a_report_on_its_way_locks_what_another_has_published(office, state):
    publish(office)
    assert lock_of_plan(office.organisation, 2564).is_amendable is True
    office.round = make_round(office.organisation, months=12)
    make_in_state(office, state)

    lock = lock_of_plan(office.organisation, 2564)

    assert lock.is_amendable is False
    assert str(DocumentState(state).label) in lock.rule


def test_plan_that_is_open_needs_no_reason_and_its_changes_are_no_amendments(office):
    save_measure(retitled(office), by=office.coordinator, amendment_reason=REASON)

    assert verbs_of(office.organisation) == ["measure_saved"]
    assert list(amendments_of(office.organisation, 2564)) == []


def test_correction_opens_the_plan_without_amendment(office):
    documents.start_correction(publish(office), by=office.coordinator, reason="ตัวเลขผิด")

    save_measure(retitled(office), by=office.coordinator)

    assert list(amendments_of(office.organisation, 2564)) == []


def test_pressing_twice_amends_once(office):
    publish(office)

    for _press in range(2):
        save_measure(retitled(office), by=office.coordinator, amendment_reason=REASON)

    assert amendments_of(office.organisation, 2564).count() == 1


def test_measure_is_added_to_and_taken_out_of_a_published_plan_by_amendment(office):
    publish(office)
    new = Measure(organisation=office.organisation, fiscal_year=2564, number=9, title="เพิ่มเติม")

    save_measure(new, by=office.coordinator, amendment_reason=REASON)
    delete_measure(new, by=office.coordinator, amendment_reason="ซ้ำกับมาตรการที่ ๑")

    out, added = amendments_of(office.organisation, 2564)
    assert (added.data["before"], added.data["after"]["title"]) == (None, "เพิ่มเติม")
    assert (out.data["before"]["title"], "after" in out.data) == ("เพิ่มเติม", False)
    assert not Measure.objects.filter(number=9).exists()


def test_amendments_of_another_office_are_not_listed(office):
    other = make_office()
    publish(other)
    save_measure(retitled(other), by=other.coordinator, amendment_reason=REASON)

    assert list(amendments_of(office.organisation, 2564)) == []
    assert amendments_of(other.organisation, 2564).count() == 1


def test_page_that_is_out_of_date_is_told(office):
    seen = state_of(office.measures[0])
    save_measure(retitled(office), by=office.coordinator, seen=seen)
    late = Measure.objects.get(pk=office.measures[0].pk)
    late.monitoring = "ทุกสัปดาห์"

    with pytest.raises(Stale):
        save_measure(late, by=office.coordinator, seen=seen)

    assert Measure.objects.get(pk=late.pk).monitoring != "ทุกสัปดาห์"
    save_measure(late, by=office.coordinator, seen=state_of(office.measures[0]))
    assert Measure.objects.get(pk=late.pk).monitoring == "ทุกสัปดาห์"
