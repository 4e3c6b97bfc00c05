"""What the public may see of a publication: an explicit list of fields, taken from its content.

A field that is added to the content does not appear on a public page until it is named here.
Nothing in this file reads a live row.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from measures.domain.filing.evidence_files import infected_among
from measures.domain.publishing.public_measures import PublicFigure, PublicMeasure, date_of
from measures.models import DocumentKind, Publication

Content = dict[str, Any]


def _moment(value: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(value) if value else None


@dataclass(frozen=True)
class PublicScore:
    """The score of an instrument (IIT) or of an item (I7) with its text, as entered."""

    code: str
    text: str
    score: str | None


@dataclass(frozen=True)
class PublicAssessment:
    """The result of the year that was analysed."""

    fiscal_year: int
    total: str | None
    level: str | None
    level_note: str
    instruments: tuple[PublicScore, ...]
    items: tuple[PublicScore, ...]

    @classmethod
    def of(cls, content: Content) -> "PublicAssessment":
        """Read the ``assessment`` part of a content."""
        return cls(
            fiscal_year=content["fiscal_year"],
            total=content["total"],
            level=content["level"],
            level_note=content["level_note"],
            instruments=tuple(
                PublicScore(each["code"], "", each["score"]) for each in content["instruments"]
            ),
            items=tuple(
                PublicScore(each["code"], each["text"], each["score"]) for each in content["items"]
            ),
        )


@dataclass(frozen=True)
class PublicFinding:
    """One finding that the measures answer."""

    number: int
    severity: str
    severity_name: str
    indicator: str
    items: tuple[str, ...]
    analysis: str
    references: str

    @classmethod
    def of(cls, content: Content) -> "PublicFinding":
        """Read one entry of ``findings``."""
        return cls(
            number=content["number"],
            severity=content["severity"],
            severity_name=content["severity_name"],
            indicator=content["indicator"],
            items=tuple(content["items"]),
            analysis=content["analysis"],
            references=content["references"],
        )


@dataclass(frozen=True)
class PublicSigner:
    """Who signed, in which capacity, with which opinion."""

    post: str
    role: str
    caption: str
    decision: str
    opinion: str
    reason: str
    rank: str
    signer_name: str
    position_lines: tuple[str, ...]
    signed_at: datetime.datetime | None

    @classmethod
    def of(cls, content: Content) -> "PublicSigner":
        """Read one entry of ``signoff``."""
        return cls(
            post=content["post"],
            role=content["role"],
            caption=content["opinion_caption"],
            decision=content["decision"] or "",
            opinion=content["opinion"],
            reason=content["reason"],
            rank=content["rank"],
            signer_name=content["signer_name"],
            position_lines=tuple(content["position_lines"]),
            signed_at=_moment(content["signed_at"]),
        )


@dataclass(frozen=True)
class PublicMemo:
    """The head of the memo."""

    office: str
    number: str
    dated: datetime.date | None
    subject: str
    addressee: str
    through: str


def document_name(round_months: int | None) -> str:
    """Return what kind of document this is, and of which round; only a plan has none."""
    if round_months is None:
        return _("แผนและมาตรการ")
    return _("รายงานผลการดำเนินการ รอบ %(months)s เดือน") % {"months": round_months}


@dataclass(frozen=True)
class PublicDocument:
    """A whole publication, as the public may read it."""

    code: str
    number: int
    kind: str
    fiscal_year: int
    round_months: int | None
    published_at: datetime.datetime
    pdf_sha256: str
    archive_sha256: str
    sealed_by: str
    organisation_name: str
    memo: PublicMemo
    opening: tuple[str, ...]
    measures_title: str
    assessment_paragraphs: tuple[str, ...]
    results_title: str
    closing: tuple[str, ...]
    assessment: PublicAssessment | None
    findings: tuple[PublicFinding, ...]
    measures: tuple[PublicMeasure, ...]
    figure: PublicFigure
    signers: tuple[PublicSigner, ...]

    def is_report(self) -> bool:
        """Return whether this reports progress; a plan has no statuses to show."""
        return self.kind == DocumentKind.PROGRESS_REPORT

    def name(self) -> str:
        """Return what kind of document this is, and of which round."""
        return document_name(self.round_months)

    def measure_numbered(self, number: int) -> PublicMeasure | None:
        """Return the measure of this number, or None."""
        return next((each for each in self.measures if each.number == number), None)


def public_document(publication: Publication) -> PublicDocument:
    """Return what the public may read of ``publication``; reads its row and nothing else."""
    content: Content = publication.content
    memo = content["memo"]
    paragraphs = content["paragraphs"]
    return PublicDocument(
        code=publication.code,
        number=publication.number,
        kind=publication.kind,
        fiscal_year=publication.fiscal_year,
        round_months=publication.round_months,
        published_at=publication.published_at,
        pdf_sha256=publication.pdf_sha256,
        archive_sha256=publication.archive_sha256,
        sealed_by=publication.sealed_by,
        organisation_name=content["organisation"]["name"],
        memo=PublicMemo(
            office=memo["office"],
            number=memo["number"],
            dated=date_of(memo["date"]),
            subject=memo["subject"],
            addressee=memo["addressee"],
            through=memo["through"],
        ),
        opening=tuple(paragraphs["opening"]),
        measures_title=paragraphs["measures_title"],
        assessment_paragraphs=tuple(paragraphs["assessment"]),
        results_title=paragraphs["results_title"],
        closing=tuple(paragraphs["closing"]),
        assessment=PublicAssessment.of(content["assessment"]) if content["assessment"] else None,
        findings=tuple(PublicFinding.of(each) for each in content["findings"]),
        measures=tuple(PublicMeasure.of(each) for each in content["measures"]),
        figure=PublicFigure.of(content["progress"]),
        signers=tuple(PublicSigner.of(each) for each in content["signoff"]),
    )


def _evidence_of(content: Content) -> Iterator[Content]:
    for measure in content["measures"]:
        for progress in measure["progress"]:
            yield from progress["evidence"]


def evidence_file(publication: Publication, sha256: str) -> tuple[str, str] | None:
    """Return (kind, path in the media folder) of the file that this publication names so.

    None for anything else, links and a hash without file included: what a publication does not
    name is not public, nor is a file in which a virus was found since.
    """
    if infected_among([sha256]):
        return None
    for evidence in _evidence_of(publication.content):
        if evidence["file"] and evidence["sha256"] == sha256:
            return evidence["kind"], evidence["file"]
    return None
