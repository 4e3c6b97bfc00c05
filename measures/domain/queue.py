"""What waits for one person: the one definition behind the start page."""

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from measures import permissions
from measures.domain.locks import lock_of_round
from measures.domain.progress import entries_of
from measures.models import (
    Document,
    DocumentState,
    Organisation,
    ProgressEntry,
    ReportingRound,
    Signoff,
    SignoffStep,
    User,
)


@dataclass(frozen=True)
class RoundWork:
    """One open round, and the entries in it that are this person's to make."""

    round: ReportingRound
    to_report: list[ProgressEntry]
    reported: list[ProgressEntry]
    # What all divisions together still owe; the coordinator chases it, for others it is 0.
    to_chase: int = 0

    def is_overdue(self) -> bool:
        """Return whether the due date has passed."""
        return self.round.is_overdue()


@dataclass(frozen=True)
class Queue:
    """Everything the start page lists, most pressing first."""

    to_decide: list[SignoffStep]
    to_mend: list[Document]
    to_publish: list[Document]
    drafts: list[Document]
    rounds: list[RoundWork]
    waiting_for_others: list[Signoff] = field(default_factory=list)

    def is_empty(self) -> bool:
        """Return whether nothing at all waits for this person."""
        return not (
            self.to_decide
            or self.to_mend
            or self.to_publish
            or self.drafts
            or any(work.to_report or work.to_chase for work in self.rounds)
        )


def own_division_ids(user: User) -> set[int]:
    """Return the ids of the divisions for which ``user`` reports today."""
    return {
        holding.post.division.reporting_division().pk
        for holding in user.holdings_today()
        if holding.post.reports_progress and holding.post.division is not None
    }


def queue_of(user: User, organisation: Organisation, *, on: datetime.date | None = None) -> Queue:
    """Return what waits for ``user`` in this organisation today."""
    day = on or timezone.localdate()
    documents = Document.objects.of_organisation(organisation).select_related("round")
    coordinates = bool(permissions.can_submit(user, Document(organisation=organisation)))
    mine = own_division_ids(user)
    rounds = []
    for reporting_round in ReportingRound.objects.of_organisation(organisation).open_on(day):
        if lock_of_round(reporting_round, day) is not None:
            continue
        entries = entries_of(reporting_round)
        own = [entry for entry in entries if entry.division_id in mine]
        rounds.append(
            RoundWork(
                reporting_round,
                to_report=[entry for entry in own if not entry.is_reported()],
                reported=[entry for entry in own if entry.is_reported()],
                to_chase=sum(not entry.is_reported() for entry in entries) if coordinates else 0,
            )
        )
    to_decide = list(
        SignoffStep.objects.of_organisation(organisation)
        .awaiting(user)
        .select_related("signoff__document", "signoff__submitted_by", "post")
    )
    running = (
        Signoff.objects.of_organisation(organisation)
        .running()
        .select_related("document")
        .prefetch_related("steps__post")
    )
    return Queue(
        to_decide=to_decide,
        to_mend=list(documents.filter(state=DocumentState.RETURNED)) if coordinates else [],
        to_publish=list(documents.filter(state=DocumentState.APPROVED)) if coordinates else [],
        drafts=list(documents.filter(state=DocumentState.DRAFT)) if coordinates else [],
        rounds=rounds,
        waiting_for_others=list(running.exclude(pk__in=[step.signoff_id for step in to_decide])),
    )
