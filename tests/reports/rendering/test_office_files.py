"""Word and Excel files on paper: named with their hash, carried by the archive, never drawn."""

import hashlib
import io

import pikepdf
import pytest

from reports.rendering.as_pdf import files_of, pdf_of
from reports.rendering.evidence_files import MISSING_FILE, hashes_in, without_files
from reports.rendering.evidence_files import problems_of as unreadable_in
from reports.rendering.parts import Variant
from tests.factories.content import content, entry, evidence, measure
from tests.factories.evidence import word
from tests.reports.rendering.printed import compact, pages_of
from tests.reports.rendering.structure import problems_of


@pytest.fixture
def media(tmp_path, settings):
    """The folder of uploaded files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "evidence").mkdir(parents=True)
    return settings.MEDIA_ROOT


def with_evidence(*pieces):
    one = measure(1, progress=[entry(evidence=list(pieces))])
    return content(measures=[one], signoff=[])


def test_word_and_excel_are_listed_with_their_hash_and_lie_in_the_archive(media, tmp_path):
    report = word("รายงานสมมติ")
    digest = hashlib.sha256(report).hexdigest()
    for ending in ("docx", "xlsx"):
        (media / "evidence" / f"a.{ending}").write_bytes(report)
    frozen = with_evidence(
        evidence("word", file="evidence/a.docx", caption="รายงานสมมติ", sha256=digest),
        evidence("sheet", file="evidence/a.xlsx", caption="ตารางสมมติ", sha256=digest),
    )

    files = files_of(frozen, layout="memo_status", variants=tuple(Variant))

    text = compact("".join(pages_of(files[Variant.ACCESSIBLE], folder=tmp_path)))
    assert compact("ภาคผนวก ง ไฟล์ Word และ Excel") in text
    assert compact("ง-๑ รายงานสมมติ (เอกสาร Word)") in text
    assert compact("ง-๒ ตารางสมมติ (ตาราง Excel)") in text
    assert text.count(digest) == 2
    archive = compact("".join(pages_of(files[Variant.ARCHIVE], folder=tmp_path)))
    assert "evidence-1.docx" in archive
    assert "evidence-2.xlsx" in archive
    with pikepdf.open(io.BytesIO(files[Variant.ARCHIVE])) as file:
        assert file.attachments["evidence-1.docx"].get_file().read_bytes() == report
    assert problems_of(files[Variant.ACCESSIBLE]) == []
    assert problems_of(files[Variant.ARCHIVE], claims=("pdfaid",)) == []


def test_file_that_is_gone_says_so(media, tmp_path):
    frozen = with_evidence(evidence("word", file="evidence/gone.docx", caption="หายไป"))

    text = compact("".join(pages_of(pdf_of(frozen, layout="memo_status"), folder=tmp_path)))

    assert compact(MISSING_FILE) in text
    assert unreadable_in(frozen) == ["หายไป"]


def test_withheld_file_leaves_its_caption_alone(media):
    frozen = with_evidence(
        evidence("word", sha256="a" * 64), evidence("link"), evidence("pdf", sha256="b" * 64)
    )

    assert hashes_in(frozen) == ["a" * 64, "b" * 64]
    left = without_files(frozen, {"a" * 64})
    pieces = left["measures"][0]["progress"][0]["evidence"]
    assert [piece["file"] for piece in pieces] == ["", "", "evidence/pdf.pdf"]
    assert without_files(frozen, set()) is frozen
