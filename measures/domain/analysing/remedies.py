"""What the frameworks advise: kept by the administrator with its source, and read by all."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from measures import permissions
from measures.domain import events
from measures.domain.errors import Invalid
from measures.domain.texts import cleaned
from measures.models import EventVerb, InstrumentCode, Item, Remedy, SubIndicator, User


def remedies_of(fiscal_year: int) -> list[Remedy]:
    """Return what the framework of a year advises, with everything a page says of it."""
    return list(
        Remedy.objects.filter(framework__fiscal_year=fiscal_year)
        .prefetch_related("items__instrument", "links__instrument", "linked_sub_indicators")
        .order_by("number")
    )


@transaction.atomic
def save_remedy(
    remedy: Remedy,
    *,
    by: User,
    items: Iterable[Item] | None = None,
    links: Iterable[Item] | None = None,
    sub_indicators: Iterable[SubIndicator] | None = None,
    now: datetime.datetime | None = None,
) -> Remedy:
    """Store a remedy, new or changed, with what is given of what it names (None leaves it alone).

    The administrator's. Raises NotAllowed for others, and Invalid where an item is of another
    year's framework, a linked one is not of the OIT, or none is named, and without a source. Logs
    before and after.
    """
    permissions.can_manage(by, None).or_raise()
    before = None
    if remedy.pk is not None:
        before = summary_of(Remedy.objects.select_for_update(of=("self",)).get(pk=remedy.pk))
    remedy.text = cleaned(remedy.text, label=_("แนวทางแก้ไขมาตรฐาน"))
    remedy.source = cleaned(remedy.source, label=_("ที่มา"), required=True)
    try:
        remedy.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    remedy.save()
    if items is not None:
        remedy.items.set(_of_the_year(remedy, items))
    if links is not None:
        remedy.links.set(_disclosures(_of_the_year(remedy, links)))
    if sub_indicators is not None:
        remedy.linked_sub_indicators.set(_parts_of_the_year(remedy, sub_indicators))
    if not remedy.items.exists():
        raise Invalid(_("โปรดระบุข้อที่แนวทางนี้ใช้แก้ไขอย่างน้อยหนึ่งข้อ"))
    after = summary_of(remedy)
    if before != after:
        events.record(
            EventVerb.RECORD_CHANGED,
            remedy,
            by=by,
            organisation=None,
            data={"before": before, "after": after},
            now=now,
        )
    return remedy


def _of_the_year(remedy: Remedy, items: Iterable[Item]) -> list[Item]:
    chosen = list(items)
    for item in chosen:
        if item.instrument.framework_id != remedy.framework_id:
            raise Invalid(_("“%s” เป็นข้อของปีอื่น โปรดเลือกข้อของกรอบเดียวกัน") % item)
    return chosen


def _disclosures(items: list[Item]) -> list[Item]:
    for item in items:
        if item.instrument.code != InstrumentCode.OIT:
            raise Invalid(_("“%s” ไม่ใช่ข้อ OIT จึงเป็นข้อที่เกี่ยวข้องไม่ได้") % item)
    return items


def _parts_of_the_year(remedy: Remedy, parts: Iterable[SubIndicator]) -> list[SubIndicator]:
    chosen = list(parts)
    for part in chosen:
        if part.indicator.instrument.framework_id != remedy.framework_id:
            raise Invalid(_("“%s” เป็นตัวชี้วัดย่อยของปีอื่น โปรดเลือกของกรอบเดียวกัน") % part)
    return chosen


def summary_of(remedy: Remedy) -> dict[str, Any]:
    """Return the remedy as it is stored, for the before and after of the log."""
    stored = Remedy.objects.select_related("framework").get(pk=remedy.pk)
    items = stored.items.select_related("instrument")
    links = stored.links.select_related("instrument")
    return {
        "fiscal_year": stored.framework.fiscal_year,
        "number": stored.number,
        "items": [item.code() for item in items],
        "links": [item.code() for item in links],
        "linked_sub_indicators": [part.number for part in stored.linked_sub_indicators.all()],
        "text": stored.text,
        "source": stored.source,
    }
