"""Thai and Arabic numerals inside one number are remarked, numbers of one kind are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_portal.thai.numerals import to_arabic_digits, to_thai_digits
from measures.domain.proofreading import Known, remarks_in
from tests.factories.proofreading import content_saying, found_in

PLACE = "ข้อความลงท้าย"


@pytest.mark.parametrize("number", ["๒๕๖7", "2๕๖๗", "๘๕.25", "1,๐๐๐", "๐42000000"])
def test_one_number_in_two_kinds_of_digits(number):
    assert found_in(content_saying(f"ดำเนินการ {number} รายการ"), "mixed_numerals") == [
        (PLACE, number)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ร้อยละ 85.25 และร้อยละ ๘๕.๒๕",
        "ข้อ ๑ มี 3 เรื่อง",
        "สม ๗๖๘๐๑/52",
        "https://example.go.th/๒๕64",
        "ถามที่ a๑1@example.go.th",
    ],
)
def test_two_numbers_and_addresses_are_fine(text):
    assert found_in(content_saying(text), "mixed_numerals") == []


def test_message_shows_the_number_in_thai_digits():
    (remark,) = remarks_in(content_saying("รวม ๒๕6๗ บาท"), Known())

    assert remark.sentence() == (
        "ข้อความลงท้าย: “๒๕6๗” มีเลขไทยปนเลขอารบิกในจำนวนเดียว โปรดพิมพ์เป็น “๒๕๖๗”"
    )


DIGITS = st.text(st.sampled_from("0123456789๐๑๒๓๔๕๖๗๘๙"), min_size=1, max_size=12)


@given(DIGITS)
def test_every_number_is_remarked_exactly_when_it_is_mixed(number):
    found = found_in(content_saying(f"รวม {number} บาท"), "mixed_numerals")

    is_mixed = number not in (to_arabic_digits(number), to_thai_digits(to_arabic_digits(number)))
    assert found == ([(PLACE, number)] if is_mixed else [])
