"""The digest: one mail a day at most to each person, with all they have not read nor had mailed."""

import datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_portal.single_run import one_at_a_time
from ita_portal.thai.numerals import to_thai_digits
from measures.models import (
    Channel,
    Delivery,
    Notice,
    NoticeKind,
    Organisation,
    User,
)
from measures.models.notices import NoticeQuerySet
from measures.notifications.channels import Message
from measures.notifications.notices import inbox_of
from measures.notifications.sending import is_mailed_to, send

KINDS = list(NoticeKind.values)  # the order in which they stand in the mail


def _unmailed() -> NoticeQuerySet:
    """Return what has reached its reader neither in the inbox nor by mail."""
    mailed = Delivery.objects.filter(channel=Channel.EMAIL, sent_at__isnull=False)
    return Notice.objects.unread().exclude(deliveries__in=mailed)


def readers(organisation: Organisation | None = None) -> list[User]:
    """Return the people for whom something is waiting to be mailed, of one office or of all."""
    waiting = _unmailed()
    if organisation is not None:
        waiting = waiting.of_organisation(organisation)
    people = User.objects.filter(pk__in=waiting.values("recipient"), is_active=True)
    return list(people.exclude(email="").order_by("pk"))


def send_digests(
    day: datetime.date, organisation: Organisation | None = None
) -> tuple[list[Delivery], list[Delivery]]:
    """Mail each person the digest of this day; return what went and what did not.

    Safe to repeat and to run twice at once: a second run waits, and finds sent what the first has
    sent. What a crash cut off, or the mail server refused, is put together anew and tried again.
    """
    went: list[Delivery] = []
    failed: list[Delivery] = []
    with one_at_a_time("digests"):  # not a transaction: nobody waits for a slow mail server
        for person in readers(organisation):
            delivery = _prepare(person, day)
            if delivery is not None:
                (went if send(delivery, _message(delivery)) else failed).append(delivery)
    return went, failed


@transaction.atomic
def _prepare(person: User, day: datetime.date) -> Delivery | None:
    """Return the record of the person's digest as it is to be sent; None where there is none."""
    delivery = Delivery.objects.filter(
        recipient=person, day=day, channel=Channel.EMAIL, is_digest=True
    ).first()
    if delivery is not None and delivery.sent_at is not None:
        return None
    notices = _waiting_for(person)
    if not notices:
        return None
    if delivery is None:
        delivery = Delivery(recipient=person, day=day, channel=Channel.EMAIL, is_digest=True)
    delivery.organisation = notices[0].organisation
    delivery.address = person.email
    delivery.subject = _("แจ้งเตือนประจำวัน %(count)s เรื่อง จากพอร์ทัลติดตามมาตรการ ITA") % {
        "count": to_thai_digits(str(len(notices)))
    }
    delivery.body = _body(person, notices)
    delivery.save()
    delivery.notices.set(notices)
    return delivery


def _waiting_for(person: User) -> list[Notice]:
    """Return what waits to be mailed to this person, first first."""
    notices = _unmailed().filter(pk__in=inbox_of(person).values("pk"))
    return [
        notice
        for notice in notices.select_related("organisation").order_by("created_at", "pk")
        if is_mailed_to(person, notice.kind)
    ]


def _body(person: User, notices: list[Notice]) -> str:
    by_kind = sorted(notices, key=lambda notice: KINDS.index(notice.kind))
    groups = [
        (NoticeKind(kind).label, list(members))
        for kind, members in groupby(by_kind, key=lambda notice: notice.kind)
    ]
    context = {
        "person": person,
        "groups": groups,
        "site": settings.SITE_ADDRESS,
        "settings_address": settings.SITE_ADDRESS + reverse("desk:notice_settings"),
    }
    return render_to_string("notices/digest.txt", context).strip()


def _message(delivery: Delivery) -> Message:
    return Message(
        key=f"digest-{delivery.pk}",
        organisation=delivery.organisation.slug,
        recipient=delivery.recipient.get_full_name(),
        kind="digest",
        subject=delivery.subject,
        body=delivery.body,
        url=settings.SITE_ADDRESS + reverse("desk:inbox"),
        at=timezone.now(),
    )
