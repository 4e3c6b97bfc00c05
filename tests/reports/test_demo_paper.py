"""The memos of the five demo offices, read back from paper: the text put in, and nothing else."""

import itertools
import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from ita_portal.thai.dates import memo_date
from ita_portal.thai.numerals import to_thai_digits
from measures.domain import publications
from measures.domain.drafts import report_fields
from measures.models import Document, Organisation, ReportingRound
from reports.rendering.as_pdf import pdf_of
from reports.sections import date_of
from tests.reports.rendering.printed import (
    body_of,
    catchword_of,
    compact,
    fonts_of,
    pages_of,
    words_of,
)

OFFICES = [
    ("sommut-thara", 2566, "12"),
    ("sommut-don", 2567, "6"),
    ("sommut-tha", 2567, "12"),
    ("sommut-khao", 2566, "12"),
    ("sommut-na", 2564, "6"),
]
RIGHT_EDGE = 595.3 - 56.7  # points: A4 less the margin of 2 cm
TABLE_HEADS = (
    "มาตรการขั้นตอนหรือวิธีการผู้รับผิดชอบการกำกับติดตาม",
    "มาตรการขั้นตอนหรือวิธีการสถานะการดำเนินการยังไม่ดำเนินการอยู่ระหว่างดำเนินการดำเนินการเสร็จเรียบร้อยแล้ว",
)


@pytest.fixture(params=OFFICES, ids=lambda office: office[0])
def memo(request, printed, tmp_path):
    """The content of one office's report and its PDF as the command draws it."""
    slug, fiscal_year, months = request.param
    output = tmp_path / "memo.pdf"
    call_command(
        "render_document",
        organisation=slug,
        fiscal_year=fiscal_year,
        round=months,
        layout="memo_status",
        output=output,
    )
    return content_of(slug, fiscal_year, int(months)), output.read_bytes()


def content_of(slug: str, fiscal_year: int, months: int) -> dict:
    reporting_round = ReportingRound.objects.get(
        organisation=Organisation.objects.get(slug=slug), fiscal_year=fiscal_year, months=months
    )
    document = Document.objects.filter(round=reporting_round).order_by("-pk").first()
    if document is None:
        document = Document(
            organisation=reporting_round.organisation,
            kind="progress_report",
            fiscal_year=fiscal_year,
            round=reporting_round,
            **report_fields(reporting_round, on=timezone.localdate()),
        )
    return publications.content_of(document)


def steps_text(measure: dict) -> str:
    steps = [step["text"] for step in measure["steps"]]
    return "".join(steps) if len(steps) == 1 else "".join(f"- {step}" for step in steps)


def ticks_text(measure: dict) -> str:
    note = f"({measure['status_note']})" if measure["status_note"] else ""
    return "".join(
        f"/{note}" if measure["status"] == status else "-"
        for status in ("not_started", "in_progress", "done")
    )


def block_text(block: dict) -> str:
    lines = [block["opinion_caption"], block["opinion"]]
    if block["role"] == "final":
        boxes = {"approved": "/อนุมัติไม่อนุมัติ", None: "อนุมัติไม่อนุมัติ"}
        lines.append(f"{boxes[block['decision']]}เนื่องจาก{block['reason']}")
    signed = block["signer_name"] if block["decision"] else ""
    lines.append(f"(ลงชื่อ){block['rank']}{signed}({block['signer_name']})")
    lines += block["position_lines"]
    if block["signed_at"]:
        lines.append(f"วันที่{memo_date(date_of(block['signed_at']))}")
    return "".join(lines)


def expected_text(content: dict) -> str:
    """What the paper says, from the content alone; table heads are left out."""
    memo, paragraphs = content["memo"], content["paragraphs"]
    parts = [
        f"บันทึกข้อความส่วนราชการ{memo['office']}",
        f"ที่{memo['number']}วันที่{memo_date(date_of(memo['date']))}",
        f"เรื่อง{memo['subject']}เรียน{memo['addressee']}",
        f"ผ่าน{memo['through'].removeprefix('ผ่าน')}" if memo["through"] else "",
        *paragraphs["opening"],
        paragraphs["measures_title"],
    ]
    for measure in content["measures"]:
        parts += [f"({measure['number']})", measure["title"], steps_text(measure)]
        parts += [party["text"] for party in measure["responsible"]]
        parts.append(measure["monitoring"] or "-")
    parts += [*paragraphs["assessment"], paragraphs["results_title"]]
    for measure in content["measures"]:
        parts += [measure["title"], steps_text(measure), ticks_text(measure)]
    parts += paragraphs["closing"]
    parts += [block_text(block) for block in content["signoff"]]
    if content["publication"]:
        day = memo_date(date_of(content["publication"]["published_on"]))
        parts.append(f"รหัสเอกสาร{content['publication']['code']}เผยแพร่เมื่อวันที่{day}")
    return compact(to_thai_digits("\n".join(parts)))


def test_memo_of_each_office_reads_back_exactly(memo, tmp_path):
    content, pdf = memo
    text = "".join(body_of(page) for page in pages_of(pdf, folder=tmp_path))
    for head in TABLE_HEADS:
        text = text.replace(head, "")

    assert text == expected_text(content)


def test_memo_has_no_digit_but_thai_ones(memo, tmp_path):
    _content, pdf = memo
    words = "\n".join(pages_of(pdf, folder=tmp_path))
    words = re.sub(r"https?://\S+|\b[A-Za-z][A-Za-z-]*\d[\w.-]*", "", words)

    assert re.findall("[0-9]", words) == []


def test_memo_embeds_the_paper_font_alone(memo, tmp_path):
    _content, pdf = memo

    assert fonts_of(pdf, folder=tmp_path) <= {"TH-SarabunPSK", "TH-SarabunPSK-Bold"}


def test_every_catchword_is_the_start_of_the_next_page(memo, tmp_path):
    _content, pdf = memo
    pages = pages_of(pdf, folder=tmp_path)

    assert catchword_of(pages[-1]) == ""
    for page, following in itertools.pairwise(pages):
        catchword = compact(catchword_of(page))
        assert catchword
        assert body_of(following)[: len(catchword)] == catchword


def test_nothing_runs_over_the_right_margin(memo, tmp_path):
    _content, pdf = memo
    pages = len(pages_of(pdf, folder=tmp_path))
    words = [
        word for page in range(1, pages + 1) for word in words_of(pdf, folder=tmp_path, page=page)
    ]

    assert [text for text, _left, _top, right, _bottom in words if right > RIGHT_EDGE + 1] == []


def test_two_numbers_held_together_in_a_narrow_cell_break_between_words(printed, tmp_path):
    content = content_of("sommut-don", 2567, 6)
    content["measures"][0]["monitoring"] = "รายงานผลต่อผู้บริหารรอบ 6 เดือนและรอบ 12 เดือน"
    pdf = pdf_of(content, layout="memo_status")

    words = words_of(pdf, folder=tmp_path, page=1)

    assert max(right for _text, _left, _top, right, _bottom in words) <= RIGHT_EDGE + 1
