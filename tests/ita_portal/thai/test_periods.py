from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_portal.thai.periods import (
    Period,
    fiscal_year_bounds,
    fiscal_year_of,
    format_period,
    is_within_fiscal_year,
    parse_period,
    quarter_bounds,
    round_bounds,
)

DAYS = st.dates(min_value=date(1957, 1, 1), max_value=date(2100, 12, 31))
FISCAL_YEARS = st.integers(min_value=2500, max_value=2643)
FRAGMENTS = (
    "มกราคม|กุมภาพันธ์|เมษายน|ก.ย.|ต.ค.|๑|31|๖๗|2567|๒๕๖๖| |-|–|ถึง|พ.ศ.|ปีงบประมาณ|ตลอด|ไตรมาส|รอบ"
    "|6|เดือน|ทุก|/|(|)|9999"
)
PIECES = st.lists(st.sampled_from(FRAGMENTS.split("|")), max_size=10).map("".join)


@pytest.mark.parametrize(
    ("day", "fiscal_year"),
    [
        (date(2021, 9, 30), 2564),
        (date(2021, 10, 1), 2565),
        (date(2021, 12, 31), 2565),
        (date(2022, 1, 1), 2565),
        (datetime(2021, 9, 30, 18, 0, tzinfo=UTC), 2565),
    ],
)
def test_the_fiscal_year_starts_in_october(day, fiscal_year):
    assert fiscal_year_of(day) == fiscal_year


def test_bounds_of_a_fiscal_year_its_quarters_and_rounds():
    assert fiscal_year_bounds(2566) == (date(2022, 10, 1), date(2023, 9, 30))
    assert [quarter_bounds(2567, quarter) for quarter in (1, 2, 3, 4)] == [
        (date(2023, 10, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 3, 31)),
        (date(2024, 4, 1), date(2024, 6, 30)),
        (date(2024, 7, 1), date(2024, 9, 30)),
    ]
    assert round_bounds(2564, 6) == (date(2020, 10, 1), date(2021, 3, 31))
    assert round_bounds(2564, 12) == (date(2020, 10, 1), date(2021, 9, 30))


def test_there_is_no_round_of_nine_months():
    with pytest.raises(ValueError) as refusal:  # noqa: PT011  # the text is compared below
        round_bounds(2564, 9)

    assert str(refusal.value) == "ไม่มีรอบ 9 เดือน มีเฉพาะรอบ ๖ และ ๑๒ เดือน"


@given(DAYS)
def test_every_day_lies_in_its_fiscal_year(day):
    first, last = fiscal_year_bounds(fiscal_year_of(day))

    assert first <= day <= last


FORMS = [
    # the source documents
    ("ม.ค.- ก.ย. ๖๗", date(2024, 1, 1), date(2024, 9, 30)),
    ("ม.ค.- ก.ย. ๖๖", date(2023, 1, 1), date(2023, 9, 30)),
    ("ตุลาคม ๒๕๖๕ - เมษายน ๒๕๖๖", date(2022, 10, 1), date(2023, 4, 30)),
    ("ตุลาคม ๒๕๖๕ - ธันวาคม ๒๕๖๕", date(2022, 10, 1), date(2022, 12, 31)),
    ("๑ มกราคม – มิถุนายน ๒๕๖๖", date(2023, 1, 1), date(2023, 6, 30)),
    ("๑ มกราคม – ๓๐ มิถุนายน ๒๕๖๖", date(2023, 1, 1), date(2023, 6, 30)),
    ("๑ ตุลาคม ๒๕๖๕ – ๓๐ กันยายน ๒๕๖๖", date(2022, 10, 1), date(2023, 9, 30)),
    # their neighbours
    ("1 ต.ค. 65 ถึง 30 ก.ย. 66", date(2022, 10, 1), date(2023, 9, 30)),
    ("ตั้งแต่วันที่ 1 ตุลาคม 2565 จนถึงวันที่ 30 กันยายน พ.ศ. 2566", date(2022, 10, 1), date(2023, 9, 30)),
    ("ตั้งแต่เดือนตุลาคม ๒๕๖๕ ถึงเดือนมีนาคม ๒๕๖6", date(2022, 10, 1), date(2023, 3, 31)),
    ("ระหว่างเดือน ม.ค. - ก.พ. ๒๕๖๗", date(2024, 1, 1), date(2024, 2, 29)),
    ("มกราคม - ๑๕ มิถุนายน ๒๕๖๖", date(2023, 1, 1), date(2023, 6, 15)),
    ("๑ - ๓๐ มิถุนายน ๒๕๖๖", date(2023, 6, 1), date(2023, 6, 30)),
    ("มีนาคม ๒๕๖๗", date(2024, 3, 1), date(2024, 3, 31)),
    ("๓๑ มีนาคม ๒๕๖๗", date(2024, 3, 31), date(2024, 3, 31)),
    ("ตลอดปีงบประมาณ ๒๕๖๗", date(2023, 10, 1), date(2024, 9, 30)),
    ("ปีงบประมาณ พ.ศ. ๒๕๖๗", date(2023, 10, 1), date(2024, 9, 30)),
    ("ภายในปีงบประมาณ ๒๕๖๗", date(2023, 10, 1), date(2024, 9, 30)),
    ("ปีงบประมาณ ๒๕๖๗ (ต.ค. ๖๖ - ก.ย. ๖๗)", date(2023, 10, 1), date(2024, 9, 30)),
    ("ไตรมาส ๑ ปีงบประมาณ ๒๕๖๗", date(2023, 10, 1), date(2023, 12, 31)),
    ("ไตรมาสที่ 2/2567", date(2024, 1, 1), date(2024, 3, 31)),
    ("ไตรมาส ๑ - ๒ ปีงบประมาณ ๒๕๖๗", date(2023, 10, 1), date(2024, 3, 31)),
    ("ไตรมาส ๑, ๒ และไตรมาส ๓ ปีงบประมาณ ๒๕๖๗", date(2023, 10, 1), date(2024, 6, 30)),
    ("ภายในไตรมาสที่ ๒/๒๕๖๗", date(2024, 1, 1), date(2024, 3, 31)),
    ("01/10/2566 - 30/09/2567", date(2023, 10, 1), date(2024, 9, 30)),  # a day of Excel
    ("๑๕/๑/๒๕๖๗", date(2024, 1, 15), date(2024, 1, 15)),
    ("ณ วันที่ ๓๑ มีนาคม ๒๕๖๗", date(2024, 3, 31), date(2024, 3, 31)),
    ("ในเดือนมีนาคม ๒๕๖๗", date(2024, 3, 1), date(2024, 3, 31)),
    ("รอบ ๖ เดือน ปีงบประมาณ ๒๕๖๗", date(2023, 10, 1), date(2024, 3, 31)),
    ("๖ เดือนหลัง ของปีงบประมาณ ๒๕๖๗", date(2024, 4, 1), date(2024, 9, 30)),
]


@pytest.mark.parametrize(("written", "start", "end"), FORMS)
def test_periods_are_read_as_plans_write_them(written, start, end):
    assert parse_period(written) == Period(written, start, end, repeating=False)


@pytest.mark.parametrize(("written", "start", "end"), FORMS)
def test_a_year_in_the_text_stands_against_the_plans_own(written, start, end):
    assert parse_period(written, fiscal_year=2570) == Period(written, start, end)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("ไตรมาส ๑", date(2023, 10, 1), date(2023, 12, 31)),
        ("ไตรมาสที่ ๓ - ไตรมาสที่ ๔", date(2024, 4, 1), date(2024, 9, 30)),
        ("ตลอดปีงบประมาณ", date(2023, 10, 1), date(2024, 9, 30)),
        ("ต.ค. - มี.ค.", date(2023, 10, 1), date(2024, 3, 31)),
        ("มกราคม", date(2024, 1, 1), date(2024, 1, 31)),
        ("รอบ ๖ เดือน", date(2023, 10, 1), date(2024, 3, 31)),
        ("รอบ 12 เดือน", date(2023, 10, 1), date(2024, 9, 30)),
        ("6 เดือนแรก", date(2023, 10, 1), date(2024, 3, 31)),
    ],
)
def test_the_plans_fiscal_year_places_what_has_no_year(written, start, end):
    assert parse_period(written, fiscal_year=2567) == Period(written, start, end)
    assert parse_period(written) == Period(written)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        (
            "เป็นประจำทุกเดือน รอบไตรมาส รอบ๖เดือน ในปีงบประมาณ พ.ศ.๒๕๖๖",
            date(2022, 10, 1),
            date(2023, 9, 30),
        ),
        ("ทุกเดือน ตั้งแต่ ต.ค. ๖๕ - มี.ค. ๖๖", date(2022, 10, 1), date(2023, 3, 31)),
        ("ปีงบประมาณ ๒๕๖๖ (ทุกไตรมาส)", date(2022, 10, 1), date(2023, 9, 30)),
        ("เป็นประจำทุกเดือน", None, None),
        ("ทุก ๓ เดือน", None, None),
        ("รายไตรมาส", None, None),
        ("ทุกวันที่ ๕ ของเดือน", None, None),
    ],
)
def test_repeating_periods_are_marked(written, start, end):
    assert parse_period(written) == Period(written, start, end, repeating=True)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("ภายในวันที่ ๓๐ เมษายน ๒๕๖๔", None, date(2021, 4, 30)),
        ("แล้วเสร็จภายในเดือน เม.ย. ๖๔", None, date(2021, 4, 30)),
        ("ไม่เกิน 30 เม.ย. 2564", None, date(2021, 4, 30)),
        ("ตั้งแต่วันที่ ๑๕ พ.ย. ๖๓ เป็นต้นไป", date(2020, 11, 15), None),
        ("พ.ย. เป็นต้นไป", date(2020, 11, 1), None),
    ],
)
def test_one_end_alone_is_read_and_the_other_is_not_guessed(written, start, end):
    period = parse_period(written, fiscal_year=2564)

    assert period == Period(written, start, end)
    assert not period.is_known


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ตามความเหมาะสม",
        "ตลอดปี",
        "ปี ๒๕๖๗",
        "ต.ค. - ก.ย. ๖๗",  # which October is a guess
        "ตุลาคม ๒๕๖๕ - มีนาคม",
        "๓๐ กันยายน ๒๕๖๖ – ๑ ตุลาคม ๒๕๖๕",  # never swapped
        "ไตรมาส ๔ - ๑ ปีงบประมาณ ๒๕๖๗",
        "๓๑ เมษายน ๒๕๖๗",
        "มกราคม ๒๐๒๔",
        "ก่อนวันที่ ๓๑ มีนาคม ๒๕๖๗",
        "ไตรมาส ๑ และ ๓ ปีงบประมาณ ๒๕๖๗",  # not one period
        "๑/๑๐/๖๖ - ๓๐/๙/๖๗",
        "๑/๑๓/๒๕๖๖",
        "ปีงบประมาณ ๖๗",
        "ปีงบประมาณ ๙๙๙๙",
        "ปีงบประมาณ ๒๕๖๗ (ต.ค. ๖๖ - มี.ค. ๖๗)",  # says two things
        "ไตรมาส ๕ ปีงบประมาณ ๒๕๖๗",
        "รอบ ๙ เดือน ปีงบประมาณ ๒๕๖๗",
    ],
)
def test_what_cannot_be_read_is_kept_as_written_and_not_guessed(written):
    assert parse_period(written, fiscal_year=None) == Period(written, None, None, repeating=False)


@given(DAYS, DAYS)
def test_formatted_periods_are_read_back(one, other):
    start, end = min(one, other), max(one, other)

    for thai_digits in (True, False):
        text = format_period(start, end, thai_digits=thai_digits)
        assert parse_period(text) == Period(text, start, end)


def test_periods_are_written_in_full():
    assert format_period(date(2022, 10, 1), date(2023, 9, 30)) == "๑ ตุลาคม ๒๕๖๕ – ๓๐ กันยายน ๒๕๖๖"
    assert format_period(date(2021, 3, 30), date(2021, 3, 30)) == "๓๐ มีนาคม ๒๕๖๔"


def test_a_period_that_ends_before_it_starts_is_not_written():
    with pytest.raises(ValueError) as refusal:  # noqa: PT011  # the text is compared below
        format_period(date(2023, 9, 30), date(2022, 10, 1))

    assert str(refusal.value) == "วันเริ่มต้นอยู่หลังวันสิ้นสุด โปรดตรวจสอบระยะเวลาดำเนินการ"


@given(PIECES | st.text(), st.none() | FISCAL_YEARS)
def test_parse_period_never_raises_keeps_the_text_and_orders_the_bounds(text, fiscal_year):
    period = parse_period(text, fiscal_year=fiscal_year)

    assert period.text == text
    assert period.is_known == (period.start is not None and period.end is not None)
    if period.start and period.end:
        assert period.start <= period.end


@pytest.mark.parametrize(
    ("written", "within"),
    [
        ("ต.ค. ๖๖ - ก.ย. ๖๗", True),
        ("ม.ค.- ก.ย. ๖๗", True),
        ("ม.ค.- ก.ย. ๖๖", False),
        ("ก.ย. ๖๖ - ต.ค. ๖๖", False),
        ("ก.ย. ๖๗ - ต.ค. ๖๗", False),
        ("ภายในวันที่ ๓๐ ก.ย. ๖๗", True),
        ("ภายในวันที่ ๓๐ ก.ย. ๖๖", False),
        ("ต.ค. ๖๗ เป็นต้นไป", False),
        ("ตามความเหมาะสม", False),
    ],
)
def test_a_period_is_within_its_fiscal_year_only_as_a_whole(written, within):
    assert is_within_fiscal_year(parse_period(written), 2567) is within
