"""What stands within a paragraph: text with its letters, pictures, tabs and dotted leaders.

White space is that of HTML: runs of it are one space, and none at the ends of a line. A span that
may not break (``whole``) gets no-break spaces in running text; marks of possible breaks are left
out, because Word finds its own and the font has no glyph for them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reports.rendering.word import pictures
from reports.rendering.word.pictures import Picture
from reports.rendering.word.style_sheet import ROOT_SIZE, Look, StyleSheet
from reports.rendering.word.styles import Shape, set_letters

SPACE = re.compile(r"[ \t\n\r\f]+")  # not the no-break space
NO_BREAK_SPACE = "\u00a0"
BREAK_MARKS = dict.fromkeys([0x200B, 0x00AD, 0x2060, 0xFEFF])
SPACE_WIDTH = 0.22  # of a space in the paper font, in its size
LETTER_WIDTH = 0.3  # of a bracket
OUTSIDE = ("http://", "https://", "mailto:")


@dataclass
class Piece:
    """A piece of a line: text, or a tab, a line break, a picture in its place."""

    text: str = ""
    look: Look | None = None
    link: str = ""
    is_boxed: bool = False
    is_tab: bool = False
    is_break: bool = False
    picture: Picture | None = None

    @property
    def is_text(self) -> bool:
        """Whether the piece is ordinary text, in which white space may be joined."""
        return not (self.is_tab or self.is_break or self.is_boxed or self.picture)

    def joins(self, other: "Piece") -> bool:
        """Whether the text of both may be one: Word breaks lines and finds words within it."""
        return (
            self.is_text
            and other.is_text
            and self.link == other.link
            and self.look is not None
            and other.look is not None
            and _letters(self.look) == _letters(other.look)
        )


@dataclass
class Stop:
    """A tab stop, in points from the left margin."""

    at: float
    align: WD_TAB_ALIGNMENT = WD_TAB_ALIGNMENT.LEFT
    is_dotted: bool = False


@dataclass
class Line:
    """The pieces of a paragraph while they are gathered."""

    sheet: StyleSheet
    room: float  # points from margin to margin
    start: float = 0.0  # where the first line begins, in points from the left margin
    has_leader: bool = False
    is_narrow: bool = False  # in a table cell, where what is held together would be cut in a word
    pieces: list[Piece] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    leader_is_drawn: bool = False

    def __post_init__(self) -> None:
        """Begin to count at the start."""
        self.at = self.start

    def add_text(
        self, text: str | None, look: Look, *, link: str = "", whole: bool = False
    ) -> None:
        """Add text as it stands in the HTML."""
        if not text:
            return
        text = text.translate(BREAK_MARKS)
        if whole and not self.is_narrow:
            text = SPACE.sub(NO_BREAK_SPACE, text)
        self.pieces.append(Piece(text, look, link))

    def add(self, element: Any, parent: Look, *, link: str = "", whole: bool = False) -> None:
        """Add an inline element with all that is in it."""
        look = self.sheet.look_of(element, parent)
        if look.display == "none" or look["position"] == "absolute":
            return
        name, width = element.local_name, look.points("width", of=self.room)
        if name == "br":
            self.pieces.append(Piece(look=look, is_break=True))
        elif name == "img":
            self._add_picture(element, look)
        elif "box" in element.classes:
            self._add_box(element, look)
        elif look.display == "inline-block" and width:
            self._add_column(element, look, width, link=link, whole=whole)
        else:
            address = element.etree_element.get("href", "")
            link = address if name == "a" and address.startswith(OUTSIDE) else link
            self._add_contents(element, look, link=link, whole=whole or "whole" in element.classes)

    def _add_contents(self, element: Any, look: Look, *, link: str, whole: bool) -> None:
        self.add_text(element.etree_element.text, look, link=link, whole=whole)
        for child in element.iter_children():
            self.add(child, look, link=link, whole=whole)
            self.add_text(child.etree_element.tail, look, link=link, whole=whole)

    def _add_picture(self, element: Any, look: Look) -> None:
        picture = pictures.picture_of(element)
        if picture is not None:
            self.pieces.append(Piece(look=look, picture=picture))
        elif not element.etree_element.get("src", "").startswith(pictures.PLACE_OF_PAGE):
            self.add_text(element.etree_element.get("alt"), look)  # the words for it, as in the PDF

    def _add_box(self, element: Any, look: Look) -> None:
        """A box to tick: letters in a frame, so that it can be ticked by typing."""
        apart = round(look.points("margin-left") / (SPACE_WIDTH * look.size))
        if apart > 0:
            self.pieces.append(Piece(NO_BREAK_SPACE * apart, look))
        tick = "".join(element.etree_element.itertext()).strip()
        text = f"{NO_BREAK_SPACE}{tick or NO_BREAK_SPACE}{NO_BREAK_SPACE}"
        self.pieces.append(Piece(text, look, is_boxed=True))

    def _add_column(
        self, element: Any, look: Look, width: float, *, link: str, whole: bool
    ) -> None:
        """Text in a width of its own becomes text between tab stops."""
        if self.pieces and self.at == self.start:
            self.at += sum(len(each.text.strip()) for each in self.pieces) * (
                LETTER_WIDTH * look.size
            )
        self.at += look.points("margin-left")
        self.start = min(self.start, self.at)
        end, align = self.at + width, look["text-align"]
        is_filled = bool("".join(element.etree_element.itertext()).strip(f" \n{NO_BREAK_SPACE}"))
        is_label = "label" in element.classes
        if align == "right":
            self._tab(end - look.points("padding-right"), WD_TAB_ALIGNMENT.RIGHT)
            self._add_contents(element, look, link=link, whole=whole)
            end -= look.points("padding-right")
        elif align == "center":
            if is_filled:
                self._tab(self.at + width / 2, WD_TAB_ALIGNMENT.CENTER, is_dotted=self.has_leader)
                self._add_contents(element, look, link=link, whole=whole)
            self._tab(end, is_dotted=self.has_leader)
            self.leader_is_drawn = True
        else:
            self._add_contents(element, look, link=link, whole=whole)
            self._tab(end, is_dotted=self.has_leader and not is_label)
        self.at = end

    def _tab(
        self,
        at: float,
        align: WD_TAB_ALIGNMENT = WD_TAB_ALIGNMENT.LEFT,
        *,
        is_dotted: bool = False,
    ) -> None:
        self.stops.append(Stop(at, align, is_dotted))
        self.pieces.append(Piece(is_tab=True))

    def finish(self) -> None:
        """Draw the leader to the right margin, where the line has one."""
        if self.has_leader and not self.leader_is_drawn:
            self._tab(self.room, WD_TAB_ALIGNMENT.RIGHT, is_dotted=True)


def split(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Yield the lines of a text that keeps its line breaks, white space put right."""
    line: list[Piece] = []
    for piece in pieces:
        if not piece.is_text:
            line.append(piece)
            continue
        first, *others = piece.text.split("\n")
        line.append(Piece(first, piece.look, piece.link))
        for other in others:
            yield trimmed(line)
            line = [Piece(other, piece.look, piece.link)]
    yield trimmed(line)


def trimmed(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with white space joined, none at the ends; an empty list for no text."""
    kept: list[Piece] = []
    ends_in_space = True
    for piece in pieces:
        if not piece.is_text:
            _trim_end(kept)
            kept.append(piece)
            ends_in_space = piece.is_tab or piece.is_break
            continue
        text = SPACE.sub(" ", piece.text)
        if ends_in_space:
            text = text.removeprefix(" ")
        if text and kept and kept[-1].joins(piece):
            kept[-1].text += text
        elif text:
            kept.append(Piece(text, piece.look, piece.link))
        ends_in_space = text.endswith(" ") if text else ends_in_space
    _trim_end(kept, all_the_way=True)
    return kept


def _trim_end(pieces: list[Piece], *, all_the_way: bool = False) -> None:
    """Take the space before a tab or break away, and what is left empty; at the end breaks too."""
    while pieces:
        last = pieces[-1]
        is_empty = last.is_text and not last.text.rstrip(" ")
        if not (is_empty or (all_the_way and last.is_break)):
            break
        pieces.pop()
    if pieces and pieces[-1].is_text and all_the_way:
        pieces[-1].text = pieces[-1].text.rstrip(" ")


def write(paragraph: Paragraph, pieces: list[Piece], usual: Shape, room: float) -> None:
    """Write the pieces into the paragraph, whose style gives the ``usual`` letters."""
    for piece in pieces:
        run = _new_run(paragraph, piece.link)
        if piece.is_tab:
            if usual.size != ROOT_SIZE:  # dots of the size of the text, not of the label
                set_letters(run._r.get_or_add_rPr(), replace(usual, size=ROOT_SIZE), unlike=usual)
            run.add_tab()
        elif piece.is_break:
            run.add_break()
        elif piece.picture and piece.look:
            pictures.put(run, piece.picture, piece.look, room)
        elif piece.look:
            _dress(run, piece.look, usual, is_boxed=piece.is_boxed)
            run.text = piece.text


def _new_run(paragraph: Paragraph, link: str) -> Run:
    run = paragraph.add_run()
    if link:
        identifier = paragraph.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        around = OxmlElement("w:hyperlink", {qn("r:id"): identifier})
        run._r.addprevious(around)
        around.append(run._r)
    return run


def _letters(look: Look) -> tuple[float, bool, bool]:
    return look.size, look.is_bold, look.is_italic


def _dress(run: Run, look: Look, usual: Shape, *, is_boxed: bool) -> None:
    own = Shape(*_letters(look))
    if _letters(look) != (usual.size, usual.bold, usual.italic):
        set_letters(run._r.get_or_add_rPr(), own, unlike=usual)
    if is_boxed:
        frame = {"val": "single", "sz": "6", "space": "0", "color": "auto"}
        run._r.get_or_add_rPr().append(
            OxmlElement("w:bdr", {qn(f"w:{name}"): value for name, value in frame.items()})
        )


def set_stops(paragraph: Paragraph, stops: list[Stop]) -> None:
    """Write the tab stops of the paragraph."""
    for stop in stops:
        leader = WD_TAB_LEADER.DOTS if stop.is_dotted else WD_TAB_LEADER.SPACES
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(stop.at), stop.align, leader)
