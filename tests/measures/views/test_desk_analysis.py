"""The analysis in the desk: drafts from scores, findings written by hand, what is known of each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures.domain.analysing.drafting import draft_findings
from measures.domain.analysing.findings import shown_state_of, state_of
from measures.models import DocumentState, Event, Finding, Organisation
from tests.factories.analysis import (
    S2_SCORES,
    give_scores,
    item_of,
    load_framework,
    make_finding,
    make_framework,
    make_remedy,
)
from tests.factories.flow import make_in_state
from tests.factories.people import make_measure, make_office

pytestmark = pytest.mark.django_db

YEAR = 2563
BUDGET = "ทราบแผนงบประมาณ"


@pytest.fixture
def scored(office):
    """An office with a weak item and one that is not."""
    make_framework(YEAR, {"I7": (2, BUDGET), "I8": (2, "ร่วมจัดทำ"), "O11": (9, "แผนดำเนินงาน")})
    make_remedy(YEAR, 1, "I7", "O11")
    give_scores(office.organisation, YEAR, {"I7": "53.56", "I8": "100", "O11": "100"})
    return office


def page_of(client, year=YEAR) -> str:
    return client.get(reverse("desk:analysis", args=[year])).content.decode()


def typed(**changes):
    return {
        "number": "๑",
        "severity": "fix_at_once",
        "analysis": "บุคลากรยังไม่ทราบแผน",
        "references": "o๑๑, 9.1",
    } | changes


# The year -----------------------------------------------------------------------------------------


def test_the_analysis_leads_to_the_newest_year_with_a_result(office, as_person):
    make_framework(2562, {"I7": (2, "")})
    give_scores(office.organisation, 2562, {"I7": "50"})
    give_scores(make_office().organisation, 2562, {})

    response = as_person(office.coordinator).get(reverse("desk:analysis_newest"))

    assert response["Location"] == reverse("desk:analysis", args=[2562])


def test_a_year_without_scores_says_what_to_do_first(office, as_person):
    make_finding(office.organisation, YEAR)

    page = page_of(as_person(office.coordinator))

    assert "ยังไม่มีคะแนนรายข้อของปีนี้" in page
    assert reverse("desk:analysis_draft", args=[YEAR]) not in page


def test_the_scores_of_the_source_become_nine_drafts_in_its_groups(office, as_person):
    load_framework(2566)
    give_scores(office.organisation, 2566, S2_SCORES)
    client = as_person(office.coordinator)
    assert "ยังไม่ได้วิเคราะห์ ๑๐ ข้อ" in page_of(client, 2566)

    client.post(reverse("desk:analysis_draft", args=[2566]))
    response = client.get(reverse("desk:analysis", args=[2566]))

    page = response.content.decode()
    (at_once, improve) = response.context["overview"].groups
    assert [
        (group.indicator.number, [[each.item.code() for each in shown.items] for shown in found])
        for group in at_once.groups
        for found in [group.findings]
    ] == [
        (2, [["I7"], ["I8", "I9"]]),
        (3, [["I14"]]),
        (5, [["I27"]]),
        (6, [["E2"]]),
        (7, [["E7"]]),
        (8, [["E13"], ["E14"], ["E15"]]),
    ]
    assert improve.count() == 0
    assert "จัดทำร่างใหม่ ๙ ข้อ" in page
    assert page.count("ร่าง ยังไม่มีผู้แก้ไขหรือยอมรับ") == 9
    assert "ยังไม่ได้วิเคราะห์" not in page
    assert "o11 แผนดำเนินงานและการใช้งบประมาณประจำปี" in page


def test_drafting_again_says_that_there_is_nothing_new(scored, as_person):
    client = as_person(scored.coordinator)
    for _time in range(2):
        response = client.post(reverse("desk:analysis_draft", args=[YEAR]), follow=True)

    assert "ไม่มีข้อใหม่ให้ร่าง" in response.content.decode()
    assert Finding.objects.count() == 1


def test_drafting_without_scores_tells_why_on_the_page(office, as_person):
    make_finding(office.organisation, YEAR)

    response = as_person(office.coordinator).post(
        reverse("desk:analysis_draft", args=[YEAR]), follow=True
    )

    assert "โปรดกรอกหรือนำเข้าคะแนนก่อน" in response.content.decode()


@pytest.mark.parametrize("year", [2561, 987_654_321])
def test_a_year_the_office_knows_nothing_of_is_not_there(scored, as_person, year):
    assert as_person(scored.staff).get(reverse("desk:analysis", args=[year])).status_code == 404


def test_staff_read_the_analysis_and_find_no_button(scored, as_person):
    draft_findings(scored.organisation, YEAR, by=scored.coordinator)

    page = page_of(as_person(scored.staff))

    assert BUDGET in page
    for name in ("analysis_draft", "analysis_thresholds", "finding_new"):
        assert reverse(f"desk:{name}", args=[YEAR]) not in page
    assert "เฉพาะผู้ประสานงาน" in page


def test_findings_of_another_office_are_not_shown(scored, as_person):
    make_finding(make_office().organisation, YEAR, "I7", analysis="ความลับของเพื่อนบ้าน")

    assert "ความลับของเพื่อนบ้าน" not in page_of(as_person(scored.coordinator))


def test_a_draft_whose_score_is_low_no_longer_is_offered_for_deletion(scored, as_person):
    draft_findings(scored.organisation, YEAR, by=scored.coordinator)
    finding = Finding.objects.get()
    client = as_person(scored.coordinator)
    address = reverse("desk:finding_delete", args=[finding.pk])
    assert address not in page_of(client)

    give_scores(scored.organisation, YEAR, {"I7": "100"})

    assert "คะแนนของข้อนี้ไม่ต่ำแล้ว" in page_of(client)
    assert address in page_of(client)
    client.post(address)
    assert not Finding.objects.exists()


def test_last_years_finding_measure_and_movement_stand_beside_the_finding(scored, as_person):
    make_framework(2562, {"I3": (2, BUDGET)})
    give_scores(scored.organisation, 2562, {"I3": "60.00"})
    before = make_finding(scored.organisation, 2562, "I3", analysis="ปีก่อนก็ไม่ทราบ")
    measure = make_measure(scored.organisation, scored.finance, fiscal_year=YEAR, title="ชี้แจงงบ")
    measure.findings.add(before)
    make_finding(scored.organisation, YEAR, "I7")

    page = page_of(as_person(scored.coordinator))

    assert "ได้ ๖๐.๐๐ คะแนนในปี ๒๕๖๒ ปีนี้ลดลง ๖.๔๔ คะแนน" in page
    assert "เทียบกับข้อ I3 ของปี ๒๕๖๒ ซึ่งมีข้อความเดียวกัน" in page
    assert "ปีก่อนก็ไม่ทราบ" in page
    assert "มาตรการที่ ๑/๒๕๖๓ ชี้แจงงบ" in page


def test_the_measures_that_answer_a_finding_are_named_and_gaps_too(scored, as_person):
    finding = make_finding(scored.organisation, YEAR, "I7")
    client = as_person(scored.coordinator)
    assert "ยังไม่มีมาตรการ</span>" in page_of(client)

    scored.measures[0].findings.add(finding)

    page = page_of(client)
    assert reverse("desk:measure", args=[scored.measures[0].pk]) in page
    assert "ยังไม่มีมาตรการ</span>" not in page


def test_a_published_plan_locks_the_page(scored, as_person):
    make_finding(scored.organisation, YEAR, "I7", is_draft=True)
    make_in_state(scored, DocumentState.PUBLISHED)

    page = page_of(as_person(scored.coordinator))

    assert "เผยแพร่เป็นเอกสารแล้ว จึงแก้ไขไม่ได้" in page
    assert reverse("desk:analysis_draft", args=[YEAR]) not in page


def test_guidance_of_the_year_is_listed_with_its_source(scored, as_person):
    page = page_of(as_person(scored.coordinator))

    assert "คู่มือสมมติ" in page
    assert "ยังไม่มีข้อความที่มีแหล่งอ้างอิง" in page


# Thresholds ---------------------------------------------------------------------------------------


def put_thresholds(client, **values):
    return client.post(reverse("desk:analysis_thresholds", args=[YEAR]), values)


def test_thresholds_are_read_in_thai_digits(scored, as_person):
    put_thresholds(as_person(scored.coordinator), fix_at_once_below="๕๐", improve_below="๙๐.๕")

    stored = Organisation.objects.get(pk=scored.organisation.pk)
    assert (str(stored.fix_at_once_below), str(stored.improve_below)) == ("50.00", "90.50")


@pytest.mark.parametrize(
    ("at_once", "improve", "says"),
    [
        ("90", "85", "ต้องไม่สูงกว่า"),
        ("มาก", "85", "มาก"),
        ("", "85", "โปรด"),
        ("1", "101", "0 ถึง 100"),
    ],
)
def test_thresholds_that_cannot_stand_are_shown_again(scored, as_person, at_once, improve, says):
    response = put_thresholds(
        as_person(scored.coordinator), fix_at_once_below=at_once, improve_below=improve
    )

    assert response.status_code == 422
    assert f'value="{improve}"' in response.content.decode()
    assert says in response.content.decode()
    assert str(Organisation.objects.get(pk=scored.organisation.pk).improve_below) == "85.00"


# One finding --------------------------------------------------------------------------------------


def test_a_finding_is_written_by_hand(scored, as_person):
    item = item_of(YEAR, "I7")

    response = as_person(scored.coordinator).post(
        reverse("desk:finding_new", args=[YEAR]),
        typed(items=[item.pk], indicator=item.indicator_id),
    )

    finding = Finding.objects.get()
    assert response["Location"] == reverse("desk:analysis", args=[YEAR])
    assert (finding.number, finding.references, finding.is_draft) == (1, "o11, 9.1", False)
    assert (finding.indicator, list(finding.items.all())) == (item.indicator, [item])


def test_editing_a_draft_ends_it(scored, as_person):
    draft_findings(scored.organisation, YEAR, by=scored.coordinator)
    finding = Finding.objects.get()
    client = as_person(scored.coordinator)
    address = reverse("desk:finding", args=[finding.pk])
    page = client.get(address)
    form = page.context["form"]
    assert "เมื่อบันทึกแล้ว ข้อความนี้เป็นของหน่วยงาน" in page.content.decode()

    client.post(address, form.initial | {"analysis": "เขียนเองใหม่"})

    finding.refresh_from_db()
    assert (finding.analysis, finding.is_draft, finding.items.count()) == ("เขียนเองใหม่", False, 1)
    assert "ร่าง ยังไม่มีผู้แก้ไขหรือยอมรับ" not in page_of(client)


def test_accepting_a_draft_keeps_its_words(scored, as_person):
    draft_findings(scored.organisation, YEAR, by=scored.coordinator)
    finding = Finding.objects.get()

    client = as_person(scored.coordinator)
    seen = client.get(reverse("desk:analysis", args=[YEAR])).context["overview"].shown()[0].state()
    client.post(reverse("desk:finding_accept", args=[finding.pk]), {"seen": seen})

    stored = Finding.objects.get()
    assert (stored.analysis, stored.is_draft) == (finding.analysis, False)


@pytest.mark.parametrize("name", ["desk:finding_accept", "desk:finding_delete"])
def test_a_press_on_a_page_out_of_date_does_nothing_and_says_why(scored, as_person, name):
    draft_findings(scored.organisation, YEAR, by=scored.coordinator)
    finding = Finding.objects.get()
    client = as_person(scored.coordinator)
    page = page_of(client)
    seen = shown_state_of(finding)
    assert page.count(f'name="seen" value="{seen}"') == 1
    assert "คะแนนหรือข้อประเมินเปลี่ยน" not in page
    give_scores(scored.organisation, YEAR, {"I7": "61.20"})
    assert "คะแนนหรือข้อประเมินเปลี่ยนหลังจัดทำร่างนี้" in page_of(client)
    draft_findings(scored.organisation, YEAR, by=scored.coordinator)

    response = client.post(reverse(name, args=[finding.pk]), {"seen": seen}, follow=True)

    told = response.content.decode()
    assert "ประเด็นนี้เปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้" in told
    assert "คะแนนหรือข้อประเมินเปลี่ยน" not in told
    assert Finding.objects.get().is_draft
    client.post(reverse(name, args=[finding.pk]), {"seen": state_of(finding)})
    assert not Finding.objects.filter(is_draft=True).exists()


def test_the_remedy_of_a_finding_is_chosen_on_its_page(scored, as_person):
    remedy = make_remedy(YEAR, 2, "I8", "O11")
    make_framework(2562, {"I1": (1, "ปีอื่น")})
    other = make_remedy(2562, 1, "I1")
    finding = make_finding(scored.organisation, YEAR, "I8")
    client = as_person(scored.coordinator)
    address = reverse("desk:finding", args=[finding.pk])
    assert "แนวทางที่ 2 สำหรับข้อ I8 → o11" in client.get(address).content.decode()

    assert client.post(address, typed(remedy=other.pk)).status_code == 422
    assert client.post(address, typed(remedy=remedy.pk)).status_code == 302

    assert Finding.objects.get().remedy == remedy
    assert "ที่มา: คู่มือสมมติ" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"analysis": " "}, "__all__"),
        ({"analysis": ""}, "analysis"),
        ({"number": "สาม"}, "number"),
        ({"number": ""}, "number"),
        ({"references": "o1, " * 60}, "__all__"),
        ({"severity": "none"}, "severity"),
        ({"items": ["987654321"]}, "items"),
    ],
)
def test_what_cannot_be_stored_is_told_and_nothing_is_lost(scored, as_person, changes, field):
    data = typed(references="คงไว้ทุกคำ") | changes

    response = as_person(scored.coordinator).post(reverse("desk:finding_new", args=[YEAR]), data)

    errors = response.context["form"].errors
    page = response.content.decode()
    assert (response.status_code, list(errors)) == (422, [field])
    assert errors[field][0] in page
    assert str(data["references"])[:9] in page
    assert not Finding.objects.exists()


def test_two_findings_of_one_number_are_refused_in_thai(scored, as_person):
    make_finding(scored.organisation, YEAR, "I7", number=1)

    response = as_person(scored.coordinator).post(reverse("desk:finding_new", args=[YEAR]), typed())

    assert response.status_code == 422
    assert "นี้อยู่แล้ว" in response.content.decode()


def test_somebody_elses_saving_in_between_is_told_once(scored, as_person):
    finding = make_finding(scored.organisation, YEAR, "I7")
    client = as_person(scored.coordinator)
    address = reverse("desk:finding", args=[finding.pk])
    data = client.get(address).context["form"].initial
    data |= {"indicator": "", "remedy": "", "analysis": "ของฉัน"}
    Finding.objects.update(analysis="ของคนอื่น")

    refused = client.post(address, data)

    assert refused.status_code == 409
    assert "มีผู้อื่นแก้ไขประเด็นนี้ก่อนท่าน" in refused.content.decode()
    assert "ของฉัน" in refused.content.decode()
    again = data | {"seen": refused.context["form"].data["seen"]}
    assert client.post(address, again).status_code == 302
    assert Finding.objects.get().analysis == "ของฉัน"


def test_a_finding_that_a_measure_answers_is_not_deleted_and_the_page_says_why(scored, as_person):
    finding = make_finding(scored.organisation, YEAR, "I7")
    scored.measures[0].findings.add(finding)

    response = as_person(scored.coordinator).post(
        reverse("desk:finding_delete", args=[finding.pk]), follow=True
    )

    assert "จึงลบไม่ได้ โปรดนำออกจากมาตรการก่อน" in response.content.decode()
    assert Finding.objects.exists()


def test_a_locked_finding_is_read_and_not_written(scored, as_person):
    finding = make_finding(scored.organisation, YEAR, "I7")
    make_in_state(scored, DocumentState.IN_SIGNOFF)
    client = as_person(scored.coordinator)
    address = reverse("desk:finding", args=[finding.pk])
    before = Event.objects.count()

    assert "<textarea" not in client.get(address).content.decode()
    refused = client.post(address, typed(analysis="แอบแก้"))

    assert refused.status_code == 422
    assert "แอบแก้" in refused.content.decode()
    assert Finding.objects.get().analysis != "แอบแก้"
    assert Event.objects.count() == before


def test_the_page_of_a_finding_names_what_it_refers_to(scored, as_person):
    finding = make_finding(scored.organisation, YEAR, "I7", references="O11 ; 9.1, รายงานอื่น")

    page = as_person(scored.staff).get(reverse("desk:finding", args=[finding.pk])).content.decode()

    assert "O11 แผนดำเนินงาน" in page
    assert "รายงานอื่น" in page


# How often it asks --------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "literal"), [("desk:analysis", 32), ("desk:finding", 37)])
def test_the_number_of_queries_does_not_grow_with_the_findings(scored, as_person, name, literal):
    make_framework(2562, {"I3": (2, BUDGET)})
    client = as_person(scored.coordinator)

    def add(number: int) -> Finding:
        finding = make_finding(scored.organisation, YEAR, "I7 I8", number=number, is_draft=True)
        before = make_finding(scored.organisation, 2562, "I3", number=number)
        for year, own in ((YEAR, before), (YEAR + 1, finding)):
            measure = make_measure(
                scored.organisation, scored.finance, fiscal_year=year, number=100 + number
            )
            measure.findings.add(own)
        return finding

    first = add(1)
    argument = YEAR if name == "desk:analysis" else first.pk

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name, args=[argument])).status_code == 200
        return len(asked)

    queries()
    with_one = queries()
    add(2), add(3)
    with_three = queries()
    for number in range(4, 61):
        add(number)

    assert (with_one, with_three, queries()) == (literal,) * 3
