"""Evidence: taken by what it is, originals kept to the byte, copies without the place."""

import contextlib
import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from measures.domain.errors import Invalid
from measures.domain.filing import evidence
from measures.domain.recording import progress
from measures.models import Evidence
from measures.permissions import NotAllowed
from tests.factories.evidence import attach as attach_and_prepare
from tests.factories.flow import verbs_of
from tests.factories.pictures import GPS, ORIENTED_RIGHT, pdf, photograph_with_place, picture

pytestmark = pytest.mark.django_db

RED = (200, 30, 30)
NEITHER = (
    "ไฟล์นี้ไม่ใช่ภาพถ่าย (JPEG, PNG, WebP, HEIC) PDF Word (.docx) หรือ Excel (.xlsx) "
    "แม้ชื่อไฟล์จะลงท้ายเช่นนั้น โปรดเลือกไฟล์อื่น"
)
BROKEN_PICTURE = "ไฟล์ภาพนี้ไม่สมบูรณ์หรือเสียหาย โปรดถ่ายหรือส่งใหม่อีกครั้ง"
TOO_MANY_POINTS = "ภาพนี้มีจุดภาพมากเกินไป รับได้ไม่เกิน 60 ล้านจุด โปรดย่อภาพแล้วแนบใหม่"
BROKEN_PDF = "ไฟล์ PDF นี้เสียหาย เปิดอ่านไม่ได้ โปรดบันทึกหรือสแกนใหม่แล้วแนบอีกครั้ง"
BAD_LINK = "ลิงก์ไม่ถูกต้อง โปรดคัดลอกที่อยู่เว็บทั้งบรรทัด เช่น https://www.example.go.th/page"


@pytest.fixture
def entry(office):
    return progress.entries_of(office.round)[0]


def attach(office, entry, data, **changes):
    return attach_and_prepare(entry, by=office.staff, data=data, **changes)


def bytes_of(file):
    with default_storage.open(file.name) as stored:
        return stored.read()


def shown(piece):
    return Image.open(io.BytesIO(bytes_of(piece.derived)))


# Photographs -------------------------------------------------------------------------------------


def test_place_of_the_photograph_stays_in_the_original_only(office, entry):
    data = photograph_with_place()

    piece = attach(office, entry, data)

    assert bytes_of(piece.original) == data
    assert piece.sha256 == hashlib.sha256(data).hexdigest()
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(GPS) != {}
    copy = shown(piece)
    assert (copy.format, dict(copy.getexif()), copy.info.get("exif")) == ("JPEG", {}, None)
    assert (piece.kind, piece.size, piece.width, piece.height) == ("photo", len(data), 40, 20)


def test_photograph_held_sideways_is_shown_upright(office, entry):
    piece = attach(office, entry, photograph_with_place(ORIENTED_RIGHT, size=(80, 40)))

    copy = shown(piece)
    assert (copy.size, piece.width, piece.height) == ((40, 80), 40, 80)
    # The white corner was upper left to the sensor; to the viewer it is upper right.
    assert min(copy.getpixel((38, 2))) > 240
    assert copy.getpixel((2, 2))[1] < 100


@pytest.mark.parametrize(
    ("file_format", "extension"),
    [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("HEIF", "heic")],
)
def test_format_is_known_by_the_content_whatever_the_name(office, entry, file_format, extension):
    data = picture(file_format, (64, 64))

    piece = attach(office, entry, data, name="no-extension")

    assert piece.original.name == (
        f"evidence/{office.organisation.slug}/{piece.sha256[:2]}/{piece.sha256}.{extension}"
    )
    assert bytes_of(piece.original) == data
    assert shown(piece).format == "JPEG"


def test_photograph_with_a_second_picture_inside_is_taken(office, entry):
    second = Image.new("RGB", (40, 20), RED)

    piece = attach(office, entry, picture("MPO", save_all=True, append_images=[second]))

    assert (piece.kind, piece.original.name[-4:]) == ("photo", ".jpg")


def test_large_photograph_is_shown_with_1600_points_at_most(office, entry):
    piece = attach(office, entry, picture(size=(4000, 1000)))

    assert shown(piece).size == (piece.width, piece.height) == (1600, 400)


def test_small_photograph_is_not_blown_up(office, entry):
    assert shown(attach(office, entry, picture(size=(40, 20)))).size == (40, 20)


@pytest.mark.parametrize("mode", ["L", "1", "I;16", "LA", "CMYK"])
def test_grey_and_print_colours_are_shown_too(office, entry, mode):
    image = Image.new(mode, (20, 10))
    buffer = io.BytesIO()
    image.save(buffer, "TIFF" if mode == "CMYK" else "PNG")
    data = buffer.getvalue()
    if mode == "CMYK":
        buffer = io.BytesIO()
        image.save(buffer, "JPEG")
        data = buffer.getvalue()

    assert shown(attach(office, entry, data)).mode == "RGB"


def test_transparent_picture_is_shown_on_white(office, entry):
    piece = attach(office, entry, picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert min(shown(piece).getpixel((5, 5))) > 250


# What is refused ---------------------------------------------------------------------------------


def jpeg_cut_off():
    data = picture(size=(200, 200))
    return data[: len(data) // 2]


def png_of_20000_by_20000():
    return picture("PNG", (20_000, 20_000), mode="1", colour=1)


def png_just_over_the_limit():
    return picture("PNG", (8_000, 7_501), mode="1", colour=1)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"MZ\x90\x00" + b"\x00" * 200, NEITHER),
        (lambda: b"<html><script>alert(1)</script></html>", NEITHER),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", NEITHER),
        (lambda: picture("GIF"), NEITHER),
        (lambda: picture("TIFF"), NEITHER),
        (lambda: picture("BMP"), NEITHER),
        (jpeg_cut_off, BROKEN_PICTURE),
        (png_of_20000_by_20000, TOO_MANY_POINTS),
        (png_just_over_the_limit, TOO_MANY_POINTS),
        (lambda: b"", "ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่"),
        (
            lambda: pdf(password="secret"),
            "ไฟล์ PDF นี้ติดรหัสผ่าน โปรดบันทึกเป็นไฟล์ที่ไม่ติดรหัสแล้วแนบใหม่",
        ),
        (lambda: b"%PDF-1.7\nnothing of a PDF follows", BROKEN_PDF),
        (lambda: pdf(201), "ไฟล์ PDF นี้มี 201 หน้า แนบได้ 1 ถึง 200 หน้า โปรดแยกไฟล์"),
    ],
    ids=[
        "exe",
        "html",
        "svg",
        "gif",
        "tiff",
        "bmp",
        "cut off",
        "20000x20000",
        "just over",
        "empty",
        "locked pdf",
        "broken pdf",
        "201 pages",
    ],
)
def test_file_that_is_no_evidence_is_refused_with_the_reason(office, entry, make, reason):
    with pytest.raises(Invalid) as refusal:
        attach(office, entry, make(), name="IMG_0001.jpg")

    assert str(refusal.value) == reason
    assert (Evidence.objects.count(), verbs_of(office.organisation)) == (0, [])
    assert not default_storage.exists("evidence")


def test_half_a_photograph_is_refused_though_another_library_reads_halves(
    office, entry, monkeypatch
):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)

    with pytest.raises(Invalid) as refusal:
        attach(office, entry, jpeg_cut_off())

    assert str(refusal.value) == BROKEN_PICTURE


def test_file_over_the_limit_is_refused_before_it_is_opened(office, entry, settings):
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024

    with pytest.raises(Invalid) as refusal:
        attach(office, entry, b"x" * (1024 * 1024 + 1))

    assert str(refusal.value) == "ไฟล์มีขนาด 2 MB เกินกำหนด 1 MB โปรดย่อไฟล์หรือแนบเป็นลิงก์"


def test_file_of_exactly_the_limit_is_taken(office, entry, settings):
    data = picture()
    settings.EVIDENCE_MAX_BYTES = len(data)

    assert attach(office, entry, data).size == len(data)


@pytest.mark.parametrize("caption", ["", "   ", "ก" * 301])
def test_evidence_needs_a_caption_that_fits(office, entry, caption):
    with pytest.raises(Invalid):
        attach(office, entry, picture(), caption=caption)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "HEIF", "PDF"]),
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
    kept=st.floats(0.05, 1),
)
def test_damaged_file_is_taken_or_refused_but_never_fails(office, entry, kind, places, kept):
    data = bytearray(pdf() if kind == "PDF" else photograph_with_place())
    if kind not in ("PDF", "JPEG"):
        data = bytearray(picture(kind, (64, 64)))
    for place, value in places:
        data[int(place * len(data))] = value

    with contextlib.suppress(Invalid):  # anything else fails the test
        piece = attach(office, entry, bytes(data[: max(1, int(kept * len(data)))]))
        assert bytes_of(piece.original) == bytes(data[: piece.size])


# PDFs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pages", [1, 200])
def test_pdf_is_kept_as_it_is_with_its_pages_counted(office, entry, pages):
    data = pdf(pages)

    piece = attach(office, entry, data, name="คำสั่ง.pdf")

    assert (piece.kind, piece.pages, piece.derived.name) == ("pdf", pages, "")
    assert bytes_of(piece.original) == data


# Links -------------------------------------------------------------------------------------------


def link(office, entry, url, caption="ประกาศ"):
    return evidence.attach_link(entry, by=office.staff, url=url, caption=caption)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.go.th/news/1?id=2#top",
        "http://example.go.th/",
        "https://example.go.th/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7",
    ],
)
def test_address_on_the_web_is_kept(office, entry, url):
    piece = link(office, entry, f"  {url}\n")

    assert (piece.kind, piece.url, piece.sha256, piece.original.name) == ("link", url, "", "")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("javascript:alert(1)", BAD_LINK),
        ("data:text/html,<script>alert(1)</script>", BAD_LINK),
        ("file:///etc/passwd", BAD_LINK),
        ("ftp://example.go.th/a", BAD_LINK),
        ("www.example.go.th", BAD_LINK),
        ("https://", BAD_LINK),
        ("http://[::1", BAD_LINK),
        ("https://:secret@example.go.th/", BAD_LINK),
        (
            "https://admin:secret@example.go.th/",
            "ลิงก์มีชื่อผู้ใช้หรือรหัสผ่านอยู่ โปรดใช้ลิงก์ที่ประชาชนเปิดได้",
        ),
        (
            "https://admin@example.go.th/",
            "ลิงก์มีชื่อผู้ใช้หรือรหัสผ่านอยู่ โปรดใช้ลิงก์ที่ประชาชนเปิดได้",
        ),
        ("", "โปรดกรอกลิงก์"),
        (
            "https://example.go.th/" + "a" * 1000,
            "ลิงก์ยาว 1,022 ตัวอักษร เกินกำหนด 1,000 ตัวอักษร โปรดย่อหรือแนบเป็นไฟล์ PDF",
        ),
    ],
)
def test_other_addresses_are_refused_with_the_reason(office, entry, url, reason):
    with pytest.raises(Invalid) as refusal:
        link(office, entry, url)

    assert str(refusal.value) == reason
    assert Evidence.objects.count() == 0


# Twice, removed, whose ---------------------------------------------------------------------------


def test_same_file_twice_is_one_piece(office, entry):
    first = attach(office, entry, picture())
    second = attach(office, entry, picture(), name="again.jpg", caption="อีกครั้ง")

    assert (second, Evidence.objects.count()) == (first, 1)
    assert verbs_of(office.organisation) == ["evidence_added"]


def test_same_link_twice_is_one_piece(office, entry):
    first = link(office, entry, "https://example.go.th/1")
    second = link(office, entry, "https://example.go.th/1")

    assert (second, Evidence.objects.count()) == (first, 1)


def test_same_file_for_two_entries_is_two_pieces_of_the_same_bytes(office, entry):
    other = progress.entries_of(office.round)[1]

    first = attach(office, entry, picture())
    second = evidence.attach_file(
        other, by=office.finance_staff, upload=ContentFile(picture()), caption="ภาพเดียวกัน"
    )

    assert first.pk != second.pk
    assert first.original.name == second.original.name


def test_removed_evidence_leaves_the_entry_and_stays_on_disk(office, entry):
    piece = attach(office, entry, picture())

    removed = evidence.remove(piece, by=office.staff)

    assert list(Evidence.objects.current()) == []
    assert (removed.removed_by, bytes_of(removed.original)) == (office.staff, picture())
    assert default_storage.exists(removed.derived.name)
    again = evidence.remove(piece, by=office.coordinator)
    assert (again.removed_at, again.removed_by) == (removed.removed_at, office.staff)
    assert verbs_of(office.organisation) == ["evidence_added", "evidence_removed"]


def test_removed_file_can_be_attached_again(office, entry):
    first = attach(office, entry, picture())
    evidence.remove(first, by=office.staff)

    second = attach(office, entry, picture())

    assert list(Evidence.objects.current()) == [second]
    assert second.original.name == first.original.name


@pytest.mark.parametrize("who", ["finance_staff", "mayor", "outsider"])
def test_evidence_of_another_division_is_not_touched(office, entry, who):
    person = getattr(office, who)
    piece = link(office, entry, "https://example.go.th/1")

    with pytest.raises(NotAllowed):
        evidence.attach_file(entry, by=person, upload=ContentFile(picture()), caption="ภาพ")
    with pytest.raises(NotAllowed):
        evidence.attach_link(entry, by=person, url="https://example.go.th/2", caption="ภาพ")
    with pytest.raises(NotAllowed):
        evidence.remove(piece, by=person)

    assert list(Evidence.objects.current()) == [piece]


def test_log_names_the_evidence_by_its_hash(office, entry):
    piece = attach(office, entry, picture())

    event = office.organisation.events.get()
    assert (event.target_name, event.data) == (
        "ภาพการประชุม",
        {"entry": entry.pk, "kind": "photo", "sha256": piece.sha256, "url": ""},
    )


def test_damaged_leftover_under_the_same_name_is_replaced(office, entry):
    """A crash in the middle of writing leaves half a file; its name is taken, its bytes are not."""
    data = picture()
    digest = hashlib.sha256(data).hexdigest()
    default_storage.save(
        f"evidence/{office.organisation.slug}/{digest[:2]}/{digest}.jpg", ContentFile(data[:10])
    )

    piece = attach(office, entry, data)

    assert bytes_of(piece.original) == data
