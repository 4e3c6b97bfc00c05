"""The sheet that goes out: headings, drop-downs, guide, the hidden form, and safe cells."""

import csv
import io

import openpyxl
import pytest

from measures.domain.errors import Invalid
from measures.models import Measure
from measures.resources import SHEETS, MeasureResource, ProgressResource
from measures.resources.form_sheets import form_in
from measures.resources.workbooks import csv_of, workbook_of
from tests.factories.people import make_office


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def measures_of(office, **narrowed) -> MeasureResource:
    return MeasureResource(user=office.coordinator, office=office.organisation, **narrowed)


def test_workbook_says_in_a_hidden_sheet_which_form_it_is(office):
    resource = measures_of(office, fiscal_year=2564)

    book = opened(workbook_of(resource, resource.own_rows()))

    form = form_in(book["_form"].values)
    assert (form.key, form.version, form.organisation, form.fiscal_year, form.months) == (
        "measures",
        MeasureResource.version,
        office.organisation.slug,
        2564,
        None,
    )
    assert form.exported_at.endswith("+07:00")
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("มาตรการ", "visible"),
        *[(sheet.title, "hidden") for sheet in book if sheet.title == "_lists"],
        ("คำอธิบาย", "visible"),
        ("_form", "hidden"),
    ]


def test_headings_are_bold_and_stay_in_sight(office):
    resource = measures_of(office)

    sheet = opened(workbook_of(resource, resource.own_rows())).active

    assert [cell.value for cell in sheet[1]] == list(resource.get_export_headers())
    assert all(cell.font.b for cell in sheet[1])
    assert sheet.freeze_panes == "A2"


def test_drop_downs_offer_the_words_of_a_list_and_stand_below_the_last_row(office):
    resource = ProgressResource(user=office.coordinator, office=office.organisation)
    book = opened(workbook_of(resource, resource.own_rows().none()))

    headings = [cell.value for cell in book.active[1]]
    letter = book.active.cell(1, headings.index("สถานะการดำเนินการ") + 1).column_letter
    [rule] = [
        rule
        for rule in book.active.data_validations.dataValidation
        if str(rule.sqref).startswith(f"{letter}2:")
    ]
    column = rule.formula1.split("$")[1]
    offered = [cell.value for cell in book["_lists"][column] if cell.value]
    assert offered == ["ยังไม่ดำเนินการ", "อยู่ระหว่างดำเนินการ", "ดำเนินการเสร็จเรียบร้อยแล้ว"]
    assert (str(rule.sqref), rule.showErrorMessage) == (f"{letter}2:{letter}1001", True)


def test_guide_tells_about_every_heading(office):
    resource = measures_of(office)

    guide = list(opened(workbook_of(resource, resource.own_rows().none()))["คำอธิบาย"].values)

    headings = [
        row[0] for row in guide[guide.index(next(r for r in guide if r[0] == "หัวตาราง")) + 1 :]
    ]
    assert headings == list(resource.get_export_headers())


def test_cells_are_text_or_numbers_never_formulas_and_keep_their_lines(office):
    measure = office.measures[0]
    Measure.objects.filter(pk=measure.pk).update(
        title='=HYPERLINK("http://x")', monitoring="บรรทัดแรก\nบรรทัดหลัง\x0bบรรทัดสาม\x07"
    )
    resource = measures_of(office)

    sheet = opened(workbook_of(resource, resource.own_rows())).active

    cells = {sheet.cell(1, cell.column).value: cell for cell in sheet[2]}
    assert (cells["มาตรการ"].value, cells["มาตรการ"].data_type) == ('\'=HYPERLINK("http://x")', "s")
    assert cells["มาตรการ"].number_format == "@"
    assert (cells["มาตรการที่"].value, cells["มาตรการที่"].data_type) == (1, "n")
    assert cells["การกำกับติดตาม"].value == "บรรทัดแรก\nบรรทัดหลัง\nบรรทัดสาม"


def test_text_longer_than_a_cell_of_excel_is_named_and_goes_out_as_csv(office):
    Measure.objects.filter(pk=office.measures[1].pk).update(monitoring="ก" * 32_768)
    resource = measures_of(office)

    with pytest.raises(Invalid, match="บรรทัดที่ 3 คอลัมน์ “การกำกับติดตาม” ยาว 32,768"):
        workbook_of(resource, resource.own_rows())
    assert "ก" * 32_768 in csv_of(resource, resource.own_rows()).decode("utf-8-sig")


def test_csv_has_the_same_headings_and_the_mark_by_which_excel_reads_thai(office):
    resource = measures_of(office)

    data = csv_of(resource, resource.own_rows())

    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert data.startswith("\ufeff".encode())
    assert rows[0] == list(resource.get_export_headers())
    assert [row[rows[0].index("มาตรการที่")] for row in rows[1:]] == ["1", "2"]


def test_rows_are_of_ones_own_office_and_the_chosen_year(office):
    make_office()
    Measure.objects.filter(pk=office.measures[1].pk).update(fiscal_year=2565)

    of_office = measures_of(office).own_rows()
    of_year = measures_of(office, fiscal_year=2565).own_rows()

    assert set(of_office) == set(office.measures)
    assert list(of_year) == [office.measures[1]]


@pytest.mark.parametrize("key", SHEETS)
def test_blank_form_of_every_sheet_can_be_opened_and_names_itself(office, key):
    sheet = SHEETS[key]
    resource = sheet(
        user=office.coordinator, office=None if sheet.is_for_install else office.organisation
    )

    book = opened(workbook_of(resource, resource.own_rows().none()))

    assert form_in(book["_form"].values).key == key
    assert [cell.value for cell in book.active[1]] == list(resource.get_export_headers())
