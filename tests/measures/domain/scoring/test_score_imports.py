"""Scores pasted or brought as a file: shown first, stored once confirmed, given back the same."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.files.storage import default_storage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from measures.domain.errors import Invalid, Stale
from measures.domain.importing.reading import read_source
from measures.domain.scoring import score_imports
from measures.domain.scoring.entering import state_of
from measures.domain.scoring.framework_tree import tree_of
from measures.domain.scoring.score_tables import lines_of_source, lines_of_text
from measures.models import AssessmentResult, EventVerb, FileImport, Item, Score
from measures.permissions import NotAllowed
from tests.factories.scoring import LETTERS, make_framework, make_result

pytestmark = pytest.mark.django_db

TEXT = "ข้อ\tคะแนน\nI7\t79.27\nO42\t100\nI77\t50\nคะแนนรวม\t85.20\n"


def workbook(*rows) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "คะแนน"
    for row in rows:
        sheet.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def reading(text, fiscal_year=2564):
    return score_imports.reading_of_lines(lines_of_text(text), tree_of(fiscal_year))


def stage(office, data, name="scores.xlsx", by=None):
    return score_imports.stage(
        data,
        name=name,
        organisation=office.organisation,
        fiscal_year=2564,
        by=by or office.coordinator,
    )


def stored():
    return {score.item.code(): str(score.value) for score in Score.objects.all()}


def test_a_pasted_text_is_stored_over_what_is_there(office):
    make_framework()
    make_result(office.organisation, scores={"I7": "10", "I8": "20"}, iit=Decimal(70), level="A")

    score_imports.store(reading(TEXT), office.organisation, 2564, by=office.coordinator)

    result = AssessmentResult.objects.get()
    assert stored() == {"I7": "79.27", "I8": "20.00", "O42": "100.00"}
    assert (result.total, result.iit, result.level) == (Decimal("85.20"), Decimal(70), "A")


def test_nothing_read_stores_nothing(office):
    make_framework()
    with pytest.raises(Invalid, match="ไม่พบคะแนน"):
        score_imports.store(reading("สวัสดี"), office.organisation, 2564, by=office.coordinator)
    assert not AssessmentResult.objects.exists()


def test_a_file_is_kept_shown_and_stored_once_confirmed(office):
    make_framework()
    data = workbook(["ข้อ", "คะแนน"], ["I7", 79.27], ["O42", 100], ["คะแนนรวม", 85.2])

    kept = stage(office, data)

    assert not AssessmentResult.objects.exists()
    read = score_imports.reading_of(kept)
    assert {code: str(found.value) for code, found in read.items.items()} == {
        "I7": "79.27",
        "O42": "100.00",
    }
    assert read.items["I7"].where == "แผ่นงาน “คะแนน” แถวที่ 2"

    score_imports.confirm(kept, by=office.coordinator)

    kept.refresh_from_db()
    assert stored() == {"I7": "79.27", "O42": "100.00"}
    assert kept.report == {"items": 2, "announced": ["total"], "problems": 0}
    assert kept.confirmed_by == office.coordinator
    verbs = list(office.organisation.events.order_by("sequence").values_list("verb", flat=True))
    assert verbs[-2:] == [EventVerb.RESULT_SAVED, EventVerb.IMPORTED]


def test_a_file_is_confirmed_once(office):
    make_framework()
    kept = stage(office, workbook(["I7", 79.27]))
    score_imports.confirm(kept, by=office.coordinator)
    Score.objects.all().delete()

    with pytest.raises(Invalid, match="ยืนยันนำเข้าไปแล้ว"):
        score_imports.confirm(kept, by=office.coordinator)

    assert stored() == {}


def test_a_file_is_not_stored_over_what_changed_after_the_preview(office):
    make_framework()
    kept = stage(office, workbook(["I7", 79.27]))
    seen = state_of(score_imports.result_of(office.organisation, 2564))
    make_result(office.organisation, total=Decimal(90))

    with pytest.raises(Stale):
        score_imports.confirm(kept, by=office.coordinator, seen=seen)

    kept.refresh_from_db()
    assert (stored(), kept.confirmed_at) == ({}, None)


def test_a_file_without_scores_leaves_nothing_behind(office):
    make_framework()
    with pytest.raises(Invalid, match="ไม่พบคะแนน"):
        stage(office, workbook(["ชื่อ", "หมายเหตุ"], ["ก", "ข"]))

    assert not FileImport.objects.exists()
    assert not default_storage.exists("imports")


def test_a_file_that_is_no_table_is_refused_by_its_content(office):
    with pytest.raises(Invalid, match="PDF"):
        stage(office, b"%PDF-1.7 ...", name="scores.xlsx")


@pytest.mark.parametrize("role", ["staff", "mayor", "outsider"])
def test_only_who_manages_the_office_brings_and_confirms(office, role):
    make_framework()
    person = getattr(office, role)
    data = workbook(["I7", 79.27])
    with pytest.raises(NotAllowed):
        stage(office, data, by=person)
    assert not FileImport.objects.exists()

    kept = stage(office, data)
    with pytest.raises(NotAllowed):
        score_imports.confirm(kept, by=person)
    assert stored() == {}


SCORE = st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)
PASTED, FILE = "pasted", "file"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), way=st.sampled_from([PASTED, FILE]))
def test_what_the_page_gives_out_gives_the_same_scores_back(office, data, way):
    """As lines with tabs, and as the csv file that the page answers."""
    if not Item.objects.exists():
        make_framework()
        Item.objects.filter(number=5).update(text="ตัวชี้วัดที่ 9 | รอบ 6 เดือน\n(อ้างอิง o11) 100 คะแนน")
    tree = tree_of(2564)
    values = data.draw(st.dictionaries(st.sampled_from([item.pk for item in tree.items()]), SCORE))
    announced = data.draw(st.dictionaries(st.sampled_from(["iit", "eit", "oit", "total"]), SCORE))
    level = data.draw(st.sampled_from(["", *(name for name, _least in LETTERS)]))
    result = AssessmentResult(
        organisation=office.organisation, fiscal_year=2564, level=level, **announced
    )
    rows = list(score_imports.rows_of(result, tree, values))

    if way == PASTED:
        lines = lines_of_text("\n".join("\t".join(row) for row in rows))
    else:
        lines = lines_of_file(rows)
    read = score_imports.reading_of_lines(lines, tree)

    assert {item.pk: value for item, value in read.scores(tree).items()} == values
    assert {name: found.value for name, found in read.announced.items()} == announced
    assert (read.level, read.problems) == (level, [])


def lines_of_file(rows):
    text = StringIO()
    csv.writer(text).writerows(rows)
    return lines_of_source(read_source(("\ufeff" + text.getvalue()).encode(), "scores.csv"))
