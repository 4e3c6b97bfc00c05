"""What a row of the matrix says, and the answers that many addresses share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.factories.people import Office
from tests.measures.views.roles import NOT_SIGNED_IN, OFFICE_ROLES, ROLES, STRANGERS

COORDINATOR_ONLY = "เฉพาะผู้ประสานงาน (ผู้รวบรวมแผนและรายงาน) ของหน่วยงานเท่านั้น"
Scene = Callable[[Office], list[Any]]


def answers(everybody: int, **others: int) -> dict[str, int]:
    """Return the status for each role: the office's people alike unless named."""
    found = dict.fromkeys(OFFICE_ROLES, everybody)
    found |= dict.fromkeys(STRANGERS, 404) | dict.fromkeys(NOT_SIGNED_IN, 302)
    return found | {"superuser": everybody} | others


def wrong_method() -> dict[str, int]:
    return dict.fromkeys(ROLES, 405)


@dataclass
class Row:
    """What is at one address: how it is reached, and who gets which answer."""

    scene: Scene
    get: dict[str, int] = field(default_factory=wrong_method)
    post: dict[str, int] = field(default_factory=wrong_method)
    typed: dict[str, str] = field(default_factory=dict)
    reason: str = COORDINATOR_ONLY  # what a refused person of the office reads
    # Fields that are known only once the scene is set, from the arguments of the address.
    typed_from: Callable[[list[Any]], dict[str, str]] | None = None
    # The address names no record of an office: the office's own page is there for each.
    names_no_record: bool = False

    def typed_for(self, arguments: list[Any]) -> dict[str, str]:
        """Return what is typed into the form at this address."""
        return self.typed | (self.typed_from(arguments) if self.typed_from else {})


def nothing(office: Office) -> list[Any]:
    return []


COORDINATES = answers(403, coordinator=302, superuser=302)
DECIDES_AS_COORDINATOR = answers(403, coordinator=302)  # the administrator of the install does not
HEAD_DECIDES = answers(403, head=302)
WITHOUT_POST = {"postless": 404, "superuser": 404}
