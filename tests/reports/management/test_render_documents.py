"""The command that draws all documents of a year, side by side."""

import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from measures.domain import documents
from measures.domain.publishing import publications
from reports.management.commands import render_documents
from reports.rendering.as_pdf import pdf_of
from tests.factories.flow import make_draft, publish
from tests.factories.people import make_office
from tests.measures.views.roles import everything_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch):
    """What was given to be drawn, with its layout; a few bytes stand for the paper."""
    given = []

    def draw(content, layout):
        given.append((content, layout))
        return b"%PDF-1.7\ndrawn\n%%EOF\n"

    monkeypatch.setitem(render_documents.DRAWING, "pdf", draw)
    return given


def draw(folder, **options) -> tuple[list[str], list[str]]:
    """Call the command as from the terminal; return the lines it says and those of its errors."""
    arguments = [
        f"--{name.replace('_', '-')}={value}"
        for name, value in {"fiscal_year": 2564, "output": folder, **options}.items()
    ]
    said, complained = StringIO(), StringIO()
    code = 0
    try:
        call_command("render_documents", *arguments, stdout=said, stderr=complained)
    except CommandError as error:
        code = error.returncode
        complained.write(f"{error}\n")
    assert code == (1 if complained.getvalue() else 0)
    return said.getvalue().splitlines(), complained.getvalue().splitlines()


def test_two_workers_draw_what_one_would(office, tmp_path):
    """Drawn in earnest, by processes of their own, without a database."""
    report = make_draft(office)
    plan = documents.compile_plan(office.organisation, 2564, by=office.coordinator)
    slug = office.organisation.slug
    before = everything_stored()

    said, complained = draw(tmp_path / "drawn", workers=2)

    names = [f"{slug}-2564-6-{report.pk}.pdf", f"{slug}-2564-plan-{plan.pk}.pdf"]
    assert sorted(path.name for path in (tmp_path / "drawn").iterdir()) == names
    assert [line.split("/")[-1] for line in said] == [
        f"{name}: ร่าง, {office.organisation.default_layout}" for name in names
    ]
    assert complained == []
    content = publications.content_of(report)
    assert (tmp_path / "drawn" / names[0]).read_bytes() == pdf_of(content, layout=content["layout"])
    assert everything_stored() == before


def test_drafts_and_publications_of_all_offices_are_drawn(office, tmp_path, drawn):
    publication = publish(office)
    other = make_office()
    make_draft(other)

    said, _complained = draw(tmp_path)

    assert len(drawn) == len(said) == 2
    assert publication.content in [content for content, _layout in drawn]
    assert {line.split(": ")[1].split(",")[0] for line in said} == {"ร่าง", "เผยแพร่แล้ว"}


def test_one_office_can_be_asked_for(office, tmp_path, drawn):
    make_draft(office)
    make_draft(make_office())

    draw(tmp_path, organisation=office.organisation.slug)

    assert [content["organisation"]["slug"] for content, _layout in drawn] == [
        office.organisation.slug
    ]


def test_another_layout_can_be_asked_for(office, tmp_path, drawn):
    make_draft(office)

    draw(tmp_path, layout="memo_status")

    assert [layout for _content, layout in drawn] == ["memo_status"]


def test_a_file_for_word_can_be_asked_for(office, tmp_path):
    """Drawn in earnest, once."""
    document = make_draft(office)

    draw(tmp_path, format="docx")

    [path] = tmp_path.glob("*.docx")
    assert path.name == f"{office.organisation.slug}-2564-6-{document.pk}.docx"
    assert zipfile.is_zipfile(path)


def test_one_that_fails_is_named_and_the_others_are_drawn(office, tmp_path, monkeypatch):
    make_draft(office)
    failing = documents.compile_plan(office.organisation, 2564, by=office.coordinator)

    def draw_or_fail(content, layout):
        if content["kind"] == "plan":
            raise ValueError("ภาพที่ 3 เปิดไม่ได้")
        return b"%PDF-1.7\ndrawn\n%%EOF\n"

    monkeypatch.setitem(render_documents.DRAWING, "pdf", draw_or_fail)

    said, complained = draw(tmp_path)

    name = f"{office.organisation.slug}-2564-plan-{failing.pk}.pdf"
    assert len(said) == 1
    assert complained == [
        f"{tmp_path / name}: ValueError: ภาพที่ 3 เปิดไม่ได้",
        f"จัดทำไม่สำเร็จ 1 จาก 2 ฉบับ: {name}",
    ]
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"workers": 0}, "--workers ต้องเป็น 1 ขึ้นไป"),
        ({"workers": -2}, "--workers ต้องเป็น 1 ขึ้นไป"),
        ({"fiscal_year": 2560}, "ไม่พบเอกสาร"),
        ({"organisation": "no-such-office"}, "ไม่พบเอกสาร"),
        ({"layout": "no_such_layout"}, "no_such_layout"),
        ({"format": "odt"}, "odt"),
    ],
)
def test_what_cannot_be_drawn_is_told_and_nothing_is_written(
    office, tmp_path, drawn, options, refusal
):
    make_draft(office)

    said, complained = draw(tmp_path / "drawn", **options)

    assert refusal in "\n".join(complained)
    assert (said, drawn) == ([], [])
    assert not (tmp_path / "drawn").exists()
