"""Words: normalising for comparison, sorting, splitting, and the catchword of a page."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ita_portal.thai.numerals import to_arabic_digits

if TYPE_CHECKING:
    from pythainlp.util import Trie

# pythainlp's remove_zw knows only the first two; Word and web pages leave the others.
_ZERO_WIDTH: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f"))
NIKHAHIT: Final = "\u0e4d"
_MARKS_AND_VOWELS: Final = re.compile("[ะ-ฺๅ็-๎]{2,}")
_LONE_LAKKHANGYAO: Final = re.compile("(?<![ฤฦ])ๅ")  # typed for า; its own place is after ฤ
_DECOMPOSED_SARA_AM: Final = re.compile(f"{NIKHAHIT}([่-์๎]*)า")
MOST_ROUNDS: Final = 5


def normalise(text: str) -> str:
    """Return a form for search and comparison only; never store or show it.

    NFC (not NFKC, which takes ำ apart), marks and vowels in their proper order, decomposed สระอำ
    and doubled เ mended, zero-width characters removed, Thai digits as Arabic, Latin letters
    case-folded, each run of white space one space, none at the ends. Applying it twice changes
    nothing more.
    """
    # NFD before folding: Unicode's own recipe for a comparison that stays put when repeated.
    folded = unicodedata.normalize("NFD", text.translate(_ZERO_WIDTH)).casefold()
    current = to_arabic_digits(" ".join(folded.split()))
    # Foreign accents between Thai marks can make a second round necessary; no text needs a third.
    for _round in range(MOST_ROUNDS):
        mended = unicodedata.normalize("NFC", _mend_marks(current))
        if mended == current:
            break
        current = mended
    return current


def _mend_marks(text: str) -> str:
    """Return the text with the marks of each consonant in their order, สระอำ and แ as one.

    The rules of ``pythainlp.util.reorder_vowels``, which moves one mark one place at a time and
    takes minutes for a hostile text.
    """
    ordered = _MARKS_AND_VOWELS.sub(
        lambda found: "".join(sorted(found[0], key=_place_of_mark)), text.replace("เเ", "แ")
    )
    return _DECOMPOSED_SARA_AM.sub(r"\1ำ", _LONE_LAKKHANGYAO.sub("า", ordered))


def _place_of_mark(mark: str) -> int:
    """Return 0 for vowels above and below, then นิคหิต, tone marks and การันต์, following vowels."""
    if mark in "ะาำๅ":
        return 3
    if mark == NIKHAHIT:
        return 1
    return 2 if "\u0e48" <= mark <= "\u0e4e" else 0


def normalise_compact(text: str) -> str:
    """Return ``normalise`` without any space: headings broken over lines compare as equal."""
    return normalise("".join(text.split()))


# Order -------------------------------------------------------------------------------------------

_LEADING_VOWEL: Final = re.compile("([เ-ไ])([ก-ฮฤฦ])")
_MARK: Final = "็-๎"
_LETTER: Final = re.compile(f"[^{_MARK}]")
_MARKS: Final = re.compile(f"[{_MARK}]+")


def sort_key(text: str) -> str:
    """Return a key by which texts sort as in the Royal Institute's dictionary.

    First the letters, a leading vowel after its consonant (เก under ก, after กู); only where all
    letters are equal do tone marks and the like decide, from the left. Texts equal so far keep a
    fixed order by their code points. Compare keys by code point (Python, or COLLATE "C").

    Not ``pythainlp.util.collate``: it hangs the tone mark behind the letters, so that ก่า comes
    after กาก and การ์ตูน, and looks at the first mark only.
    """
    normal = normalise(text)
    letters = _LEADING_VOWEL.sub(r"\2\1", _MARKS.sub("", normal))
    marks = _LETTER.sub(" ", normal)  # a space per letter, so that marks compare by their place
    return f"{letters}\x01{marks}\x01{text}"


# Splitting ---------------------------------------------------------------------------------------


def words_of_file(file: str) -> frozenset[str]:
    """Return the words of a list beside this module: one a line, # begins a remark."""
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def domain_words() -> frozenset[str]:
    """Return the words of the field (``domain_words.txt``)."""
    return words_of_file("domain_words.txt")


@cache
def _words() -> "Trie":
    """Return the dictionary: pythainlp's words and those of the field.

    Built at the first use, because it takes a third of a second and 60 MB, and most processes (a
    command, a page without a catchword) never split a word.
    """
    from pythainlp.corpus import thai_words
    from pythainlp.util import Trie

    return Trie(thai_words() | domain_words())


def is_word(text: str) -> bool:
    """Return whether the text is a word of the dictionary or of the field."""
    return text in _words()


_LONE_CONSONANT: Final = re.compile("[ก-ฮ][ิุ]?์?")


@cache
def _syllables() -> "Trie":
    from pythainlp.corpus import thai_syllables
    from pythainlp.util import Trie

    return Trie(thai_syllables())


def tokenise(text: str) -> list[str]:
    """Return the words, spaces and signs of a text in order; joined, they are the text again.

    Words of the field (``domain_words.txt``) stay whole. The first call loads the dictionary.
    """
    from pythainlp.tokenize.newmm import segment

    # Safe mode cuts long texts into windows; without it some texts take very long.
    return list(segment(text, custom_dict=_words(), safe_mode=True))


def syllables(word: str) -> list[str]:
    """Return the syllables of a word, joined the word again; what is no syllable stays whole."""
    from pythainlp.tokenize.newmm import segment

    found: list[str] = []
    for piece in segment(word, custom_dict=_syllables(), safe_mode=True):
        if found and _LONE_CONSONANT.fullmatch(piece):
            found[-1] += piece  # งบ|ประ|มาณ, not งบ|ประมา|ณ
        else:
            found.append(piece)
    return found


def clusters(text: str) -> list[str]:
    """Return the least pieces of a text: a consonant is with its vowels and marks."""
    from pythainlp.tokenize.tcc import tcc

    return list(tcc(text))


# Catchword ---------------------------------------------------------------------------------------

_CLINGS_TO_WORD_BEFORE: Final = frozenset(")]}”’»ๆฯ.,:;!?%")
_OPENS: Final = " ([{“‘«/"


def display_length(text: str) -> int:
    """Return how many columns a text takes: marks above and below and joiners count nothing."""
    return sum(unicodedata.category(character) not in {"Mn", "Cf"} for character in text)


def first_words(text: str, *, minimum: int, maximum: int) -> str:
    """Return the leading words of a text's first line with words: the catchword (คำต่อ) of a page.

    Words are taken until there are ``minimum`` display characters, and none that would lead past
    ``maximum``. A first word longer than that gives the longest word it begins with (องค์การ of
    องค์การบริหารส่วนตำบล); failing that it is cut between two clusters, never under a mark. An
    empty text gives an empty text.
    """
    shown = text.translate(_ZERO_WIDTH)  # paper marks breaks with them
    line = next((line.strip() for line in shown.splitlines() if line.strip()), "")
    taken = ""
    for word in tokenise(line):
        if display_length(taken + word) > maximum:
            break
        if display_length(taken.rstrip(_OPENS)) >= minimum and not _clings(word):
            break
        taken += word
    return taken.rstrip(_OPENS) or _shorter_word(line, maximum) or _cut(line, maximum)


def _clings(word: str) -> bool:
    return set(word) <= _CLINGS_TO_WORD_BEFORE


def _shorter_word(line: str, maximum: int) -> str:
    """Return the longest word of the dictionary the line begins with that is short enough."""
    words = _words().prefixes(line)
    return max((word for word in words if display_length(word) <= maximum), key=len, default="")


def _cut(line: str, maximum: int) -> str:
    taken = ""
    for cluster in clusters(line):
        if display_length(taken + cluster) > maximum:
            break
        taken += cluster
    return taken.rstrip()
