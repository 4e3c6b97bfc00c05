"""Word files as people make them: everything that is seen is read, once, and in its order."""

import base64
import io

import docx
import pytest

from measures.domain.errors import Invalid
from measures.domain.importing.sources import Note, Paragraph, Table
from measures.domain.importing.word_reading import read_word
from tests.factories.pictures import picture
from tests.factories.word_markup import cell, paragraph, read, row, table, texts_of

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DRAWN = '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="x/picture"><pic:pic>\
<pic:blipFill><a:blip r:embed="{key}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>\
</wp:inline></w:drawing></w:r></w:p>'
ANCHORED = DRAWN.replace("wp:inline", "wp:anchor")
VML = '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="{key}"/></v:shape></w:pict></w:r></w:p>'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def texts(source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Paragraph)]


def only_table(*rows: str) -> Table:
    (found,) = read(table(*rows)).tables()
    return found


def test_paragraphs_and_tables_come_in_reading_order():
    source = read(paragraph("ก่อน"), table(row(cell("ในตาราง"))), paragraph("หลัง"))

    assert [type(block).__name__ for block in source.blocks] == ["Paragraph", "Table", "Paragraph"]
    assert (source.extension, source.notes, source.pictures) == ("docx", (), {})


def test_line_breaks_tabs_and_hyphens_stay_where_they_are_typed():
    typed = "<w:p><w:r><w:t>ก</w:t><w:tab/><w:t>ข</w:t><w:br/><w:t>ค</w:t><w:cr/><w:t>COVID</w:t>\
<w:noBreakHyphen/><w:t>19</w:t><w:softHyphen/></w:r></w:p>"

    assert texts(read(typed)) == ["ก\tข\nค\nCOVID-19"]


def test_spaces_between_runs_are_kept():
    typed = '<w:p><w:r><w:t>ประชุม</w:t></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>\
<w:r><w:t>ชี้แจง</w:t></w:r></w:p>'

    assert texts(read(typed)) == ["ประชุม ชี้แจง"]


def test_links_controls_and_fields_are_read_as_they_are_seen():
    typed = f'<w:p><w:hyperlink r:id="x">{run("เว็บไซต์")}</w:hyperlink>\
<w:sdt><w:sdtContent>{run("ปี ")}</w:sdtContent></w:sdt>\
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>\
<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("7")}\
<w:fldSimple w:instr="DATE">{run("๒๕๖๖")}</w:fldSimple></w:p>'
    block = f"<w:sdt><w:sdtContent>{paragraph('ทั้งย่อหน้า')}</w:sdtContent></w:sdt>"

    source = read(typed, block)

    assert texts(source) == ["เว็บไซต์ปี 7๒๕๖๖", "ทั้งย่อหน้า"]
    assert source.notes == ()


def test_prompt_of_an_empty_control_is_no_text():
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>\
<w:sdtContent>{run('คลิกที่นี่เพื่อใส่ข้อความ')}</w:sdtContent></w:sdt>"

    assert texts(read(f"<w:p>{prompt}{run('จริง')}</w:p>")) == ["จริง"]


def test_inserted_text_is_read_and_deleted_text_is_not_and_both_are_noted():
    typed = f"<w:p>{run('ประชุม')}<w:ins>{run('ทุกเดือน')}</w:ins>\
<w:del><w:r><w:delText>ทุกปี</w:delText></w:r></w:del></w:p>"

    source = read(typed)

    assert texts(source) == ["ประชุมทุกเดือน"]
    assert source.notes == (
        Note("ย่อหน้าที่ 1", "ข้อความที่เพิ่มไว้ในโหมดติดตามการแก้ไข อ่านรวมด้วย", "ทุกเดือน"),
        Note("ย่อหน้าที่ 1", "ข้อความที่ลบไว้ในโหมดติดตามการแก้ไข ไม่ได้อ่าน", "ทุกปี"),
    )


def test_deleted_row_is_left_out_and_noted():
    source = read(
        table(
            row(cell("อยู่")),
            row(cell("ลบแล้ว"), properties="<w:del/>"),
            row(cell("อยู่เหมือนกัน"), properties="<w:ins/>"),
        )
    )

    assert texts_of(source.tables()[0]) == [["อยู่"], ["อยู่เหมือนกัน"]]
    assert source.notes == (
        Note(
            "ตารางที่ 1 แถวที่ 2 คอลัมน์ที่ 1",
            "แถวที่ลบไว้ในโหมดติดตามการแก้ไข ไม่ได้อ่าน",
            "ลบแล้ว",
        ),
    )


def test_hidden_text_is_left_out_and_noted():
    source = read(f"<w:p>{run('เห็น')}{run('ซ่อน', '<w:vanish/>')}{run('ด้วย', vanish_off())}</w:p>")

    assert texts(source) == ["เห็นด้วย"]
    assert source.notes == (Note("ย่อหน้าที่ 1", "ข้อความที่ซ่อนไว้ ไม่ได้อ่าน", "ซ่อน"),)


def vanish_off() -> str:
    return '<w:vanish w:val="0"/>'


def test_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{paragraph('ในกล่อง')}</w:txbxContent>"
    drawn = f"<w:p>{run('นอกกล่อง')}<w:r><mc:AlternateContent>\
<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>\
<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>\
</mc:AlternateContent></w:r></w:p>"

    source = read(drawn)

    assert texts(source) == ["นอกกล่อง", "ในกล่อง"]
    assert source.notes == (Note("ย่อหน้าที่ 1", "กล่องข้อความ อ่านต่อท้ายย่อหน้าที่กล่องยึดอยู่", "ในกล่อง"),)


def test_footnote_is_noted_with_its_place():
    source = read(f"<w:p>{run('ข้อความ')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>")

    assert source.notes == (Note("ย่อหน้าที่ 1", "เชิงอรรถ ไม่ได้อ่านรวมในข้อความ"),)


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F050"/></w:r>', "✓"),
        (run("\uf0fc", '<w:rFonts w:ascii="Wingdings"/>'), "✓"),
        (run("P", '<w:rFonts w:ascii="Wingdings 2"/>'), "✓"),
        ("<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val='1'/></w:checkBox></w:ffData>\
</w:fldChar></w:r>", "☑"),
        ("<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val='1'/><w:checked w:val='0'/>\
</w:checkBox></w:ffData></w:fldChar></w:r>", "☐"),
    ],
    ids=["symbol", "second font", "private letter", "typed letter", "box ticked", "box cleared"],
)  # fmt: skip
def test_ticks_of_symbol_fonts_are_ticks(markup, seen):
    source = read(f"<w:p>{markup}</w:p>")

    assert (texts(source), source.notes) == ([seen], ())


def test_unknown_sign_is_seen_and_noted():
    source = read('<w:p><w:r><w:sym w:font="Webdings" w:char="F061"/></w:r></w:p>')

    assert texts(source) == ["[?]"]
    assert source.notes == (Note("ย่อหน้าที่ 1", "อักขระพิเศษของแบบอักษร webdings อ่านไม่ได้"),)


def test_merged_cells_are_one_cell_at_all_their_places():
    found = only_table(
        row(
            cell("สอง", properties='<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'),
            cell("ค"),
        ),
        row(cell(properties='<w:gridSpan w:val="2"/><w:vMerge/>'), cell("ง")),
        row(cell("จ"), cell("ฉ"), cell("ช")),
    )

    assert texts_of(found) == [["สอง", ".", "ค"], [".", ".", "ง"], ["จ", "ฉ", "ช"]]
    assert found.rows[0][0] is found.rows[1][1]
    assert (found.rows[0][0].row_span, found.rows[0][0].column_span) == (2, 2)


def test_cells_merged_the_old_way_are_one_cell():
    found = only_table(
        row(
            cell("หัว", properties='<w:hMerge w:val="restart"/>'),
            cell(properties="<w:hMerge/>"),
            cell("ท้าย"),
        )
    )

    assert texts_of(found) == [["หัว", ".", "ท้าย"]]


def test_rows_that_begin_late_or_end_early_are_filled_with_empty_cells():
    found = only_table(
        row(cell("ก"), cell("ข"), cell("ค")),
        row(
            cell("กลาง"),
            properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>',
        ),
        row(cell("สั้น")),
    )

    assert texts_of(found) == [["ก", "ข", "ค"], ["", "กลาง", ""], ["สั้น", "", ""]]


def test_merge_with_nothing_above_is_a_cell_of_its_own():
    found = only_table(row(cell("ก", properties="<w:vMerge/>"), cell("ข")))

    assert texts_of(found) == [["ก", "ข"]]


def test_merge_across_a_different_cut_of_columns_is_not_followed():
    found = only_table(
        row(cell("กว้าง", properties='<w:gridSpan w:val="2"/>'), cell("ค")),
        row(cell("ก"), cell("ข", properties="<w:vMerge/>"), cell("ง")),
    )

    assert texts_of(found) == [["กว้าง", ".", "ค"], ["ก", "ข", "ง"]]


def test_text_under_a_merged_cell_is_noted():
    source = read(
        table(
            row(cell("เห็น", properties='<w:vMerge w:val="restart"/>')),
            row(cell("ไม่เห็น", properties="<w:vMerge/>")),
        )
    )

    assert texts_of(source.tables()[0]) == [["เห็น"], ["."]]
    assert source.notes == (
        Note(
            "ตารางที่ 1 แถวที่ 2 คอลัมน์ที่ 1",
            "ข้อความในเซลล์ที่ถูกผสาน Word ไม่แสดง จึงไม่ได้อ่าน",
            "ไม่เห็น",
        ),
    )


def test_table_within_a_cell_is_read_as_text_of_the_cell():
    inner = table(row(cell("ใน ๑"), cell("ใน ๒")), row(cell("ใน ๓")))
    source = read(table(row(f"<w:tc>{paragraph('นอก')}{inner}{paragraph('')}</w:tc>", cell("ข้าง"))))

    assert texts_of(source.tables()[0]) == [["นอก\nใน ๑\nใน ๒\nใน ๓", "ข้าง"]]
    assert source.notes == (
        Note("ตารางที่ 1 แถวที่ 1 คอลัมน์ที่ 1", "ตารางซ้อนในเซลล์ อ่านเป็นข้อความของเซลล์", "ใน ๑ ใน ๒ ใน ๓"),
    )


def test_cells_and_rows_within_content_controls_are_read():
    found = only_table(
        f"<w:sdt><w:sdtContent>{row(cell('ก'))}</w:sdtContent></w:sdt>",
        row(f"<w:sdt><w:sdtContent>{cell('ข')}</w:sdtContent></w:sdt>"),
    )

    assert texts_of(found) == [["ก"], ["ข"]]


@pytest.mark.parametrize("markup", [DRAWN, ANCHORED, VML], ids=["inline", "anchored", "vml"])
def test_picture_is_kept_with_its_bytes_and_where_it_stands(markup):
    source = read(
        table(row(cell("ก"), f"<w:tc>{markup.format(key='PICTURE0')}</w:tc>")), pictures=(PNG,)
    )

    (key,) = source.tables()[0].rows[0][1].pictures()
    found = source.pictures[key]
    assert (found.data, found.extension) == (PNG, "png")
    assert found.where == "ตารางที่ 1 แถวที่ 1 คอลัมน์ที่ 2"


def test_picture_shown_twice_is_one_picture():
    shown = DRAWN.format(key="PICTURE0")

    source = read(shown, shown, DRAWN.format(key="PICTURE1"), pictures=(PNG, picture()))

    keys = [block.pictures for block in source.blocks]
    assert keys[0] == keys[1] != keys[2]
    assert [shown.extension for shown in source.pictures.values()] == ["png", "jpeg"]


def test_picture_that_is_not_in_the_file_is_noted():
    source = read(DRAWN.format(key="rId999"))

    assert source.pictures == {}
    assert source.notes == (Note("ย่อหน้าที่ 1", "ภาพนี้ไม่ได้อยู่ในไฟล์ (เป็นลิงก์หรือไฟล์เสียหาย) โปรดแนบภาพเอง"),)


def test_chart_is_noted_as_unread():
    chart = DRAWN.replace("x/picture", "x/chart").replace('<a:blip r:embed="{key}"/>', "")

    assert [note.message for note in read(chart).notes] == ["แผนภูมิหรือแผนผัง ไม่ได้อ่านข้อความข้างใน"]


def test_heads_and_feet_of_pages_are_not_read():
    document = docx.Document()
    document.add_paragraph("เนื้อหา")
    document.sections[0].header.paragraphs[0].text = "หัวกระดาษ"
    document.sections[0].footer.paragraphs[0].text = "ท้ายกระดาษ"
    buffer = io.BytesIO()
    document.save(buffer)
    assert texts(read_word(buffer.getvalue())) == ["เนื้อหา"]


@pytest.mark.parametrize(
    "properties",
    ['<w:gridSpan w:val="999999999"/>', '<w:gridSpan w:val="201"/>'],
    ids=["bomb", "wide"],
)
def test_table_wider_than_anybody_prints_is_refused(properties):
    with pytest.raises(Invalid, match="ตารางมีมากกว่า 200 คอลัมน์"):
        read(table(row(cell("ก", properties=properties))))


def test_table_longer_than_allowed_is_refused(settings):
    settings.IMPORT_MAX_ROWS = 3

    with pytest.raises(Invalid, match="ตารางยาวเกิน 3 แถว"):
        read(table(*[row(cell("ก"))] * 4))


@pytest.mark.parametrize("span", ["", "x", "-1", "0", "๒", "1.5"])
def test_damaged_numbers_of_the_markup_do_no_harm(span):
    found = only_table(row(cell("ก", properties=f'<w:gridSpan w:val="{span}"/>'), cell("ข")))

    assert texts_of(found) == [["ก", "ข"]]
