"""Several documents at once: each through every rule, each refusal told, the others go through."""

import pytest
from django.urls import reverse

from measures.domain import documents
from measures.domain.signing import signoffs
from measures.models import HoldingKind, Signoff, SignoffStep
from tests.factories.answered_plans import answer_last_year
from tests.factories.flow import REASON, current, end_holdings, make_draft
from tests.factories.people import hold

pytestmark = pytest.mark.django_db

LIST = "/desk/signing/"


@pytest.fixture
def steps(office) -> list[SignoffStep]:
    """The head's steps of the report and of the plan, both waiting."""
    answer_last_year(office.organisation)
    report = signoffs.submit(make_draft(office), by=office.coordinator)
    plan = documents.compile_plan(office.organisation, 2564, by=office.coordinator)
    return [current(report), current(signoffs.submit(plan, by=office.coordinator))]


def ticked(*steps, **typed):
    chosen = {"step": [step.pk for step in steps]}
    for step in steps:
        signoff = Signoff.objects.get(pk=step.signoff_id)
        chosen[f"seen_{step.pk}"] = signoffs.seen_token(signoff)
    return chosen | typed


def decided(steps):
    return [SignoffStep.objects.get(pk=step.pk).decision for step in steps]


def test_the_list_holds_what_waits_for_the_person_alone(office, steps, as_person):
    assert [row.step for row in as_person(office.head).get(LIST).context["rows"]] == steps
    assert as_person(office.deputy).get(LIST).context["rows"] == []


def test_one_opinion_approves_all_that_were_ticked(office, steps, as_person):
    response = as_person(office.head).post(LIST, ticked(*steps, opinion="เห็นควรอนุมัติ"))

    assert response["Location"] == LIST
    assert decided(steps) == ["approved", "approved"]
    assert {SignoffStep.objects.get(pk=step.pk).opinion for step in steps} == {"เห็นควรอนุมัติ"}


def test_what_was_not_ticked_is_left_alone(office, steps, as_person):
    as_person(office.head).post(LIST, ticked(steps[1]))

    assert decided(steps) == ["", "approved"]


def test_one_that_is_refused_is_told_and_the_others_go_through(office, steps, as_person):
    typed = ticked(*steps, opinion="เห็นชอบ")
    typed[f"seen_{steps[0].pk}"] = "of an older page"

    page = as_person(office.head).post(LIST, typed)

    assert page.status_code == 422
    assert decided(steps) == ["", "approved"]
    assert [outcome.step for outcome in page.context["refused"]] == [steps[0]]
    text = page.content.decode()
    assert "เอกสารเปลี่ยนไปจากที่ท่านเห็น" in text
    assert "ลงนามแล้ว ๑ ฉบับ" in text
    assert page.context["form"]["opinion"].value() == "เห็นชอบ"


def test_document_without_its_token_is_refused(office, steps, as_person):
    as_person(office.head).post(LIST, {"step": [steps[0].pk]})

    assert decided(steps) == ["", ""]


def test_what_was_recalled_meanwhile_is_told(office, steps, as_person):
    typed = ticked(*steps)
    signoffs.recall(steps[0].signoff, by=office.coordinator)

    page = as_person(office.head).post(LIST, typed)

    assert decided(steps) == ["", "approved"]
    assert "สิ้นสุดแล้ว (เรียกคืน)" in page.context["refused"][0].refusal


def test_ticking_what_others_sign_is_refused_with_the_reason(office, steps, as_person):
    page = as_person(office.deputy).post(LIST, ticked(steps[0]))

    assert decided(steps) == ["", ""]
    assert "ท่านไม่ได้ดำรงหรือรักษาการในตำแหน่งหัวหน้าสำนักปลัด" in page.context["refused"][0].refusal


def test_ticking_what_belongs_to_another_office_says_nothing_of_it(office, steps, as_person):
    page = as_person(office.outsider).post(LIST, ticked(steps[0]))

    assert decided(steps) == ["", ""]
    assert (page.context["refused"], page.context["nothing_chosen"]) == ([], True)


def test_nothing_ticked_is_told(office, steps, as_person):
    page = as_person(office.head).post(LIST, {"opinion": "เห็นชอบ"})

    assert "ยังไม่ได้เลือกเอกสาร" in page.content.decode()
    assert decided(steps) == ["", ""]


def test_the_list_says_for_which_posts_one_signs(office, steps, as_person):
    end_holdings(office.deputy_post)
    hold(
        office.deputy_post,
        office.head,
        kind=HoldingKind.ACTING_FOR,
        substantive_post=office.head_post,
    )

    rows = as_person(office.head).get(LIST).context["rows"]

    assert [row.posts for row in rows] == [[office.head_post.title, office.deputy_post.title]] * 2


def test_there_is_no_bulk_return(office, steps, as_person):
    page = as_person(office.head).get(LIST).content.decode()

    assert REASON not in page
    assert reverse("paper:return", args=[steps[0].pk]) not in page
