"""The list of evidence of one entry."""

from tests.measures.views.matrix.progress import entry_of_finance
from tests.measures.views.matrix.rows import Row, answers

ROWS = {"desk:evidence_list": Row(entry_of_finance, get=answers(200))}
