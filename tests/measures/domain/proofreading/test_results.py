"""Measures without a result, and results that repeat another measure's."""

import pytest

from tests.factories.content import measure
from tests.factories.proofreading import content_saying, entry, found_in


def reporting(*results, number=1):
    return measure(number, progress=list(results))


def test_divisions_that_report_without_words_are_named_once_per_measure():
    whole = content_saying(
        measures=[
            reporting(
                entry(result=""),
                entry(division="กองช่าง", status="done", result=" \n"),
                entry(division="สำนักปลัด"),
            )
        ]
    )

    assert found_in(whole, "no_result") == [("มาตรการที่ 1 ผลการดำเนินการ", "กองคลัง, กองช่าง")]


def test_what_has_not_been_started_and_plans_need_no_result():
    silent = reporting(entry(status="not_started", result=""))
    plan = content_saying(measures=[reporting(entry(result=""))]) | {"kind": "plan"}

    assert found_in(content_saying(measures=[silent]), "no_result") == []
    assert found_in(plan, "no_result") == []


@pytest.mark.parametrize("copy", ["จัดประชุม 2 ครั้ง", "จัดประชุม  ๒ ครั้ง\n"])
def test_result_of_another_measure_word_for_word(copy):
    whole = content_saying(
        measures=[
            reporting(entry(result="จัดประชุม 2 ครั้ง")),
            reporting(entry(result="จัดอบรม 2 ครั้ง"), number=2),
            reporting(entry(result=copy), number=3),
        ]
    )

    assert found_in(whole, "repeated_result") == [("มาตรการที่ 3 ผลการดำเนินการ", copy)]


def test_divisions_may_say_the_same_of_one_measure_and_dashes_say_nothing():
    together = reporting(entry(), entry(division="กองช่าง"))
    dashes = [reporting(entry(result="-"), number=number) for number in (2, 3)]

    assert found_in(content_saying(measures=[together, *dashes]), "repeated_result") == []


def test_outcomes_may_repeat():
    whole = content_saying(
        measures=[
            reporting(entry(result=f"จัดประชุมครั้งที่ {number}", outcome="บุคลากรเข้าใจ"), number=number)
            for number in (1, 2)
        ]
    )

    assert found_in(whole, "repeated_result") == []
