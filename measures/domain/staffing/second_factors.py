"""Who has to prove themselves twice, from which day, and who has not set that up yet."""

import datetime
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.staffing import accounts
from measures.domain.texts import cleaned
from measures.models import ChainPost, EventVerb, Organisation, SignRole, User

SIGNING_ROLES = (SignRole.OPINION, SignRole.FINAL)


def is_set_up(user: User) -> bool:
    """Return whether this person has an app that shows codes."""
    return user.pk in owners([user])


def owners(people: Iterable[User]) -> set[int]:
    """Return the ids of those of ``people`` who have set the second factor up."""
    rows = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__in=list(people))
    return set(rows.values_list("user_id", flat=True))


def required_from(user: User) -> datetime.date | None:
    """Return the first day on which this person needs a second factor; None where never.

    Those who give an opinion or decide on documents, and those who administer accounts, in an
    organisation that has set a day.
    """
    posts = {
        holding.post_id: holding.post
        for holding in user.holdings_today()
        if holding.post.organisation.mfa_required_from is not None
    }
    if not posts:
        return None
    signing = set(
        ChainPost.objects.filter(post__in=posts, role__in=SIGNING_ROLES).values_list(
            "post_id", flat=True
        )
    )
    days = [
        post.organisation.mfa_required_from
        for pk, post in posts.items()
        if post.administers or pk in signing
    ]
    return min((day for day in days if day is not None), default=None)


def lacking_from(user: User) -> datetime.date | None:
    """Return from which day this person lacks a second factor they need; None where not."""
    day = required_from(user)
    return None if day is None or is_set_up(user) else day


def has_come(day: datetime.date | None) -> bool:
    """Return whether the day from which something is required is today or past."""
    return day is not None and day <= timezone.localdate()


def shuts_out(user: User) -> bool:
    """Return whether this person has to set the second factor up before going on."""
    return has_come(lacking_from(user))


@transaction.atomic
def require_from(
    organisation: Organisation,
    *,
    day: datetime.date | None,
    by: User,
    now: datetime.datetime | None = None,
) -> Organisation:
    """Set the day from which signers and administrators need a second factor (None: not at all)."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = organisation.mfa_required_from
    organisation.mfa_required_from = day
    refuse_change(before, organisation, by=by, now=now)
    if before == day:
        return organisation
    organisation.save(update_fields=["mfa_required_from"])
    events.record(
        EventVerb.RECORD_CHANGED,
        organisation,
        by=by,
        organisation=organisation,
        data={
            "before": {"mfa_required_from": before.isoformat() if before else ""},
            "after": {"mfa_required_from": day.isoformat() if day else ""},
        },
        now=now,
    )
    return organisation


def refuse_change(
    before: datetime.date | None,
    organisation: Organisation,
    *,
    by: User,
    now: datetime.datetime | None = None,
) -> None:
    """Raise where ``by`` may not set the organisation's day, or where the day has passed."""
    permissions.can_administer(by, organisation).or_raise()
    day = organisation.mfa_required_from
    if day is not None and day != before and day < timezone.localdate(now):
        raise Invalid(_("วันที่เริ่มบังคับต้องเป็นวันนี้หรือหลังจากนี้"))


@transaction.atomic
def reset(
    user: User,
    organisation: Organisation,
    *,
    by: User,
    reason: str,
    now: datetime.datetime | None = None,
) -> None:
    """Take away a second factor that its owner has lost, log why, and tell the owner by mail.

    The password stays. Raises Invalid for one's own: that is switched off with a password, by
    oneself. Where there is none, nothing happens.
    """
    accounts.refuse_unless_own(user, organisation, by=by)
    reason = cleaned(reason, label=_("เหตุผลที่ล้างการยืนยันตัวตนสองขั้น"), required=True, longest=1000)
    removed = Authenticator.objects.select_for_update().filter(user=user)
    if not removed.exists():
        return
    removed.delete()
    events.record(
        EventVerb.RECORD_CHANGED,
        user,
        by=by,
        organisation=organisation,
        data={
            "before": {"second_factor": _("มี")},
            "after": {"second_factor": _("ไม่มี")},
            "reason": reason,
        },
        now=now,
    )
    if user.email:
        body = render_to_string(
            "emails/second_factor_reset.txt",
            {"person": user, "by": by, "reason": reason, "address": settings.SITE_ADDRESS},
        )
        transaction.on_commit(
            lambda: send_mail(
                _("การยืนยันตัวตนสองขั้นของท่านถูกล้างแล้ว"),
                body,
                settings.DEFAULT_FROM_EMAIL,
                [user.email],
            ),
            robust=True,  # a mail server that is down undoes nothing
        )
