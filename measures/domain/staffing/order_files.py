"""The order behind an acting holding: a PDF, kept unaltered under its hash."""

from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from measures.domain import files
from measures.domain.errors import Invalid
from measures.domain.filing.evidence_files import pages_of_pdf
from measures.domain.hashes import sha256_of
from measures.models import Organisation

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class KeptOrder:
    """Where an order lies, and the hash of its bytes; both empty where there is none."""

    path: str = ""
    sha256: str = ""


def keep(upload: "File[bytes]", organisation: Organisation) -> KeptOrder:
    """Store the order's bytes as they came. Raises Invalid for what is no readable PDF."""
    if upload.size > settings.EVIDENCE_MAX_BYTES:
        raise Invalid(
            _("ไฟล์คำสั่งมีขนาด %(size)s MB เกินกำหนด %(most)s MB โปรดสแกนใหม่ให้เล็กลง")
            % {
                "size": -(-upload.size // MEGABYTE),
                "most": settings.EVIDENCE_MAX_BYTES // MEGABYTE,
            }
        )
    upload.seek(0)
    data = upload.read()
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise Invalid(_("ไฟล์คำสั่งต้องเป็น PDF โปรดสแกนหรือบันทึกคำสั่งเป็น PDF แล้วแนบใหม่"))
    pages_of_pdf(data)
    digest = sha256_of(data)
    path = f"orders/{organisation.slug}/{digest[:2]}/{digest}.pdf"
    return KeptOrder(files.keep(path, data), digest)
