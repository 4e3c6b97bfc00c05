"""The log: one unbroken chain per organisation, in which every change of a row is found."""

import datetime

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.domain import events
from measures.models import Event, EventVerb
from tests.factories.organisations import make_organisation, make_post
from tests.factories.people import hold, make_office, make_user
from tests.factories.tampering import tampered

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2021, 3, 31, 5, 0, tzinfo=datetime.UTC)


@pytest.fixture
def organisation():
    return make_organisation()


def append(organisation, count=1, **changes):
    values = {"by": None, "organisation": organisation, "now": NOON}
    for _number in range(count):
        last = events.record(EventVerb.IMPORTED, organisation, **values | changes)
    return last


def test_event_says_who_did_what_to_what_when_in_which_capacity():
    office = make_office()

    event = events.record(
        EventVerb.ROUND_CLOSED,
        office.round,
        by=office.coordinator,
        organisation=office.organisation,
        data={"เหตุผล": "ครบแล้ว"},
        now=NOON,
    )

    stored = Event.objects.get(pk=event.pk)
    assert {
        name: getattr(stored, name)
        for name in (
            "organisation",
            "sequence",
            "at",
            "actor",
            "actor_name",
            "capacity",
            "verb",
            "target_type",
            "target_id",
            "target_name",
            "data",
            "previous_hash",
        )
    } == {
        "organisation": office.organisation,
        "sequence": 1,
        "at": NOON,
        "actor": office.coordinator,
        "actor_name": office.coordinator.get_full_name(),
        "capacity": "นักวิเคราะห์นโยบายและแผน",
        "verb": "round_closed",
        "target_type": "reportinground",
        "target_id": office.round.pk,
        "target_name": "รอบ 6 เดือน ปีงบประมาณ พ.ศ. 2564",
        "data": {"เหตุผล": "ครบแล้ว"},
        "previous_hash": "",
    }


def test_capacity_names_the_posts_in_this_organisation_only(organisation):
    person = make_user()
    hold(make_post(organisation, "นักวิเคราะห์นโยบายและแผน"), person)
    hold(make_post(make_organisation(), "ตำแหน่งที่อื่น"), person)

    event = append(organisation, by=person)

    assert event.capacity == "นักวิเคราะห์นโยบายและแผน"


def test_event_of_nobody_is_the_systems(organisation):
    event = append(organisation)

    assert (event.actor, event.actor_name, event.capacity) == (None, "ระบบ", "")


def test_capacity_longer_than_its_column_is_cut(organisation):
    event = append(organisation, capacity="ก" * 500)

    assert Event.objects.get(pk=event.pk).capacity == "ก" * 400
    assert list(events.breaks_of(organisation)) == []


def test_each_organisation_has_a_chain_of_its_own(organisation):
    other = make_organisation()

    append(organisation, 2)
    append(other, 1)
    append(organisation, 1)
    events.record(EventVerb.IMPORTED, organisation, by=None, organisation=None)

    chain = list(organisation.events.order_by("sequence"))
    assert [event.sequence for event in chain] == [1, 2, 3]
    assert [event.previous_hash for event in chain] == ["", chain[0].hash, chain[1].hash]
    assert [event.sequence for event in other.events.all()] == [1]
    assert [list(events.breaks_of(owner)) for owner in (organisation, other, None)] == [[], [], []]


@pytest.mark.parametrize(
    "change",
    [
        'data = \'{"reason": "ปลอม"}\'',
        "actor_name = 'คนอื่น'",
        "capacity = 'นายก'",
        "verb = 'approved'",
        "target_id = 999",
        "target_name = 'เอกสารอื่น'",
        "at = '2020-01-01 00:00:00'",
    ],
)
def test_changed_row_is_found(organisation, change):
    append(organisation, 3, data={"reason": "จริง"})

    with tampered("measures_event", "UPDATE"), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE measures_event SET {change} WHERE organisation_id = %s AND sequence = 2",
            [organisation.pk],
        )

    assert list(events.breaks_of(organisation)) == ["บันทึกเหตุการณ์ลำดับที่ 2 ถูกแก้ไขหลังบันทึก"]


def test_changed_row_with_a_hash_made_anew_breaks_the_link(organisation):
    append(organisation, 3)
    second = organisation.events.get(sequence=2)
    second.target_name = "เอกสารอื่น"

    with tampered("measures_event", "UPDATE"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE measures_event SET target_name = %s, hash = %s WHERE id = %s",
            [second.target_name, events._fingerprint(second), second.pk],
        )

    assert list(events.breaks_of(organisation)) == ["บันทึกเหตุการณ์ลำดับที่ 3 ไม่ต่อกับลำดับก่อนหน้า"]


def test_removed_row_is_found(organisation):
    append(organisation, 3)

    with tampered("measures_event", "DELETE"), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM measures_event WHERE organisation_id = %s AND sequence = 2",
            [organisation.pk],
        )

    assert list(events.breaks_of(organisation)) == [
        "บันทึกเหตุการณ์ลำดับที่ 2 หายไป (พบลำดับที่ 3)",
        "บันทึกเหตุการณ์ลำดับที่ 3 ไม่ต่อกับลำดับก่อนหน้า",
    ]


# PostgreSQL's jsonb takes no NUL and no lone surrogate; the verbs clean texts before they log.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
plain = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts
json_values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.dictionaries(texts, json_values, max_size=5))
def test_any_data_comes_back_from_the_database_with_the_same_fingerprint(organisation, data):
    with transaction.atomic():
        event = append(organisation, data=data)

        stored = Event.objects.get(pk=event.pk)
        assert stored.data == data
        assert events._fingerprint(stored) == event.hash
        assert list(events.breaks_of(organisation)) == []
        transaction.set_rollback(True)
