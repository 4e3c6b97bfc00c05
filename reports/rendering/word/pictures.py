"""Pictures of the document, at the size the style sheet gives them."""

import io
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.run import Run
from PIL import Image, ImageDraw

from reports.rendering.fetching import LocalFetcher
from reports.rendering.word.style_sheet import Look

AS_THEY_ARE = ("JPEG", "PNG")
POINTS_PER_PIXEL = 0.75
PLACE_OF_PAGE = "evidence:"  # filled when the parts of a PDF are joined; nothing to see here
EMBLEM_SIDE = 180  # pixels of the empty frame for an emblem


@dataclass(frozen=True)
class Picture:
    """A picture ready for Word: its bytes, its natural size in points, what it shows."""

    data: bytes  # JPEG or PNG
    width: float
    height: float
    alt: str

    def fitted(self, look: Look, room: float) -> tuple[float, float]:
        """Return width and height in points: as styled, in proportion, within the room."""
        ratio = self.height / self.width
        width, height = look.points("width", of=room), look.points("height")
        if width and height:  # object-fit: contain
            width = min(width, height / ratio)
        width = width or (height / ratio if height else self.width)
        for limit in (
            look.points("max-width", of=room),
            look.points("max-height") / ratio,
            room,
        ):
            if limit > 0:
                width = min(width, limit)
        return width, width * ratio


def picture_of(image: Any) -> Picture | None:
    """Return the picture of an ``img`` element; None where there is none to show."""
    address, alt = (image.etree_element.get(name, "") for name in ("src", "alt"))
    if address.startswith(PLACE_OF_PAGE):
        return None
    try:
        data = LocalFetcher().fetch(address).read()
        with Image.open(io.BytesIO(data)) as image:
            if image.format not in AS_THEY_ARE:
                kept = io.BytesIO()
                image.convert("RGBA").save(kept, "PNG")
                data = kept.getvalue()
            width, height = (side * POINTS_PER_PIXEL for side in image.size)
            return Picture(data, width, height, alt)
    except (OSError, ValueError, Image.DecompressionBombError):  # a broken picture is an OSError
        return None


def empty_frame() -> Picture:
    """Return the grey frame that stands for an emblem; in Word it is replaced like a picture."""
    image = Image.new("RGBA", (EMBLEM_SIDE, EMBLEM_SIDE), (255, 255, 255, 0))
    corner = EMBLEM_SIDE - 1
    ImageDraw.Draw(image).rectangle((0, 0, corner, corner), outline=(136, 136, 136, 255), width=2)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return Picture(kept.getvalue(), EMBLEM_SIDE, EMBLEM_SIDE, "")


def put(run: Run, picture: Picture, look: Look, room: float) -> None:
    """Stand the picture in the text, like a letter."""
    width, height = picture.fitted(look, room)
    inline = run.add_picture(io.BytesIO(picture.data), Pt(width), Pt(height))._inline
    inline.docPr.set("descr", picture.alt)


def pin(run: Run, picture: Picture, look: Look) -> None:
    """Lay the picture beside the text, so that no text moves for it.

    What floats stands at the left margin beside its paragraph, the rest at the corner of the page.
    """
    put(run, picture, look, look.points("width"))
    inline = run._r.find(f".//{qn('wp:inline')}")
    down = "paragraph" if look["float"] else "margin"
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0"'
        ' relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin">'
        f"<wp:posOffset>{Pt(look.points('left'))}</wp:posOffset></wp:positionH>"
        f'<wp:positionV relativeFrom="{down}">'
        f"<wp:posOffset>{Pt(look.points('top'))}</wp:posOffset></wp:positionV></wp:anchor>"
    )
    for child in list(inline):
        anchor.append(child)
        if child.tag == qn("wp:extent"):
            anchor.append(OxmlElement("wp:wrapNone"))
    inline.getparent().replace(inline, anchor)
