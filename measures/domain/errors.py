"""The ways in which a verb refuses; each text is Thai and says what to do."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from measures.permissions import NotAllowed

if TYPE_CHECKING:
    from measures.domain.locks import Lock
    from measures.models import ProgressEntry


class Invalid(NotAllowed):
    """What was given cannot be stored. Nothing was changed."""


class Locked(NotAllowed):
    """A rule locks this record. Nothing was changed."""

    def __init__(self, lock: "Lock") -> None:
        self.lock = lock
        super().__init__(lock.sentence())


class Stale(NotAllowed):
    """The page shown is no longer what is stored. Nothing was changed."""


class Conflict(Stale):
    """Somebody else saved the same entry in between; ``current`` is what is stored now."""

    def __init__(self, current: "ProgressEntry") -> None:
        self.current = current
        super().__init__(_("มีผู้อื่นบันทึกรายการนี้ก่อนท่าน โปรดเทียบข้อความทั้งสองฉบับแล้วบันทึกอีกครั้ง"))
