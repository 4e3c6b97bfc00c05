"""Handing a post over: holding, duties and permits move in one act, and the list is frozen."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_portal.thai.dates import full_date
from measures import notifications, permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.hashes import sha256_of
from measures.domain.recording import late_permits
from measures.domain.staffing import appointments, duties
from measures.models import (
    ChainPost,
    DocumentKind,
    EventVerb,
    Handover,
    HoldingKind,
    NoticeKind,
    Organisation,
    Post,
    PostHolding,
    ProgressEntry,
    User,
)
from measures.permissions import Allowed, Answer, Denied

SCHEMA_VERSION = 1
Content = dict[str, Any]


def can_read(user: User, handover: Handover) -> Answer:
    """Whether ``user`` reads this handover: the two of it, and who keeps people and posts."""
    organisation = handover.organisation
    if permissions.can_order_acting(user, organisation):
        return Allowed()
    if user.pk in (handover.from_user_id, handover.to_user_id):
        return permissions.can_see(user, organisation)
    return Denied(_("เฉพาะผู้ส่งมอบ ผู้รับมอบ ผู้ประสานงาน และผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเท่านั้น"))


def readable_by(user: User, organisation: Organisation) -> Any:
    """Return the handovers of the office that ``user`` may read, newest first."""
    found = Handover.objects.visible_to(user).filter(organisation=organisation)
    if not permissions.can_order_acting(user, organisation):
        found = found.filter(Q(from_user=user) | Q(to_user=user))
    return found.select_related("post", "from_user", "to_user")


def receivers(holding: PostHolding) -> list[User]:
    """Return who can take this post over: people of the office whose account is on."""
    return [
        person
        for person in appointments.people_of(holding.post.organisation)
        if person.pk != holding.user_id
    ]


@transaction.atomic
def hand_over(
    post: Post,
    *,
    from_user: User,
    to_user: User,
    takes_effect_on: datetime.date,
    by: User,
    now: datetime.datetime | None = None,
) -> Handover:
    """Move the post from one person to the next from a day on, with everything open in it.

    The old holding ends the day before, and with it what its holder acts in out of this post; the
    new one starts. Leave to report late that names the old holder is given to the new one as well.
    The list is frozen as it stood, logged, and both are told. The same handover twice is returned
    as it is. Raises NotAllowed for people who do not administer, and Invalid, changing nothing,
    where the post would be left to nobody.
    """
    # Whoever records holds the entry and then waits for the office: taken the other way round, the
    # two would wait for each other.
    named = duties.permits_of(post, from_user, on=takes_effect_on).values("entry")
    list(ProgressEntry.objects.select_for_update().filter(pk__in=named).order_by("pk"))
    organisation = appointments.hold_office(post.organisation)
    permissions.can_administer(by, organisation).or_raise()
    same = Handover.objects.filter(
        post=post, from_user=from_user, to_user=to_user, takes_effect_on=takes_effect_on
    ).first()
    if same is not None:
        return same
    today = timezone.localdate(now)
    _refuse_nobody(from_user, to_user)
    if takes_effect_on < today:
        raise Invalid(_("วันรับมอบต้องเป็นวันนี้หรือหลังจากนี้ เพราะสิ่งที่ทำไปแล้วทำในนามผู้ดำรงตำแหน่งเดิม"))
    holding = _held(post, from_user, takes_effect_on)
    content = _content(holding, to_user, takes_effect_on, by=by, today=today)
    appointments.appoint(
        post, to_user, starts_on=takes_effect_on, by=by, ends_earlier=True, now=now
    )
    for permit in duties.permits_of(post, from_user, on=takes_effect_on):
        # Until the day it is still needed; from then on its holder reports for nobody here.
        late_permits.pass_on(permit, to_user, by=by, at_once=takes_effect_on <= today, now=now)
    handover = Handover.objects.create(
        organisation=organisation,
        post=post,
        from_user=from_user,
        to_user=to_user,
        takes_effect_on=takes_effect_on,
        content=content,
        content_sha256=sha256_of(content),
        handed_at=now or timezone.now(),
        handed_by=by,
    )
    _log(handover, now=now)
    _tell(handover, now=now)
    return handover


def _refuse_nobody(from_user: User, to_user: User) -> None:
    if to_user == from_user:
        raise Invalid(_("ผู้รับมอบต้องไม่ใช่ผู้ส่งมอบ โปรดเลือกผู้อื่น"))
    if not to_user.is_active:
        raise Invalid(
            _("บัญชีของ%(person)sถูกระงับอยู่ โปรดเลือกผู้รับมอบที่ใช้งานระบบได้") % {"person": to_user}
        )


def _held(post: Post, user: User, takes_effect_on: datetime.date) -> PostHolding:
    """Return the holding that is handed over; acting orders end by themselves and are not."""
    day_before = takes_effect_on - appointments.ONE_DAY
    holding = (
        PostHolding.objects.current(on=day_before)
        .filter(post=post, user=user, kind=HoldingKind.SUBSTANTIVE)
        .select_related("post__organisation", "post__division", "user")
        .first()
    )
    if holding is None:
        raise Invalid(
            _("%(person)sไม่ได้ดำรงตำแหน่ง%(post)s ในวันที่ %(day)s จึงส่งมอบไม่ได้ โปรดตรวจวันรับมอบ")
            % {"person": user, "post": post.title, "day": full_date(day_before)}
        )
    return holding


# What is frozen and printed --------------------------------------------------------------------


def _content(
    holding: PostHolding,
    to_user: User,
    takes_effect_on: datetime.date,
    *,
    by: User,
    today: datetime.date,
) -> Content:
    post = holding.post
    organisation = post.organisation
    return {
        "schema_version": SCHEMA_VERSION,
        "organisation": {
            "name": organisation.name,
            "short_name": organisation.short_name,
            "tambon": organisation.tambon,
            "amphoe": organisation.amphoe,
            "changwat": organisation.changwat,
            "phone": organisation.phone,
            "document_prefix": organisation.document_prefix,
            "emblem": organisation.emblem.name or None,
            "has_leaders": organisation.has_leaders,
        },
        "division": post.division.name if post.division else "",
        "post": post.title,
        "from": _person(holding.user, [post.title]),
        "to": _person(to_user, _own_titles(to_user, organisation, today) or [post.title]),
        "witness": _superior(post, takes_effect_on),
        "takes_effect_on": takes_effect_on.isoformat(),
        "handed_on": today.isoformat(),
        "by": str(by),
        "duties": [duty.frozen() for duty in duties.open_duties(post, holding.user, on=today)],
    }


def _person(user: User, position_lines: list[str]) -> Content:
    return {
        "name": user.printed_name(),
        "shown_name": str(user),
        "rank": user.rank,
        "position_lines": position_lines,
    }


def _own_titles(user: User, organisation: Organisation, day: datetime.date) -> list[str]:
    held = PostHolding.objects.current(on=day).filter(
        user=user, post__organisation=organisation, kind=HoldingKind.SUBSTANTIVE
    )
    return list(held.order_by("post__order").values_list("post__title", flat=True)[:1])


def _superior(post: Post, day: datetime.date) -> Content | None:
    """Return who stands above the post in the line of the office; None at its head.

    A post outside the line answers to the first that gives an opinion, its own division's before.
    """
    line = list(
        ChainPost.objects.filter(
            organisation=post.organisation, kind=DocumentKind.PROGRESS_REPORT
        ).select_related("post")
    )
    places = [place for place, link in enumerate(line) if link.post_id == post.pk]
    if places:
        above = line[places[0] + 1 :]
    else:
        above = [link for link in line if link.role == "opinion"] or line[-1:]
        above.sort(key=lambda link: link.post.division_id != post.division_id)
    if not above:
        return None
    superior = above[0].post
    holding = superior.holder_on(day)
    if holding is None:
        return {"name": "", "shown_name": "", "rank": "", "position_lines": [superior.title]}
    return _person(holding.user, holding.position_lines())


# What moves ------------------------------------------------------------------------------------


def _log(handover: Handover, *, now: datetime.datetime | None) -> None:
    content = handover.content
    events.record(
        EventVerb.HANDED_OVER,
        handover.post,
        by=handover.handed_by,
        organisation=handover.organisation,
        data={
            "from": content["from"]["shown_name"],
            "to": content["to"]["shown_name"],
            "takes_effect_on": content["takes_effect_on"],
            "duties": count_of(content),
            "handover_id": handover.pk,
            "content_sha256": handover.content_sha256,
        },
        now=now,
    )


def _tell(handover: Handover, *, now: datetime.datetime | None) -> None:
    facts = {
        "post": handover.content["post"],
        "giver": handover.content["from"]["shown_name"],
        "receiver": handover.content["to"]["shown_name"],
        "day": full_date(handover.takes_effect_on),
        "count": count_of(handover.content),
    }
    notifications.tell(
        [handover.from_user, handover.to_user],
        organisation=handover.organisation,
        kind=NoticeKind.DUTIES,
        key=f"handover-{handover.pk}",
        subject=_("ส่งมอบงานตำแหน่ง%(post)s") % facts,
        body=_(
            "%(giver)sส่งมอบงานตำแหน่ง%(post)sให้%(receiver)s ตั้งแต่วันที่ %(day)s "
            "มีงานที่ยังค้าง %(count)s รายการ โปรดตรวจรายการและพิมพ์บันทึกการส่งมอบเพื่อลงนาม"
        )
        % facts,
        path=reverse("desk:handover", args=[handover.pk]),
        now=now,
    )


def count_of(content: Content) -> int:
    """Return how many open things a handover names."""
    return sum(len(duty["items"]) for duty in content["duties"])
