"""The command that draws again what was published, and names what is not the same."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from measures.domain.publishing import publications
from measures.models import Publication
from reports import publishing
from tests.factories.flow import make_approved
from tests.factories.people import Office, make_office
from tests.measures.views.roles import everything_stored

pytestmark = pytest.mark.django_db

SEAL = b"\n5 0 obj fictional seal endobj\n"


def published(
    office: Office,
    *,
    version: str = publishing.TEMPLATE_VERSION,
    seal: bytes = b"",
    changed: bytes = b"",
) -> Publication:
    """Publish as of this template version, drawn in earnest; then sealed, or changed on the way."""
    document = make_approved(office)
    code = publications.new_code()
    content = {
        **publications.content_of(document),
        "template_version": version,
        "publication": {
            "code": code,
            "published_on": "2021-03-31",
            "verify_address": f"https://example.go.th/verify/{code}/",
        },
    }
    paper = publishing.draw(content, workers=1)
    return publications.publish(
        document,
        content=content,
        pdf=paper.pdf + changed + seal,
        archive=paper.archive + seal,
        sealed_by="หน่วยงานสมมติ" if seal else "",
        by=office.coordinator,
    )


def name_of(publication: Publication) -> str:
    return f"{publication.organisation.slug} {publication.number} ({publication.code})"


def rebuild(**options) -> tuple[list[str], list[str]]:
    """Call the command as from the terminal; return the lines it says and those of its errors."""
    said, complained = StringIO(), StringIO()
    arguments = [f"--{name}={value}" for name, value in options.items()]
    code = 0
    try:
        call_command("rebuild_publications", *arguments, stdout=said, stderr=complained)
    except CommandError as error:
        code = error.returncode
        complained.write(f"{error}\n")
    assert code == (1 if complained.getvalue() else 0)
    return said.getvalue().splitlines(), complained.getvalue().splitlines()


def stored_files(media: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in media.rglob("*.pdf")}


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_published_is_the_same_again(office, workers):
    publication = published(office)

    assert rebuild(workers=workers) == ([f"{name_of(publication)}: ตรงกัน"], [])


def test_a_seal_stands_behind_the_paper(office):
    publication = published(office, seal=SEAL)

    assert rebuild() == ([f"{name_of(publication)}: ตรงกัน"], [])


@pytest.mark.parametrize("seal", [b"", SEAL])
def test_paper_that_differs_is_named(office, seal, settings):
    publication = published(office, seal=seal)
    path = Path(publication.pdf.path)
    path.write_bytes(path.read_bytes().replace(b"%PDF-1", b"%PDF-9", 1))
    before = stored_files(Path(settings.MEDIA_ROOT))

    said, complained = rebuild()

    assert said == []
    assert complained == [
        f"{name_of(publication)}: ไฟล์ PDF ที่เก็บไว้ไม่ตรงกับที่จัดทำใหม่จากเนื้อหา",
        "ไม่ตรงกัน 1 ฉบับ",
    ]
    assert stored_files(Path(settings.MEDIA_ROOT)) == before


def test_an_archive_that_differs_is_named(office):
    publication = published(office)
    Path(publication.archive.path).write_bytes(b"%PDF-1.7\nanother\n%%EOF\n")

    assert rebuild()[1][0] == (
        f"{name_of(publication)}: ไฟล์ PDF สำหรับเก็บถาวร ที่เก็บไว้ไม่ตรงกับที่จัดทำใหม่จากเนื้อหา"
    )


def test_what_was_added_without_a_seal_differs(office):
    """Where nobody sealed it, not one byte may follow."""
    publication = published(office, changed=SEAL)

    assert name_of(publication) in rebuild()[1][0]


def test_a_file_that_is_gone_is_named(office):
    publication = published(office)
    Path(publication.pdf.path).unlink()

    assert rebuild()[1][0] == f"{name_of(publication)}: ไม่พบไฟล์ PDF ที่เก็บไว้"


def test_what_cannot_be_drawn_any_more_is_named_and_the_others_are_compared(office, monkeypatch):
    lost = published(office)
    kept = published(make_office())
    really = publishing.draw

    def draw(content, **options):
        if content["organisation"]["slug"] == office.organisation.slug:
            raise ValueError("ภาพที่ 3 เปิดไม่ได้")
        return really(content, **options)

    monkeypatch.setattr(publishing, "draw", draw)

    said, complained = rebuild()

    assert said == [f"{name_of(kept)}: ตรงกัน"]
    assert complained[0] == (f"{name_of(lost)}: จัดทำใหม่ไม่สำเร็จ (ValueError: ภาพที่ 3 เปิดไม่ได้)")


def test_another_template_version_is_told_and_is_no_fault(office):
    publication = published(office, version="of-old")

    assert rebuild() == (
        [f"{name_of(publication)}: จัดทำด้วยแบบพิมพ์รุ่น “of-old” จึงไม่ได้เทียบ"],
        [],
    )


def test_one_office_can_be_asked_for(office):
    publication = published(office)
    published(make_office())

    assert rebuild(organisation=office.organisation.slug) == (
        [f"{name_of(publication)}: ตรงกัน"],
        [],
    )


def test_nothing_is_changed(office):
    published(office)
    before = everything_stored()

    rebuild()

    assert everything_stored() == before


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"organisation": "no-such-office"}, "ไม่พบหน่วยงาน no-such-office"),
        ({"workers": 0}, "--workers ต้องเป็น 1 ขึ้นไป"),
    ],
)
def test_what_is_not_there_is_told(office, options, refusal):
    assert rebuild(**options) == ([], [refusal])
