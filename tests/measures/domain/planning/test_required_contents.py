"""The four required contents of the plan: what is missing, where to mend it, and at signature."""

import pytest

from measures.domain import documents, proofreading
from measures.domain.errors import Invalid
from measures.domain.planning.required_contents import gaps_in, missing_contents
from measures.domain.proofreading import waive
from measures.domain.signing import signoffs
from measures.models import Finding, Measure
from tests.factories.answered_plans import answer_last_year
from tests.factories.content import content, finding, measure
from tests.factories.flow import make_draft

pytestmark = pytest.mark.django_db

ANSWERS = {"findings": [1, 2]}


def plan(**changes):
    """Return the content of a plan in which nothing is missing, but for ``changes``."""
    whole = content(
        kind="plan",
        findings=[finding(1, severity="fix_at_once"), finding(2)],
        measures=[measure(1, **ANSWERS)],
    )
    whole["paragraphs"]["approach"] = ["ให้ทุกส่วนราชการปฏิบัติ"]
    return whole | changes


def keys_in(whole, drafts=()):
    return [(gap.part.value, gap.key) for gap in gaps_in(whole, drafts)]


def without_paragraph(*names):
    whole = plan()
    whole["paragraphs"] |= {name: [] for name in names}
    return whole


def test_a_whole_plan_lacks_nothing():
    assert keys_in(plan()) == []


def test_the_result_is_missing_where_neither_figure_nor_text_tells_it():
    bare = {"fiscal_year": 2563, "total": None, "instruments": [], "items": []}
    silent = without_paragraph("assessment")

    assert keys_in(silent) == []
    assert keys_in(silent | {"assessment": None}) == [("analysis", "result")]
    assert keys_in(silent | {"assessment": bare}) == [("analysis", "result")]
    assert keys_in(plan(assessment=None)) == []
    scored = bare | {"instruments": [{"code": "IIT", "score": "80.00"}]}
    assert keys_in(silent | {"assessment": scored}) == []


def test_each_group_of_findings_is_asked_for():
    assert keys_in(plan(findings=[finding(1)])) == [("details", "findings.fix_at_once")]
    assert keys_in(plan(findings=[finding(1, severity="fix_at_once")])) == [
        ("details", "findings.improve")
    ]


def test_a_plan_without_findings_has_nothing_that_its_measures_answer():
    assert keys_in(plan(findings=[])) == [("details", "findings"), ("measures", "links")]


def test_drafts_are_named():
    assert keys_in(plan(), drafts={2, 9}) == [("details", "finding.2.draft")]


def test_the_way_into_practice_is_asked_for():
    assert keys_in(without_paragraph("approach")) == [("details", "approach")]


def test_a_plan_without_measures_has_no_complete_conduct():
    assert keys_in(plan(measures=[])) == [("measures", "measures"), ("conduct", "conduct")]


def test_a_finding_without_a_measure_is_named():
    whole = plan(measures=[measure(1, findings=[2])])

    assert keys_in(whole) == [("measures", "finding.1.measure")]


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"responsible": []}, "ผู้รับผิดชอบ"),
        ({"steps": []}, "ขั้นตอนหรือวิธีปฏิบัติ"),
        ({"monitoring": ""}, "การกำกับติดตามและการรายงานผล"),
        ({"responsible": [], "monitoring": ""}, "ผู้รับผิดชอบ, การกำกับติดตามและการรายงานผล"),
    ],
)
def test_what_a_measure_lacks_is_named(lacking, words):
    (gap,) = gaps_in(plan(measures=[measure(1, **ANSWERS | lacking)]))

    assert gap.message == f"มาตรการที่ 1 ยังไม่มี{words}"


def test_missing_contents_lead_to_where_they_are_mended(office):
    Measure.objects.filter(pk=office.measures[1].pk).update(monitoring="")
    document = documents.compile_plan(office.organisation, 2564, by=office.coordinator)
    documents.edit(document, by=office.coordinator, version=document.version, approach="")
    document.refresh_from_db()

    found = {
        each.gap.key: each.path for each in missing_contents(office.organisation, 2564, document)
    }

    assert found["result"] == "/desk/results/2563/"
    assert found["approach"] == f"/desk/documents/{document.pk}/edit/"
    assert found["measure.2"] == f"/desk/plan/measures/{office.measures[1].pk}/"
    assert found["findings"] == "/desk/analysis/2563/"


def test_without_a_document_the_plan_is_read_as_it_would_be_compiled(office):
    answer_last_year(office.organisation)
    assert missing_contents(office.organisation, 2564) == []

    Finding.objects.filter(number=1).update(is_draft=True)
    office.measures[0].findings.clear()
    office.measures[1].findings.clear()

    assert [each.gap.key for each in missing_contents(office.organisation, 2564)] == [
        "finding.1.draft",
        "finding.1.measure",
        "finding.2.measure",
    ]


def test_a_plan_is_not_signed_before_its_contents_are_there_or_waived(office):
    answer_last_year(office.organisation)
    Finding.objects.filter(number=1).delete()
    document = documents.compile_plan(office.organisation, 2564, by=office.coordinator)

    with pytest.raises(Invalid, match="ยังไม่มีข้อบกพร่องที่ต้องแก้ไขโดยเร่งด่วน"):
        signoffs.submit(document, by=office.coordinator)
    (remark,) = proofreading.open_remarks(document)
    assert remark.rule == "required_content"
    waive(document, remark.fingerprint, by=office.coordinator, reason="ทุกข้อได้คะแนนเกิน 85")

    assert signoffs.submit(document, by=office.coordinator).pk


def test_a_draft_finding_keeps_the_plan_from_signature(office):
    answer_last_year(office.organisation)
    Finding.objects.filter(number=2).update(is_draft=True)
    document = documents.compile_plan(office.organisation, 2564, by=office.coordinator)

    with pytest.raises(Invalid, match="ประเด็นที่ ๒ ยังเป็นร่าง"):
        signoffs.submit(document, by=office.coordinator)


def test_a_waiver_holds_no_longer_once_something_else_is_missing(office):
    answer_last_year(office.organisation)
    Measure.objects.filter(pk=office.measures[0].pk).update(monitoring="")
    document = documents.compile_plan(office.organisation, 2564, by=office.coordinator)
    (remark,) = proofreading.open_remarks(document)
    waive(document, remark.fingerprint, by=office.coordinator, reason="ติดตามรวมกับมาตรการที่ 2")
    assert proofreading.open_remarks(document) == []

    office.measures[0].steps.all().delete()

    assert len(proofreading.open_remarks(document)) == 1


def test_a_report_is_not_asked_for_the_contents_of_a_plan(office):
    document = make_draft(office)

    assert [r for r in proofreading.open_remarks(document) if r.rule == "required_content"] == []
