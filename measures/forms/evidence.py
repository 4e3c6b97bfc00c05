"""The form that adds a piece of evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PHOTO_AND_PDF = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf"


class EvidenceForm(forms.Form):
    """A file or a link, with its caption."""

    caption = forms.CharField(
        label=_("คำบรรยายหลักฐาน"),
        help_text=_("เช่น ภาพการประชุมชี้แจงเมื่อวันที่ 5 มกราคม 2564"),
        error_messages={"required": _("โปรดกรอกคำบรรยายหลักฐาน")},
    )
    file = forms.FileField(
        label=_("ภาพถ่ายหรือไฟล์ PDF"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": PHOTO_AND_PDF}),
        error_messages={"empty": _("ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่")},
    )
    url = forms.CharField(
        label=_("หรือลิงก์ไปยังหลักฐาน"),
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of file and link."""
        data = super().clean() or {}
        if not self.errors and bool(data.get("file")) == bool(data.get("url")):
            raise forms.ValidationError(_("โปรดเลือกไฟล์ หรือกรอกลิงก์ อย่างใดอย่างหนึ่ง"))
        return data
