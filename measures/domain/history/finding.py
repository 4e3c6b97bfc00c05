"""Which events a person may read, and finding them by kind, person, day and text."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from ita_portal.thai.words import normalise, sort_key
from measures import permissions
from measures.domain.history.keys import is_shown, kind_name
from measures.models import Event, EventVerb, Organisation, Post, ProgressEntry, User
from measures.models.events import EventQuerySet

# What everybody in the office reads on the desk; people and posts are for those who keep them.
OPEN_KINDS = (
    "assessmentresult",
    "division",
    "document",
    "evidence",
    "finding",
    "measure",
    "progressentry",
    "reportinground",
    "score",
)
MOST_SEARCHED = 20_000  # events; a search by text reads each, newest first


def sees_everything(user: User, organisation: Organisation) -> permissions.Answer:
    """Whether ``user`` reads the history of the whole office, people and posts included."""
    return permissions.can_order_acting(user, organisation)


def visible_events(user: User, organisation: Organisation) -> EventQuerySet:
    """Return the office's events that ``user`` may read: of what they may see, and their own."""
    events = Event.objects.visible_to(user).filter(organisation=organisation)
    if not sees_everything(user, organisation):
        events = events.filter(Q(target_type__in=OPEN_KINDS) | Q(actor=user))
    return events.order_by("-sequence")


def events_of(thing: models.Model, organisation: Organisation) -> EventQuerySet:
    """Return what happened to one thing and to what belongs to it, removed parts included."""
    about = Q(target_type=thing._meta.model_name, target_id=thing.pk)
    if isinstance(thing, ProgressEntry):
        about |= Q(target_type="evidence", target_id__in=thing.evidence.values("pk"))
        about |= Q(target_type="evidence", data__entry=thing.pk)
    if isinstance(thing, Post):
        about |= Q(target_type="postholding", target_id__in=thing.holdings.values("pk"))
    return Event.objects.filter(about, organisation=organisation).order_by("-sequence")


@dataclass(frozen=True)
class Filters:
    """What a reader asks for; empty values ask for nothing."""

    kind: str = ""
    person: int | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    text: str = ""


@dataclass(frozen=True)
class Found:
    """The keys of the events that were found, newest first."""

    keys: "models.QuerySet[Event, int] | list[int]"
    is_cut: bool = False  # older events than MOST_SEARCHED were not searched


def find(events: EventQuerySet, filters: Filters) -> Found:
    """Return which of ``events`` match. Text is compared normalised: digits, marks, case."""
    if filters.kind:
        events = events.filter(target_type=filters.kind)
    if filters.person:
        events = events.filter(actor=filters.person)
    if filters.since:
        events = events.filter(at__date__gte=filters.since)
    if filters.until:
        events = events.filter(at__date__lte=filters.until)
    wanted = normalise(filters.text)
    if not wanted:
        return Found(events.values_list("pk", flat=True))
    rows = events.values_list("pk", "verb", "target_name", "actor_name", "capacity", "data")
    read = 0
    keys: list[int] = []
    for pk, verb, *texts, data in rows[: MOST_SEARCHED + 1].iterator(chunk_size=500):
        read += 1
        if read > MOST_SEARCHED:
            break
        label = EventVerb(verb).label if verb in EventVerb.values else verb
        if wanted in normalise(" ".join([str(label), *texts, *_texts_in(data)])):
            keys.append(pk)
    return Found(keys, is_cut=read > MOST_SEARCHED)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            if is_shown(name):
                yield from _texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts_in(each)
    elif isinstance(value, str):
        yield value


def kinds_in(events: EventQuerySet) -> list[tuple[str, str]]:
    """Return the kinds of things these events are about, with their Thai names, in order."""
    kinds = events.order_by().values_list("target_type", flat=True).distinct()
    return sorted(((kind, kind_name(kind)) for kind in kinds), key=lambda kind: sort_key(kind[1]))


def actors_in(events: EventQuerySet) -> list[tuple[int, str]]:
    """Return who did these things, each once, by name."""
    rows = events.exclude(actor=None).order_by().values_list("actor", "actor_name").distinct()
    return sorted(dict(rows).items(), key=lambda person: sort_key(person[1]))
