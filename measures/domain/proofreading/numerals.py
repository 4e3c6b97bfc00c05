"""Thai and Arabic numerals inside one number: ๒๕๖7."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_arabic_digits, to_thai_digits
from measures.domain.proofreading.passages import Passage
from measures.domain.proofreading.remarks import Remark, Rule, quoted, remark_on

_NUMBER: Final = re.compile(r"[0-9๐-๙]+(?:[.,][0-9๐-๙]+)*")


def mixed_numerals(passage: Passage) -> Iterator[Remark]:
    """Yield a remark for each number written in both kinds of digits (domain.md §7)."""
    for found in _NUMBER.finditer(passage.without_addresses()):
        number = found[0]
        arabic = to_arabic_digits(number)
        thai = to_thai_digits(arabic)
        if number not in (arabic, thai):
            yield remark_on(
                passage,
                Rule.MIXED_NUMERALS,
                number,
                _("%(found)s มีเลขไทยปนเลขอารบิกในจำนวนเดียว โปรดพิมพ์เป็น “%(thai)s”")
                % {"found": quoted(number), "thai": thai},
            )
