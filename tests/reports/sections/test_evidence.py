import datetime as dt

import pytest

from reports.sections import evidence
from tests.factories.content import content, entry, measure
from tests.factories.content import evidence as piece


def with_evidence(*pieces, **changes):
    measures = [measure(1), measure(2, progress=[entry(evidence=list(pieces))])]
    return content(measures=measures, has_annex=True, **changes)


def test_codes_count_through_the_document_by_kind():
    frozen = with_evidence(piece("photo"), piece("link"), piece("photo"))
    assert [row["code"] for row in evidence.annex_photographs(frozen)["rows"]] == ["ก-1", "ก-2"]
    assert [row["code"] for row in evidence.annex_links(frozen)["rows"]] == ["ค-1"]


def test_word_and_excel_files_count_together_behind_their_own_letter():
    frozen = with_evidence(piece("word"), piece("link"), piece("sheet"))
    annex = evidence.annex_office_files(frozen)
    assert annex["letter"] == "ง"
    assert [(row["code"], row["kind_name"]) for row in annex["rows"]] == [
        ("ง-1", "เอกสาร Word"),
        ("ง-2", "ตาราง Excel"),
    ]


def test_evidence_names_measure_division_and_day():
    [row] = evidence.annex_photographs(with_evidence(piece("photo")))["rows"]
    assert (row["measure"], row["division"], row["added_on"]) == (
        2,
        "สำนักปลัด",
        dt.date(2021, 3, 1),
    )


def test_pages_of_a_file_stand_one_by_one():
    rows = evidence.annex_files(with_evidence(piece("pdf", pages=3), piece("pdf", pages=1)))["rows"]
    assert [(row["code"], row["number"], row["place"]) for row in rows] == [
        ("ข-1", 1, 0),
        ("ข-1", 2, 1),
        ("ข-1", 3, 2),
        ("ข-2", 1, 3),
    ]


def test_of_a_long_file_the_first_pages_are_printed():
    frozen = with_evidence(piece("pdf", pages=500))
    rows = evidence.annex_files(frozen)["rows"]
    assert len(rows) == evidence.MOST_PAGES_OF_A_FILE
    assert len(list(evidence.sheets_of(frozen))) == evidence.MOST_PAGES_OF_A_FILE


@pytest.mark.parametrize("state", [{"problem": "เปิดไม่ได้"}, {"is_attached": True}, {"pages": None}])
def test_file_that_is_not_printed_has_one_page_without_a_place(state):
    frozen = with_evidence(piece("pdf", pages=3) | state)
    [row] = evidence.annex_files(frozen)["rows"]
    assert row["place"] is None
    assert list(evidence.sheets_of(frozen)) == []


def test_annex_is_left_out_where_the_office_wants_none():
    pieces = (piece("photo"), piece("pdf"), piece("link"), piece("word"))
    frozen = with_evidence(*pieces) | {"has_annex": False}
    assert [build(frozen) for build in evidence.ANNEX] == [None, None, None, None]
    assert evidence.evidence_note(frozen)["is_in_annex"] is False


def test_plan_has_no_evidence():
    frozen = with_evidence(piece("photo"), kind="plan")
    assert evidence.annex_photographs(frozen) is None
    assert evidence.evidence_note(frozen) is None


def test_note_points_to_the_annex_where_there_is_one():
    assert evidence.evidence_note(with_evidence(piece("photo")))["is_in_annex"] is True
    assert evidence.evidence_note(with_evidence())["is_in_annex"] is False
