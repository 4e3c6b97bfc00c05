"""The responsible parties of a measure as the cell of a sheet: one a line.

What a line says by itself stands alone ("กองคลัง", "ทุกส่วนราชการ", "คณะกรรมการจริยธรรม"). Where the
words alone would be read as somebody else, who is meant follows in braces:
"คณะทำงานข้อมูล {คณะกรรมการ: กองคลัง}".
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from import_export import widgets

from ita_portal.thai.words import normalise_compact
from measures.domain.errors import Invalid
from measures.domain.planning.responsible_words import KnownParties
from measures.models import (
    Division,
    Measure,
    Organisation,
    Post,
    Responsibility,
    ResponsibilityKind,
)
from measures.resources.cells import printable
from measures.resources.lookups import Lookups, not_found, post_name
from measures.resources.steps import joined, separated

_AND = " | "  # between the division that reports and the post


@dataclass(frozen=True)
class Party:
    """One responsible party; ``text`` is empty where it would be printed without it."""

    kind: str
    division: Division | None = None
    post: Post | None = None
    text: str = ""
    line: str = field(default="", compare=False)  # how the cell says it

    def responsibility(self) -> Responsibility:
        """Return it unsaved, as the verb takes it."""
        return Responsibility(
            kind=self.kind, division=self.division, post=self.post, text=self.text
        )


class Parties(widgets.Widget):
    """A cell that shows parties, one a line."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the lines."""
        return joined(party.line for party in value or ())


class PartyReader:
    """Reads and writes the lines of one office."""

    def __init__(self, organisation: Organisation, lookups: Lookups) -> None:
        """Read whom the office's lines can mean."""
        self.known = KnownParties(organisation)
        self.divisions = lookups.divisions(organisation)
        self.posts = {
            _post_words(post_name(*key)): post for key, post in lookups.posts(organisation).items()
        }

    def parties_of(self, measure: Measure) -> tuple[Party, ...]:
        """Return the stored parties of a measure; needs divisions, their parents, and posts."""
        return tuple(self._as_party(row) for row in measure.responsibilities.all())

    def read(self, cell: str) -> tuple[Party, ...]:
        """Return the party of each line, or raise Invalid for a line that means nobody."""
        return tuple(self._read(line) for line in separated(cell))

    def _as_party(self, row: Responsibility) -> Party:
        party = Party(row.kind, row.division, row.post, _text_of(row))
        printed = printable(row.printed())
        line = printed if self._understood(printed) == party else self._explicit(party)
        return Party(party.kind, party.division, party.post, party.text, line)

    def _read(self, line: str) -> Party:
        party = self._understood(line)
        if party is None:
            names = [name for name, row in self.divisions.items() if row.closed_on is None]
            remedy = _("ใช้ชื่อส่วนราชการ, ทุกส่วนราชการ หรือคณะกรรมการ…")
            raise Invalid(not_found(line, names, what=_("ผู้รับผิดชอบ"), remedy=remedy))
        return Party(party.kind, party.division, party.post, party.text, line)

    def _understood(self, line: str) -> Party | None:
        """Return who is meant by a line, or None."""
        party = self._in_braces(line)
        if party is not None:
            return party
        row = self.known.recognised(line)
        return None if row is None else Party(row.kind, row.division, row.post, _text_of(row))

    def _explicit(self, party: Party) -> str:
        """Return the line that says everything about a party."""
        names = [
            *([party.division.name] if party.division else []),
            *([self._name_of(party.post)] if party.post else []),
        ]
        label = str(ResponsibilityKind(party.kind).label)
        inside = f"{label}: {_AND.join(names)}" if names else label
        return f"{party.text} {{{inside}}}".strip()

    def _name_of(self, post: Post) -> str:
        return next((name for name, each in self.posts.items() if each == post), "")

    def _in_braces(self, line: str) -> Party | None:
        """Return the party that the braces at the end of a line name, or None."""
        at = line.rfind("{") if line.endswith("}") else -1
        while at >= 0:
            kind, names = self._kind_and_names(line[at + 1 : -1])
            whom = self._named(names) if kind else None
            if kind and whom is not None:
                division, post = whom
                row = Responsibility(
                    kind=kind, division=division, post=post, text=line[:at].strip()
                )
                return Party(kind, division, post, _text_of(row))
            at = line.rfind("{", 0, at)
        return None

    def _kind_and_names(self, inside: str) -> tuple[str, str]:
        label, _colon, names = inside.partition(":")
        for kind in ResponsibilityKind:
            if normalise_compact(str(kind.label)) == normalise_compact(label):
                return kind.value, names.strip()
        return "", ""

    def _named(self, names: str) -> tuple[Division | None, Post | None] | None:
        """Return the division and post that the braces name; None where there are no such."""
        if not names:
            return None, None
        if names in self.divisions:
            return self.divisions[names], None
        if names in self.posts:
            return None, self.posts[names]
        at = names.find(_AND)
        while at >= 0:
            division, post = names[:at], names[at + len(_AND) :]
            if division in self.divisions and post in self.posts:
                return self.divisions[division], self.posts[post]
            at = names.find(_AND, at + 1)
        return None


def _post_words(name: str) -> str:
    return f"{ResponsibilityKind.POST.label} {name}"


def _text_of(row: Responsibility) -> str:
    """Return the words of a party, "" where it would be printed so without them."""
    text = printable(row.text)
    if not text or row.kind == ResponsibilityKind.COMMITTEE:
        return text
    bare = Responsibility(kind=row.kind, division=row.division, post=row.post)
    return "" if printable(bare.printed()) == text else text
