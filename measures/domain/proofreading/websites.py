"""ดูได้ที่เว็บไซต์, but no link that could be opened."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from measures.domain.content import Content
from measures.domain.proofreading.passages import ADDRESS, Part, Passage
from measures.domain.proofreading.remarks import Remark, Rule, quoted, remark_on
from measures.models import EvidenceKind

_SITE: Final = (
    r"(?:หน้า)?(?:(?:เว็บ|เวบ|เว็ป)(?:ไซต์|ไซท์|เพจ)?|web\s?site|web\s?page|เพจ|เฟซบุ๊ก|facebook)"
)
# "ตรวจสอบเว็บไซต์ทุกเดือน" is work on the site; "ตรวจสอบในเว็บไซต์" sends the reader there.
_SENDS_READER: Final = re.compile(
    rf"""
      (?: ดู | ติดตาม | อ่าน | ค้นหา | เข้าชม | ปรากฏ )
      (?: รายละเอียด | ข้อมูล | เพิ่มเติม | ได้ | \s )*
      (?: (?: ใน | ที่ | จาก | ทาง | บน | ตาม ) \s* )? {_SITE}
    | ตรวจ (?: สอบ | ดู ) (?: รายละเอียด | ข้อมูล | เพิ่มเติม | ได้ | \s )*
      (?: ใน | ที่ | จาก | ทาง | บน | ตาม ) \s* {_SITE}
    | \b see \s+ (?: on \s+ | at \s+ )? (?: the \s+ | our \s+ )? {_SITE}
    """,
    re.IGNORECASE | re.VERBOSE,
)


def websites_without_link(content: Content, passages: Iterable[Passage]) -> Iterator[Remark]:
    """Yield a remark for each passage that sends the reader to a web site without any link.

    A link counts in the passage, or anywhere in the same measure's texts and evidence.
    """
    passages = list(passages)
    linked = {
        measure["number"]
        for measure in content["measures"]
        for entry in measure["progress"]
        for piece in entry["evidence"]
        if piece["kind"] == EvidenceKind.LINK
    }
    linked |= {
        passage.measure
        for passage in passages
        if passage.measure is not None and ADDRESS.search(passage.text)
    }
    for passage in passages:
        if passage.part not in (Part.PROGRESS, Part.PROSE) or passage.measure in linked:
            continue
        found = _SENDS_READER.search(passage.text)
        if found and not ADDRESS.search(passage.text):
            yield remark_on(
                passage,
                Rule.WEBSITE_WITHOUT_LINK,
                found[0],
                _("%(found)s แต่ไม่มีลิงก์ให้เปิดดู โปรดพิมพ์ที่อยู่เว็บหรือแนบลิงก์เป็นหลักฐาน")
                % {"found": quoted(found[0])},
            )
