"""The results of a year with the scores of its items."""

from django.contrib import admin

from measures.admin.base import RecordAdmin, RecordInline, fiscal_year_filter, own
from measures.admin.sheets import SheetsAdmin
from measures.models import AssessmentResult, Score
from measures.resources import ResultResource


class ScoreInline(RecordInline):
    """The score of each item."""

    model = Score
    autocomplete_fields = ["item"]


@admin.register(AssessmentResult)
class AssessmentResultAdmin(SheetsAdmin, RecordAdmin):
    """Results as the office received them."""

    resource_classes = [ResultResource]
    list_display = ["organisation", "fiscal_year", "total", "iit", "eit", "oit", "level"]
    list_select_related = ["organisation"]
    list_filter = [own("organisation"), fiscal_year_filter("fiscal_year"), "level"]
    search_fields = ["organisation__search_text", "level"]
    inlines = [ScoreInline]
