"""The analysis of a year as its page shows it: each finding with all that is known about it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from measures.domain.analysing.draft_texts import ScoredItem, tells_score
from measures.domain.analysing.drafting import overtaken_drafts, to_analyse
from measures.domain.analysing.findings import shown_state_of
from measures.domain.analysing.previous import Previous, YearBefore, items_of, values_of
from measures.domain.analysing.thresholds import severity_of
from measures.models import (
    Finding,
    Indicator,
    InstrumentCode,
    Item,
    Measure,
    Organisation,
    Severity,
    SubIndicator,
)

_CODE = re.compile(r"[oO] ?([0-9]{1,2})|([0-9]{1,2}\.[0-9]{1,2})")


@dataclass(frozen=True)
class Reference:
    """What a finding refers to, as written, with its title where the framework has one."""

    written: str
    title: str


@dataclass(frozen=True)
class ShownItem:
    """An item of a finding: its score this year, where it falls, and the year before."""

    item: Item
    score: Decimal | None
    severity: Severity | None
    previous: Previous


@dataclass(frozen=True)
class ShownFinding:
    """A finding with everything that belongs to it."""

    finding: Finding
    items: tuple[ShownItem, ...]
    references: tuple[Reference, ...]
    measures: tuple[Measure, ...]  # of the plan that answers this year
    is_overtaken: bool  # a draft whose items are not in the analysis any more

    def state(self) -> str:
        """Return the fingerprint by which a press on this page is held against what is stored."""
        return shown_state_of(self.finding)

    def is_outdated(self) -> bool:
        """Return whether this is a draft that does not tell today's scores."""
        return self.finding.is_draft and not all(
            each.score is not None and tells_score(self.finding.analysis, each.item, each.score)
            for each in self.items
        )


@dataclass(frozen=True)
class IndicatorGroup:
    """The findings of one indicator, or those of none."""

    indicator: Indicator | None
    findings: tuple[ShownFinding, ...]

    def name(self) -> str:
        """Return the heading of the group in Thai."""
        if self.indicator is None:
            return _("ไม่ระบุตัวชี้วัด")
        return _("ตัวชี้วัดที่ %(number)s %(name)s") % {
            "number": self.indicator.number,
            "name": self.indicator.name,
        }


@dataclass(frozen=True)
class SeverityGroup:
    """One of the two groups that the plan must show."""

    severity: Severity
    groups: tuple[IndicatorGroup, ...]

    def count(self) -> int:
        """Return how many findings are in the group."""
        return sum(len(group.findings) for group in self.groups)


@dataclass(frozen=True)
class Overview:
    """Everything that the page of one analysed year shows."""

    fiscal_year: int
    has_scores: bool
    groups: tuple[SeverityGroup, ...]
    not_analysed: tuple[ScoredItem, ...]  # in the analysis by their score, yet in no finding

    def shown(self) -> list[ShownFinding]:
        """Return the findings in the order of the page."""
        return [shown for group in self.groups for part in group.groups for shown in part.findings]

    def drafts(self) -> int:
        """Return how many are drafts that no person has edited or accepted."""
        return sum(shown.finding.is_draft for shown in self.shown())

    def without_measure(self) -> int:
        """Return how many no measure answers yet."""
        return sum(not shown.measures for shown in self.shown())


def overview_of(organisation: Organisation, fiscal_year: int) -> Overview:
    """Return the analysis of a year's result; asks as often for one finding as for all."""
    findings = Finding.objects.of_organisation(organisation).filter(fiscal_year=fiscal_year)
    return _overview(organisation, fiscal_year, _loaded(findings))


def shown_finding(finding: Finding) -> ShownFinding:
    """Return one finding as it is stored, with all that belongs to it, for its own page."""
    stored = _loaded(Finding.objects.filter(pk=finding.pk))
    return _overview(finding.organisation, finding.fiscal_year, stored).shown()[0]


def _loaded(findings: QuerySet[Finding]) -> list[Finding]:
    """Return findings with everything that is read of them here, by their numbers."""
    return list(
        findings.select_related("indicator__instrument", "remedy")
        .prefetch_related("items__instrument", "items__indicator", "measures")
        .order_by("number")
    )


def _overview(organisation: Organisation, fiscal_year: int, findings: list[Finding]) -> Overview:
    items = items_of(fiscal_year)
    values = values_of(organisation, fiscal_year)
    before = YearBefore.of(organisation, fiscal_year)
    scored = [
        ScoredItem(item, values[item.pk], severity_of(values[item.pk], organisation))
        for item in items
        if item.pk in values
    ]
    overtaken = overtaken_drafts(findings, scored)
    titles = _titles(items)

    def show(finding: Finding) -> ShownFinding:
        return ShownFinding(
            finding,
            tuple(
                ShownItem(
                    item,
                    values.get(item.pk),
                    severity_of(values[item.pk], organisation) if item.pk in values else None,
                    before.about(item),
                )
                for item in finding.items.all()
            ),
            tuple(references_in(finding.references, titles)),
            tuple(
                measure
                for measure in finding.measures.all()
                if measure.fiscal_year == fiscal_year + 1
            ),
            finding.pk in overtaken,
        )

    shown = [show(finding) for finding in findings]
    analysed = {item.pk for finding in findings for item in finding.items.all()}
    return Overview(
        fiscal_year,
        bool(values),
        tuple(
            SeverityGroup(severity, tuple(_by_indicator(shown, severity))) for severity in Severity
        ),
        tuple(each for each in to_analyse(scored) if each.item.pk not in analysed),
    )


def _by_indicator(shown: Iterable[ShownFinding], severity: Severity) -> Iterable[IndicatorGroup]:
    """Yield the findings of a group by indicator, in the framework's order, none last."""
    groups: dict[int, list[ShownFinding]] = {}
    for each in shown:
        if each.finding.severity == severity:
            indicator = each.finding.indicator
            groups.setdefault(indicator.number if indicator else 1_000, []).append(each)
    for _number, findings in sorted(groups.items()):
        yield IndicatorGroup(findings[0].finding.indicator, tuple(findings))


def _titles(items: Iterable[Item]) -> dict[str, str]:
    """Return the titles of o-items by code (o11) and of sub-indicators by number (9.1)."""
    titles: dict[str, str] = {}
    for item in items:
        if item.instrument.code != InstrumentCode.OIT:
            continue
        titles[item.code().lower()] = item.text
        part: SubIndicator | None = item.sub_indicator
        if part is not None:
            titles[part.number] = part.name
    return titles


def references_in(text: str, titles: Mapping[str, str]) -> Iterable[Reference]:
    """Yield the parts of a typed list of references, with the titles that are known.

    What cannot be read stays as it was typed.
    """
    for written in filter(None, (part.strip() for part in re.split(r"[,;/\n]", text))):
        found = _CODE.fullmatch(written)
        key = "" if found is None else (f"o{int(found[1])}" if found[1] else found[2])
        yield Reference(written, titles.get(key, ""))
