"""Days that are not in the calendar, and times outside of fiscal year 2564."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_portal.thai.dates import FULL_MONTHS, full_date, memo_date, short_date
from ita_portal.thai.periods import fiscal_year_bounds
from tests.factories.content import measure
from tests.factories.proofreading import content_saying, entry, found_in

PLACE = "ข้อความลงท้าย"
RESULT = "มาตรการที่ 1 ผลการดำเนินการ"


def reporting(text, **changes):
    return content_saying(measures=[measure(1, progress=[entry(result=text)], **changes)])


def planning(**changes):
    return content_saying(measures=[measure(1, **changes)])


# Impossible --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day",
    [
        "31 กุมภาพันธ์",
        "๓๑ กุมภาพันธ์ ๒๕๖๔",
        "29 กุมภาพันธ์ พ.ศ. 2564",
        "31 เม.ย. 64",
        "31/02/2564",
        "15/13/2564",
        "0 มีนาคม 2564",
    ],
)
def test_day_that_the_calendar_does_not_have(day):
    assert found_in(content_saying(f"ประชุมเมื่อวันที่ {day} แล้ว"), "impossible_date") == [(PLACE, day)]


@pytest.mark.parametrize(
    "text",
    [
        "29 กุมภาพันธ์",
        "๒๙ กุมภาพันธ์ ๒๕๖๓",
        "28-29 กุมภาพันธ์ 2563",
        "ครั้งที่ 45/2564 มีนาคม 2564",
        "โทร. 042-99-2564",
        "มีนา 99 ไร่",
    ],
)
def test_days_that_are_and_what_is_no_day(text):
    assert found_in(content_saying(text), "impossible_date") == []


@given(st.integers(1, 31), st.integers(1, 12), st.integers(2500, 2599))
def test_a_day_is_remarked_exactly_when_there_is_none(day, month, year):
    try:
        datetime.date(year - 543, month, day)
    except ValueError:
        exists = False
    else:
        exists = True
    written = f"{day} {FULL_MONTHS[month - 1]} {year}"

    found = found_in(content_saying(f"เมื่อวันที่ {written} นั้น"), "impossible_date")

    assert found == ([] if exists else [(PLACE, written)])


# Outside of the fiscal year ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "time",
    ["30 กันยายน 2563", "ต.ค. 64", "ตุลาคม พ.ศ. ๒๕๖๔", "1/10/2564", "พ.ศ. 2562", "มี.ค. ๒๕๖๓"],
)
def test_result_dated_outside(time):
    (found,) = found_in(reporting(f"จัดอบรมเมื่อ {time} แล้ว"), "outside_fiscal_year")

    assert found[0] == RESULT
    assert time.endswith(found[1])


@pytest.mark.parametrize(
    "text",
    [
        "จัดอบรม 1 ตุลาคม 2563 และ ๓๐ กันยายน ๒๕๖๔",
        "จัดอบรมเดือนมีนาคม 25 คน",
        "แนบคำสั่งลงวันที่ 5 มกราคม 2561",
        "ตามพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540",
        "ตามแผนพัฒนาท้องถิ่น (พ.ศ. 2561 - 2565)",
        "ตั้งงบประมาณ 2,560 บาท และ 2560 บาท",
        "ลดจากปี 2563 ในปี 2564",
        "คำสั่งที่ 12/2559",
    ],
)
def test_result_inside_and_years_of_other_papers(text):
    assert found_in(reporting(text), "outside_fiscal_year") == []


@pytest.mark.parametrize("written", [full_date, memo_date, short_date])
@given(day=st.dates(datetime.date(2019, 1, 1), datetime.date(2023, 12, 31)))
def test_result_is_remarked_exactly_when_its_day_is_outside(written, day):
    first, last = fiscal_year_bounds(2564)

    found = found_in(reporting(f"ประชุมเมื่อวันที่ {written(day)} แล้ว"), "outside_fiscal_year")

    assert found == ([] if first <= day <= last else [(RESULT, written(day))])


@pytest.mark.parametrize(
    "period", ["ตุลาคม 2563 - กันยายน 2565", "ไตรมาสที่ 1/2563", "ปีงบประมาณ 2563", "ต.ค. 62 - ก.ย. 63"]
)
def test_period_outside_is_remarked_as_a_whole(period):
    whole = planning(period={"text": period, "start": None, "end": None})

    assert found_in(whole, "outside_fiscal_year") == [("มาตรการที่ 1 ระยะเวลาดำเนินการ", period)]


@pytest.mark.parametrize("period", ["ตลอดปีงบประมาณ", "ต.ค. 63 – ก.ย. 64", "ไตรมาสที่ 2", "ทุกเดือน"])
def test_period_inside(period):
    whole = planning(period={"text": period, "start": None, "end": None})

    assert found_in(whole, "outside_fiscal_year") == []


def test_entered_days_outside_are_told_where_the_text_says_none():
    outside = {"text": "ทุกไตรมาส", "start": "2020-09-01", "end": "2021-09-30"}
    inside = {"text": "ทุกไตรมาส", "start": "2020-10-01", "end": "2021-09-30"}

    assert found_in(planning(period=outside), "outside_fiscal_year") == [
        ("มาตรการที่ 1 ระยะเวลาดำเนินการ", "๑ กันยายน ๒๕๖๓ – ๓๐ กันยายน ๒๕๖๔")
    ]
    assert found_in(planning(period=inside), "outside_fiscal_year") == []


def test_monitoring_may_come_soon_after_the_year_but_not_before_it():
    late = planning(monitoring="รายงานผลภายใน 31 ตุลาคม 2564")
    early = planning(monitoring="สรุปผล ณ 30 กันยายน 2563")

    assert found_in(late, "outside_fiscal_year") == []
    assert found_in(early, "outside_fiscal_year") == [("มาตรการที่ 1 การกำกับติดตาม", "30 กันยายน 2563")]


def test_prose_may_name_the_year_before_but_no_other():
    fine = content_saying("ผลการประเมินแจ้งเมื่อ 15 สิงหาคม 2563 ใช้กับปี 2564")
    old, next_year = content_saying("ผลการประเมินปี 2562"), content_saying("ปรับปรุงในปี ๒๕๖๕")

    assert found_in(fine, "outside_fiscal_year") == []
    assert found_in(old, "outside_fiscal_year") == [(PLACE, "2562")]
    assert found_in(next_year, "outside_fiscal_year") == [(PLACE, "๒๕๖๕")]
