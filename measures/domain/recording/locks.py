"""What is locked, by which rule, since when, and who can lift it."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.translation import gettext as _

from ita_portal.thai.dates import date_time, full_date
from measures.domain.errors import Locked
from measures.models import (
    Document,
    DocumentState,
    LatePermit,
    Organisation,
    ProgressEntry,
    ReportingRound,
    User,
)
from measures.models.documents import EDITABLE_STATES, DocumentQuerySet


@dataclass(frozen=True)
class Lock:
    """Why a record cannot be changed. All three texts are Thai, ready to be shown.

    ``is_amendable``: a coordinator can change it all the same, with a reason that is logged.
    """

    rule: str
    since: str
    lifted_by: str
    is_amendable: bool = False

    def sentence(self) -> str:
        """Return the three as one sentence."""
        return " ".join(part for part in (self.rule, self.since, self.lifted_by) if part)


def _since(moment: datetime.datetime) -> str:
    return _("ตั้งแต่ %(moment)s") % {"moment": date_time(moment)}


def _lock_of_documents(documents: DocumentQuerySet) -> Lock | None:
    """Return the lock that the newest of these documents puts on what it reports."""
    document = documents.order_by("-pk").first()
    if document is None or document.state in EDITABLE_STATES:
        return None
    if document.state == DocumentState.PUBLISHED:
        return Lock(
            rule=_("เผยแพร่เป็นเอกสารแล้ว จึงแก้ไขไม่ได้"),
            since=_since(document.publication.published_at),
            lifted_by=_("ผู้ประสานงานเปิดได้โดยจัดทำฉบับแก้ไข"),
        )
    lifted_by = {
        DocumentState.IN_SIGNOFF: _("ผู้ประสานงานเรียกคืนได้ก่อนมีผู้ลงนาม หรือผู้พิจารณาส่งกลับแก้ไข"),
        DocumentState.REFUSED: _("ผู้ประสานงานนำเอกสารกลับมาแก้ไขได้โดยระบุเหตุผล"),
        DocumentState.APPROVED: _("ผู้ประสานงานนำเอกสารกลับมาแก้ไขได้โดยระบุเหตุผล"),
    }
    state = DocumentState(document.state)
    return Lock(
        rule=_("เอกสารของรอบนี้มีสถานะ “%(state)s” จึงแก้ไขไม่ได้") % {"state": state.label},
        since=_since(document.updated_at),
        lifted_by=lifted_by[state],
    )


def lock_of_report(reporting_round: ReportingRound, on: datetime.date | None = None) -> Lock | None:
    """Return what keeps this round's report from being compiled, or None.

    Not opened yet, or its document has left the desk. A closed round can be compiled: closing is
    how a coordinator says that the entries are all in.
    """
    if not reporting_round.has_opened(on):
        return Lock(
            rule=_("รอบการรายงานยังไม่เปิด"),
            since=_("จะเปิดวันที่ %(day)s") % {"day": full_date(reporting_round.opens_on)},
            lifted_by=_("ผู้ประสานงานเปลี่ยนวันเปิดรอบได้"),
        )
    return _lock_of_documents(Document.objects.filter(round=reporting_round))


def lock_of_round(reporting_round: ReportingRound, on: datetime.date | None = None) -> Lock | None:
    """Return what locks the entries of this round, or None while they may be changed.

    What locks its report, or that the coordinator has closed it.
    """
    return lock_of_report(reporting_round, on) or _lock_of_closing(reporting_round, on)


def _lock_of_closing(
    reporting_round: ReportingRound, on: datetime.date | None = None
) -> Lock | None:
    """Return the lock of a round that was closed, or whose last day has passed."""
    if not reporting_round.is_closed() and not reporting_round.has_passed_its_last_day(on):
        return None
    if _is_being_corrected(Document.objects.filter(round=reporting_round)):
        return None
    if reporting_round.closed_at is not None:
        return Lock(
            rule=_("ปิดรอบการรายงานแล้ว"),
            since=_since(reporting_round.closed_at),
            lifted_by=_("ผู้ประสานงานเปิดรอบอีกครั้ง หรืออนุญาตให้รายงานล่าช้าเป็นรายการได้ โดยระบุเหตุผล"),
        )
    assert reporting_round.closes_on is not None  # asked above
    return Lock(
        rule=_("พ้นวันสุดท้ายที่รับรายงานแล้ว"),
        since=_("รับถึงวันที่ %(day)s") % {"day": full_date(reporting_round.closes_on)},
        lifted_by=_("ผู้ประสานงานเลื่อนวันปิด หรืออนุญาตให้รายงานล่าช้าเป็นรายการได้ โดยระบุเหตุผล"),
    )


def lock_of_entry(
    entry: ProgressEntry, *, by: User | None = None, on: datetime.date | None = None
) -> Lock | None:
    """Return what keeps this entry from being changed by ``by``, or None.

    What locks its round, unless ``by`` has leave to report after the round has closed. Leave
    opens nothing that a document has locked.
    """
    lock = lock_of_report(entry.round, on)
    if lock is not None:
        return lock
    lock = _lock_of_closing(entry.round, on)
    return None if lock is None or late_permit_of(entry, by=by, on=on) is not None else lock


def late_permit_of(
    entry: ProgressEntry, *, by: User | None, on: datetime.date | None = None
) -> LatePermit | None:
    """Return the leave that ``by`` uses when recording in a closed round; None where there is none.

    A round that takes entries needs none.
    """
    if by is None or _lock_of_closing(entry.round, on) is None:
        return None
    permits = LatePermit.objects.in_force(on).filter(entry=entry)
    return permits.filter(Q(person=None) | Q(person=by)).order_by("-pk").first()


def _is_being_corrected(documents: DocumentQuerySet) -> bool:
    """Return whether a correction of one of these is being written: it opens what they report."""
    return documents.filter(state__in=EDITABLE_STATES, corrects__isnull=False).exists()


def lock_of_plan(organisation: Organisation, fiscal_year: int) -> Lock | None:
    """Return what locks the measures of this year, or None while they may be changed.

    A draft of another round opens nothing: what is published is opened by a correction of it (or
    changed by an amendment), and what is being signed by its own way back.
    """
    documents = Document.objects.filter(organisation=organisation, fiscal_year=fiscal_year)
    under_way = documents.exclude(state__in=(*EDITABLE_STATES, DocumentState.PUBLISHED))
    lock = _lock_of_documents(under_way)
    if lock is not None or _is_being_corrected(documents):
        return lock
    lock = _lock_of_documents(documents.filter(state=DocumentState.PUBLISHED))
    if lock is None:
        return None
    return replace(
        lock,
        lifted_by=_("ผู้ประสานงานแก้ไขมาตรการได้โดยระบุเหตุผล ซึ่งบันทึกไว้เป็นการแก้ไขแผนหลังลงนาม"),
        is_amendable=True,
    )


def refuse_when_locked(lock: Lock | None) -> None:
    """Raise Locked where there is a lock."""
    if lock is not None:
        raise Locked(lock)
