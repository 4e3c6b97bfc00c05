"""What stands around the text of a published document: numbers, code, address and QR."""

import io
import re
import subprocess

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from ita_portal.thai.numerals import to_thai_digits
from reports.rendering.as_pdf import pdf_of
from tests.factories.content import content, entry, evidence, measure
from tests.reports.rendering.printed import compact, pages_of, poppler, words_of

CODE = "abcd-efgh"
ADDRESS = "https://example.go.th/verify/abcd-efgh/"
CODE_LINE = "รหัสเอกสาร abcd-efgh เผยแพร่เมื่อวันที่ ๑ เมษายน ๒๕๖๔"
DPI = 120


def published():
    return {"code": CODE, "published_on": "2021-04-01", "verify_address": ADDRESS}


def both_orientations(publication):
    """A cover, wide pages, and upright ones with links."""
    links = [evidence("link", url=f"https://example.go.th/{number}") for number in range(9)]
    measures = [measure(number, result="ทำแล้ว " * 200) for number in range(1, 4)]
    measures[0]["progress"] = [entry(evidence=links)]
    return content(measures=measures, publication=publication)


@pytest.fixture(scope="module")
def printed():
    return pdf_of(both_orientations(published()), layout="cover_table")


@pytest.fixture(scope="module")
def draft():
    return pdf_of(both_orientations(None), layout="cover_table")


def widths_of(pdf: bytes) -> list[int]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return [round(page.mediabox[2]) for page in file.pages]


def test_pages_of_both_orientations_are_there(printed):
    assert {595, 842} == set(widths_of(printed))


def test_numbers_stand_in_thai_from_the_second_page(printed, tmp_path):
    pages = pages_of(printed, folder=tmp_path)
    assert len(pages) > 4
    assert [re.findall(r"(?m)^- .+ -$", page) for page in pages] == [
        [],
        *([f"- {to_thai_digits(number)} -"] for number in range(2, len(pages) + 1)),
    ]


def test_each_page_of_a_published_document_has_code_and_address(printed, tmp_path):
    for page in pages_of(printed, folder=tmp_path):
        assert page.count(CODE_LINE) == 1
        assert page.count(ADDRESS) == 1


def test_draft_has_numbers_but_no_code(draft, tmp_path):
    text = "".join(pages_of(draft, folder=tmp_path))
    assert "- ๒ -" in text
    assert "รหัสเอกสาร" not in text
    assert "verify" not in text


def test_code_changes_no_page_break(printed, draft, tmp_path):
    def bodies(pdf):
        pages = pages_of(pdf, folder=tmp_path)
        return [page.replace(CODE_LINE, "").replace(ADDRESS, "").strip() for page in pages]

    assert bodies(printed) == bodies(draft)


def test_each_page_has_the_qr_of_the_address(printed, tmp_path):
    (tmp_path / "printed.pdf").write_bytes(printed)
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-png", "printed.pdf", "page"]
    subprocess.run(command, cwd=tmp_path, check=True)
    files = sorted(tmp_path.glob("page-*.png"))
    assert len(files) == len(widths_of(printed))
    for file in files:
        with Image.open(file) as image:
            corner = image.crop((0, image.height - 2 * DPI, image.width // 3, image.height))
            assert [code.text for code in zxingcpp.read_barcodes(corner)] == [ADDRESS]


def test_furniture_stands_on_the_paper_and_off_the_text(printed, tmp_path):
    """All within the page; code and catchword below the last line of text, without touching."""
    for number, width in enumerate(widths_of(printed), start=1):
        height = 842 if width == 595 else 595
        words = words_of(printed, folder=tmp_path, page=number)
        foot = height - 2 / 2.54 * 72
        assert all(0 < left <= right < width for _word, left, _top, right, _bottom in words)
        assert all(0 < top < bottom < height for _word, _left, top, _right, bottom in words)
        [code] = [word for word in words if word[0] == CODE]
        assert code[2] > foot
        below = [word for word in words if word[2] > foot]
        catchword = [word for word in below if word[0].startswith("/")]
        assert all(word[1] > code[3] for word in catchword)


def test_furniture_is_no_part_of_the_tags(printed, tmp_path):
    tagged = poppler(printed, "pdfinfo", "-struct-text", folder=tmp_path)
    assert compact("มาตรการ/แนวทาง") in compact(tagged)
    for piece in ("รหัสเอกสาร", CODE, ADDRESS, "- ๒ -", "..."):
        assert compact(piece) not in compact(tagged), piece


def test_furniture_of_a_landscape_annex_page_is_upright(printed):
    with pikepdf.open(io.BytesIO(printed)) as file:
        for page in file.pages:
            over = page.obj.Resources.XObject["/Furniture"]
            assert [float(side) for side in over.BBox] == pytest.approx(
                [float(side) for side in page.mediabox], abs=0.1
            )
