"""A plan that waits for somebody's answer: what was read, and what they chose about it."""

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ita_portal.thai.periods import round_bounds
from measures.domain.errors import Invalid
from measures.domain.importing.plan_drafts import DraftMeasure, PlanDraft
from measures.domain.importing.sources import Source, Table
from measures.models import FileImport

# What to do where a number is taken. IDENTICAL: the measure is the one that has it, under another
# title; the plan stays as it is, and the results of the file are its own.
IDENTICAL, REPLACE, ADD, LEAVE = "identical", "replace", "add", "leave"
NEW_DIVISION, AS_TEXT = "new", "text"  # what an unknown name becomes, or "division-<id>"
DAYS_TO_REPORT = 30  # after its months, where nobody says otherwise


@dataclass
class Choices:
    """What somebody chose in the preview. Keys of mappings are texts, as JSON has them."""

    fiscal_year: int
    round: int = 0  # 6 or 12 months, 0 for none
    with_results: bool = False
    with_findings: bool = True
    with_scores: bool = True
    opens_on: str = ""  # ISO; of a round that is not there yet
    due_on: str = ""
    status: str = ""  # of measures for which the file states none
    taken: dict[str, str] = field(default_factory=dict)  # place -> IDENTICAL, REPLACE, ADD, LEAVE
    names: dict[str, str] = field(default_factory=dict)  # unknown name -> what it becomes
    remembered: list[str] = field(default_factory=list)  # names that become aliases
    pictures: dict[str, str] = field(default_factory=dict)  # ticked pictures -> their captions


@dataclass
class KeptPicture:
    """A picture of the file: where it stands, and its ending by what it holds ("" for no photo)."""

    key: str
    where: str
    extension: str


@dataclass
class StagedPlan:
    """A read plan with the choices made about it; ``FileImport.draft`` holds it as plain data."""

    plan: PlanDraft
    choices: Choices
    pictures: list[KeptPicture] = field(default_factory=list)
    # Cells that span several: "table-row-column" -> [rows, columns].
    spans: dict[str, list[int]] = field(default_factory=dict)
    # Where tables stand among the blocks of the file, by their numbers.
    order: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data, to be kept."""
        return {
            "plan": self.plan.as_json(),
            "choices": asdict(self.choices),
            "pictures": [asdict(picture) for picture in self.pictures],
            "spans": self.spans,
            "order": self.order,
        }

    @classmethod
    def of(cls, file_import: FileImport) -> "StagedPlan":
        """Return what is kept with an import."""
        data = file_import.draft
        return cls(
            plan=PlanDraft.from_json(data["plan"]),
            choices=Choices(**data["choices"]),
            pictures=[KeptPicture(**picture) for picture in data["pictures"]],
            spans=data["spans"],
            order=data["order"],
        )

    def measure_at(self, place: int) -> DraftMeasure:
        """Return the measure at this place from 1; raise Invalid where there is none."""
        if not 1 <= place <= len(self.plan.measures):
            raise Invalid(_("ไม่มีมาตรการนี้ในตัวอย่างแล้ว โปรดเปิดหน้านี้ใหม่"))
        return self.plan.measures[place - 1]

    def picture_at(self, number: int) -> KeptPicture:
        """Return the picture of this number from 1; raise Invalid where there is none."""
        if not 1 <= number <= len(self.pictures):
            raise Invalid(_("ไม่มีภาพนี้ในไฟล์ โปรดเปิดหน้านี้ใหม่"))
        return self.pictures[number - 1]

    def ticked(self, measure: DraftMeasure) -> list[tuple[str, str]]:
        """Return the ticked pictures of a measure with their captions, as they stand in it."""
        ticks = self.choices.pictures
        return [(key, ticks[key]) for key in measure.pictures if key in ticks]


def spans_of(source: Source) -> dict[str, list[int]]:
    """Return how far merged cells reach, for showing the tables as they stand in the file."""
    return {
        f"{table.number}-{cell.row}-{cell.column}": [cell.row_span, cell.column_span]
        for table in source.tables()
        for row in table.rows
        for cell in row
        if cell.row_span > 1 or cell.column_span > 1
    }


def order_of(source: Source) -> dict[str, int]:
    """Return the places of the tables among the blocks of the file; paragraphs know their own."""
    return {
        str(block.number): at for at, block in enumerate(source.blocks) if isinstance(block, Table)
    }


def usual_dates(fiscal_year: int, months: int, today: date) -> tuple[date, date]:
    """Return when a round opens and is due where nobody says otherwise.

    It opens with its months and is due a month after them; one entered ahead of its year opens
    today, for only an open round takes results.
    """
    start, end = round_bounds(fiscal_year, months)
    return min(start, today), end + timedelta(days=DAYS_TO_REPORT)
