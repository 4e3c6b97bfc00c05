"""The styles of the Word document: named, so that a clerk can change all of a kind at once.

Each is made when its first paragraph is written, from what the style sheet says of it. What a
later paragraph of the same style has otherwise is set on that paragraph alone.
"""

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.parfmt import ParagraphFormat

from reports.rendering.fonts import FAMILY
from reports.rendering.word.style_sheet import ROOT_SIZE

LANGUAGE = "th-TH"
TITLE = "Title"
NORMAL = "Normal"
CELL = "ข้อความในตาราง"
HEAD_CELL = "หัวตาราง"
PICTURE = "ภาพประกอบ"
SPACER = "คั่น"
FIGURE_CAPTION = "Caption"
HEADINGS = {f"h{level}": f"Heading {level}" for level in range(1, 5)}
# Of the element itself, then of what it stands in; what is not named here is plain text.
BY_CLASS = {
    "field": "หัวบันทึกข้อความ",
    "body": "เนื้อความ",
    "said": "ความเห็น",
    "caption": "หัวข้อความเห็น",
    "decision": "ผลการพิจารณา",
    "signing": "ลงชื่อ",
    "lead": "หัวข้อย่อย",
    "line": "รายละเอียด",
    "note": "หมายเหตุ",
}
WITHIN_CLASS = {"signature": "ผู้ลงนาม", "title": "ชื่อเรื่อง", "cover": "หน้าปก", "annex": "ภาคผนวก"}
KEPT = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "Caption", "Header")
ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "start": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "end": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.THAI_JUSTIFY,
}


@dataclass(frozen=True)
class Shape:
    """How a paragraph stands and what its letters are like unless they say otherwise."""

    size: float = ROOT_SIZE
    bold: bool = False
    italic: bool = False
    align: str = "left"
    line: float = 0.0  # points between two lines; 0 where pictures set it
    before: float = 0.0
    after: float = 0.0
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0


THIN = Shape(size=1, line=1)  # of a paragraph that is only there because Word needs one


def lay_ground(document: Document) -> None:
    """Leave only the styles in use, and set the letters of the whole document."""
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.name_val not in {name.lower() for name in KEPT} | set(KEPT):
            styles.remove(style)
    _set_defaults(styles)
    for name in (TITLE, "Caption", "Header", NORMAL):
        style = document.styles[name]
        for properties in (style.element.pPr, style.element.rPr):
            if properties is not None:
                style.element.remove(properties)


def _set_defaults(styles: Any) -> None:
    """Paper font, Thai, in all four alphabets Word tells apart; no space between paragraphs."""
    defaults = styles.find(qn("w:docDefaults"))
    letters = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    letters.clear()
    fonts = OxmlElement(
        "w:rFonts", {qn(f"w:{kind}"): FAMILY for kind in ("ascii", "hAnsi", "eastAsia", "cs")}
    )
    letters.append(fonts)
    for name in ("w:sz", "w:szCs"):
        letters.append(OxmlElement(name, {qn("w:val"): str(round(ROOT_SIZE * 2))}))
    letters.append(
        OxmlElement(
            "w:lang", {qn("w:val"): LANGUAGE, qn("w:eastAsia"): "en-US", qn("w:bidi"): LANGUAGE}
        )
    )
    paragraphs = defaults.find(qn("w:pPrDefault")).find(qn("w:pPr"))
    paragraphs.clear()
    paragraphs.append(OxmlElement("w:widowControl"))


class Styles:
    """The named styles of one document and what each stands for."""

    def __init__(self, document: Document) -> None:
        """Begin with the document's own; every other is made when it is first used."""
        self._document = document
        self._shapes: dict[str, Shape] = {}
        self._ids: dict[str, str] = {}

    def put_on(self, paragraph: Paragraph, name: str, shape: Shape) -> None:
        """Give the paragraph its style, and what it has otherwise than the style."""
        if name not in self._shapes:
            self._make(name, shape)
        paragraph._p.style = self._ids[name]  # by id: looking up each by its name takes long
        usual = self._shapes[name]
        if shape != usual:
            _stand(paragraph.paragraph_format, shape, unlike=usual)

    def shape_of(self, name: str) -> Shape:
        """Return what the style stands for."""
        return self._shapes[name]

    def _make(self, name: str, shape: Shape) -> None:
        styles = self._document.styles
        if name not in styles:
            new = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            if not name.isascii():  # the name is for people, the id for programs of any age
                new.element.styleId = f"Paper{len(self._shapes)}"
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        if name != NORMAL:
            style.base_style = styles[NORMAL]
        style.quick_style = True
        _stand(style.paragraph_format, shape, unlike=None)
        if name.startswith("Heading") or name == TITLE:
            style.paragraph_format.keep_with_next = True
        set_letters(style.element.get_or_add_rPr(), shape)
        self._shapes[name] = shape
        self._ids[name] = style.style_id


def set_letters(properties: Any, shape: Shape, *, unlike: Shape | None = None) -> None:
    """Write size, weight and slope, for Latin and for Thai letters, where they differ.

    ``properties`` is a new ``w:rPr``: Word wants these in this order.
    """
    for name, value, usual in (
        ("b", shape.bold, unlike and unlike.bold),
        ("i", shape.italic, unlike and unlike.italic),
    ):
        if value != usual:
            for tag in (f"w:{name}", f"w:{name}Cs"):
                _append(properties, tag, "1" if value else "0")
    if unlike is None or shape.size != unlike.size:
        for tag in ("w:sz", "w:szCs"):
            _append(properties, tag, str(round(shape.size * 2)))


def _append(properties: Any, tag: str, value: str) -> None:
    properties.append(OxmlElement(tag, {qn("w:val"): value}))


def _stand(target: ParagraphFormat, shape: Shape, *, unlike: Shape | None) -> None:
    def differs(name: str) -> bool:
        return unlike is None or getattr(shape, name) != getattr(unlike, name)

    if differs("align"):
        target.alignment = ALIGNMENTS.get(shape.align, WD_ALIGN_PARAGRAPH.LEFT)
    if differs("line"):
        target.line_spacing = Pt(shape.line) if shape.line else 1.0
    if differs("before"):
        target.space_before = Pt(shape.before)
    if differs("after"):
        target.space_after = Pt(shape.after)
    if differs("left"):
        target.left_indent = Pt(shape.left)
    if differs("right"):
        target.right_indent = Pt(shape.right)
    if differs("first"):
        target.first_line_indent = Pt(shape.first)
