import io
import subprocess
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from reports.rendering.joining import (
    EvidencePage,
    UnreadablePdf,
    joined,
    pages_in,
    placeholder_png,
)
from tests.factories.pictures import pdf
from tests.reports.rendering.joining.drawn import (
    as_address,
    drawn,
    evidence_file,
    furniture_for,
    part,
    place_for,
    texts_of,
)
from tests.reports.rendering.structure import problems_of

RED, BLUE = (255, 0, 0), (0, 0, 255)
# A red sheet far beyond any box, its part within 20 points of the upper left corner of 200 x 300
# blue.
SHEET = b"1 0 0 rg -999 -999 2999 2999 re f 0 0 1 rg 0 280 20 20 re f"
TOLERANCE = 1.5  # pixels at 72 dpi


def put(*files, width="8cm", height="12cm"):
    """A document with the first page of each file in a box of this size."""
    places = "".join(place_for(i, width=width, height=height) for i in range(len(files)))
    evidence = {i: EvidencePage(file, 1) for i, file in enumerate(files)}
    return joined([drawn(f"<h1>ภาคผนวก</h1>{places}")], evidence=evidence)


def pixels_of(whole, folder):
    """The first page at one pixel a point."""
    (folder / "whole.pdf").write_bytes(whole)
    command = ["pdftoppm", "-r", "72", "-aa", "no", "-singlefile", "-png", "whole.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True)
    return Image.open(folder / "page.png").convert("RGB")


def extent(image, *colours):
    """Left, top, right and bottom of what has one of these colours."""
    spots = [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if image.getpixel((x, y)) in colours
    ]
    xs, ys = zip(*spots, strict=True)
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1


def figure_of(whole):
    """Left, top, right and bottom of the first figure in the tags, from the upper left corner."""
    with pikepdf.open(io.BytesIO(whole)) as opened:
        waiting = [opened.Root.StructTreeRoot.K[0]]
        while waiting:
            element = waiting.pop()
            if element["/S"] == Name.Figure:
                left, bottom, right, top = (float(side) for side in element.A.BBox)
                height = float(element.Pg.MediaBox[3])
                return left, height - top, right, height - bottom
            waiting += [kid for kid in element.K if not isinstance(kid, int)]
    raise AssertionError("no figure")


# The place ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("corner", "rotate", "crop", "width", "height"),
    [
        ("upper left", 0, None, "8cm", "12cm"),
        ("upper right", 90, None, "8cm", "12cm"),
        ("lower right", 180, None, "12cm", "5cm"),
        ("lower left", 270, None, "12cm", "8cm"),
        ("upper left", 0, (0, 100, 100, 300), "6cm", "6cm"),
        ("upper right", 90, (0, 150, 200, 300), "6cm", "12cm"),
        ("upper left", 0, (-50, 200, 150, 900), "10cm", "4cm"),  # paper ends at 0 and 300
    ],
)
def test_page_fills_its_place_upright_and_in_the_middle(
    corner, rotate, crop, width, height, tmp_path
):
    whole = put(evidence_file(SHEET, crop=crop, rotate=rotate), width=width, height=height)

    left, top, right, bottom = figure_of(whole)
    shown_left, shown_bottom, shown_right, shown_top = crop or (0, 0, 200, 300)
    across, up = min(shown_right, 200) - max(shown_left, 0), min(shown_top, 300) - shown_bottom
    if rotate in (90, 270):
        across, up = up, across
    scale = min((right - left) / across, (bottom - top) / up)
    image = pixels_of(whole, tmp_path)
    sheet = extent(image, RED, BLUE)
    assert sheet == pytest.approx(
        (
            (left + right - across * scale) / 2,
            (top + bottom - up * scale) / 2,
            (left + right + across * scale) / 2,
            (top + bottom + up * scale) / 2,
        ),
        abs=TOLERANCE,
    )
    mark = extent(image, BLUE)
    touching = [
        name
        for name, side in zip(("left", "upper", "right", "lower"), range(4), strict=True)
        if abs(mark[side] - sheet[side]) < TOLERANCE
    ]
    assert sorted(touching) == sorted(corner.split())


def test_page_stands_inside_the_tag_of_its_picture(tmp_path):
    source = drawn("<p>คำสั่งแนบ</p>", variant=None)

    whole = put(source)

    assert problems_of(whole) == []
    assert texts_of(whole, tmp_path) == ["ภาคผนวกคำสั่งแนบ"]


def test_boxes_of_several_shapes_in_several_parts_get_their_own_pages(tmp_path):
    source = drawn("<p>แผ่นหนึ่ง</p><h1>แผ่นสอง</h1>", variant=None)
    pieces = [
        part(1),
        drawn(place_for(7, width="16cm", height="3cm") + place_for(3)),
        drawn(place_for(5)),
    ]
    evidence = {3: EvidencePage(source, 2), 7: EvidencePage(source, 1), 5: EvidencePage(source, 1)}
    furniture = furniture_for([(595.28, 841.89)] * 3)

    whole = joined(pieces, evidence=evidence, furniture=furniture)

    assert problems_of(whole) == []
    assert texts_of(whole, tmp_path)[1:] == [
        "แผ่นหนึ่งแผ่นสองเลขหน้า2.",
        "แผ่นหนึ่งเลขหน้า3.",
    ]


def test_fonts_of_a_file_are_taken_over_once_for_all_its_pages():
    source = drawn("<h1>ก</h1>" * 5, variant=None)
    places = "".join(place_for(i) for i in range(5))
    before = drawn(places)

    whole = joined([before], evidence={i: EvidencePage(source, i + 1) for i in range(5)})

    assert embedded_fonts(whole) == embedded_fonts(before) + embedded_fonts(source)


def embedded_fonts(data):
    with pikepdf.open(io.BytesIO(data)) as opened:
        return sum(
            isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor
            for item in opened.objects
        )


# What stays behind -------------------------------------------------------------------------------


def test_tags_of_the_evidence_stay_behind_and_its_layers_stay(tmp_path):
    tagged = drawn('<h1>หัวข้อ</h1><p style="opacity: .5">จาง</p>', variant="pdf/ua-1")
    layered = evidence_file(b"/Artifact BMC /OC /L BDC EMC EMC EMC 1 0 0 rg 9 9 9 9 re f")

    whole = put(tagged, layered, height="9cm")

    assert problems_of(whole) == []
    assert texts_of(whole, tmp_path) == ["ภาคผนวกหัวข้อจาง"]
    with pikepdf.open(io.BytesIO(whole)) as opened:
        forms = [
            item
            for item in opened.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == Name.Form
        ]
        assert not any("/StructParents" in form for form in forms)
        contents = [form.read_bytes() for form in forms]
    assert [text.split() for text in contents if b"/OC" in text] == [
        b"/OC /L BDC EMC 1 0 0 rg 9 9 9 9 re f".split()
    ]


def test_links_and_scripts_of_the_evidence_stay_behind():
    with pikepdf.open(io.BytesIO(evidence_file(SHEET))) as source:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        source.Root.OpenAction = script
        source.pages[0].AA = Dictionary(O=script)
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=script)
        source.pages[0].Annots = Array([source.make_indirect(link)])
        output = io.BytesIO()
        source.save(output)

    whole = put(output.getvalue())

    assert problems_of(whole) == []
    with pikepdf.open(io.BytesIO(whole)) as opened:
        assert "/Annots" not in opened.pages[0]


# What does not fit -------------------------------------------------------------------------------


def test_number_of_pages_is_counted():
    assert pages_in(pdf(3)) == 3


def test_file_that_is_only_locked_against_changes_is_taken(tmp_path):
    with pikepdf.open(io.BytesIO(drawn("<p>อ่านได้</p>", variant=None))) as source:
        output = io.BytesIO()
        source.save(output, encryption=pikepdf.Encryption(user="", owner="ลับ"))

    assert pages_in(output.getvalue()) == 1
    assert texts_of(put(output.getvalue()), tmp_path) == ["ภาคผนวกอ่านได้"]


UNREADABLE = {
    "locked": pdf(password="ลับ"),
    "cut": pdf()[:200],
    "head alone": b"%PDF-1.7",
    "empty": b"",
    "without a paper size": evidence_file(SHEET, media=[0] * 4),
    "without pages": pdf(0),
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_locked_and_broken_files_are_named_unreadable(data):
    with pytest.raises(UnreadablePdf):
        pages_in(data)
    with pytest.raises(UnreadablePdf):
        put(data)


def test_page_that_the_file_does_not_have_is_named_unreadable():
    with pytest.raises(UnreadablePdf, match="page 4 of a file of 3"):
        joined([drawn(place_for(0))], evidence={0: EvidencePage(pdf(3), 4)})


def test_damage_on_a_later_page_is_found_before_anything_is_laid_out():
    with pikepdf.open(io.BytesIO(pdf(3))) as source:
        damaged = zlib.compress(SHEET)[:2] + b"\xff" * 50
        source.pages[2].Contents = source.make_stream(damaged, Filter=Name.FlateDecode)
        output = io.BytesIO()
        source.save(
            output, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )

    with pytest.raises(UnreadablePdf):
        pages_in(output.getvalue())


def test_place_without_evidence_and_evidence_without_place_are_refused():
    page = EvidencePage(pdf(), 1)

    with pytest.raises(ValueError, match="no evidence for place 1"):
        joined([drawn(place_for(0) + place_for(1))], evidence={0: page})
    with pytest.raises(ValueError, match=r"no place .* \[2, 4\]"):
        joined([drawn(place_for(0))], evidence={0: page, 2: page, 4: page})


def test_place_that_is_drawn_twice_is_refused():
    with pytest.raises(ValueError, match="page 0 is drawn twice"):
        joined([drawn(place_for(0) * 2)], evidence={0: EvidencePage(pdf(), 1)})


def test_small_pictures_that_are_no_places_are_left_alone():
    with Image.open(io.BytesIO(placeholder_png(1))) as image:
        image.putpixel((0, 0), (1, 2, 3))
        output = io.BytesIO()
        image.save(output, "PNG")
    tiny = drawn(f'<p><img src="{as_address(output.getvalue())}" alt="จุด" style="width: 1cm"></p>')

    with pikepdf.open(io.BytesIO(joined([tiny]))) as whole:
        assert [x.Subtype for x in whole.pages[0].Resources.XObject.values()] == [Name.Image]
