"""How far an organisation or a year has come in public: what is published, and what is due when.

Read are publications, the due dates of rounds, and nothing that is still on the desk.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from measures.domain.publishing.public import PublicDocument, public_document
from measures.domain.publishing.public_measures import PublicFigure
from measures.models import DocumentKind, Organisation, Publication, ReportingRound


@dataclass(frozen=True)
class DueDate:
    """When something is to be published, and whether that day has passed."""

    on: datetime.date
    is_past: bool


@dataclass(frozen=True)
class OrganisationState:
    """One organisation in a list: its newest report, or its plan's year, or when one is due."""

    organisation: Organisation
    fiscal_year: int | None  # of what is published last
    round_months: int | None  # of the newest report; None while only a plan is published
    figure: PublicFigure | None
    due: DueDate | None


@dataclass(frozen=True)
class RoundState:
    """One round of a year: its published report, or when it is due."""

    months: int
    due: DueDate | None
    report: PublicDocument | None


@dataclass(frozen=True)
class YearState:
    """One fiscal year of an organisation."""

    fiscal_year: int
    plan: PublicDocument | None
    rounds: tuple[RoundState, ...]  # 6 months before 12

    def newest(self) -> PublicDocument | None:
        """Return the report of the latest round, else the plan, else None."""
        reports = [state.report for state in self.rounds if state.report is not None]
        return reports[-1] if reports else self.plan

    def next_due(self) -> DueDate | None:
        """Return when the first report that is not published yet is due."""
        dates = [state.due for state in self.rounds if state.report is None and state.due]
        return min(dates, key=lambda due: due.on, default=None)


@dataclass(frozen=True)
class YearInList:
    """One entry of the list of years."""

    fiscal_year: int
    is_published: bool


def _due(day: datetime.date, today: datetime.date) -> DueDate:
    return DueDate(on=day, is_past=day < today)


def organisation_states(
    organisations: Sequence[Organisation], *, today: datetime.date
) -> list[OrganisationState]:
    """Return the state of each organisation, in the order given; two queries however many."""
    newest: dict[int, tuple[int, int, PublicFigure]] = {}
    for organisation_id, fiscal_year, months, progress in (
        Publication.objects.current()
        .filter(organisation__in=organisations)
        .values_list("organisation_id", "fiscal_year", "round_months", "content__progress")
    ):
        candidate = (fiscal_year, months or 0, PublicFigure.of(progress))
        if organisation_id not in newest or candidate[:2] > newest[organisation_id][:2]:
            newest[organisation_id] = candidate
    due_dates: dict[int, datetime.date] = {}
    for organisation_id, due_on in (
        ReportingRound.objects.filter(organisation__in=organisations, closed_at=None)
        .order_by("-due_on")
        .values_list("organisation_id", "due_on")
    ):
        due_dates[organisation_id] = due_on
    states = []
    for organisation in organisations:
        published = newest.get(organisation.pk)
        year, latest_months, figure = published or (None, 0, None)
        due_on_or_none = due_dates.get(organisation.pk)
        states.append(
            OrganisationState(
                organisation=organisation,
                fiscal_year=year,
                round_months=latest_months or None,
                figure=figure if latest_months else None,
                due=_due(due_on_or_none, today) if due_on_or_none else None,
            )
        )
    return states


def years_of(organisation: Organisation) -> list[YearInList]:
    """Return the years in which something is published or due, newest first."""
    published = set(
        Publication.objects.of_organisation(organisation).values_list("fiscal_year", flat=True)
    )
    planned = set(
        ReportingRound.objects.of_organisation(organisation).values_list("fiscal_year", flat=True)
    )
    return [
        YearInList(fiscal_year=year, is_published=year in published)
        for year in sorted(published | planned, reverse=True)
    ]


def year_state(organisation: Organisation, fiscal_year: int, *, today: datetime.date) -> YearState:
    """Return what of this year is published, and what is due; empty where there is nothing."""
    plan: PublicDocument | None = None
    reports: dict[int, PublicDocument] = {}
    for publication in (
        Publication.objects.current()
        .of_organisation(organisation)
        .filter(fiscal_year=fiscal_year)
        .order_by("number")
    ):
        if publication.round_months is None:
            plan = public_document(publication)
        else:
            reports[publication.round_months] = public_document(publication)
    due_dates = dict(
        ReportingRound.objects.of_organisation(organisation)
        .filter(fiscal_year=fiscal_year)
        .values_list("months", "due_on")
    )
    return YearState(
        fiscal_year=fiscal_year,
        plan=plan,
        rounds=tuple(
            RoundState(
                months=months,
                due=_due(due_dates[months], today) if months in due_dates else None,
                report=reports.get(months),
            )
            for months in sorted(due_dates.keys() | reports.keys())
        ),
    )


@dataclass(frozen=True)
class PastStatus:
    """What an earlier or another publication of the year said of a measure."""

    document: PublicDocument
    status: str
    is_superseded: bool


def history_of_measure(
    organisation: Organisation, fiscal_year: int, number: int, *, but: str
) -> list[PastStatus]:
    """Return what the reports of the year said of measure ``number``, newest first.

    ``but`` is the code of the document on whose page the history stands.
    """
    past = []
    for publication in (
        Publication.objects.filter(
            organisation=organisation, fiscal_year=fiscal_year, kind=DocumentKind.PROGRESS_REPORT
        )
        .exclude(code=but)
        .select_related("superseded_by")
        .order_by("-number")
    ):
        document = public_document(publication)
        measure = document.measure_numbered(number)
        if measure is not None:
            past.append(PastStatus(document, measure.status, publication.is_superseded()))
    return past
