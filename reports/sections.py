"""One pure builder per section of a document: frozen content in, what its template draws out.

A builder returns None when the section has nothing to say, and then nothing of it is printed: no
empty heading, no empty table. Texts stay as people typed them; digits and words are dressed for
paper in the templates.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone

Content = dict[str, Any]  # the frozen content of a document, schema_version 1
Context = dict[str, Any]  # what the section's template draws

STATUSES = ("not_started", "in_progress", "done")  # the order of the three tick columns
TICK = "/"
EMPTY = "-"


def paragraphs_of(texts: Iterable[str]) -> list[str]:
    """Split typed texts at their line breaks into paragraphs, without the empty ones."""
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def date_of(text: str | None) -> dt.date | None:
    """Read an ISO date, or the Thai day of an ISO moment; None stays None."""
    if not text:
        return None
    if "T" in text:
        moment = dt.datetime.fromisoformat(text)
        return timezone.localtime(moment).date() if moment.tzinfo else moment.date()
    return dt.date.fromisoformat(text)


def _after(word: str, text: str) -> str:
    """Return ``text`` without a leading ``word`` that the paper prints itself."""
    return text.strip().removeprefix(word).strip()


def memo_head(content: Content) -> Context | None:
    """The head of the memo: emblem, title and the four fields (rule 12 on internal letters).

    An empty field is printed all the same, as a dotted line to be filled by hand.
    """
    memo = content["memo"]
    emblem = content["organisation"]["emblem"]
    return {
        "emblem": f"media:{emblem}" if emblem else "",
        "office": memo["office"].strip(),
        "number": memo["number"].strip(),
        "date": date_of(memo["date"]),
        "subject": memo["subject"].strip(),
        "addressee": memo["addressee"].strip(),
        "through": _after("ผ่าน", memo["through"]),
    }


def opening(content: Content) -> Context | None:
    """The paragraphs that say why the memo is written."""
    paragraphs = paragraphs_of(content["paragraphs"]["opening"])
    return {"paragraphs": paragraphs} if paragraphs else None


def plan_table(content: Content) -> Context | None:
    """What was planned: measure, steps, responsible, monitoring."""
    if not content["measures"]:
        return None
    rows = [
        {
            "number": str(measure["number"]),
            "title": _lines([measure["title"]]),
            "steps": _steps(measure),
            "responsible": _lines(party["text"] for party in measure["responsible"]),
            "monitoring": _lines([measure["monitoring"]]),
        }
        for measure in content["measures"]
    ]
    return {"title": paragraphs_of([content["paragraphs"]["measures_title"]]), "rows": rows}


def assessment(content: Content) -> Context | None:
    """The score and level of the year before: as the office wrote it, else a plain sentence."""
    paragraphs = paragraphs_of(content["paragraphs"]["assessment"])
    if not paragraphs and content["assessment"] and content["assessment"]["total"] is not None:
        paragraphs = [_result_in_words(content["assessment"], content["organisation"])]
    return {"paragraphs": paragraphs} if paragraphs else None


def status_table(content: Content) -> Context | None:
    """Where each measure stands: one tick in three columns, a note in brackets beside it.

    A plan has nothing to report yet.
    """
    if not content["measures"] or content["kind"] == "plan":
        return None
    rows = [
        {
            "title": _lines([measure["title"]]),
            "steps": _steps(measure),
            "ticks": [_tick(measure, status) for status in STATUSES],
        }
        for measure in content["measures"]
    ]
    return {"title": paragraphs_of([content["paragraphs"]["results_title"]]), "rows": rows}


def closing(content: Content) -> Context | None:
    """The request at the end of the text."""
    paragraphs = paragraphs_of(content["paragraphs"]["closing"])
    return {"paragraphs": paragraphs} if paragraphs else None


def signoff(content: Content) -> Context | None:
    """The blocks of those who sign, from the preparer up to the head of the organisation."""
    steps = sorted(content["signoff"], key=lambda step: step["order"])
    return {"blocks": [_signature_block(step) for step in steps]} if steps else None


def publication(content: Content) -> Context | None:
    """Which published version the paper is, and the code by which it is checked."""
    published = content["publication"]
    if published is None:
        return None
    return {
        "code": published["code"],
        "published_on": date_of(published["published_on"]),
    }


def _result_in_words(result: Content, organisation: Content) -> str:
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


def _lines(texts: Iterable[str]) -> str:
    """The texts of one table cell, each on its own line; a dash in an empty cell."""
    return "\n".join(paragraphs_of(texts)) or EMPTY


def _steps(measure: Content) -> str:
    """The steps of one measure; several are set apart by a dash, as the offices do."""
    steps = [step["text"].strip() for step in measure["steps"] if step["text"].strip()]
    if len(steps) > 1:
        steps = [step if step.startswith(EMPTY) else f"{EMPTY} {step}" for step in steps]
    return _lines(steps)


def _tick(measure: Content, status: str) -> dict[str, str]:
    if measure["status"] != status:
        return {"mark": EMPTY, "note": ""}
    note = measure["status_note"].strip()
    if note and not note.startswith("("):
        note = f"({note})"
    return {"mark": TICK, "note": note}


def _signature_block(step: Content) -> Context:
    decision = step["decision"]
    return {
        "role": step["role"],
        "caption": _caption(step),
        "opinion": paragraphs_of([step["opinion"]]),
        "is_signed": decision is not None,
        "is_approved": decision == "approved",
        "is_refused": decision == "refused",
        "reason": step["reason"].strip(),
        "rank": step["rank"].strip(),
        "signer_name": step["signer_name"].strip(),
        "position_lines": paragraphs_of(step["position_lines"]) or paragraphs_of([step["post"]]),
        "signed_on": date_of(step["signed_at"]),
    }


def _caption(step: Content) -> str:
    """The heading over an opinion; the preparer has none, the last step only what was typed."""
    if step["role"] == "preparer":
        return ""
    caption: str = step["opinion_caption"].strip()
    if caption or step["role"] == "final":
        return caption
    return f"ความเห็น{step['post'].strip()}"


BUILDERS: dict[str, Callable[[Content], Context | None]] = {
    "memo_head": memo_head,
    "opening": opening,
    "plan_table": plan_table,
    "assessment": assessment,
    "status_table": status_table,
    "closing": closing,
    "signoff": signoff,
    "publication": publication,
}
