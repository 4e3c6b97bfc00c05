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
from measures.resources import (
    CalendarEntryResource,
    FrameworkResource,
    IndicatorResource,
    InstrumentResource,
    ItemResource,
    RatingLevelResource,
    RatingSchemeResource,
    SubIndicatorResource,
)


class RatingLevelInline(RecordInline):
    """The levels of a scheme."""

    model = RatingLevel


@admin.register(RatingScheme)
class RatingSchemeAdmin(SheetsAdmin, RecordAdmin):
    """Sets of levels."""

    resource_classes = [RatingSchemeResource]
    made_by_administrator = True
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    inlines = [RatingLevelInline]


@admin.register(RatingLevel)
class RatingLevelAdmin(SheetsAdmin, RecordAdmin):
    """The levels of all sets, as one sheet."""

    resource_classes = [RatingLevelResource]
    made_by_administrator = True
    list_display = ["name", "scheme", "order", "least_total", "is_passing"]
    list_select_related = ["scheme"]
    list_filter = [own("scheme"), "is_passing"]
    search_fields = ["name", "scheme__name", "scheme__code"]


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


@admin.register(Instrument)
class InstrumentAdmin(SheetsAdmin, RecordAdmin):
    """The instruments of all years with their weights, as one sheet."""

    resource_classes = [InstrumentResource]
    made_by_administrator = True
    list_display = ["__str__", "framework", "code", "weight"]
    list_select_related = ["framework"]
    list_filter = ["framework__fiscal_year", "code"]
    search_fields = ["code", "framework__fiscal_year"]


@admin.register(CalendarEntry)
class CalendarEntryAdmin(SheetsAdmin, RecordAdmin):
    """The calendars of all years, as one sheet."""

    resource_classes = [CalendarEntryResource]
    made_by_administrator = True
    list_display = ["name", "framework", "starts_on", "ends_on"]
    list_select_related = ["framework"]
    list_filter = ["framework__fiscal_year"]
    search_fields = ["name", "framework__fiscal_year"]


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


@admin.register(SubIndicator)
class SubIndicatorAdmin(SheetsAdmin, RecordAdmin):
    """The parts of the indicators of all years, as one sheet."""

    resource_classes = [SubIndicatorResource]
    made_by_administrator = True
    list_display = ["__str__", "indicator"]
    list_select_related = ["indicator__instrument__framework"]
    list_filter = ["indicator__instrument__framework__fiscal_year"]
    search_fields = ["number", "name", "indicator__instrument__framework__fiscal_year"]
    autocomplete_fields = ["indicator"]


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
