"""The national framework of each year: kept by the administrator, read by all."""

from django.contrib import admin

from measures.admin.base import RecordAdmin, RecordInline, own
from measures.admin.sheets import SheetsAdmin
from measures.models import (
    CalendarEntry,
    Framework,
    Indicator,
    Instrument,
    Item,
    RatingLevel,
    RatingScheme,
    SubIndicator,
)
from measures.resources import FrameworkResource, IndicatorResource, ItemResource


class RatingLevelInline(RecordInline):
    """The levels of a scheme."""

    model = RatingLevel


@admin.register(RatingScheme)
class RatingSchemeAdmin(RecordAdmin):
    """Sets of levels."""

    made_by_administrator = True
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    inlines = [RatingLevelInline]


class InstrumentInline(RecordInline):
    """The three instruments of a year."""

    model = Instrument


class CalendarEntryInline(RecordInline):
    """The calendar of a year."""

    model = CalendarEntry


@admin.register(Framework)
class FrameworkAdmin(SheetsAdmin, RecordAdmin):
    """What is assessed in one fiscal year."""

    resource_classes = [FrameworkResource]
    made_by_administrator = True
    list_display = ["__str__", "rating_scheme"]
    list_select_related = ["rating_scheme"]
    list_filter = ["fiscal_year", "rating_scheme"]
    search_fields = ["fiscal_year"]
    inlines = [InstrumentInline, CalendarEntryInline]


class SubIndicatorInline(RecordInline):
    """The parts of indicators 9 and 10."""

    model = SubIndicator


@admin.register(Indicator)
class IndicatorAdmin(SheetsAdmin, RecordAdmin):
    """The ten indicators of a year."""

    resource_classes = [IndicatorResource]
    made_by_administrator = True
    list_display = ["__str__", "instrument"]
    list_select_related = ["instrument__framework"]
    list_filter = ["instrument__framework__fiscal_year", "instrument__code"]
    search_fields = ["number", "name", "aliases", "instrument__framework__fiscal_year"]
    inlines = [SubIndicatorInline]


@admin.register(Item)
class ItemAdmin(SheetsAdmin, RecordAdmin):
    """Questions and disclosures of a year."""

    resource_classes = [ItemResource]
    made_by_administrator = True
    list_display = ["__str__", "instrument", "indicator", "purpose"]
    list_select_related = ["instrument__framework", "indicator"]
    list_filter = [
        "instrument__framework__fiscal_year",
        "instrument__code",
        "purpose",
        own("indicator"),
    ]
    search_fields = ["number", "text", "instrument__framework__fiscal_year"]
    autocomplete_fields = ["indicator"]
