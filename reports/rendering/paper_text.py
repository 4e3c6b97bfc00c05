"""Text on its way to paper: Thai digits, nothing invisible, and what belongs together unbroken."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from itertools import groupby, pairwise
from unicodedata import category

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from ita_portal.thai.line_breaks import Width, cut_to_fit, held_together
from ita_portal.thai.numerals import to_thai_digits
from reports.rendering.glyphs import (
    columns,
    text_font_columns,
    visible,
    with_unprintable_named,
)
from reports.rendering.line_breaks import breaks_of_printer, is_kept_whole_by_printer
from reports.sections.texts import Content

BREAK = "\u200b"  # zero width, no glyph: Pango draws nothing and asks no other font for it
# Behind an emoji: Pango then takes the fonts named to it, not whatever colour font there is.
AS_TEXT = "\ufe0e"
SHORTEST_NAME = 4  # characters; a shorter one is found in too many other words

_names: ContextVar[tuple[str, ...]] = ContextVar("names known to the document", default=())


@contextmanager
def names_held(names: Iterable[str]) -> Iterator[None]:
    """Inside the ``with``, ``paper_text`` keeps these names on one line too."""
    known = sorted(
        {to_thai_digits(visible(name)).strip() for name in names},
        key=lambda name: (-len(name), name),
    )
    token = _names.set(tuple(name for name in known if len(name) >= SHORTEST_NAME))
    try:
        yield
    finally:
        _names.reset(token)


def names_of(content: Content) -> list[str]:
    """Return the names a frozen content knows: of the office, its place, divisions and signers."""
    organisation = content["organisation"]
    return [
        organisation["name"],
        organisation["short_name"],
        *(
            f"{kind}{organisation[key]}"
            for key, kind in (("tambon", "ตำบล"), ("amphoe", "อำเภอ"), ("changwat", "จังหวัด"))
            if organisation[key]
        ),
        *(entry["division"] for measure in content["measures"] for entry in measure["progress"]),
        *(block["signer_name"] for block in content["signoff"]),
    ]


def paper_text(text: str, *, longest: int) -> SafeString:
    """Return ``text`` as HTML for paper: escaped, digits in Thai, lines broken between words.

    ``longest`` is how many widths of the letter ก fit on a line. Names, dates, numbers with their
    unit and words of the field that fit are kept on one line, in ``<span class="whole">`` where
    the printer would break them; a word that does not fit may break between its syllables. A
    break that the printer would not find is marked: it asks no dictionary between a span and the
    text around it. Other scripts stand in ``<span class="other">``; a character no font has is
    named, "[U+1F600]". Else the characters stay those that were typed, but for invisible ones and
    odd hyphens. Spans and not joining characters, because those are not in the paper font.
    """
    plain = to_thai_digits(with_unprintable_named(visible(text)))
    known = text_font_columns()
    width = partial(columns, known=known)
    parts: list[str] = []
    done = 0
    for piece in held_together(plain, longest=longest, names=_names.get(), width=width):
        words = plain[piece.start : piece.end]
        dressed = _dressed(words, known)
        if not is_kept_whole_by_printer(words):
            dressed = format_html('<span class="whole">{}</span>', dressed)
        between = _with_breaks(plain[done : piece.start], longest, width)
        parts += [
            _dressed(between, known),
            BREAK if piece.breaks_before and (between or parts[-1:] != [BREAK]) else "",
            dressed,
            BREAK if piece.breaks_after else "",
        ]
        done = piece.end
    parts.append(_dressed(_with_breaks(plain[done:], longest, width), known))
    return mark_safe("".join(parts))  # every part is escaped


def _with_breaks(text: str, longest: int, width: Width) -> str:
    """Return the text with a break marked wherever an unbroken run is longer than a line."""
    if width(text) <= longest:
        return text
    runs = [text[start:end] for start, end in pairwise([0, *breaks_of_printer(text), len(text)])]
    return "".join(
        run
        if width(run.rstrip()) <= longest
        else BREAK.join(cut_to_fit(run, longest=longest, width=width))
        for run in runs
    )


def _dressed(text: str, known: Collection[str]) -> SafeString:
    """Return the text escaped, what the text font does not know in spans of its own."""

    def is_known(character: str) -> bool:
        return character in known or character in {BREAK, "\n"}

    if all(map(is_known, text)):
        return escape(text)
    runs = [(plain, "".join(run)) for plain, run in groupby(text, key=is_known)]
    return mark_safe(
        "".join(
            escape(run) if plain else format_html('<span class="other">{}</span>', _as_text(run))
            for plain, run in runs
        )
    )


def _as_text(run: str) -> str:
    return "".join(
        character + AS_TEXT if category(character) in {"So", "Sk"} else character
        for character in run
    )
