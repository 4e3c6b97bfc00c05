"""The keys that seal published files: where they lie, and whether they can be used today.

``SEAL_KEYS_FOLDER`` holds ``<slug>.p12`` for an organisation and ``install.p12`` for all others,
each with its password beside it in ``<name>.password`` (docs/decisions/0009).
"""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_portal.thai.dates import full_date
from reports.sealing.results import SealError

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

INSTALL = "install"  # the key of organisations without their own
SUFFIX = ".p12"

# RFC 5280 §4.2.1.3: a signature over data needs one of the two; content commitment was called
# non-repudiation. A certificate without the extension is not restricted.
SEALING_USES = {"digital_signature", "non_repudiation"}
LONGEST_NAME = 300  # characters; what a publication keeps


@dataclass(frozen=True)
class SealKey:
    """A key that was read with its password, and the certificate that names its holder."""

    file: Path
    signer: "SimpleSigner"
    holder: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    uses: frozenset[str] | None  # None: the certificate does not restrict them

    def or_raise(self) -> None:
        """Raise SealError unless the certificate allows sealing at this moment."""
        names = {
            "file": self.file.name,
            "start": full_date(self.starts_at),
            "end": full_date(self.ends_at),
        }
        if self.uses is not None and not self.uses & SEALING_USES:
            raise SealError(
                _("ใบรับรองใน %(file)s ไม่ได้ออกให้ใช้ลงลายมือชื่อดิจิทัล โปรดให้ผู้ดูแลระบบติดตั้งใบรับรองชนิดนั้น")
                % names
            )
        if timezone.now() < self.starts_at:
            raise SealError(
                _(
                    "ใบรับรองใน %(file)s เริ่มใช้ได้วันที่ %(start)s "
                    "โปรดให้ผู้ดูแลระบบตรวจนาฬิกาของเครื่องหรือติดตั้งใบรับรองที่ใช้ได้แล้ว"
                )
                % names
            )
        if timezone.now() > self.ends_at:
            raise SealError(
                _("ใบรับรองใน %(file)s หมดอายุเมื่อวันที่ %(end)s โปรดให้ผู้ดูแลระบบติดตั้งใบรับรองใหม่") % names
            )


def key_for(organisation_slug: str) -> SealKey | None:
    """Return the organisation's key, else the install's, or None where neither is there.

    Raises SealError where a key is there but cannot be read: an organisation that has a key must
    not publish without a seal, or under another's, because of a mistake on the server.
    """
    files = {file.stem: file for file in key_files()}
    file = files.get(organisation_slug) or files.get(INSTALL)
    return read(file) if file else None


def key_files() -> list[Path]:
    """Return the key files of this install in order of their names; none where it has no folder.

    Raises SealError for a folder that is named in the settings and cannot be read.
    """
    if not settings.SEAL_KEYS_FOLDER:
        return []
    try:
        entries = sorted(Path(settings.SEAL_KEYS_FOLDER).iterdir())
    except OSError as error:
        raise SealError(
            _("อ่านโฟลเดอร์กุญแจที่ตั้งไว้ใน SEAL_KEYS_FOLDER ไม่ได้ โปรดให้ผู้ดูแลระบบตรวจว่ามีโฟลเดอร์และสิทธิ์อ่าน")
        ) from error
    return [entry for entry in entries if entry.suffix == SUFFIX]


def read(file: Path) -> SealKey:
    """Read one key with its password; raises SealError naming the file and the remedy."""
    # Here, because it takes most of a second, and most commands and installs seal nothing.
    from pyhanko.sign.signers import SimpleSigner

    names = {"file": file.name, "password": password_file_of(file).name}
    try:
        archive = file.read_bytes()
        password = password_file_of(file).read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise SealError(
            _(
                "อ่านไฟล์ %(file)s หรือ %(password)s ไม่ได้ "
                "โปรดให้ผู้ดูแลระบบวางทั้งสองไฟล์ไว้ด้วยกันและให้สิทธิ์อ่านแก่บัญชีที่รันระบบ"
            )
            % names
        ) from error
    try:
        signer = SimpleSigner.load_pkcs12_data(archive, (), password)
    except (ValueError, AttributeError) as error:  # the latter: without key or its certificate
        raise SealError(
            _(
                "เปิดกุญแจ %(file)s ไม่ได้ โปรดให้ผู้ดูแลระบบตรวจรหัสผ่านใน %(password)s "
                "และตรวจว่าไฟล์เป็น PKCS#12 ที่มีทั้งกุญแจและใบรับรองของกุญแจนั้น"
            )
            % names
        ) from error
    certificate = signer.signing_cert
    uses = certificate.key_usage_value
    return SealKey(
        file=file,
        signer=signer,
        holder=name_in(certificate.subject),
        starts_at=certificate.not_valid_before,
        ends_at=certificate.not_valid_after,
        uses=None if uses is None else frozenset(uses.native),
    )


def password_file_of(file: Path) -> Path:
    """Return where the password of a key lies."""
    return file.with_suffix(".password")


def name_in(subject: Any) -> str:
    """Return the name that a certificate gives its subject or issuer, as it is shown to people.

    The common name; the whole distinguished name where it has none.
    """
    name = subject.native.get("common_name")
    # A subject may carry several common names; the last is the most specific (X.501).
    name = name[-1] if isinstance(name, list) else name
    return str(name or subject.human_friendly)[:LONGEST_NAME]
