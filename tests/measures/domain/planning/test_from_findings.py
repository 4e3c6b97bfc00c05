"""Measures drafted from findings: filled with what is known, the rest marked."""

import pytest

from measures.domain.errors import Invalid, Locked
from measures.domain.planning.from_findings import draft_measures
from measures.domain.planning.measures import save_measure
from measures.models import Measure
from measures.permissions import NotAllowed
from tests.factories.analysis import item_of, make_finding, make_framework, make_remedy
from tests.factories.flow import submit
from tests.factories.people import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def frameworks(db):
    names = {2: "การใช้งบประมาณ", 3: "การใช้อำนาจ"}
    make_framework(2563, {"I5": (2, "รู้แผนงบประมาณ")}, names)
    items = {"I7": (2, "รู้แผนงบประมาณ"), "I8": (2, "เคยมีส่วนร่วม"), "I14": (3, "ประเมินเป็นธรรม")}
    make_framework(2564, items, names)


def drafted(office, *findings, **how):
    return draft_measures(office.organisation, 2565, findings, by=office.coordinator, **how)


def marks_of(measure):
    return {mark["field"]: mark["note"] for mark in measure.to_review}


def test_a_measure_takes_over_the_words_of_last_years_on_the_same_item(office, frameworks):
    before = office.measures[0]
    save_measure(before, by=office.coordinator, items=[item_of(2563, "I5")])
    finding = make_finding(office.organisation, 2564, "I7")

    (measure,) = drafted(office, finding)

    assert measure.title == before.title
    assert [step.text for step in measure.steps.all()] == [s.text for s in before.steps.all()]
    assert [str(party) for party in measure.responsibilities.all()] == ["สำนักปลัด", "กองคลัง"]
    assert list(measure.items.all()) == [item_of(2564, "I7")]
    assert list(measure.findings.all()) == [finding]
    assert measure.indicator == finding.indicator
    assert "มาตรการที่ ๑ ของปี ๒๕๖๔" in marks_of(measure)["title"]
    assert marks_of(measure)["steps"] == marks_of(measure)["title"]


def test_a_second_measure_of_the_same_words_is_marked_and_others_of_last_year_are_named(
    office, frameworks
):
    for before in office.measures:
        save_measure(before, by=office.coordinator, items=[item_of(2563, "I5")])
    findings = [make_finding(office.organisation, 2564, "I7") for _ in range(2)]

    first, second = drafted(office, *findings)

    assert first.title == second.title == office.measures[0].title
    assert "ปีก่อนยังมีมาตรการที่ ๒" in marks_of(first)["title"]
    assert "ชื่อเดียวกัน" not in marks_of(first)["title"]
    assert "มาตรการที่ ๑ ชื่อเดียวกัน" in marks_of(second)["title"]


def test_without_a_measure_of_last_year_the_remedy_gives_the_steps(office, frameworks):
    remedy = make_remedy(2564, 1, "I8")
    remedy.text = "ชี้แจงแผน\nเปิดให้เสนอความเห็น"
    remedy.save()
    finding = make_finding(office.organisation, 2564, "I8", remedy=remedy)

    (measure,) = drafted(office, finding)

    assert [step.text for step in measure.steps.all()] == ["ชี้แจงแผน", "เปิดให้เสนอความเห็น"]
    assert measure.title == "พัฒนาการดำเนินงานด้านการใช้งบประมาณ (ข้อ I8)"
    assert list(marks_of(measure)) == [
        "title",
        "steps",
        "responsible",
        "period_text",
        "monitoring",
    ]


def test_where_nothing_is_known_only_the_title_is_proposed(office, frameworks):
    finding = make_finding(office.organisation, 2564, "I14", severity="fix_at_once")

    (measure,) = drafted(office, finding)

    assert measure.title == "แก้ไขข้อบกพร่องด้านการใช้อำนาจ (ข้อ I14)"
    assert (measure.steps.count(), measure.responsibilities.count()) == (0, 0)
    assert measure.period_text == "๑ ตุลาคม ๒๕๖๔ – ๓๐ กันยายน ๒๕๖๕"
    assert (measure.monitoring, "เขียนใหม่" in marks_of(measure)["title"]) == ("", True)


def test_a_finding_without_items_still_gives_a_title(office):
    finding = make_finding(office.organisation, 2564)

    (measure,) = drafted(office, finding)

    assert measure.title == "พัฒนาการดำเนินงาน (ประเด็นที่ 1)"


def test_several_findings_become_as_many_measures_or_one(office, frameworks):
    first, second, third = (
        make_finding(office.organisation, 2564, items) for items in ("I7", "I8", "I14")
    )

    apart = drafted(office, first, second)
    together = drafted(office, third, as_one=True)

    assert [measure.number for measure in (*apart, *together)] == [1, 2, 3]
    Measure.objects.all().delete()
    (one,) = drafted(office, first, second, third, as_one=True)
    assert list(one.findings.all()) == [first, second, third]
    assert [item.code() for item in one.items.order_by("number")] == ["I7", "I8", "I14"]
    assert one.title == "พัฒนาการดำเนินงานด้านการใช้งบประมาณ, การใช้อำนาจ (ข้อ I7, I8, I14)"


def test_a_finding_that_has_a_measure_gets_no_second(office):
    finding = make_finding(office.organisation, 2564)
    drafted(office, finding)

    assert drafted(office, finding) == []
    assert Measure.objects.of_year(2565).count() == 1


def test_findings_of_another_office_or_year_are_refused(office):
    strange = make_finding(make_office().organisation, 2564)
    old = make_finding(office.organisation, 2563)

    with pytest.raises(Invalid, match="อย่างน้อยหนึ่งข้อ"):
        drafted(office, strange, old)
    assert Measure.objects.of_year(2565).count() == 0


@pytest.mark.parametrize("who", ["staff", "outsider"])
def test_only_the_coordinator_drafts(office, who):
    finding = make_finding(office.organisation, 2564)

    with pytest.raises(NotAllowed):
        draft_measures(office.organisation, 2565, [finding], by=getattr(office, who))
    assert finding.measures.count() == 0


def test_nothing_is_drafted_into_a_plan_that_is_being_signed(office):
    finding = make_finding(office.organisation, 2563)
    submit(office)

    with pytest.raises(Locked):
        draft_measures(office.organisation, 2564, [finding], by=office.coordinator)
    assert finding.measures.count() == 0
