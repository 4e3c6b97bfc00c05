from reports.sections.narrative import narrative
from tests.factories.content import content, finding, measure


def rows_of(**changes):
    return narrative(content(**changes))["rows"]


def test_findings_stand_in_the_order_of_the_framework():
    findings = [
        finding(1, instrument="EIT", indicator="7. ประสิทธิภาพการสื่อสาร", indicator_number=7),
        finding(2, instrument="IIT", indicator="2. การใช้งบประมาณ", indicator_number=2),
    ]
    rows = rows_of(findings=findings, measures=[])
    assert [row["indicator"] for row in rows] == [
        "ตัวชี้วัดที่ 2 การใช้งบประมาณ",
        "ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร",
    ]


def test_same_heading_is_printed_once():
    rows = rows_of(findings=[finding(1), finding(2)], measures=[])
    assert [bool(row["instrument"]) for row in rows] == [True, False]
    assert [bool(row["indicator"]) for row in rows] == [True, False]


def test_same_indicator_under_another_instrument_is_printed_again():
    rows = rows_of(findings=[finding(1), finding(2, instrument="OIT")], measures=[])
    assert [row["indicator"] for row in rows] == ["ตัวชี้วัดที่ 2 การใช้งบประมาณ"] * 2


def test_measure_for_two_findings_is_told_once():
    both = measure(1, title="เผยแพร่แผน", findings=[1, 2])
    first, second = rows_of(findings=[finding(1), finding(2)], measures=[both])
    assert first["measures"][0]["steps"]
    assert second["measures"] == [
        {"title": "เผยแพร่แผน", "told_before": "ดำเนินการตามมาตรการที่ 1 ข้างต้น"}
    ]


def test_measures_without_finding_follow_under_their_own_heading():
    rows = rows_of(
        findings=[finding(1)], measures=[measure(1, findings=[1]), measure(2), measure(3)]
    )
    assert [row["instrument"] for row in rows[1:]] == ["มาตรการอื่น", ""]


def test_without_any_finding_measures_stand_by_themselves():
    rows = rows_of(measures=[measure(1), measure(2)])
    assert [row["instrument"] for row in rows] == ["", ""]


def test_question_and_score_of_an_item_come_from_the_result():
    items = [{"code": "I7", "text": "ท่านทราบแผนหรือไม่", "score": "79.27"}]
    assessment = content()["assessment"] | {"items": items}
    [row] = rows_of(findings=[finding(1, items=["I7", "I8"])], measures=[], assessment=assessment)
    assert row["items"] == [
        {"code": "I7", "text": "ท่านทราบแผนหรือไม่", "score": "79.27"},
        {"code": "I8", "text": "", "score": ""},
    ]


def test_plan_tells_monitoring_and_no_results():
    one = measure(1, result="ทำแล้ว", outcome="ดี", suggestion="ควรทำต่อ")
    [told] = rows_of(kind="plan", measures=[one])[0]["measures"]
    assert (told["results"], told["outcomes"], told["suggestions"]) == ([], [], [])
    assert told["monitoring"]
