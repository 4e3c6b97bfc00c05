"""The papers of the five demo offices in all layouts, read back: the text put in, nothing else.

As PDF, and as Word files.
"""

import io
import itertools
import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from measures.domain.drafts import plan_fields, report_fields
from measures.domain.publishing import publications
from measures.models import Document, Organisation, ReportingRound
from reports.layouts import LAYOUTS
from reports.rendering.as_docx import docx_of
from reports.rendering.as_html import html_of
from reports.rendering.as_pdf import pdf_of
from tests.reports.paper_texts import expected_text, without_repetitions
from tests.reports.rendering.printed import (
    begins_with,
    body_of,
    catchword_of,
    compact,
    fonts_of,
    pages_of,
    without_heads,
    words_of,
)
from tests.reports.rendering.word_text import text_of_docx, text_of_html

OFFICES = [
    ("sommut-thara", 2566, "12"),
    ("sommut-don", 2567, "6"),
    ("sommut-tha", 2567, "12"),
    ("sommut-khao", 2566, "12"),
    ("sommut-na", 2564, "6"),
]
MARGIN = 56.7  # points: 2 cm
PLAN = "plan"
CONTENTS = "สารบัญ"

reports = pytest.mark.parametrize(
    ("office", "layout"),
    [
        pytest.param(office, layout, id=f"{office[0]}-{layout}")
        for office in OFFICES
        for layout in LAYOUTS
    ],
)
plans = pytest.mark.parametrize(
    ("office", "layout"),
    [
        pytest.param((slug, year, PLAN), layout, id=f"{slug}-{layout}")
        for (slug, year, _round), layout in zip(OFFICES, LAYOUTS, strict=True)
    ],
)


@pytest.fixture
def draw(printed, tmp_path):
    """Draws a document with the command; returns its content and the text of its pages."""

    def drawn(office, layout):
        slug, fiscal_year, name = office
        output = tmp_path / "paper.pdf"
        call_command(
            "render_document",
            organisation=slug,
            fiscal_year=fiscal_year,
            round=name,
            layout=layout,
            output=output,
        )
        pdf = output.read_bytes()
        return content_of(*office), pdf, pages_of(pdf, folder=tmp_path)

    return drawn


def content_of(slug: str, fiscal_year: int, name: str) -> dict:
    organisation = Organisation.objects.get(slug=slug)
    documents = Document.objects.filter(organisation=organisation, fiscal_year=fiscal_year)
    if name == PLAN:
        found = documents.filter(kind="plan").first()
        return publications.content_of(found) if found else drafted_plan(organisation, fiscal_year)
    reporting_round = ReportingRound.objects.get(
        organisation=organisation, fiscal_year=fiscal_year, months=int(name)
    )
    document = documents.filter(round=reporting_round).order_by("-pk").first() or Document(
        organisation=organisation,
        kind="progress_report",
        fiscal_year=fiscal_year,
        round=reporting_round,
        **report_fields(reporting_round, on=timezone.localdate()),
    )
    return publications.content_of(document)


def drafted_plan(organisation: Organisation, fiscal_year: int) -> dict:
    fields = plan_fields(organisation, fiscal_year, on=timezone.localdate())
    return publications.content_of(
        Document(organisation=organisation, kind="plan", fiscal_year=fiscal_year, **fields)
    )


def assert_reads_back(content, pages, layout):
    """The text is what was put in; a table of contents stands where the paper is long."""
    with_contents = [page for page in pages if compact(page).startswith(CONTENTS)]
    assert len(with_contents) == (len(pages) - len(with_contents) > 8)
    text = "".join(body_of(page) for page in pages if page not in with_contents)

    assert without_repetitions(text, content) == without_heads(expected_text(content, layout))


def assert_is_official(pdf, pages, folder):
    """Thai digits, the paper font alone, catchwords that hold, nothing over the right margin."""
    words = re.sub(r"https?://\S+|\b[A-Za-z][A-Za-z-]*\d[\w.-]*", "", "\n".join(pages))
    assert re.findall("[0-9]", words) == []
    assert fonts_of(pdf, folder=folder) <= {"TH-SarabunPSK", "TH-SarabunPSK-Bold"}

    assert catchword_of(pages[-1]) == ""
    for page, following in itertools.pairwise(pages):
        assert begins_with(following, catchword_of(page))

    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages, start=1):
        words = words_of(pdf, folder=folder, page=number)
        edge = float(page.mediabox.width) - MARGIN
        assert [text for text, _left, _top, right, _bottom in words if right > edge + 1] == []


@reports
def test_report_reads_back_exactly(office, layout, draw, tmp_path):
    content, pdf, pages = draw(office, layout)

    assert_reads_back(content, pages, layout)
    assert_is_official(pdf, pages, tmp_path)


@reports
def test_word_file_has_the_text_of_the_paper_in_the_same_order(office, layout, printed):
    content = content_of(*office)

    expected = text_of_html(html_of(content, layout=layout).parts)
    assert expected
    assert text_of_docx(docx_of(content, layout=layout)) == expected


@plans
def test_plan_reads_back_exactly(office, layout, draw, tmp_path):
    content, pdf, pages = draw(office, layout)

    assert_reads_back(content, pages, layout)
    assert_is_official(pdf, pages, tmp_path)


def test_published_paper_is_what_is_stored(printed):
    for document in Document.objects.filter(state="published").select_related("publication"):
        publication = document.publication
        with publication.pdf.open("rb") as file:
            assert file.read() == pdf_of(publication.content, layout=document.layout)


def test_every_office_publishes_in_its_own_layout(printed):
    layouts = dict(Document.objects.order_by("pk").values_list("organisation__slug", "layout"))
    assert layouts | {"sommut-na": "memo_status"} == dict(
        Organisation.objects.values_list("slug", "default_layout")
    )
