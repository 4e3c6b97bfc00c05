"""Measures of a report without a result, and results copied from another measure."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_thai_digits
from ita_portal.thai.words import normalise_compact
from measures.domain.content import Content
from measures.domain.proofreading.passages import Part, Passage
from measures.domain.proofreading.remarks import Remark, Rule, quoted, remark_on
from measures.models import DocumentKind, ProgressStatus


def measures_without_result(content: Content) -> Iterator[Remark]:
    """Yield a remark for each measure that is under way by its status, but not in words.

    One remark per measure names the divisions. What has not been started has nothing to tell.
    """
    if content["kind"] != DocumentKind.PROGRESS_REPORT:
        return
    for measure in content["measures"]:
        silent = [
            entry["division"]
            for entry in measure["progress"]
            if entry["status"] != ProgressStatus.NOT_STARTED and not entry["result"].strip()
        ]
        if silent:
            number = measure["number"]
            divisions = ", ".join(silent)
            place = _("มาตรการที่ %(number)s ผลการดำเนินการ") % {"number": number}
            passage = Passage(Part.PROGRESS, f"measure.{number}.result", place, divisions, number)
            yield remark_on(
                passage,
                Rule.NO_RESULT,
                divisions,
                _("%(divisions)s ระบุสถานะแล้วแต่ยังไม่มีข้อความผลการดำเนินการ โปรดกรอกผล")
                % {"divisions": divisions},
            )


def repeated_results(passages: Iterable[Passage]) -> Iterator[Remark]:
    """Yield a remark for each result that an earlier measure has word for word.

    Spaces and kinds of digits make no difference. Divisions may say the same of one measure.
    """
    first_said_by: dict[str, int | None] = {}
    for passage in passages:
        if not passage.key.startswith(f"measure.{passage.measure}.result."):
            continue
        said = normalise_compact(passage.text)
        if not any(character.isalpha() for character in said):  # a dash for nothing
            continue
        earlier = first_said_by.setdefault(said, passage.measure)
        if earlier != passage.measure:
            yield remark_on(
                passage,
                Rule.REPEATED_RESULT,
                passage.text,
                _("%(found)s ซ้ำกับผลของมาตรการที่ %(earlier)s คำต่อคำ โปรดเขียนผลของมาตรการนี้เอง")
                % {"found": quoted(passage.text), "earlier": to_thai_digits(earlier or 0)},
            )
