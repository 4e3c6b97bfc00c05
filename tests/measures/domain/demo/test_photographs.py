"""The drawn photographs: the same every time, different from one another, of the stated size."""

import io

import pikepdf
import pytest
from PIL import Image

from measures.domain.demo.photographs import SCENES, drawn_jpeg, drawn_pdf


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_every_scene_is_a_jpeg_of_the_stated_size(scene):
    image = Image.open(io.BytesIO(drawn_jpeg(scene, "ทดสอบ")))
    assert (image.format, image.size) == ("JPEG", (1600, 1200))


def test_the_same_scene_and_caption_give_the_same_bytes():
    assert drawn_jpeg("meeting", "ประชุม") == drawn_jpeg("meeting", "ประชุม")


def test_another_caption_gives_another_picture():
    assert drawn_jpeg("meeting", "ประชุมครั้งที่ 1") != drawn_jpeg("meeting", "ประชุมครั้งที่ 2")


def test_a_scan_is_a_pdf_of_one_page():
    with pikepdf.open(io.BytesIO(drawn_pdf("notice_board", "ประกาศ"))) as pdf:
        assert len(pdf.pages) == 1


def test_an_unknown_scene_is_refused():
    with pytest.raises(KeyError):
        drawn_jpeg("no such scene", "ทดสอบ")
