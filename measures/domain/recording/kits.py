"""The sheet that a division fills in away from the portal: what it is given, and who may ask."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.recording.entry_fields import fields_of, plain
from measures.domain.recording.progress import entries_of
from measures.models import Division, EventVerb, ProgressEntry, ReportingRound, RoundKit, User

NOT_DONE = "no"  # what a file says of a step that is not done; "" is a cell with nothing in it

# What the fields of an entry are read from: fetched once for all entries of a kit.
FIELDS_OF_ENTRY = ("measure__steps", "measure__targets", "step_marks", "target_values")


@dataclass(frozen=True)
class KitLine:
    """A step or a target of a measure as it stood. ``field`` is its name in ``entry_fields``."""

    field: str
    number: int
    text: str
    unit: str = ""
    baseline: str = ""
    goal: str = ""


@dataclass(frozen=True)
class KitRow:
    """One measure as it stood when the kit was made. ``texts`` are by the names of its fields."""

    entry: int
    version: int
    number: int
    title: str
    steps: list[KitLine] = field(default_factory=list)
    targets: list[KitLine] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


def rows_of(kit: RoundKit) -> list[KitRow]:
    """Return what the kit was made with, in the order of the measures."""
    lines = ("steps", "targets")
    return [
        KitRow(**row | {name: [KitLine(**line) for line in row[name]] for name in lines})
        for row in kit.base["rows"]
    ]


def texts_of(entry: ProgressEntry) -> dict[str, str]:
    """Return the texts of an entry as a kit holds them; a status not chosen yet is empty."""
    texts = {name: field.stored(entry) for name, field in fields_of(entry).items()}
    return texts if entry.is_reported() else texts | {"status": ""}


@transaction.atomic
def make_kit(
    reporting_round: ReportingRound,
    division: Division,
    *,
    by: User,
    now: datetime.datetime | None = None,
) -> RoundKit:
    """Keep what stands in the division's entries of the round, to be filled in away; log it.

    For the coordinator, and for who reports for the division. Raises Invalid where the plan asks
    the division for nothing in this round.
    """
    return _make(reporting_round, division, entries_of(reporting_round), by=by, now=now)


@transaction.atomic
def make_kits(
    reporting_round: ReportingRound, *, by: User, now: datetime.datetime | None = None
) -> list[RoundKit]:
    """Make a kit for every division that reports in the round, as the coordinator."""
    permissions.can_coordinate(by, reporting_round.organisation).or_raise()
    entries = entries_of(reporting_round)
    if not entries:
        raise Invalid(_("แผนของปีนี้ยังไม่มีรายการให้ส่วนราชการใดรายงาน โปรดเพิ่มมาตรการและผู้รับผิดชอบก่อน"))
    return [
        _make(reporting_round, division, entries, by=by, now=now)
        for division in divisions_of(entries)
    ]


def divisions_of(entries: Iterable[ProgressEntry]) -> list[Division]:
    """Return the divisions of these entries, each once, in the order of the office."""
    divisions = {entry.division_id: entry.division for entry in entries}
    return sorted(divisions.values(), key=lambda division: (division.order, division.name))


def may_have_kit(user: User, entries: Iterable[ProgressEntry]) -> permissions.Answer:
    """Whether ``user`` may make and return the kit of the division whose entries these are."""
    answer: permissions.Answer = permissions.Denied(_("ส่วนราชการนี้ไม่มีรายการที่ต้องรายงานในรอบนี้"))
    for entry in entries:
        answer = permissions.can_record(user, entry)
        if not answer:
            break
    return answer


def _make(
    reporting_round: ReportingRound,
    division: Division,
    entries: Iterable[ProgressEntry],
    *,
    by: User,
    now: datetime.datetime | None,
) -> RoundKit:
    own = [entry for entry in entries if entry.division_id == division.pk]
    if not own:
        raise Invalid(_("ส่วนราชการนี้ไม่มีรายการที่ต้องรายงานในรอบนี้"))
    may_have_kit(by, own).or_raise()
    prefetch_related_objects(own, *FIELDS_OF_ENTRY)
    kit = RoundKit.objects.create(
        round=reporting_round,
        division=division,
        base={"rows": [asdict(_row_of(entry)) for entry in own]},
        made_at=now or timezone.now(),
        made_by=by,
    )
    events.record(
        EventVerb.KIT_MADE,
        kit,
        by=by,
        organisation=reporting_round.organisation,
        data={"division": division.name, "round": str(reporting_round), "rows": len(own)},
        now=now,
    )
    return kit


def _row_of(entry: ProgressEntry) -> KitRow:
    return KitRow(
        entry=entry.pk,
        version=entry.version,
        number=entry.measure.number,
        title=entry.measure.title,
        steps=[
            KitLine(f"step-{step.pk}", step.number, step.text) for step in entry.measure.steps.all()
        ],
        targets=[
            KitLine(
                f"target-{target.pk}",
                target.number,
                target.name,
                unit=target.unit,
                baseline="" if target.baseline is None else plain(target.baseline),
                goal=plain(target.goal),
            )
            for target in entry.measure.targets.all()
        ],
        texts=texts_of(entry),
    )


def fitting_kit(
    reporting_round: ReportingRound, division: Division, cells: dict[int, dict[str, str]]
) -> RoundKit:
    """Return the kit that a file without its mark was most likely made with.

    Of the kits of this round and division the one in which the fewest cells differ, the newest of
    equals. Raises Invalid where none was ever made.
    """
    kits = list(RoundKit.objects.filter(round=reporting_round, division=division))
    if not kits:
        raise Invalid(_("ยังไม่เคยจัดทำชุดรายงานของส่วนราชการนี้ในรอบนี้ โปรดจัดทำชุดแล้วคัดลอกข้อความมาวาง"))
    return min(kits, key=lambda kit: differences(kit, cells))


def differences(kit: RoundKit, cells: Mapping[int, Mapping[str, str]]) -> int:
    """Return in how many cells a file differs from what the kit was made with."""
    base = {row.number: row.texts for row in rows_of(kit)}
    return sum(
        not is_same(as_stored(name, text), base.get(number, {}).get(name, ""))
        for number, texts in cells.items()
        for name, text in texts.items()
    )


def as_stored(name: str, text: str) -> str:
    """Return what a cell of a file says as the field would hold it."""
    return "" if text == NOT_DONE and name.startswith("step-") else text


def is_same(one: str, other: str) -> bool:
    """Return whether two texts differ in nothing but what a sheet does to the ends of lines."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def kits_by_division(reporting_round: ReportingRound) -> dict[int, RoundKit]:
    """Return the newest kit of each division in the round, by the division's id."""
    kits = RoundKit.objects.filter(round=reporting_round).select_related("made_by", "division")
    return {kit.division_id: kit for kit in kits.defer("base").order_by("made_at", "pk")}
