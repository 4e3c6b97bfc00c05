"""Where the printer breaks lines, and that it sees whole words when it does.

WeasyPrint 70 gives Pango only the beginning of a paragraph, about four characters for each em of
the line, to save time. TH SarabunPSK is so narrow that this ends a few characters behind the line,
often inside a word; libthai then takes the torn word for others and breaks "การประ|เมิน", which it
never does when it sees the whole. The number is a constant of one function and not to be set, so
it is replaced there. A test prints words in narrow columns and fails when this is needed no more
or works no more.

In columns narrower than a certain width WeasyPrint gives Pango all the rest of a paragraph instead,
line after line: a cell of ten thousand words then takes minutes. There Pango is given two lines'
worth first, and the rest only where the line does not end in the first half of that; what is
printed is the same.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from math import inf
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

ITS_CHARACTERS_PER_EM = 4
OUR_CHARACTERS_PER_EM = 8  # twice a full line of Thai, marks counted
FEWEST_CHARACTERS = 64  # given to Pango in the narrowest column
BREAKING = ("normal", "pre-wrap", "pre-line")  # values of white-space under which lines break
USERS = (line_break, inline, preferred)  # modules that hold the function under its name


def look_further_ahead() -> None:
    """Let WeasyPrint see more of a paragraph when it breaks a line; once for the process.

    Raises RuntimeError when its function is not the one this was written for.
    """
    if hasattr(line_break.split_first_line, "__wrapped__"):
        return
    code = line_break.split_first_line.__code__
    if code.co_consts.count(ITS_CHARACTERS_PER_EM) != 1:
        raise RuntimeError(
            "WeasyPrint breaks lines in another way now; see this module's beginning"
        )
    constants = tuple(
        OUR_CHARACTERS_PER_EM if constant == ITS_CHARACTERS_PER_EM else constant
        for constant in code.co_consts
    )
    line_break.split_first_line.__code__ = code.replace(co_consts=constants)
    within_sight = _within_sight(line_break.split_first_line)
    for module in USERS:
        module.split_first_line = within_sight


def _within_sight(split_first_line: Callable[..., Any]) -> Callable[..., Any]:
    """Return WeasyPrint's function, given a long text only as far as its first line needs."""

    @wraps(split_first_line)
    def split(
        text: str, style: Any, context: Any, max_width: Any, *others: Any, **named: Any
    ) -> Any:
        size = style["font_size"]
        if max_width not in (None, inf) and size and style["white_space"] in BREAKING:
            sight = int(max(max_width / size * OUR_CHARACTERS_PER_EM, FEWEST_CHARACTERS))
            if len(text) > 2 * sight:
                line = split_first_line(
                    text[: 2 * sight], style, context, max_width, *others, **named
                )
                resume_at = line[2]  # in bytes; None where all fits on the line
                if resume_at is not None and resume_at <= len(text[:sight].encode()):
                    return line
        return split_first_line(text, style, context, max_width, *others, **named)

    return split


def breaks_of_printer(text: str) -> list[int]:
    """Return the places inside a text where Pango, with libthai's dictionary, may break a line."""
    attributes = line_break.get_log_attrs(text, "th")
    return [place for place in range(1, len(text)) if attributes[place].is_line_break]


@lru_cache(maxsize=4096)  # the words of the field come again and again
def is_kept_whole_by_printer(words: str) -> bool:
    """Say whether a word standing by itself is never broken."""
    return not breaks_of_printer(words)
