"""What happened, as Thai sentences with before and after, for those who may see the thing."""

from measures.domain.history.finding import (
    Filters,
    Found,
    actors_in,
    events_of,
    find,
    kinds_in,
    sees_everything,
    visible_events,
)
from measures.domain.history.lines import Line, lines_of

__all__ = [
    "Filters",
    "Found",
    "Line",
    "actors_in",
    "events_of",
    "find",
    "kinds_in",
    "lines_of",
    "sees_everything",
    "visible_events",
]
