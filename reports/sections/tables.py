"""The tables of measures. ``rows`` of a table may be drawn in parts (rendering.as_html)."""

from difflib import SequenceMatcher

from reports.sections import evidence
from reports.sections.texts import (
    AGAIN,
    EMPTY,
    Content,
    Context,
    cell,
    is_plan,
    listed,
    paragraphs_of,
    responsible_of,
    steps_of,
)

STATUSES = ("not_started", "in_progress", "done")  # the order of the three tick columns
TICK = "/"
SAME_NAME = 0.85  # the offices call indicator 4 การใช้ทรัพย์สินของทางราชการ (domain.md §1.1)


def plan_table(content: Content) -> Context | None:
    """What was planned: measure, steps, responsible, monitoring."""
    if not content["measures"]:
        return None
    rows = [
        {
            "number": str(measure["number"]),
            "again": f"({measure['number']}) {AGAIN}",
            "title": cell([measure["title"]]),
            "steps": cell(listed(steps_of(measure))),
            "responsible": responsible_of(measure),
            "monitoring": cell([measure["monitoring"]]),
        }
        for measure in content["measures"]
    ]
    return {"title": paragraphs_of([content["paragraphs"]["measures_title"]]), "rows": rows}


def status_table(content: Content) -> Context | None:
    """Where each measure stands: one tick in three columns, a note in brackets beside it.

    A plan has nothing to report yet.
    """
    if not content["measures"] or is_plan(content):
        return None
    rows = [
        {
            "again": AGAIN,
            "title": cell([measure["title"]]),
            "steps": cell(listed(steps_of(measure))),
            "ticks": [_tick(measure, status) for status in STATUSES],
        }
        for measure in content["measures"]
    ]
    return {"title": paragraphs_of([content["paragraphs"]["results_title"]]), "rows": rows}


def photo_table(content: Content) -> Context | None:
    """What was done, with its photographs in the cell: measure, results, success."""
    if not content["measures"] or is_plan(content):
        return None
    photographs = evidence.photographs_of(content)
    rows = [
        {
            "number": str(measure["number"]),
            "again": f"({measure['number']}) {AGAIN}",
            "title": cell([measure["title"]]),
            "result": cell(listed([measure["result"]])),
            "photographs": [one for one in photographs if one["measure"] == measure["number"]],
            "outcome": cell(listed([measure["outcome"]])),
        }
        for measure in content["measures"]
    ]
    return {"title": paragraphs_of([content["paragraphs"]["results_title"]]), "rows": rows}


def indicator_table(content: Content) -> Context | None:
    """Measures by indicator, one row a step: who, when, what came of it, suggestions.

    What belongs to the whole measure spans the rows of its steps. Where the indicator says more
    than the measure's own title, it stands as a heading over its measures. In a plan the last two
    columns give way to monitoring.
    """
    if not content["measures"]:
        return None
    rows: list[Context] = []
    heading = ""
    for measure in content["measures"]:
        indicator = _indicator_heading(measure)
        rows.append(
            {
                "heading": indicator if indicator != heading else "",
                "label": f"{measure['number']}. {measure['title'].strip()}",
                "again": f"{measure['number']}. {measure['title'].strip()} {AGAIN}",
                "steps": _numbered(steps_of(measure)) or [EMPTY],
                "responsible": responsible_of(measure),
                "period": cell([measure["period"]["text"]]),
                "monitoring": cell([measure["monitoring"]]),
                "result": cell(listed([measure["result"]])),
                "suggestion": cell(listed([measure["suggestion"]])),
            }
        )
        heading = indicator
    return {"is_plan": is_plan(content), "rows": rows}


def _indicator_heading(measure: Content) -> str:
    """The indicator over a measure; "" where the measure is called after it."""
    number, _, name = measure["indicator"].partition(". ")
    likeness = SequenceMatcher(None, name.strip(), measure["title"].strip()).ratio()
    if not name or name.strip() in measure["title"] or likeness > SAME_NAME:
        return ""
    return f"ตัวชี้วัดที่ {number} {name.strip()}"


def _numbered(steps: list[str]) -> list[str]:
    """Steps with their numbers where there are several."""
    if len(steps) == 1:
        return steps
    return [f"{number}. {step}" for number, step in enumerate(steps, start=1)]


def outcome_table(content: Content) -> Context | None:
    """The wide table of six columns: measure, steps, unit, period, summary of results, outcome.

    In a plan the last two give way to monitoring.
    """
    if not content["measures"]:
        return None
    rows = [
        {
            "again": f"{measure['number']}. {AGAIN}",
            "title": cell([f"{measure['number']}. {measure['title'].strip()}"]),
            "steps": cell(_numbered(steps_of(measure))),
            "responsible": responsible_of(measure),
            "period": cell([measure["period"]["text"]]),
            "monitoring": cell([measure["monitoring"]]),
            "result": cell(listed([measure["result"]])),
            "outcome": cell(listed([measure["outcome"]])),
        }
        for measure in content["measures"]
    ]
    return {"is_plan": is_plan(content), "rows": rows}


def _tick(measure: Content, status: str) -> dict[str, str]:
    if measure["status"] != status:
        return {"mark": EMPTY, "note": ""}
    note = measure["status_note"].strip()
    if note and not note.startswith("("):
        note = f"({note})"
    return {"mark": TICK, "note": note}
