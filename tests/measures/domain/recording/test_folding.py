"""One status, text, sentence and number for a measure from those of its divisions."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.domain.recording.folding import (
    every_division_sentence,
    fold_numbers,
    fold_status,
    fold_texts,
    target_line,
)
from measures.models import ProgressStatus

NOT, ING, DONE = (
    ProgressStatus.NOT_STARTED,
    ProgressStatus.IN_PROGRESS,
    ProgressStatus.DONE,
)


@pytest.mark.parametrize(
    ("statuses", "folded"),
    [
        ([], NOT),
        ([NOT], NOT),
        ([ING], ING),
        ([DONE], DONE),
        ([NOT, NOT], NOT),
        ([NOT, ING], ING),
        ([NOT, DONE], ING),
        ([ING, ING], ING),
        ([ING, DONE], ING),
        ([DONE, DONE], DONE),
        ([NOT, ING, DONE], ING),
    ],
)
def test_status_of_a_measure_from_its_divisions(statuses, folded):
    assert {fold_status(order) for order in itertools.permutations(statuses)} == {folded}


@given(st.lists(st.sampled_from(ProgressStatus.values), min_size=1, max_size=8))
def test_measure_is_done_only_when_all_are(statuses):
    assert (fold_status(statuses) == DONE) == all(status == "done" for status in statuses)


@pytest.mark.parametrize(
    ("texts", "folded"),
    [
        ([], ""),
        ([("สำนักปลัด", "")], ""),
        ([("สำนักปลัด", "ประชุมแล้ว")], "ประชุมแล้ว"),
        ([("สำนักปลัด", "ประชุมแล้ว"), ("กองคลัง", "")], "ประชุมแล้ว"),
        ([("สำนักปลัด", "ประชุมแล้ว"), ("กองคลัง", "ประชุมแล้ว")], "ประชุมแล้ว"),
        (
            [("สำนักปลัด", "ประชุมแล้ว"), ("กองคลัง", "ปิดประกาศ"), ("กองช่าง", "ประชุมแล้ว")],
            "สำนักปลัด, กองช่าง: ประชุมแล้ว\nกองคลัง: ปิดประกาศ",
        ),
    ],
)
def test_texts_of_divisions_are_told_apart_by_name_only_where_they_differ(texts, folded):
    assert fold_texts(texts) == folded


@pytest.mark.parametrize(
    ("divisions", "sentence"),
    [
        (
            [("สำนักปลัด", DONE), ("กองคลัง", DONE), ("กองช่าง", DONE)],
            "ทุกส่วนราชการดำเนินการแล้วเสร็จ ได้แก่ สำนักปลัด กองคลัง และกองช่าง",
        ),
        (
            [("สำนักปลัด", DONE), ("กองคลัง", DONE), ("กองศึกษา", DONE), ("กองช่าง", ING)],
            "ดำเนินการแล้วเสร็จ 3 จาก 4 ส่วนราชการ ได้แก่ สำนักปลัด กองคลัง และกองศึกษา; "
            "อยู่ระหว่างดำเนินการ: กองช่าง",
        ),
        (
            [("สำนักปลัด", NOT), ("กองคลัง", ING), ("กองช่าง", NOT)],
            "ดำเนินการแล้วเสร็จ 0 จาก 3 ส่วนราชการ; อยู่ระหว่างดำเนินการ: กองคลัง; "
            "ยังไม่ดำเนินการ: สำนักปลัด และกองช่าง",
        ),
    ],
)
def test_every_division_is_told_in_one_sentence(divisions, sentence):
    assert every_division_sentence(divisions) == sentence


@given(
    st.lists(
        st.tuples(st.uuids().map(str), st.sampled_from(ProgressStatus.values)),
        min_size=1,
        max_size=8,
        unique_by=lambda division: division[0],
    )
)
def test_the_sentence_names_every_division_once(divisions):
    sentence = every_division_sentence(divisions)

    assert [sentence.count(name) for name, _status in divisions] == [1] * len(divisions)


@pytest.mark.parametrize(
    ("values", "fold", "folded"),
    [
        ([], "sum", None),
        ([], "average", None),
        (["10", "2.5"], "sum", "12.5"),
        (["10", "2.5"], "average", "6.25"),
        (["1", "1", "0"], "average", "0.67"),
        (["0.01", "0"], "average", "0.01"),
    ],
)
def test_numbers_of_divisions_are_added_or_averaged(values, fold, folded):
    found = fold_numbers([Decimal(value) for value in values], fold)

    assert found == (None if folded is None else Decimal(folded))


def test_target_is_a_line_with_what_is_known():
    known = {"baseline": Decimal("80.00"), "goal": Decimal(90), "actual": Decimal("85.50")}

    assert target_line("ความพึงพอใจ", "ร้อยละ", **known) == (
        "เป้าหมาย: ความพึงพอใจ ค่าตั้งต้น 80 ค่าเป้าหมาย 90 ผลที่ได้ 85.5 ร้อยละ"
    )
    assert target_line("อบรม", "ครั้ง", baseline=None, goal=Decimal(100), actual=None) == (
        "เป้าหมาย: อบรม ค่าเป้าหมาย 100 ผลที่ได้ - ครั้ง"
    )
