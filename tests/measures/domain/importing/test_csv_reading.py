"""csv files as Excel, LibreOffice and old programs write them."""

import pytest

from measures.domain.errors import Invalid
from measures.domain.importing.csv_reading import read_csv
from tests.factories.word_markup import texts_of

TEXT = 'มาตรการ,ผู้รับผิดชอบ\r\n"๑. ประชุม, ชี้แจง\n๒. สรุป",สำนักปลัด\r\n'
ROWS = [["มาตรการ", "ผู้รับผิดชอบ"], ["๑. ประชุม, ชี้แจง\n๒. สรุป", "สำนักปลัด"]]


def rows(data: bytes) -> list[list[str]]:
    (table,) = read_csv(data).tables()
    return texts_of(table)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings_of_thai_are_told_apart(encoding):
    assert rows(TEXT.encode(encoding)) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(delimiter):
    line = delimiter.join(["ก", '"ข, ค; ง"', "จ"])

    assert rows(f"{line}\n{line}\n".encode()) == [["ก", "ข, ค; ง", "จ"]] * 2


def test_comma_within_texts_does_not_outvote_the_delimiter_of_every_row():
    data = "ก;ข\nประชุม, ชี้แจง;ค\nง, จ, ฉ;ช\n"

    assert rows(data.encode()) == [["ก", "ข"], ["ประชุม, ชี้แจง", "ค"], ["ง, จ, ฉ", "ช"]]


def test_first_line_with_which_excel_names_the_delimiter_is_followed():
    assert rows("sep=;\r\nก,ก;ข\r\nค,ค;ง\r\n".encode()) == [["ก,ก", "ข"], ["ค,ค", "ง"]]


def test_text_without_delimiter_is_one_column():
    assert rows("หนึ่ง\nสอง\n".encode()) == [["หนึ่ง"], ["สอง"]]


def test_short_and_empty_rows_are_filled():
    assert rows("ก,ข,ค\n\nง\n".encode()) == [["ก", "ข", "ค"], ["", "", ""], ["ง", "", ""]]


def test_more_rows_than_allowed_are_refused(settings):
    settings.IMPORT_MAX_ROWS = 3

    with pytest.raises(Invalid, match="ตารางยาวเกิน 3 แถว"):
        read_csv("ก,ข\n".encode() * 4)


def test_more_columns_than_a_table_has_are_refused_but_empty_ones_are_not_counted():
    assert len(rows(b"a" + b"," * 400 + b"\n")[0]) == 200

    with pytest.raises(Invalid, match="ตารางมีมากกว่า 200 คอลัมน์"):
        read_csv(b"a" + b"," * 200 + b"b\n")


def test_quotation_mark_that_never_closes_is_explained():
    with pytest.raises(Invalid, match="ไม่ปิด"):
        read_csv(('ก,"' + "ข" * 200_000).encode())
