"""The results of years, their imports, and the estimate."""

from decimal import Decimal
from typing import Any

from measures.domain.hashes import sha256_of
from measures.domain.scoring import score_imports
from measures.models import AssessmentResult
from tests.factories.people import Office
from tests.measures.views.matrix.rows import (
    COORDINATES,
    WITHOUT_POST,
    Row,
    answers,
    nothing,
)

PASTED = "คะแนนรวม 51.63"
CSV = "เครื่องมือ,คะแนน\nIIT,80.00\n".encode()


def year_with_a_result(office: Office) -> list[Any]:
    """A year that only this office knows of: there is no framework."""
    AssessmentResult.objects.create(
        organisation=office.organisation, fiscal_year=2562, total=Decimal("50.00")
    )
    return [2562]


def file_to_confirm(office: Office) -> list[Any]:
    kept = score_imports.stage(
        CSV,
        name="scores.csv",
        organisation=office.organisation,
        fiscal_year=2562,
        by=office.coordinator,
    )
    return [kept.pk]


ROWS = {
    "desk:results": Row(nothing, get=answers(302, outsider=302, **WITHOUT_POST)),
    "desk:result": Row(
        year_with_a_result,
        get=answers(200, **WITHOUT_POST),
        post=answers(403, coordinator=302, **WITHOUT_POST),
        typed={"total": "๕๑.๖๓"},
    ),
    "desk:result_csv": Row(year_with_a_result, get=answers(200, **WITHOUT_POST)),
    "desk:result_paste": Row(
        year_with_a_result,
        get=answers(403, coordinator=200, **WITHOUT_POST),
        post=answers(403, coordinator=302, **WITHOUT_POST),
        typed={"text": PASTED, "checked": sha256_of(PASTED), "act": "confirm"},
    ),
    "desk:result_file": Row(year_with_a_result, post=answers(403, coordinator=422, **WITHOUT_POST)),
    "desk:score_import": Row(
        file_to_confirm,
        get=answers(403, coordinator=200, superuser=200),
        post=COORDINATES,
        typed={"act": "confirm"},
    ),
    "desk:estimate": Row(year_with_a_result, get=answers(200, **WITHOUT_POST)),
}
