"""Sealing a file on its way to publication, and looking at the seal of a published one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from reports.sealing.keys import key_for
from reports.sealing.results import BROKEN, Sealed, SealError, SealReport

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

# Signature dictionaries are never compressed: a file without either of the two has no seal.
MARKS_OF_A_SEAL = (b"/ByteRange", b"/ETSI.CAdES.detached")


def seal(pdf: bytes, *, organisation_slug: str) -> Sealed:
    """Return the file with the seal of its organisation, else of the install.

    Without a key it is returned unchanged. The seal is an incremental update: the file before it
    stays the exact beginning of the sealed one.

    Reads the key's files; calls the time stamp server. Raises SealError where there is a key that
    cannot be used now, or no time stamp is to be had: nothing may be published then.
    """
    key = key_for(organisation_slug)
    if key is None:
        return Sealed(pdf, "")
    key.or_raise()
    from reports.sealing import pades  # where there is a key: it takes most of a second to load

    address = settings.SEAL_TIMESTAMP_ADDRESS
    sealed = _apart(pades.sign, pdf, key=key, timestamp_address=address)
    if address and _apart(pades.read, sealed).stamped_at is None:
        raise SealError(
            _(
                "ตราเวลาที่ได้รับไม่ตรงกับเอกสาร โปรดลองเผยแพร่อีกครั้ง "
                "หากยังไม่ได้ให้แจ้งผู้ดูแลระบบเปลี่ยนเซิร์ฟเวอร์ใน SEAL_TIMESTAMP_ADDRESS"
            )
        )
    return Sealed(sealed, key.holder)


def seal_of(pdf: bytes) -> SealReport | None:
    """Return what the seal of a file says, or None for a file without one.

    Every byte of the file but the signature's own envelope is covered; a byte of the envelope that
    matters (signature, certificate of the sealer, time stamp) is found as well. A seal that can no
    longer be read is reported as not intact and without a name. Uses no network.
    """
    if not any(mark in pdf for mark in MARKS_OF_A_SEAL):
        return None
    from reports.sealing import pades

    try:
        return _apart(pades.read, pdf)
    except Exception:  # a damaged file can break the parser in any way
        return BROKEN


def _apart(
    work: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Result:
    """Do the work in a thread of its own.

    pyHanko starts an event loop, which a thread that runs one already (an asynchronous server, a
    driven browser) does not allow.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work, *args, **kwargs).result()
