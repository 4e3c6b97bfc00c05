"""The vocabulary of headings: which column of a plan or report a heading stands for.

The words are those of real plans and reports (domain.md §6) and their variants, compared without
any space because headings are broken over lines.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from ita_portal.thai.words import normalise_compact

LONGEST_HEADING: Final = 90  # characters without spaces; a longer text is a sentence


class Field(StrEnum):
    """What stands in a column. The values up to FINDING are fields of DraftMeasure."""

    TITLE = "title"
    STEPS = "steps"
    RESPONSIBLE = "responsible"
    PERIOD = "period"
    MONITORING = "monitoring"
    STATUS = "status"
    RESULTS = "results"
    OUTCOMES = "outcomes"
    SUGGESTIONS = "suggestions"
    INDICATOR = "indicator"
    FINDING = "finding"
    NUMBER = "number"
    NOT_STARTED = "not_started"  # the three columns to tick: the values of ProgressStatus
    IN_PROGRESS = "in_progress"
    DONE = "done"
    OTHER = "other"  # known, and not part of a plan: budget, remarks


TICKED: Final = (Field.NOT_STARTED, Field.IN_PROGRESS, Field.DONE)

_HEADINGS: Final[dict[Field, tuple[str, ...]]] = {
    Field.TITLE: (
        "มาตรการ",
        "มาตรการ/แนวทาง",
        "แนวทาง/มาตรการ",
        "มาตรการหรือแนวทาง",
        "มาตรการและแนวทาง",
        "มาตรการ/กิจกรรม",
        "มาตรการ/โครงการ",
        "มาตรการ/โครงการ/กิจกรรม",
        "โครงการ/มาตรการ",
        "ชื่อมาตรการ",
        "ประเด็น/มาตรการ",
        "กิจกรรม/มาตรการ",
        "แผนงาน/มาตรการ",
        "มาตรการที่กำหนด",
        "มาตรการในการดำเนินการ",
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        "มาตรการเพื่อส่งเสริมคุณธรรมและความโปร่งใส",
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
    ),
    Field.STEPS: (
        "ขั้นตอนหรือวิธีการ",
        "ขั้นตอน/วิธีการ",
        "ขั้นตอน/วิธีปฏิบัติ",
        "ขั้นตอน",
        "ขั้นตอนการดำเนินการ",
        "ขั้นตอนการดำเนินงาน",
        "ขั้นตอนและวิธีการ",
        "วิธีการดำเนินการ",
        "วิธีดำเนินการ",
        "วิธีการดำเนินงาน",
        "วิธีการ",
        "แนวทางการดำเนินการ",
        "แนวทางปฏิบัติ",
        "แนวทาง/วิธีการ",
        "กิจกรรม",
        "กิจกรรม/ขั้นตอน",
        "กิจกรรม/วิธีการ",
        "กิจกรรมที่ดำเนินการ",
        "รายละเอียดขั้นตอน",
        "รายละเอียดการดำเนินการ",
        "การดำเนินการ",
        "การดำเนินงาน",
    ),
    Field.RESPONSIBLE: (
        "ผู้รับผิดชอบ",
        "หน่วยงานผู้รับผิดชอบ",
        "หน่วยงานรับผิดชอบ",
        "หน่วยงานที่รับผิดชอบ",
        "ส่วนราชการที่รับผิดชอบ",
        "ส่วนราชการผู้รับผิดชอบ",
        "ผู้รับผิดชอบหลัก",
        "กองที่รับผิดชอบ",
        "ส่วนงานที่รับผิดชอบ",
        "งานที่รับผิดชอบ",
        "ฝ่าย/งานที่รับผิดชอบ",
        "ส่วนราชการ",
        "หน่วยงาน",
        "กอง/สำนัก",
        "สำนัก/กอง",
        "ผู้ดำเนินการ",
        "หน่วยงานดำเนินการ",
    ),
    Field.PERIOD: (
        "ระยะเวลาดำเนินการ",
        "ระยะเวลา",
        "ระยะเวลาการดำเนินการ",
        "ระยะเวลาในการดำเนินการ",
        "ระยะเวลาดำเนินงาน",
        "ช่วงเวลาดำเนินการ",
        "กำหนดเวลา",
        "ห้วงเวลาดำเนินการ",
        "กรอบระยะเวลา",
        "กรอบเวลา",
        "กำหนดการ",
        "กำหนดแล้วเสร็จ",
        "วัน/เดือน/ปี",
        "วันเดือนปี",
        "เดือน/ปี",
        "วันที่ดำเนินการ",
    ),
    Field.MONITORING: (
        "การกำกับติดตาม",
        "กำกับติดตาม",
        "การกำกับและติดตาม",
        "แนวทางการกำกับติดตาม",
        "การกำกับติดตามผล",
        "การติดตามประเมินผล",
        "การติดตามผล",
        "การติดตาม",
        "วิธีการติดตาม",
        "วิธีการกำกับติดตาม",
        "การติดตามและรายงานผล",
        "การติดตาม/รายงานผล",
        "การรายงานผล",
    ),
    Field.STATUS: (
        "สถานะการดำเนินการ",
        "สถานะการดำเนินงาน",
        "สถานะ",
        "สถานะดำเนินการ",
    ),
    Field.NOT_STARTED: ("ยังไม่ดำเนินการ", "ยังไม่ได้ดำเนินการ", "ไม่ได้ดำเนินการ"),
    Field.IN_PROGRESS: (
        "อยู่ระหว่างดำเนินการ",
        "อยู่ระหว่างการดำเนินการ",
        "ระหว่างดำเนินการ",
        "กำลังดำเนินการ",
    ),
    Field.DONE: (
        "ดำเนินการเสร็จเรียบร้อยแล้ว",
        "ดำเนินการเสร็จเรียบร้อย",
        "ดำเนินการแล้วเสร็จ",
        "ดำเนินการเสร็จสิ้น",
        "ดำเนินการเสร็จแล้ว",
        "ดำเนินการแล้ว",
        "แล้วเสร็จ",
    ),
    Field.RESULTS: (
        "ผลการดำเนินการ",
        "ผลการดำเนินงาน",
        "ผลการดำเนินการตามมาตรการ",
        "สรุปผลการดำเนินการ",
        "สรุปผลดำเนินการ",
        "สรุปผลการดำเนินงาน",
        "รายงานผลการดำเนินการ",
        "ความก้าวหน้า",
        "ความก้าวหน้าในการดำเนินการ",
        "ผลที่เกิดขึ้น",
    ),
    Field.OUTCOMES: (
        "ความสำเร็จของการดำเนินการ",
        "ผลลัพธ์/ความสำเร็จ",
        "ผลลัพธ์/ความสำเร็จของการดำเนินการ",
        "ผลลัพธ์",
        "ผลลัพธ์ของการดำเนินการ",
        "ความสำเร็จ",
        "ผลสำเร็จ",
        "ผลสัมฤทธิ์",
        "ผลที่ได้รับ",
        "ผลผลิต/ผลลัพธ์",
        "ประโยชน์ที่ได้รับ",
        "ประโยชน์ที่คาดว่าจะได้รับ",
    ),
    Field.SUGGESTIONS: (
        "ข้อเสนอแนะ",
        "ข้อเสนอแนะ/ปัญหาอุปสรรค",
        "ปัญหา/อุปสรรคและข้อเสนอแนะ",
        "ปัญหาอุปสรรค/ข้อเสนอแนะ",
    ),
    Field.INDICATOR: ("ตัวชี้วัด", "ประเด็นการประเมิน", "ตัวชี้วัดการประเมิน", "ตัวชี้วัดที่"),
    Field.FINDING: (
        "ข้อบกพร่อง",
        "ข้อบกพร่อง/จุดอ่อน",
        "ประเด็นที่ต้องพัฒนา",
        "ประเด็นที่ต้องปรับปรุง",
        "ผลการวิเคราะห์",
        "ประเด็นปัญหา",
    ),
    Field.NUMBER: ("ลำดับ", "ลำดับที่", "ที่", "ข้อ", "ข้อที่", "มาตรการที่", "no.", "no"),
    Field.OTHER: ("หมายเหตุ", "งบประมาณ", "งบประมาณที่ใช้", "หลักฐาน", "เอกสารหลักฐาน", "ภาพถ่าย"),
}
# How longer headings begin: "สรุปผลการดำเนินการตามมาตรการส่งเสริมคุณธรรม… (รอบ ๑๒ เดือน)".
_BEGINNINGS: Final[tuple[tuple[Field, str], ...]] = (
    (Field.TITLE, r"มาตรการ(?:เพื่อ)?(?:ส่งเสริม|ขับเคลื่อน|ยกระดับ|ป้องกัน|[/(])"),
    (Field.STEPS, r"(?:ขั้นตอน|วิธีการ|วิธีดำเนิน|วิธีปฏิบัติ|แนวทางการดำเนิน)"),
    (
        Field.RESPONSIBLE,
        r"(?:ผู้รับผิดชอบ|(?:หน่วยงาน|ส่วนราชการ|กอง|สำนัก/กอง|ฝ่าย|งาน)(?:ที่|ผู้)?รับผิดชอบ)",
    ),
    (Field.PERIOD, r"(?:ระยะเวลา|ช่วงเวลา|กำหนดเวลา|ห้วงเวลา|วันเดือนปี)"),
    (Field.MONITORING, r"(?:แนวทาง|วิธี)?(?:การ)?(?:กำกับ(?:และ|/)?ติดตาม|ติดตาม(?:และ|/)?ประเมินผล)"),
    (Field.NOT_STARTED, r"ยังไม่"),
    (Field.IN_PROGRESS, r"(?:อยู่)?ระหว่าง(?:การ)?ดำเนิน"),
    (Field.DONE, r"ดำเนินการ(?:แล้ว|เสร็จ)"),
    (Field.STATUS, r"สถานะ"),
    (Field.OUTCOMES, r"(?:ผลลัพธ์|ความสำเร็จ|ผลสำเร็จ|ผลสัมฤทธิ์|ผลที่(?:คาดว่าจะ)?ได้รับ)"),
    (Field.RESULTS, r"(?:สรุป|รายงาน)?ผล(?:การ)?(?:ดำเนิน|ปฏิบัติ)|สรุปผล"),
    (Field.SUGGESTIONS, r"(?:ข้อเสนอแนะ|ปัญหา(?:และ|/)?อุปสรรค)"),
    (Field.INDICATOR, r"(?:ประเด็น)?ตัวชี้วัด"),
    (Field.FINDING, r"(?:ข้อบกพร่อง|ประเด็นที่(?:เป็น|ต้อง|ควร))"),
)
_BEGINNING: Final = tuple((field, re.compile(pattern)) for field, pattern in _BEGINNINGS)
_LEAST_MISSPELT: Final = 6  # characters: in a shorter heading one letter makes another word
_ENDS: Final = " .:;-–*"


@dataclass(frozen=True)
class Match:
    """A heading that was recognised; ``meant`` is the spelling it stands for, where misspelt."""

    field: Field
    is_exact: bool
    meant: str = ""


@cache
def _exact() -> dict[str, Field]:
    return {
        normalise_compact(heading): field
        for field, headings in _HEADINGS.items()
        for heading in headings
    }


def heading_match(text: str) -> Match | None:
    """Return what column the text is the heading of, or None.

    Up to two letters may be wrong in a long heading, one in a short one.
    """
    return None if len(text) > 3 * LONGEST_HEADING else _match(text)


@lru_cache(maxsize=4096)  # each row of a file is asked whether it is a head
def _match(text: str) -> Match | None:
    compact = normalise_compact(text).strip(_ENDS)
    if not compact or len(compact) > LONGEST_HEADING:
        return None
    exact = _exact()
    if field := exact.get(compact) or exact.get(re.sub(r"\([^()]*\)$", "", compact)):
        return Match(field, is_exact=True)
    for field, pattern in _BEGINNING:
        if pattern.match(compact):
            return _misspelt(compact) or Match(field, is_exact=False)
    return _misspelt(compact)


def _misspelt(compact: str) -> Match | None:
    if len(compact) < _LEAST_MISSPELT:
        return None
    most = 1 if len(compact) < 12 else 2
    found = [
        (distance, known)
        for known in _exact()
        if len(known) >= _LEAST_MISSPELT
        and abs(len(known) - len(compact)) <= most
        and (distance := edit_distance(compact, known, most)) <= most
    ]
    if not found:
        return None
    _, known = min(found)
    return Match(_exact()[known], is_exact=True, meant=known)


def edit_distance(first: str, second: str, most: int) -> int:
    """Return how many letters must change to make one of the other, at the most ``most`` + 1."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, 1):
        before, row[0] = row[0], place
        for column, other in enumerate(second, 1):
            before, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, before + (letter != other)),
            )
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
