"""The form of one field's guidance."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GuidanceForm(forms.Form):
    """What to write, and a good example."""

    text = forms.CharField(
        label=_("คำแนะนำ"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    example = forms.CharField(
        label=_("ตัวอย่างที่ดี"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
