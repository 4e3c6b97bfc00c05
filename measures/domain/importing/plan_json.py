"""A plan that was read, as the data that ``import_plan --json`` prints: this shape and no more."""

from dataclasses import asdict
from typing import Any

from measures.domain.importing.plan_drafts import DraftWarning
from measures.domain.importing.plan_examination import Examination

# Of each measure, in this order; texts as written, days in ISO.
_FIELDS = (
    "number",
    "title",
    "indicator",
    "items",
    "steps",
    "responsible",
    "period",
    "monitoring",
    "status",
    "results",
    "outcomes",
    "suggestions",
)


def warnings_of(examination: Examination) -> list[DraftWarning]:
    """Return what the reading and the office's own data warn of, measure by measure."""
    plan = examination.staged.plan
    own = [warning for each in examination.measures for warning in each.warnings]
    return sorted([*plan.warnings, *own], key=lambda warning: warning.measure)


def plain(examination: Examination) -> dict[str, Any]:
    """Return title, year, round, measures and warnings as plain data."""
    plan = examination.staged.plan
    measures = [asdict(measure) for measure in plan.measures]
    return {
        "title": plan.title,
        "fiscal_year": plan.fiscal_year or examination.fiscal_year,
        "round": plan.round,
        "measures": [{name: measure[name] for name in _FIELDS} for measure in measures],
        "warnings": [
            {"where": warning.where, "message": warning.message, "value": warning.value}
            for warning in warnings_of(examination)
        ],
    }
