"""Word and Excel files: known by their content, read within bounds, never a failure."""

import contextlib
import io
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.domain.errors import Invalid
from measures.domain.filing import office_files
from tests.factories.evidence import SHEET, WORD, package, word

BROKEN = "ไฟล์ Word หรือ Excel นี้เสียหาย เปิดอ่านไม่ได้ โปรดบันทึกใหม่หรือบันทึกเป็น PDF แล้วแนบอีกครั้ง"
TOO_LARGE = "ไฟล์ Word หรือ Excel นี้คลายออกแล้วใหญ่เกินกำหนด 200 MB โปรดแยกไฟล์หรือบันทึกเป็น PDF"
MACROS = "ไฟล์นี้มีแมโคร (.docm, .xlsm) จึงรับไม่ได้ โปรดบันทึกเป็น .docx .xlsx หรือ PDF แล้วแนบใหม่"
OTHER = "รับไฟล์สำนักงานเฉพาะ Word (.docx) และ Excel (.xlsx) โปรดบันทึกเป็นชนิดนั้นหรือ PDF แล้วแนบใหม่"
ZIP = "แนบไฟล์บีบอัด (zip) ไม่ได้ โปรดแตกไฟล์แล้วแนบทีละไฟล์ หรือบันทึกเป็น PDF"
OLD = "ไฟล์นี้เป็นชนิดเก่า (.doc, .xls) โปรดเปิดแล้วเลือก “บันทึกเป็น” .docx .xlsx หรือ PDF แล้วแนบไฟล์ใหม่"
LOCKED = "ไฟล์ Word หรือ Excel นี้ติดรหัสผ่าน โปรดบันทึกเป็นไฟล์ที่ไม่ติดรหัสแล้วแนบใหม่"


def word_of_word() -> bytes:
    """A .docx as Word's own library writes it: paragraphs, a table, head and foot."""
    document = docx.Document()
    document.add_paragraph("ผลการดำเนินงาน")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "โทร", "0812345678"
    document.sections[0].header.paragraphs[0].text = "หัวกระดาษ"
    document.sections[0].footer.paragraphs[0].text = "ท้ายกระดาษ"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def sheet_of_excel() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["เลขประจำตัว", 1101700230708, 3.5])
    book.create_sheet("สอง").append(["แผ่นที่สอง"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


def test_word_is_known_and_its_text_read_with_head_and_foot():
    file = office_files.examine(word_of_word())

    assert file.kind == "word"
    assert sorted(file.text.split()) == sorted(
        ["ผลการดำเนินงาน", "โทร", "0812345678", "หัวกระดาษ", "ท้ายกระดาษ"]
    )


def test_excel_is_known_and_its_texts_and_numbers_read_from_every_sheet():
    file = office_files.examine(sheet_of_excel())

    assert file.kind == "sheet"
    assert sorted(file.text.split()) == sorted(["เลขประจำตัว", "1101700230708", "3.5", "แผ่นที่สอง"])


def test_paragraphs_do_not_run_together():
    assert office_files.examine(word("หนึ่ง", "สอง")).text == "หนึ่ง\nสอง"


def test_of_a_long_text_only_so_much_is_kept(settings):
    settings.EVIDENCE_MAX_TEXT = 5

    assert office_files.examine(word("กขคงจฉช", "ซ")).text == "กขคงจ"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"a.txt": b"text"}), ZIP),
        (package("presentationml.presentation.main", {"ppt/presentation.xml": "<p/>"}), OTHER),
        (package(WORD, {}), BROKEN),
        (
            package(
                WORD,
                {"word/document.xml": "<a/>"},
                types='<Override PartName="/word/vbaProject.bin" '
                'ContentType="application/vnd.ms-office.vbaProject"/>',
            ),
            MACROS,
        ),
        (
            package(
                WORD,
                {"word/document.xml": "<a/>", "word/vbaProject.bin": "x"},
                types='<Default Extension="BIN" '
                'ContentType="application/vnd.ms-office.vbaProject"/>',
            ),
            MACROS,
        ),
        (
            package(
                WORD,
                {"word/document.xml": "<a/>"},
                types='<Override PartName="/x.xml" '
                'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
            ),
            MACROS,
        ),
        (office_files.OLE + b"\0" * 600, OLD),
        (office_files.OLE + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        (package(WORD, {"word/document.xml": "<a><b></a>"}), BROKEN),
        (
            package(WORD, {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}),
            BROKEN,
        ),
        (b"PK\x03\x04 and nothing of a zip", BROKEN),
    ],
    ids=[
        "zip",
        "slides",
        "no main part",
        "macros by part",
        "macros by ending",
        "macros by main part",
        "old format",
        "locked",
        "bad xml",
        "entities",
        "no zip",
    ],
)
def test_what_is_no_plain_word_or_excel_is_refused_with_what_to_do(data, reason):
    with pytest.raises(Invalid) as refusal:
        office_files.examine(data)

    assert str(refusal.value) == reason


def test_two_main_parts_are_refused():
    both = package(
        WORD,
        {"word/document.xml": "<a/>", "xl/workbook.xml": "<a/>"},
        types='<Override PartName="/xl/workbook.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.{SHEET}+xml"/>',
    )

    with pytest.raises(Invalid) as refusal:
        office_files.examine(both)

    assert str(refusal.value) == OTHER


def test_bomb_is_refused_by_what_it_says_of_itself(settings):
    settings.EVIDENCE_MAX_UNPACKED_BYTES = 200 * 1024 * 1024
    bomb = package(WORD, {"word/document.xml": "<a/>", "word/media/zeros.xml": "0" * 210_000_000})
    assert len(bomb) < 1_000_000

    with pytest.raises(Invalid) as refusal:
        office_files.examine(bomb)

    assert str(refusal.value) == TOO_LARGE


def test_bomb_that_lies_about_its_size_is_not_unpacked():
    """The size in the directory and in the part's own head, both far too small."""
    text = b"<a>" + b" " * 50_000_000 + b"</a>"
    honest = package(WORD, {"word/document.xml": text.decode()})
    size = len(text).to_bytes(4, "little")
    assert honest.count(size) == 2
    lie = honest.replace(size, (100).to_bytes(4, "little"))

    with pytest.raises(Invalid) as refusal:
        office_files.examine(lie)

    assert str(refusal.value) == BROKEN


def test_directory_of_countless_parts_is_refused_before_it_is_read():
    crowd = zipped({f"{number}": b"" for number in range(10_001)})

    with pytest.raises(Invalid) as refusal:
        office_files.examine(crowd)

    assert str(refusal.value) == TOO_LARGE


@settings(max_examples=150)
@given(
    make=st.sampled_from([word_of_word, sheet_of_excel]),
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    kept=st.floats(0.01, 1),
)
def test_damaged_file_is_read_or_refused_but_never_fails(make, places, kept):
    data = bytearray(make())
    for place, value in places:
        data[int(place * len(data))] = value

    with contextlib.suppress(Invalid):  # anything else fails the test
        office_files.examine(bytes(data[: max(4, int(kept * len(data)))]))


@settings(max_examples=100)
@given(names=st.dictionaries(st.text("abก/.\\ ", max_size=20), st.binary(max_size=200), max_size=5))
def test_any_zip_is_refused(names):
    with pytest.raises(Invalid):
        office_files.examine(zipped({f"x{name}": data for name, data in names.items()}))
