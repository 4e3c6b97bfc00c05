"""The plan and its measures."""

from typing import Any

from tests.factories.people import Office, make_measure
from tests.measures.views.matrix.rows import COORDINATES, WITHOUT_POST, Row, answers, nothing

ROWLESS = {
    f"{kind}-{name}_FORMS": "0"
    for kind in ("steps", "targets", "responsible")
    for name in ("TOTAL", "INITIAL")
}
TYPED = {"number": "7", "title": "เปิดรับฟังความคิดเห็นทุกเดือน", "period_text": "", **ROWLESS}


def year_of_the_plan(office: Office) -> list[Any]:
    return [2564]


def measure_nobody_reported_on(office: Office) -> list[Any]:
    return [make_measure(office.organisation, office.works, number=99).pk]


ROWS = {
    "desk:plan_newest": Row(nothing, get=answers(302, outsider=302, postless=404, superuser=404)),
    "desk:plan": Row(year_of_the_plan, get=answers(200, **WITHOUT_POST)),
    "desk:measure_new": Row(
        nothing,
        get=answers(403, coordinator=200, outsider=200, **WITHOUT_POST),
        post=answers(403, coordinator=302, outsider=302, **WITHOUT_POST),
        typed=TYPED | {"fiscal_year": "2564"},
    ),
    "desk:measure": Row(
        measure_nobody_reported_on, get=answers(200), post=COORDINATES, typed=TYPED
    ),
    "desk:measure_delete": Row(measure_nobody_reported_on, post=COORDINATES),
}
