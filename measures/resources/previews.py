"""The dry run: what a sheet would add and change, and everything that is wrong with it."""

from dataclasses import asdict, dataclass
from typing import Any

from measures.resources.base import Progress, SheetResource
from measures.resources.outcomes import Change, SheetError, SheetResult, SheetRow
from measures.resources.sheet_files import SheetData

MOST_ROWS = 300  # shown of what is added or changed; the counts are of all
MOST_PROBLEMS = 200  # shown; who has more mends these first
_WRITTEN = (SheetRow.IMPORT_TYPE_NEW, SheetRow.IMPORT_TYPE_UPDATE)


@dataclass(frozen=True)
class PreviewRow:
    """One row that is added or changed, with the cells that are written."""

    line: int
    name: str
    is_new: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where; no line where it is the file as a whole."""

    message: str
    sheet: str = ""
    line: int | None = None
    heading: str = ""
    value: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Preview:
    """What importing a file would do. Kept as plain data with the import."""

    added: int = 0
    changed: int = 0
    left_alone: int = 0
    rows: tuple[PreviewRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    problems_in_all: int = 0
    notices: tuple[str, ...] = ()
    fingerprint: str = ""

    @property
    def rows_not_shown(self) -> int:
        """Return how many of the rows that are added or changed are only counted."""
        return self.added + self.changed - len(self.rows)

    @property
    def problems_not_shown(self) -> int:
        """Return how many problems are only counted."""
        return self.problems_in_all - len(self.problems)

    @property
    def changes_nothing(self) -> bool:
        """Return whether everything in the file is stored already."""
        return not self.added and not self.changed

    def counts(self) -> dict[str, int]:
        """Return the counts alone, for the log."""
        return {"added": self.added, "changed": self.changed, "left_alone": self.left_alone}

    def as_json(self) -> dict[str, Any]:
        """Return the preview as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Preview":
        """Return the preview that ``as_json`` wrote."""
        rows = tuple(
            PreviewRow(**{**row, "changes": tuple(Change(**change) for change in row["changes"])})
            for row in data["rows"]
        )
        problems = tuple(Problem(**problem) for problem in data["problems"])
        return cls(
            **{**data, "rows": rows, "problems": problems, "notices": tuple(data["notices"])}
        )


def dry_run(
    resource: SheetResource, table: SheetData, on_progress: Progress | None = None
) -> Preview:
    """Return what the file would do to the data as it is now; nothing of it stays."""
    result = resource.import_data(table, dry_run=True, on_progress=on_progress)
    return preview_of(result, sheet=table.name)


def run(
    resource: SheetResource,
    table: SheetData,
    *,
    expected: str,
    on_progress: Progress | None = None,
) -> Preview:
    """Store what the file says where that is what was ``expected``; all of it, or nothing.

    What went wrong stands among the problems of the preview that is returned.
    """
    result = resource.import_data(
        table, use_transactions=True, expected=expected, on_progress=on_progress
    )
    return preview_of(result, sheet=table.name)


def preview_of(result: SheetResult, *, sheet: str) -> Preview:
    """Return the outcome of all rows as it is shown."""
    problems = [Problem(str(error.error), sheet=sheet) for error in result.base_errors]
    for row in result.rows:
        problems.extend(_problem(error, row, sheet) for error in row.errors)
    written = [row for row in result.rows if row.import_type in _WRITTEN]
    return Preview(
        added=result.totals[SheetRow.IMPORT_TYPE_NEW],
        changed=result.totals[SheetRow.IMPORT_TYPE_UPDATE],
        left_alone=result.totals[SheetRow.IMPORT_TYPE_SKIP],
        rows=tuple(
            PreviewRow(
                line=row.line,
                name=row.name(),
                is_new=row.import_type == SheetRow.IMPORT_TYPE_NEW,
                changes=tuple(row.changes),
            )
            for row in written[:MOST_ROWS]
        ),
        problems=tuple(problems[:MOST_PROBLEMS]),
        problems_in_all=len(problems),
        notices=tuple(result.notices),
        fingerprint=result.fingerprint(),
    )


def _problem(error: SheetError, row: SheetRow, sheet: str) -> Problem:
    cell = error.cell()
    return Problem(
        cell.message,
        sheet=sheet,
        line=row.line,
        heading=cell.heading,
        value=cell.value,
        remedy=cell.remedy,
    )
