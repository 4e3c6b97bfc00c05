"""The report item by item, in prose: instrument, indicator, finding, measure, what was done."""

from collections.abc import Iterator

from reports.sections.prose import INSTRUMENTS
from reports.sections.texts import (
    Content,
    Context,
    is_plan,
    listed,
    paragraphs_of,
    steps_of,
)

OTHER_MEASURES = "มาตรการอื่น"  # over measures that answer no finding


def narrative(content: Content) -> Context | None:
    """Findings in the order of the framework, each with its items, scores and measures.

    A measure that answers several findings is told once; the later ones refer to it. Measures
    without a finding follow under a heading of their own, or stand alone where there is no finding.
    """
    rows = [*_findings(content), *_measures_without_finding(content)]
    _keep_first_of_each(rows, "instrument", "indicator")
    return {"rows": rows} if rows else None


def _findings(content: Content) -> Iterator[Context]:
    asked = {one["code"]: one for one in (content["assessment"] or {}).get("items", [])}
    told: set[int] = set()
    for finding in sorted(content.get("findings", []), key=_place):
        measures = [one for one in content["measures"] if finding["number"] in one["findings"]]
        yield {
            "instrument": INSTRUMENTS.get(finding.get("instrument", ""), ""),
            "indicator": _indicator(finding),
            "severity": finding["severity_name"],
            "items": [_item(code, asked.get(code)) for code in finding["items"]],
            "analysis": paragraphs_of([_with_references(finding)]),
            "measures": [_measure(one, content, told) for one in measures],
        }


def _measures_without_finding(content: Content) -> Iterator[Context]:
    others = [one for one in content["measures"] if not one.get("findings")]
    has_findings = len(others) < len(content["measures"])
    for measure in others:
        yield {
            "instrument": OTHER_MEASURES if has_findings else "",
            "indicator": "" if has_findings else _indicator(measure),
            "severity": "",
            "items": [],
            "analysis": [],
            "measures": [_measure(measure, content, set())],
        }


def _place(finding: Content) -> tuple[int, int, int]:
    """Sort by instrument, indicator, number; what has no place in the framework comes last."""
    codes = list(INSTRUMENTS)
    instrument = finding.get("instrument", "")
    return (
        codes.index(instrument) if instrument in codes else len(codes),
        finding.get("indicator_number") or 0,
        finding["number"],
    )


def _indicator(row: Content) -> str:
    number, _, name = row["indicator"].partition(". ")
    return f"ตัวชี้วัดที่ {number} {name}" if name else ""


def _item(code: str, asked: Content | None) -> Context:
    return {
        "code": code,
        "text": asked["text"].strip() if asked else "",
        "score": asked["score"] if asked else "",
    }


def _with_references(finding: Content) -> str:
    references = finding["references"].strip()
    return f"{finding['analysis'].strip()}{f' (อ้างอิงจาก {references})' if references else ''}"


def _measure(measure: Content, content: Content, told: set[int]) -> Context:
    """One measure in full, or only its title where it was told before."""
    is_told = measure["number"] in told
    told.add(measure["number"])
    title = " ".join(paragraphs_of([measure["title"]]))
    if is_told:
        return {"title": title, "told_before": f"ดำเนินการตามมาตรการที่ {measure['number']} ข้างต้น"}
    reports = not is_plan(content)
    return {
        "title": title,
        "told_before": "",
        "steps": listed(steps_of(measure)),
        "responsible": listed(party["text"] for party in measure["responsible"]),
        "period": measure["period"]["text"].strip(),
        "monitoring": [] if reports else paragraphs_of([measure["monitoring"]]),
        "results": listed([measure["result"]]) if reports else [],
        "outcomes": listed([measure["outcome"]]) if reports else [],
        "suggestions": listed([measure["suggestion"]]) if reports else [],
    }


def _keep_first_of_each(rows: list[Context], *names: str) -> None:
    """Blank a heading that is the same as in the row before, while those above it are too."""
    before = dict.fromkeys(names, "")
    for row in rows:
        is_same = True
        for name in names:
            heading = row[name]
            is_same = is_same and heading == before[name]
            before[name] = heading
            if is_same:
                row[name] = ""
