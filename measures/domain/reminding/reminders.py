"""Who is reminded of a round that is due, and who is told of a sign-off that rests."""

import datetime
from collections import defaultdict

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ita_portal.thai.dates import full_date
from measures import notifications
from measures.domain.recording.locks import lock_of_round
from measures.domain.recording.progress import entries_of
from measures.domain.reminding.working_days import working_days_between
from measures.models import (
    Division,
    Notice,
    NoticeKind,
    Organisation,
    Post,
    ProgressEntry,
    ReportingRound,
    Signoff,
    SignoffStep,
    SignRole,
    User,
)

DAYS_BEFORE = (21, 14, 7, 1)
# A reminder that was missed because the machine was off goes out up to so many days late.
GRACE_DAYS = 2
DAYS_BETWEEN_OVERDUE = 7


def occasion_of(reporting_round: ReportingRound, day: datetime.date) -> str:
    """Return what this day is for the round: ``due-14``, ``overdue-0``, ``overdue-1``, or "".

    A round that opened after the day of a reminder has none for it. Overdue comes once when it
    becomes so, and then every week.
    """
    late = (day - reporting_round.due_on).days
    if late > 0:
        return f"overdue-{(late - 1) // DAYS_BETWEEN_OVERDUE}"
    for before in DAYS_BEFORE:
        wanted = reporting_round.due_on - datetime.timedelta(days=before)
        if 0 <= (day - wanted).days <= GRACE_DAYS and wanted >= reporting_round.opens_on:
            return f"due-{before}"
    return ""


def remind_of_rounds(organisation: Organisation, day: datetime.date) -> list[Notice]:
    """Tell those who owe entries in a round that is due, and the coordinators who owes what.

    Rounds that are closed, not open yet or locked by a document remind nobody.
    """
    told = []
    for reporting_round in ReportingRound.objects.of_organisation(organisation).open_on(day):
        occasion = occasion_of(reporting_round, day)
        if not occasion or lock_of_round(reporting_round, day) is not None:
            continue
        missing = [entry for entry in entries_of(reporting_round) if not entry.is_reported()]
        if missing:
            told += _remind(reporting_round, occasion, missing, day)
    return told


def _remind(
    reporting_round: ReportingRound,
    occasion: str,
    missing: list[ProgressEntry],
    day: datetime.date,
) -> list[Notice]:
    organisation = reporting_round.organisation
    is_overdue = reporting_round.is_overdue(day)
    kind = NoticeKind.ROUND_OVERDUE if is_overdue else NoticeKind.ROUND_DUE
    # The due date is part of the occasion: a round that is put off reminds anew.
    key = f"round-{reporting_round.pk}-{reporting_round.due_on.isoformat()}-{occasion}"
    reporters = notifications.reporters_by_division(organisation, day)
    by_person: dict[User, list[ProgressEntry]] = defaultdict(list)
    by_division: dict[Division, list[ProgressEntry]] = defaultdict(list)
    for entry in missing:
        by_division[entry.division].append(entry)
        for person in reporters[entry.division_id]:
            by_person[person].append(entry)
    context = {"round": reporting_round, "state": _state(reporting_round, day)}
    told = []
    for person, entries in by_person.items():
        told += notifications.tell(
            [person],
            organisation=organisation,
            kind=kind,
            key=key,
            subject=_("%(state)s: ยังไม่รายงาน %(count)s รายการ (%(round)s)")
            % {"state": context["state"], "count": len(entries), "round": reporting_round},
            body=render_to_string("notices/round_due.txt", {**context, "entries": entries}),
            path=reverse("desk:start"),
        )
    divisions = [
        (division, len(entries), not reporters[division.pk])
        for division, entries in by_division.items()
    ]
    return told + notifications.tell(
        notifications.coordinators(organisation, day),
        organisation=organisation,
        kind=kind,
        key=f"{key}-summary",
        subject=_("%(state)s: ค้างรายงาน %(count)s รายการ จาก %(divisions)s ส่วนราชการ (%(round)s)")
        % {
            "state": context["state"],
            "count": len(missing),
            "divisions": len(divisions),
            "round": reporting_round,
        },
        body=render_to_string("notices/round_summary.txt", {**context, "divisions": divisions}),
        path=reverse("desk:round", args=[reporting_round.pk]),
    )


def _state(reporting_round: ReportingRound, day: datetime.date) -> str:
    """Return how far off the due date is, in words."""
    days = (reporting_round.due_on - day).days
    if days > 0:
        return _("อีก %(days)s วันครบกำหนด") % {"days": days}
    if days == 0:
        return _("ครบกำหนดวันนี้")
    return _("เลยกำหนด %(days)s วัน") % {"days": -days}


def escalate(organisation: Organisation, day: datetime.date) -> list[Notice]:
    """Tell of each sign-off that rests, once per step and again after each further N working days.

    N is the organisation's ``escalation_working_days``.
    """
    running = (
        Signoff.objects.of_organisation(organisation)
        .running()
        .select_related("document__organisation", "submitted_by")
        .prefetch_related("steps__post__organisation", "steps__decided_by")
    )
    told = []
    for signoff in running:
        step = signoff.current_step()
        if step is None:
            continue
        since = _resting_since(signoff)
        rested = working_days_between(since, day)
        times = rested // organisation.escalation_working_days
        if times == 0:
            continue
        people = _told_of_rest(step, day)
        told += notifications.tell(
            people,
            organisation=organisation,
            kind=NoticeKind.STALLED,
            key=f"step-{step.pk}-stalled-{times}",
            subject=_("ค้างการพิจารณา %(days)s วันทำการ ที่%(post)s: %(document)s")
            % {"days": rested, "post": step.post.title, "document": signoff.document.subject},
            body=render_to_string(
                "notices/stalled.txt",
                {
                    "document": signoff.document,
                    "step": step,
                    "since": full_date(since),
                    "rested": rested,
                    "deciders": notifications.holders([step.post], day),
                },
            ),
            path=reverse("desk:document", args=[signoff.document_id]),
        )
    return told


def _resting_since(signoff: Signoff) -> datetime.date:
    """Return the local day on which the document came to the post whose turn it is."""
    decided = [step.decided_at for step in signoff.ordered_steps() if step.decided_at is not None]
    return timezone.localdate(max([signoff.submitted_at, *decided]))


def _told_of_rest(step: SignoffStep, day: datetime.date) -> list[User]:
    """Return who hears that this step rests: the first of three circles with somebody in it.

    Posts that receive escalations, then the final post, then the coordinators; never those with
    whom it rests.
    """
    organisation = step.signoff.document.organisation
    resting = notifications.holders([step.post], day)
    receiving = Post.objects.filter(organisation=organisation, receives_escalations=True)
    final = [
        each.post
        for each in step.signoff.ordered_steps()
        if each.role == SignRole.FINAL and each.post_id != step.post_id
    ]
    for circle in (
        notifications.holders(receiving.exclude(pk=step.post_id), day),
        notifications.holders(final, day),
        notifications.coordinators(organisation, day),
    ):
        people = [person for person in circle if person not in resting]
        if people:
            return people
    return []
