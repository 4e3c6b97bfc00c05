"""Imports on a worker: seen from outside while they run, and taken again when one got stuck."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from measures.domain.errors import Invalid
from measures.domain.importing import running
from measures.models import FileImport, Organisation
from tests.factories.people import make_office
from tests.factories.plan_rows import PlanRows

HALF_AN_HOUR = datetime.timedelta(minutes=30)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def ready(office) -> FileImport:
    return PlanRows(office).file_import(state="ready", rows_total=10)


def test_import_that_is_being_stored_is_not_taken_a_second_time(office, ready):
    running.start(ready, by=office.coordinator)

    with pytest.raises(Invalid, match="ยืนยันนำเข้าไปแล้ว"):
        running.start(ready, by=office.coordinator)


def test_import_whose_worker_was_stopped_is_taken_again_after_half_an_hour(office, ready):
    now = timezone.now()
    taken = running.start(ready, by=office.coordinator, now=now)
    running.advance(taken, 4, 10)

    assert not running.is_stuck(taken, now + HALF_AN_HOUR - MINUTE)
    assert running.is_stuck(taken, now + HALF_AN_HOUR + MINUTE)
    again = running.start(taken, by=office.coordinator, now=now + HALF_AN_HOUR + MINUTE)

    assert (again.state, again.rows_done) == ("running", 0)
    assert not running.is_stuck(again, now + HALF_AN_HOUR + MINUTE)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_progress_is_seen_while_the_rows_are_still_being_stored():
    office = make_office()
    taken = PlanRows(office).file_import(state="running", rows_total=10)

    def seen_by_others() -> tuple[int, str]:
        try:
            return (
                FileImport.objects.get(pk=taken.pk).rows_done,
                Organisation.objects.get(pk=office.organisation.pk).phone,
            )
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(max_workers=1) as other:
        Organisation.objects.filter(pk=office.organisation.pk).update(phone="1")
        running.advance(taken, 5, 10)

        assert other.submit(seen_by_others).result() == (5, "0 4200 0000")
