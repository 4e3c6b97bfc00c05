"""What is typed of a result: announced figures, the score of each item, a pasted text, a file."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ita_portal.thai.numerals import to_arabic_digits
from measures.domain.scoring.entering import ANNOUNCED, label_of
from measures.domain.scoring.framework_tree import FrameworkTree
from measures.domain.scoring.score_lines import number_of
from measures.domain.scoring.score_tables import MOST_CHARACTERS
from measures.forms.dates import ThaiDateField
from measures.forms.numbers import ThaiDecimalField
from measures.models import AssessmentResult, Item, RatingScheme

TAKEN = ".xlsx,.docx,.csv"


class ScoreInput(ThaiDecimalField):
    """A score of 0-100 with two decimals; "79,27", "79.27 %" and "79.27 คะแนน" are one."""

    def __init__(self, **options: Any) -> None:
        limits: dict[str, Any] = {"min_value": 0, "max_value": 100, "decimal_places": 2}
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"required": False, "widget": widget} | limits | options)
        self.error_messages["invalid"] = _("โปรดพิมพ์คะแนนเป็นตัวเลข เช่น 79.27")
        out_of_range = _("คะแนนต้องอยู่ระหว่าง 0 ถึง 100 โปรดตรวจกับเอกสารที่ได้รับ")
        too_precise = _("ทศนิยมไม่เกินสองตำแหน่ง โปรดปัดเศษ")
        self.error_messages |= {"min_value": out_of_range, "max_value": out_of_range}
        self.error_messages |= {"max_decimal_places": too_precise}

    def to_python(self, value: Any) -> Any:
        """Return the score, or say in Thai what cannot be read."""
        if isinstance(value, str):
            value = value.strip().removesuffix("คะแนน").removesuffix("%").strip()
        if isinstance(value, str) and "," in value and "." not in value:
            read = number_of(to_arabic_digits(value).strip())
            value = str(read) if read is not None else value
        return super().to_python(value)


class ResultForm(forms.Form):
    """The result of a year: a field for each item of its framework, named ``item-<id>``."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    iit = ScoreInput()
    eit = ScoreInput()
    oit = ScoreInput()
    total = ScoreInput()
    level = forms.ChoiceField(label=_("ระดับที่ได้รับแจ้ง"), required=False)
    announced_on = ThaiDateField(label=_("ประกาศผลเมื่อ"), required=False)
    source = forms.CharField(
        label=_("ที่มา"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("เช่น หนังสือแจ้งผลลงวันที่ใด หรือหน้าใดของระบบประเมิน"),
    )

    def __init__(self, *args: Any, tree: FrameworkTree, level: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.tree = tree
        for name in ANNOUNCED:
            self.fields[name].label = label_of(name)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _levels(tree, level)
        for item in tree.items():
            self.fields[name_of(item)] = ScoreInput(label=_("ข้อ %s") % item.code())

    def scores(self) -> dict[Item, Decimal | None]:
        """Return the score of every item; None where the field is blank."""
        return {item: self.cleaned_data[name_of(item)] for item in self.tree.items()}

    def put_into(self, result: AssessmentResult) -> AssessmentResult:
        """Put the announced figures into a result, unsaved."""
        for name in (*ANNOUNCED, "level", "announced_on", "source"):
            setattr(result, name, self.cleaned_data[name])
        return result


def name_of(item: Item) -> str:
    """Return the name of an item's field."""
    return f"item-{item.pk}"


def initial_of(result: AssessmentResult, values: Mapping[int, Decimal]) -> dict[str, Any]:
    """Return what the form of a result is filled with."""
    names = (*ANNOUNCED, "level", "announced_on", "source")
    return {name: getattr(result, name) for name in names} | {
        f"item-{pk}": value for pk, value in values.items()
    }


def _levels(tree: FrameworkTree, stored: str) -> list[Any]:
    """Return the levels to choose from: this year's, the others' for what was announced by them."""
    groups: list[Any] = [("", "---------")]
    names = {""}
    schemes = RatingScheme.objects.prefetch_related("levels")
    own = tree.scheme.pk if tree.scheme else None
    for scheme in sorted(schemes, key=lambda each: (each.pk != own, each.code)):
        levels = [(level.name, level.name) for level in scheme.levels.all()]
        names.update(name for name, _label in levels)
        label = _("เกณฑ์ของปีนี้") if scheme.pk == own else scheme.name
        groups.append((label, levels))
    if stored not in names:
        groups.append((stored, stored))
    return groups


class PasteForm(forms.Form):
    """A pasted text; ``checked`` says which text the preview has shown."""

    text = forms.CharField(
        label=_("วางตารางหรือข้อความที่มีคะแนน"),
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("คัดลอกจาก Excel Word หรือหน้าเว็บ เช่น I7 79.27 หรือ คะแนนรวม ๘๕.๒๐ บรรทัดละหนึ่งข้อ"),
        error_messages={"required": _("โปรดวางข้อความที่มีคะแนนก่อน")},
    )
    checked = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ScoreFileForm(forms.Form):
    """A file of scores."""

    file = forms.FileField(
        label=_("ไฟล์ตารางคะแนน"),
        widget=forms.FileInput(attrs={"accept": TAKEN}),
        help_text=_("Excel (.xlsx) Word (.docx) หรือ csv"),
        error_messages={"required": _("โปรดเลือกไฟล์")},
    )
