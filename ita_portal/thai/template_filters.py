"""Template filters for Thai digits and dates; built in to every template.

None and "" give "", so that a template needs no ``if`` around a value that is not entered yet.
The results are plain text and are escaped like any other: filter first, then ``linebreaks``.
"""

from datetime import date, datetime
from decimal import Decimal

from django import template

from ita_portal.thai import dates, numerals

register = template.Library()


@register.filter
def thai_digits(value: str | int | Decimal | None) -> str:
    """Return the value with Thai digits: ``{{ measure.number|thai_digits }}``."""
    return "" if value is None else numerals.to_thai_digits(value)


@register.filter
def arabic_digits(value: str | int | Decimal | None) -> str:
    """Return the value with Arabic digits."""
    return "" if value is None else numerals.to_arabic_digits(str(value))


@register.filter
def full_date(value: date | str | None) -> str:
    """Return ``๓๐ มีนาคม พ.ศ. ๒๕๖๔``."""
    return dates.full_date(value) if isinstance(value, date) else _nothing(value)


@register.filter
def memo_date(value: date | str | None) -> str:
    """Return ``๓๐ มีนาคม ๒๕๖๔``."""
    return dates.memo_date(value) if isinstance(value, date) else _nothing(value)


@register.filter
def short_date(value: date | str | None) -> str:
    """Return ``๓๐ มี.ค. ๖๔``."""
    return dates.short_date(value) if isinstance(value, date) else _nothing(value)


@register.filter
def date_time(value: datetime | str | None) -> str:
    """Return ``๓๐ มี.ค. ๒๕๖๔ เวลา ๑๔.๐๕ น.``."""
    return dates.date_time(value) if isinstance(value, datetime) else _nothing(value)


def _nothing(value: object) -> str:
    """Return "" for what is not entered yet; anything else is a slip in the template.

    Raises TypeError for it, because Django would print "" and hide the slip.
    """
    if value is None or value == "":
        return ""
    raise TypeError(f"expected a date, got {type(value).__name__}")
