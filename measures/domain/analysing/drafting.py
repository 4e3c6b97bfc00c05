"""Draft findings from the scores of a year: which items, in which group, put together how.

Weak is what lies under the office's thresholds; the lowest three items of each instrument are in
the analysis always. Weak items for which the framework has one piece of guidance make one finding.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.analysing import findings as verbs
from measures.domain.analysing.draft_texts import (
    NO_GUIDANCE,
    Guidance,
    ScoredItem,
    analysis_of,
    references_of,
)
from measures.domain.analysing.previous import YearBefore
from measures.domain.analysing.thresholds import MOST, severity_of
from measures.domain.errors import Invalid
from measures.domain.recording.locks import refuse_when_locked
from measures.models import (
    AssessmentResult,
    EventVerb,
    Finding,
    Organisation,
    Remedy,
    Score,
    Severity,
    User,
)

LOWEST = 3  # items of each instrument that are in the analysis whatever their score


@dataclass(frozen=True)
class Group:
    """The items of one finding to be, in the framework's order, and their guidance if any."""

    items: tuple[ScoredItem, ...]
    remedy: Remedy | None

    def severity(self) -> Severity:
        """Return the group of the whole: at once where one of its items is."""
        at_once = any(scored.severity == Severity.FIX_AT_ONCE for scored in self.items)
        return Severity.FIX_AT_ONCE if at_once else Severity.IMPROVE


def _place(scored: ScoredItem) -> tuple[int, int, int]:
    """Return where an item stands in the framework; items without an indicator come last in it."""
    indicator = scored.item.indicator
    return (
        scored.item.instrument_id,
        indicator.number if indicator else 1_000,
        scored.item.number,
    )


def to_analyse(items: Iterable[ScoredItem]) -> list[ScoredItem]:
    """Return the weak items, and the lowest three of each instrument short of a full score.

    In the framework's order. Of equal scores the earlier item is the lower.
    """
    every = sorted(items, key=_place)
    by_instrument: dict[int, list[ScoredItem]] = {}
    for scored in every:
        by_instrument.setdefault(scored.item.instrument_id, []).append(scored)
    lowest = {
        scored.item.pk
        for of_one in by_instrument.values()
        for scored in sorted(of_one, key=lambda each: each.score)[:LOWEST]
        if scored.score < MOST
    }
    return [each for each in every if each.severity is not None or each.item.pk in lowest]


def grouped(items: Sequence[ScoredItem], remedies: Mapping[int, Sequence[Remedy]]) -> list[Group]:
    """Return the findings that these items make, in the order of their first items.

    ``remedies`` are those of each item by its id. Weak items with one remedy in common are one
    finding; what is only among the lowest stands alone.
    """
    groups: list[Group] = []
    of_remedy: dict[int, int] = {}  # remedy -> place of its group
    for scored in items:
        remedy = _remedy_for(scored, items, remedies)
        if remedy is not None and scored.severity is not None:
            at = of_remedy.setdefault(remedy.pk, len(groups))
            if at < len(groups):
                groups[at] = replace(groups[at], items=(*groups[at].items, scored))
                continue
        groups.append(Group((scored,), remedy))
    return groups


def _remedy_for(
    scored: ScoredItem, among: Iterable[ScoredItem], remedies: Mapping[int, Sequence[Remedy]]
) -> Remedy | None:
    """Return the guidance for this item; of several the one for most of the weak items."""
    weak = [each.item.pk for each in among if each.severity is not None]

    def covers(remedy: Remedy) -> int:
        return sum(remedy in remedies.get(item, ()) for item in weak)

    return max(remedies.get(scored.item.pk, ()), key=covers, default=None)


@dataclass(frozen=True)
class Drafted:
    """What one drafting did."""

    made: tuple[Finding, ...]
    renewed: tuple[Finding, ...]  # drafts nobody had touched, written anew from today's scores


@dataclass(frozen=True)
class _Basis:
    """Everything drafting reads, read once."""

    organisation: Organisation
    scored: list[ScoredItem]
    remedies: dict[int, list[Remedy]]
    findings: list[Finding]

    def guidance_of(self, remedy: Remedy | None) -> Guidance:
        if remedy is None:
            return NO_GUIDANCE
        return Guidance(
            links=tuple(remedy.links.all()),
            sub_indicators=tuple(remedy.linked_sub_indicators.all()),
            text=remedy.text,
        )

    def text_of(self, group: Group) -> str:
        return analysis_of(
            group.items,
            self.guidance_of(group.remedy),
            fix_at_once_below=self.organisation.fix_at_once_below,
            improve_below=self.organisation.improve_below,
        )


def _read(organisation: Organisation, fiscal_year: int) -> _Basis:
    scores = list(
        Score.objects.filter(result__organisation=organisation, result__fiscal_year=fiscal_year)
        .select_related("item__instrument", "item__indicator")
        .order_by("item__instrument", "item__number")
    )
    before = YearBefore.of(organisation, fiscal_year)
    remedies: dict[int, list[Remedy]] = {}
    for remedy in (
        Remedy.objects.filter(framework__fiscal_year=fiscal_year)
        .prefetch_related("items", "links__instrument", "linked_sub_indicators")
        .order_by("number")
    ):
        for item in remedy.items.all():
            remedies.setdefault(item.pk, []).append(remedy)
    return _Basis(
        organisation,
        [
            ScoredItem(
                score.item,
                score.value,
                severity_of(score.value, organisation),
                before.about(score.item),
            )
            for score in scores
        ],
        remedies,
        list(
            Finding.objects.of_organisation(organisation)
            .filter(fiscal_year=fiscal_year)
            .select_related("remedy", "indicator__instrument__framework")
            .prefetch_related("items", "remedy__items")
            .order_by("number")
        ),
    )


@transaction.atomic
def draft_findings(
    organisation: Organisation,
    fiscal_year: int,
    *,
    by: User,
    now: datetime.datetime | None = None,
) -> Drafted:
    """Write draft findings from the scores of a year; what a person has written stays as it is.

    An item that has a finding gets no second one. Drafts that nobody has touched are written anew
    where their items are still in the analysis; the others stay, to be deleted by a person (see
    ``overtaken_drafts``). Raises NotAllowed, Locked like ``save_finding``, and Invalid where the
    year has no scores. Logs one event.
    """
    permissions.can_manage(by, organisation).or_raise()
    refuse_when_locked(verbs.lock_of_findings(organisation, fiscal_year))
    # One drafting at a time: two would each find no finding yet.
    Organisation.objects.select_for_update().only("pk").get(pk=organisation.pk)
    basis = _read(organisation, fiscal_year)
    if not basis.scored:
        raise Invalid(
            _("ยังไม่มีคะแนนรายข้อของปีงบประมาณ พ.ศ. %(year)s โปรดกรอกหรือนำเข้าคะแนนก่อน")
            % {"year": fiscal_year}
        )
    chosen = to_analyse(basis.scored)
    taken = {item.pk for finding in basis.findings for item in finding.items.all()}
    renewed = []
    for draft in (finding for finding in basis.findings if finding.is_draft):
        items = _items_for(draft, chosen, taken)
        taken |= {scored.item.pk for scored in items}
        if items and _write_anew(draft, items, basis):
            renewed.append(draft)
    new = [scored for scored in chosen if scored.item.pk not in taken]
    made = [_make(group, fiscal_year, basis) for group in grouped(new, basis.remedies)]
    if made or renewed:
        result = AssessmentResult.objects.get(organisation=organisation, fiscal_year=fiscal_year)
        events.record(
            EventVerb.FINDINGS_DRAFTED,
            result,
            by=by,
            organisation=organisation,
            data={
                "fiscal_year": fiscal_year,
                "made": [_logged(finding) for finding in made],
                "renewed": [_logged(finding) for finding in renewed],
            },
            now=now,
        )
    return Drafted(tuple(made), tuple(renewed))


def _logged(finding: Finding) -> str:
    """Return a draft as one line of the log; its text is there from the first saving on."""
    summary = verbs.summary_of(finding)
    return _("ข้อที่ %(number)s: %(items)s (%(severity)s)") % {
        "number": finding.number,
        "items": ", ".join(summary["items"]),
        "severity": Severity(finding.severity).label,
    }


def _make(group: Group, fiscal_year: int, basis: _Basis) -> Finding:
    finding = Finding(
        organisation=basis.organisation,
        fiscal_year=fiscal_year,
        number=verbs.next_number(basis.organisation, fiscal_year),
        indicator=group.items[0].item.indicator,
        severity=group.severity(),
        analysis=basis.text_of(group),
        references=references_of(basis.guidance_of(group.remedy)),
        remedy=group.remedy,
        is_draft=True,
    )
    verbs.store(finding, [scored.item for scored in group.items])
    return finding


def _items_for(
    draft: Finding, chosen: Iterable[ScoredItem], taken: Collection[int]
) -> tuple[ScoredItem, ...]:
    """Return what an untouched draft is about today: of its own items those still in the analysis.

    With them comes what has become weak since and has the same guidance and no finding.
    """
    own = {item.pk for item in draft.items.all()}
    kept = {scored.item.pk for scored in chosen if scored.item.pk in own}
    if not kept:
        return ()
    joining = {item.pk for item in draft.remedy.items.all()} if draft.remedy else set()
    return tuple(
        scored
        for scored in chosen
        if scored.item.pk in kept
        or (scored.severity is not None and scored.item.pk in joining - set(taken))
    )


def _write_anew(draft: Finding, items: tuple[ScoredItem, ...], basis: _Basis) -> bool:
    """Write an untouched draft from today's scores; return whether anything changed."""
    before = verbs.summary_of(draft)
    group = Group(items, draft.remedy or _remedy_for(items[0], items, basis.remedies))
    draft.analysis = basis.text_of(group)
    draft.references = references_of(basis.guidance_of(group.remedy))
    draft.severity, draft.remedy = group.severity(), group.remedy
    verbs.store(draft, [scored.item for scored in items])
    return verbs.summary_of(draft) != before


def overtaken_drafts(findings: Iterable[Finding], scored: Iterable[ScoredItem]) -> set[int]:
    """Return the ids of the drafts none of whose items is in the analysis any more.

    They are offered for deletion, never deleted. ``findings`` have their items loaded.
    """
    chosen = {each.item.pk for each in to_analyse(scored)}
    return {
        finding.pk
        for finding in findings
        if finding.is_draft and not chosen & {item.pk for item in finding.items.all()}
    }
