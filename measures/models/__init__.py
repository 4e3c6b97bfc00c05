"""What is stored, and what is true of it. One concept per file; this file only re-exports."""

from measures.models.documents import Document, DocumentKind, DocumentLayout, DocumentState
from measures.models.events import Event, EventVerb
from measures.models.findings import Finding, Severity
from measures.models.fiscal_years import ReportingRound, RoundMonths
from measures.models.frameworks import (
    CalendarEntry,
    Framework,
    Indicator,
    Instrument,
    InstrumentCode,
    Item,
    ItemPurpose,
    RatingLevel,
    RatingScheme,
    SubIndicator,
)
from measures.models.measures import Measure, Responsibility, ResponsibilityKind, Step
from measures.models.organisations import Division, Organisation, OrganisationKind
from measures.models.people import HoldingKind, Post, PostHolding, User
from measures.models.progress import Evidence, EvidenceKind, ProgressEntry, ProgressStatus
from measures.models.proofreading import Waiver
from measures.models.publications import FrozenError, Publication
from measures.models.renderings import Rendering, RenderingPurpose, RenderingState
from measures.models.results import AssessmentResult, Score
from measures.models.signoffs import (
    ChainPost,
    Decision,
    Signoff,
    SignoffOutcome,
    SignoffStep,
    SignRole,
)

__all__ = [
    "AssessmentResult",
    "CalendarEntry",
    "ChainPost",
    "Decision",
    "Division",
    "Document",
    "DocumentKind",
    "DocumentLayout",
    "DocumentState",
    "Event",
    "EventVerb",
    "Evidence",
    "EvidenceKind",
    "Finding",
    "Framework",
    "FrozenError",
    "HoldingKind",
    "Indicator",
    "Instrument",
    "InstrumentCode",
    "Item",
    "ItemPurpose",
    "Measure",
    "Organisation",
    "OrganisationKind",
    "Post",
    "PostHolding",
    "ProgressEntry",
    "ProgressStatus",
    "Publication",
    "RatingLevel",
    "RatingScheme",
    "Rendering",
    "RenderingPurpose",
    "RenderingState",
    "ReportingRound",
    "Responsibility",
    "ResponsibilityKind",
    "RoundMonths",
    "Score",
    "Severity",
    "SignRole",
    "Signoff",
    "SignoffOutcome",
    "SignoffStep",
    "Step",
    "SubIndicator",
    "User",
    "Waiver",
]
