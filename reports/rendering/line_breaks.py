"""Where the printer breaks lines, and that it sees whole words when it does.

WeasyPrint 70 gives Pango only the beginning of a paragraph, about four characters for each em of
the line, to save time. TH SarabunPSK is so narrow that this ends a few characters behind the line,
often inside a word; libthai then takes the torn word for others and breaks "การประ|เมิน", which it
never does when it sees the whole. The number is a constant of one function and not to be set, so
it is replaced there. A test prints words in narrow columns and fails when this is needed no more
or works no more.
"""

from functools import lru_cache

from weasyprint.text import line_break

ITS_CHARACTERS_PER_EM = 4
OUR_CHARACTERS_PER_EM = 8  # twice a full line of Thai, marks counted


def look_further_ahead() -> None:
    """Let WeasyPrint see more of a paragraph when it breaks a line; once for the process.

    Raises RuntimeError when its function is not the one this was written for.
    """
    code = line_break.split_first_line.__code__
    if OUR_CHARACTERS_PER_EM in code.co_consts:
        return
    if code.co_consts.count(ITS_CHARACTERS_PER_EM) != 1:
        raise RuntimeError(
            "WeasyPrint breaks lines in another way now; see this module's beginning"
        )
    constants = tuple(
        OUR_CHARACTERS_PER_EM if constant == ITS_CHARACTERS_PER_EM else constant
        for constant in code.co_consts
    )
    line_break.split_first_line.__code__ = code.replace(co_consts=constants)


def breaks_of_printer(text: str) -> list[int]:
    """Return the places inside a text where Pango, with libthai's dictionary, may break a line."""
    attributes = line_break.get_log_attrs(text, "th")
    return [place for place in range(1, len(text)) if attributes[place].is_line_break]


@lru_cache(maxsize=4096)  # the words of the field come again and again
def is_kept_whole_by_printer(words: str) -> bool:
    """Say whether a word standing by itself is never broken."""
    return not breaks_of_printer(words)
