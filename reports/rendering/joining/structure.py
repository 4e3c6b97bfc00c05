"""The tag tree: one for the joined document, and what PDF/UA asks beyond what WeasyPrint writes.

Mended are: the scope of table heads, the heads of each cell (WeasyPrint loses count behind a
rowspan), the list by which head cells are found, rowspans that reach past the end of a table, and
the place of figures, which WeasyPrint gives in CSS pixels from the top.
"""

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from reports.rendering.joining.tables import mend_table

POINTS_PER_PIXEL = 0.75
WANTED = (Name.Table, Name.Figure)


def add(whole: Pdf, part: Pdf, pages: Sequence[Page]) -> None:
    """Put the tags of a part behind those of the whole; ``pages`` are its pages, already added.

    Raises ValueError where the whole or the part has no tags.
    """
    root = _root_of(whole)
    _root_of(part)
    added = whole.copy_foreign(part.Root.StructTreeRoot)
    document = root.K[0]
    for element in added.K[0].K:
        element.P = document
    document.K.extend(added.K[0].K)

    shift = _next_key(root)
    for page in pages:
        page.obj.StructParents = int(page.obj.StructParents) + shift
        for annotation in page.obj.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + shift
    numbers = added.ParentTree.Nums
    for i in range(0, len(numbers), 2):
        root.ParentTree.Nums.append(int(numbers[i]) + shift)
        root.ParentTree.Nums.append(numbers[i + 1])


def mend(whole: Pdf) -> None:
    """Add what PDF/UA asks of tables and figures; raises ValueError for a file without tags."""
    root = _root_of(whole)
    root.ParentTreeNextKey = _next_key(root)
    heads: list[Object] = []
    for element in _elements(root.K[0]):
        if element["/S"] == Name.Table:
            heads.extend(mend_table(whole, element, first_head=len(heads)))
        elif element["/S"] == Name.Figure:
            _mend_place(element)
    if heads:
        names = Array()
        for head in heads:
            names.extend([head.ID, head])
        root.IDTree = whole.make_indirect(Dictionary(Names=names))


def _root_of(pdf: Pdf) -> Object:
    if "/StructTreeRoot" not in pdf.Root:
        raise ValueError("a part has no tags")
    return pdf.Root.StructTreeRoot


def _next_key(root: Object) -> int:
    numbers = root.ParentTree.Nums  # in rising order
    return int(numbers[-2]) + 1 if len(numbers) else 0


def _elements(element: Object) -> Iterator[Object]:
    """Yield the tables and figures under an element, in reading order."""
    waiting = [element]
    while waiting:
        element = waiting.pop()
        kind = element.get("/S")  # a reference to an annotation has none
        if kind in WANTED:
            yield element
        if kind is not None and kind != Name.Span:  # most elements are spans: they hold only text
            kids = [kid for kid in element.get("/K", ()) if isinstance(kid, Dictionary)]
            waiting.extend(reversed(kids))


def _mend_place(figure: Object) -> None:
    top = float(figure.Pg.TrimBox[3])
    left, upper, right, lower = (float(side) * POINTS_PER_PIXEL for side in figure.A.BBox)
    figure.A.BBox = Array([round(x, 2) for x in (left, top - lower, right, top - upper)])
