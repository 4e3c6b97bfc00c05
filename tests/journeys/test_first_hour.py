"""An office that has nothing: its Word file and score sheet in, this year's plan out as PDF."""

import io
import re

import openpyxl
import pypdf
import pytest
from docx import Document
from playwright.sync_api import FilePayload, Locator, Page, expect

from ita_portal.thai.words import normalise_compact
from tests.journeys.conftest import Site, assert_fits_and_is_accessible, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

# What the administrator of the install enters for a new office: its name and one account.
NEW_OFFICE = """
import datetime
from measures.models import Organisation, Post, PostHolding, User
office = Organisation.objects.create(
    slug="sommut-mai", name="องค์การบริหารส่วนตำบลสมมติใหม่", short_name="อบต.สมมติใหม่",
    kind="tambon", tambon="สมมติใหม่", amphoe="สมมติเมือง", changwat="สมมติธานี",
)
post = Post.objects.create(
    organisation=office, title="นักวิเคราะห์นโยบายและแผน", coordinates=True, administers=True
)
person = User.objects.create(
    username="mai.coordinator", title="นางสาว", first_name="สมมติมาใหม่", last_name="ใจดี",
    password=User.objects.get(username="na.coordinator").password,
)
PostHolding.objects.create(post=post, user=person, starts_on=datetime.date(2023, 10, 1))
"""

HEADINGS = (
    "มาตรการ/แนวทาง",
    "ขั้นตอน/วิธีปฏิบัติ",
    "หน่วยงานผู้รับผิดชอบ",
    "ระยะเวลาดำเนินการ",
    "สรุปผลดำเนินการ",
    "ผลลัพธ์/ความสำเร็จ",
)
MEASURES = (
    (
        "๑. ชี้แจงแผนการใช้จ่ายให้บุคลากรทราบ",
        "๑. จัดประชุมชี้แจง\n๒. ติดประกาศในสำนักงาน",
        "สำนักปลัด\nกองคลัง",
        "ตุลาคม ๒๕๖๕ - มีนาคม ๒๕๖๖",
        "๑. จัดประชุมสองครั้ง\n๒. ติดประกาศแล้ว",
        "บุคลากรทราบแผน",
    ),
    (
        "๒. ทำผังขั้นตอนบริการ",
        "๑. สำรวจงานบริการ",
        "ทุกส่วนราชการ",
        "๑ ตุลาคม ๒๕๖๕ – ๓๐ กันยายน ๒๕๖๖",
        "๑. ติดผังแล้ว",
        "ผู้มาติดต่อเข้าใจขั้นตอน",
    ),
)
CORRECTED = "ชี้แจงแผนการใช้จ่ายงบประมาณให้บุคลากรทราบ"
CONTINUED = "๒. พิมพ์ผังติดหน้าห้อง"  # the row that Word carried over to the next page
SCORES = {"I7": 79.27, "I8": 53.56, "I9": 77.27, "E2": 82.5, "O1": 100}


def word_file() -> bytes:
    """Last year's report: a cover, two pages of one table with its head again, a split row."""
    document = Document()
    for line in (
        "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ (รอบ ๑๒ เดือน)",
        "องค์การบริหารส่วนตำบลสมมติใหม่",
    ):
        document.add_paragraph(line)
    for rows in (MEASURES, (("", CONTINUED, "", "", "", ""),)):
        table = document.add_table(rows=0, cols=len(HEADINGS))
        for row in (HEADINGS, *rows):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_page_break()
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def score_sheet() -> bytes:
    """The sheet of scores as it was received: item and score, Thai and Arabic digits."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ข้อ", "คะแนน"])
    for code, score in SCORES.items():
        sheet.append([code, score])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def last_years_report_comes_in(page: Page) -> None:
    """From the Word file to last year's plan with its results; the divisions come with it."""
    page.goto("/desk/imports/")
    assert_fits_and_is_accessible(page)
    page.get_by_role("link", name="นำเข้าแผนหรือรายงาน").click()
    page.locator("main input[type=file]").set_input_files(
        [payload("รายงาน 2566.docx", word_file())]
    )
    button(page, "อ่านไฟล์และดูตัวอย่าง").click()
    expect(page.locator("main")).to_contain_text("พบ ๒ มาตรการ ยังไม่มีสิ่งใดถูกบันทึก")
    assert_fits_and_is_accessible(page)

    # One value is put right before anything is stored.
    page.get_by_text("แก้ไขลำดับที่ ๑").click()
    title = page.locator("#measure-1 [name=title]")
    expect(title).to_have_value("ชี้แจงแผนการใช้จ่ายให้บุคลากรทราบ")
    title.fill(CORRECTED)
    page.locator("#measure-1").get_by_role("button", name="บันทึกการแก้ไข").click()
    expect(page.locator("#measure-1 h3")).to_contain_text(CORRECTED)

    page.get_by_label("นำผลการดำเนินการเข้าด้วย").check()
    page.get_by_label(re.compile("^สถานะของมาตรการที่ไฟล์")).select_option(
        label="ดำเนินการเสร็จเรียบร้อยแล้ว"
    )
    button(page, "ยืนยันนำเข้า").click()
    expect(page.locator("main")).to_contain_text("ส่วนราชการที่เพิ่ม")
    expect(page.locator("main")).to_contain_text("กองคลัง")
    assert_fits_and_is_accessible(page)


def scores_come_in_and_are_analysed(page: Page) -> None:
    """From the score sheet to accepted findings: I8 and I9 share what the framework advises."""
    page.goto("/desk/results/2566/")
    assert_fits_and_is_accessible(page)
    page.locator("main input[type=file]").set_input_files([payload("คะแนน.xlsx", score_sheet())])
    button(page, "อ่านไฟล์").click()
    assert_fits_and_is_accessible(page)
    page.get_by_role("button", name=re.compile("^บันทึก ๕ รายการ")).click()
    expect(page).to_have_url(re.compile("/desk/results/2566/$"))

    page.goto("/desk/analysis/2566/")
    button(page, "จัดทำร่างการวิเคราะห์จากคะแนน").click()
    expect(page.locator("main")).to_contain_text("จัดทำร่างใหม่ ๓ ข้อ")
    assert_fits_and_is_accessible(page)
    for number in "๑๒๓":
        button(page, f"ยอมรับร่างข้อที่ {number}").click()
    expect(page.locator("main")).to_contain_text("เป็นร่าง ๐ ข้อ")


def plan_is_made(page: Page) -> None:
    """From last year's measures and the findings to a plan whose gaps are named."""
    page.goto("/desk/plan/2567/")
    page.get_by_role("link", name="คัดลอกจากแผนปีก่อน").click()
    assert_fits_and_is_accessible(page)
    button(page, "คัดลอกมาตรการที่เลือก").click()
    expect(page.locator("main")).to_contain_text("ต้องทบทวน")
    page.get_by_role("link", name="จากข้อบกพร่องที่วิเคราะห์").click()
    assert_fits_and_is_accessible(page)
    button(page, "เพิ่มมาตรการลงในแผน").click()
    expect(page.locator("main")).to_contain_text("มาตรการที่ ๕")
    assert_fits_and_is_accessible(page)


def plan_is_printed(page: Page) -> str:
    """Compile the plan's document and return the text of its PDF."""
    button(page, "จัดทำเอกสารแผน").click()
    assert_fits_and_is_accessible(page)
    address = page.get_by_role("link", name="เปิด PDF").get_attribute("href")
    assert address is not None
    answered = page.request.get(address)
    assert answered.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answered.body())).pages
    return normalise_compact("".join(sheet.extract_text() for sheet in pages))


def test_new_office_has_its_plan_on_paper_within_the_hour(page: Page, site: Site) -> None:
    site.manage("shell", "--command", NEW_OFFICE)
    sign_in(page, "mai.coordinator")
    last_years_report_comes_in(page)
    scores_come_in_and_are_analysed(page)
    plan_is_made(page)

    printed = plan_is_printed(page)

    for text in (CORRECTED, MEASURES[1][0][3:], CONTINUED[3:], "ข้อ I8", "53.56", "ทุกส่วนราชการ"):
        assert normalise_compact(text) in printed
    page.goto("/desk/trace/2567/")
    expect(page.locator("main")).to_contain_text("๕๓.๕๖")
    assert_fits_and_is_accessible(page)
