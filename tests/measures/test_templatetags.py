"""The small parts that several screens show."""

import pytest
from django.template import Context, Template

from measures.domain.publishing.public import PublicSigner
from measures.domain.publishing.public_measures import PublicFigure
from measures.domain.signing import signoffs
from measures.models import ChainPost, Signoff
from measures.templatetags import components
from tests.factories.content import signer
from tests.factories.flow import REASON, approve_up_to, current, end_holdings, submit


def _timeline(signoff):
    return components.signoff_timeline(Signoff.objects.get(pk=signoff.pk).steps.all())["steps"]


def _classes(signoff):
    return [step.css_class for step in _timeline(signoff)]


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


def test_timeline_marks_the_first_undecided_post_as_the_one_whose_turn_it_is(office):
    signoff = submit(office)

    assert _classes(signoff) == ["signed", "turn", "waiting", "waiting", "waiting"]
    turn = _timeline(signoff)[1]
    assert (turn.is_turn, turn.since, turn.needs_order) == (
        True,
        signoff.steps.get(order=1).decided_at,
        False,
    )


def test_timeline_of_a_returned_document_waits_for_nobody(office):
    signoff = submit(office)
    signoffs.return_for_correction(current(signoff), by=office.head, reason=REASON)

    assert _classes(signoff) == ["signed", "returned", "waiting", "waiting", "waiting"]


def test_timeline_of_a_recalled_document_waits_for_nobody(office):
    signoff = submit(office)
    signoffs.recall(signoff, by=office.coordinator)

    assert _classes(signoff) == ["signed", "waiting", "waiting", "waiting", "waiting"]


def test_timeline_says_approved_of_the_last_post_alone(office):
    signoff = approve_up_to(office, submit(office), 5)

    texts = [step.decision_text for step in _timeline(signoff)]
    assert texts == ["ลงนามผู้จัดทำ", "เห็นชอบ", "เห็นชอบ", "เห็นชอบ", "อนุมัติ"]


def test_timeline_shows_a_post_that_was_passed_by_where_it_stood(office):
    ChainPost.objects.filter(post=office.deputy_post).update(is_skipped_when_vacant=True)
    signoff = submit(office)
    end_holdings(office.deputy_post)
    signoffs.approve(current(signoff), by=office.head)

    assert _classes(signoff) == ["signed", "approved", "skipped", "turn", "waiting"]
    skipped = _timeline(signoff)[2]
    assert (skipped.decision_text, skipped.signer_name) == ("ข้าม: ตำแหน่งว่าง", "")


def test_timeline_says_that_a_vacant_post_needs_an_order(office):
    signoff = submit(office)
    end_holdings(office.head_post)

    html = Template("{% load components %}{% signoff_timeline steps %}").render(
        Context({"steps": signoff.steps.all()})
    )

    assert html.count("ตำแหน่งว่าง ต้องมีคำสั่งรักษาการก่อนจึงพิจารณาได้") == 1


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
