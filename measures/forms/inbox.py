"""What a person chooses about their notices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import NoticeKind, User


class NoticeSettingsForm(forms.Form):
    """Kinds to be mailed, ticked; and the LINE id."""

    mailed_kinds = forms.MultipleChoiceField(
        label=_("เรื่องที่ส่งทางอีเมล"),
        choices=NoticeKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    line_user_id = forms.CharField(
        label=_("รหัสผู้ใช้ LINE"),
        required=False,
        max_length=64,
        help_text=_(
            "ใช้เมื่อหน่วยงานเชื่อมบัญชี LINE ไว้ ขึ้นต้นด้วย U ตามด้วยตัวอักษรและตัวเลข 32 ตัว "
            "ขอได้จากผู้ดูแลบัญชี LINE ของหน่วยงาน เว้นว่างไว้หากไม่ใช้"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    @classmethod
    def of(cls, user: User, data: Any = None) -> "NoticeSettingsForm":
        """Return the form filled in as the person has it now."""
        mailed = [kind for kind in NoticeKind.values if kind not in user.unmailed_kinds]
        return cls(data, initial={"mailed_kinds": mailed, "line_user_id": user.line_user_id})
