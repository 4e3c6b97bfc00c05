"""The signing line beyond the three answers: the list, the pages of paper, the chain of posts."""

from typing import Any

from measures.domain.signing import chains, signoffs
from measures.models import ChainPost, DocumentKind, SignoffStep
from tests.factories.flow import current, submit
from tests.factories.people import Office
from tests.measures.views.matrix.paper import step_of_head
from tests.measures.views.matrix.rows import WITHOUT_POST, Row, answers

ADMINISTERS_ONLY = "เฉพาะผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเท่านั้น"


def something_waits(office: Office) -> list[Any]:
    current(submit(office))
    return []


def ticked(arguments: list[Any]) -> dict[str, str]:
    step = SignoffStep.objects.filter(decision="").order_by("order").first()
    assert step is not None
    return {"step": str(step.pk), f"seen_{step.pk}": signoffs.seen_token(step.signoff)}


def page_not_drawn(office: Office) -> list[Any]:
    return [*step_of_head(office), 1]


def chain_kept_by_the_head(office: Office) -> list[Any]:
    office.head_post.administers = True
    office.head_post.save()
    return [DocumentKind.PROGRESS_REPORT.value]


def chain_turned_round(arguments: list[Any]) -> dict[str, str]:
    """Return the rows of the chain as the page sends them, the two in the middle exchanged."""
    links = list(ChainPost.objects.filter(kind=arguments[0]).order_by("order"))
    typed = {
        "chain-TOTAL_FORMS": str(len(links)),
        "chain-INITIAL_FORMS": str(len(links)),
        "seen": chains.seen_token(links[0].organisation, arguments[0]),
    }
    for at, link in enumerate(links):
        order = {2: 3, 3: 2}.get(link.order, link.order)
        typed |= {
            f"chain-{at}-order": str(order),
            f"chain-{at}-post": str(link.post_id),
            f"chain-{at}-role": link.role,
            f"chain-{at}-caption": link.caption,
        }
    return typed


NOBODY = dict.fromkeys(("outsider", "postless"), 200)

ROWS = {
    # Everybody has a list of their own; an outsider's is empty, and ticking what belongs to others
    # chooses nothing. Who is not the head is told why; the page is the same.
    "paper:signing_list": Row(
        something_waits,
        get=answers(200) | NOBODY,
        post=answers(422, head=302) | dict.fromkeys(("outsider", "postless"), 422),
        typed_from=ticked,
    ),
    # Nothing is committed here, so nothing is drawn: one is led to where the progress is shown.
    "paper:pages": Row(step_of_head, get=answers(302)),
    "paper:page": Row(
        page_not_drawn,
        get=dict.fromkeys(answers(404), 404) | dict.fromkeys(("anonymous", "inactive"), 302),
    ),
    "desk:chain": Row(
        chain_kept_by_the_head,
        get=answers(403, head=200, coordinator=200, outsider=403) | WITHOUT_POST,
        post=answers(403, head=302, coordinator=302, outsider=403) | WITHOUT_POST,
        reason=ADMINISTERS_ONLY,
        typed_from=chain_turned_round,
    ),
}
