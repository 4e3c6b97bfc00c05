"""Who is told: people who are at the office today, found by what they hold or have done."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from measures import permissions
from measures.models import Organisation, Post, PostHolding, Signoff, SignoffStep, User


def present(
    people: Iterable[User], organisation: Organisation, on: datetime.date | None = None
) -> list[User]:
    """Return those of ``people`` who have an account and hold a post of this office on the day."""
    there = set(
        PostHolding.objects.current(on)
        .filter(post__organisation=organisation, user__is_active=True)
        .values_list("user_id", flat=True)
    )
    by_key = {person.pk: person for person in people if person.pk in there}
    return [by_key[key] for key in sorted(by_key)]


def holders(posts: Iterable[Post], on: datetime.date | None = None) -> list[User]:
    """Return those who hold or act in these posts on the day and have an account."""
    people = User.objects.filter(
        pk__in=PostHolding.objects.current(on).filter(post__in=list(posts)).values("user"),
        is_active=True,
    )
    return list(people.order_by("pk"))


def coordinators(organisation: Organisation, on: datetime.date | None = None) -> list[User]:
    """Return who coordinates the office on the day."""
    return holders(Post.objects.filter(organisation=organisation, coordinates=True), on)


def reporters_by_division(
    organisation: Organisation, on: datetime.date | None = None
) -> defaultdict[int, list[User]]:
    """Return who reports for each division on the day, by the division's number."""
    holdings = (
        PostHolding.objects.of_organisation(organisation)
        .current(on)
        .filter(post__reports_progress=True, user__is_active=True)
        .select_related("user", "post__division__parent")
        .order_by("user_id")
    )
    found: defaultdict[int, list[User]] = defaultdict(list)
    for holding in holdings:
        assert holding.post.division is not None  # a constraint of reporting posts
        people = found[holding.post.division.reporting_division().pk]
        if holding.user not in people:
            people.append(holding.user)
    return found


def deciders(step: SignoffStep) -> list[User]:
    """Return who may decide at this step now: holders of its post, short of the maker at the end.

    They hold the post and are told to sign, so exactly those whom the signing page lets sign.
    """
    return [person for person in holders([step.post]) if permissions.can_decide(person, step)]


def next_post(signoff: Signoff, step: SignoffStep | None) -> list[User]:
    """Return who may decide next; nobody once the sign-off has ended."""
    turn = signoff.current_step()
    return deciders(turn) if turn is not None else []


def waiting_post(signoff: Signoff, step: SignoffStep | None) -> list[User]:
    """Return the holders of the post that was to decide next, of an ended sign-off too."""
    undecided = [each for each in signoff.ordered_steps() if not each.is_decided()]
    return holders([undecided[0].post]) if undecided else []


def submitter(signoff: Signoff, step: SignoffStep | None) -> list[User]:
    """Return who sent the document up the line."""
    return [signoff.submitted_by]


def submitter_and_coordinators(signoff: Signoff, step: SignoffStep | None) -> list[User]:
    """Return those in whose hands the document is once the line has done with it."""
    return [signoff.submitted_by, *coordinators(signoff.document.organisation)]


def everybody_behind_it(signoff: Signoff, step: SignoffStep | None) -> list[User]:
    """Return submitter, coordinators, and those who have signed this passage already."""
    signed = [each.decided_by for each in signoff.ordered_steps() if each.decided_by is not None]
    return [*submitter_and_coordinators(signoff, step), *signed]
