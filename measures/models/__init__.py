"""What is stored, and what is true of it. One concept per file; this file only re-exports."""

from measures.models.documents import Document, DocumentKind, DocumentLayout, DocumentState
from measures.models.events import Event, EventVerb
from measures.models.evidence import (
    CheckedLink,
    Evidence,
    EvidenceKind,
    Preparation,
    ScanVerdict,
)
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
from measures.models.frozen import FrozenError
from measures.models.guidance import EntryField, Guidance
from measures.models.handovers import Handover
from measures.models.holidays import Holiday
from measures.models.imports import FileImport, ImportKind, ImportState
from measures.models.invitations import Invitation
from measures.models.late_permits import LatePermit
from measures.models.measures import (
    Measure,
    Responsibility,
    ResponsibilityKind,
    Step,
    Target,
    TargetFold,
)
from measures.models.notices import (
    Channel,
    Delivery,
    Notice,
    NoticeChannel,
    NoticeKind,
)
from measures.models.organisations import Division, Organisation, OrganisationKind
from measures.models.people import HoldingKind, Post, PostHolding, User
from measures.models.progress import (
    ProgressEntry,
    ProgressRevision,
    ProgressStatus,
    StepMark,
    TargetValue,
)
from measures.models.proofreading import Waiver
from measures.models.publications import Publication
from measures.models.remedies import Remedy
from measures.models.renderings import Rendering, RenderingPurpose, RenderingState
from measures.models.results import AssessmentResult, Score
from measures.models.reviews import ReviewLink, ReviewVisit
from measures.models.round_kits import RoundKit
from measures.models.sharing import OfferAnswer, PlanTemplate, SharedMeasure, TemplateOffer
from measures.models.signoffs import (
    ChainPost,
    Decision,
    Signoff,
    SignoffComment,
    SignoffOutcome,
    SignoffStep,
    SignRole,
)

__all__ = [
    "AssessmentResult",
    "CalendarEntry",
    "ChainPost",
    "Channel",
    "CheckedLink",
    "Decision",
    "Delivery",
    "Division",
    "Document",
    "DocumentKind",
    "DocumentLayout",
    "DocumentState",
    "EntryField",
    "Event",
    "EventVerb",
    "Evidence",
    "EvidenceKind",
    "FileImport",
    "Finding",
    "Framework",
    "FrozenError",
    "Guidance",
    "Handover",
    "HoldingKind",
    "Holiday",
    "ImportKind",
    "ImportState",
    "Indicator",
    "Instrument",
    "InstrumentCode",
    "Invitation",
    "Item",
    "ItemPurpose",
    "LatePermit",
    "Measure",
    "Notice",
    "NoticeChannel",
    "NoticeKind",
    "OfferAnswer",
    "Organisation",
    "OrganisationKind",
    "PlanTemplate",
    "Post",
    "PostHolding",
    "Preparation",
    "ProgressEntry",
    "ProgressRevision",
    "ProgressStatus",
    "Publication",
    "RatingLevel",
    "RatingScheme",
    "Remedy",
    "Rendering",
    "RenderingPurpose",
    "RenderingState",
    "ReportingRound",
    "Responsibility",
    "ResponsibilityKind",
    "ReviewLink",
    "ReviewVisit",
    "RoundKit",
    "RoundMonths",
    "ScanVerdict",
    "Score",
    "Severity",
    "SharedMeasure",
    "SignRole",
    "Signoff",
    "SignoffComment",
    "SignoffOutcome",
    "SignoffStep",
    "Step",
    "StepMark",
    "SubIndicator",
    "Target",
    "TargetFold",
    "TargetValue",
    "TemplateOffer",
    "User",
    "Waiver",
]
