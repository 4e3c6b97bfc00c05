"""Building one office of the demo: divisions, posts, the people in them, the chains."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from measures.domain import records
from measures.models import (
    ChainPost,
    Division,
    DocumentKind,
    Organisation,
    Post,
    PostHolding,
    SignRole,
    User,
)

Data = dict[str, Any]  # one office as in fixtures/demo/*.json

# Before the first round of the demo, so that everything dated later has holders.
FOUNDED_ON = datetime.date(2020, 1, 1)
FOUNDED_AT = datetime.datetime(2020, 1, 1, 9, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))


def moment(text: str) -> datetime.datetime:
    """Return the moment of a Thai wall clock such as ``2021-03-15T09:10``."""
    return timezone.make_aware(datetime.datetime.fromisoformat(text))


@dataclass(frozen=True)
class Office:
    """An office by the short names that its data file uses."""

    organisation: Organisation
    divisions: dict[str, Division]  # by name, sub-units too
    posts: dict[str, Post]  # by account
    people: dict[str, User]  # by account

    def recorder(self, division: Division) -> User:
        """Return who enters progress for a division: its own staff, else the coordinator."""
        for account in ("staff", "finance"):
            own = self.posts[account].division
            if own is not None and own.pk == division.pk:
                return self.people[account]
        return self.coordinator

    @property
    def coordinator(self) -> User:
        """Return who keeps the plan and compiles the reports."""
        return self.people["coordinator"]


def build_office(data: Data, *, hashed_password: str, by: User) -> Office:
    """Store the office of one data file and return it; ``by`` is the install's administrator."""
    organisation = records.save(Organisation(**data["organisation"]), by=by, now=FOUNDED_AT)
    divisions = _build_divisions(data["divisions"], organisation, by)
    posts = {
        post["account"]: records.save(
            Post(
                organisation=organisation,
                division=divisions.get(post.get("division", "")),
                title=post["title"],
                reports_progress=post.get("reports_progress", False),
                coordinates=post.get("coordinates", False),
                administers=post.get("administers", False),
                receives_escalations=post.get("receives_escalations", False),
                order=order,
            ),
            by=by,
            now=FOUNDED_AT,
        )
        for order, post in enumerate(data["posts"], start=1)
    }
    people = _build_people(data, hashed_password, by)
    _build_holdings(data, posts, people, by)
    _build_chains(data["chain"], organisation, posts, by)
    # Read again: nobody keeps what they knew about their posts before they had one.
    people = {account: User.objects.get(pk=person.pk) for account, person in people.items()}
    return Office(organisation, divisions, posts, people)


def set_supervisor(data: Data, office: Office, offices: dict[str, Office], *, by: User) -> None:
    """Store who supervises the office of this data file; ``offices`` are all of them by slug."""
    if "supervisor" in data:
        office.organisation.supervisor = offices[data["supervisor"]].organisation
        records.save(office.organisation, by=by, now=FOUNDED_AT)


def _build_divisions(
    rows: Iterable[Data], organisation: Organisation, by: User
) -> dict[str, Division]:
    divisions = {}
    for order, row in enumerate(rows, start=1):
        division = Division(
            organisation=organisation,
            name=row["name"],
            aliases=row.get("aliases", ""),
            order=order,
        )
        divisions[division.name] = records.save(division, by=by, now=FOUNDED_AT)
        for sub_order, name in enumerate(row.get("sub_units", []), start=1):
            sub_unit = Division(
                organisation=organisation, parent=division, name=name, order=sub_order
            )
            divisions[name] = records.save(sub_unit, by=by, now=FOUNDED_AT)
    return divisions


def _build_people(data: Data, hashed_password: str, by: User) -> dict[str, User]:
    return {
        account: records.save(
            User(
                username=f"{data['account']}.{account}",
                password=hashed_password,
                is_staff=account == "coordinator",  # keeps the office's records in the back office
                **person,
            ),
            by=by,
            now=FOUNDED_AT,
        )
        for account, person in data["people"].items()
    }


def _build_holdings(data: Data, posts: dict[str, Post], people: dict[str, User], by: User) -> None:
    acting_accounts = {row["account"] for row in data["acting"]}
    for account, person in people.items():
        if account not in acting_accounts:
            holding = PostHolding(post=posts[account], user=person, starts_on=FOUNDED_ON)
            records.save(holding, by=by, now=FOUNDED_AT)
    for row in data["acting"]:
        person, own_post = people[row["account"]], posts[row["own_post"]]
        records.save(
            PostHolding(post=own_post, user=person, starts_on=FOUNDED_ON), by=by, now=FOUNDED_AT
        )
        starts_on = datetime.date.fromisoformat(row["starts_on"])
        records.save(
            PostHolding(
                post=posts[row["post"]],
                user=person,
                kind=row["kind"],
                substantive_post=own_post,
                order_number=row["order_number"],
                order_date=datetime.date.fromisoformat(row["order_date"]),
                starts_on=starts_on,
            ),
            by=by,
            now=moment(f"{row['starts_on']}T09:00"),
        )


def _build_chains(
    rows: list[Data], organisation: Organisation, posts: dict[str, Post], by: User
) -> None:
    for kind in DocumentKind:
        for order, row in enumerate(rows, start=1):
            link = ChainPost(
                organisation=organisation,
                kind=kind,
                order=order,
                post=posts[row["post"]],
                role=SignRole(row["role"]),
                caption=row.get("caption", ""),
            )
            records.save(link, by=by, now=FOUNDED_AT)
