"""The results of a year with the scores of its items."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from measures.admin.base import (
    ReadOnlyAdmin,
    RecordAdmin,
    RecordInline,
    fiscal_year_filter,
    own,
)
from measures.admin.sheets import SheetsAdmin
from measures.models import AssessmentResult, Score
from measures.resources import ResultResource, ScoreResource


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


@admin.register(Score)
class ScoreAdmin(SheetsAdmin, ReadOnlyAdmin):
    """The scores of all items, as one sheet; single ones are changed with their result."""

    resource_classes = [ScoreResource]
    notice = gettext_lazy("แก้ไขคะแนนทีละข้อได้ที่หน้าผลการประเมินของปีนั้น หรือนำเข้าเป็นตารางจากหน้ารายการ")
    list_display = ["item", "value", "fiscal_year", "office"]
    list_select_related = ["result__organisation", "item__instrument__framework"]
    list_filter = [
        own("result__organisation"),
        fiscal_year_filter("result__fiscal_year"),
        "item__instrument__code",
    ]
    search_fields = ["item__number", "item__text", "result__organisation__search_text"]

    @admin.display(description=gettext_lazy("ปีงบประมาณ"), ordering="result__fiscal_year")
    def fiscal_year(self, score: Score) -> int:
        """Return the year of the result."""
        return int(score.result.fiscal_year)

    @admin.display(description=gettext_lazy("หน่วยงาน"), ordering="result__organisation")
    def office(self, score: Score) -> str:
        """Return whose score it is."""
        return score.result.organisation.name
