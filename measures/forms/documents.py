"""The form of a document's memo fields and paragraphs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.domain.documents import EDITABLE_TEXTS
from measures.forms.dates import ThaiDateField
from measures.models import Document, DocumentKind

LONG_TEXTS = {"opening": 5, "assessment": 5, "approach": 4, "closing": 2}  # rows of the text area
OF_PLANS_ALONE = ("approach",)
OF_REPORTS_ALONE = ("results_title", "has_annex")


class DocumentForm(forms.ModelForm[Document]):
    """Memo fields and paragraphs; ``version`` is what the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Document
        fields = ["dated", *EDITABLE_TEXTS, "has_annex"]
        widgets = {name: forms.Textarea(attrs={"rows": rows}) for name, rows in LONG_TEXTS.items()}
        field_classes = {"dated": ThaiDateField}
        help_texts = {
            "number": _("เลขทะเบียนเว้นว่างหลังเครื่องหมาย / ได้หากยังไม่ออกเลข"),
            "assessment": _("หนึ่งย่อหน้าต่อหนึ่งบรรทัด"),
            "closing": _("หนึ่งย่อหน้าต่อหนึ่งบรรทัด"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        for name in OF_REPORTS_ALONE if self.instance.kind == DocumentKind.PLAN else OF_PLANS_ALONE:
            del self.fields[name]
        for field in self.fields.values():
            field.error_messages["required"] = _("โปรดกรอก%(label)s") % {"label": field.label}

    def typed(self) -> dict[str, Any]:
        """Return the fields for ``documents.edit``, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
