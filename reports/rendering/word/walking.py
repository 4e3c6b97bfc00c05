"""From the elements of the HTML to the paragraphs of Word, in their order.

Unknown elements are walked like any box: what is in them is never lost.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from reports.rendering.word import lines, pictures, styles, tables
from reports.rendering.word.frames import Frame
from reports.rendering.word.pages import Pages
from reports.rendering.word.style_sheet import Look, StyleSheet
from reports.rendering.word.styles import Shape, Styles


class Walker:
    """Writes documents one after the other into one Word document."""

    def __init__(self, document: Document, sheet: StyleSheet) -> None:
        """Write into ``document``, set by ``sheet``."""
        self.document = document
        self.sheet = sheet
        self.styles = Styles(document)
        self.pages = Pages(document, sheet, self.styles)
        self.tables = tables.Tables(self)
        self._body = Frame(document._body, self.pages.width_of(""))
        self.written: list[Paragraph] = []
        self._gap = 0.0  # points between the last paragraph and the next
        self._breaks_page = False
        self._pinned: list[tuple[pictures.Picture, Look]] = []

    def document_of(self, root: Any) -> None:
        """Write one whole document; a second one begins on a new page or goes on with a table."""
        self._breaks_page = self.pages.is_begun
        self.tables.may_go_on()
        look = self.sheet.look_of(root, None)
        for child in root.iter_children():
            self.block(child, look, self._body)

    def finish(self) -> None:
        """End the document."""
        self.close(self._body)

    # Boxes

    def block(self, element: Any, parent: Look, frame: Frame) -> None:
        """Write a box with all that is in it."""
        look = self.sheet.look_of(element, parent)
        if look.display == "none":
            return
        if look["page"]:
            frame = replace(frame, page=look["page"], width=self.pages.width_of(look["page"]))
        if look["break-before"] == "page" and _holds_more_than_a_place(element):
            self._breaks_page = True
        if look["break-before"] == "avoid" and self.written:
            self.written[-1].paragraph_format.keep_with_next = True
        self._gap = max(self._gap, look.points("margin-top")) + look.points("padding-top")
        begun = len(self.written)
        if element.local_name == "table":
            self.tables.write(element, look, frame)
        else:
            self.contents(element, look, frame.inside(look))
        if len(self.written) == begun:
            self._gap += look.points("height")
        self.hold(self.written[begun:], look)
        self._gap = max(self._gap, look.points("margin-bottom")) + look.points("padding-bottom")

    def hold(self, paragraphs: list[Paragraph], look: Look) -> None:
        """Keep together on a page what the style sheet keeps together."""
        if look["break-inside"] == "avoid":
            for paragraph in paragraphs[:-1]:
                paragraph.paragraph_format.keep_with_next = True
        if look["break-after"] == "avoid":
            for paragraph in paragraphs[-1:]:
                paragraph.paragraph_format.keep_with_next = True

    def contents(self, element: Any, look: Look, frame: Frame) -> None:
        """Write what is in a box: text and inline elements as paragraphs, boxes one by one."""
        line = self._line(element, look, frame)
        figures: list[Any] = []
        line.add_text(element.etree_element.text, look)
        for child in element.iter_children():
            inner = self.sheet.look_of(child, look)
            if figures and child.local_name != "figure":
                self.tables.write_figures(figures, look, frame)
                figures = []
            if child.local_name == "figure" or _is_apart(inner) or inner.is_block:
                self._flush(line, element, look, frame)
                line = self._line(element, look, frame)
            if child.local_name == "figure":
                figures.append(child)
            elif _is_apart(inner):
                self._pin(child, inner)
            elif inner.is_block:
                self.block(child, look, frame)
            else:
                line.add(child, look)
            line.add_text(child.etree_element.tail, look)
        if figures:
            self.tables.write_figures(figures, look, frame)
        self._flush(line, element, look, frame)

    def cell(self, element: Any, look: Look, frame: Frame, *, gap: float = 0.0) -> None:
        """Write the contents of a table cell: at least one paragraph, and one at the end."""
        self._gap = gap
        begun = len(self.written)
        self.contents(element, look, frame)
        if len(self.written) == begun:
            self._paragraph([], element, look, frame, self._line(element, look, frame))
        self.close(frame)

    def close(self, frame: Frame) -> None:
        """End a cell or the document with a paragraph, as Word demands."""
        if self.tables.ends_in(frame):
            self.spacer(frame)
        self._gap = 0.0

    # Paragraphs

    def _line(self, element: Any, look: Look, frame: Frame) -> lines.Line:
        return lines.Line(
            self.sheet,
            frame.width - frame.right,
            frame.left + look.points("text-indent"),
            self.sheet.has_leader(element),
            is_narrow=frame.page is None,
        )

    def _flush(self, line: lines.Line, element: Any, look: Look, frame: Frame) -> None:
        """Write what was gathered; each kept line as a paragraph of its own."""
        line.finish()
        texts = lines.split(line.pieces) if look.keeps_lines else [lines.trimmed(line.pieces)]
        for pieces in texts:
            if pieces:
                self.ready(frame)
                self._paragraph(pieces, element, look, frame, line)

    def ready(self, frame: Frame) -> None:
        """Begin the pages that the frame asks for, where others were being written."""
        if frame.page is not None and self.pages.go_on(frame.page):
            self._breaks_page = False

    def _paragraph(
        self,
        pieces: list[lines.Piece],
        element: Any,
        look: Look,
        frame: Frame,
        line: lines.Line,
    ) -> None:
        has_picture = any(piece.picture for piece in pieces)
        indent = look.points("text-indent")
        align = look["text-align"] or "left"
        may_run_on = look["white-space"] == "nowrap" and align == "left"
        shape = Shape(
            size=look.size,
            bold=look.is_bold,
            italic=look.is_italic,
            align=align,
            line=0.0 if has_picture else look.line,
            before=max(self._gap, 0.0),
            left=min(frame.left, line.start) if indent >= 0 else frame.left,
            right=0.0 if may_run_on else frame.right,
            first=indent,
        )
        name = styles.PICTURE if has_picture else style_name(element)
        paragraph = self._new(frame, name, shape)
        self._gap = 0.0
        for picture, its_look in self._pinned:
            pictures.pin(paragraph.add_run(), picture, its_look)
        self._pinned.clear()
        lines.set_stops(paragraph, line.stops)
        room = frame.width - frame.left - frame.right
        lines.write(paragraph, pieces, self.styles.shape_of(name), room)

    def spacer(self, frame: Frame) -> None:
        """Write an almost invisible paragraph where Word demands one."""
        self._new(frame, styles.SPACER, styles.THIN)

    def _new(self, frame: Frame, name: str, shape: Shape) -> Paragraph:
        paragraph = frame.place.add_paragraph()
        self.styles.put_on(paragraph, name, shape)
        if self._breaks_page:
            paragraph.paragraph_format.page_break_before = True
            self._breaks_page = False
        self.written.append(paragraph)
        return paragraph

    def break_page(self) -> None:
        """Let the next paragraph begin a page."""
        self._breaks_page = True

    def stay_on_page(self) -> None:
        """Let what comes next follow on the same page."""
        self._breaks_page = False
        self._gap = 0.0

    def above_table(self, frame: Frame) -> None:
        """Leave the gap before a table, which has none of its own, and part it from another."""
        gap, self._gap = self._gap, 0.0
        if self._breaks_page or self.tables.ends_in(frame):
            self.spacer(frame)
        if gap > 0 and self.written:
            self.written[-1].paragraph_format.space_after = Pt(gap)

    def _pin(self, element: Any, look: Look) -> None:
        """Keep a picture that stands beside the text, for the next paragraph to hold."""
        shown = [each for each in element.iter_subtree() if each.local_name == "img"]
        for image in shown:
            picture = pictures.picture_of(image)
            if picture:
                self._pinned.append((picture, look))
        if not shown:
            self._pinned.append((pictures.empty_frame(), look))


def _is_apart(look: Look) -> bool:
    """Whether the box stands beside the text, which takes no notice of it."""
    return look["position"] == "absolute" or look["float"] in ("left", "right")


def _holds_more_than_a_place(element: Any) -> bool:
    """Whether there is more to see than the head of an evidence page.

    The pages of evidence PDFs are in the PDF of the document alone; here their heads are a list.
    """
    images = element.query_all('img[src^="evidence:"]')
    return next(images, None) is None


def style_name(element: Any) -> str:
    """Return the name of the style of an element's paragraphs."""
    within = [element, *_ancestors(element)]
    classes = {name for each in within[:2] for name in each.classes}
    if element.local_name == "h1" and "memo-head" in classes:
        return styles.TITLE
    if element.local_name in styles.HEADINGS:
        return styles.HEADINGS[element.local_name]
    names = [each.local_name for each in within]
    if "figcaption" in names:
        return styles.FIGURE_CAPTION
    if "td" in names or "th" in names:
        return styles.HEAD_CELL if "thead" in names else styles.CELL
    for name in element.classes:
        if name in styles.BY_CLASS:
            return styles.BY_CLASS[name]
    for each in within:
        for name in each.classes:
            if name in styles.WITHIN_CLASS:
                return styles.WITHIN_CLASS[name]
    return styles.NORMAL


def _ancestors(element: Any) -> Iterator[Any]:
    while element.parent is not None:
        element = element.parent
        yield element
