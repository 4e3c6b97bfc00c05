"""The forms that add evidence: files, several at once, or a link."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

PHOTOS = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"
# Kinds and endings: phones know some by the one, computers some by the other.
TAKEN = f"{PHOTOS},application/pdf,.pdf,.docx,.xlsx"


class FilesInput(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, as they came: each is taken or refused by itself, by the verb."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Return the files that were chosen; none is an answer too."""
        return [file for file in data or [] if file]


def _caption(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("คำบรรยายหลักฐาน"),
        help_text=help_text,
        max_length=300,
        error_messages={"required": _("โปรดกรอกคำบรรยายหลักฐาน")},
    )


class EvidenceFilesForm(forms.Form):
    """Files with one caption for all of them."""

    caption = _caption(
        _("เช่น ภาพการประชุมชี้แจงเมื่อวันที่ 5 มกราคม 2564 เลือกหลายไฟล์ได้ ใช้คำบรรยายนี้กับทุกไฟล์")
    )
    camera = FilesField(
        label=_("ถ่ายภาพด้วยกล้อง"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    file = FilesField(
        label=_("เลือกภาพหรือไฟล์"),
        required=False,
        widget=FilesInput(attrs={"accept": TAKEN}),
        help_text=_("ภาพ JPEG, PNG, WebP, HEIC ไฟล์ PDF, Word (.docx) หรือ Excel (.xlsx)"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one file at least."""
        data = super().clean() or {}
        if not self.errors and not self.chosen(data):
            self.add_error("file", _("โปรดถ่ายภาพหรือเลือกไฟล์อย่างน้อยหนึ่งไฟล์"))
        return data

    @staticmethod
    def chosen(data: dict[str, Any]) -> "Sequence[UploadedFile[Any]]":
        """Return the files of cleaned data, in the order of choosing."""
        return [*data.get("camera", []), *data.get("file", [])]


class EvidenceLinkForm(forms.Form):
    """A link with its caption."""

    caption = _caption(_("เช่น ประกาศบนเว็บไซต์ของหน่วยงาน"))
    url = forms.CharField(
        label=_("ลิงก์ไปยังหลักฐาน"),
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
        error_messages={"required": _("โปรดกรอกลิงก์")},
    )
