"""What comes in as a sheet: found in the file, recognised, or refused with what to do."""

import io
import zipfile

import openpyxl
import pytest

from measures.domain.errors import Invalid
from measures.resources import SHEETS, MeasureResource, ProgressResource, round_kits
from measures.resources.sheet_files import read
from measures.resources.workbooks import workbook_of
from tests.factories.people import make_office
from tests.factories.round_kits import kit_of

HEADINGS = ["หน่วยงาน", "ปีงบประมาณ", "มาตรการที่", "มาตรการ"]
ROW = ["x", 2564, 9, "ข้อความ"]


def resource_of(office, **narrowed) -> MeasureResource:
    return MeasureResource(user=office.coordinator, office=office.organisation, **narrowed)


def xlsx(*rows, sheets=()) -> bytes:
    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append(cells)
    for title, more in sheets:
        sheet = book.create_sheet(title)
        for cells in more:
            sheet.append(cells)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def changed(data: bytes, change) -> bytes:
    """Return the workbook after ``change`` has been at it, as if in Excel."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_rows_come_with_the_lines_in_which_they_stand(office):
    data = xlsx(["ตารางมาตรการ"], [], HEADINGS, ROW, [], [None, None], ROW)

    table = read(data, resource_of(office))

    assert (table.headers, table.lines, table.rows) == (HEADINGS, [4, 7], [ROW, ROW])


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("cp874"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode(),
    ],
    ids=["utf-8", "tis-620", "utf-16", "semicolons", "tabs"],
)
def test_csv_is_read_however_excel_has_saved_it(office, encode):
    text = ",".join(HEADINGS) + '\r\nx,๒๕๖๔,9,"บรรทัดแรก\nบรรทัดหลัง"\r\n'

    table = read(encode(text), resource_of(office))

    assert (table.lines, table.rows) == ([2], [["x", "๒๕๖๔", "9", "บรรทัดแรก\nบรรทัดหลัง"]])


def test_exported_form_of_another_sheet_is_named(office):
    progress = ProgressResource(user=office.coordinator, office=office.organisation)

    with pytest.raises(Invalid, match=r"^ไฟล์นี้เป็นแบบ “ผลการดำเนินการ” แต่หน้านี้รับ “มาตรการ”"):
        read(workbook_of(progress, progress.own_rows().none()), resource_of(office))


def test_round_kit_is_named_as_people_call_it(office):
    with pytest.raises(Invalid, match="ไฟล์นี้เป็นแบบ “ชุดรายงานของส่วนราชการ” แต่หน้านี้รับ"):
        read(round_kits.workbook_of(kit_of(office)), resource_of(office))


def test_form_of_another_sheet_is_named_by_its_headings_once_the_hidden_sheet_is_lost(office):
    progress = ProgressResource(user=office.coordinator, office=office.organisation)
    headings = list(progress.get_export_headers())

    with pytest.raises(Invalid, match=r"^ไฟล์นี้เป็นแบบ “ผลการดำเนินการ” แต่หน้านี้รับ “มาตรการ”"):
        read(xlsx(headings, ["x"] * len(headings)), resource_of(office))


@pytest.mark.parametrize("key", [key for key, sheet in SHEETS.items() if not sheet.is_for_install])
def test_every_sheet_knows_its_own_headings_without_the_hidden_sheet(office, key):
    resource = SHEETS[key](user=office.coordinator, office=office.organisation)
    headings = list(resource.get_export_headers())

    assert read(xlsx(headings, ["x"] * len(headings)), resource).headers == headings


def test_form_of_a_newer_version_of_the_portal_is_refused(office):
    resource = resource_of(office)

    def make_newer(book):
        book["_form"]["B2"] = 99

    data = changed(workbook_of(resource, resource.own_rows()), make_newer)
    with pytest.raises(Invalid, match=r"รุ่นใหม่กว่า"):
        read(data, resource)


def test_form_of_another_office_is_refused(office):
    theirs = resource_of(make_office())

    with pytest.raises(Invalid, match=r"^ไฟล์นี้เป็นของหน่วยงาน"):
        read(workbook_of(theirs, theirs.own_rows()), resource_of(office))


def test_form_of_another_year_is_refused_with_what_to_do(office):
    of_2564 = resource_of(office, fiscal_year=2564)

    with pytest.raises(Invalid, match=r"เลือกปี 2564 แล้วอัปโหลดอีกครั้ง"):
        read(workbook_of(of_2564, of_2564.own_rows()), resource_of(office, fiscal_year=2565))


def test_formula_is_marked_and_a_text_that_looks_so_is_not(office):
    def write(book):
        book.active["D2"] = "=1+1"
        book.active["D3"].value = "=ข้อความ"
        book.active["D3"].data_type = "s"
        book.active["C3"] = "#REF!"

    table = read(changed(xlsx(HEADINGS, ROW, ROW), write), resource_of(office))

    assert "เซลล์นี้เป็นสูตร" in table.rows[0][3].reason
    assert table.rows[1][3] == "=ข้อความ"
    assert not hasattr(table.rows[1][3], "reason")
    assert "ข้อผิดพลาดของสูตร" in table.rows[1][2].reason


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: xlsx(["ชื่อ", "นามสกุล"], ["ก", "ข"]), "^ไม่พบหัวตาราง: หน่วยงาน, ปีงบประมาณ, มาตรการที่"),
        (lambda: xlsx(HEADINGS), "^ไม่มีข้อมูลใต้หัวตาราง"),
        (lambda: xlsx(HEADINGS, ROW, HEADINGS, ROW), "^บรรทัดที่ 3 เป็นหัวตารางซ้ำ"),
        (
            lambda: xlsx(HEADINGS, ROW, sheets=[("สอง", [HEADINGS, ROW])]),
            "^มีตารางของแบบนี้อยู่หลายแผ่นงาน: “Sheet”, “สอง”",
        ),
        (lambda: xlsx([*HEADINGS, *(f"เกิน {n}" for n in range(200))], ROW), "มากกว่า 200 คอลัมน์"),
        (lambda: b"%PDF-1.7 x", "PDF"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ชนิดเก่า"),
        (
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "ติดรหัสผ่าน",
        ),
        (lambda: b"", "ว่างเปล่า"),
    ],
    ids=[
        "headings",
        "no rows",
        "two heads",
        "two sheets",
        "columns",
        "pdf",
        "xls",
        "locked",
        "empty",
    ],
)
def test_what_is_no_such_sheet_is_refused_with_what_to_do(office, data, message):
    with pytest.raises(Invalid, match=message):
        read(data(), resource_of(office))


def rezipped(data: bytes, change) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return packed.getvalue()


def with_entities(name: str, part: bytes) -> bytes:
    if not name.endswith("sheet1.xml"):
        return part
    return b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + part


def with_macros(name: str, part: bytes) -> bytes:
    return part.replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )


def as_bomb(name: str, part: bytes) -> bytes:
    return part + b" " * (300 * 1024 * 1024) if name.endswith("sheet1.xml") else part


def cut_short(name: str, part: bytes) -> bytes:
    return part[: len(part) // 2] if name.endswith("sheet1.xml") else part


@pytest.mark.parametrize("change", [with_entities, with_macros, as_bomb, cut_short])
def test_unsafe_or_damaged_workbook_is_refused_before_it_is_opened(office, change):
    with pytest.raises(Invalid, match=r"[ก-๙]"):
        read(rezipped(xlsx(HEADINGS, ROW), change), resource_of(office))


def test_too_many_rows_are_refused_while_they_are_counted(office, settings):
    text = ",".join(HEADINGS) + "\nx,2564,9,ข้อความ" * 100_000

    with pytest.raises(Invalid, match=r"^ไฟล์มีมากกว่า 20,000 แถว"):
        read(text.encode(), resource_of(office))


def test_sheet_that_calls_itself_huge_is_read_as_it_is(office):
    def enlarge(name: str, part: bytes) -> bytes:
        return part.replace(b'<dimension ref="A1:D2"', b'<dimension ref="A1:XFD1048576"')

    table = read(rezipped(xlsx(HEADINGS, ROW), enlarge), resource_of(office))

    assert table.rows == [ROW]


@pytest.mark.parametrize("cells", ["D2:D3", "A2:B2"])
def test_merged_cells_are_named_before_their_values_are_lost(office, cells):
    data = changed(xlsx(HEADINGS, ROW, ROW), lambda book: book.active.merge_cells(cells))

    with pytest.raises(Invalid, match=f"มีเซลล์ที่ผสานกัน: {cells} โปรดยกเลิกการผสานเซลล์"):
        read(data, resource_of(office))


def test_a_merged_title_and_merged_cells_below_the_table_do_no_harm(office):
    def merge(book):
        book.active.merge_cells("A1:D1")
        book.active.merge_cells("A9:B10")

    data = changed(xlsx(["ตารางมาตรการ"], HEADINGS, ROW), merge)

    assert read(data, resource_of(office)).rows == [ROW]


def test_rows_that_only_look_empty_and_notes_beside_the_table_are_no_rows(office):
    data = xlsx(HEADINGS, ROW, [" ", "\u200b", "\xa0", ""], [None, None, None, None, "โน้ต"])

    assert read(data, resource_of(office)).lines == [2]


def test_csv_with_a_title_above_is_split_where_its_headings_are(office):
    text = "มาตรการ, ปี 2564, ฉบับร่าง\r\n" + ";".join(HEADINGS) + "\r\nx;2564;9;ก, ข\r\n"

    assert read(text.encode("cp874"), resource_of(office)).rows == [["x", "2564", "9", "ก, ข"]]


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: text.encode("ascii", "replace"),
        lambda text: text.encode().decode("cp1252", "replace").encode(),
        lambda text: text.encode().decode("cp874", "replace").encode(),
    ],
    ids=["question marks", "read as Windows 1252", "read as Thai"],
)
def test_csv_that_lost_its_thai_is_told_so(office, spoilt):
    with pytest.raises(Invalid, match="ตัวอักษรไทยในไฟล์นี้เสียไปแล้ว"):
        read(spoilt(",".join(HEADINGS) + "\r\nx,2564,9,ข้อความ\r\n"), resource_of(office))
