"""The list of gaps in the desk, and what the public reads of dead links."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures.domain.filing import evidence, links
from measures.domain.filing.link_fetching import Answer
from measures.domain.recording import progress
from measures.models import CheckedLink
from tests.factories.flow import publish
from tests.factories.people import make_measure

pytestmark = pytest.mark.django_db

URL = "https://example.go.th/news"
DEAD = Answer(404, problem="ไม่พบหน้าเว็บ (รหัส 404)")


def give_dead_link(office):
    entry = progress.entries_of(office.round)[0]
    piece = evidence.attach_link(entry, by=office.coordinator, url=URL, caption="ข่าวประชาสัมพันธ์")
    links.store(office.organisation, URL, DEAD)
    return piece


def test_coordinator_reads_what_is_missing_and_where(office, as_person):
    piece = give_dead_link(office)

    page = as_person(office.coordinator).get(reverse("desk:evidence_overview")).content.decode()

    assert "มาตรการที่ยังขาดหลักฐาน" in page
    assert "ไม่พบหน้าเว็บ (รหัส 404)" in page
    assert reverse("desk:entry", args=[piece.entry_id]) in page


@pytest.mark.parametrize(("year", "status"), [("2564", 200), ("2563", 404), ("x", 404)])
def test_years_with_a_round_are_shown(office, as_person, year, status):
    address = reverse("desk:evidence_overview") + f"?fiscal_year={year}"

    assert as_person(office.coordinator).get(address).status_code == status


def test_the_number_of_queries_does_not_grow_with_the_plan(office, as_person):
    client = as_person(office.coordinator)

    def queries() -> int:
        progress.entries_of(office.round)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("desk:evidence_overview"))
        return len(asked)

    make_measure(office.organisation, office.works, number=3)
    with_three = queries()
    for number in range(4, 61):
        make_measure(office.organisation, office.works, number=number)

    assert queries() == with_three


def test_public_page_says_since_when_a_link_does_not_open(office, client):
    give_dead_link(office)
    publish(office)
    address = reverse("public:measure", args=[office.organisation.slug, 2564, 1])

    dead = client.get(address).content.decode()
    CheckedLink.objects.update(dead_since=None)
    alive = client.get(address).content.decode()

    assert ("เปิดไม่ได้เมื่อ" in dead, "เปิดไม่ได้เมื่อ" in alive) == (True, False)
