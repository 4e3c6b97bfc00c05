"""sommut-na's round of 2564 on phones: from half-entered progress to the public page and the memo.

One day in the office, as its people have it: a link that is cut, two at one entry, a return, an
acting clerk, an officer who is transferred, the line up to the final approval.
"""

import io
import re
import subprocess
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.factories.pictures import pdf
from tests.journeys.conftest import (
    Site,
    arrive,
    assert_fits_and_is_accessible,
    serious_faults,
    sign_in,
    tab_to,
)

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

REASON = "ขอให้ระบุวันที่จัดกิจกรรมในความนำให้ชัดเจน"
COMMENT = "โปรดบอกว่าจัดเมื่อใด"
COMMENT_ON_RESULT = "โปรดแยกจำนวนเรื่องที่เผยแพร่ทางเว็บไซต์"
OPINION = "เห็นควรเสนอผู้บริหารเพื่อโปรดอนุมัติ"
SAVED = re.compile("บันทึกแล้ว เวลา")
WAIVED = "ทุกส่วนราชการทำตามขั้นตอนเดียวกันจริง"


def photograph(colour: str) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (1200, 900), colour).save(output, "JPEG")
    return output.getvalue()


def heic() -> bytes:
    output = io.BytesIO()
    picture = Image.effect_mandelbrot((900, 600), (-2, -1, 1, 1), 40).convert("RGB")
    pillow_heif.from_pillow(picture).save(output)
    return output.getvalue()


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def answer(page: Page, field: str) -> Locator:
    """What the page says beside a field of the entry about its saving."""
    return page.locator(f'.entry-field[data-field="{field}"] .field-answer')


def open_entry(page: Page, measure: int) -> str:
    """Open สำนักปลัด's entry of a measure from the page of the round; return its address."""
    page.goto("/desk/")
    page.get_by_role("link", name=re.compile("ดูสถานะทั้งรอบ|รอบ ๖ เดือน")).first.click()
    page.locator("tbody tr").nth(measure - 1).get_by_role("link", name="สำนักปลัด").click()
    return arrive(page, r"/desk/entries/\d+/$")


def attach(page: Page, name: str, data: bytes, caption: str) -> None:
    page.locator("#id_evidence_caption").fill(caption)
    page.locator("#id_evidence_file").set_input_files([payload(name, data)])
    page.get_by_role("button", name="ส่งไฟล์", exact=True).click()


def staff_reports_three_measures(page: Page) -> None:
    """Two cuts of the line, three photographs (one HEIC): nothing typed or taken is lost."""
    sign_in(page, "na.staff")
    assert_fits_and_is_accessible(page)

    first = open_entry(page, 2)
    page.context.set_offline(True)  # the first cut, while typing
    page.locator('[name="result"]').fill("จัดทำป้ายขั้นตอนบริการ 2 จุด และอบรมเจ้าหน้าที่ 1 ครั้ง")
    expect(answer(page, "result")).to_contain_text("สัญญาณขาด")
    page.context.set_offline(False)
    expect(answer(page, "result")).to_have_text(SAVED)
    page.get_by_label("ดำเนินการเสร็จเรียบร้อยแล้ว").check()
    expect(answer(page, "status")).to_have_text(SAVED)
    attach(page, "IMG_1.jpg", photograph("#8fb8a8"), "ป้ายขั้นตอนบริการหน้าสำนักงาน")
    expect(page.locator(".evidence-list")).to_contain_text("ป้ายขั้นตอนบริการหน้าสำนักงาน")
    assert_fits_and_is_accessible(page)

    second = open_entry(page, 5)
    page.get_by_label("อยู่ระหว่างดำเนินการ").check()
    expect(answer(page, "status")).to_have_text(SAVED)
    page.context.set_offline(True)  # the second cut, while sending
    attach(page, "IMG_2.heic", heic(), "ภาพการให้บริการตามมาตรฐานเดียวกัน")
    expect(page.locator(".upload-queue [data-state]").first).to_contain_text("สัญญาณขาด")
    page.locator('[name="result"]').fill("จัดทำแบบฟอร์มกลางของทุกงานบริการแล้ว 4 แบบ")
    page.context.set_offline(False)
    expect(page.locator(".evidence-list")).to_contain_text("ภาพการให้บริการตามมาตรฐานเดียวกัน")
    expect(answer(page, "result")).to_have_text(SAVED)

    third = open_entry(page, 6)
    page.locator('[name="result"]').fill("เผยแพร่ข้อมูลข่าวสาร 12 เรื่องทางเว็บไซต์และป้ายประกาศ")
    page.get_by_label("อยู่ระหว่างดำเนินการ").check()
    expect(answer(page, "result")).to_have_text(SAVED)
    expect(answer(page, "status")).to_have_text(SAVED)
    attach(page, "IMG_3.jpg", photograph("#b8a88f"), "ป้ายประกาศหน้าสำนักงาน")
    expect(page.locator(".evidence-list")).to_contain_text("ป้ายประกาศหน้าสำนักงาน")

    for address, text in (
        (first, "จัดทำป้ายขั้นตอนบริการ 2 จุด และอบรมเจ้าหน้าที่ 1 ครั้ง"),
        (second, "จัดทำแบบฟอร์มกลางของทุกงานบริการแล้ว 4 แบบ"),
        (third, "เผยแพร่ข้อมูลข่าวสาร 12 เรื่องทางเว็บไซต์และป้ายประกาศ"),
    ):
        page.goto(address)
        expect(page.locator('[name="result"]')).to_have_value(text)
        expect(page.locator(".evidence-list img").first).to_be_visible()


def two_at_one_entry(page: Page, browser: Browser, site: Site) -> None:
    """The staff and the coordinator write over each other; the coordinator settles it."""
    address = open_entry(page, 6)
    context = browser.new_context(
        base_url=site.address, viewport={"width": 390, "height": 844}, locale="th-TH"
    )
    context.set_default_timeout(20_000)
    other = context.new_page()
    sign_in(other, "na.coordinator")
    other.goto(address)
    page.locator('[name="outcome"]').fill("ประชาชนเข้าถึงข้อมูลได้เร็วขึ้น")
    expect(answer(page, "outcome")).to_have_text(SAVED)

    other.locator('[name="outcome"]').fill("ผู้เข้าชมเว็บไซต์เพิ่มขึ้นจากเดือนก่อน")
    conflict = answer(other, "outcome")
    expect(conflict.locator(".theirs")).to_contain_text("ประชาชนเข้าถึงข้อมูลได้เร็วขึ้น")
    expect(conflict.locator(".mine")).to_contain_text("ผู้เข้าชมเว็บไซต์เพิ่มขึ้นจากเดือนก่อน")
    assert_fits_and_is_accessible(other)
    conflict.get_by_role("button", name="ใช้ของฉัน").click()
    expect(answer(other, "outcome")).to_have_text(SAVED)
    context.close()


def coordinator_compiles_and_sends(page: Page) -> str:
    """The rest in bulk, the report compiled, its remarks waived with a reason, sent."""
    sign_in(page, "na.coordinator")
    page.get_by_role("link", name=re.compile("ดูสถานะทั้งรอบ|รอบ ๖ เดือน")).first.click()
    arrive(page, r"/desk/rounds/\d+/")
    missing = page.locator("td li", has_text="ยังไม่รายงาน").get_by_role("checkbox")
    for box in missing.all():
        box.check()
    page.get_by_label("ตั้งสถานะของรายการที่เลือก").select_option(label="อยู่ระหว่างดำเนินการ")
    page.get_by_role("button", name="ตั้งสถานะ").click()
    expect(page.locator("td li", has_text="ยังไม่รายงาน")).to_have_count(0)
    assert_fits_and_is_accessible(page)
    page.get_by_role("button", name="จัดทำรายงานของรอบนี้").click()
    document_address = arrive(page, r"/desk/documents/\d+/$")
    page.get_by_role("link", name="แก้ไขข้อความ").click()
    assert_fits_and_is_accessible(page)
    page.get_by_role("textbox", name=re.compile("^ที่")).fill("สม 76801/52")
    page.get_by_role("button", name="บันทึกเอกสาร").click()
    page.get_by_role("link", name="ดูตัวอย่าง").click()
    assert serious_faults(page) == []
    page.goto(document_address)
    expect(page.get_by_role("button", name="เสนอลงนาม")).to_have_count(0)
    waive = "details:has(button:text-is('ยกเว้นข้อสังเกตนี้'))"
    assert page.locator(waive).count() >= 1
    while left := page.locator(waive).count():
        remark = page.locator(waive).first
        remark.locator("summary").click()
        remark.get_by_role("textbox").fill(WAIVED)
        remark.get_by_role("button").click()
        expect(page.locator(waive)).to_have_count(left - 1)
    assert_fits_and_is_accessible(page)
    page.get_by_role("button", name="เสนอลงนาม").click()
    expect(page.locator("main")).to_contain_text("อยู่ระหว่างเสนอลงนาม")
    return document_address


def open_signing(page: Page, name: str) -> None:
    """Sign in and open what waits for this person's signature, with its pages drawn."""
    sign_in(page, name)
    page.locator("section", has_text="รอท่านพิจารณาลงนาม").get_by_role("link").first.click()
    expect(page.locator("img[src*='/pages/']").first).to_be_visible(timeout=60_000)
    assert_fits_and_is_accessible(page)


def sign(page: Page, name: str, button: str, opinion: str = "") -> None:
    open_signing(page, name)
    if opinion:
        page.get_by_role("textbox", name=re.compile("^ความเห็น")).fill(opinion)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".notice.success")).to_be_visible()


def sign_with_the_keyboard(page: Page, name: str, button: str, opinion: str) -> None:
    open_signing(page, name)
    tab_to(page, page.get_by_role("textbox", name=re.compile("^ความเห็น")))
    page.keyboard.type(opinion)
    tab_to(page, page.get_by_role("button", name=button, exact=True))
    page.keyboard.press("Enter")
    expect(page.locator(".notice.success")).to_be_visible()


def head_returns_it(page: Page) -> None:
    open_signing(page, "na.head")
    page.get_by_text("ทักท้วงเฉพาะจุดในเอกสาร").click()
    comments = page.locator("details", has_text="ทักท้วงเฉพาะจุดในเอกสาร")
    comments.locator("select").first.select_option(label="ความนำ")
    comments.locator("textarea, input[type=text]").first.fill(COMMENT)
    result = comments.locator("option", has_text=re.compile("มาตรการที่ (6|๖).*ผลการดำเนินการ")).nth(1)
    comments.locator("select").nth(1).select_option(value=result.get_attribute("value"))
    comments.locator("textarea, input[type=text]").nth(1).fill(COMMENT_ON_RESULT)
    page.get_by_role("textbox", name="เหตุผล").fill(REASON)
    page.get_by_role("button", name="ส่งกลับแก้ไข").click()
    expect(page.locator("main")).to_contain_text("ส่งกลับแก้ไข")


def clerk_is_replaced_by_an_acting_one(page: Page) -> None:
    """The coordinator enters the order, with its file, once."""
    sign_in(page, "na.coordinator")
    page.goto("/desk/people/")
    assert_fits_and_is_accessible(page)
    page.get_by_role("link", name="บันทึกคำสั่งรักษาการ").click()
    page.get_by_label("ตำแหน่งที่รักษาการ").select_option(label="ปลัดองค์การบริหารส่วนตำบลสมมตินา")
    finance = page.locator("#id_user option", has_text="สมมติเงินทอง")
    page.get_by_label("ผู้รักษาการ", exact=True).select_option(value=finance.get_attribute("value"))
    page.get_by_label("ตำแหน่งจริงของผู้รักษาการ").select_option(label="นักวิชาการเงินและบัญชี – กองคลัง")
    page.get_by_label("คำสั่งที่").fill("77/2564")
    for label in ("ลงวันที่", "ตั้งแต่วันที่"):
        page.get_by_label(label, exact=True).fill("2021-03-01")
    page.get_by_label("คำสั่ง (ไฟล์ PDF)").set_input_files(
        {"name": "order.pdf", "mimeType": "application/pdf", "buffer": pdf(1)}
    )
    assert_fits_and_is_accessible(page)
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".notice.success")).to_be_visible()


def staff_is_transferred(page: Page) -> None:
    """The staff's duties pass to a colleague in one act, with a memo of them."""
    page.goto("/desk/people/")
    post = page.locator("li.post", has_text="เจ้าพนักงานธุรการ").first
    post.get_by_text("จัดการตำแหน่งเจ้าพนักงานธุรการ").click()
    post.get_by_role("link", name=re.compile("ส่งมอบงาน")).click()
    expect(page.get_by_role("heading", name="งานที่ยังค้างอยู่ในวันนี้")).to_be_visible()
    assert_fits_and_is_accessible(page)
    receiver = page.locator("#id_to_user option", has_text="สมมติเงินทอง")
    page.get_by_label("ผู้รับมอบ", exact=True).select_option(value=receiver.get_attribute("value"))
    today = page.evaluate("new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10)")
    page.get_by_label(re.compile("^ผู้รับมอบดำรงตำแหน่ง")).fill(today)
    page.get_by_role("button", name="ส่งมอบงาน", exact=True).click()
    expect(page.locator(".notice.success")).to_be_visible()
    assert_fits_and_is_accessible(page)
    memo = page.locator("a[href$='memo.pdf']").get_attribute("href")
    assert memo is not None
    assert page.request.get(memo).body().startswith(b"%PDF-")
    # The successor has the duties at once: what was returned of สำนักปลัด is his to mend.
    sign_in(page, "na.finance")
    expect(page.locator("main")).to_contain_text("เจ้าพนักงานธุรการ")
    returned = page.locator("#to-do section", has_text="ส่งกลับให้แก้ไข")
    expect(returned).to_contain_text("สำนักปลัด")
    returned.get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text(COMMENT_ON_RESULT)
    page.locator('[name="result"]').fill("เผยแพร่ข้อมูลข่าวสาร 12 เรื่อง ทางเว็บไซต์ 9 เรื่อง")
    expect(answer(page, "result")).to_have_text(SAVED)


def coordinator_mends_and_sends_again(page: Page) -> None:
    sign_in(page, "na.coordinator")
    page.locator("section", has_text="ส่งกลับให้แก้ไข").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text(REASON)
    page.get_by_role("link", name="แก้ไขข้อความ").click()
    expect(page.locator("main")).to_contain_text(COMMENT)  # beside the field it speaks of
    opening = page.locator("#id_opening")
    opening.fill(opening.input_value() + "\nโดยจัดกิจกรรมเมื่อวันที่ 5 มกราคม 2564")
    page.get_by_role("button", name="บันทึกเอกสาร").click()
    page.get_by_role("button", name="เสนอลงนาม").click()
    expect(page.locator("main")).to_contain_text("อยู่ระหว่างเสนอลงนาม")


def stranger_reads_what_was_published(page: Page, site: Site, folder: Path) -> None:
    sign_in(page, "na.coordinator")
    page.locator("section", has_text="อนุมัติแล้ว รอเผยแพร่").get_by_role("link").first.click()
    page.get_by_role("button", name="เผยแพร่ต่อสาธารณะ").click()
    public_address = arrive(page, r"/sommut-na/documents/[a-z0-9-]+/$")
    page.context.clear_cookies()
    page.goto(public_address)
    assert serious_faults(page) == []
    expect(page.locator("main")).to_contain_text(OPINION)
    answered = page.request.get(public_address.rstrip("/") + ".pdf")
    assert (answered.status, answered.headers["content-type"]) == (200, "application/pdf")
    memo = folder / "memo.pdf"
    memo.write_bytes(answered.body())
    text = subprocess.run(
        ["pdftotext", str(memo), "-"], check=True, capture_output=True, text=True
    ).stdout
    joined = re.sub(r"\s", "", text)
    assert OPINION in joined
    assert "วันที่๕มกราคม๒๕๖๔" in joined
    assert "รักษาราชการแทน" in joined  # the acting clerk, in his own capacity
    assert REASON not in joined  # the returned attempt is history, not paper
    assert COMMENT not in joined
    page.goto("/sommut-na/2564/")
    assert serious_faults(page) == []
    expect(page.locator("main")).to_contain_text("มาตรการ")
    assert "sommut-na: ถูกต้อง 1 ฉบับ" in site.manage("verify_publications").stdout


def test_the_working_day_of_one_round(
    page: Page, browser: Browser, site: Site, tmp_path: Path
) -> None:
    staff_reports_three_measures(page)
    two_at_one_entry(page, browser, site)
    coordinator_compiles_and_sends(page)
    head_returns_it(page)
    clerk_is_replaced_by_an_acting_one(page)
    staff_is_transferred(page)
    coordinator_mends_and_sends_again(page)
    sign_with_the_keyboard(page, "na.head", "เห็นชอบ", OPINION)
    sign(page, "na.deputy", "เห็นชอบ")
    sign(page, "na.finance", "เห็นชอบ", "เพื่อโปรดพิจารณา")
    sign(page, "na.mayor", "อนุมัติ")
    stranger_reads_what_was_published(page, site, tmp_path)
