import html
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_portal.thai.line_breaks import JOINER, held_together, keep_whole, without_joiners
from ita_portal.thai.numerals import to_thai_digits

SLOW = 2  # seconds; the longest takes a tenth of it
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
    "๐๔๒ - ๒๑๙๙๑๗",
    "๗๖๘๐๑/๕๒",
    "นธ ๗๓๘๐๑.๑/-",
    "๑๔๙/๒๕๖๖",
    "๑,๒๓๔.๕๐ บาท",
    "๑๒ เดือน",
    "ร้อยละ ๘๕.๕๐",
    "ข้อ ๑๒",
    "ต่าง ๆ",
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
            "12",
            "๒๕๖๗",
            "ก",
            "น้ำ",
        ]
    ),
    max_size=8,
).map("".join)


@given(PIECES | st.text().map(without_joiners))
def test_keep_whole_adds_joiners_and_nothing_else(text):
    kept = keep_whole(text)

    assert kept.replace(JOINER, "") == text
    assert keep_whole(kept) == kept


@given(PIECES)
def test_no_joiner_parts_a_consonant_from_its_marks(text):
    kept = keep_whole(text)

    for before, after in pairwise(kept):
        assert not (before == JOINER and after in "ะัาำิีึืุูๅ็่้๊๋์ํ" + JOINER)
        assert not (after == JOINER and before in "เแโใไ")


@given(PIECES)
def test_digits_may_be_turned_before_or_after(text):
    assert to_thai_digits(keep_whole(text)) == keep_whole(to_thai_digits(text))


@given(PIECES | st.text())
def test_pieces_are_in_order_and_apart(text):
    ends = [end for span in held_together(text) for end in span]

    assert ends == sorted(ends)
    assert all(start < end for start, end in held_together(text))


@given(PIECES | st.text(alphabet="นายสมเโัี่าำ ๆ๑ปี/.", max_size=60))
def test_pieces_cut_no_consonant_from_its_marks(text):
    for place in {place for span in held_together(text) for place in span} - {0, len(text)}:
        assert text[place - 1] not in "เแโใไ"
        assert text[place] not in "ะัาำิีึืุูๅ็่้๊๋์ํ"


def pieces(text):
    return [text[start:end] for start, end in held_together(text)]


@pytest.mark.parametrize("whole", [whole for whole in WHOLE if "ๆ" not in whole])
def test_each_kind_is_one_piece(whole):
    assert pieces(f"ตาม {whole} ทุกประการ") == [whole.strip("()")]


def test_a_word_is_held_to_the_sign_that_repeats_it():
    assert pieces("ต่าง ๆ และต่างๆ ที่นี่ ๆ") == ["ง ๆ", "นี่ ๆ"]


@pytest.mark.parametrize("hostile", ["1" * 20_000, "1." * 10_000, "1/" * 10_000, "นาย" * 6_000])
def test_long_texts_are_not_slow(hostile):
    started = process_time()

    keep_whole(hostile)

    assert process_time() - started < SLOW


def test_pieces_that_overlap_are_one():
    assert pieces("หนังสือที่ ๑๔๙/๒๕๖๖ และ ๑๒ เดือน") == ["ที่ ๑๔๙/๒๕๖๖", "๑๒ เดือน"]


@pytest.mark.parametrize(
    "text",
    [
        "นายกองค์การบริหารส่วนตำบลสมมติธารา อำเภอสมมติ",
        "นายกเทศมนตรีตำบลสมมติ อำเภอสมมติ",
        "นายก อบต. อนุมัติ",
        "นายอำเภอสมมติ ลงนาม",
        "ทนายความ ประจำหน่วยงาน",
        "ประชาสัมพันธ์ให้ประชาชนทราบ อย่างทั่วถึง",
        "",
    ],
)
def test_posts_and_running_text_may_break_anywhere(text):
    assert keep_whole(text) == text


def lines_of(markup, *, width):
    """Return the lines WeasyPrint makes of HTML in a column of so many points."""
    weasyprint = pytest.importorskip("weasyprint")
    from weasyprint.formatting_structure import boxes

    style = (
        f"p {{ font: 12pt Laksaman, sans-serif; width: {width}pt }}.whole {{ white-space: nowrap }}"
    )
    document = weasyprint.HTML(string=f'<style>{style}</style><p lang="th">{markup}</p>').render()
    page = document.pages[0]
    lines = [box for box in page._page_box.descendants() if isinstance(box, boxes.LineBox)]
    return [
        "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
        for line in lines
    ]


def with_joiners(text):
    return html.escape(keep_whole(text))


def with_spans(text):
    written, done = "", 0
    for start, end in held_together(text):
        written += f'{html.escape(text[done:start])}<span class="whole">{text[start:end]}</span>'
        done = end
    return written + html.escape(text[done:])


WIDTHS = range(130, 230, 9)  # points; the longest piece takes 120


@pytest.mark.parametrize("marked", [with_joiners, with_spans])
@pytest.mark.parametrize("whole", WHOLE)
def test_no_printed_line_breaks_inside(whole, marked):
    text = f"ผู้รายงานความก้าวหน้า {whole} เป็นผู้จัดทำเอกสาร"

    for width in WIDTHS:
        printed = [without_joiners(line) for line in lines_of(marked(text), width=width)]
        assert any(whole in line for line in printed), (width, printed)


@pytest.mark.parametrize("whole", ["นางสาวสมมติชนก ทดสอบระบบ", "๗๖๘๐๑/๕๒", "พ.ศ. ๒๕๖๗", "ต่าง ๆ"])
def test_the_printer_breaks_what_is_not_marked(whole):
    text = f"ผู้รายงานความก้าวหน้า {whole} เป็นผู้จัดทำเอกสาร"

    assert not all(
        any(whole in line for line in lines_of(text, width=width)) for width in range(90, 230)
    )
