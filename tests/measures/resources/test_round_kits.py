"""The workbook of a round kit: what is in it, and how it is known whatever happened to it."""

import csv
import io

import openpyxl
import pytest
from django.core import signing

from measures.domain.errors import Invalid
from measures.domain.recording import kits, progress
from measures.models import ProgressEntry
from measures.resources import SHEETS, form_sheets, workbooks
from measures.resources.round_kit_returns import read_kit
from measures.resources.round_kits import SALT, file_name_of, workbook_of
from tests.factories.people import make_office, make_round
from tests.factories.round_kits import filled, kit_of

pytestmark = pytest.mark.django_db

LABELS = ["ยังไม่ดำเนินการ", "อยู่ระหว่างดำเนินการ", "ดำเนินการเสร็จเรียบร้อยแล้ว"]


@pytest.fixture
def kit(office):
    return kit_of(office)


def book_of(kit, data=b""):
    return openpyxl.load_workbook(io.BytesIO(data or workbook_of(kit)))


def saved(book) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def back(office, data, *, name="kit.xlsx", division=None, reporting_round=None):
    return read_kit(data, name, reporting_round=reporting_round or office.round, division=division)


def refusal_of(office, data, **more) -> str:
    with pytest.raises(Invalid) as refusal:
        back(office, data, **more)
    return str(refusal.value)


# Going out ---------------------------------------------------------------------------------------


def test_workbook_has_a_row_for_each_measure_with_its_last_texts(office):
    entry = next(each for each in progress.entries_of(office.round) if each.measure.number == 2)
    progress.record(entry, by=office.coordinator, version=0, status="done", result="จัดแล้ว")

    sheet = book_of(kit_of(office)).worksheets[0]

    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0] == [
        "ที่", "มาตรการ", "ขั้นตอน", "สถานะการดำเนินการ", "หมายเหตุสถานะ", "ผลการดำเนินการ",
        "ผลลัพธ์/ความสำเร็จ", "ข้อเสนอแนะ",
    ]  # fmt: skip
    assert [row[0] for row in rows[1:]] == [1, 2]
    assert rows[2][1] == office.measures[1].title
    assert rows[2][3:6] == [LABELS[2], None, "จัดแล้ว"]


def test_status_has_a_drop_down_and_context_is_locked_without_a_password(kit):
    sheet = book_of(kit).worksheets[0]

    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == (f'"{",".join(LABELS)}"', "D3:D4")
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    assert [sheet.cell(3, column).protection.locked for column in range(1, 9)] == [True] * 3 + [
        False
    ] * 5


def test_forms_own_sheet_is_hidden_and_the_instructions_are_not(kit):
    states = {sheet.title: sheet.sheet_state for sheet in book_of(kit).worksheets}

    assert states == {"กรอกผล": "visible", "คำอธิบาย": "visible", "_form": "veryHidden"}


def test_texts_that_look_like_formulas_go_out_as_texts_and_come_back_as_they_were(office, kit):
    entry = ProgressEntry.objects.get(
        round=office.round, division=office.finance, measure__number=1
    )
    result = '=HYPERLINK("http://example.com")'
    progress.record(entry, by=office.coordinator, version=0, status="done", result=result)
    kit = kit_of(office)

    cell = book_of(kit).worksheets[0].cell(3, 6)

    assert (cell.value, cell.data_type) == (f"'{result}", "s")
    assert back(office, workbook_of(kit)).cells[1]["result"] == result


def test_file_is_named_after_division_and_round(kit):
    assert file_name_of(kit) == "ชุดรายงาน กองคลัง 2564 รอบ 6 เดือน.xlsx"


# Coming back -------------------------------------------------------------------------------------


def test_filled_kit_is_known_and_its_texts_are_read(office, kit):
    data = filled(
        kit, {(1, "status"): LABELS[1], (1, "result"): "๑. จัดประชุม\n๒. สรุป", (2, "outcome"): "=1+1"}
    )

    found = back(office, data)

    assert (found.kit, found.remarks) == (kit, [])
    assert found.cells[1] == {
        "status": "in_progress",
        "status_note": "",
        "result": "๑. จัดประชุม\n๒. สรุป",
        "outcome": "",
        "suggestion": "",
    }


def test_untouched_kit_says_what_it_was_made_with(office, kit):
    found = back(office, workbook_of(kit))

    assert found.cells == {row.number: row.texts for row in kits.rows_of(kit)}


def test_rows_and_columns_in_another_order_and_thai_numbers_are_read(office, kit):
    book = book_of(kit)
    sheet = book.worksheets[0]
    sheet.protection.sheet = False
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    values[1][5], values[2][5] = "หนึ่ง", "สอง"
    values[1][0], values[2][0] = "๑", "๒."
    sheet.delete_rows(1, 10)
    for row in (values[0], values[2], values[1]):
        sheet.append(row[::-1])

    cells = back(office, saved(book)).cells

    assert {number: texts["result"] for number, texts in cells.items()} == {1: "หนึ่ง", 2: "สอง"}


def test_deleted_rows_and_columns_and_added_rows_are_told_and_lose_nothing(office, kit):
    book = book_of(kit, filled(kit, {(2, "result"): "อยู่"}))
    sheet = book.worksheets[0]
    sheet.delete_rows(3)
    sheet.delete_cols(8)
    sheet.append([9, "มาตรการที่เพิ่มเอง", None, None, None, "ผลที่เพิ่ม"])
    sheet.append([None, None, None, None, None, "ไม่มีเลข"])

    found = back(office, saved(book))

    assert found.cells == {2: {"status": "", "status_note": "", "result": "อยู่", "outcome": ""}}
    assert found.remarks == [
        "แถวที่ ๕ ไม่มีเลขมาตรการ จึงไม่ได้อ่าน: ไม่มีเลข",
        "ไม่พบคอลัมน์ “ข้อเสนอแนะ” ในไฟล์ จึงไม่เปลี่ยนช่องนั้น",
        "มาตรการที่ ๙ ไม่อยู่ในชุดนี้ จึงไม่ได้อ่าน: ผลที่เพิ่ม",
        "ไม่มีแถวของมาตรการที่ ๑ ในไฟล์ จึงไม่เปลี่ยนรายการนั้น",
    ]


def test_two_rows_of_one_measure_are_refused(office, kit):
    book = book_of(kit)
    book.worksheets[0].append([1, None, None, None, None, "อีกแถว"])

    assert refusal_of(office, saved(book)) == (
        "มาตรการที่ ๑ มีสองแถวในไฟล์ (แถวที่ ๕) โปรดรวมเป็นแถวเดียวแล้วอัปโหลดอีกครั้ง"
    )


def csv_of(kit, result: str) -> bytes:
    sheet = book_of(kit).worksheets[0]
    sheet.cell(3, 6).value = result
    text = io.StringIO(newline="")
    csv.writer(text).writerows(
        [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows()]
    )
    return text.getvalue().encode("utf-8-sig")


def test_kit_that_came_back_as_csv_is_matched_once_its_division_is_named(office, kit):
    data = csv_of(kit, "จากแอปสนทนา")

    assert "โปรดเลือกส่วนราชการเจ้าของไฟล์" in refusal_of(office, data, name="kit.csv")
    found = back(office, data, name="kit.csv", division=office.finance)

    assert (found.kit, found.cells[1]["result"]) == (kit, "จากแอปสนทนา")
    assert found.remarks == ["ไฟล์นี้ไม่มีรหัสของชุดรายงาน ระบบเทียบกับชุดที่ตรงที่สุด โปรดตรวจทุกช่องก่อนยืนยัน"]


def test_csv_of_a_division_that_never_had_a_kit_is_refused(office, kit):
    said = refusal_of(office, csv_of(kit, "x"), name="kit.csv", division=office.secretariat)

    assert said.startswith("ยังไม่เคยจัดทำชุดรายงานของส่วนราชการนี้ในรอบนี้")


def test_kit_of_another_division_than_named_is_refused(office, kit):
    said = refusal_of(office, workbook_of(kit), division=office.secretariat)

    assert said.startswith("นี่คือชุดรายงานของกองคลัง ไม่ใช่ของสำนักปลัด")


def test_kit_of_another_round_is_named(office, kit):
    other = make_round(office.organisation, fiscal_year=2565)

    said = refusal_of(office, workbook_of(kit), reporting_round=other)

    assert said.startswith("นี่คือชุดรายงานของรอบ ๖ เดือน")
    assert "๒๕๖๔ ไม่ใช่ของรอบ ๖ เดือน" in said


def test_kit_of_another_office_is_refused_without_naming_it(office):
    other = make_office(slug="other-office")

    said = refusal_of(office, workbook_of(kit_of(other)))

    assert said.startswith("นี่คือชุดรายงานของหน่วยงานอื่น ไม่ใช่ของ")
    assert other.organisation.slug not in said


def test_other_form_is_named(office, kit):
    resource = SHEETS["progress"](user=office.coordinator, office=office.organisation)
    data = workbooks.workbook_of(resource, resource.own_rows())

    said = refusal_of(office, data)

    assert said.startswith("นี่คือแบบ “ผลการดำเนินการ” ไม่ใช่ชุดรายงานของส่วนราชการ")


@pytest.mark.parametrize("value", ["", "x", "signed", None])
def test_tampered_mark_is_refused(office, kit, value):
    book = book_of(kit)
    for row in book[form_sheets.SHEET_NAME].iter_rows():
        if row[0].value == "signed":
            row[1].value = value if value != "signed" else row[1].value[:-2] + "xx"

    assert refusal_of(office, saved(book)).startswith("รหัสของชุดรายงานในไฟล์ถูกแก้ไข")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 99}, "แบบนี้มาจากระบบรุ่นใหม่กว่า"),
        ({"kit": "00000000-0000-4000-8000-000000000000"}, "ไม่พบชุดรายงานนี้ในระบบ"),
    ],
)
def test_mark_of_what_is_not_here_is_refused(office, kit, change, said):
    book = book_of(kit)
    for row in book[form_sheets.SHEET_NAME].iter_rows():
        if row[0].value == "signed":
            mark = signing.loads(row[1].value, salt=SALT)
            row[1].value = signing.dumps(mark | change, salt=SALT)

    assert refusal_of(office, saved(book)).startswith(said)


def test_workbook_without_the_table_is_refused(office, kit):
    book = book_of(kit)
    book.worksheets[0].delete_rows(2)

    assert refusal_of(office, saved(book)).startswith("ไม่พบตารางของชุดรายงานในไฟล์นี้")
