import os
import random
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_portal.thai.words import (
    display_length,
    first_words,
    is_word,
    normalise,
    normalise_compact,
    sort_key,
    tokenise,
)

THAI = "".join(chr(code) for code in range(0x0E01, 0x0E5C) if code not in range(0x0E3B, 0x0E3F))
THAI_TEXT = st.text(alphabet=THAI + " 09aZ-.()/\n\u200b\u2060\u00a0", max_size=80)


@pytest.fixture(autouse=True, scope="module")
def dictionary():
    """Load it before hypothesis starts to measure how long an example takes."""
    tokenise("")


SARA_AM = "\u0e33"
SLOW = 2  # seconds; the longest takes a twentieth of it
NIKHAHIT_AA = "\u0e4d\u0e32"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (f"ด{NIKHAHIT_AA}เนินการ", f"ด{SARA_AM}เนินการ"),
        ("น\u0e4d\u0e49\u0e32", f"น\u0e49{SARA_AM}"),
        ("น\u0e49\u0e4d\u0e32", f"น\u0e49{SARA_AM}"),
        ("เเผน", "แผน"),
        ("เ\u200bเผน", "แผน"),
        ("สุ\u200bจ\u2060ริต\ufeff", "สุจริต"),
        ("๒๕๖7", "2567"),
        ("  มาตรการ \n\t แนวทาง\u00a0", "มาตรการ แนวทาง"),
        ("E-Service ITA", "e-service ita"),
        ("ท\u0e48\u0e35", "ท\u0e35\u0e48"),  # tone typed before its vowel
        ("e\u0301", "é"),
        ("ดำเนินการ", "ดำเนินการ"),
        ("", ""),
    ],
)
def test_spellings_that_look_the_same_become_the_same(written, normal):
    assert normalise(written) == normal


def test_headings_are_compared_without_spaces():
    assert normalise_compact("มาตรการ/ แนวทาง") == normalise_compact("มาตรการ/\nแนวทาง ")
    assert normalise_compact("เ เผน") == "แผน"


@given(st.text() | THAI_TEXT)
def test_normalising_twice_changes_nothing_more(text):
    assert normalise(normalise(text)) == normalise(text)
    assert normalise_compact(normalise_compact(text)) == normalise_compact(text)


@given(st.text(alphabet="กขคงดนมา ะิีุู่้abc019", max_size=40).map(lambda text: " ".join(text.split())))
def test_normalising_leaves_proper_text_alone(text):
    proper = normalise(text)

    assert sorted(proper) == sorted(text)


@pytest.mark.parametrize(
    "hostile", ["ๅ" * 20_000, "่ี" * 10_000, "\u0e4d\u0e32" * 10_000, "่" * 20_000]
)
def test_long_texts_are_not_slow(hostile):
    started = process_time()

    normalise(hostile)

    assert process_time() - started < SLOW


# Royal Institute: letters first; marks only where all letters are equal.
DICTIONARY_ORDER = [
    "กก",
    "กรรม",
    "กลม",
    "กา",
    "ก่า",
    "ก้า",
    "กาก",
    "การ",
    "การ์ตูน",
    "กำ",
    "กิน",
    "กู่",
    "เก",
    "เก่ง",
    "เก้ง",
    "เกลือ",
    "เกาะ",
    "แก",
    "แก่",
    "แก้",
    "ขา",
    "ข้าว",
    "ฤทธิ์",
    "ไอ",
]


def test_words_sort_as_in_the_dictionary():
    shuffled = random.Random(2567).sample(DICTIONARY_ORDER, len(DICTIONARY_ORDER))

    assert sorted(shuffled, key=sort_key) == DICTIONARY_ORDER


def test_digits_of_both_kinds_and_decomposed_words_sort_together():
    assert sorted(["๒ ข", "1 ก", "2 ก", "๑ ข"], key=sort_key) == ["1 ก", "๑ ข", "2 ก", "๒ ข"]
    assert sorted(["กิน", f"ก{NIKHAHIT_AA}", "กาก"], key=sort_key) == [
        "กาก",
        f"ก{NIKHAHIT_AA}",
        "กิน",
    ]


@given(st.text(), st.text())
def test_only_equal_texts_have_equal_keys(one, other):
    assert (sort_key(one) == sort_key(other)) == (one == other)


def test_words_of_the_field_stay_whole():
    assert tokenise("กองคลังรายงานผลการดำเนินการ ปี ๒๕๖๗") == [
        "กองคลัง",
        "รายงาน",
        "ผลการดำเนินการ",
        " ",
        "ปี",
        " ",
        "๒๕๖๗",
    ]


@given(st.text() | THAI_TEXT)
def test_tokens_joined_are_the_text(text):
    assert "".join(tokenise(text)) == text


@pytest.mark.parametrize(
    ("text", "catchword"),
    [
        ("ผลการประเมินคุณธรรมและความโปร่งใส", "ผลการประเมิน"),
        ("จึงเรียนมาเพื่อโปรดทราบ", "จึงเรียน"),
        ("(ลงชื่อ) นายสมมติ", "(ลงชื่อ)"),
        ("สมมติ ๆ กัน", "สมมติ ๆ"),
        ("องค์การบริหารส่วนตำบลสมมติ", "องค์การ"),
        ("\n\n  มาตรการที่ ๑\nบรรทัดต่อไป", "มาตรการ"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ABCDEFGHIJKLMNO"),  # no word begins it
        ("", ""),
        (" \n ", ""),
    ],
)
def test_the_catchword_is_the_first_word_or_two(text, catchword):
    assert first_words(text, minimum=5, maximum=15) == catchword


def test_breaks_marked_for_paper_are_not_in_the_catchword():
    assert first_words("ให้\u200bหน่วยงาน\u200bทราบ", minimum=5, maximum=15) == "ให้หน่วยงาน"


def test_marks_above_and_below_take_no_column():
    assert display_length("ที่นี้") == 2
    assert display_length("น้ำ") == 2


@given(THAI_TEXT, st.integers(1, 10), st.integers(10, 30))
def test_the_catchword_begins_its_line_and_is_never_too_long(text, minimum, maximum):
    words = first_words(text, minimum=minimum, maximum=maximum)

    shown = text.replace("\u200b", "").replace("\u2060", "")
    lines = [line.strip() for line in shown.splitlines() if line.strip()]
    assert (lines or [""])[0].startswith(words)
    assert display_length(words) <= maximum


@pytest.mark.parametrize("module", ["numerals", "dates", "periods", "words", "template_filters"])
def test_importing_and_splitting_write_nothing_and_open_no_connection(tmp_path, module):
    script = f"""
import socket, sys
def refuse(*arguments, **keywords):
    raise AssertionError("opened a connection")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import ita_portal.thai.{module}
from ita_portal.thai.words import _words, tokenise
assert _words.cache_info().currsize == 0, "the dictionary was loaded by an import"
assert "torch" not in sys.modules and "numpy" not in sys.modules and "requests" not in sys.modules
assert tokenise("รอบ ๖ เดือน")
"""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHAINLP")
    }
    root = Path(__file__).parents[3]

    subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        cwd=root,
        env={**environment, "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
    )

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("text", "known"), [("มาตรการ", True), ("กองช่าง", True), ("ชั้ตอน", False)])
def test_words_of_the_dictionary_and_of_the_field_are_known(text, known):
    assert is_word(text) == known
