"""Telling people: into their inbox, and from there over the office's channels."""

import datetime
import re
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from measures.models import (
    Channel,
    Notice,
    NoticeChannel,
    NoticeKind,
    Organisation,
    PostHolding,
    User,
)
from measures.models.notices import NoticeQuerySet
from measures.notifications.sending import send_at_once

# The one kind that is mailed at once; all others wait for the digest of the day.
MAILED_AT_ONCE = NoticeKind.RETURNED
LONGEST_SUBJECT = 600  # the length of the column


def inbox_of(user: User) -> NoticeQuerySet:
    """Return what this person was told by the offices in which they hold a post today."""
    offices = PostHolding.objects.current().filter(user=user).values("post__organisation")
    return Notice.objects.of(user).filter(organisation__in=offices)


@transaction.atomic
def tell(
    recipients: Iterable[User],
    *,
    organisation: Organisation,
    kind: NoticeKind,
    key: str,
    subject: str,
    body: str,
    path: str,
    now: datetime.datetime | None = None,
) -> list[Notice]:
    """Put one notice into each person's inbox and return the new ones.

    ``key`` names the occasion: a person who was told of it already is not told again. ``path`` is
    the page it speaks of. After the transaction has been stored, each new notice goes out over the
    webhook and LINE where the office has them, and, if it was returned, by mail; whatever happens
    there undoes nothing here. All other mail waits for the digest.
    """
    subject = " ".join(subject.split())[:LONGEST_SUBJECT]
    body = re.sub(r"\n{3,}", "\n\n", body.strip())
    new = []
    for person in sorted(set(recipients), key=lambda person: person.pk):
        if not person.is_active:
            continue
        notice, is_new = Notice.objects.get_or_create(
            recipient=person,
            key=key,
            defaults={
                "organisation": organisation,
                "kind": kind,
                "subject": subject,
                "body": body,
                "path": path,
                "created_at": now or timezone.now(),
            },
        )
        if is_new:
            new.append(notice)
    _send_after_commit(new, organisation, kind)
    return new


def _send_after_commit(notices: list[Notice], organisation: Organisation, kind: NoticeKind) -> None:
    if not notices:
        return
    channels = list(
        NoticeChannel.objects.filter(organisation=organisation, is_active=True).values_list(
            "channel", flat=True
        )
    )
    if kind == MAILED_AT_ONCE:
        channels.append(Channel.EMAIL)
    for notice in notices:
        for channel in channels:
            transaction.on_commit(
                lambda notice=notice, channel=channel: send_at_once.enqueue(  # type: ignore[misc]
                    notice_id=notice.pk, channel=str(channel)
                ),
                robust=True,
            )
