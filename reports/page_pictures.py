"""The pages of a drawn PDF as pictures, for phones that have no viewer inside a page.

Made of the very file that is kept for the rendering, when somebody first looks at a page, and kept
beside it under the hash of that file.
"""

import io
import threading
from pathlib import PurePosixPath
from typing import NamedTuple

import pypdfium2
from django.core.cache import cache
from django.core.files.storage import default_storage

from measures.domain import files
from measures.models import Rendering

WIDTH = 1000  # pixels: sharp on a phone of 390 points, readable when enlarged
COLOURS = 256  # a page of text takes 60 KB so, one of photographs 300 KB
REMEMBERED = 24 * 60 * 60  # seconds

# PDFium keeps state of its own for the whole process and must not be entered twice.
_one_at_a_time = threading.Lock()


class PageSize(NamedTuple):
    """A page and the size of its picture in pixels, known before the picture is there."""

    number: int
    width: int
    height: int


def _folder(rendering: Rendering) -> str:
    return str(PurePosixPath(str(rendering.file.name)).with_suffix(""))


def sizes_of(rendering: Rendering) -> list[PageSize]:
    """Return the pages of a rendering whose file is there, in order."""
    key = f"page-sizes:{rendering.file.name}"
    found: list[PageSize] | None = cache.get(key)
    if found is None:
        with (
            _one_at_a_time,
            rendering.file.open("rb") as file,
            pypdfium2.PdfDocument(file) as document,
        ):
            sizes = [document.get_page_size(at) for at in range(len(document))]
        found = [
            PageSize(number, WIDTH, round(WIDTH * height / width))
            for number, (width, height) in enumerate(sizes, start=1)
        ]
        cache.set(key, found, REMEMBERED)
    return found


def picture_of(rendering: Rendering, number: int) -> str | None:
    """Return the path of the picture of this page, drawn now unless it is kept; None: no page."""
    if not 1 <= number <= len(sizes_of(rendering)):
        return None
    path = f"{_folder(rendering)}/{number}.png"
    if default_storage.exists(path):
        return path
    with (
        _one_at_a_time,
        rendering.file.open("rb") as file,
        pypdfium2.PdfDocument(file) as document,
    ):
        page = document[number - 1]
        picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    output = io.BytesIO()
    picture.quantize(COLOURS).save(output, "PNG", optimize=True)
    return files.keep(path, output.getvalue())
