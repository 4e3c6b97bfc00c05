"""The form of evidence asks for a caption and exactly one of file and link."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from measures.forms.evidence import EvidenceForm

ONE_OF_THEM = {"__all__": ["โปรดเลือกไฟล์ หรือกรอกลิงก์ อย่างใดอย่างหนึ่ง"]}


def form_with(*, caption: str = "ภาพ", url: str = "", file: bytes | None = None) -> EvidenceForm:
    files = {} if file is None else {"file": SimpleUploadedFile("photo.jpg", file)}
    return EvidenceForm({"caption": caption, "url": url}, files)


@pytest.mark.parametrize("given", [{"url": "https://example.go.th/"}, {"file": b"bytes"}])
def test_one_of_file_and_link_is_enough(given):
    assert form_with(**given).is_valid()


@pytest.mark.parametrize("given", [{}, {"url": "https://example.go.th/", "file": b"bytes"}])
def test_neither_and_both_are_refused(given):
    assert form_with(**given).errors == ONE_OF_THEM


def test_a_missing_caption_is_named_alone():
    assert form_with(caption=" ").errors == {"caption": ["โปรดกรอกคำบรรยายหลักฐาน"]}


def test_an_empty_file_is_named():
    assert form_with(file=b"").errors == {"file": ["ไฟล์ว่างเปล่า โปรดเลือกไฟล์ใหม่"]}
