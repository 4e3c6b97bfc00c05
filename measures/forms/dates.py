"""A date as people type it in Thailand."""

import datetime
from typing import Any

from django import forms

from ita_portal.thai.dates import parse_date


class ThaiDateField(forms.DateField):
    """Reads what the browser's calendar sends (2021-03-31) and what people type (31/3/2564).

    Without it Django would take 2564 for a year of the common era.
    """

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget} | options)

    def to_python(self, value: Any) -> datetime.date | None:
        """Return the date, or say in Thai what cannot be read."""
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            return parse_date(value)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="invalid") from error
