"""The form that opens a round."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.numerals import parse_integer
from measures.forms.dates import ThaiDateField
from measures.models import RoundMonths
from measures.models.fiscal_years import EARLIEST_FISCAL_YEAR, LATEST_FISCAL_YEAR


class RoundDatesForm(forms.Form):
    """When a round opens and is due."""

    opens_on = ThaiDateField(label=_("เปิดให้รายงาน"))
    due_on = ThaiDateField(label=_("กำหนดส่ง"))

    def clean(self) -> dict[str, Any]:
        """Refuse a due date before the opening."""
        data = super().clean() or {}
        opens_on, due_on = data.get("opens_on"), data.get("due_on")
        if (
            isinstance(opens_on, datetime.date)
            and isinstance(due_on, datetime.date)
            and due_on < opens_on
        ):
            self.add_error("due_on", _("กำหนดส่งต้องไม่อยู่ก่อนวันเปิดรอบ"))
        return data


class RoundForm(RoundDatesForm):
    """Fiscal year (Thai or Arabic digits), months and dates of a new round."""

    fiscal_year = forms.CharField(label=_("ปีงบประมาณ (พ.ศ.)"), max_length=4)
    months = forms.TypedChoiceField(label=_("รอบ"), choices=RoundMonths.choices, coerce=int)

    field_order = ("fiscal_year", "months", "opens_on", "due_on")

    def clean_fiscal_year(self) -> int:
        """Read the year in either kind of digits."""
        try:
            year = parse_integer(self.cleaned_data["fiscal_year"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if not EARLIEST_FISCAL_YEAR <= year <= LATEST_FISCAL_YEAR:
            raise forms.ValidationError(_("โปรดกรอกปี พ.ศ. สี่หลัก เช่น 2570"))
        return year
