"""Proofreading official text before it is signed: what a careful reader would ask about."""

from measures.domain.proofreading.remarks import Remark, Rule
from measures.domain.proofreading.rules import Known, remarks_in
from measures.domain.proofreading.waivers import (
    LONGEST_REASON,
    Reviewed,
    open_remarks,
    remarks_of,
    waive,
    withdraw,
)

__all__ = [
    "LONGEST_REASON",
    "Known",
    "Remark",
    "Reviewed",
    "Rule",
    "open_remarks",
    "remarks_in",
    "remarks_of",
    "waive",
    "withdraw",
]
