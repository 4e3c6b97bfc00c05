"""What needs paper: preview, signing, publishing."""

from typing import Any

from measures.domain.signing import signoffs
from measures.models import DocumentState, Evidence, RenderingPurpose, SignoffStep
from reports import tasks
from tests.factories.flow import current, make_draft, submit
from tests.factories.people import Office
from tests.measures.views.matrix.documents import document_in
from tests.measures.views.matrix.progress import photograph_of_finance
from tests.measures.views.matrix.rows import DECIDES_AS_COORDINATOR, HEAD_DECIDES, Row, answers

NOT_IN_POST = "ท่านไม่ได้ดำรงหรือรักษาการในตำแหน่งหัวหน้าสำนักปลัด ในวันนี้"


def photograph_in_draft(office: Office) -> list[Any]:
    piece = Evidence.objects.get(pk=photograph_of_finance(office)[0])
    return [make_draft(office).pk, piece.sha256]


def step_of_head(office: Office) -> list[Any]:
    return [current(submit(office)).pk]


def paper_that_waits(office: Office) -> list[Any]:
    document = make_draft(office)
    waiting = tasks.ask_for(document, purpose=RenderingPurpose.PREVIEW, by=office.coordinator)
    return [waiting.pk]


def seen_token_of(arguments: list[Any]) -> dict[str, str]:
    step = SignoffStep.objects.get(pk=arguments[0])
    return {"seen": signoffs.seen_token(step.signoff)}


ROWS = {
    "paper:preview": Row(document_in(DocumentState.DRAFT), get=answers(200)),
    # Nothing is committed here, so nothing is drawn: one is led to where the progress is shown.
    "paper:docx": Row(document_in(DocumentState.DRAFT), get=answers(200)),
    "paper:pdf": Row(document_in(DocumentState.DRAFT), get=answers(302)),
    "paper:rendering": Row(paper_that_waits, get=answers(200)),
    "paper:evidence": Row(photograph_in_draft, get=answers(200)),
    "paper:publish": Row(document_in(DocumentState.APPROVED), post=DECIDES_AS_COORDINATOR),
    "paper:signing": Row(step_of_head, get=answers(200)),
    "paper:approve": Row(
        step_of_head, post=HEAD_DECIDES, reason=NOT_IN_POST, typed_from=seen_token_of
    ),
    "paper:return": Row(
        step_of_head, post=HEAD_DECIDES, typed={"reason": "ตัวเลขผิด"}, reason=NOT_IN_POST
    ),
    # The head may not refuse (only the last post), and is told so on the signing page.
    "paper:refuse": Row(
        step_of_head,
        post=answers(403, head=422),
        typed={"reason": "ตัวเลขผิด"},
        reason=NOT_IN_POST,
    ),
}
