"""The log of what happened: one hash chain per organisation, and its verification."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from measures.domain.hashes import sha256_of
from measures.models import Event, EventVerb, Organisation, User


def _fingerprint(event: Event) -> str:
    """Return the hash of the event's content and of the hash before it."""
    return sha256_of(
        {
            "organisation": event.organisation.slug if event.organisation else None,
            "sequence": event.sequence,
            "at": event.at.astimezone(datetime.UTC).isoformat(),
            "actor": event.actor_id,
            "actor_name": event.actor_name,
            "capacity": event.capacity,
            "verb": event.verb,
            "target_type": event.target_type,
            "target_id": event.target_id,
            "target_name": event.target_name,
            "data": event.data,
            "previous_hash": event.previous_hash,
        }
    )


def _last_of_chain(organisation: Organisation | None) -> Event | None:
    """Return the chain's last event, holding the chain until the transaction ends."""
    chain = Event.objects.filter(organisation=organisation)
    if organisation is not None:
        Organisation.objects.select_for_update().only("pk").get(pk=organisation.pk)
    else:
        # The first event stands for the install: the one row that every writer finds.
        chain.order_by("sequence").select_for_update().first()
    # Read only now: what was last before the wait may not be last any more.
    last: Event | None = chain.order_by("-sequence").first()
    return last


@transaction.atomic
def record(
    verb: EventVerb,
    target: models.Model,
    *,
    by: User | None,
    organisation: Organisation | None,
    data: dict[str, Any] | None = None,
    capacity: str = "",
    now: datetime.datetime | None = None,
) -> Event:
    """Append one event to the organisation's chain (None: the install's) and return it.

    ``data`` must be plain JSON without floating point numbers. Locks the organisation, so that
    two writers never take the same place.
    """
    last = _last_of_chain(organisation)
    event = Event(
        organisation=organisation,
        sequence=last.sequence + 1 if last else 1,
        at=now or timezone.now(),
        actor=by,
        actor_name=str(by)[:200] if by else "ระบบ",
        capacity=(capacity or _capacity_of(by, organisation))[:400],
        verb=verb,
        target_type=target._meta.model_name or "",
        target_id=target.pk,
        target_name=str(target)[:500],
        data=data or {},
        previous_hash=last.hash if last else "",
    )
    event.hash = _fingerprint(event)
    event.save()
    return event


def _capacity_of(by: User | None, organisation: Organisation | None) -> str:
    """Return the posts in which this person acts in this organisation today."""
    if by is None or organisation is None:
        return ""
    titles = [
        " ".join(holding.position_lines())
        for holding in by.holdings_today()
        if holding.post.organisation_id == organisation.pk
    ]
    return ", ".join(titles)


def breaks_of(organisation: Organisation | None) -> Iterator[str]:
    """Yield each fault of the chain in Thai: a gap, a changed row, a broken link."""
    previous_hash = ""
    expected = 1
    events = Event.objects.filter(organisation=organisation).order_by("sequence")
    for event in events.iterator(chunk_size=500):
        event.organisation = organisation  # one object for all: a join would build one for each
        if event.sequence != expected:
            yield f"บันทึกเหตุการณ์ลำดับที่ {expected} หายไป (พบลำดับที่ {event.sequence})"
        if event.previous_hash != previous_hash:
            yield f"บันทึกเหตุการณ์ลำดับที่ {event.sequence} ไม่ต่อกับลำดับก่อนหน้า"
        if _fingerprint(event) != event.hash:
            yield f"บันทึกเหตุการณ์ลำดับที่ {event.sequence} ถูกแก้ไขหลังบันทึก"
        previous_hash = event.hash
        expected = event.sequence + 1
