"""Rounds."""

from typing import Any

from measures.domain.recording import rounds
from tests.factories.people import Office
from tests.measures.views.matrix.rows import COORDINATES, WITHOUT_POST, Row, answers, nothing


def open_round(office: Office) -> list[Any]:
    return [office.round.pk]


def closed_round(office: Office) -> list[Any]:
    rounds.close_round(office.round, by=office.coordinator)
    return [office.round.pk]


ROWS = {
    "desk:start": Row(nothing, get=answers(200, outsider=200, postless=200)),
    "desk:round_new": Row(
        nothing,
        get=answers(403, coordinator=200, outsider=200, **WITHOUT_POST),
        post=answers(403, coordinator=302, outsider=302, **WITHOUT_POST),
        typed={
            "fiscal_year": "2564",
            "months": "12",
            "opens_on": "2021-04-01",
            "due_on": "2021-09-30",
        },
    ),
    "desk:round": Row(open_round, get=answers(200)),
    "desk:round_dates": Row(
        open_round,
        post=COORDINATES,
        typed={"opens_on": "2020-10-01", "due_on": "2021-04-15"},
    ),
    "desk:round_close": Row(open_round, post=COORDINATES),
    "desk:round_reopen": Row(closed_round, post=COORDINATES, typed={"reason": "รายงานยังไม่ครบ"}),
    "desk:round_compile": Row(open_round, post=COORDINATES),
}
