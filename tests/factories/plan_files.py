"""Plan files in the making: paragraphs and tables, written as docx, xlsx, csv or pasted text."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

import docx
import openpyxl
from docx.document import Document
from docx.oxml import OxmlElement

from measures.domain.importing.sources import Cell, Paragraph, Source, Table


@dataclass
class Words:
    """One paragraph; ``label`` is printed by Word's own numbering."""

    text: str
    label: str = ""


@dataclass
class Box:
    """A cell, over ``down`` rows and ``across`` columns."""

    lines: list[Words] = field(default_factory=list)
    down: int = 1
    across: int = 1

    @classmethod
    def of(cls, *texts: str, **spans: int) -> "Box":
        """Return a cell with a paragraph for each text."""
        return cls([Words(text) for text in texts if text], **spans)


Row = list[Box | None]  # None where a merged cell above or to the left stands


@dataclass
class Plan:
    """A file: paragraphs and tables in order."""

    blocks: list[Words | list[Row]] = field(default_factory=list)

    def tables(self) -> list[list[Row]]:
        """Return the tables alone."""
        return [block for block in self.blocks if isinstance(block, list)]


def as_source(plan: Plan) -> Source:
    """Return what the reader of Word files makes of the plan, without writing one."""
    blocks: list[Paragraph | Table] = []
    number = 0
    for block in plan.blocks:
        if isinstance(block, Words):
            blocks.append(Paragraph(block.text, block.label))
            continue
        number += 1
        blocks.append(Table(number, _full(block)))
    return Source("docx", tuple(blocks))


def _full(rows: list[Row]) -> tuple[tuple[Cell, ...], ...]:
    places: dict[tuple[int, int], Cell] = {}
    for r, row in enumerate(rows):
        for c, box in enumerate(row):
            if box is None:
                continue
            paragraphs = tuple(Paragraph(line.text, line.label) for line in box.lines)
            cell = Cell(r, c, paragraphs, box.down, box.across)
            for below in range(box.down):
                for right in range(box.across):
                    places[r + below, c + right] = cell
    return tuple(tuple(places[r, c] for c in range(len(row))) for r, row in enumerate(rows))


def as_docx(plan: Plan) -> bytes:
    """Return the plan as a Word file with merged cells; Word's own numbers are typed."""
    document = docx.Document()
    for block in plan.blocks:
        if isinstance(block, Words):
            document.add_paragraph(_typed(block))
        else:
            _add_table(document, block)
    return _saved(document)


def _typed(words: Words) -> str:
    return f"{words.label} {words.text}".strip()


def _add_table(document: Document, rows: list[Row]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for r, row in enumerate(rows):
        for c, box in enumerate(row):
            if box is None:
                continue
            cell = table.cell(r, c)
            if box.down > 1 or box.across > 1:
                cell = cell.merge(table.cell(r + box.down - 1, c + box.across - 1))
            for index, line in enumerate(box.lines):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                paragraph.text = _typed(line)
    # Two tables that touch are one to Word.
    table._tbl.addnext(OxmlElement("w:p"))


def _saved(file: Any) -> bytes:
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def as_xlsx(plan: Plan) -> bytes:
    """Return the plan on one sheet, cells merged, lines of a cell broken within it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "แผน"
    top = 1
    for block in plan.blocks:
        if isinstance(block, Words):
            sheet.cell(top, 1, _typed(block))
            top += 1
            continue
        for r, row in enumerate(block):
            for c, box in enumerate(row):
                if box is None:
                    continue
                sheet.cell(top + r, c + 1, "\n".join(map(_typed, box.lines)) or None)
                if box.down > 1 or box.across > 1:
                    sheet.merge_cells(
                        start_row=top + r,
                        start_column=c + 1,
                        end_row=top + r + box.down - 1,
                        end_column=c + box.across,
                    )
        top += len(block)
    return _saved(workbook)


def as_csv(plan: Plan) -> bytes:
    """Return the plan as csv in UTF-8: merged cells are empty but for the first."""
    target = io.StringIO()
    writer = csv.writer(target)
    width = max((len(row) for table in plan.tables() for row in table), default=1)
    for block in plan.blocks:
        if isinstance(block, Words):
            writer.writerow([_typed(block)] + [""] * (width - 1))
        else:
            writer.writerows(
                ["\n".join(map(_typed, box.lines)) if box else "" for box in row] for row in block
            )
    return target.getvalue().encode("utf-8-sig")


def as_pasted(plan: Plan, manner: str) -> Plan:
    """Return the plan with its tables as text: ``tabs``, ``tags`` or ``pipes`` (domain.md §7)."""
    pasted = Plan()
    for block in plan.blocks:
        if isinstance(block, Words):
            pasted.blocks.append(block)
            continue
        for number, row in enumerate(block):
            pasted.blocks.append(Words(_pasted_row(row, manner)))
            if manner == "pipes" and number == 0:
                pasted.blocks.append(Words("|" + "---|" * len(row)))
        pasted.blocks.append(Words(""))
    return pasted


def _pasted_row(row: Row, manner: str) -> str:
    cells = []
    for box in row:
        lines = [" ".join(_typed(line).split("\n")) for line in box.lines] if box else []
        if manner == "tags":
            cells.append(" ".join(f"<p>{line}</p>" for line in lines))
        else:
            cells.append(" ".join(lines))
    return f"| {' | '.join(cells)} |" if manner == "pipes" else "\t".join(cells)
