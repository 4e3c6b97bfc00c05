"""Dates as the browser's calendar sends them and as people in Thailand type them."""

import datetime

import pytest
from django import forms

from measures.forms.dates import ThaiDateField

LAST_OF_MARCH = datetime.date(2021, 3, 31)


@pytest.mark.parametrize(
    "typed", ["2021-03-31", "31/3/2564", "๓๑/๓/๒๕๖๔", "31 มีนาคม 2564", "๓๑ มี.ค. ๖๔", " 2021-03-31 "]
)
def test_a_date_is_read_however_it_is_written(typed):
    assert ThaiDateField().clean(typed) == LAST_OF_MARCH


@pytest.mark.parametrize("typed", ["2564-03-31", "31/3/2021", "31/3/64", "31/2/2564", "พรุ่งนี้"])
def test_a_date_of_no_certain_year_is_refused(typed):
    """2564 read as a year of the common era would print as พ.ศ. 3107."""
    with pytest.raises(forms.ValidationError) as refusal:
        ThaiDateField().clean(typed)

    assert typed in refusal.value.messages[0]


def test_an_optional_date_may_stay_empty():
    assert ThaiDateField(required=False).clean(" ") is None


def test_the_browser_gets_its_calendar_with_the_stored_date():
    widget = ThaiDateField().widget.render("due_on", LAST_OF_MARCH)

    assert 'type="date"' in widget
    assert 'value="2021-03-31"' in widget
