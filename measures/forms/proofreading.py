"""What is typed to let a remark of proofreading stand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.domain.proofreading import LONGEST_REASON


class WaiverForm(forms.Form):
    """A reason for one remark, required; many of these stand on one page."""

    reason = forms.CharField(
        label=_("เหตุผลที่ยกเว้น"),
        strip=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("ผู้ลงนามเห็นเหตุผลนี้ และเก็บไว้ถาวรในประวัติของเอกสาร"),
    )
