"""Attaching, serving and removing evidence through the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse

from measures.domain.progress import entries_of
from measures.models import Evidence, ProgressEntry
from tests.factories.pictures import pdf, photograph_with_place

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
PROGRAM = b"MZ\x90\x00" + b"\x00" * 300  # how a program for Windows begins


@pytest.fixture
def entry(office) -> ProgressEntry:
    """The blank entry of กองคลัง for the first measure."""
    return next(each for each in entries_of(office.round) if each.division == office.finance)


@pytest.fixture
def client(office, as_person):
    """The browser of กองคลัง's staff."""
    return as_person(office.finance_staff)


def add(client, entry, **typed):
    address = reverse("desk:evidence_add", args=[entry.pk])
    return client.post(address, {"caption": "ภาพการประชุมชี้แจง"} | typed)


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def errors(response) -> list[str]:
    return [text for texts in response.context["evidence_form"].errors.values() for text in texts]


def test_a_photograph_is_attached_and_shown_without_its_place(client, entry):
    response = add(client, entry, file=upload("IMG_1.JPG", photograph_with_place()))

    assert response["Location"] == reverse("desk:entry", args=[entry.pk]) + "#evidence"
    piece = Evidence.objects.get()
    shown = client.get(reverse("desk:evidence_file", args=[piece.pk]))
    data = shown.getvalue()
    assert (shown["Content-Type"], data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert b"Fictional Phone" not in data
    assert shown["Cache-Control"].startswith("private")


def test_a_pdf_is_attached_and_served_as_it_is(client, entry):
    data = pdf()

    add(client, entry, file=upload("scan.pdf", data))

    shown = client.get(reverse("desk:evidence_file", args=[Evidence.objects.get().pk]))
    assert (shown["Content-Type"], shown.getvalue()) == ("application/pdf", data)


def test_a_link_is_attached_and_has_no_file(client, entry):
    add(client, entry, url="https://example.go.th/news/1")

    piece = Evidence.objects.get()
    assert (piece.kind, piece.url) == ("link", "https://example.go.th/news/1")
    assert client.get(reverse("desk:evidence_file", args=[piece.pk])).status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"file": lambda: upload("photo.jpg", photograph_with_place())},
        {"url": lambda: "https://example.go.th/news/1"},
    ],
)
def test_pressing_attach_twice_attaches_once(client, entry, typed):
    for _press in range(2):
        response = add(client, entry, **{name: make() for name, make in typed.items()})
        assert response.status_code == 302

    assert Evidence.objects.count() == 1


def test_a_file_over_the_limit_is_refused_in_thai(client, entry):
    """60 MB, as a video from a phone; it lies on the disk, not in the memory of this test."""
    file = TemporaryUploadedFile("film.jpg", "image/jpeg", 60 * MEGABYTE, None)
    file.truncate(60 * MEGABYTE)

    with file:
        response = add(client, entry, file=file)

    assert response.status_code == 422
    assert errors(response) == ["ไฟล์มีขนาด 60 MB เกินกำหนด 20 MB โปรดย่อไฟล์หรือแนบเป็นลิงก์"]
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        (
            "photo.jpg",
            PROGRAM,
            "ไฟล์นี้ไม่ใช่ภาพถ่าย (JPEG, PNG, WebP, HEIC) หรือ PDF แม้ชื่อไฟล์จะลงท้ายเช่นนั้น โปรดเลือกไฟล์อื่น",
        ),
        (
            "page.pdf",
            b"<html><script>alert(1)</script></html>",
            "ไฟล์นี้ไม่ใช่ภาพถ่าย (JPEG, PNG, WebP, HEIC) หรือ PDF แม้ชื่อไฟล์จะลงท้ายเช่นนั้น โปรดเลือกไฟล์อื่น",
        ),
        (
            "drawing.jpg",
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
            "ไฟล์นี้ไม่ใช่ภาพถ่าย (JPEG, PNG, WebP, HEIC) หรือ PDF แม้ชื่อไฟล์จะลงท้ายเช่นนั้น โปรดเลือกไฟล์อื่น",
        ),
        ("photo.jpg", b"", "ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่"),
        (
            "photo.jpg",
            photograph_with_place()[:300],
            "ไฟล์ภาพนี้ไม่สมบูรณ์หรือเสียหาย โปรดถ่ายหรือส่งใหม่อีกครั้ง",
        ),
    ],
)
def test_a_file_is_what_it_holds_not_what_it_is_called(client, entry, name, data, sentence):
    response = add(client, entry, file=upload(name, data))

    assert response.status_code == 422
    assert errors(response) == [sentence]
    assert sentence in response.content.decode()
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.go.th/x",
        "https://a:b@example.go.th/",
    ],
)
def test_a_link_that_is_no_web_page_is_refused(client, entry, url):
    response = add(client, entry, url=url)

    assert response.status_code == 422
    assert len(errors(response)) == 1
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"caption": "", "url": "https://example.go.th/"},
        {"caption": "ก" * 301, "url": "https://example.go.th/"},
    ],
)
def test_evidence_needs_a_caption_and_one_of_file_and_link(client, entry, typed):
    response = add(client, entry, **typed)

    assert response.status_code == 422
    assert response.context["evidence_form"]["url"].value() == typed.get("url")
    assert Evidence.objects.count() == 0


def test_both_a_file_and_a_link_are_refused(client, entry):
    file = upload("photo.jpg", photograph_with_place())

    response = add(client, entry, file=file, url="https://example.go.th/")

    assert errors(response) == ["โปรดเลือกไฟล์ หรือกรอกลิงก์ อย่างใดอย่างหนึ่ง"]


def test_pressing_remove_twice_removes_once_and_keeps_the_row(client, entry):
    add(client, entry, url="https://example.go.th/news/1")
    piece = Evidence.objects.get()

    for _press in range(2):
        client.post(reverse("desk:evidence_remove", args=[piece.pk]))

    piece.refresh_from_db()
    assert piece.removed_at is not None
    assert list(client.get(reverse("desk:entry", args=[entry.pk])).context["evidence"]) == []


def test_the_file_of_another_office_is_not_found(client, entry, office, as_person):
    add(client, entry, file=upload("scan.pdf", pdf()))
    address = reverse("desk:evidence_file", args=[Evidence.objects.get().pk])

    assert as_person(office.outsider).get(address).status_code == 404
    own = client.get(address)
    assert own.status_code == 200
    own.close()
