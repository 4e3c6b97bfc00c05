"""Pages of evidence files, put in the places that the laid out document keeps for them.

WeasyPrint cannot lay out the page of a PDF. The document therefore draws a tiny picture that holds
nothing but a number, in a box of the wanted size and with its alternative text; in the finished
file the page takes the place of that picture, inside the same tag.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Object, Page, Pdf, Rectangle
from PIL import Image

from reports.rendering.joining.content import names_drawn, shapes_drawn, unmark

MARK = b"\xe7\xd1"  # the first bytes of a placeholder; its number follows
WIDTH, HEIGHT = 2, 1  # pixels, of three bytes each
# Raised when a part of a file is missing, or is of another kind than it should be.
DAMAGE = (
    pikepdf.PikepdfError,
    AttributeError,
    KeyError,
    RecursionError,
    TypeError,
    ValueError,
)
# A page's ties to the tags and attachments of its own file, which lead nowhere in another.
TIES = ("/StructParent", "/StructParents", "/PieceInfo", "/Metadata", "/AF")


class UnreadablePdf(ValueError):  # noqa: N818 - says what the file is
    """A PDF that is broken, locked by a password, or lacks the wanted page."""


@dataclass(frozen=True)
class EvidencePage:
    """One page of an evidence file, counted from 1."""

    pdf: bytes
    number: int


def placeholder_png(index: int) -> bytes:
    """Return the picture that keeps the place of evidence page ``index``, always the same bytes."""
    output = io.BytesIO()
    Image.frombytes("RGB", (WIDTH, HEIGHT), MARK + index.to_bytes(4, "big")).save(output, "PNG")
    return output.getvalue()


def pages_in(pdf: bytes) -> int:
    """Return the number of pages, each of which can be put in place.

    Raises UnreadablePdf for a file that is locked, empty or broken on any page; so a document can
    say so before it is laid out. Takes a millisecond or two a page.
    """
    with _opened(pdf) as opened:
        if not len(opened.pages):
            raise UnreadablePdf("a file without pages")
        for page in opened.pages:
            _as_picture(page, 1.0)
        return len(opened.pages)


def put_in_place(whole: Pdf, evidence: Mapping[int, EvidencePage], opened: ExitStack) -> None:
    """Put each page of evidence in the place of its placeholder, as large as fits, in the middle.

    Annotations and scripts of the evidence stay behind. Each file is opened once, and kept open by
    ``opened``, as ``whole`` reads from it when it is saved. Raises ValueError where placeholders
    and evidence do not match one to one, UnreadablePdf for a file or page that cannot be had.
    """
    files: dict[bytes, Pdf] = {}
    placed: set[int] = set()
    for index, pictures, name, width_to_height in _placeholders(whole):
        if index in placed:
            raise ValueError(f"the place of evidence page {index} is drawn twice")
        if index not in evidence:
            raise ValueError(f"there is no evidence for place {index}")
        page = evidence[index]
        if page.pdf not in files:
            files[page.pdf] = opened.enter_context(_opened(page.pdf))
        pictures[name] = whole.copy_foreign(
            _as_picture(_page_of(files[page.pdf], page.number), width_to_height)
        )
        placed.add(index)
    if missing := sorted(evidence.keys() - placed):
        raise ValueError(f"no place is kept for evidence pages {missing}")


def _opened(pdf: bytes) -> Pdf:
    try:
        return pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PikepdfError as error:
        raise UnreadablePdf(str(error)) from error


def _page_of(pdf: Pdf, number: int) -> Page:
    if not 1 <= number <= len(pdf.pages):
        raise UnreadablePdf(f"page {number} of a file of {len(pdf.pages)} pages")
    return pdf.pages[number - 1]


def _placeholders(whole: Pdf) -> Iterator[tuple[int, Object, str, float]]:
    """Yield each drawn placeholder: index, the resources it is named in, name, width to height."""
    found: dict[tuple[int, int], dict[str, int]] = {}  # the pages of a part share their resources
    for page in whole.pages:
        pictures = page.obj.Resources.get("/XObject", Dictionary())
        shared_by = page.obj.Resources.objgen
        if shared_by not in found:
            found[shared_by] = dict(_indices(pictures))
        indices = found[shared_by]
        if indices.keys() & names_drawn(page):
            for name, width_to_height in shapes_drawn(page):
                if name in indices:
                    yield indices[name], pictures, name, width_to_height


def _indices(pictures: Object) -> Iterator[tuple[str, int]]:
    for name, picture in pictures.items():
        width, height = picture.get("/Width"), picture.get("/Height")
        if width == WIDTH and height == HEIGHT and picture.get("/Filter") == Name.FlateDecode:
            pixels = picture.read_bytes()
            if pixels.startswith(MARK):
                yield name, int.from_bytes(pixels[len(MARK) :], "big")


def _as_picture(page: Page, width_to_height: float) -> Object:
    """Return a page as a form as large as a picture is to PDF: one unit wide and one high.

    ``width_to_height`` is the shape of the box into which the unit square will be stretched.
    Raises UnreadablePdf for a page that is broken.
    """
    try:
        return _unit_form(page, width_to_height)
    except DAMAGE as error:
        raise UnreadablePdf(str(error)) from error


def _unit_form(page: Page, width_to_height: float) -> Object:
    form = page.as_form_xobject()  # its matrix turns the page upright
    if "/Resources" not in form:
        form.Resources = Dictionary()
    _untie(form, set())
    visible = _visible_part(page)
    upright = Matrix(form.get("/Matrix", Array([1, 0, 0, 1, 0, 0])))
    shown = upright.transform(visible)
    scale = min(width_to_height / shown.width, 1 / shown.height)
    across, up = scale / width_to_height, scale
    form.BBox = visible.as_array()
    form.Matrix = (
        upright
        @ Matrix().translated(-shown.llx, -shown.lly)
        @ Matrix().scaled(across, up)
        @ Matrix().translated((1 - shown.width * across) / 2, (1 - shown.height * up) / 2)
    ).as_array()
    return form


def _visible_part(page: Page) -> Rectangle:
    """Return what of the page a reader shows: the crop box, as far as there is paper."""
    paper = Rectangle(page.mediabox)
    visible = Rectangle(page.cropbox) & paper
    if visible.width <= 0 or visible.height <= 0:
        visible = paper
    if visible.width <= 0 or visible.height <= 0:
        raise ValueError("a page without a size")
    return visible


def _untie(form: Object, seen: set[tuple[int, int]]) -> None:
    """Cut a form and the forms and pictures within it from the tags of the file they come from."""
    for tie in TIES:
        if tie in form:
            del form[tie]
    if form.get("/Subtype") != Name.Form:
        return
    unmark(form)
    for inner in form.get("/Resources", Dictionary()).get("/XObject", Dictionary()).values():
        if inner.objgen not in seen:
            seen.add(inner.objgen)
            _untie(inner, seen)
