"""The form of one progress entry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import ProgressEntry, ProgressStatus


class ProgressForm(forms.Form):
    """Status and texts of one entry; ``version`` is what the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label=_("สถานะการดำเนินการ"),
        choices=ProgressStatus.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("โปรดเลือกสถานะการดำเนินการหนึ่งในสามแบบ")},
    )
    status_note = forms.CharField(
        label=_("หมายเหตุสถานะ"),
        required=False,
        help_text=_("พิมพ์ในวงเล็บท้ายเครื่องหมาย เช่น ตรวจสอบในเว็บไซต์ของหน่วยงาน"),
    )
    result = forms.CharField(
        label=_("ผลการดำเนินการ"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("ทำอะไร เมื่อใด ที่ไหน มีใครเข้าร่วม เท่าที่มีหลักฐาน"),
    )
    outcome = forms.CharField(
        label=_("ผลลัพธ์/ความสำเร็จ"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("เกิดผลดีอะไรขึ้นกับประชาชนหรือหน่วยงาน"),
    )
    suggestion = forms.CharField(
        label=_("ข้อเสนอแนะ"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def of(cls, entry: ProgressEntry) -> "ProgressForm":
        """Return the form filled with what is stored; a blank entry has no status chosen yet."""
        return cls(
            initial={
                "version": entry.version,
                "status": entry.status if entry.is_reported() else None,
                "status_note": entry.status_note,
                "result": entry.result,
                "outcome": entry.outcome,
                "suggestion": entry.suggestion,
            }
        )
