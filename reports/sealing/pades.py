"""PAdES by pyHanko: the signature that is a seal, made and read.

Imported where it is used (see ``seals``): pyHanko takes most of a second to load.
"""

import functools
import io
from typing import Any

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from reports.sealing.keys import SealKey, name_in
from reports.sealing.results import SealError, SealReport

FIELD = "Seal"
# Shown by PDF readers in their panel of signatures.
FIELD_LABEL = "ตราประทับอิเล็กทรอนิกส์"
REASON = "รับรองว่าเอกสารนี้เผยแพร่โดยหน่วยงานและไม่มีการแก้ไขหลังประทับตรา"
TIMESTAMP_TIMEOUT = 10  # seconds; somebody waits for the page


class _Writer(IncrementalPdfFileWriter):
    """Appends to a file and leaves its description alone.

    pyHanko would write itself into Producer and rewrite the XMP packet, which for PDF/A must agree
    with the document information; a seal adds a signature and nothing else.
    """

    def _update_meta(self) -> None:
        pass


class _TimeStamper(HTTPTimeStamper):
    """Asks the time stamp server; whatever goes wrong there becomes one error for people."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """Return the server's token; raises SealError."""
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except Exception as error:  # a stranger's answer: it can break the parser in any way
            raise SealError(
                _(
                    "เซิร์ฟเวอร์ประทับเวลาไม่ตอบหรือตอบไม่ถูกต้อง โปรดลองเผยแพร่อีกครั้งภายหลัง "
                    "หากยังไม่ได้ให้แจ้งผู้ดูแลระบบตรวจค่า SEAL_TIMESTAMP_ADDRESS"
                )
            ) from error


def sign(pdf: bytes, *, key: SealKey, timestamp_address: str) -> bytes:
    """Return the file with a certifying signature appended; raises SealError without time stamp.

    PAdES level B-B, or B-T with a time stamp; shows nothing on the page; allows no change to the
    file (ETSI EN 319 142-1; ISO 32000-1 §12.8.2.2, DocMDP 1).
    """
    sealer = PdfSigner(
        PdfSignatureMetadata(
            field_name=FIELD,
            reason=REASON,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        ),
        key.signer,
        timestamper=_time_stamper(timestamp_address) if timestamp_address else None,
        # Printable, as PDF/A wants every annotation, and outside the page, as PDF/UA wants those
        # that are not part of the text.
        new_field_spec=SigFieldSpec(
            FIELD,
            readable_field_name=FIELD_LABEL,
            invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
        ),
    )
    sealed: bytes = sealer.sign_pdf(_Writer(io.BytesIO(pdf))).getvalue()
    return sealed


@functools.cache
def _time_stamper(address: str) -> _TimeStamper:
    """Return the client of one server; kept, for its first answer tells it what size to expect."""
    return _TimeStamper(address, timeout=TIMESTAMP_TIMEOUT)


def read(pdf: bytes) -> SealReport:
    """Return what the file's first signature says; raises whatever a damaged file does to a parser.

    The first certifies the file; one put on top of it would be a change.
    """
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures[0]
    status = validate_pdf_signature(
        signature, ValidationContext(trust_roots=[], allow_fetching=False), skip_diff=True
    )
    stamp = status.timestamp_validity
    certificate = signature.signer_cert
    return SealReport(
        sealed_by=name_in(certificate.subject),
        issued_by=name_in(certificate.issuer),
        is_self_issued=certificate.subject == certificate.issuer,
        stamped_at=stamp.timestamp if stamp and stamp.intact and stamp.valid else None,
        is_intact=status.intact and status.valid,
        covers_whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    )
