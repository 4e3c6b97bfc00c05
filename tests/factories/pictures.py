"""Photographs and PDFs as phones, scanners and mischief make them; small, and made on the spot."""

import io
from typing import Any

import pikepdf
from PIL import Image

ORIENTATION = 0x0112  # EXIF: 6 = the camera was held a quarter turn
GPS = 0x8825
ORIENTED_RIGHT = 6


def picture(
    file_format: str = "JPEG",
    size: tuple[int, int] = (40, 20),
    *,
    colour: Any = (200, 30, 30),
    mode: str = "RGB",
    **save: Any,
) -> bytes:
    """Return a picture of one colour, its upper left corner white, in bytes."""
    image = Image.new(mode, size, colour)
    if mode == "RGB":
        image.paste((255, 255, 255), (0, 0, size[0] // 4, size[1] // 4))
    buffer = io.BytesIO()
    image.save(buffer, file_format, **save)
    return buffer.getvalue()


def photograph_with_place(orientation: int = 1, size: tuple[int, int] = (40, 20)) -> bytes:
    """Return a JPEG with camera, orientation and the place where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Fictional Phone"
    place = exif.get_ifd(GPS)
    place[1] = "N"
    place[2] = (17.0, 24.0, 36.0)
    exif[GPS] = place
    return picture(size=size, exif=exif, quality=95)


def pdf(pages: int = 1, *, password: str = "") -> bytes:
    """Return a PDF of so many empty pages, optionally locked."""
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page(page_size=(200, 200))
    buffer = io.BytesIO()
    if password:
        document.save(buffer, encryption=pikepdf.Encryption(user=password, owner=password))
    else:
        document.save(buffer, deterministic_id=True)  # the same bytes at every call
    return buffer.getvalue()
