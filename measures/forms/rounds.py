"""The form that opens a round."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.numerals import parse_integer
from measures.forms.dates import ThaiDateField
from measures.models import ReportingRound, RoundMonths
from measures.models.fiscal_years import EARLIEST_FISCAL_YEAR, LATEST_FISCAL_YEAR


class RoundDatesForm(forms.Form):
    """When a round opens, is due, and takes its last entry."""

    opens_on = ThaiDateField(label=_("เปิดให้รายงาน"))
    due_on = ThaiDateField(label=_("กำหนดส่ง"))
    closes_on = ThaiDateField(
        label=_("วันสุดท้ายที่รับรายงาน"),
        required=False,
        help_text=_("พ้นวันนี้แล้วรอบปิดเอง เว้นว่างไว้ รอบจะเปิดจนกว่าผู้ประสานงานปิด"),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse dates in the wrong order, each beside its own field."""
        data = super().clean() or {}
        opens_on, due_on, closes_on = (
            data.get(name) for name in ("opens_on", "due_on", "closes_on")
        )
        if opens_on and due_on and due_on < opens_on:
            self.add_error("due_on", _("กำหนดส่งต้องไม่อยู่ก่อนวันเปิดรอบ"))
        if due_on and closes_on and closes_on < due_on:
            self.add_error("closes_on", _("วันสุดท้ายที่รับรายงานต้องไม่อยู่ก่อนกำหนดส่ง"))
        return data


class RescheduleForm(RoundDatesForm):
    """New dates of a round that is there; a reason where it takes entries again by them."""

    reason = forms.CharField(
        label=_("เหตุผลที่เลื่อน"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("ต้องระบุเมื่อรอบพ้นวันสุดท้ายไปแล้วและเลื่อนให้รับรายงานอีก"),
    )

    @classmethod
    def of(cls, reporting_round: ReportingRound) -> Self:
        """Return the form with the dates as they are."""
        names = ("opens_on", "due_on", "closes_on")
        dates = {name: getattr(reporting_round, name) for name in names}
        return cls(initial=dates, auto_id="id_dates_%s")  # other forms of the page ask why, too


class RoundForm(RoundDatesForm):
    """Fiscal year (Thai or Arabic digits), months and dates of a new round."""

    fiscal_year = forms.CharField(label=_("ปีงบประมาณ (พ.ศ.)"), max_length=4)
    months = forms.TypedChoiceField(label=_("รอบ"), choices=RoundMonths.choices, coerce=int)

    field_order = ("fiscal_year", "months", "opens_on", "due_on", "closes_on")

    def clean_fiscal_year(self) -> int:
        """Read the year in either kind of digits."""
        try:
            year = parse_integer(self.cleaned_data["fiscal_year"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if not EARLIEST_FISCAL_YEAR <= year <= LATEST_FISCAL_YEAR:
            raise forms.ValidationError(_("โปรดกรอกปี พ.ศ. สี่หลัก เช่น 2570"))
        return year
