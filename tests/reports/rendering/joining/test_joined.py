import hashlib
import io
import json
import subprocess
import sys
from itertools import accumulate

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Name
from pypdf import PdfReader

from reports.rendering.fonts import paper_font_is_installed
from reports.rendering.joining import joined
from tests.reports.rendering.joining.drawn import (
    drawn,
    furniture_for,
    part,
    sizes_of,
    texts_of,
)
from tests.reports.rendering.printed import poppler
from tests.reports.rendering.structure import headings_of, problems_of, skipped_headings

needs_paper_font = pytest.mark.skipif(
    not paper_font_is_installed(), reason="run scripts/install_paper_font.py"
)

# WeasyPrint leaves the file of the colour profile open for the garbage collector to close.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning"
)

FIVE = ({"rows": 3}, {"rows": 12}, {"rows": 3, "wide": True}, {"rows": 20}, {"rows": 12})
CLAIMS = {"pdf/ua-1": ("pdfuaid",), "pdf/a-3a": ("pdfaid",)}


def parts(count, variant="pdf/ua-1"):
    return [part(i, **shape, variant=variant) for i, shape in enumerate(FIVE[:count], start=1)]


def with_furniture(pieces):
    return joined(pieces, furniture=furniture_over(pieces))


def furniture_over(pieces):
    return furniture_for([size for piece in pieces for size in sizes_of(piece)])


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def links_of(pdf):
    """The pages, from 1, to which the links of each page lead; None for addresses."""
    reader = PdfReader(io.BytesIO(pdf))
    names = {
        name: reader.get_destination_page_number(place) + 1
        for name, place in reader.named_destinations.items()
    }
    found = []
    for number, page in enumerate(reader.pages, start=1):
        for annotation in page.get("/Annots", []):
            target = annotation.get_object().get("/Dest")
            if isinstance(target, list):
                target = reader.get_page_number(target[0].get_object()) + 1
            else:
                target = names.get(target)
            found.append((number, target))
    return found


def bookmarks_of(pdf):
    reader = PdfReader(io.BytesIO(pdf))

    def walk(items):
        for item in items:
            if isinstance(item, list):
                yield from walk(item)
            else:
                yield item.title, reader.get_destination_page_number(item) + 1

    return list(walk(reader.outline))


# Pages and text ---------------------------------------------------------------------------------


@needs_paper_font
@pytest.mark.parametrize("count", [1, 2, 5])
def test_text_is_that_of_the_parts_one_after_the_other(count, tmp_path):
    pieces = parts(count)

    whole = joined(pieces)

    assert texts_of(whole, tmp_path) == [
        text for piece in pieces for text in texts_of(piece, tmp_path)
    ]
    assert sizes_of(whole) == [size for piece in pieces for size in sizes_of(piece)]


@pytest.mark.parametrize("variant", CLAIMS)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_whole_keeps_its_promises(count, variant):
    whole = with_furniture(parts(count, variant))

    assert problems_of(whole, claims=CLAIMS[variant]) == []
    assert headings_of(whole) == [1, 2] * count
    assert skipped_headings(whole) == []


def test_part_as_it_was_drawn_has_the_problems_that_are_mended():
    # Tells when WeasyPrint has learnt better, and that the reader of structure sees anything.
    problems = problems_of(part(1))

    assert "page 1: a head cell without scope" in problems
    assert "page 1: an annotation that is not printed" in problems
    assert "the list of identifiers is not that of the elements" in problems


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shapes=st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from([3, 12]), st.booleans()),
        min_size=1,
        max_size=6,
    )
)
def test_any_parts_join_in_order(shapes, tmp_path):
    pieces = [part(number, rows=rows, wide=wide) for number, rows, wide in shapes]
    lengths = [len(sizes_of(piece)) for piece in pieces]
    starts = [0, *accumulate(lengths)]

    whole = with_furniture(pieces)

    assert problems_of(whole) == []
    assert [len(sizes_of(whole)), len(texts_of(whole, tmp_path))] == [sum(lengths)] * 2
    assert bookmarks_of(whole) == [
        (title, start + page)
        for piece, start in zip(pieces, starts, strict=False)
        for title, page in bookmarks_of(piece)
    ]
    assert links_of(whole) == [
        (start + page, target and start + target)
        for piece, start in zip(pieces, starts, strict=False)
        for page, target in links_of(piece)
    ]


def test_title_language_attachments_and_claims_are_those_of_the_first_part():
    first = drawn(
        "<h1>หนึ่ง</h1>", title="ฉบับเต็ม", variant="pdf/a-3a", attached=(("content.json", b"{}"),)
    )
    second = drawn(
        "<h1>สอง</h1>", title="ส่วนที่สอง", variant="pdf/a-3a", attached=(("content.json", b"[]"),)
    )

    with opened(joined([first, second])) as whole, opened(first) as before:
        assert whole.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert str(whole.docinfo.Title) == "ฉบับเต็ม"
        assert str(whole.Root.Lang) == "th"
        assert whole.Root.MarkInfo.Marked is True
        assert whole.Root.ViewerPreferences.DisplayDocTitle is True
        assert whole.Root.OutputIntents[0].S == Name.GTS_PDFA1
        assert [file.get_file().read_bytes() for file in whole.attachments.values()] == [b"{}"]
        assert whole.Root.AF[0].objgen == whole.Root.Names.EmbeddedFiles.Names[1].objgen
        assert whole.trailer.ID[0] == before.trailer.ID[0]


def test_attached_files_are_listed_once_and_in_the_order_of_their_names():
    names = ["2.pdf", "content.json", "10.pdf"]
    attached = tuple((name, name.encode()) for name in names)

    with opened(joined([drawn("<p>ก", variant="pdf/a-3a", attached=attached)])) as whole:
        listed = whole.Root.Names.EmbeddedFiles.Names
        assert [str(listed[i]) for i in (0, 2, 4)] == sorted(names)
        assert [str(file.F) for file in whole.Root.AF] == names
        assert whole.attachments["10.pdf"].get_file().read_bytes() == b"10.pdf"


def test_no_parts_are_refused():
    with pytest.raises(ValueError, match="nothing to join"):
        joined([])


@pytest.mark.parametrize("tagged_before", [0, 1])
def test_parts_without_tags_are_refused(tagged_before):
    untagged = drawn("<p>ก", variant=None)

    with pytest.raises(ValueError, match="no tags"):
        joined([part(1)] * tagged_before + [untagged])


# Links and bookmarks ----------------------------------------------------------------------------


def test_bookmarks_of_parts_without_any_come_from_the_others():
    plain = drawn("<p>ไม่มีหัวข้อ</p>")

    assert bookmarks_of(joined([plain, part(1), plain])) == [("ตอนที่ 1", 2), ("ท้ายตอนที่ 1", 2)]


def test_places_of_one_name_in_two_parts_keep_their_links_apart():
    pieces = parts(2)  # of one and two pages

    assert links_of(joined(pieces)) == [(1, 1), (1, None), (1, 1), (2, 3), (2, None), (3, 2)]


def test_places_are_listed_in_the_order_by_which_readers_search():
    with opened(joined(parts(2))) as whole:
        names = whole.Root.Names.Dests.Names
        assert [str(names[i]) for i in range(0, len(names), 2)] == [
            "2.end",
            "2.start",
            "end",
            "start",
        ]


def test_table_of_contents_leads_to_pages_of_the_whole():
    contents = drawn(
        '<h1>สารบัญ</h1><p><a href="https://page.invalid/2">หนึ่ง</a></p>'
        '<p><a href="https://page.invalid/4">สอง</a></p>'
    )

    whole = joined([contents, *parts(2)])

    assert links_of(whole)[:2] == [(1, 2), (1, 4)]
    assert b"page.invalid" not in whole
    with opened(whole) as pdf:
        assert "/A" not in pdf.pages[0].Annots[0]
        assert str(pdf.pages[0].Annots[1].Contents) == "ไปยังหน้า ๔ ของเอกสาร"
        assert str(pdf.pages[1].Annots[0].Contents) == "ไปยังหน้า ๒ ของเอกสาร"
        assert str(pdf.pages[1].Annots[1].Contents) == "https://example.org/"


@pytest.mark.parametrize("page", [0, 2])
def test_link_to_a_page_that_is_not_there_is_refused(page):
    with pytest.raises(ValueError, match=f"page {page} of 1"):
        joined([drawn(f'<p><a href="https://page.invalid/{page}">สารบัญ</a></p>')])


# Tables -----------------------------------------------------------------------------------------


def heads_by_cell(pdf):
    """Scopes of the head cells in order, and the heads of each other cell by their order."""
    scopes, cells = [], []

    def walk(element):
        if element["/S"] == Name.TH:
            scopes.append(str(element.A.Scope)[1:])
        elif element["/S"] == Name.TD:
            cells.append([int(str(head)[1:]) for head in element.A.Headers])
        for kid in element.get("/K", ()):
            if not isinstance(kid, int) and "/S" in kid:
                walk(kid)

    with opened(pdf) as whole:
        walk(whole.Root.StructTreeRoot.K[0])
    return scopes, cells


def test_cells_behind_a_rowspan_know_the_heads_above_and_beside_them():
    table = """<table><thead><tr><th rowspan=2>ก</th><th colspan=2>ข</th></tr>
        <tr><th>ค</th><th>ง</th></tr></thead><tbody>
        <tr><td rowspan=2>1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr>
        <tr><th scope=row>จ</th><td colspan=2>6</td></tr></tbody></table>"""

    scopes, cells = heads_by_cell(joined([drawn(table)]))

    assert scopes == ["Column"] * 4 + ["Row"]
    assert cells == [[0], [1, 2], [1, 3], [1, 2], [1, 3], [1, 2, 3, 4]]


def test_cells_belong_to_the_group_they_stand_in_and_not_to_those_before():
    table = """<table><thead><tr><th>ก</th><th>ข</th></tr></thead><tbody>
        <tr><th colspan=2>กลุ่มหนึ่ง</th></tr><tr><td>1</td><td>2</td></tr>
        <tr><th colspan=2>กลุ่มสอง</th></tr><tr><td>3</td><td>4</td></tr></tbody></table>"""

    scopes, cells = heads_by_cell(joined([drawn(table)]))

    assert scopes == ["Column"] * 4
    assert cells == [[0, 2], [1, 2], [0, 3], [1, 3]]


def test_heads_are_numbered_on_over_tables_and_parts():
    table = drawn("<table><tr><th>ก</th></tr><tr><td>1</td></tr></table>" * 2)

    _scopes, cells = heads_by_cell(joined([table, table]))

    assert cells == [[0], [1], [2], [3]]


def test_short_rows_and_rowspans_past_the_end_become_regular():
    table = "<table><tr><td>1</td><td rowspan=5>2</td></tr><tr><td>3</td></tr><tr></tr></table>"
    short = "<table><tr><td>1</td><td>2</td><td>3</td></tr><tr><td>4</td></tr></table>"

    assert any("columns in one table" in problem for problem in problems_of(drawn(short)))
    assert problems_of(joined([drawn(table), drawn(short)])) == []


# Furniture --------------------------------------------------------------------------------------


@needs_paper_font
def test_furniture_is_read_after_the_text_of_its_page(tmp_path):
    pieces = parts(3)
    bare = texts_of(joined(pieces), tmp_path)

    whole = with_furniture(pieces)

    assert texts_of(whole, tmp_path) == [
        f"{text}เลขหน้า{number}." for number, text in enumerate(bare, start=1)
    ]


def test_furniture_is_left_out_when_the_tags_are_read(tmp_path):
    whole = with_furniture(parts(2))

    read = poppler(whole, "pdfinfo", "-struct-text", folder=tmp_path)

    assert "ท้ายตอนที่ 2" in read
    assert "เลขหน้า" not in read


def test_each_page_lists_only_what_it_draws():
    pieces = [part(1, rows=12), part(2)]

    with opened(with_furniture(pieces)) as whole:
        pictures = [sorted(page.Resources.XObject.keys()) for page in whole.pages]

    assert [len(names) for names in pictures] == [1, 2, 2]
    assert {names[0] for names in pictures} == {"/Furniture"}


def test_furniture_for_another_number_of_pages_is_refused():
    with pytest.raises(ValueError, match="2 pages of furniture for 1 pages"):
        joined([part(1)], furniture=furniture_for([(595, 842)] * 2))


# The file ---------------------------------------------------------------------------------------


def test_equal_pictures_are_kept_once_and_never_smoothed():
    with opened(joined(parts(5, "pdf/a-3a"))) as whole:
        streams = [item for item in whole.objects if isinstance(item, pikepdf.Stream)]
    images = [item for item in streams if item.get("/Subtype") == Name.Image]

    assert [image.Interpolate for image in images] == [False]
    assert len([item for item in streams if item.get("/N") == 3]) == 1


def test_same_parts_give_the_same_bytes_in_another_process(tmp_path):
    pieces = parts(2)
    furniture = furniture_over(pieces)
    files = []
    for number, data in enumerate([furniture, *pieces]):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(data)
    program = (
        "import hashlib, json, pathlib, sys\n"
        "from reports.rendering.joining import joined\n"
        "furniture, *parts = [pathlib.Path(f).read_bytes() for f in json.loads(sys.argv[1])]\n"
        "print(hashlib.sha256(joined(parts, furniture=furniture)).hexdigest())"
    )

    found = {
        subprocess.run(
            [sys.executable, "-c", program, json.dumps([str(file) for file in files])],
            env={"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, zone in [("1", "Asia/Bangkok"), ("2", "America/Lima")]
    }

    assert found == {hashlib.sha256(joined(pieces, furniture=furniture)).hexdigest()}
