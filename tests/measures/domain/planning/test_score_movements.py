"""The scores around a shared measure, as its office published them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.domain.planning import library
from measures.domain.planning.score_movements import movements_of
from measures.models import AssessmentResult
from tests.factories.analysis import give_scores, make_framework
from tests.factories.content import measure as measure_content
from tests.factories.people import make_office
from tests.factories.publications import make_publication

pytestmark = pytest.mark.django_db

NAMES = {2: "การใช้งบประมาณ"}


@pytest.fixture(autouse=True)
def frameworks(db):
    make_framework(2563, {"I7": (2, "รู้แผนงบประมาณ"), "I8": (2, "เคยร่วม")}, NAMES)
    # What was I7 is I3 now; I7 asks something else.
    make_framework(2564, {"I3": (2, "รู้แผนงบประมาณ"), "I7": (2, "คำถามใหม่")}, NAMES)


def assessment(year, **scores):
    items = [{"code": code, "text": "", "score": score} for code, score in scores.items()]
    return {"fiscal_year": year, "total": None, "instruments": [], "items": items}


def shared_measure(office, *, scores=None, **changes):
    publication = make_publication(
        office.organisation,
        fiscal_year=2564,
        assessment=assessment(2563, **scores) if scores else None,
        measures=[measure_content(1, **changes)],
    )
    return library.share(publication, 1, by=office.coordinator)


def publish_next(office, **scores):
    make_publication(office.organisation, fiscal_year=2565, assessment=assessment(2564, **scores))


def said(shared):
    return [seen.sentence() for seen in movements_of([shared])[shared.pk]]


def test_the_score_of_the_item_is_told_before_and_after_by_its_text(office):
    shared = shared_measure(office, scores={"I7": "79.27"}, items=["I7"])
    publish_next(office, I3="85.10", I7="11.11")

    assert said(shared) == ["I7 รู้แผนงบประมาณ คะแนนเปลี่ยนจาก ๗๙.๒๗ (ปี ๒๕๖๓) เป็น ๘๕.๑๐ (ปี ๒๕๖๔)"]


def test_without_a_later_publication_the_next_score_is_not_known(office):
    shared = shared_measure(office, scores={"I7": "79.27"}, items=["I7"])

    assert said(shared) == ["I7 รู้แผนงบประมาณ ได้ ๗๙.๒๗ คะแนนในปี ๒๕๖๓ ยังไม่มีคะแนนปีถัดไป"]


def test_the_same_number_in_the_next_year_is_another_item(office):
    shared = shared_measure(office, scores={"I7": "79.27"}, items=["I7"])
    publish_next(office, I7="99.99")

    assert said(shared) == ["I7 รู้แผนงบประมาณ ได้ ๗๙.๒๗ คะแนนในปี ๒๕๖๓ ยังไม่มีคะแนนปีถัดไป"]


def test_scores_that_are_recorded_but_not_published_are_not_told(office):
    shared = shared_measure(office, items=["I7"])
    give_scores(office.organisation, 2563, {"I7": "79.27"})
    give_scores(office.organisation, 2564, {"I3": "85.10"})

    assert AssessmentResult.objects.count() == 2
    assert said(shared) == []


def test_scores_of_another_office_are_not_told(office):
    shared = shared_measure(office, scores={"I7": "79.27"}, items=["I7"])
    publish_next(make_office(), I3="85.10")

    assert said(shared) == ["I7 รู้แผนงบประมาณ ได้ ๗๙.๒๗ คะแนนในปี ๒๕๖๓ ยังไม่มีคะแนนปีถัดไป"]


def test_without_scored_items_the_indicator_is_told_where_all_its_items_have_a_score(office):
    indicator = {"indicator": "2. การใช้งบประมาณ", "indicator_number": 2}
    shared = shared_measure(office, scores={"I7": "70.00", "I8": "50.00"}, **indicator)
    publish_next(office, I3="80.00", I7="85.00")

    assert said(shared) == [
        "ตัวชี้วัดที่ 2. การใช้งบประมาณ คะแนนเปลี่ยนจาก ๖๐.๐๐ (ปี ๒๕๖๓) เป็น ๘๒.๕๐ (ปี ๒๕๖๔)"
    ]
    other = make_office()
    partly = shared_measure(other, scores={"I7": "70.00"}, **indicator)
    assert said(partly) == []


def test_many_measures_are_asked_about_as_often_as_one():
    def rows(count: int):
        offices = [make_office() for _ in range(count)]
        shared = [shared_measure(each, scores={"I7": "79.27"}, items=["I7"]) for each in offices]
        for each in offices:
            publish_next(each, I3="85.10")
        return shared

    def queries(shared) -> int:
        with CaptureQueriesContext(connection) as asked:
            movements_of(shared)
        return len(asked)

    assert queries(rows(1)) == queries(rows(4))
