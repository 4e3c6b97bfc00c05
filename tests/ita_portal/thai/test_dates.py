from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import thai_strftime

from ita_portal.thai.dates import (
    FULL_MONTHS,
    SHORT_MONTHS,
    buddhist_year,
    date_time,
    full_date,
    memo_date,
    parse_date,
    short_date,
)

DAY = date(2021, 3, 30)
DAYS = st.dates(min_value=date(1957, 1, 1), max_value=date(2100, 12, 31))
EVERY_DAY = [date(1957, 1, 1) + timedelta(days=number) for number in range(52_595)]


def test_dates_are_written_as_the_office_does():
    assert full_date(DAY) == "๓๐ มีนาคม พ.ศ. ๒๕๖๔"
    assert memo_date(DAY) == "๓๐ มีนาคม ๒๕๖๔"
    assert short_date(DAY) == "๓๐ มี.ค. ๖๔"
    assert date_time(datetime(2021, 3, 30, 14, 5)) == "๓๐ มี.ค. ๒๕๖๔ เวลา ๑๔.๐๕ น."  # noqa: DTZ001


def test_screens_may_choose_arabic_digits():
    assert full_date(DAY, thai_digits=False) == "30 มีนาคม พ.ศ. 2564"
    assert memo_date(DAY, thai_digits=False) == "30 มีนาคม 2564"
    assert short_date(DAY, thai_digits=False) == "30 มี.ค. 64"
    moment = datetime(2021, 3, 30, 7, 5, tzinfo=UTC)
    assert date_time(moment, thai_digits=False) == "30 มี.ค. 2564 เวลา 14.05 น."


def test_moments_are_taken_to_thai_time():
    late_in_london = datetime(2020, 12, 31, 18, 5, tzinfo=UTC)

    assert date_time(late_in_london) == "๑ ม.ค. ๒๕๖๔ เวลา ๐๑.๐๕ น."
    assert memo_date(late_in_london) == "๑ มกราคม ๒๕๖๔"
    assert buddhist_year(late_in_london) == 2564


def test_years_of_two_digits_keep_their_zero():
    assert short_date(date(1962, 1, 5)) == "๕ ม.ค. ๐๕"


def test_months_are_named_in_order():
    assert len(FULL_MONTHS) == len(SHORT_MONTHS) == 12
    assert (FULL_MONTHS[0], FULL_MONTHS[11]) == ("มกราคม", "ธันวาคม")
    assert (SHORT_MONTHS[0], SHORT_MONTHS[11]) == ("ม.ค.", "ธ.ค.")


@given(DAYS)
def test_dates_are_those_of_pythainlp(day):
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # thai_strftime wants one

    assert full_date(day) == thai_strftime(moment, "%-d %B พ.ศ. %Y", thaidigit=True)
    assert short_date(day) == thai_strftime(moment, "%-d %b %y", thaidigit=True)


def test_every_date_from_1957_to_2100_is_read_back():
    assert EVERY_DAY[-1] == date(2100, 12, 31)
    assert [day for day in EVERY_DAY if parse_date(memo_date(day)) != day] == []


@given(DAYS)
def test_every_form_is_read_back(day):
    assert parse_date(full_date(day)) == day
    assert parse_date(full_date(day, thai_digits=False)) == day
    assert parse_date(day.isoformat()) == day
    if buddhist_year(day) < 2600:
        assert parse_date(short_date(day)) == day


@pytest.mark.parametrize(
    "written",
    [
        "๓๐ มีนาคม พ.ศ. ๒๕๖๔",
        "30 มีนาคม 2564",
        "  30   มีนาคม\u00a02564 ",
        "30มีนาคม2564",
        "วันที่ ๓๐ เดือน มีนาคม พ.ศ. ๒๕๖๔",
        "วันอังคารที่ 30 มีนาคม 2564",
        "๓๐ มี.ค. ๖๔",
        "30 มี.ค.64",
        "30 มีค 64",
        "30 มี.ค 2564",
        "30 มีนา 64",
        "๓๐ มีนาคม ๒๕๖4",
        "30/3/2564",
        "๓๐/๐๓/๒๕๖๔",
        "30-03-2564",
        "30 มีนาคม ค.ศ. 2021",
        "2021-03-30",
    ],
)
def test_dates_are_read_in_the_forms_people_use(written):
    assert parse_date(written) == DAY


UNREADABLE = "อ่านวันที่ “{}” ไม่ได้ โปรดพิมพ์วัน เดือน และปี พ.ศ. เช่น ๓๐ มีนาคม ๒๕๖๔"
WRONG_ERA = "ปีในวันที่ “{}” ไม่ใช่ปี พ.ศ. โปรดพิมพ์ปี พ.ศ. สี่หลัก เช่น ๓๐ มีนาคม ๒๕๖๔"
NO_SUCH_DAY = "ไม่มีวันที่ “{}” ในปฏิทิน โปรดตรวจสอบวันและเดือน"


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ("", UNREADABLE),
        ("เมื่อวาน", UNREADABLE),
        ("มีนาคม 2564", UNREADABLE),
        ("30 มีนาคม", UNREADABLE),
        ("30/3/64", UNREADABLE),
        ("30 มีนาคม 564", UNREADABLE),
        ("30 มีนาคม 2564 ครับ", UNREADABLE),
        ("30 มีนาคม 2021", WRONG_ERA),
        ("30/3/2021", WRONG_ERA),
        ("2564-03-30", WRONG_ERA),
        ("30 มีนาคม ค.ศ. 21", WRONG_ERA),
        ("30 มีนาคม ค.ศ. 2564", WRONG_ERA),
        ("31 เมษายน 2564", NO_SUCH_DAY),
        ("29 กุมภาพันธ์ 2564", NO_SUCH_DAY),
        ("30/13/2564", NO_SUCH_DAY),
        ("0000-03-30", NO_SUCH_DAY),
    ],
)
def test_a_refused_date_says_what_to_do(written, refusal):
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # the text is compared below
        parse_date(written)

    assert str(refused.value) == refusal.format(written)


@given(st.text())
def test_parse_date_raises_nothing_but_value_error(text):
    try:
        parse_date(text)
    except ValueError:
        return
