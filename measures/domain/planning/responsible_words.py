"""From the words of the responsible column to the party that they mean."""

from dataclasses import dataclass, field
from functools import cached_property

from ita_portal.thai.words import normalise_compact
from measures.models import Division, Organisation, Post, Responsibility, ResponsibilityKind

EVERY_DIVISION = ("ทุกส่วนราชการ", "ทุกกอง", "ทุกสำนัก", "ทุกหน่วยงาน")
ALL_STAFF = ("บุคลากรทุกคน", "พนักงานทุกคน", "เจ้าหน้าที่ทุกคน")
COMMITTEES = ("คณะกรรมการ", "คณะทำงาน")
# How divisions are named; "หัวหน้า…" and "นัก…" begin the names of posts and people.
DIVISIONS = ("สำนัก", "กอง", "ส่วน", "ฝ่าย", "หน่วย", "ศูนย์", "งาน", "กลุ่ม", "โรงเรียน")


def names_a_division(words: str) -> bool:
    """Return whether these words begin as the names of divisions do."""
    return normalise_compact(words).startswith(DIVISIONS)


def without_note(words: str) -> str:
    """Return the words before a bracket, which may never have been closed: กองคลัง (งานพัสดุ."""
    return words.split("(", 1)[0].strip()


@dataclass
class KnownParties:
    """The divisions and posts of an office by the names they go by, read once for many lines."""

    organisation: Organisation
    # Divisions by further names, compact: what somebody has said a name of a file means.
    named: dict[str, Division] = field(default_factory=dict)

    @cached_property
    def divisions(self) -> dict[str, Division]:
        """Return the divisions by each of their names, compact.

        A division's own name comes before another's alias, then one that stands before one that is
        closed; between equals the office's order decides.
        """
        found: dict[str, Division] = {}
        divisions = sorted(
            self.organisation.divisions.select_related("parent"),
            key=lambda division: division.closed_on is not None,
        )
        for division in divisions:
            found.setdefault(normalise_compact(division.name), division)
        for division in divisions:
            for name in _further_names_of(division):
                found.setdefault(normalise_compact(name), division)
        return found

    @cached_property
    def posts(self) -> dict[str, Post]:
        """Return the posts by their titles, compact."""
        return {normalise_compact(post.title): post for post in self.organisation.posts.all()}

    def recognised(self, line: str) -> Responsibility | None:
        """Return the party that a line means, unsaved, or None where nobody goes by that name.

        Words in brackets after a known name say who in the division: kept as written.
        """
        return self._recognised_whole(line) or self._recognised_before_note(line)

    def _recognised_whole(self, line: str) -> Responsibility | None:
        compact = normalise_compact(line)
        if compact in _compact(EVERY_DIVISION):
            return _of_kind(ResponsibilityKind.EVERY_DIVISION, line)
        if compact in _compact(ALL_STAFF):
            return _of_kind(ResponsibilityKind.ALL_STAFF, line)
        division = self.divisions.get(compact) or self.named.get(compact)
        if division is not None:
            return _of_division(division, line)
        post = self.posts.get(compact)
        if post is not None:
            text = "" if line == post.title else line
            return Responsibility(kind=ResponsibilityKind.POST, post=post, text=text)
        if line.startswith(COMMITTEES):
            return Responsibility(kind=ResponsibilityKind.COMMITTEE, text=line)
        return None

    def _recognised_before_note(self, line: str) -> Responsibility | None:
        words = without_note(line)
        if words and words != line.strip():
            found = self._recognised_whole(words)
            if found is not None:
                found.text = line
                return found
        if any(each in normalise_compact(line) for each in _compact(EVERY_DIVISION)):
            # "พนักงานทุกส่วนราชการ", "ทุกสำนัก/กอง": fans out, printed as it was written.
            return Responsibility(kind=ResponsibilityKind.EVERY_DIVISION, text=line)
        return None


def _of_kind(kind: ResponsibilityKind, line: str) -> Responsibility:
    return Responsibility(kind=kind, text="" if line == str(kind.label) else line)


def _of_division(division: Division, line: str) -> Responsibility:
    return Responsibility(
        kind=ResponsibilityKind.SUB_UNIT if division.parent_id else ResponsibilityKind.DIVISION,
        division=division,
        text="" if line == division.name and not division.parent_id else line,
    )


def kept_as_text(line: str) -> Responsibility:
    """Return a party of which nothing but its words is known; the office's first division reports.

    Of the kinds, a committee is the one that is its words and may name no division.
    """
    return Responsibility(kind=ResponsibilityKind.COMMITTEE, text=line)


def _compact(words: tuple[str, ...]) -> set[str]:
    return {normalise_compact(each) for each in words}


def _further_names_of(division: Division) -> list[str]:
    names = [alias for alias in division.aliases.splitlines() if alias.strip()]
    if division.parent is not None:
        names.append(f"{division.parent.name} ({division.name})")
    return names
