"""Links, named places and bookmarks of the parts in the joined document."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from ita_portal.thai.numerals import to_thai_digits

# Written by the table of contents, whose pages are not laid out together with the places it names.
# ".invalid" is reserved (RFC 2606): no real address begins so.
PAGE_ADDRESS = re.compile(r"https://page\.invalid/(\d+)")
PRINTED = 4  # annotation flag Print, which PDF/A asks for


class Destinations:
    """The places in the whole document that links name."""

    def __init__(self, whole: Pdf) -> None:
        self._whole = whole
        self._places = dict(_places_of(whole))

    def page_of(self, name: str) -> Object | None:
        """Return the page of a place; None where there is no such place."""
        place = self._places.get(name)
        return None if place is None else place[0]

    def add(self, part: Pdf, pages: Iterable[Page], *, number: int) -> None:
        """Add the places of a part whose ``pages`` were added; renames those whose name is taken.

        Links on the pages follow the new names.
        """
        renamed = {}
        for name, place in _places_of(part, copied_to=self._whole):
            new = name
            while new in self._places:
                new = f"{number}.{new}"
            renamed[name] = new
            self._places[new] = place
        for annotation in _annotations(pages):
            destination = annotation.get("/Dest")
            if isinstance(destination, String):
                annotation.Dest = String(renamed.get(str(destination), str(destination)))

    def write(self) -> None:
        """Write the places into the catalog, in the order of bytes that readers search by."""
        if not self._places:
            return
        names = Array()
        for name in sorted(map(String, self._places), key=bytes):
            names.extend([name, self._places[str(name)]])
        if "/Names" not in self._whole.Root:
            self._whole.Root.Names = Dictionary()
        self._whole.Root.Names.Dests = self._whole.make_indirect(Dictionary(Names=names))


def _places_of(pdf: Pdf, *, copied_to: Pdf | None = None) -> Iterator[tuple[str, Object]]:
    tree = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    if tree is None:
        return
    names = tree.Names
    if copied_to is not None:
        names = copied_to.copy_foreign(pdf.make_indirect(names))
    for i in range(0, len(names), 2):
        yield str(names[i]), names[i + 1]


def add_bookmarks(whole: Pdf, part: Pdf) -> None:
    """Put the bookmarks of a part, whose pages were added before, behind those of the whole."""
    if "/Outlines" not in part.Root:
        return
    added = whole.copy_foreign(part.Root.Outlines)
    if "/Outlines" not in whole.Root:
        whole.Root.Outlines = added
        return
    outlines = whole.Root.Outlines
    bookmark: Object | None = added.First
    while bookmark is not None:
        bookmark.Parent = outlines
        bookmark = bookmark.get("/Next")
    outlines.Last.Next, added.First.Prev = added.First, outlines.Last
    outlines.Last = added.Last
    outlines.Count = int(outlines.Count) + int(added.Count)


def mend(whole: Pdf, destinations: Destinations) -> None:
    """Turn links to page addresses into links within the document, and tell where links lead.

    WeasyPrint describes a link within the document by the name of the place, which says nothing
    to someone who hears it. Raises ValueError for a page that is not there.
    """
    pages = [page.obj for page in whole.pages]
    numbers = {page.objgen: number for number, page in enumerate(pages, start=1)}
    for annotation in _annotations(whole.pages):
        annotation.F = PRINTED
        if annotation.get("/Subtype") != Name.Link:
            continue
        address = PAGE_ADDRESS.fullmatch(str(annotation.get("/A", Dictionary()).get("/URI", "")))
        target = None
        if address:
            target = _page_numbered(int(address[1]), pages)
            annotation.Dest = Array([target, Name.XYZ, 0, target.MediaBox[3], 0])
            del annotation.A
        elif isinstance(annotation.get("/Dest"), String):
            target = destinations.page_of(str(annotation.Dest))
        if target is not None:
            number = to_thai_digits(numbers[target.objgen])
            annotation.Contents = String(f"ไปยังหน้า {number} ของเอกสาร")


def _page_numbered(number: int, pages: Sequence[Object]) -> Object:
    if not 1 <= number <= len(pages):
        raise ValueError(f"a link leads to page {number} of {len(pages)}")
    return pages[number - 1]


def _annotations(pages: Iterable[Page]) -> Iterator[Object]:
    for page in pages:
        yield from cast(Iterable[Object], page.obj.get("/Annots", ()))
