"""The form of one entry shapes the input and judges nothing but its shape."""

import pytest

from measures.forms.progress import ProgressForm
from measures.models import ProgressEntry
from tests.factories.late_permits import first_entry_of
from tests.factories.working_day import make_target

pytestmark = pytest.mark.django_db

TYPED = {"version": "3", "status": "done", "result": "  เว้นวรรคหน้า\r\nบรรทัดสอง "}


@pytest.fixture
def entry(office) -> ProgressEntry:
    return first_entry_of(office, office.finance)


def test_texts_stay_as_typed(entry):
    form = ProgressForm(TYPED, entry=entry)

    assert form.is_valid()
    saving = form.saving()
    assert (saving["version"], saving["status"], saving["result"], saving["outcome"]) == (
        3,
        "done",
        TYPED["result"],
        "",
    )


def test_boxes_and_numbers_are_saved_only_where_they_were_on_the_page(entry):
    step = entry.measure.steps.first()
    target = make_target(entry)
    seen = {f"version-step-{step.pk}": "3", f"version-target-{target.pk}": "3"}

    blank = ProgressForm(TYPED | seen, entry=entry)
    filled = ProgressForm(
        TYPED | seen | {f"step-{step.pk}": "on", f"target-{target.pk}": "๓๘"}, entry=entry
    )
    unseen = ProgressForm(TYPED, entry=entry)

    assert blank.is_valid()
    assert filled.is_valid()
    assert unseen.is_valid()
    names = (f"step-{step.pk}", f"target-{target.pk}")
    assert [blank.saving()["steps_and_targets"][name] for name in names] == ["", ""]
    ticked, number = (filled.saving()["steps_and_targets"][name] for name in names)
    assert (bool(ticked), number) == (True, "๓๘")
    assert unseen.saving()["steps_and_targets"] == {}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"status": ""}, {"status": ["โปรดเลือกสถานะการดำเนินการหนึ่งในสามแบบ"]}),
        ({"version": ""}, ["version"]),
        ({"version": "newest"}, ["version"]),
    ],
)
def test_what_is_missing_is_named(entry, changes, wrong):
    errors = ProgressForm(TYPED | changes, entry=entry).errors

    assert list(errors) == list(wrong)
    if isinstance(wrong, dict):
        assert errors == wrong


def test_a_blank_entry_offers_no_status(entry):
    assert ProgressForm(entry=entry).initial["status"] is None


def test_every_visible_field_has_a_label_of_its_own(entry):
    labels = [field.label for field in ProgressForm(entry=entry).visible_fields()]

    assert len(set(labels)) == len(labels) == 5 + entry.measure.steps.count()
