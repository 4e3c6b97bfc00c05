"""Reading scores out of a pasted text or a table: items, totals, level, and what was not read.

Nothing is stored here. Every line ends in one of three places: read, told as a problem with its
value and what to do, or passed over and listed, so that nothing is lost in silence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise, normalise_compact
from measures.domain.importing.sources import Paragraph, Source, Table
from measures.domain.scoring import score_lines
from measures.domain.scoring.entering import LEAST, MOST
from measures.domain.scoring.framework_tree import INSTRUMENT_CODES, FrameworkTree, span_of
from measures.domain.scoring.results import round_half_up
from measures.domain.scoring.score_lines import Statement
from measures.models import Item

MOST_LINES = 2000  # of one text; a year has fewer than a hundred items
MOST_CHARACTERS = 100_000
_MOST_SHOWN = 60  # characters of a value in a message


@dataclass(frozen=True)
class Line:
    """One line of a text or row of a table, with its place in Thai."""

    where: str
    cells: tuple[str, ...]

    def text(self) -> str:
        """Return the line as it was written."""
        return " ".join(cell.strip() for cell in self.cells if cell.strip())


@dataclass(frozen=True)
class Problem:
    """What could not be read or is to be checked: where, what to do, and the value."""

    where: str
    message: str
    value: str = ""


@dataclass(frozen=True)
class Found:
    """A score that was read, and from which line."""

    value: Decimal
    where: str


@dataclass
class ScoreReading:
    """What was read. Items by code (I7); announced figures by iit, eit, oit and total."""

    items: dict[str, Found] = field(default_factory=dict)
    announced: dict[str, Found] = field(default_factory=dict)
    indicators: dict[str, Found] = field(default_factory=dict)  # "9", "9.1": compared only
    level: str = ""
    problems: list[Problem] = field(default_factory=list)  # what these lines say is left out
    remarks: list[Problem] = field(default_factory=list)  # read, but worth a look
    passed_over: list[Line] = field(default_factory=list)  # headings and other texts

    def is_empty(self) -> bool:
        """Return whether nothing was read that could be stored."""
        return not (self.items or self.announced or self.level)

    def missing(self, tree: FrameworkTree) -> list[Item]:
        """Return the items of the year that have no score in what was read."""
        return [item for item in tree.items() if item.code() not in self.items]

    def scores(self, tree: FrameworkTree) -> dict[Item, Decimal]:
        """Return the scores by item, in the order of the framework."""
        return {
            item: self.items[item.code()].value
            for item in tree.items()
            if item.code() in self.items
        }


def lines_of_text(text: str) -> list[Line]:
    """Return a pasted text as lines; tabs part the cells, | where there is no tab."""
    return [
        Line(_("บรรทัดที่ %s") % number, tuple(line.split("\t" if "\t" in line else "|")))
        for number, line in enumerate(text.splitlines(), start=1)
    ]


def lines_of_source(source: Source) -> list[Line]:
    """Return a file as lines: its paragraphs, and the rows of its tables."""
    lines: list[Line] = []
    for number, block in enumerate(source.blocks, start=1):
        if isinstance(block, Paragraph):
            lines.append(Line(_("ย่อหน้าที่ %s") % number, (block.printed(),)))
        else:
            lines += _lines_of_table(block)
    return lines


def _lines_of_table(table: Table) -> Iterator[Line]:
    for at, row in enumerate(table.rows):
        where = (
            _("แผ่นงาน “%(sheet)s” แถวที่ %(row)s") % {"sheet": table.name, "row": at + 1}
            if table.name
            else _("ตารางที่ %(table)s แถวที่ %(row)s") % {"table": table.number, "row": at + 1}
        )
        cells = (
            cell.text() if table.is_origin(at, column) else "" for column, cell in enumerate(row)
        )
        yield Line(where, tuple(cells))


def read_scores(lines: Sequence[Line], tree: FrameworkTree, levels: Iterable[str]) -> ScoreReading:
    """Return what the lines say of the scores of a year; ``levels`` are all names of levels."""
    reader = _Reader(tree, {normalise(name): name for name in levels})
    for line in lines[:MOST_LINES]:
        reader.read(line)
    if len(lines) > MOST_LINES:
        reader.tell(
            lines[MOST_LINES],
            _("อ่านได้ไม่เกิน %s บรรทัด โปรดตัดส่วนที่ไม่ใช่คะแนนออก") % f"{MOST_LINES:,}",
        )
    return reader.finish()


class _Reader:
    """Reads line after line: what a heading says holds until the next."""

    def __init__(self, tree: FrameworkTree, levels: dict[str, str]) -> None:
        self.tree = tree
        self.levels = levels
        self.known = {item.code() for item in tree.items()}
        self.section = ""  # the instrument under whose heading the lines stand
        self.score_column: int | None = None
        self.counts: set[int] = set()  # columns whose numbers are no scores
        self.waiting: tuple[str, Line] | None = None  # an item whose score stands on a later line
        self.reading = ScoreReading()

    def tell(self, line: Line, message: str, value: str = "") -> None:
        """Keep a problem of a line."""
        self.reading.problems.append(
            Problem(line.where, message, (value or line.text())[:_MOST_SHOWN])
        )

    def read(self, line: Line) -> None:
        """Read one line."""
        if not line.text():
            return
        column = score_lines.is_heading(line.cells)
        if column is not None:
            self.score_column = column
            self.counts = {at for at, cell in enumerate(line.cells) if score_lines.is_count(cell)}
            self.reading.passed_over.append(line)
            return
        if len(line.cells) == 1:
            self.score_column, self.counts = None, set()  # the table has ended
        pairs = score_lines.pairs_in(line.cells)
        cells = ["" if at in self.counts else cell for at, cell in enumerate(line.cells)]
        for statement in pairs or [score_lines.statement_of(cells, self.score_column)]:
            self._take(line, statement)

    def _take(self, line: Line, statement: Statement) -> None:
        if statement.kind != score_lines.NOTHING:
            self._give_up_waiting()
            if statement.rivals:
                self._ambiguous(line, statement)
                return
        match statement.kind:
            case score_lines.ITEM:
                self._item(line, statement.place, statement)
            case score_lines.BARE_ITEM:
                self._bare_item(line, statement)
            case score_lines.INDICATOR:
                self._indicator(line, statement)
            case score_lines.INSTRUMENT:
                self.section = statement.place
                self._announced(line, statement.place.lower(), statement)
            case score_lines.TOTAL:
                self._announced(line, "total", statement)
            case score_lines.SUM:
                self._sum(line, statement)
            case score_lines.LEVEL:
                self._level(line, statement)
            case _:
                self._nothing(line, statement)

    def finish(self) -> ScoreReading:
        """Return what was read, once the last line has been."""
        self._give_up_waiting()
        return self.reading

    def _give_up_waiting(self) -> None:
        if self.waiting:
            code, line = self.waiting
            self.waiting = None
            self.tell(line, _("พบข้อ %s แต่ไม่พบคะแนน โปรดใส่คะแนนท้ายบรรทัดเดียวกัน") % code)

    def _ambiguous(self, line: Line, statement: Statement) -> None:
        # None of the numbers is taken: a wrong one would go unseen.
        if statement.kind == score_lines.INSTRUMENT:
            self.section = statement.place
        self.tell(
            line,
            _(
                "มีตัวเลขมากกว่าหนึ่งตัว (%s) จึงไม่ทราบว่าตัวใดเป็นคะแนน "
                "โปรดเหลือไว้เฉพาะคะแนน หรือใส่แถวหัวตารางที่มีช่อง “คะแนน”"
            )
            % " ".join(statement.rivals),
        )

    def _item(self, line: Line, code: str, statement: Statement) -> None:
        if code not in self.known:
            self.tell(line, self._no_such_item(code))
            return
        self.section = next(name for name in INSTRUMENT_CODES if name[0] == code[0])
        if not statement.score:
            if statement.has_blank_score or code in self.reading.items:
                self.reading.passed_over.append(line)
            else:
                self.waiting = (code, line)
            return
        self._enter(line, self.reading.items, code, _("ข้อ %s") % code, statement.score)

    def _no_such_item(self, code: str) -> str:
        ranges = [span_of(branch.items()) for branch in self.tree.instruments if branch.items()]
        if not ranges:
            return _("ไม่รู้จักข้อ %s เพราะยังไม่มีรายการข้อของปีนี้ เก็บได้เฉพาะคะแนนรวม") % code
        return _("ไม่มีข้อ %(code)s ในปีงบประมาณ %(year)s ซึ่งมีข้อ %(known)s โปรดตรวจเลขข้อหรือปี") % {
            "code": code,
            "year": self.tree.fiscal_year,
            "known": " ".join(ranges),
        }

    def _bare_item(self, line: Line, statement: Statement) -> None:
        if self._is_named_indicator(line, statement.place):
            self._indicator(line, statement)
        elif self.section:
            self._item(line, f"{self.section[0]}{statement.place}", statement)
        elif statement.score:
            self.tell(
                line,
                _(
                    "ไม่ทราบว่าข้อ %s เป็นข้อของเครื่องมือใด "
                    "โปรดเติม I E หรือ O หน้าเลขข้อ หรือใส่หัวข้อ IIT EIT OIT"
                )
                % statement.place,
            )
        else:
            self.reading.passed_over.append(line)

    def _is_named_indicator(self, line: Line, number: str) -> bool:
        """Return whether a row begins with the number and the name of an indicator."""
        text = normalise_compact(line.text())
        return any(
            each.indicator is not None
            and str(each.indicator.number) == number
            and normalise_compact(each.indicator.name) in text
            for branch in self.tree.instruments
            for each in branch.indicators
        )

    def _indicator(self, line: Line, statement: Statement) -> None:
        number = statement.place
        for branch in self.tree.instruments:
            for each in branch.indicators:
                if each.indicator and str(each.indicator.number) == number.split(".")[0]:
                    self.section = branch.code
        if statement.score:
            self._enter(
                line,
                self.reading.indicators,
                number,
                _("ตัวชี้วัดที่ %s") % number,
                statement.score,
            )
        else:
            self.reading.passed_over.append(line)

    def _announced(self, line: Line, name: str, statement: Statement) -> None:
        if statement.score:
            label = _("คะแนนรวม") if name == "total" else _("คะแนน %s") % name.upper()
            self._enter(line, self.reading.announced, name, label, statement.score)
        elif not statement.level:
            self.reading.passed_over.append(line)
        if statement.level:
            self._level(line, statement)

    def _sum(self, line: Line, statement: Statement) -> None:
        if not self.section:
            self._announced(line, "total", statement)
        elif statement.score:
            self.tell(
                line,
                _("ไม่ทราบว่าเป็นผลรวมของอะไร โปรดเขียนว่า “คะแนน %s” หรือ “คะแนนรวมทั้งหมด”")
                % self.section,
            )
        else:
            self.reading.passed_over.append(line)

    def _level(self, line: Line, statement: Statement) -> None:
        for name in sorted(self.levels, key=len, reverse=True):
            if re.match(rf"{re.escape(name)}(?![^\W_])", statement.level):
                if self.reading.level not in ("", self.levels[name]):
                    self.tell(line, _("มีระดับมากกว่าหนึ่งค่า ใช้ “%s” โปรดตรวจ") % self.reading.level)
                    return
                self.reading.level = self.levels[name]
                return
        if statement.level:
            self.tell(
                line,
                _("ไม่รู้จักระดับนี้ โปรดใช้ชื่อระดับในเกณฑ์ เช่น %s") % ", ".join(self.levels.values()),
                statement.level,
            )
        elif statement.kind == score_lines.LEVEL:
            self.reading.passed_over.append(line)

    def _nothing(self, line: Line, statement: Statement) -> None:
        is_of_the_line_before = self.waiting is not None and (
            score_lines.is_lone_score(line.cells)
            or (statement.score and "คะแนน" in normalise(line.text()))
        )
        if self.waiting is not None and is_of_the_line_before and not statement.rivals:
            code = self.waiting[0]
            self.waiting = None
            self._enter(line, self.reading.items, code, _("ข้อ %s") % code, statement.score)
            return
        number = self._number_of_indicator(line)
        if number:
            self._give_up_waiting()
            self._indicator(line, replace(statement, place=number))
        elif statement.score and score_lines.tells_a_score(line.cells):
            self.tell(
                line,
                _(
                    "มีตัวเลขแต่ไม่ทราบว่าเป็นคะแนนของอะไร "
                    "โปรดใส่เลขข้อ เช่น I7 หรือเขียนว่า “คะแนนรวม” “คะแนน IIT”"
                ),
            )
        else:
            self.reading.passed_over.append(line)

    def _number_of_indicator(self, line: Line) -> str:  # whose bare name a line gives
        name = score_lines.name_in(line.cells)
        for branch in self.tree.instruments:
            for each in branch.indicators:
                if each.indicator is not None and name in each.indicator.normalised_names():
                    return str(each.indicator.number)
        return ""

    def _enter(
        self, line: Line, into: dict[str, Found], key: str, label: str, written: str
    ) -> None:
        """Keep one number under its key, or tell what is wrong with it."""
        value = score_lines.number_of(written)
        if value is None:
            self.tell(
                line,
                _("%s: อ่านคะแนนไม่ได้ โปรดพิมพ์เป็นตัวเลข เช่น 79.27") % label,
                written,
            )
            return
        if not LEAST <= value <= MOST:
            self.tell(
                line,
                _("%s: คะแนนไม่อยู่ระหว่าง 0 ถึง 100 โปรดตรวจกับเอกสารที่ได้รับ") % label,
                written,
            )
            return
        stored = round_half_up(value)
        if abs(stored - value) > Decimal("0.000001"):  # closer than that is how Excel keeps it
            self.reading.remarks.append(
                Problem(
                    line.where,
                    _("%(label)s: ปัดเป็น %(value)s") % {"label": label, "value": stored},
                    written,
                )
            )
        earlier = into.get(key)
        if earlier is None:
            into[key] = Found(stored, line.where)
        elif earlier.value == stored:
            self.reading.remarks.append(
                Problem(
                    line.where,
                    _("%(label)s: ซ้ำกับ%(where)s คะแนนเท่ากัน")
                    % {"label": label, "where": earlier.where},
                )
            )
        else:
            self.tell(
                line,
                _("%(label)s: มีสองค่า ใช้ %(value)s จาก%(where)s โปรดลบบรรทัดที่ผิดแล้วอ่านอีกครั้ง")
                % {"label": label, "value": earlier.value, "where": earlier.where},
                written,
            )
