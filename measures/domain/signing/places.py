"""The places of a document's content: what a signer can speak of, and what versions differ in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from measures.models import EvidenceKind, ProgressStatus

Content = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """One place of a document. ``key`` stays the same from version to version.

    The keys of a memo's fields are the names of the document's fields; those of a measure are
    ``measure-<number>-<field>``, so that the page of an entry finds what is said of it.
    """

    key: str
    name: str  # in Thai, as it is kept with a comment
    group: str
    text: str


def places_of(content: Content) -> list[Place]:
    """Return every place of this content in the order of the paper, empty ones too."""
    return [*_memo(content), *_findings(content), *_measures(content)]


def key_of(measure_number: int, field: str) -> str:
    """Return the key of one field of a measure."""
    return f"measure-{measure_number}-{field}"


def measure_number_of(key: str) -> int | None:
    """Return of which measure a place is; None for places of the memo and of the findings."""
    parts = key.split("-")
    return int(parts[1]) if parts[0] == "measure" and parts[1].isdecimal() else None


def _memo(content: Content) -> Iterator[Place]:
    memo, paragraphs = content["memo"], content["paragraphs"]
    group = _("บันทึกข้อความ")

    def place(key: str, name: str, value: Any) -> Place:
        text = "\n".join(value) if isinstance(value, list) else str(value or "")
        return Place(key, name, group, text)

    yield place("office", _("ส่วนราชการ"), memo["office"])
    yield place("number", _("ที่ (เลขหนังสือ)"), memo["number"])
    yield place("dated", _("วันที่"), memo["date"])
    yield place("subject", _("เรื่อง"), memo["subject"])
    yield place("addressee", _("เรียน"), memo["addressee"])
    yield place("through", _("ผ่าน"), memo["through"])
    yield place("opening", _("ความนำ"), paragraphs["opening"])
    yield place("measures_title", _("ชื่อตารางมาตรการ"), paragraphs["measures_title"])
    yield place("assessment", _("ผลการประเมินและข้อความเชื่อม"), paragraphs["assessment"])
    yield place("approach", _("แนวทางดำเนินการ"), paragraphs.get("approach"))
    yield place("results_title", _("ชื่อตารางผลการดำเนินการ"), paragraphs["results_title"])
    yield place("closing", _("ข้อความลงท้าย"), paragraphs["closing"])


def _findings(content: Content) -> Iterator[Place]:
    for finding in content["findings"]:
        yield Place(
            f"finding-{finding['number']}-analysis",
            _("ประเด็นที่ %(number)s") % {"number": finding["number"]},
            _("ข้อบกพร่องหรือประเด็นที่ต้องพัฒนา"),
            f"{finding['severity_name']}\n{finding['analysis']}\n{finding['references']}".strip(),
        )


def _measures(content: Content) -> Iterator[Place]:
    has_results = content["round"] is not None
    for measure in content["measures"]:
        group = _("มาตรการที่ %(number)s") % {"number": measure["number"]}
        fields = [
            ("title", _("ชื่อมาตรการ"), measure["title"]),
            ("steps", _("ขั้นตอนหรือวิธีการ"), _lines(step["text"] for step in measure["steps"])),
            ("responsible", _("ผู้รับผิดชอบ"), _lines(row["text"] for row in measure["responsible"])),
            ("period", _("ระยะเวลาดำเนินการ"), measure["period"]["text"]),
            ("monitoring", _("การกำกับติดตาม"), measure["monitoring"]),
        ]
        if has_results:
            fields += [
                ("status", _("สถานะ"), _status(measure)),
                ("result", _("ผลการดำเนินการ"), measure["result"]),
                ("outcome", _("ผลลัพธ์/ความสำเร็จ"), measure["outcome"]),
                ("suggestion", _("ข้อเสนอแนะ"), measure["suggestion"]),
                ("evidence", _("หลักฐาน"), _lines(_evidence(measure))),
            ]
        for field, name, text in fields:
            yield Place(key_of(measure["number"], field), f"{group}: {name}", group, text or "")


def _lines(texts: Any) -> str:
    return "\n".join(texts)


def _status(measure: Content) -> str:
    text = str(ProgressStatus(measure["status"]).label)
    return f"{text} ({measure['status_note']})" if measure["status_note"] else text


def _evidence(measure: Content) -> Iterator[str]:
    """Return one line a piece; a file is named by its hash too: captions can stay the same."""
    for entry in measure["progress"]:
        for piece in entry["evidence"]:
            kind = EvidenceKind(piece["kind"]).label
            what = piece["url"] or _("ไฟล์ %(hash)s") % {"hash": piece["sha256"][:8]}
            yield f"{kind}: {piece['caption']} ({what})"
