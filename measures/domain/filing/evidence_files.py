"""What a file of evidence is: found out from its content, never from its name."""

import io
import threading
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
import pypdfium2
from django.conf import settings
from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.domain.filing import office_files, photographs
from measures.models import Evidence, EvidenceKind, ScanVerdict

# PDFium keeps its state for the whole process: one thread at a time.
PDFIUM = threading.Lock()

# By the end of a stored name, which this module chose by the content.
CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a browser shows by itself; the others are handed over to be saved.
SHOWN_BY_BROWSERS = {EvidenceKind.PHOTO, EvidenceKind.PDF}


@dataclass(frozen=True)
class Examined:
    """What a file turned out to be."""

    kind: EvidenceKind
    extension: str
    pages: int | None = None
    text: str = ""
    is_scan: bool = False


def examine(data: bytes) -> Examined:
    """Return what these bytes are, or raise Invalid naming what is wrong with them."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _examine_pdf(data)
    if data.startswith((office_files.ZIP, office_files.OLE)):
        office = office_files.examine(data)
        return Examined(office.kind, office_files.EXTENSIONS[office.kind], text=_kept(office.text))
    return Examined(EvidenceKind.PHOTO, photographs.extension_of(data))


def is_withheld(evidence: Evidence) -> bool:
    """Return whether the file is neither shown nor printed: a virus was found in it."""
    return evidence.scan_verdict == ScanVerdict.INFECTED


def infected_among(hashes: Iterable[str]) -> set[str]:
    """Return which of these files (by SHA-256) a virus was found in, whoever attached them."""
    infected = Evidence.objects.filter(scan_verdict=ScanVerdict.INFECTED, sha256__in=set(hashes))
    return set(infected.values_list("sha256", flat=True))


def shown_file(evidence: Evidence) -> str:
    """Return the path of what is shown, printed and published of a file; "" where nothing is.

    Of a photograph that is only ever the copy: the original tells where it was taken.
    """
    if is_withheld(evidence):
        return ""
    if evidence.kind == EvidenceKind.PHOTO:
        return evidence.derived.name or ""
    return evidence.original.name or ""


def _examine_pdf(data: bytes) -> Examined:
    pages = pages_of_pdf(data)
    text = _text_of_pdf(data)
    return Examined(EvidenceKind.PDF, "pdf", pages=pages, text=text, is_scan=not text)


def pages_of_pdf(data: bytes) -> int:
    """Return how many pages a PDF has; raise Invalid for one that is locked, broken or too long."""
    try:
        # A file that only restricts printing or changing opens with the empty password.
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise Invalid(_("ไฟล์ PDF นี้ติดรหัสผ่าน โปรดบันทึกเป็นไฟล์ที่ไม่ติดรหัสแล้วแนบใหม่")) from error
    except pikepdf.PikepdfError as error:
        if "encryption" in str(error) or "security handler" in str(error):
            raise Invalid(
                _("ไฟล์ PDF นี้เข้ารหัสไว้ด้วยวิธีที่เปิดอ่านไม่ได้ โปรดพิมพ์หรือบันทึกเป็น PDF ที่ไม่เข้ารหัสแล้วแนบใหม่")
            ) from error
        raise Invalid(_("ไฟล์ PDF นี้เสียหาย เปิดอ่านไม่ได้ โปรดบันทึกหรือสแกนใหม่แล้วแนบอีกครั้ง")) from error
    if not 1 <= pages <= settings.EVIDENCE_MAX_PAGES:
        raise Invalid(
            _("ไฟล์ PDF นี้มี %(pages)s หน้า แนบได้ 1 ถึง %(most)s หน้า โปรดแยกไฟล์")
            % {"pages": pages, "most": settings.EVIDENCE_MAX_PAGES}
        )
    return pages


def _text_of_pdf(data: bytes) -> str:
    """Return the text of a PDF up to the limit of the settings; "" where none can be read."""
    pieces: list[str] = []
    left = settings.EVIDENCE_MAX_TEXT
    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return ""
        try:
            for number in range(len(pdf)):
                piece = _text_of_page(pdf, number)[:left]
                left -= len(piece)
                pieces.append(piece)
                if left <= 0:
                    break
        finally:
            pdf.close()
    return _kept("\n".join(pieces))


def _text_of_page(pdf: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = pdf[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return ""  # a broken page among good ones
    text: str = text_page.get_text_bounded()
    text_page.close()
    page.close()
    return text


def _kept(text: str) -> str:
    """Return the text without what no database takes: NUL, and halves of characters."""
    whole = text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
    return whole.replace("\r\n", "\n").strip()
