"""Inviting a person to an account and a post. Whoever has the link in the mail may answer it."""

import datetime
import secrets
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.hashes import sha256_of
from measures.domain.staffing import appointments
from measures.domain.texts import cleaned
from measures.models import EventVerb, Invitation, Organisation, Post, PostHolding, User

SECRET_BYTES = 32
VALID_FOR = datetime.timedelta(days=14)
# A second press is the same invitation; later it means that the first mail did not arrive.
SECOND_PRESS = datetime.timedelta(minutes=2)


class DeadLink(Invalid):
    """The link opens nothing: wrong, expired, answered or withdrawn. It does not say which."""

    def __init__(self) -> None:
        super().__init__(_("ลิงก์นี้ใช้ไม่ได้แล้ว โปรดขอลิงก์ใหม่จากผู้ดูแลบัญชีของหน่วยงาน"))


# Inviting ----------------------------------------------------------------------------------------


@transaction.atomic
def invite(
    post: Post,
    *,
    email: str,
    first_name: str,
    last_name: str,
    starts_on: datetime.date,
    by: User,
    title: str = "",
    ends_earlier: bool = False,
    now: datetime.datetime | None = None,
) -> Invitation:
    """Invite a person into a post from a day on, log it, and mail the link once that is stored.

    Of the link's secret only the hash is kept. The same post and address once more renews the
    invitation and makes the first link useless; within two minutes it is the same press.
    """
    organisation = appointments.hold_office(post.organisation)
    permissions.can_administer(by, organisation).or_raise()
    names = {
        "title": cleaned(title, label=_("คำนำหน้าชื่อ"), longest=50),
        "first_name": cleaned(first_name, label=_("ชื่อ"), required=True, longest=150),
        "last_name": cleaned(last_name, label=_("นามสกุล"), required=True, longest=150),
    }
    email = _checked_address(email)
    appointments.clear_the_way(post, starts_on=starts_on, by=by, ends_earlier=ends_earlier, now=now)
    moment = now or timezone.now()
    invitation = Invitation.objects.waiting().filter(post=post, email=email).first()
    if invitation is None:
        invitation = Invitation(organisation=organisation, post=post, email=email)
    elif moment - invitation.invited_at < SECOND_PRESS:
        return invitation
    invitation.starts_on = starts_on
    for name, value in names.items():
        setattr(invitation, name, value)
    return _send(invitation, by=by, moment=moment)


def _checked_address(email: str) -> str:
    """Return the address in small letters: the same box, however it is typed."""
    email = cleaned(email, label=_("อีเมล"), required=True, longest=254).lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(_("อีเมลไม่ถูกต้อง โปรดตรวจอีกครั้ง เช่น name@example.go.th")) from error
    return email


@transaction.atomic
def renew(invitation: Invitation, *, by: User, now: datetime.datetime | None = None) -> Invitation:
    """Send a new link, good for another 14 days; the one before becomes useless."""
    invitation = _hold(invitation)
    permissions.can_administer(by, invitation.organisation).or_raise()
    _refuse_answered(invitation)
    moment = now or timezone.now()
    if moment - invitation.invited_at < SECOND_PRESS:
        return invitation
    return _send(invitation, by=by, moment=moment)


def _send(invitation: Invitation, *, by: User, moment: datetime.datetime) -> Invitation:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    invitation.token_sha256 = sha256_of(secret.encode())
    invitation.invited_at = moment
    invitation.invited_by = by
    invitation.expires_at = moment + VALID_FOR
    invitation.save()
    _log(EventVerb.INVITED, invitation, by=by, now=moment)
    # In this process and not as a task: a queue would store the secret.
    transaction.on_commit(lambda: _mail(invitation, secret))
    return invitation


def _mail(invitation: Invitation, secret: str) -> None:
    address = settings.SITE_ADDRESS + reverse("public:invitation", args=[secret])
    body = render_to_string("emails/invitation.txt", {"invitation": invitation, "address": address})
    subject = _("คำเชิญให้ใช้พอร์ทัลติดตามมาตรการ ITA ของ%(organisation)s") % {
        "organisation": invitation.organisation.name
    }
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email])
    except (SMTPException, OSError) as error:
        # The next press is to send again, not to be taken for a second one.
        Invitation.objects.filter(pk=invitation.pk).update(
            invited_at=invitation.invited_at - SECOND_PRESS
        )
        raise Invalid(_("บันทึกคำเชิญแล้ว แต่ส่งอีเมลไม่สำเร็จ โปรดส่งอีกครั้งภายหลัง หรือแจ้งผู้ดูแลระบบ")) from error


@transaction.atomic
def withdraw(
    invitation: Invitation, *, by: User, now: datetime.datetime | None = None
) -> Invitation:
    """Make the link useless and log it. Twice changes nothing; what is answered stays answered."""
    invitation = _hold(invitation)
    permissions.can_administer(by, invitation.organisation).or_raise()
    if invitation.withdrawn_at is not None:
        return invitation
    _refuse_answered(invitation)
    invitation.withdrawn_at = now or timezone.now()
    invitation.withdrawn_by = by
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _log(EventVerb.INVITATION_WITHDRAWN, invitation, by=by, now=now)
    return invitation


def _hold(invitation: Invitation) -> Invitation:
    """Return the invitation as it is now, with its organisation held."""
    appointments.hold_office(invitation.organisation)
    return Invitation.objects.select_related("organisation", "post__organisation").get(
        pk=invitation.pk
    )


def _refuse_answered(invitation: Invitation) -> None:
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        raise Invalid(_("คำเชิญนี้มีผู้ตอบรับหรือถูกถอนไปแล้ว โปรดโหลดหน้านี้ใหม่"))


# Answering ---------------------------------------------------------------------------------------


def of_secret(secret: str, now: datetime.datetime | None = None) -> Invitation:
    """Return the invitation that the link with this secret answers, or raise DeadLink."""
    invitation = (
        Invitation.objects.waiting()
        .filter(token_sha256=sha256_of(secret.encode()), expires_at__gt=now or timezone.now())
        .select_related("organisation", "post__organisation", "post__division")
        .first()
    )
    if invitation is None:
        raise DeadLink
    return invitation


def answered_by(secret: str, user: User) -> bool:
    """Return whether this person has answered the link already: a second press is one."""
    digest = sha256_of(secret.encode())
    return Invitation.objects.filter(token_sha256=digest, accepted_by=user).exists()


def has_account(invitation: Invitation) -> bool:
    """Return whether somebody with this address signs in already, in this office or another."""
    return User.objects.filter(email__iexact=invitation.email, is_active=True).exists()


@transaction.atomic
def accept(
    secret: str, *, username: str, password: str, now: datetime.datetime | None = None
) -> PostHolding:
    """Make the account, put it into the post, and log both.

    Raises DeadLink for a link that opens nothing; Invalid for a name or password that will not do,
    where the address has an account (that one answers instead), or where the post is taken.
    """
    invitation = _hold(of_secret(secret, now))
    if not _is_waiting(invitation, secret):
        raise DeadLink
    if has_account(invitation):
        raise Invalid(_("อีเมลนี้มีบัญชีอยู่แล้ว โปรดเข้าสู่ระบบด้วยบัญชีนั้นแล้วเปิดลิงก์นี้อีกครั้ง"))
    user = User(
        username=cleaned(username, label=_("ชื่อผู้ใช้"), required=True, longest=150),
        email=invitation.email,
        title=invitation.title,
        first_name=invitation.first_name,
        last_name=invitation.last_name,
    )
    try:
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    user.save()
    return _answer(invitation, user, now=now)


@transaction.atomic
def accept_as(secret: str, user: User, *, now: datetime.datetime | None = None) -> PostHolding:
    """Put the account that is signed in into the post, and log it.

    Where the invited address has an account, only that one may; else the link and the sign-in
    together are proof enough (an officer who is transferred keeps the account).
    """
    invitation = _hold(of_secret(secret, now))
    if not _is_waiting(invitation, secret):
        raise DeadLink
    if has_account(invitation) and user.email.lower() != invitation.email:
        raise Invalid(_("คำเชิญนี้เป็นของบัญชีอื่น โปรดออกจากระบบ แล้วเข้าสู่ระบบด้วยบัญชีที่ใช้อีเมลซึ่งได้รับคำเชิญ"))
    return _answer(invitation, user, now=now)


def _is_waiting(invitation: Invitation, secret: str) -> bool:
    """Return whether it still stands, once the wait for the office is over."""
    return (
        invitation.accepted_at is None
        and invitation.withdrawn_at is None
        and invitation.token_sha256 == sha256_of(secret.encode())
    )


def _answer(invitation: Invitation, user: User, *, now: datetime.datetime | None) -> PostHolding:
    invitation.accepted_at = now or timezone.now()
    invitation.accepted_by = user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _log(EventVerb.INVITATION_ACCEPTED, invitation, by=user, now=now)
    return appointments.place(
        invitation.post, user, starts_on=invitation.starts_on, by=user, now=now
    )


def _log(
    verb: EventVerb, invitation: Invitation, *, by: User, now: datetime.datetime | None
) -> None:
    """Log an act on an invitation, without the address: the log is kept for good."""
    organisation: Organisation = invitation.organisation
    events.record(
        verb,
        invitation,
        by=by,
        organisation=organisation,
        data={
            "post": str(invitation.post),
            "person": f"{invitation.title}{invitation.first_name} {invitation.last_name}",
            "starts_on": invitation.starts_on.isoformat(),
        },
        now=now,
    )
