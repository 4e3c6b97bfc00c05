"""Who gets which answer at every address of the desk; a new address without a row here fails."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from measures.domain import evidence, proofreading, rounds, signoffs
from measures.domain.progress import entries_of
from measures.models import Document, DocumentState, Evidence, RenderingPurpose, SignoffStep
from reports import tasks
from tests.factories.flow import current, make_draft, make_in_state, submit
from tests.factories.people import Office
from tests.factories.pictures import photograph_with_place
from tests.factories.proofreading import make_draft_with_remark, waive_remark
from tests.measures.views.roles import (
    NOT_SIGNED_IN,
    OFFICE_ROLES,
    ROLES,
    STRANGERS,
    Cast,
    everything_stored,
    make_cast,
    patterns,
)

pytestmark = pytest.mark.django_db

COORDINATOR_ONLY = "เฉพาะผู้ประสานงาน (ผู้รวบรวมแผนและรายงาน) ของหน่วยงานเท่านั้น"
FINANCE_ONLY = "รายการนี้เป็นของกองคลัง เฉพาะเจ้าหน้าที่ของส่วนราชการนั้นหรือผู้ประสานงานจึงบันทึกได้"
NOT_IN_POST = "ท่านไม่ได้ดำรงหรือรักษาการในตำแหน่งหัวหน้าสำนักปลัด ในวันนี้"

Scene = Callable[[Office], list[Any]]


def answers(everybody: int, **others: int) -> dict[str, int]:
    """Return the status for each role: the office's people alike unless named."""
    found = dict.fromkeys(OFFICE_ROLES, everybody)
    found |= dict.fromkeys(STRANGERS, 404) | dict.fromkeys(NOT_SIGNED_IN, 302)
    return found | {"superuser": everybody} | others


def wrong_method() -> dict[str, int]:
    return dict.fromkeys(ROLES, 405)


@dataclass
class Row:
    """What is at one address: how it is reached, and who gets which answer."""

    scene: Scene
    get: dict[str, int] = field(default_factory=wrong_method)
    post: dict[str, int] = field(default_factory=wrong_method)
    typed: dict[str, str] = field(default_factory=dict)
    reason: str = COORDINATOR_ONLY  # what a refused person of the office reads


def nothing(office: Office) -> list[Any]:
    return []


def open_round(office: Office) -> list[Any]:
    return [office.round.pk]


def closed_round(office: Office) -> list[Any]:
    rounds.close_round(office.round, by=office.coordinator)
    return [office.round.pk]


def entry_of_finance(office: Office) -> list[Any]:
    return [entry.pk for entry in entries_of(office.round) if entry.division == office.finance][:1]


def photograph_of_finance(office: Office) -> list[Any]:
    entry = next(entry for entry in entries_of(office.round) if entry.division == office.finance)
    upload = SimpleUploadedFile("photo.jpg", photograph_with_place())
    piece = evidence.attach_file(
        entry, by=office.finance_staff, upload=upload, caption="ภาพการประชุมชี้แจง"
    )
    return [piece.pk]


def photograph_in_draft(office: Office) -> list[Any]:
    piece = Evidence.objects.get(pk=photograph_of_finance(office)[0])
    return [make_draft(office).pk, piece.sha256]


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


def step_of_head(office: Office) -> list[Any]:
    return [current(submit(office)).pk]


def paper_that_waits(office: Office) -> list[Any]:
    document = make_draft(office)
    waiting = tasks.ask_for(document, purpose=RenderingPurpose.PREVIEW, by=office.coordinator)
    return [waiting.pk]


COORDINATES = answers(403, coordinator=302, superuser=302)
DECIDES_AS_COORDINATOR = answers(403, coordinator=302)  # the administrator of the install does not
HEAD_DECIDES = answers(403, head=302)
WITHOUT_POST = {"postless": 404, "superuser": 404}

MATRIX = {
    "desk:start": Row(nothing, get=answers(200, outsider=200, postless=200)),
    "desk:round_new": Row(
        nothing,
        get=answers(403, coordinator=200, outsider=200, **WITHOUT_POST),
        post=answers(403, coordinator=302, outsider=302, **WITHOUT_POST),
        typed={
            "fiscal_year": "2564",
            "months": "12",
            "opens_on": "2021-04-01",
            "due_on": "2021-09-30",
        },
    ),
    "desk:round": Row(open_round, get=answers(200)),
    "desk:round_dates": Row(
        open_round,
        post=COORDINATES,
        typed={"opens_on": "2020-10-01", "due_on": "2021-04-15"},
    ),
    "desk:round_close": Row(open_round, post=COORDINATES),
    "desk:round_reopen": Row(closed_round, post=COORDINATES, typed={"reason": "รายงานยังไม่ครบ"}),
    "desk:round_compile": Row(open_round, post=COORDINATES),
    "desk:entry": Row(
        entry_of_finance,
        get=answers(200),
        post=answers(403, finance_staff=302, coordinator=302, superuser=302),
        typed={"version": "0", "status": "done", "result": "จัดประชุมแล้ว"},
        reason=FINANCE_ONLY,
    ),
    "desk:evidence_add": Row(
        entry_of_finance,
        post=answers(403, finance_staff=302, coordinator=302, superuser=302),
        typed={"caption": "ข่าว", "url": "https://example.go.th/news"},
        reason=FINANCE_ONLY,
    ),
    "desk:evidence_remove": Row(
        photograph_of_finance,
        post=answers(403, finance_staff=302, coordinator=302, superuser=302),
        reason=FINANCE_ONLY,
    ),
    "desk:evidence_file": Row(photograph_of_finance, get=answers(200)),
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
        draft_with_remark, post=DECIDES_AS_COORDINATOR, typed={"reason": "ตามต้นฉบับ"}
    ),
    "desk:remark_withdraw": Row(draft_with_waiver, post=DECIDES_AS_COORDINATOR),
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
    "paper:preview": Row(document_in(DocumentState.DRAFT), get=answers(200)),
    # Nothing is committed here, so nothing is drawn: one is led to where the progress is shown.
    "paper:docx": Row(document_in(DocumentState.DRAFT), get=answers(200)),
    "paper:pdf": Row(document_in(DocumentState.DRAFT), get=answers(302)),
    "paper:rendering": Row(paper_that_waits, get=answers(200)),
    "paper:evidence": Row(photograph_in_draft, get=answers(200)),
    "paper:publish": Row(document_in(DocumentState.APPROVED), post=DECIDES_AS_COORDINATOR),
    "paper:signing": Row(step_of_head, get=answers(200)),
    "paper:approve": Row(step_of_head, post=HEAD_DECIDES, reason=NOT_IN_POST),
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
NAMES = sorted(MATRIX)


@pytest.fixture
def cast() -> Cast:
    """The cast."""
    return make_cast()


def ask(cast: Cast, name: str, method: str, role: str, arguments: list[Any]) -> HttpResponse:
    typed = dict(MATRIX[name].typed)
    if method == "post" and name == "paper:approve":
        typed["seen"] = seen_token_of(arguments)
    if name in ("desk:remark_waive", "desk:remark_withdraw"):
        typed["remark"] = remark_of(arguments)
    address = reverse(name, args=arguments)
    return getattr(cast.client(role), method)(address, typed if method == "post" else None)


def seen_token_of(arguments: list[Any]) -> str:
    step = SignoffStep.objects.get(pk=arguments[0])
    return signoffs.seen_token(step.signoff)


def remark_of(arguments: list[Any]) -> str:
    (reviewed,) = proofreading.remarks_of(Document.objects.get(pk=arguments[0]))
    return reviewed.remark.fingerprint


def test_every_address_has_its_row():
    assert sorted(patterns()) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_gets_its_answer(cast, name, method):
    row = MATRIX[name]
    arguments = row.scene(cast.office)
    before = everything_stored()
    found, changed, reasons = {}, set(), {}

    for role in ROLES:
        with transaction.atomic():
            response = ask(cast, name, method, role, arguments)
            found[role] = response.status_code
            if method == "post" and everything_stored() != before:
                changed.add(role)
            if response.status_code == 403:
                reasons[role] = response.context["reason"]
                assert response.context["reason"] in response.content.decode()
            if response.status_code == 302 and role in NOT_SIGNED_IN:
                assert response["Location"].startswith("/accounts/login/?next=/desk/")
            if response.streaming:
                response.getvalue()  # reads the file to its end, which closes it
            transaction.set_rollback(True)

    expected = getattr(row, method)
    assert found == expected
    assert changed == {role for role in ROLES if method == "post" and allowed(expected, role)}
    assert set(reasons.values()) <= {row.reason}


def allowed(expected: dict[str, int], role: str) -> bool:
    """Return whether a writing answer sends this person on, which it does once it has written."""
    return expected[role] == 302 and role not in NOT_SIGNED_IN


@pytest.mark.parametrize("name", NAMES)
def test_reading_answers_head_like_get(cast, name):
    row = MATRIX[name]
    address = reverse(name, args=row.scene(cast.office))

    response = cast.client("coordinator").head(address)

    assert response.status_code == row.get["coordinator"]
    assert response.getvalue() == b"" or response.status_code == 405


@pytest.mark.parametrize("name", [name for name in NAMES if patterns()[name].pattern.converters])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_does_not_exist_looks_like_what_belongs_to_others(cast, name, method):
    """Neither the status nor the page tells a stranger that a number is taken."""
    arguments = MATRIX[name].scene(cast.office)
    typed = MATRIX[name].typed if method == "post" else None
    stranger = cast.client("outsider")

    others, missing = (
        getattr(stranger, method)(reverse(name, args=each), typed)
        for each in (arguments, [987_654_321, *arguments[1:]])
    )

    assert others.status_code == missing.status_code
    assert without_token(others) == without_token(missing)


def without_token(response: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())


def test_a_post_that_has_ended_opens_nothing(cast):
    document = make_draft(cast.office)
    holding = cast.office.coordinator.holdings.get()
    holding.ends_on = holding.starts_on
    holding.save()

    response = cast.client("coordinator").post(reverse("desk:document_submit", args=[document.pk]))

    assert response.status_code == 404
    assert Document.objects.get(pk=document.pk).state == DocumentState.DRAFT
