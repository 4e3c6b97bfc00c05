"""What stands in content streams: which pictures are drawn where, and the marks for tags."""

import math
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Matrix, Name, Object, Page

# WeasyPrint writes its names without escapes.
DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
MARKS = re.compile(rb"\b(?:BDC|BMC)\b")


def names_drawn(page: Page) -> set[str]:
    """Return the names of the pictures and forms that a page of WeasyPrint's draws."""
    return {f"/{name.decode()}" for name in DRAWN.findall(page.obj.Contents.read_bytes())}


def shapes_drawn(page: Page) -> Iterator[tuple[str, float]]:
    """Yield the name of each thing that a page draws, and width to height of where it draws it."""
    matrix, saved = Matrix(), []
    for instruction in pikepdf.parse_content_stream(page, "q Q cm Do"):
        operands = instruction.operands
        match str(instruction.operator):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop()
            case "cm":
                matrix = Matrix(Array(operands)) @ matrix
            case "Do":
                width, height = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
                yield str(operands[0]), width / height


def unmark(stream: Object) -> None:
    """Take out the marks for tags, whose numbers mean nothing in another file; layers keep theirs.

    Ends without a beginning go too: they would end the tag around the whole page.
    """
    if not MARKS.search(stream.read_bytes()):
        return
    kept = []
    open_marks: list[bool] = []  # whether each was kept
    for instruction in pikepdf.parse_content_stream(stream):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            is_layer = bool(instruction.operands[0] == Name.OC)
            open_marks.append(is_layer)
            if not is_layer:
                continue
        if operator == "EMC" and not (open_marks and open_marks.pop()):
            continue
        kept.append(instruction)
    stream.write(pikepdf.unparse_content_stream(kept))
