"""A kit that comes back: cell by cell against what it was made with and what is stored now."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.recording import rounds
from measures.domain.recording.entry_fields import (
    MARKED,
    TEXT_FIELDS,
    EntryField,
    Mark,
    Number,
    fields_of,
)
from measures.domain.recording.kits import (
    FIELDS_OF_ENTRY,
    NOT_DONE,
    KitRow,
    as_stored,
    is_same,
    may_have_kit,
    rows_of,
    texts_of,
)
from measures.domain.recording.progress import entries_of, record, save_field
from measures.models import (
    EventVerb,
    FileImport,
    ImportKind,
    ProgressEntry,
    ProgressStatus,
    RoundKit,
    User,
)

Cells = Mapping[int, Mapping[str, str]]  # what came back: by measure number, by field


class Outcome(StrEnum):
    """What becomes of one cell of the file."""

    UNCHANGED = "unchanged"  # the division left it as it was given; what is stored stays
    ALREADY = "already"  # changed, and stored so already
    TAKEN = "taken"  # only the division changed it
    CONFLICT = "conflict"  # both changed it, to different texts
    CLEARED = "cleared"  # the division emptied it; nobody else changed it
    SETTLED = "settled"  # came back before and was decided; what is stored stays unless chosen
    WRONG = "wrong"  # changed to what cannot be stored


ASKED = (Outcome.CONFLICT, Outcome.CLEARED, Outcome.WRONG)


class Side(StrEnum):
    """Whose text is to be kept."""

    OURS = "ours"  # what is stored
    THEIRS = "theirs"  # what the file says
    TYPED = "typed"


@dataclass(frozen=True)
class Choice:
    """What somebody decided about one cell; ``text`` is for what they typed themselves."""

    side: Side
    text: str = ""


@dataclass(frozen=True)
class MergedCell:
    """One cell: what it was given out with, what came back, what is stored, what happens."""

    field: EntryField
    base: str
    theirs: str
    ours: str
    outcome: Outcome
    problem: str = ""

    def is_asked(self) -> bool:
        """Return whether somebody has to decide."""
        return self.outcome in ASKED

    def is_offered(self) -> bool:
        """Return whether somebody may decide; a text settled before can be taken after all."""
        return self.is_asked() or self.outcome == Outcome.SETTLED

    def result(self, choice: Choice | None = None) -> str | None:
        """Return what will be stored; None where it is still to be decided."""
        if not self.is_offered() or (choice is None and not self.is_asked()):
            return self.theirs if self.outcome == Outcome.TAKEN else self.ours
        if choice is None or (choice.side == Side.THEIRS and self.problem):
            return None
        return {Side.OURS: self.ours, Side.THEIRS: self.theirs, Side.TYPED: choice.text}[
            choice.side
        ]


@dataclass(frozen=True)
class MergedRow:
    """One measure of the kit."""

    entry: ProgressEntry
    cells: tuple[MergedCell, ...]

    def key(self, cell: MergedCell) -> str:
        """Return the name of a cell in forms and choices."""
        return f"{self.entry.measure.number}-{cell.field.name}"

    def shown(self) -> list[tuple[str, MergedCell]]:
        """Return the cells in which something happens, with their names."""
        return [(self.key(cell), cell) for cell in self.cells if cell.outcome != Outcome.UNCHANGED]


@dataclass(frozen=True)
class LostText:
    """A text that came back for what the plan no longer asks of the division."""

    number: int
    title: str
    text: str


@dataclass(frozen=True)
class Merge:
    """A whole file against what is stored."""

    kit: RoundKit
    rows: tuple[MergedRow, ...]
    lost: tuple[LostText, ...] = ()

    def cells(self) -> Iterator[tuple[str, MergedCell]]:
        """Yield every cell with its name."""
        for row in self.rows:
            yield from ((row.key(cell), cell) for cell in row.cells)

    def taken(self) -> int:
        """Return how many cells of the file will be stored unasked."""
        return sum(cell.outcome == Outcome.TAKEN for _key, cell in self.cells())

    def asked(self) -> int:
        """Return how many cells somebody has to decide about."""
        return sum(cell.is_asked() for _key, cell in self.cells())

    def changes_nothing(self) -> bool:
        """Return whether there is nothing to store and nothing to decide."""
        idle = (Outcome.UNCHANGED, Outcome.ALREADY, Outcome.SETTLED)
        return all(cell.outcome in idle for _key, cell in self.cells())

    def undecided(self, choices: Mapping[str, Choice]) -> list[str]:
        """Return the names of the cells about which somebody still has to decide."""
        return [key for key, cell in self.cells() if cell.result(choices.get(key)) is None]


def outcome_of(base: str, theirs: str, ours: str) -> Outcome:
    """Return what becomes of a cell, by the three texts alone."""
    if is_same(theirs, base):
        return Outcome.UNCHANGED
    if is_same(theirs, ours):
        return Outcome.ALREADY
    if not is_same(ours, base):
        return Outcome.CONFLICT
    return Outcome.TAKEN if theirs.strip() else Outcome.CLEARED


def merge_of(kit: RoundKit, cells: Cells) -> Merge:
    """Return the three-way merge of what came back with what is stored now. Stores no text.

    Rows and columns that are not in the file count as not changed. What the plan no longer asks
    of the division (a measure struck or given to another, a step taken out) is told apart.
    """
    asked = [entry for entry in entries_of(kit.round) if entry.division_id == kit.division_id]
    prefetch_related_objects(asked, *FIELDS_OF_ENTRY)
    entries = {entry.pk: entry for entry in asked}
    settled = settled_texts(kit)
    merged: list[MergedRow] = []
    lost: list[LostText] = []
    for row in rows_of(kit):
        returned = cells.get(row.number, {})
        entry = entries.get(row.entry)
        fields = fields_of(entry) if entry is not None else {}
        lost += _lost(row, {name: text for name, text in returned.items() if name not in fields})
        if entry is None:
            continue
        stored = texts_of(entry)
        merged.append(
            MergedRow(
                entry,
                tuple(
                    _cell(
                        fields[name],
                        base,
                        returned.get(name),
                        stored[name],
                        settled.get((row.number, name), []),
                    )
                    for name, base in row.texts.items()
                    if name in fields
                ),
            )
        )
    return Merge(kit, tuple(merged), tuple(lost))


def settled_texts(kit: RoundKit) -> dict[tuple[int, str], list[str]]:
    """Return the texts that came back in this kit and were confirmed, by number and field.

    Whatever was decided about them then, the same file once more says nothing new.
    """
    found: dict[tuple[int, str], list[str]] = {}
    returns = FileImport.objects.filter(kind=ImportKind.KIT, round=kit.round, draft__kit=kit.pk)
    for draft in returns.exclude(confirmed_at=None).values_list("draft", flat=True):
        for number, texts in draft["cells"].items():
            for name, text in texts.items():
                found.setdefault((int(number), name), []).append(text)
    return found


def _lost(row: KitRow, texts: Mapping[str, str]) -> list[LostText]:
    """Return what the division wrote into fields that are not there any more."""
    return [
        LostText(row.number, row.title, _in_words(row, name, text))
        for name, text in texts.items()
        if as_stored(name, text) and not is_same(text, row.texts.get(name, ""))
    ]


def _in_words(row: KitRow, name: str, text: str) -> str:
    """Return a returned text as a person reads it, with its step or target before it."""
    if name == "status" and text in ProgressStatus.values:
        return str(ProgressStatus(text).label)
    line = next((line for line in (*row.steps, *row.targets) if line.field == name), None)
    if line is None:
        return text
    return f"{line.text}: {_('ทำแล้ว') if text == MARKED else text}"


def _cell(
    field: EntryField, base: str, returned: str | None, ours: str, settled: list[str]
) -> MergedCell:
    theirs = base if returned is None else returned
    problem = _problem(field, theirs)
    if not problem and isinstance(field, Mark | Number):
        theirs = field.cleaned(as_stored(field.name, theirs))
    outcome = outcome_of(base, theirs, ours)
    if outcome in (Outcome.UNCHANGED, Outcome.ALREADY):
        return MergedCell(field, base, theirs, ours, outcome)
    if outcome == Outcome.CLEARED and (returned or "").strip():
        outcome = Outcome.TAKEN  # said, not left empty
    if problem:
        outcome = Outcome.WRONG
    if any(is_same(returned or "", text) for text in settled):
        outcome = Outcome.SETTLED
    return MergedCell(field, base, theirs, ours, outcome, problem)


def _problem(field: EntryField, text: str) -> str:
    """Return why a text cannot be stored in the field, "" where it can."""
    if field.name == "status" and not text:
        return _("รายงานสถานะแล้ว จึงเว้นว่างไม่ได้")
    if isinstance(field, Mark) and text not in ("", MARKED, NOT_DONE):
        return _("โปรดเลือก ทำแล้ว หรือ ยังไม่ทำ")
    try:
        field.cleaned(text)
    except Invalid as refusal:
        return str(refusal)
    return ""


@transaction.atomic
def store(
    kit: RoundKit,
    cells: Cells,
    *,
    by: User,
    choices: Mapping[str, Choice],
    versions: Mapping[int, int],
    now: datetime.datetime | None = None,
) -> dict[str, list[str]]:
    """Record what came back by the verb of every entry, all of it or nothing; log the merge.

    ``versions`` are the entries' versions that the person saw in the preview, by measure number:
    what somebody saved since is never overwritten unseen (Conflict). Raises Invalid where a cell
    is still to be decided; otherwise as ``progress.record``. A file that changes nothing leaves
    nothing behind, not even an event. Returns the changed fields by measure number.
    """
    rounds.hold(kit.round)
    merge = merge_of(kit, cells)
    may_have_kit(by, [row.entry for row in merge.rows]).or_raise()
    undecided = merge.undecided(choices)
    if undecided:
        raise Invalid(
            _("ยังมี %(count)s ช่องที่ต้องเลือกข้อความ โปรดเลือกให้ครบแล้วยืนยันอีกครั้ง")
            % {"count": len(undecided)}
        )
    changed = {
        str(row.entry.measure.number): names
        for row in merge.rows
        if (names := _store_row(row, choices, versions, by=by, now=now))
    }
    if changed:
        events.record(
            EventVerb.KIT_MERGED,
            kit,
            by=by,
            organisation=kit.round.organisation,
            data={"division": kit.division.name, "round": str(kit.round), "changed": changed},
            now=now,
        )
    return changed


def _store_row(
    row: MergedRow,
    choices: Mapping[str, Choice],
    versions: Mapping[int, int],
    *,
    by: User,
    now: datetime.datetime | None,
) -> list[str]:
    """Record one entry; return the fields that changed."""
    results = {cell.field.name: cell.result(choices.get(row.key(cell))) or "" for cell in row.cells}
    changed = [cell.field.name for cell in row.cells if results[cell.field.name] != cell.ours]
    if not changed:
        return []
    version = versions.get(row.entry.measure.number, row.entry.version)
    if results["status"]:
        record(
            row.entry,
            by=by,
            version=version,
            status=results["status"],
            status_note=results["status_note"],
            result=results["result"],
            outcome=results["outcome"],
            suggestion=results["suggestion"],
            steps_and_targets={name: results[name] for name in changed if name not in TEXT_FIELDS},
            now=now,
        )
        return changed
    # Words alone are no report yet: the status stays to be chosen.
    entry = row.entry
    for name in changed:
        entry = save_field(entry, name, results[name], by=by, version=version, now=now)
    return changed
