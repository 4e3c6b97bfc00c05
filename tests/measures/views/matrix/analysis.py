"""The analysis of a year's result, its findings, and the trace of a plan."""

from typing import Any

from measures.models import AssessmentResult, Item
from tests.factories.analysis import give_scores, make_finding, make_framework
from tests.factories.people import Office
from tests.measures.views.matrix.rows import COORDINATES, WITHOUT_POST, Row, answers, nothing

# Its plan is that of the office's measures and round.
YEAR = 2563


def scored_year(office: Office) -> list[Any]:
    """A year with a weak item; a cast that comes here twice finds it done."""
    if not Item.objects.filter(instrument__framework__fiscal_year=YEAR).exists():
        make_framework(YEAR, {"I7": (2, "ทราบแผนงบประมาณ"), "I8": (2, "ร่วมจัดทำ")})
    give_scores(office.organisation, YEAR, {"I7": "53.56"})
    return [YEAR]


def draft_finding(office: Office) -> list[Any]:
    scored_year(office)
    return [make_finding(office.organisation, YEAR, "I7", is_draft=True).pk]


def plan_year(office: Office) -> list[Any]:
    AssessmentResult.objects.get_or_create(organisation=office.organisation, fiscal_year=YEAR)
    return [YEAR + 1]


TYPED = {"number": "9", "severity": "improve", "analysis": "บุคลากรยังไม่ทราบแผน"}
OWN_OFFICE = COORDINATES | WITHOUT_POST  # the address names a year, and the office is one's own

ROWS = {
    "desk:analysis_newest": Row(
        nothing, get=answers(302, outsider=302, postless=404, superuser=404)
    ),
    "desk:analysis": Row(scored_year, get=answers(200, **WITHOUT_POST)),
    "desk:analysis_thresholds": Row(
        scored_year,
        post=OWN_OFFICE,
        typed={"fix_at_once_below": "๗๐", "improve_below": "๘๕.๕"},
    ),
    "desk:analysis_draft": Row(scored_year, post=OWN_OFFICE),
    "desk:finding_new": Row(
        scored_year,
        get=answers(403, coordinator=200, **WITHOUT_POST),
        post=OWN_OFFICE,
        typed=TYPED,
    ),
    "desk:finding": Row(draft_finding, get=answers(200), post=COORDINATES, typed=TYPED),
    "desk:finding_accept": Row(draft_finding, post=COORDINATES),
    "desk:finding_delete": Row(draft_finding, post=COORDINATES),
    "desk:trace": Row(plan_year, get=answers(200, **WITHOUT_POST)),
}
