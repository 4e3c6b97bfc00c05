"""What people type is kept as typed, short of what cannot be stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.domain.errors import Invalid
from measures.domain.texts import cleaned


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  ผลการดำเนินการ  ", "ผลการดำเนินการ"),
        ("บรรทัดแรก\r\nบรรทัดสอง\rบรรทัดสาม", "บรรทัดแรก\nบรรทัดสอง\nบรรทัดสาม"),
        ("ก่อน\x00หลัง\x07\x1b\x7f", "ก่อนหลัง"),
        ("คอลัมน์\tสอง", "คอลัมน์\tสอง"),
        ("๑๒ และ 12   เว้นวรรค", "๑๒ และ 12   เว้นวรรค"),
        ("ดําเนินการ", "ดําเนินการ"),  # a decomposed sara am stays as typed
        ("", ""),
    ],
)
def test_text_is_kept_as_typed_without_control_characters(typed, stored):
    assert cleaned(typed, label="ข้อความ") == stored


@pytest.mark.parametrize("blank", ["", "   ", "\r\n\t", "\x00"])
def test_required_text_must_say_something(blank):
    with pytest.raises(Invalid) as refusal:
        cleaned(blank, label="เหตุผล", required=True)

    assert str(refusal.value) == "โปรดกรอกเหตุผล"


def test_longest_text_passes_and_one_more_character_does_not():
    assert cleaned("ก" * 20_000, label="ผล") == "ก" * 20_000

    with pytest.raises(Invalid) as refusal:
        cleaned("ก" * 20_001, label="ผล")

    assert str(refusal.value) == (
        "ผลยาว 20,001 ตัวอักษร เกินกำหนด 20,000 ตัวอักษร โปรดย่อหรือแนบเป็นไฟล์ PDF"
    )


def test_field_has_its_own_limit():
    with pytest.raises(Invalid) as refusal:
        cleaned("กขค", label="หมายเหตุ", longest=2)

    assert str(refusal.value) == ("หมายเหตุยาว 3 ตัวอักษร เกินกำหนด 2 ตัวอักษร โปรดย่อหรือแนบเป็นไฟล์ PDF")


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text):
    once = cleaned(text, label="ข้อความ")

    assert cleaned(once, label="ข้อความ") == once
