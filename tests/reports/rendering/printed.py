"""Reading a PDF back with poppler, the way a reader or the assessor's tools would."""

import re
import subprocess
from pathlib import Path

from django.template.loader import get_template

from reports.layouts import LAYOUTS

PAGE_NUMBER = re.compile(r"(?m)^- [๐-๙]+ -$")
CATCHWORD = re.compile(r"(?m)^/(.+)\.\.\.$")
CODE = re.compile(r"(?m)^รหัสเอกสาร .+\n(?:https?://\S+/verify/\S+)?$")


def _heads() -> list[str]:
    """The compact heads of all tables, longest first, as their templates have them."""
    names = {
        name for layout in LAYOUTS.values() for part in layout.report for name in part.sections
    }
    texts = set()
    for name in names | {"analysis"}:
        source = get_template(f"reports/sections/{name}.html").template.source
        for head in re.findall(r"(?s)<thead>(.*?)</thead>", source):
            for pick in ("report", "plan"):
                chosen = re.sub(
                    r"(?s){% if is_plan %}(.*?){% else %}(.*?){% endif %}",
                    r"\1" if pick == "plan" else r"\2",
                    head,
                )
                texts.add("".join(re.sub("<[^>]+>|{%.*?%}", "", chosen).split()))
    return sorted(texts, key=len, reverse=True)


def poppler(pdf: bytes, tool: str, *arguments: str, folder: Path) -> str:
    file = folder / "printed.pdf"
    file.write_bytes(pdf)
    command = [tool, *arguments, str(file)]
    if tool == "pdftotext":
        command.append("-")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def pages_of(pdf: bytes, *, folder: Path) -> list[str]:
    """The text of each page as it stands in the file, its furniture at the end."""
    return poppler(pdf, "pdftotext", "-raw", folder=folder).split("\f")[:-1]


def compact(text: str) -> str:
    return "".join(text.split())


def without_furniture(page: str) -> str:
    """The text of a page without page number, code and catchword."""
    return CATCHWORD.sub("", CODE.sub("", PAGE_NUMBER.sub("", page)))


def without_heads(text: str) -> str:
    """A compact text without table heads, which come again on each page of their table."""
    for head in _heads():
        text = text.replace(head, "")
    return text


def body_of(page: str) -> str:
    """The compact text of a page without furniture and without a table head on top."""
    text = compact(without_furniture(page))
    for head in _heads():
        text = text.removeprefix(head)
    return text


def begins_with(page: str, catchword: str) -> bool:
    """Whether a page begins with the words of a catchword: its text, or the table head on top.

    A head is the beginning of a page where its table begins; where it comes again, it is not.
    """
    words = compact(catchword)
    return bool(words) and (
        body_of(page).startswith(words) or compact(without_furniture(page)).startswith(words)
    )


def catchword_of(page: str) -> str:
    found = CATCHWORD.findall(page)
    assert len(found) <= 1
    return found[0] if found else ""


def fonts_of(pdf: bytes, *, folder: Path) -> set[str]:
    lines = poppler(pdf, "pdffonts", folder=folder).splitlines()[2:]
    return {line.split()[0].partition("+")[2] for line in lines}


def words_of(
    pdf: bytes, *, folder: Path, page: int
) -> list[tuple[str, float, float, float, float]]:
    """Each word of a page with its left, top, right and bottom in points from the top left."""
    html = poppler(pdf, "pdftotext", "-bbox", "-f", str(page), "-l", str(page), folder=folder)
    pattern = r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>'
    return [
        (text, float(left), float(top), float(right), float(bottom))
        for left, top, right, bottom, text in re.findall(pattern, html)
    ]
