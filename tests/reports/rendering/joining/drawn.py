"""Parts, furniture and evidence to join: small, drawn by WeasyPrint or written by hand."""

import base64
import functools
import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import weasyprint
from pikepdf import Array, Dictionary, Name
from pypdf import PdfReader

from reports.rendering.fonts import font_rules, static_folder
from reports.rendering.joining import placeholder_png
from tests.factories.pictures import picture
from tests.reports.rendering.printed import compact, pages_of

STYLE = """
@page { size: A4 }
@page wide { size: A4 landscape }
.wide { page: wide }
h1 { break-before: page } h1:first-child { break-before: auto }
td, th { border: 1px solid; height: 2cm }
"""


def as_address(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


EMBLEM = as_address(picture("PNG", (8, 8)))


@functools.cache
def drawn(
    body: str,
    *,
    title: str = "รายงาน (สมมติ)",
    variant: str | None = "pdf/ua-1",
    attached: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    """Return a PDF of this HTML body in the paper's font."""
    fonts = font_rules(lambda path: (static_folder() / Path(path)).as_uri())
    html = (
        f'<!doctype html><html lang="th"><title>{title}</title>'
        f"<style>{fonts}{STYLE}</style><body>{body}</body></html>"
    )
    attachments = [weasyprint.Attachment(string=data, name=name) for name, data in attached]
    pdf: bytes = weasyprint.HTML(string=html).write_pdf(
        pdf_variant=variant,
        pdf_tags=variant is not None,
        pdf_identifier=b"part",
        attachments=attachments,
    )
    return pdf


def part(number: int, *, rows: int = 3, wide: bool = False, variant: str = "pdf/ua-1") -> bytes:
    """Return a part with headings, links within it, a table with spans, a list and a picture.

    With 3 rows it has one page, with 12 two; a wide one has two and four.
    """
    cells = "".join(
        f'<tr><th scope="row">แถว {number}.{row}</th><td>ผลที่ {row}</td><td>กองคลัง</td></tr>'
        for row in range(rows - 2)
    )
    return drawn(
        f"""<section class="{"wide" if wide else ""}">
        <h1 id="start">ตอนที่ {number}</h1>
        <p>ดู <a href="#end">ท้ายตอนที่ {number}</a> หรือ <a href="https://example.org/">เว็บ</a></p>
        <ul><li>ข้อแรกของ {number}</li><li>ข้อสองของ {number}</li></ul>
        <table><caption>ตาราง {number}</caption>
        <thead><tr><th rowspan="2">มาตรการ</th><th colspan="2">ผล {number}</th></tr>
        <tr><th>สรุป</th><th>หน่วยงาน</th></tr></thead>
        <tbody>{cells}
        <tr><td rowspan="2">กลุ่ม {number}</td><td>หนึ่ง</td><td>สอง</td></tr>
        <tr><td>สาม</td><td>สี่</td></tr></tbody></table>
        <p><img src="{EMBLEM}" alt="ตราสมมติ" style="width: 2cm"></p>
        <h2 id="end">ท้ายตอนที่ {number}</h2><p>กลับ <a href="#start">ต้นตอน</a></p></section>""",
        variant=variant,
    )


def furniture_for(sizes: Sequence[tuple[float, float]]) -> bytes:
    """Return untagged pages of these sizes, each saying its number in the corner."""
    rules = "".join(
        f"@page p{i} {{ size: {width}pt {height}pt;"
        f' @bottom-right {{ content: "เลขหน้า{i}." }} }} .p{i} {{ page: p{i} }}'
        for i, (width, height) in enumerate(sizes, start=1)
    )
    body = "".join(f'<div class="p{i}"></div>' for i in range(1, len(sizes) + 1))
    return drawn(f"<style>{rules}</style>{body}", variant=None)


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    return [
        (float(page.mediabox.width), float(page.mediabox.height))
        for page in PdfReader(io.BytesIO(pdf)).pages
    ]


def texts_of(pdf: bytes, folder: Path) -> list[str]:
    """Return the text of each page, without spaces."""
    return [compact(text) for text in pages_of(pdf, folder=folder)]


def place_for(index: int, *, width: str = "8cm", height: str = "12cm") -> str:
    """Return the HTML that keeps a place for evidence."""
    source = as_address(placeholder_png(index))
    return (
        f'<p><img src="{source}" alt="หลักฐาน {index} (สมมติ)"'
        f' style="width: {width}; height: {height}"></p>'
    )


def evidence_file(
    *contents: bytes,
    media: Sequence[float] = (0, 0, 200, 300),
    crop: Sequence[float] | None = None,
    rotate: int = 0,
) -> bytes:
    """Return a PDF with these content streams as its pages; box and turn are inherited."""
    document = pikepdf.new()
    for content in contents:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array(list(media)),
            Contents=document.make_stream(content),
            Resources=Dictionary(),
        )
        document.pages.append(pikepdf.Page(document.make_indirect(page)))
    if crop:
        document.Root.Pages.CropBox = Array(list(crop))
    if rotate:
        document.Root.Pages.Rotate = rotate
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()
