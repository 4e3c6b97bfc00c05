"""Every page type as people see it: accessible, within the screen, and kind to a slip."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import PASSWORD, Site, arrive, assert_fits_and_is_accessible, sign_in

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
def plain_page(browser: Browser, site: Site) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": 390, "height": 844},
        locale="th-TH",
        java_script_enabled=False,
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def entry_address(plain_page: Page) -> str:
    """The address of an entry of สำนักปลัด in na's open round, now shown without script."""
    sign_in(plain_page, "na.staff")
    plain_page.get_by_role("link", name=re.compile("ดูสถานะทั้งรอบ|รอบ ๖ เดือน")).first.click()
    plain_page.locator("td li a", has_text="สำนักปลัด").first.click()
    return arrive(plain_page, r"/desk/entries/\d+/$")


def result(page: Page) -> Locator:
    return page.get_by_role("textbox", name=re.compile("^ผลการดำเนินการ"))


def fill_result(page: Page, text: str) -> None:
    page.get_by_label("อยู่ระหว่างดำเนินการ").check()
    result(page).fill(text)


def save(page: Page) -> None:
    page.get_by_role("button", name="บันทึก", exact=True).click()


def test_second_saver_is_shown_both_texts_without_script(
    plain_page: Page, page: Page, entry_address: str
) -> None:
    sign_in(page, "na.coordinator")
    page.goto(entry_address)
    result(page).fill("ข้อความของผู้ประสานงาน")
    answered = page.locator('.entry-field[data-field="result"] .field-answer')
    expect(answered).to_contain_text("บันทึกแล้ว")

    fill_result(plain_page, "ข้อความของเจ้าหน้าที่")
    save(plain_page)

    expect(plain_page.locator(".compare .theirs").first).to_contain_text("ข้อความของผู้ประสานงาน")
    expect(plain_page.locator(".compare .mine").first).to_contain_text("ข้อความของเจ้าหน้าที่")
    save(plain_page)
    expect(plain_page.locator(".notice.success")).to_be_visible()
    expect(result(plain_page)).to_have_value("ข้อความของเจ้าหน้าที่")


def test_text_typed_into_an_expired_session_is_kept_without_script(
    plain_page: Page, entry_address: str
) -> None:
    fill_result(plain_page, "พิมพ์ไว้ก่อนหมดเวลา")
    plain_page.context.clear_cookies(name="sessionid")
    save(plain_page)
    expect(plain_page).to_have_url(re.compile("/accounts/login/"))

    plain_page.get_by_label("ชื่อผู้ใช้").fill("na.staff")
    plain_page.get_by_label("รหัสผ่าน", exact=True).fill(PASSWORD)
    plain_page.locator("main button[type=submit]").first.click()

    expect(plain_page).to_have_url(entry_address)
    expect(result(plain_page)).to_have_value("พิมพ์ไว้ก่อนหมดเวลา")
    save(plain_page)
    expect(plain_page.locator(".notice.success")).to_be_visible()


# Every page type of the desk, as the coordinator finds it in the demo.
DESK_PAGES = [
    "/desk/",
    "/desk/signing/",
    "/desk/plan/",
    "/desk/plan/2564/",
    "/desk/plan/measures/new/?fiscal_year=2570",
    "/desk/evidence/",
    "/desk/inbox/",
    "/desk/inbox/settings/",
    "/desk/people/",
    "/desk/people/invite/",
    "/desk/people/appoint/",
    "/desk/people/acting/",
    "/desk/handovers/",
    "/desk/history/",
    "/desk/guidance/",
    "/desk/chains/plan/",
    "/desk/imports/",
    "/desk/imports/plan/",
    "/desk/sheets/",
    "/desk/sheets/measures/",
    "/desk/results/2563/",
    "/desk/estimate/2564/",
    "/desk/analysis/2563/",
    "/desk/trace/2564/",
    "/desk/plan/2564/from-findings/",
    "/desk/plan/2564/copy/",
    "/desk/plan/2564/library/",
    "/desk/plan/sharing/",
    "/desk/plan/offers/",
    "/desk/plan/2564/push/",
]


def test_every_page_type_of_the_desk_is_accessible_and_fits_the_screen(sized_page: Page) -> None:
    sign_in(sized_page, "na.coordinator")
    for address in DESK_PAGES:
        answered = sized_page.goto(address)
        assert answered is not None
        assert answered.status == 200, address
        assert_fits_and_is_accessible(sized_page)


def test_pages_reached_from_others_are_accessible_and_fit_the_screen(sized_page: Page) -> None:
    sign_in(sized_page, "na.coordinator")
    for start, link in (
        ("/desk/plan/2564/", "main a[href^='/desk/plan/measures/']"),
        ("/desk/people/", "main a[href^='/desk/people/']:has-text('สมมติ')"),
        ("/desk/people/", "main a[href*='/desk/handovers/new/']"),
        ("/desk/history/", "main a[href^='/desk/history/entry/']"),
    ):
        sized_page.goto(start)
        there = sized_page.locator(link).first.get_attribute("href")
        assert there is not None
        sized_page.goto(there)
        assert_fits_and_is_accessible(sized_page)
    sized_page.goto("/desk/plan/measures/new/?fiscal_year=2570")
    sized_page.locator("main form button[type=submit]").last.click()  # empty: what is missing
    assert_fits_and_is_accessible(sized_page)


def test_outside_reviewer_reads_a_draft_by_its_link(sized_page: Page, browser: Browser) -> None:
    sign_in(sized_page, "na.coordinator")
    sized_page.get_by_role("link", name=re.compile("ดูสถานะทั้งรอบ|รอบ ๖ เดือน")).first.click()
    arrive(sized_page, r"/desk/rounds/\d+/")
    compile_button = sized_page.get_by_role("button", name="จัดทำรายงานของรอบนี้")
    if compile_button.count():
        compile_button.click()
    else:
        sized_page.locator("aside a[href^='/desk/documents/']").first.click()
    sized_page.get_by_text("สร้างลิงก์อ่านร่าง").click()
    sized_page.get_by_label(re.compile("^ให้ผู้ใดอ่าน")).fill("อำเภอสมมติไร่ กลุ่มงานท้องถิ่น")
    sized_page.get_by_role("button", name="สร้างลิงก์").click()
    assert_fits_and_is_accessible(sized_page)
    secret = sized_page.locator("#address").input_value()

    sized_page.context.clear_cookies()
    sized_page.goto(secret)
    expect(sized_page.locator("main")).to_contain_text("ร่าง")
    assert_fits_and_is_accessible(sized_page)
    sized_page.goto(secret.rstrip("/") + "x/")
    expect(sized_page.locator("main")).not_to_contain_text("รายงานผล")
    assert_fits_and_is_accessible(sized_page)
