"""The workbook of a round kit: what is in it, and how it is known whatever happened to it."""

import csv
import io
import re
import zipfile

import openpyxl
import pytest
from django.core import signing

from ita_portal.thai.numerals import to_thai_digits
from measures.domain.errors import Invalid
from measures.domain.recording import kits, progress
from measures.domain.recording.entry_fields import TEXT_FIELDS
from measures.resources import SHEETS, form_sheets, workbooks
from measures.resources.round_kit_returns import read_kits
from measures.resources.round_kit_sheets import FIRST_ROW, HEADING_ROW
from measures.resources.round_kits import SALT, file_name_of, workbook_of
from tests.factories.people import make_office, make_round
from tests.factories.round_kits import entry_of, filled, kit_of, make_target

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


def backs(office, data, *, name="kit.xlsx", division=None, reporting_round=None):
    return read_kits(
        data,
        name,
        office=office.organisation,
        reporting_round=reporting_round or office.round,
        division=division,
    )


def back(office, data, **more):
    (found,) = backs(office, data, **more)
    return found


def refusal_of(office, data, **more) -> str:
    with pytest.raises(Invalid) as refusal:
        back(office, data, **more)
    return str(refusal.value)


# Going out ---------------------------------------------------------------------------------------


def rows_of(sheet) -> list[list]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST_ROW)]


def test_workbook_has_a_row_for_each_measure_with_its_last_texts(office):
    entry = next(each for each in progress.entries_of(office.round) if each.measure.number == 2)
    progress.record(entry, by=office.coordinator, version=0, status="done", result="จัดแล้ว")
    kit = kit_of(office)

    sheet = book_of(kit).worksheets[0]

    assert [cell.value for cell in sheet[HEADING_ROW]] == [
        "ที่", "มาตรการ", "ขั้นตอน", "สถานะการดำเนินการ", "หมายเหตุสถานะ", "ผลการดำเนินการ",
        "ผลลัพธ์/ความสำเร็จ", "ข้อเสนอแนะ", "รหัสแถว",
    ]  # fmt: skip
    rows = rows_of(sheet)
    assert [row[0] for row in rows] == [1, 2]
    assert rows[1][1] == office.measures[1].title
    assert rows[1][3:6] == [LABELS[2], None, "จัดแล้ว"]
    assert rows[1][8] == f"K{kit.code.hex[:8].upper()}-2"
    assert "กำหนดรายงานวันที่ ๓๑ มีนาคม" in sheet["A2"].value


def test_steps_and_targets_have_sheets_of_their_own_with_what_stands(office):
    target = make_target(office)
    entry = entry_of(office)
    step = office.measures[0].steps.first()
    for name, text in ((f"step-{step.pk}", "yes"), (f"target-{target.pk}", "12.5")):
        entry = progress.save_field(entry, name, text, by=office.coordinator, version=entry.version)

    book = book_of(kit_of(office))

    assert [row[2:5] for row in rows_of(book["ขั้นตอนที่ทำแล้ว"])][:2] == [
        [1, step.text, "ทำแล้ว"],
        [2, "ติดตามผลทุกไตรมาส", "ยังไม่ทำ"],
    ]
    assert [row[2:8] for row in rows_of(book["ผลตามเป้าหมาย"])] == [
        [1, "ผู้เข้าร่วม", "10", "40", "คน", "12.5"]
    ]


def test_what_to_fill_in_is_seen_offered_and_printed(kit):
    book = book_of(kit)
    sheet = book.worksheets[0]

    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert (rules["D4:D5"].formula1, rules["E4:E5"].type) == (f'"{",".join(LABELS)}"', "textLength")
    steps = book["ขั้นตอนที่ทำแล้ว"].data_validations.dataValidation
    assert [rule.formula1 for rule in steps] == ['"ทำแล้ว,ยังไม่ทำ"']
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    cells = sheet[FIRST_ROW]
    assert [cell.protection.locked for cell in cells] == [True] * 3 + [False] * 5 + [True]
    assert len({cell.fill.fgColor.rgb for cell in cells if not cell.protection.locked}) == 1
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C4", "$3:$3")
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    # High enough for what stands there, and still growing with what is typed.
    with zipfile.ZipFile(io.BytesIO(workbook_of(kit))) as package:
        part = package.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<row r="4"[^>]* ht="', part)
    assert "customHeight" not in part


def test_forms_own_sheet_is_hidden_and_the_instructions_are_not(kit):
    states = {sheet.title: sheet.sheet_state for sheet in book_of(kit).worksheets}

    assert states == {
        "กรอกผล": "visible",
        "ขั้นตอนที่ทำแล้ว": "visible",
        "คำอธิบาย": "visible",
        "_form": "veryHidden",
    }


def test_texts_that_look_like_formulas_go_out_as_texts_and_come_back_as_they_were(office, kit):
    result = '=HYPERLINK("http://example.com")'
    progress.record(
        entry_of(office), by=office.coordinator, version=0, status="done", result=result
    )
    kit = kit_of(office)

    cell = book_of(kit).worksheets[0].cell(FIRST_ROW, 6)

    assert (cell.value, cell.data_type) == (f"'{result}", "s")
    assert back(office, workbook_of(kit)).cells[1]["result"] == result


def test_file_is_named_after_division_and_round(kit):
    assert file_name_of(kit) == "ชุดรายงาน กองคลัง 2564 รอบ 6 เดือน.xlsx"


# Coming back -------------------------------------------------------------------------------------


def test_filled_kit_is_known_and_its_texts_are_read(office, kit):
    data = filled(kit, {(1, "status"): LABELS[1], (1, "result"): "๑. จัดประชุม\n๒. สรุป"})

    found = back(office, data)

    assert (found.kit, found.remarks) == (kit, [])
    words = {name: text for name, text in found.cells[1].items() if name in TEXT_FIELDS}
    assert words == {
        "status": "in_progress",
        "status_note": "",
        "result": "๑. จัดประชุม\n๒. สรุป",
        "outcome": "",
        "suggestion": "",
    }


def test_untouched_kit_differs_in_nothing(office):
    make_target(office)
    kit = kit_of(office)
    found = back(office, workbook_of(kit))

    assert {number: set(texts) for number, texts in found.cells.items()} == {
        row.number: set(row.texts) for row in kits.rows_of(kit)
    }
    assert kits.differences(kit, found.cells) == 0


def test_steps_are_read_by_word_or_tick_and_numbers_in_any_digits(office):
    target = make_target(office)
    book = book_of(kit_of(office))
    steps, targets = book["ขั้นตอนที่ทำแล้ว"], book["ผลตามเป้าหมาย"]
    for row, said in enumerate(("ทำแล้ว", "✓", None, "ใกล้แล้ว"), FIRST_ROW):
        steps.cell(row, 5).value = said
    targets.cell(FIRST_ROW, 8).value = "๑๒.๕๐"

    cells = back(office, saved(book)).cells

    first, second = (list(measure.steps.all()) for measure in office.measures)
    assert [cells[1][f"step-{step.pk}"] for step in first] == ["yes", "yes"]
    assert [cells[2][f"step-{step.pk}"] for step in second] == ["", "ใกล้แล้ว"]
    assert cells[1][f"target-{target.pk}"] == "๑๒.๕๐"


def test_rows_and_columns_in_another_order_and_thai_numbers_are_read(office, kit):
    book = book_of(kit)
    sheet = book.worksheets[0]
    sheet.protection.sheet = False
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADING_ROW)]
    values[1][5], values[2][5] = "หนึ่ง", "สอง"
    values[1][0], values[2][0] = "๑", "๒."
    sheet.delete_rows(1, 10)
    for row in (values[0], values[2], values[1]):
        sheet.append(row[::-1])

    cells = back(office, saved(book)).cells

    assert {number: texts["result"] for number, texts in cells.items()} == {1: "หนึ่ง", 2: "สอง"}


def test_deleted_rows_and_columns_and_added_rows_are_told_and_lose_nothing(office, kit):
    book = book_of(kit, filled(kit, {(2, "result"): "อยู่"}))
    del book["ขั้นตอนที่ทำแล้ว"]
    sheet = book.worksheets[0]
    sheet.delete_rows(FIRST_ROW)
    sheet.delete_cols(8)
    sheet.append([9, "มาตรการที่เพิ่มเอง", None, None, None, "ผลที่เพิ่ม"])
    sheet.append([None, None, None, LABELS[2], None, "ไม่มีเลข"])

    found = back(office, saved(book))

    assert found.cells == {2: {"status": "", "status_note": "", "result": "อยู่", "outcome": ""}}
    assert found.remarks == [
        "ไม่พบคอลัมน์ “ข้อเสนอแนะ” ในไฟล์ จึงไม่เปลี่ยนช่องนั้น",
        "แผ่นงาน “กรอกผล” แถวที่ ๕ มีมาตรการที่ ๙ ซึ่งไม่อยู่ในชุดนี้ จึงไม่ได้อ่าน: ผลที่เพิ่ม",
        "แผ่นงาน “กรอกผล” แถวที่ ๖ ไม่มีเลขมาตรการ จึงไม่ได้อ่าน: ดำเนินการเสร็จเรียบร้อยแล้ว / ไม่มีเลข",
        "ไม่มีแถวของมาตรการที่ ๑ ในไฟล์ จึงไม่เปลี่ยนรายการนั้น",
    ]


def test_of_two_rows_of_one_measure_the_changed_one_counts_and_two_changed_are_refused(office, kit):
    book = book_of(kit)
    copy = book.copy_worksheet(book.worksheets[0])
    copy.cell(FIRST_ROW, 6).value = "ในสำเนา"
    assert back(office, saved(book)).cells[1]["result"] == "ในสำเนา"

    book.worksheets[0].cell(FIRST_ROW, 6).value = "ในต้นฉบับ"

    assert refusal_of(office, saved(book)).startswith(
        "มาตรการที่ ๑ มีสองแถวที่ข้อความต่างกันในไฟล์ (แผ่นงาน “กรอกผล” แถวที่ ๔ และ "
    )


def test_formula_without_a_result_and_merged_cells_change_nothing_and_are_told(office, kit):
    book = book_of(kit, filled(kit, {(1, "outcome"): "=1+1", (1, "result"): "ของแถวแรก"}))
    book.worksheets[0].merge_cells("F4:F5")

    found = back(office, saved(book))

    assert "outcome" not in found.cells[1]
    assert "result" not in found.cells[2]
    assert found.cells[1]["result"] == "ของแถวแรก"
    formula, merged = found.remarks
    assert formula.startswith("แผ่นงาน “กรอกผล” แถวที่ ๔ คอลัมน์ที่ ๗: สูตรที่ยังไม่มีผลลัพธ์")
    assert merged.startswith("แผ่นงาน “กรอกผล” แถวที่ ๕ คอลัมน์ที่ ๖ ผสานเซลล์กับแถวหรือช่องอื่น")


def csv_of(kit, result: str, *, columns: int = 9) -> bytes:
    sheet = book_of(kit).worksheets[0]
    sheet.cell(FIRST_ROW, 6).value = result
    text = io.StringIO(newline="")
    csv.writer(text).writerows(
        [
            ["" if cell.value is None else cell.value for cell in row[:columns]]
            for row in sheet.iter_rows()
        ]
    )
    return text.getvalue().encode("utf-8-sig")


def test_kit_that_came_back_as_csv_is_known_by_the_codes_of_its_rows(office, kit):
    found = back(office, csv_of(kit, "จากแอปสนทนา"), name="kit.csv")

    assert (found.kit, found.cells[1]["result"], found.remarks) == (kit, "จากแอปสนทนา", [])


def test_file_without_codes_is_matched_once_its_division_is_named(office, kit):
    data = csv_of(kit, "จากแอปสนทนา", columns=8)
    assert refusal_of(office, data, name="kit.csv").startswith("ไฟล์นี้ไม่มีรหัสของชุดรายงาน")

    found = back(office, data, name="kit.csv", division=office.finance)

    assert (found.kit, found.cells[1]["result"]) == (kit, "จากแอปสนทนา")
    assert found.remarks == ["ไฟล์นี้ไม่มีรหัสของชุดรายงาน ระบบเทียบกับชุดที่ตรงที่สุด โปรดตรวจทุกช่องก่อนยืนยัน"]


def test_rows_copied_into_another_workbook_go_to_the_kits_they_are_of(office, kit):
    other = kits.make_kit(office.round, office.secretariat, by=office.coordinator)
    book = openpyxl.Workbook()
    sheet = book.active
    for each, result in ((kit, "ของคลัง"), (other, "ของสำนักปลัด")):
        for row in book_of(each, filled(each, {(1, "result"): result})).worksheets[0].iter_rows():
            sheet.append([cell.value for cell in row])

    found = {each.kit: each.cells[1]["result"] for each in backs(office, saved(book))}

    assert found == {kit: "ของคลัง", other: "ของสำนักปลัด"}


def test_rows_pasted_from_another_office_or_round_are_told_and_stay_out(office, kit):
    stranger = kit_of(make_office(slug="other-office"))
    foreign = [cell.value for cell in book_of(stranger).worksheets[0][FIRST_ROW]]
    earlier = make_round(office.organisation, fiscal_year=2564, months=12)
    old = kits.make_kit(earlier, office.finance, by=office.coordinator)
    aged = [cell.value for cell in book_of(old).worksheets[0][FIRST_ROW]]
    foreign[5], aged[5] = "ของหน่วยงานอื่น", "ของรอบอื่น"
    book = book_of(kit)
    book.worksheets[0].append(foreign)
    book.worksheets[0].append(aged)

    found = back(office, saved(book))

    assert (found.kit, found.cells[1]["result"]) == (kit, "")
    assert [remark.partition(" แถวที่ ")[2] for remark in found.remarks] == [
        "๖ มีรหัสแถวที่ไม่ใช่ของหน่วยงานนี้ จึงไม่ได้อ่าน: ของหน่วยงานอื่น",
        f"๗ เป็นแถวของชุด{to_thai_digits(str(earlier))} จึงไม่ได้อ่าน: ของรอบอื่น",
    ]


def test_number_that_does_not_fit_its_code_is_told_and_not_guessed(office, kit):
    book = book_of(kit, filled(kit, {(1, "result"): "ของใคร"}))
    book.worksheets[0].cell(FIRST_ROW, 1).value = 2

    found = back(office, saved(book))

    assert found.cells[1].get("result") is None
    assert "มีเลขมาตรการไม่ตรงกับรหัสแถว จึงไม่ได้อ่าน: ของใคร" in found.remarks[0]


def test_csv_of_a_division_that_never_had_a_kit_is_refused(office, kit):
    data = csv_of(kit, "x", columns=8)

    said = refusal_of(office, data, name="kit.csv", division=office.secretariat)

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

    foreign = kit_of(other)
    said = refusal_of(office, workbook_of(foreign))
    as_csv = refusal_of(office, csv_of(foreign, "x"), name="kit.csv", division=office.finance)

    assert said.startswith("นี่คือชุดรายงานของหน่วยงานอื่น ไม่ใช่ของ")
    assert as_csv.startswith("รหัสแถวในไฟล์ไม่ใช่ของชุดรายงานในหน่วยงานนี้")
    for told in (said, as_csv):
        assert other.organisation.slug not in told
        assert foreign.division.name not in told


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
    book.worksheets[0].delete_rows(HEADING_ROW)
    del book["ขั้นตอนที่ทำแล้ว"]

    assert refusal_of(office, saved(book)).startswith("ไม่พบตารางของชุดรายงานในไฟล์นี้")
