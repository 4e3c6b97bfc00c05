"""References to o-items that are not in the framework of the years the document is about."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_arabic_digits, to_thai_digits
from measures.domain.proofreading.passages import Passage
from measures.domain.proofreading.remarks import Remark, Rule, quoted, remark_on

_REFERENCE: Final = re.compile(
    r"(?<![A-Za-z])[oO] ?(?P<first>[0-9]{1,2})(?![0-9])"
    r"(?:\s*(?:-|–|ถึง)\s*[oO]? ?(?P<last>[0-9]{1,2})(?![0-9/]))?"
)


def unknown_items(
    passage: Passage, fiscal_year: int, items: Mapping[int, frozenset[int]]
) -> Iterator[Remark]:
    """Yield a remark for each o-item that neither the analysed nor this year's list has.

    ``items`` has the numbers by year; where one of the two lists is not known, nothing is said.
    """
    analysed = fiscal_year - 1
    if analysed not in items or fiscal_year not in items:
        return
    known = items[analysed] | items[fiscal_year]
    for found in _REFERENCE.finditer(to_arabic_digits(passage.without_addresses())):
        numbers = {int(number) for number in found.groups() if number}
        if not numbers <= known:
            written = passage.text[found.start() : found.end()]
            yield remark_on(
                passage,
                Rule.UNKNOWN_ITEM,
                written,
                _("%(found)s ไม่มีในรายการข้อ OIT ของปี %(analysed)s และ %(year)s โปรดตรวจเลขข้อ")
                % {
                    "found": quoted(written),
                    "analysed": to_thai_digits(analysed),
                    "year": to_thai_digits(fiscal_year),
                },
            )
