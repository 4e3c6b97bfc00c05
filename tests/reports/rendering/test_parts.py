"""A long report drawn in parts, by one process and by several: one document all the same."""

import io
import itertools
import re
from typing import Any, NamedTuple

import pikepdf
import pytest

from ita_portal.thai.numerals import to_thai_digits
from reports.rendering.as_html import ROWS_PER_PART, html_of
from reports.rendering.as_pdf import files_of, pdf_of
from reports.rendering.paper_text import BREAK
from reports.rendering.parts import Variant
from tests.factories.content import content, measure
from tests.reports.rendering.printed import begins_with, catchword_of, compact, pages_of
from tests.reports.rendering.structure import problems_of, skipped_headings

MEASURES = 2 * ROWS_PER_PART + 1
ENTRY = re.compile(r"(?m)^(.+?) ([๐-๙]+)$")


class Printed(NamedTuple):
    pdf: bytes
    progress: list[tuple[int, int]]


def long_report(number_of_measures=MEASURES):
    measures = [
        measure(
            number,
            title=f"มาตรการสมมติ {number}",
            steps=[{"number": 1, "text": "ตรวจทุกเดือน"}],
            responsible=[{"kind": "division", "text": "สำนักปลัด"}],
            monitoring="รายงานทุกไตรมาส",
            status_note="",
        )
        for number in range(1, number_of_measures + 1)
    ]
    return content(measures=measures)


@pytest.fixture(scope="module")
def printed():
    heard: list[tuple[int, int]] = []
    pdf = pdf_of(
        long_report(),
        layout="memo_status",
        on_progress=lambda done, whole: heard.append((done, whole)),
    )
    return Printed(pdf, heard)


@pytest.fixture(scope="module")
def pages(printed, tmp_path_factory):
    return pages_of(printed.pdf, folder=tmp_path_factory.mktemp("pages"))


def test_tables_are_cut_into_parts():
    parts = html_of(long_report(), layout="memo_status").parts
    rows = [part.count("<tr data-again") for part in parts]
    rest = MEASURES - 2 * ROWS_PER_PART
    assert rows == [ROWS_PER_PART, ROWS_PER_PART, rest + ROWS_PER_PART, ROWS_PER_PART, rest]


def test_two_processes_draw_the_same_bytes_and_tell_the_same_progress():
    def drawn_by(workers: int):
        heard: list[tuple[int, int]] = []
        files = files_of(
            long_report(ROWS_PER_PART + 1),
            layout="indicator_table",
            variants=tuple(Variant),
            workers=workers,
            on_progress=lambda done, whole: heard.append((done, whole)),
        )
        return files, heard

    assert drawn_by(2) == drawn_by(1)


def test_progress_is_told_of_each_part_and_of_the_joining(printed):
    assert printed.progress == [(done, 6) for done in range(1, 7)]


def test_rows_and_pages_go_on_over_the_parts(pages):
    text = "\n".join(pages)
    numbers = re.findall(r"(?m)^\(([๐-๙]+)\) มาตรการสมมติ\s\1\b", text)
    assert numbers == [to_thai_digits(number) for number in range(1, MEASURES + 1)]
    titles = re.findall(r"(?m)^มาตรการสมมติ\s([๐-๙]+)", text)
    assert titles == numbers  # where each stands, in the second table
    assert [re.findall(r"(?m)^- ([๐-๙]+) -$", page) for page in pages] == [
        [],
        *([to_thai_digits(number)] for number in range(2, len(pages) + 1)),
    ]
    for page, following in itertools.pairwise(pages):
        assert begins_with(following, catchword_of(page))


def test_joined_document_keeps_its_promises(printed):
    assert problems_of(printed.pdf) == []
    assert skipped_headings(printed.pdf) == []


# Table of contents and bookmarks -----------------------------------------------------------------


def number_of(file: pikepdf.Pdf, destination: Any) -> int:
    """The page, from 1, to which a link or bookmark leads."""
    page = pikepdf.Page(destination[0])
    return file.pages.index(page) + 1


def contents_of(file: pikepdf.Pdf, pages: list[str]) -> list[tuple[str, int, int]]:
    """Text, printed page and linked page of each entry of the table of contents."""
    [place] = [at for at, page in enumerate(pages) if page.startswith("สารบัญ")]
    entries = ENTRY.findall(pages[place].partition("\n")[2])
    links = [annotation.Dest for annotation in file.pages[place].obj.Annots]
    linked = dict.fromkeys(number_of(file, link) for link in links)
    assert len(entries) == len(linked)
    return [(text, int(page), to) for (text, page), to in zip(entries, linked, strict=True)]


def test_table_of_contents_leads_to_the_pages_it_names(printed, pages):
    with pikepdf.open(io.BytesIO(printed.pdf)) as file:
        entries = contents_of(file, pages)
    assert len(entries) >= 2
    for text, said, leads_to in entries:
        assert said == leads_to
        assert text in pages[said - 1]


def test_bookmarks_lead_to_their_headings(printed, pages):
    with pikepdf.open(io.BytesIO(printed.pdf)) as file, file.open_outline() as outline:
        waiting, found = [*outline.root], []
        while waiting:
            item = waiting.pop(0)
            waiting = [*item.children, *waiting]
            found.append((item.title, number_of(file, item.destination)))
    assert [title for title, _page in found if title == "สารบัญ"] == ["สารบัญ"]
    assert len(found) >= 3
    assert [page for _title, page in found] == sorted(page for _title, page in found)
    for title, page in found:
        assert BREAK not in title
        assert compact(title) in compact(pages[page - 1])
