"""What a signer types, and reasons."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.template_filters import thai_digits
from measures.domain.signing.places import Place

COMMENT_ROWS = 3


class OpinionForm(forms.Form):
    """An opinion, optional; ``seen`` is the token of the page that was shown."""

    seen = forms.CharField(widget=forms.HiddenInput)
    opinion = forms.CharField(
        label=_("ความเห็น"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("พิมพ์ลงในบันทึกข้อความตามที่เขียน เว้นว่างได้"),
    )


class ReasonForm(forms.Form):
    """A reason, required; kept for good."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("เหตุผล"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("โปรดกรอกเหตุผล")},
        help_text=_("เก็บไว้ถาวรในประวัติของเอกสาร"),
    )


class CommentsForm(forms.Form):
    """What a signer says of single places: rows of a place and a text, as many as are filled."""

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _grouped(places)
        for number in range(1, COMMENT_ROWS + 1):
            shown = {"number": thai_digits(number)}
            self.fields[f"place_{number}"] = forms.ChoiceField(
                label=_("จุดที่ %(number)s ในเอกสาร") % shown, choices=choices, required=False
            )
            self.fields[f"comment_{number}"] = forms.CharField(
                label=_("ข้อทักท้วงจุดที่ %(number)s") % shown,
                required=False,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a text without a place, a place without a text, and the same place twice."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        taken = set()
        for number in range(1, COMMENT_ROWS + 1):
            place, text = (values.get(f"{name}_{number}", "") for name in ("place", "comment"))
            if text.strip() and not place:
                self.add_error(f"place_{number}", _("โปรดเลือกจุดในเอกสารที่ทักท้วง"))
            if place and not text.strip():
                self.add_error(f"comment_{number}", _("โปรดพิมพ์ข้อทักท้วง หรือไม่เลือกจุดนี้"))
            if place and place in taken:
                self.add_error(f"place_{number}", _("เลือกจุดนี้แล้วในแถวก่อน โปรดรวมข้อทักท้วงไว้แถวเดียว"))
            taken.add(place)
        return values

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the pairs of fields as they stand on the page."""
        return [
            (self[f"place_{number}"], self[f"comment_{number}"])
            for number in range(1, COMMENT_ROWS + 1)
        ]

    def comments(self) -> dict[str, str]:
        """Return the texts by place."""
        values = self.cleaned_data
        return {
            values[f"place_{number}"]: values[f"comment_{number}"]
            for number in range(1, COMMENT_ROWS + 1)
            if values[f"place_{number}"]
        }


def _grouped(places: Sequence[Place]) -> list[Any]:
    """Return the choices of a place by their groups; what says nothing is left out."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        if place.text:
            groups.setdefault(place.group, []).append((place.key, str(thai_digits(place.name))))
    return [
        ("", _("(ไม่ระบุจุด)")),
        *((str(thai_digits(name)), rows) for name, rows in groups.items()),
    ]


class SeveralForm(forms.Form):
    """One opinion for several documents."""

    opinion = forms.CharField(
        label=_("ความเห็น"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("พิมพ์ลงในทุกฉบับที่เลือกตามที่เขียน เว้นว่างได้"),
    )
