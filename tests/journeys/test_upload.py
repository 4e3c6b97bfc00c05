"""Files of evidence from a phone: several at once, over a line that is cut, none of them lost."""

import io
import re

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.factories.evidence import word
from tests.factories.pictures import photograph_with_place
from tests.journeys.conftest import Site, arrive, assert_fits_and_is_accessible, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

LOST = "ยังส่งไม่ได้ สัญญาณขาด ไฟล์ยังอยู่ จะส่งเองเมื่อมีสัญญาณ หรือกดส่งอีกครั้ง"


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def heic() -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(
        Image.effect_mandelbrot((900, 600), (-2, -1, 1, 1), 40).convert("RGB")
    ).save(buffer)
    return buffer.getvalue()


def open_entry(page: Page, place: int) -> None:
    """Open one of สำนักปลัด's entries in the open round; each test has one of its own."""
    sign_in(page, "na.staff")
    page.get_by_role("link", name=re.compile("ดูสถานะทั้งรอบ|รอบ ๖ เดือน")).first.click()
    page.locator("td li a", has_text="สำนักปลัด").nth(place).click()
    arrive(page, r"/desk/entries/\d+/$")


def choose(page: Page, *files: FilePayload, caption: str) -> None:
    page.locator("#id_evidence_caption").fill(caption)
    page.locator("#id_evidence_file").set_input_files(list(files))


def send(page: Page) -> None:
    page.get_by_role("button", name="ส่งไฟล์", exact=True).click()


def test_files_chosen_without_a_line_are_sent_once_it_is_back(page: Page, site: Site) -> None:
    open_entry(page, 0)
    before = page.locator(".evidence-list > li").count()
    page.context.set_offline(True)
    photo = payload("IMG_1.jpg", photograph_with_place(size=(900, 600)))
    choose(page, photo, payload("IMG_2.heic", heic()), caption="ภาพประชุมสมมติ")
    page.locator(".upload-queue input").nth(1).fill("ภาพบรรยากาศสมมติ")
    send(page)
    expect(page.locator(".upload-queue [data-state]").first).to_have_text(LOST)

    page.context.set_offline(False)

    expect(page.locator("form[data-upload] [data-summary]")).to_have_text("แนบครบทุกไฟล์แล้ว")
    expect(page.locator(".upload-queue > li")).to_have_count(0)
    expect(page.locator(".evidence-list > li")).to_have_count(before + 2)
    expect(page.locator(".evidence-list")).to_contain_text("ภาพประชุมสมมติ")
    expect(page.locator(".evidence-list")).to_contain_text("ภาพบรรยากาศสมมติ")
    assert_fits_and_is_accessible(page)


def test_refused_file_stays_with_its_reason_and_the_others_are_taken(
    page: Page, site: Site
) -> None:
    open_entry(page, 1)
    bad = payload("bad.jpg", b"MZ" + bytes(500))
    choose(page, bad, payload("รายงาน.docx", word("ก")), caption="รายงานสมมติ")
    send(page)

    expect(page.locator("form[data-upload] [data-summary]")).to_have_text(
        re.compile("^ยังมีไฟล์ที่ไม่ได้แนบ")
    )
    expect(page.locator(".upload-queue > li")).to_have_count(1)
    expect(page.locator(".upload-queue > li")).to_contain_text("bad.jpg")
    expect(page.locator(".upload-queue [data-state]")).to_contain_text("ไฟล์นี้ไม่ใช่ภาพถ่าย")
    expect(page.locator(".evidence-list")).to_contain_text("เอกสาร Word")
    assert_fits_and_is_accessible(page)

    page.get_by_role("button", name="เอาออก bad.jpg").click()
    expect(page.locator(".upload-queue > li")).to_have_count(0)


def test_file_without_caption_is_not_sent_and_the_box_is_pointed_at(page: Page, site: Site) -> None:
    open_entry(page, 2)
    choose(page, payload("a.docx", word("ไม่มีคำบรรยาย")), caption="")
    send(page)

    expect(page.locator(".upload-queue input")).to_be_focused()
    expect(page.locator(".upload-queue [data-error]")).to_have_text("โปรดกรอกคำบรรยายไฟล์นี้")


def test_file_that_waits_for_a_new_sign_in_is_sent_after_it(page: Page, site: Site) -> None:
    open_entry(page, 3)
    choose(page, payload("b.docx", word("รอเข้าระบบ")), caption="รอเข้าระบบสมมติ")
    page.context.clear_cookies()
    send(page)
    expect(page.locator(".upload-queue [data-state]")).to_have_text(
        re.compile("^ยังไม่ได้ส่ง เพราะหมดเวลาการใช้งาน")
    )

    sign_in(page.context.new_page(), "na.staff")
    page.get_by_role("button", name="ส่งอีกครั้ง b.docx").click()

    expect(page.locator(".evidence-list")).to_contain_text("รอเข้าระบบสมมติ")


def test_without_script_the_form_takes_several_files(browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    open_entry(page, 4)
    choose(
        page,
        payload("c.docx", word("หนึ่ง")),
        payload("bad.pdf", b"no pdf at all"),
        caption="หลายไฟล์สมมติ",
    )
    send(page)

    expect(page.get_by_role("heading", name="ผลการแนบแต่ละไฟล์")).to_be_visible()
    expect(page.locator(".notice.error")).to_contain_text("ไฟล์นี้ไม่ใช่ภาพถ่าย")
    expect(page.locator(".evidence-list")).to_contain_text("หลายไฟล์สมมติ")
    context.close()
