"""Who finds which events, by kind, person, day and text however it is spelt."""

import datetime

import pytest

from measures.domain import events, history
from measures.domain.history import Filters, finding
from measures.domain.recording import late_permits, progress, rounds
from measures.models import Event, EventVerb
from tests.factories.flow import fresh, make_draft
from tests.factories.people import make_administrator

pytestmark = pytest.mark.django_db


def found(office, reader, **asked) -> list[int]:
    seen = history.visible_events(fresh(reader), office.organisation)
    return list(history.find(seen, Filters(**asked)).keys)


def note(office, target, *, by, **options) -> Event:
    return events.record(
        EventVerb.RECORD_CHANGED, target, by=by, organisation=office.organisation, **options
    )


def test_the_coordinator_reads_everything_and_staff_what_they_see(office):
    about_post = note(office, office.head_post, by=office.coordinator)
    about_round = note(office, office.round, by=office.coordinator)
    own = note(office, office.staff, by=office.staff)

    assert found(office, office.coordinator) == [own.pk, about_round.pk, about_post.pk]
    assert found(office, office.staff) == [own.pk, about_round.pk]
    assert found(office, office.head) == [about_round.pk]


def test_who_administers_reads_everything_too(office):
    about_post = note(office, office.head_post, by=office.coordinator)
    office.clerk_post.administers = True
    office.clerk_post.save()

    assert found(office, office.clerk) == [about_post.pk]
    assert found(office, make_administrator()) == [about_post.pk]


def test_strangers_find_nothing(office):
    note(office, office.round, by=office.coordinator)

    assert found(office, office.outsider) == []


def test_what_happened_elsewhere_is_not_found(office):
    elsewhere = office.outsider.holdings_today()[0].post
    events.record(
        EventVerb.RECORD_CHANGED,
        elsewhere,
        by=office.outsider,
        organisation=elsewhere.organisation,
    )

    assert found(office, office.coordinator) == []


def test_kind_person_and_days_narrow_the_list(office):
    early = datetime.datetime(2026, 1, 1, 3, tzinfo=datetime.UTC)
    # 31 January, half past midnight in Thailand: in UTC it is still the 30th.
    late = datetime.datetime(2026, 1, 30, 17, 30, tzinfo=datetime.UTC)
    first = note(office, office.round, by=office.coordinator, now=early)
    second = note(office, office.measures[0], by=office.head, now=late)

    everything = [second.pk, first.pk]
    assert found(office, office.coordinator, kind="measure") == [second.pk]
    assert found(office, office.coordinator, person=office.coordinator.pk) == [first.pk]
    assert found(office, office.coordinator, since=datetime.date(2026, 1, 31)) == [second.pk]
    assert found(office, office.coordinator, until=datetime.date(2026, 1, 30)) == [first.pk]
    assert found(office, office.coordinator, since=datetime.date(2026, 1, 1)) == everything


@pytest.mark.parametrize(
    "typed",
    ["ซื้อเครื่องพิมพ์ 12", "เครื่องพิมพ์  ๑๒", "HP", "แก้ไขข้อมูล", "มาตรการ"],
    ids=["as logged", "Thai digits, more spaces", "other case", "the verb", "the target"],
)
def test_text_is_found_however_it_is_spelt(office, typed):
    event = note(
        office,
        office.round,
        by=office.coordinator,
        data={"after": {"steps": ["ซื้อเครื่องพิมพ์ 12 เครื่อง", "ยี่ห้อ hp"], "title": "มาตรการใหม่"}},
    )
    note(office, office.round, by=office.coordinator, data={}) if typed == "HP" else None

    assert event.pk in found(office, office.coordinator, text=typed)
    assert found(office, office.coordinator, text="ไม่มีคำนี้") == []


def test_what_is_never_shown_is_not_found_either(office):
    note(office, office.round, by=office.coordinator, data={"token": "abcdef", "reason": "ก"})

    assert found(office, office.coordinator, text="abcdef") == []


def test_a_search_says_where_it_stopped(office, monkeypatch):
    for _number in range(3):
        note(office, office.round, by=office.coordinator)
    seen = history.visible_events(office.coordinator, office.organisation)

    monkeypatch.setattr(finding, "MOST_SEARCHED", 3)
    whole = history.find(seen, Filters(text="รอบ"))
    monkeypatch.setattr(finding, "MOST_SEARCHED", 2)
    cut = history.find(seen, Filters(text="รอบ"))

    assert (len(whole.keys), whole.is_cut) == (3, False)
    assert (len(cut.keys), cut.is_cut) == (2, True)


def test_kinds_and_people_offered_are_those_that_occur(office):
    note(office, office.round, by=office.coordinator)
    note(office, office.measures[0], by=office.coordinator)
    seen = history.visible_events(office.coordinator, office.organisation)

    assert history.kinds_in(seen) == [("measure", "มาตรการ"), ("reportinground", "รอบการรายงาน")]
    assert history.actors_in(seen) == [(office.coordinator.pk, str(office.coordinator))]


def test_the_history_of_an_entry_has_its_permits_but_not_those_of_others(office):
    entry, other = progress.entries_of(office.round)[:2]
    rounds.close_round(office.round, by=office.coordinator)
    for each in (entry, other):
        late_permits.grant(
            each,
            by=office.coordinator,
            reason="หลักฐานเพิ่งได้รับ",
            allowed_until=datetime.date(2100, 1, 1),
        )

    about = history.events_of(entry, office.organisation)

    assert [(event.verb, event.target_id) for event in about] == [
        (EventVerb.LATE_PERMITTED, entry.pk)
    ]


def test_the_history_of_a_post_has_its_holdings(office):
    holding = office.head.holdings.get()
    note(office, office.head_post, by=office.coordinator)
    note(office, holding, by=office.coordinator)
    note(office, office.staff.holdings.get(), by=office.coordinator)

    about = history.events_of(office.head_post, office.organisation)

    assert [(event.target_type, event.target_id) for event in about] == [
        ("postholding", holding.pk),
        ("post", office.head_post.pk),
    ]


def test_the_history_of_a_document_is_its_own(office):
    document = make_draft(office)

    verbs = [event.verb for event in history.events_of(document, office.organisation)]

    assert verbs == [EventVerb.DOCUMENT_COMPILED]
