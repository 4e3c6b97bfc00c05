"""Cells: how a value stands in a sheet, and how what people write there is read."""

import datetime
import decimal
import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import widgets

from ita_portal.thai.dates import BUDDHIST_ERA, EARLIEST_YEAR, FULL_MONTHS, memo_date, parse_date
from ita_portal.thai.numerals import parse_decimal, to_arabic_digits
from ita_portal.thai.words import normalise_compact

# What Excel shows in the place of a formula that went wrong (ECMA-376 1, 18.17.3).
FORMULA_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
# A cell that starts so is run as a formula by Excel and its like (CWE-1236), or read as an error.
_RUN = rf"(?:[=+\-@\t\r]|(?:{'|'.join(map(re.escape, sorted(FORMULA_ERRORS)))})\Z)"
_FORMULA = re.compile(rf"'*{_RUN}")
_MARKED_FORMULA = re.compile(rf"'+{_RUN}")
# Word's own line break; the other control characters cannot stand in an xlsx (XML 1.0, 2.2).
_LINE_BREAKS = re.compile(r"\r\n|\r|\x0b|\x0c|\u2028|\u2029")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
# What people write around a year or a number.
_YEAR_WORDS = re.compile(r"(?:ปีงบประมาณ|ปี)?\s*(?:พ\.?\s?ศ\.?)?\s*")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
# Days since 1899-12-30, as Excel keeps a date whose format was lost: from 2000 to 2099, and the
# same where the year was typed in the Buddhist Era. No other number of a date is so large.
_SERIALS = (range(36_526, 73_051), range(234_853, 271_377))
_SERIAL = re.compile(r"\d{5,6}(?:\.0+)?")
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00)?(?:\.0+)?\Z")
# Excel keeps 15 digits: what a formula leaves behind those is noise, not a score.
_NOISE = 1e-9

# What people write for yes and no, normalised.
_YES = frozenset({"ใช่", "yes", "y", "true", "1", "✓", "✔", "/", "x"})
_NO = frozenset({"", "ไม่ใช่", "ไม่", "no", "n", "false", "0", "-"})


def neutralised(value: Any) -> Any:
    """Return the cell with an apostrophe before it where it would be run as a formula."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def as_typed(value: Any) -> str:
    """Return a cell as text with line feeds alone, without the apostrophe of ``neutralised``."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime.date):
        return _in_words(value)
    text = str(value)
    if _MARKED_FORMULA.match(text):
        text = text[1:]
    return printable(text.replace("_x000D_", ""))


def _in_words(value: datetime.date) -> str:
    """Return a date cell of either era as ``ThaiDate`` writes it; there may be no such day."""
    year = value.year + (BUDDHIST_ERA if value.year < EARLIEST_YEAR else 0)
    return f"{value.day} {FULL_MONTHS[value.month - 1]} {year}"


def _of_the_calendar(value: datetime.date) -> datetime.date:
    """Return the day that a date cell means, or raise ValueError in Thai.

    "30/3/2564" typed into Excel becomes a cell of the year 2564 of the calendar: such a year is of
    the Buddhist Era.
    """
    if value.year < EARLIEST_YEAR:
        return datetime.date(value.year, value.month, value.day)
    return parse_date(_in_words(value))


def _of_serial(days: int) -> datetime.date:
    return datetime.date(1899, 12, 30) + datetime.timedelta(days=days)


def printable(text: str) -> str:
    """Return the text as a cell can hold it: line feeds alone, no control characters, no ends."""
    if text.isprintable():  # as nearly every cell is
        return text.strip()
    return _UNPRINTABLE.sub("", _LINE_BREAKS.sub("\n", text)).strip()


def lines_of(text: str) -> list[str]:
    """Return the lines of a cell that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@lru_cache(maxsize=1024, typed=True)  # a sheet has few years and numbers, in thousands of rows
def whole_number(value: Hashable) -> int:
    """Return the whole number in a cell, or raise ValueError in Thai."""
    typed = to_arabic_digits(_unquoted(value))
    text = _YEAR_WORDS.sub("", typed, count=1).removesuffix(".0")
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not text:
        raise ValueError(_("ยังไม่ได้กรอก"))
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(_("“%(text)s” ไม่ใช่จำนวนเต็ม") % {"text": typed})
    return int(text)


def _unquoted(value: Any) -> str:
    """Return a cell as text without the apostrophe by which a number is typed as text in Excel."""
    return as_typed(value).removeprefix("'").strip()


class Unreadable(str):
    """What stands in a cell that cannot be taken as it is, such as a formula, and why."""

    reason: str

    def __new__(cls, text: str, reason: str) -> "Unreadable":
        """Keep the reason beside the text."""
        cell = super().__new__(cls, text)
        cell.reason = reason
        return cell


class Text(widgets.Widget):
    """A cell of text."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the text; an empty cell is an empty text."""
        return as_typed(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the text as it comes back from a sheet."""
        return "" if value is None else printable(str(value))


class Number(widgets.Widget):
    """A cell with a whole number, in Thai or Arabic digits; ``blank`` lets it stand empty."""

    hint = gettext_lazy("จำนวนเต็ม เลขไทยหรือเลขอารบิก")

    def __init__(self, *, blank: bool = False) -> None:
        """Keep whether the cell may be empty, which is None then."""
        super().__init__()
        self.blank = blank

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        """Return the number, or raise ValueError in Thai."""
        if self.blank and not as_typed(value):
            return None
        return whole_number(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Return the number itself, so that a sheet can sort by it."""
        return "" if value is None else value


class Decimal(widgets.Widget):
    """A cell with a number of at most two decimals, in Thai or Arabic digits; empty is None."""

    hint = gettext_lazy("ตัวเลข ทศนิยมไม่เกินสองตำแหน่ง เลขไทยหรือเลขอารบิก")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> decimal.Decimal | None:
        """Return the number exactly as shown, or raise ValueError in Thai."""
        if isinstance(value, float) and abs(value - round(value, 2)) < _NOISE:
            value = f"{value:.2f}"
        text = _unquoted(value)
        return parse_decimal(text) if text else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """Return the number itself."""
        return "" if value is None else value


class ThaiDate(widgets.Widget):
    """A cell with a date: written in Thai, or a date cell of Excel in either era; empty is None."""

    hint = gettext_lazy("วัน เดือน ปี พ.ศ. เช่น 30 มีนาคม 2564")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> datetime.date | None:
        """Return the date, or raise ValueError in Thai."""
        if isinstance(value, datetime.date):
            return _of_the_calendar(value)
        text = to_arabic_digits(_unquoted(value))
        if _SERIAL.fullmatch(text) and any(int(float(text)) in days for days in _SERIALS):
            return _of_the_calendar(_of_serial(int(float(text))))
        return parse_date(_MIDNIGHT.sub("", text)) if text else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the date in words, with the year of the Buddhist Era, as ``30 มีนาคม 2564``."""
        return "" if value is None else memo_date(value, thai_digits=False)


class YesNo(widgets.Widget):
    """A cell that says ใช่ or ไม่ใช่; an empty one says no."""

    hint = gettext_lazy("ใช่ หรือ ไม่ใช่")

    labels = ("ใช่", "ไม่ใช่")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        """Return the answer, or raise ValueError in Thai."""
        text = normalise_compact(as_typed(value))
        if text in _YES or text in _NO:
            return text in _YES
        raise ValueError(_("“%(text)s” ไม่ใช่คำตอบ โปรดใช้ ใช่ หรือ ไม่ใช่") % {"text": as_typed(value)})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the answer in Thai; nothing for what is not known."""
        return "" if value is None else self.labels[0 if value else 1]


class Choice(widgets.Widget):
    """A cell with one of the values of a list, in the words of the screen.

    ``choices`` are value and label, as ``TextChoices.choices`` has them; ``blank`` lets the cell
    stand empty, which is the value "".
    """

    hint = gettext_lazy("เลือกจากรายการในเซลล์")

    def __init__(
        self, choices: Mapping[Any, Any] | list[tuple[Any, Any]], *, blank: bool = False
    ) -> None:
        """Keep what may be chosen."""
        super().__init__()
        self.values = {value: str(label) for value, label in dict(choices).items() if value != ""}
        self.blank = blank
        self._by_words = {
            normalise_compact(words): value
            for value, label in self.values.items()
            for words in (str(value), label)
        }

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the words that may stand in the cell."""
        return tuple(self.values.values())

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the value, or raise ValueError in Thai naming what may be written."""
        text = as_typed(value)
        if self.blank and not text:
            return ""
        found = self._by_words.get(normalise_compact(text))
        if not text:
            raise ValueError(_("ยังไม่ได้เลือก โปรดใช้ %(known)s") % {"known": ", ".join(self.labels)})
        if found is None:
            raise ValueError(
                _("ไม่รู้จัก “%(text)s” โปรดใช้ %(known)s")
                % {"text": text, "known": ", ".join(self.labels)}
            )
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the words."""
        return self.values.get(value, "")
