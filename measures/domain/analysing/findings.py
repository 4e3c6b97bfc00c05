"""Findings: what a year's scores say, written, accepted and taken out."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid, Stale
from measures.domain.hashes import sha256_of
from measures.domain.recording.locks import Lock, lock_of_plan, refuse_when_locked
from measures.domain.texts import cleaned
from measures.models import EventVerb, Finding, Item, Organisation, User


def lock_of_findings(organisation: Organisation, fiscal_year: int) -> Lock | None:
    """Return what locks the findings from the result of this year, or None.

    They are printed with the plan of the year after: what locks that plan locks them. A published
    plan is amended measure by measure, never in its analysis: that takes a correction.
    """
    lock = lock_of_plan(organisation, fiscal_year + 1)
    if lock is None or not lock.is_amendable:
        return lock
    return replace(lock, lifted_by=_("ผู้ประสานงานเปิดได้โดยจัดทำฉบับแก้ไข"), is_amendable=False)


def next_number(organisation: Organisation, fiscal_year: int) -> int:
    """Return the number that the next finding of this year gets."""
    findings = Finding.objects.of_organisation(organisation).filter(fiscal_year=fiscal_year)
    return (findings.aggregate(last=Max("number"))["last"] or 0) + 1


def summary_of(finding: Finding) -> dict[str, Any]:
    """Return the finding as it is stored, for the before and after of the log."""
    rows = Finding.objects.select_related("indicator", "remedy")
    return _told(rows.prefetch_related("items__instrument").get(pk=finding.pk))


def _told(finding: Finding) -> dict[str, Any]:
    items = sorted(finding.items.all(), key=lambda item: (item.instrument_id, item.number))
    return {
        "fiscal_year": finding.fiscal_year,
        "number": finding.number,
        "severity": finding.severity,
        "indicator": str(finding.indicator) if finding.indicator else "",
        "items": [item.code() for item in items],
        "analysis": finding.analysis,
        "references": finding.references,
        "remedy": str(finding.remedy) if finding.remedy else "",
        "is_draft": finding.is_draft,
    }


def state_of(finding: Finding) -> str:
    """Return the fingerprint of the finding as stored, to tell a page that is out of date."""
    return sha256_of(summary_of(finding))


def shown_state_of(finding: Finding) -> str:
    """Return the fingerprint of the finding as it is loaded, for a list of them.

    It is that of ``state_of`` when it was loaded. Asks nothing where the finding came with its
    ``indicator``, ``remedy`` and ``items__instrument``.
    """
    return sha256_of(_told(finding))


def store(finding: Finding, items: Iterable[Item] | None) -> None:
    """Check a finding against its year and store it with its items; logs nothing.

    For the verbs of this area: a draft and what a person saves are stored alike. Raises Invalid.
    """
    finding.analysis = cleaned(finding.analysis, label=_("การวิเคราะห์"), required=True)
    finding.references = cleaned(finding.references, label=_("อ้างอิงข้อ OIT"), longest=200)
    if finding.number is None:
        finding.number = next_number(finding.organisation, finding.fiscal_year)
    try:
        finding.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    chosen = list(finding.items.all() if items is None and finding.pk else items or [])
    _refuse_other_years(finding, chosen)
    finding.save()
    if items is not None:
        finding.items.set(chosen)


def _refuse_other_years(finding: Finding, items: list[Item]) -> None:
    """Raise Invalid where an indicator, an item or a remedy is of another year's framework."""
    named = [
        *((str(item), item.instrument.framework.fiscal_year) for item in items),
        *(
            (str(each), year)
            for each, year in (
                (
                    finding.indicator,
                    finding.indicator and finding.indicator.instrument.framework.fiscal_year,
                ),
                (finding.remedy, finding.remedy and finding.remedy.framework.fiscal_year),
            )
            if each is not None
        ),
    ]
    for name, year in named:
        if year != finding.fiscal_year:
            raise Invalid(
                _("“%(name)s” เป็นของกรอบปี %(year)s โปรดเลือกของปี %(own)s ซึ่งเป็นปีของผลการประเมิน")
                % {"name": name, "year": year, "own": finding.fiscal_year}
            )


@transaction.atomic
def save_finding(
    finding: Finding,
    *,
    by: User,
    items: Iterable[Item] | None = None,
    seen: str = "",
    now: datetime.datetime | None = None,
) -> Finding:
    """Store a finding, new or changed; ``items`` replace its items (None leaves them alone).

    A new one without a number gets the next. What a person has saved is a draft no longer. ``seen``
    is what ``state_of`` said when the page was shown. Raises NotAllowed for strangers, Locked where
    the plan that prints it is signed or on its way, Stale where somebody saved in between, Invalid
    for what cannot stand. Logs before and after.
    """
    permissions.can_manage(by, finding.organisation).or_raise()
    refuse_when_locked(lock_of_findings(finding.organisation, finding.fiscal_year))
    before = None
    if finding.pk is not None:
        stored = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
        # One moved out of another office or a locked year would slip past their rules.
        permissions.can_manage(by, stored.organisation).or_raise()
        refuse_when_locked(lock_of_findings(stored.organisation, stored.fiscal_year))
        before = summary_of(stored)
        if seen and seen != sha256_of(before):
            raise Stale(_("มีผู้อื่นแก้ไขประเด็นนี้ก่อนท่าน โปรดเทียบกับที่บันทึกไว้แล้วบันทึกอีกครั้ง"))
    finding.is_draft = False
    store(finding, items)
    _log(EventVerb.FINDING_SAVED, finding, by=by, before=before, now=now)
    return finding


@transaction.atomic
def accept_draft(
    finding: Finding, *, by: User, seen: str = "", now: datetime.datetime | None = None
) -> Finding:
    """Take a draft as it stands for the office's own words. Refuses like ``save_finding``.

    ``seen`` is the state of the draft that was read: Stale where it was written anew since.
    """
    permissions.can_manage(by, finding.organisation).or_raise()
    refuse_when_locked(lock_of_findings(finding.organisation, finding.fiscal_year))
    stored = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if not stored.is_draft:
        raise Invalid(_("ประเด็นนี้ไม่ใช่ร่างแล้ว เพราะมีผู้แก้ไขหรือยอมรับไปก่อน"))
    before = summary_of(stored)
    _refuse_when_unread(before, seen)
    stored.is_draft = False
    stored.save(update_fields=["is_draft"])
    _log(EventVerb.FINDING_ACCEPTED, stored, by=by, before=before, now=now)
    finding.is_draft = False
    return finding


def _refuse_when_unread(stored: dict[str, Any], seen: str) -> None:
    """Raise Stale where the finding is not the one that was on the page."""
    if seen and seen != sha256_of(stored):
        raise Stale(_("ประเด็นนี้เปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้ โปรดอ่านข้อความล่าสุดแล้วกดอีกครั้ง"))


@transaction.atomic
def delete_finding(
    finding: Finding, *, by: User, seen: str = "", now: datetime.datetime | None = None
) -> None:
    """Take out a finding that no measure rests on, and log what it was.

    Refuses like ``save_finding``, and where a measure answers the finding; ``seen`` as for
    ``accept_draft``.
    """
    permissions.can_manage(by, finding.organisation).or_raise()
    refuse_when_locked(lock_of_findings(finding.organisation, finding.fiscal_year))
    # Whoever writes it meanwhile has written it before this looks, or finds it gone.
    stored = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    before = summary_of(stored)
    _refuse_when_unread(before, seen)
    resting = finding.measures.order_by("fiscal_year", "number")
    numbers = [f"{measure.number}/{measure.fiscal_year}" for measure in resting]
    if numbers:
        raise Invalid(
            _("มาตรการที่ %(numbers)s อ้างถึงประเด็นนี้ จึงลบไม่ได้ โปรดนำออกจากมาตรการก่อน")
            % {"numbers": ", ".join(numbers)}
        )
    events.record(
        EventVerb.FINDING_DELETED,
        finding,
        by=by,
        organisation=finding.organisation,
        data={"before": before},
        now=now,
    )
    finding.delete()


def _log(
    verb: EventVerb,
    finding: Finding,
    *,
    by: User,
    before: dict[str, Any] | None,
    now: datetime.datetime | None,
) -> None:
    """Log what a finding was and is; nothing where nothing changed."""
    after = summary_of(finding)
    if before != after:
        events.record(
            verb,
            finding,
            by=by,
            organisation=finding.organisation,
            data={"before": before, "after": after},
            now=now,
        )
