"""Taking in an office's emblem: a picture by what it is, kept as PNG under its own hash.

A published document names the file it was printed with, and must be printed alike for ever: so a
new emblem is a new file, and none is ever written over.
"""

import io
import re
import warnings
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from measures.domain import files
from measures.domain.errors import Invalid
from measures.domain.filing.photographs import BROKEN, on_white
from measures.domain.hashes import sha256_of
from measures.models import Organisation
from measures.models.organisations import emblem_path

FORMATS = ("PNG", "JPEG", "WEBP")
MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_PIXELS = 25_000_000
LEAST_EDGE = 177  # pixels of the longer side: 300 to the inch in the frame of 1.5 cm
KEPT_EDGE = 1062  # 1,800 to the inch: finer than any printer
DIGITS_OF_HASH = 24  # the path must fit its column beside the longest slug
_VECTOR = re.compile(rb"<(?:\?xml|!doctype\s+svg|svg)\b", re.IGNORECASE)


def cleaned_emblem(upload: "File[Any]") -> bytes:
    """Return an uploaded emblem as PNG: pixels on white, at most 1062 on a side, nothing else.

    The same picture gives the same bytes, and its PNG gives itself again. Raises Invalid, naming
    what is accepted, for anything that is no picture, broken, too large or too small; SVG is
    refused because it can carry scripts and addresses of other machines.
    """
    if upload.size > MOST_BYTES:
        raise Invalid(
            _("ไฟล์ตรามีขนาดเกิน %(most)s MB โปรดย่อภาพแล้วแนบใหม่") % {"most": MOST_BYTES // MEGABYTE}
        )
    upload.seek(0)
    data: bytes = upload.read()
    if not data:
        raise Invalid(_("ไฟล์ตราว่างเปล่า โปรดเลือกไฟล์ภาพ PNG, JPEG หรือ WebP"))
    if _VECTOR.search(data[:1024].replace(b"\0", b"")):  # also in UTF-16
        raise Invalid(
            _("รับไฟล์ SVG ไม่ได้ เพราะอาจมีคำสั่งแฝงอยู่ โปรดส่งออกเป็นภาพ PNG สูงอย่างน้อย 354 จุดแล้วแนบใหม่")
        )
    picture = _opened(data)
    if max(picture.size) < LEAST_EDGE:
        raise Invalid(
            _("ภาพตรามี %(width)s × %(height)s จุด เล็กเกินไป พิมพ์แล้วไม่คมชัด โปรดใช้ภาพสูงอย่างน้อย 354 จุด")
            % {"width": picture.width, "height": picture.height}
        )
    picture.thumbnail((KEPT_EDGE, KEPT_EDGE), Image.Resampling.LANCZOS)
    output = io.BytesIO()
    picture.save(output, "PNG")
    return output.getvalue()


def _opened(data: bytes) -> Image.Image:
    # WeasyPrint, once imported, lets the whole process read half a picture; an emblem is whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)  # disorder in what is left behind anyway
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            upright = on_white(ImageOps.exif_transpose(image))
            # A picture made from pixels alone: profiles, texts and places stay behind.
            return Image.frombytes(upright.mode, upright.size, upright.tobytes())
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Invalid(
            _("ภาพตรามีจุดภาพมากเกินไป รับได้ไม่เกิน %(most)s ล้านจุด โปรดย่อภาพแล้วแนบใหม่")
            % {"most": MOST_PIXELS // 1_000_000}
        ) from error
    except UnidentifiedImageError as error:
        raise Invalid(
            _("ไฟล์นี้ไม่ใช่ภาพ แม้ชื่อไฟล์จะลงท้ายเช่นนั้น ตราของหน่วยงานรับไฟล์ PNG, JPEG หรือ WebP โปรดเลือกไฟล์อื่น")
        ) from error
    except BROKEN as error:
        raise Invalid(
            _("ไฟล์ภาพตราไม่สมบูรณ์หรือเสียหาย โปรดบันทึกเป็น PNG, JPEG หรือ WebP อีกครั้งแล้วแนบใหม่")
        ) from error


def keep(organisation: Organisation) -> None:
    """Clean and store an emblem that was given to ``organisation`` and is not stored yet.

    Changes ``organisation.emblem`` to the path of the stored file and saves no row. The file of
    the emblem before stays, for what was published with it. Raises Invalid as ``cleaned_emblem``.
    """
    given = organisation.emblem
    if not given or given._committed:  # type: ignore[attr-defined]  # Django's only sign of it
        return
    data = cleaned_emblem(given.file)
    name = f"{sha256_of(data)[:DIGITS_OF_HASH]}.png"
    organisation.emblem = files.keep(emblem_path(organisation, name), data)
