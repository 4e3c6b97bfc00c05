"""The command that draws any document of any organisation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from measures.domain import documents
from measures.domain.publishing import publications
from measures.models import Document, Publication
from reports.layouts import LAYOUTS
from tests.factories.flow import make_draft, publish, report_all
from tests.factories.people import Office
from tests.measures.views.roles import everything_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch):
    """What was given to be drawn, with its layout."""
    given = []

    def draw(content, layout):
        given.append((content, layout))
        return b"%PDF-1.7\ndrawn\n%%EOF\n"

    monkeypatch.setattr("reports.management.commands.render_document.pdf_of", draw)
    return given


def draw(office: Office, output, **changes) -> str:
    """Call the command as from the terminal; return what it says."""
    options = {"organisation": office.organisation.slug, "fiscal_year": "2564", "round": "6"}
    arguments = [
        f"--{name.replace('_', '-')}={value}"
        for name, value in {**options, "output": output, **changes}.items()
    ]
    said = StringIO()
    call_command("render_document", *arguments, stdout=said)
    return said.getvalue()


def test_a_round_without_a_document_is_drafted_in_memory(office, tmp_path, drawn):
    report_all(office)
    before = everything_stored()

    draw(office, tmp_path / "draft.pdf")

    [(content, layout)] = drawn
    assert (content["kind"], content["fiscal_year"], layout) == (
        "progress_report",
        2564,
        "memo_status",
    )
    assert len(content["measures"]) == 2
    assert everything_stored() == before


def test_a_draft_is_drawn_as_it_stands(office, tmp_path, drawn):
    document = make_draft(office)

    said = draw(office, tmp_path / "draft.pdf")

    assert drawn[0][0] == publications.content_of(document)
    assert said == f"{tmp_path / 'draft.pdf'}: ร่าง, memo_status\n"


def test_what_is_published_is_drawn_as_it_was_published(office, tmp_path, drawn):
    publication = publish(office)

    said = draw(office, tmp_path / "published.pdf")

    assert drawn[0][0] == publication.content
    assert said == f"{tmp_path / 'published.pdf'}: เผยแพร่แล้ว, memo_status\n"


def test_a_plan_is_drawn_from_the_data_or_the_document(office, tmp_path, drawn):
    draw(office, tmp_path / "plan.pdf", round="plan")
    documents.compile_plan(office.organisation, 2564, by=office.coordinator, subject="แผนของเรา")
    draw(office, tmp_path / "plan.pdf", round="plan")

    assert [content["kind"] for content, _layout in drawn] == ["plan", "plan"]
    assert drawn[1][0]["memo"]["subject"] == "แผนของเรา"


def test_the_paper_is_written_to_the_file(office, tmp_path):
    """Drawn in earnest, once."""
    make_draft(office)

    draw(office, tmp_path / "draft.pdf")

    assert (tmp_path / "draft.pdf").read_bytes().startswith(b"%PDF-")


def test_a_word_file_is_written_where_its_name_ends_so(office, tmp_path):
    """Drawn in earnest, once."""
    make_draft(office)

    draw(office, tmp_path / "draft.docx")

    assert (tmp_path / "draft.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", ["draft.doc", "draft"])
def test_a_name_of_another_kind_of_file_is_refused(office, tmp_path, drawn, name):
    make_draft(office)

    with pytest.raises(CommandError, match=f"'{name}': the name must end in .pdf or .docx"):
        draw(office, tmp_path / name)

    assert list(tmp_path.glob("draft*")) == []


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_layout_can_be_asked_for(office, tmp_path, drawn, layout):
    make_draft(office)

    draw(office, tmp_path / "draft.pdf", layout=layout)

    assert drawn[0][1] == layout


@pytest.mark.parametrize(
    "changes",
    [
        {"organisation": "no-such-office"},
        {"round": "12"},
        {"fiscal_year": "2565"},
        {"round": "9"},
        {"layout": "no_such_layout"},
        {"fiscal_year": "next"},
    ],
)
def test_what_is_not_there_is_named_and_nothing_is_written(office, tmp_path, drawn, changes):
    make_draft(office)
    (wrong,) = changes.values()

    with pytest.raises(CommandError) as refusal:
        draw(office, tmp_path / "draft.pdf", **changes)

    assert wrong in str(refusal.value)
    assert drawn == []
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_command_changes_nothing(office, tmp_path, drawn):
    make_draft(office)
    before = everything_stored()

    draw(office, tmp_path / "draft.pdf")

    assert everything_stored() == before
    assert (Document.objects.count(), Publication.objects.count()) == (1, 0)
