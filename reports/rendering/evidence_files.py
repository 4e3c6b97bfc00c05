"""The files of evidence as the paper needs them: placed, attached, named where unreadable."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image

from reports.rendering.joining import EvidencePage, UnreadablePdf, pages_in
from reports.sections import Content
from reports.sections.evidence import OFFICE_KINDS, sheets_of

UNREADABLE = "เปิดอ่านไฟล์นี้ไม่ได้ โปรดดูไฟล์ต้นฉบับที่หน่วยงาน"
MISSING = "ไม่พบไฟล์ภาพนี้ โปรดดูไฟล์ต้นฉบับที่หน่วยงาน"
MISSING_FILE = "ไม่พบไฟล์นี้ โปรดดูไฟล์ต้นฉบับที่หน่วยงาน"

ATTACHED_KINDS = {"pdf", *OFFICE_KINDS}


def with_problems(content: Content) -> Content:
    """Return the content in which evidence that cannot be printed says so (``problem``)."""

    def told(evidence: Content) -> Content:
        if evidence["kind"] == "photo" and (problem := _problem_of_photo(evidence["file"])):
            return {**evidence, "problem": problem}
        if evidence["kind"] == "pdf":
            try:
                return {**evidence, "pages": pages_in(bytes_of(evidence["file"]))}
            except (OSError, UnreadablePdf):
                return {**evidence, "problem": UNREADABLE}
        if evidence["kind"] in OFFICE_KINDS and not _path(evidence["file"]).is_file():
            return {**evidence, "problem": MISSING_FILE}
        return evidence

    return _with_evidence(content, told)


def without_files(content: Content, hashes: Collection[str]) -> Content:
    """Return the content without the files of these hashes; what is left of them is the caption."""

    def emptied(evidence: Content) -> Content:
        return {**evidence, "file": ""} if evidence["sha256"] in hashes else evidence

    return _with_evidence(content, emptied) if hashes else content


def hashes_in(content: Content) -> list[str]:
    """Return the SHA-256 of every file of evidence in the content."""
    return [
        evidence["sha256"]
        for measure in content["measures"]
        for entry in measure.get("progress", ())
        for evidence in entry["evidence"]
        if evidence["sha256"]
    ]


def problems_of(content: Content) -> list[str]:
    """Return the captions of evidence that cannot be printed."""
    return [
        evidence["caption"]
        for measure in with_problems(content)["measures"]
        for entry in measure["progress"]
        for evidence in entry["evidence"]
        if evidence.get("problem")
    ]


def with_files_attached(content: Content) -> tuple[Content, list[Content]]:
    """Return the content in which PDFs and office files are named as attached, and those pieces.

    For the archive: nobody can vouch for the pages of a foreign file, but it may carry the file.
    """
    files: list[Content] = []

    def attached(evidence: Content) -> Content:
        if evidence["kind"] not in ATTACHED_KINDS or evidence.get("problem"):
            return evidence
        ending = _path(evidence["file"]).suffix
        files.append({**evidence, "attached_as": f"evidence-{len(files) + 1}{ending}"})
        return {**files[-1], "is_attached": True}

    return _with_evidence(content, attached), files


def evidence_pages(content: Content) -> Iterator[tuple[int, EvidencePage]]:
    """Yield the page of an evidence PDF that stands at each place of the annex."""
    opened: dict[str, bytes] = {}
    for place, sheet in enumerate(sheets_of(content)):
        if sheet.file not in opened:
            opened[sheet.file] = bytes_of(sheet.file)
        yield place, EvidencePage(opened[sheet.file], sheet.number)


def bytes_of(path: str) -> bytes:
    """Return the bytes of a file under the media root."""
    return _path(path).read_bytes()


def _problem_of_photo(path: str) -> str:
    """Return why a picture cannot be printed, or ""."""
    try:
        with Image.open(_path(path)):
            return ""
    except (FileNotFoundError, IsADirectoryError):
        return MISSING
    except (OSError, ValueError, Image.DecompressionBombError):
        return UNREADABLE


def _path(path: str) -> Path:
    return Path(settings.MEDIA_ROOT) / path


def _with_evidence(content: Content, change: Callable[[Content], Content]) -> dict[str, Any]:
    """Return a copy of the content with every piece of evidence changed."""
    return {
        **content,
        "measures": [
            {
                **measure,
                "progress": [
                    {**entry, "evidence": [change(evidence) for evidence in entry["evidence"]]}
                    for entry in measure["progress"]
                ],
            }
            for measure in content["measures"]
        ],
    }
