"""Plans that were read from files, made by hand, and staged as an upload would stage them."""

import io
from typing import Any

import docx
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx.shared import Cm

from measures.domain.importing import reading, uploads
from measures.domain.importing.plan_changes import read_period
from measures.domain.importing.plan_drafts import CellFate, DraftMeasure, PlanDraft
from measures.domain.importing.staged_plans import Choices, KeptPicture, StagedPlan
from measures.models import FileImport, Framework, ImportKind, Indicator, Instrument, Item
from tests.factories.people import Office
from tests.factories.pictures import photograph_with_place

YEAR = 2568  # of the plans: without a plan or a round in the office of the tests


def make_framework(fiscal_year: int) -> Framework:
    """Return a small framework: indicator 2 with the items I7 and I8."""
    framework = Framework.objects.create(fiscal_year=fiscal_year)
    instrument = Instrument.objects.create(framework=framework, code="IIT")
    indicator = Indicator.objects.create(instrument=instrument, number=2, name="การใช้งบประมาณ")
    for number in (7, 8):
        Item.objects.create(instrument=instrument, indicator=indicator, number=number)
    return framework


def word_file(*, pictures: int = 0) -> bytes:
    """Return a Word file of one table of two measures, with photographs in its last column."""
    document = docx.Document()
    document.add_paragraph("มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปี ๒๕๖๘")
    table = document.add_table(rows=3, cols=4)
    rows = [
        ("มาตรการ", "ขั้นตอนหรือวิธีการ", "ผู้รับผิดชอบ", "ผลการดำเนินการ"),
        ("๑. ให้ความรู้เรื่องสมมติ", "๑) ชี้แจง\n๒) ติดตาม", "สำนักปลัด", "ชี้แจงแล้ว"),
        ("๒. เปิดเผยข้อมูลสมมติ", "๑) ลงเว็บไซต์", "กองคลัง", "ลงแล้ว"),
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for number in range(pictures):
        run = table.rows[1].cells[3].add_paragraph().add_run()
        picture = photograph_with_place(size=(40 + number, 20))
        run.add_picture(io.BytesIO(picture), width=Cm(3))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def draft_measure(number: int = 1, **changes: Any) -> DraftMeasure:
    """Return a measure that was read; ``changes`` are its values."""
    values: dict[str, Any] = {
        "title": f"มาตรการสมมติ{'กขคงจฉชซ'[number % 8]}",
        "steps": ["ชี้แจงในที่ประชุม", "ติดตามผล"],
        "responsible": ["สำนักปลัด"],
        "period": read_period("ตุลาคม ๒๕๖๗ - กันยายน ๒๕๖๘", YEAR),
        "monitoring": "รายงานทุกไตรมาส",
    }
    return DraftMeasure(number=number, **values | changes)


def plan_draft(*measures: DraftMeasure, **changes: Any) -> PlanDraft:
    """Return a plan that was read: these measures, or two, each title a cell of table 1."""
    found = list(measures) or [draft_measure(1), draft_measure(2, responsible=["กองคลัง"])]
    fates = [
        CellFate(
            f"ตารางที่ 1 แถวที่ {place + 1} คอลัมน์ที่ 1",
            measure.title,
            "value",
            table=1,
            row=place,
            column=0,
            measure=place,
            field="title",
        )
        for place, measure in enumerate(found, start=1)
    ]
    values: dict[str, Any] = {
        "title": "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปี ๒๕๖๘",
        "fiscal_year": YEAR,
        "fates": fates,
    }
    return PlanDraft(measures=found, **values | changes)


def make_staged(
    office: Office, plan: PlanDraft | None = None, *, pictures: int = 0, **choices: Any
) -> FileImport:
    """Return a staged import of ``plan``; its file is a Word file with so many pictures.

    The pictures are the first measure's.
    """
    plan = plan or plan_draft()
    data = word_file(pictures=pictures)
    found = reading.read_source(data, "แผน.docx").pictures if pictures else {}
    plan.measures[0].pictures = list(found)
    kept = [KeptPicture(each.key, each.where, each.extension) for each in found.values()]
    staged = StagedPlan(plan, Choices(**{"fiscal_year": YEAR} | choices), kept)
    return uploads.keep(
        data,
        name="แผน.docx",
        extension="docx",
        kind=ImportKind.PLAN,
        organisation=office.organisation,
        by=office.coordinator,
        draft=staged.as_json(),
        fiscal_year=YEAR,
        rows_total=len(plan.measures),
    )


def page(client: Client, made: FileImport) -> str:
    """Return the page of an import, which must be there."""
    response = client.get(reverse("desk:plan_import", args=[made.pk]))
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, name: str, *arguments: int, **typed: object) -> HttpResponse:
    """Press on a page of the desk, named without its prefix."""
    return client.post(reverse(f"desk:{name}", args=arguments), typed)
