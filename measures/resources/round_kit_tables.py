"""What stands in the tables of a returned kit, before anybody asks whose rows they are."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures.domain.importing.sources import Source, Table
from measures.domain.recording.entry_fields import MARKED, words_of
from measures.domain.recording.kits import NOT_DONE
from measures.models import ProgressStatus
from measures.resources import form_sheets
from measures.resources.cells import YesNo, as_typed
from measures.resources.round_kits import (
    CODE,
    DONE,
    MARK_WORDS,
    MEASURE,
    NUMBER,
    STEP,
    TARGET,
    VALUE,
    headings_of_kit,
)

_LOOKED_AT = 15  # rows, in which the headings must stand
LINE_HEADINGS = {STEP: DONE, TARGET: VALUE}  # what numbers the line, and what is typed beside it


@dataclass(frozen=True)
class KitTableRow:
    """One row below the headings. ``texts`` are by field, or by the heading of a line's value.

    ``line_heading`` says what ``line`` numbers, STEP or TARGET; "" for a row of a whole measure.
    A cell that cannot be read is not in ``texts``.
    """

    where: str
    number: str
    code: str
    texts: dict[str, str]
    line_heading: str = ""
    line: str = ""

    def shown(self) -> str:
        """Return what was typed in the row, to be told where it is passed over; "" for nothing."""
        if self.line_heading == STEP:
            text = self.texts.get(DONE, "")
            return MARK_WORDS[0] if text == MARKED else "" if text == NOT_DONE else text
        status = words_of()["status"]
        texts = (
            status.shown(text) if name == "status" and text in ProgressStatus.values else text
            for name, text in self.texts.items()
        )
        return " / ".join(filter(None, texts))[:200]


@dataclass(frozen=True)
class KitTables:
    """Every row of every table of a file that is one of a kit, and what could not be read."""

    rows: list[KitTableRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    is_found: bool = False


@dataclass(frozen=True)
class _Heading:
    """Where the headings stand: their row, and the column of each by name."""

    row: int
    columns: dict[str, int]
    line_heading: str = ""


def tables_of(source: Source) -> KitTables:
    """Return what stands in the file's tables; columns and rows may be in any order, or missing."""
    found: list[KitTableRow] = []
    remarks = _remarks_of(source)
    is_found = False
    unread = {note.where for note in source.notes}
    for table in source.tables():
        heading: _Heading | None = None
        for number in range(len(table.rows)):
            # Kits copied below each other each bring their headings.
            if number < _LOOKED_AT or heading is not None:
                again = _heading_in(table, number)
                if again is not None:
                    heading, is_found = again, True
                    remarks += _missing_columns(table, again)
                    continue
            if heading is not None:
                found.append(_row_of(table, number, heading, unread, remarks))
    return KitTables(found, remarks, is_found)


def _remarks_of(source: Source) -> list[str]:
    """Return what the reader of the file noticed, but for the kit's own hidden sheet."""
    own = _("แผ่นงาน “%(sheet)s”") % {"sheet": form_sheets.SHEET_NAME}
    return [
        _("%(where)s: %(message)s")
        % {"where": note.where, "message": f"{note.message} {note.value}".strip()}
        for note in source.notes
        if note.where != own
    ]


def _heading_in(table: Table, number: int) -> _Heading | None:
    """Return the headings that stand in a row: what numbers it, and something to fill in."""
    wanted = {normalise_compact(label): name for name, label in headings_of_kit().items()}
    wanted |= {normalise_compact(name): name for name in (CODE, *LINE_HEADINGS, DONE, VALUE)}
    wanted |= {normalise_compact(name): NUMBER for name in (NUMBER, MEASURE)}
    columns: dict[str, int] = {}
    for column, cell in enumerate(table.rows[number]):
        name = wanted.get(normalise_compact(cell.text()))
        if name is not None:
            columns.setdefault(name, column)
    if NUMBER not in columns and CODE not in columns:
        return None
    for line, value in LINE_HEADINGS.items():
        if value in columns and (line in columns or CODE in columns):
            return _Heading(number, columns, line)
    return _Heading(number, columns) if set(columns) & set(headings_of_kit()) else None


def _missing_columns(table: Table, heading: _Heading) -> Iterator[str]:
    if heading.line_heading:
        return
    for name, label in headings_of_kit().items():
        if name not in heading.columns:
            yield _("ไม่พบคอลัมน์ “%(label)s” ในไฟล์ จึงไม่เปลี่ยนช่องนั้น") % {"label": label}


def _row_of(
    table: Table, number: int, heading: _Heading, unread: set[str], remarks: list[str]
) -> KitTableRow:
    columns = heading.columns
    names = [LINE_HEADINGS[heading.line_heading]] if heading.line_heading else headings_of_kit()
    texts: dict[str, str] = {}
    for name in names:
        column = columns.get(name)
        if column is None or table.where(number, column) in unread:
            continue  # said already
        text = table.rows[number][column].text()
        if not table.is_origin(number, column) and text:
            remarks.append(
                _("%(where)s ผสานเซลล์กับแถวหรือช่องอื่น จึงไม่ได้อ่าน โปรดแยกเซลล์แล้วพิมพ์ในช่องของตน")
                % {"where": table.where(number, column)}
            )
            continue
        texts[name] = _text_in(text, name)

    def said(name: str) -> str:
        return table.rows[number][columns[name]].text().strip() if name in columns else ""

    return KitTableRow(
        where=_where(table, number),
        number=said(NUMBER).rstrip("."),
        code=said(CODE),
        texts=texts,
        line_heading=heading.line_heading,
        line=said(heading.line_heading).rstrip(".") if heading.line_heading else "",
    )


def _where(table: Table, number: int) -> str:
    if table.name:
        return _("แผ่นงาน “%(sheet)s” แถวที่ %(row)s") % {"sheet": table.name, "row": number + 1}
    return _("แถวที่ %(row)s") % {"row": number + 1}


def _text_in(text: str, name: str) -> str:
    """Return a cell's text as it is stored: status and mark by their values, where they are one."""
    text = as_typed(text)
    if name == DONE:
        return _mark_in(text)
    if name != "status":
        return text
    by_label = {normalise_compact(str(label)): value for value, label in ProgressStatus.choices}
    return by_label.get(normalise_compact(text), text)


def _mark_in(text: str) -> str:
    """Return whether a step is done; what says neither stays as it is, to be asked about."""
    words = dict(zip(map(normalise_compact, MARK_WORDS), (MARKED, NOT_DONE), strict=True))
    found = words.get(normalise_compact(text))
    if found is not None or not text:
        return found or ""
    try:
        return MARKED if YesNo().clean(text) else NOT_DONE
    except ValueError:
        return text
