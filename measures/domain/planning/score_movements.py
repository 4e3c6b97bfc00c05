"""The score movement seen around a shared measure: two published figures and their years.

A measure of year N answers the result of N-1, and is in force for the assessment of N. The figures
come from the current publications of its office: the one that the measure was shared from, and one
of year N+1, which prints the result of N. Items of the two years are the same by their text,
indicators by their name; never by the number of an item.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_thai_digits
from measures.domain.analysing.previous import score_of_indicator
from measures.domain.planning.matching import Catalogue, catalogue_of
from measures.models import Publication, SharedMeasure
from measures.models.publications import PublicationQuerySet

Assessment = Mapping[str, Any]  # the ``assessment`` of a frozen content


@dataclass(frozen=True)
class Seen:
    """A score before and after the year of a measure; None is not published (yet)."""

    about: str
    year: int  # of the first score; the other is of the year after
    before: Decimal
    after: Decimal | None

    def sentence(self) -> str:
        """Return both figures with their years, in Thai, and nothing about why."""
        words = {
            "about": self.about,
            "before": to_thai_digits(str(self.before)),
            "year": to_thai_digits(self.year),
        }
        if self.after is None:
            return _("%(about)s ได้ %(before)s คะแนนในปี %(year)s ยังไม่มีคะแนนปีถัดไป") % words
        words |= {"after": to_thai_digits(str(self.after)), "next": to_thai_digits(self.year + 1)}
        return (
            _("%(about)s คะแนนเปลี่ยนจาก %(before)s (ปี %(year)s) เป็น %(after)s (ปี %(next)s)") % words
        )


def movements_of(shared: Sequence[SharedMeasure]) -> dict[int, list[Seen]]:
    """Return what is published of the scores around each shared measure, by its id.

    Asks as often for one as for many of the same years.
    """
    first = _assessments(
        Publication.objects.filter(pk__in=[each.publication_id for each in shared])
    )
    later = _assessments(
        Publication.objects.current().filter(
            organisation__in={each.organisation_id for each in shared},
            fiscal_year__in={each.fiscal_year + 1 for each in shared},
        )
    )
    years = {int(each["fiscal_year"]) for each in (*first.values(), *later.values())}
    catalogues = {year: catalogue_of(year) for year in sorted(years)}
    found: dict[int, list[Seen]] = {}
    for each in shared:
        before = first.get((each.organisation_id, each.fiscal_year))
        if before is None or before["fiscal_year"] != each.fiscal_year - 1:
            found[each.pk] = []
            continue
        after = later.get((each.organisation_id, each.fiscal_year + 1))
        if after is not None and after["fiscal_year"] != each.fiscal_year:
            after = None
        old = _Scores(before, catalogues[int(before["fiscal_year"])])
        new = _Scores(after, catalogues[int(after["fiscal_year"])]) if after else None
        found[each.pk] = list(_seen(each.content, old, new))
    return found


def _assessments(publications: PublicationQuerySet) -> dict[tuple[int, int], Assessment]:
    """Return the assessment of each office and year out of these, of the newest that has one."""
    rows = publications.order_by("number").values_list(
        "organisation_id", "fiscal_year", "content__assessment"
    )
    return {(office, year): assessment for office, year, assessment in rows if assessment}


class _Scores:
    """The scores of items in one published assessment, among the items of its year."""

    def __init__(self, assessment: Assessment, catalogue: Catalogue) -> None:
        self.year = int(assessment["fiscal_year"])
        self.catalogue = catalogue
        rows = [(row["code"].upper(), Decimal(row["score"])) for row in assessment["items"]]
        items = [(catalogue.item_of(code), score) for code, score in rows]
        self.values = {item.pk: score for item, score in items if item is not None}


def _seen(content: Mapping[str, Any], old: _Scores, new: _Scores | None) -> Iterable[Seen]:
    """Yield the scores of the measure's items; of its indicator where none of them has one."""
    items = [old.catalogue.item_of(code) for code in content.get("items", [])]
    scored = [item for item in items if item is not None and item.pk in old.values]
    for item in scored:
        same = new.catalogue.item_like(item) if new else None
        after = new.values.get(same.pk) if new and same else None
        yield Seen(str(item), old.year, old.values[item.pk], after)
    if scored:
        return
    number, name = content.get("indicator_number"), content.get("indicator") or ""
    before = _indicator_score(old, number, name)
    if before is not None:
        after = _indicator_score(new, number, name) if new else None
        about = _("ตัวชี้วัดที่ %(name)s") % {"name": name}
        yield Seen(about, old.year, before, after)


def _indicator_score(scores: _Scores, number: int | None, name: str) -> Decimal | None:
    """Return the score of the indicator of that number and name; None where an item lacks one."""
    indicator, is_same = scores.catalogue.indicator(number, name.split(". ", 1)[-1])
    if indicator is None or not is_same or indicator.number != number:
        return None
    return score_of_indicator(indicator, scores.catalogue.by_code.values(), scores.values)
