"""Files that are something else, damaged or hostile: refused with what to do, in bounded memory."""

import contextlib
import io
import random
import tracemalloc
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.domain.errors import Invalid
from measures.domain.filing import office_files
from measures.domain.importing import safety
from measures.domain.importing.reading import read_source
from tests.factories.evidence import SHEET, WORD, package, word
from tests.factories.pictures import pdf, picture

MEGABYTE = 1024 * 1024
DAMAGED = (
    "เปิดอ่านไฟล์นี้ไม่ได้ เพราะไฟล์เสียหายหรือมีส่วนที่ไม่ปลอดภัย "
    "โปรดเปิดไฟล์ใน Word หรือ Excel แล้วบันทึกเป็นไฟล์ใหม่ (.docx หรือ .xlsx)"
)
NOT_TEXT = "ไม่รู้จักไฟล์นี้ โปรดใช้ไฟล์ Word (.docx) Excel (.xlsx) หรือ csv ที่บันทึกเป็น UTF-8"
WEB_PAGE = (
    "ไฟล์นี้เป็นหน้าเว็บหรือ XML แม้ชื่อลงท้ายเป็นอย่างอื่น "
    "โปรดเปิดใน Excel หรือ Word แล้วเลือก “บันทึกเป็น” .xlsx หรือ .docx"
)
PICTURE = "ไฟล์นี้เป็นรูปภาพ อ่านตารางไม่ได้ โปรดใช้ไฟล์ Word (.docx) หรือ Excel (.xlsx) ต้นฉบับ"
BOMB = '<!DOCTYPE a [<!ENTITY b "{}">]>'.format("ข" * 1000)


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("ข้อหนึ่ง", style="List Number")
    document.add_table(1, 2).cell(0, 0).text = "มาตรการ"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def excel_file() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["มาตรการ", 1])
    book.active["A1"].font = openpyxl.styles.Font(bold=True)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """Return the package with these parts put in or replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w", 8) as after:
        for name in before.namelist():
            if name not in parts:
                after.writestr(name, before.read(name))
        for name, text in parts.items():
            after.writestr(name, text)
    return buffer.getvalue()


def refusal_of(data: bytes, name: str = "แผน.docx") -> str:
    with pytest.raises(Invalid) as refusal:
        read_source(data, name)
    return str(refusal.value)


def test_files_are_told_by_their_content():
    found = [safety.checked_extension(data) for data in (word_file(), excel_file(), b"a,b\n1,2\n")]

    assert found == ["docx", "xlsx", "csv"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(), "อ่านตารางจากไฟล์ PDF ไม่ได้ โปรดใช้ไฟล์ Word (.docx) หรือ Excel (.xlsx) ต้นฉบับ"),
        (
            office_files.OLE + b"\0" * 600,
            "ไฟล์นี้เป็นชนิดเก่า (.doc, .xls) โปรดเปิดใน Word หรือ Excel แล้วเลือก “บันทึกเป็น” .docx หรือ .xlsx",
        ),
        (
            office_files.OLE + "EncryptedPackage".encode("utf-16-le"),
            "ไฟล์นี้ติดรหัสผ่าน โปรดเปิดใน Word หรือ Excel แล้วบันทึกเป็นไฟล์ที่ไม่ติดรหัส จึงนำเข้าใหม่",
        ),
        (
            with_parts(word_file(), {"word/vbaProject.bin": b"x", "[Content_Types].xml": b"<Types>\
<Default Extension='bin' ContentType='application/vnd.ms-office.vbaProject'/></Types>"}),
            "ไฟล์นี้มีแมโคร (.docm, .xlsm) จึงรับไม่ได้ โปรดเลือก “บันทึกเป็น” .docx หรือ .xlsx แล้วนำเข้าใหม่",
        ),
        (
            excel_file().replace(b"[Content_Types]", b"[Nontent_Types]"),
            "ไฟล์นี้เป็นไฟล์บีบอัด (zip) โปรดแตกไฟล์ก่อน แล้วนำเข้าไฟล์ Word (.docx) หรือ Excel (.xlsx) ทีละไฟล์",
        ),
        (
            package("presentationml.presentation.main", {"ppt/presentation.xml": "<p/>"}),
            "นำเข้าได้เฉพาะไฟล์ Word (.docx) Excel (.xlsx) และ csv โปรดบันทึกเป็นชนิดนั้นก่อน",
        ),
        (
            b"{\\rtf1 text}",
            "ไฟล์นี้เป็นชนิด RTF แม้ชื่อลงท้ายเป็นอย่างอื่น โปรดเปิดใน Word แล้วเลือก “บันทึกเป็น” .docx",
        ),
        (b"\xef\xbb\xbf <HTML><table><tr><td>1", WEB_PAGE),
        (b"<?xml version='1.0'?><Workbook/>", WEB_PAGE),
        (picture("JPEG"), PICTURE),
        (picture("PNG"), PICTURE),
        (picture("WEBP"), PICTURE),
        (b"\0\0\0\x18ftypheic", PICTURE),
        (b"", "ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่"),
        (b" \r\n\t", "ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่"),
        (b"\x01\x02\x03binary", NOT_TEXT),
        ("มาตรการ".encode("utf-16-le") + b"\0", NOT_TEXT),
        (b"\xff\xfea", NOT_TEXT),
        ("中文,文件\n".encode("utf-16-le"), NOT_TEXT),
        (b"\xdb\xdc\xfc\xfd", NOT_TEXT),
        (word_file()[:-300], DAMAGED),
        (word_file()[:3000], DAMAGED),
        (excel_file()[: len(excel_file()) // 2], DAMAGED),
        (b"PK\x03\x04 and nothing of a zip", DAMAGED),
        (package(WORD, {}), DAMAGED),
        (word("x").replace(b"word/document", b"Word/documemt"), DAMAGED),
    ],
    ids=[
        "pdf", "doc", "password", "macros", "zip", "slides", "rtf", "web page", "xml", "jpeg",
        "png", "webp", "heic", "empty", "white space", "control characters", "odd utf-16",
        "half a letter", "chinese without mark", "no thai codes", "cut directory", "cut early",
        "cut sheet", "no zip", "no main part", "renamed part",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(data, reason):
    assert refusal_of(data) == reason


def test_open_document_is_named():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")

    assert refusal_of(buffer.getvalue()).startswith("ไฟล์นี้เป็นชนิด OpenDocument")


@pytest.mark.parametrize(
    ("make", "part"),
    [
        *[
            (word_file, part)
            for part in (
                "word/document.xml",
                "word/styles.xml",
                "word/numbering.xml",
                "word/settings.xml",
                "word/_rels/document.xml.rels",
                "word/drawing1.xml",
                "docProps/core.xml",
                "word/anything.bin",
            )
        ],
        *[
            (excel_file, part)
            for part in (
                "xl/workbook.xml",
                "xl/styles.xml",
                "xl/sharedStrings.xml",
                "xl/worksheets/sheet1.xml",
                "xl/_rels/workbook.xml.rels",
                "xl/theme/theme1.xml",
                "xl/drawings/drawing1.xml",
            )
        ],
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_part(make, part, encoding):
    with zipfile.ZipFile(io.BytesIO(make())) as file:
        text = file.read(part).decode() if part in file.namelist() else "<a></a>"
    root = text.index("<", text.index("?>")) if text.startswith("<?xml") else 0
    hostile = f'<?xml version="1.0" encoding="{encoding}"?>{BOMB}{text[root:]}'

    assert refusal_of(with_parts(make(), {part: hostile.encode(encoding)})) == DAMAGED


@pytest.mark.parametrize(
    ("make", "part", "text", "reason"),
    [
        (word_file, "word/media/a.png", b"\0" * (101 * MEGABYTE), "ใหญ่เกินกำหนด 100 MB"),
        (word_file, "word/media/a.png", b"\0" * (201 * MEGABYTE), "ใหญ่เกินกำหนด 200 MB"),
        (word_file, "word/x.xml", b"<a>" + b" " * (50 * MEGABYTE) + b"</a>", "ใหญ่เกินกำหนด 48 MB"),
        (
            word_file,
            "word/document1.xml",
            b"<a>" + b"<b/>" * 1_000_001 + b"</a>",
            "แถวหรือเซลล์มากเกินกำหนด",
        ),
        (excel_file, "xl/x.xml", b"<a>" + b" " * (130 * MEGABYTE) + b"</a>", "ใหญ่เกินกำหนด 128 MB"),
        (
            excel_file,
            "xl/worksheets/x.xml",
            b"<a>" + b"<b/>" * 3_000_001 + b"</a>",
            "แถวหรือเซลล์มากเกินกำหนด",
        ),
        (excel_file, "xl/styles.xml", b"<a>" + b"<b/>" * 150_001 + b"</a>", "มากผิดปกติ"),
    ],
    ids=[
        "pictures",
        "everything",
        "long xml",
        "many elements",
        "long sheet",
        "many cells",
        "many styles",
    ],
)
def test_bomb_is_refused_in_bounded_memory(make, part, text, reason):
    bomb = with_parts(make(), {part: text})
    del text
    assert len(bomb) < MEGABYTE

    tracemalloc.start()
    said = refusal_of(bomb)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert reason in said
    assert peak < 10 * MEGABYTE


def test_bomb_that_lies_about_its_size_is_not_unpacked():
    text = b"<a>" + b" " * (60 * MEGABYTE) + b"</a>"
    size = len(text).to_bytes(4, "little")
    honest = with_parts(word_file(), {"word/x.xml": text})
    assert honest.count(size) == 2

    assert refusal_of(honest.replace(size, (100).to_bytes(4, "little"))) == DAMAGED


def test_file_over_the_upload_limit_is_refused_unread(settings):
    settings.IMPORT_MAX_BYTES = MEGABYTE

    assert "ใหญ่เกินกำหนด 1 MB" in refusal_of(b"a,b\n" * MEGABYTE)


def test_random_bytes_are_refused():
    generator = random.Random(2566)

    assert {refusal_of(generator.randbytes(5000)) for _ in range(20)} == {NOT_TEXT}


@settings(max_examples=100, deadline=None)
@given(
    make=st.sampled_from([word_file, excel_file]),
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
    kept=st.floats(0.5, 1),
)
def test_damaged_file_is_read_or_refused_but_never_fails(make, places, kept):
    data = bytearray(make())
    for place, value in places:
        data[int(place * len(data))] = value

    with contextlib.suppress(Invalid):  # anything else fails the test
        read_source(bytes(data[: int(kept * len(data))]), "x")


# openpyxl says so where it drops a sheet that is named wrongly.
@pytest.mark.filterwarnings("ignore:File contains an invalid specification:UserWarning")
@settings(max_examples=30, deadline=None)
@given(
    make=st.sampled_from([word_file, excel_file]),
    part=st.integers(0, 30),
    place=st.floats(0, 1, exclude_max=True),
    put=st.sampled_from([b"", b"9" * 12, b'"', b"-1", b"x", b"<a/>", b"\xff"]),
    cut=st.integers(0, 20),
)
def test_part_with_strange_markup_is_read_or_refused_but_never_fails(make, part, place, put, cut):
    with zipfile.ZipFile(io.BytesIO(make())) as file:
        name = sorted(file.namelist())[part % len(file.namelist())]
        text = file.read(name)
    at = int(place * len(text))

    with contextlib.suppress(Invalid):
        read_source(with_parts(make(), {name: text[:at] + put + text[at + cut :]}), "x")


def test_sheet_kind_of_package_is_known_without_a_library():
    assert safety.checked_extension(package(SHEET, {"xl/workbook.xml": "<a/>"})) == "xlsx"


@pytest.mark.parametrize(
    "data",
    [
        with_parts(word_file(), {"word/styles.xml": b"<?xml version='1.0' encoding='x-y'?><a/>"}),
        with_parts(
            excel_file(),
            {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c r='63'><v>1</v></c></row>\
</sheetData></worksheet>"},
        ),
    ],
    ids=["unknown encoding", "no such cell"],
)  # fmt: skip
def test_damage_that_the_libraries_name_in_their_own_way_is_refused(data):
    assert refusal_of(data) == DAMAGED


def test_macros_that_no_kind_of_part_names_are_refused():
    data = with_parts(word_file(), {"word/vbaProject.bin": b"x"})

    assert "มีแมโคร" in refusal_of(data)
