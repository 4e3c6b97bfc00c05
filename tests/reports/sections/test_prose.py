from reports.sections import prose
from tests.factories.content import content, finding


def test_result_of_the_year_before_is_put_in_words_when_nobody_did():
    frozen = content()
    frozen["paragraphs"]["assessment"] = []
    [sentence] = prose.assessment(frozen)["paragraphs"]
    assert sentence == (
        "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (Integrity and "
        "Transparency Assessment : ITA) ประจำปีงบประมาณ พ.ศ. 2563 ขององค์การบริหารส่วนตำบลสมมตินา "
        "อำเภอสมมติเมือง จังหวัดสมมติธานี มีค่าคะแนนเท่ากับ 51.63 อยู่ในระดับ E"
    )


def test_analysis_shows_both_groups_of_findings():
    findings = [finding(1, severity="improve"), finding(2, severity="fix_at_once")]
    analysis = prose.analysis(content(findings=findings))
    assert [(group["name"], len(group["findings"])) for group in analysis["groups"]] == [
        ("ประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อนที่จะต้องแก้ไขโดยเร่งด่วน", 1),
        ("ประเด็นที่จะต้องพัฒนาให้ดีขึ้น", 1),
    ]
    assert analysis["fiscal_year"] == 2563


def test_group_without_findings_has_no_heading():
    analysis = prose.analysis(content(findings=[finding(1, severity="improve")]))
    assert [group["name"] for group in analysis["groups"]] == ["ประเด็นที่จะต้องพัฒนาให้ดีขึ้น"]


def test_score_that_is_not_known_has_no_row():
    assessment = content()["assessment"] | {
        "instruments": [{"code": "IIT", "score": "81.20"}, {"code": "OIT", "score": None}]
    }
    [row] = prose.analysis(content(assessment=assessment))["scores"]
    assert row["score"] == "81.20"
    assert row["name"].startswith("ด้านการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน")


def test_finding_is_one_sentence_with_its_references():
    assert prose.finding_in_words(finding(1, items=["I7", "I8"], references="o11")) == (
        "ตัวชี้วัดที่ 2 การใช้งบประมาณ (ข้อ I7, I8) บุคลากรบางส่วนไม่ทราบข้อมูลงบประมาณ (อ้างอิงจาก o11)"
    )
    bare = finding(1, indicator="", items=[], references="")
    assert prose.finding_in_words(bare) == "บุคลากรบางส่วนไม่ทราบข้อมูลงบประมาณ"
