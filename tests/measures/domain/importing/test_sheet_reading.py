"""Excel files as offices keep them: what is seen in a sheet is what is read of it."""

import datetime
import io
import tracemalloc
import zipfile

import openpyxl
import pytest
from openpyxl.drawing.image import Image
from openpyxl.styles import Font

from measures.domain.errors import Invalid
from measures.domain.importing.grids import MOST_PLACES
from measures.domain.importing.sheet_reading import read_workbook
from measures.domain.importing.sources import Note
from tests.factories.pictures import picture
from tests.factories.word_markup import texts_of

SHEET = "xl/worksheets/sheet1.xml"


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book_of(*rows) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def read(book: openpyxl.Workbook):
    return read_workbook(saved(book))


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return the package with a text of one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w", 8) as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode(), 1)
            after.writestr(name, text)
    return buffer.getvalue()


def test_every_visible_sheet_is_a_table_with_its_name():
    book = book_of(["ก", "ข"])
    book.active.title = "แผน"
    book.create_sheet("ว่าง")
    book.create_sheet("ผล").append(["ค"])

    source = read(book)

    assert [(table.number, table.name) for table in source.tables()] == [(1, "แผน"), (2, "ผล")]
    assert texts_of(source.tables()[0]) == [["ก", "ข"]]
    assert (source.extension, source.notes) == ("xlsx", ())


def test_hidden_sheet_is_not_read_and_noted():
    book = book_of(["เห็น"])
    hidden = book.create_sheet("ซ่อน")
    hidden.append(["ไม่เห็น"])
    hidden.sheet_state = "hidden"

    source = read(book)

    assert [texts_of(table) for table in source.tables()] == [[["เห็น"]]]
    assert source.notes == (
        Note(
            "แผ่นงาน “ซ่อน”",
            "แผ่นงานที่ซ่อนไว้ ไม่ได้อ่าน หากต้องการให้อ่านโปรดยกเลิกการซ่อน",
        ),
    )


def test_hidden_rows_and_columns_are_read_and_noted():
    book = book_of(["ก", "ข"], ["ค", "ง"])
    book.active.title = "แผน"
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True

    source = read(book)

    assert texts_of(source.tables()[0]) == [["ก", "ข"], ["ค", "ง"]]
    assert source.notes == (
        Note("แผ่นงาน “แผน”", "แถวที่ซ่อนไว้ อ่านรวมด้วย โปรดตรวจว่าต้องการหรือไม่", "2"),
        Note("แผ่นงาน “แผน”", "คอลัมน์ที่ซ่อนไว้ อ่านรวมด้วย โปรดตรวจว่าต้องการหรือไม่", "B"),
    )


def test_place_of_a_cell_is_the_sheets_own_though_rows_above_are_empty():
    book = openpyxl.Workbook()
    book.active.title = "แผน"
    book.active["C4"] = "ไกล"

    (table,) = read(book).tables()

    assert table.rows[3][2].text() == "ไกล"
    assert table.where(3, 2) == "แผ่นงาน “แผน” แถวที่ 4 คอลัมน์ที่ 3"


def test_merged_cells_are_one_cell_and_text_under_them_is_noted():
    book = book_of(["หัว", None, "ค"], ["ก", "ข", "ง"])
    book.active["B1"] = "ใต้"
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    data = changed(saved(book), SHEET, "</sheetData>", merged)

    source = read_workbook(data)

    assert texts_of(source.tables()[0]) == [["หัว", ".", "ค"], ["ก", "ข", "ง"]]
    assert source.notes == (
        Note(
            "แผ่นงาน “Sheet” แถวที่ 1 คอลัมน์ที่ 2",
            "ข้อความในเซลล์ที่ถูกผสาน Excel ไม่แสดง จึงไม่ได้อ่าน",
            "ใต้",
        ),
    )


def test_everything_merged_into_one_is_one_cell():
    book = book_of(["ทั้งหมด", None], [None, None], [None, "ท้าย"])
    book.active.merge_cells("A1:B2")
    data = changed(saved(book), SHEET, 'ref="A1:B2"/></merge', 'ref="A1:XFD1048576"/></merge')

    (table,) = read_workbook(data).tables()

    assert (len(table.rows), len(table.rows[0])) == (3, 2)
    assert table.rows[2][1] is table.rows[0][0]


def test_formula_is_read_by_its_last_value_and_noted_without_one():
    book = book_of(["=1+1", "=2+2"])
    data = changed(saved(book), SHEET, "<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
    data = changed(data, SHEET, "<f>2+2</f><v></v>", "<f>2+2</f>")

    source = read_workbook(data)

    assert texts_of(source.tables()[0]) == [["2", ""]]
    assert source.notes == (
        Note(
            "แผ่นงาน “Sheet” แถวที่ 1 คอลัมน์ที่ 2",
            "สูตรที่ยังไม่มีผลลัพธ์ โปรดเปิดใน Excel แล้วบันทึกไฟล์อีกครั้ง หรือพิมพ์ค่าแทนสูตร",
        ),
    )


def test_formula_as_openpyxl_writes_it_has_no_value():
    assert len(read(book_of(["=1+1"])).notes) == 1


def test_error_of_a_formula_is_shown_and_noted():
    book = book_of(["#REF!"])
    assert book.active["A1"].data_type == "e"
    data = saved(book)

    source = read_workbook(data)

    assert texts_of(source.tables()[0]) == [["#REF!"]]
    assert [note.message for note in source.notes] == ["เซลล์นี้แสดงข้อผิดพลาดของสูตร"]


@pytest.mark.parametrize(
    ("value", "shape", "seen"),
    [
        (datetime.date(2023, 3, 31), "dd/mm/yyyy", "31/03/2566"),
        (
            datetime.datetime.fromisoformat("2023-03-31T09:05"),
            "dd/mm/yyyy hh:mm",
            "31/03/2566 09:05",
        ),
        (datetime.date(2566, 3, 31), "dd/mm/yyyy", "31/03/2566"),
        (datetime.time(9, 5), "hh:mm", "09:05"),
        (5.0, "General", "5"),
        (79.27, "General", "79.27"),
        (0.1 + 0.2, "General", "0.3"),
        (1101700230708, "General", "1101700230708"),
        (0.7927, "0.00%", "79.27%"),
        (0.85, "0%", "85%"),
        (85, "0.00", "85.00"),
        (2.675, "0.00", "2.68"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (-1.5, "0.0", "-1.5"),
        (True, "General", "TRUE"),
        ("๑๒", "General", "๑๒"),
    ],
)
def test_values_are_read_as_they_are_shown(value, shape, seen):
    book = book_of([value])
    book.active["A1"].number_format = shape

    assert texts_of(read(book).tables()[0]) == [[seen]]


def test_lines_of_a_cell_are_its_paragraphs():
    (table,) = read(book_of(["๑. ประชุม\r\n ๒. สรุป \n"])).tables()

    assert [text.text for text in table.rows[0][0].paragraphs] == ["๑. ประชุม", "๒. สรุป"]


def test_picture_over_a_cell_is_kept_with_its_place():
    book = book_of(["ก", "ข"], ["ค", "ง"])
    image = picture("PNG")
    book.active.add_image(Image(io.BytesIO(image)), "B2")

    source = read(book)

    (key,) = source.tables()[0].rows[1][1].pictures()
    assert (source.pictures[key].data, source.pictures[key].extension) == (image, "png")
    assert source.pictures[key].where == "แผ่นงาน “Sheet” แถวที่ 2 คอลัมน์ที่ 2"
    assert source.tables()[0].rows[1][1].text() == "ง"


@pytest.mark.parametrize("said", ["A1", "A1:XFD1048576", "B7:C9"])
def test_size_that_a_sheet_says_of_itself_is_not_believed(said):
    data = changed(
        saved(book_of(["ก", "ข"], ["ค", "ง"])),
        SHEET,
        '<dimension ref="A1:B2"/>',
        f'<dimension ref="{said}"/>',
    )

    assert texts_of(read_workbook(data).tables()[0]) == [["ก", "ข"], ["ค", "ง"]]


def test_cells_that_are_only_coloured_do_not_lengthen_the_table():
    book = book_of(["ก"])
    book.active["CV19999"].font = Font(bold=True)

    assert texts_of(read(book).tables()[0]) == [["ก"]]


def test_more_rows_than_allowed_are_refused_before_they_are_held():
    rows = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(100_000))
    data = changed(saved(book_of(["ก"])), SHEET, "</sheetData>", f"{rows}</sheetData>")
    del rows

    tracemalloc.start()
    with pytest.raises(Invalid) as refusal:
        read_workbook(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert str(refusal.value) == (
        "ตารางยาวเกิน 20,000 แถว โปรดลบแถวที่ไม่ใช้ หรือแยกเป็นหลายไฟล์แล้วนำเข้าทีละไฟล์"
    )
    assert peak < 20 * 1024 * 1024


@pytest.mark.parametrize("place", ["A1048576", "XFD1"])
def test_value_at_the_far_end_is_refused(place):
    book = book_of(["ก"])
    book.active[place] = "ไกล"

    with pytest.raises(Invalid, match=r"ตารางยาวเกิน 20,000 แถว|ตารางมีมากกว่า 200 คอลัมน์"):
        read(book)


def test_sheets_together_hold_no_more_than_a_file_may():
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(3):
        sheet = book.create_sheet(str(number))
        sheet["GR1000"] = "มุม"  # 200 columns by 1000 rows
    assert MOST_PLACES < 3 * 200 * 1000

    with pytest.raises(Invalid, match="ไฟล์มีเซลล์มากกว่า 300,000 เซลล์"):
        read(book)


def test_sheet_without_its_part_is_damaged():
    buffer = io.BytesIO()
    whole = io.BytesIO(saved(book_of(["ก"])))
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            if name != SHEET:
                after.writestr(name, before.read(name))

    with pytest.raises(Invalid, match="เปิดอ่านไฟล์นี้ไม่ได้"):
        read_workbook(buffer.getvalue())
