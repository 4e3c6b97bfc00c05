from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_portal.thai.numerals import parse_decimal, parse_integer, to_arabic_digits, to_thai_digits

THAI_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Text rich in what the rules look at; plain st.text() would hardly ever make a domain or a version.
FRAGMENTS = (
    "12|7|2567|๒๕|ITA|IIT|o|E-Service|COVID|-|/|.| |@|www.|https://|a.go.th|ปี|คะแนน|%|:|?|_|,|(|)|é"
)
PIECES = st.lists(st.sampled_from(FRAGMENTS.split("|")), max_size=12).map("".join)
SLOW = 2  # seconds; the longest takes a hundredth of it


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("ปี 2567", "ปี ๒๕๖๗"),
        ("ปี2567", "ปี๒๕๖๗"),
        ("1,234.50 บาท", "๑,๒๓๔.๕๐ บาท"),
        ("โทร. 042 - 219917", "โทร. ๐๔๒ - ๒๑๙๙๑๗"),
        ("ที่ อด 76801/52", "ที่ อด ๗๖๘๐๑/๕๒"),
        ("๒๕๖7", "๒๕๖๗"),
        ("ITA 2566", "ITA ๒๕๖๖"),
        ("IIT 85.25 คะแนน", "IIT ๘๕.๒๕ คะแนน"),
        ("OIT 9.5", "OIT ๙.๕"),
        ("Score 9.5 คะแนน", "Score ๙.๕ คะแนน"),
        ("Score 9.5%", "Score ๙.๕%"),
        ("1.IIT 2.EIT", "๑.IIT ๒.EIT"),
        ("ข้อ 1.2.3", "ข้อ ๑.๒.๓"),
        ("ข้อ O42 และ 43", "ข้อ O42 และ ๔๓"),
        ("ดู www.example.go.th ปี 2567", "ดู www.example.go.th ปี ๒๕๖๗"),
        ("(a.go.th/x1) 2567", "(a.go.th/x1) ๒๕๖๗"),
        ("ระบบ E-Service 2.0 ปี 2567", "ระบบ E-Service 2.0 ปี ๒๕๖๗"),
        ("E-Service 2.05", "E-Service ๒.๐๕"),
        ("30/9/2566", "๓๐/๙/๒๕๖๖"),
        ("", ""),
    ],
)
def test_digits_of_thai_text_become_thai(written, printed):
    assert to_thai_digits(written) == printed


@pytest.mark.parametrize(
    "foreign",
    [
        "COVID-19",
        "E-Service 2.0",
        "WCAG 2.2",
        "ITA2567",
        "I7",
        "O42",
        "o34",
        "PDF/A-3",
        "IPv6",
        "5G",
        "PM2.5",
        "www.example.go.th",
        "WWW.EXAMPLE2.GO.TH",
        "a.go.th/x1",
        "a1.go.th:8080/ita/2567?page=2#top3",
        "https://a.go.th/ข่าว2567/12.html",
        "somchai2567@a1.example.go.th",
        "plan2567.pdf",
        "2567.pdf",
    ],
)
def test_foreign_words_and_addresses_keep_their_digits(foreign):
    assert to_thai_digits(foreign) == foreign
    assert to_thai_digits(f"ใช้ {foreign} ใน 12 เดือน") == f"ใช้ {foreign} ใน ๑๒ เดือน"


@pytest.mark.parametrize(
    ("number", "printed"),
    [(0, "๐"), (2567, "๒๕๖๗"), (-3, "-๓"), (Decimal("85.50"), "๘๕.๕๐"), (Decimal("1E+2"), "๑๐๐")],
)
def test_numbers_are_written_out(number, printed):
    assert to_thai_digits(number) == printed


@given(PIECES | st.text())
def test_to_thai_digits_changes_nothing_but_ascii_digits_and_only_once(text):
    printed = to_thai_digits(text)

    assert to_thai_digits(printed) == printed
    assert printed.translate(THAI_TO_ARABIC) == text.translate(THAI_TO_ARABIC)


@given(st.text())
def test_to_arabic_digits_changes_nothing_but_thai_digits(text):
    assert to_arabic_digits(text) == text.translate(THAI_TO_ARABIC)


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_whole_numbers_survive_the_way_to_thai_and_back(number):
    assert parse_integer(to_thai_digits(number)) == number
    assert to_arabic_digits(to_thai_digits(number)) == str(number)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("๒๕๖๗", 2567),
        ("๒๕๖7", 2567),
        (" 12 ", 12),
        ("๑,๒๓๔", 1234),
        ("0", 0),
        ("1,234,567", 1234567),
    ],
)
def test_parse_integer_reads_any_digits(written, number):
    assert parse_integer(written) == number


@pytest.mark.parametrize(
    "written", ["", " ", "สิบ", "-1", "1.5", "12,34", "1 2", "²", "१२", "9" * 5000, "๑๒ เดือน"]
)
def test_parse_integer_refuses_what_is_no_whole_number(written):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011  # the text is compared below
        parse_integer(written)

    assert str(refusal.value) == f"“{written}” ไม่ใช่จำนวนเต็ม โปรดพิมพ์เป็นตัวเลข เช่น ๑๒ หรือ 12"


@pytest.mark.parametrize(
    ("written", "number"),
    [("๘๕.๕๐", "85.50"), ("1,250.5", "1250.5"), (" ๔0 ", "40"), ("0.05", "0.05")],
)
def test_parse_decimal_reads_any_digits(written, number):
    assert parse_decimal(written) == Decimal(number)


@pytest.mark.parametrize("written", ["", "สิบ", "-1", "1.", ".5", "1.234", "1.2.3", "1,23", "1e3"])
def test_parse_decimal_refuses_what_is_no_number(written):
    with pytest.raises(ValueError, match="ไม่ใช่ตัวเลข"):
        parse_decimal(written)


@pytest.mark.parametrize(
    "hostile", ["1" * 20_000, "1." * 10_000, "1/" * 10_000, "a." * 10_000, "a@" * 10_000]
)
def test_long_texts_are_not_slow(hostile):
    started = process_time()

    to_thai_digits(hostile)

    assert process_time() - started < SLOW
