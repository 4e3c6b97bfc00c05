"""The small parts that several screens show."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template

from measures.domain.public import PublicFigure, PublicSigner
from measures.models import SignoffStep
from measures.templatetags import components
from tests.factories.content import signer


def _step(order, decision="", *, role="opinion", outcome=""):
    step = SimpleNamespace(
        order=order,
        post=SimpleNamespace(title=f"ตำแหน่งที่ {order}"),
        role=role,
        caption="",
        decision=decision,
        opinion="",
        reason="",
        decided_at=None,
        signer_name="",
        signer_rank="",
        position_lines=[],
        signoff=SimpleNamespace(outcome=outcome),
    )
    step.is_decided = lambda: SignoffStep.is_decided(step)
    return step


def _classes(*steps):
    return [step.css_class for step in components.signoff_timeline(steps)["steps"]]


@pytest.mark.parametrize(
    ("status", "text"),
    [
        ("not_started", "ยังไม่ดำเนินการ"),
        ("in_progress", "อยู่ระหว่างดำเนินการ"),
        ("done", "ดำเนินการเสร็จเรียบร้อยแล้ว"),
        ("late", "เลยกำหนด"),
        ("locked", "แก้ไขไม่ได้"),
    ],
)
def test_status_badge_says_the_status_in_words(status, text):
    html = Template("{% load components %}{% status_badge status %}").render(
        Context({"status": status})
    )

    assert html.strip() == f'<span class="status {status}">{text}</span>'


def test_status_badge_refuses_a_status_without_words():
    with pytest.raises(KeyError):
        components.status_badge("sleeping")


def test_progress_figure_draws_what_it_says():
    figure = PublicFigure(measures=8, done=2, in_progress=4, not_started=2, percent_done=25)

    values = components.progress_figure(figure)

    assert (values["done_end"], values["in_progress_end"]) == (25, 75)


def test_progress_figure_of_no_measures_is_an_empty_bar():
    figure = {"measures": 0, "done": 0, "in_progress": 0, "not_started": 0, "percent_done": 0}

    values = components.progress_figure(figure)

    assert (values["done_end"], values["in_progress_end"]) == (0, 0)


def test_breadcrumb_links_all_but_this_page():
    assert components.breadcrumb("หน้าแรก", "/", "อบต.", "/a/", "ปี ๒๕๖๔") == {
        "trail": [("หน้าแรก", "/"), ("อบต.", "/a/")],
        "here": "ปี ๒๕๖๔",
    }


def test_breadcrumb_refuses_a_label_without_address():
    with pytest.raises(ValueError, match="shorter"):
        components.breadcrumb("หน้าแรก", "/", "อบต.", "ปี ๒๕๖๔")


def test_timeline_marks_the_first_undecided_post_as_the_one_whose_turn_it_is():
    assert _classes(_step(2), _step(1, "signed", role="preparer"), _step(3)) == [
        "signed",
        "turn",
        "waiting",
    ]


def test_timeline_of_a_returned_document_waits_for_nobody():
    assert _classes(_step(1, "signed", role="preparer"), _step(2, "returned"), _step(3)) == [
        "signed",
        "returned",
        "waiting",
    ]


def test_timeline_of_a_recalled_document_waits_for_nobody():
    assert _classes(
        _step(1, "signed", role="preparer", outcome="recalled"), _step(2, outcome="recalled")
    ) == ["signed", "waiting"]


def test_timeline_says_approved_of_the_last_post_alone():
    steps = [_step(1, "approved"), _step(2, "approved", role="final")]

    texts = [step.decision_text for step in components.signoff_timeline(steps)["steps"]]

    assert texts == ["เห็นชอบ", "อนุมัติ"]


def test_published_timeline_shows_the_capacity_in_which_somebody_signed():
    content = signer(
        1,
        decision="approved",
        signer_name="นางสมมติหญิง น้ำคำ",
        position_lines=["รองปลัด รักษาราชการแทน", "ปลัด"],
        signed_at="2021-03-31T09:05:00+07:00",
    )

    html = Template("{% load components %}{% published_timeline signers %}").render(
        Context({"signers": [PublicSigner.of(content)]})
    )

    assert "นางสมมติหญิง น้ำคำ" in html
    assert "รองปลัด รักษาราชการแทน" in html
    assert "๓๑ มี.ค. ๒๕๖๔ เวลา ๐๙.๐๕ น." in html
