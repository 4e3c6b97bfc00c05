"""Writing the plan: measures with their parts, stored together and logged before and after."""

import pytest

from measures.domain.errors import Invalid
from measures.domain.filing import evidence
from measures.domain.planning.measures import delete_measure, reporting_divisions, save_measure
from measures.domain.recording import progress
from measures.models import (
    Finding,
    Framework,
    Instrument,
    Item,
    Measure,
    ProgressEntry,
    Responsibility,
    ResponsibilityKind,
    Step,
)
from measures.permissions import NotAllowed
from tests.factories.flow import verbs_of
from tests.factories.people import make_administrator, make_measure, make_office

pytestmark = pytest.mark.django_db


def new_measure(office, **changes):
    values = {
        "organisation": office.organisation,
        "fiscal_year": 2564,
        "number": 3,
        "title": "ลดขั้นตอนการให้บริการ",
    }
    return Measure(**values | changes)


def test_measure_is_stored_with_all_its_parts(office):
    framework = Framework.objects.create(fiscal_year=2563)
    instrument = Instrument.objects.create(framework=framework, code="EIT")
    item = Item.objects.create(instrument=instrument, number=2)
    finding = Finding.objects.create(
        organisation=office.organisation, fiscal_year=2563, number=1, analysis="ล่าช้า"
    )

    measure = save_measure(
        new_measure(office),
        by=office.coordinator,
        steps=["ทบทวนขั้นตอน\r\n", "  ", "เปิดรับคำขอทางเว็บไซต์"],
        responsibilities=[
            Responsibility(kind=ResponsibilityKind.POST, post=office.clerk_post),
            Responsibility(division=office.works),
        ],
        items=[item],
        findings=[finding],
    )

    stored = Measure.objects.get(pk=measure.pk)
    assert list(stored.steps.values_list("number", "text")) == [
        (1, "ทบทวนขั้นตอน"),
        (2, "เปิดรับคำขอทางเว็บไซต์"),
    ]
    assert [str(one) for one in stored.responsibilities.all()] == [
        "ปลัดองค์การบริหารส่วนตำบล",
        "กองช่าง",
    ]
    assert (list(stored.items.all()), list(stored.findings.all())) == ([item], [finding])
    event = office.organisation.events.get()
    assert (event.verb, event.data) == (
        "measure_saved",
        {
            "before": None,
            "after": {
                "number": 3,
                "title": "ลดขั้นตอนการให้บริการ",
                "period": "",
                "monitoring": "",
                "steps": ["ทบทวนขั้นตอน", "เปิดรับคำขอทางเว็บไซต์"],
                "responsible": ["ปลัดองค์การบริหารส่วนตำบล", "กองช่าง"],
                "items": [item.code()],
                "findings": [1],
            },
        },
    )


def test_parts_not_given_stay(office):
    measure = office.measures[0]
    measure.title = "ชื่อใหม่"

    save_measure(measure, by=office.coordinator)

    stored = Measure.objects.get(pk=measure.pk)
    assert (stored.title, stored.steps.count(), stored.responsibilities.count()) == ("ชื่อใหม่", 2, 2)
    data = office.organisation.events.get().data
    assert (data["before"]["title"], data["after"]["title"]) == (
        "ให้ความรู้แก่บุคลากรเรื่องการประเมินคุณธรรมและความโปร่งใส",
        "ชื่อใหม่",
    )


def test_parts_given_empty_are_taken_away(office):
    save_measure(office.measures[0], by=office.coordinator, steps=[], responsibilities=[])

    stored = Measure.objects.get(pk=office.measures[0].pk)
    assert (stored.steps.count(), stored.responsibilities.count()) == (0, 0)
    assert reporting_divisions(office.organisation, stored.fiscal_year)[stored.pk] == [
        office.secretariat
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"title": "ก" * 20_001},
        {"monitoring": "ก" * 20_001},
        {"period_text": "ก" * 301},
        {"number": 0},
        {"number": 1},  # taken
        {"fiscal_year": 2021},  # not in พ.ศ.
        {"starts_on": "2021-09-30", "ends_on": "2020-10-01"},
    ],
    ids=str,
)
def test_measure_that_cannot_stand_is_refused_in_thai_and_not_stored(office, changes):
    with pytest.raises(Invalid) as refusal:
        save_measure(new_measure(office, **changes), by=office.coordinator, steps=["ขั้นตอน"])

    assert str(refusal.value) != ""
    assert (Measure.objects.count(), Step.objects.count()) == (2, 4)
    assert verbs_of(office.organisation) == []


@pytest.mark.parametrize(
    "responsibility",
    [
        lambda office: Responsibility(kind=ResponsibilityKind.DIVISION),
        lambda office: Responsibility(kind=ResponsibilityKind.POST),
        lambda office: Responsibility(kind=ResponsibilityKind.COMMITTEE),
        lambda office: Responsibility(
            kind=ResponsibilityKind.EVERY_DIVISION, division=office.works
        ),
        lambda office: Responsibility(division=make_office().works),
        lambda office: Responsibility(kind=ResponsibilityKind.POST, post=make_office().clerk_post),
    ],
    ids=[
        "no division",
        "no post",
        "no committee",
        "every and one",
        "division elsewhere",
        "post elsewhere",
    ],
)
def test_responsible_party_that_cannot_be_is_refused_and_nothing_is_replaced(
    office, responsibility
):
    measure = office.measures[0]

    with pytest.raises(Invalid):
        save_measure(
            measure,
            by=office.coordinator,
            steps=["ใหม่"],
            responsibilities=[Responsibility(division=office.works), responsibility(office)],
        )

    stored = Measure.objects.get(pk=measure.pk)
    assert [str(one) for one in stored.responsibilities.all()] == ["สำนักปลัด", "กองคลัง"]
    assert stored.steps.count() == 2


def test_finding_of_another_office_is_refused(office):
    stranger = Finding.objects.create(
        organisation=make_office().organisation, fiscal_year=2563, number=1, analysis="ของที่อื่น"
    )

    with pytest.raises(Invalid) as refusal:
        save_measure(office.measures[0], by=office.coordinator, findings=[stranger])

    assert str(refusal.value) == "“1. ของที่อื่น” ไม่ได้อยู่ในหน่วยงานของมาตรการนี้ โปรดเลือกใหม่"
    assert office.measures[0].findings.count() == 0


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_the_coordinator_keeps_the_plan(office, who):
    with pytest.raises(NotAllowed):
        save_measure(new_measure(office), by=getattr(office, who))
    with pytest.raises(NotAllowed):
        delete_measure(office.measures[0], by=getattr(office, who))

    assert Measure.objects.count() == 2


def test_measure_of_another_office_is_not_taken_over(office):
    other = make_office()
    measure = other.measures[0]
    measure.organisation = office.organisation
    measure.number = 9

    with pytest.raises(NotAllowed):
        save_measure(measure, by=office.coordinator)

    assert Measure.objects.get(pk=measure.pk).organisation == other.organisation


def test_administrator_keeps_any_plan(office):
    assert save_measure(new_measure(office), by=make_administrator()).pk is not None


# Deleting ----------------------------------------------------------------------------------------


def test_measure_nobody_reported_on_is_deleted_with_its_blank_entries(office):
    progress.entries_of(office.round)

    delete_measure(office.measures[0], by=office.coordinator)

    assert list(Measure.objects.all()) == [office.measures[1]]
    assert [entry.measure for entry in ProgressEntry.objects.all()] == [office.measures[1]]
    event = office.organisation.events.get()
    assert (event.verb, event.data["before"]["number"]) == ("measure_deleted", 1)


def test_measure_somebody_reported_on_stays(office):
    entry = progress.entries_of(office.round)[0]
    progress.record(entry, by=office.staff, version=0, status="not_started")

    with pytest.raises(Invalid) as refusal:
        delete_measure(office.measures[0], by=office.coordinator)

    assert str(refusal.value) == "มาตรการนี้มีผลการดำเนินการแล้ว จึงลบไม่ได้ โปรดแก้ไขข้อความแทน"
    assert Measure.objects.count() == 2


@pytest.mark.parametrize("is_removed", [False, True])
def test_measure_with_evidence_stays_though_nobody_wrote_a_word(office, is_removed):
    entry = progress.entries_of(office.round)[0]
    piece = evidence.attach_link(
        entry, by=office.staff, url="https://example.go.th/1", caption="ประกาศ"
    )
    if is_removed:
        evidence.remove(piece, by=office.staff)

    with pytest.raises(Invalid):
        delete_measure(office.measures[0], by=office.coordinator)

    assert (Measure.objects.count(), ProgressEntry.objects.count()) == (2, 3)


def test_search_finds_a_title_however_it_is_spelt(office):
    measure = make_measure(office.organisation, number=7, title="การจัดทําสื่อ")

    assert list(Measure.objects.search("จัดทำ")) == [measure]
