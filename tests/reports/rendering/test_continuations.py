"""Tables over several pages, read back from real files and from the boxes they are drawn from."""

import io
import subprocess
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from weasyprint.formatting_structure import boxes

from ita_portal.thai.numerals import to_thai_digits
from reports.rendering import parts
from reports.rendering.catchwords import first_lines
from reports.rendering.continuations import let_long_rows_split, mark_continuations
from reports.rendering.paper_text import BREAK
from tests.reports.rendering.printed import compact, pages_of, words_of

HEAD = "หมวด งาน วิธีการ ผู้ทำ"
COLUMNS = 4
ROUNDING = 0.05  # CSS pixels
DPI = 60
WHITE = 250  # of 255; a line of half a point is grey at this resolution


class Printed(NamedTuple):
    document: Any
    unmarked: list[bool]
    pdf: bytes


def printed(html: str) -> Printed:
    """Lay out, mend and write as ``parts.draw_part`` does, but keep the boxes."""
    source = parts._source(html)
    document = parts._rendered(source)
    while let_long_rows_split(document.pages):
        document = parts._rendered(source)
    unmarked = mark_continuations(document.pages, lay_out=parts.lay_out)
    return Printed(document, unmarked, document.write_pdf(pdf_tags=True))


def paper(body: str, *, wide: bool = False) -> str:
    name = "sheets wide" if wide else "sheets"
    return (
        '<!doctype html><html lang="th"><head><title>ตาราง</title></head>'
        f'<body><div class="{name}">{body}</div></body></html>'
    )


def label(group: int) -> str:
    return to_thai_digits(f"หมวดที่ {group} การดูแล")


def again(group: int) -> str:
    return f"{label(group)} (ต่อ)"


def step(group: int, number: int) -> str:
    return to_thai_digits(f"[{group}.{number}]")


def text(words: int) -> str:
    return " ".join(["งานตรวจ"] * words)


def table_of(groups: list[list[int]], *, headings: bool = False) -> str:
    """A table of groups; each row is given by the number of its words."""
    rows = []
    for group, lengths in enumerate(groups, start=1):
        if headings:
            rows.append(f'<tr class="group"><th colspan="4">หัวข้อ {group}</th></tr>')
        for number, words in enumerate(lengths, start=1):
            row_again = f' data-again="{step(group, number)} (ต่อ)"'
            first = (
                f'<td rowspan="{len(lengths)}" data-again="{again(group)}">{label(group)}</td>'
                if number == 1
                else ""
            )
            rows.append(
                f"<tr{row_again}>{first}<td>{step(group, number)}</td><td>{text(words)}</td>"
                "<td>กองช่าง</td></tr>"
            )
    head = "".join(f"<th>{name}</th>" for name in HEAD.split())
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def words_in(groups: list[list[int]], *, headings: bool = False) -> str:
    texts = []
    for group, lengths in enumerate(groups, start=1):
        texts.append(f"หัวข้อ {group}" if headings else "")
        for number, words in enumerate(lengths, start=1):
            texts.append(label(group) if number == 1 else "")
            texts += [step(group, number), text(words), "กองช่าง"]
    return compact("".join(texts))


def without_repetition(page: str) -> str:
    """The compact text of a page without its table head and "(ต่อ)" labels."""
    lines = page.splitlines()
    assert compact("".join(lines)).startswith(compact(HEAD))
    body = compact(page).removeprefix(compact(HEAD))
    for group in range(30, 0, -1):
        body = body.replace(compact(again(group)), "")
        for number in range(1, 7):
            body = body.replace(compact(f"{step(group, number)} (ต่อ)"), "")
    return body.replace("(ต่อ)", "")


# What must hold of every table --------------------------------------------------------------------


def tables_on(page: Any) -> list[Any]:
    return [box for box in page._page_box.descendants() if isinstance(box, boxes.TableBox)]


def assert_cells_tile_their_tables(document: Any) -> None:
    """Together with a line at each cell's right and foot, this is a table closed on all sides."""
    for page in document.pages:
        foot_of_page = page._page_box.content_box_y() + page._page_box.height
        for table in tables_on(page):
            cells = [
                cell for rows in table.children for row in rows.children for cell in row.children
            ]
            area = sum(cell.border_width() * cell.border_height() for cell in cells)
            assert area == pytest.approx(table.width * table.height, rel=1e-4)
            for cell in cells:
                assert cell.border_right_width == cell.border_bottom_width > 0
                left, top = cell.position_x, cell.position_y
                right, bottom = left + cell.border_width(), top + cell.border_height()
                assert left >= table.content_box_x() - ROUNDING
                assert right <= table.content_box_x() + table.width + ROUNDING
                assert top >= table.content_box_y() - ROUNDING
                assert bottom <= table.content_box_y() + table.height + ROUNDING
                assert bottom <= foot_of_page + ROUNDING
                for child in cell.children:
                    assert child.position_y >= top
                    assert child.position_y + child.height <= bottom + ROUNDING


def rows_in(element: Any) -> Iterator[list[Any]]:
    for kid in element.K:
        if str(kid.S) == "/TR":
            yield list(kid.K)
        elif str(kid.S) in ("/THead", "/TBody", "/TFoot"):
            yield from rows_in(kid)


def elements_under(element: Any) -> Iterator[Any]:
    yield element
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements_under(kid)


def assert_tagged_tables_are_regular(pdf: bytes, columns: int = COLUMNS) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for element in elements_under(file.Root.StructTreeRoot.K[0]):
            if str(element.S) != "/Table":
                continue
            rows = list(rows_in(element))
            widths = [0] * len(rows)
            for number, row in enumerate(rows):
                for cell in row:
                    down = int(cell.A.get("/RowSpan", 1))
                    assert number + down <= len(rows)
                    for covered in range(number, number + down):
                        widths[covered] += int(cell.A.get("/ColSpan", 1))
            assert widths == [columns] * len(rows)


def assert_labels_stand_on_every_page(pages: list[str], groups: list[list[int]]) -> None:
    for page in pages:
        body = compact(page)
        for group, lengths in enumerate(groups, start=1):
            numbers = range(1, len(lengths) + 1)
            if any(step(group, number) in body for number in numbers):
                assert compact(label(group)) in body or "(ต่อ)" in body


def groups_of(lengths: list[int], *, groups: int, rows: int) -> st.SearchStrategy[list[list[int]]]:
    """Groups of rows with so many words; as many large tables as small ones."""
    group = st.lists(st.sampled_from(lengths), min_size=1, max_size=rows)
    return st.integers(1, groups).flatmap(lambda n: st.lists(group, min_size=n, max_size=n))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    groups=groups_of([1, 4, 12, 40], groups=30, rows=6), wide=st.booleans(), headings=st.booleans()
)
def test_any_table_keeps_labels_lines_tags_and_text(groups, wide, headings, tmp_path):
    result = printed(paper(table_of(groups, headings=headings), wide=wide))
    pages = pages_of(result.pdf, folder=tmp_path)
    assert_cells_tile_their_tables(result.document)
    assert_tagged_tables_are_regular(result.pdf)
    assert_labels_stand_on_every_page(pages, groups)
    assert "".join(map(without_repetition, pages)) == words_in(groups, headings=headings)
    assert result.unmarked == [False] * len(pages)
    for page in pages[:-1]:
        assert not page.splitlines()[-1].startswith("หัวข้อ")


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(groups=groups_of([1, 12, 90, 200], groups=4, rows=4), wide=st.booleans())
def test_rows_longer_than_a_page_are_marked_under_the_head(groups, wide, tmp_path):
    result = printed(paper(table_of(groups), wide=wide))
    pages = pages_of(result.pdf, folder=tmp_path)
    assert_cells_tile_their_tables(result.document)
    assert_tagged_tables_are_regular(result.pdf)
    assert result.unmarked == [False] * len(pages)
    text_of_all = "".join(map(without_repetition, pages))
    assert Counter(text_of_all) == Counter(words_in(groups))
    for page in pages[1:]:
        assert compact(page).removeprefix(compact(HEAD)).startswith(("หมวดที่", "(ต่อ)"))


# Cells over several rows --------------------------------------------------------------------------

NEXT_PAGE = 'style="break-before: page"'


def broken(first: str, *, of: int = 2, at: int = 2, last: str = "") -> str:
    """A table of a spanning cell ``first`` and ``of`` short rows, row ``at`` on the next page."""
    rows = [
        f"<tr {NEXT_PAGE if n == at else ''}>{first if n == 1 else ''}<td>[{n}]</td>{last}</tr>"
        for n in range(1, of + 1)
    ]
    return paper(f"<table>{''.join(rows)}</table>")


def test_label_comes_again_as_the_first_text_of_the_page():
    result = printed(paper(table_of([[36] * 9])))
    lines = [line.replace(BREAK, "") for line in first_lines(result.document.pages)]
    assert len(lines) > 3
    assert lines == ["หมวด", *["หมวดที่ ๑ การดูแล (ต่อ)"] * (len(lines) - 1)]


def test_label_higher_than_its_rows_is_cut_short(tmp_path):
    cell = f'<td rowspan="2" data-again="{"หมวดยาวมาก " * 40}">หมวด</td>'
    result = printed(broken(cell))
    assert [compact(page) for page in pages_of(result.pdf, folder=tmp_path)] == [
        "หมวด[1]",
        "(ต่อ)[2]",
    ]
    assert_cells_tile_their_tables(result.document)


def test_label_as_high_as_its_rows_is_printed_whole(tmp_path):
    cell = f'<td rowspan="7" data-again="{"หมวดยาวมาก " * 14}">หมวด</td>'
    result = printed(broken(cell, of=7))
    _first, second = pages_of(result.pdf, folder=tmp_path)
    assert compact(second).startswith(compact("หมวดยาวมาก " * 14 + "[2]"))
    assert_cells_tile_their_tables(result.document)


def test_label_is_text_whatever_is_typed(tmp_path):
    label = "&lt;b&gt; ๒ &amp; &quot;ค&quot; {0}\uffff"
    result = printed(broken(f'<td rowspan="2" data-again="{label}">หมวด</td>'))
    assert [compact(page) for page in pages_of(result.pdf, folder=tmp_path)] == [
        "หมวด[1]",
        compact('<b> ๒ & "ค" {๐}[2]'),
    ]


def test_cell_without_label_goes_on_empty(tmp_path):
    result = printed(broken('<td rowspan="2">หมวด</td>'))
    assert [compact(page) for page in pages_of(result.pdf, folder=tmp_path)] == ["หมวด[1]", "[2]"]
    assert_cells_tile_their_tables(result.document)
    assert_tagged_tables_are_regular(result.pdf, columns=2)


@pytest.mark.parametrize("align", ["top", "middle", "bottom", "baseline"])
def test_last_row_grows_with_a_cell_that_is_higher(align, tmp_path):
    style = f'style="vertical-align: {align}"'
    cell = f'<td {style} rowspan="3" data-again="หมวด (ต่อ)">{"หมวดยาวมาก " * 60}</td>'
    result = printed(broken(cell, of=3, at=3, last=f"<td {style}>ผู้ทำ</td>"))
    assert_cells_tile_their_tables(result.document)
    assert_tagged_tables_are_regular(result.pdf, columns=3)
    first, second = pages_of(result.pdf, folder=tmp_path)
    assert Counter(compact(first)) == Counter(compact("หมวดยาวมาก " * 60 + "[1]ผู้ทำ[2]ผู้ทำ"))
    assert compact(second) == "หมวด(ต่อ)[3]ผู้ทำ"


@pytest.mark.parametrize(
    ("align", "place"), [("top", 0.0), ("middle", 0.5), ("bottom", 1.0), ("baseline", 0.0)]
)
def test_label_stands_where_vertical_align_puts_it(align, place):
    cell = f'<td style="vertical-align: {align}" rowspan="6" data-again="ต่อ">หมวด</td>'
    result = printed(broken(cell, of=6))
    [table] = tables_on(result.document.pages[1])
    found = table.children[0].children[0].children[0]
    [line] = found.children
    room = found.border_height() - line.height - 4 / 0.75 - found.border_bottom_width
    above = line.position_y - found.position_y - 1 / 0.75
    assert above == pytest.approx(place * room, abs=1)


def test_span_over_three_pages_and_two_columns(tmp_path):
    cell = '<th scope="row" rowspan="3" colspan="2" data-again="หมวด (ต่อ)">หมวด</th>'
    rows = "".join(f"<tr {NEXT_PAGE}><td>[{n}]</td></tr>" for n in (2, 3))
    result = printed(paper(f"<table><tr>{cell}<td>[1]</td></tr>{rows}</table>"))
    pages = [compact(page) for page in pages_of(result.pdf, folder=tmp_path)]
    assert pages == ["หมวด[1]", "หมวด(ต่อ)[2]", "หมวด(ต่อ)[3]"]
    assert_cells_tile_their_tables(result.document)
    assert_tagged_tables_are_regular(result.pdf, columns=3)


def test_several_spanning_cells_go_on_in_their_columns(tmp_path):
    result = printed(
        broken(
            '<td rowspan="4" data-again="ก (ต่อ)">ก</td>',
            of=4,
            at=3,
            last="",
        ).replace("<td>[1]</td>", '<td>[1]</td><td rowspan="4" data-again="ข (ต่อ)">ข</td>')
    )
    first, second = (compact(page) for page in pages_of(result.pdf, folder=tmp_path))
    assert (first, second) == ("ก[1]ข[2]", "ก(ต่อ)[3]ข(ต่อ)[4]")
    assert_cells_tile_their_tables(result.document)
    assert_tagged_tables_are_regular(result.pdf, columns=3)


def test_lines_are_drawn_around_every_cell(tmp_path):
    """Ink: from outside the table no word can be reached, and from one cell no other."""
    cell = f'<td rowspan="5" data-again="ต่อ">{"สูง " * 60}</td>'
    pdf = printed(broken(cell, of=5, at=3, last="<td>ผู้ทำ</td>")).pdf
    for number, words in ((1, ["สูง", "[1]", "[2]"]), (2, ["ต่อ", "[3]", "[4]", "[5]"])):
        image = picture_of(pdf, number).point(lambda shade: 255 * (shade >= WHITE))
        found = {one[0]: one for one in words_of(pdf, folder=tmp_path, page=number)}
        places = [(2, 2), *(beside(found[word]) for word in words)]
        for colour, place in enumerate(places, start=1):
            assert image.getpixel(place) == 255, f"place {colour} was reached from another"
            ImageDraw.floodfill(image, place, colour)


def picture_of(pdf: bytes, page: int) -> Image.Image:
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-png", "-f", str(page), "-singlefile", "-"]
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(drawn)).convert("L")


def beside(word: tuple[str, float, float, float, float]) -> tuple[int, int]:
    """The pixel just left of a word, inside the padding of its cell."""
    _text, left, top, _right, bottom = word
    return round((left - 2) * DPI / 72), round((top + bottom) / 2 * DPI / 72)


# Rows over several pages --------------------------------------------------------------------------


def long_row(attributes: str, *cells: str) -> str:
    head = "<thead><tr><th>หนึ่ง</th><th>สอง</th><th>สาม</th></tr></thead>"
    row = "".join(cells)
    return paper(
        f"<table>{head}<tr><td>ก</td><td>ข</td><td>ค</td></tr><tr {attributes}>{row}</tr></table>"
    )


LONG = f"<td>{text(260)}</td>"


def test_row_goes_on_with_its_label_in_the_first_finished_cell(tmp_path):
    html = long_row('data-again="(๒) (ต่อ)"', LONG, "<td>จบแล้ว</td>", "<td>จบ</td>")
    result = printed(html)
    pages = pages_of(result.pdf, folder=tmp_path)
    assert len(pages) > 2
    assert [page.count("(๒) (ต่อ)") for page in pages] == [0, *[1] * (len(pages) - 1)]
    assert all(compact(page).startswith("หนึ่งสองสาม") for page in pages)
    assert result.unmarked == [False] * len(pages)
    assert_cells_tile_their_tables(result.document)


@pytest.mark.parametrize(
    ("attributes", "cells"),
    [
        ("", [LONG, "<td>จบ</td>", "<td>จบ</td>"]),
        ('data-again="(ต่อ)"', [LONG, LONG, LONG]),
    ],
)
def test_row_that_cannot_be_marked_is_told(attributes, cells):
    result = printed(long_row(attributes, *cells))
    assert result.unmarked == [False, *[True] * (len(result.document.pages) - 1)]


def test_same_label_for_group_and_row_is_printed_once(tmp_path):
    """So the template may name the measure on both, whatever the page break cuts."""
    rows = "".join(f'<tr data-again="(๑) (ต่อ)"><td>{n}</td></tr>' for n in (2, 3))
    first = (
        f'<th rowspan="3" data-again="(๑) (ต่อ)">ก</th><td>1</td><td rowspan="3">{text(200)}</td>'
    )
    result = printed(paper(f'<table><tr data-again="(๑) (ต่อ)">{first}</tr>{rows}</table>'))
    pages = pages_of(result.pdf, folder=tmp_path)
    assert len(pages) > 1
    assert [page.count("(ต่อ)") for page in pages] == [0, *[1] * (len(pages) - 1)]
    assert result.unmarked == [False] * len(pages)
    assert_cells_tile_their_tables(result.document)


@pytest.mark.parametrize("lines", range(28, 40))
def test_head_is_never_dropped_for_a_row_about_as_long_as_a_page(lines, tmp_path):
    row = f'<tr data-again="(ต่อ)"><td>{"แถว<br>" * lines}</td><td>ข</td></tr>'
    head = "<thead><tr><th>หัว</th><th>ตาราง</th></tr></thead>"
    table = f"<table>{head}<tr><td>ก</td><td>ข</td></tr>{row}</table>"
    result = printed(paper(table))
    pages = pages_of(result.pdf, folder=tmp_path)
    assert all(compact(page).startswith("หัวตาราง") for page in pages)
    assert "".join(pages).count("แถว") == lines
    assert_cells_tile_their_tables(result.document)


@pytest.mark.parametrize("lines", range(20, 36))
def test_neither_head_nor_group_heading_ends_a_page(lines, tmp_path):
    heading = '<tr class="group"><th colspan="2">หัวข้อ</th></tr>'
    row = f"<tr><td>{'แถว<br>' * 4}</td><td>ข</td></tr>"
    head = "<thead><tr><th>หัว</th><th>ตาราง</th></tr></thead>"
    table = f"<table>{head}{heading}{row}{heading}{row}</table>"
    pages = pages_of(printed(paper("<p>บทนำ</p>" * lines + table)).pdf, folder=tmp_path)
    assert "".join(pages).count("แถว") == 8
    for page in pages:
        assert page.split()[-1] in ("บทนำ", "ข", "แถว")


# Other tables -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", range(24, 36))
def test_table_ends_with_its_rows_where_the_text_after_it_pulls_them_along(lines):
    """WeasyPrint moves the last rows on without measuring the table anew."""
    rows = '<tr><td rowspan="4" data-again="ต่อ">ก</td><td>1</td></tr>' + "<tr><td>2</td></tr>" * 3
    after = '<p style="break-before: avoid">หลัง</p>'
    result = printed(paper("<p>บทนำ</p>" * lines + f"<table>{rows}</table>{after}"))
    assert_cells_tile_their_tables(result.document)
    assert_tagged_tables_are_regular(result.pdf, columns=2)


def test_table_that_fits_its_page_is_left_as_it_is():
    html = paper(table_of([[4, 1], [12]], headings=True))
    untouched = parts.lay_out(html).write_pdf(pdf_tags=True, pdf_identifier=b"x")
    document = parts.lay_out(html)
    assert not let_long_rows_split(document.pages)
    assert mark_continuations(document.pages, lay_out=parts.lay_out) == [False]
    assert document.write_pdf(pdf_tags=True, pdf_identifier=b"x") == untouched


SPAN = '<tr><td rowspan="3" data-again="(ต่อ)">ก</td><td>1</td></tr>'
ROW_ON_NEXT_PAGE = f"<tr {NEXT_PAGE}><td>2</td></tr><tr><td>3</td></tr>"


@pytest.mark.parametrize(
    "body",
    [
        "<table></table>",
        "<table><thead></thead><tbody></tbody></table>",
        "<table><thead><tr><th>ก</th></tr></thead></table>",
        f"<table><tr><td><table>{SPAN}{ROW_ON_NEXT_PAGE}</table></td><td>ข</td></tr></table>",
        f"<table><tr><td><table>{SPAN * 20}</table></td><td>{'ข ' * 900}</td></tr></table>",
        f'<table style="border-collapse: collapse">{SPAN}{ROW_ON_NEXT_PAGE}</table>',
        f'<table style="border-spacing: 4pt">{SPAN}{ROW_ON_NEXT_PAGE}</table>',
        f'<table style="direction: rtl">{SPAN}{ROW_ON_NEXT_PAGE}</table>',
        f'<table style="table-layout: auto; width: auto">{SPAN}{ROW_ON_NEXT_PAGE}</table>',
        f"<table>{SPAN}{ROW_ON_NEXT_PAGE}<tfoot><tr><td>ท้าย</td><td>ข</td></tr></tfoot></table>",
        f"<table><caption>ชื่อ</caption>{SPAN}{ROW_ON_NEXT_PAGE}</table>",
        f"<table>{SPAN.replace('<td ', '<td id=x style=color:red ')}{ROW_ON_NEXT_PAGE}</table>",
        f"<table>{SPAN.replace('<td ', '<td style=background:#eee ')}{ROW_ON_NEXT_PAGE}</table>",
        f"<table>{SPAN.replace('3', '0')}{ROW_ON_NEXT_PAGE}</table>",
        f"<table>{SPAN.replace('3', '99')}{ROW_ON_NEXT_PAGE}</table>",
        f'<div style="columns: 2">{table_of([[40] * 6])}</div>',
        '<div style="display: table"><div style="display: table-row">ก</div>ข</div>',
        '<div style="position: absolute"><table><tr><td>ก</td></tr></table></div>',
        "<p>ในบรรทัด <span style='display: inline-table'><span>ก</span></span></p>",
    ],
)
def test_no_table_is_too_odd(body):
    result = printed(paper(body))
    assert result.pdf.startswith(b"%PDF")
    assert len(result.unmarked) == len(result.document.pages)


def test_head_with_spans_comes_again_whole(tmp_path):
    head = (
        '<thead><tr><th rowspan="2">ก</th><th colspan="2">ข</th></tr>'
        "<tr><th>ค</th><th>ง</th></tr></thead>"
    )
    result = printed(
        broken('<td rowspan="4" data-again="(ต่อ)">1</td>', of=4, at=3, last="<td>ฉ</td>").replace(
            "<table>", f"<table>{head}"
        )
    )
    assert [compact(page) for page in pages_of(result.pdf, folder=tmp_path)] == [
        "กขคง1[1]ฉ[2]ฉ",
        "กขคง(ต่อ)[3]ฉ[4]ฉ",
    ]
    assert_cells_tile_their_tables(result.document)
    assert_tagged_tables_are_regular(result.pdf, columns=3)
