import pytest

from reports.rendering.as_pdf import pdf_of
from reports.rendering.fonts import paper_font_is_installed
from tests.factories.content import content, measure
from tests.reports.rendering.printed import pages_of

TITLE = "เว็บไซต์ขององค์การบริหารส่วนตำบลและพนักงานบริการเป็นไปตามคุณลักษณะการบริการ"
TORN = {"องค์กา\nร", "พนัก\nงานบ", "องค์การบ\nริ", "องค์การบริ\nหาร", "พนักงา\nน"}  # by WeasyPrint alone


@pytest.mark.skipif(not paper_font_is_installed(), reason="run scripts/install_paper_font.py")
def test_no_line_in_a_narrow_column_ends_inside_a_word(tmp_path):
    shifted = [measure(at, title=f"{'ก' * at} {TITLE}", steps=[]) for at in range(1, 17)]
    printed = pdf_of(content(measures=shifted), layout="memo_status")
    text = "\n".join(pages_of(printed, folder=tmp_path))
    assert {torn for torn in TORN if torn in text} == set()
    assert text.replace("\n", "").count(TITLE) == 32  # two tables; the columns were read in order
