"""Bringing an office into each locked state, whatever was made in it before."""

import datetime
from collections.abc import Callable

from django.utils import timezone

from measures.domain import documents
from measures.models import Document, DocumentState, Publication, ReportingRound
from tests.factories.people import Office


def _rounds(office: Office, **changes: object) -> None:
    values = {"closes_on": None, "closed_at": None, "closed_by": None}
    ReportingRound.objects.filter(organisation=office.organisation).update(**values | changes)


def _not_opened(office: Office) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    _rounds(office, opens_on=tomorrow, due_on=tomorrow)


def _closed_by_hand(office: Office) -> None:
    _rounds(office, closed_at=timezone.now(), closed_by=office.coordinator)


def _last_day_passed(office: Office) -> None:
    _rounds(office, closes_on=timezone.localdate() - datetime.timedelta(days=1))


def _with_document(state: str) -> Callable[[Office], None]:
    def lock(office: Office) -> None:
        _rounds(office)
        for reporting_round in ReportingRound.objects.filter(organisation=office.organisation):
            own = Document.objects.filter(round=reporting_round).order_by("-pk")
            document = own.first()
            if document is None:
                document = documents.compile_report(reporting_round, by=office.coordinator)
            if hasattr(document, "publication"):
                continue  # published already, which no other state follows
            own.filter(pk=document.pk).update(state=state)
            if state == DocumentState.PUBLISHED:
                _publish(document, office)

    return lock


def _publish(document: Document, office: Office) -> None:
    number = Publication.objects.filter(organisation=office.organisation).count() + 1
    Publication.objects.create(
        organisation=office.organisation,
        document=document,
        kind=document.kind,
        fiscal_year=document.fiscal_year,
        number=number,
        code=f"aaaa-{document.pk % 10_000:04d}",
        content={"memo": {"subject": document.subject}, "signoff": [], "measures": []},
        content_sha256="a" * 64,
        pdf="publications/none.pdf",
        pdf_sha256="a" * 64,
        hash=f"{document.pk:064d}",
        published_at=timezone.now(),
        published_by=office.coordinator,
    )


# What locks the entries of a round: the round's own state, or its document's.
LOCKED_ROUNDS: dict[str, Callable[[Office], None]] = {
    "not opened": _not_opened,
    "closed by hand": _closed_by_hand,
    "last day passed": _last_day_passed,
}
LOCKED_DOCUMENTS: dict[str, Callable[[Office], None]] = {
    state: _with_document(state)
    for state in DocumentState
    if state not in (DocumentState.DRAFT, DocumentState.RETURNED)
}
LOCKED = LOCKED_ROUNDS | LOCKED_DOCUMENTS
