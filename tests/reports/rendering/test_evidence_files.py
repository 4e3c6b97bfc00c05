"""Evidence on paper, from files as they come: many, long, turned, locked, broken, gone."""

import functools
import hashlib
import io
import re
import subprocess

import pikepdf
import pytest
import zxingcpp
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from ita_portal.thai.numerals import to_thai_digits
from reports.rendering.as_pdf import files_of, pdf_of
from reports.rendering.evidence_files import MISSING, UNREADABLE
from reports.rendering.evidence_files import problems_of as unreadable_in
from reports.rendering.parts import Variant
from reports.sections.evidence import MOST_PAGES_OF_A_FILE
from tests.factories.content import content, entry, evidence, measure
from tests.factories.pictures import pdf as blank_pdf
from tests.factories.pictures import picture
from tests.reports.rendering.joining.drawn import drawn
from tests.reports.rendering.printed import compact, pages_of, poppler
from tests.reports.rendering.structure import problems_of

CENTIMETRE = 72 / 2.54  # points
PAGE_OF_ANNEX = re.compile(r"(?m)^ข-[๐-๙]+ ")


@pytest.fixture
def media(tmp_path, settings):
    """The folder of uploaded files; a test writes there what it wants to have been uploaded."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


def with_evidence(*pieces):
    one = measure(1, progress=[entry(evidence=list(pieces))])
    return content(measures=[one], signoff=[])


def annex_of(pages: list[str]) -> list[str]:
    """The pages of the annex with evidence PDFs."""
    return [page for page in pages if PAGE_OF_ANNEX.search(page)]


def sheets(pages: int) -> bytes:
    """A PDF whose pages say their number; from the 60th on all are the 60th."""
    source = numbered_sheets()
    with pikepdf.open(io.BytesIO(source)) as file:
        del file.pages[pages:]
        while len(file.pages) < pages:
            file.pages.append(file.pages[59])
        return saved(file)


@functools.cache
def numbered_sheets() -> bytes:
    return drawn("".join(f"<h1>แผ่นเดิมที่ {number}.</h1>" for number in range(1, 61)), variant=None)


def saved(file: pikepdf.Pdf, **options) -> bytes:
    output = io.BytesIO()
    file.save(output, **options)
    return output.getvalue()


# Photographs -------------------------------------------------------------------------------------


def test_three_hundred_photographs_have_their_codes_and_each_file_is_kept_once(media, tmp_path):
    for number in range(20):
        (media / f"{number}.jpg").write_bytes(
            picture(size=(640, 480), colour=(number * 12, 90, 40))
        )
    pieces = [
        evidence("photo", file=f"{at % 20}.jpg", caption=f"ภาพสมมติที่ {at + 1}") for at in range(300)
    ]
    pdf = pdf_of(with_evidence(*pieces), layout="memo_status")

    pages = [page for page in pages_of(pdf, folder=tmp_path) if "ภาพสมมติที่" in page]
    codes = re.findall(r"ก-[๐-๙]+ ภาพสมมติที่ [๐-๙]+", " ".join("\n".join(pages).split()))
    assert codes == [to_thai_digits(f"ก-{at} ภาพสมมติที่ {at}") for at in range(1, 301)]
    assert 300 / 8 <= len(pages) <= 300 / 4
    with pikepdf.open(io.BytesIO(pdf)) as file:
        images = [
            item
            for item in file.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == Name.Image
        ]
    assert len(images) == 20
    assert problems_of(pdf) == []


@pytest.mark.parametrize("layout", ["memo_status", "memo_photos"])
@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (None, MISSING),
        (b"", UNREADABLE),
        (b"\xff\xd8\xff garbage", UNREADABLE),
        (picture()[:300], UNREADABLE),
    ],
    ids=["gone", "empty", "garbage", "cut off"],
)
def test_photograph_that_is_gone_or_broken_says_so(layout, data, problem, media, tmp_path):
    (media / "whole.jpg").write_bytes(picture())
    if data is not None:
        (media / "lost.jpg").write_bytes(data)
    frozen = with_evidence(
        evidence("photo", file="lost.jpg", caption="ภาพที่เสีย"),
        evidence("photo", file="whole.jpg", caption="ภาพที่ดี"),
    )
    pdf = pdf_of(frozen, layout=layout)

    text = compact("".join(pages_of(pdf, folder=tmp_path)))
    assert text.count(compact(problem)) == 1
    assert "ก-๑ภาพที่เสีย" in text
    assert "ก-๒ภาพที่ดี" in text
    assert unreadable_in(frozen) == ["ภาพที่เสีย"]
    assert problems_of(pdf) == []


# PDFs that cannot be read ------------------------------------------------------------------------


def broken_on_its_second_page() -> bytes:
    with pikepdf.open(io.BytesIO(sheets(3))) as file:
        file.pages[1].obj.Contents = file.make_stream(
            b"x\x9c" + b"\xff" * 50, Filter=Name.FlateDecode
        )
        level = pikepdf.StreamDecodeLevel.none
        return saved(file, compress_streams=False, stream_decode_level=level)


BAD = {
    "encrypted": blank_pdf(3, password="ลับ"),
    "truncated": sheets(3)[:3000],
    "garbage": b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "empty": b"",
    "picture": picture(),
    "missing": None,
}


@pytest.mark.parametrize("kind", [*BAD, "broken inside"])
def test_file_that_cannot_be_read_is_named_and_the_rest_is_printed(kind, media, tmp_path):
    data = broken_on_its_second_page() if kind == "broken inside" else BAD[kind]
    if data is not None:
        (media / "bad.pdf").write_bytes(data)
    (media / "good.pdf").write_bytes(sheets(2))
    frozen = with_evidence(
        evidence("pdf", file="bad.pdf", caption="คำสั่งที่อ่านไม่ได้", pages=3),
        evidence("pdf", file="good.pdf", caption="คำสั่งที่อ่านได้", pages=2),
    )
    files = files_of(frozen, layout="memo_status", variants=tuple(Variant))

    bad, first, second = annex_of(pages_of(files[Variant.ACCESSIBLE], folder=tmp_path))
    assert "ข-๑ คำสั่งที่อ่านไม่ได้" in bad
    assert compact(UNREADABLE) in compact(bad)
    assert "แผ่นเดิม" not in bad
    assert ["ข-๒ คำสั่งที่อ่านได้" in page for page in (first, second)] == [True, True]
    assert "แผ่นเดิมที่ 1." in first
    assert "แผ่นเดิมที่ 2." in second
    bad, good = annex_of(pages_of(files[Variant.ARCHIVE], folder=tmp_path))
    assert compact(UNREADABLE) in compact(bad)
    assert "evidence-1.pdf" in good
    assert list(attachments_of(files[Variant.ARCHIVE])) == ["content.json", "evidence-1.pdf"]
    assert unreadable_in(frozen) == ["คำสั่งที่อ่านไม่ได้"]
    assert problems_of(files[Variant.ACCESSIBLE]) == []
    assert problems_of(files[Variant.ARCHIVE], claims=("pdfaid",)) == []


def attachments_of(pdf: bytes) -> dict[str, tuple[str, bytes]]:
    """Name of each attached file, its relationship to the document, and its bytes."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        names = file.Root.Names.EmbeddedFiles.Names
        specs = {str(names[at]): names[at + 1] for at in range(0, len(names), 2)}
        associated = {spec.objgen for spec in file.Root.AF}
        assert associated == {spec.objgen for spec in specs.values()}
        return {
            str(spec.UF): (str(spec.AFRelationship), spec.EF.F.read_bytes())
            for spec in specs.values()
        }


# Long and odd PDFs -------------------------------------------------------------------------------


def test_of_five_hundred_pages_fifty_are_printed_and_the_last_says_so(media, tmp_path):
    (media / "long.pdf").write_bytes(sheets(500))
    frozen = with_evidence(evidence("pdf", file="long.pdf", caption="เอกสารยาว", pages=500))
    pdf = pdf_of(frozen, layout="memo_status")

    pages = annex_of(pages_of(pdf, folder=tmp_path))
    assert len(pages) == MOST_PAGES_OF_A_FILE == 50
    for number, page in enumerate(pages, start=1):
        assert "ข-๑ เอกสารยาว มาตรการที่ ๑ สำนักปลัด วันที่ ๑ มีนาคม ๒๕๖๔" in " ".join(page.split())
        assert to_thai_digits(f"หน้า {number} จาก 500") in page
        assert f"แผ่นเดิมที่ {number}." in page
    told = ["พิมพ์ไว้ ๕๐ หน้าแรก ไฟล์เต็มมี ๕๐๐ หน้า" in page for page in pages]
    assert told == [False] * 49 + [True]
    assert problems_of(pdf) == []


@pytest.mark.parametrize("layout", ["memo_status", "indicator_table"])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_of_any_size_and_turn_stay_on_their_page(layout, turn, media, tmp_path):
    with pikepdf.open(io.BytesIO(sheets(3))) as file:
        file.pages[0].obj.MediaBox = Array([0, 0, 1684, 1190])
        file.pages[1].obj.MediaBox = Array([-100, 400, 300, 842])
        for page in file.pages:
            page.obj.Rotate = turn
        (media / "odd.pdf").write_bytes(saved(file))
    pdf = pdf_of(with_evidence(evidence("pdf", file="odd.pdf", pages=3)), layout=layout)

    pages = annex_of(pages_of(pdf, folder=tmp_path))
    assert [f"แผ่นเดิมที่{number}." in compact(page) for number, page in enumerate(pages, 1)] == [
        True
    ] * 3
    assert all(to_thai_digits(f"หน้า {n} จาก 3") in page for n, page in enumerate(pages, 1))
    assert problems_of(pdf) == []


@pytest.mark.parametrize("length", [100, 300])
def test_head_of_any_length_leaves_the_sheet_on_its_page(length, media, tmp_path):
    (media / "one.pdf").write_bytes(sheets(60))
    words = "คำสั่งแต่งตั้งคณะทำงานตรวจติดตามการเปิดเผยข้อมูลสาธารณะของหน่วยงาน "
    piece = evidence("pdf", file="one.pdf", caption=(words * 5)[:length].strip(), pages=60)
    division = "กองการศึกษา ศาสนา วัฒนธรรม และนันทนาการสมมติ"
    one = measure(1, progress=[entry(division=division, evidence=[piece])])
    pdf = pdf_of(content(measures=[one], signoff=[]), layout="memo_status")

    pages = annex_of(pages_of(pdf, folder=tmp_path))
    assert len(pages) == MOST_PAGES_OF_A_FILE
    for number, page in enumerate(pages, start=1):
        assert compact(piece["caption"] + f"มาตรการที่ ๑ {division}") in compact(page)
        assert f"แผ่นเดิมที่ {number}." in page


def test_forms_scripts_links_and_files_inside_evidence_stay_behind(media, tmp_path):
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    with pikepdf.open(io.BytesIO(sheets(2))) as file:
        field = file.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("name"),
                Rect=Array([0, 0, 90, 20]),
                AA=Dictionary(K=script),
            )
        )
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=script)
        file.pages[0].obj.Annots = Array([field, file.make_indirect(link)])
        file.pages[1].obj.AA = Dictionary(O=script)
        file.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True)
        file.Root.OpenAction = script
        file.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
        file.attachments["virus.exe"] = b"MZ"
        (media / "form.pdf").write_bytes(saved(file))
    pdf = pdf_of(with_evidence(evidence("pdf", file="form.pdf", pages=2)), layout="memo_status")

    assert "แผ่นเดิมที่ 2." in annex_of(pages_of(pdf, folder=tmp_path))[1]
    assert problems_of(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert "/AcroForm" not in file.Root
        assert not file.attachments
        kinds = {str(item.get("/S", item.get("/FT", ""))) for item in dictionaries_in(file)}
    assert not kinds & {"/JavaScript", "/Tx", "/Launch"}


def dictionaries_in(file: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [item for item in file.objects if isinstance(item, Dictionary)]


# The archive -------------------------------------------------------------------------------------


def test_archive_carries_the_files_and_the_other_shows_their_pages(media, tmp_path):
    originals = [sheets(2), sheets(3)]
    for number, data in enumerate(originals):
        (media / f"{number}.pdf").write_bytes(data)
    frozen = with_evidence(
        *(
            evidence("pdf", file=f"{number}.pdf", caption=f"แฟ้มสมมติ {number}", pages=2 + number)
            for number in range(2)
        )
    )
    files = files_of(frozen, layout="memo_status", variants=tuple(Variant))

    shown = annex_of(pages_of(files[Variant.ACCESSIBLE], folder=tmp_path))
    assert [re.findall(r"แผ่นเดิมที่ \d", page) for page in shown] == [
        [f"แผ่นเดิมที่ {number}"] for number in (1, 2, 1, 2, 3)
    ]
    with pikepdf.open(io.BytesIO(files[Variant.ACCESSIBLE])) as file:
        assert not file.attachments
    named = annex_of(pages_of(files[Variant.ARCHIVE], folder=tmp_path))
    assert [re.findall(r"evidence-\d\.pdf", page) for page in named] == [
        ["evidence-1.pdf"],
        ["evidence-2.pdf"],
    ]
    attached = attachments_of(files[Variant.ARCHIVE])
    assert [attached[f"evidence-{n}.pdf"][0] for n in (1, 2)] == ["/Supplement"] * 2
    assert [hashlib.sha256(attached[f"evidence-{n}.pdf"][1]).digest() for n in (1, 2)] == [
        hashlib.sha256(data).digest() for data in originals
    ]
    assert problems_of(files[Variant.ACCESSIBLE]) == []
    assert problems_of(files[Variant.ARCHIVE], claims=("pdfaid",)) == []


# Links -------------------------------------------------------------------------------------------

LONG_URL = "https://example.go.th/" + "data/" * 20 + "?q=" + "a1b2c3d4" * 15 + "%E0%B8%81"
LINKS = ["https://example.go.th/ita", LONG_URL, "http://example.go.th/ไฟล์ งาน?a=1&b=2#c"]


@pytest.fixture(scope="module")
def links():
    """A document with links as evidence, and things in its text that only look like links."""
    frozen = with_evidence(*(evidence("link", url=url) for url in LINKS))
    frozen["paragraphs"]["opening"] = ["javascript:alert(1) data:text/html,x file:///etc/passwd"]
    return pdf_of(frozen, layout="memo_status")


def test_qr_of_each_link_leads_where_the_link_does(links, tmp_path):
    last = len(pages_of(links, folder=tmp_path))
    assert codes_on(links, last, tmp_path) == sorted(LINKS)


def codes_on(pdf: bytes, page: int, folder) -> list[str]:
    """What a phone reads from the QR codes on a page."""
    picture_file = folder / "page"
    options = ["-r", "150", "-gray", "-png", "-singlefile", "-f", str(page), "-l", str(page)]
    (folder / "codes.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", *options, str(folder / "codes.pdf"), str(picture_file)], check=True)
    with Image.open(picture_file.with_suffix(".png")) as image:
        return sorted(code.text for code in zxingcpp.read_barcodes(image))


def test_long_addresses_wrap_inside_the_margins(links, tmp_path):
    assert compact(LONG_URL) in compact("".join(pages_of(links, folder=tmp_path)))
    html = poppler(links, "pdftotext", "-bbox", folder=tmp_path)
    rights = [float(right) for right in re.findall(r'<word .*?xMax="(.+?)"', html)]
    assert max(rights) <= 19 * CENTIMETRE + 1


def test_only_web_addresses_can_be_clicked(links):
    with pikepdf.open(io.BytesIO(links)) as file:
        found = [a for page in file.pages for a in page.obj.get("/Annots", ())]
        actions = [annotation.A for annotation in found if "/A" in annotation]
        assert {str(action.S) for action in actions} == {"/URI"}
        addresses = {str(action.URI) for action in actions}
    assert len(addresses) == len(LINKS)
    assert all(re.match("https?://example.go.th/", address) for address in addresses)
    assert problems_of(links) == []
