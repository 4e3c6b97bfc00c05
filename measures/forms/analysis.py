"""What the coordinator types into the analysis: the thresholds, and a finding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.numerals import to_arabic_digits
from measures.forms.numbers import ThaiDecimalField
from measures.forms.plan import WholeNumberField
from measures.models import Finding, Indicator, Item, Organisation, Remedy, Severity


class ThresholdsForm(forms.Form):
    """Under which scores items are in the analysis."""

    fix_at_once_below = ThaiDecimalField(
        label=_("ต้องแก้ไขโดยเร่งด่วนเมื่อคะแนนต่ำกว่า"), max_digits=5, decimal_places=2
    )
    improve_below = ThaiDecimalField(
        label=_("ต้องพัฒนาให้ดีขึ้นเมื่อคะแนนต่ำกว่า"), max_digits=5, decimal_places=2
    )

    @classmethod
    def of(cls, organisation: Organisation) -> "ThresholdsForm":
        """Return the form as the office has chosen."""
        names = ("fix_at_once_below", "improve_below")
        return cls(initial={name: getattr(organisation, name).normalize() for name in names})


class RemedyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """What the framework advises: for which items, and which disclosures it points to."""

    def label_from_instance(self, obj: Remedy) -> str:
        """Return a remedy by what it is for, as most have no text of their own."""
        items = ", ".join(item.code() for item in obj.items.all())
        links = [
            *(item.code().lower() for item in obj.links.all()),
            *(part.number for part in obj.linked_sub_indicators.all()),
        ]
        words = str(_("แนวทางที่ %(number)s สำหรับข้อ %(items)s")) % {
            "number": obj.number,
            "items": items,
        }
        return f"{words} → {', '.join(links)}" if links else words


class FindingForm(forms.Form):
    """A finding. The lists offer what the framework of the analysed year has."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    number = WholeNumberField(label=_("ลำดับที่"), max_length=4)
    severity = forms.ChoiceField(label=_("กลุ่ม"), choices=Severity.choices, widget=forms.RadioSelect)
    analysis = forms.CharField(
        label=_("การวิเคราะห์"), strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    references = forms.CharField(
        label=_("อ้างอิงข้อ OIT"),
        required=False,
        strip=False,
        help_text=_("คั่นด้วยจุลภาค เช่น o11, o12 หรือ 9.1"),
    )
    indicator = forms.ModelChoiceField(
        label=_("ตัวชี้วัด"), queryset=Indicator.objects.none(), required=False
    )
    remedy = RemedyField(
        label=_("แนวทางแก้ไขตามกรอบ"),
        queryset=Remedy.objects.none(),
        required=False,
        help_text=_("แนวทางที่มีแหล่งอ้างอิงของปีที่ประเมิน"),
    )
    items = forms.ModelMultipleChoiceField(
        label=_("ข้อประเมิน"),
        queryset=Item.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, fiscal_year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer(
            "indicator", Indicator.objects.filter(instrument__framework__fiscal_year=fiscal_year)
        )
        self._offer(
            "items",
            Item.objects.filter(instrument__framework__fiscal_year=fiscal_year)
            .select_related("instrument")
            .order_by("instrument", "number"),
        )

        self._offer(
            "remedy",
            Remedy.objects.filter(framework__fiscal_year=fiscal_year)
            .prefetch_related("items__instrument", "links__instrument", "linked_sub_indicators")
            .order_by("number"),
        )

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def offers_remedies(self) -> bool:
        """Return whether the framework of the year advises anything."""
        field = self.fields["remedy"]
        assert isinstance(field, forms.ModelChoiceField)
        return bool(field.queryset is not None and field.queryset.exists())

    def clean_references(self) -> str:
        """Return the references in Arabic digits, as everything stored."""
        return to_arabic_digits(self.cleaned_data["references"])


def initial_of(finding: Finding) -> dict[str, Any]:
    """Return what the form of a stored finding is filled with."""
    return {
        "number": finding.number,
        "severity": finding.severity,
        "analysis": finding.analysis,
        "references": finding.references,
        "indicator": finding.indicator_id,
        "remedy": finding.remedy_id,
        "items": [item.pk for item in finding.items.all()],
    }
