"""Evidence on paper: photographs, PDFs, links and office files, each with its code (ก-๑, ข-๑)."""

from collections.abc import Iterator
from typing import NamedTuple

from reports.sections.texts import Content, Context, date_of, is_plan

# The letters of the parts of the annex.
PHOTOGRAPHS, FILES, LINKS, OFFICE_FILES = "ก", "ข", "ค", "ง"
OFFICE_KINDS = {"word": "เอกสาร Word", "sheet": "ตาราง Excel"}
MOST_PAGES_OF_A_FILE = 50  # printed; the rest is read in the file itself


class EvidenceSheet(NamedTuple):
    """One page of an evidence PDF that stands on a page of the annex."""

    file: str  # path under the media root
    number: int  # of the page in the file, from 1


def _evidence(content: Content, letter: str, *kinds: str) -> list[Context]:
    """The evidence of these kinds in the order of the measures, numbered behind its letter."""
    found: list[Context] = []
    if is_plan(content):
        return found
    for measure in content["measures"]:
        for entry in measure["progress"]:
            found += [
                {
                    **evidence,
                    "code": f"{letter}-{len(found) + place}",
                    "measure": measure["number"],
                    "division": entry["division"],
                    "added_on": date_of(evidence.get("added_on")),
                }
                for place, evidence in enumerate(
                    (one for one in entry["evidence"] if one["kind"] in kinds), start=1
                )
            ]
    return found


def photographs_of(content: Content) -> list[Context]:
    """All photographs with their codes, whether they stand in a table or in the annex."""
    return [
        {**one, "source": f"media:{one['file']}"}
        for one in _evidence(content, PHOTOGRAPHS, "photo")
        if one["file"]
    ]


def annex_photographs(content: Content) -> Context | None:
    """Part ก of the annex: the photographs with code, caption, measure, division and date."""
    rows = photographs_of(content) if content.get("has_annex") else []
    return {"letter": PHOTOGRAPHS, "rows": rows} if rows else None


def annex_files(content: Content) -> Context | None:
    """Part ข: evidence PDFs, page by page under a head.

    A file that cannot be read (``problem``) has one page that says so; of a long one the first
    pages are printed and the last of them says how many there are.
    """
    if not content.get("has_annex"):
        return None
    rows: list[Context] = []
    place = 0
    for file in _evidence(content, FILES, "pdf"):
        numbers = range(1, _printed_pages(file) + 1)
        if not numbers:
            rows.append({**file, "is_first": True, "number": 0, "place": None})
        for number in numbers:
            rows.append({**file, "is_first": number == 1, "number": number, "place": place})
            place += 1
    return {"letter": FILES, "rows": rows, "most": MOST_PAGES_OF_A_FILE} if rows else None


def annex_links(content: Content) -> Context | None:
    """Part ค: links as QR code and text."""
    rows = _evidence(content, LINKS, "link") if content.get("has_annex") else []
    return {"letter": LINKS, "rows": rows} if rows else None


def annex_office_files(content: Content) -> Context | None:
    """Part ง: Word and Excel files by name and hash; their pages depend on who opens them."""
    if not content.get("has_annex"):
        return None
    rows = [
        {**file, "kind_name": OFFICE_KINDS[file["kind"]]}
        for file in _evidence(content, OFFICE_FILES, *OFFICE_KINDS)
    ]
    return {"letter": OFFICE_FILES, "rows": rows} if rows else None


def evidence_note(content: Content) -> Context | None:
    """Where the evidence of a table is kept: in the annex, or in the office's files."""
    if is_plan(content) or not content["measures"]:
        return None
    return {
        "is_in_annex": any(build(content) for build in ANNEX),
        "office": content["memo"]["office"],
    }


def sheets_of(content: Content) -> Iterator[EvidenceSheet]:
    """The pages of evidence PDFs in the order of their ``place`` in ``annex_files``."""
    annex = annex_files(content)
    for row in annex["rows"] if annex else []:
        if row["place"] is not None:
            yield EvidenceSheet(row["file"], row["number"])


def _printed_pages(file: Content) -> int:
    if file.get("problem") or file.get("is_attached"):
        return 0
    return min(file["pages"] or 0, MOST_PAGES_OF_A_FILE)


ANNEX = (annex_photographs, annex_files, annex_links, annex_office_files)
