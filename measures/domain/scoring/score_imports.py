"""Bringing scores in: a pasted text or a file is read, shown, and stored once confirmed."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain.errors import Invalid
from measures.domain.importing import uploads
from measures.domain.importing.reading import read_source
from measures.domain.scoring import entering
from measures.domain.scoring.framework_tree import FrameworkTree, tree_of
from measures.domain.scoring.score_tables import (
    MOST_LINES,
    Line,
    ScoreReading,
    lines_of_source,
    read_scores,
)
from measures.models import (
    AssessmentResult,
    FileImport,
    ImportKind,
    Item,
    Organisation,
    RatingLevel,
    User,
)


def reading_of_lines(lines: list[Line], tree: FrameworkTree) -> ScoreReading:
    """Return what lines say about the scores of the tree's year."""
    return read_scores(lines, tree, RatingLevel.objects.values_list("name", flat=True))


def result_of(organisation: Organisation, fiscal_year: int) -> AssessmentResult:
    """Return the office's result of a year, an unsaved one where there is none yet."""
    stored = AssessmentResult.objects.filter(
        organisation=organisation, fiscal_year=fiscal_year
    ).first()
    result: AssessmentResult = stored or AssessmentResult(
        organisation=organisation, fiscal_year=fiscal_year
    )
    result.organisation = organisation
    return result


def with_reading(result: AssessmentResult, reading: ScoreReading) -> AssessmentResult:
    """Put the announced figures and the level that were read into the result; stores nothing."""
    for name, found in reading.announced.items():
        setattr(result, name, found.value)
    result.level = reading.level or result.level
    return result


@transaction.atomic
def store(
    reading: ScoreReading,
    organisation: Organisation,
    fiscal_year: int,
    *,
    by: User,
    seen: str = "",
    now: datetime.datetime | None = None,
) -> AssessmentResult:
    """Store what was read over the result of a year; what was not read stays as it is.

    Raises Invalid where nothing was read, and what ``entering.save_result`` raises.
    """
    if reading.is_empty():
        raise nothing_read()
    result = with_reading(result_of(organisation, fiscal_year), reading)
    scores: dict[Item, Decimal | None] = {**reading.scores(tree_of(fiscal_year))}
    return entering.save_result(result, by=by, scores=scores, seen=seen, now=now)


def nothing_read() -> Invalid:
    """Return the refusal of a text or file in which there are no scores."""
    return Invalid(
        _(
            "ไม่พบคะแนนในข้อความหรือไฟล์นี้ โปรดใช้ตารางที่มีเลขข้อและคะแนนในบรรทัดเดียวกัน "
            "เช่น I7 79.27 หรือ คะแนนรวม 85.20"
        )
    )


def stage(
    data: bytes,
    *,
    name: str,
    organisation: Organisation,
    fiscal_year: int,
    by: User,
    now: datetime.datetime | None = None,
) -> FileImport:
    """Read a file of scores and keep it for somebody to confirm; refused ones leave nothing."""
    permissions.can_manage(by, organisation).or_raise()
    source = read_source(data, name)
    lines = [line for line in lines_of_source(source) if line.text()]
    reading = reading_of_lines(lines, tree_of(fiscal_year))
    if reading.is_empty() and not reading.problems:
        raise nothing_read()
    return uploads.keep(
        data,
        name=name,
        extension=source.extension,
        kind=ImportKind.SCORES,
        organisation=organisation,
        by=by,
        draft={"lines": [[line.where, *line.cells] for line in lines[: MOST_LINES + 1]]},
        fiscal_year=fiscal_year,
        rows_total=len(reading.items),
        now=now,
    )


def reading_of(file_import: FileImport) -> ScoreReading:
    """Return what a kept file says, against the framework as it is now."""
    assert file_import.fiscal_year is not None  # staged with its year
    lines = [Line(where, tuple(cells)) for where, *cells in file_import.draft["lines"]]
    return reading_of_lines(lines, tree_of(file_import.fiscal_year))


@transaction.atomic
def confirm(
    file_import: FileImport,
    *,
    by: User,
    seen: str = "",
    now: datetime.datetime | None = None,
) -> AssessmentResult:
    """Store the scores of a kept file, once, and log it."""
    file_import = uploads.hold(file_import)
    permissions.can_manage(by, file_import.organisation).or_raise()
    uploads.refuse_when_decided(file_import)
    assert file_import.organisation is not None  # staged for an office
    assert file_import.fiscal_year is not None
    reading = reading_of(file_import)
    result = store(
        reading, file_import.organisation, file_import.fiscal_year, by=by, seen=seen, now=now
    )
    uploads.finish(
        file_import,
        by=by,
        report={
            "items": len(reading.items),
            "announced": sorted(reading.announced),
            "problems": len(reading.problems),
        },
        now=now,
    )
    return result


def rows_of(
    result: AssessmentResult, tree: FrameworkTree, values: dict[int, Decimal]
) -> Iterator[list[str]]:
    """Yield a result as rows (item, text, score) which, pasted or uploaded, give the same again."""
    yield [_("ข้อ"), _("ข้อความ"), _("คะแนน")]
    for branch in tree.instruments:
        yield [_("คะแนน %s") % branch.code, "", _written(getattr(result, branch.code.lower()))]
        for item in branch.items():
            yield [item.code(), " ".join(item.text.split()), _written(values.get(item.pk))]
    yield [_("คะแนนรวม"), "", _written(result.total)]
    yield [_("ระดับ"), "", result.level]


def _written(score: Decimal | None) -> str:
    return "" if score is None else str(score)
