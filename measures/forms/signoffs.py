"""What a signer types, and reasons."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
