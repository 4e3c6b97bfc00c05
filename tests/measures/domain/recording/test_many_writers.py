"""Twenty people of one office save into one round at the same moment."""

import itertools
import logging
import threading
import time
import uuid

import pytest
from django.db import connection

from measures.domain import events
from measures.domain.errors import Conflict
from measures.domain.recording import progress
from measures.models import ProgressEntry, ProgressRevision, User
from tests.factories.organisations import make_division, make_post
from tests.factories.people import hold, make_measure, make_user

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
]

WRITERS = 20
SAVINGS = 5  # of each
PATIENCE = 60  # seconds until a thread that waits counts as hanging
FIELDS = ("result", "outcome", "suggestion")


def writers_of(office) -> list[tuple[User, ProgressEntry]]:
    """Return twenty people with their entries: two people to each of ten divisions."""
    found = []
    for number in range(WRITERS // 2):
        division = make_division(office.organisation, f"กองที่ {number}", order=10 + number)
        measure = make_measure(office.organisation, division, number=10 + number)
        post = make_post(office.organisation, division=division, reports_progress=True)
        for _person in range(2):
            person = make_user()
            hold(post, person)
            found.append((person, measure))
    entries = {entry.measure_id: entry for entry in progress.entries_of(office.round)}
    return [(person, entries[measure.pk]) for person, measure in found]


def save_until_it_stands(person: User, entry: ProgressEntry, field: str, text: str) -> int:
    """Save as a person does who looks at the other's text and then presses save again."""
    version, key = 0, uuid.uuid4()
    for conflicts in itertools.count():
        try:
            progress.save_field(entry, field, text, by=person, version=version, key=key)
        except Conflict as conflict:
            version = conflict.current.version
        else:
            return conflicts
    raise AssertionError


def test_twenty_writers_lose_nothing(office, record_property):
    people = writers_of(office)
    start = threading.Barrier(WRITERS, timeout=PATIENCE)
    faults: list[Exception] = []
    conflicts: list[int] = []

    def write(person: User, entry: ProgressEntry) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")
            start.wait()
            for at in range(SAVINGS):
                text = f"{person.username} ครั้งที่ {at}"
                field = FIELDS[at % len(FIELDS)]
                conflicts.append(save_until_it_stands(person, entry, field, text))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=pair, daemon=True) for pair in people]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE * 2)
        assert not thread.is_alive()
    seconds = time.perf_counter() - started

    assert faults == []
    kept = set(ProgressRevision.objects.values_list("text", flat=True))
    assert kept == {f"{person.username} ครั้งที่ {at}" for person, _ in people for at in range(SAVINGS)}
    for entry in {entry.pk: entry for _person, entry in people}.values():
        now = ProgressEntry.objects.get(pk=entry.pk)
        revisions = ProgressRevision.objects.filter(entry=now).order_by("entry_version")
        versions = [revision.entry_version for revision in revisions]
        assert versions == list(range(1, 2 * SAVINGS + 1))
        assert now.version == 2 * SAVINGS
        for field in FIELDS:
            assert getattr(now, field) == revisions.filter(field=field).last().text
    assert list(events.breaks_of(office.organisation)) == []
    savings = WRITERS * SAVINGS
    figures = (
        f"{savings} savings by {WRITERS} writers in {seconds:.2f} s: "
        f"{savings / seconds:.0f} a second, {sum(conflicts)} conflicts shown and resolved"
    )
    record_property("figures", figures)
    logging.getLogger(__name__).warning(figures)
