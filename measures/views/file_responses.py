"""Stored files as plain answers: strong ETag, conditional requests and parts of a file.

RFC 9110, sections 13 and 14. It is our own because Django answers no ranges, and the responder of
WhiteNoise (for static files) refuses a range of one byte, reads a single ETag and no If-Range.
"""

import re
from typing import IO

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header

# A browser may keep a file this long without asking; taking one down takes effect after it.
KEPT_SECONDS = 3600

# One range; several at once may be answered with the whole file (14.2), and are.
ONE_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.IGNORECASE | re.ASCII)


class _UnsatisfiableError(Exception):
    """The range begins behind the end of the file."""


class _Part:
    """A file from ``start`` on, for ``length`` bytes; closing it closes the file."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        file.seek(start)
        self._file = file
        self._left = length

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes of the part; none at its end."""
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def stored_file(
    request: HttpRequest,
    path: str,
    *,
    sha256: str,
    content_type: str,
    filename: str,
    is_to_save: bool = False,
) -> HttpResponseBase:
    """Answer a stored file, or the part that was asked for, to be shown in the browser or saved.

    ``sha256`` is the strong ETag: the bytes under it never change. Raises FileNotFoundError where
    the storage has no such file.
    """
    etag = f'"{sha256}"'
    size = default_storage.size(path)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = _answer(request, path, size, etag=etag, content_type=content_type)
        disposition = content_disposition_header(is_to_save, filename)
        response["Content-Disposition"] = disposition or "inline"
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


def _answer(
    request: HttpRequest, path: str, size: int, *, etag: str, content_type: str
) -> HttpResponseBase:
    try:
        span = _range_asked_for(request, size, etag)
    except _UnsatisfiableError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if request.method == "HEAD":  # answered without opening: some servers would send the bytes
        return HttpResponse(content_type=content_type, headers={"Content-Length": str(size)})
    file = default_storage.open(path, "rb")
    if span is None:
        return FileResponse(file, content_type=content_type)
    start, end = span
    part = FileResponse(_Part(file, start, end - start), status=206, content_type=content_type)
    part["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    part["Content-Length"] = str(end - start)
    return part


def _range_asked_for(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """Return the first byte and the one after the last, or None for the whole file.

    What is not understood is passed over, as 14.2 has it: other units, nonsense, several ranges.
    """
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or request.method != "GET":
        return None
    # No date is ever sent, so a date in If-Range cannot match (13.1.5); nor can a weak ETag.
    if request.headers.get("If-Range", etag).strip() != etag:
        return None
    first, last = asked.groups()
    if not first and not last:
        return None
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= size:
        raise _UnsatisfiableError
    return start, end
