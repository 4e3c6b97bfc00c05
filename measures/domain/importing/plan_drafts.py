"""What was read of a plan or report: measures, warnings, and the fate of every cell.

A draft is plain data: it is shown, corrected, kept as JSON, and stored only once confirmed.
"""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Fate(StrEnum):
    """What became of a cell or paragraph of the file."""

    VALUE = "value"  # became a value of a measure
    HEADING = "heading"  # a heading of a column, or the heading repeated on a new page
    TITLE = "title"  # was read for title, organisation, year, round, item or score
    CONTINUED = "continued"  # joined to the row before it
    SEPARATOR = "separator"  # dashes, an empty row
    QUARANTINED = "quarantined"  # left-overs of a picture or of recognition: shown, not imported
    LEFT_OUT = "left_out"  # read, and not part of the plan (signatures, notes)


@dataclass
class CellFate:
    """One cell (``table`` and its place from 0) or, without a table, one paragraph."""

    where: str
    text: str
    fate: str
    table: int = 0  # number of the table, 0 for a paragraph
    row: int = 0
    column: int = 0
    measure: int = 0  # place in ``PlanDraft.measures`` from 1, 0 for none
    field: str = ""  # of DraftMeasure


@dataclass
class DraftWarning:
    """Something a person should look at. ``proposal`` is a text that could be taken instead."""

    where: str
    message: str
    value: str = ""
    measure: int = 0  # place in ``PlanDraft.measures`` from 1
    field: str = ""
    proposal: str = ""


@dataclass
class DraftPeriod:
    """The period as written; days in ISO, None where the text does not state them."""

    text: str = ""
    start: str | None = None
    end: str | None = None


@dataclass
class DraftMeasure:
    """One measure. Texts stand as written, without the numbers of the lists they stood in.

    ``responsible`` are the parties as written, one each; ``status`` is a value of ProgressStatus
    or empty; ``pictures`` are keys of the file's pictures.
    """

    number: int
    title: str
    label: str = ""  # the number as printed: "๑.", "(๒)"
    indicator: str = ""
    items: list[str] = field(default_factory=list)  # codes as in I7
    steps: list[str] = field(default_factory=list)
    responsible: list[str] = field(default_factory=list)
    period: DraftPeriod = field(default_factory=DraftPeriod)
    monitoring: str = ""
    status: str = ""
    status_note: str = ""
    results: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    finding: str = ""  # the analysis that the measure answers, in reports by item
    pictures: list[str] = field(default_factory=list)
    is_left_out: bool = False  # by hand, in the preview


@dataclass
class PlanDraft:
    """Everything that was read of one file."""

    title: str = ""
    organisation: str = ""  # as the file spells it
    fiscal_year: int | None = None
    round: int | None = None  # 6 or 12 months
    measures: list[DraftMeasure] = field(default_factory=list)
    scores: dict[str, str] = field(default_factory=dict)  # {"I7": "79.27"}
    warnings: list[DraftWarning] = field(default_factory=list)
    fates: list[CellFate] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the draft as plain data, to be kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "PlanDraft":
        """Return the draft that ``as_json`` wrote."""
        measures = [
            DraftMeasure(**{**measure, "period": DraftPeriod(**measure["period"])})
            for measure in data["measures"]
        ]
        return cls(
            **{
                **data,
                "measures": measures,
                "warnings": [DraftWarning(**warning) for warning in data["warnings"]],
                "fates": [CellFate(**fate) for fate in data["fates"]],
            }
        )
