"""Texts that no office form foresees: other scripts in every text, a cell of ten thousand words."""

import itertools
import re

import pytest

from ita_portal.thai.numerals import to_thai_digits
from reports.layouts import LAYOUTS
from reports.publishing import obstacles_of
from reports.rendering.as_pdf import pdf_of
from reports.rendering.fonts import FALLBACKS, paper_font_is_installed
from tests.factories.content import content, entry, evidence, finding, measure, signoff
from tests.reports.rendering.printed import (
    begins_with,
    catchword_of,
    compact,
    fonts_of,
    pages_of,
    poppler,
    without_furniture,
    without_heads,
)
from tests.reports.rendering.structure import problems_of

pytestmark = pytest.mark.skipif(
    not paper_font_is_installed(), reason="run scripts/install_paper_font.py"
)

BLANK_BOX = ".notdef glyph rendered"  # WeasyPrint warns of each
CENTIMETRE = 72 / 2.54  # points
A_FRACTION = 1  # of a point, for rounding

# Other scripts -----------------------------------------------------------------------------------

SHOWN = ["😀", "ສະບາຍດີ", "✓", "Ж"]
NAMED = {"漢": "[U+6F22]", "あ": "[U+3042]", "\ue000": "[U+E000]", "\U000f0000": "[U+F0000]"}
ARABIC = "العربية"


def odd(place: str) -> str:
    return f"{place} {' '.join(SHOWN)} {ARABIC} {' '.join(NAMED)} จบ"


def odd_content(layout: str):
    """Content with other scripts wherever something is typed."""
    kinds = ("photo",) if layout == "memo_photos" else ("link",)
    one = measure(
        1,
        title=odd("ชื่อ"),
        steps=[{"number": 1, "text": odd("ขั้นหนึ่ง")}, {"number": 2, "text": odd("ขั้นสอง")}],
        responsible=[{"kind": "division", "text": odd("ผู้ทำ")}],
        period={"text": odd("ระยะเวลา"), "start": None, "end": None},
        monitoring=odd("ติดตาม"),
        status="done",
        status_note=odd("หมายเหตุ"),
        result=odd("ผล"),
        outcome=odd("ผลลัพธ์"),
        suggestion=odd("ข้อเสนอแนะ"),
        findings=[1],
        progress=[entry(evidence=[evidence(kind, caption=odd("คำบรรยาย")) for kind in kinds])],
    )
    frozen = content(measures=[one], findings=[finding(1, analysis=odd("วิเคราะห์"))])
    frozen["memo"]["subject"] = odd("เรื่องนี้")
    frozen["paragraphs"]["opening"] = [odd("ความนำ")]
    frozen["paragraphs"]["closing"] = [odd("ลงท้าย")]
    frozen["signoff"] = [{**step, "opinion": odd("ความเห็น")} for step in signoff()]
    return frozen


@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_scripts_are_shown_or_named_in_every_text(layout, tmp_path, caplog):
    pdf = pdf_of(odd_content(layout), layout=layout)

    assert BLANK_BOX not in caplog.text
    text = "".join(pages_of(pdf, folder=tmp_path))
    times = text.count("😀")
    assert times >= 6
    for shown in [*SHOWN, *NAMED.values()]:
        assert compact(text).count(shown) == times, shown
    assert not set(NAMED) & set(text)
    assert set(ARABIC) <= set(text)
    ours = {family.replace(" ", "-") for family in [*FALLBACKS, "TH SarabunPSK"]}
    used = fonts_of(pdf, folder=tmp_path)
    assert all(any(name.startswith(family) for family in ours) for name in used), used
    assert problems_of(pdf) == []


def test_what_keeps_a_text_from_paper_is_told_with_place_and_character():
    [told] = obstacles_of(odd_content("memo_status") | {"has_annex": False})

    for place in (
        "เรื่อง",
        "ความนำ",
        "มาตรการที่ ๑ ชื่อมาตรการ",
        "มาตรการที่ ๑ ผลลัพธ์",
        "ประเด็นที่ ๑ บทวิเคราะห์",
    ):
        assert f" {place}: 漢 (U+6F22), あ (U+3042), □ (U+E000), □ (U+F0000)" in told
    assert "😀" not in told
    assert "U+0627" not in told  # Arabic has a font


# A cell of many words ----------------------------------------------------------------------------

WORDS = [
    *("ตรวจ", "งาน", "ถนน", "ประชุม", "ชาวบ้าน", "น้ำ", "ปลูก", "ต้นไม้", "โรงเรียน", "ซ่อม"),
    *("สะพาน", "รายงาน", "เปิด", "ข้อมูล", "บัญชี", "เงิน", "ตลาด", "สุขภาพ", "เด็ก", "ผู้สูงอายุ"),
    *("ขยะ", "ความสุจริต", "แผน", "คลอง", "ป้าย"),
]
CONTINUED = re.compile(r"(\([๐-๙]+\)|[๐-๙]+\.)?\(ต่อ\)")
LENGTHS = [
    # layout, column, words, how often it is printed
    ("indicator_table", "result", 1_000, 1),
    ("memo_status", "monitoring", 10_000, 1),  # the narrowest column
    ("memo_status", "steps", 500, 2),  # what was planned, where it stands
    ("memo_status", "status_note", 500, 1),
    ("memo_photos", "result", 800, 1),
    ("cover_table", "result", 800, 1),
    ("cover_table", "outcome", 1_000, 1),
    ("item_narrative", "result", 800, 1),
]


def many_words(count: int) -> str:
    """Words without a space between them, each tenth with its number: Thai as it is written."""
    return "".join(
        f" [{number // 10}] {WORDS[number % 25]}" if number % 10 == 0 else WORDS[number * 7 % 25]
        for number in range(count)
    ).strip()


def with_long_cell(column: str, text: str):
    """A measure with one long text; its other cells hold words that stand nowhere else."""
    value = [{"number": 1, "text": text}] if column == "steps" else text
    others = {
        "title": "หัวเรื่องสมมติ",
        "steps": [{"number": 1, "text": "ขั้นสมมติ"}],
        "responsible": [{"kind": "division", "text": "กองสมมติ"}],
        "period": {"text": "เวลาสมมติ", "start": None, "end": None},
        "monitoring": "ติดตามสมมติ",
        "status": "done",
        "result": "ผลสมมติ",
        "outcome": "ผลลัพธ์สมมติ",
        "suggestion": "เสนอแนะสมมติ",
    }
    return content(measures=[measure(1, **others | {column: value})], signoff=[])


OTHER_CELLS = re.compile("(หัวเรื่อง|ขั้น|กอง|เวลา|ติดตาม|ผลลัพธ์|ผล|เสนอแนะ)สมมติ|--/")


def text_of_cells(page: str) -> str:
    """The compact text of a page without what is repeated and without the short cells."""
    return CONTINUED.sub("", OTHER_CELLS.sub("", without_heads(compact(without_furniture(page)))))


@pytest.mark.parametrize(("layout", "column", "words", "times"), LENGTHS)
def test_long_cell_is_printed_whole_over_many_pages(layout, column, words, times, tmp_path):
    typed = many_words(words)
    pdf = pdf_of(with_long_cell(column, typed), layout=layout)

    pages = pages_of(pdf, folder=tmp_path)
    expected = compact(to_thai_digits(typed))
    printed = "".join(map(text_of_cells, pages))
    assert printed.count(expected) == times
    assert_catchwords_hold(pages)
    if layout != "item_narrative":  # prose goes on without a mark
        assert_continued_pages_say_so(pages)
    assert_nothing_leaves_the_margins(pdf, tmp_path)


def assert_catchwords_hold(pages: list[str]) -> None:
    assert catchword_of(pages[-1]) == ""
    for page, following in itertools.pairwise(pages):
        assert begins_with(following, catchword_of(page))


def assert_continued_pages_say_so(pages: list[str]) -> None:
    """Each page with words of the cell, but not its first, says that a row goes on."""
    later = [page for page in pages if "[" in page and "[๐]" not in page]
    assert len(later) > 2
    assert all("(ต่อ)" in page for page in later)


def assert_nothing_leaves_the_margins(pdf: bytes, folder) -> None:
    html = poppler(pdf, "pdftotext", "-bbox", folder=folder)
    count = 0
    for page in html.split("</page>")[:-1]:
        width = float(re.search(r'<page width="(.+?)"', page)[1])
        left = (2 if width > 700 else 3) * CENTIMETRE
        for x_min, x_max in re.findall(r'<word xMin="(.+?)" .*?xMax="(.+?)"', page):
            count += 1
            assert float(x_min) >= left - A_FRACTION
            assert float(x_max) <= width - 2 * CENTIMETRE + A_FRACTION
    assert count > 100
