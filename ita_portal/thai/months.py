"""The names of the months, and how a written month is recognised."""

import re
from typing import Final

from pythainlp.util.date import thai_abbr_months, thai_full_months

FULL_MONTHS: Final[tuple[str, ...]] = tuple(thai_full_months)
SHORT_MONTHS: Final[tuple[str, ...]] = tuple(thai_abbr_months)


def _spellings(month: int) -> list[str]:
    """Return the spellings of a month, as they stand once spaces are removed.

    Besides the full and the short name: the spoken name (มกรา) and the short name with dots left
    out (มค., ม.ค), which typists do daily.
    """
    full, short = FULL_MONTHS[month - 1], SHORT_MONTHS[month - 1]
    spoken = full.removesuffix("คม").removesuffix("ยน").removesuffix("พันธ์")
    before, after = short.rstrip(".").split(".")
    return [
        full,
        spoken,
        *(f"{before}{dot}{after}{last}" for dot in (".", "") for last in (".", "")),
    ]


_MONTH_OF: Final = {spelling: month for month in range(1, 13) for spelling in _spellings(month)}

# Longest first: มกรา must not be found in มกราคม. Matches text without spaces.
MONTH_PATTERN: Final = "|".join(
    re.escape(spelling) for spelling in sorted(_MONTH_OF, key=len, reverse=True)
)


def month_number(spelling: str) -> int:
    """Return 1 to 12 for a spelling found by ``MONTH_PATTERN``."""
    return _MONTH_OF[spelling]
