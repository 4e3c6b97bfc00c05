"""Who is told what, over which channel, and what became of it. The inbox shows the same."""

from measures.notifications.audiences import (
    coordinators,
    deciders,
    holders,
    present,
    reporters_by_division,
)
from measures.notifications.digests import send_digests
from measures.notifications.moves import SignoffMove, announce
from measures.notifications.notices import inbox_of, tell

__all__ = [
    "SignoffMove",
    "announce",
    "coordinators",
    "deciders",
    "holders",
    "inbox_of",
    "present",
    "reporters_by_division",
    "send_digests",
    "tell",
]
