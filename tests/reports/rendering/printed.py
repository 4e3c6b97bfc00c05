"""Reading a PDF back with poppler, the way a reader or the assessor's tools would."""

import re
import subprocess
from pathlib import Path

PAGE_NUMBER = re.compile(r"(?m)^- [๐-๙]+ -$")
CATCHWORD = re.compile(r"(?m)^/(.+)\.\.\.$")
HEADS = (
    "มาตรการ ขั้นตอนหรือวิธีการ ผู้รับผิดชอบ การกำกับติดตาม",
    "มาตรการ ขั้นตอนหรือวิธีการ สถานะการดำเนินการ ยังไม่ ดำเนินการ อยู่ระหว่าง ดำเนินการ "
    "ดำเนินการเสร็จ เรียบร้อยแล้ว",
)


def poppler(pdf: bytes, tool: str, *arguments: str, folder: Path) -> str:
    file = folder / "printed.pdf"
    file.write_bytes(pdf)
    command = [tool, *arguments, str(file)]
    if tool == "pdftotext":
        command.append("-")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def pages_of(pdf: bytes, *, folder: Path) -> list[str]:
    """The text of each page as it stands in the file, with page number and catchword."""
    return poppler(pdf, "pdftotext", "-raw", folder=folder).split("\f")[:-1]


def compact(text: str) -> str:
    return "".join(text.split())


def body_of(page: str) -> str:
    """The text of a page without spaces, page number, catchword and table head on top."""
    text = compact(CATCHWORD.sub("", PAGE_NUMBER.sub("", page)))
    for head in HEADS:
        text = text.removeprefix(compact(head))
    return text


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
