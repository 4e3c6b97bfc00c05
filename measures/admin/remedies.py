"""What the frameworks advise about weak items: kept by the administrator, read by all."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from measures.admin.base import RecordAdmin, own, person
from measures.admin.sheets import SheetsAdmin
from measures.domain.analysing.remedies import save_remedy
from measures.models import Remedy
from measures.resources import RemedyResource


@admin.register(Remedy)
class RemedyAdmin(SheetsAdmin, RecordAdmin):
    """Guidance of a year's framework, with its source."""

    resource_classes = [RemedyResource]
    made_by_administrator = True
    list_display = ["number", "framework", "codes", "text", "source"]
    list_display_links = ["number", "codes"]
    list_select_related = ["framework"]
    list_filter = [own("framework")]
    search_fields = ["text", "source", "framework__fiscal_year", "items__text"]
    autocomplete_fields = ["items", "links"]
    fields = [
        "framework",
        "number",
        "items",
        "links",
        "linked_sub_indicators",
        "text",
        "source",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Read the items with the remedies: the list names them."""
        return super().get_queryset(request).prefetch_related("items__instrument")

    @admin.display(description=gettext_lazy("สำหรับข้อ"))
    def codes(self, remedy: Remedy) -> str:
        """Return the items by their codes."""
        return ", ".join(item.code() for item in remedy.items.all())

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Name the year of each part: 9.1 is in every framework."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "linked_sub_indicators":
            field.queryset = field.queryset.select_related("indicator__instrument__framework")
            field.label_from_instance = lambda part: (
                f"{part} ({part.indicator.instrument.framework.fiscal_year})"
            )
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save through the verb, with the parts, so that the log has them."""
        typed = form.cleaned_data
        save_remedy(
            obj,
            by=person(request),
            items=typed["items"],
            links=typed["links"],
            sub_indicators=typed["linked_sub_indicators"],
        )
