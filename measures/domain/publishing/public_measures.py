"""What the public may see of a measure: an explicit list of fields, taken from frozen content.

Contents of older shapes lack the later fields: there they stand empty.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from measures.domain.recording.entry_fields import plain_text
from measures.models import EvidenceKind

Content = dict[str, Any]


def date_of(value: str | None) -> datetime.date | None:
    """Return the day of an ISO date; None stays None."""
    return datetime.date.fromisoformat(value) if value else None


@dataclass(frozen=True)
class PublicFigure:
    """How many measures stand where; ``percent_done`` in whole percent."""

    measures: int
    done: int
    in_progress: int
    not_started: int
    percent_done: int
    percent: int | None = None  # how far, steps under way counted

    @classmethod
    def of(cls, content: Content) -> "PublicFigure":
        """Read the ``progress`` part of a content."""
        return cls(
            measures=content["measures"],
            done=content["done"],
            in_progress=content["in_progress"],
            not_started=content["not_started"],
            percent_done=content["percent_done"],
            percent=content.get("percent"),
        )


@dataclass(frozen=True)
class PublicEvidence:
    """One piece of evidence; the stored file is reached by its hash alone, never by its path."""

    kind: str  # a value of EvidenceKind
    caption: str
    url: str
    sha256: str
    width: int | None
    height: int | None
    pages: int | None

    @classmethod
    def of(cls, content: Content) -> "PublicEvidence":
        """Read one entry of an ``evidence`` list."""
        return cls(
            kind=content["kind"],
            caption=content["caption"],
            url=content["url"],
            sha256=content["sha256"],
            width=content["width"],
            height=content["height"],
            pages=content["pages"],
        )


@dataclass(frozen=True)
class PublicProgress:
    """What one division reported on a measure."""

    division: str
    status: str
    status_note: str
    result: str
    outcome: str
    suggestion: str
    evidence: tuple[PublicEvidence, ...]

    @classmethod
    def of(cls, content: Content) -> "PublicProgress":
        """Read one entry of a measure's ``progress`` list."""
        return cls(
            division=content["division"],
            status=content["status"],
            status_note=content["status_note"],
            result=content["result"],
            outcome=content["outcome"],
            suggestion=content["suggestion"],
            evidence=tuple(PublicEvidence.of(each) for each in content["evidence"]),
        )

    def photos(self) -> list[PublicEvidence]:
        """Return the photographs."""
        return [each for each in self.evidence if each.kind == EvidenceKind.PHOTO]

    def others(self) -> list[PublicEvidence]:
        """Return links and PDF files."""
        return [each for each in self.evidence if each.kind != EvidenceKind.PHOTO]


@dataclass(frozen=True)
class PublicStep:
    """One step of a measure."""

    number: int
    text: str
    due_on: datetime.date | None


@dataclass(frozen=True)
class PublicTarget:
    """A number that the measure is to reach; the numbers as text, without idle zeros."""

    name: str
    unit: str
    baseline: str
    goal: str
    actual: str
    divisions: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, content: Content) -> "PublicTarget":
        """Read one entry of ``targets``."""
        return cls(
            name=content["name"],
            unit=content["unit"],
            baseline=plain_text(content["baseline"]),
            goal=plain_text(content["goal"]),
            actual=plain_text(content["actual"]),
            divisions=tuple(
                (each["division"], plain_text(each["value"])) for each in content["divisions"]
            ),
        )


@dataclass(frozen=True)
class PublicLate:
    """One division that reported after its round had closed, by leave and with a reason."""

    division: str
    reason: str
    reported_on: datetime.date | None
    allowed_until: datetime.date | None

    @classmethod
    def of(cls, content: Content) -> "PublicLate":
        """Read one entry of ``late``."""
        return cls(
            division=content["division"],
            reason=content["reason"],
            reported_on=date_of(content["reported_on"]),
            allowed_until=date_of(content["allowed_until"]),
        )


@dataclass(frozen=True)
class PublicMeasure:
    """One measure with its results, as published."""

    number: int
    title: str
    indicator: str
    items: tuple[str, ...]
    steps: tuple[PublicStep, ...]
    targets: tuple[PublicTarget, ...]
    late: tuple[PublicLate, ...]
    responsible: tuple[str, ...]
    period_text: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    monitoring: str
    status: str
    status_note: str
    result: str
    outcome: str
    suggestion: str
    progress: tuple[PublicProgress, ...]

    @classmethod
    def of(cls, content: Content) -> "PublicMeasure":
        """Read one entry of ``measures``."""
        return cls(
            number=content["number"],
            title=content["title"],
            indicator=content["indicator"],
            items=tuple(content["items"]),
            steps=tuple(
                PublicStep(each["number"], each["text"], date_of(each.get("due_on")))
                for each in content["steps"]
            ),
            targets=tuple(PublicTarget.of(each) for each in content.get("targets", [])),
            late=tuple(PublicLate.of(each) for each in content.get("late", [])),
            responsible=tuple(each["text"] for each in content["responsible"]),
            period_text=content["period"]["text"],
            starts_on=date_of(content["period"]["start"]),
            ends_on=date_of(content["period"]["end"]),
            monitoring=content["monitoring"],
            status=content["status"],
            status_note=content["status_note"],
            result=content["result"],
            outcome=content["outcome"],
            suggestion=content["suggestion"],
            progress=tuple(PublicProgress.of(each) for each in content["progress"]),
        )
