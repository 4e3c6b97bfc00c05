"""Text on its way to paper: Thai digits, nothing invisible, and what belongs together unbroken."""

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from ita_portal.thai.line_breaks import held_together
from ita_portal.thai.numerals import to_thai_digits
from ita_portal.thai.words import display_length

# Characters that the paper font lacks and nobody sees, and hyphens that look like the plain one:
# left in, each of them would put a second font into the PDF.
_INVISIBLE = dict.fromkeys(
    [
        *(code for code in range(0x20) if code != ord("\n")),
        *range(0x7F, 0xA0),
        *range(0x200B, 0x2010),
        *(0x00AD, 0x034F, 0x2060, 0xFEFF),
    ]
)
_HYPHENS = {0x2010: "-", 0x2011: "-", 0x2212: "–"}
_PLAIN = {**_INVISIBLE, **_HYPHENS, 0x09: " "}

BREAK = "\u200b"  # zero width, no glyph: Pango draws nothing and asks no other font for it
_HAS_DIGIT = re.compile("[0-9๐-๙]")
_THAI_WORD_SIDE = re.compile("[ก-ฮเ-ไะ-ฺ็-์]")


def _may_break_beside(words: str, neighbour: str) -> bool:
    """Return whether a line may break between a held piece and the character beside it.

    Pieces with a number stand at word boundaries. Names without one may be cut out of a longer run
    of letters, and what stands before ๆ is the end of a word.
    """
    return bool(_HAS_DIGIT.search(words) and _THAI_WORD_SIDE.fullmatch(neighbour))


def paper_text(text: str, *, longest: int) -> SafeString:
    """Return ``text`` as HTML for paper: escaped, digits in Thai.

    Names, dates and numbers with their unit that take at most ``longest`` display characters are
    kept on one line, each in ``<span class="whole">``; longer ones may break, or they would run
    out of a narrow column. The characters stay those that were typed but for invisible ones and
    odd hyphens. Spans and not joining characters, because those are not in the paper font. Where a
    number stands against a Thai word, a break between the two is marked: WeasyPrint looks for
    breaks inside a span and inside the text around it, but asks no dictionary between them.
    """
    plain = to_thai_digits(text.translate(_PLAIN))
    parts, done = [], 0
    for start, end in held_together(plain):
        words = plain[start:end]
        if display_length(words) <= longest:
            parts += [
                escape(plain[done:start]),
                BREAK if _may_break_beside(words, plain[start - 1 : start]) else "",
                format_html('<span class="whole">{}</span>', words),
                BREAK if _may_break_beside(words, plain[end : end + 1]) else "",
            ]
            done = end
    return mark_safe("".join([*parts, escape(plain[done:])]))  # every part is escaped
