"""Storing what a staged plan says about the plan: divisions, findings, scores and measures.

All of it through the verbs that forms use, within the transaction of the caller.
"""

import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_arabic_digits
from ita_portal.thai.words import normalise_compact
from measures.domain import records
from measures.domain.analysing.findings import save_finding
from measures.domain.errors import Invalid
from measures.domain.importing.plan_examination import Examination
from measures.domain.importing.plan_matching import Intended, Outcome
from measures.domain.importing.staged_plans import NEW_DIVISION, REPLACE
from measures.domain.planning import review_marks
from measures.domain.planning.measures import save_measure
from measures.domain.scoring.entering import save_result
from measures.models import (
    AssessmentResult,
    Division,
    Finding,
    Item,
    Measure,
    Score,
    Severity,
    User,
)

# Fields of a draft whose warnings stay with the measure, by what the measure calls them.
_REVIEWED = {
    "title": "title",
    "steps": "steps",
    "responsible": "responsible",
    "period": "period_text",
    "monitoring": "monitoring",
    "indicator": "indicator",
    "items": "items",
}
_REFERENCE = re.compile(r"\b[oO]\s?([0-9]{1,2})\b")


@dataclass
class Storing:
    """One confirmed plan on its way into the office, and what became of it so far."""

    examination: Examination
    by: User
    amendment_reason: str = ""
    now: datetime.datetime | None = None
    measures: dict[int, Measure] = field(default_factory=dict)  # by place; those left out are not
    report: dict[str, Any] = field(default_factory=dict)

    def store_divisions(self) -> None:
        """Add the divisions that the file names, and remember names that were matched."""
        organisation = self.examination.organisation
        choices = self.examination.staged.choices
        added, remembered = [], []
        order = organisation.divisions.aggregate(last=Max("order"))["last"] or 0
        for name in self.examination.unknown_names:
            if name.answer == NEW_DIVISION:
                order += 1
                division = Division(organisation=organisation, name=name.name, order=order)
                records.save(division, by=self.by, now=self.now)
                added.append({"id": division.pk, "name": division.name})
            matched = self.examination.parties.named.get(normalise_compact(name.name))
            if matched is not None and name.name in choices.remembered:
                matched.aliases = "\n".join([*matched.aliases.splitlines(), name.name])
                records.save(matched, by=self.by, now=self.now)
                remembered.append({"id": matched.pk, "name": matched.name, "alias": name.name})
        self.report |= {"divisions": added, "aliases": remembered}
        # What was a name is a division now.
        self.examination = Examination(self.examination.staged, organisation)

    def store_scores(self) -> None:
        """Keep the scores of the file where the office has none of that year yet."""
        examination = self.examination
        scores = scores_of(examination)
        if not examination.staged.choices.with_scores or examination.has_result or not scores:
            return
        year = examination.analysed.fiscal_year
        result = AssessmentResult.objects.filter(
            organisation=examination.organisation, fiscal_year=year
        ).first()
        result = result or AssessmentResult(organisation=examination.organisation, fiscal_year=year)
        save_result(result, by=self.by, scores=scores, now=self.now)
        self.report["scores"] = {"fiscal_year": year, "items": [item.code() for item in scores]}

    def store_findings(self) -> dict[int, Finding]:
        """Keep each analysis of the file as a finding; return the finding of each place.

        Where one on the same items is there, it stays as it is and is the measure's.
        """
        examination = self.examination
        if not examination.staged.choices.with_findings or examination.findings_lock is not None:
            return {}
        rows = Finding.objects.of_organisation(examination.organisation).filter(
            fiscal_year=examination.analysed.fiscal_year
        )
        known: dict[frozenset[int], Finding] = {}
        unbound: dict[str, Finding] = {}
        for finding in rows.prefetch_related("items"):
            items = frozenset(item.pk for item in finding.items.all())
            (known.setdefault(items, finding) if items else None)
            unbound.setdefault(normalise_compact(finding.analysis), finding)
        found: dict[int, Finding] = {}
        added = []
        for each in examination.measures:
            text = each.draft.finding.strip()
            if not text or each.outcome == Outcome.LEFT_OUT:
                continue
            items = frozenset(item.pk for item in each.items)
            there = known.get(items) if items else unbound.get(normalise_compact(text))
            if there is None:
                there = self._new_finding(each, text)
                added.append({"id": there.pk, "number": there.number})
                known[items] = unbound[normalise_compact(text)] = there
            found[each.place] = there
        self.report["findings"] = added
        return found

    def _new_finding(self, each: Intended, text: str) -> Finding:
        references = _REFERENCE.findall(to_arabic_digits(text))
        finding = Finding(
            organisation=self.examination.organisation,
            fiscal_year=self.examination.analysed.fiscal_year,
            indicator=each.indicator,
            severity=self._severity_of(each.items),
            analysis=text,
            references=", ".join(dict.fromkeys(f"o{number}" for number in references)),
        )
        return save_finding(finding, by=self.by, items=each.items, now=self.now)

    def _severity_of(self, items: list[Item]) -> str:
        """Return the group of a finding by the scores of its items, as the office draws the line.

        Without scores it is one to develop, as a finding written by hand is at first.
        """
        organisation = self.examination.organisation
        scores = Score.objects.of_organisation(organisation).filter(item__in=items)
        lowest = min(scores.values_list("value", flat=True), default=None)
        if lowest is not None and lowest < organisation.fix_at_once_below:
            return Severity.FIX_AT_ONCE
        return Severity.IMPROVE

    def store_measures(self, findings: dict[int, Finding]) -> None:
        """Add the measures, or put them in the place of others; what is there stays."""
        told = []
        for each in self.examination.measures:
            did = each.outcome.value
            if each.is_stored():
                did = "replaced" if each.answer == REPLACE else "added"
                try:
                    measure = self._store_measure(each, findings.get(each.place))
                except Invalid as problem:
                    raise Invalid(
                        _("มาตรการลำดับที่ %(place)s: %(problem)s")
                        % {"place": each.place, "problem": problem}
                    ) from problem
                self.measures[each.place] = measure
            elif each.outcome == Outcome.SAME and each.existing is not None:
                self.measures[each.place] = each.existing
            else:
                did = "left_out"
            stored = self.measures.get(each.place)
            told.append(
                {
                    "place": each.place,
                    "did": did,
                    "id": stored.pk if stored else None,
                    "number": each.number,
                    "title": each.draft.title,
                }
            )
        self.report["measures"] = told

    def _store_measure(self, each: Intended, finding: Finding | None) -> Measure:
        draft, period = each.draft, each.draft.period
        is_replaced = each.answer == REPLACE and each.existing is not None
        measure = each.existing if is_replaced and each.existing is not None else Measure()
        if not is_replaced:
            measure.organisation = self.examination.organisation
            measure.fiscal_year = self.examination.fiscal_year
            measure.number = each.number
        # A file without such a column says nothing about what another measure had there.
        measure.title = draft.title
        measure.indicator = each.indicator or measure.indicator
        measure.monitoring = draft.monitoring or measure.monitoring
        if period.text or not is_replaced:
            measure.period_text = period.text
            measure.starts_on, measure.ends_on = _day(period.start), _day(period.end)
        measure.to_review = self._marks_of(each)
        return save_measure(
            measure,
            by=self.by,
            steps=draft.steps or None,
            responsibilities=each.parties or None,
            items=each.items or None,
            findings=[finding] if finding is not None else None,
            amendment_reason=self.amendment_reason,
            now=self.now,
        )

    def _marks_of(self, each: Intended) -> list[review_marks.Mark]:
        """Return what nobody has answered in the preview, to be looked at in the plan."""
        own = [
            warning
            for _at, warning in self.examination.open_warnings()
            if warning.measure == each.place
        ]
        return [
            review_marks.mark(
                _REVIEWED[warning.field],
                f"{warning.message} “{warning.value}”" if warning.value else warning.message,
            )
            for warning in (*own, *each.warnings)
            if warning.field in _REVIEWED
        ]


def scores_of(examination: Examination) -> dict[Item, Decimal | None]:
    """Return the scores of the file for items that the analysed year has."""
    scores: dict[Item, Decimal | None] = {}
    for code, value in examination.staged.plan.scores.items():
        item = examination.analysed.items.get(code.upper())
        if item is None:
            continue
        try:
            scores[item] = Decimal(to_arabic_digits(value))
        except InvalidOperation:
            continue
    return scores


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None
