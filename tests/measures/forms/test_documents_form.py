"""The form of a document carries every field that the verb takes, and the version seen."""

import datetime

import pytest

from measures.domain.documents import EDITABLE_TEXTS
from measures.forms.documents import DocumentForm
from measures.forms.signoffs import OpinionForm, ReasonForm
from measures.models import Document

DOCUMENT = Document(
    version=4,
    dated=datetime.date(2021, 3, 31),
    subject="รายงาน",
    opening="ตามที่",
    closing="จึงเรียนมา",
)
TYPED = {
    "version": "4",
    "dated": "2021-03-31",
    "layout": "memo_status",
    "office": "สำนักปลัด",
    "subject": "รายงานผล",
    "addressee": "นายก",
    "opening": "ตามที่",
    "closing": "จึงเรียนมา",
}


ALL_FIELDS = {"version", "dated", "has_annex", *EDITABLE_TEXTS}


@pytest.mark.parametrize(
    ("kind", "absent"),
    [("plan", {"results_title", "has_annex"}), ("progress_report", {"approach"})],
)
def test_the_form_has_what_the_verb_takes_of_this_kind(kind, absent):
    assert set(DocumentForm(instance=Document(kind=kind)).fields) == ALL_FIELDS - absent


def test_a_layout_that_is_none_is_refused():
    form = DocumentForm(TYPED | {"layout": "memo_of_dreams"}, instance=Document())

    assert list(form.errors) == ["layout"]


def test_the_version_seen_goes_with_the_form():
    assert DocumentForm(instance=DOCUMENT)["version"].value() == 4


def test_what_was_typed_is_given_on_without_the_version():
    form = DocumentForm(TYPED, instance=Document())

    assert form.is_valid(), form.errors
    assert "version" not in form.typed()
    assert form.typed()["subject"] == "รายงานผล"
    assert form.typed()["dated"] == datetime.date(2021, 3, 31)


def test_a_missing_text_is_named_by_its_label():
    errors = DocumentForm(TYPED | {"subject": ""}, instance=Document()).errors

    assert errors == {"subject": ["โปรดกรอกเรื่อง"]}


def test_an_opinion_may_be_empty_but_names_the_page_it_was_written_on():
    assert OpinionForm({"seen": "token", "opinion": ""}).is_valid()
    assert list(OpinionForm({"opinion": "เห็นควร"}).errors) == ["seen"]


def test_a_reason_may_not_be_empty():
    assert ReasonForm({"reason": ""}).errors == {"reason": ["โปรดกรอกเหตุผล"]}
    assert ReasonForm({"reason": " ตามที่แจ้ง\n"}).is_valid()
