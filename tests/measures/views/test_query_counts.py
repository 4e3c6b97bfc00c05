"""Every page of the desk asks the database as often for thirty measures as for three."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures.domain.planning.measures import delete_measure
from tests.factories.flow import make_draft
from tests.factories.people import make_measure
from tests.measures.views.roles import Cast, make_cast
from tests.measures.views.test_matrix import MATRIX

pytestmark = pytest.mark.django_db

# Reading pages, by what the matrix says the coordinator is answered.
PAGES = sorted(name for name, row in MATRIX.items() if row.get["coordinator"] == 200)


def cast_with(measures: int) -> Cast:
    """Return an office with that many measures, each reported by two divisions."""
    cast = make_cast()
    office = cast.office
    for number in range(3, measures + 1):
        office.measures.append(
            make_measure(office.organisation, office.secretariat, office.finance, number=number)
        )
    return cast


def queries_of(cast: Cast, name: str) -> int | None:
    """Return how often the page asks the second time it is opened; None if it is no page now."""
    with transaction.atomic():
        arguments: list[Any] = MATRIX[name].scene(cast.office)
        client = cast.client("coordinator")
        address = reverse(name, args=arguments)
        response = client.get(address)  # makes what is made when it is first looked at
        if response.streaming:
            response.getvalue()  # reads the file to its end, which closes it
        if response.status_code != 200 or response.streaming:
            count = None
        else:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            count = len(queries)
        transaction.set_rollback(True)
    return count


def test_pages_do_not_ask_more_often_for_more_measures():
    few, many = cast_with(3), cast_with(30)
    for cast in (few, many):
        make_draft(cast.office)  # reported once, so that each scene finds it done

    found = {name: (queries_of(few, name), queries_of(many, name)) for name in PAGES}

    assert {name: counts for name, counts in found.items() if counts[0] != counts[1]} == {}
    assert sum(counts[0] is not None for counts in found.values()) >= 15


def test_a_page_that_asked_once_for_each_measure_would_be_seen(django_assert_num_queries):
    """The counting can fail: asked one by one, three measures and thirty differ."""
    few, many = cast_with(3), cast_with(30)

    def counted(cast: Cast) -> int:
        with CaptureQueriesContext(connection) as queries:
            for measure in cast.office.organisation.measures.all():
                list(measure.steps.all())
        return len(queries)

    assert counted(many) - counted(few) == 27
    delete_measure(many.office.measures[-1], by=many.office.coordinator)
    assert counted(many) - counted(few) == 26
