"""Holdings as rows of the back office: the same rules as the verbs of appointing."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.domain.errors import Invalid
from measures.domain.staffing import administrators, appointments
from measures.models import HoldingKind, PostHolding, User


@transaction.atomic
def save(holding: PostHolding, *, by: User, now: datetime.datetime | None = None) -> PostHolding:
    """Do with a holding typed into the back office what the verbs of appointing do.

    A new one is an appointment or an order to act; of one that is there only the last day changes.
    """
    stored = PostHolding.objects.filter(pk=holding.pk).select_related("post__organisation").first()
    if stored is not None:
        appointments.may_end(by, stored).or_raise()
        _refuse_rewriting(stored, holding)
        if holding.ends_on is not None:
            appointments.end_holding(stored, ends_on=holding.ends_on, by=by, now=now)
        return holding
    if holding.kind == HoldingKind.SUBSTANTIVE:
        saved = appointments.appoint(
            holding.post,
            holding.user,
            starts_on=holding.starts_on,
            ends_on=holding.ends_on,
            by=by,
            now=now,
        )
    else:
        saved = appointments.order_acting(
            holding.post,
            holding.user,
            kind=holding.kind,
            substantive_post=holding.substantive_post,
            order_number=holding.order_number,
            order_date=holding.order_date,
            starts_on=holding.starts_on,
            ends_on=holding.ends_on,
            file=holding.order_file.file if holding.order_file else None,
            by=by,
            now=now,
        )
    holding.pk = saved.pk
    holding.refresh_from_db()
    return holding


def _refuse_rewriting(stored: PostHolding, typed: PostHolding) -> None:
    """Raise Invalid where more than the last day of a holding has been changed."""
    fixed = [
        field.attname for field in PostHolding._meta.concrete_fields if field.name != "ends_on"
    ]
    is_rewritten = any(getattr(stored, name) != getattr(typed, name) for name in fixed)
    if is_rewritten or (stored.ends_on is not None and typed.ends_on is None):
        raise Invalid(_("แก้ไขได้เฉพาะวันสิ้นสุด หากลงข้อมูลผิด โปรดสิ้นสุดรายการนี้แล้วให้ดำรงตำแหน่งใหม่"))


@transaction.atomic
def cancel(holding: PostHolding, *, by: User, now: datetime.datetime | None = None) -> None:
    """Take out a holding entered by mistake, before it begins. One that has begun can only end."""
    organisation = appointments.hold_office(holding.post.organisation)
    appointments.may_end(by, holding).or_raise()
    if holding.starts_on <= timezone.localdate(now):
        raise Invalid(_("การดำรงตำแหน่งที่เริ่มแล้วลบไม่ได้ โปรดกำหนดวันสิ้นสุดแทน"))
    with administrators.kept(organisation):
        appointments.take_out(holding, by=by, now=now)
