"""Reading a Word file and an HTML document back as plain text, for comparison."""

import io
from html.parser import HTMLParser

import docx
from docx.oxml.ns import qn

UNSEEN = ("head", "thead")
MARKS_OF_BREAKS = dict.fromkeys([0x200B, 0x2060])


def compact(text: str) -> str:
    return "".join(text.translate(MARKS_OF_BREAKS).split())


def lines_of_docx(data: bytes) -> list[str]:
    """The text of each paragraph in its order, without white space and table heads."""
    body = docx.Document(io.BytesIO(data)).element.body
    lines = []
    for paragraph in body.iter(qn("w:p")):
        row = next(paragraph.iterancestors(qn("w:tr")), None)
        if row is None or row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
            text = compact("".join(each.text or "" for each in paragraph.iter(qn("w:t"))))
            lines.append(text)
    return [line for line in lines if line]


def text_of_docx(data: bytes) -> str:
    """The text of the body in its order, without white space and table heads."""
    return "".join(lines_of_docx(data))


class _Reader(HTMLParser):
    """Gathers what is to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag, attributes):
        self.depth += tag in UNSEEN

    def handle_endtag(self, tag):
        self.depth -= tag in UNSEEN

    def handle_data(self, data):
        if not self.depth:
            self.texts.append(data)


def text_of_html(htmls: list[str]) -> str:
    """The text of HTML documents in its order, without white space and table heads."""
    reader = _Reader()
    for html in htmls:
        reader.feed(html)
    return compact("".join(reader.texts))
