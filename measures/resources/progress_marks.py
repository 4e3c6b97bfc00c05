"""From which texts a sheet of progress was made: the mark in its last column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from measures.domain.hashes import sha256_of
from measures.models import ProgressEntry, ProgressRevision
from measures.resources.cells import printable

WORDS = ("status_note", "result", "outcome", "suggestion")
MARK_LENGTH = 8  # one row of one division: a handful of versions to tell apart


def cells_of(entry: ProgressEntry) -> dict[str, str]:
    """Return what the cells of an entry hold; no status where none was chosen."""
    words = {name: printable(getattr(entry, name)) for name in WORDS}
    return {"status_cell": entry.status if entry.has_status else "", **words}


def mark_of(cells: Mapping[str, str]) -> str:
    """Return the mark of these texts; begins with a letter, so that Excel leaves it a text."""
    return "v" + sha256_of(dict(cells))[:MARK_LENGTH]


@dataclass(frozen=True)
class Seen:
    """The version of an entry that a sheet was made from, and what its cells held then."""

    version: int
    is_known: bool = True
    cells: Mapping[str, str] = field(default_factory=dict)  # by attribute; empty: as stored now


def seen_by(mark: str, entry: ProgressEntry) -> Seen:
    """Return which version carries the mark; without a mark the one that is stored."""
    if not mark or not entry.is_written() or mark == mark_of(cells_of(entry)):
        return Seen(entry.version)
    found = Seen(entry.version, is_known=False)
    cells = {"status_cell": "", **dict.fromkeys(WORDS, "")}
    if mark_of(cells) == mark:
        found = Seen(0, cells=dict(cells))
    names = {"status": "status_cell"} | {name: name for name in WORDS}
    revisions = ProgressRevision.objects.filter(entry=entry, field__in=names)
    versions: dict[int, dict[str, Any]] = {}
    for revision in revisions.order_by("entry_version"):
        saved = versions.setdefault(revision.entry_version, {})
        saved[names[revision.field]] = printable(revision.text)
    for version, saved in versions.items():
        cells |= saved
        if mark_of(cells) == mark:
            found = Seen(version, cells=dict(cells))
    return found
