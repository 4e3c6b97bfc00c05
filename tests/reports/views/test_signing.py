"""The signing page: the three answers, why it is not my turn, and that no opinion is lost."""

import pytest
from django.urls import reverse

from measures.domain.signing import signoffs
from measures.models import Decision, DocumentState, Event, EventVerb, Notice, SignoffStep
from tests.factories.flow import approve_up_to, current, submit

pytestmark = pytest.mark.django_db

OPINION = "เห็นควรอนุมัติ เนื่องจากดำเนินการครบถ้วน"


@pytest.fixture
def step(office) -> SignoffStep:
    """The step of the head, whose turn it is."""
    return current(submit(office))


@pytest.fixture
def last_step(office) -> SignoffStep:
    """The step of the mayor, with everybody else's approval."""
    return current(approve_up_to(office, submit(office), 4))


def address(step: SignoffStep, name: str = "signing") -> str:
    return reverse(f"paper:{name}", args=[step.pk])


def seen(step: SignoffStep) -> str:
    return signoffs.seen_token(SignoffStep.objects.get(pk=step.pk).signoff)


def decision(step: SignoffStep) -> tuple[str, str, str]:
    fresh = SignoffStep.objects.get(pk=step.pk)
    return fresh.decision, fresh.opinion, fresh.reason


def document_of(step: SignoffStep):
    return SignoffStep.objects.get(pk=step.pk).signoff.document


def test_the_page_offers_the_answers_whose_turn_it_is(office, step, as_person):
    page = as_person(office.head).get(address(step))

    text = page.content.decode()
    assert page.context["may_decide"].reason == ""
    assert page.context["opinion_form"]["seen"].value() == seen(step)
    assert f'action="{address(step, "approve")}"' in text
    assert f'action="{address(step, "return")}"' in text
    assert address(step, "refuse") not in text  # the last post's alone


def test_the_last_post_may_refuse(office, last_step, as_person):
    page = as_person(office.mayor).get(address(last_step)).content.decode()

    assert f'formaction="{address(last_step, "refuse")}"' in page


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("deputy", "ท่านไม่ได้ดำรงหรือรักษาการในตำแหน่งหัวหน้าสำนักปลัด ในวันนี้"),
        ("staff", "ท่านไม่ได้ดำรงหรือรักษาการในตำแหน่งหัวหน้าสำนักปลัด ในวันนี้"),
    ],
)
def test_others_read_the_page_and_why_they_cannot_answer(office, step, as_person, who, reason):
    page = as_person(getattr(office, who)).get(address(step))

    text = page.content.decode()
    assert page.status_code == 200
    assert page.context["may_decide"].reason == reason
    assert reason in text
    assert "<textarea" not in text


def test_whose_turn_has_not_come_reads_that(office, step, as_person):
    mine = step.signoff.steps.get(order=3)

    page = as_person(office.deputy).get(address(mine))

    assert page.context["may_decide"].reason in page.content.decode()
    assert "ยังไม่ถึงลำดับ" in page.context["may_decide"].reason


def test_approving_stores_the_opinion_as_typed_and_passes_on(office, step, as_person):
    response = as_person(office.head).post(
        address(step, "approve"), {"opinion": OPINION, "seen": seen(step)}
    )

    assert response["Location"] == reverse("desk:document", args=[step.signoff.document_id])
    assert decision(step) == (Decision.APPROVED, OPINION, "")
    assert current(step.signoff).order == 3


def test_an_opinion_may_be_left_out(office, step, as_person):
    as_person(office.head).post(address(step, "approve"), {"seen": seen(step)})

    assert decision(step) == (Decision.APPROVED, "", "")


def test_the_last_approval_ends_the_signing_and_publishes_nothing(office, last_step, as_person):
    as_person(office.mayor).post(
        address(last_step, "approve"), {"opinion": "อนุมัติ", "seen": seen(last_step)}
    )

    assert document_of(last_step).state == DocumentState.APPROVED
    assert not hasattr(document_of(last_step), "publication")


def test_returning_keeps_the_reason(office, step, as_person):
    as_person(office.head).post(
        address(step, "return"), {"reason": "ตัวเลขหน้า 2 ผิด", "seen": seen(step)}
    )

    assert decision(step) == (Decision.RETURNED, "", "ตัวเลขหน้า 2 ผิด")
    assert document_of(step).state == DocumentState.RETURNED


def test_refusing_keeps_the_reason(office, last_step, as_person):
    as_person(office.mayor).post(
        address(last_step, "refuse"), {"reason": "ไม่เป็นไปตามแผน", "seen": seen(last_step)}
    )

    assert decision(last_step) == (Decision.REFUSED, "", "ไม่เป็นไปตามแผน")
    assert document_of(last_step).state == DocumentState.REFUSED


@pytest.mark.parametrize("answer", ["return", "refuse"])
def test_sending_back_without_a_reason_is_told(office, last_step, as_person, answer):
    response = as_person(office.mayor).post(
        address(last_step, answer), {"reason": " ", "seen": seen(last_step)}
    )

    assert response.status_code == 422
    assert response.context["reason_form"].errors != {}
    assert decision(last_step) == ("", "", "")


def test_refusing_before_the_last_post_is_told_and_the_reason_stays(office, step, as_person):
    response = as_person(office.head).post(
        address(step, "refuse"), {"reason": "ไม่เห็นด้วย", "seen": seen(step)}
    )

    assert response.status_code == 422
    assert response.context["reason_form"]["reason"].value() == "ไม่เห็นด้วย"
    assert decision(step) == ("", "", "")


@pytest.mark.parametrize(
    ("answer", "field", "form"),
    [
        ("approve", "opinion", "opinion_form"),
        ("return", "reason", "reason_form"),
        ("refuse", "reason", "reason_form"),
    ],
)
def test_a_page_that_is_no_longer_true_is_shown_anew_with_the_text(
    office, last_step, as_person, answer, field, form
):
    client = as_person(office.mayor)

    stale = client.post(address(last_step, answer), {field: OPINION, "seen": "of an older page"})

    assert stale.status_code == 422
    assert decision(last_step) == ("", "", "")
    assert stale.context[form][field].value() == OPINION
    assert OPINION in stale.content.decode()
    assert stale.context[form].non_field_errors() == [
        "เอกสารเปลี่ยนไปจากที่ท่านเห็น โปรดเปิดหน้าใหม่ อ่านอีกครั้ง แล้วจึงพิจารณา"
    ]

    again = client.post(
        address(last_step, answer), {field: OPINION, "seen": stale.context[form]["seen"].value()}
    )

    assert again.status_code == 302
    assert OPINION in decision(last_step)


def test_a_decision_without_the_page_that_was_read_is_refused(office, step, as_person):
    """``seen`` proves that the signer had the page; leaving it out must not be a way around."""
    response = as_person(office.head).post(address(step, "approve"), {"opinion": OPINION})

    assert response.status_code == 422
    assert decision(step) == ("", "", "")


@pytest.mark.parametrize(
    ("answer", "typed", "verb"),
    [
        ("approve", {"opinion": OPINION}, EventVerb.FINALLY_APPROVED),
        ("return", {"reason": OPINION}, EventVerb.RETURNED),
        ("refuse", {"reason": OPINION}, EventVerb.REFUSED),
    ],
)
def test_pressing_twice_decides_once(
    office, last_step, as_person, answer, typed, verb, django_capture_on_commit_callbacks
):
    client = as_person(office.mayor)
    typed = typed | {"seen": seen(last_step)}
    told_before = set(Notice.objects.values_list("pk", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        answers = [
            client.post(address(last_step, answer), typed).status_code for _press in range(2)
        ]

    assert answers == [302, 302]
    assert Event.objects.filter(verb=verb).count() == 1
    told = [notice.recipient for notice in Notice.objects.exclude(pk__in=told_before)]
    assert len(told) == len(set(told)) > 0


def test_an_opinion_far_too_long_is_told_and_stays(office, step, as_person):
    long = "ยาว" * 40_000

    response = as_person(office.head).post(
        address(step, "approve"), {"opinion": long, "seen": seen(step)}
    )

    assert response.status_code == 422
    assert response.context["opinion_form"]["opinion"].value() == long
    assert decision(step) == ("", "", "")


def test_an_opinion_on_what_was_recalled_meanwhile_is_shown_once_more(office, step, as_person):
    token = seen(step)
    signoffs.recall(step.signoff, by=office.coordinator)

    response = as_person(office.head).post(
        address(step, "approve"), {"opinion": OPINION, "seen": token}
    )

    assert response.status_code == 403
    assert response.context["typed"] == [OPINION]
    assert OPINION in response.content.decode()
    assert decision(step) == ("", "", "")


def test_the_decisions_so_far_stand_on_the_page(office, step, as_person):
    as_person(office.head).post(
        address(step, "approve"), {"opinion": "เห็นชอบตามเสนอ", "seen": seen(step)}
    )

    page = as_person(office.deputy).get(address(current(step.signoff)))

    assert "เห็นชอบตามเสนอ" in page.content.decode()
    assert office.head.printed_name() in page.content.decode()
