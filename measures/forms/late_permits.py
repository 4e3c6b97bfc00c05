"""The form by which a coordinator lets somebody report after a round has closed."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from measures.forms.dates import ThaiDateField
from measures.models import ProgressEntry, ReportingRound, User


def _entry_label(entry: ProgressEntry) -> str:
    return f"{entry.measure.number}. {entry.measure.title[:60]} – {entry.division.name}"


class _EntryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Names an entry by its measure and division."""

    def label_from_instance(self, obj: ProgressEntry) -> str:
        """Return the number and title of the measure, and who reports."""
        return _entry_label(obj)


class LatePermitForm(forms.Form):
    """Who may still record which entry, why, and until when."""

    entry = _EntryField(label=_("รายการ"), queryset=ProgressEntry.objects.none())
    person = forms.ModelChoiceField(
        label=_("ผู้ได้รับอนุญาต"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("ทุกคนที่รายงานของส่วนราชการนั้น"),
    )
    allowed_until = ThaiDateField(label=_("อนุญาตถึงวันที่"))
    reason = forms.CharField(
        label=_("เหตุผล"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("เผยแพร่ต่อสาธารณะพร้อมมาตรการที่รายงานล่าช้า"),
    )

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        reporting_round: ReportingRound,
        people: Iterable[int],
    ) -> None:
        super().__init__(typed, auto_id="id_late_%s")
        entries = ProgressEntry.objects.in_round(reporting_round)
        self.fields["entry"].queryset = entries.select_related(  # type: ignore[attr-defined]
            "measure__organisation", "division", "round"
        )
        self.fields["person"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=people, is_active=True
        )
