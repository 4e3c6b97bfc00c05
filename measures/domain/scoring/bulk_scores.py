"""Storing the scores of many offices and years at once: all of them, or none."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.scoring.entering import checked_score
from measures.models import AssessmentResult, EventVerb, Item, Organisation, Score, User
from measures.permissions import NotAllowed

OfficeYear = tuple[int, int]  # the id of the organisation, and the fiscal year


@dataclass(frozen=True)
class ItemScore:
    """What an office got for one item of a year, 0-100; None takes the score away."""

    organisation: Organisation
    fiscal_year: int
    item: Item  # with its instrument and framework
    value: Decimal | None


class RefusedScores(Invalid):
    """Some of the scores cannot stand; ``problems`` are their places in what was given, and why."""

    def __init__(self, problems: dict[int, str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems.values()))


@transaction.atomic
def store_scores(
    rows: Iterable[ItemScore], *, by: User, now: datetime.datetime | None = None
) -> int:
    """Store the scores and return how many were added, changed or taken away.

    Results that are not there yet are made, without the announced totals. Raises RefusedScores
    with every row of another office, another year's framework, out of 0-100 or named twice; then
    nothing is stored. Logs one event per office and year in which something changed. Asks the
    database a fixed number of questions and three per office and year, besides the batches of rows.
    """
    wanted = _checked(list(rows), by)
    offices = {row.organisation.pk: row.organisation for found in wanted.values() for row in found}
    # In one order, so that two imports wait for each other instead of each for the other's office.
    held = Organisation.objects.filter(pk__in=offices).select_for_update().order_by("pk")
    list(held.values_list("pk"))
    results = _results_of(wanted, offices)
    stored = {
        (score.result_id, score.item_id): score
        for score in Score.objects.filter(result__in=[each.pk for each in results.values()])
    }
    changed: list[Score] = []
    removed: list[int] = []
    logs: list[tuple[AssessmentResult, dict[str, str], dict[str, str]]] = []
    for key, result in results.items():
        before, after = _changes(result, wanted[key], stored, changed, removed)
        if before or after:
            logs.append((result, before, after))
    Score.objects.filter(pk__in=removed).delete()
    Score.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["result", "item"],
        update_fields=["value"],
    )
    for result, before, after in logs:
        events.record(
            EventVerb.RESULT_SAVED,
            result,
            by=by,
            organisation=offices[result.organisation_id],
            data={"fiscal_year": result.fiscal_year, "before": before, "after": after},
            now=now,
        )
    return len(changed) + len(removed)


def _checked(rows: list[ItemScore], by: User) -> dict[OfficeYear, list[ItemScore]]:
    """Return the rows by office and year with their scores as stored, or raise RefusedScores."""
    problems: dict[int, str] = {}
    wanted: defaultdict[OfficeYear, list[ItemScore]] = defaultdict(list)
    refusals: dict[int, str] = {}
    named: set[tuple[int, int, int]] = set()
    for place, row in enumerate(rows):
        office = row.organisation.pk
        if office not in refusals:
            refusals[office] = _refusal(by, row.organisation)
        problem = refusals[office]
        key = (office, row.fiscal_year, row.item.pk)
        if not problem and row.item.instrument.framework.fiscal_year != row.fiscal_year:
            problem = _("ข้อ %(item)s ไม่ใช่ข้อของปีงบประมาณ พ.ศ. %(year)s") % {
                "item": row.item.code(),
                "year": row.fiscal_year,
            }
        if not problem and key in named:
            problem = _("มีคะแนนข้อ %s มากกว่าหนึ่งแถว โปรดเหลือไว้แถวเดียว") % row.item.code()
        named.add(key)
        try:
            label = _("คะแนนข้อ %s") % row.item.code()
            value = None if row.value is None else checked_score(row.value, label)
        except Invalid as refusal:
            problem = problem or str(refusal)
            value = None
        if problem:
            problems[place] = problem
        wanted[office, row.fiscal_year].append(
            ItemScore(row.organisation, row.fiscal_year, row.item, value)
        )
    if problems:
        raise RefusedScores(problems)
    return dict(wanted)


def _refusal(by: User, organisation: Organisation) -> str:
    try:
        permissions.can_manage(by, organisation).or_raise()
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _results_of(
    wanted: dict[OfficeYear, list[ItemScore]], offices: dict[int, Organisation]
) -> dict[OfficeYear, AssessmentResult]:
    """Return the result of each office and year; those in which a score will stand are made."""
    found = _stored_results(wanted, offices)
    missing = [
        AssessmentResult(organisation=offices[office], fiscal_year=year)
        for (office, year), rows in wanted.items()
        if (office, year) not in found and any(row.value is not None for row in rows)
    ]
    AssessmentResult.objects.bulk_create(missing)
    # bulk_create tells the keys of the new rows on both databases that the portal runs on.
    return found | {(each.organisation_id, each.fiscal_year): each for each in missing}


def _stored_results(
    wanted: dict[OfficeYear, list[ItemScore]], offices: dict[int, Organisation]
) -> dict[OfficeYear, AssessmentResult]:
    rows = AssessmentResult.objects.filter(
        organisation__in=list(offices), fiscal_year__in={year for _office, year in wanted}
    )
    keys: dict[Any, AssessmentResult] = {}
    for result in rows:
        if (result.organisation_id, result.fiscal_year) in wanted:
            result.organisation = offices[result.organisation_id]
            keys[result.organisation_id, result.fiscal_year] = result
    return keys


def _changes(
    result: AssessmentResult,
    rows: Iterable[ItemScore],
    stored: dict[tuple[int, int], Score],
    changed: list[Score],
    removed: list[int],
) -> tuple[dict[str, str], dict[str, str]]:
    """Note what is to be written and deleted; return the scores that change, before and after."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for row in rows:
        score = stored.get((result.pk, row.item.pk))
        if row.value == (score.value if score else None):
            continue
        code = row.item.code()
        if score is not None:
            before[code] = str(score.value)
        if row.value is not None:
            after[code] = str(row.value)
            changed.append(Score(result_id=result.pk, item_id=row.item.pk, value=row.value))
        elif score is not None:
            removed.append(score.pk)
    return before, after
