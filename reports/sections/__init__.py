"""One pure builder per section of a document: frozen content in, what its template draws out.

A builder returns None when the section has nothing to say, and then nothing of it is printed: no
empty heading, no empty table. Texts stay as people typed them; digits and words are dressed for
paper in the templates (``templates/reports/sections/<name>.html``).
"""

from collections.abc import Callable

from reports.sections.evidence import (
    annex_files,
    annex_links,
    annex_office_files,
    annex_photographs,
    evidence_note,
)
from reports.sections.heads import cover, memo_head, title
from reports.sections.narrative import narrative
from reports.sections.prose import analysis, approach, assessment, closing, opening
from reports.sections.signatures import certifier, signoff
from reports.sections.tables import (
    indicator_table,
    outcome_table,
    photo_table,
    plan_table,
    status_table,
)
from reports.sections.texts import Content, Context, date_of

__all__ = ["BUILDERS", "Content", "Context", "date_of"]

BUILDERS: dict[str, Callable[[Content], Context | None]] = {
    "memo_head": memo_head,
    "title": title,
    "cover": cover,
    "opening": opening,
    "analysis": analysis,
    "assessment": assessment,
    "plan_table": plan_table,
    "status_table": status_table,
    "photo_table": photo_table,
    "indicator_table": indicator_table,
    "outcome_table": outcome_table,
    "narrative": narrative,
    "approach": approach,
    "closing": closing,
    "signoff": signoff,
    "certifier": certifier,
    "evidence_note": evidence_note,
    "annex_photographs": annex_photographs,
    "annex_files": annex_files,
    "annex_links": annex_links,
    "annex_office_files": annex_office_files,
}
