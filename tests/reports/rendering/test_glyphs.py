"""Every character typed is seen on paper: with its own font, with another, or by its number."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from reports.rendering.fonts import FALLBACKS, paper_font_is_installed
from reports.rendering.glyphs import (
    unprintable,
    unprintable_message,
    unprintable_places,
    visible,
    with_unprintable_named,
)
from tests.factories.content import content, measure
from tests.reports.rendering.cells import document_of_cells
from tests.reports.rendering.printed import fonts_of, poppler

NO_CHARACTER = "\U0001fae8\u0378\ufdd0"  # newer than the fonts, unassigned, never a character
PRIVATE = "\ue000\uf70a\U000f0000"
BLANK_BOX = ".notdef glyph rendered"  # WeasyPrint warns of each
SHOWN = [
    ("ไทย with English – “คำพูด” … ½ ²", set()),
    ("→ ≥", {"Noto-Sans-Math", "TH-SarabunPSK"}),
    ("✓ ☑ ☐ ✔ ❤ ★ ●", {"Noto-Sans-Symbols2"}),
    ("❤\ufe0f ⚠\ufe0f", {"Noto-Sans-Symbols2"}),
    ("😀 🙏 ✅ 🇹🇭", {"Symbola"}),
    ("👨\u200d👩\u200d👧 👍🏽", {"Symbola"}),
    ("1\ufe0f\u20e3 ①", set()),
    ("Ж Ω", {"Noto-Sans"}),
    ("ສະບາຍດີ", {"Noto-Sans-Lao"}),
    ("ភាសាខ្មែរ", {"Noto-Sans-Khmer"}),
    ("မြန်မာ", {"Noto-Sans-Myanmar"}),
    ("हिन्दी", {"Noto-Sans-Devanagari"}),
    ("العربية", {"Noto-Sans-Arabic"}),
    ("\u0301 \u0e31 \u0e48 ก\u0301", set()),
]

pytestmark = pytest.mark.skipif(
    not paper_font_is_installed(), reason="run scripts/install_paper_font.py"
)


# In print ----------------------------------------------------------------------------------------


def printed(text, tmp_path):
    file = tmp_path / "cell.pdf"
    file.write_bytes(document_of_cells([text], width=12).write_pdf())
    return file


@pytest.mark.parametrize(("text", "families"), SHOWN)
def test_what_a_font_has_is_printed_with_it(text, families, tmp_path, caplog):
    assert unprintable(text) == []
    file = printed(text, tmp_path)

    used = fonts_of(file.read_bytes(), folder=tmp_path)
    assert all(any(family in name for name in used) for family in families), used
    ours = {family.replace(" ", "-") for family in [*FALLBACKS, "TH SarabunPSK"]}
    assert all(any(name.startswith(family) for family in ours) for name in used), used
    assert BLANK_BOX not in caplog.text


@pytest.mark.parametrize("character", [*NO_CHARACTER, *PRIVATE, "ㄱ", "漢", "あ"])
def test_what_no_font_has_is_printed_by_its_number(character, tmp_path, caplog):
    assert unprintable(f"ก{character}ข{character}") == [character]
    file = printed(f"ก{character}ข", tmp_path)

    assert fonts_of(file.read_bytes(), folder=tmp_path) == {"TH-SarabunPSK"}
    text = poppler(file.read_bytes(), "pdftotext", folder=tmp_path)
    assert f"ก[U+{ord(character):04X}]ข" in text
    assert BLANK_BOX not in caplog.text


def test_a_blank_box_would_be_noticed(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("reports.rendering.paper_text.with_unprintable_named", lambda text: text)

    printed("ก\u0378ข", tmp_path)

    assert BLANK_BOX in caplog.text


def test_characters_of_the_copied_text_are_those_typed(tmp_path):
    typed = "เสร็จ ✓ 😀 ລາວ"

    text = poppler(printed(typed, tmp_path).read_bytes(), "pdftotext", folder=tmp_path)

    assert text.split() == typed.split()


# Without print -----------------------------------------------------------------------------------


@given(st.text())
def test_named_text_can_be_printed(text):
    assert unprintable(with_unprintable_named(visible(text))) == []


@pytest.mark.parametrize(
    "nothing", ["\u200b", "\u200d", "\ufe0f", "\u202e", "\u2066", "\x07", "\u3164", "\U000e0041"]
)
def test_what_shows_nothing_is_no_fault(nothing):
    assert unprintable(f"ก{nothing}ข") == []
    assert visible(f"ก{nothing}ข") == "กข"


def test_every_fallback_font_has_characters_the_others_lack():
    fonts = {family: set(TTFont(file).getBestCmap()) for family, file in FALLBACKS.items()}
    for family, characters in fonts.items():
        others = set().union(*(each for name, each in fonts.items() if name != family))
        assert characters - others, family


# Naming the place --------------------------------------------------------------------------------


def test_each_place_is_named_once_with_its_characters():
    frozen = content(measures=[measure(1, title="ก漢ข漢"), measure(12, result="\ue000\nあ漢")])
    frozen["memo"]["subject"] = "เรื่อง 漢"

    assert unprintable_places(frozen) == [
        ("เรื่อง", ["漢"]),
        ("มาตรการที่ ๑ ชื่อมาตรการ", ["漢"]),
        ("มาตรการที่ ๑๒ ผลการดำเนินการ", ["\ue000", "あ", "漢"]),
    ]


def test_message_says_which_where_and_what_to_do():
    frozen = content(measures=[measure(3, steps=["ขั้นแรก", "ขั้น漢\ue000"])])

    assert unprintable_message(frozen) == (
        "เอกสารมีอักขระที่พิมพ์ไม่ได้ เพราะแบบอักษรไม่รองรับ โปรดลบหรือพิมพ์เป็นคำแทน ได้แก่ "
        "มาตรการที่ ๓ ขั้นตอนหรือวิธีการ: 漢 (U+6F22), □ (U+E000)"
    )


def test_content_that_can_be_printed_has_no_message():
    assert unprintable_message(content()) == ""
