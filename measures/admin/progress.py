"""Rounds, what divisions did in them, and the evidence."""

from typing import Any

from django.contrib import admin
from django.forms import BooleanField, CharField, FileField, HiddenInput, IntegerField, URLField
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminURLInputWidget,
    UnfoldBooleanSwitchWidget,
)

from measures.admin.base import (
    RecordAdmin,
    RecordForm,
    RecordInline,
    fiscal_year_filter,
    own,
    person,
)
from measures.admin.sheets import SheetsAdmin
from measures.domain.errors import Conflict
from measures.domain.filing import evidence as evidence_verbs
from measures.domain.filing.evidence_files import shown_file
from measures.domain.recording import progress, rounds
from measures.domain.recording.locks import Lock, lock_of_entry
from measures.models import Evidence, Organisation, ProgressEntry, ReportingRound
from measures.permissions import NotAllowed
from measures.resources import ProgressResource, RoundResource


class RoundForm(RecordForm):
    """Closing a round and opening it again."""

    is_closed = BooleanField(
        label=gettext_lazy("ปิดรอบแล้ว"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        help_text=gettext_lazy("เมื่อปิดรอบ จะบันทึกผลการดำเนินการไม่ได้จนกว่าจะเปิดอีกครั้ง"),
    )
    reason = CharField(
        label=gettext_lazy("เหตุผลที่เปิดรอบอีกครั้ง"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text=gettext_lazy("ต้องระบุเมื่อเปิดรอบที่ปิดไปแล้ว และเก็บไว้ในบันทึกเหตุการณ์"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_closed" in self.fields:
            self.fields["is_closed"].initial = self.instance.is_closed()


@admin.register(ReportingRound)
class ReportingRoundAdmin(SheetsAdmin, RecordAdmin):
    """Rounds of reporting."""

    resource_classes = [RoundResource]
    form = RoundForm
    list_display = ["__str__", "opens_on", "due_on", "closes_on", "closed_at", "organisation"]
    list_select_related = ["organisation"]
    list_filter = [own("organisation"), fiscal_year_filter("fiscal_year"), "months"]
    search_fields = ["organisation__search_text", "fiscal_year"]

    def organisation_of(self, obj: ReportingRound) -> Organisation:
        """Return whose round it is."""
        return obj.organisation

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: a round that is not wanted is closed."""
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Ask for the dates of a new round, and for closing of one that is there."""
        fields = ["organisation", "fiscal_year", "months", "opens_on", "due_on", "closes_on"]
        if obj is None:
            return fields
        closing = ["is_closed", "reason"] if self.has_change_permission(request, obj) else []
        return [*fields, "closed_at", "closed_by", *closing]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return what stays as it was when the round was opened."""
        fixed = ["organisation", "fiscal_year", "months", "opens_on", "due_on", "closes_on"]
        return [] if obj is None else self.in_thai([*fixed, "closed_at", "closed_by"])

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Open, close or reopen by the verbs."""
        by = person(request)
        if not change:
            obj.pk = rounds.open_round(
                obj.organisation,
                fiscal_year=obj.fiscal_year,
                months=obj.months,
                opens_on=obj.opens_on,
                due_on=obj.due_on,
                closes_on=obj.closes_on,
                by=by,
            ).pk
        elif form.cleaned_data["is_closed"] and not obj.is_closed():
            rounds.close_round(obj, by=by)
        elif not form.cleaned_data["is_closed"] and obj.is_closed():
            rounds.reopen_round(obj, by=by, reason=form.cleaned_data["reason"])


class EvidenceForm(RecordForm):
    """A new piece of evidence: a file or a link, with a caption."""

    url = URLField(
        label=gettext_lazy("ลิงก์"),
        required=False,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget,
    )
    upload = FileField(
        label=gettext_lazy("ไฟล์ภาพ PDF Word หรือ Excel"),
        required=False,
        widget=UnfoldAdminFileFieldWidget,
    )

    class Meta:
        model = Evidence
        fields = ["caption", "url"]
        labels = {"upload": gettext_lazy("ไฟล์ภาพ PDF Word หรือ Excel")}  # heading of the column

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean()
        if bool(cleaned.get("upload")) == bool(cleaned.get("url")):
            self.add_error("upload", _("โปรดแนบไฟล์หรือกรอกลิงก์อย่างใดอย่างหนึ่ง"))
        return cleaned

    def validate_constraints(self) -> None:
        """Leave it to the verb, which finds out what a file is."""


class EvidenceInline(RecordInline):
    """Evidence of an entry: what is there can be taken out, new pieces can be added."""

    model = Evidence
    form = EvidenceForm
    fk_name = "entry"
    fields = ["kind", "caption", "url", "upload", "file", "added_at", "added_by"]
    readonly_fields = ["kind", "file", "added_at", "added_by"]

    @admin.display(description=gettext_lazy("ไฟล์ที่แนบ"), empty_value="–")
    def file(self, obj: Evidence) -> SafeString | None:
        """Return a link to the file, answered by the desk, which knows who may see it."""
        if not shown_file(obj):
            return None
        return format_html(
            '<a href="{}" target="_blank" rel="noopener">{}</a>',
            reverse("desk:evidence_file", args=[obj.pk]),
            _("เปิดไฟล์"),
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return what has not been taken out."""
        return super().get_queryset(request).current().select_related("added_by")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show no file field where nothing can be added."""
        fields = super().get_fields(request, obj)
        if self.has_add_permission(request, obj):
            return fields
        return [field for field in fields if field != "upload"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the entry may be changed."""
        return self.has_delete_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: evidence is taken out and attached anew, never edited."""
        return False


class EntryForm(RecordForm):
    """What a division did; the hidden version says which saving the texts were written over."""

    seen_version = IntegerField(label=gettext_lazy("ฉบับที่เห็น"), widget=HiddenInput)

    class Meta:
        model = ProgressEntry
        fields = ["status", "status_note", "result", "outcome", "suggestion"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen_version" in self.fields:
            self.fields["seen_version"].initial = self.instance.version


@admin.register(ProgressEntry)
class ProgressEntryAdmin(SheetsAdmin, RecordAdmin):
    """Entries. The plan makes them: one per measure, division and round."""

    resource_classes = [ProgressResource]
    form = EntryForm
    list_display = ["measure", "division", "round", "status", "updated_at", "organisation"]
    list_select_related = ["measure__organisation", "division", "round"]
    list_filter = [
        own("measure__organisation"),
        fiscal_year_filter("round__fiscal_year"),
        "round__months",
        own("division"),
        "status",
    ]
    search_fields = ["measure__search_text", "division__name", "result", "outcome"]
    inlines = [EvidenceInline]
    fields = [
        "measure",
        ("division", "round"),
        ("status", "status_note"),
        "result",
        "outcome",
        "suggestion",
        ("updated_at", "updated_by"),
        "seen_version",
    ]
    readonly_fields = ["measure", "division", "round", "updated_at", "updated_by"]

    @admin.display(description=gettext_lazy("หน่วยงาน"), ordering="measure__organisation")
    def organisation(self, obj: ProgressEntry) -> str:
        """Return whose entry it is."""
        return str(obj.measure.organisation)

    def organisation_of(self, obj: ProgressEntry) -> Organisation:
        """Return whose entry it is."""
        return obj.measure.organisation

    def lock_of(self, obj: ProgressEntry) -> Lock | None:
        """Return the lock of the round."""
        return lock_of_entry(obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: the plan says which entries there are."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False, as for adding."""
        return False

    def after_refusal(
        self, request: HttpRequest, refusal: NotAllowed, context: dict[str, Any]
    ) -> None:
        """Show what the other person stored; the next saving is then written over that."""
        if not isinstance(refusal, Conflict):
            return
        current = refusal.current
        context["stored_texts"] = [
            (_("สถานะการดำเนินการ"), current.get_status_display()),
            (_("หมายเหตุสถานะ"), current.status_note),
            (_("ผลการดำเนินการ"), current.result),
            (_("ผลลัพธ์/ความสำเร็จ"), current.outcome),
            (_("ข้อเสนอแนะ"), current.suggestion),
        ]
        posted = request.POST.copy()
        posted["seen_version"] = str(current.version)
        for name, text in refusal.merged.items():
            posted[name] = text
        request.POST = posted  # type: ignore[assignment]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Record through the verb, over the version that the page showed."""
        typed = form.cleaned_data
        progress.record(
            obj,
            by=person(request),
            version=typed["seen_version"],
            status=typed["status"],
            status_note=typed["status_note"],
            result=typed["result"],
            outcome=typed["outcome"],
            suggestion=typed["suggestion"],
        )

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseInlineFormSet, change: bool
    ) -> None:
        """Attach and take out evidence through the verbs."""
        by = person(request)
        formset.save(commit=False)  # what Django's history of changes reads
        for piece in formset.deleted_objects:
            evidence_verbs.remove(piece, by=by)
        for row in formset.extra_forms:
            typed = row.cleaned_data
            if not row.has_changed() or typed.get("DELETE"):
                continue
            if typed["upload"]:
                evidence_verbs.attach_file(
                    form.instance, by=by, upload=typed["upload"], caption=typed["caption"]
                )
            else:
                evidence_verbs.attach_link(
                    form.instance, by=by, url=typed["url"], caption=typed["caption"]
                )
