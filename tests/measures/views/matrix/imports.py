"""Files that are brought in, and the preview of a plan that was read."""

from typing import Any

from measures.domain.importing import plan_imports
from measures.models import FileImport, ReportingRound
from tests.factories.people import Office
from tests.factories.plan_imports import draft_measure, make_staged, plan_draft
from tests.measures.views.matrix.rows import COORDINATES, WITHOUT_POST, Row, answers, nothing

COORDINATOR_READS = answers(403, coordinator=200, superuser=200)
COORDINATOR_OF_OFFICE_READS = answers(403, coordinator=200, outsider=200, **WITHOUT_POST)


def staged(office: Office) -> list[Any]:
    return [make_staged(office).pk]


def staged_for_the_year_of_the_round(office: Office) -> list[Any]:
    """A plan of the year that can be locked, with results for its round."""
    measure = draft_measure(7, status="done", results=["ทำแล้ว"])
    made = make_staged(office, plan_draft(measure), fiscal_year=2564, round=6, with_results=True)
    return [made.pk]


def staged_measure(office: Office) -> list[Any]:
    return [*staged(office), 1]


def staged_picture(office: Office) -> list[Any]:
    return [make_staged(office, pictures=1).pk, 1]


def stored_picture(office: Office) -> list[Any]:
    plan = plan_draft(draft_measure(1, title=office.measures[0].title))
    made = make_staged(office, plan, pictures=1, fiscal_year=2564)
    plan_imports.confirm(made, by=office.coordinator, version=0)
    return [made.pk, 1]


ROWS = {
    "desk:imports": Row(nothing, get=COORDINATOR_OF_OFFICE_READS),
    "desk:import": Row(staged, get=answers(403, coordinator=302, superuser=302)),
    "desk:import_file": Row(staged, get=COORDINATOR_READS),
    "desk:import_discard": Row(staged, post=COORDINATES),
    "desk:plan_import_new": Row(
        nothing,
        get=COORDINATOR_OF_OFFICE_READS,
        post=answers(403, coordinator=422, outsider=422, **WITHOUT_POST),
    ),
    "desk:plan_import": Row(staged, get=COORDINATOR_READS),
    "desk:plan_import_change": Row(
        staged, post=COORDINATES, typed={"act": "leave-1", "version": "0"}
    ),
    "desk:plan_import_measure": Row(
        staged_measure,
        post=COORDINATES,
        typed={"version": "0", "number": "1", "title": "ชื่อใหม่", "responsible": "กองคลัง"},
    ),
    "desk:plan_import_confirm": Row(
        staged_for_the_year_of_the_round,
        post=COORDINATES,
        typed={
            "version": "0",
            "act": "confirm",
            "fiscal_year": "2564",
            "round": "6",
            "with_results": "on",
            "status": "",
            "amendment_reason": "ตกหล่น",
        },
    ),
    "desk:plan_import_pictures": Row(
        stored_picture,
        post=COORDINATES,
        typed={"picture": "1", "caption-1": "ภาพสมมติ"},
        typed_from=lambda arguments: {"round": str(_round_of(arguments))},
    ),
    "desk:plan_import_picture": Row(staged_picture, get=COORDINATOR_READS),
}


def _round_of(arguments: list[Any]) -> int:
    made = FileImport.objects.get(pk=arguments[0])
    return ReportingRound.objects.get(organisation=made.organisation, fiscal_year=2564).pk
