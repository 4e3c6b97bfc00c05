"""The texts of a document one by one, each with its place in words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from django.utils.translation import gettext as _

from measures.domain.content import Content

# Web and e-mail addresses have digits and words of their own. What comes before the @ is bounded,
# as by the standard, so that a long text without spaces cannot make us slow.
ADDRESS: Final = re.compile(
    r"https?://\S+|www\.\S+|[^\s@]{1,64}@\S+|(?<![A-Za-z0-9.-])(?:[a-z0-9-]+\.)+(?:th|com|net|org)\b\S*",
    re.IGNORECASE | re.ASCII,
)


class Part(Enum):
    """What a passage is, as far as a rule makes a difference."""

    HEAD = auto()  # fields and titles that name the office itself
    PROSE = auto()
    FINDING = auto()
    PLAN = auto()
    PERIOD = auto()
    MONITORING = auto()
    PROGRESS = auto()
    SUGGESTION = auto()


@dataclass(frozen=True, slots=True)
class Passage:
    """One text. ``key`` names the place in every language, ``place`` in words to be shown."""

    part: Part
    key: str
    place: str
    text: str
    measure: int | None = None

    def without_addresses(self) -> str:
        """Return the text with spaces in place of web and e-mail addresses, as long as before."""
        return ADDRESS.sub(lambda found: " " * len(found[0]), self.text)


def passages_of(content: Content) -> Iterator[Passage]:
    """Yield every text of the document that has words in it, in the order of the paper."""
    for passage in _all_passages(content):
        if passage.text.strip():
            yield passage


def _all_passages(content: Content) -> Iterator[Passage]:
    memo, paragraphs = content["memo"], content["paragraphs"]
    for name, place in (
        ("office", _("ส่วนราชการ")),
        ("addressee", _("เรียน")),
        ("through", _("ผ่าน")),
        ("subject", _("เรื่อง")),
    ):
        yield Passage(Part.HEAD, name, place, memo[name])
    for part, name, place in (
        (Part.PROSE, "opening", _("ความนำ")),
        (Part.HEAD, "measures_title", _("หัวข้อตารางมาตรการ")),
        (Part.PROSE, "assessment", _("ผลการประเมินและข้อความเชื่อม")),
        (Part.PROSE, "approach", _("แนวทางการนำผลการวิเคราะห์ไปสู่การปฏิบัติ")),
        (Part.HEAD, "results_title", _("หัวข้อตารางผล")),
        (Part.PROSE, "closing", _("ข้อความลงท้าย")),
    ):
        typed = paragraphs.get(name, "")
        texts = [typed] if isinstance(typed, str) else typed
        yield Passage(part, name, place, "\n".join(texts))
    for finding in content.get("findings", []):
        at, place = finding["number"], _("ประเด็นที่ %(number)s") % finding
        yield Passage(Part.FINDING, f"finding.{at}.analysis", place, finding["analysis"])
        yield Passage(
            Part.FINDING,
            f"finding.{at}.references",
            _("%(place)s ข้ออ้างอิง") % {"place": place},
            finding["references"],
        )
    for measure in content["measures"]:
        yield from _of_measure(measure)


def _of_measure(measure: Content) -> Iterator[Passage]:
    number = measure["number"]
    whole = _("มาตรการที่ %(number)s") % {"number": number}

    def passage(part: Part, name: str, what: str, text: str) -> Passage:
        return Passage(part, f"measure.{number}.{name}", f"{whole} {what}", text, number)

    yield passage(Part.PLAN, "title", _("ชื่อมาตรการ"), measure["title"])
    for step in measure["steps"]:
        what = _("ขั้นตอนที่ %(number)s") % step
        yield passage(Part.PLAN, f"step.{step['number']}", what, step["text"])
    for at, responsible in enumerate(measure["responsible"], start=1):
        yield passage(Part.PLAN, f"responsible.{at}", _("ผู้รับผิดชอบ"), responsible["text"])
    yield passage(Part.PERIOD, "period", _("ระยะเวลาดำเนินการ"), measure["period"]["text"])
    yield passage(Part.MONITORING, "monitoring", _("การกำกับติดตาม"), measure["monitoring"])
    for entry in measure["progress"]:
        yield from _of_entry(entry, passage_of=passage, is_alone=len(measure["progress"]) == 1)


def _of_entry(
    entry: Content, *, passage_of: Callable[[Part, str, str, str], Passage], is_alone: bool
) -> Iterator[Passage]:
    division = entry["division"]
    for part, name, what in (
        (Part.PROGRESS, "status_note", _("หมายเหตุสถานะ")),
        (Part.PROGRESS, "result", _("ผลการดำเนินการ")),
        (Part.PROGRESS, "outcome", _("ผลลัพธ์")),
        (Part.SUGGESTION, "suggestion", _("ข้อเสนอแนะ")),
    ):
        place = what if is_alone else f"{what} ({division})"
        yield passage_of(part, f"{name}.{division}", place, entry[name])
    for piece in entry["evidence"]:
        yield passage_of(
            Part.PROGRESS, f"evidence.{division}", _("คำบรรยายหลักฐาน"), piece["caption"]
        )
