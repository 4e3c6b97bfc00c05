"""The back office at /admin/: every record, one concept per file, saved through the same verbs."""

from measures.admin import (
    documents,
    events,
    findings,
    frameworks,
    guidance,
    holidays,
    measures,
    notices,
    organisations,
    people,
    progress,
    remedies,
    results,
    targets,
)

__all__ = [
    "documents",
    "events",
    "findings",
    "frameworks",
    "guidance",
    "holidays",
    "measures",
    "notices",
    "organisations",
    "people",
    "progress",
    "remedies",
    "results",
    "targets",
]
