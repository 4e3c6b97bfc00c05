import pytest

from reports.rendering.paper_text import paper_text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("", ""),
        ("ข้อ <b> & 12", "ข้อ &lt;b&gt; &amp; ๑๒"),
        ("ณ 31 มีนาคม 2564", 'ณ <span class="whole">๓๑ มีนาคม ๒๕๖๔</span>'),
        ("ก\u200bข\u2060ค\u034fง\ufeff", "กขคง"),
        ("non\u2011stop\tก", "non-stop ก"),
        ("บรรทัดหนึ่ง\nบรรทัดสอง", "บรรทัดหนึ่ง\nบรรทัดสอง"),
    ],
)
def test_text_is_dressed_for_paper(typed, printed):
    assert paper_text(typed, longest=45) == printed


def test_pieces_too_long_for_the_column_may_break():
    assert paper_text("ณ 31 มีนาคม 2564", longest=12) == "ณ ๓๑ มีนาคม ๒๕๖๔"
