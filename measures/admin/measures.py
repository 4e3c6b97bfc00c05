"""Measures with their steps and responsible parties, stored by one verb."""

from typing import Any

from django.contrib import admin
from django.forms import IntegerField
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextareaWidget

from measures.admin.base import (
    RecordAdmin,
    RecordForm,
    RecordInline,
    fiscal_year_filter,
    own,
    person,
)
from measures.admin.sheets import SheetsAdmin
from measures.domain.planning.measures import delete_measure, save_measure
from measures.domain.planning.plan_parts import PlannedStep
from measures.domain.recording.locks import Lock, lock_of_plan
from measures.models import Measure, Organisation, Responsibility, ResponsibilityKind, Step
from measures.resources import MeasureResource

LAST = 10_000  # where rows without a place of their own go


class RowForm(RecordForm):
    """A row that the verb numbers anew: two rows may trade places in one saving."""

    def validate_unique(self) -> None:
        """Leave it to the verb."""

    def validate_constraints(self) -> None:
        """Leave it to the verb."""


class StepForm(RowForm):
    """One step; its number says its place and may be left empty."""

    number = IntegerField(required=False)

    class Meta:
        model = Step
        fields = ["number", "text", "due_on"]
        widgets = {"text": UnfoldAdminTextareaWidget(attrs={"rows": 2})}


class ResponsibilityForm(RowForm):
    """One responsible party."""

    order = IntegerField(required=False)

    class Meta:
        model = Responsibility
        fields = ["order", "kind", "division", "post", "text"]

    def clean(self) -> dict[str, Any]:
        """Ask for what the kind needs, beside the field it is missing in."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        needs_division = {ResponsibilityKind.DIVISION, ResponsibilityKind.SUB_UNIT}
        if kind in needs_division and not cleaned.get("division"):
            self.add_error("division", _("โปรดเลือกส่วนราชการหรืองาน"))
        if kind == ResponsibilityKind.POST and not cleaned.get("post"):
            self.add_error("post", _("โปรดเลือกตำแหน่ง"))
        if kind == ResponsibilityKind.COMMITTEE and not cleaned.get("text"):
            self.add_error("text", _("โปรดกรอกชื่อคณะกรรมการ"))
        if kind == ResponsibilityKind.EVERY_DIVISION and (
            cleaned.get("division") or cleaned.get("post")
        ):
            self.add_error("kind", _("ทุกส่วนราชการไม่ต้องเลือกส่วนราชการหรือตำแหน่ง"))
        return cleaned


class Rows(BaseInlineFormSet):
    """Rows in the order that the person gave them."""

    def validate_unique(self) -> None:
        """Leave it to the verb, which numbers the rows anew."""

    def kept(self, place: str) -> list[Any]:
        """Return the rows that stay, ordered by the field ``place``."""
        forms = [
            form
            for form in self.forms
            if (form.has_changed() or form.instance.pk) and not form.cleaned_data.get("DELETE")
        ]
        ordered = sorted(forms, key=lambda form: form.cleaned_data.get(place) or LAST)
        return [form.instance for form in ordered]


class StepInline(RecordInline):
    """The steps of a measure."""

    model = Step
    form = StepForm
    formset = Rows
    fields = ["number", "text", "due_on"]
    ordering_field = "number"
    hide_ordering_field = True


class ResponsibilityInline(RecordInline):
    """The responsible parties of a measure."""

    model = Responsibility
    form = ResponsibilityForm
    formset = Rows
    fields = ["order", "kind", "division", "post", "text"]
    autocomplete_fields = ["division", "post"]
    ordering_field = "order"
    hide_ordering_field = True


@admin.register(Measure)
class MeasureAdmin(SheetsAdmin, RecordAdmin):
    """The plan of a year, measure by measure."""

    resource_classes = [MeasureResource]
    list_display = ["number", "title", "fiscal_year", "indicator", "period_text", "organisation"]
    list_display_links = ["number", "title"]
    list_select_related = ["indicator", "organisation"]
    list_filter = [
        own("organisation"),
        fiscal_year_filter("fiscal_year"),
        own("responsibilities__division"),
        own("indicator"),
    ]
    search_fields = ["search_text", "number", "steps__text"]
    autocomplete_fields = ["indicator", "items", "findings"]
    inlines = [StepInline, ResponsibilityInline]
    fieldsets = [
        (None, {"fields": ["organisation", ("fiscal_year", "number"), "title"]}),
        (gettext_lazy("ที่มาจากการประเมิน"), {"fields": ["indicator", "items", "findings"]}),
        (
            gettext_lazy("เวลาและการติดตาม"),
            {"fields": ["period_text", ("starts_on", "ends_on"), "monitoring"]},
        ),
    ]

    def organisation_of(self, obj: Measure) -> Organisation:
        """Return whose plan the measure is in."""
        return obj.organisation

    def lock_of(self, obj: Measure) -> Lock | None:
        """Return the lock of the year's plan."""
        return lock_of_plan(obj.organisation, obj.fiscal_year)

    def save_model(self, request: HttpRequest, obj: Measure, form: Any, change: bool) -> None:
        """Wait for the rows: the verb takes the measure and its parts at once."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Store the measure with all its parts by the verb."""
        steps, responsibilities = formsets
        for formset in formsets:
            formset.save(commit=False)  # what Django's history of changes reads
        save_measure(
            form.instance,
            by=person(request),
            steps=[PlannedStep(step.text, step.due_on, step.pk) for step in steps.kept("number")],
            responsibilities=responsibilities.kept("order"),
            items=form.cleaned_data["items"],
            findings=form.cleaned_data["findings"],
        )

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the measure alone: the verb says what stands against deleting it."""
        return [str(obj) for obj in objs], {}, set(), []

    def delete_model(self, request: HttpRequest, obj: Measure) -> None:
        """Delete through the verb."""
        delete_measure(obj, by=person(request))
