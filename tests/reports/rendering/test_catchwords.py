"""Catchwords over generated documents: what stands at the foot begins the next page."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.rendering.as_pdf import pdf_of
from reports.rendering.catchwords import catchword_of
from tests.factories.content import content, measure
from tests.reports.rendering.printed import begins_with, pages_of
from tests.reports.rendering.printed import catchword_of as printed_catchword

WORDS = [
    "ประกาศ",
    "เจตนารมณ์",
    "ของ",
    "ผู้บริหาร",
    "เรื่อง",
    "การจัดซื้อจัดจ้าง",
    "ปี",
    "พ.ศ.",
    "2567",
    "งบประมาณ",
    "1,250,000",
    "บาท",
    "ช่องทาง",
    "ร้องเรียน",
    "บนเว็บไซต์",
    "https://example.go.th/ita",
    "ให้บริการ",
    "e-Service",
    "ทุก",
    "ๆ",
    "ส่วนราชการ",
    "(ตรวจแล้ว)",
    "ประชุม",
    "ติดตาม",
    "ความก้าวหน้า",
    "วันที่",
    "31",
    "มีนาคม",
    "2567",
    "ข้อ",
    "O42",
    "น้ำ",
    "ปั้น",
    "ญาติ",
    "ฐาน",
]
UPRIGHT = ("memo_status", "memo_photos", "item_narrative")
WIDE = ("indicator_table", "cover_table")

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
texts = st.lists(sentences, min_size=1, max_size=4)


@st.composite
def documents(draw, layouts):
    """A report of some measures with texts of any length, long enough for one to twelve pages."""
    measures = [
        measure(
            number,
            title=draw(sentences),
            steps=[{"number": at, "text": text} for at, text in enumerate(draw(texts), start=1)],
            result="\n".join(draw(texts)),
        )
        for number in range(1, draw(st.integers(1, 6)) + 1)
    ]
    paragraphs = content()["paragraphs"] | {"opening": draw(texts)}
    return content(measures=measures, paragraphs=paragraphs), draw(st.sampled_from(layouts))


def assert_catchwords(frozen, layout, folder):
    pages = pages_of(pdf_of(frozen, layout=layout), folder=folder)
    assert printed_catchword(pages[-1]) == ""
    for page, following in itertools.pairwise(pages):
        assert begins_with(following, printed_catchword(page))
    return len(pages)


# Each example is a whole report: twelve for a landing, 250 with the thorough profile.
many = settings(
    max_examples=settings().max_examples // 4,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


@many
@given(drawn=documents(UPRIGHT))
def test_catchwords_on_upright_pages(drawn, tmp_path_factory):
    assert_catchwords(*drawn, tmp_path_factory.mktemp("upright"))


@many
@given(drawn=documents(WIDE))
def test_catchwords_on_wide_pages(drawn, tmp_path_factory):
    assert_catchwords(*drawn, tmp_path_factory.mktemp("wide"))


@pytest.mark.parametrize(
    ("line", "catchword"),
    [
        ("", ""),
        ("ผลการประเมินคุณธรรม", "/ผลการประเมิน..."),
        ("(๓) เปิดเผยการจัดซื้อจัดจ้าง", "/(๓) เปิดเผย..."),
    ],
)
def test_catchword_is_one_or_two_words(line, catchword):
    assert catchword_of(line) == catchword
