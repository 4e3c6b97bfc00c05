"""What a document says, as plain JSON: the one source of what is printed, shown and exported.

The shape is versioned. Texts stand as typed; numerals are turned Thai only when drawn.
"""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from ita_portal.thai.periods import round_bounds
from measures.domain.filing.evidence_files import shown_file
from measures.domain.recording import percent
from measures.domain.recording.folding import (
    every_division_sentence,
    fold_numbers,
    fold_status,
    fold_texts,
    target_line,
)
from measures.domain.recording.progress import entries_of
from measures.domain.scoring import results
from measures.models import (
    AssessmentResult,
    Document,
    Evidence,
    Finding,
    Indicator,
    Measure,
    Organisation,
    ProgressEntry,
    ProgressStatus,
    ReportingRound,
    ResponsibilityKind,
    SignoffStep,
    Target,
)

# 2: the day of evidence, instrument and number of indicators, approach, leaders.
# 3: targets, due dates of steps, percent, late reports; the result tells of every division.
SCHEMA_VERSION = 3

Content = dict[str, Any]


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text typed as one per line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _organisation(organisation: Organisation) -> Content:
    return {
        "slug": organisation.slug,
        "name": organisation.name,
        "short_name": organisation.short_name,
        "kind_name": str(organisation.get_kind_display()),
        "tambon": organisation.tambon,
        "amphoe": organisation.amphoe,
        "changwat": organisation.changwat,
        "phone": organisation.phone,
        "website": organisation.website,
        "emblem": organisation.emblem.name or None,
        "has_leaders": organisation.has_leaders,
    }


def _round(reporting_round: ReportingRound | None) -> Content | None:
    if reporting_round is None:
        return None
    starts_on, ends_on = round_bounds(reporting_round.fiscal_year, reporting_round.months)
    return {
        "months": reporting_round.months,
        "name": str(reporting_round.get_months_display()),
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
    }


def analysed_result(organisation: Organisation, fiscal_year: int) -> AssessmentResult | None:
    """Return the result that the measures of ``fiscal_year`` answer: the one of the year before."""
    return AssessmentResult.objects.filter(
        organisation=organisation, fiscal_year=fiscal_year - 1
    ).first()


def _assessment(result: AssessmentResult | None) -> Content | None:
    if result is None:
        return None
    summary = results.summary_of(result)
    return {
        "fiscal_year": result.fiscal_year,
        "total": _decimal(summary.total()),
        "level": summary.level() or None,
        "level_note": summary.level_note(),
        "instruments": [
            {"code": instrument.code, "score": _decimal(instrument.score())}
            for instrument in summary.instruments
        ],
        "items": [
            {
                "code": score.item.code(),
                "text": score.item.text,
                "score": str(score.value),
                **_place_of(score.item.indicator),
            }
            for score in result.scores.select_related(
                "item__instrument", "item__indicator__instrument"
            ).order_by("item__instrument", "item__number")
        ],
    }


def _place_of(indicator: Indicator | None) -> Content:
    """Return where something stands in the framework: instrument, indicator, its number."""
    return {
        "instrument": indicator.instrument.code if indicator else "",
        "indicator_number": indicator.number if indicator else None,
        "indicator": str(indicator) if indicator else "",
    }


def _finding(finding: Finding) -> Content:
    return {
        "number": finding.number,
        "severity": finding.severity,
        "severity_name": str(finding.get_severity_display()),
        **_place_of(finding.indicator),
        "items": [item.code() for item in finding.items.all()],
        "analysis": finding.analysis,
        "references": finding.references,
    }


def _evidence(evidence: Evidence) -> Content:
    return {
        "kind": evidence.kind,
        "caption": evidence.caption,
        "url": evidence.url,
        # What is shown of a photograph is the copy without EXIF; other files as they are.
        "file": shown_file(evidence),
        "sha256": evidence.sha256,
        "width": evidence.width,
        "height": evidence.height,
        "pages": evidence.pages,
        "added_on": timezone.localdate(evidence.added_at).isoformat(),
    }


def _entry(entry: ProgressEntry) -> Content:
    return {
        "division": entry.division.name,
        "status": entry.status,
        "status_note": entry.status_note,
        "result": entry.result,
        "outcome": entry.outcome,
        "suggestion": entry.suggestion,
        "evidence": [
            _evidence(evidence) for evidence in entry.evidence.all() if evidence.removed_at is None
        ],
        "late": _late(entry),
    }


def _late(entry: ProgressEntry) -> Content | None:
    """Return by which leave the entry was reported after its round had closed, if it was."""
    permit = entry.late_permit
    if permit is None or entry.updated_at is None:
        return None
    return {
        "allowed_until": permit.allowed_until.isoformat(),
        "reason": permit.reason,
        "reported_on": timezone.localdate(entry.updated_at).isoformat(),
    }


def _target(target: Target, entries: list[ProgressEntry]) -> Content:
    values = [
        (entry.division.name, value.value)
        for entry in entries
        for value in entry.target_values.all()
        if value.target_id == target.pk
    ]
    return {
        "name": target.name,
        "unit": target.unit,
        "baseline": _decimal(target.baseline),
        "goal": str(target.goal),
        "actual": _decimal(fold_numbers([value for _division, value in values], target.fold)),
        "fold": target.fold,
        "divisions": [{"division": division, "value": str(value)} for division, value in values],
    }


def _result(measure: Measure, entries: list[ProgressEntry], targets: list[Content]) -> str:
    """Return what is printed as the measure's result: where every division stands, texts, targets.

    The sentence on the divisions stands only where all of them were to report, and one did.
    """
    if not any(entry.is_reported() for entry in entries):
        return ""
    is_everybody = any(
        responsibility.kind == ResponsibilityKind.EVERY_DIVISION
        for responsibility in measure.responsibilities.all()
    )
    parts = [
        every_division_sentence([(entry.division.name, entry.status) for entry in entries])
        if is_everybody and len(entries) > 1
        else "",
        fold_texts((entry.division.name, entry.result) for entry in entries),
        *(
            target_line(
                target["name"],
                target["unit"],
                baseline=_number(target["baseline"]),
                goal=Decimal(target["goal"]),
                actual=_number(target["actual"]),
            )
            for target in targets
        ),
    ]
    return "\n".join(part for part in parts if part)


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _measure(measure: Measure, entries: list[ProgressEntry]) -> Content:
    notes = [entry.status_note for entry in entries if entry.status_note]
    targets = [_target(target, entries) for target in measure.targets.all()]
    progress = [_entry(entry) for entry in entries]
    return {
        "number": measure.number,
        "title": measure.title,
        **_place_of(measure.indicator),
        "items": [item.code() for item in measure.items.all()],
        "findings": [finding.number for finding in measure.findings.all()],
        "steps": [
            {"number": step.number, "text": step.text, "due_on": _iso(step.due_on)}
            for step in measure.steps.all()
        ],
        "targets": targets,
        "responsible": [
            {"kind": responsibility.kind, "text": responsibility.printed()}
            for responsibility in measure.responsibilities.all()
        ],
        "period": {
            "text": measure.period_text,
            "start": _iso(measure.starts_on),
            "end": _iso(measure.ends_on),
        },
        "monitoring": measure.monitoring,
        "status": fold_status(entry.status for entry in entries).value,
        "status_note": ", ".join(dict.fromkeys(notes)),
        "percent": int(percent.of_measure(entries)),
        "result": _result(measure, entries, targets),
        "outcome": fold_texts((entry.division.name, entry.outcome) for entry in entries),
        "suggestion": fold_texts((entry.division.name, entry.suggestion) for entry in entries),
        "late": [
            {"division": entry["division"], **entry["late"]} for entry in progress if entry["late"]
        ],
        "progress": progress,
    }


def progress_summary(statuses: Iterable[str]) -> dict[str, int]:
    """Return how many measures stand where, and the percentage done, rounded down.

    Rounded down so that 100 means all.
    """
    found = list(statuses)
    counts = {status.value: found.count(status.value) for status in ProgressStatus}
    return {
        "measures": len(found),
        **counts,
        "percent_done": percent.share(counts["done"], len(found)),
    }


def _entries_by_measure(document: Document) -> dict[int, list[ProgressEntry]]:
    by_measure: dict[int, list[ProgressEntry]] = {}
    if document.round is not None:
        entries = entries_of(document.round)
        prefetch_related_objects(
            entries, "step_marks", "target_values", "late_permit", "measure__steps"
        )
        for entry in entries:
            by_measure.setdefault(entry.measure_id, []).append(entry)
    return by_measure


def measures_of_plan(
    organisation: Organisation,
    fiscal_year: int,
    entries: Mapping[int, list[ProgressEntry]] | None = None,
) -> list[Content]:
    """Return the measures of a year in their order, with what ``entries`` say of each by its id."""
    entries = entries or {}
    measures = (
        Measure.objects.filter(organisation=organisation, fiscal_year=fiscal_year)
        .select_related("indicator__instrument")
        .prefetch_related(
            "steps",
            "targets",
            "items__instrument",
            "findings",
            "responsibilities__division__parent",
            "responsibilities__post",
        )
        .order_by("number")
    )
    return [_measure(measure, entries.get(measure.pk, [])) for measure in measures]


def signoff_block(steps: Iterable[SignoffStep]) -> list[Content]:
    """Return the blocks of the chain as printed: decided ones as frozen, others still open."""
    return [
        {
            "order": step.order,
            "role": step.role,
            "post": step.post.title,
            "opinion_caption": step.caption,
            "decision": step.decision or None,
            "opinion": step.opinion,
            "reason": step.reason,
            "rank": step.signer_rank,
            "signer_name": step.signer_name,
            "position_lines": step.position_lines or [step.post.title],
            "signed_at": step.decided_at.isoformat() if step.decided_at else None,
        }
        for step in steps
    ]


def build(document: Document) -> Content:
    """Return the document's content from what is recorded now, with an empty sign-off block."""
    entries = _entries_by_measure(document)
    measures = measures_of_plan(document.organisation, document.fiscal_year, entries)
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": document.kind,
        "layout": document.layout,
        "organisation": _organisation(document.organisation),
        "fiscal_year": document.fiscal_year,
        "round": _round(document.round),
        "memo": {
            "office": document.office,
            "number": document.number,
            "date": _iso(document.dated),
            "subject": document.subject,
            "addressee": document.addressee,
            "through": document.through,
        },
        "paragraphs": {
            "opening": paragraphs(document.opening),
            "measures_title": document.measures_title,
            "assessment": paragraphs(document.assessment),
            "approach": paragraphs(document.approach),
            "results_title": document.results_title,
            "closing": paragraphs(document.closing),
        },
        "assessment": _assessment(analysed_result(document.organisation, document.fiscal_year)),
        "findings": [
            _finding(finding)
            for finding in Finding.objects.filter(
                organisation=document.organisation, fiscal_year=document.fiscal_year - 1
            )
            .select_related("indicator__instrument")
            .prefetch_related("items__instrument")
            .order_by("number")
        ],
        "measures": measures,
        "has_annex": document.has_annex,
        "progress": {
            **progress_summary(measure["status"] for measure in measures),
            "percent": int(percent.of_round(entries.values())),
        },
        "signoff": [],
        "publication": None,
    }
