"""What concerns one person, each piece in exactly one list: the one definition behind every door.

``place_of_entry`` and ``place_of_document`` say where a piece stands; ``queue_of`` sorts by them.
"""

import datetime

from django.db.models import Q
from django.utils import timezone

from measures import permissions
from measures.domain.recording.locks import lock_of_report, lock_of_round
from measures.domain.recording.progress import entries_of
from measures.domain.recording.queue_lists import (
    EntryLine,
    Place,
    Queue,
    ReturnedDocument,
    RoundWork,
)
from measures.domain.signing.places import measure_number_of
from measures.models import (
    Document,
    DocumentState,
    LatePermit,
    Organisation,
    ProgressEntry,
    ReportingRound,
    Signoff,
    SignoffComment,
    SignoffOutcome,
    SignoffStep,
    User,
)

MOST_DONE = 10  # finished documents that the list of what is done goes back to


def own_division_ids(user: User) -> set[int]:
    """Return the ids of the divisions for which ``user`` reports today."""
    return {
        holding.post.division.reporting_division().pk
        for holding in user.holdings_today()
        if holding.post.reports_progress and holding.post.division is not None
    }


def place_of_entry(
    entry: ProgressEntry,
    *,
    is_open: bool,
    permit: LatePermit | None,
    returned_at: datetime.datetime | None,
) -> Place:
    """Return where an entry stands for who makes it.

    ``is_open``: nothing locks it for this person (``locks.lock_of_entry``). ``permit``: the leave
    that opens it after the round has closed. ``returned_at``: when somebody up the line returned
    the report with a word on this measure.
    """
    said = entry.updated_at
    if not is_open:
        return Place.DONE if said else Place.WAITING
    if said is None or (permit is not None and said < permit.granted_at):
        return Place.TO_REPORT
    if returned_at is not None and said < returned_at:
        return Place.RETURNED
    return Place.DONE


def place_of_document(
    document: Document, *, awaits: bool, coordinates: bool, has_signed: bool
) -> Place | None:
    """Return where a document stands for one person; None where it does not concern them.

    ``awaits``: this person may decide on it now. ``has_signed``: sent it or decided on it before.
    A document that is being signed concerns everybody in the office.
    """
    state = DocumentState(document.state)
    if state == DocumentState.IN_SIGNOFF:
        return Place.TO_DECIDE if awaits else Place.WAITING
    if state == DocumentState.PUBLISHED:
        return Place.DONE if coordinates or has_signed else None
    if coordinates:
        is_back = state in (DocumentState.RETURNED, DocumentState.REFUSED)
        return Place.RETURNED if is_back else Place.TO_SEND
    return Place.WAITING if has_signed else None


def queue_of(user: User, organisation: Organisation, *, on: datetime.date | None = None) -> Queue:
    """Return what concerns ``user`` in this organisation today."""
    day = on or timezone.localdate()
    coordinates = bool(permissions.can_submit(user, Document(organisation=organisation)))
    documents = list(
        Document.objects.of_organisation(organisation)
        .select_related("round", "organisation")
        .order_by("updated_at", "pk")
    )
    signoffs = _signoffs_of(organisation)
    queue = Queue(rounds=_rounds_of(user, organisation, day, documents, signoffs, coordinates))
    awaited = {
        step.signoff_id: step
        for step in SignoffStep.objects.of_organisation(organisation)
        .awaiting(user)
        .select_related("signoff__document", "signoff__submitted_by", "post")
        .defer("signoff__content")
    }
    for document in documents:
        passages = signoffs.get(document.pk, [])
        _put(document, passages, queue, awaited, user=user, coordinates=coordinates)
    queue.done.reverse()  # the newest first
    del queue.done[MOST_DONE:]
    return queue


def _signoffs_of(organisation: Organisation) -> dict[int, list[Signoff]]:
    """Return the sign-offs of each document by its id, the last first."""
    found: dict[int, list[Signoff]] = {}
    for signoff in (
        Signoff.objects.of_organisation(organisation)
        .select_related("document", "submitted_by")
        .prefetch_related("steps__post")
        .defer("content")  # long, and not shown here
        .order_by("-attempt")
    ):
        found.setdefault(signoff.document_id, []).append(signoff)
    return found


def _put(
    document: Document,
    signoffs: list[Signoff],
    queue: Queue,
    awaited: dict[int, SignoffStep],
    *,
    user: User,
    coordinates: bool,
) -> None:
    """Put the document into its list."""
    running = next((signoff for signoff in signoffs if signoff.is_running()), None)
    step = awaited.get(running.pk) if running else None
    has_signed = any(
        signoff.submitted_by_id == user.pk
        or any(each.decided_by_id == user.pk for each in signoff.steps.all())
        for signoff in signoffs
    )
    place = place_of_document(
        document, awaits=step is not None, coordinates=coordinates, has_signed=has_signed
    )
    if place == Place.TO_DECIDE and step is not None:
        queue.to_decide.append(step)
    elif place == Place.WAITING and running is not None:
        queue.waiting_for_others.append(running)
    elif place == Place.WAITING:
        queue.waiting_documents.append(document)
    elif place == Place.RETURNED:
        queue.returned_documents.append(ReturnedDocument(document, _returning_step(signoffs)))
    elif place == Place.TO_SEND and document.state == DocumentState.APPROVED:
        queue.to_publish.append(document)
    elif place == Place.TO_SEND:
        queue.drafts.append(document)
    elif place == Place.DONE:
        queue.done.append(document)


def _returning_step(signoffs: list[Signoff]) -> SignoffStep | None:
    """Return the step that sent the document back last."""
    for signoff in signoffs[:1]:
        if signoff.outcome in (SignoffOutcome.RETURNED, SignoffOutcome.REFUSED):
            decided = [step for step in signoff.ordered_steps() if step.reason]
            return decided[-1] if decided else None
    return None


def _rounds_of(
    user: User,
    organisation: Organisation,
    day: datetime.date,
    documents: list[Document],
    signoffs: dict[int, list[Signoff]],
    coordinates: bool,
) -> list[RoundWork]:
    """Return the rounds that have opened and are not published yet, the first due first.

    For who neither coordinates nor reports: those in which they have leave by name.
    """
    by_round: dict[int | None, list[Document]] = {}
    for document in documents:
        by_round.setdefault(document.round_id, []).append(document)
    own = own_division_ids(user)
    permits = list(
        LatePermit.objects.of_organisation(organisation)
        .in_force(day)
        .filter(Q(person=None) | Q(person=user))
        .select_related("entry")
        .order_by("pk")
    )
    opened = ReportingRound.objects.of_organisation(organisation).filter(opens_on__lte=day)
    found = []
    for reporting_round in opened.select_related("organisation"):
        reports = by_round.get(reporting_round.pk, [])
        if reports and all(report.state == DocumentState.PUBLISHED for report in reports):
            continue
        leave = [permit for permit in permits if permit.entry.round_id == reporting_round.pk]
        if own or coordinates or any(permit.person_id for permit in leave):
            returned = next(
                (
                    signoffs[report.pk][0]
                    for report in reports
                    if report.state == DocumentState.RETURNED and report.pk in signoffs
                ),
                None,
            )
            found.append(_work_in(reporting_round, own, day, leave, returned, coordinates))
    return sorted(found, key=lambda work: (work.round.due_on, work.round.pk))


def _work_in(
    reporting_round: ReportingRound,
    own: set[int],
    day: datetime.date,
    leave: list[LatePermit],
    returned: Signoff | None,
    coordinates: bool,
) -> RoundWork:
    """Return the entries of this round that concern the person, each in its place.

    ``leave`` is what this person may use. Asks the database as often for sixty measures as for
    three.
    """
    lock = lock_of_round(reporting_round, day)
    named = {permit.entry_id for permit in leave if permit.person_id}
    if lock is not None and not own and not named:
        return RoundWork(reporting_round, lock)
    is_opened_by_leave = lock is not None and lock_of_report(reporting_round, day) is None
    permits = {permit.entry_id: permit for permit in leave} if is_opened_by_leave else {}
    comments = _comments_of(returned)
    entries = entries_of(reporting_round)
    lines: dict[Place, list[EntryLine]] = {}
    for entry in entries:
        if entry.division_id not in own and entry.pk not in named:
            continue
        permit = permits.get(entry.pk)
        comment = comments.get(entry.measure.number)
        place = place_of_entry(
            entry,
            is_open=lock is None or permit is not None,
            permit=permit,
            returned_at=returned.ended_at if returned is not None and comment else None,
        )
        due_on = permit.allowed_until if permit else reporting_round.due_on
        lines.setdefault(place, []).append(EntryLine(entry, due_on, permit, comment))
    owed = sum(not entry.is_reported() for entry in entries)
    return RoundWork(
        reporting_round, lock, lines, to_chase=owed if coordinates and lock is None else 0
    )


def _comments_of(returned: Signoff | None) -> dict[int, SignoffStep]:
    """Return who spoke of which measure when this report was returned."""
    if returned is None:
        return {}
    comments = SignoffComment.objects.filter(step__signoff=returned).select_related("step__post")
    found = {measure_number_of(comment.place): comment.step for comment in comments}
    return {number: step for number, step in found.items() if number is not None}
