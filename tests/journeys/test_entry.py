"""An entry on a phone: fields save themselves, and nothing typed is ever lost."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.conftest import Site, arrive, assert_fits_and_is_accessible, sign_in, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

SAVED = re.compile("บันทึกแล้ว เวลา [๐-๙]{2}.[๐-๙]{2} น.")


def open_entry(page: Page) -> str:
    """Sign in and open the last entry of สำนักปลัด in the open round; return its address."""
    sign_in(page, "na.staff")
    page.get_by_role("link", name=re.compile("ดูสถานะทั้งรอบ|รอบ ๖ เดือน")).first.click()
    page.locator("td li a", has_text="สำนักปลัด").last.click()
    return arrive(page, r"/desk/entries/\d+/$")


def box(page: Page, name: str) -> Locator:
    return page.locator(f'.entry-field[data-field="{name}"]')


def control(page: Page, name: str) -> Locator:
    return page.locator(f'[name="{name}"]')


def answer(page: Page, name: str) -> Locator:
    return box(page, name).locator(".field-answer")


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).map((key) => key.split(':')[2])")


@pytest.fixture
def other(browser: Browser, site: Site):
    """The phone of a second person."""
    context: BrowserContext = browser.new_context(
        base_url=site.address, viewport={"width": 390, "height": 844}, locale="th-TH"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_fields_save_themselves_and_the_browser_forgets(page: Page, site: Site) -> None:
    open_entry(page)
    control(page, "outcome").fill("ประชาชนรอน้อยลง")
    expect(answer(page, "outcome")).to_have_text(SAVED)
    page.get_by_label("อยู่ระหว่างดำเนินการ").check()
    expect(answer(page, "status")).to_have_text(SAVED)
    step = page.locator('[name^="step-"]').first
    step.check()
    expect(page.locator('.entry-field[data-field^="step-"]').first).to_contain_text(SAVED)
    expect(page.locator("#entry-percent")).not_to_have_text("๐")
    assert kept(page) == []
    assert_fits_and_is_accessible(page)

    page.reload()
    expect(control(page, "outcome")).to_have_value("ประชาชนรอน้อยลง")
    expect(page.get_by_label("อยู่ระหว่างดำเนินการ")).to_be_checked()
    expect(step).to_be_checked()


def test_lost_connection_keeps_the_text_and_saves_it_later(page: Page, site: Site) -> None:
    open_entry(page)
    page.context.set_offline(True)
    control(page, "result").fill("พิมพ์ตอนไม่มีสัญญาณ")
    expect(answer(page, "result")).to_contain_text("สัญญาณขาด ข้อความเก็บไว้ในเครื่องนี้แล้ว")
    page.get_by_role("button", name="บันทึก", exact=True).click()
    expect(page.locator("[data-entry] [data-summary]")).to_contain_text("ยังมีช่องที่ไม่ได้บันทึก")
    assert kept(page) == ["result"]

    page.context.set_offline(False)
    expect(answer(page, "result")).to_have_text(SAVED)
    assert kept(page) == []


def test_answer_that_is_lost_is_asked_for_again_and_saves_once(page: Page, site: Site) -> None:
    """The server has saved, the phone does not know: the same request is sent again."""
    address = open_entry(page)
    keys = []

    def lose_the_first_answer(route) -> None:
        keys.append(re.search(r"key=([0-9a-f-]+)", route.request.post_data)[1])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/fields/suggestion/", lose_the_first_answer)
    control(page, "suggestion").fill("ควรจัดทุกไตรมาส")
    expect(answer(page, "suggestion")).to_contain_text("สัญญาณขาด")
    expect(answer(page, "suggestion")).to_have_text(SAVED)

    assert keys[0] == keys[1]
    assert len(keys) == 2
    page.goto(address)
    expect(control(page, "suggestion")).to_have_value("ควรจัดทุกไตรมาส")


def test_closed_tab_offers_the_text_again(page: Page, site: Site) -> None:
    address = open_entry(page)
    page.context.set_offline(True)
    control(page, "suggestion").fill("พิมพ์แล้วปิดหน้า")
    expect(answer(page, "suggestion")).to_contain_text("เก็บไว้ในเครื่องนี้แล้ว")
    page.close(run_before_unload=False)
    page = site_page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(address)

    offer = box(site_page, "suggestion").locator("[data-offered]")
    expect(offer).to_contain_text("มีข้อความที่ยังไม่ได้บันทึก")
    expect(offer).to_contain_text("พิมพ์แล้วปิดหน้า")
    assert_fits_and_is_accessible(page)
    offer.get_by_role("button", name="ใช้ข้อความนี้").click()
    expect(answer(page, "suggestion")).to_have_text(SAVED)
    expect(control(page, "suggestion")).to_have_value("พิมพ์แล้วปิดหน้า")
    assert kept(page) == []


def test_session_that_ended_keeps_the_text_until_one_is_back(page: Page, site: Site) -> None:
    address = open_entry(page)
    page.context.clear_cookies(name="sessionid")
    control(page, "status_note").fill("พิมพ์หลังหมดเวลา")
    expect(answer(page, "status_note")).to_contain_text("หมดเวลาการใช้งาน")
    expect(control(page, "status_note")).to_have_value("พิมพ์หลังหมดเวลา")
    assert kept(page) == ["status_note"]

    answer(page, "status_note").get_by_role("link").click()
    page.get_by_label("ชื่อผู้ใช้").fill("na.staff")
    page.get_by_label("รหัสผ่าน", exact=True).fill("Sommut-2569-demo")
    page.locator("main button[type=submit]").first.click()
    expect(page).to_have_url(address)
    box(page, "status_note").get_by_role("button", name="ใช้ข้อความนี้").click()
    expect(answer(page, "status_note")).to_have_text(SAVED)


def test_two_people_see_both_texts_and_choose(page: Page, other: Page, site: Site) -> None:
    address = open_entry(page)
    sign_in(other, "na.coordinator")
    other.goto(address)
    control(page, "result").fill("ข้อความของเจ้าหน้าที่")
    expect(answer(page, "result")).to_have_text(SAVED)

    control(other, "result").fill("ข้อความของผู้ประสานงาน")
    conflict = answer(other, "result")
    expect(conflict).to_contain_text("มีผู้อื่นบันทึกช่อง “ผลการดำเนินการ” ก่อนท่าน")
    expect(conflict.locator(".theirs")).to_contain_text("ข้อความของเจ้าหน้าที่")
    expect(conflict.locator(".mine")).to_contain_text("ข้อความของผู้ประสานงาน")
    assert_fits_and_is_accessible(other)
    conflict.get_by_role("button", name="ใช้ของฉัน").click()
    expect(answer(other, "result")).to_have_text(SAVED)

    control(page, "result").fill("เจ้าหน้าที่เขียนต่อ")
    answer(page, "result").get_by_role("button", name="ใช้ที่บันทึกไว้แล้ว").click()
    expect(control(page, "result")).to_have_value("ข้อความของผู้ประสานงาน")
    assert kept(page) == kept(other) == []


def test_keyboard_alone_completes_an_entry(page: Page, site: Site) -> None:
    address = open_entry(page)
    tab_to(page, page.locator("input[name=status]"))
    done = page.get_by_label("ดำเนินการเสร็จเรียบร้อยแล้ว")
    page.keyboard.press("ArrowDown")
    while not done.is_checked():
        page.keyboard.press("ArrowDown")
    expect(answer(page, "status")).to_have_text(SAVED)
    tab_to(page, control(page, "suggestion"))
    page.keyboard.press("Control+A")
    page.keyboard.type("พิมพ์ด้วยแป้นพิมพ์อย่างเดียว")
    tab_to(page, page.get_by_role("button", name="บันทึก", exact=True))
    page.keyboard.press("Enter")
    expect(answer(page, "suggestion")).to_have_text(SAVED)

    page.goto(address)
    expect(control(page, "suggestion")).to_have_value("พิมพ์ด้วยแป้นพิมพ์อย่างเดียว")
    expect(page.get_by_label("ดำเนินการเสร็จเรียบร้อยแล้ว")).to_be_checked()
