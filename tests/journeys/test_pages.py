"""Every page type as people see it: accessible, within the screen, and kind to a slip."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Site, assert_fits_and_is_accessible, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

PUBLIC_PAGES = [
    "/",
    "/?q=ไม่มีชื่อนี้",
    "/sommut-don/",
    "/sommut-don/2567/",
    "/sommut-na/2563/",  # nothing published yet
    "/sommut-thara/2566/measures/1/",
    "/sommut-khao/2566/oit/o43/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/not-an-office/",
]


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_public_page_is_accessible_and_fits_the_screen(sized_page: Page, address: str) -> None:
    sized_page.goto(address)

    assert_fits_and_is_accessible(sized_page)


def test_published_document_is_accessible_and_fits_the_screen(sized_page: Page) -> None:
    sized_page.goto("/sommut-don/2567/")
    sized_page.get_by_role("link", name=re.compile("อ่านรายงาน")).first.click()

    assert_fits_and_is_accessible(sized_page)


def test_desk_of_a_coordinator_is_accessible_and_fits_the_screen(sized_page: Page) -> None:
    sign_in(sized_page, "don.coordinator")
    assert_fits_and_is_accessible(sized_page)
    rounds = sized_page.locator("aside").get_by_role("link", name=re.compile("รอบ ๖ เดือน"))
    rounds.first.click()
    assert_fits_and_is_accessible(sized_page)
    sized_page.locator("td li a").first.click()  # an entry that is locked by publication
    expect(sized_page.locator(".notice.lock").first).to_contain_text("เผยแพร่")
    assert_fits_and_is_accessible(sized_page)
    sized_page.go_back()
    sized_page.locator("aside .list-lines a").first.click()  # its published document
    assert_fits_and_is_accessible(sized_page)
    sized_page.get_by_role("link", name="ดูตัวอย่าง").click()
    assert_fits_and_is_accessible(sized_page)
    sized_page.goto("/desk/rounds/new/")
    sized_page.get_by_role("button", name="เปิดรอบ").click()  # empty: the errors are shown
    assert_fits_and_is_accessible(sized_page)


@pytest.fixture
def entry_address(page: Page) -> str:
    """The address of an entry that na's staff has reported in the open round, now shown."""
    sign_in(page, "na.staff")
    page.locator("section", has_text="กำหนดส่ง").locator("details summary").first.click()
    page.locator("section", has_text="กำหนดส่ง").locator("details a").first.click()
    return page.url


def fill_result(page: Page, text: str) -> None:
    page.get_by_label("อยู่ระหว่างดำเนินการ").check()
    page.get_by_role("textbox", name=re.compile("^ผลการดำเนินการ")).fill(text)


def save(page: Page) -> None:
    page.get_by_role("button", name="บันทึก", exact=True).click()


def test_a_double_click_on_save_stores_once(page: Page, entry_address: str) -> None:
    fill_result(page, "กดบันทึกสองครั้ง")
    page.get_by_role("button", name="บันทึก", exact=True).dblclick()

    expect(page.locator(".notice.success")).to_have_count(1)
    expect(page.get_by_role("textbox", name=re.compile("^ผลการดำเนินการ"))).to_have_value(
        "กดบันทึกสองครั้ง"
    )


def test_second_saver_is_shown_both_texts(
    page: Page, entry_address: str, browser: Browser, site: Site
) -> None:
    other_context: BrowserContext = browser.new_context(base_url=site.address, locale="th-TH")
    other = other_context.new_page()
    sign_in(other, "na.coordinator")
    other.goto(entry_address)
    fill_result(page, "ข้อความของเจ้าหน้าที่")
    save(page)
    expect(page.locator(".notice.success")).to_be_visible()

    fill_result(other, "ข้อความของผู้ประสานงาน")
    save(other)

    expect(other.locator(".compare .theirs")).to_contain_text("ข้อความของเจ้าหน้าที่")
    expect(other.locator(".compare .mine")).to_contain_text("ข้อความของผู้ประสานงาน")
    assert_fits_and_is_accessible(other)
    save(other)
    expect(other.locator(".notice.success")).to_be_visible()
    other_context.close()


def test_text_typed_into_an_expired_session_is_kept(page: Page, entry_address: str) -> None:
    fill_result(page, "พิมพ์ไว้ก่อนหมดเวลา")
    session = next(cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    page.context.clear_cookies(name=session["name"])
    save(page)
    expect(page).to_have_url(re.compile("/accounts/login/"))

    page.get_by_label("ชื่อผู้ใช้").fill("na.staff")
    page.get_by_label("รหัสผ่าน", exact=True).fill("Sommut-2569-demo")
    page.locator("main button[type=submit]").first.click()

    expect(page).to_have_url(entry_address)
    expect(page.get_by_role("textbox", name=re.compile("^ผลการดำเนินการ"))).to_have_value(
        "พิมพ์ไว้ก่อนหมดเวลา"
    )
    save(page)
    expect(page.locator(".notice.success")).to_be_visible()


def test_program_in_a_photographs_clothing_is_refused_in_thai(
    page: Page, entry_address: str
) -> None:
    page.get_by_role("textbox", name="คำบรรยายหลักฐาน").fill("ภาพกิจกรรม")
    page.get_by_label("ภาพถ่ายหรือไฟล์ PDF").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"MZ\x90\x00" + b"\x00" * 4096}
    )
    page.get_by_role("button", name="เพิ่มหลักฐาน").click()

    expect(page.locator(".error-summary")).to_contain_text("ไม่ใช่ภาพถ่าย")
    expect(page.get_by_role("textbox", name="คำบรรยายหลักฐาน")).to_have_value("ภาพกิจกรรม")
