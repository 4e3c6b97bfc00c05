from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Engine

ENGINE = Engine(builtins=["ita_portal.thai.template_filters"])
FILTERS = [
    "thai_digits",
    "arabic_digits",
    "full_date",
    "memo_date",
    "short_date",
    "date_time",
]


def render(name, value):
    return ENGINE.from_string(f"{{{{ value|{name} }}}}").render(Context({"value": value}))


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("thai_digits", 2567, "๒๕๖๗"),
        ("thai_digits", Decimal("85.50"), "๘๕.๕๐"),
        ("thai_digits", "ITA 2567", "ITA ๒๕๖๗"),
        ("thai_digits", 0, "๐"),
        ("arabic_digits", "๒๕๖๗", "2567"),
        ("arabic_digits", 12, "12"),
        ("full_date", date(2021, 3, 30), "๓๐ มีนาคม พ.ศ. ๒๕๖๔"),
        ("memo_date", date(2021, 3, 30), "๓๐ มีนาคม ๒๕๖๔"),
        ("short_date", date(2021, 3, 30), "๓๐ มี.ค. ๖๔"),
    ],
)
def test_filters_show_values_as_the_office_writes_them(name, value, shown):
    assert render(name, value) == shown


def test_date_time_shows_thai_time():
    from ita_portal.thai.template_filters import date_time

    assert date_time(datetime(2021, 3, 30, 7, 5, tzinfo=UTC)) == "๓๐ มี.ค. ๒๕๖๔ เวลา ๑๔.๐๕ น."


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("nothing", [None, ""])
def test_what_is_not_entered_shows_nothing(name, nothing):
    assert render(name, nothing) == ""


@pytest.mark.parametrize("name", ["thai_digits", "arabic_digits"])
def test_results_are_escaped(name):
    assert render(name, "<script>") == "&lt;script&gt;"


def test_a_text_where_a_date_belongs_is_not_hidden():
    with pytest.raises(TypeError, match="expected a date, got str"):
        render("memo_date", "พรุ่งนี้")
