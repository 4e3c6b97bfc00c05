"""One paragraph of a Word file: its text as read on paper, its pictures, and what was left out."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from measures.domain.importing.sources import Note, Paragraph
from measures.domain.importing.word_numbering import Numbering, W, integer
from measures.domain.importing.word_pictures import Pictures

# Signs of the symbol fonts that stand for ticks and bullets in forms; by font, by low byte.
_SIGNS = {
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xA7: "▪"},
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0xA3: "☐"},
    "symbol": {0xD6: "√", 0xB7: "•"},
}
_UNSEEN = "[?]"  # for a sign of a font that only that computer has
# What holds no text of the paragraph itself.
_PASSED_OVER = {
    "pPr", "instrText", "delText", "delInstrText", "annotationRef", "commentReference",
    "bookmarkStart", "bookmarkEnd", "proofErr", "rt",
}  # fmt: skip
_MARKS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "",
}  # fmt: skip
# What a drawing may be of, beside a picture: its words are in another part of the file.
_DRAWN = ("/chart", "/diagram")


def local_name(element: Any) -> str:
    """Return an element's name without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_on(parent: Any | None, name: str) -> bool:
    """Return whether a property such as ``w:vanish`` is there and not switched off."""
    found = parent.find(W + name) if parent is not None else None
    return found is not None and found.get(W + "val", "true") not in ("0", "false", "off")


class Notes:
    """What was noticed while reading, each once for its place."""

    def __init__(self) -> None:
        self._notes: dict[Note, None] = {}

    def add(self, where: str, message: str, value: str = "") -> None:
        """Note something at a place."""
        self._notes[Note(where, message, " ".join(value.split()))] = None

    def all(self) -> tuple[Note, ...]:
        """Return the notes in the order of the file."""
        return tuple(self._notes)


class ParagraphReader:
    """Reads one ``w:p``. ``boxes`` are the text boxes anchored in it, to be read after it."""

    def __init__(
        self,
        where: str,
        *,
        numbering: Numbering,
        pictures: Pictures,
        notes: Notes,
        footnotes: dict[str, str],
    ) -> None:
        self.boxes: list[Any] = []
        self._where = where
        self._numbering = numbering
        self._pictures = pictures
        self._notes = notes
        self._footnotes = footnotes
        self._pieces: list[str] = []
        self._keys: dict[str, None] = {}

    def read(self, element: Any) -> Paragraph:
        """Return the paragraph."""
        label = self._numbering.label(element.find(W + "pPr"))
        self._children(element)
        # Tabs at the ends are cells without text where a table was pasted as lines.
        text = "".join(self._pieces).strip(" \n")
        return Paragraph(text, label, tuple(self._keys))

    def _children(self, element: Any) -> None:
        for child in element:
            self._element(child)

    def _element(self, element: Any) -> None:
        name = local_name(element)
        if name == "t":
            self._pieces.append(element.text or "")
        elif name in _MARKS:
            self._pieces.append(_MARKS[name])
        elif name == "r":
            self._run(element)
        elif reader := self._READERS.get(name):
            reader(self, element)
        elif name and name not in _PASSED_OVER:
            self._children(element)

    def _run(self, element: Any) -> None:
        properties = element.find(W + "rPr")
        if is_on(properties, "vanish"):
            if hidden := text_within(element):
                self._note(_("ข้อความที่ซ่อนไว้ ไม่ได้อ่าน"), hidden)
            return
        before = len(self._pieces)
        self._children(element)
        fonts = properties.find(W + "rFonts") if properties is not None else None
        font = (fonts.get(W + "ascii", "") if fonts is not None else "").lower()
        if font in _SIGNS:
            self._pieces[before:] = [_signs(font, piece) for piece in self._pieces[before:]]

    def _symbol(self, element: Any) -> None:
        font = element.get(W + "font", "").lower()
        try:
            code = int(element.get(W + "char", ""), 16)
        except ValueError:
            code = 0
        sign = _SIGNS.get(font, {}).get(code & 0xFF)
        if sign is None:
            sign = _UNSEEN
            self._note(_("อักขระพิเศษของแบบอักษร %(font)s อ่านไม่ได้") % {"font": font})
        self._pieces.append(sign)

    def _deleted(self, element: Any) -> None:
        if text := text_within(element):
            self._note(_("ข้อความที่ลบไว้ในโหมดติดตามการแก้ไข ไม่ได้อ่าน"), text)

    def _inserted(self, element: Any) -> None:
        if text := text_within(element):
            self._note(_("ข้อความที่เพิ่มไว้ในโหมดติดตามการแก้ไข อ่านรวมด้วย"), text)
        self._children(element)

    def _control(self, element: Any) -> None:
        content = content_of_control(element)
        if content is not None:
            self._children(content)

    def _alternatives(self, element: Any) -> None:
        """Read one of several drawings of the same thing: the newest that is there."""
        chosen = next((child for child in element if local_name(child) == "Choice"), None)
        if chosen is None or not _is_understood(chosen):
            fallback = next((child for child in element if local_name(child) == "Fallback"), None)
            chosen = fallback if fallback is not None else chosen
        if chosen is not None:
            self._children(chosen)

    def _picture(self, element: Any) -> None:
        found = self._pictures.key_of(element, self._where)
        if found:
            self._keys[found] = None
        elif found is None:
            self._note(_("ภาพนี้ไม่ได้อยู่ในไฟล์ (เป็นลิงก์หรือไฟล์เสียหาย) โปรดแนบภาพเอง"))
        self._children(element)

    def _drawing(self, element: Any) -> None:
        if element.get("uri", "").endswith(_DRAWN):
            self._note(_("แผนภูมิหรือแผนผัง ไม่ได้อ่านข้อความข้างใน"))
        self._children(element)

    def _box(self, element: Any) -> None:
        self._note(_("กล่องข้อความ อ่านต่อท้ายย่อหน้าที่กล่องยึดอยู่"), text_within(element))
        self.boxes.append(element)

    def _footnote(self, element: Any) -> None:
        key = f"{local_name(element)}{element.get(W + 'id', '')}"
        self._note(_("เชิงอรรถ ไม่ได้อ่านรวมในข้อความ"), self._footnotes.get(key, ""))

    def _checkbox(self, element: Any) -> None:
        stands = "checked" if element.find(W + "checked") is not None else "default"
        self._pieces.append("☑" if is_on(element, stands) else "☐")

    def _note(self, message: str, value: str = "") -> None:
        self._notes.add(self._where, message, value)

    _READERS = {
        "sym": _symbol,
        "del": _deleted,
        "moveFrom": _deleted,
        "ins": _inserted,
        "moveTo": _inserted,
        "sdt": _control,
        "AlternateContent": _alternatives,
        "blip": _picture,
        "imagedata": _picture,
        "graphicData": _drawing,
        "txbxContent": _box,
        "footnoteReference": _footnote,
        "endnoteReference": _footnote,
        "checkBox": _checkbox,
    }


def content_of_control(element: Any) -> Any | None:
    """Return what stands in a content control, or None where that is only its prompt."""
    if is_on(element.find(W + "sdtPr"), "showingPlcHdr"):
        return None
    return element.find(W + "sdtContent")


def text_within(element: Any) -> str:
    """Return all text in an element, deleted text too, a space between paragraphs."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Any) -> Iterator[str]:
    for child in element.iter(W + "t", W + "delText", W + "p", W + "tab", W + "br"):
        yield (child.text or "") if local_name(child) in ("t", "delText") else " "


def _is_understood(choice: Any) -> bool:
    """Return whether we read what this way of drawing holds: a text box or a picture."""
    return any(local_name(inner) in ("txbxContent", "blip", "t") for inner in choice.iter())


def _signs(font: str, text: str) -> str:
    """Return text typed in a symbol font as the signs that are seen."""
    signs = _SIGNS[font]
    return "".join(
        signs.get(ord(letter) & 0xFF, _UNSEEN)
        if letter > "\x7f" or ord(letter) in signs
        else letter
        for letter in text
    )


def footnotes_of(root: Any | None) -> dict[str, str]:
    """Return the texts of a footnotes or endnotes part by the name of what refers to them."""
    if root is None:
        return {}
    return {
        f"{local_name(note)}Reference{note.get(W + 'id', '')}": text_within(note)
        for note in root
        if local_name(note) and integer(note.get(W + "id"), 0) > 0
    }
