"""Documents a careful reader has something to ask about, and one that is let stand."""

from typing import Any

from measures.domain import documents, proofreading
from measures.domain.proofreading import Known, Remark, remarks_in
from measures.models import Document, Waiver
from tests.factories.content import Content, content
from tests.factories.flow import make_draft
from tests.factories.people import Office

REASON = "ตัวเลขนี้คัดลอกจากคำสั่งเดิม จึงคงไว้ตามต้นฉบับ"


def make_draft_with_remark(office: Office, closing: str = "แล้วเสร็จ ๒๕๖4 งาน") -> Document:
    """Return a report that could be submitted but for one remark on its closing text."""
    draft = make_draft(office)
    return documents.edit(draft, by=office.coordinator, version=draft.version, closing=closing)


def only_remark(document: Document) -> Remark:
    """Return the one open remark on the document."""
    (remark,) = proofreading.open_remarks(document)
    return remark


def waive_remark(office: Office, document: Document) -> Waiver:
    """Let the one open remark stand, as the coordinator does."""
    remark = only_remark(document)
    return proofreading.waive(document, remark.fingerprint, by=office.coordinator, reason=REASON)


def entry(**changes: Any) -> Content:
    """Return what one division reported on a measure: under way, with nothing to be remarked."""
    values: Content = {
        "division": "กองคลัง",
        "status": "in_progress",
        "status_note": "",
        "result": "จัดประชุมชี้แจงแล้ว",
        "outcome": "",
        "suggestion": "",
        "evidence": [],
    }
    return values | changes


def link(url: str = "https://example.go.th/procurement") -> Content:
    """Return a link that was given as evidence."""
    return {"kind": "link", "caption": "ประกาศ", "url": url}


def content_saying(
    closing: str = "", *, measures: list[Content] | None = None, memo: Content | None = None
) -> Content:
    """Return a report of 2564 in which only what is given could be remarked."""
    whole = content(measures=measures or [])
    whole["memo"] |= memo or {}
    whole["paragraphs"]["closing"] = [closing]
    return whole


def found_in(whole: Content, rule: str, **known: Any) -> list[tuple[str, str]]:
    """Return place and text of each remark of one rule."""
    return [
        (remark.place, remark.text)
        for remark in remarks_in(whole, Known(**known))
        if remark.rule == rule
    ]
