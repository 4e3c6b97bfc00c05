"""The ways in which a verb refuses; each text is Thai and says what to do."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from measures.permissions import NotAllowed

if TYPE_CHECKING:
    from measures.domain.recording.locks import Lock
    from measures.models import ProgressEntry, User


class Invalid(NotAllowed):
    """What was given cannot be stored. Nothing was changed."""


class Locked(NotAllowed):
    """A rule locks this record. Nothing was changed."""

    def __init__(self, lock: "Lock") -> None:
        self.lock = lock
        super().__init__(lock.sentence())


class Stale(NotAllowed):
    """The page shown is no longer what is stored. Nothing was changed."""


@dataclass(frozen=True)
class Saying:
    """A text of one field: as stored, as a person reads it, whose it is and since when."""

    text: str
    shown: str
    by: "User | None"
    at: datetime.datetime | None


@dataclass(frozen=True)
class FieldConflict:
    """One field that two people have changed to different texts."""

    field: str
    label: str
    yours: Saying
    theirs: Saying


class Conflict(Stale):
    """Somebody else changed the same fields of an entry in between. Nothing was changed.

    ``current`` is the entry as stored now; ``fields`` are those that two people have changed;
    ``merged`` are all the typed fields with what can be saved over ``current`` next: newer texts
    where the person changed nothing, else what was typed.
    """

    def __init__(
        self,
        current: "ProgressEntry",
        *,
        fields: tuple[FieldConflict, ...],
        merged: Mapping[str, str],
    ) -> None:
        self.current = current
        self.fields = fields
        self.merged = merged
        super().__init__(_("มีผู้อื่นบันทึกรายการนี้ก่อนท่าน โปรดเทียบข้อความทั้งสองฉบับแล้วบันทึกอีกครั้ง"))
