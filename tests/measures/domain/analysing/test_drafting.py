"""Drafting: which items, grouped how, written once, and never over what a person wrote."""

from decimal import Decimal

import pytest

from measures.domain.analysing import findings as verbs
from measures.domain.analysing.draft_texts import ScoredItem
from measures.domain.analysing.drafting import (
    draft_findings,
    grouped,
    overtaken_drafts,
    to_analyse,
)
from measures.domain.analysing.thresholds import set_thresholds, severity_of
from measures.domain.errors import Invalid, Locked
from measures.models import (
    DocumentState,
    Event,
    Finding,
    Indicator,
    Instrument,
    Item,
    Organisation,
    Remedy,
    Score,
    Severity,
)
from measures.permissions import NotAllowed
from tests.factories.analysis import (
    S2_SCORES,
    give_scores,
    item_of,
    load_framework,
    make_finding,
    make_framework,
    make_remedy,
)
from tests.factories.flow import make_in_state, verbs_of
from tests.factories.people import make_measure, make_office

pytestmark = pytest.mark.django_db


def drafts(office):
    """Return what was drafted: indicator, codes, references."""
    return [
        (
            finding.indicator.number if finding.indicator else None,
            [item.code() for item in finding.items.order_by("instrument", "number")],
            finding.references,
        )
        for finding in Finding.objects.of_organisation(office.organisation).order_by("number")
    ]


def test_the_scores_of_the_source_give_its_nine_findings(office):
    load_framework(2566)
    give_scores(office.organisation, 2566, S2_SCORES)

    drafted = draft_findings(office.organisation, 2566, by=office.coordinator)

    assert drafts(office) == [
        (2, ["I7"], "o11"),
        (2, ["I8", "I9"], "o11, o12"),
        (3, ["I14"], "o23, o24, o25"),
        (5, ["I27"], "o39, o40"),
        (6, ["E2"], "o14, o15, o18"),
        (7, ["E7"], "9.1, 9.2, 9.3"),
        (8, ["E13"], "o18"),
        (8, ["E14"], "o30"),
        (8, ["E15"], "o36, o38"),
    ]
    stored = Finding.objects.order_by("number")
    assert [finding.number for finding in stored] == list(range(1, 10))
    assert {(finding.severity, finding.is_draft) for finding in stored} == {
        (Severity.FIX_AT_ONCE, True)
    }
    assert len(drafted.made) == 9
    assert stored[1].analysis.splitlines() == [
        "ข้อ I8 “ท่านเคยเข้าไปมีส่วนร่วมในกระบวนการงบประมาณ มากน้อยเพียงใด” ได้ 53.56 คะแนน "
        "ต่ำกว่า 85.00 คะแนนที่หน่วยงานกำหนด จึงต้องแก้ไขโดยเร่งด่วน",
        "ข้อ I9 “หน่วยงานของท่าน ใช้จ่ายงบประมาณเป็นไปตามวัตถุประสงค์และคุ้มค่า มากน้อยเพียงใด” "
        "ได้ 77.27 คะแนน ต่ำกว่า 85.00 คะแนนที่หน่วยงานกำหนด จึงต้องแก้ไขโดยเร่งด่วน",
        "ข้อมูลสาธารณะที่เกี่ยวข้องตามกรอบการประเมิน ได้แก่ o11 แผนดำเนินงานและการใช้งบประมาณประจำปี, "
        "o12 รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี (รอบ 6 เดือน)",
    ]


def test_with_two_thresholds_the_groups_are_those_of_the_demo(office):
    load_framework(2566)
    give_scores(office.organisation, 2566, S2_SCORES)
    set_thresholds(
        office.organisation,
        fix_at_once_below=Decimal(75),
        improve_below=Decimal(85),
        by=office.coordinator,
    )

    draft_findings(office.organisation, 2566, by=office.coordinator)

    at_once = Finding.objects.filter(severity=Severity.FIX_AT_ONCE).order_by("number")
    assert [finding.number for finding in at_once] == [2, 4]


# Which items -----------------------------------------------------------------------------------


def some(**scores: str) -> list[ScoredItem]:
    """Return unsaved items with their scores, by the usual thresholds."""
    office = Organisation(fix_at_once_below=Decimal(50), improve_below=Decimal(85))
    instruments = {
        letter: Instrument(pk=place, code=code)
        for place, (letter, code) in enumerate(
            {"I": "IIT", "E": "EIT", "O": "OIT"}.items(), start=1
        )
    }
    return [
        ScoredItem(
            Item(
                pk=100 * instruments[code[0]].pk + int(code[1:]),
                instrument=instruments[code[0]],
                indicator=Indicator(number=1),
                number=int(code[1:]),
            ),
            Decimal(value),
            severity_of(Decimal(value), office),
        )
        for code, value in scores.items()
    ]


def codes(items) -> list[str]:
    return [each.item.code() for each in items]


def test_all_weak_items_are_in_the_analysis():
    items = some(I1="84.99", I2="10", I3="20", I4="30", I5="40", I6="85")

    assert codes(to_analyse(items)) == ["I1", "I2", "I3", "I4", "I5"]


def test_the_lowest_three_of_each_instrument_always_are():
    items = some(I1="99", I2="90", I3="91", I4="92", E1="86", E2="88", O1="100", O2="99")

    assert codes(to_analyse(items)) == ["I2", "I3", "I4", "E1", "E2", "O2"]


def test_a_full_score_is_never_in_the_analysis():
    assert to_analyse(some(I1="100", E1="100.00", O1="100")) == []


def test_of_equal_scores_the_first_items_are_the_lowest():
    assert codes(to_analyse(some(I4="90", I3="90", I2="90", I1="90"))) == ["I1", "I2", "I3"]


# Grouped how -----------------------------------------------------------------------------------


def remedies(*lists: str) -> dict[int, list[Remedy]]:
    """Return remedies for the IIT items of these numbers, by the item's id."""
    found: dict[int, list[Remedy]] = {}
    for number, items in enumerate(lists, start=1):
        remedy = Remedy(pk=number, number=number)
        for item in items.split():
            found.setdefault(100 + int(item), []).append(remedy)
    return found


def groups_of(items, by_item):
    return [
        (codes(group.items), group.remedy.number if group.remedy else None)
        for group in grouped(items, by_item)
    ]


def test_weak_items_with_one_remedy_are_one_finding_where_its_first_item_stands():
    items = some(I1="10", I2="20", I3="30")

    assert groups_of(items, remedies("1 3")) == [(["I1", "I3"], 1), (["I2"], None)]


def test_an_item_that_is_not_weak_stands_alone_with_its_remedy():
    items = some(I1="10", I2="86")

    assert groups_of(items, remedies("1 2")) == [(["I1"], 1), (["I2"], 1)]


def test_an_item_with_several_remedies_goes_with_most_of_the_others():
    items = some(I1="10", I2="20", I3="30")

    assert groups_of(items, remedies("1", "1 2 3")) == [(["I1", "I2", "I3"], 2)]


def test_a_finding_is_at_once_where_one_of_its_items_is():
    (group,) = grouped(some(I1="84", I2="49.99"), remedies("1 2"))
    (other,) = grouped(some(I1="84"), {})

    assert (group.severity(), other.severity()) == (Severity.FIX_AT_ONCE, Severity.IMPROVE)


# Again -----------------------------------------------------------------------------------------

YEAR = 2563


@pytest.fixture
def scored_office(office):
    make_framework(
        YEAR,
        {
            "I7": (2, "ทราบงบประมาณ"),
            "I8": (2, "ร่วมงบประมาณ"),
            "I9": (2, "คุ้มค่า"),
            "I14": (3, "ประเมินเป็นธรรม"),
            "O11": (9, "แผนงบประมาณ"),
        },
    )
    make_remedy(YEAR, 1, "I8 I9", "O11")
    give_scores(office.organisation, YEAR, {"I7": "70", "I8": "60", "I14": "95", "O11": "100"})
    return office


def draft(office):
    return draft_findings(office.organisation, YEAR, by=office.coordinator)


def test_drafting_twice_changes_nothing(scored_office):
    office = scored_office
    draft(office)
    before = list(Finding.objects.values())

    again = draft(office)

    assert (again.made, again.renewed) == ((), ())
    assert list(Finding.objects.values()) == before
    assert verbs_of(office.organisation) == ["findings_drafted"]


def test_the_log_says_what_was_drafted(scored_office):
    draft(scored_office)

    event = scored_office.organisation.events.get()
    assert event.target_type == "assessmentresult"
    assert event.data["made"] == [
        "ข้อที่ 1: I7 (ข้อบกพร่องที่ต้องแก้ไขโดยเร่งด่วน)",
        "ข้อที่ 2: I8 (ข้อบกพร่องที่ต้องแก้ไขโดยเร่งด่วน)",
        "ข้อที่ 3: I14 (ประเด็นที่ต้องพัฒนาให้ดีขึ้น)",
    ]


def test_an_item_with_a_finding_of_a_person_gets_no_second_one(scored_office):
    office = scored_office
    own = make_finding(office.organisation, YEAR, "I8", analysis="เขียนเอง")
    edited = make_finding(office.organisation, YEAR, "I7", is_draft=True)
    verbs.save_finding(edited, by=office.coordinator)

    made = draft(office).made

    assert [[item.code() for item in finding.items.all()] for finding in made] == [["I14"]]
    own.refresh_from_db()
    edited.refresh_from_db()
    assert (own.analysis, own.is_draft) == ("เขียนเอง", False)
    assert edited.analysis == "บุคลากรยังไม่ทราบแผนงบประมาณ"


def test_a_draft_nobody_touched_follows_the_scores(scored_office):
    office = scored_office
    draft(office)
    numbers = list(Finding.objects.values_list("pk", "number"))
    give_scores(office.organisation, YEAR, {"I8": "61.50", "I9": "40"})

    drafted = draft(office)

    (renewed,) = drafted.renewed
    assert [item.code() for item in renewed.items.order_by("number")] == ["I8", "I9"]
    assert "ได้ 61.50 คะแนน" in renewed.analysis
    assert drafted.made == ()
    assert list(Finding.objects.values_list("pk", "number")) == numbers


def test_what_has_become_weak_beside_a_persons_finding_gets_its_own(scored_office):
    office = scored_office
    draft(office)
    verbs.accept_draft(Finding.objects.get(items__number=8), by=office.coordinator)
    give_scores(office.organisation, YEAR, {"I9": "40"})

    (made,) = draft(office).made

    assert [item.code() for item in made.items.all()] == ["I9"]


def test_a_draft_that_is_weak_no_longer_is_offered_for_deletion_and_stays(scored_office):
    office = scored_office
    give_scores(office.organisation, YEAR, {"I9": "86", "I14": "70"})
    draft(office)
    give_scores(office.organisation, YEAR, {"I7": "97"})
    draft(office)

    scored = [
        ScoredItem(score.item, score.value, severity_of(score.value, office.organisation))
        for score in Score.objects.filter(result__fiscal_year=YEAR)
    ]
    overtaken = overtaken_drafts(Finding.objects.prefetch_related("items"), scored)
    assert overtaken == {Finding.objects.get(items__number=7).pk}
    Finding.objects.update(is_draft=False)
    assert overtaken_drafts(Finding.objects.all(), scored) == set()


def test_last_year_is_in_the_text(scored_office):
    office = scored_office
    make_framework(2562, {"I3": (2, "ทราบงบประมาณ")})
    give_scores(office.organisation, 2562, {"I3": "65.00"})
    finding = make_finding(office.organisation, 2562, "I3", number=4)
    measure = make_measure(
        office.organisation, office.finance, fiscal_year=YEAR, number=2, title="ประชุมชี้แจง"
    )
    measure.findings.add(finding)

    draft(office)

    assert (
        "ข้อ I7: เทียบกับข้อ I3 ของปี 2562 ซึ่งมีข้อความเดียวกัน ได้ 65.00 คะแนนในปี 2562 "
        "ปีนี้เพิ่มขึ้น 5.00 คะแนน ผลปีนั้นวิเคราะห์ไว้ในประเด็นลำดับที่ 4 "
        "และมีมาตรการของปี 2563 คือ มาตรการที่ 2 “ประชุมชี้แจง”"
    ) in Finding.objects.get(number=1, fiscal_year=YEAR).analysis


# Who and when ----------------------------------------------------------------------------------


def test_without_scores_there_is_nothing_to_draft(office):
    with pytest.raises(Invalid, match="ยังไม่มีคะแนนรายข้อของปีงบประมาณ"):
        draft(office)


def test_scores_of_another_office_are_not_ours(scored_office):
    other = make_office()

    with pytest.raises(Invalid):
        draft(other)


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_who_coordinates_drafts(scored_office, who):
    with pytest.raises(NotAllowed):
        draft_findings(scored_office.organisation, YEAR, by=getattr(scored_office, who))

    assert (Finding.objects.count(), Event.objects.count()) == (0, 0)


def test_a_locked_analysis_takes_no_drafts(scored_office):
    make_in_state(scored_office, DocumentState.IN_SIGNOFF)

    with pytest.raises(Locked):
        draft(scored_office)

    assert not Finding.objects.exists()


def test_an_item_whose_place_in_the_framework_is_not_known_is_drafted_too(office):
    load_framework(2566)
    assert item_of(2566, "E1").indicator is None
    give_scores(office.organisation, 2566, {"E1": "40", "E2": "50"})

    draft_findings(office.organisation, 2566, by=office.coordinator)

    assert [row[:2] for row in drafts(office)] == [(6, ["E2"]), (None, ["E1"])]
