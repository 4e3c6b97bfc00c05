"""Under which score an item is weak: the office's own choice, 85 unless it says otherwise.

85 is the line between passing and not in every rating scheme on file (fixtures, with its source).
"""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.models import EventVerb, Organisation, Severity, User

LEAST, MOST = Decimal(0), Decimal(100)
_FIELDS = ("fix_at_once_below", "improve_below")


def severity_of(score: Decimal, organisation: Organisation) -> Severity | None:
    """Return in which group a score falls by the office's thresholds; None where it is not weak."""
    if score < organisation.fix_at_once_below:
        return Severity.FIX_AT_ONCE
    return Severity.IMPROVE if score < organisation.improve_below else None


@transaction.atomic
def set_thresholds(
    organisation: Organisation,
    *,
    fix_at_once_below: Decimal,
    improve_below: Decimal,
    by: User,
    now: datetime.datetime | None = None,
) -> Organisation:
    """Store under which scores (0 to 100) items must be mended at once, or be improved.

    Raises NotAllowed for strangers, Invalid where a number cannot stand or the first is above the
    second. Changes no finding: the next drafting goes by it. Logs before and after.
    """
    permissions.can_manage(by, organisation).or_raise()
    for value in (fix_at_once_below, improve_below):
        if not (value.is_finite() and LEAST <= value <= MOST):
            raise Invalid(_("เกณฑ์คะแนนต้องอยู่ระหว่าง 0 ถึง 100 โปรดกรอกใหม่"))
        if value != value.quantize(Decimal("0.01")):
            raise Invalid(_("เกณฑ์คะแนนมีทศนิยมได้ไม่เกินสองตำแหน่ง โปรดกรอกใหม่"))
    if fix_at_once_below > improve_below:
        raise Invalid(_("เกณฑ์ที่ต้องแก้ไขโดยเร่งด่วนต้องไม่สูงกว่าเกณฑ์ที่ต้องพัฒนาให้ดีขึ้น โปรดกรอกใหม่"))
    stored = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = _as_text(stored)
    stored.fix_at_once_below, stored.improve_below = fix_at_once_below, improve_below
    after = _as_text(stored)
    if before != after:
        stored.save(update_fields=_FIELDS)
        events.record(
            EventVerb.THRESHOLDS_SET,
            stored,
            by=by,
            organisation=stored,
            data={"before": before, "after": after},
            now=now,
        )
    organisation.fix_at_once_below = fix_at_once_below
    organisation.improve_below = improve_below
    return organisation


def _as_text(organisation: Organisation) -> dict[str, str]:
    return {name: f"{getattr(organisation, name):.2f}" for name in _FIELDS}
