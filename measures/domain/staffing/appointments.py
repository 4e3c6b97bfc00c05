"""Who holds or acts in a post, from when to when: appointing, ordering to act, ending."""

import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_portal.thai.dates import full_date
from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.staffing import administrators, order_files
from measures.domain.staffing.order_files import KeptOrder
from measures.domain.texts import cleaned
from measures.models import EventVerb, HoldingKind, Organisation, Post, PostHolding, User
from measures.models.people import PostHoldingQuerySet
from measures.permissions import Answer

ONE_DAY = datetime.timedelta(days=1)
ACTING_KINDS = frozenset(set(HoldingKind) - {HoldingKind.SUBSTANTIVE})


def hold_office(organisation: Organisation) -> Organisation:
    """Return the organisation's row, held until the transaction ends.

    The log holds the same row: who changes people waits here once, and nowhere else.
    """
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def may_end(by: User, holding: PostHolding) -> Answer:
    """Whether ``by`` may end this holding: who administers; acting orders, who enters them too."""
    organisation = holding.post.organisation
    if holding.is_acting() and not holding.post.administers:
        return permissions.can_order_acting(by, organisation)
    return permissions.can_administer(by, organisation)


def people_of(organisation: Organisation) -> "list[User]":
    """Return the people who hold, held or will hold a post here and whose account is on."""
    people = User.objects.filter(is_active=True, holdings__post__organisation=organisation)
    return list(people.order_by("first_name", "last_name", "pk").distinct())


# Appointing --------------------------------------------------------------------------------------


@transaction.atomic
def appoint(
    post: Post,
    user: User,
    *,
    starts_on: datetime.date,
    by: User,
    ends_on: datetime.date | None = None,
    ends_earlier: bool = False,
    now: datetime.datetime | None = None,
) -> PostHolding:
    """Put a person of the office into a post from a day on, and log it.

    Where somebody else holds it then, Invalid says who and until when; with ``ends_earlier`` that
    holding ends the day before instead. The same appointment twice is returned as it is.
    """
    organisation = hold_office(post.organisation)
    permissions.can_administer(by, organisation).or_raise()
    _refuse_stranger(user, organisation, by)
    return place(
        post, user, starts_on=starts_on, by=by, ends_on=ends_on, ends_earlier=ends_earlier, now=now
    )


def place(
    post: Post,
    user: User,
    *,
    starts_on: datetime.date,
    by: User,
    ends_on: datetime.date | None = None,
    ends_earlier: bool = False,
    now: datetime.datetime | None = None,
) -> PostHolding:
    """Do the appointing, for a verb that has asked who may and holds the organisation."""
    same = PostHolding.objects.filter(
        post=post, user=user, kind=HoldingKind.SUBSTANTIVE, starts_on=starts_on, ends_on=ends_on
    ).first()
    if same is not None:
        return same
    with administrators.kept(post.organisation):
        clear_the_way(
            post,
            starts_on=starts_on,
            ends_on=ends_on,
            by=by,
            ends_earlier=ends_earlier,
            for_user=user,
            now=now,
        )
        holding = PostHolding(post=post, user=user, starts_on=starts_on, ends_on=ends_on)
        return _store(holding, by=by, now=now)


def clear_the_way(
    post: Post,
    *,
    starts_on: datetime.date,
    by: User,
    ends_on: datetime.date | None = None,
    ends_earlier: bool = False,
    for_user: User | None = None,
    now: datetime.datetime | None = None,
) -> None:
    """Raise Invalid where the post is held in these days, or end the earlier holding before."""
    overlapping = PostHolding.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on), post=post, kind=HoldingKind.SUBSTANTIVE
    ).select_related("user", "post__organisation", "substantive_post")
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    for earlier in overlapping.order_by("starts_on"):
        can_end_before = earlier.starts_on < starts_on and earlier.user != for_user
        if not (ends_earlier and can_end_before):
            raise Invalid(_already_held(earlier, can_end_before))
        _end(earlier, starts_on - ONE_DAY, by=by, now=now)


def _already_held(holding: PostHolding, can_end_before: bool) -> str:
    """Return who holds the post, from when to when, and the way out."""
    until = (
        _("ถึงวันที่ %(day)s") % {"day": full_date(holding.ends_on)}
        if holding.ends_on
        else _("โดยยังไม่กำหนดวันสิ้นสุด")
    )
    taken = _("%(person)sดำรงตำแหน่ง%(post)s ตั้งแต่วันที่ %(since)s %(until)s") % {
        "person": holding.user,
        "post": holding.post,
        "since": full_date(holding.starts_on),
        "until": until,
    }
    if can_end_before:
        return f"{taken} " + _("โปรดเลือก “ให้ผู้ดำรงตำแหน่งเดิมพ้นในวันก่อนหน้า” หรือเปลี่ยนวันเริ่ม")
    return f"{taken} " + _("โปรดเปลี่ยนวันเริ่ม หรือสิ้นสุดการดำรงตำแหน่งนั้นก่อน")


def _refuse_stranger(user: User, organisation: Organisation, by: User) -> None:
    """Raise Invalid for a person of another office, who has to be invited, and for one shut out."""
    if not user.is_active:
        raise Invalid(_("บัญชีของ%(person)sถูกระงับอยู่ โปรดเปิดบัญชีก่อน") % {"person": user})
    is_own = user.holdings.filter(post__organisation=organisation).exists()
    if not is_own and not by.is_superuser:
        raise Invalid(_("%(person)sไม่ใช่คนของหน่วยงานนี้ โปรดส่งคำเชิญแทน") % {"person": user})


def _store(holding: PostHolding, *, by: User, now: datetime.datetime | None) -> PostHolding:
    try:
        holding.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    holding.save()
    log(EventVerb.APPOINTED, holding, by=by, before=None, after=facts_of(holding), now=now)
    return holding


# Acting ------------------------------------------------------------------------------------------


@transaction.atomic
def order_acting(
    post: Post,
    user: User,
    *,
    kind: str,
    substantive_post: Post | None,
    order_number: str,
    order_date: datetime.date | None,
    starts_on: datetime.date,
    file: "File[bytes] | None",
    by: User,
    ends_on: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> PostHolding:
    """Enter an order to act in a post, once, with the order itself as a PDF, and log it.

    The person acts out of the own post, held on all those days. Only who runs the install, taking
    over orders of old, may leave the file out. The same order twice is returned as it is.
    """
    organisation = hold_office(post.organisation)
    permissions.can_order_acting(by, organisation).or_raise()
    if post.administers:  # nobody gives oneself the keys by an order
        permissions.can_administer(by, organisation).or_raise()
    order_number = cleaned(order_number, label=_("เลขที่คำสั่ง"), required=True, longest=50)
    if kind not in ACTING_KINDS:
        raise Invalid(_("โปรดเลือกลักษณะการรักษาการ"))
    if order_date is None or order_date > timezone.localdate(now):
        raise Invalid(_("โปรดกรอกวันที่ของคำสั่ง ซึ่งต้องไม่อยู่หลังวันนี้"))
    if substantive_post is None:
        raise Invalid(_("โปรดเลือกตำแหน่งจริงของผู้รักษาการ"))
    _refuse_stranger(user, organisation, by)
    _refuse_without_own_post(post, user, substantive_post, starts_on, ends_on)
    existing = _acting_in(post, user, starts_on, ends_on).first()
    if existing is not None:
        is_same = (existing.kind, existing.order_number, existing.starts_on, existing.ends_on) == (
            kind,
            order_number,
            starts_on,
            ends_on,
        )
        if is_same:
            return existing
        raise Invalid(
            _("%(person)sรักษาการในตำแหน่งนี้ในช่วงเวลานั้นอยู่แล้ว ตามคำสั่งที่ %(order)s")
            % {"person": user, "order": existing.order_number or "-"}
        )
    if file is None and not by.is_superuser:
        raise Invalid(_("โปรดแนบคำสั่งเป็นไฟล์ PDF"))
    kept = order_files.keep(file, organisation) if file is not None else KeptOrder()
    holding = PostHolding(
        post=post,
        user=user,
        kind=kind,
        substantive_post=substantive_post,
        order_number=order_number,
        order_date=order_date,
        order_file=kept.path,
        order_file_sha256=kept.sha256,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return _store(holding, by=by, now=now)


def _acting_in(
    post: Post, user: User, starts_on: datetime.date, ends_on: datetime.date | None
) -> PostHoldingQuerySet:
    """Return this person's acting holdings of the post in these days."""
    rows = PostHolding.objects.exclude(kind=HoldingKind.SUBSTANTIVE).filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on), post=post, user=user
    )
    return rows.filter(starts_on__lte=ends_on) if ends_on else rows


def _refuse_without_own_post(
    post: Post,
    user: User,
    own_post: Post,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
) -> None:
    """Raise Invalid unless the person holds ``own_post``, another one, on all days of the order."""
    if own_post.organisation_id != post.organisation_id:
        raise Invalid(_("“%(linked)s” เป็นของหน่วยงานอื่น โปรดเลือกของหน่วยงานนี้") % {"linked": own_post})
    if own_post == post:
        raise Invalid(_("ตำแหน่งจริงของผู้รักษาการต้องไม่ใช่ตำแหน่งที่รักษาการ"))
    own = (
        PostHolding.objects.current(on=starts_on)
        .filter(post=own_post, user=user, kind=HoldingKind.SUBSTANTIVE)
        .first()
    )
    if own is None:
        raise Invalid(
            _("%(person)sไม่ได้ดำรงตำแหน่ง%(post)s ในวันที่ %(day)s โปรดเลือกตำแหน่งจริงของผู้รักษาการ")
            % {"person": user, "post": own_post, "day": full_date(starts_on)}
        )
    if own.ends_on is not None and (ends_on is None or ends_on > own.ends_on):
        raise Invalid(
            _("%(person)sดำรงตำแหน่ง%(post)s ถึงวันที่ %(day)s โปรดให้การรักษาการสิ้นสุดไม่เกินวันนั้น")
            % {"person": user, "post": own_post, "day": full_date(own.ends_on)}
        )


# Ending ------------------------------------------------------------------------------------------


@transaction.atomic
def end_holding(
    holding: PostHolding,
    *,
    ends_on: datetime.date,
    by: User,
    now: datetime.datetime | None = None,
) -> PostHolding:
    """Let a holding end on a day, which may be in the future: it is held through that day.

    What the person acts in out of this post ends the same day. A last day that is still to come
    can be moved; the same day twice changes nothing. Raises Invalid where nobody would administer
    the office afterwards.
    """
    organisation = hold_office(holding.post.organisation)
    holding = PostHolding.objects.select_related("post__organisation", "user").get(pk=holding.pk)
    may_end(by, holding).or_raise()
    if holding.ends_on == ends_on:
        return holding
    if ends_on < holding.starts_on:
        raise Invalid(_("วันสิ้นสุดต้องไม่อยู่ก่อนวันเริ่ม (%(day)s)") % {"day": full_date(holding.starts_on)})
    if holding.ends_on is not None and holding.ends_on < timezone.localdate(now):
        raise Invalid(
            _("การดำรงตำแหน่งนี้สิ้นสุดไปแล้วเมื่อวันที่ %(day)s จึงเปลี่ยนไม่ได้")
            % {"day": full_date(holding.ends_on)}
        )
    if holding.ends_on is not None and ends_on > holding.ends_on:
        _refuse_prolonging(holding, ends_on)
    with administrators.kept(organisation):
        _end(holding, ends_on, by=by, now=now)
    return holding


def _refuse_prolonging(holding: PostHolding, ends_on: datetime.date) -> None:
    """Raise Invalid where the post, or what the person acts out of, is not free until then."""
    if holding.substantive_post is not None:
        _refuse_without_own_post(
            holding.post, holding.user, holding.substantive_post, holding.starts_on, ends_on
        )
        return
    following = PostHolding.objects.filter(
        post=holding.post,
        kind=HoldingKind.SUBSTANTIVE,
        starts_on__gt=holding.starts_on,
        starts_on__lte=ends_on,
    ).select_related("user", "post")
    later = following.order_by("starts_on").first()
    if later is not None:
        raise Invalid(_already_held(later, can_end_before=False))


def _end(
    holding: PostHolding,
    ends_on: datetime.date,
    *,
    by: User,
    now: datetime.datetime | None,
) -> None:
    before = facts_of(holding)
    holding.ends_on = ends_on
    holding.save(update_fields=["ends_on"])
    log(EventVerb.HOLDING_ENDED, holding, by=by, before=before, after=facts_of(holding), now=now)
    if holding.is_acting():
        return
    resting = PostHolding.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=ends_on),
        user=holding.user_id,
        substantive_post=holding.post_id,
    ).select_related("post", "user", "substantive_post")
    for acting in resting:
        if acting.starts_on > max(ends_on, timezone.localdate(now)):
            take_out(acting, by=by, now=now)
        else:
            _end(acting, max(ends_on, acting.starts_on), by=by, now=now)


def take_out(holding: PostHolding, *, by: User, now: datetime.datetime | None) -> None:
    """Delete a holding that has not begun, for a verb that has asked who may, and log it."""
    before = facts_of(holding)
    log(EventVerb.HOLDING_ENDED, holding, by=by, before=before, after=None, now=now)
    holding.delete()


# The log -----------------------------------------------------------------------------------------


def facts_of(holding: PostHolding) -> dict[str, str]:
    """Return a holding in words, for the log."""
    days = {
        "starts_on": holding.starts_on,
        "ends_on": holding.ends_on,
        "order_date": holding.order_date,
    }
    return {
        "post": str(holding.post),
        "person": str(holding.user),
        "kind": str(HoldingKind(holding.kind).label),
        "substantive_post": str(holding.substantive_post or ""),
        "order_number": holding.order_number,
        "order_file_sha256": holding.order_file_sha256,
    } | {name: day.isoformat() if day else "" for name, day in days.items()}


def log(
    verb: EventVerb,
    holding: PostHolding,
    *,
    by: User,
    before: dict[str, str] | None,
    after: dict[str, str] | None,
    now: datetime.datetime | None,
) -> None:
    """Log what became of a holding, before and after."""
    events.record(
        verb,
        holding,
        by=by,
        organisation=holding.post.organisation,
        data={"before": before, "after": after},
        now=now,
    )
