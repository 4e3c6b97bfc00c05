"""What comes of sealing a file, and of looking at its seal."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from measures.domain.errors import Invalid


class SealError(Invalid):
    """The file could not be sealed; nothing was stored. ``cause`` says why and what to do."""

    def __init__(self, cause: str) -> None:
        self.cause = cause
        super().__init__(
            _("ประทับตราอิเล็กทรอนิกส์ไม่ได้ เอกสารจึงยังไม่ได้เผยแพร่ %(cause)s") % {"cause": cause}
        )


@dataclass(frozen=True)
class Sealed:
    """A file, and whose seal it carries; "" where it carries none."""

    pdf: bytes
    sealed_by: str


@dataclass(frozen=True)
class SealReport:
    """What the seal of a file says, and whether the file is still what was sealed.

    Whether the issuer is to be trusted is unknown here: anybody can make a certificate in any
    name. So the issuer is named, and the reader's own list of trusted issuers decides.
    """

    sealed_by: str
    issued_by: str
    is_self_issued: bool
    stamped_at: datetime.datetime | None  # by the time stamp server; None where there is none
    is_intact: bool
    covers_whole_file: bool


# A seal that can no longer be read.
BROKEN = SealReport("", "", False, None, False, False)
