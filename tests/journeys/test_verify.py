"""A downloaded PDF is compared in the browser; nothing but its hash ever leaves it."""

import http.client
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.conftest import Site, assert_fits_and_is_accessible

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

# What a drag from the file manager does; browsers let no test drag from outside.
DROP = """
(zone, [name, type, bytes]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
  const init = { bubbles: true, cancelable: true, dataTransfer: transfer };
  zone.dispatchEvent(new DragEvent("dragover", init));
  zone.dispatchEvent(new DragEvent("drop", init));
}
"""


@pytest.fixture
def pdf_address(page: Page) -> str:
    """The PDF of a document that the demo has published."""
    page.goto("/sommut-don/2567/")
    page.get_by_role("link", name=re.compile("อ่านรายงาน")).first.click()
    address = page.get_by_role("link", name="เปิดไฟล์ PDF").get_attribute("href")
    assert address is not None
    return address


@pytest.fixture
def pdf(page: Page, pdf_address: str) -> bytes:
    return page.request.get(pdf_address).body()


@pytest.fixture
def code(pdf_address: str) -> str:
    return Path(pdf_address).name.removesuffix(".pdf")


@pytest.fixture
def sent(page: Page, pdf: bytes) -> list[Request]:
    """Every request from now on."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    return requests


def changed(pdf: bytes) -> bytes:
    middle = len(pdf) // 2
    return pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]


def drop(page: Page, data: bytes, name: str = "report.pdf", kind: str = "application/pdf") -> None:
    page.locator(".dropzone").evaluate(DROP, [name, kind, list(data)])


def choose(page: Page, data: bytes) -> None:
    page.get_by_label(re.compile("ลากไฟล์ PDF")).set_input_files(
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": data}
    )


@pytest.mark.parametrize("give", [drop, choose])
def test_downloaded_pdf_matches_and_a_changed_byte_does_not(
    page: Page, pdf: bytes, code: str, sent: list[Request], give
) -> None:
    page.goto(f"/verify/{code}/")
    expect(page.locator(".notice.success h2")).to_contain_text("ไม่พบการแก้ไข")
    before = len(sent)

    give(page, pdf)
    expect(page.locator("[data-result]")).to_contain_text("ไฟล์ตรงกัน: เป็นไฟล์ PDF ที่เผยแพร่")
    give(page, changed(pdf))
    expect(page.locator("[data-result]")).to_contain_text("ไฟล์ไม่ตรงกับเอกสารฉบับนี้")

    assert sent[before:] == []  # compared on this page, without the server


def test_code_is_found_from_the_file_alone(
    page: Page, pdf: bytes, code: str, sent: list[Request]
) -> None:
    page.goto("/verify/")
    before = len(sent)

    drop(page, pdf)

    expect(page).to_have_url(re.compile(rf"/verify/{code}/\?sha256=[0-9a-f]{{64}}$"))
    expect(page.locator("[data-result]")).to_contain_text("ไฟล์ตรงกัน")
    assert [request.method for request in sent[before:] if request.post_data_buffer] == []
    assert {request.method for request in sent[before:]} == {"GET"}


def test_file_of_nobody_is_told(page: Page, pdf: bytes) -> None:
    page.goto("/verify/")

    drop(page, changed(pdf))

    expect(page.get_by_role("alert")).to_contain_text("ไม่มีเอกสารที่เผยแพร่ฉบับใดตรงกับไฟล์นี้")


def test_file_of_another_document_is_looked_up(page: Page, pdf: bytes, code: str) -> None:
    page.goto("/sommut-khao/2566/")
    page.get_by_role("link", name=re.compile("อ่านรายงาน")).first.click()
    page.get_by_role("link", name="ตรวจสอบเอกสารนี้").click()

    drop(page, pdf)
    page.get_by_role("link", name="ค้นหาว่าไฟล์นี้เป็นเอกสารฉบับใด").click()

    expect(page).to_have_url(re.compile(f"/verify/{code}/"))


def test_what_is_no_pdf_is_told(page: Page) -> None:
    page.goto("/verify/")

    drop(page, b"\xff\xd8\xff photograph", name="photo.jpg", kind="image/jpeg")

    expect(page.locator("[data-result]")).to_contain_text("ไฟล์นี้ไม่ใช่ PDF")


def test_browser_that_cannot_compute_is_shown_another_way(page: Page, pdf: bytes) -> None:
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    page.goto("/verify/")

    drop(page, pdf)

    expect(page.locator("[data-result]")).to_contain_text("เบราว์เซอร์นี้คำนวณค่าแฮชให้ไม่ได้")


def test_code_is_typed_with_the_keyboard_alone(page: Page, code: str) -> None:
    page.goto("/verify/")
    page.get_by_label("รหัสตรวจสอบที่พิมพ์อยู่บนเอกสาร").focus()
    page.keyboard.type(code.upper().replace("-", " "))
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(f"/verify/{code}/$"))


def test_without_script_the_hash_is_compared_by_hand(browser, site: Site, pdf_address, pdf) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/verify/")

    expect(page.locator(".dropzone")).to_be_hidden()
    page.get_by_text("คำนวณค่าแฮชเอง").click()
    page.get_by_label(re.compile("วางค่าแฮช")).fill("a" * 64)
    page.get_by_role("button", name="เทียบค่าแฮช").click()

    expect(page.get_by_role("alert")).to_contain_text("ไม่มีเอกสารที่เผยแพร่ฉบับใดตรงกับไฟล์นี้")
    context.close()


def test_every_page_of_checking_is_accessible_and_fits_the_screen(
    sized_page: Page, pdf: bytes, code: str
) -> None:
    for address in ("/verify/", "/verify/zzzz-zzzz/", f"/verify/{code}/"):
        sized_page.goto(address)
        sized_page.locator("details summary").last.click()
        assert_fits_and_is_accessible(sized_page)
    drop(sized_page, changed(pdf))
    expect(sized_page.locator("[data-result] .notice.error")).to_be_visible()
    assert_fits_and_is_accessible(sized_page)


def test_download_in_parts_is_the_whole_file(site: Site, pdf_address: str, pdf: bytes) -> None:
    """Over a real server: the second part continues where the first was cut off."""
    connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=20)

    def ask(method: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection.request(method, pdf_address, headers=headers)
        response = connection.getresponse()
        return response, response.read()

    first, start = ask("GET", Range="bytes=0-999")
    etag = first.headers["ETag"]
    second, rest = ask("GET", **{"Range": "bytes=1000-", "If-Range": etag})
    beyond, nothing = ask("GET", Range=f"bytes={len(pdf)}-")
    head, no_body = ask("HEAD")
    again, unchanged = ask("GET", **{"If-None-Match": etag})
    whole, everything = ask("GET")
    connection.close()

    answers = (first, second, beyond, head, again, whole)
    assert [answer.status for answer in answers] == [206, 206, 416, 200, 304, 200]
    assert start + rest == everything == pdf
    assert (nothing, no_body, unchanged) == (b"", b"", b"")
    assert head.headers["Content-Length"] == str(len(pdf))
