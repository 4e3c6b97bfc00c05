"""Whether a tagged PDF keeps its promises, as far as can be seen without veraPDF.

``problems_of`` reads a file the way a screen reader or a validator would: every piece of content
must be tagged or an artifact, every tag must lead to an element of the one tree and back, tables
must be regular with heads that resolve, figures and links must be described, fonts embedded, and
the catalog and XMP must say what PDF/UA and PDF/A ask for.
"""

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pikepdf
from pikepdf import Array, Dictionary, Name

Element = Any  # a structure element
Place = tuple[int, int]  # object number and generation

FILLS_AND_STROKES = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"}
PAINTS = FILLS_AND_STROKES | {"Tj", "TJ", "'", '"', "INLINE IMAGE"}
HEADINGS = {f"/H{level}": level for level in range(1, 7)}
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
IDENTIFIERS = {  # in XMP: what a file says it is
    "pdfuaid": "{http://www.aiim.org/pdfua/ns/id/}part",
    "pdfaid": "{http://www.aiim.org/pdfa/ns/id/}part",
}
A_FRACTION = 0.5  # of a point, for rounding


def problems_of(data: bytes, *, claims: tuple[str, ...] = ("pdfuaid",)) -> list[str]:
    """Return what is wrong with a file that claims PDF/UA ("pdfuaid") or PDF/A ("pdfaid")."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return ["no tags"]
        reader = _Reader(pdf)
        return [
            *(f"syntax: {problem}" for problem in pdf.check_pdf_syntax()),
            *_of_the_catalog(pdf, claims),
            *_of_scripts(pdf),
            *_of_fonts(pdf),
            *reader.problems_of_the_tree(),
            *reader.problems_of_the_content(),
            *reader.problems_of_annotations(),
            *reader.problems_of_tables(),
            *reader.problems_of_figures(),
        ]


def headings_of(data: bytes) -> list[int]:
    """Return the levels of the headings in reading order."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        elements = _Reader(pdf).elements
        return [HEADINGS[str(e["/S"])] for e in elements if str(e["/S"]) in HEADINGS]


def skipped_headings(data: bytes) -> list[str]:
    """Return where a heading is more than one level deeper than the one before it."""
    levels = [0, *headings_of(data)]
    return [f"H{before} then H{level}" for before, level in pairwise(levels) if level > before + 1]


def _of_the_catalog(pdf: pikepdf.Pdf, claims: tuple[str, ...]) -> Iterator[str]:
    root = pdf.Root
    if not str(root.get("/Lang", "")):
        yield "no language"
    if not root.get("/MarkInfo", Dictionary()).get("/Marked"):
        yield "not marked as tagged"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle"):
        yield "the title is not shown"
    title = str(pdf.docinfo.get("/Title", ""))
    if not title:
        yield "no title"
    if "/Metadata" not in root:
        yield "no XMP"
        return
    xmp = ElementTree.fromstring(root.Metadata.read_bytes())
    if [e.text for e in xmp.findall(".//dc:title/rdf:Alt/rdf:li", NAMESPACES)] != [title]:
        yield "XMP and document information differ in the title"
    for claim in claims:
        if not any(IDENTIFIERS[claim] in element.attrib for element in xmp.iter()):
            yield f"XMP does not claim {claim}"
    if "pdfaid" in claims and "/OutputIntents" not in root:
        yield "no output intent"
    if "/ID" not in pdf.trailer:
        yield "no file identifier"


def _of_scripts(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/JavaScript" in pdf.Root.get("/Names", Dictionary()):
        yield "scripts by name"
    if "/OpenAction" in pdf.Root or "/AA" in pdf.Root:
        yield "an action on opening"
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/S") == Name.JavaScript:
            yield "a script"


def _of_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for font in pdf.objects:
        if not isinstance(font, Dictionary) or font.get("/Type") != Name.Font:
            continue
        if font.get("/Subtype") == Name.Type0:
            if "/ToUnicode" not in font:
                yield f"no text can be read from font {font.BaseFont}"
        elif font.get("/Subtype") != Name.Type3:
            descriptor = font.get("/FontDescriptor", Dictionary())
            if not any(f"/FontFile{n}" in descriptor for n in ("", "2", "3")):
                yield f"font {font.get('/BaseFont')} is not embedded"


class _Reader:
    """The tag tree of a file and the content it points to."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot
        self.page_numbers = {page.obj.objgen: i for i, page in enumerate(pdf.pages, start=1)}
        numbers = self.root.ParentTree.Nums
        self.keys = [int(numbers[i]) for i in range(0, len(numbers), 2)]
        self.parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        self.elements: list[Element] = []
        self.content: dict[tuple[Place, int], Element] = {}  # (page, MCID) -> its element
        self.tree_problems = list(self._walk(self.root.K[0], self.root))
        self.known = {element.objgen for element in self.elements}

    def _walk(self, element: Element, parent: Element) -> Iterator[str]:
        """Note the elements under ``element`` in reading order; yield what is wrong with them."""
        self.elements.append(element)
        if element["/P"].objgen != parent.objgen:
            yield f"{element['/S']} does not lead back to its parent"
        for kid in element.get("/K", ()):
            if isinstance(kid, int):
                place = (element.Pg.objgen, kid)
                if place in self.content:
                    yield f"{self._where(element.Pg)}: MCID {kid} has two elements"
                self.content[place] = element
            elif "/S" in kid:
                yield from self._walk(kid, element)

    def _where(self, page: Any) -> str:
        return f"page {self.page_numbers.get(page.objgen, '?')}"

    def problems_of_the_tree(self) -> Iterator[str]:
        yield from self.tree_problems
        if [str(kid["/S"]) for kid in self.root.K] != ["/Document"]:
            yield "the tree has not one Document"
        if len(self.known) != len(self.elements):
            yield "an element stands twice in the tree"
        if self.keys != sorted(set(self.keys)):
            yield "the parent tree is out of order"
        if self.root.get("/ParentTreeNextKey") != max(self.keys, default=-1) + 1:
            yield "the next key of the parent tree is wrong"

    def problems_of_the_content(self) -> Iterator[str]:
        drawn: set[tuple[Place, int]] = set()
        keys = [page.obj.get("/StructParents") for page in self.pdf.pages]
        if len(set(keys)) != len(keys):
            yield "two pages have one key in the parent tree"
        for page in self.pdf.pages:
            where = self._where(page.obj)
            elements = self.parents.get(page.obj.get("/StructParents"), Array())
            for mark in self._marks(page.obj, page.obj.Resources, "", where):
                if isinstance(mark, str):
                    yield mark
                    continue
                place = (page.obj.objgen, mark)
                if place in drawn:
                    yield f"{where}: MCID {mark} is drawn twice"
                drawn.add(place)
                if mark >= len(elements) or place not in self.content:
                    yield f"{where}: MCID {mark} has no element in the tree"
                elif elements[mark].objgen != self.content[place].objgen:
                    yield f"{where}: MCID {mark} leads to another element than holds it"
        for place in self.content.keys() - drawn:
            yield f"page {self.page_numbers.get(place[0], '?')}: MCID {place[1]} is not drawn"

    def _marks(self, stream: Any, resources: Any, outside: str, where: str) -> Iterator[int | str]:
        """Yield each MCID in a stream, and each problem as text.

        ``outside`` is what the stream is drawn in: "tag", "artifact" or nothing.
        """
        stack: list[str] = []
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            inside = next((kind for kind in reversed(stack) if kind), outside)
            if operator in ("BDC", "BMC"):
                kind, mcid = self._kind(instruction, resources)
                if kind and inside and (kind, inside) != ("artifact", "artifact"):
                    yield f"{where}: {kind} inside {inside}"
                if mcid is not None:
                    yield mcid
                stack.append(kind)
            elif operator == "EMC":
                if not stack:
                    yield f"{where}: a mark ends that never began"
                    return
                stack.pop()
            elif operator == "Do":
                drawn = resources.XObject[instruction.operands[0]]
                if drawn.Subtype == Name.Form:
                    own = drawn.get("/Resources", resources)
                    for mark in self._marks(drawn, own, inside, where):
                        if isinstance(mark, int):
                            yield f"{where}: MCID {mark} stands inside a form"
                        else:
                            yield mark
                elif not inside:
                    yield f"{where}: a picture neither tagged nor artifact"
            elif operator in PAINTS and not inside:
                yield f"{where}: {operator} neither tagged nor artifact"
        if stack:
            yield f"{where}: a mark does not end"

    @staticmethod
    def _kind(instruction: Any, resources: Any) -> tuple[str, int | None]:
        tag, *rest = instruction.operands
        properties = rest[0] if rest else Dictionary()
        if isinstance(properties, Name):
            named = resources.get("/Properties", Dictionary())
            properties = named.get(properties, Dictionary())
        if tag == Name.Artifact:
            return "artifact", None
        if "/MCID" in properties:
            return "tag", int(properties.MCID)
        return "", None

    def problems_of_annotations(self) -> Iterator[str]:
        for page in self.pdf.pages:
            where = self._where(page.obj)
            annotations = page.obj.get("/Annots", ())
            if annotations and page.obj.get("/Tabs") != Name.S:
                yield f"{where}: the order of annotations is not that of the tags"
            for annotation in annotations:
                if not str(annotation.get("/Contents", "")):
                    yield f"{where}: an annotation without description"
                if int(annotation.get("/F", 0)) != 4:
                    yield f"{where}: an annotation that is not printed"
                element = self.parents.get(annotation.get("/StructParent"))
                if element is None or element.objgen not in self.known:
                    yield f"{where}: an annotation without element"
                elif not any(
                    isinstance(kid, Dictionary)
                    and kid.get("/Type") == Name.OBJR
                    and kid.Obj.objgen == annotation.objgen
                    for kid in element.K
                ):
                    yield f"{where}: the element of an annotation does not hold it"

    def problems_of_tables(self) -> Iterator[str]:
        names = self.root.get("/IDTree", Dictionary()).get("/Names", Array())
        ids = [bytes(names[i]) for i in range(0, len(names), 2)]
        by_id = {bytes(names[i]): names[i + 1] for i in range(0, len(names), 2)}
        if ids != sorted(set(ids)):
            yield "the list of identifiers is out of order or has one twice"
        in_tree = [bytes(element.ID) for element in self.elements if "/ID" in element]
        if sorted(in_tree) != ids:
            yield "the list of identifiers is not that of the elements"
        for table in self.elements:
            if table["/S"] == Name.Table:
                rows = list(_rows_of(table))
                where = self._where(table.Pg)
                yield from (f"{where}: {problem}" for problem in _of_the_grid(rows))
                yield from (f"{where}: {problem}" for problem in _of_heads(rows, by_id))

    def problems_of_figures(self) -> Iterator[str]:
        for figure in self.elements:
            if figure["/S"] != Name.Figure:
                continue
            where = self._where(figure.Pg)
            if not str(figure.get("/Alt", "")):
                yield f"{where}: a figure without alternative text"
            left, bottom, right, top = (float(side) for side in figure.A.BBox)
            _, _, width, height = (float(side) for side in figure.Pg.MediaBox)
            if not (
                -A_FRACTION <= left < right <= width + A_FRACTION
                and -A_FRACTION <= bottom < top <= height + A_FRACTION
            ):
                yield f"{where}: a figure said to lie outside the page"


def _rows_of(table: Element) -> Iterator[list[Element]]:
    for kid in table.K:
        if kid["/S"] == Name.TR:
            yield list(kid.K)
        elif kid["/S"] in (Name.THead, Name.TBody, Name.TFoot):
            yield from _rows_of(kid)


def _of_the_grid(rows: list[list[Element]]) -> Iterator[str]:
    """Yield where the cells with their spans leave gaps, overlap or reach past the table."""
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            if cell["/S"] not in (Name.TH, Name.TD):
                yield f"{cell['/S']} in a row"
                return
            while (top, left) in taken:
                left += 1
            across, down = int(cell.A.get("/ColSpan", 1)), int(cell.A.get("/RowSpan", 1))
            spots = {(top + y, left + x) for y in range(down) for x in range(across)}
            if spots & taken:
                yield "cells overlap"
            taken |= spots
    widths = [sum(y == top for y, _x in taken) for top in range(len(rows))]
    if len(set(widths)) > 1:
        yield f"rows of {sorted(set(widths))} columns in one table"
    if any(y >= len(rows) for y, _x in taken):
        yield "a cell reaches past the last row"


def _of_heads(rows: list[list[Element]], by_id: dict[bytes, Element]) -> Iterator[str]:
    cells = [cell for row in rows for cell in row]
    here = {cell.objgen for cell in cells}
    for cell in cells:
        if cell["/S"] == Name.TH and cell.A.get("/Scope") not in (Name.Row, Name.Column):
            yield "a head cell without scope"
        for name in cell.A.get("/Headers", ()):
            head = by_id.get(bytes(name))
            if head is None or head["/S"] != Name.TH:
                yield f"head {name} leads nowhere"
            elif head.objgen not in here:
                yield f"head {name} belongs to another table"
