"""Where things stand on paper, within 1 mm of the forms that were measured (memo.md §1.11)."""

import io
import subprocess

import pikepdf
import pytest
from PIL import Image

from reports.rendering.as_pdf import pdf_of
from reports.rendering.fonts import paper_font_is_installed
from tests.factories.content import content, measure
from tests.reports.rendering.printed import pages_of, words_of

needs_paper_font = pytest.mark.skipif(
    not paper_font_is_installed(), reason="run scripts/install_paper_font.py"
)

MILLIMETRE = 72 / 25.4  # points
WIDE_RIGHT = (297 - 20) * MILLIMETRE


def memo(**changes):
    return pdf_of(content(**changes), layout="memo_status")


@pytest.fixture(scope="module")
def printed():
    """The memo of six measures, drawn once for the tests that only read it."""
    return memo()


@pytest.fixture(scope="module")
def wide():
    """A table on wide pages, long enough for two."""
    measures = [measure(number) for number in range(1, 7)]
    return pdf_of(content(measures=measures), layout="indicator_table")


@needs_paper_font
def test_geometry_is_that_of_the_measured_form(printed, tmp_path):
    """Tops and lefts in points, as measured in a Word form with TH SarabunPSK v1.1."""
    words = words_of(printed, folder=tmp_path, page=1)
    expected = {  # the first word of each line: left, top
        "ส่วนราชการ": (85.0, 91.5),
        "ที่": (85.0, 117.8),
        "เรื่อง": (85.0, 144.0),
        "เรียน": (85.0, 170.1),
    }
    for word, (left, top) in expected.items():
        found = next(one for one in words if one[0] == word)
        assert found[1:3] == pytest.approx((left, top), abs=MILLIMETRE)
    title = next(one for one in words if one[0] == "บันทึกข้อความ")
    assert title[2] == pytest.approx(57.3, abs=MILLIMETRE)
    assert (title[1] + title[3]) / 2 == pytest.approx((85.0 + 538.5) / 2, abs=MILLIMETRE)
    paragraph = next(one for one in words if one[0].startswith("ตามที่"))
    assert paragraph[1:3] == pytest.approx((157.1, 196.0), abs=MILLIMETRE)
    assert max(one[3] for one in words) <= 538.5 + MILLIMETRE
    pitch = next(one for one in words if one[0] == "พ.ศ.")[2] - paragraph[2]
    assert pitch == pytest.approx(21.0, abs=0.1)


@needs_paper_font
def test_signer_stands_on_the_axis_right_of_centre(printed, tmp_path):
    pages = pages_of(printed, folder=tmp_path)
    axis = 145 * MILLIMETRE  # 14.5 cm from the left edge
    for line in ("ผู้ช่วยนักวิเคราะห์นโยบายและแผน", "หัวหน้าสำนักปลัด", "นายกองค์การบริหารส่วนตำบลสมมตินา"):
        page = max(n for n, text in enumerate(pages, start=1) if f"\n{line}\n" in text)
        found = [one for one in words_of(printed, folder=tmp_path, page=page) if one[0] == line][-1]
        assert (found[1] + found[3]) / 2 == pytest.approx(axis, abs=MILLIMETRE)


@needs_paper_font
def test_number_and_catchword_stand_in_their_corners(printed, tmp_path):
    words = words_of(printed, folder=tmp_path, page=2)
    number = next(one for one in words if one[0] == "๒")
    assert number[2] == pytest.approx(25 * MILLIMETRE, abs=2 * MILLIMETRE)
    assert (number[1] + number[3]) / 2 == pytest.approx(110 * MILLIMETRE, abs=MILLIMETRE)
    last = words[-1] if words[-1][0].endswith("...") else max(words, key=lambda one: one[2])
    assert last[0].endswith("...")
    assert last[3] == pytest.approx(538.5, abs=MILLIMETRE)


def figure_box(pdf):
    """Left, top, right and bottom of the first figure, in points from the page's top left."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        [figure] = [
            each
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        left, bottom, right, top = map(float, figure.A.BBox)
        height = float(opened.pages[0].mediabox[3])
    return left, height - top, right, height - bottom


def test_emblem_is_fifteen_millimetres_high_on_the_left_margin(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    Image.new("L", (354, 354)).save(tmp_path / "emblem.png")
    organisation = content()["organisation"] | {"emblem": "emblem.png"}
    left, top, right, bottom = figure_box(memo(organisation=organisation))
    assert (left, top) == pytest.approx((85.0, 43.5), abs=MILLIMETRE)
    assert (right - left, bottom - top) == pytest.approx((42.5, 42.5), abs=MILLIMETRE)


@needs_paper_font
def test_number_and_catchword_of_wide_pages_stand_in_their_corners(wide, tmp_path):
    words = words_of(wide, folder=tmp_path, page=2)
    number = next(one for one in words if one[0] == "๒")
    assert (number[1] + number[3]) / 2 == pytest.approx(148.5 * MILLIMETRE, abs=MILLIMETRE)
    first = words_of(wide, folder=tmp_path, page=1)
    catchword = next(one for one in first if one[0].endswith("..."))
    assert catchword[3] == pytest.approx(WIDE_RIGHT, abs=MILLIMETRE)
    assert max(one[3] for one in first) <= WIDE_RIGHT + MILLIMETRE


@needs_paper_font
@pytest.mark.parametrize(("layout", "axis"), [("item_narrative", 129), ("indicator_table", 205)])
def test_certifier_stands_on_the_axis_right_of_centre(layout, axis, tmp_path):
    pdf = pdf_of(content(measures=[measure(1)]), layout=layout)
    pages = len(pages_of(pdf, folder=tmp_path))
    words = [
        one for page in range(1, pages + 1) for one in words_of(pdf, folder=tmp_path, page=page)
    ]
    post = [one for one in words if one[0] == "นายกองค์การบริหารส่วนตำบลสมมตินา"][-1]
    assert (post[1] + post[3]) / 2 == pytest.approx(axis * MILLIMETRE, abs=MILLIMETRE)


@pytest.mark.parametrize("has_leaders", [True, False])
def test_dots_behind_the_fields_are_an_option(has_leaders, tmp_path):
    organisation = content()["organisation"] | {"has_leaders": has_leaders}
    pdf = memo(organisation=organisation)
    office = next(
        one for one in words_of(pdf, folder=tmp_path, page=1) if one[0].startswith("ส่วนราชการ")
    )
    picture = picture_of(pdf, tmp_path)
    scale = picture.width / 595.3
    # Right of the words of the line, down to the margin: dots, or nothing at all.
    strip = picture.crop(
        (int(480 * scale), int(office[2] * scale), int(535 * scale), int(office[4] * scale))
    )
    darkest, _lightest = strip.getextrema()
    assert (darkest < 128) is has_leaders


def picture_of(pdf, folder):
    (folder / "page.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", "100", "-gray", "-f", "1", "-l", "1", "-png"]
    subprocess.run([*command, "page.pdf", "page"], cwd=folder, check=True)
    [file] = folder.glob("page-*.png")
    return Image.open(file).convert("L")


def test_upright_and_wide_pages_mix_in_one_document():
    pdf = pdf_of(content(measures=[measure(1)]), layout="cover_table")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        sizes = [tuple(round(float(side)) for side in page.mediabox[2:]) for page in opened.pages]
    assert sizes == [(595, 842), (842, 595)]
