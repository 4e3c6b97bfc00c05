"""An office's emblem: taken by what it is, cleaned, and never written over."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageFile, PngImagePlugin

from measures.domain import emblems, records
from measures.domain.errors import Invalid
from measures.models import Organisation
from tests.factories.pictures import pdf, photograph_with_place, picture

LARGE = (400, 400)
SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SVG = "รับไฟล์ SVG ไม่ได้ เพราะอาจมีคำสั่งแฝงอยู่ โปรดส่งออกเป็นภาพ PNG สูงอย่างน้อย 354 จุดแล้วแนบใหม่"
NO_PICTURE = "ไฟล์นี้ไม่ใช่ภาพ แม้ชื่อไฟล์จะลงท้ายเช่นนั้น ตราของหน่วยงานรับไฟล์ PNG, JPEG หรือ WebP โปรดเลือกไฟล์อื่น"
BROKEN = "ไฟล์ภาพตราไม่สมบูรณ์หรือเสียหาย โปรดบันทึกเป็น PNG, JPEG หรือ WebP อีกครั้งแล้วแนบใหม่"


def upload(data, name="emblem.png"):
    return ContentFile(data, name=name)


def cleaned(data):
    return Image.open(io.BytesIO(emblems.cleaned_emblem(upload(data))))


# What is kept ------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP"])
def test_any_accepted_picture_becomes_png(file_format):
    kept = cleaned(picture(file_format, LARGE))

    assert (kept.format, kept.mode, kept.size) == ("PNG", "RGB", LARGE)


def test_cleaning_twice_gives_the_same_bytes():
    once = emblems.cleaned_emblem(upload(picture("JPEG", LARGE)))

    assert emblems.cleaned_emblem(upload(once)) == once


def test_camera_and_place_are_left_behind():
    kept = cleaned(photograph_with_place(size=LARGE))

    assert not kept.getexif()
    assert kept.info == {}


def test_texts_and_profiles_of_a_png_are_left_behind():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "somebody", zip=True)
    data = picture("PNG", LARGE, pnginfo=texts, icc_profile=b"profile", dpi=(300, 300))

    assert cleaned(data).info == {}


def test_transparent_ground_is_white():
    kept = cleaned(picture("PNG", LARGE, mode="RGBA", colour=(0, 0, 0, 0)))

    assert kept.getpixel((5, 5)) == (255, 255, 255)


def test_large_picture_is_made_smaller():
    assert cleaned(picture("PNG", (3000, 1500))).size == (1062, 531)


# What is refused ---------------------------------------------------------------------------------


def png_cut_off():
    data = picture("PNG", LARGE)
    return data[: len(data) // 2]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SCRIPT.encode(), SVG),
        (("\ufeff<?xml version='1.0'?>\n<!-- x -->" + SCRIPT).encode(), SVG),
        (SCRIPT.encode("utf-16"), SVG),
        (b"MZ\x90\x00" + bytes(range(256)) * 8, NO_PICTURE),
        (pdf(), NO_PICTURE),
        (picture("GIF", LARGE), NO_PICTURE),
        (b"no picture at all", NO_PICTURE),
        (b"", "ไฟล์ตราว่างเปล่า โปรดเลือกไฟล์ภาพ PNG, JPEG หรือ WebP"),
        (png_cut_off(), BROKEN),
        (
            picture("PNG", (6000, 5000), mode="1", colour=1),
            "ภาพตรามีจุดภาพมากเกินไป รับได้ไม่เกิน 25 ล้านจุด โปรดย่อภาพแล้วแนบใหม่",
        ),
        (
            picture("PNG", (20_000, 20_000), mode="1", colour=1),
            "ภาพตรามีจุดภาพมากเกินไป รับได้ไม่เกิน 25 ล้านจุด โปรดย่อภาพแล้วแนบใหม่",
        ),
        (
            picture("PNG", (40, 20)),
            "ภาพตรามี 40 × 20 จุด เล็กเกินไป พิมพ์แล้วไม่คมชัด โปรดใช้ภาพสูงอย่างน้อย 354 จุด",
        ),
        (b"\x89PNG" + bytes(5 * 1024 * 1024), "ไฟล์ตรามีขนาดเกิน 5 MB โปรดย่อภาพแล้วแนบใหม่"),
    ],
    ids=[
        "svg with a script",
        "svg with a heading",
        "svg in utf-16",
        "program called png",
        "pdf",
        "gif",
        "text",
        "empty",
        "cut off",
        "many points",
        "bomb",
        "small",
        "heavy",
    ],
)
def test_refusal_says_what_to_do(data, said, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    with pytest.raises(Invalid) as refusal:
        emblems.cleaned_emblem(upload(data))

    assert str(refusal.value) == said


# Storing -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_new_emblem_leaves_the_file_of_the_old_one(office):
    organisation = Organisation.objects.get(pk=office.organisation.pk)
    paths = []
    for colour in ((0, 0, 0), (10, 20, 30), (0, 0, 0)):
        organisation.emblem = upload(picture("PNG", LARGE, colour=colour), "../garuda.svg")
        records.save(organisation, by=office.coordinator)
        paths.append(Organisation.objects.get(pk=organisation.pk).emblem.name)

    assert paths[0] == paths[2] != paths[1]
    for path, colour in zip(paths[:2], ((0, 0, 0), (10, 20, 30)), strict=True):
        assert path.startswith(f"emblems/{organisation.slug}/")
        with default_storage.open(path) as stored:
            assert Image.open(stored).getpixel((399, 399)) == colour


@pytest.mark.django_db
def test_refused_emblem_changes_nothing(office):
    organisation = Organisation.objects.get(pk=office.organisation.pk)
    organisation.name = "ชื่อใหม่ (สมมติ)"
    organisation.emblem = upload(SCRIPT.encode(), "garuda.svg")

    with pytest.raises(Invalid, match="SVG"):
        records.save(organisation, by=office.coordinator)

    stored = Organisation.objects.get(pk=organisation.pk)
    assert (stored.name, stored.emblem.name) == (office.organisation.name, "")


@pytest.mark.django_db
def test_path_of_the_longest_slug_fits_its_column(office):
    organisation = Organisation.objects.get(pk=office.organisation.pk)
    organisation.slug = "s" * 60
    organisation.emblem = upload(picture("PNG", LARGE))

    records.save(organisation, by=office.coordinator)

    assert len(Organisation.objects.get(pk=organisation.pk).emblem.name) <= 100


@pytest.mark.django_db
def test_record_saved_again_keeps_its_emblem(office):
    organisation = Organisation.objects.get(pk=office.organisation.pk)
    organisation.emblem = upload(picture("PNG", LARGE))
    records.save(organisation, by=office.coordinator)
    stored = Organisation.objects.get(pk=organisation.pk)
    path = stored.emblem.name

    records.save(stored, by=office.coordinator)

    assert Organisation.objects.get(pk=organisation.pk).emblem.name == path
