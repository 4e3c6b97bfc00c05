from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_portal.thai.line_breaks import cut_to_fit, held_together
from ita_portal.thai.words import display_length, domain_words, tokenise, words_of_file

SLOW = 2  # seconds; the longest takes a tenth of it
ANY_WIDTH = 10_000
BEGINS_NO_LINE = "ะัาำิีึืุูๅ็่้๊๋์ํ"
ENDS_NO_LINE = "เแโใไ"
WHOLE = [
    "(นายสมมติ ทดสอบ)",
    "นางสาวสมมติชนก ทดสอบระบบ",
    "จ่าเอกกมลรัตน์ สมมติวงศ์",
    "นายกมล สมมติสุวรรณ",
    "พ.ศ. ๒๕๖๗",
    "พ.ศ.2567",
    "๓๐ มีนาคม ๒๕๖๔",
    "๓๐ กันยายน พ.ศ. ๒๕๖๔",
    "30 มี.ค. 2564",
    "ม.ค.- ก.ย. ๖๗",
    "๐๔๒ - ๒๑๙๙๑๗",
    "๗๖๘๐๑/๕๒",
    "นธ ๗๓๘๐๑.๑/-",
    "๑๔๙/๒๕๖๖",
    "๑,๒๓๔.๕๐ บาท",
    "๐๘.๓๐ - ๑๖.๓๐ น.",
    "๑๒ เดือน",
    "๓๐ วันทำการ",
    "ร้อยละ ๘๕.๕๐",
    "รอบ (๑๒ เดือน)",
    "ข้อ ๑๒",
    "ข้อ I7",
    "O1-O43",
    "o34 - o35",
    "E-Service",
    "No Gift Policy",
    "COVID-19",
    "ต่าง ๆ",
    "อ.สมมติธารา",
    "ตำบลสมมติธารา",
    "สำนักงาน ป.ป.ช.",
    "หน่วยงาน",
    "กำกับติดตาม",
    "นายกองค์การบริหารส่วนตำบล",
    "กองการศึกษา ศาสนาและวัฒนธรรม",
]
PIECES = st.lists(
    st.sampled_from(
        [
            *WHOLE,
            "นาย",
            "นายก",
            "องค์การบริหารส่วนตำบล",
            " ",
            "\u00a0",
            "ๆ",
            "/",
            "-",
            "(",
            ")",
            "12",
            "๒๕๖๗",
            "ก",
            "น้ำ",
            "งาน",
        ]
    ),
    max_size=8,
).map("".join)
LONGEST = st.integers(min_value=4, max_value=50)


@pytest.fixture(autouse=True, scope="module")
def dictionary():
    """Load it before hypothesis starts to measure how long an example takes."""
    cut_to_fit("กองการเจ้าหน้าที่", longest=3)


def pieces(text, *, longest=ANY_WIDTH, names=()):
    return [
        text[piece.start : piece.end] for piece in held_together(text, longest=longest, names=names)
    ]


@given(PIECES | st.text(), LONGEST)
def test_pieces_are_in_order_apart_and_short_enough(text, longest):
    held = held_together(text, longest=longest)
    ends = [end for piece in held for end in (piece.start, piece.end)]

    assert ends == sorted(ends)
    assert all(piece.start < piece.end for piece in held)
    assert all(display_length(text[piece.start : piece.end]) <= longest for piece in held)


@given(PIECES | st.text(alphabet="นายสมเโัี่าำ ๆ๑ปี/.(ข้อ", max_size=60), LONGEST)
def test_pieces_cut_no_consonant_from_its_marks(text, longest):
    held = held_together(text, longest=longest)
    for place in {end for piece in held for end in (piece.start, piece.end)} - {0, len(text)}:
        assert text[place - 1] not in ENDS_NO_LINE
        assert text[place] not in BEGINS_NO_LINE


@pytest.mark.parametrize("whole", WHOLE)
def test_each_kind_is_one_piece(whole):
    assert pieces(f"ตาม {whole} ทุกประการ") == [whole]


@pytest.mark.parametrize("word", sorted(domain_words() | words_of_file("official_names.txt")))
def test_words_of_the_field_are_held_in_running_text(word):
    text = f"เพื่อให้{word}และ{word}ของ"

    assert pieces(text) == [word, word]


def test_a_word_is_held_to_the_sign_that_repeats_it():
    assert pieces("ต่าง ๆ และต่างๆ ที่นี่ ๆ") == ["ต่าง ๆ", "ที่นี่ ๆ"]


def test_pieces_that_overlap_are_one():
    assert pieces("หนังสือที่ ๑๔๙/๒๕๖๖ และ ๑๒ เดือน") == ["ที่ ๑๔๙/๒๕๖๖", "๑๒ เดือน"]


@pytest.mark.parametrize(
    ("text", "longest", "held"),
    [
        ("๓๑ มีนาคม พ.ศ. ๒๕๖๔", 12, ["๓๑ มีนาคม", "พ.ศ. ๒๕๖๔"]),
        ("วันที่ ๓๐ กันยายน ๒๕๖๗", 8, ["วันที่ ๓๐", "๒๕๖๗"]),
        ("ระยะเวลาดำเนินการ", 9, ["ระยะเวลา", "ดำเนินการ"]),
        ("นายสมมติชนก ทดสอบระบบ", 14, ["นายสมมติชนก", "ทดสอบระบบ"]),
        ("หัวหน้าสำนักปลัดองค์การบริหารส่วนตำบล", 15, ["หัวหน้าสำนักปลัด"]),
    ],
)
def test_of_a_piece_too_long_its_parts_are_held(text, longest, held):
    assert [piece for piece in pieces(text, longest=longest) if piece in held] == held


def test_brackets_belong_to_the_piece_and_count():
    assert pieces("ของ (กองช่าง), และ", longest=10) == ["(กองช่าง),"]
    assert pieces("ของ (กองช่าง), และ", longest=8) == []


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("ให้หน่วยงานทราบ", (True, True)),
        ("ให้ หน่วยงาน ทราบ", (False, False)),
        ("ให้(หน่วยงาน)ทราบ", (True, True)),
        ("ภายใน๓๐ วันทำการนั้น", (True, True)),
        ("ITAหน่วยงาน", (True, False)),
    ],
)
def test_a_piece_says_where_a_line_may_break_beside_it(text, sides):
    (piece,) = held_together(text, longest=ANY_WIDTH)

    assert (piece.breaks_before, piece.breaks_after) == sides


def test_names_known_to_the_document_are_held():
    text = "องค์การบริหารส่วนตำบลสมมติธาราได้มอบให้สมมติชาย ตั้งมั่นไปประชุม"
    names = ["องค์การบริหารส่วนตำบลสมมติธารา", "สมมติชาย ตั้งมั่น"]

    assert pieces(text, names=names) == names
    assert pieces(text) == ["องค์การบริหารส่วนตำบล"]
    assert pieces(text, names=names, longest=10) == ["สมมติชาย", "ตั้งมั่น"]


@pytest.mark.parametrize(
    "text",
    [
        "นายอำเภอ ลงตาม",
        "ทนายความ ประจำเมือง",
        "แล้วให้ทั่วถึง อย่างยิ่ง",
        "",
    ],
)
def test_running_text_may_break_anywhere(text):
    assert pieces(text) == []


def test_a_post_is_not_taken_for_a_name():
    assert pieces("นายกองค์การบริหารส่วนตำบลสมมติธารา อำเภอสมมติ") == [
        "นายกองค์การบริหารส่วนตำบลสมมติธารา",
        "อำเภอสมมติ",
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 20_000,
        "1." * 10_000,
        "1/" * 10_000,
        "นาย" * 6_000,
        "ก ๆ" * 6_000,
        "กองช่าง/" * 3_000,
        "(" * 20_000,
        "a.b" * 6_000,
        "ตำบล" * 5_000,
    ],
)
def test_long_texts_are_not_slow(hostile):
    started = process_time()

    held_together(hostile, longest=11)
    cut_to_fit(hostile, longest=11)

    assert process_time() - started < SLOW


# Cutting -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "longest", "cut"),
    [
        ("งบประมาณ", 8, ["งบประมาณ"]),
        ("งบประมาณ", 5, ["งบ", "ประ", "มาณ"]),
        ("เจ้าหน้าที่ประชาสัมพันธ์", 8, ["เจ้าหน้าที่", "ประ", "ชา", "สัม", "พันธ์"]),
        (
            "https://www.example.go.th/ita/o34-report.pdf",
            12,
            ["https://", "www.", "example.", "go.", "th/", "ita/", "o34-", "report.", "pdf"],
        ),
        ("somebody@example.go.th", 10, ["somebody@", "example.", "go.", "th"]),
    ],
)
def test_a_word_too_long_is_cut_where_it_is_least_bad(word, longest, cut):
    assert cut_to_fit(word, longest=longest) == cut


@given(PIECES | st.text(), LONGEST)
def test_cut_pieces_are_the_word_again_and_keep_marks(word, longest):
    cut = cut_to_fit(word, longest=longest)

    assert "".join(cut) == word
    for before, after in pairwise(cut):
        assert before[-1] not in ENDS_NO_LINE
        assert after[0] not in BEGINS_NO_LINE


def test_words_of_the_lists_are_words_to_the_dictionary():
    assert [word for word in domain_words() if tokenise(word) != [word]] == []
