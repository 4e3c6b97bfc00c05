"""The copies of photographs: three sizes, upright, in the colours of every screen."""

import io

import pillow_heif
import pytest
from PIL import Image, ImageCms

from measures.domain.filing import photographs
from tests.factories.pictures import ORIENTED_RIGHT, photograph_with_place, picture


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def copies(data: bytes) -> list[Image.Image]:
    made = photographs.copies_of(data)
    return [opened(each) for each in (made.small, made.derived, made.large)]


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((6000, 4000), [(480, 320), (1600, 1067), (2560, 1707)]),
        ((2000, 1000), [(480, 240), (1600, 800), (2000, 1000)]),
        ((300, 900), [(160, 480), (300, 900), (300, 900)]),
        ((40, 20), [(40, 20)] * 3),
        ((2560, 1), [(480, 1), (1600, 1), (2560, 1)]),
    ],
)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
def test_three_sizes_none_larger_than_the_photograph(file_format, size, sizes):
    assert [copy.size for copy in copies(picture(file_format, size))] == sizes


def test_every_copy_is_upright_and_says_nothing_of_place_and_camera():
    for copy in copies(photograph_with_place(ORIENTED_RIGHT, size=(3000, 2000))):
        assert copy.height > copy.width
        assert dict(copy.getexif()) == {}
        assert set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_photograph_of_a_phone_is_turned_by_its_own_note():
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = ORIENTED_RIGHT
    pillow_heif.from_pillow(Image.new("RGB", (64, 32))).save(buffer, exif=exif.tobytes())

    assert all(copy.size == (32, 64) for copy in copies(buffer.getvalue()))


def swapped_profile() -> bytes:
    """A profile by which red is stored where others keep green."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.find(b"rXYZ", 128), profile.find(b"gXYZ", 128)
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def test_colours_of_a_profile_become_those_of_the_screen():
    data = picture("PNG", (64, 64), colour=(255, 0, 0), icc_profile=swapped_profile())

    for copy in copies(data):
        red, green, blue = copy.getpixel((50, 50))
        assert green > 200
        assert (red < 60, blue < 60) == (True, True)


@pytest.mark.parametrize("profile", [b"nonsense", b""])
def test_broken_profile_is_passed_over(profile):
    data = picture("PNG", (64, 64), colour=(0, 0, 255), icc_profile=profile)

    assert copies(data)[0].getpixel((50, 50))[2] > 200


def test_profile_of_other_colours_is_passed_over():
    grey = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    data = picture("PNG", (64, 64), colour=(0, 0, 255), icc_profile=grey)

    assert copies(data)[0].getpixel((50, 50))[2] > 200


def test_same_bytes_give_the_same_copies():
    data = photograph_with_place(size=(900, 600))

    assert photographs.copies_of(data) == photographs.copies_of(data)


def test_copies_of_a_photograph_encoded_anew_have_nearly_the_same_hash():
    image = Image.linear_gradient("L").rotate(30).resize((900, 600)).convert("RGB")
    fine, coarse = io.BytesIO(), io.BytesIO()
    image.save(fine, "JPEG", quality=95)
    image.save(coarse, "JPEG", quality=40)

    first, second = (
        int(photographs.copies_of(each.getvalue()).perceptual_hash, 16) for each in (fine, coarse)
    )
    assert (first ^ second).bit_count() <= 2
