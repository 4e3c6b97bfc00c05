"""The lines of a cell: paragraphs without the tags in which pasted tables carry them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from measures.domain.importing.sources import Paragraph

_BREAK: Final = re.compile(r"</?(?:p|ul|ol|li|br|div|tr|td|h[1-6])\b[^<>]{0,200}>|[\n\r\v\f]", re.I)
_TAG: Final = re.compile(r"</?(?:u|b|i|em|strong|span|font|a|s|sup|sub)\b[^<>]{0,200}>", re.I)
# Typed in two letters, which look the same and would be found by nobody (domain.md §7).
_TWO_LETTERS: Final = ((re.compile("\u0e4d([่-์๎]*)า"), r"\1ำ"), (re.compile("เเ"), "แ"))
_BOLD: Final = re.compile(r"\*\*")
_THAI_END: Final = re.compile(r"[ก-ฺเ-๎]$")
_THAI_START: Final = re.compile(r"[ก-ฺเ-๎]")
# Places to break a line and marks of files: nobody sees them, and names would not be found.
_UNSEEN: Final = re.compile("[\u200b\u2060\ufeff\u00ad]")
_SPACES: Final = re.compile(r"[ \t\u00a0\u2000-\u200b\ufeff]+")


@dataclass(frozen=True)
class Line:
    """One line as written; ``label`` is the number that Word prints before it."""

    text: str
    label: str = ""

    def printed(self) -> str:
        """Return the line with its number, as on paper."""
        return f"{self.label} {self.text}".strip()


def lines_of(paragraphs: Iterable[Paragraph]) -> list[Line]:
    """Return the lines with words: paragraphs, broken where the author or a tag breaks them."""
    found: list[Line] = []
    for paragraph in paragraphs:
        label = paragraph.label
        for piece in _BREAK.split(paragraph.text):
            if text := without_tags(piece):
                found.append(Line(text, label))
                label = ""
        if label and not without_tags(_BREAK.sub(" ", paragraph.text)):
            found.append(Line("", label))
    return found


def without_tags(text: str) -> str:
    """Return the text without the tags and signs of pasted text, and without spaces at the ends.

    ำ and แ typed in two letters become one; letters without width go.
    """
    text = _UNSEEN.sub("", text)
    for pattern, letter in _TWO_LETTERS:
        text = pattern.sub(letter, text)
    return trimmed(_BOLD.sub("", _TAG.sub("", text)))


def trimmed(text: str) -> str:
    """Return the text without spaces of any kind at its ends."""
    return text.strip().strip("\u200b\ufeff\u00a0").strip()


def single_spaced(text: str) -> str:
    """Return the text with each run of spaces as one; line breaks stay."""
    return _SPACES.sub(" ", text).strip()


def joined(first: str, second: str) -> str:
    """Return two parts of one sentence as one: Thai runs on without a space."""
    if not first or not second:
        return first or second
    if _THAI_END.search(first) and _THAI_START.match(second):
        return first + second
    return f"{first} {second}"
