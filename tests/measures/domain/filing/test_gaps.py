"""What is missing in a year's evidence: by measure, by o-item, and what is in doubt."""

import pytest
from django.utils import timezone

from measures.domain.filing import evidence, links
from measures.domain.filing.gaps import gaps_of
from measures.domain.filing.link_fetching import Answer
from measures.domain.recording import progress
from measures.models import Evidence, Framework, Instrument, Item
from tests.factories.people import make_office, make_round

pytestmark = pytest.mark.django_db

URL = "https://example.go.th/news"


def entries(office):
    return progress.entries_of(office.round)


def record(entry, by, status):
    progress.record(entry, by=by, version=entry.version, status=status, result="ทำแล้ว")


def give(office, entry, url=URL):
    return evidence.attach_link(entry, by=office.coordinator, url=url, caption="ข่าว")


def file_of(office, entry, digit, **changes):
    """Return a stored file with the verdict and preparation that are given."""
    piece = give(office, entry, f"https://example.go.th/{digit}")
    Evidence.objects.filter(pk=piece.pk).update(
        kind="pdf", url="", original=f"evidence/{digit}.pdf", sha256=digit * 64, **changes
    )
    return piece


def by_measure(gaps):
    return [(gap.measure.number, len(gap.done), len(gap.others)) for gap in gaps.measures]


def test_entries_without_evidence_stand_under_their_measure(office):
    first, second, third = entries(office)
    record(first, office.staff, "done")
    record(second, office.finance_staff, "in_progress")

    assert by_measure(gaps_of(office.organisation, 2564)) == [(1, 1, 1), (2, 0, 1)]

    give(office, first)
    give(office, third)
    assert by_measure(gaps_of(office.organisation, 2564)) == [(1, 0, 1)]


def test_evidence_taken_out_counts_no_more(office):
    for entry in entries(office):
        piece = give(office, entry)
    assert gaps_of(office.organisation, 2564).is_empty() is True

    evidence.remove(piece, by=office.coordinator)

    assert by_measure(gaps_of(office.organisation, 2564)) == [(2, 0, 1)]


def test_o_item_lacks_evidence_when_none_of_its_measures_has_any(office):
    framework = Framework.objects.create(fiscal_year=2563)
    oit, eit = (
        Instrument.objects.create(framework=framework, code=code) for code in ("OIT", "EIT")
    )
    shown, bare, _unserved = (Item.objects.create(instrument=oit, number=at) for at in (1, 2, 3))
    question = Item.objects.create(instrument=eit, number=2)
    office.measures[0].items.set([shown])
    office.measures[1].items.set([shown, bare, question])
    give(office, entries(office)[0])

    [gap] = gaps_of(office.organisation, 2564).items

    assert (gap.item, gap.measures) == (bare, [office.measures[1]])


def test_dead_links_are_listed_with_where_they_were_given(office):
    first, second, _third = entries(office)
    pieces = [give(office, first), give(office, second)]
    give(office, first, "https://example.go.th/alive")
    links.store(office.organisation, URL, Answer(404, problem="ไม่พบหน้าเว็บ"))
    links.store(office.organisation, "https://example.go.th/alive", Answer(200))

    [dead] = gaps_of(office.organisation, 2564).dead_links

    assert (dead.link.url, dead.evidence) == (URL, pieces)


def test_files_in_doubt_are_listed_by_what_is_the_matter(office):
    entry = entries(office)[0]
    now = timezone.now()
    infected = file_of(office, entry, "a", scan_verdict="infected", scanned_at=now)
    failed = file_of(office, entry, "b", scan_verdict="clean", scanned_at=now, preparation="failed")
    unseen = file_of(office, entry, "c")
    file_of(office, entry, "d", scan_verdict="clean", scanned_at=now)

    gaps = gaps_of(office.organisation, 2564)

    assert (gaps.infected, gaps.failed, gaps.not_scanned) == ([infected], [failed], [unseen])


def test_file_used_twice_is_listed(office):
    first, second, _third = entries(office)
    file_of(office, first, "a")
    again = file_of(office, second, "a")

    assert [reuse.evidence for reuse in gaps_of(office.organisation, 2564).reused] == [again]


def test_other_years_and_offices_are_left_out(office):
    make_round(office.organisation, fiscal_year=2565)
    other = make_office()
    piece = file_of(other, entries(other)[0], "a", preparation="failed")
    links.store(other.organisation, URL, Answer(404, problem="ไม่พบหน้าเว็บ"))
    give(office, entries(office)[0])

    gaps = gaps_of(office.organisation, 2564)

    assert (gaps.failed, gaps.dead_links) == ([], [])
    assert {gap.measure.organisation_id for gap in gaps.measures} == {office.organisation.pk}
    assert gaps_of(office.organisation, 2565).is_empty() is True
    assert gaps_of(other.organisation, 2564).failed == [piece]
