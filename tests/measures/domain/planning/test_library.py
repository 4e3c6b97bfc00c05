"""The library: what is shared, what may be, and taking a measure over."""

import pytest

from measures.domain.errors import Invalid, Locked
from measures.domain.planning import library
from measures.models import Measure, SharedMeasure
from measures.permissions import NotAllowed
from tests.factories.analysis import item_of, make_framework
from tests.factories.content import measure as measure_content
from tests.factories.flow import correct, publish, submit
from tests.factories.organisations import make_division
from tests.factories.people import Office, make_office
from tests.factories.publications import make_publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Office:
    """The office whose published measures others take over."""
    return make_office()


def shared_from(source, **changes):
    """Share a measure of 2564 that a publication says."""
    publication = make_publication(
        source.organisation, measures=[measure_content(1, **changes)], fiscal_year=2564
    )
    return library.share(publication, 1, by=source.coordinator)


def taken(office, shared, year=2565):
    return library.take_over(shared, office.organisation, year, by=office.coordinator)


def marks_of(measure):
    return {mark["field"]: mark["note"] for mark in measure.to_review}


def test_what_is_shared_is_what_was_published_and_not_what_is_recorded_now(source):
    publication = publish(source)
    Measure.objects.filter(pk=source.measures[0].pk).update(title="แก้ทีหลัง")

    shared = library.share(publication, 1, by=source.coordinator)

    assert shared.title == source.measures[0].title
    assert [step["text"] for step in shared.content["steps"]] == [
        "ชี้แจงบุคลากรในการประชุมประจำเดือน",
        "ติดตามผลทุกไตรมาส",
    ]
    assert {"progress", "result", "outcome"} & set(shared.content) == set()
    assert list(library.listed()) == [shared]
    assert source.organisation.events.get(verb="measure_shared").data == {
        "fiscal_year": 2564,
        "code": publication.code,
    }


def test_sharing_twice_is_sharing_once(source):
    publication = publish(source)

    first, second = (library.share(publication, 1, by=source.coordinator) for _ in range(2))

    assert first == second
    assert source.organisation.events.filter(verb="measure_shared").count() == 1


def test_a_superseded_publication_shares_nothing_and_lists_nothing(source):
    publication = publish(source)
    library.share(publication, 1, by=source.coordinator)
    correction = correct(source, publication, "ฉบับแก้ไข")

    assert list(library.listed()) == []
    with pytest.raises(Invalid, match="แทนที่แล้ว"):
        library.share(publication, 2, by=source.coordinator)
    again = library.share(correction, 1, by=source.coordinator)
    assert list(library.listed()) == [again]
    assert SharedMeasure.objects.listed().count() == 1


def test_a_measure_that_the_publication_does_not_have_is_not_shared(source):
    with pytest.raises(Invalid, match="ไม่มีมาตรการที่ 9"):
        library.share(publish(source), 9, by=source.coordinator)


@pytest.mark.parametrize("who", ["staff", "outsider"])
def test_only_the_coordinator_of_the_office_shares_and_withdraws(source, who):
    publication = publish(source)
    shared = library.share(publication, 1, by=source.coordinator)
    person = getattr(source, who)

    with pytest.raises(NotAllowed):
        library.share(publication, 2, by=person)
    with pytest.raises(NotAllowed):
        library.withdraw(shared, by=person)
    assert list(library.listed()) == [shared]


def test_what_is_withdrawn_is_gone_from_the_list_and_stays_where_it_was_taken(office, source):
    shared = shared_from(source)
    measure = taken(office, shared)

    library.withdraw(shared, by=source.coordinator)
    library.withdraw(shared, by=source.coordinator)

    assert list(library.listed()) == []
    assert Measure.objects.get(pk=measure.pk).taken_from == shared
    assert source.organisation.events.filter(verb="measure_unshared").count() == 1
    with pytest.raises(Invalid, match="ไม่ได้อยู่ในคลัง"):
        taken(make_office(), shared)


def test_only_the_newest_current_publication_of_a_year_can_be_shared_from(source):
    make_publication(source.organisation, measures=[measure_content(1, title="รอบแรก")])
    newest = make_publication(
        source.organisation, months=12, measures=[measure_content(1, title="รอบหลัง")]
    )
    make_publication(make_office().organisation, measures=[measure_content(1, title="ของที่อื่น")])
    shared = library.share(newest, 1, by=source.coordinator)

    rows = library.shareable(source.organisation)

    assert [(row.title, row.shared) for row in rows] == [("รอบหลัง", shared)]


def test_a_measure_is_taken_over_with_what_fits_the_office(office, source):
    make_division(office.organisation, "กองช่างโยธา", aliases="กองโยธา")
    shared = shared_from(
        source,
        title="ตอบข้อร้องเรียนภายในสามวัน",
        steps=[{"number": 1, "text": "ตั้งผู้รับเรื่อง", "due_on": "2021-01-31"}],
        responsible=[
            {"kind": "division", "text": "กองคลัง"},
            {"kind": "division", "text": "กองโยธา"},
            {"kind": "every_division", "text": "ทุกส่วนราชการ"},
        ],
        period={"text": "ตุลาคม 2563 - กันยายน 2564", "start": "2020-10-01", "end": "2021-09-30"},
        monitoring="รายงานทุกเดือน",
        targets=[
            {"name": "เรื่องที่ตอบ", "unit": "ร้อยละ", "baseline": "40", "goal": "90", "fold": "average"}
        ],
    )

    measure = taken(office, shared)

    assert (measure.number, measure.fiscal_year, measure.taken_from) == (1, 2565, shared)
    assert (measure.title, measure.monitoring) == ("ตอบข้อร้องเรียนภายในสามวัน", "รายงานทุกเดือน")
    assert [(step.text, str(step.due_on)) for step in measure.steps.all()] == [
        ("ตั้งผู้รับเรื่อง", "2022-01-31")
    ]
    parties = list(measure.responsibilities.all())
    assert [party.kind for party in parties] == ["division", "division", "every_division"]
    assert [party.division and party.division.name for party in parties] == [
        "กองคลัง",
        "กองช่างโยธา",
        None,
    ]
    assert measure.period_text == "๑ ตุลาคม ๒๕๖๔ – ๓๐ กันยายน ๒๕๖๕"
    assert [(row.baseline, row.goal, row.fold) for row in measure.targets.all()] == [
        (None, 90, "average")
    ]
    assert list(marks_of(measure)) == ["title", "steps", "period_text", "targets"]
    assert source.organisation.name in marks_of(measure)["title"]


def test_a_division_that_the_office_lacks_is_kept_as_text_and_marked(office, source):
    shared = shared_from(source, responsible=[{"kind": "division", "text": "กองการประปา"}])

    measure = taken(office, shared)

    assert [str(party) for party in measure.responsibilities.all()] == ["กองการประปา"]
    assert "“กองการประปา”" in marks_of(measure)["responsible"]


def test_a_text_that_names_the_other_office_or_its_year_is_marked(office, source):
    name = source.organisation.name
    shared = shared_from(source, title=f"ยกระดับ{name}", monitoring="สรุปผลปี 2564")

    marks = marks_of(taken(office, shared))

    assert f"กล่าวถึง{name}" in marks["title"]
    assert "“2564”" in marks["monitoring"]


def test_items_are_mapped_by_their_texts_and_indicators_by_their_names(office, source):
    make_framework(2563, {"I7": (2, "รู้แผนงบประมาณ"), "I8": (2, "เคยร่วม")}, {2: "การใช้งบประมาณ"})
    make_framework(2564, {"I3": (1, "รู้แผนงบประมาณ"), "I8": (1, "อื่น")}, {1: "การใช้งบประมาณ"})
    shared = shared_from(
        source, items=["I7", "I8"], indicator="2. การใช้งบประมาณ", indicator_number=2
    )

    measure = taken(office, shared)

    assert list(measure.items.all()) == [item_of(2564, "I3")]
    assert measure.indicator == item_of(2564, "I3").indicator
    assert "I8 เคยร่วม" in marks_of(measure)["items"]
    assert "indicator" not in marks_of(measure)


def test_one_press_too_many_takes_nothing_over(office, source):
    shared = shared_from(source)

    assert taken(office, shared) == taken(office, shared)
    assert Measure.objects.of_year(2565).count() == 1
    assert library.taken_by(office.organisation, 2565).keys() == {shared.pk}


def test_a_measure_of_ones_own_is_copied_and_not_taken(source):
    shared = shared_from(source)

    with pytest.raises(Invalid, match="คัดลอกจากแผนปีก่อน"):
        taken(source, shared)
    assert shared.taken.count() == 0


def test_nothing_is_taken_into_a_plan_that_is_being_signed(office, source):
    shared = shared_from(source)
    submit(office)

    with pytest.raises(Locked):
        taken(office, shared, year=2564)
    assert shared.taken.count() == 0


def test_only_the_coordinator_takes_over(office, source):
    shared = shared_from(source)

    with pytest.raises(NotAllowed):
        library.take_over(shared, office.organisation, 2565, by=office.staff)
    assert shared.taken.count() == 0
