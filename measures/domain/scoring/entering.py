"""Entering a result: what was announced, and the score of each item, in one act."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid, Stale
from measures.domain.hashes import sha256_of
from measures.domain.texts import cleaned
from measures.models import AssessmentResult, EventVerb, Item, Organisation, Score, User

LEAST, MOST = Decimal(0), Decimal(100)
PLACES = 2
ANNOUNCED = ("total", "iit", "eit", "oit")


def checked_score(value: Decimal, label: str) -> Decimal:
    """Return a score as it is stored: 0 to 100, two decimals. Raises Invalid naming ``label``."""
    if not value.is_finite() or not LEAST <= value <= MOST:
        raise Invalid(
            _("%(label)s: %(value)s ไม่อยู่ระหว่าง 0 ถึง 100 โปรดตรวจกับเอกสารที่ได้รับ")
            % {"label": label, "value": f"{value:f}"}
        )
    stored = value.quantize(Decimal(1).scaleb(-PLACES))
    if stored != value:
        raise Invalid(
            _("%(label)s: %(value)s มีทศนิยมเกินสองตำแหน่ง โปรดปัดเศษให้เหลือสองตำแหน่ง")
            % {"label": label, "value": f"{value:f}"}
        )
    return stored


def label_of(name: str) -> str:
    """Return the Thai name of an announced figure: total, iit, eit or oit."""
    field = AssessmentResult._meta.get_field(name)
    assert isinstance(field, models.Field)
    return str(field.verbose_name)


def state_of(result: AssessmentResult) -> str:
    """Return the fingerprint of the result as stored, to tell a page that is out of date."""
    return sha256_of(_summary_of(result.pk))


@transaction.atomic
def save_result(
    result: AssessmentResult,
    *,
    by: User,
    scores: Mapping[Item, Decimal | None] | None = None,
    seen: str = "",
    now: datetime.datetime | None = None,
) -> AssessmentResult:
    """Store the result of an office and year, new or changed, with the scores that are given.

    ``scores`` are 0-100 for items of that year's framework; None takes a score away, and what is
    not named stays. ``seen`` is what ``state_of`` said when the page was shown: Stale where
    somebody saved in between. Raises NotAllowed for people of another office, and Invalid, with
    nothing stored. Logs before and after where something changed.
    """
    permissions.can_manage(by, result.organisation).or_raise()
    # Two people who enter the same year's result for the first time have no row to wait for.
    Organisation.objects.select_for_update().only("pk").get(pk=result.organisation_id)
    stored = AssessmentResult.objects.filter(
        organisation_id=result.organisation_id, fiscal_year=result.fiscal_year
    ).first()
    before = _summary_of(stored.pk if stored else None)
    if result.pk != (stored.pk if stored else None):
        if result.pk is not None:
            raise Invalid(_("ย้ายผลการประเมินไปปีหรือหน่วยงานอื่นไม่ได้ โปรดบันทึกเป็นผลของปีนั้น"))
        raise _stale()
    if seen and seen != sha256_of(before):
        raise _stale()
    _check(result)
    checked = _checked_scores(result, scores or {})
    result.save()
    _store(result, checked)
    after = _summary_of(result.pk)
    if before != after:
        events.record(
            EventVerb.RESULT_SAVED,
            result,
            by=by,
            organisation=result.organisation,
            data={"fiscal_year": result.fiscal_year, "before": before, "after": after},
            now=now,
        )
    return result


def _stale() -> Stale:
    return Stale(_("มีผู้อื่นบันทึกผลการประเมินของปีนี้ก่อนท่าน โปรดเทียบกับที่บันทึกไว้แล้วบันทึกอีกครั้ง"))


def _check(result: AssessmentResult) -> None:
    """Put the announced figures and texts as they are stored, or raise Invalid."""
    for name in ANNOUNCED:
        value = getattr(result, name)
        if value is not None:
            setattr(result, name, checked_score(Decimal(value), label_of(name)))
    result.level = cleaned(result.level, label=_("ระดับที่ได้รับแจ้ง"), longest=50)
    result.source = cleaned(result.source, label=_("ที่มา"))
    try:
        result.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error


def _checked_scores(
    result: AssessmentResult, scores: Mapping[Item, Decimal | None]
) -> dict[int, Decimal | None]:
    """Return the scores by the item's id, or raise Invalid for the first that cannot stand."""
    of_this_year = Item.objects.filter(
        instrument__framework__fiscal_year=result.fiscal_year
    ).select_related("instrument")
    known = of_this_year.in_bulk([item.pk for item in scores])
    checked: dict[int, Decimal | None] = {}
    for item, value in scores.items():
        if item.pk not in known:
            raise Invalid(
                _("ข้อ %(item)s ไม่ใช่ข้อของปีงบประมาณ พ.ศ. %(year)s โปรดเลือกข้อของปีเดียวกับผลการประเมิน")
                % {"item": item.code(), "year": result.fiscal_year}
            )
        label = _("คะแนนข้อ %s") % known[item.pk].code()
        checked[item.pk] = None if value is None else checked_score(Decimal(value), label)
    return checked


def _store(result: AssessmentResult, scores: Mapping[int, Decimal | None]) -> None:
    """Add, change and take away scores: the same number of questions however many there are."""
    stored = {score.item_id: score for score in result.scores.filter(item_id__in=scores)}
    removed = [item for item, value in scores.items() if value is None and item in stored]
    new, changed = [], []
    for item, value in scores.items():
        if value is None:
            continue
        if item not in stored:
            new.append(Score(result=result, item_id=item, value=value))
        elif stored[item].value != value:
            stored[item].value = value
            changed.append(stored[item])
    if removed:
        result.scores.filter(item_id__in=removed).delete()
    Score.objects.bulk_update(changed, ["value"])
    Score.objects.bulk_create(new)


def _summary_of(pk: int | None) -> dict[str, Any]:
    """Return a result as stored, for the log and the fingerprint; empty where there is none."""
    stored = AssessmentResult.objects.filter(pk=pk).first() if pk is not None else None
    if stored is None:
        return {}
    summary: dict[str, Any] = {
        name: "" if getattr(stored, name) is None else str(getattr(stored, name))
        for name in (*ANNOUNCED, "level", "announced_on", "source")
    }
    scores = stored.scores.select_related("item__instrument").order_by(
        "item__instrument__code", "item__number"
    )
    return summary | {score.item.code(): str(score.value) for score in scores}
