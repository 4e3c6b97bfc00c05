"""What a person does with their notices: reading them, and choosing what comes by mail."""

import datetime
import re
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.domain import events
from measures.domain.errors import Invalid
from measures.models import EventVerb, Notice, NoticeKind, User
from measures.models.organisations import organisation_of
from measures.notifications import inbox_of

# As LINE writes the ids of people in webhooks: U and 32 hexadecimal digits.
LINE_USER_ID = re.compile(r"U[0-9a-f]{32}")


def mark_read(notice: Notice, *, by: User, now: datetime.datetime | None = None) -> None:
    """Mark one of ``by``'s own notices as read; the time of the first reading stays."""
    inbox_of(by).unread().filter(pk=notice.pk).update(read_at=now or timezone.now())


def mark_all_read(*, by: User, now: datetime.datetime | None = None) -> int:
    """Mark all of ``by``'s notices as read and return how many were unread."""
    return inbox_of(by).unread().update(read_at=now or timezone.now())


@transaction.atomic
def choose(
    user: User,
    *,
    mailed_kinds: Iterable[str],
    line_user_id: str,
    now: datetime.datetime | None = None,
) -> User:
    """Store which kinds come to ``user`` by mail, and their LINE id; logs before and after.

    All kinds stay in the inbox. Raises Invalid for what is no LINE id.
    """
    line_user_id = line_user_id.strip()
    if line_user_id and not LINE_USER_ID.fullmatch(line_user_id):
        raise Invalid(
            _(
                "รหัสผู้ใช้ LINE ขึ้นต้นด้วย U ตามด้วยตัวอักษร a-f หรือตัวเลข 32 ตัว "
                "ไม่ใช่ชื่อหรือ LINE ID ที่ใช้ค้นหาเพื่อน โปรดขอจากผู้ดูแลบัญชี LINE ของหน่วยงาน"
            )
        )
    wanted = set(mailed_kinds)
    user = User.objects.select_for_update().get(pk=user.pk)
    before = {"line_user_id": user.line_user_id, "unmailed_kinds": user.unmailed_kinds}
    user.line_user_id = line_user_id
    user.unmailed_kinds = [kind for kind in NoticeKind.values if kind not in wanted]
    after = {"line_user_id": user.line_user_id, "unmailed_kinds": user.unmailed_kinds}
    if before == after:
        return user
    user.save(update_fields=["line_user_id", "unmailed_kinds"])
    events.record(
        EventVerb.RECORD_CHANGED,
        user,
        by=user,
        organisation=organisation_of(user),
        data={"before": before, "after": after},
        now=now,
    )
    return user
