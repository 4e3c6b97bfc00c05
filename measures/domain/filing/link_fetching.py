"""Asking one address whether it answers, without reaching into the office's own network.

Every hop is resolved once, its address is judged, and exactly that address is connected to, so
that neither a redirect nor a name that changes its address leads inside. A page is asked for by
GET at once: many web sites refuse HEAD, and the title is in the body.
"""

import html
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from requests.adapters import HTTPAdapter
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from ita_portal import outside

MOST_REDIRECTS = 5
MOST_BYTES = 256 * 1024  # the title stands at the top
SILENCE = 5.0  # seconds without a byte
LONGEST = 15.0  # seconds for all hops together: a page that drips is given up
TOO_MANY_REQUESTS = 429

_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,30})", re.IGNORECASE)
# What Thai pages call their old encoding; windows-874 holds the letters of the others.
_THAI_NAMES = {"tis-620", "tis620", "windows-874", "iso-8859-11", "cp874", "x-windows-874"}


@dataclass(frozen=True)
class Answer:
    """What an address answered. ``problem`` is Thai, to be shown; empty where it opens.

    ``is_told`` is False where the answer says nothing of the page (asked too often).
    """

    status: int | None = None
    title: str = ""
    problem: str = ""
    is_told: bool = True


class _NotTaken(Exception):  # noqa: N818 - how one hop ends
    """This address is not asked; the text says why."""


@contextmanager
def _session() -> Iterator[requests.Session]:
    """Give a session whose connections are cut when the time is over, however little they send."""
    sockets: list[socket.socket] = []

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            sockets.append(self.sock)

    class Encrypted(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            sockets.append(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = Encrypted

    def cut() -> None:
        for each in sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    session = outside.session(timeout=SILENCE, networks=settings.LINK_CHECK_ALLOWED_NETWORKS)
    session.headers["Accept-Encoding"] = "identity"  # nothing that grows when unpacked
    for adapter in session.adapters.values():
        assert isinstance(adapter, HTTPAdapter)
        adapter.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": EncryptedPool}
    watch = threading.Timer(LONGEST, cut)
    watch.daemon = True
    watch.start()
    try:
        with session:
            yield session
    finally:
        watch.cancel()


def fetch(url: str) -> Answer:
    """Return what ``url`` answers after its redirects; never raises."""
    until = time.monotonic() + LONGEST
    try:
        with _session() as session:
            for _hop in range(MOST_REDIRECTS + 1):
                with _ask(session, url) as response:
                    if time.monotonic() > until:  # cut short, it looks like an answer
                        raise requests.Timeout
                    if not response.is_redirect:
                        return _answer(response, until)
                    url = urljoin(url, response.headers["Location"])
        return Answer(problem=_("เปลี่ยนเส้นทางซ้ำหลายครั้งเกินไป"))
    except _NotTaken as refusal:
        return Answer(problem=str(refusal))
    except InvalidIPAddress:
        return Answer(problem=_("ที่อยู่นี้อยู่ในเครือข่ายภายใน ประชาชนเปิดไม่ได้"))
    except requests.exceptions.SSLError:
        return Answer(problem=_("ใบรับรองความปลอดภัย (HTTPS) ของเว็บไซต์ไม่ถูกต้องหรือหมดอายุ"))
    except requests.Timeout:
        return Answer(problem=_("เว็บไซต์ไม่ตอบภายในเวลาที่กำหนด"))
    except (requests.RequestException, OSError, ValueError):
        is_slow = time.monotonic() > until
        return Answer(problem=_("เว็บไซต์ไม่ตอบภายในเวลาที่กำหนด") if is_slow else _("ติดต่อเว็บไซต์ไม่ได้"))


def _ask(session: requests.Session, url: str) -> requests.Response:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise _NotTaken(_("เปลี่ยนเส้นทางไปยังที่อยู่ที่เปิดด้วยเว็บเบราว์เซอร์ไม่ได้"))
    return session.get(url, timeout=SILENCE, stream=True, allow_redirects=False)


def _answer(response: requests.Response, until: float) -> Answer:
    status = response.status_code
    if status == TOO_MANY_REQUESTS:
        return Answer(status, is_told=False)
    if status in (404, 410):
        return Answer(status, problem=_("ไม่พบหน้าเว็บ (รหัส %(status)s)") % {"status": status})
    if not response.ok:
        return Answer(status, problem=_("เว็บไซต์ตอบว่าเปิดไม่ได้ (รหัส %(status)s)") % {"status": status})
    if "html" not in response.headers.get("Content-Type", "").lower():
        return Answer(status)
    return Answer(status, title=title_of(_top_of(response, until), response.encoding))


def _top_of(response: requests.Response, until: float) -> bytes:
    """Return the first bytes of the page, up to its title, or what came before it broke off."""
    top = b""
    with suppress(
        requests.RequestException,
        OSError,
        ValueError,
        HTTPError,
    ):
        while len(top) < MOST_BYTES and time.monotonic() < until and b"</title" not in top.lower():
            piece = response.raw.read1(16 * 1024)
            if not piece:
                break
            top += piece
    return top


def title_of(page: bytes, declared: str | None) -> str:
    """Return the title of a page, in whichever encoding of Thai it is really written."""
    found = _TITLE.search(page)
    if found is None:
        return ""
    meta = _META_CHARSET.search(page)
    names = [meta[1].decode("ascii") if meta else "", declared or "", "utf-8", "cp874"]
    for name in names:
        codec = "cp874" if name.lower() in _THAI_NAMES else name
        # Nothing is ever refused by Latin-1, which servers declare for want of anything better.
        if codec and codec.lower() not in ("iso-8859-1", "latin-1"):
            with suppress(LookupError, UnicodeDecodeError):
                text = html.unescape(found[1].decode(codec))
                return " ".join(text.replace("\x00", "").split())[:300]
    return ""
