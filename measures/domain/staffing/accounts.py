"""Switching an account off and on again. Nothing of what the person did goes away."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.staffing import administrators
from measures.models import EventVerb, Organisation, User


def refuse_unless_own(user: User, organisation: Organisation, *, by: User) -> None:
    """Raise where the account is not this office's to keep: others', shared ones, and one's own."""
    permissions.can_administer(by, organisation).or_raise()
    if user == by:
        raise Invalid(_("ทำกับบัญชีของท่านเองไม่ได้ โปรดให้ผู้ดูแลบัญชีอีกคนหนึ่งดำเนินการ"))
    if by.is_superuser:
        return
    if user.is_superuser:
        raise Invalid(_("บัญชีนี้เป็นของผู้ดูแลระบบ หน่วยงานจึงเปลี่ยนไม่ได้"))
    if not user.holdings.filter(post__organisation=organisation).exists():
        raise Invalid(_("%(person)sไม่ใช่คนของหน่วยงานนี้") % {"person": user})
    if user.current_holdings().exclude(post__organisation=organisation).exists():
        raise Invalid(
            _("%(person)sดำรงตำแหน่งในหน่วยงานอื่นด้วย โปรดแจ้งผู้ดูแลระบบให้ดำเนินการ") % {"person": user}
        )


@transaction.atomic
def switch_off(
    user: User, organisation: Organisation, *, by: User, now: datetime.datetime | None = None
) -> User:
    """Let nobody sign in with this account any more, and log it. Twice changes nothing.

    Never one's own, and never the last one that administers the office.
    """
    return _switch(user, organisation, to=False, by=by, now=now)


@transaction.atomic
def switch_on(
    user: User, organisation: Organisation, *, by: User, now: datetime.datetime | None = None
) -> User:
    """Let the person sign in again, and log it. Twice changes nothing."""
    return _switch(user, organisation, to=True, by=by, now=now)


def _switch(
    user: User,
    organisation: Organisation,
    *,
    to: bool,
    by: User,
    now: datetime.datetime | None,
) -> User:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    user = User.objects.get(pk=user.pk)
    refuse_unless_own(user, organisation, by=by)
    if user.is_active == to:
        return user
    with administrators.kept(organisation):
        user.is_active = to
        user.save(update_fields=["is_active"])
    words = {True: _("เปิดใช้"), False: _("ระงับ")}
    events.record(
        EventVerb.RECORD_CHANGED,
        user,
        by=by,
        organisation=organisation,
        data={"before": {"account": words[not to]}, "after": {"account": words[to]}},
        now=now,
    )
    return user
