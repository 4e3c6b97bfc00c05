"""Leave to report after a round has closed, entry by entry, with a reason that is public."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_portal.thai.dates import full_date
from measures import notifications, permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.recording import rounds
from measures.domain.recording.locks import lock_of_report, lock_of_round, refuse_when_locked
from measures.domain.texts import cleaned
from measures.models import EventVerb, LatePermit, NoticeKind, ProgressEntry, User


@transaction.atomic
def grant(
    entry: ProgressEntry,
    *,
    by: User,
    reason: str,
    allowed_until: datetime.date,
    person: User | None = None,
    now: datetime.datetime | None = None,
) -> LatePermit:
    """Let ``person`` (None: whoever reports for the division) record this entry until a day.

    Only where the round is closed and no document of it is on its way. The reason is logged and
    published with the measure once it has been used. The same leave twice is returned as it is.
    """
    organisation = entry.measure.organisation
    permissions.can_coordinate(by, organisation).or_raise()
    reason = cleaned(reason, label=_("เหตุผลที่อนุญาตให้รายงานล่าช้า"), required=True, longest=1000)
    today = timezone.localdate(now)
    if allowed_until < today:
        raise Invalid(_("วันสุดท้ายที่อนุญาตต้องเป็นวันนี้หรือหลังจากนี้"))
    reporting_round = rounds.hold(entry.round)
    refuse_when_locked(lock_of_report(reporting_round))
    if lock_of_round(reporting_round) is None:
        raise Invalid(_("รอบการรายงานยังเปิดอยู่ จึงไม่ต้องอนุญาตเป็นรายการ"))
    if person is not None and not permissions.can_record(person, entry):
        raise Invalid(
            _("%(person)sไม่ได้รายงานของ%(division)s โปรดเลือกผู้อื่น")
            % {"person": person, "division": entry.division.name}
        )
    same = LatePermit.objects.in_force(today).filter(
        entry=entry, person=person, reason=reason, allowed_until=allowed_until
    )
    existing = same.first()
    if existing is not None:
        return existing
    permit = LatePermit(entry=entry, person=person, reason=reason, allowed_until=allowed_until)
    return _grant(permit, by=by, now=now)


def _grant(
    permit: LatePermit,
    *,
    by: User,
    now: datetime.datetime | None,
    predecessor: User | None = None,
) -> LatePermit:
    permit.granted_at = now or timezone.now()
    permit.granted_by = by
    permit.save(force_insert=True)
    events.record(
        EventVerb.LATE_PERMITTED,
        permit.entry,
        by=by,
        organisation=permit.entry.measure.organisation,
        data={
            "reason": permit.reason,
            "allowed_until": permit.allowed_until.isoformat(),
            "person": str(permit.person) if permit.person else "",
            **({"from": str(predecessor)} if predecessor else {}),
        },
        now=now,
    )
    _tell(permit)
    return permit


def _tell(permit: LatePermit) -> None:
    """Tell who may record again, except who has given the leave."""
    entry = permit.entry
    organisation = entry.measure.organisation
    reporters = notifications.reporters_by_division(organisation)[entry.division_id]
    people = [permit.person] if permit.person else reporters
    notifications.tell(
        [person for person in people if person != permit.granted_by],
        organisation=organisation,
        kind=NoticeKind.LATE_PERMIT,
        key=f"late-permit-{permit.pk}",
        subject=_("อนุญาตให้รายงานล่าช้า: มาตรการที่ %(number)s") % {"number": entry.measure.number},
        body=_(
            "มาตรการที่ %(number)s %(title)s ของ%(division)s ใน%(round)s บันทึกได้ถึงวันที่ %(day)s "
            "เหตุผล: %(reason)s"
        )
        % {
            "number": entry.measure.number,
            "title": entry.measure.title,
            "division": entry.division.name,
            "round": entry.round,
            "day": full_date(permit.allowed_until),
            "reason": permit.reason,
        },
        path=reverse("desk:entry", args=[entry.pk]),
        now=permit.granted_at,
    )


def pass_on(
    permit: LatePermit,
    to_user: User,
    *,
    by: User,
    at_once: bool,
    now: datetime.datetime | None = None,
) -> LatePermit:
    """Give the successor of the person it names the same leave; for a handover, which asks who may.

    Two rows and not one renamed: what was recorded with the old permit keeps its proof. The old
    one is taken back ``at_once``, or ends with the post of its holder.
    """
    passed = LatePermit(
        entry=permit.entry,
        person=to_user,
        reason=permit.reason,
        allowed_until=permit.allowed_until,
    )
    passed = _grant(passed, by=by, now=now, predecessor=permit.person)
    if at_once:
        _withdraw(permit, by=by, now=now)
    return passed


@transaction.atomic
def withdraw(permit: LatePermit, *, by: User, now: datetime.datetime | None = None) -> LatePermit:
    """Take leave back. What was recorded with it stays, and stays marked. Twice changes nothing."""
    permit = (
        LatePermit.objects.select_for_update(of=("self",))
        .select_related("entry__measure__organisation")
        .get(pk=permit.pk)
    )
    permissions.can_coordinate(by, permit.entry.measure.organisation).or_raise()
    return permit if permit.withdrawn_at is not None else _withdraw(permit, by=by, now=now)


def _withdraw(permit: LatePermit, *, by: User, now: datetime.datetime | None) -> LatePermit:
    permit.withdrawn_at = now or timezone.now()
    permit.withdrawn_by = by
    permit.save(update_fields=["withdrawn_at", "withdrawn_by"])
    events.record(
        EventVerb.LATE_PERMIT_WITHDRAWN,
        permit.entry,
        by=by,
        organisation=permit.entry.measure.organisation,
        data={"reason": permit.reason, "person": str(permit.person) if permit.person else ""},
        now=now,
    )
    return permit
