"""Whatever chain an office has and whoever presses what, a sign-off stays in order."""

import contextlib
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures import permissions
from measures.domain import documents
from measures.domain.hashes import sha256_of
from measures.domain.signing import signoffs
from measures.models import (
    ChainPost,
    Document,
    DocumentKind,
    DocumentState,
    HoldingKind,
    Post,
    Signoff,
    SignoffOutcome,
    SignoffStep,
    SignRole,
    User,
)
from measures.permissions import NotAllowed
from tests.factories.answered_plans import answer_last_year
from tests.factories.flow import end_holdings, fresh
from tests.factories.organisations import make_division, make_organisation, make_post
from tests.factories.people import hold, make_administrator, make_measure, make_user

pytestmark = pytest.mark.django_db

PEOPLE = 4  # fewer than posts, so that one person often stands in two places
VERBS = ("submit", "approve", "return", "refuse", "recall", "reopen", "vacate", "act")
ENDED_AS = {
    SignoffOutcome.APPROVED: "approved",
    SignoffOutcome.RETURNED: "returned",
    SignoffOutcome.REFUSED: "refused",
}


@dataclass
class World:
    """A small office with a drawn chain, and its document."""

    document: Document
    people: list[User]
    texts: dict[str, object] = field(default_factory=dict)
    frozen: dict[int, str] = field(default_factory=dict)


links = st.fixed_dictionaries(
    {
        "holder": st.none() | st.integers(0, PEOPLE - 1),
        "acting": st.none() | st.integers(0, PEOPLE - 1),
        "is_skipped_when_vacant": st.booleans(),
        "has_preparer_first": st.booleans(),
    }
)
moves = st.tuples(st.sampled_from(VERBS), st.integers(0, PEOPLE), st.integers(0, 6))


def make_world(chain):
    organisation = make_organisation()
    division = make_division(organisation)
    people = [make_user() for _number in range(PEOPLE)]
    desk = make_post(organisation, "ผู้ประสานงาน", coordinates=True, division=division)
    hold(desk, people[0])
    hold(desk, people[1])
    make_measure(organisation, division)
    for order, link in enumerate(chain, start=1):
        # The first post of the chain is sometimes the coordinator's own desk.
        post = (
            desk
            if order == 1 and link["has_preparer_first"] and len(chain) > 1
            else make_post(organisation, f"ตำแหน่งที่ {order}")
        )
        fill(post, link, people, desk)
        role = SignRole.OPINION
        if order == len(chain):
            role = SignRole.FINAL
        elif order == 1:
            role = SignRole.PREPARER
        ChainPost.objects.create(
            organisation=organisation,
            kind=DocumentKind.PLAN,
            order=order,
            post=post,
            role=role,
            is_skipped_when_vacant=link["is_skipped_when_vacant"],
        )
    answer_last_year(organisation)
    document = documents.compile_plan(organisation, 2564, by=people[0])
    everybody = [*people, make_administrator("administrator")]
    return World(document, everybody, texts=texts_of(document))


def texts_of(document):
    """What the document says and whose it is: nothing of it changes on the way up the line."""
    stored = Document.objects.values().get(pk=document.pk)
    moved = ("state", "version", "updated_at", "updated_by_id")
    return {name: value for name, value in stored.items() if name not in moved}


def fill(post: Post, link, people, desk):
    if post == desk:
        return
    if link["holder"] is not None:
        hold(post, people[link["holder"]])
    if link["acting"] is not None:
        hold(
            post,
            people[link["acting"]],
            kind=HoldingKind.ACTING_FOR,
            substantive_post=desk,
        )


def press(world, verb, person, position):
    document = Document.objects.get(pk=world.document.pk)
    by = fresh(world.people[person])
    if verb in ("vacate", "act"):
        return change_holdings(document, verb, world.people[person], position)
    signoff = document.signoffs.order_by("-attempt").first()
    if verb == "submit":
        return signoffs.submit(document, by=by)
    if verb == "reopen":
        return documents.reopen(document, by=by, reason="แก้ไข")
    if signoff is None:
        return None
    if verb == "recall":
        return signoffs.recall(signoff, by=by)
    steps = signoff.ordered_steps()
    # Half of the presses aim at the step whose turn it is, so that chains are walked to the end.
    step = (signoff.current_step() if position % 2 else None) or steps[position % len(steps)]
    if verb == "approve":
        return signoffs.approve(step, by=by, opinion="เห็นชอบ")
    if verb == "return":
        return signoffs.return_for_correction(step, by=by, reason="แก้ไข")
    return signoffs.refuse(step, by=by, reason="ไม่อนุมัติ")


def change_holdings(document, verb, person, position):
    """Leave a post of the chain vacant from today, or put somebody into it by an order to act."""
    links = document.organisation.chain.filter(kind=document.kind).order_by("order")
    post = links[position % len(links)].post
    if verb == "vacate":
        return end_holdings(post)
    return appoint(post, person)


def appoint(post, person):
    holding = post.holdings.filter(user=person, kind=HoldingKind.ACTING_FOR).first()
    if holding is not None:
        holding.ends_on = None
        holding.save()
        return holding
    own = make_post(post.organisation, f"ตำแหน่งของ {person.pk} แทน {post.pk}")
    return hold(post, person, kind=HoldingKind.ACTING_FOR, substantive_post=own)


def check(world):
    document = Document.objects.get(pk=world.document.pk)
    all_signoffs = list(document.signoffs.order_by("attempt"))
    running = [signoff for signoff in all_signoffs if signoff.is_running()]

    assert texts_of(document) == world.texts
    assert [signoff.attempt for signoff in all_signoffs] == [*range(1, len(all_signoffs) + 1)]
    assert len(running) == (1 if document.state == DocumentState.IN_SIGNOFF else 0)
    for signoff in all_signoffs:
        kept = world.frozen.setdefault(signoff.pk, signoff.content_sha256)
        assert sha256_of(signoff.content) == signoff.content_sha256 == kept
        assert signoff.submitted_by_id in {person.pk for person in world.people}
        check_steps(signoff)
    for person in world.people:
        check_queue(fresh(person))
    if all_signoffs and not running:
        check_state_after(document, all_signoffs[-1])


def check_steps(signoff):
    steps = signoff.ordered_steps()
    decided = [step for step in steps if step.is_decided()]
    sent_back = [step for step in decided if step.decision in ("returned", "refused")]

    assert [step.role for step in steps].count(SignRole.FINAL) == 1
    assert steps[-1].role == SignRole.FINAL
    assert decided == steps[: len(decided)]
    assert [step.reason != "" for step in decided] == [step in sent_back for step in decided]
    if signoff.is_running() or signoff.outcome == SignoffOutcome.RECALLED:
        assert sent_back == []
        assert len(decided) < len(steps)
    else:
        assert decided[-1].decision == ENDED_AS[SignoffOutcome(signoff.outcome)]
        assert sent_back == ([] if signoff.outcome == "approved" else [decided[-1]])
        assert (len(decided) == len(steps)) or signoff.outcome == "returned"
    makers = {signoff.submitted_by} | {
        step.decided_by for step in decided if step.role == SignRole.PREPARER
    }
    if steps[-1].is_decided():
        assert steps[-1].decided_by not in makers
    for step in decided:
        assert step.post.holdings.filter(user=step.decided_by, kind=step.capacity).exists()


def check_queue(person):
    steps = SignoffStep.objects.order_by("pk")
    assert list(steps.awaiting(person)) == [
        step for step in steps if permissions.can_decide(person, step)
    ]


def check_state_after(document, last):
    allowed = {
        "approved": {"approved", "draft"},
        "returned": {"returned"},
        "refused": {"refused", "draft"},
        "recalled": {"draft"},
    }
    assert document.state in allowed[last.outcome]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    chain=st.lists(links, min_size=1, max_size=6),
    presses=st.lists(moves, min_size=5, max_size=30),
)
def test_any_chain_and_any_presses_leave_signoffs_in_order(chain, presses):
    with transaction.atomic():
        world = make_world(chain)
        for verb, person, position in presses:
            with contextlib.suppress(NotAllowed):
                press(world, verb, person, position)
            check(world)
        transaction.set_rollback(True)


@pytest.mark.parametrize("length", range(1, 7))
def test_chain_of_any_length_is_walked_to_its_end(length):
    link = {"acting": None, "is_skipped_when_vacant": False, "has_preparer_first": True}
    chain = [{**link, "holder": 2 + number % 2} for number in range(length)]
    world = make_world(chain)
    signoff = signoffs.submit(world.document, by=world.people[0])

    while (step := Signoff.objects.get(pk=signoff.pk).current_step()) is not None:
        signers = [person for person in world.people if permissions.can_decide(fresh(person), step)]
        signoffs.approve(step, by=fresh(signers[0]))
        check(world)

    assert Document.objects.get(pk=world.document.pk).state == "approved"
    assert signoff.steps.exclude(decision="").count() == length


def walk_to_the_end(world, ending):
    """Let whoever may decide do so, with an order to act where nobody may; return the sign-off."""
    helper = make_user()
    document = Document.objects.get(pk=world.document.pk)
    signoff = document.signoffs.order_by("-attempt").first()
    world.people.append(helper)
    for _step in range(20):  # more than any chain has
        signoff = Signoff.objects.get(pk=signoff.pk)
        step = signoff.current_step()
        if step is None:
            return signoff
        able = [each for each in world.people if permissions.can_decide(fresh(each), step)]
        if not able:
            appoint(step.post, helper)
            able = [helper]
        if ending == "recalled":
            with contextlib.suppress(NotAllowed):
                signoffs.recall(signoff, by=fresh(signoff.submitted_by))
                continue
        if ending == "refused" and step.role == SignRole.FINAL:
            signoffs.refuse(step, by=fresh(able[0]), reason="ไม่อนุมัติ")
        else:
            signoffs.approve(step, by=fresh(able[0]), opinion="เห็นชอบ")
        check(world)
    raise AssertionError("the line has no end")


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    chain=st.lists(links, min_size=1, max_size=6),
    presses=st.lists(moves, max_size=15),
    ending=st.sampled_from(["approved", "refused", "recalled"]),
)
def test_whatever_happened_a_running_signoff_can_be_brought_to_exactly_one_end(
    chain, presses, ending
):
    with transaction.atomic():
        world = make_world(chain)
        for verb, person, position in presses:
            with contextlib.suppress(NotAllowed):
                press(world, verb, person, position)
        running = Signoff.objects.running().filter(document=world.document).first()
        if running is not None:
            ended = walk_to_the_end(world, ending)
            assert ended.outcome in {"approved", ending}
            check(world)
        transaction.set_rollback(True)
