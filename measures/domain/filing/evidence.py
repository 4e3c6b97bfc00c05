"""Taking in evidence and taking it out: originals kept to the byte, files and links."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events, files
from measures.domain.errors import Invalid
from measures.domain.filing import links, preparation
from measures.domain.filing.evidence_files import Examined, examine
from measures.domain.hashes import sha256_of
from measures.domain.recording.progress import entry_to_change
from measures.domain.texts import cleaned
from measures.models import (
    EventVerb,
    Evidence,
    EvidenceKind,
    Preparation,
    ProgressEntry,
    ScanVerdict,
    User,
)

MEGABYTE = 1024 * 1024


def _log(verb: EventVerb, evidence: Evidence, by: User, now: datetime.datetime | None) -> None:
    events.record(
        verb,
        evidence,
        by=by,
        organisation=evidence.entry.measure.organisation,
        data={
            "entry": evidence.entry_id,
            "kind": evidence.kind,
            "sha256": evidence.sha256,
            "url": evidence.url,
        },
        now=now,
    )


def attach_file(
    entry: ProgressEntry,
    *,
    by: User,
    upload: "File[bytes]",
    caption: str,
    now: datetime.datetime | None = None,
) -> Evidence:
    """Keep a photograph, PDF, Word or Excel file as evidence of this entry and return it.

    The original is stored unaltered under its SHA-256. It is scanned, and the copies of a
    photograph are made, once this is stored for good (``preparation``). The same file attached
    twice to one entry is returned as it is, so a lost answer can be asked for again. Raises
    Invalid for anything else, for what is broken, or over the limits of the settings.
    """
    permissions.can_record(by, entry).or_raise()
    caption = cleaned(caption, label=_("คำบรรยายหลักฐาน"), required=True, longest=300)
    data = _bytes_of(upload)
    # Before anything is held: reading a large file takes a second, and others want to save.
    examined = examine(data)
    with transaction.atomic():
        return _keep(entry, examined, data, by=by, caption=caption, now=now)


def _bytes_of(upload: "File[bytes]") -> bytes:
    if upload.size > settings.EVIDENCE_MAX_BYTES:
        raise Invalid(
            _("ไฟล์มีขนาด %(size)s MB เกินกำหนด %(most)s MB โปรดย่อไฟล์หรือแนบเป็นลิงก์")
            % {
                "size": -(-upload.size // MEGABYTE),
                "most": settings.EVIDENCE_MAX_BYTES // MEGABYTE,
            }
        )
    upload.seek(0)
    data: bytes = upload.read()
    if not data:
        raise Invalid(_("ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่"))
    return data


def _keep(
    entry: ProgressEntry,
    examined: Examined,
    data: bytes,
    *,
    by: User,
    caption: str,
    now: datetime.datetime | None,
) -> Evidence:
    entry = entry_to_change(entry, by)
    digest = sha256_of(data)
    twin = Evidence.objects.current().filter(entry=entry, sha256=digest).first()
    if twin is not None:
        return twin
    organisation = entry.measure.organisation
    same_bytes = Evidence.objects.filter(entry__measure__organisation=organisation, sha256=digest)
    if same_bytes.filter(scan_verdict=ScanVerdict.INFECTED).exists():
        raise Invalid(_("เคยตรวจพบไวรัสในไฟล์นี้ จึงแนบไม่ได้ โปรดใช้ไฟล์ต้นฉบับที่ปลอดภัย"))
    path = f"evidence/{organisation.slug}/{digest[:2]}/{digest}.{examined.extension}"
    evidence = Evidence(
        entry=entry,
        kind=examined.kind,
        caption=caption,
        original=files.keep(path, data),
        sha256=digest,
        size=len(data),
        pages=examined.pages,
        text=examined.text,
        is_scan=examined.is_scan,
        added_at=now or timezone.now(),
        added_by=by,
    )
    if examined.kind == EvidenceKind.PHOTO:
        _take_over_copies(evidence, same_bytes.filter(preparation=Preparation.READY).first())
    evidence.save()
    _log(EventVerb.EVIDENCE_ADDED, evidence, by, now)
    preparation.ask_for(evidence)
    return evidence


def _take_over_copies(evidence: Evidence, prepared: Evidence | None) -> None:
    """Use the copies that were made when the same bytes were attached elsewhere, or wait."""
    if prepared is None or not default_storage.exists(prepared.derived.name or ""):
        evidence.preparation = Preparation.WAITING
        return
    for field in preparation.COPIED_FIELDS:
        setattr(evidence, field, getattr(prepared, field))


@transaction.atomic
def attach_link(
    entry: ProgressEntry,
    *,
    by: User,
    url: str,
    caption: str,
    now: datetime.datetime | None = None,
) -> Evidence:
    """Keep a link as evidence. Only http and https; the same link twice is returned as it is."""
    entry = entry_to_change(entry, by)
    caption = cleaned(caption, label=_("คำบรรยายหลักฐาน"), required=True, longest=300)
    url = cleaned(url, label=_("ลิงก์"), required=True, longest=1000)
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError as error:
        raise Invalid(
            _("ลิงก์ไม่ถูกต้อง โปรดคัดลอกที่อยู่เว็บทั้งบรรทัด เช่น https://www.example.go.th/page")
        ) from error
    if urlsplit(url).username:
        raise Invalid(_("ลิงก์มีชื่อผู้ใช้หรือรหัสผ่านอยู่ โปรดใช้ลิงก์ที่ประชาชนเปิดได้"))
    twin = Evidence.objects.current().filter(entry=entry, url=url).first()
    if twin is not None:
        return twin
    evidence = Evidence.objects.create(
        entry=entry,
        kind=EvidenceKind.LINK,
        caption=caption,
        url=url,
        added_at=now or timezone.now(),
        added_by=by,
    )
    links.ask_for(evidence)
    _log(EventVerb.EVIDENCE_ADDED, evidence, by, now)
    return evidence


@transaction.atomic
def remove(evidence: Evidence, *, by: User, now: datetime.datetime | None = None) -> Evidence:
    """Take a piece of evidence out of its entry.

    The row and the original bytes stay, for what was published with them. Twice changes nothing.
    """
    entry_to_change(evidence.entry, by)
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if evidence.removed_at is not None:
        return evidence
    evidence.removed_at = now or timezone.now()
    evidence.removed_by = by
    evidence.save(update_fields=["removed_at", "removed_by"])
    _log(EventVerb.EVIDENCE_REMOVED, evidence, by, now)
    return evidence
