"""Documents and the remarks on them."""

from typing import Any

from measures.domain import proofreading
from measures.models import Document, DocumentState
from tests.factories.flow import make_in_state
from tests.factories.people import Office
from tests.factories.proofreading import make_draft_with_remark, waive_remark
from tests.measures.views.matrix.rows import (
    COORDINATES,
    DECIDES_AS_COORDINATOR,
    Row,
    Scene,
    answers,
)


def document_in(state: str) -> Scene:
    def scene(office: Office) -> list[Any]:
        return [make_in_state(office, state).pk]

    return scene


def draft_with_remark(office: Office) -> list[Any]:
    return [make_draft_with_remark(office).pk]


def draft_with_waiver(office: Office) -> list[Any]:
    document = make_draft_with_remark(office)
    waive_remark(office, document)
    return [document.pk]


def remark_of(arguments: list[Any]) -> dict[str, str]:
    (reviewed,) = proofreading.remarks_of(Document.objects.get(pk=arguments[0]))
    return {"remark": reviewed.remark.fingerprint}


ROWS = {
    "desk:document": Row(document_in(DocumentState.DRAFT), get=answers(200)),
    "desk:document_edit": Row(
        document_in(DocumentState.DRAFT),
        get=answers(403, coordinator=200, superuser=200),
        post=COORDINATES,
        typed={
            "version": "1",
            "dated": "2021-03-31",
            "office": "สำนักปลัด",
            "subject": "รายงานผลรอบหกเดือน",
            "addressee": "นายก",
            "opening": "ตามที่",
            "closing": "จึงเรียนมา",
            "layout": "memo_status",
        },
    ),
    "desk:document_submit": Row(document_in(DocumentState.DRAFT), post=DECIDES_AS_COORDINATOR),
    "desk:remark_waive": Row(
        draft_with_remark,
        post=DECIDES_AS_COORDINATOR,
        typed={"reason": "ตามต้นฉบับ"},
        typed_from=remark_of,
    ),
    "desk:remark_withdraw": Row(
        draft_with_waiver, post=DECIDES_AS_COORDINATOR, typed_from=remark_of
    ),
    "desk:document_recall": Row(document_in(DocumentState.IN_SIGNOFF), post=DECIDES_AS_COORDINATOR),
    "desk:document_reopen": Row(
        document_in(DocumentState.APPROVED),
        post=DECIDES_AS_COORDINATOR,
        typed={"reason": "พบตัวเลขผิด"},
    ),
    "desk:document_correct": Row(
        document_in(DocumentState.PUBLISHED),
        post=DECIDES_AS_COORDINATOR,
        typed={"reason": "พบตัวเลขผิด"},
    ),
}
