"""Whether the links given as evidence can be opened: asked when entered, and every night."""

import datetime
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from measures.domain.filing.link_fetching import Answer, fetch
from measures.models import (
    CheckedLink,
    DocumentState,
    Evidence,
    EvidenceKind,
    Organisation,
)

SIDE_BY_SIDE = 4  # hosts asked at the same time
PAUSE = 1.0  # seconds between two questions to one host


def links_of(organisation: Organisation | None = None) -> "QuerySet[Evidence]":
    """Return the links shown at the desk or in public: given now, or in what was published."""
    links = Evidence.objects.filter(kind=EvidenceKind.LINK)
    if organisation is not None:
        links = links.of_organisation(organisation)
    published = Q(entry__round__documents__state=DocumentState.PUBLISHED)
    return links.filter(Q(removed_at=None) | published).distinct()


def ask_for(evidence: Evidence) -> None:
    """Have a link that was just given checked in the background, once it is stored."""
    if settings.LINK_CHECKS_ENABLED:
        organisation, url = evidence.entry.measure.organisation_id, evidence.url
        transaction.on_commit(lambda: check_in_background.enqueue(organisation, url))


@task()
def check_in_background(organisation_id: int, url: str) -> None:
    """Ask one address and store what it answered."""
    store(Organisation.objects.get(pk=organisation_id), url, fetch(url))


@transaction.atomic
def store(
    organisation: Organisation, url: str, answer: Answer, *, now: datetime.datetime | None = None
) -> CheckedLink:
    """Keep what an address answered. It is dead since the first failure, until it answers again."""
    now = now or timezone.now()
    link, _is_new = CheckedLink.objects.select_for_update().get_or_create(
        organisation=organisation, url=url
    )
    link.checked_at = now
    if answer.is_told:
        link.status = answer.status
        link.problem = answer.problem
        link.title = answer.title or (link.title if answer.problem else "")
        link.dead_since = (link.dead_since or now) if answer.problem else None
    link.save()
    return link


def check_all(
    organisation: Organisation | None = None,
    *,
    until: float,
    pause: float = PAUSE,
    ask: Callable[[str], Answer] = fetch,
) -> Iterator[tuple[str, Answer]]:
    """Ask every address once, those asked longest ago first, and store and yield each answer.

    A few hosts side by side, each one question at a time with a pause between. Addresses whose
    turn has not come by ``until`` (of ``time.monotonic``) are left for the next night.
    """
    owners: dict[str, list[Organisation]] = {}
    for evidence in links_of(organisation).select_related("entry__measure__organisation"):
        owner = evidence.entry.measure.organisation
        if owner not in owners.setdefault(evidence.url, []):
            owners[evidence.url].append(owner)

    def ask_host(urls: list[str]) -> list[tuple[str, Answer]]:
        found = []
        for at, url in enumerate(urls):
            if time.monotonic() >= until:
                break
            if at:
                time.sleep(pause)
            found.append((url, ask(url)))
        return found

    with ThreadPoolExecutor(SIDE_BY_SIDE) as workers:
        for answers in workers.map(ask_host, _by_host(owners)):
            for url, answer in answers:
                for owner in owners[url]:
                    store(owner, url, answer)
                yield url, answer


def _by_host(urls: Iterable[str]) -> list[list[str]]:
    """Return the addresses of each host, those asked longest ago (or never) first."""
    asked = dict(
        CheckedLink.objects.exclude(checked_at=None)
        .order_by("checked_at")
        .values_list("url", "checked_at")
    )
    never = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    hosts: dict[str, list[str]] = {}
    for url in sorted(urls, key=lambda url: (asked.get(url) or never, url)):
        hosts.setdefault(urlsplit(url).hostname or "", []).append(url)
    return list(hosts.values())


def dead_links_of(organisation: Organisation) -> dict[str, CheckedLink]:
    """Return the links of an organisation that did not answer when last asked, by address."""
    dead = CheckedLink.objects.of_organisation(organisation).dead()
    return {link.url: link for link in dead}
