"""From the words of the responsible column to who reports."""

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures.domain.errors import Invalid
from measures.models import Division, Measure, Organisation, Responsibility, ResponsibilityKind
from measures.resources.base import lines_of

_EVERY_DIVISION = {"ทุกส่วนราชการ", "ทุกกอง", "ทุกสำนัก/กอง", "ทุกกอง/สำนัก", "ทุกหน่วยงาน"}
_ALL_STAFF = {"บุคลากรทุกคน", "พนักงานทุกคน", "เจ้าหน้าที่ทุกคน"}
_COMMITTEE = ("คณะกรรมการ", "คณะทำงาน")


def printed_lines(measure: Measure) -> str:
    """Return the responsible parties of a stored measure as the cell of a sheet."""
    return "\n".join(responsibility.printed() for responsibility in measure.responsibilities.all())


def read_lines(text: str, measure: Measure) -> list[Responsibility]:
    """Return the responsible party of each line, unsaved; raise Invalid for a line unknown.

    A line that the measure has already keeps its kind, so that exporting and importing a sheet
    changes nothing.
    """
    known: dict[str, Responsibility] = {}
    if measure.pk is not None:
        known = {row.printed(): row for row in measure.responsibilities.all()}
    return [known.get(line) or _read(line, measure.organisation) for line in lines_of(text)]


def _read(line: str, organisation: Organisation) -> Responsibility:
    compact = normalise_compact(line)
    if compact in {normalise_compact(words) for words in _EVERY_DIVISION}:
        return Responsibility(kind=ResponsibilityKind.EVERY_DIVISION)
    if compact in {normalise_compact(words) for words in _ALL_STAFF}:
        return Responsibility(kind=ResponsibilityKind.ALL_STAFF)
    for division in organisation.divisions.select_related("parent"):
        if compact in _names_of(division):
            return Responsibility(
                kind=ResponsibilityKind.SUB_UNIT
                if division.parent_id
                else ResponsibilityKind.DIVISION,
                division=division,
                text="" if line == division.name and not division.parent_id else line,
            )
    for post in organisation.posts.all():
        if compact == normalise_compact(post.title):
            return Responsibility(kind=ResponsibilityKind.POST, post=post)
    if line.startswith(_COMMITTEE):
        return Responsibility(kind=ResponsibilityKind.COMMITTEE, text=line)
    names = organisation.divisions.reporting().values_list("name", flat=True)
    raise Invalid(
        _("ไม่รู้จักผู้รับผิดชอบ “%(line)s” โปรดใช้ชื่อส่วนราชการ (%(names)s), ทุกส่วนราชการ หรือคณะกรรมการ…")
        % {"line": line, "names": ", ".join(names)}
    )


def _names_of(division: Division) -> set[str]:
    names = [division.name, *lines_of(division.aliases)]
    if division.parent is not None:
        names.append(f"{division.parent.name} ({division.name})")
    return {normalise_compact(name) for name in names}
