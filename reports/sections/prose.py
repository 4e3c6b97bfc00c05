"""Paragraphs: opening, result of last year, analysis, the way to practice, closing."""

from reports.sections.texts import Content, Context, paragraphs_of

# As the framework names the instruments (domain.md §1.1 and the report by items, §6 S2).
INSTRUMENTS = {
    "IIT": "ด้านการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (Internal Integrity and Transparency Assessment : IIT)",
    "EIT": "ด้านการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (External Integrity and Transparency Assessment : EIT)",
    "OIT": "ด้านการเปิดเผยข้อมูลสาธารณะ (Open Data Integrity and Transparency Assessment : OIT)",
}
SEVERITIES = (  # the two groups the plan must show (domain.md §3), in the order of printing
    ("fix_at_once", "ประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อนที่จะต้องแก้ไขโดยเร่งด่วน"),
    ("improve", "ประเด็นที่จะต้องพัฒนาให้ดีขึ้น"),
)


def _paragraphs(content: Content, name: str) -> Context | None:
    paragraphs = paragraphs_of(content["paragraphs"].get(name, []))
    return {"paragraphs": paragraphs} if paragraphs else None


def opening(content: Content) -> Context | None:
    """The paragraphs that say why the document is written."""
    return _paragraphs(content, "opening")


def closing(content: Content) -> Context | None:
    """The request at the end of the text."""
    return _paragraphs(content, "closing")


def approach(content: Content) -> Context | None:
    """How the analysis is put to practice: the third content the plan must have (domain.md §3)."""
    return _paragraphs(content, "approach")


def assessment(content: Content) -> Context | None:
    """The score and level of the year before: as the office wrote it, else a plain sentence."""
    written = _paragraphs(content, "assessment")
    if written:
        return written
    sentence = result_in_words(content)
    return {"paragraphs": [sentence]} if sentence else None


def result_in_words(content: Content) -> str:
    """One sentence on total and level of the analysed year; "" where no total is known."""
    result, organisation = content["assessment"], content["organisation"]
    if not result or result["total"] is None:
        return ""
    parts = [
        "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ"
        " (Integrity and Transparency Assessment : ITA)"
        f" ประจำปีงบประมาณ พ.ศ. {result['fiscal_year']} ของ{organisation['name']}",
        f"อำเภอ{organisation['amphoe']}" if organisation["amphoe"] else "",
        f"จังหวัด{organisation['changwat']}" if organisation["changwat"] else "",
        f"มีค่าคะแนนเท่ากับ {result['total']}",
        f"อยู่ในระดับ {result['level']}" if result["level"] else "",
        f"({result['level_note'].strip()})" if result["level_note"].strip() else "",
    ]
    return " ".join(part for part in parts if part)


def analysis(content: Content) -> Context | None:
    """The analysis of last year's result that a plan must show (domain.md §3).

    The result in words, the scores of the instruments, and the findings in their two groups. A
    group without findings, and scores that are not known, are left out.
    """
    scores = [
        {"name": INSTRUMENTS.get(one["code"], one["code"]), "score": one["score"]}
        for one in (content["assessment"] or {}).get("instruments", [])
        if one["score"] is not None
    ]
    groups = [
        {
            "name": name,
            "findings": [
                finding_in_words(finding)
                for finding in content.get("findings", [])
                if finding["severity"] == severity
            ],
        }
        for severity, name in SEVERITIES
    ]
    groups = [group for group in groups if group["findings"]]
    result = paragraphs_of(content["paragraphs"]["assessment"]) or paragraphs_of(
        [result_in_words(content)]
    )
    if not (result or scores or groups):
        return None
    return {
        "fiscal_year": content["fiscal_year"] - 1,
        "result": result,
        "scores": scores,
        "groups": groups,
    }


def finding_in_words(finding: Content) -> str:
    """One finding as a sentence: indicator, items, analysis, references."""
    parts = [
        f"ตัวชี้วัดที่ {finding['indicator'].replace('. ', ' ', 1)}" if finding["indicator"] else "",
        f"(ข้อ {', '.join(finding['items'])})" if finding["items"] else "",
        finding["analysis"].strip(),
        f"(อ้างอิงจาก {finding['references'].strip()})" if finding["references"].strip() else "",
    ]
    return " ".join(part for part in parts if part)
