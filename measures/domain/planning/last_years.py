"""What was reported on the measures of a year, as the start of the year after."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from measures.domain.recording.folding import fold_numbers, fold_status
from measures.models import (
    Organisation,
    ProgressEntry,
    ProgressStatus,
    ReportingRound,
    Target,
    TargetValue,
)


@dataclass(frozen=True)
class LastYear:
    """What was reported on the measures of a year: status by measure, actual by target."""

    statuses: dict[int, ProgressStatus]
    actuals: dict[int, Decimal]


def advice_on(status: ProgressStatus | None) -> str:
    """Return what a result of last year says about doing the same again."""
    if status is None:
        return _("ปีก่อนยังไม่มีการรายงานผล โปรดพิจารณาว่าเกิดจากเหตุใด")
    if status == ProgressStatus.DONE:
        return _("ปีก่อนดำเนินการแล้วเสร็จ โปรดพิจารณาว่าควรทำต่อ ยกระดับ หรือตัดออก")
    return _("ปีก่อน%(status)s โปรดพิจารณาว่าควรทำต่อหรือปรับวิธี") % {"status": status.label}


def last_year(organisation: Organisation, fiscal_year: int) -> LastYear:
    """Return what was reported on a year's measures in the newest round that says anything."""
    entries: dict[int, dict[int, list[ProgressEntry]]] = {}
    rounds = ReportingRound.objects.of_organisation(organisation).filter(fiscal_year=fiscal_year)
    for entry in ProgressEntry.objects.filter(round__in=rounds).select_related("round"):
        entries.setdefault(entry.measure_id, {}).setdefault(entry.round.months, []).append(entry)
    statuses: dict[int, ProgressStatus] = {}
    for measure, by_round in entries.items():
        told = {
            months: [entry.status for entry in found]
            for months, found in by_round.items()
            if any(entry.is_reported() for entry in found)
        }
        if told:
            statuses[measure] = fold_status(told[max(told)])
    values: dict[Target, dict[int, list[Decimal]]] = {}
    for value in TargetValue.objects.filter(entry__round__in=rounds).select_related(
        "target", "entry__round"
    ):
        by_months = values.setdefault(value.target, {})
        by_months.setdefault(value.entry.round.months, []).append(value.value)
    actuals = {
        target.pk: fold_numbers(by_months[max(by_months)], target.fold)
        for target, by_months in values.items()
    }
    return LastYear(
        statuses, {target: actual for target, actual in actuals.items() if actual is not None}
    )
