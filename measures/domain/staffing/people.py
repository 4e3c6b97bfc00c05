"""The people of an office on one page: who is in which post, and what is about to go wrong."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from measures.domain.staffing import second_factors
from measures.domain.staffing.second_factors import SIGNING_ROLES
from measures.models import ChainPost, Division, Invitation, Organisation, Post, PostHolding, User

SOON = datetime.timedelta(days=30)


@dataclass(frozen=True)
class PostState:
    """One post: who holds or acts in it today, who will, who did, and who is invited."""

    post: Post
    unit: Division | None  # the division that reports for the post's own
    today: list[PostHolding]  # acting holders first: they sign
    coming: list[PostHolding]
    ended: list[PostHolding]
    invitations: list[Invitation]

    def accounts(self) -> set[int]:
        """Return the ids of the people who can sign in for this post today."""
        return {holding.user_id for holding in self.today if holding.user.is_active}


@dataclass(frozen=True)
class DivisionState:
    """The posts of one division and its sub-units; None: those of no division."""

    division: Division | None
    posts: list[PostState]


@dataclass
class Warnings:
    """What needs somebody's hand, by kind; empty lists are fine."""

    units_without: list[Division] = field(default_factory=list)
    units_with_one: list[Division] = field(default_factory=list)
    signers_vacant: list[Post] = field(default_factory=list)
    signers_with_one: list[Post] = field(default_factory=list)
    reporters_vacant: list[Post] = field(default_factory=list)
    ending: list[PostHolding] = field(default_factory=list)
    unproved: list[User] = field(default_factory=list)  # lack the second factor they need

    def are_urgent(self) -> bool:
        """Return whether work stands still, or will within days, unless something is done."""
        return bool(
            self.units_without
            or self.signers_vacant
            or self.reporters_vacant
            or self.ending
            or self.unproved
        )


@dataclass(frozen=True)
class People:
    """The whole page."""

    divisions: list[DivisionState]
    warnings: Warnings


def people_of(organisation: Organisation, on: datetime.date | None = None) -> People:
    """Return the posts of the office with their people, by division, and the warnings.

    The number of queries does not depend on how many there are.
    """
    day = on or timezone.localdate()
    holdings: dict[int, list[PostHolding]] = defaultdict(list)
    rows = PostHolding.objects.of_organisation(organisation).select_related(
        "user", "post", "substantive_post"
    )
    for holding in rows.order_by("-starts_on", "pk"):
        holdings[holding.post_id].append(holding)
    waiting: dict[int, list[Invitation]] = defaultdict(list)
    for invitation in Invitation.objects.waiting().of_organisation(organisation):
        waiting[invitation.post_id].append(invitation)
    posts = Post.objects.of_organisation(organisation).select_related("division")
    units = _units(organisation)
    states = [
        _state_of(post, units.get(post.division_id), holdings[post.pk], waiting[post.pk], day)
        for post in posts
    ]
    return People(_by_division(states), _warnings(organisation, states, day))


def _units(organisation: Organisation) -> dict[int | None, Division]:
    """Return the reporting division of each division, by its id, read at once."""
    divisions = {
        division.pk: division for division in Division.objects.of_organisation(organisation)
    }

    def unit_of(division: Division) -> Division:
        return unit_of(divisions[division.parent_id]) if division.parent_id else division

    return {pk: unit_of(division) for pk, division in divisions.items()}


def _state_of(
    post: Post,
    unit: Division | None,
    holdings: list[PostHolding],
    waiting: list[Invitation],
    day: datetime.date,
) -> PostState:
    today, coming, ended = [], [], []
    for holding in holdings:
        if holding.starts_on > day:
            coming.append(holding)
        elif holding.ends_on is not None and holding.ends_on < day:
            ended.append(holding)
        else:
            today.append(holding)
    today.sort(key=lambda holding: not holding.is_acting())
    return PostState(post, unit, today, coming, ended, waiting)


def _by_division(states: list[PostState]) -> list[DivisionState]:
    groups: dict[Division | None, list[PostState]] = defaultdict(list)
    for state in states:
        groups[state.unit].append(state)
    order = sorted(groups, key=lambda unit: (unit is not None, unit.order if unit else 0))
    return [DivisionState(unit, groups[unit]) for unit in order]


def _warnings(organisation: Organisation, states: list[PostState], day: datetime.date) -> Warnings:
    found = Warnings()
    chain = ChainPost.objects.filter(organisation=organisation)
    signing = dict(chain.filter(role__in=SIGNING_ROLES).values_list("post_id", "role"))
    in_chain = set(chain.values_list("post_id", flat=True))
    _warn_of_units(found, organisation, states)
    for state in states:
        count = len(state.accounts())
        if state.post.pk in in_chain and count == 0:
            found.signers_vacant.append(state.post)
        elif state.post.pk in in_chain and count == 1:
            found.signers_with_one.append(state.post)
        if state.post.reports_progress and count == 0:
            found.reporters_vacant.append(state.post)
        found.ending.extend(
            holding
            for holding in state.today
            if holding.ends_on is not None and holding.ends_on - day <= SOON
        )
    found.ending.sort(key=lambda holding: holding.ends_on or day)
    if organisation.mfa_required_from is not None:
        needing = {
            holding.user
            for state in states
            if state.post.administers or state.post.pk in signing
            for holding in state.today
            if holding.user.is_active
        }
        proved = second_factors.owners(needing)
        found.unproved = sorted(
            (user for user in needing if user.pk not in proved), key=lambda user: user.pk
        )
    return found


def _warn_of_units(found: Warnings, organisation: Organisation, states: list[PostState]) -> None:
    """Find the units that nobody, or only one account, can report for."""
    accounts: dict[int, set[int]] = defaultdict(set)
    for state in states:
        if state.unit is not None and state.post.reports_progress:
            accounts[state.unit.pk] |= state.accounts()
    for unit in Division.objects.of_organisation(organisation).reporting():
        if not accounts[unit.pk]:
            found.units_without.append(unit)
        elif len(accounts[unit.pk]) == 1:
            found.units_with_one.append(unit)


@dataclass(frozen=True)
class PersonState:
    """One person of the office, for the page about them."""

    person: User
    holdings: list[PostHolding]
    has_second_factor: bool
    needs_second_factor_from: datetime.date | None


def person_in(organisation: Organisation, person: User) -> PersonState:
    """Return what the office may see of one of its people: the holdings here, and the account."""
    holdings = PostHolding.objects.filter(user=person, post__organisation=organisation)
    return PersonState(
        person=person,
        holdings=list(
            holdings.select_related("post__organisation", "substantive_post").order_by("-starts_on")
        ),
        has_second_factor=second_factors.is_set_up(person),
        needs_second_factor_from=second_factors.required_from(person),
    )
