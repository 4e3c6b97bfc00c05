"""The trace in the desk: one page from last year's score to next year's, each gap in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures.domain.recording import progress
from measures.models import Item
from tests.factories.analysis import give_scores, item_of, make_finding, make_framework
from tests.factories.people import make_measure, make_office

pytestmark = pytest.mark.django_db

BUDGET = "ทราบแผนงบประมาณ"
GAPS = ["ยังไม่มีมาตรการ", "ยังไม่มีผลรายงาน", "ยังไม่มีคะแนนปีถัดไป", "ยังไม่ได้วิเคราะห์"]


@pytest.fixture
def traced(office):
    make_framework(2563, {"I7": (2, BUDGET), "I8": (2, "ร่วมจัดทำ")})
    make_framework(2564, {"I3": (2, BUDGET)})
    give_scores(office.organisation, 2563, {"I7": "53.56", "I8": "60.00"})
    office.finding = make_finding(office.organisation, 2563, "I7")
    return office


def page_of(client, year=2564) -> str:
    return client.get(reverse("desk:trace", args=[year])).content.decode()


def cells_saying(page: str, words: str) -> int:
    return page.count(f'<span class="gap">{words}</span>')


def test_every_gap_is_named_in_its_place(traced, as_person):
    page = page_of(as_person(traced.staff))

    # Rows: the finding, the weak item nobody analysed, and two measures that answer nothing.
    assert [cells_saying(page, words) for words in GAPS] == [2, 2, 2, 1]
    assert cells_saying(page, "มาตรการนี้ไม่ได้อ้างประเด็น") == 2


def test_a_whole_thread_has_no_gap(traced, as_person):
    office = traced
    give_scores(office.organisation, 2563, {"I8": "90"})
    give_scores(office.organisation, 2564, {"I3": "82.50"})
    for measure in office.measures:
        measure.findings.add(office.finding)
    for entry in progress.entries_of(office.round):
        progress.record(entry, by=office.coordinator, version=0, status="done", result="ชี้แจงแล้ว")

    page = page_of(as_person(office.staff))

    assert 'class="gap"' not in page
    assert "๕๓.๕๖" in page
    assert "๘๒.๕๐" in page
    assert "เพิ่มขึ้น ๒๘.๙๔ คะแนน" in page
    assert page.count("ชี้แจงแล้ว") == 2
    assert page.count("ต่อจากประเด็นที่ ๑") == 2  # score and next score of the second measure


def test_a_score_that_moved_is_not_called_an_effect(traced, as_person):
    assert "คะแนนที่เปลี่ยนไม่ได้หมายความว่าเกิดจากมาตรการ" in page_of(as_person(traced.staff))


def test_an_office_without_a_result_is_told_so(office, as_person):
    page = page_of(as_person(office.staff))

    assert "ยังไม่มีคะแนนปี ๒๕๖๓" in page
    assert cells_saying(page, "มาตรการนี้ไม่ได้อ้างประเด็น") == 2


@pytest.mark.parametrize("year", [2560, 2565, 987_654_321])
def test_a_year_without_anything_is_not_there(traced, as_person, year):
    assert as_person(traced.staff).get(reverse("desk:trace", args=[year])).status_code == 404


def test_nothing_of_another_office_is_in_it(traced, as_person):
    other = make_office()
    make_finding(other.organisation, 2563, "I7", analysis="ความลับของเพื่อนบ้าน")
    make_measure(other.organisation, other.finance, number=9, title="มาตรการของเพื่อนบ้าน")

    page = page_of(as_person(traced.staff))

    assert "เพื่อนบ้าน" not in page


def test_the_number_of_queries_does_not_grow(traced, as_person):
    client = as_person(traced.coordinator)

    def add(number: int) -> None:
        measure = make_measure(traced.organisation, traced.secretariat, traced.works, number=number)
        measure.findings.add(make_finding(traced.organisation, 2563, "I7 I8"))

    def queries() -> int:
        progress.entries_of(traced.round)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("desk:trace", args=[2564])).status_code == 200
        return len(asked)

    queries()
    add(3)
    with_one = queries()
    add(4), add(5)
    with_three = queries()
    for number in range(6, 63):
        add(number)

    assert (with_one, with_three, queries()) == (25,) * 3


def test_an_item_without_a_next_score_is_named_beside_one_that_has_it(traced, as_person):
    give_scores(traced.organisation, 2564, {"I3": "82.50"})
    traced.finding.items.add(item_of(2563, "I8"))
    Item.objects.filter(instrument__framework__fiscal_year=2563, number=8).update(indicator=None)

    page = page_of(as_person(traced.staff))

    assert "ไม่มีข้อให้เทียบ" in page
    assert cells_saying(page, "ยังไม่มีคะแนนปีถัดไป") == 1
    assert "๘๒.๕๐" in page
