"""Sending a notice over one channel, and keeping a record of what became of it."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ita_portal.thai.numerals import to_thai_digits
from measures.models import Channel, Delivery, Notice, NoticeChannel, User
from measures.notifications.channels import CHANNELS, ChannelProblem, Message

LONGEST_PROBLEM = 500  # the length of the column


def is_mailed_to(person: User, kind: str) -> bool:
    """Return whether this person wants notices of this kind by mail, and can get any."""
    return bool(person.email) and person.is_active and kind not in person.unmailed_kinds


@task()
def send_at_once(*, notice_id: int, channel: str) -> None:
    """Send one notice over one channel and record how it went.

    Nothing is sent, nor recorded, where the person has no address there or did not want it, and
    where it has gone out or was read already. Only numbers are handed to the task, so that no
    secret and no text stands in the table of tasks.
    """
    notice = Notice.objects.select_related("recipient", "organisation").get(pk=notice_id)
    person = notice.recipient
    if channel == Channel.EMAIL and not is_mailed_to(person, notice.kind):
        return
    office = NoticeChannel.objects.filter(
        organisation=notice.organisation, channel=channel, is_active=True
    ).first()
    address = CHANNELS[channel].address_of(person, office)
    sent = notice.deliveries.filter(channel=channel, sent_at__isnull=False)
    if not address or notice.read_at is not None or sent.exists():
        return
    # Recorded before it is sent: what a crash left unfinished stands there without a time.
    with transaction.atomic():
        delivery = Delivery.objects.create(
            organisation=notice.organisation,
            recipient=person,
            channel=channel,
            day=timezone.localdate(),
            address=address,
            subject=to_thai_digits(notice.subject),
            body=to_thai_digits(notice.body),
        )
        delivery.notices.add(notice)
    message = Message(
        key=f"notice-{notice.pk}",
        organisation=notice.organisation.slug,
        recipient=person.get_full_name(),
        kind=notice.kind,
        subject=delivery.subject,
        body=delivery.body,
        url=settings.SITE_ADDRESS + notice.path,
        at=notice.created_at,
    )
    send(delivery, message, office)


def send(delivery: Delivery, message: Message, office: NoticeChannel | None = None) -> bool:
    """Send over the delivery's channel; record when, or the problem. Returns whether it went."""
    try:
        CHANNELS[delivery.channel].send(message, delivery.recipient, office)
    except ChannelProblem as problem:
        delivery.problem = str(problem)[:LONGEST_PROBLEM]
    else:
        delivery.sent_at = timezone.now()
        delivery.problem = ""
    delivery.save(update_fields=["sent_at", "problem"])
    return delivery.sent_at is not None
