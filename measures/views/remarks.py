"""The remarks on a document, as the pages that show the document need them."""

from dataclasses import dataclass

from measures import permissions
from measures.domain import proofreading
from measures.domain.content import Content
from measures.domain.proofreading import Remark, Reviewed
from measures.forms.proofreading import WaiverForm
from measures.models import Document
from measures.views import kept_texts
from measures.views.access import DeskRequest

# The pages that show remarks, by the word their forms send to come back to.
PAGES = {"document": "desk:document", "preview": "paper:preview"}


@dataclass(frozen=True)
class Panel:
    """What ``desk/proofreading/_remarks.html`` shows beside a document."""

    page: str
    document: Document
    open_remarks: list[tuple[Remark, WaiverForm]]
    waived: list[Reviewed]
    may_waive: permissions.Answer


def panel(
    request: DeskRequest, document: Document, *, page: str, content: Content | None = None
) -> Panel:
    """Return the remarks on a document for one of ``PAGES``; once it has left the desk, waivers.

    ``content`` spares building it where the page has it.
    """
    reviewed = proofreading.remarks_of(document, content)
    kept = kept_texts.take(request)
    return Panel(
        page=page,
        document=document,
        open_remarks=[
            (each.remark, _form(each.remark, kept)) for each in reviewed if each.waiver is None
        ]
        if document.is_editable()
        else [],
        waived=[each for each in reviewed if each.waiver is not None],
        may_waive=permissions.can_waive(request.user, document),
    )


def _form(remark: Remark, kept: dict[str, str]) -> WaiverForm:
    """Return an empty form, or with what was typed here before the session had run out."""
    is_kept = kept.get("remark") == remark.fingerprint
    return WaiverForm(
        auto_id=f"id_{remark.fingerprint[:12]}_%s",
        initial={"reason": kept["reason"]} if is_kept and "reason" in kept else None,
    )
