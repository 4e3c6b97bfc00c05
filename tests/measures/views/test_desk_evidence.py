"""Attaching, serving and removing evidence through the page."""

import io
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from measures.domain.recording.progress import entries_of
from measures.models import Evidence, Preparation, ProgressEntry, ScanVerdict
from tests.factories.evidence import attach, word
from tests.factories.pictures import pdf, photograph_with_place, picture

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
NEITHER = (
    "ไฟล์นี้ไม่ใช่ภาพถ่าย (JPEG, PNG, WebP, HEIC) PDF Word (.docx) หรือ Excel (.xlsx) "
    "แม้ชื่อไฟล์จะลงท้ายเช่นนั้น โปรดเลือกไฟล์อื่น"
)
PROGRAM = b"MZ\x90\x00" + b"\x00" * 300  # how a program for Windows begins


@pytest.fixture
def entry(office) -> ProgressEntry:
    """The blank entry of กองคลัง for the first measure."""
    return next(each for each in entries_of(office.round) if each.division == office.finance)


@pytest.fixture
def client(office, as_person):
    """The browser of กองคลัง's staff."""
    return as_person(office.finance_staff)


@pytest.fixture
def add(client, entry, django_capture_on_commit_callbacks):
    """Post the form of evidence, and let the tasks run that wait for the end of the request."""

    def post(headers=None, **typed):
        address = reverse("desk:evidence_add", args=[entry.pk])
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, {"caption": "ภาพการประชุมชี้แจง"} | typed, headers=headers)

    return post


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def problems(response) -> list[str]:
    return [outcome.problem for outcome in response.context["outcomes"] if outcome.problem]


def errors(response, form="evidence_form") -> list[str]:
    return [text for texts in response.context[form].errors.values() for text in texts]


def answer_of(client, piece, **query):
    return client.get(reverse("desk:evidence_file", args=[piece.pk]), query)


def listed(client, entry) -> str:
    return client.get(reverse("desk:evidence_list", args=[entry.pk])).content.decode()


# One file ----------------------------------------------------------------------------------------


def test_a_photograph_is_attached_and_shown_without_its_place(client, entry, add):
    response = add(file=upload("IMG_1.JPG", photograph_with_place()))

    assert response["Location"] == reverse("desk:entry", args=[entry.pk]) + "#evidence"
    shown = answer_of(client, Evidence.objects.get())
    data = shown.getvalue()
    assert (shown["Content-Type"], data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert b"Fictional Phone" not in data
    assert shown["Cache-Control"].startswith("private")


@pytest.mark.parametrize(
    ("query", "width"), [({}, 1600), ({"size": "small"}, 480), ({"size": "large"}, 2560)]
)
def test_a_photograph_is_answered_in_three_sizes(client, add, query, width):
    add(file=upload("IMG_1.JPG", picture(size=(3000, 1500))))

    data = answer_of(client, Evidence.objects.get(), **query).getvalue()

    assert Image.open(io.BytesIO(data)).size == (width, width // 2)


def test_an_unknown_size_is_answered_with_the_usual_one(client, add):
    add(file=upload("IMG_1.JPG", picture(size=(3000, 1500))))

    data = answer_of(client, Evidence.objects.get(), size="original").getvalue()

    assert Image.open(io.BytesIO(data)).width == 1600


def test_a_pdf_is_attached_and_served_as_it_is(client, add):
    data = pdf()

    add(file=upload("scan.pdf", data))

    shown = answer_of(client, Evidence.objects.get())
    assert (shown["Content-Type"], shown.getvalue()) == ("application/pdf", data)
    assert shown["Content-Disposition"].startswith("inline")


def test_a_word_file_is_handed_over_to_be_saved_under_a_safe_name(client, add):
    add(file=upload("x.docx", word("ก")), caption='รายงาน "1/2"\n../../etc')

    shown = answer_of(client, Evidence.objects.get())
    shown.close()
    assert shown["Content-Type"].endswith("wordprocessingml.document")
    assert shown["Content-Disposition"] == (
        "attachment; filename*=utf-8''" + quote("รายงาน-1-2-..-..-etc.docx")
    )
    assert shown["X-Content-Type-Options"] == "nosniff"


def test_a_link_is_attached_and_has_no_file(client, add):
    add(url="https://example.go.th/news/1")

    piece = Evidence.objects.get()
    assert (piece.kind, piece.url) == ("link", "https://example.go.th/news/1")
    assert answer_of(client, piece).status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"file": lambda: upload("photo.jpg", photograph_with_place())},
        {"url": lambda: "https://example.go.th/news/1"},
    ],
)
def test_pressing_attach_twice_attaches_once(add, typed):
    for _press in range(2):
        response = add(**{name: make() for name, make in typed.items()})
        assert response.status_code == 302

    assert Evidence.objects.count() == 1


def test_a_file_over_the_limit_is_refused_in_thai(add):
    """60 MB, as a video from a phone; it lies on the disk, not in the memory of this test."""
    file = TemporaryUploadedFile("film.jpg", "image/jpeg", 60 * MEGABYTE, None)
    file.truncate(60 * MEGABYTE)

    with file:
        response = add(file=file)

    assert response.status_code == 422
    assert problems(response) == ["ไฟล์มีขนาด 60 MB เกินกำหนด 20 MB โปรดย่อไฟล์หรือแนบเป็นลิงก์"]
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        (
            "photo.jpg",
            PROGRAM,
            NEITHER,
        ),
        (
            "page.pdf",
            b"<html><script>alert(1)</script></html>",
            NEITHER,
        ),
        (
            "drawing.jpg",
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
            NEITHER,
        ),
        ("photo.jpg", b"", "ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่"),
        (
            "photo.jpg",
            photograph_with_place()[:300],
            "ไฟล์ภาพนี้ไม่สมบูรณ์หรือเสียหาย โปรดถ่ายหรือส่งใหม่อีกครั้ง",
        ),
    ],
)
def test_a_file_is_what_it_holds_not_what_it_is_called(add, name, data, sentence):
    response = add(file=upload(name, data))

    assert response.status_code == 422
    assert problems(response) == [sentence]
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
def test_a_link_that_is_no_web_page_is_refused_and_kept_in_the_form(add, url):
    response = add(url=url)

    assert response.status_code == 422
    assert len(errors(response, "link_form")) == 1
    assert response.context["link_form"]["url"].value() == url
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize("caption", ["", "ก" * 301])
def test_evidence_needs_a_caption(add, caption):
    for typed in ({"url": "https://example.go.th/"}, {"file": upload("photo.jpg", picture())}):
        response = add(caption=caption, **typed)

        assert response.status_code == 422
    assert Evidence.objects.count() == 0


def test_pressing_remove_twice_removes_once_and_keeps_the_row(client, entry, add):
    add(url="https://example.go.th/news/1")
    piece = Evidence.objects.get()

    for _press in range(2):
        client.post(reverse("desk:evidence_remove", args=[piece.pk]))

    piece.refresh_from_db()
    assert piece.removed_at is not None
    assert list(client.get(reverse("desk:entry", args=[entry.pk])).context["evidence"]) == []


# Several files -----------------------------------------------------------------------------------


def test_several_files_are_attached_at_once_with_one_caption(client, entry, add):
    response = add(
        camera=[upload("IMG_1.jpg", picture())],
        file=[upload("scan.pdf", pdf()), upload("a.docx", word("ก"))],
    )

    assert response.status_code == 302
    assert [piece.kind for piece in Evidence.objects.order_by("pk")] == ["photo", "pdf", "word"]
    assert "เพิ่มหลักฐานแล้ว ๓ ไฟล์" in client.get(response["Location"]).content.decode()


def test_one_refused_file_keeps_the_others_and_says_why(add):
    response = add(
        file=[upload("good.jpg", picture()), upload("bad.jpg", PROGRAM), upload("b.pdf", pdf())]
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert [(each.name, each.problem) for each in response.context["outcomes"]] == [
        ("good.jpg", ""),
        ("bad.jpg", NEITHER),
        ("b.pdf", ""),
    ]
    assert NEITHER in page
    assert Evidence.objects.count() == 2
    assert response.context["evidence_form"]["caption"].value() == "ภาพการประชุมชี้แจง"


# For the script ----------------------------------------------------------------------------------

JSON = {"Accept": "application/json"}


def test_the_script_is_told_of_each_file(add):
    taken = add(JSON, file=upload("a.jpg", picture()))
    refused = add(JSON, file=upload("b.jpg", PROGRAM))
    nameless = add(JSON, file=upload("c.jpg", picture("PNG")), caption="")

    piece = Evidence.objects.get()
    assert (taken.status_code, taken.json()) == (
        200,
        {"problem": "", "files": [{"name": "a.jpg", "problem": "", "pk": piece.pk}]},
    )
    assert (refused.status_code, refused.json()["problem"]) == (422, NEITHER)
    assert (nameless.status_code, nameless.json()["problem"]) == (422, "โปรดกรอกคำบรรยายหลักฐาน")


def test_the_script_is_told_what_is_not_allowed(office, entry, as_person):
    address = reverse("desk:evidence_add", args=[entry.pk])
    typed = {"caption": "ภาพ", "file": upload("a.jpg", picture())}

    response = as_person(office.staff).post(address, typed, headers=JSON)

    assert response.status_code == 403
    assert response.json()["problem"].startswith("รายการนี้เป็นของกองคลัง")


# What the list says ------------------------------------------------------------------------------


def test_the_list_shows_the_small_picture_and_that_nothing_was_scanned(client, entry, add):
    add(file=upload("a.jpg", picture()))

    page = listed(client, entry)
    assert f"/desk/evidence/{Evidence.objects.get().pk}/file/?size=small" in page
    assert "ไม่ได้ตรวจไวรัส" in page
    assert "data-is-waiting" not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"preparation": Preparation.WAITING},
            "ภาพ “ภาพการประชุม” ยังเตรียมไม่เสร็จ โปรดรอสักครู่แล้วเปิดหน้านี้ใหม่",
        ),
        (
            {"preparation": Preparation.FAILED},
            "ภาพ “ภาพการประชุม” เตรียมไม่สำเร็จ โปรดนำออก แล้วถ่ายหรือแนบใหม่",
        ),
        (
            {"scan_verdict": ScanVerdict.INFECTED, "scanned_at": timezone.now()},
            "ไฟล์ “ภาพการประชุม” พบไวรัส โปรดนำออก แล้วแนบไฟล์ที่ปลอดภัยแทน",
        ),
    ],
)
def test_the_list_says_what_to_do_about_a_file(office, client, entry, changes, sentence):
    piece = attach(entry, by=office.finance_staff, data=picture())
    Evidence.objects.filter(pk=piece.pk).update(**changes)

    page = listed(client, entry)

    assert sentence in page
    assert ("data-is-waiting" in page) == (changes.get("preparation") == Preparation.WAITING)


def test_a_scanned_pdf_is_marked(client, entry, add):
    add(file=upload("scan.pdf", pdf()))

    assert "เป็นเอกสารสแกน" in listed(client, entry)


def test_a_file_with_a_virus_is_not_served(office, client, entry):
    piece = attach(entry, by=office.finance_staff, data=pdf())
    Evidence.objects.update(scan_verdict=ScanVerdict.INFECTED, scanned_at=timezone.now())

    response = answer_of(client, piece)

    assert response.status_code == 403
    assert "พบไวรัสในไฟล์นี้" in response.content.decode()


def test_the_original_of_a_photograph_is_never_served(office, client, entry):
    piece = attach(entry, by=office.finance_staff, data=picture())
    Evidence.objects.update(preparation=Preparation.WAITING, small="", derived="", large="")

    assert answer_of(client, piece).status_code == 404


def test_reuse_is_told_to_the_coordinator_alone(office, client, entry, as_person):
    other = next(each for each in entries_of(office.round) if each.division != entry.division)
    attach(other, by=office.coordinator, data=picture(), caption="ภาพเดิม")
    attach(entry, by=office.finance_staff, data=picture())

    assert "ไฟล์เดียวกันนี้ใช้แล้ว" not in listed(client, entry)
    assert "ไฟล์เดียวกันนี้ใช้แล้วที่มาตรการที่" in listed(as_person(office.coordinator), entry)


def test_the_file_of_another_office_is_not_found(client, office, as_person, add):
    add(file=upload("scan.pdf", pdf()))
    address = reverse("desk:evidence_file", args=[Evidence.objects.get().pk])

    assert as_person(office.outsider).get(address).status_code == 404
    own = client.get(address)
    assert own.status_code == 200
    own.close()
