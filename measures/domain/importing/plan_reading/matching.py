"""Two tables of one file about the same measures: which row belongs to which."""

from difflib import SequenceMatcher
from typing import Final

from ita_portal.thai.words import normalise_compact
from measures.domain.importing.plan_drafts import DraftMeasure
from measures.domain.importing.plan_reading.block_reading import number_of, title_of
from measures.domain.importing.plan_reading.markers import opening_marker
from measures.domain.importing.plan_reading.table_rows import Block

_ALIKE: Final = 0.6  # titles of one measure differ in words added or left out
_UNLIKE: Final = 0.3
_MOST_PAIRS: Final = 10_000  # of titles; a file with more would keep the reader for minutes


def matched(blocks: list[Block], measures: list[DraftMeasure]) -> list[int | None]:
    """Return for each block the place of its measure from 0, or None for a new one.

    By the number and a title that is not quite another; else by the likest title; else, where
    both tables have as many rows, by order.
    """
    found: list[int | None] = [None] * len(blocks)
    taken: set[int] = set()
    titles = [title_of(block)[0] for block in blocks]
    numbers = {_number(measure): place for place, measure in enumerate(measures)}
    for row, block in enumerate(blocks):
        place = numbers.get(number_of(block)) if number_of(block) else None
        if (
            place is not None
            and place not in taken
            and _likeness(titles[row], measures[place].title) >= _UNLIKE
        ):
            found[row] = place
            taken.add(place)
    rows = [row for row in range(len(blocks)) if found[row] is None]
    free = [place for place in range(len(measures)) if place not in taken]
    for row, place in _likest(rows, free, titles, [measure.title for measure in measures]):
        if found[row] is None and place not in taken:
            found[row] = place
            taken.add(place)
    if len(blocks) == len(measures):
        for row in range(len(blocks)):
            if found[row] is None and row not in taken:
                found[row] = row
                taken.add(row)
    return found


def _likest(
    rows: list[int], places: list[int], titles: list[str], known: list[str]
) -> list[tuple[int, int]]:
    """Return pairs of a row and a place whose titles are alike, the likest first."""
    if len(rows) * len(places) > _MOST_PAIRS:
        return []
    pairs = [
        (-ratio, abs(row - place), row, place)
        for row in rows
        for place in places
        if (ratio := _likeness(titles[row], known[place])) >= _ALIKE
    ]
    return [(row, place) for _ratio, _distance, row, place in sorted(pairs)]


def _number(measure: DraftMeasure) -> int:
    marker = opening_marker(f"{measure.label} ก") if measure.label else None
    return marker.number if marker else measure.number


def _likeness(first: str, second: str) -> float:
    one, other = normalise_compact(first), normalise_compact(second)
    if one == other:
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
