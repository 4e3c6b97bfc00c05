"""Everything tabular, out to Excel and csv and back: django-import-export over the domain verbs."""

from measures.resources.base import SheetResource
from measures.resources.calendars import CalendarEntryResource, HolidayResource
from measures.resources.divisions import DivisionResource
from measures.resources.findings import FindingResource
from measures.resources.frameworks import (
    FrameworkResource,
    IndicatorResource,
    InstrumentResource,
    ItemResource,
    SubIndicatorResource,
)
from measures.resources.holdings import HoldingResource
from measures.resources.measures import MeasureResource
from measures.resources.organisations import OrganisationResource
from measures.resources.posts import PostResource
from measures.resources.progress import ProgressResource
from measures.resources.rating_schemes import RatingLevelResource, RatingSchemeResource
from measures.resources.remedies import RemedyResource
from measures.resources.results import ResultResource
from measures.resources.rounds import RoundResource
from measures.resources.scores import ScoreResource
from measures.resources.targets import TargetResource

__all__ = [
    "SHEETS",
    "CalendarEntryResource",
    "DivisionResource",
    "FindingResource",
    "FrameworkResource",
    "HoldingResource",
    "HolidayResource",
    "IndicatorResource",
    "InstrumentResource",
    "ItemResource",
    "MeasureResource",
    "OrganisationResource",
    "PostResource",
    "ProgressResource",
    "RatingLevelResource",
    "RatingSchemeResource",
    "RemedyResource",
    "ResultResource",
    "RoundResource",
    "ScoreResource",
    "SubIndicatorResource",
    "TargetResource",
]

# By the name in addresses and in the files themselves, in the order of the page that lists them:
# a sheet names what the sheets before it hold, so this is also the order of taking them in.
SHEETS: dict[str, type[SheetResource]] = {
    resource.key: resource
    for resource in (
        OrganisationResource,
        HolidayResource,
        RatingSchemeResource,
        RatingLevelResource,
        FrameworkResource,
        CalendarEntryResource,
        InstrumentResource,
        IndicatorResource,
        SubIndicatorResource,
        ItemResource,
        RemedyResource,
        DivisionResource,
        PostResource,
        HoldingResource,
        ResultResource,
        ScoreResource,
        FindingResource,
        MeasureResource,
        TargetResource,
        RoundResource,
        ProgressResource,
    )
}
