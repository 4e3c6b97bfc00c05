"""What a reader of the history asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.domain.history import Filters
from measures.forms.dates import ThaiDateField

LONGEST_SEARCH = 100  # characters


class HistoryForm(forms.Form):
    """Kind of thing, person, days and text; all may be left empty."""

    text = forms.CharField(label=gettext_lazy("ข้อความ"), required=False, max_length=LONGEST_SEARCH)
    kind = forms.ChoiceField(label=gettext_lazy("เรื่อง"), required=False)
    person = forms.TypedChoiceField(
        label=gettext_lazy("ผู้กระทำ"), required=False, coerce=int, empty_value=None
    )
    since = ThaiDateField(label=gettext_lazy("ตั้งแต่วันที่"), required=False)
    until = ThaiDateField(label=gettext_lazy("ถึงวันที่"), required=False)

    def __init__(
        self, typed: Any, *, kinds: list[tuple[str, str]], people: list[tuple[int, str]]
    ) -> None:
        super().__init__(typed)
        everything = [("", _("ทั้งหมด"))]
        self.fields["kind"].choices = [*everything, *kinds]  # type: ignore[attr-defined]
        self.fields["person"].choices = [*everything, *people]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """Return what was asked for; what cannot be read asks for nothing."""
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})
