"""Finding the head of a table: over one row or two, spanning, or inside the first data cells."""

from dataclasses import dataclass, field

from measures.domain.importing.plan_reading.columns import TICKED, Field, Match, heading_match
from measures.domain.importing.plan_reading.tables import PlanTable

_LEAST_FIELDS = 2  # different ones, for a row to be a head
# By these a table is one of a plan or report; a number or remark stands in any table.
_CORE = frozenset(Field) - {Field.NUMBER, Field.OTHER, Field.INDICATOR, Field.FINDING}


@dataclass(frozen=True)
class Column:
    """One column: what stands in it, and its heading as written."""

    field: Field
    heading: str
    match: Match | None = None


@dataclass
class Head:
    """The columns, how many rows the head takes, and whether data stands in the same cells."""

    columns: dict[int, Column]
    rows: int = 1
    is_inside: bool = False
    unknown: dict[int, str] = field(default_factory=dict)

    def fields(self) -> tuple[Field, ...]:
        """Return what the columns hold, in order, each once."""
        return tuple(dict.fromkeys(self.columns[place].field for place in sorted(self.columns)))


def head_at(grid: PlanTable, row: int) -> Head | None:
    """Return the head that begins in this row, or None where the row is none."""
    head = _head_of_row(grid, row, is_inside=False) or _head_of_row(grid, row, is_inside=True)
    if head is None or head.is_inside:
        return head
    _read_rows_below(grid, row, head)
    _settle_repeated(head)
    return head


def _head_of_row(grid: PlanTable, row: int, *, is_inside: bool) -> Head | None:
    columns: dict[int, Column] = {}
    unknown: dict[int, str] = {}
    cells = matched = exact = 0
    for origin in grid.origins(row):
        lines = grid.lines(row, origin)
        cell = grid.cell(row, origin)
        if not lines or cell is None:
            continue
        cells += 1
        text = lines[0].text if is_inside else " ".join(line.printed() for line in lines)
        match = heading_match(text)
        if match is None or (is_inside and len(lines) < 2 and not match.is_exact):
            unknown[origin] = text
            continue
        matched += 1
        exact += match.is_exact
        for place in range(origin, origin + cell.column_span):
            columns[place] = Column(match.field, text, match)
    fields = {column.field for column in columns.values()}
    if len(fields & _CORE) < _LEAST_FIELDS or not exact or matched * 2 < cells + 1:
        return None
    if is_inside and not any(len(grid.lines(row, place)) > 1 for place in columns):
        return None
    return Head(columns, is_inside=is_inside, unknown=unknown)


def _read_rows_below(grid: PlanTable, row: int, head: Head) -> None:
    """Take the rows below into the head that hold the headings under a spanning one."""
    spans = [
        cell.row_span
        for place in head.columns
        if (cell := grid.cell(row, place)) is not None and cell.row == row
    ]
    height = max(spans, default=1)
    for below in range(row + 1, min(row + 4, grid.height)):
        texts = {
            place: " ".join(line.text for line in grid.lines(below, place))
            for place in grid.origins(below)
        }
        found = {place: match for place, text in texts.items() if (match := heading_match(text))}
        ticked = {match.field for match in found.values()} & set(TICKED)
        is_under_span = below < row + height
        if not any(texts.values()) and not is_under_span:
            continue  # the rule under the head of a table pasted as text
        if not is_under_span and len(ticked) < 2:
            break
        others = [place for place, text in texts.items() if text and place not in found]
        if not is_under_span and others:
            break
        for place, match in found.items():
            if match.field in TICKED or place not in head.columns:
                head.columns[place] = Column(match.field, texts[place], match)
        head.rows = below - row + 1
    _name_ticked_columns(grid, row, head)


def _name_ticked_columns(grid: PlanTable, row: int, head: Head) -> None:
    """Take three columns under one head of status as the three states where they are unnamed."""
    places = [place for place, column in head.columns.items() if column.field == Field.STATUS]
    if len(places) == len(TICKED):
        for place, field_ in zip(sorted(places), TICKED, strict=True):
            head.columns[place] = Column(field_, head.columns[place].heading)


def _settle_repeated(head: Head) -> None:
    """Give the second of two columns of measures another meaning: "มาตรการ", "แนวทาง…"."""
    fields = [column.field for column in head.columns.values()]
    titles = [place for place in sorted(head.columns) if head.columns[place].field == Field.TITLE]
    if len(titles) > 1 and Field.STEPS not in fields:
        first, second = titles[0], titles[-1]
        if head.columns[first].heading != head.columns[second].heading:
            head.columns[second] = Column(Field.STEPS, head.columns[second].heading)
