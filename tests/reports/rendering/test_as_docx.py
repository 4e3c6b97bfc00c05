"""What a Word file is made of; those of the demo offices are read in ``test_demo_paper``."""

import io
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from reports.layouts import LAYOUTS
from reports.rendering.as_docx import docx_from, docx_of
from reports.rendering.as_pdf import pdf_of
from tests.factories.content import content
from tests.factories.pictures import photograph_with_place
from tests.reports.rendering.printed import pages_of
from tests.reports.rendering.word_text import compact, lines_of_docx

TWIPS_OF_A_CENTIMETRE = 567


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def written(body: str) -> bytes:
    """The Word file of a body of HTML."""
    return docx_from(
        [f'<html lang="th"><head><title>เรื่อง</title></head><body>{body}</body></html>']
    )


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_the_same_content_gives_the_same_bytes(layout):
    assert docx_of(content(), layout=layout) == docx_of(content(), layout=layout)


@pytest.fixture(scope="module")
def memo():
    """One memo's content, and its Word file."""
    return content(), docx_of(content(), layout="memo_status")


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_the_text_stands_in_the_pdf_in_the_same_order(layout, tmp_path):
    """Only what belongs to pages lies between: their numbers, catchwords, heads that come again."""
    paper = compact("".join(pages_of(pdf_of(content(), layout=layout), folder=tmp_path)))

    at = 0
    for line in lines_of_docx(docx_of(content(), layout=layout)):
        found = paper.find(line, at)
        assert found >= 0, f"{line!r} is not in the PDF after {paper[max(at - 60, 0) : at]!r}"
        at = found + len(line)


def test_the_memo_is_set_by_the_rules_of_the_paper(memo):
    _content, data = memo
    document = opened(data)
    first, head = document.sections[0], document.paragraphs[0]
    body = document.styles["เนื้อความ"].paragraph_format

    margins = [first.top_margin, first.right_margin, first.bottom_margin, first.left_margin]
    assert [round(each.cm, 2) for each in margins] == [1.5, 2.0, 2.0, 3.0]
    assert (head.style.name, head.text, head.style.font.size) == ("Title", "บันทึกข้อความ", Pt(29))
    assert (round(body.first_line_indent.cm, 2), body.line_spacing) == (2.5, Pt(21))
    letters = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts = letters.find(qn("w:rFonts")).attrib
    assert set(fonts.values()) == {"TH SarabunPSK"}
    assert {name.rpartition("}")[2] for name in fonts} == {"ascii", "hAnsi", "eastAsia", "cs"}
    assert letters.find(qn("w:szCs")).get(qn("w:val")) == "32"
    assert letters.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"


def test_fields_run_in_dots_to_the_right_margin_where_the_office_wants_them(memo):
    frozen, data = memo
    plain = docx_of(
        {**frozen, "organisation": {**frozen["organisation"], "has_leaders": False}},
        layout="memo_status",
    )

    def dots(data: bytes) -> list[int]:
        fields = [each for each in opened(data).paragraphs if each.style.name == "หัวบันทึกข้อความ"]
        return [
            sum(tab.get(qn("w:leader")) == "dot" for tab in field._p.iter(qn("w:tab")))
            for field in fields
        ]

    assert dots(data) == [1, 2, 1, 0]  # ส่วนราชการ, ที่ วันที่, เรื่อง, เรียน
    assert dots(plain) == [0, 0, 0, 0]


def test_signatures_stand_on_one_axis(memo):
    _content, data = memo
    document = opened(data)
    signers = [each for each in document.paragraphs if each.style.name == "ผู้ลงนาม"]
    width = 16.0  # centimetres between the margins

    assert signers
    for paragraph in signers:
        style = paragraph.style.paragraph_format
        own = paragraph.paragraph_format
        left, right = (
            (getattr(own, name) if getattr(own, name) is not None else getattr(style, name)).cm
            for name in ("left_indent", "right_indent")
        )
        if "(" not in paragraph.text or paragraph.text != "(\t)":
            assert 3 + (left + width - right) / 2 == pytest.approx(14.5, abs=0.05)


def test_tables_repeat_their_heads_and_keep_their_rows(memo):
    frozen, data = memo
    plan, status, *_photographs = opened(data).tables

    assert [len(plan.rows), len(status.rows)] == [
        len(frozen["measures"]) + 1,
        len(frozen["measures"]) + 2,
    ]
    for table, heads in ((plan, 1), (status, 2)):
        rows = table._tbl.tr_lst
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        marked = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        assert marked == [True] * heads + [False] * (len(rows) - heads)
        borders = table._tbl.tblPr.find(qn("w:tblBorders"))
        assert {side.get(qn("w:sz")) for side in borders} == {"4"}  # eighths of a point
        columns = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(columns) == pytest.approx(16 * TWIPS_OF_A_CENTIMETRE, abs=4)


def test_page_numbers_are_thai_and_begin_on_the_second_page(memo):
    _content, data = memo
    section = opened(data).sections[0]

    number = section.header.paragraphs[0]
    instruction = "".join(each.text for each in number._p.iter(qn("w:instrText")))
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    assert (number.text, instruction.split()) == ("- ๒ -", ["PAGE", r"\*", "THAIARABIC"])
    assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:fmt")) == "thaiNumbers"


def test_the_file_says_what_it_is_and_nothing_of_the_machine(memo):
    frozen, data = memo
    properties = opened(data).core_properties

    assert properties.title == frozen["memo"]["subject"]
    assert properties.author == frozen["organisation"]["name"]
    assert properties.subject == "ปีงบประมาณ พ.ศ. 2564"
    assert properties.language == "th-TH"
    assert properties.comments == ""
    assert properties.created.date().isoformat() == frozen["memo"]["date"]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in file.namelist() if "thumbnail" in name]


def test_a_document_without_a_day_has_none():
    properties = opened(written("<p>ข้อความ</p>")).core_properties

    assert (properties.created, properties.modified) == (None, None)


def test_wide_sheets_are_a_section_of_their_own():
    document = opened(
        written(
            '<div class="sheets upright"><p>ตั้ง</p></div>'
            '<div class="sheets wide"><p>นอน</p></div>'
            '<div class="sheets upright"><p>ตั้งอีก</p></div>'
        )
    )

    assert [section.orientation for section in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert [round(section.page_width.cm, 1) for section in document.sections] == [21.0, 29.7, 21.0]
    assert [paragraph.text for paragraph in document.paragraphs] == ["ตั้ง", "นอน", "ตั้งอีก"]


def test_cells_span_rows_and_columns():
    table = opened(
        written(
            "<table><tr><td rowspan=2>ก</td><td colspan=2>ข</td></tr>"
            "<tr><td>ค</td><td>ง</td></tr></table>"
        )
    ).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["ก", "ข", "ข"],
        ["ก", "ค", "ง"],
    ]
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc


def test_a_table_in_parts_is_one_table():
    head = "<thead><tr><th>หัว</th></tr></thead>"
    parts = [
        f'<body><div><table class="plan">{head}<tbody><tr><td>{row}</td></tr></tbody></table></div>'
        for row in ("หนึ่ง", "สอง")
    ]

    [table] = opened(docx_from(parts)).tables

    assert [row.cells[0].text for row in table.rows] == ["หัว", "หนึ่ง", "สอง"]


def test_tables_one_after_the_other_stay_apart():
    document = opened(
        written("<table><tr><td>ก</td></tr></table><table><tr><td>ข</td></tr></table>")
    )

    assert [table.rows[0].cells[0].text for table in document.tables] == ["ก", "ข"]


def test_lines_of_a_cell_are_paragraphs():
    [table] = opened(written("<table><tr><td>- ก\n- ข</td></tr></table>")).tables

    assert [each.text for each in table.rows[0].cells[0].paragraphs] == ["- ก", "- ข"]


def test_names_and_dates_keep_their_words_together_and_marks_of_breaks_are_left_out():
    [paragraph] = opened(
        written('<p>เมื่อ\u200b<span class="whole">๓ มกราคม ๒๕๖๗</span>\n แล้ว</p>')
    ).paragraphs

    assert paragraph.text == "เมื่อ๓\u00a0มกราคม\u00a0๒๕๖๗ แล้ว"


def test_in_a_narrow_cell_words_may_part_at_their_spaces():
    """Word would otherwise cut within a word."""
    [table] = opened(
        written('<table><tr><td><span class="whole">รอบ ๖ เดือน</span></td></tr></table>')
    ).tables

    assert table.rows[0].cells[0].text == "รอบ ๖ เดือน"


def test_a_box_is_framed_and_holds_only_its_tick():
    [paragraph] = opened(
        written('<p><span class="box">/</span> อนุมัติ <span class="box"></span> ไม่อนุมัติ</p>')
    ).paragraphs

    framed = [
        run.text.strip() for run in paragraph.runs if run._r.find(f".//{qn('w:bdr')}") is not None
    ]
    assert framed == ["/", ""]
    assert compact(paragraph.text) == "/อนุมัติไม่อนุมัติ"


def test_links_are_links():
    [paragraph] = opened(
        written('<p>ดู<a href="https://example.go.th/">หน้านี้</a> <a href="static:x">นี่</a></p>')
    ).paragraphs

    assert [(link.address, link.text) for link in paragraph.hyperlinks] == [
        ("https://example.go.th/", "หน้านี้")
    ]
    assert paragraph.text == "ดูหน้านี้ นี่"


def test_photographs_stand_over_their_captions_side_by_side(settings):
    (settings.MEDIA_ROOT / "evidence").mkdir(parents=True)
    (settings.MEDIA_ROOT / "evidence" / "a.jpg").write_bytes(photograph_with_place())
    figure = (
        '<figure><img src="media:evidence/a.jpg" alt="ประชุม">'
        "<figcaption>ก-๑ ประชุม</figcaption></figure>"
    )
    document = opened(written(f'<div class="photographs">{figure * 3}</div>'))

    [table] = document.tables
    assert [[cell.text.strip() for cell in row.cells] for row in table.rows] == [
        ["ก-๑ ประชุม", "ก-๑ ประชุม"],
        ["ก-๑ ประชุม", ""],
    ]
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    assert [picture.get("descr") for picture in pictures] == ["ประชุม"] * 3
    assert max(shape.width for shape in document.inline_shapes) <= Cm(16)


@pytest.mark.parametrize("address", ["media:gone.jpg", "https://example.go.th/x.png", "media:../x"])
def test_a_picture_that_cannot_be_had_is_named(address):
    document = opened(written(f'<p><img src="{address}" alt="ภาพที่หาย"></p>'))

    assert [paragraph.text for paragraph in document.paragraphs] == ["ภาพที่หาย"]


def test_what_is_not_known_is_walked():
    document = opened(written("<x-box><p>ก</p><details>ข<summary>ค</summary></details></x-box>"))

    assert compact("".join(paragraph.text for paragraph in document.paragraphs)) == "กขค"


def test_an_unknown_layout_is_refused():
    with pytest.raises(ValueError, match="no_such_layout"):
        docx_of(content(), layout="no_such_layout")
