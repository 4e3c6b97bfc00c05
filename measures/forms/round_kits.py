"""What is typed around round kits: the file that comes back, and whose text is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.numerals import to_thai_digits
from measures.domain.recording.kit_merges import Choice, Merge, MergedCell, MergedRow, Outcome, Side
from measures.models import Division, ProgressStatus

READABLE = ".xlsx,.csv"


class KitReturnForm(forms.Form):
    """A returned file, and whose it is where the file has lost its mark."""

    file = forms.FileField(
        label=_("ไฟล์ที่ส่วนราชการส่งกลับ"),
        widget=forms.FileInput(attrs={"accept": READABLE}),
        error_messages={"required": _("โปรดเลือกไฟล์")},
    )
    division = forms.ModelChoiceField(
        label=_("ส่วนราชการเจ้าของไฟล์"),
        queryset=Division.objects.none(),
        required=False,
        empty_label=_("ตามที่ไฟล์ระบุ"),
        help_text=_("เลือกเฉพาะเมื่อไฟล์ไม่มีรหัสของชุด เช่น บันทึกเป็น csv"),
    )

    def __init__(self, *args: Any, divisions: list[Division], **kwargs: Any) -> None:
        """Offer the divisions whose kits the person may return."""
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = Division.objects.filter(  # type: ignore[attr-defined]
            pk__in=[division.pk for division in divisions]
        )


@dataclass(frozen=True)
class CellFields:
    """A cell in which something happens, with the fields by which it is decided, if any."""

    cell: MergedCell
    side: BoundField | None = None
    text: BoundField | None = None

    def base(self) -> str:
        """Return what the kit was made with, as a person reads it."""
        return self._shown(self.cell.base)

    def theirs(self) -> str:
        """Return what the file says, as a person reads it."""
        return self._shown(self.cell.theirs)

    def ours(self) -> str:
        """Return what is stored, as a person reads it."""
        return self._shown(self.cell.ours)

    def _shown(self, text: str) -> str:
        is_status = self.cell.field.name == "status"
        if is_status and text not in ProgressStatus.values:
            return text
        return self.cell.field.shown(text)


@dataclass(frozen=True)
class RowFields:
    """A measure of the kit in which something happens."""

    row: MergedRow
    cells: list[CellFields]


class KitChoicesForm(forms.Form):
    """For each cell that is asked about: the stored text, the file's, or one typed here."""

    def __init__(self, data: Mapping[str, Any] | None, *, merge: Merge) -> None:
        """Make the fields of each cell, and keep the versions that are shown."""
        super().__init__(data)
        self.merge = merge
        for row in merge.rows:
            if row.shown():
                self.fields[_version(row)] = forms.IntegerField(
                    widget=forms.HiddenInput, initial=row.entry.version, min_value=0
                )
            for key, cell in row.shown():
                if cell.is_asked():
                    self.fields[f"side-{key}"] = _side_of(row, cell)
                    self.fields[f"text-{key}"] = _text_of(row, cell)

    def rows(self) -> list[RowFields]:
        """Return the measures in which something happens, with their fields."""
        return [
            RowFields(row, [self._cell(key, cell) for key, cell in shown])
            for row in self.merge.rows
            if (shown := row.shown())
        ]

    def choices(self) -> dict[str, Choice]:
        """Return what was decided, by the names of the cells."""
        return {
            key: Choice(
                Side(self.cleaned_data[f"side-{key}"]),
                self.cleaned_data.get(f"text-{key}", ""),
            )
            for key, cell in self.merge.cells()
            if cell.is_asked()
        }

    def versions(self) -> dict[int, int]:
        """Return the versions of the entries that the person has seen, by measure number."""
        return {
            row.entry.measure.number: self.cleaned_data[_version(row)]
            for row in self.merge.rows
            if _version(row) in self.fields
        }

    def _cell(self, key: str, cell: MergedCell) -> CellFields:
        if not cell.is_asked():
            return CellFields(cell)
        return CellFields(cell, self[f"side-{key}"], self[f"text-{key}"])


def current(data: Any, merge: Merge) -> Any:
    """Return what was posted, with the versions that are shown now: the person sees them next."""
    data = data.copy()
    for row in merge.rows:
        data[_version(row)] = str(row.entry.version)
    return data


def _version(row: MergedRow) -> str:
    return f"version-{row.entry.measure.number}"


def _label(row: MergedRow, cell: MergedCell, what: Any) -> str:
    """Return a label that says which cell it is about: many stand on one page."""
    return gettext("%(what)s: %(field)s มาตรการที่ %(number)s") % {
        "what": what,
        "field": cell.field.label,
        "number": to_thai_digits(row.entry.measure.number),
    }


def _side_of(row: MergedRow, cell: MergedCell) -> forms.ChoiceField:
    choices: list[tuple[str, Any]] = [(Side.OURS.value, _("ใช้ของในระบบ"))]
    if cell.outcome == Outcome.CLEARED:
        choices = [(Side.OURS.value, _("คงข้อความในระบบไว้"))]
        choices.append((Side.THEIRS.value, _("ลบข้อความตามไฟล์")))
    elif not cell.problem:
        choices.append((Side.THEIRS.value, _("ใช้ของในไฟล์")))
    choices.append((Side.TYPED.value, _("พิมพ์เอง")))
    return forms.ChoiceField(
        label=_label(row, cell, _("เลือกข้อความที่จะใช้")),
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("โปรดเลือกข้อความที่จะใช้ในช่องนี้")},
    )


def _text_of(row: MergedRow, cell: MergedCell) -> forms.CharField | forms.ChoiceField:
    if cell.field.name == "status":
        return forms.ChoiceField(
            label=_label(row, cell, _("สถานะที่เลือกเอง")),
            choices=[("", _("ไม่ระบุ")), *ProgressStatus.choices],
            required=False,
        )
    return forms.CharField(
        label=_label(row, cell, _("ข้อความที่พิมพ์เอง")),
        required=False,
        initial=cell.theirs or cell.ours,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
