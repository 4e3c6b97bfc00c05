"""Words that justified lines have torn apart: found, and joined as a proposal."""

import re
from typing import Final

from ita_portal.thai.words import is_word, tokenise

_LEAST_TORN: Final = 5  # tokens in a row, each of few letters
_MOST_LETTERS: Final = 3
_THAI: Final = re.compile("[ก-ฺเ-๎]+")
_LETTER: Final = re.compile("[ก-ฮ]")
_SPACE: Final = re.compile(r"([ \t\u00a0]+)")
# Short words that stand alone, many in a row or not.
_SHORT_WORDS: Final = frozenset(
    (
        "ที่",
        "และ",
        "ใน",
        "การ",
        "ให้",
        "ได้",
        "มี",
        "ณ",
        "ๆ",
        "ของ",
        "จาก",
        "โดย",
        "แก่",
        "กับ",
        "ไป",
        "มา",
        "ทำ",
        "ไม่",
    )
)


def joined_proposal(text: str) -> str:
    """Return the text with torn words joined where five or more pieces follow each other, else "".

    Only spaces are taken out, and those stay where the dictionary sees whole words on both sides
    that were not torn. A person decides: letters of torn words are often wrong as well.
    """
    pieces = _SPACE.split(text)
    runs = _runs(pieces)
    if not runs:
        return ""
    found: list[str] = []
    place = 0
    for begin, end in runs:
        found += pieces[place:begin]
        found.append(_join(pieces[begin:end]))
        place = end
    found += pieces[place:]
    return "".join(found)


def _runs(pieces: list[str]) -> list[tuple[int, int]]:
    """Return where five or more short tokens follow each other, as bounds in ``pieces``."""
    runs: list[tuple[int, int]] = []
    begin: int | None = None
    for place in range(0, len(pieces) + 2, 2):  # one more than the tokens: it ends the last run
        is_short = place < len(pieces) and _is_short(pieces[place])
        if is_short and begin is None:
            begin = place
        elif not is_short and begin is not None:
            if (place - begin) // 2 >= _LEAST_TORN and _is_torn(pieces[begin : place - 1 : 2]):
                runs.append((begin, place - 1))
            begin = None
    return runs


def _is_short(token: str) -> bool:
    return (
        bool(_THAI.fullmatch(token.lstrip("-–•"))) and len(_LETTER.findall(token)) <= _MOST_LETTERS
    )


def _is_torn(tokens: list[str]) -> bool:
    """Return whether the tokens are pieces of words, not short words in a row."""
    pieces = [token for token in tokens if token not in _SHORT_WORDS and not _is_long_word(token)]
    return len(pieces) >= 2


def _is_long_word(token: str) -> bool:
    return len(_LETTER.findall(token)) > 1 and is_word(token)


def _join(pieces: list[str]) -> str:
    """Return the tokens of a run without spaces; a word of the dictionary keeps none either."""
    return "".join(tokenise("".join(pieces[::2])))
