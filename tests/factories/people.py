"""The cast: the people of a small office, their posts, and one who belongs elsewhere."""

import datetime
import itertools
from dataclasses import dataclass
from typing import Any

from measures.models import (
    ChainPost,
    Division,
    DocumentKind,
    HoldingKind,
    Measure,
    Organisation,
    Post,
    PostHolding,
    ReportingRound,
    Responsibility,
    ResponsibilityKind,
    SignRole,
    Step,
    User,
)
from tests.factories.organisations import make_division, make_organisation, make_post

IN_OFFICE_SINCE = datetime.date(2020, 10, 1)  # the first day of fiscal year 2564

_numbers = itertools.count(1)


def make_user(username: str = "", *, password: str | None = None, **changes: Any) -> User:
    """Return a saved person who can sign in; without ``password`` only through force_login."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "username": username or f"person-{number}",
        "title": "นาย",
        "first_name": f"สมมติ{number}",
        "last_name": "ใจดี",
        "email": f"person-{number}@example.go.th",
    }
    return User.objects.create_user(password=password, **values | changes)


def make_administrator(username: str = "admin", **changes: Any) -> User:
    """Return the administrator of the install."""
    return make_user(username, is_staff=True, is_superuser=True, **changes)


def hold(
    post: Post, user: User, *, kind: str = HoldingKind.SUBSTANTIVE, **changes: Any
) -> PostHolding:
    """Put ``user`` into ``post`` from the start of fiscal year 2564 on.

    Acting kinds need ``substantive_post=``. What ``user`` has read about their own posts before
    is forgotten, so that the holding counts at once.
    """
    values: dict[str, Any] = {"kind": kind, "starts_on": IN_OFFICE_SINCE}
    holding = PostHolding.objects.create(post=post, user=user, **values | changes)
    user.__dict__.pop("_holdings_today", None)
    return holding


@dataclass
class Office:
    """A whole small office: three divisions, seven posts with their holders, a chain of five."""

    organisation: Organisation
    # divisions
    secretariat: Division  # สำนักปลัด
    finance: Division  # กองคลัง
    works: Division  # กองช่าง
    # posts
    staff_post: Post
    finance_post: Post
    coordinator_post: Post
    head_post: Post
    deputy_post: Post
    clerk_post: Post
    mayor_post: Post
    # people
    staff: User  # เจ้าหน้าที่ สำนักปลัด
    finance_staff: User  # เจ้าหน้าที่ กองคลัง
    coordinator: User  # ผู้ประสานงาน, prepares and publishes
    head: User  # หัวหน้าสำนักปลัด
    deputy: User  # รองปลัด
    clerk: User  # ปลัด
    mayor: User  # นายก, decides last
    outsider: User  # holds the coordinator's post of another organisation
    # work
    round: ReportingRound  # 2564, six months, open
    measures: list[Measure]  # 1: สำนักปลัด and กองคลัง; 2: กองคลัง

    @property
    def divisions(self) -> list[Division]:
        """Return the divisions in the office's order."""
        return [self.secretariat, self.finance, self.works]

    @property
    def chain(self) -> list[User]:
        """Return the five who sign, in order."""
        return [self.coordinator, self.head, self.deputy, self.clerk, self.mayor]

    @property
    def chain_posts(self) -> list[Post]:
        """Return the posts of the five, in order."""
        return [
            self.coordinator_post,
            self.head_post,
            self.deputy_post,
            self.clerk_post,
            self.mayor_post,
        ]


CAPTIONS = [
    "",
    "ความเห็นของหัวหน้าสำนักปลัด",
    "ความเห็นของรองปลัด",
    "ความเห็นของปลัด",
    "ความเห็นของนายก",
]


def make_chain(organisation: Organisation, posts: list[Post]) -> list[ChainPost]:
    """Make ``posts`` the chain of both kinds of documents: first prepares, last decides."""
    last = len(posts) - 1
    return [
        ChainPost.objects.create(
            organisation=organisation,
            kind=kind,
            order=at + 1,
            post=post,
            role=SignRole.PREPARER
            if at == 0
            else SignRole.FINAL
            if at == last
            else SignRole.OPINION,
            caption=CAPTIONS[at] if at < len(CAPTIONS) else "",
        )
        for kind in DocumentKind.values
        for at, post in enumerate(posts)
    ]


def make_round(organisation: Organisation, **changes: Any) -> ReportingRound:
    """Return a saved round: the six months of 2564, open since 1 October, due on 31 March."""
    values: dict[str, Any] = {
        "fiscal_year": 2564,
        "months": 6,
        "opens_on": datetime.date(2020, 10, 1),
        "due_on": datetime.date(2021, 3, 31),
    }
    return ReportingRound.objects.create(organisation=organisation, **values | changes)


def make_measure(
    organisation: Organisation,
    *divisions: Division,
    steps: tuple[str, ...] = ("ชี้แจงบุคลากรในการประชุมประจำเดือน", "ติดตามผลทุกไตรมาส"),
    **changes: Any,
) -> Measure:
    """Return a saved measure of 2564 with its steps, for which ``divisions`` are responsible."""
    year = changes.get("fiscal_year", 2564)
    values: dict[str, Any] = {
        "fiscal_year": year,
        "number": 1,
        "title": "ให้ความรู้แก่บุคลากรเรื่องการประเมินคุณธรรมและความโปร่งใส",
        "period_text": f"ตุลาคม {year - 1} - กันยายน {year}",
        "starts_on": datetime.date(year - 544, 10, 1),
        "ends_on": datetime.date(year - 543, 9, 30),
        "monitoring": "รายงานผลรอบ 6 เดือนและ 12 เดือน",
    }
    measure = Measure.objects.create(organisation=organisation, **values | changes)
    for number, text in enumerate(steps, start=1):
        Step.objects.create(measure=measure, number=number, text=text)
    for order, division in enumerate(divisions):
        Responsibility.objects.create(
            measure=measure, kind=ResponsibilityKind.DIVISION, division=division, order=order
        )
    return measure


def make_office(**changes: Any) -> Office:
    """Return a whole small office; ``changes`` are values of its organisation."""
    organisation = make_organisation(**changes)
    secretariat = make_division(organisation, "สำนักปลัด", order=1)
    finance = make_division(organisation, "กองคลัง", order=2)
    works = make_division(organisation, "กองช่าง", order=3)
    posts: dict[str, Post] = {
        "staff": make_post(
            organisation, "เจ้าพนักงานธุรการ", division=secretariat, reports_progress=True, order=7
        ),
        "finance_staff": make_post(
            organisation, "นักวิชาการเงินและบัญชี", division=finance, reports_progress=True, order=6
        ),
        "coordinator": make_post(
            organisation,
            "นักวิเคราะห์นโยบายและแผน",
            division=secretariat,
            coordinates=True,
            administers=True,
            order=5,
        ),
        "head": make_post(organisation, "หัวหน้าสำนักปลัด", division=secretariat, order=4),
        "deputy": make_post(organisation, "รองปลัดองค์การบริหารส่วนตำบล", order=3),
        "clerk": make_post(organisation, "ปลัดองค์การบริหารส่วนตำบล", order=2),
        "mayor": make_post(organisation, organisation.mayor_title(), order=1),
    }
    users: dict[str, User] = {}
    for name, post in posts.items():
        users[name] = make_user(
            f"{organisation.slug}.{name}", email=f"{organisation.slug}.{name}@example.go.th"
        )
        hold(post, users[name])
    elsewhere = make_organisation()
    outsider = make_user(f"{organisation.slug}.outsider")
    hold(make_post(elsewhere, coordinates=True), outsider)
    office = Office(
        organisation=organisation,
        secretariat=secretariat,
        finance=finance,
        works=works,
        staff_post=posts["staff"],
        finance_post=posts["finance_staff"],
        coordinator_post=posts["coordinator"],
        head_post=posts["head"],
        deputy_post=posts["deputy"],
        clerk_post=posts["clerk"],
        mayor_post=posts["mayor"],
        staff=users["staff"],
        finance_staff=users["finance_staff"],
        coordinator=users["coordinator"],
        head=users["head"],
        deputy=users["deputy"],
        clerk=users["clerk"],
        mayor=users["mayor"],
        outsider=outsider,
        round=make_round(organisation),
        measures=[
            make_measure(organisation, secretariat, finance),
            make_measure(organisation, finance, number=2, title="เปิดเผยการจัดซื้อจัดจ้างให้ตรวจสอบได้"),
        ],
    )
    make_chain(organisation, office.chain_posts)
    return office
