"""/verify/: what everybody is told of a code, of a file, and of whatever was tampered with."""

import html
import re

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from ita_portal.thai.numerals import to_thai_digits
from measures.domain.hashes import canonical_json, sha256_of
from measures.models import Event, Publication
from tests.factories.flow import PDF, correct, publish
from tests.factories.tampering import change, exchange_numbers, flip_one_bit, remove

pytestmark = pytest.mark.django_db

ARCHIVE = PDF + b"archived"
SOUND = "ตรงกับที่เผยแพร่ทุกจุด ไม่พบการแก้ไข"
OF_THE_OFFICE = "ทะเบียนหรือบันทึกของหน่วยงานมีจุดที่ไม่ตรงกัน"


@pytest.fixture
def pair(office):
    first = publish(office, archive=ARCHIVE, sealed_by="องค์กรสมมติ")
    return first, correct(office, first, "ฉบับแก้ไข")


def text_of(response):
    """Return what is read on the page: no tags, no runs of spaces, no messages kept for later."""
    page = response.content.decode().partition("<main")[2].partition("</main>")[0]
    shown = re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", shown)))


def page_of(client, publication, **query):
    response = client.get(reverse("verify:publication", args=[publication.code]), query)
    assert response.status_code == 200
    return text_of(response)


def test_page_tells_which_document_it_is_who_signed_and_where_it_stands(client, office, pair):
    first, second = pair

    page = page_of(client, second)

    assert SOUND in page
    assert "ฉบับปัจจุบัน" in page
    for told in (
        "ฉบับแก้ไข",
        to_thai_digits(office.organisation.name),
        "รายงานผลการดำเนินการ รอบ ๖ เดือน",
        "๒ จาก ๒ ฉบับของหน่วยงาน",
        "ไม่ได้ประทับตราอิเล็กทรอนิกส์ (ตรวจด้วยค่าแฮชได้)",
        second.pdf_sha256,
        second.content_sha256,
        second.previous_hash,
        second.hash,
        first.code,
    ):
        assert told in page
    signed = [block for block in second.content["signoff"] if block["decision"]]
    assert len(signed) == 5
    for block in signed:
        assert block["signer_name"] in page
        assert to_thai_digits(block["post"]) in page


def test_page_of_an_archived_and_sealed_document_says_so(client, pair):
    first, _second = pair

    page = page_of(client, first)

    assert "ประทับตราโดย องค์กรสมมติ" in page
    assert first.archive_sha256 in page
    assert "ไม่มี (ฉบับแรกของหน่วยงาน)" in page


def test_superseded_document_leads_to_the_newer_one(client, pair):
    first, second = pair

    response = client.get(reverse("verify:publication", args=[first.code]))

    assert SOUND in text_of(response)
    assert "เอกสารฉบับนี้มีฉบับใหม่แทนแล้ว" in text_of(response)
    assert f'href="{reverse("verify:publication", args=[second.code])}"' in (
        response.content.decode()
    )


def test_page_shows_only_what_is_named_for_the_public(client, office, pair):
    first, _second = pair
    change(first, content=canonical_json(first.content | {"private": "ความลับ"}).decode())

    assert "ความลับ" not in page_of(client, first)
    assert office.coordinator.username not in page_of(client, first)


def test_answers_are_never_kept_by_a_browser(client, pair):
    response = client.get(reverse("verify:publication", args=[pair[0].code]))

    assert "no-store" in response["Cache-Control"]


# Tampering -------------------------------------------------------------------------------------


def change_letter_of_content(first, second):
    forged = canonical_json(first.content).replace("สำนักปลัด".encode(), "สำนักปลัก".encode(), 1)
    change(first, content=forged.decode())


def change_event_of_publishing(first, second):
    change(Event.objects.get(verb="published", data__code=first.code), actor_name="คนอื่น")


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (lambda first, second: flip_one_bit(first.pdf.name), "ไฟล์ PDF ไม่ตรงกับค่าแฮช"),
        (lambda first, second: flip_one_bit(first.archive.name), "ไฟล์ PDF ถาวร ไม่ตรงกับค่าแฮช"),
        (lambda first, second: default_storage.delete(first.pdf.name), "ไม่พบไฟล์ PDF"),
        (lambda first, second: default_storage.delete(first.archive.name), "ไม่พบไฟล์ PDF ถาวร"),
        (change_letter_of_content, "เนื้อหาไม่ตรงกับค่าแฮช"),
        (lambda first, second: change(first, hash="0" * 64), "ค่าแฮชของฉบับไม่ถูกต้อง"),
        (lambda first, second: change(first, previous_hash="0" * 64), "ไม่ต่อกับฉบับก่อนหน้า"),
        (lambda first, second: change(first, number=7), "ค่าแฮชของฉบับไม่ถูกต้อง"),
        (lambda first, second: change(first, fiscal_year=2566), "ข้อมูลในทะเบียนไม่ตรงกับเนื้อหา"),
        (exchange_numbers, "ไม่ต่อกับฉบับก่อนหน้า"),
    ],
)
def test_what_does_not_match_is_named_on_the_page_of_the_document(client, pair, tamper, told):
    tamper(*pair)

    page = page_of(client, pair[0])

    assert SOUND not in page
    assert re.search(r"เอกสารนี้มีจุดที่ไม่ตรงกัน [๑-๙] จุด", page)
    assert told in page
    assert "ไม่ตรงกัน" in page.partition("สิ่งที่คำนวณใหม่และเทียบ")[2]


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (lambda first, second: remove(first), "เอกสารเผยแพร่ลำดับที่ ๑ หายไป"),
        (lambda first, second: change(first, hash="0" * 64), "ค่าแฮชของฉบับไม่ถูกต้อง"),
        (change_event_of_publishing, "ถูกแก้ไขหลังบันทึก"),
    ],
)
def test_a_break_elsewhere_in_the_chain_is_told_on_every_page(client, pair, tamper, told):
    tamper(*pair)

    page = page_of(client, pair[1])

    assert SOUND not in page
    assert OF_THE_OFFICE in page
    assert told in page


def test_content_forged_past_reading_is_told_and_not_a_server_error(client, pair):
    first, _second = pair
    change(first, content="[]", content_sha256=sha256_of([]))

    page = page_of(client, first)

    assert "อ่านเนื้อหาที่เก็บไว้ไม่ได้" in page
    assert "ข้อมูลในทะเบียนไม่ตรงกับเนื้อหา" in page


def test_code_of_a_removed_row_says_that_the_log_knows_it(client, pair):
    _first, second = pair
    remove(second)

    response = client.get(reverse("verify:publication", args=[second.code]))

    assert response.status_code == 410
    page = text_of(response)
    assert "เอกสารนี้เคยเผยแพร่ แต่หายไปจากทะเบียน" in page
    assert second.hash in page


def test_match_with_a_faulty_publication_is_no_clean_bill(client, pair):
    first, _second = pair
    change(first, sealed_by="ผู้อื่น")

    page = page_of(client, first, sha256=first.pdf_sha256)

    assert "ไฟล์ตรงกับค่าแฮชที่บันทึกไว้ แต่ทะเบียนมีจุดที่ไม่ตรงกัน" in page
    assert "ไม่มีการแก้ไข" not in page


# Codes and hashes as people type them ------------------------------------------------------------


@pytest.mark.parametrize(
    "way",
    [
        lambda code: code,
        lambda code: code.upper(),
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.replace('-', ' – ')}\u200b ",
        lambda code: " ".join(code.upper()),
        lambda code: f"https://ita.example.go.th/verify/{code}/",
    ],
)
def test_code_is_understood_however_it_is_typed(client, pair, way):
    code = pair[0].code

    response = client.get(reverse("verify:index"), {"code": way(code)})

    assert response.status_code == 302
    assert response["Location"] == reverse("verify:publication", args=[code])


def test_address_with_capitals_leads_to_the_document(client, pair):
    response = client.get(f"/verify/{pair[0].code.upper()}/")

    assert response["Location"] == reverse("verify:publication", args=[pair[0].code])


def test_unknown_code_is_not_found_and_asks_again(client, pair):
    response = client.get("/verify/zzzz-zzzz/")

    assert response.status_code == 404
    page = text_of(response)
    assert "ไม่พบเอกสารรหัส zzzz-zzzz" in page
    assert "สแกน QR บนเอกสาร" in page
    assert 'value="zzzz-zzzz"' in response.content.decode()


@pytest.mark.parametrize("typed", ["kqmx", "<b>x</b>", "kqmx-dxqt-abcd", "k" * 500, "-", "ค" * 8])
def test_what_is_no_code_is_told_with_advice(client, typed):
    response = client.get(reverse("verify:index"), {"code": typed})

    assert response.status_code == 404
    assert "ไม่ใช่รหัสตรวจสอบ" in text_of(response)
    assert "<b>" not in response.content.decode()


@pytest.mark.parametrize(("typed", "is_told"), [("าฟทป-กปฟะ", True), ("kqmx", False)])
def test_thai_keyboard_is_noticed(client, typed, is_told):
    page = text_of(client.get(reverse("verify:index"), {"code": typed}))

    assert ("แป้นพิมพ์อาจเป็นภาษาไทยอยู่" in page) is is_told


def test_empty_form_is_simply_shown_again(client):
    response = client.get(reverse("verify:index"), {"code": " "})

    assert response.status_code == 200
    assert 'role="alert"' not in response.content.decode()


@pytest.mark.parametrize(
    ("column", "told"),
    [("pdf_sha256", "เป็นไฟล์ PDF ที่เผยแพร่"), ("archive_sha256", "เป็นไฟล์ PDF ถาวรของเอกสารนี้")],
)
def test_hash_of_a_file_leads_to_its_document(client, pair, column, told):
    first, _second = pair
    sha256 = getattr(first, column)
    typed = " ".join(sha256[at : at + 8].upper() for at in range(0, 64, 8))

    response = client.get(reverse("verify:index"), {"sha256": typed}, follow=True)

    assert response.redirect_chain == [
        (f"{reverse('verify:publication', args=[first.code])}?sha256={sha256}", 302)
    ]
    assert f"ไฟล์ตรงกัน: {told} ไม่มีการแก้ไข แต่เอกสารฉบับนี้มีฉบับใหม่แทนแล้ว" in text_of(response).replace(
        "แก้ไข  แต่", "แก้ไข แต่"
    )


def test_hash_of_no_published_file_is_not_found(client, pair):
    response = client.get(reverse("verify:index"), {"sha256": "a" * 64})

    assert response.status_code == 404
    assert "ไม่มีเอกสารที่เผยแพร่ฉบับใดตรงกับไฟล์นี้" in text_of(response)


def test_cut_off_hash_is_told(client, pair):
    response = client.get(reverse("verify:index"), {"sha256": pair[0].pdf_sha256[:60]})

    assert response.status_code == 404
    assert "ค่าแฮชไม่ครบ" in text_of(response)


@pytest.mark.parametrize("sha256", ["a" * 64, "abc"])
def test_another_files_hash_does_not_match(client, pair, sha256):
    page = page_of(client, pair[1], sha256=sha256)

    assert "ไฟล์ไม่ตรงกับเอกสารฉบับนี้" in page


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_sent_here(client, pair, method):
    """The file stays with whoever checks it: no address here takes one."""
    answers = [
        getattr(client, method)(address).status_code
        for address in (
            reverse("verify:index"),
            reverse("verify:publication", args=[pair[0].code]),
        )
    ]

    assert answers == [405, 405]
    assert Publication.objects.count() == 2


def test_document_page_leads_to_its_verification(client, office, pair):
    first, _second = pair

    page = client.get(
        reverse("public:document", args=[office.organisation.slug, first.code])
    ).content.decode()

    assert reverse("verify:publication", args=[first.code]) in page
    assert reverse("public:archive", args=[office.organisation.slug, first.code]) in page
    assert "ประทับตราโดย องค์กรสมมติ" in page


def test_home_page_leads_here(client):
    assert f'href="{reverse("verify:index")}"' in client.get("/").content.decode()
