"""The pictures that lie over a sheet of an Excel file, and the cells over which they lie."""

import posixpath
import zipfile
from dataclasses import dataclass

from measures.domain.filing import office_files
from measures.domain.importing.word_pictures import extension_of


@dataclass(frozen=True)
class SheetPicture:
    """A picture and the place of its upper left corner, from 0."""

    part: str  # its name in the package
    row: int
    column: int
    data: bytes
    extension: str


def pictures_of(package: zipfile.ZipFile, sheet: str) -> list[SheetPicture]:
    """Return the pictures over the sheet whose part this is, in the order of the drawing."""
    names = set(package.namelist())
    found = []
    for kind, drawing in references_of(package, sheet, names).values():
        if not kind.endswith("/drawing"):
            continue
        shown = references_of(package, drawing, names)
        for row, column, key in _anchors(package, drawing):
            _kind, part = shown.get(key, ("", ""))
            if part:
                data = package.read(part)
                found.append(SheetPicture(part, row, column, data, extension_of(data, part)))
    return found


def references_of(
    package: zipfile.ZipFile, part: str, names: set[str]
) -> dict[str, tuple[str, str]]:
    """Return kind and target of what a part ("": the package) refers to, by id, if it is there."""
    folder, _slash, name = part.rpartition("/")
    relationships = f"{folder}/_rels/{name}.rels".lstrip("/")
    found: dict[str, tuple[str, str]] = {}
    if relationships not in names:
        return found

    def start(tag: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        if tag == "Relationship" and path in names:
            found[attributes.get("Id", "")] = attributes.get("Type", ""), path

    office_files.parse(package, relationships, start=start)
    return found


def _anchors(package: zipfile.ZipFile, drawing: str) -> list[tuple[int, int, str]]:
    """Return row, column and picture id of what is anchored to a cell."""
    found: list[tuple[int, int, str]] = []
    corner = {"row": 0, "col": 0}
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        inside.append(tag)
        if tag == "blip":
            key = next((v for name, v in attributes.items() if name.endswith(" embed")), "")
            found.append((corner["row"], corner["col"], key))

    def end(tag: str) -> None:
        inside.pop()

    def characters(text: str) -> None:
        if len(inside) > 1 and inside[-2] == "from" and inside[-1] in corner and text.isdecimal():
            corner[inside[-1]] = int(text)

    office_files.parse(package, drawing, start=start, end=end, characters=characters)
    return found
