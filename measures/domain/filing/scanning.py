"""Asking ClamAV whether a file holds a virus, where the install has a ``clamd``.

Our own few lines of its protocol (clamd(8), INSTREAM): of the packages for it, clamav-client is
GPL-2.0 and clamd has had no release since 2014; see docs/decisions/0011.
"""

import re
import socket
import struct

from django.conf import settings

CHUNK = 256 * 1024  # bytes sent at a time
ANSWER_WITHIN = 60  # seconds; clamd itself gives up on one file after that long
LONGEST_ANSWER = 4096  # bytes
FOUND = re.compile(r"stream: (?P<virus>.+) FOUND")


class ScannerUnavailable(Exception):  # noqa: N818 - says what happened, as socket.timeout does
    """No scanner, or one that gave no verdict; the file stays not scanned."""


def is_configured() -> bool:
    """Return whether the install names a scanner."""
    return bool(settings.CLAMD_ADDRESS)


def virus_in(data: bytes) -> str:
    """Return the name of the virus found in these bytes, or "" where there is none.

    Raises ScannerUnavailable where nobody answers, or answers something else.
    """
    try:
        with _connected() as connection:
            answer = _ask(connection, data)
    except (OSError, ValueError) as error:
        raise ScannerUnavailable(str(error)) from error
    if answer == "stream: OK":
        return ""
    found = FOUND.fullmatch(answer)
    if found is None:
        raise ScannerUnavailable(answer or "no whole answer")
    return found["virus"]


def _connected() -> socket.socket:
    """Return a connection to ``/path/of/socket`` or ``host:port``."""
    address: str = settings.CLAMD_ADDRESS
    if not address.startswith("/"):
        host, _colon, port = address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=ANSWER_WITHIN)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(ANSWER_WITHIN)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        raise
    return connection


def _ask(connection: socket.socket, data: bytes) -> str:
    connection.sendall(b"zINSTREAM\0")
    for start in range(0, len(data), CHUNK):
        chunk = data[start : start + CHUNK]
        connection.sendall(struct.pack("!L", len(chunk)) + chunk)
    connection.sendall(struct.pack("!L", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        received = connection.recv(LONGEST_ANSWER)
        if not received:
            break
        answer += received
    if not answer.endswith(b"\0"):
        return ""  # cut off on the way
    return answer.rstrip(b"\0").decode("utf-8", "replace")
