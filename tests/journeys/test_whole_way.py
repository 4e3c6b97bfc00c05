"""sommut-na's round of 2564, from half-entered progress to the public page and the memo."""

import io
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, serious_faults, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

REASON = "ขอให้ระบุวันที่จัดกิจกรรมในความนำให้ชัดเจน"
OPINION = "เห็นควรเสนอผู้บริหารเพื่อโปรดอนุมัติ"


def photograph() -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (1200, 900), "#8fb8a8").save(output, "JPEG")
    return output.getvalue()


def report_entry(page: Page, result: str) -> None:
    page.get_by_label("ดำเนินการเสร็จเรียบร้อยแล้ว").check()
    page.get_by_role("textbox", name=re.compile("^ผลการดำเนินการ")).fill(result)
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator(".notice.success")).to_contain_text("บันทึกแล้ว")


def report_all_missing(page: Page) -> None:
    """Report every entry that the round's page marks as missing."""
    page.goto("/desk/")
    page.get_by_role("link", name=re.compile("ดูสถานะทั้งรอบ|รอบ ๖ เดือน")).first.click()
    round_address = page.url
    while True:
        page.goto(round_address)
        missing = page.locator("td li", has_text="ยังไม่รายงาน").locator("a")
        if missing.count() == 0:
            return
        missing.first.click()
        report_entry(page, "ดำเนินการตามขั้นตอนที่กำหนดครบถ้วนแล้ว")


def waive_remarks(page: Page, reason: str) -> None:
    """Let every remark of the proofreading stand, each with its reason."""
    waive = "details:has(button:text-is('ยกเว้นข้อสังเกตนี้'))"
    while left := page.locator(waive).count():
        remark = page.locator(waive).first
        remark.locator("summary").click()
        remark.get_by_role("textbox").fill(reason)
        remark.get_by_role("button").click()
        expect(page.locator(waive)).to_have_count(left - 1)


def sign(page: Page, name: str, button: str, opinion: str = "") -> None:
    sign_in(page, name)
    page.locator("section", has_text="รอท่านพิจารณาลงนาม").get_by_role("link").first.click()
    assert serious_faults(page) == []
    if opinion:
        page.get_by_role("textbox", name=re.compile("^ความเห็น")).fill(opinion)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".notice.success")).to_be_visible()


def test_the_whole_way_of_one_round(page: Page, site: Site, tmp_path: Path) -> None:
    # Staff reports with evidence.
    sign_in(page, "na.staff")
    assert serious_faults(page) == []
    page.locator("section", has_text="รอรายงาน").get_by_role("link").first.click()
    assert serious_faults(page) == []
    report_entry(page, "จัดประชุมชี้แจงบุคลากร 2 ครั้ง และเผยแพร่ทางเว็บไซต์")
    page.get_by_role("textbox", name="คำบรรยายหลักฐาน").fill("ภาพการประชุมชี้แจง")
    page.get_by_label("ภาพถ่ายหรือไฟล์ PDF").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    page.get_by_role("button", name="เพิ่มหลักฐาน").click()
    expect(page.locator("#evidence img")).to_be_visible()

    # The coordinator fills what is missing, compiles, and sends.
    sign_in(page, "na.coordinator")
    report_all_missing(page)
    assert serious_faults(page) == []
    page.get_by_role("button", name="จัดทำรายงานของรอบนี้").click()
    assert serious_faults(page) == []
    document_address = page.url
    page.get_by_role("link", name="แก้ไขข้อความ").click()
    assert serious_faults(page) == []
    page.get_by_role("textbox", name=re.compile("^ที่")).fill("สม 76801/52")
    page.get_by_role("button", name="บันทึกเอกสาร").click()
    page.get_by_role("link", name="ดูตัวอย่าง").click()
    assert serious_faults(page) == []
    page.goto(document_address)
    expect(page.get_by_role("button", name="เสนอลงนาม")).to_have_count(0)
    waive_remarks(page, "ทุกส่วนราชการทำตามขั้นตอนเดียวกันจริง")
    assert serious_faults(page) == []
    page.get_by_role("button", name="เสนอลงนาม").click()
    expect(page.locator("main")).to_contain_text("อยู่ระหว่างเสนอลงนาม")

    # The head returns it once, with a reason.
    sign_in(page, "na.head")
    page.locator("section", has_text="รอท่านพิจารณาลงนาม").get_by_role("link").first.click()
    page.get_by_role("textbox", name="เหตุผล").fill(REASON)
    page.get_by_role("button", name="ส่งกลับแก้ไข").click()
    expect(page.locator("main")).to_contain_text("ส่งกลับแก้ไข")

    # The coordinator sees why, mends it, sends again.
    sign_in(page, "na.coordinator")
    page.locator("section", has_text="ส่งกลับให้แก้ไข").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text(REASON)
    page.get_by_role("link", name="แก้ไขข้อความ").click()
    opening = page.locator("#id_opening")
    opening.fill(opening.input_value() + "\nโดยจัดกิจกรรมเมื่อวันที่ 5 มกราคม 2564")
    page.get_by_role("button", name="บันทึกเอกสาร").click()
    page.get_by_role("button", name="เสนอลงนาม").click()

    # Up the line.
    sign(page, "na.head", "เห็นชอบ", OPINION)
    sign(page, "na.deputy", "เห็นชอบ")
    sign(page, "na.clerk", "เห็นชอบ", "เพื่อโปรดพิจารณา")
    sign(page, "na.mayor", "อนุมัติ")

    # Published, and read by a stranger.
    sign_in(page, "na.coordinator")
    page.locator("section", has_text="อนุมัติแล้ว รอเผยแพร่").get_by_role("link").first.click()
    page.get_by_role("button", name="เผยแพร่ต่อสาธารณะ").click()
    expect(page).to_have_url(re.compile(r"/sommut-na/documents/[a-z0-9-]+/$"))
    public_address = page.url
    page.context.clear_cookies()
    page.goto(public_address)
    assert serious_faults(page) == []
    expect(page.locator("main")).to_contain_text(OPINION)
    answer = page.request.get(public_address.rstrip("/") + ".pdf")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    memo = tmp_path / "memo.pdf"
    memo.write_bytes(answer.body())
    text = subprocess.run(
        ["pdftotext", str(memo), "-"], check=True, capture_output=True, text=True
    ).stdout
    joined = re.sub(r"\s", "", text)
    assert OPINION in joined
    assert "วันที่๕มกราคม๒๕๖๔" in joined
    assert REASON not in joined  # the returned attempt is history, not paper
    page.goto("/sommut-na/2564/")
    assert serious_faults(page) == []
    expect(page.locator("main")).to_contain_text("มาตรการ")
    assert "sommut-na: ถูกต้อง 1 ฉบับ" in site.manage("verify_publications").stdout
