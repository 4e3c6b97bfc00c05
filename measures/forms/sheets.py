"""What is chosen around a sheet: the file that comes in, and the year and round it is about."""

from django import forms
from django.utils.translation import gettext_lazy

from measures.models import RoundMonths

READABLE = ".xlsx,.csv"


class SheetFileForm(forms.Form):
    """The filled-in sheet."""

    file = forms.FileField(
        label=gettext_lazy("ไฟล์ที่กรอกแล้ว"),
        widget=forms.FileInput(attrs={"accept": READABLE}),
        help_text=gettext_lazy("Excel (.xlsx) หรือ csv ที่ดาวน์โหลดจากหน้านี้ หรือตารางที่มีหัวตารางเดียวกัน"),
        error_messages={"required": gettext_lazy("โปรดเลือกไฟล์")},
    )


class NarrowingForm(forms.Form):
    """Which year and round a sheet is about; nothing chosen means all of them."""

    fiscal_year = forms.TypedChoiceField(
        label=gettext_lazy("ปีงบประมาณ"), required=False, coerce=int, empty_value=None
    )
    months = forms.TypedChoiceField(
        label=gettext_lazy("รอบ"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", gettext_lazy("ทุกรอบ")), *RoundMonths.choices],
    )

    def __init__(self, *args: object, years: list[int], has_months: bool, **kwargs: object) -> None:
        """Offer the years that the office has something of."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["fiscal_year"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("ทุกปี")),
            *((year, str(year)) for year in years),
        ]
        if not has_months:
            del self.fields["months"]
