"""Whether what was published is still what is stored: every hash and chain, computed anew."""

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Max
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.domain import events
from measures.domain.hashes import sha256_of
from measures.domain.publishing.publications import chain_hash
from measures.models import Event, EventVerb, Organisation, Publication

# Row and event of a publication are written in one transaction, one after the other.
SAME_MOMENT = datetime.timedelta(minutes=1)


class Aspect(models.TextChoices):
    """What is compared, in the words shown beside the result."""

    CONTENT = "content", _("เนื้อหาของเอกสาร")
    PDF = "pdf", _("ไฟล์ PDF")
    ARCHIVE = "archive", _("ไฟล์ PDF ถาวร")
    ROW = "row", _("รายการของฉบับนี้ในทะเบียน")
    LINK = "link", _("การต่อกับฉบับก่อนหน้า")
    NUMBERS = "numbers", _("ลำดับที่เผยแพร่ของหน่วยงาน")
    LOG = "log", _("บันทึกเหตุการณ์")


# What stands on its own for each publication; the rest is told of the organisation as a whole.
OF_ONE = (Aspect.CONTENT, Aspect.PDF, Aspect.ARCHIVE, Aspect.ROW, Aspect.LINK)


@dataclass(frozen=True)
class Fault:
    """One thing that does not match. ``code`` is empty where no single publication is meant."""

    aspect: Aspect
    text: str
    code: str = ""
    subject: str = ""

    def __str__(self) -> str:
        return f"{self.subject}: {self.text}" if self.subject else self.text


@dataclass(frozen=True)
class Check:
    """One aspect of a publication with what was found; sound where nothing was."""

    aspect: Aspect
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Verification:
    """What computing everything anew has shown of one publication and of what it hangs on."""

    code: str
    has_archive: bool
    position: int
    total: int
    faults: tuple[Fault, ...]

    def own_faults(self) -> list[Fault]:
        """Return the faults of this publication."""
        return [fault for fault in self.faults if fault.code == self.code]

    def other_faults(self) -> list[Fault]:
        """Return the faults elsewhere in the organisation's chain and log."""
        return [fault for fault in self.faults if fault.code != self.code]

    def checks(self) -> list[Check]:
        """Return every aspect that was compared, in order, with its faults."""
        return [
            Check(
                aspect,
                tuple(
                    fault
                    for fault in (self.own_faults() if aspect in OF_ONE else self.faults)
                    if fault.aspect == aspect
                ),
            )
            for aspect in Aspect
            if aspect != Aspect.ARCHIVE or self.has_archive
        ]


@dataclass(frozen=True)
class Lost:
    """A publication that the log knows although its row is gone."""

    code: str
    organisation: Organisation
    number: str
    hash: str
    published_at: datetime.datetime


def verify(organisation: Organisation) -> list[Fault]:
    """Recompute every hash and chain of an organisation; return the faults, first first."""
    return list(_faults_of(organisation))


def check(publication: Publication) -> Verification:
    """Recompute what vouches for one publication, and its organisation's chain and log.

    Content and files of the other publications are left out: each has its own page, and
    ``verify`` reads them all. So the cost grows with rows and events, never with files: 5,000
    events, the work of decades, take about 0.15 s. Nothing is cached; the answer is of this moment.
    """
    rows = Publication.objects.filter(organisation=publication.organisation)
    # Of a chain that lost its last row, the number still tells how long it was.
    total = max(rows.count(), rows.aggregate(last=Max("number"))["last"])
    return Verification(
        code=publication.code,
        has_archive=bool(publication.archive_sha256),
        position=publication.number,
        total=total,
        faults=tuple(_faults_of(publication.organisation, only=publication)),
    )


def lost(code: str) -> Lost | None:
    """Return what the log knows of a published code that has no row any more, or None."""
    if Publication.objects.filter(code=code).exists():
        return None
    event = (
        Event.objects.filter(verb=EventVerb.PUBLISHED, data__code=code)
        .select_related("organisation")
        .order_by("pk")
        .first()
    )
    if event is None or event.organisation is None:
        return None
    return Lost(
        code=code,
        organisation=event.organisation,
        number=_said(event, "number"),
        hash=_said(event, "hash"),
        published_at=event.at,
    )


def with_file(sha256: str) -> Publication | None:
    """Return the publication whose PDF or archive has this hash, or None."""
    files = models.Q(pdf_sha256=sha256) | models.Q(archive_sha256=sha256)
    found: Publication | None = Publication.objects.filter(files).order_by("pk").first()
    return found


def _faults_of(organisation: Organisation, *, only: Publication | None = None) -> Iterator[Fault]:
    yield from _faults_of_rows(organisation, only)
    yield from _faults_against_log(organisation)
    for text in events.breaks_of(organisation):
        yield Fault(Aspect.LOG, text)


def _faults_of_rows(organisation: Organisation, only: Publication | None) -> Iterator[Fault]:
    """Yield the faults of the chain, and of contents and files: of ``only``, or of all."""
    previous_hash = ""
    expected = 1
    rows = Publication.objects.filter(organisation=organisation).order_by("number")
    if only is not None:
        rows = rows.defer("content")
    for row in rows.iterator(chunk_size=50):
        row.organisation = organisation
        name = f"เอกสารเผยแพร่ลำดับที่ {row.number} ({row.code})"
        if row.number != expected:
            yield Fault(Aspect.NUMBERS, f"เอกสารเผยแพร่ลำดับที่ {expected} หายไป")
        if only is None or row.pk == only.pk:
            for aspect, text in _faults_of_stored(only or row):
                yield Fault(aspect, text, row.code, name)
        if row.previous_hash != previous_hash:
            yield Fault(Aspect.LINK, "ไม่ต่อกับฉบับก่อนหน้า", row.code, name)
        if chain_hash(row) != row.hash:
            yield Fault(Aspect.ROW, "ค่าแฮชของฉบับไม่ถูกต้อง", row.code, name)
        previous_hash = row.hash
        expected = row.number + 1


def _faults_of_stored(publication: Publication) -> Iterator[tuple[Aspect, str]]:
    if _content_hash(publication) != publication.content_sha256:
        yield Aspect.CONTENT, "เนื้อหาไม่ตรงกับค่าแฮช"
    elif not _tells_the_same(publication):
        yield Aspect.ROW, "ข้อมูลในทะเบียนไม่ตรงกับเนื้อหา"
    yield from _faults_of_file(Aspect.PDF, publication.pdf, publication.pdf_sha256)
    if publication.archive_sha256:
        yield from _faults_of_file(Aspect.ARCHIVE, publication.archive, publication.archive_sha256)


def _content_hash(publication: Publication) -> str:
    """Return the hash of the content as stored; of text that is no text, none that could match."""
    try:
        return sha256_of(publication.content)
    except ValueError:  # half a character, say: forged content need not be sound Unicode
        return ""


def _tells_the_same(publication: Publication) -> bool:
    """Return whether the row's columns, which no hash covers, say what the content says."""
    content: dict[str, Any] = publication.content
    published_on = timezone.localdate(publication.published_at).isoformat()
    try:
        stamp = content.get("publication") or {
            "code": publication.code,
            "published_on": published_on,
        }
        said = (
            content["kind"],
            content["fiscal_year"],
            content["round"]["months"] if content["round"] else None,
            content.get("template_version") or "",
            stamp["code"],
            stamp["published_on"],
        )
    except (AttributeError, KeyError, TypeError):  # forged together with its hash
        return False
    return said == (
        publication.kind,
        publication.fiscal_year,
        publication.round_months,
        publication.template_version,
        publication.code,
        published_on,
    )


def _faults_of_file(
    aspect: Aspect, field: FieldFile, expected: str
) -> Iterator[tuple[Aspect, str]]:
    digest = hashlib.sha256()
    try:
        with field.open("rb") as file:
            for chunk in file.chunks():
                digest.update(chunk)
    except (OSError, ValueError):
        yield aspect, f"ไม่พบ{aspect.label}"
        return
    if digest.hexdigest() != expected:
        yield aspect, f"{aspect.label} ไม่ตรงกับค่าแฮช"


def _published_in_log(organisation: Organisation) -> dict[str, Event]:
    """Return the events of publishing by the hash that they name, in the order of the log."""
    published = Event.objects.filter(organisation=organisation, verb=EventVerb.PUBLISHED)
    return {_said(event, "hash"): event for event in published.order_by("sequence")}


def _said(event: Event, key: str) -> str:
    """Return what an event says; a forged one may hold anything, or nothing."""
    data = event.data if isinstance(event.data, dict) else {}
    return str(data.get(key) or "")


def _faults_against_log(organisation: Organisation) -> Iterator[Fault]:
    """Yield where the log and the table tell of different publications, or differently of one."""
    logged = _published_in_log(organisation)
    rows = Publication.objects.filter(organisation=organisation).order_by("number")
    stored = {row.hash: row for row in rows.defer("content").select_related("supersedes")}
    for row_hash, event in logged.items():
        code = _said(event, "code")
        if row_hash not in stored:
            text = f"เอกสารเผยแพร่ {code} มีในบันทึกเหตุการณ์ แต่ไม่พบในทะเบียน"
            yield Fault(Aspect.LOG, text, code)
    if stored.keys() - logged.keys():  # published between the two readings, perhaps
        logged |= _published_in_log(organisation)
    for row_hash, row in stored.items():
        if row_hash not in logged:
            text = f"เอกสารเผยแพร่ {row.code} ไม่มีในบันทึกเหตุการณ์"
            yield Fault(Aspect.LOG, text, row.code)
        elif not _logged_as(row, logged[row_hash]):
            text = f"เอกสารเผยแพร่ {row.code} มีวันเวลาหรือฉบับที่แทนไม่ตรงกับบันทึกเหตุการณ์"
            yield Fault(Aspect.LOG, text, row.code)


def _logged_as(row: Publication, event: Event) -> bool:
    superseded = row.supersedes.code if row.supersedes else ""
    is_same_moment = abs(event.at - row.published_at) < SAME_MOMENT
    return is_same_moment and _said(event, "supersedes") == superseded
