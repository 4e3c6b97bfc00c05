"""The lists of one person's queue, as every door shows them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils import timezone

from measures.domain.recording.locks import Lock
from measures.models import (
    Document,
    LatePermit,
    ProgressEntry,
    ReportingRound,
    Signoff,
    SignoffStep,
)


class Place(StrEnum):
    """Where a piece of work stands for one person."""

    TO_REPORT = "to_report"
    RETURNED = "returned"
    TO_DECIDE = "to_decide"
    TO_SEND = "to_send"  # up the line, or to the public
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True)
class EntryLine:
    """One entry in a list, and by when it is due (by leave, after the round has closed)."""

    entry: ProgressEntry
    due_on: datetime.date
    permit: LatePermit | None = None
    returned_by: SignoffStep | None = None

    def is_late(self) -> bool:
        """Return whether the day has passed."""
        return self.due_on < timezone.localdate()


@dataclass(frozen=True)
class RoundWork:
    """One round on its way, and the entries in it that are this person's to make."""

    round: ReportingRound
    lock: Lock | None = None
    lines: dict[Place, list[EntryLine]] = field(default_factory=dict)
    # What all divisions together still owe; the coordinator chases it, for others it is 0.
    to_chase: int = 0

    def _entries(self, place: Place) -> list[ProgressEntry]:
        return [line.entry for line in self.lines.get(place, [])]

    @property
    def to_report(self) -> list[ProgressEntry]:
        """Return the entries to make now."""
        return self._entries(Place.TO_REPORT)

    @property
    def returned(self) -> list[ProgressEntry]:
        """Return the entries that somebody up the line asked to mend."""
        return self._entries(Place.RETURNED)

    @property
    def waiting(self) -> list[ProgressEntry]:
        """Return the entries that were not made and cannot be now."""
        return self._entries(Place.WAITING)

    @property
    def reported(self) -> list[ProgressEntry]:
        """Return the entries that are done."""
        return self._entries(Place.DONE)

    def is_overdue(self) -> bool:
        """Return whether the due date has passed."""
        return self.round.is_overdue()


@dataclass(frozen=True)
class ReturnedDocument:
    """A document that came back: who said no, and why."""

    document: Document
    step: SignoffStep | None


@dataclass(frozen=True)
class Queue:
    """Everything the start page lists, most pressing first."""

    rounds: list[RoundWork] = field(default_factory=list)
    to_decide: list[SignoffStep] = field(default_factory=list)
    returned_documents: list[ReturnedDocument] = field(default_factory=list)
    to_publish: list[Document] = field(default_factory=list)
    drafts: list[Document] = field(default_factory=list)
    waiting_for_others: list[Signoff] = field(default_factory=list)
    waiting_documents: list[Document] = field(default_factory=list)
    done: list[Document] = field(default_factory=list)

    @property
    def to_mend(self) -> list[Document]:
        """Return the documents that came back."""
        return [returned.document for returned in self.returned_documents]

    def lines(self, place: Place) -> list[EntryLine]:
        """Return the entries that stand in this place, the first due first."""
        found = [line for work in self.rounds for line in work.lines.get(place, [])]
        return sorted(found, key=lambda line: (line.due_on, line.entry.measure.number))

    @property
    def to_report(self) -> list[EntryLine]:
        """Return the entries of all rounds to make now."""
        return self.lines(Place.TO_REPORT)

    @property
    def returned(self) -> list[EntryLine]:
        """Return the entries of all rounds that somebody asked to mend."""
        return self.lines(Place.RETURNED)

    @property
    def waiting(self) -> list[EntryLine]:
        """Return the entries of all rounds that were not made and cannot be now."""
        return self.lines(Place.WAITING)

    @property
    def reported(self) -> list[EntryLine]:
        """Return the entries of all rounds that are done."""
        return self.lines(Place.DONE)

    def pieces(self) -> Iterator[tuple[Place, ProgressEntry | Document]]:
        """Yield every piece of work with its place; a sign-off stands for its document."""
        for work in self.rounds:
            for place, lines in work.lines.items():
                yield from ((place, line.entry) for line in lines)
        yield from ((Place.TO_DECIDE, step.signoff.document) for step in self.to_decide)
        yield from ((Place.RETURNED, document) for document in self.to_mend)
        yield from ((Place.TO_SEND, document) for document in (*self.to_publish, *self.drafts))
        yield from ((Place.WAITING, signoff.document) for signoff in self.waiting_for_others)
        yield from ((Place.WAITING, document) for document in self.waiting_documents)
        yield from ((Place.DONE, document) for document in self.done)

    def count_to_do(self) -> int:
        """Return how many pieces wait for this person."""
        mine = {Place.TO_REPORT, Place.RETURNED, Place.TO_DECIDE, Place.TO_SEND}
        return sum(place in mine for place, _piece in self.pieces())

    def count_waiting(self) -> int:
        """Return how many pieces wait for others."""
        return sum(place == Place.WAITING for place, _piece in self.pieces())

    def count_done(self) -> int:
        """Return how many pieces are done."""
        return sum(place == Place.DONE for place, _piece in self.pieces())

    def is_empty(self) -> bool:
        """Return whether nothing at all waits for this person."""
        return not self.count_to_do() and not any(work.to_chase for work in self.rounds)
