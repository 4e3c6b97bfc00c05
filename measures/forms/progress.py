"""The forms of one progress entry: all of it, and one field by itself."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.domain.recording.entry_fields import MARKED, TEXT_FIELDS, fields_of
from measures.models import ProgressEntry, ProgressStatus


class ProgressForm(forms.Form):
    """Status, texts, steps and numbers of one entry.

    ``version`` is what the person saw; a field that was saved by itself since has a
    ``version-<field>`` of its own.
    """

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

    def __init__(self, data: Mapping[str, Any] | None = None, *, entry: ProgressEntry) -> None:
        self._stored = {name: field.stored(entry) for name, field in fields_of(entry).items()}
        if not entry.is_reported():
            self._stored["status"] = ""
        status = self._stored["status"] or None
        initial = {"version": entry.version, **self._stored, "status": status}
        super().__init__(data, initial=initial)
        for step in entry.measure.steps.all():
            self.fields[f"step-{step.pk}"] = forms.BooleanField(label=step.text, required=False)
        for target in entry.measure.targets.all():
            self.fields[f"target-{target.pk}"] = forms.CharField(
                label=target.name,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        for name in self._stored:
            self.fields[f"version-{name}"] = forms.IntegerField(
                required=False, widget=forms.HiddenInput, initial=entry.version
            )

    def stored(self, name: str) -> str:
        """Return the text that is stored; "" for a status nobody has chosen."""
        return self._stored[name]

    def saving(self) -> dict[str, Any]:
        """Return what ``progress.record`` takes, of a valid form.

        A box that is not ticked is not sent at all: it counts as such where its version was sent.
        """
        cleaned = self.cleaned_data
        return {
            "version": cleaned["version"],
            **{name: cleaned[name] for name in TEXT_FIELDS},
            "steps_and_targets": {
                name: _as_text(cleaned[name])
                for name in self._stored
                if name not in TEXT_FIELDS and f"version-{name}" in self.data
            },
            "versions": {
                name: cleaned[f"version-{name}"]
                for name in self._stored
                if cleaned.get(f"version-{name}") is not None
            },
        }


def _as_text(value: str | bool) -> str:
    """Return what a box or a text field says, as one text."""
    if isinstance(value, bool):
        return MARKED if value else ""
    return value


class FieldForm(forms.Form):
    """One field saved by itself: its text, the version it was typed over, and the request's key."""

    text = forms.CharField(required=False, strip=False)
    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField(required=False)


class CopyForm(forms.Form):
    """Copying last round's text: the version it is written over, and the request's key."""

    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField(required=False)
