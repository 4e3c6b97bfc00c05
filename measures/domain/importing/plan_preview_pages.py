"""A long plan's preview in pages: some measures at a time, beside what they were read from."""

from django.core.paginator import Page, Paginator

from measures.domain.importing.plan_examination import Examination
from measures.domain.importing.plan_matching import Intended

MEASURES_ON_PAGE = 25  # few offices have more; a page of them weighs half a megabyte


def page_of(examination: Examination, number: str | None, *, place: int = 0) -> Page[Intended]:
    """Return the measures of a page, or of the page with the measure at ``place``.

    Asked for what is not there, it is the nearest page.
    """
    if not number and place > 0:
        number = str((place - 1) // MEASURES_ON_PAGE + 1)
    return Paginator(examination.measures, MEASURES_ON_PAGE).get_page(number)
