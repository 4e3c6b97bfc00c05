"""The forms of evidence: files with a caption, several at once, or a link."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from measures.forms.evidence import EvidenceFilesForm, EvidenceLinkForm


def form_with(*, caption: str = "ภาพ", **files: list[bytes]) -> EvidenceFilesForm:
    uploads = {
        field: [SimpleUploadedFile(f"{at}.jpg", data) for at, data in enumerate(contents)]
        for field, contents in files.items()
    }
    return EvidenceFilesForm({"caption": caption}, MultiValueDict(uploads))


def test_files_of_camera_and_folder_are_taken_together():
    form = form_with(camera=[b"one"], file=[b"two", b"three"])

    assert form.is_valid()
    chosen = form.chosen(form.cleaned_data)
    assert [upload.read() for upload in chosen] == [b"one", b"two", b"three"]


def test_no_file_is_named():
    assert form_with().errors == {"file": ["โปรดถ่ายภาพหรือเลือกไฟล์อย่างน้อยหนึ่งไฟล์"]}


@pytest.mark.parametrize("caption", ["", " "])
def test_a_missing_caption_is_named_alone(caption):
    assert form_with(caption=caption).errors == {"caption": ["โปรดกรอกคำบรรยายหลักฐาน"]}


def test_an_empty_file_is_left_to_the_verb_which_names_it():
    assert form_with(file=[b""]).is_valid()


def test_a_link_needs_caption_and_address():
    assert EvidenceLinkForm({}).errors == {
        "caption": ["โปรดกรอกคำบรรยายหลักฐาน"],
        "url": ["โปรดกรอกลิงก์"],
    }
    assert EvidenceLinkForm({"caption": "ข่าว", "url": "https://example.go.th/"}).is_valid()


def test_the_camera_input_opens_the_camera_and_the_other_takes_several_kinds():
    html = str(EvidenceFilesForm())

    assert 'accept="image/*" capture="environment" multiple' in html
    assert ".docx,.xlsx" in html
