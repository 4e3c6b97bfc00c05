"""The history of the office and of one thing."""

from typing import Any

from measures.domain.recording import rounds
from tests.factories.flow import make_draft
from tests.factories.people import Office
from tests.measures.views.matrix.rows import WITHOUT_POST, Row, answers


def something_happened(office: Office) -> list[Any]:
    rounds.close_round(office.round, by=office.coordinator)
    return []


def document_with_history(office: Office) -> list[Any]:
    return ["document", make_draft(office).pk]


ROWS = {
    "desk:history": Row(something_happened, get=answers(200, outsider=200, **WITHOUT_POST)),
    "desk:history_csv": Row(something_happened, get=answers(200, outsider=200, **WITHOUT_POST)),
    "desk:history_of": Row(document_with_history, get=answers(200)),
}
