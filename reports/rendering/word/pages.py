"""Sheets, margins, and the page number "- ๒ -" from the second page on."""

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from reports.rendering.word.style_sheet import Page, StyleSheet, in_points
from reports.rendering.word.styles import SPACER, THIN, Shape, Styles

LINE = 21.0  # points: the line pitch of the page number
# Where the number stands, from the edge of the paper; in paper.css it is drawn over the pages.
NUMBER_UPRIGHT, NUMBER_WIDE = in_points("2.5cm"), in_points("1.6cm")


class Pages:
    """The sections of one Word document: pages of one size and orientation each."""

    def __init__(self, document: Document, sheet: StyleSheet, styles: Styles) -> None:
        """Begin without any; the first is set when it is known what kind of page it is."""
        self._document = document
        self._sheet = sheet
        self._styles = styles
        self._current: Page | None = None
        self._above = 0.0  # points from the top of the header to the number in it

    @property
    def is_begun(self) -> bool:
        """Whether anything stands on a page."""
        return self._current is not None

    def width_of(self, name: str) -> float:
        """Return the width of the text on such pages, in points."""
        page = self._sheet.page(name)
        return page.width - page.margins["left"] - page.margins["right"]

    def go_on(self, name: str) -> bool:
        """Make what follows stand on such pages; return whether a new section began for it."""
        page = self._sheet.page(name)
        before, self._current = self._current, page
        if before is None:
            self._set_first(page, self._sheet.page(name, is_first=True))
        elif page != before:
            self._set_next(page)
        return page != before

    def _set_first(self, page: Page, first: Page) -> None:
        """Set the first section: its first page begins higher and has no number.

        Word knows one top margin for a section. It is that of the first page; on later pages the
        header, with the number in it, reaches down to where their text begins.
        """
        section = self._document.sections[0]
        _measure(section, first)
        section.different_first_page_header_footer = True
        top = min(first.margins["top"], _number_top(page))
        section.header_distance = Pt(top)
        self._styles.put_on(section.first_page_header.paragraphs[0], SPACER, THIN)
        self._above = _number_top(page) - top
        below = max(page.margins["top"] - _number_top(page) - LINE, 0)
        number = section.header.paragraphs[0]
        shape = Shape(align="center", line=LINE, before=self._above, after=below)
        self._styles.put_on(number, "Header", shape)
        _write_number(number)

    def _set_next(self, page: Page) -> None:
        """Begin pages of another size; the header goes on."""
        section = self._document.add_section()
        _end_with_the_text(self._document)
        _measure(section, page)
        section.header_distance = Pt(max(_number_top(page) - self._above, 0))
        section.different_first_page_header_footer = False


def _number_top(page: Page) -> float:
    return NUMBER_WIDE if page.width > page.height else NUMBER_UPRIGHT


def _write_number(paragraph: Paragraph) -> None:
    """Write "- ๒ -", in which Word counts; ๒ stands until it does."""
    paragraph.add_run("- ")
    paragraph.add_run()._r.append(OxmlElement("w:fldChar", {qn("w:fldCharType"): "begin"}))
    instruction = OxmlElement("w:instrText", {qn("xml:space"): "preserve"})
    instruction.text = r" PAGE \* THAIARABIC "
    paragraph.add_run()._r.append(instruction)
    paragraph.add_run()._r.append(OxmlElement("w:fldChar", {qn("w:fldCharType"): "separate"}))
    paragraph.add_run("๒")
    paragraph.add_run()._r.append(OxmlElement("w:fldChar", {qn("w:fldCharType"): "end"}))
    paragraph.add_run(" -")


def _end_with_the_text(document: Document) -> None:
    """Let the last paragraph end its section; an empty one could slip onto a page of its own."""
    *_before, ending = document.element.body.findall(qn("w:p"))
    last = ending.getprevious()
    if last is not None and last.tag == qn("w:p"):
        last.get_or_add_pPr().append(ending.pPr.find(qn("w:sectPr")))
        ending.getparent().remove(ending)


def _measure(section: Section, page: Page) -> None:
    section.page_width, section.page_height = Pt(page.width), Pt(page.height)
    is_wide = page.width > page.height
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.top_margin, section.right_margin = Pt(page.margins["top"]), Pt(page.margins["right"])
    section.bottom_margin = Pt(page.margins["bottom"])
    section.left_margin = Pt(page.margins["left"])
    section.footer_distance = Pt(page.margins["bottom"] / 2)
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):  # it would stretch the line pitch
        properties.remove(grid)
    if properties.find(qn("w:pgNumType")) is None:
        numbers = OxmlElement("w:pgNumType", {qn("w:fmt"): "thaiNumbers"})
        properties.find(qn("w:pgMar")).addnext(numbers)
