"""What stands in a csv file: one table, whatever its marks between columns and its encoding."""

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.domain.importing import safety
from measures.domain.importing.grids import MOST_COLUMNS, Bounds, Grid, PlacedCell, refuse_too_long
from measures.domain.importing.sources import Paragraph, Source

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 50  # rows, to find out the delimiter


def read_csv(data: bytes) -> Source:
    """Return the rows of a csv as one table; raise Invalid with what to do where it is none."""
    text = safety.text_of_csv(data)
    text, delimiter = _named_delimiter(text)
    grid = Grid(1, Bounds())
    try:
        for number, row in enumerate(_rows(text, delimiter or _delimiter(text))):
            refuse_too_long(number + 1)
            grid.widen(number + 1, len(_filled(row)))
            for column, value in enumerate(row):
                if paragraphs := paragraphs_of(value):
                    grid.put(PlacedCell(number, column, paragraphs))
    except csv.Error as error:
        raise Invalid(
            _(
                'อ่าน csv ไม่ได้ อาจมีเครื่องหมายคำพูด (") ที่ไม่ปิด '
                "โปรดเปิดใน Excel แล้วบันทึกเป็น .xlsx หรือ csv ใหม่"
            )
        ) from error
    return Source("csv", (grid.table(),))


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Return the lines of a cell, without the empty ones around them."""
    lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return tuple(Paragraph(line.strip()) for line in lines.split("\n")) if lines else ()


def _named_delimiter(text: str) -> tuple[str, str]:
    """Return the text without Excel's own first line ``sep=;``, and the delimiter it names."""
    first, _line_feed, rest = text.partition("\n")
    named = first.strip('"\r ').lower()
    if named.startswith("sep=") and named[4:] in _DELIMITERS:
        return rest, named[4:]
    return text, ""


def _delimiter(text: str) -> str:
    """Return the mark that cuts most rows into the same number of columns."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    rows = itertools.islice(_rows(text, delimiter), _LOOKED_AT)
    counts = Counter(len(row) for row in rows if len(row) > 1)
    if not counts:
        return 0, 0
    columns, rows_with_it = counts.most_common(1)[0]
    return rows_with_it, columns


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _filled(row: list[str]) -> list[str]:
    """Return the row without the empty cells at its end beyond what a table may hold."""
    while len(row) > MOST_COLUMNS and not row[-1].strip():
        row.pop()
    return row
