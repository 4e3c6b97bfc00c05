"""Public holidays: data of the whole install, for counting working days."""

from django.contrib import admin
from django.http import HttpRequest

from measures.admin.base import RecordAdmin
from measures.admin.sheets import SheetsAdmin
from measures.models import Holiday
from measures.resources import HolidayResource


@admin.register(Holiday)
class HolidayAdmin(SheetsAdmin, RecordAdmin):
    """Kept by the administrator of the install; everybody may look."""

    resource_classes = [HolidayResource]
    made_by_administrator = True
    list_display = ["date", "name", "source"]
    list_display_links = ["date", "name"]
    list_filter = ["date"]
    search_fields = ["name", "source"]
    ordering = ["-date"]
    date_hierarchy = "date"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, object]:
        """Suggest where a holiday that is typed in by hand is written."""
        return {"source": "มติคณะรัฐมนตรี"}
