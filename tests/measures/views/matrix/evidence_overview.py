"""The list of what is missing in the evidence."""

from tests.measures.views.matrix.rows import WITHOUT_POST, Row, answers, nothing

ROWS = {
    "desk:evidence_overview": Row(
        nothing, get=answers(403, coordinator=200, outsider=200, **WITHOUT_POST)
    ),
}
