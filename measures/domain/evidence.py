"""Taking in evidence: by what a file is, not by its name; originals kept, copies shown."""

import datetime
import io
import struct
import warnings
from dataclasses import dataclass
from urllib.parse import urlsplit

import pikepdf
import pillow_heif
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from measures.domain import events, files
from measures.domain.errors import Invalid
from measures.domain.hashes import sha256_of
from measures.domain.progress import entry_to_change
from measures.domain.texts import cleaned
from measures.models import EventVerb, Evidence, EvidenceKind, ProgressEntry, User

pillow_heif.register_heif_opener()

PHOTO_FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}
# A JPEG with further pictures behind the first (depth, preview), as some phones write them.
EXTENSIONS = {**PHOTO_FORMATS, "MPO": "jpg"}
# What Pillow raises for damaged pixels, and for EXIF that it cannot write back when turning.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, TypeError, struct.error)
DERIVED_EDGE = 1600  # pixels of the longer side: sharp on paper at 12 cm and 300 dpi
DERIVED_QUALITY = 82  # of JPEG
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class _Examined:
    """What a file turned out to be."""

    kind: EvidenceKind
    extension: str
    derived: bytes = b""
    width: int | None = None
    height: int | None = None
    pages: int | None = None


def _examine(data: bytes) -> _Examined:
    """Return what these bytes are, or raise Invalid naming what is wrong with them."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _examine_pdf(data)
    return _examine_photo(data)


def _examine_pdf(data: bytes) -> _Examined:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise Invalid(_("ไฟล์ PDF นี้ติดรหัสผ่าน โปรดบันทึกเป็นไฟล์ที่ไม่ติดรหัสแล้วแนบใหม่")) from error
    except pikepdf.PikepdfError as error:
        raise Invalid(_("ไฟล์ PDF นี้เสียหาย เปิดอ่านไม่ได้ โปรดบันทึกหรือสแกนใหม่แล้วแนบอีกครั้ง")) from error
    if not 1 <= pages <= settings.EVIDENCE_MAX_PAGES:
        raise Invalid(
            _("ไฟล์ PDF นี้มี %(pages)s หน้า แนบได้ 1 ถึง %(most)s หน้า โปรดแยกไฟล์")
            % {"pages": pages, "most": settings.EVIDENCE_MAX_PAGES}
        )
    return _Examined(EvidenceKind.PDF, "pdf", pages=pages)


def _examine_photo(data: bytes) -> _Examined:
    # WeasyPrint, once imported, lets the whole process read half a picture; evidence is whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a bomb up to twice its limit; to us it is refused at once.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # EXIF in disorder is left behind with the rest of it.
            warnings.simplefilter("ignore", UserWarning)
            image = Image.open(io.BytesIO(data), formats=list(PHOTO_FORMATS))
            width, height = image.size
            if width * height > settings.EVIDENCE_MAX_PIXELS:
                raise Image.DecompressionBombError
            extension = EXTENSIONS[str(image.format)]
            upright = on_white(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid(
            _("ภาพนี้มีจุดภาพมากเกินไป รับได้ไม่เกิน %(most)s ล้านจุด โปรดย่อภาพแล้วแนบใหม่")
            % {"most": settings.EVIDENCE_MAX_PIXELS // 1_000_000}
        ) from error
    except UnidentifiedImageError as error:
        raise Invalid(
            _("ไฟล์นี้ไม่ใช่ภาพถ่าย (JPEG, PNG, WebP, HEIC) หรือ PDF แม้ชื่อไฟล์จะลงท้ายเช่นนั้น โปรดเลือกไฟล์อื่น")
        ) from error
    except BROKEN as error:
        raise Invalid(_("ไฟล์ภาพนี้ไม่สมบูรณ์หรือเสียหาย โปรดถ่ายหรือส่งใหม่อีกครั้ง")) from error
    upright.thumbnail((DERIVED_EDGE, DERIVED_EDGE), Image.Resampling.LANCZOS)
    output = io.BytesIO()
    # A new file from pixels alone: EXIF, GPS and thumbnails of the original stay behind.
    upright.save(output, "JPEG", quality=DERIVED_QUALITY, optimize=True)
    return _Examined(
        EvidenceKind.PHOTO,
        extension,
        derived=output.getvalue(),
        width=upright.width,
        height=upright.height,
    )


def on_white(image: Image.Image) -> Image.Image:
    """Return the picture without transparency: black letters on nothing stay readable."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _log(verb: EventVerb, evidence: Evidence, by: User, now: datetime.datetime | None) -> None:
    events.record(
        verb,
        evidence,
        by=by,
        organisation=evidence.entry.measure.organisation,
        data={"kind": evidence.kind, "sha256": evidence.sha256, "url": evidence.url},
        now=now,
    )


@transaction.atomic
def attach_file(
    entry: ProgressEntry,
    *,
    by: User,
    upload: "File[bytes]",
    caption: str,
    now: datetime.datetime | None = None,
) -> Evidence:
    """Keep a photograph or PDF as evidence of this entry and return it.

    The original is stored unaltered under its SHA-256; of a photograph an upright JPEG copy of at
    most 1600 pixels without EXIF is made for screen and paper. The same file attached twice to
    one entry is returned as it is. Raises Invalid for anything that is neither, is broken, or is
    over the limits of the settings.
    """
    entry = entry_to_change(entry, by)
    caption = cleaned(caption, label=_("คำบรรยายหลักฐาน"), required=True, longest=300)
    if upload.size > settings.EVIDENCE_MAX_BYTES:
        raise Invalid(
            _("ไฟล์มีขนาด %(size)s MB เกินกำหนด %(most)s MB โปรดย่อไฟล์หรือแนบเป็นลิงก์")
            % {
                "size": -(-upload.size // MEGABYTE),
                "most": settings.EVIDENCE_MAX_BYTES // MEGABYTE,
            }
        )
    upload.seek(0)
    data = upload.read()
    if not data:
        raise Invalid(_("ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่"))
    examined = _examine(data)
    digest = sha256_of(data)
    twin = Evidence.objects.current().filter(entry=entry, sha256=digest).first()
    if twin is not None:
        return twin
    folder = f"evidence/{entry.measure.organisation.slug}/{digest[:2]}/{digest}"
    evidence = Evidence.objects.create(
        entry=entry,
        kind=examined.kind,
        caption=caption,
        original=files.keep(f"{folder}.{examined.extension}", data),
        derived=files.keep(f"{folder}-shown.jpg", examined.derived) if examined.derived else "",
        sha256=digest,
        size=len(data),
        width=examined.width,
        height=examined.height,
        pages=examined.pages,
        added_at=now or timezone.now(),
        added_by=by,
    )
    _log(EventVerb.EVIDENCE_ADDED, evidence, by, now)
    return evidence


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
