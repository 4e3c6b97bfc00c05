"""A number as people type it in Thailand."""

from typing import Any

from django import forms

from ita_portal.thai.numerals import to_arabic_digits


class ThaiDecimalField(forms.DecimalField):
    """Reads Thai and Arabic digits, with commas between thousands."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(**{"widget": widget} | options)

    def to_python(self, value: Any) -> Any:
        """Return the number, or say in Thai what cannot be read."""
        if isinstance(value, str):
            value = to_arabic_digits(value).strip().replace(",", "")
        return super().to_python(value)
