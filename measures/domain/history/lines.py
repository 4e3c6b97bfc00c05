"""Events as lines of a history: sentence, who, in which capacity, when, before and after."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from ita_portal.thai.dates import date_time
from measures.domain.history.keys import is_shown, label_of, part_of
from measures.domain.history.sentences import sentence_of
from measures.domain.history.values import Names, reference_of, shown_value
from measures.domain.signing.differences import Piece, word_pieces
from measures.models import Event

LONG = 60  # characters; what is longer is compared word by word


@dataclass(frozen=True)
class Change:
    """One value before and after; empty texts stand for nothing."""

    label: str
    before: str
    after: str

    @cached_property
    def pieces(self) -> list[Piece]:
        """Return both texts as one, word by word, where they are long; else nothing."""
        if not self.before or not self.after or max(len(self.before), len(self.after)) <= LONG:
            return []
        return word_pieces(self.before, self.after)

    def sentence(self) -> str:
        """Return the change as one line of text."""
        if not self.before:
            return _("%(label)s: %(after)s") % {"label": self.label, "after": self.after}
        if not self.after:
            return _("%(label)s: เดิม %(before)s") % {"label": self.label, "before": self.before}
        return _("%(label)s: เดิม %(before)s เป็น %(after)s") % {
            "label": self.label,
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True)
class Note:
    """One thing said or noted with the event: a reason, an opinion, a date."""

    label: str
    text: str


@dataclass(frozen=True)
class Line:
    """One event, readable."""

    event: Event
    did: str
    changes: tuple[Change, ...]
    notes: tuple[Note, ...]

    def sentence(self) -> str:
        """Return who did what, in which capacity, when."""
        return _("%(who)s %(did)s เมื่อ %(at)s") % {
            "who": self.who(),
            "did": self.did,
            "at": date_time(self.event.at),
        }

    def who(self) -> str:
        """Return the actor with the capacity at the time."""
        if not self.event.capacity:
            return self.event.actor_name
        return f"{self.event.actor_name} ({self.event.capacity})"

    def at(self) -> datetime.datetime:
        """Return when it happened."""
        return self.event.at


@dataclass(frozen=True)
class _Raw:
    """A logged value before it is put in words; ``is_change`` where it has a before."""

    name: str
    before: Any
    after: Any
    is_change: bool


def lines_of(events: Iterable[Event]) -> list[Line]:
    """Return the events as lines, in their order.

    Rows that logged values point at are read once per model, however many events there are.
    """
    raw = [(event, list(_raw_of(event.data))) for event in events]
    references = (
        reference_of(event.target_type, each.name, value)
        for event, values in raw
        for each in values
        for value in (each.before, each.after)
    )
    parts = (part_of(each.name) for _event, values in raw for each in values)
    names = Names(found for found in (*references, *parts) if found is not None)
    return [_line(event, values, names) for event, values in raw]


def _raw_of(data: dict[str, Any]) -> Iterator[_Raw]:
    """Yield what a verb logged, in either of the two forms in which before and after are kept."""
    before, after = data.get("before") or {}, data.get("after") or {}
    if isinstance(before, list) or isinstance(after, list):
        yield _Raw("line", before or [], after or [], is_change=True)
    elif isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            if is_shown(name) and before.get(name) != after.get(name):
                yield _Raw(name, before.get(name), after.get(name), is_change=True)
    for name, value in data.items():
        if name in ("before", "after") or not is_shown(name):
            continue
        if isinstance(value, dict) and value.keys() <= {"before", "after"}:
            yield _Raw(name, value.get("before"), value.get("after"), is_change=True)
        else:
            yield _Raw(name, None, value, is_change=False)


def _line(event: Event, values: list[_Raw], names: Names) -> Line:
    changes: list[Change] = []
    notes: list[Note] = []
    for raw in values:
        part = part_of(raw.name)
        label = names.of(part) if part else label_of(event.target_type, raw.name)
        before, after = (
            shown_value(event.target_type, raw.name, value, names)
            for value in (raw.before, raw.after)
        )
        if raw.is_change and before != after:
            changes.append(Change(label, before, after))
        elif not raw.is_change and after:
            notes.append(Note(label, after))
    return Line(event, sentence_of(event), tuple(changes), tuple(notes))
