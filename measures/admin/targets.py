"""The numbers that measures are to reach: read here, brought in as a sheet."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from measures.admin.base import ReadOnlyAdmin, fiscal_year_filter, own
from measures.admin.sheets import SheetsAdmin
from measures.models import Target
from measures.resources import TargetResource


@admin.register(Target)
class TargetAdmin(SheetsAdmin, ReadOnlyAdmin):
    """Targets of the measures; the verb of the plan stores them, from the sheet or the desk."""

    resource_classes = [TargetResource]
    notice = gettext_lazy("แก้ไขเป้าหมายได้ที่หน้ามาตรการในพื้นที่ทำงาน หรือนำเข้าเป็นตารางจากหน้ารายการ")
    list_display = ["name", "measure", "goal", "unit", "office"]
    list_select_related = ["measure__organisation"]
    list_filter = [own("measure__organisation"), fiscal_year_filter("measure__fiscal_year"), "fold"]
    search_fields = ["name", "measure__title", "measure__organisation__search_text"]

    @admin.display(description=gettext_lazy("หน่วยงาน"), ordering="measure__organisation")
    def office(self, target: Target) -> str:
        """Return whose measure it is."""
        return target.measure.organisation.name
