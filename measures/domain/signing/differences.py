"""What changed from one version of a document to the next, word by word."""

import datetime
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from ita_portal.thai.template_filters import full_date
from ita_portal.thai.words import tokenise
from measures.domain.signing.places import places_of
from measures.models import Publication, Signoff

# Of a stretch that stayed the same, this much is shown at either end: enough to find the place.
SHOWN_OF_SAME = 60  # characters


class PieceKind(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    kind: PieceKind
    text: str


@dataclass(frozen=True)
class Difference:
    """One place that differs."""

    key: str
    name: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """Return the words of both versions in order; long stretches that stayed are shortened."""
        return [
            Piece(piece.kind, _shortened(piece.text)) if piece.kind == PieceKind.SAME else piece
            for piece in word_pieces(self.before, self.after)
        ]


@dataclass(frozen=True)
class Earlier:
    """The version that came before, and what it is called."""

    name: str
    content: dict[str, Any]


def earlier_version(signoff: Signoff) -> Earlier | None:
    """Return what this sign-off's content is compared with.

    The last attempt of the same document; for the first attempt of a correction the publication
    it corrects; None where this is the first version of all.
    """
    last = (
        signoff.document.signoffs.filter(attempt__lt=signoff.attempt).order_by("-attempt").first()
    )
    if last is not None:
        return Earlier(_("ที่เสนอครั้งที่ %(attempt)s") % {"attempt": last.attempt}, last.content)
    published = Publication.objects.filter(document=signoff.document.corrects_id).first()
    if signoff.document.corrects_id is None or published is None:
        return None
    return Earlier(_("ที่เผยแพร่แล้ว รหัส %(code)s") % {"code": published.code}, published.content)


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Return the places that differ, in the order of the newer version, lost places last."""
    old, new = ({place.key: place for place in places_of(each)} for each in (before, after))
    names = {key: place.name for key, place in (old | new).items()}
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        was = old[key].text if key in old else ""
        now = new[key].text if key in new else ""
        if was != now:
            if key == "dated":
                was, now = _as_date(was), _as_date(now)
            found.append(Difference(key, names[key], was, now))
    return found


def _as_date(iso: str) -> str:
    return full_date(datetime.date.fromisoformat(iso)) if iso else ""


def word_pieces(before: str, after: str) -> list[Piece]:
    """Return the words of two texts as they stayed, went and came.

    Joined without what was added they are ``before``; without what was removed, ``after``.
    """
    old, new = (tokenise(text) if text else [] for text in (before, after))
    pieces = []
    for how, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            pieces.append(Piece(PieceKind.SAME, "".join(old[start:end])))
            continue
        if end > start:
            pieces.append(Piece(PieceKind.REMOVED, "".join(old[start:end])))
        if to > from_:
            pieces.append(Piece(PieceKind.ADDED, "".join(new[from_:to])))
    return pieces


def _shortened(text: str) -> str:
    """Return the whole words at both ends of a long stretch."""
    if len(text) <= 3 * SHOWN_OF_SAME:
        return text
    words = tokenise(text)
    start, end = (_up_to(each, SHOWN_OF_SAME) for each in (words, words[::-1]))
    return f"{''.join(start)} … {''.join(end[::-1])}"


def _up_to(words: list[str], most: int) -> list[str]:
    taken: list[str] = []
    for word in words:
        if sum(map(len, taken)) + len(word) > most:
            break
        taken.append(word)
    return taken
