"""Doing one demo office's work: results, plan, progress with evidence, signed documents."""

import datetime
from decimal import Decimal
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.utils import timezone

from measures.domain import documents, records
from measures.domain.analysing.findings import save_finding
from measures.domain.demo import photographs
from measures.domain.demo.offices import Office, moment
from measures.domain.filing import evidence, preparation
from measures.domain.planning import library, measures, templates
from measures.domain.recording import progress, rounds
from measures.domain.signing import signoffs
from measures.models import (
    AssessmentResult,
    Document,
    Finding,
    Indicator,
    Item,
    Measure,
    Organisation,
    ProgressEntry,
    Publication,
    Remedy,
    ReportingRound,
    Responsibility,
    Score,
    User,
)

Data = dict[str, Any]  # a part of an office as in fixtures/demo/*.json

EVERY_DIVISION = "every"  # in place of a list: whoever reports and is not named elsewhere
INSTRUMENT_OF_LETTER = {"I": "IIT", "E": "EIT", "O": "OIT"}


class Publish(Protocol):
    """Draws an approved document and publishes it."""

    def __call__(
        self, document: Document, *, by: User, now: datetime.datetime | None = None
    ) -> object: ...


def do_work(data: Data, office: Office, publish: Publish) -> None:
    """Store everything that the office of this data file did, each at its own date."""
    for row in data["results"]:
        _save_result(row, office)
    findings = [
        _save_finding(row, number, office) for number, row in enumerate(data["findings"], start=1)
    ]
    for plan in data["plans"]:
        _save_plan(plan, office, findings)
        if "document" in plan:
            document = documents.compile_plan(
                office.organisation,
                plan["fiscal_year"],
                by=office.coordinator,
                now=moment(plan["document"]["compiled_at"]),
                **_fields(plan["document"]),
            )
            _sign_and_publish(document, plan["document"], office, publish)
        if "template" in plan:
            _push(plan["template"], plan["fiscal_year"], office)
        for row in plan["rounds"]:
            _report(row, plan["fiscal_year"], office, publish)
        if "shared" in plan:
            _share(plan["shared"], plan["fiscal_year"], office)


def _item(fiscal_year: int, code: str) -> Item:
    return Item.objects.get_by_natural_key(
        fiscal_year, INSTRUMENT_OF_LETTER[code[0]], int(code[1:])
    )


def _save_result(row: Data, office: Office) -> None:
    announced_on = row.get("announced_on")
    result = records.save(
        AssessmentResult(
            organisation=office.organisation,
            fiscal_year=row["fiscal_year"],
            total=Decimal(row["total"]) if "total" in row else None,
            level=row.get("level", ""),
            announced_on=datetime.date.fromisoformat(announced_on) if announced_on else None,
            source=row["source"],
        ),
        by=office.coordinator,
    )
    for code, value in row["scores"].items():
        item = _item(result.fiscal_year, code)
        records.save(Score(result=result, item=item, value=Decimal(value)), by=office.coordinator)


def _save_finding(row: Data, number: int, office: Office) -> Finding:
    year = row["fiscal_year"]
    items = [_item(year, code) for code in row["items"]]
    return save_finding(
        Finding(
            organisation=office.organisation,
            fiscal_year=year,
            number=number,
            indicator=Indicator.objects.get_by_natural_key(year, row["indicator"]),
            severity=row["severity"],
            analysis=row["analysis"],
            references=row["references"],
            remedy=Remedy.objects.filter(items__in=items).first(),
        ),
        by=office.coordinator,
        items=items,
    )


def _save_plan(plan: Data, office: Office, findings: list[Finding]) -> None:
    """Store the measures of a year; their indicators and items are of the analysed year."""
    for number, row in enumerate(plan["measures"], start=1):
        analysed_year = plan.get("indicators_of", plan["fiscal_year"] - 1)
        indicator = row.get("indicator")
        measures.save_measure(
            Measure(
                organisation=office.organisation,
                fiscal_year=plan["fiscal_year"],
                number=number,
                title=row["title"],
                indicator=Indicator.objects.get_by_natural_key(analysed_year, indicator)
                if indicator
                else None,
                period_text=row.get("period", ""),
                starts_on=row.get("starts_on"),
                ends_on=row.get("ends_on"),
                monitoring=row.get("monitoring", ""),
            ),
            by=office.coordinator,
            steps=row["steps"],
            responsibilities=[_responsibility(party, office) for party in row["responsible"]],
            items=[_item(analysed_year, code) for code in row.get("items", [])],
            findings=[findings[number - 1] for number in row.get("findings", [])],
            now=moment(plan["recorded_at"]),
        )


def _push(row: Data, fiscal_year: int, office: Office) -> None:
    """Offer the plan of a year to the offices that the data names."""
    templates.push(
        office.organisation,
        fiscal_year,
        Organisation.objects.filter(slug__in=row["offered_to"]),
        by=office.coordinator,
        title=row["title"],
        note=row["note"],
        now=moment(row["pushed_at"]),
    )


def _share(row: Data, fiscal_year: int, office: Office) -> None:
    """Put measures of the newest publication of a year into the library."""
    current = Publication.objects.current().filter(
        organisation=office.organisation, fiscal_year=fiscal_year
    )
    publication = current.order_by("number").last()
    assert publication is not None  # the data shares what it has published
    for number in row["measures"]:
        library.share(publication, number, by=office.coordinator, now=moment(row["at"]))


def _responsibility(row: Data, office: Office) -> Responsibility:
    division, post = row.get("division"), row.get("post")
    return Responsibility(
        kind=row["kind"],
        division=office.divisions[division] if division else None,
        post=office.posts[post] if post else None,
        text=row.get("text", ""),
    )


def _report(row: Data, fiscal_year: int, office: Office, publish: Publish) -> None:
    """Open a round, enter its progress, and compile, close, sign and publish as the data says."""
    opens_on = datetime.date.fromisoformat(row["opens_on"])
    reporting_round = rounds.open_round(
        office.organisation,
        fiscal_year=fiscal_year,
        months=row["months"],
        opens_on=opens_on,
        due_on=datetime.date.fromisoformat(row["due_on"]),
        by=office.coordinator,
        now=moment(f"{opens_on}T08:30"),
    )
    _record_progress(row["progress"], reporting_round, office)
    document = None
    if "document" in row:
        document = documents.compile_report(
            reporting_round,
            by=office.coordinator,
            now=moment(row["document"]["compiled_at"]),
            **_fields(row["document"]),
        )
    if "closed_at" in row:
        rounds.close_round(reporting_round, by=office.coordinator, now=moment(row["closed_at"]))
    if document is not None:
        _sign_and_publish(document, row["document"], office, publish)


def _record_progress(rows: list[Data], reporting_round: ReportingRound, office: Office) -> None:
    entries: dict[int, dict[str, ProgressEntry]] = {}
    for entry in progress.entries_of(reporting_round):
        entries.setdefault(entry.measure.number, {})[entry.division.name] = entry
    named = {
        (row["measure"], division)
        for row in rows
        if row["divisions"] != EVERY_DIVISION
        for division in row["divisions"]
    }
    for row in rows:
        of_measure = entries[row["measure"]]
        divisions = row["divisions"]
        if divisions == EVERY_DIVISION:
            divisions = [name for name in of_measure if (row["measure"], name) not in named]
        for position, name in enumerate(divisions):
            # One division keeps the evidence of what all of them did together.
            _record_entry(of_measure[name], row, office, with_evidence=position == 0)


def _record_entry(entry: ProgressEntry, row: Data, office: Office, *, with_evidence: bool) -> None:
    by = office.recorder(entry.division)
    now = moment(row["at"])
    progress.record(
        entry,
        by=by,
        version=entry.version,
        status=row["status"],
        status_note=row.get("status_note", ""),
        result=row["result"],
        outcome=row.get("outcome", ""),
        suggestion=row.get("suggestion", ""),
        now=now,
    )
    for piece in row.get("evidence", []) if with_evidence else []:
        caption = piece["caption"]
        if "link" in piece:
            evidence.attach_link(entry, by=by, url=piece["link"], caption=caption, now=now)
            continue
        if "pdf" in piece:
            upload = ContentFile(photographs.drawn_pdf(piece["pdf"], caption), name="notice.pdf")
        else:
            upload = ContentFile(photographs.drawn_jpeg(piece["photo"], caption), name="photo.jpg")
        kept = evidence.attach_file(entry, by=by, upload=upload, caption=caption, now=now)
        # The office is loaded in one transaction, and its documents are sent within it.
        preparation.prepare(kept)


def _fields(row: Data) -> Data:
    names = ("number", "layout", "through", "opening", "assessment")
    fields: Data = {name: row[name] for name in names if name in row}
    return {**fields, "dated": datetime.date.fromisoformat(row["dated"])}


def _sign_and_publish(document: Document, row: Data, office: Office, publish: Publish) -> None:
    """Send the document up the chain: each post decides at its own moment, then it is published."""
    decisions = row["decisions"]
    signoff = signoffs.submit(document, by=office.coordinator, now=moment(decisions[0]["at"]))
    for step, decision in zip(signoff.steps.order_by("order"), decisions, strict=True):
        if step.is_decided():
            continue  # the preparer's block counts as signed by submitting
        holding = step.post.holder_on(timezone.localdate())
        assert holding is not None  # submitting refused a vacant chain
        signer = next(person for person in office.people.values() if person.pk == holding.user_id)
        signoffs.approve(
            step, by=signer, opinion=decision.get("opinion", ""), now=moment(decision["at"])
        )
    document.refresh_from_db()
    publish(document, by=office.coordinator, now=moment(row["published_at"]))
