"""The form that opens a round reads years in either kind of digits."""

import datetime

import pytest

from measures.forms.rounds import RoundForm

TYPED = {"fiscal_year": "2564", "months": "6", "opens_on": "2020-10-01", "due_on": "2021-03-31"}


@pytest.mark.parametrize("year", ["2564", "๒๕๖๔", " 2564"])
def test_a_round_is_read(year):
    form = RoundForm(TYPED | {"fiscal_year": year})

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "fiscal_year": 2564,
        "months": 6,
        "opens_on": datetime.date(2020, 10, 1),
        "due_on": datetime.date(2021, 3, 31),
        "closes_on": None,
    }


def test_last_day_is_read_in_thai_and_may_be_left_out():
    form = RoundForm(TYPED | {"closes_on": "๑๕/๔/๒๕๖๔"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["closes_on"] == datetime.date(2021, 4, 15)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"fiscal_year": "2021"}, "fiscal_year"),
        ({"fiscal_year": "สองห้า"}, "fiscal_year"),
        ({"fiscal_year": "2999"}, "fiscal_year"),
        ({"months": "9"}, "months"),
        ({"due_on": "2020-09-30"}, "due_on"),
        ({"due_on": ""}, "due_on"),
        ({"closes_on": "2021-03-30"}, "closes_on"),
        ({"opens_on": "2563-10-01"}, "opens_on"),
    ],
)
def test_what_cannot_be_is_named(changes, field):
    assert list(RoundForm(TYPED | changes).errors) == [field]


def test_a_round_may_be_due_on_the_day_it_opens():
    assert RoundForm(TYPED | {"due_on": TYPED["opens_on"]}).is_valid()
