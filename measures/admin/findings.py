"""What the assessment says must be mended or improved."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from measures.admin.base import RecordAdmin, fiscal_year_filter, own, person
from measures.admin.sheets import SheetsAdmin
from measures.domain.analysing.findings import lock_of_findings, save_finding
from measures.domain.recording.locks import Lock
from measures.models import Finding
from measures.resources import FindingResource


@admin.register(Finding)
class FindingAdmin(SheetsAdmin, RecordAdmin):
    """Findings of a year's result."""

    resource_classes = [FindingResource]
    list_display = ["__str__", "severity", "is_draft", "fiscal_year", "organisation"]
    list_select_related = ["organisation"]
    list_filter = [own("organisation"), fiscal_year_filter("fiscal_year"), "severity", "is_draft"]
    search_fields = ["analysis", "references"]
    autocomplete_fields = ["indicator", "items", "remedy"]
    exclude = ["is_draft"]  # ends by itself when a person saves

    def lock_of(self, obj: Any) -> Lock | None:
        """Return what locks the analysis of the finding's year."""
        return lock_of_findings(obj.organisation, obj.fiscal_year)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save through the verb, with the items, so that the log has them."""
        save_finding(obj, by=person(request), items=form.cleaned_data["items"])
