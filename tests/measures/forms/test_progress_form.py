"""The form of one entry shapes the input and judges nothing but its shape."""

import pytest

from measures.forms.progress import ProgressForm
from measures.models import ProgressEntry

TYPED = {"version": "3", "status": "done", "result": "  เว้นวรรคหน้า\r\nบรรทัดสอง "}


def test_texts_stay_as_typed():
    form = ProgressForm(TYPED)

    assert form.is_valid()
    assert form.cleaned_data == {
        "version": 3,
        "status": "done",
        "status_note": "",
        "result": TYPED["result"],
        "outcome": "",
        "suggestion": "",
    }


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"status": ""}, {"status": ["โปรดเลือกสถานะการดำเนินการหนึ่งในสามแบบ"]}),
        ({"version": ""}, ["version"]),
        ({"version": "newest"}, ["version"]),
    ],
)
def test_what_is_missing_is_named(changes, wrong):
    errors = ProgressForm(TYPED | changes).errors

    assert list(errors) == list(wrong)
    if isinstance(wrong, dict):
        assert errors == wrong


def test_a_blank_entry_offers_no_status():
    assert ProgressForm.of(ProgressEntry()).initial["status"] is None


def test_every_visible_field_has_a_label_of_its_own():
    labels = [field.label for field in ProgressForm().visible_fields()]

    assert len(set(labels)) == len(labels) == 5
