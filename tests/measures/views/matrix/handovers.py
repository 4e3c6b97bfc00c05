"""Handovers and their memo."""

from typing import Any

from measures.models import PostHolding
from tests.factories.handovers import let_administer, make_handover, tomorrow
from tests.factories.people import Office
from tests.measures.views.matrix.rows import WITHOUT_POST, Row, answers

ADMINISTRATOR_ONLY = "เฉพาะผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเท่านั้น"
CONCERNED_ONLY = "เฉพาะผู้ส่งมอบ ผู้รับมอบ ผู้ประสานงาน และผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเท่านั้น"
CONCERNED = answers(403, staff=200, finance_staff=200, coordinator=200, clerk=200, superuser=200)


def administered(office: Office) -> list[Any]:
    let_administer(office)
    return []


def from_staff_to_finance(arguments: list[Any]) -> dict[str, str]:
    giver = PostHolding.objects.get(post__title="เจ้าพนักงานธุรการ")
    receiver = PostHolding.objects.get(post__title="นักวิชาการเงินและบัญชี")
    return {
        "holding": str(giver.pk),
        "to_user": str(receiver.user_id),
        "takes_effect_on": tomorrow().isoformat(),
    }


def handed_over(office: Office) -> list[Any]:
    return [make_handover(office).pk]


def with_one_to_list(office: Office) -> list[Any]:
    make_handover(office)
    return []


ROWS = {
    "desk:handovers": Row(with_one_to_list, get=answers(200, outsider=200, **WITHOUT_POST)),
    "desk:handover_new": Row(
        administered,
        get=answers(403, coordinator=200, clerk=200, outsider=403, **WITHOUT_POST),
        # Whose post it is stands in the form: of another office's, strangers learn nothing.
        post=answers(403, coordinator=302, clerk=302, superuser=302),
        typed_from=from_staff_to_finance,
        reason=ADMINISTRATOR_ONLY,
    ),
    "desk:handover": Row(handed_over, get=CONCERNED, reason=CONCERNED_ONLY),
    "paper:handover_memo": Row(handed_over, get=CONCERNED, reason=CONCERNED_ONLY),
}
