import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.formatting_structure import boxes

from ita_portal.thai.words import domain_words, words_of_file
from reports.rendering.fonts import paper_font_is_installed
from reports.rendering.paper_text import BREAK, names_held, names_of, paper_text
from tests.factories.content import content
from tests.reports.rendering.cells import CM, LEFT, document_of_cells
from tests.reports.rendering.printed import words_of

SLOW = 5  # seconds; it takes a tenth of it
VOCABULARY = sorted(domain_words() | words_of_file("official_names.txt"))
ADDRESSES = [
    "https://www.example.go.th/public/ita/2567/oit/o34-measures-report_final.pdf",
    "somebody.longname@sommut-thara.example.go.th",
]
# Longer than any narrow cell, and the widest letters there are.
LONG = [
    *ADDRESSES,
    "นางสาวสมมติชนกกมลรัตน์วงศ์สุวรรณ ทดสอบระบบยาวมาก",
    "วิทยาศาสตรมหาบัณฑิต",
    "ฌฏญ" * 12,
    "เ" * 30,
    "W" * 30,
    "๑๒๓๔๕๖๗๘๙๐" * 4,
    "incomprehensibilities",
    "😀" * 20,
    '"(กองสวัสดิการสังคม),"',
    "(นายสมมติ ทดสอบ)/(นางสมมติ ทดสอบ)",
]

needs_the_font = pytest.mark.skipif(
    not paper_font_is_installed(), reason="run scripts/install_paper_font.py"
)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("", ""),
        ("ข้อ <b> & 12", "ข้อ &lt;b&gt; &amp; ๑๒"),
        ("ณ 31 มีนาคม 2564", 'ณ <span class="whole">๓๑ มีนาคม ๒๕๖๔</span>'),
        ("ก\u200bข\u2060ค\u034fง\ufeff", "กขคง"),
        ("non\u2011stop\tก", '<span class="whole">non-stop</span> ก'),
        ("บรรทัดหนึ่ง\nบรรทัดสอง", "บรรทัดหนึ่ง\nบรรทัดสอง"),
        ("ก\u2028ข\u3000ค\u2009ง", "ก\nข ค ง"),
        ("เสร็จ ✓", 'เสร็จ <span class="other">✓\ufe0e</span>'),
        ("ดี ❤\ufe0f", 'ดี <span class="other">❤\ufe0e</span>'),
        ("ลาว ລາວ", 'ลาว <span class="other">ລາວ</span>'),
        ("ก\ue000ข", f"ก{BREAK}[U+E000]{BREAK}ข"),
    ],
)
def test_text_is_dressed_for_paper(typed, printed):
    assert paper_text(typed, longest=45) == printed


def test_of_pieces_too_long_for_the_column_the_parts_stay_whole():
    assert (
        paper_text("ณ 31 มีนาคม พ.ศ. 2564", longest=12)
        == 'ณ <span class="whole">๓๑ มีนาคม</span> <span class="whole">พ.ศ. ๒๕๖๔</span>'
    )


def test_words_of_the_field_are_whole_and_parted_from_their_neighbours():
    assert (
        paper_text("ให้หน่วยงานทราบ", longest=20)
        == f'ให้{BREAK}<span class="whole">หน่วยงาน</span>{BREAK}ทราบ'
    )


def test_words_the_printer_keeps_whole_need_no_span():
    assert paper_text("มีนโยบายใหม่", longest=20) == f"มี{BREAK}นโยบาย{BREAK}ใหม่"


def test_names_of_the_document_are_held_while_it_is_drawn():
    text = "ให้สมมติชาย ตั้งมั่นไปประชุม"
    names = names_of(content())
    assert "สมมติชาย ตั้งมั่น" in names
    with names_held(names):
        assert '<span class="whole">สมมติชาย ตั้งมั่น</span>' in paper_text(text, longest=45)
    assert "<span" not in paper_text(text, longest=45)


@given(st.text(), st.integers(min_value=5, max_value=45))
def test_nothing_but_spans_and_breaks_is_added(text, longest):
    marked = paper_text(text, longest=longest)
    plain = paper_text(text, longest=10_000)
    added = re.compile(f'<span class="(whole|other)">|</span>|{BREAK}')
    assert added.sub("", marked) == added.sub("", plain)


@pytest.mark.parametrize("words", [10_000, 20_000])
def test_a_cell_of_many_words_is_not_slow(words):
    text = "".join((VOCABULARY * (words // len(VOCABULARY) + 1))[:words])
    paper_text("", longest=16)  # loads the dictionary
    started = process_time()

    paper_text(text, longest=16)

    assert process_time() - started < SLOW * words / 10_000


# In print ----------------------------------------------------------------------------------------


@needs_the_font
@pytest.mark.parametrize("width", [2, 3, 4])
def test_nothing_leaves_a_narrow_cell(width, tmp_path):
    document = document_of_cells([*LONG, *VOCABULARY], width=width)
    pdf = document.write_pdf()
    for page in range(1, len(document.pages) + 1):
        for word, left, _, right, _ in words_of(pdf, folder=tmp_path, page=page):
            assert left >= LEFT, word
            assert right <= LEFT + width * CM, word


def lines_of_cells(texts, *, width):
    """Return the lines of each cell, joined by "|", without the breaks that were marked."""
    cells = []
    for page in document_of_cells(texts, width=width).pages:
        for cell in page._page_box.descendants():
            if isinstance(cell, boxes.TableCellBox):
                lines = [box for box in cell.descendants() if isinstance(box, boxes.LineBox)]
                cells.append("|".join(map(text_of_line, lines)))
    return cells


def text_of_line(line):
    texts = (box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
    return "".join(texts).replace(BREAK, "").strip()


@needs_the_font
@pytest.mark.parametrize("width", [2, 3, 4])
def test_no_line_begins_with_a_mark_or_ends_with_a_leading_vowel(width):
    for cell in lines_of_cells([*LONG, *VOCABULARY], width=width):
        if set(cell) > set("เ|"):  # nothing but leading vowels has no other place to break
            assert not re.search("[เ-ไ]\\||\\|[ะ-ฺๅ็-๎]", cell), cell


@needs_the_font
def test_words_of_the_field_are_never_broken_where_they_fit():
    texts = [f"{'มา' * at} เพื่อให้{word}และ{word}ต่อ" for word in VOCABULARY for at in (0, 1, 2)]
    for text, cell in zip(texts, lines_of_cells(texts, width=11), strict=True):
        word = VOCABULARY[texts.index(text) // 3]
        assert cell.count(word) == 2, cell


@needs_the_font
def test_addresses_break_at_their_signs_without_a_hyphen():
    web, mail = lines_of_cells(ADDRESSES, width=3)
    assert web.replace("|", "") == ADDRESSES[0]
    assert mail.replace("|", "") == ADDRESSES[1]
    assert all(part[-1] in "/.-_@" for part in [*web.split("|")[:-1], *mail.split("|")[:-1]])


@needs_the_font
def test_a_long_word_breaks_between_its_syllables():
    assert lines_of_cells(["งบประมาณ", "ประชาสัมพันธ์"], width=1.5) == ["งบประ|มาณ", "ประชา|สัมพันธ์"]
