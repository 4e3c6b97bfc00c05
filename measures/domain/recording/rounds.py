"""Opening, closing and reopening a round of reporting."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_portal.thai.dates import full_date
from measures import notifications, permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.texts import cleaned
from measures.models import (
    EventVerb,
    NoticeKind,
    Organisation,
    ReportingRound,
    RoundMonths,
    User,
)


@transaction.atomic
def open_round(
    organisation: Organisation,
    *,
    fiscal_year: int,
    months: int,
    opens_on: datetime.date,
    due_on: datetime.date,
    by: User,
    closes_on: datetime.date | None = None,
    now: datetime.datetime | None = None,
) -> ReportingRound:
    """Create the round of this year (6 or 12 months) and log it.

    Without ``closes_on`` it takes entries until a coordinator closes it. Raises Invalid where the
    dates are the wrong way round or the round is there already.
    """
    permissions.can_coordinate(by, organisation).or_raise()
    _refuse_wrong_order(opens_on, due_on, closes_on)
    reporting_round, is_new = ReportingRound.objects.get_or_create(
        organisation=organisation,
        fiscal_year=fiscal_year,
        months=RoundMonths(months),
        defaults={"opens_on": opens_on, "due_on": due_on, "closes_on": closes_on},
    )
    if not is_new:
        raise Invalid(_("มี%(round)sอยู่แล้ว") % {"round": reporting_round})
    events.record(
        EventVerb.ROUND_OPENED,
        reporting_round,
        by=by,
        organisation=organisation,
        data=_dates(reporting_round),
        now=now,
    )
    if due_on >= timezone.localdate():  # a round of the past, entered late, is news to nobody
        _tell_of_opening(reporting_round, by=by, now=now)
    return reporting_round


def _tell_of_opening(
    reporting_round: ReportingRound, *, by: User, now: datetime.datetime | None
) -> None:
    """Tell everybody who reports for a division when the round opens and is due."""
    organisation = reporting_round.organisation
    reporters = notifications.reporters_by_division(organisation).values()
    people = {person for division in reporters for person in division if person != by}
    notifications.tell(
        people,
        organisation=organisation,
        kind=NoticeKind.ROUND_OPENED,
        key=f"round-{reporting_round.pk}-opened",
        subject=_("เปิด%(round)s") % {"round": reporting_round},
        body=_("เปิดให้รายงานตั้งแต่วันที่ %(opens)s กำหนดส่งวันที่ %(due)s")
        % {
            "opens": full_date(reporting_round.opens_on),
            "due": full_date(reporting_round.due_on),
        },
        path=reverse("desk:start"),
        now=now,
    )


def _refuse_wrong_order(
    opens_on: datetime.date, due_on: datetime.date, closes_on: datetime.date | None
) -> None:
    if due_on < opens_on:
        raise Invalid(_("กำหนดส่งต้องไม่อยู่ก่อนวันเปิดรอบ"))
    if closes_on is not None and closes_on < due_on:
        raise Invalid(_("วันสุดท้ายที่รับรายงานต้องไม่อยู่ก่อนกำหนดส่ง"))


def _dates(reporting_round: ReportingRound) -> dict[str, str]:
    """Return the three dates for the log; a round that stays open has no closing date."""
    dates = {
        "opens_on": reporting_round.opens_on,
        "due_on": reporting_round.due_on,
        "closes_on": reporting_round.closes_on,
    }
    return {name: day.isoformat() for name, day in dates.items() if day is not None}


@transaction.atomic
def reschedule(
    reporting_round: ReportingRound,
    *,
    opens_on: datetime.date,
    due_on: datetime.date,
    by: User,
    closes_on: datetime.date | None = None,
    reason: str = "",
    now: datetime.datetime | None = None,
) -> ReportingRound:
    """Change when a round opens, is due and closes; logs before and after.

    Moving the last day of a round that has passed it lets entries in again, as reopening does,
    and needs a reason as that does.
    """
    reporting_round = hold(reporting_round)
    permissions.can_coordinate(by, reporting_round.organisation).or_raise()
    _refuse_wrong_order(opens_on, due_on, closes_on)
    before = _dates(reporting_round)
    had_passed = reporting_round.has_passed_its_last_day()
    reporting_round.opens_on = opens_on
    reporting_round.due_on = due_on
    reporting_round.closes_on = closes_on
    after = _dates(reporting_round)
    if before == after:
        return reporting_round
    opens_again = had_passed and not reporting_round.has_passed_its_last_day()
    reason = cleaned(reason, label=_("เหตุผลที่เลื่อนวันปิดรอบ"), required=opens_again)
    reporting_round.save(update_fields=["opens_on", "due_on", "closes_on"])
    events.record(
        EventVerb.ROUND_RESCHEDULED,
        reporting_round,
        by=by,
        organisation=reporting_round.organisation,
        data={"before": before, "after": after, "reason": reason},
        now=now,
    )
    return reporting_round


def hold(reporting_round: ReportingRound) -> ReportingRound:
    """Return the round's row as it is now, held until the transaction ends.

    Held without its key, so that rows which point at it can be made meanwhile: whoever makes them
    holds the organisation, for which the holder of this row may be waiting.
    """
    return (
        ReportingRound.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=reporting_round.pk)
    )


@transaction.atomic
def close_round(
    reporting_round: ReportingRound, *, by: User, now: datetime.datetime | None = None
) -> ReportingRound:
    """Close the round: no more entries until it is reopened. Closing twice changes nothing."""
    reporting_round = hold(reporting_round)
    permissions.can_coordinate(by, reporting_round.organisation).or_raise()
    if reporting_round.is_closed():
        return reporting_round
    reporting_round.closed_at = now or timezone.now()
    reporting_round.closed_by = by
    reporting_round.save(update_fields=["closed_at", "closed_by"])
    events.record(
        EventVerb.ROUND_CLOSED,
        reporting_round,
        by=by,
        organisation=reporting_round.organisation,
        now=now,
    )
    return reporting_round


@transaction.atomic
def reopen_round(
    reporting_round: ReportingRound,
    *,
    by: User,
    reason: str,
    now: datetime.datetime | None = None,
) -> ReportingRound:
    """Take entries again; the reason is kept in the log. An open round stays as it is."""
    reporting_round = hold(reporting_round)
    permissions.can_coordinate(by, reporting_round.organisation).or_raise()
    reason = cleaned(reason, label=_("เหตุผลที่เปิดรอบอีกครั้ง"), required=True)
    if not reporting_round.is_closed():
        return reporting_round
    reporting_round.closed_at = None
    reporting_round.closed_by = None
    reporting_round.save(update_fields=["closed_at", "closed_by"])
    events.record(
        EventVerb.ROUND_REOPENED,
        reporting_round,
        by=by,
        organisation=reporting_round.organisation,
        data={"reason": reason},
        now=now,
    )
    return reporting_round
