"""A cell's value as the sheet shows it: days of the Buddhist Era, numbers as formatted."""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ita_portal.thai.dates import BUDDHIST_ERA, EARLIEST_YEAR

_DIGITS = 12  # of a number without format: beyond are traces of the binary fraction
_WHOLE = 10**15  # up to here a binary fraction holds every whole number
_NUMBER = re.compile(r"(?P<thousands>#,##)?0(?P<decimals>\.0+)?(?P<percent>%)?")
_PLAIN = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]|;.*')  # of a format: what is not the number


def text_of_cell(value: Any, number_format: str = "") -> str:
    """Return what the sheet shows for a value.

    A day is written dd/mm/พ.ศ.; one that was typed with a year of the Buddhist Era as though it
    were of the Christian keeps it.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return _day(value) + (f" {value:%H:%M}" if value.time() != datetime.time.min else "")
    if isinstance(value, datetime.date):
        return _day(value)
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _day(day: datetime.date) -> str:
    year = day.year if day.year >= EARLIEST_YEAR else day.year + BUDDHIST_ERA
    return f"{day:%d/%m}/{year}"


def _number(value: float, number_format: str) -> str:
    shape = _NUMBER.fullmatch(_PLAIN.sub("", number_format).strip())
    if shape is None or not (shape["thousands"] or shape["decimals"] or shape["percent"]):
        return _unformatted(value)
    # The shortest decimal that means the same number; halves go up, as Excel shows them.
    exact = Decimal(repr(value)) * (100 if shape["percent"] else 1)
    places = Decimal(1).scaleb(1 - len(shape["decimals"] or "."))
    rounded = exact.quantize(places, ROUND_HALF_UP)
    return f"{rounded:{',' if shape['thousands'] else ''}f}{shape['percent'] or ''}"


def _unformatted(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    return f"{value:.{_DIGITS}g}"
