"""Where evidence of a year is missing or in doubt: what the coordinator chases."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from measures.domain.filing import links, reuse
from measures.models import (
    CheckedLink,
    Evidence,
    InstrumentCode,
    Item,
    Measure,
    Organisation,
    Preparation,
    ProgressEntry,
    ProgressStatus,
    ScanVerdict,
)


@dataclass(frozen=True)
class MeasureGap:
    """A measure with entries that no evidence stands behind."""

    measure: Measure
    done: list[ProgressEntry]  # said to be done
    others: list[ProgressEntry]  # under way, not begun, or not reported


@dataclass(frozen=True)
class ItemGap:
    """An o-item for which none of the measures that serve it has any evidence."""

    item: Item
    measures: list[Measure]


@dataclass(frozen=True)
class DeadLink:
    """A link that does not open, and where it was given."""

    link: CheckedLink
    evidence: list[Evidence]


@dataclass(frozen=True)
class Gaps:
    """Everything that is missing or in doubt in one year's evidence."""

    measures: list[MeasureGap]
    items: list[ItemGap]
    dead_links: list[DeadLink]
    reused: list[reuse.Reuse]
    infected: list[Evidence]
    failed: list[Evidence]
    not_scanned: list[Evidence]

    def is_empty(self) -> bool:
        """Return whether nothing is missing; files that no scanner has seen do not count."""
        return not any(
            (self.measures, self.items, self.dead_links, self.reused, self.infected, self.failed)
        )


def gaps_of(organisation: Organisation, fiscal_year: int) -> Gaps:
    """Return what is missing in the evidence of a year; asks as often however long the plan is."""
    entries = _entries_of(organisation, fiscal_year)
    files = _doubtful_files(organisation, fiscal_year)
    return Gaps(
        measures=_measure_gaps(entries),
        items=_item_gaps(organisation, fiscal_year, entries),
        dead_links=_dead_links(organisation, fiscal_year),
        reused=reuse.findings_of(organisation, fiscal_year),
        infected=[piece for piece in files if piece.scan_verdict == ScanVerdict.INFECTED],
        failed=[piece for piece in files if piece.preparation == Preparation.FAILED],
        not_scanned=[piece for piece in files if piece.scan_verdict == ScanVerdict.NOT_SCANNED],
    )


def _entries_of(organisation: Organisation, fiscal_year: int) -> list[ProgressEntry]:
    """Return the entries of the year's rounds, with the evidence that was not taken out."""
    entries = (
        ProgressEntry.objects.of_organisation(organisation)
        .filter(round__fiscal_year=fiscal_year)
        .select_related("measure", "division", "round")
        .prefetch_related(
            Prefetch("evidence", Evidence.objects.current(), to_attr="current_evidence")
        )
    )
    return list(entries.order_by("measure__number", "round__months", "division__order"))


def _has_evidence(entry: ProgressEntry) -> bool:
    return bool(getattr(entry, "current_evidence"))  # noqa: B009 - set by the prefetch


def _measure_gaps(entries: Iterable[ProgressEntry]) -> list[MeasureGap]:
    found: dict[int, MeasureGap] = {}
    for entry in entries:
        if _has_evidence(entry):
            continue
        gap = found.setdefault(entry.measure_id, MeasureGap(entry.measure, [], []))
        is_done = entry.is_reported() and entry.status == ProgressStatus.DONE
        (gap.done if is_done else gap.others).append(entry)
    return list(found.values())


def _item_gaps(
    organisation: Organisation, fiscal_year: int, entries: Iterable[ProgressEntry]
) -> list[ItemGap]:
    shown = {entry.measure_id for entry in entries if _has_evidence(entry)}
    own = Measure.objects.of_organisation(organisation).of_year(fiscal_year).order_by("number")
    items = (
        Item.objects.filter(instrument__code=InstrumentCode.OIT, measures__in=own)
        .distinct()
        .select_related("instrument__framework")
        .prefetch_related(Prefetch("measures", own, to_attr="own_measures"))
        .order_by("instrument__framework__fiscal_year", "number")
    )
    gaps = [ItemGap(item, getattr(item, "own_measures")) for item in items]  # noqa: B009
    return [gap for gap in gaps if not any(measure.pk in shown for measure in gap.measures)]


def _dead_links(organisation: Organisation, fiscal_year: int) -> list[DeadLink]:
    dead = links.dead_links_of(organisation)
    found: dict[str, DeadLink] = {}
    given = (
        links.links_of(organisation)
        .filter(entry__round__fiscal_year=fiscal_year, url__in=dead)
        .select_related("entry__measure", "entry__division", "entry__round")
    )
    for piece in given.order_by("entry__measure__number", "pk"):
        found.setdefault(piece.url, DeadLink(dead[piece.url], [])).evidence.append(piece)
    return list(found.values())


def _doubtful_files(organisation: Organisation, fiscal_year: int) -> list[Evidence]:
    files = Evidence.objects.current().filter(
        entry__measure__organisation=organisation, entry__round__fiscal_year=fiscal_year
    )
    doubtful = Q(preparation=Preparation.FAILED) | ~Q(scan_verdict=ScanVerdict.CLEAN)
    return list(
        files.exclude(original="")
        .filter(doubtful)
        .select_related("entry__measure", "entry__division", "entry__round")
        .order_by("entry__measure__number", "pk")
    )
