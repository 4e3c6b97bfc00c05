"""What the assessment says must be mended or improved."""

from django.contrib import admin

from measures.admin.base import RecordAdmin, fiscal_year_filter, own
from measures.models import Finding


@admin.register(Finding)
class FindingAdmin(RecordAdmin):
    """Findings of a year's result."""

    list_display = ["__str__", "severity", "fiscal_year", "organisation"]
    list_select_related = ["organisation"]
    list_filter = [own("organisation"), fiscal_year_filter("fiscal_year"), "severity"]
    search_fields = ["analysis", "references"]
    autocomplete_fields = ["indicator", "items"]
