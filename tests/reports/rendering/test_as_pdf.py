import copy
import io
import itertools
import re
import subprocess
import sys

import pytest
from pypdf import PdfReader

from ita_portal.thai.numerals import to_thai_digits
from reports.rendering.as_pdf import files_of, pdf_of
from reports.rendering.fonts import paper_font_is_installed
from reports.rendering.parts import Variant
from tests.factories.content import content, empty_content, measure, signer
from tests.reports.rendering.printed import (
    begins_with,
    body_of,
    catchword_of,
    compact,
    fonts_of,
    pages_of,
    poppler,
)

needs_paper_font = pytest.mark.skipif(
    not paper_font_is_installed(), reason="run scripts/install_paper_font.py"
)

FIELDS = "บันทึกข้อความ ส่วนราชการ ที่ วันที่ เรื่อง เรียน"
MILLIMETRE = 72 / 25.4  # points

LONG_TEXT = (
    "ผู้บริหารประกาศว่าจะทำงานด้วยความซื่อตรง น้ำใจงาม กล้าหาญ และพร้อมรับผิดต่อประชาชนทุกหมู่บ้าน "
    "ปั้นน้ำเป็นตัวไม่ได้ ต้องชี้แจงด้วยข้อมูลที่ตรวจสอบได้ ฐานข้อมูลและปฏิทินงานอยู่ที่ญาติผู้ใหญ่ "
)


def memo(**changes):
    return pdf_of(content(**changes), layout="memo_status")


def of_paragraphs(*texts):
    frozen = empty_content()
    frozen["paragraphs"]["opening"] = list(texts)
    return frozen


@pytest.fixture(scope="module")
def printed():
    """The memo of six measures, drawn once for the tests that only read it."""
    return memo()


# Text -------------------------------------------------------------------------------------------


@needs_paper_font
def test_text_comes_out_exactly_as_it_went_in(tmp_path):
    texts = [
        LONG_TEXT * 30,
        "กำ ก่ำ ก้ำ น้ำ ซ้ำ ค่ำ ป้ำ ฟ้า ปั่น ปี่ ปื๊น ญู ฐู ฎุ ฏู ฬุ ฤๅ ฦๅ ๆ ฯลฯ เป็น เก้าอี้ โต๊ะ",
        "ลงชื่อ (นางสาวสมมติ ใจดี) วันที่ ๓๐ มีนาคม ๒๕๖๔ เวลา ๑๔.๐๕ น. “ทดสอบ” 100% – ½",
    ]
    pages = pages_of(pdf_of(of_paragraphs(*texts), layout="memo_status"), folder=tmp_path)
    assert len(pages) > 2
    assert "".join(map(body_of, pages)) == compact(FIELDS + to_thai_digits("".join(texts)))


@needs_paper_font
def test_whole_memo_prints_every_text_once_in_order(printed, tmp_path):
    frozen = content()
    memo_fields, paragraphs = frozen["memo"], frozen["paragraphs"]
    expected = [
        "บันทึกข้อความ ส่วนราชการ",
        memo_fields["office"],
        f"ที่ {memo_fields['number']} วันที่ ๓๐ มีนาคม ๒๕๖๔",
        f"เรื่อง {memo_fields['subject']} เรียน {memo_fields['addressee']}",
        *paragraphs["opening"],
        paragraphs["measures_title"],
        "มาตรการ ขั้นตอนหรือวิธีการ ผู้รับผิดชอบ การกำกับติดตาม",
    ]
    for one in frozen["measures"]:
        expected += [f"({one['number']})", one["title"], steps_of(one)]
        expected += [party["text"] for party in one["responsible"]] + [one["monitoring"]]
    expected += [*paragraphs["assessment"], paragraphs["results_title"]]
    expected += [
        "มาตรการ ขั้นตอนหรือวิธีการ สถานะการดำเนินการ ยังไม่ดำเนินการ อยู่ระหว่างดำเนินการ "
        "ดำเนินการเสร็จเรียบร้อยแล้ว"
    ]
    for one in frozen["measures"]:
        ticks = "- - / (ตรวจดูได้ที่เว็บไซต์ของหน่วยงาน)" if one["status"] == "done" else "- / -"
        expected += [one["title"], steps_of(one), ticks]
    expected += [
        "จึงเรียนมาเพื่อโปรดทราบ",
        "(ลงชื่อ) นางสาวสมมติ ใจดี (นางสาวสมมติ ใจดี) ผู้ช่วยนักวิเคราะห์นโยบายและแผน วันที่ ๓๐ มีนาคม ๒๕๖๔",
        "ความเห็นหัวหน้าสำนักปลัด",
        frozen["signoff"][1]["opinion"],
        "(ลงชื่อ) จำเอก สมมติชาย ตั้งมั่น (สมมติชาย ตั้งมั่น) หัวหน้าสำนักปลัด วันที่ ๓๐ มีนาคม ๒๕๖๔",
        "ความเห็นรองปลัดองค์การบริหารส่วนตำบล (ลงชื่อ) (นางสมมติหญิง น้ำคำ) รองปลัดองค์การบริหารส่วนตำบล",
        "ความเห็นปลัดองค์การบริหารส่วนตำบล (ลงชื่อ) (นางสมมติหญิง น้ำคำ)",
        "รองปลัดองค์การบริหารส่วนตำบล รักษาราชการแทน ปลัดองค์การบริหารส่วนตำบลสมมตินา",
        "อนุมัติ ไม่อนุมัติ เนื่องจาก (ลงชื่อ) (นายสมมติศักดิ์ ฟ้าปั้น) นายกองค์การบริหารส่วนตำบลสมมตินา",
    ]
    assert once("".join(map(body_of, pages_of(printed, folder=tmp_path)))) == once(
        compact(to_thai_digits("\n".join(expected)))
    )


def steps_of(one):
    texts = [step["text"] for step in one["steps"]]
    return texts[0] if len(texts) == 1 else " ".join(f"- {text}" for text in texts)


def once(text):
    """Without table heads, which the reader of pages drops where they stand on top of a page."""
    for head in (
        "มาตรการขั้นตอนหรือวิธีการผู้รับผิดชอบการกำกับติดตาม",
        "มาตรการขั้นตอนหรือวิธีการสถานะการดำเนินการยังไม่ดำเนินการอยู่ระหว่างดำเนินการดำเนินการเสร็จเรียบร้อยแล้ว",
    ):
        text = text.replace(head, "")
    return text


@needs_paper_font
def test_only_the_paper_font_is_embedded(printed, tmp_path):
    assert fonts_of(printed, folder=tmp_path) == {"TH-SarabunPSK", "TH-SarabunPSK-Bold"}


@needs_paper_font
def test_invisible_characters_bring_no_second_font(tmp_path):
    frozen = of_paragraphs("ข้อ\u200bมูล\u2060สาธารณะ\u034f\ufeff\u00ad และ\u200d non\u2011stop\x07")
    printed = pdf_of(frozen, layout="memo_status")
    assert fonts_of(printed, folder=tmp_path) == {"TH-SarabunPSK", "TH-SarabunPSK-Bold"}
    [page] = pages_of(printed, folder=tmp_path)
    assert body_of(page) == compact(FIELDS + "ข้อมูลสาธารณะ และ non-stop")


def test_digits_are_thai_outside_links_and_latin_words(printed, tmp_path):
    text = " ".join(pages_of(printed, folder=tmp_path))
    assert sorted(set(re.findall(r"[A-Za-z-]*[0-9]+", text))) == [
        "COVID-19",
        "O1",
        "O43",
        "service1",
    ]


def test_typed_markup_is_printed_as_text(tmp_path):
    frozen = of_paragraphs('<b>หนา</b> & <img src="https://example.go.th/x.png"> {{ x }} {% if %}')
    [page] = pages_of(pdf_of(frozen, layout="memo_status"), folder=tmp_path)
    assert body_of(page) == compact(
        FIELDS + '<b>หนา</b> & <img src="https://example.go.th/x.png"> {{ x }} {% if %}'
    )


def test_line_breaks_people_typed_are_kept(tmp_path):
    one = measure(1, title="บรรทัดหนึ่ง\nบรรทัดสอง")
    pages = pages_of(memo(measures=[one]), folder=tmp_path)
    assert "".join(pages).count("(๑) บรรทัดหนึ่ง\nบรรทัดสอง\n") == 1


# Pages ------------------------------------------------------------------------------------------


def assert_catchwords_match(pages):
    assert catchword_of(pages[-1]) == ""
    for page, following in itertools.pairwise(pages):
        assert begins_with(following, catchword_of(page))


def many_measures():
    return {"measures": [measure(number) for number in range(1, 41)]}


def one_endless_step():
    step = {"number": 1, "text": LONG_TEXT * 30}
    return {"measures": [measure(1), measure(2, steps=[step]), measure(3)]}


def long_opening():
    paragraphs = content()["paragraphs"] | {"opening": [LONG_TEXT * 4] * 9}
    return {"paragraphs": paragraphs}


@pytest.mark.parametrize("changes", [dict, many_measures, one_endless_step, long_opening])
def test_every_catchword_is_the_start_of_the_next_page(changes, tmp_path):
    pages = pages_of(memo(**changes()), folder=tmp_path)
    assert len(pages) > 3
    assert_catchwords_match(pages)


@pytest.mark.parametrize("words", range(0, 60, 7))
def test_catchwords_hold_wherever_the_page_breaks_fall(words, tmp_path):
    paragraphs = content()["paragraphs"]
    paragraphs["opening"] = [*paragraphs["opening"], "ข้อความเพิ่มเติมเพื่อเลื่อนหน้า " * words]
    pages = pages_of(memo(paragraphs=paragraphs), folder=tmp_path)
    assert_catchwords_match(pages)
    for page in pages:  # neither a heading nor a table head stands alone at the foot of a page
        last = page.replace("\n", " ").split("- ")[0].strip()
        assert not last.endswith(("สมมติธานี", "เรียบร้อยแล้ว", "การกำกับติดตาม"))


def test_page_numbers_stand_from_the_second_page(printed, tmp_path):
    pages = pages_of(printed, folder=tmp_path)
    numbers = [re.findall(r"(?m)^- [๐-๙]+ -$", page) for page in pages]
    assert numbers == [[], *([f"- {to_thai_digits(n)} -"] for n in range(2, len(pages) + 1))]


def test_table_head_comes_again_on_each_page_of_the_table(tmp_path):
    pages = pages_of(memo(measures=[measure(n) for n in range(1, 31)]), folder=tmp_path)
    rows = re.compile(r"(?m)^\([๐-๙]+\) ")
    head = "มาตรการ ขั้นตอนหรือวิธีการ ผู้รับผิดชอบ การกำกับติดตาม"
    with_rows = [page for page in pages if rows.search(page)]
    assert len(with_rows) > 5
    assert [page.count(head) for page in with_rows] == [1] * len(with_rows)


def test_rows_are_not_split(tmp_path):
    pages = pages_of(memo(measures=[measure(n) for n in range(1, 31)]), folder=tmp_path)
    starts = sum(len(re.findall(r"(?m)^\([๐-๙]+\) ", page)) for page in pages)
    ends = sum(page.count("๓๑ มีนาคม ๒๕๖๔") for page in pages)
    assert (starts, ends) == (30, 30)
    for page in pages:
        assert len(re.findall(r"(?m)^\([๐-๙]+\) ", page)) == page.count("๓๑ มีนาคม ๒๕๖๔")


@pytest.mark.parametrize("words", range(0, 90, 6))
def test_signatures_never_stand_alone_on_a_page(words, tmp_path):
    """Each block stays whole, and text of the memo precedes the first one on its page."""
    frozen = of_paragraphs(LONG_TEXT * 9, "ข้อความเพิ่มเติมเพื่อเลื่อนหน้า " * words)
    frozen["paragraphs"]["closing"] = ["จึงเรียนมาเพื่อโปรดทราบ"]
    frozen["signoff"] = content()["signoff"]
    pages = pages_of(pdf_of(frozen, layout="memo_status"), folder=tmp_path)
    [page] = [page for page in pages if "จึงเรียนมาเพื่อโปรดทราบ" in page]
    before, _, after = page.partition("จึงเรียนมาเพื่อโปรดทราบ")
    assert len(before.strip().splitlines()) >= 1
    assert "ผู้ช่วยนักวิเคราะห์นโยบายและแผน" in after
    for page in pages:
        assert page.count("(ลงชื่อ)") == page.count("(นาง") + page.count("(นาย") + page.count(
            "(สมมติชาย"
        )


# Sign-off ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "reason", "line"),
    [
        (None, "", "อนุมัติ ไม่อนุมัติ เนื่องจาก"),
        ("approved", "", "/ อนุมัติ ไม่อนุมัติ เนื่องจาก"),
        ("refused", "ยังขาดหลักฐาน 2 รายการ", "อนุมัติ / ไม่อนุมัติ เนื่องจาก ยังขาดหลักฐาน ๒ รายการ"),
    ],
)
def test_decision_is_ticked(decision, reason, line, tmp_path):
    last = signer(1, role="final", decision=decision, reason=reason, signer_name="นายสมมติ ดีงาม")
    [page] = pages_of(memo(signoff=[last], measures=[]), folder=tmp_path)
    assert [compact(one) for one in page.splitlines() if "ไม่อนุมัติ" in one] == [compact(line)]


def test_vacant_post_leaves_room_for_a_name(tmp_path):
    vacant = signer(1, role="preparer", post="นักวิเคราะห์นโยบายและแผน")
    [page] = pages_of(memo(signoff=[vacant], measures=[]), folder=tmp_path)
    assert compact(page).endswith("(ลงชื่อ)()นักวิเคราะห์นโยบายและแผน")


# Degenerate content -----------------------------------------------------------------------------


def test_empty_content_prints_the_head_alone(tmp_path):
    [page] = pages_of(pdf_of(empty_content(), layout="memo_status"), folder=tmp_path)
    assert compact(page) == compact(FIELDS)


def test_missing_values_leave_dashes_in_the_tables(tmp_path):
    bare = measure(1, steps=[], responsible=[], monitoring="", status="not_started")
    frozen = empty_content()
    frozen["measures"] = [bare]
    [page] = pages_of(pdf_of(frozen, layout="memo_status"), folder=tmp_path)
    title = bare["title"]
    assert compact(page) == compact(
        f"{FIELDS} มาตรการ มาตรการ ขั้นตอนหรือวิธีการ ผู้รับผิดชอบ การกำกับติดตาม (๑) {title} - - -"
        "ผลการดำเนินการ มาตรการ ขั้นตอนหรือวิธีการ สถานะการดำเนินการ ยังไม่ดำเนินการ "
        f"อยู่ระหว่างดำเนินการ ดำเนินการเสร็จเรียบร้อยแล้ว {title} - / - -"
    )


def test_published_document_names_its_code(tmp_path):
    frozen = empty_content()
    frozen["publication"] = {"code": "ABCD-1234", "number": 3, "published_on": "2021-03-31"}
    [page] = pages_of(pdf_of(frozen, layout="memo_status"), folder=tmp_path)
    assert page.strip().splitlines()[-1] == ("รหัสเอกสาร ABCD-1234 เผยแพร่เมื่อวันที่ ๓๑ มีนาคม ๒๕๖๔")


def test_unknown_layout_is_refused():
    with pytest.raises(ValueError, match="no layout 'memo_of_dreams'; known: cover_table"):
        pdf_of(content(), layout="memo_of_dreams")


# The file ---------------------------------------------------------------------------------------


def files_of_two_layouts() -> bytes:
    """Both variants of two layouts, one after the other."""
    publication = {
        "code": "abcd-efgh",
        "published_on": "2021-04-01",
        "verify_address": "https://example.go.th/verify/abcd-efgh/",
    }
    frozen = content(publication=publication, measures=[measure(1), measure(2)])
    return b"".join(
        file
        for layout in ("memo_photos", "indicator_table")
        for file in files_of(frozen, layout=layout, variants=tuple(Variant)).values()
    )


PROGRAM = """
import django, sys; django.setup()
from tests.reports.rendering.test_as_pdf import files_of_two_layouts
sys.stdout.buffer.write(files_of_two_layouts())
"""


def test_same_content_gives_the_same_bytes_on_another_day():
    """This process, and one whose clock is years behind for every library in it (libfaketime)."""
    now = files_of_two_layouts()
    then = subprocess.run(
        ["faketime", "2021-03-01 23:59:50", sys.executable, "-c", PROGRAM],
        capture_output=True,
        check=True,
    ).stdout
    assert now.count(b"%PDF-1.7") == 4
    assert now == then


def test_other_content_gives_other_bytes(printed):
    changed = copy.deepcopy(content())
    changed["measures"][0]["status_note"] = "มีข้อสังเกต"
    assert pdf_of(changed, layout="memo_status") != printed


def test_file_is_tagged_and_says_what_it_is(printed):
    reader = PdfReader(io.BytesIO(printed))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "th"
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert reader.metadata.title == content()["memo"]["subject"]
    assert reader.metadata.author == "องค์การบริหารส่วนตำบลสมมตินา"
    assert reader.metadata["/CreationDate"] == "D:20210330"


def test_paper_is_a4_upright(printed, tmp_path):
    assert "Page size:       595.276 x 841.89 pts (A4)" in poppler(
        printed, "pdfinfo", folder=tmp_path
    )
