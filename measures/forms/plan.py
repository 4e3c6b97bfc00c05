"""What the coordinator types into the plan: a measure with its steps, targets and responsible."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ita_portal.thai.numerals import parse_integer
from ita_portal.thai.periods import Period, parse_period
from measures.domain.planning.plan_parts import PlannedStep, PlannedTarget
from measures.forms.dates import ThaiDateField
from measures.forms.numbers import ThaiDecimalField
from measures.forms.rows import MOST_ROWS, Rows
from measures.models import (
    Division,
    Finding,
    Framework,
    Indicator,
    Item,
    Measure,
    Organisation,
    Post,
    Responsibility,
    ResponsibilityKind,
    TargetFold,
)
from measures.models.fiscal_years import EARLIEST_FISCAL_YEAR, LATEST_FISCAL_YEAR


class WholeNumberField(forms.CharField):
    """A whole number in Thai or Arabic digits."""

    def clean(self, value: Any) -> int | None:
        """Return the number, or say in Thai what cannot be read."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_integer(typed)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class MeasureForm(forms.Form):
    """A measure without its rows. The lists offer what the year's analysis is about."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    fiscal_year = WholeNumberField(label=gettext_lazy("ปีงบประมาณ (พ.ศ.)"), max_length=4)
    number = WholeNumberField(label=gettext_lazy("มาตรการที่"), max_length=4)
    title = forms.CharField(
        label=gettext_lazy("มาตรการ"), strip=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    indicator = forms.ModelChoiceField(
        label=gettext_lazy("ตัวชี้วัด"), queryset=Indicator.objects.none(), required=False
    )
    items = forms.ModelMultipleChoiceField(
        label=gettext_lazy("ข้อประเมินที่มาตรการนี้ตอบ"),
        queryset=Item.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    findings = forms.ModelMultipleChoiceField(
        label=gettext_lazy("ข้อบกพร่อง/ประเด็นที่แก้"),
        queryset=Finding.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    period_text = forms.CharField(
        label=gettext_lazy("ระยะเวลาดำเนินการ (ตามที่เขียน)"),
        required=False,
        strip=False,
        help_text=gettext_lazy("เช่น ตุลาคม ๒๕๖๓ – กันยายน ๒๕๖๔ หรือ ไตรมาสที่ ๒"),
    )
    monitoring = forms.CharField(
        label=gettext_lazy("การกำกับติดตาม"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    amendment_reason = forms.CharField(
        label=gettext_lazy("เหตุผลที่แก้ไขแผนหลังลงนาม"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("บันทึกไว้ถาวรพร้อมข้อความก่อนและหลังแก้ไข"),
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        fiscal_year: int,
        is_stored: bool,
        is_amendment: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.planned_year = fiscal_year
        # Measures of a year answer the assessment of the year before.
        analysed = Framework.objects.filter(fiscal_year=fiscal_year - 1)
        year = fiscal_year - 1 if analysed.exists() else fiscal_year
        self._offer("indicator", Indicator.objects.filter(instrument__framework__fiscal_year=year))
        items = Item.objects.filter(instrument__framework__fiscal_year=year)
        self._offer("items", items.select_related("instrument"))
        findings = Finding.objects.filter(organisation=organisation, fiscal_year=fiscal_year - 1)
        self._offer("findings", findings)
        if is_stored:
            del self.fields["fiscal_year"]
        if not is_amendment:
            del self.fields["amendment_reason"]
        else:
            self.fields["amendment_reason"].required = True

    def _offer(self, name: str, rows: Any) -> None:
        """Offer these rows, and what the measure has already."""
        chosen = self.initial.get(name) or []
        keys = chosen if isinstance(chosen, list) else [chosen]
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows | rows.model.objects.filter(pk__in=[key for key in keys if key])

    def clean_fiscal_year(self) -> int:
        """Refuse what is no year of the Buddhist Era."""
        year: int = self.cleaned_data["fiscal_year"]
        if not EARLIEST_FISCAL_YEAR <= year <= LATEST_FISCAL_YEAR:
            raise forms.ValidationError(_("โปรดกรอกปี พ.ศ. สี่หลัก เช่น 2570"))
        return year

    def period(self) -> Period:
        """Return what is read of the period that was typed."""
        year = self.cleaned_data.get("fiscal_year", self.planned_year)
        return parse_period(self.cleaned_data["period_text"], fiscal_year=year)


class StepRow(forms.Form):
    """One step."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=gettext_lazy("ขั้นตอนหรือวิธีการ"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due_on = ThaiDateField(label=gettext_lazy("กำหนดแล้วเสร็จ"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a day without a step."""
        data = super().clean() or self.cleaned_data
        if data.get("due_on") and not (data.get("text") or "").strip():
            self.add_error("text", _("โปรดกรอกขั้นตอนของกำหนดวันนี้ หรือนำแถวนี้ออก"))
        return data


class TargetRow(forms.Form):
    """One number to be reached."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=gettext_lazy("ตัวชี้วัดเป้าหมาย"), required=False, max_length=300)
    unit = forms.CharField(
        label=gettext_lazy("หน่วยนับ"),
        required=False,
        max_length=50,
        help_text=gettext_lazy("เช่น คน ครั้ง ร้อยละ"),
    )
    baseline = ThaiDecimalField(
        label=gettext_lazy("ค่าตั้งต้น"), required=False, max_digits=14, decimal_places=2
    )
    goal = ThaiDecimalField(
        label=gettext_lazy("ค่าเป้าหมาย"), required=False, max_digits=14, decimal_places=2
    )
    fold = forms.ChoiceField(
        label=gettext_lazy("เมื่อหลายส่วนราชการรายงาน"),
        choices=TargetFold.choices,
        initial=TargetFold.SUM,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for all three of name, unit and goal where one was typed."""
        data = super().clean() or self.cleaned_data
        typed = {name: data.get(name) for name in ("name", "unit", "goal")}
        if any(value not in (None, "") for value in typed.values()):
            for name, value in typed.items():
                if value in (None, "") and name not in self.errors:
                    self.add_error(
                        name, _("โปรดกรอก%(label)s") % {"label": self.fields[name].label}
                    )
        return data


class ResponsibilityRow(forms.Form):
    """One responsible party."""

    kind = forms.ChoiceField(
        label=gettext_lazy("ประเภท"),
        choices=[("", "---------"), *ResponsibilityKind.choices],
        required=False,
    )
    division = forms.ModelChoiceField(
        label=gettext_lazy("ส่วนราชการ/งานที่รายงาน"), queryset=Division.objects.none(), required=False
    )
    post = forms.ModelChoiceField(
        label=gettext_lazy("ตำแหน่ง"), queryset=Post.objects.none(), required=False
    )
    text = forms.CharField(
        label=gettext_lazy("ตามที่เขียน"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("ข้อความที่พิมพ์ในเอกสาร เว้นว่างเพื่อใช้ชื่อส่วนราชการ"),
    )

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = Q(pk=self.initial.get("division") or None)
        for name, rows in (
            ("division", organisation.divisions.filter(Q(closed_on=None) | chosen)),
            ("post", organisation.posts.all()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind needs, beside the field it is missing in."""
        data = super().clean() or self.cleaned_data
        kind = data.get("kind")
        if not kind and any(data.get(name) for name in ("division", "post", "text")):
            self.add_error("kind", _("โปรดเลือกประเภทของผู้รับผิดชอบ"))
        if kind in {ResponsibilityKind.DIVISION, ResponsibilityKind.SUB_UNIT}:
            self._need("division", _("โปรดเลือกส่วนราชการหรืองาน"))
        if kind == ResponsibilityKind.POST:
            self._need("post", _("โปรดเลือกตำแหน่ง"))
        if kind == ResponsibilityKind.COMMITTEE:
            self._need("text", _("โปรดกรอกชื่อคณะกรรมการ"))
        if kind == ResponsibilityKind.EVERY_DIVISION and (data.get("division") or data.get("post")):
            self.add_error("kind", _("ทุกส่วนราชการไม่ต้องเลือกส่วนราชการหรือตำแหน่ง"))
        return data

    def _need(self, name: str, message: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)


def _formset(row: type[forms.Form]) -> type[Rows]:
    made: type[Rows] = forms.formset_factory(  # type: ignore[assignment]  # typed as its base
        row, formset=Rows, extra=0, max_num=MOST_ROWS, validate_max=True
    )
    return made


StepRows = _formset(StepRow)
TargetRows = _formset(TargetRow)
ResponsibilityRows = _formset(ResponsibilityRow)


def planned_steps(rows: Rows) -> list[PlannedStep]:
    """Return the steps that were typed."""
    return [PlannedStep(row["text"], row["due_on"], row["pk"]) for row in rows.typed()]


def planned_targets(rows: Rows) -> list[PlannedTarget]:
    """Return the targets that were typed."""
    return [
        PlannedTarget(
            name=row["name"],
            unit=row["unit"],
            goal=row["goal"],
            baseline=row["baseline"],
            fold=row["fold"],
            pk=row["pk"],
        )
        for row in rows.typed()
        if row["name"]
    ]


def planned_responsibilities(rows: Rows) -> list[Responsibility]:
    """Return the responsible parties that were typed, unsaved."""
    return [
        Responsibility(
            kind=row["kind"], division=row["division"], post=row["post"], text=row["text"]
        )
        for row in rows.typed()
        if row["kind"]
    ]


def initial_of(measure: Measure) -> dict[str, Any]:
    """Return what the form of a stored measure is filled with."""
    return {
        "fiscal_year": measure.fiscal_year,
        "number": measure.number,
        "title": measure.title,
        "indicator": measure.indicator_id,
        "items": [item.pk for item in measure.items.all()],
        "findings": [finding.pk for finding in measure.findings.all()],
        "period_text": measure.period_text,
        "monitoring": measure.monitoring,
    }


def rows_of(measure: Measure) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a stored measure by their kind, as their forms are filled."""
    return {
        "steps": [
            {"pk": step.pk, "text": step.text, "due_on": step.due_on}
            for step in measure.steps.all()
        ],
        "targets": [
            {
                name: getattr(target, name)
                for name in ("pk", "name", "unit", "baseline", "goal", "fold")
            }
            for target in measure.targets.all()
        ],
        "responsible": [
            {
                "kind": party.kind,
                "division": party.division_id,
                "post": party.post_id,
                "text": party.text,
            }
            for party in measure.responsibilities.all()
        ],
    }
