"""Counting working days: the week, the holidays of the install, and what always holds."""

import datetime

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from measures.domain.reminding.working_days import (
    add_working_days,
    is_working_day,
    working_days_between,
)
from measures.models import Holiday

FRIDAY = datetime.date(2026, 11, 20)
MONDAY = datetime.date(2026, 11, 23)
ONE_DAY = datetime.timedelta(days=1)

days = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
holidays = st.sets(days, max_size=40)
counts = st.integers(0, 40)


def close_on(*closed: datetime.date) -> None:
    Holiday.objects.bulk_create(
        Holiday(date=day, name="วันหยุด", source="ทดสอบ") for day in sorted(closed)
    )


@pytest.mark.django_db
def test_the_weekend_and_holidays_are_no_working_days():
    close_on(MONDAY)

    assert is_working_day(FRIDAY)
    assert [is_working_day(FRIDAY + ONE_DAY * number) for number in range(1, 5)] == [
        False,
        False,
        False,
        True,
    ]


@pytest.mark.django_db
def test_what_came_on_friday_has_rested_one_day_on_monday():
    assert working_days_between(FRIDAY, FRIDAY) == 0
    assert working_days_between(FRIDAY, MONDAY - ONE_DAY) == 0
    assert working_days_between(FRIDAY, MONDAY) == 1

    close_on(MONDAY)
    assert working_days_between(FRIDAY, MONDAY) == 0
    assert working_days_between(FRIDAY, MONDAY + ONE_DAY) == 1


@pytest.mark.django_db
def test_nothing_has_passed_before_it_began():
    assert working_days_between(MONDAY, FRIDAY) == 0


@pytest.mark.django_db
def test_adding_passes_over_weekend_and_holidays():
    close_on(MONDAY)

    assert add_working_days(FRIDAY, 0) == FRIDAY
    assert add_working_days(FRIDAY, 1) == MONDAY + ONE_DAY
    assert add_working_days(FRIDAY + ONE_DAY, 1) == MONDAY + ONE_DAY


class WorkingDayProperties(TestCase):
    """What holds for any holidays."""

    @given(closed=holidays, day=days, count=counts)
    @hypothesis_settings(max_examples=60)
    def test_counting_undoes_adding(self, closed, day, count):
        close_on(*closed)

        later = add_working_days(day, count)

        assert working_days_between(day, later) == count
        assert count == 0 or is_working_day(later)

    @given(closed=holidays, moments=st.lists(days, min_size=3, max_size=3).map(sorted))
    @hypothesis_settings(max_examples=60)
    def test_two_stretches_add_up(self, closed, moments):
        close_on(*closed)
        first, middle, last = moments

        whole = working_days_between(first, last)

        assert whole == working_days_between(first, middle) + working_days_between(middle, last)

    @given(closed=holidays, day=days)
    @hypothesis_settings(max_examples=60)
    def test_a_day_counts_one_exactly_when_it_is_a_working_day(self, closed, day):
        close_on(*closed)

        assert working_days_between(day - ONE_DAY, day) == int(is_working_day(day))
