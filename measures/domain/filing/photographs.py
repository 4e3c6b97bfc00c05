"""Photographs: whether they can be read whole, and the copies that are shown and printed."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pillow_heif
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from measures.domain.errors import Invalid

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# By what Pillow calls them; MPO is a JPEG with further pictures behind the first (depth, preview),
# as some phones write them.
EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}
# What Pillow raises for damaged pixels, and for EXIF that it cannot write back when turning.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, TypeError, struct.error)

# The longest side of the copies in pixels. None is larger than the photograph itself.
SMALL_EDGE = 480  # of a list: a phone of 160 CSS pixels and three dots to each
DERIVED_EDGE = 1600  # of pages and paper: 12 cm at 300 dots to the inch are 1,417
LARGE_EDGE = 2560  # to look at closely on a large screen
# Of JPEG. A photograph is printed at 7 cm, where 1,600 pixels are 580 to the inch: finer than any
# printer, so 75 cannot be told from more. 300 of them weigh a sixth less in PDF and memory.
QUALITY = 75
LARGE_QUALITY = 82

HASH_EDGE = 8  # the perceptual hash has so many rows of so many bits


@dataclass(frozen=True)
class Copies:
    """Three JPEG files of one photograph, upright, in sRGB, made from its pixels alone."""

    small: bytes
    derived: bytes
    large: bytes
    width: int  # of ``derived``
    height: int
    perceptual_hash: str


def extension_of(data: bytes) -> str:
    """Return the usual ending of this photograph's format after reading all of it.

    Raises Invalid, naming what is wrong, for what is no photograph, broken or too large.
    """
    with _refusals():
        image = _opened(data)
        extension = EXTENSIONS[str(image.format)]
        image.draft(None, (SMALL_EDGE, SMALL_EDGE))  # whole, but a JPEG in few of its pixels
        on_white(ImageOps.exif_transpose(image))
        return extension


def copies_of(data: bytes) -> Copies:
    """Return the copies of a photograph; the same bytes give the same copies.

    Raises Invalid as ``extension_of`` does.
    """
    with _refusals():
        image = _opened(data)
        image.draft(None, (LARGE_EDGE, LARGE_EDGE))  # of a JPEG no more pixels than are kept
        picture = _in_srgb(ImageOps.exif_transpose(image))
    files, sizes = [], []
    for edge, quality in (
        (LARGE_EDGE, LARGE_QUALITY),
        (DERIVED_EDGE, QUALITY),
        (SMALL_EDGE, QUALITY),
    ):
        picture.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        output = io.BytesIO()
        picture.save(output, "JPEG", quality=quality, optimize=True)
        files.append(output.getvalue())
        sizes.append(picture.size)
    large, derived, small = files
    width, height = sizes[1]
    return Copies(small, derived, large, width, height, perceptual_hash(picture))


def perceptual_hash(picture: Image.Image) -> str:
    """Return 64 bits as 16 hexadecimal digits: where the picture gets darker from left to right.

    The difference hash: what is encoded anew, made smaller or a little brighter keeps nearly all
    of them. Ours, because ImageHash brings scipy for other hashes than this one.
    """
    grey = picture.convert("L").resize((HASH_EDGE + 1, HASH_EDGE), Image.Resampling.BOX)
    levels = grey.tobytes()
    bits = 0
    for row in range(HASH_EDGE):
        start = row * (HASH_EDGE + 1)
        for left in range(start, start + HASH_EDGE):
            bits = bits << 1 | (levels[left] > levels[left + 1])
    return f"{bits:016x}"


def on_white(image: Image.Image) -> Image.Image:
    """Return the picture without transparency: black letters on nothing stay readable."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return the picture in the colours that every screen and printer expects, without notes.

    Phones photograph in wider colours (Display P3) and say so in a profile; without it, and
    without this, faces turn pale.
    """
    profile = image.info.get("icc_profile")
    # Colours of print are turned by the profile itself; the others can be laid on white first.
    picture = image if profile and image.mode == "CMYK" else on_white(image)
    if profile:
        # A broken profile, or one of other colours than the picture's, is passed over.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            picture = _converted(picture, profile)
    picture = picture.convert("RGB")
    picture.info.clear()
    return picture


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    target = ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    return converted or picture


def _opened(data: bytes) -> Image.Image:
    """Open the picture without reading its pixels; raise for a bomb."""
    # WeasyPrint, once imported, lets the whole process read half a picture; evidence is whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    width, height = image.size
    if width * height > settings.EVIDENCE_MAX_PIXELS:
        raise Image.DecompressionBombError
    return image


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what Pillow raises into what the person is told."""
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a bomb up to twice its limit; to us it is refused at once.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # EXIF in disorder is left behind with the rest of it.
            warnings.simplefilter("ignore", UserWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid(
            _("ภาพนี้มีจุดภาพมากเกินไป รับได้ไม่เกิน %(most)s ล้านจุด โปรดย่อภาพแล้วแนบใหม่")
            % {"most": settings.EVIDENCE_MAX_PIXELS // 1_000_000}
        ) from error
    except UnidentifiedImageError as error:
        raise Invalid(
            _(
                "ไฟล์นี้ไม่ใช่ภาพถ่าย (JPEG, PNG, WebP, HEIC) PDF Word (.docx) หรือ Excel (.xlsx) "
                "แม้ชื่อไฟล์จะลงท้ายเช่นนั้น โปรดเลือกไฟล์อื่น"
            )
        ) from error
    except BROKEN as error:
        raise Invalid(_("ไฟล์ภาพนี้ไม่สมบูรณ์หรือเสียหาย โปรดถ่ายหรือส่งใหม่อีกครั้ง")) from error
