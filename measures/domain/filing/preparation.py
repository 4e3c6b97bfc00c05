"""What happens to a file once it is stored: it is scanned, and a photograph gets its copies."""

import datetime
import logging
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from measures import notifications
from measures.domain import events, files
from measures.domain.errors import Invalid
from measures.domain.filing import photographs, scanning
from measures.domain.filing.evidence_files import is_withheld
from measures.models import (
    EventVerb,
    Evidence,
    EvidenceKind,
    NoticeKind,
    Preparation,
    ProgressEntry,
    ScanVerdict,
)

logger = logging.getLogger(__name__)

# What the copies of a photograph leave in its row; the same for the same bytes.
COPIED_FIELDS = ("small", "derived", "large", "width", "height", "perceptual_hash")


def ask_for(evidence: Evidence) -> None:
    """Let a worker prepare this file once the transaction is stored; without workers, then."""
    if evidence.preparation == Preparation.WAITING or scanning.is_configured():
        number = evidence.pk
        transaction.on_commit(lambda: prepare_file.enqueue(number))


@task()
def prepare_file(number: int) -> None:
    """Prepare the file of the evidence of this number."""
    prepare(Evidence.objects.select_related("entry__measure__organisation").get(pk=number))


def unprepared() -> "Iterable[Evidence]":
    """Yield the files that still wait: for their copies after a crash, or for the scanner."""
    waiting = Q(preparation__in=[Preparation.WAITING, Preparation.FAILED])
    if scanning.is_configured():
        waiting |= Q(scan_verdict=ScanVerdict.NOT_SCANNED)
    return (
        Evidence.objects.current()
        .filter(waiting)
        .exclude(kind=EvidenceKind.LINK)
        .exclude(scan_verdict=ScanVerdict.INFECTED)
        .select_related("entry__measure__organisation")
        .order_by("pk")
        .iterator(chunk_size=100)
    )


def prepare(evidence: Evidence, *, now: datetime.datetime | None = None) -> Evidence:
    """Scan the file, then make the copies of a photograph; return the evidence as it is then.

    Twice changes nothing. A file with a virus is logged, withheld, and gets no copies. Where the
    scanner does not answer the file stays not scanned and is prepared all the same: the copies are
    pixels alone. What goes wrong with the copies is noted in the row, told to who added the file,
    and raised for the log.
    """
    if not is_unprepared(evidence):
        return evidence
    try:
        with default_storage.open(str(evidence.original.name)) as original:
            data = original.read()
        _scan(evidence, data, now)
        if evidence.kind == EvidenceKind.PHOTO and not is_withheld(evidence):
            _make_copies(evidence, data)
    except Exception as error:
        _note_failure(evidence, now)
        if isinstance(error, Invalid):  # told to the person; nothing for the log
            return evidence
        raise
    return evidence


def is_unprepared(evidence: Evidence) -> bool:
    """Return whether copies are missing, or a scan that could be had."""
    if evidence.kind == EvidenceKind.LINK or is_withheld(evidence):
        return False
    return evidence.preparation != Preparation.READY or _is_to_scan(evidence)


def _is_to_scan(evidence: Evidence) -> bool:
    return scanning.is_configured() and evidence.scan_verdict == ScanVerdict.NOT_SCANNED


def _scan(evidence: Evidence, data: bytes, now: datetime.datetime | None) -> None:
    if not _is_to_scan(evidence):
        return
    try:
        virus = scanning.virus_in(data)
    except scanning.ScannerUnavailable as problem:
        logger.warning("Evidence %s stays not scanned: %s", evidence.pk, problem)
        return
    evidence.scan_verdict = ScanVerdict.INFECTED if virus else ScanVerdict.CLEAN
    evidence.scanned_at = now or timezone.now()
    with transaction.atomic():
        is_new = Evidence.objects.filter(
            pk=evidence.pk, scan_verdict=ScanVerdict.NOT_SCANNED
        ).update(scan_verdict=evidence.scan_verdict, scanned_at=evidence.scanned_at)
        if virus and is_new:
            events.record(
                EventVerb.EVIDENCE_SCANNED,
                evidence,
                by=None,
                organisation=evidence.entry.measure.organisation,
                data={
                    "verdict": evidence.scan_verdict,
                    "virus": virus,
                    "sha256": evidence.sha256,
                },
                now=now,
            )
            _tell(evidence, now)


def _make_copies(evidence: Evidence, data: bytes) -> None:
    if evidence.preparation == Preparation.READY:
        return
    copies = photographs.copies_of(data)
    stem = PurePosixPath(str(evidence.original.name)).with_suffix("")
    evidence.small.name = files.keep(f"{stem}-{photographs.SMALL_EDGE}.jpg", copies.small)
    evidence.derived.name = files.keep(f"{stem}-{photographs.DERIVED_EDGE}.jpg", copies.derived)
    evidence.large.name = files.keep(f"{stem}-{photographs.LARGE_EDGE}.jpg", copies.large)
    evidence.width, evidence.height = copies.width, copies.height
    evidence.perceptual_hash = copies.perceptual_hash
    evidence.preparation = Preparation.READY
    evidence.save(update_fields=[*COPIED_FIELDS, "preparation"])


def _note_failure(evidence: Evidence, now: datetime.datetime | None) -> None:
    is_waiting = Q(pk=evidence.pk, kind=EvidenceKind.PHOTO) & ~Q(preparation=Preparation.READY)
    with transaction.atomic():
        if Evidence.objects.filter(is_waiting).update(preparation=Preparation.FAILED):
            evidence.preparation = Preparation.FAILED
            _tell(evidence, now)


def _tell(evidence: Evidence, now: datetime.datetime | None) -> None:
    """Tell who added the file what is wrong with it and what to do."""
    entry = evidence.entry
    occasion = evidence.scan_verdict if is_withheld(evidence) else evidence.preparation
    notifications.tell(
        [evidence.added_by],
        organisation=entry.measure.organisation,
        kind=NoticeKind.EVIDENCE_PROBLEM,
        key=f"evidence-{evidence.pk}-{occasion}",
        subject=_("หลักฐานมีปัญหา: %(caption)s") % {"caption": evidence.caption},
        body=_("มาตรการที่ %(number)s %(measure)s\n%(obstacle)s")
        % {
            "number": entry.measure.number,
            "measure": entry.measure.title,
            "obstacle": obstacle_of(evidence),
        },
        path=reverse("desk:entry", args=[entry.pk]) + "#evidence",
        now=now,
    )


def obstacle_of(evidence: Evidence) -> str:
    """Return in Thai why no document can be sent with this piece, and what to do; "" if it can."""
    if is_withheld(evidence):
        return _("ไฟล์ “%(caption)s” พบไวรัส โปรดนำออก แล้วแนบไฟล์ที่ปลอดภัยแทน") % {
            "caption": evidence.caption
        }
    if evidence.preparation == Preparation.FAILED:
        return _("ภาพ “%(caption)s” เตรียมไม่สำเร็จ โปรดนำออก แล้วถ่ายหรือแนบใหม่") % {
            "caption": evidence.caption
        }
    if evidence.preparation == Preparation.WAITING:
        return _("ภาพ “%(caption)s” ยังเตรียมไม่เสร็จ โปรดรอสักครู่แล้วเปิดหน้านี้ใหม่") % {
            "caption": evidence.caption
        }
    return ""


def obstacles_in(entries: Iterable[ProgressEntry]) -> list[str]:
    """Return the obstacles among the evidence of these entries, each naming its measure.

    Give entries with evidence, measure and division loaded (``progress.entries_of``).
    """
    return [
        _("มาตรการที่ %(number)s %(division)s: %(obstacle)s")
        % {
            "number": entry.measure.number,
            "division": entry.division.name,
            "obstacle": obstacle,
        }
        for entry in entries
        for piece in entry.evidence.all()
        if piece.removed_at is None and (obstacle := obstacle_of(piece))
    ]
