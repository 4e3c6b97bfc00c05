"""What is chosen for an estimate: the OIT items that would pass, and the ranges of the surveys."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.domain.scoring.estimates import SURVEYS, Range
from measures.domain.scoring.framework_tree import FrameworkTree
from measures.forms.results import ScoreInput


class EstimateForm(forms.Form):
    """The items by their numbers, and from where to where IIT and EIT may be."""

    o = forms.MultipleChoiceField(
        label=gettext_lazy("ข้อ OIT ที่คาดว่าจะผ่าน"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("ไม่มีข้อ O%(value)s ในปีนี้")},
    )

    def __init__(self, *args: Any, tree: FrameworkTree, **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = tree.instrument("OIT").items()
        field = self.fields["o"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(item.number), item.code()) for item in self.items]
        for code in SURVEYS:
            required = _("โปรดใส่คะแนน %s ที่คาด") % code
            for end, label in (("low", _("%s อย่างน้อย")), ("high", _("%s อย่างมาก"))):
                name = f"{code.lower()}_{end}"
                self.fields[name] = ScoreInput(label=label % code, required=True)
                self.fields[name].error_messages["required"] = required

    def clean(self) -> dict[str, Any]:
        """Refuse a range that ends before it begins."""
        data = super().clean() or self.cleaned_data
        for code in SURVEYS:
            low, high = data.get(f"{code.lower()}_low"), data.get(f"{code.lower()}_high")
            if low is not None and high is not None and low > high:
                self.add_error(
                    f"{code.lower()}_high", _("ต้องไม่น้อยกว่าคะแนนอย่างน้อย โปรดสลับหรือแก้ตัวเลข")
                )
        return data

    def passing(self) -> set[int]:
        """Return the ids of the items that are ticked."""
        numbers = set(self.cleaned_data["o"])
        return {item.pk for item in self.items if str(item.number) in numbers}

    def ranges(self, default: Mapping[str, Range]) -> dict[str, Range]:
        """Return the ranges that were typed; those left as they were keep their reason."""
        found = {}
        for code in SURVEYS:
            low, high = (self.cleaned_data[f"{code.lower()}_{end}"] for end in ("low", "high"))
            own = default[code]
            kept = (low, high) == (own.low, own.high)
            reason = own.reason if kept else _("ช่วงที่ผู้จัดทำกำหนดเอง")
            found[code] = Range(low, high, reason)
        return found


def estimate_data(ranges: Mapping[str, Range], numbers: Collection[int]) -> dict[str, Any]:
    """Return what the form holds before anybody has chosen."""
    data: dict[str, Any] = {"o": [str(number) for number in numbers]}
    for code, each in ranges.items():
        data |= {f"{code.lower()}_low": str(each.low), f"{code.lower()}_high": str(each.high)}
    return data
