"""Sending the reader to a web site needs a link."""

import pytest

from tests.factories.content import measure
from tests.factories.proofreading import content_saying, entry, found_in, link

RULE = "website_without_link"


def reporting(**changes):
    return content_saying(measures=[measure(1, progress=[entry(**changes)])])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ดูเว็บไซต์หน่วยงาน", "ดูเว็บไซต์"),
        ("ตรวจสอบในเว็บไซต์ของหน่วยงาน", "ตรวจสอบในเว็บไซต์"),
        ("ดูรายละเอียดเพิ่มเติมได้ที่ เว็บไซต์", "ดูรายละเอียดเพิ่มเติมได้ที่ เว็บไซต์"),
        ("see web site", "see web site"),
        ("See the website", "See the website"),
        ("ติดตามได้ทางเพจ", "ติดตามได้ทางเพจ"),
    ],
)
def test_without_any_link(text, found):
    assert found_in(reporting(status_note=text), RULE) == [("มาตรการที่ 1 หมายเหตุสถานะ", found)]
    assert found_in(content_saying(text), RULE) == [("ข้อความลงท้าย", found)]


@pytest.mark.parametrize(
    "text",
    [
        "ตรวจสอบเว็บไซต์ทุกสัปดาห์",
        "มอบหมายผู้ดูแลเว็บไซต์",
        "เผยแพร่บนเว็บไซต์แล้ว",
        "ดูเว็บไซต์ www.example.go.th",
        "ดูเว็บไซต์ sommut.go.th/news",
    ],
)
def test_work_on_the_site_and_addresses_in_the_text(text):
    assert found_in(reporting(status_note=text), RULE) == []


def test_link_of_the_same_measure_counts_and_of_another_does_not():
    seen = entry(result="ดูในเว็บไซต์")
    elsewhere = entry(result="เผยแพร่แล้ว", evidence=[link()])
    told = entry(division="กองช่าง", result="ลงที่ https://example.go.th/1")

    linked = content_saying(measures=[measure(1, progress=[seen | {"evidence": [link()]}])])
    written = content_saying(measures=[measure(1, progress=[seen, told])])
    apart = content_saying(measures=[measure(1, progress=[seen]), measure(2, progress=[elsewhere])])
    photographed = entry(result="ดูในเว็บไซต์", evidence=[link() | {"kind": "photo", "url": ""}])

    assert found_in(linked, RULE) == []
    assert found_in(written, RULE) == []
    assert found_in(apart, RULE) == [("มาตรการที่ 1 ผลการดำเนินการ", "ดูในเว็บไซต์")]
    assert len(found_in(content_saying(measures=[measure(1, progress=[photographed])]), RULE)) == 1


def test_what_a_plan_promises_needs_no_link_yet():
    step = {"number": 1, "text": "ให้ประชาชนตรวจสอบได้ในเว็บไซต์"}

    assert found_in(content_saying(measures=[measure(1, steps=[step])]), RULE) == []
